//! Results to standard output: for a person, or for a program.

mod explain;
pub(crate) mod json;
mod lines;
pub(crate) mod page;
pub(crate) mod sanitize;
pub(crate) mod screen;
pub(crate) mod terminal;
pub(crate) mod wrap;
