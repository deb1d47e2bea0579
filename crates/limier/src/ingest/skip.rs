//! What was left out, as data: the program words it.

use serde::{Deserialize, Serialize};

/// Why a file, a record or a value was left out.
///
/// `line` is 1-based.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Skip {
    /// A file holds no text: NUL bytes, or too many control characters.
    NotText,
    /// A file holds nothing, or nothing but blanks.
    Empty,
    /// A file is of a type that is not read.
    UnknownType {
        /// The extension, in lower case and without its point.
        extension: String,
    },
    /// A file that must be read whole is larger than the limit.
    TooLarge {
        /// The size of the file, in bytes; at least this where it is read from a stream.
        bytes: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A file or folder cannot be read.
    Unreadable {
        /// The operating system's own words.
        error: String,
    },
    /// A path is a FIFO, a device or a socket.
    NotAFile,
    /// A packed or composed file is not whole.
    Damaged {
        /// The reader's own words.
        error: String,
    },
    /// A packed file holds more than the limit: what follows was not read.
    Cut {
        /// The limit, in bytes unpacked.
        limit: u64,
    },
    /// The command that makes a text of a file could not be run, or failed.
    CommandFailed {
        /// The first line of what it said, or its exit code.
        error: String,
    },
    /// A file is read by a command that was given before, and was not given now.
    CommandNotGiven {
        /// The program.
        program: String,
    },
    /// No column of a table is known to hold a text.
    NoTextColumn {
        /// The names of the columns, at most 12.
        columns: Vec<String>,
    },
    /// A symbolic link leads to a folder above itself.
    LinkLoop,
    /// A folder that was to be read is that of an index.
    Index,
    /// A record's line is longer than the limit.
    LineTooLong {
        /// The line of the file.
        line: u32,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A record is no JSON object.
    BrokenRecord {
        /// The line of the file.
        line: u32,
        /// The column where reading stopped, 1-based, in bytes.
        column: u32,
        /// The parser's own words.
        error: String,
    },
    /// A record has no field that holds a text.
    MissingText {
        /// The line of the file.
        line: u32,
    },
    /// More was left out of this file than is told one by one.
    More {
        /// How many times.
        count: u64,
    },
    /// A date could not be read: the article was kept without it.
    UnreadableDate {
        /// The line of the file.
        line: u32,
        /// The first 40 characters of what stood there.
        text: String,
    },
}

impl Skip {
    /// Returns a short name that programs can branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Skip::NotText => "not-text",
            Skip::Empty => "empty",
            Skip::UnknownType { .. } => "unknown-type",
            Skip::TooLarge { .. } => "too-large",
            Skip::Unreadable { .. } => "unreadable",
            Skip::NotAFile => "not-a-file",
            Skip::Damaged { .. } => "damaged",
            Skip::Cut { .. } => "cut",
            Skip::CommandFailed { .. } => "command-failed",
            Skip::CommandNotGiven { .. } => "command-not-given",
            Skip::NoTextColumn { .. } => "no-text-column",
            Skip::LinkLoop => "link-loop",
            Skip::Index => "index",
            Skip::LineTooLong { .. } => "line-too-long",
            Skip::BrokenRecord { .. } => "broken-record",
            Skip::MissingText { .. } => "missing-text",
            Skip::UnreadableDate { .. } => "unreadable-date",
            Skip::More { .. } => "more",
        }
    }

    /// Returns the 1-based line that it is about, where it is about one line.
    pub fn line(&self) -> Option<u32> {
        match self {
            Skip::LineTooLong { line, .. }
            | Skip::BrokenRecord { line, .. }
            | Skip::MissingText { line }
            | Skip::UnreadableDate { line, .. } => Some(*line),
            _ => None,
        }
    }
}

/// A [`Skip`] and the path that it happened at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// The path, for showing: what is not UTF-8 in it is replaced.
    pub path: String,
    /// Why it was left out.
    #[serde(flatten)]
    pub skip: Skip,
}

impl Skipped {
    /// Makes a record of `skip` at `path`.
    pub fn new(path: impl AsRef<std::path::Path>, skip: Skip) -> Skipped {
        Skipped { path: path.as_ref().to_string_lossy().into_owned(), skip }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_one_in_json() {
        for skip in [
            Skip::NotText,
            Skip::Empty,
            Skip::UnknownType { extension: "pdf".to_owned() },
            Skip::TooLarge { bytes: 2, limit: 1 },
            Skip::Unreadable { error: "x".to_owned() },
            Skip::NotAFile,
            Skip::Damaged { error: "x".to_owned() },
            Skip::Cut { limit: 1 },
            Skip::CommandFailed { error: "x".to_owned() },
            Skip::CommandNotGiven { program: "x".to_owned() },
            Skip::NoTextColumn { columns: vec!["x".to_owned()] },
            Skip::LinkLoop,
            Skip::Index,
            Skip::LineTooLong { line: 1, limit: 1 },
            Skip::BrokenRecord { line: 1, column: 1, error: "x".to_owned() },
            Skip::MissingText { line: 1 },
            Skip::More { count: 3 },
            Skip::UnreadableDate { line: 1, text: "hier".to_owned() },
        ] {
            let skipped = Skipped::new("a/b", skip);
            let json = serde_json::to_value(&skipped).unwrap();
            assert_eq!(json["code"], skipped.skip.code());
            assert_eq!(serde_json::from_value::<Skipped>(json).unwrap(), skipped);
        }
    }
}
