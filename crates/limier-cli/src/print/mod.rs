//! Results to standard output: for a person, or for a program.

pub(crate) mod json;
pub(crate) mod sanitize;
pub(crate) mod screen;
pub(crate) mod terminal;
pub(crate) mod wrap;
