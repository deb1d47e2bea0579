//! What a query asks for: a small tree of our own.

use serde::Serialize;

use crate::Date;

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Node {
    /// A run of plain words, analysed together.
    Words(String),
    /// Words in this order; with `slop`, within so many positions, in any order.
    Phrase {
        /// The words between the quotation marks.
        text: String,
        /// How many words may stand between: 0 for the very phrase.
        slop: u32,
    },
    /// A word as it stands, accents and all: `=mot`.
    Exact(String),
    /// All words that begin so: `avi*`.
    Prefix(String),
    /// All words within an edit distance: `avion~`, `avion~2`.
    Fuzzy {
        /// The word.
        text: String,
        /// 1 or 2 edits.
        distance: u8,
    },
    /// A part that is sought in one field only: `titre:avion`.
    In(Field, Box<Node>),
    /// Articles of these days: `date:2024-11..2024-12`.
    Dates(DateRange),
    /// Articles in this language, by its code in lower case: `langue:fr`.
    Language(String),
    /// Clauses side by side: words are optional, `+` and `-` decide.
    Group(Vec<Clause>),
    /// All of these: `ET`, `AND`.
    All(Vec<Node>),
    /// Any of these: `OU`, `OR`.
    Any(Vec<Node>),
    /// The first but not the second: `SAUF`, `NOT`.
    Except(Box<Node>, Box<Node>),
    /// Every article: `*`.
    Everything,
}

impl Node {
    /// Tells whether it only narrows what words find: by date, language, author or source.
    pub fn is_filter(&self) -> bool {
        matches!(self, Node::Dates(_) | Node::Language(_) | Node::In(Field::Author | Field::Source, _))
    }
}

/// A part of a [`Node::Group`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Whether an article must have it, may have it, or must not.
    pub occur: Occur,
    /// What is sought.
    pub node: Node,
}

/// Whether an article must have a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occur {
    /// The article ranks better for it.
    Should,
    /// `+`: articles without it are left out.
    Must,
    /// `-`: articles with it are left out.
    Not,
}

/// A field that a query can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Field {
    /// `titre:`, `title:`
    Title,
    /// `auteur:`, `author:`
    Author,
    /// `source:`
    Source,
}

/// Days from the first to the last, both included; an absent bound is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct DateRange {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl DateRange {
    /// Tells whether the first day of `date` lies in the range; an article without a date lies in none.
    pub fn contains(&self, date: Option<Date>) -> bool {
        let Some(date) = date else { return false };
        let day = date.days_since_epoch();
        self.first.is_none_or(|first| first.days_since_epoch() <= day)
            && self.last.is_none_or(|last| day <= last.days_since_epoch())
    }
}

/// What could not be understood in a query, and was read as plain words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Issue {
    /// What is odd.
    pub kind: IssueKind,
    /// Where it stands: byte offsets in the query.
    pub start: usize,
    /// The end of it.
    pub end: usize,
}

/// The sort of an [`Issue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IssueKind {
    /// A quotation mark has no partner.
    UnbalancedQuote,
    /// A parenthesis has no partner.
    UnbalancedParenthesis,
    /// An operator lacks a word before or after it.
    LonelyOperator,
    /// `nom:` with a name that is no field.
    UnknownField,
    /// A field without a value.
    EmptyField,
    /// A field apart from its value, as in `titre : mot`: both were read as words.
    SpacedField,
    /// A word with a sign that other languages of queries have and this one has not, or not there: `!mot`, `ma?on`, `*mot`,
    /// `mot^3`, `mot~3`. The sign was passed over.
    UnknownSign,
    /// A word between quotation marks with a sign, as in `"chat noi*"`: the sign was passed over.
    SignInPhrase,
    /// `date:` with what is no date.
    BadDate,
    /// Parentheses are nested deeper than 32.
    TooDeep,
    /// More than 64 clauses, or more than 16 KiB: the rest was not read.
    TooLong,
}

impl IssueKind {
    /// Returns a short name for programs, in kebab case.
    pub fn code(self) -> &'static str {
        match self {
            IssueKind::UnbalancedQuote => "unbalanced-quote",
            IssueKind::UnbalancedParenthesis => "unbalanced-parenthesis",
            IssueKind::LonelyOperator => "lonely-operator",
            IssueKind::UnknownField => "unknown-field",
            IssueKind::EmptyField => "empty-field",
            IssueKind::SpacedField => "spaced-field",
            IssueKind::UnknownSign => "unknown-sign",
            IssueKind::SignInPhrase => "sign-in-phrase",
            IssueKind::BadDate => "bad-date",
            IssueKind::TooDeep => "too-deep",
            IssueKind::TooLong => "too-long",
        }
    }
}
