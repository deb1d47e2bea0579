//! Full-text search of French text: ranked articles with the right sentences lit up.

mod article;
mod date;
mod error;
pub mod passage;

pub use article::Article;
pub use date::Date;
pub use error::{Error, ErrorKind};
