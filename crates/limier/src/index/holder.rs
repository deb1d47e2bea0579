//! Who holds the one writer of an index: a note beside it, for those who find it locked.
//!
//! The lock itself is the operating system's, and falls with the process that holds it; the note only names that process.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Tantivy leaves files alone whose names begin with a point.
const FILE: &str = ".writer.json";

/// Who holds an index that is locked.
///
/// Its [`Display`](fmt::Display) is `process 4242, for 12 s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holder {
    /// The process, by its number.
    pub process: u32,
    /// Since when; serialized as seconds since 1970-01-01 UTC.
    #[serde(serialize_with = "crate::serialize::seconds")]
    pub since: SystemTime,
}

#[derive(Serialize, Deserialize)]
struct Note {
    process: u32,
    /// Seconds since 1970-01-01 UTC.
    since: u64,
}

impl Holder {
    /// Reads who says to hold the index in this folder; `None` when nobody does, or not in time.
    pub(crate) fn read(folder: &Path) -> Option<Holder> {
        let Note { process, since } = serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()?;
        Some(Holder { process, since: UNIX_EPOCH.checked_add(Duration::from_secs(since))? })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A clock that was set back says nothing.
        let seconds = self.since.elapsed().unwrap_or_default().as_secs();
        write!(f, "process {}, for {seconds} s", self.process)
    }
}

/// The note of this process; it is gone when this is dropped.
#[derive(Debug)]
pub(super) struct HolderFile {
    path: Option<PathBuf>,
    note: Vec<u8>,
}

impl HolderFile {
    /// Writes the note, as far as it can: an index is written without it as well.
    pub(super) fn write(folder: Option<&Path>) -> HolderFile {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let note = serde_json::to_vec(&Note { process: std::process::id(), since }).unwrap_or_default();
        let path = folder.map(|folder| folder.join(FILE));
        let written = path.filter(|path| fs::write(path, &note).is_ok());
        HolderFile { path: written, note }
    }
}

impl Drop for HolderFile {
    fn drop(&mut self) {
        let Some(path) = &self.path else { return };
        // The next holder may have written its own.
        if fs::read(path).is_ok_and(|note| note == self.note) {
            // What stays is harmless.
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Index};

    #[test]
    fn a_second_writer_is_told_who_holds_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("idx");
        let index = Index::create(&path).unwrap();
        let mut writer = index.writer().unwrap();
        let error = Index::open(&path).unwrap().writer().unwrap_err();
        let holder = error.holder().unwrap();
        assert!(error.is_locked() && error.path() == Some(path.as_path()), "{error:?}");
        assert_eq!(holder.process, std::process::id());
        assert!(holder.since.elapsed().unwrap().as_secs() < 60);
        assert!(error.to_string().contains(&format!("process {}, for ", holder.process)), "{error}");

        writer.add(Article::new("1").body("Un.")).unwrap();
        writer.commit().unwrap();
        writer.finish().unwrap();
        assert!(!path.join(super::FILE).exists());
        // A note that a kill left behind is nobody's.
        std::fs::write(path.join(super::FILE), "{").unwrap();
        drop(index.writer().unwrap());
        assert!(!path.join(super::FILE).exists());
        assert!(index.verify().unwrap().is_sound());
    }

    #[test]
    fn a_note_that_makes_no_sense_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path().join("idx")).unwrap();
        let _writer = index.writer().unwrap();
        for note in ["", "{}", "{\"process\":1,\"since\":18446744073709551615}"] {
            std::fs::write(folder.path().join("idx").join(super::FILE), note).unwrap();
            let error = index.writer().unwrap_err();
            assert!(error.is_locked() && error.holder().is_none(), "{note}: {error:?}");
        }
    }
}
