//! What the words of a query are taken for: synonyms.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use limier::{Search, Synonyms};

use crate::messages;
use crate::notes::Notes;
use crate::options::WordingOptions;

/// Bytes of a file of synonyms that are read: more than the library takes, so that it says so.
const MAX_BYTES: u64 = 5 << 20;

/// What every search of a run is told of words.
#[derive(Debug, Default)]
pub(crate) struct Wording {
    synonyms: Synonyms,
}

impl Wording {
    /// Reads what the options name; lines that make no sense are notes.
    ///
    /// # Errors
    /// When a file cannot be read, or is not UTF-8.
    pub(crate) fn read(options: &WordingOptions, notes: &mut Notes) -> Result<Wording> {
        let Some(path) = &options.synonyms else { return Ok(Wording::default()) };
        let synonyms = Synonyms::parse(&text_of(path).with_context(|| messages::cannot_read_file(path))?);
        for issue in synonyms.issues() {
            notes.push("synonyms", messages::synonyms::issue(&path.display().to_string(), issue));
        }
        Ok(Wording { synonyms })
    }

    /// Sets a search up.
    pub(crate) fn told<'i>(&self, search: Search<'i>) -> Search<'i> {
        if self.synonyms.is_empty() { search } else { search.synonyms(&self.synonyms) }
    }
}

/// Reads a text that must be UTF-8; what lies beyond the bound is cut at a line.
fn text_of(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == MAX_BYTES {
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        bytes.truncate(end);
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        anyhow!(messages::not_utf8(1 + before.iter().filter(|byte| **byte == b'\n').count()))
    })
}
