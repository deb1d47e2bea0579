//! What decides, beside a file's content, which articles it gives.

use serde::{Deserialize, Serialize};

use super::{Command, FieldNames, Kind, MAX_FILE_BYTES, RecurringLines};

/// How much is read, and held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The most bytes of a text that must be read whole, unpacked; 64 MiB by default.
    pub file_bytes: u64,
    /// The most bytes of one record, its line end included; 64 MiB by default.
    pub line_bytes: u64,
    /// The most bytes that one packed file of records may unpack to; 16 GiB by default. What follows is left out.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: MAX_FILE_BYTES, line_bytes: 64 << 20, unpacked_bytes: 16 << 30 }
    }
}

/// How files are read: which of them, with which names of fields, by which command, within which limits.
///
/// ```
/// use limier::ingest::{FieldNames, Kind, ReadOptions};
/// let options = ReadOptions { fields: "body=contenu".parse()?, ..ReadOptions::default() };
/// assert!(options.reads(Kind::Markdown));
/// let only_text = ReadOptions { kinds: vec![Kind::Text], ..options };
/// assert!(!only_text.reads(Kind::Markdown));
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    /// How much is read.
    pub limits: Limits,
    /// The kinds of files that are read; with none, all are.
    pub kinds: Vec<Kind>,
    /// What the fields of records are called, before the names that are always known.
    pub fields: FieldNames,
    /// What makes a text of files that are not read otherwise.
    pub command: Option<Command>,
    /// Whether symbolic links below the roots are followed; they are left out by default.
    pub follow_links: bool,
    /// Lines that recur in the folder, which are no part of its plain texts. What is serialized leaves them out, and a
    /// refresh takes those that its index has learned in their place.
    #[serde(skip)]
    pub recurring: RecurringLines,
}

impl ReadOptions {
    /// Tells whether files of this kind are read.
    pub fn reads(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind) || kind == Kind::Command
    }
}

impl From<Limits> for ReadOptions {
    fn from(limits: Limits) -> ReadOptions {
        ReadOptions { limits, ..ReadOptions::default() }
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}
