//! Analysis of French text for search.
pub mod forms;
