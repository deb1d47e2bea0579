//! Is every byte of an index what was written?

use std::path::PathBuf;

use serde::Serialize;
use tantivy::schema::TantivyDocument;

use super::Index;
use crate::{Error, ErrorKind};

/// What a check of an index found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Files that were checked.
    pub files: usize,
    /// Articles that were read.
    pub articles: u64,
    /// What is damaged; empty when all is sound.
    pub damages: Vec<Damage>,
}

impl Verification {
    /// Tells whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.damages.is_empty()
    }
}

/// A damaged part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// The file, relative to the index folder, where it is known.
    pub file: Option<PathBuf>,
    /// What is wrong with it.
    pub text: String,
}

pub(super) fn verify(index: &Index) -> Result<Verification, Error> {
    let mut found = Verification::default();
    let mut check = |what: &str, outcome: Result<(), Error>| -> Result<(), Error> {
        match outcome {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::Io => Err(error),
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                found.damages.push(Damage { file: None, text: format!("{what}: {error} ({cause})") });
                Ok(())
            }
        }
    };
    let mut damaged_files = Vec::new();
    check(
        "checksums",
        index.guarded(|| {
            damaged_files = index
                .tantivy()
                .validate_checksum()
                .map_err(|error| index.failure("read", error))?
                .into_iter()
                .collect();
            damaged_files.sort();
            Ok(())
        }),
    )?;
    let mut articles = 0;
    check("articles", index.guarded(|| read_all(index, &mut articles)))?;
    let checksum = |file: PathBuf| Damage { file: Some(file), text: "its bytes do not match its checksum".to_owned() };
    found.damages.extend(damaged_files.into_iter().map(checksum));
    found.articles = articles;
    #[cfg(feature = "files")]
    if let Err(error) = super::manifest::Manifest::load(index) {
        let file = error.path().and_then(|path| path.file_name()).map(PathBuf::from);
        found.damages.push(Damage { file, text: error.to_string() });
    }
    found.files = index.tantivy().directory().list_managed_files().len();
    Ok(found)
}

/// Reads every stored article and every term of every segment.
fn read_all(index: &Index, articles: &mut u64) -> Result<(), Error> {
    let searcher = index.searcher();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(2).map_err(|error| index.failure("read", error.into()))?;
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            document.map_err(|error| index.failure("read", error))?;
            *articles += 1;
        }
        for (field, entry) in segment.schema().fields() {
            if !entry.is_indexed() {
                continue;
            }
            let inverted = segment.inverted_index(field).map_err(|error| index.failure("read", error))?;
            let mut terms = inverted.terms().stream().map_err(|error| index.failure("read", error.into()))?;
            while terms.advance() {}
        }
    }
    Ok(())
}
