//! Results to standard output: for a person, or for a program.

pub(crate) mod bars;
mod explain;
pub(crate) mod facets;
pub(crate) mod json;
mod lines;
mod link;
pub(crate) mod page;
pub(crate) mod prose;
pub(crate) mod sanitize;
pub(crate) mod screen;
pub(crate) mod short;
pub(crate) mod terminal;
pub(crate) mod timeline;
pub(crate) mod trec;
pub(crate) mod wrap;
