//! A string to a query: a language of our own over a small tree of our own.

mod lexer;
mod parser;
mod tree;

#[cfg(test)]
mod tests;

pub use tree::{Clause, DateRange, Field, Issue, IssueKind, Node, Occur};

use serde::Serialize;

use crate::{Error, ErrorKind};

/// A parsed query.
///
/// Every string is a query. Plain words are a question in French: words are optional, and the more of them an article
/// has the better it ranks; question words and stop words carry no weight unless nothing else is left.
///
/// | typed                          | means                                                          |
/// |--------------------------------|----------------------------------------------------------------|
/// | `artistes en colère`           | articles with any of the words, those with all of them first   |
/// | `"en colère"`, `« en colère »` | the phrase; among other words it weighs but excludes nothing   |
/// | `"artistes colère"~5`          | both words within five words, in any order                     |
/// | `+artistes -musique`           | must have the one, must not have the other                     |
/// | `avion ET Orly`, `OU`, `SAUF`  | in capitals; also `AND`, `OR`, `NOT`, and parentheses          |
/// | `avi*`                         | words that begin so                                            |
/// | `avion~`, `avion~2`            | words within one edit, or two                                  |
/// | `=élève`                       | this very form, accents and all                                |
/// | `titre:Orly`, `auteur:`, `source:` | in that field only (`title:`, `author:`)                   |
/// | `date:2024-11..2024-12`        | also `date:2024`, `date:>=2024-03-01`, `date:"9 mars 2024"`   |
/// | `langue:fr`                    | in this language (`lang:`)                                     |
/// | `*`                            | every article                                                  |
///
/// What could not be understood is read as plain words and told by [`Query::issues`]. A query is read in linear time,
/// at most 16 KiB and 64 clauses of it, and parentheses at most 32 deep.
///
/// ```
/// use limier::{Query, query::Node};
/// let query = Query::parse("l'avion d'Orly");
/// assert_eq!(query.root(), &Node::Words("l'avion d'Orly".into()));
/// assert!(query.issues().is_empty());
/// assert!(Query::parse_strict("(avion").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    text: String,
    root: Node,
    issues: Vec<Issue>,
}

impl Query {
    /// Reads any string as a query.
    pub fn parse(text: &str) -> Query {
        let (root, issues) = parser::parse(text);
        Query { text: text.to_owned(), root, issues }
    }

    /// Reads a query and refuses what [`parse`](Query::parse) would read as plain words.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidQuery`], its text naming the first thing that is wrong and its place in bytes.
    pub fn parse_strict(text: &str) -> Result<Query, Error> {
        let query = Query::parse(text);
        match query.issues.first() {
            None => Ok(query),
            Some(issue) => {
                let text = format!("{} at bytes {}..{} of the query", issue.kind.code(), issue.start, issue.end);
                Err(Error::new(ErrorKind::InvalidQuery, text))
            }
        }
    }

    /// Returns the query as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Returns what could not be understood, in the order of the text.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}
