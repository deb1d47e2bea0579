//! What an index says of itself: its format and the analyzer that made it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::error::OpenReadError;

use super::directory::{DamagedFile, Storage, io_error};
use crate::guard::damaged;
use crate::{Error, ErrorKind};

/// The version of what lies on disk: raised by every change that an older program would misread.
///
/// 1: no checksums. 2: checksums on every file. 3: languages, sketches of near-duplicates, how files were read.
/// 4: exact terms without frequencies, titles by hashes of forty bits. 5: sketches by one hash function.
/// 6: sketches of 24 bytes, titles by buckets. 7: stop words without positions. 8: languages without a column.
pub(crate) const FORMAT: u32 = 8;

/// The file in an index folder that says that it is one.
///
/// It is one line of JSON and one line with its checksum in every format from 2 on, so that any version can tell an index
/// of another from a damaged one.
pub(crate) const FILE: &str = "limier.json";

#[derive(Serialize, Deserialize, Debug, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) format: u32,
    pub(crate) analyzer: String,
}

impl Meta {
    /// Describes an index that this program makes.
    pub(crate) fn current(analyzer: &limier_french::FrenchAnalyzer) -> Meta {
        Meta { format: FORMAT, analyzer: analyzer.fingerprint().to_string() }
    }

    /// Tells whether `folder` claims to be an index.
    pub(crate) fn exists_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    pub(crate) fn read(storage: &Storage, folder: Option<&Path>) -> Result<Meta, Error> {
        let name = Path::new(FILE);
        let bytes = storage.read_raw(name).map_err(|error| match error {
            OpenReadError::FileDoesNotExist(_) => not_an_index(folder),
            other => Error::io("read", folder.unwrap_or(Path::new("")).join(name), io_error(other)),
        })?;
        let meta = match Storage::unseal(name, bytes.clone()) {
            Some(body) => serde_json::from_slice(&body).ok(),
            // Format 1 had no checksum.
            None => serde_json::from_slice(&bytes).ok().filter(|meta: &Meta| meta.format == 1),
        };
        let damage = || DamagedFile::new(name, "its content does not match its checksum");
        meta.ok_or_else(|| damaged(folder, &damage()))
    }

    /// Writes the file whole or not at all.
    pub(crate) fn write(&self, storage: &Storage, folder: Option<&Path>) -> Result<(), Error> {
        let write = || {
            let text = format!("{}\n", serde_json::to_string(self)?);
            storage.atomic_write(Path::new(FILE), text.as_bytes())
        };
        write().map_err(|source| Error::io("write", folder.unwrap_or(Path::new("")).join(FILE), source))
    }

    /// Refuses an index that this program would misread.
    pub(crate) fn check(&self, current: &Meta, folder: Option<&Path>) -> Result<(), Error> {
        let shown = shown(folder);
        let text = if self.format != current.format {
            format!(
                "{shown} has index format {}, this version reads format {}: delete the folder and index again",
                self.format, current.format
            )
        } else if self.analyzer != current.analyzer {
            format!(
                "{shown} was made by another version of the French analysis ({}, this one is {}): delete the folder \
                 and index again",
                self.analyzer, current.analyzer
            )
        } else {
            return Ok(());
        };
        Err(about(folder, Error::new(ErrorKind::Incompatible, text)))
    }
}

/// Makes the error of a folder that is gone, or holds something else.
pub(crate) fn not_an_index(folder: Option<&Path>) -> Error {
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return Error::io("open the index in", folder, std::io::ErrorKind::NotFound.into());
    }
    let text = format!("{} is not an index of limier: give the folder of an index, or a new one", shown(folder));
    about(folder, Error::new(ErrorKind::NotAnIndex, text))
}

fn shown(folder: Option<&Path>) -> String {
    folder.map_or_else(|| "the directory".to_owned(), |folder| folder.display().to_string())
}

fn about(folder: Option<&Path>, error: Error) -> Error {
    match folder {
        Some(folder) => error.with_path(folder),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Index;
    use super::*;

    fn reopened(meta: &Meta) -> Result<Index, Error> {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path()).unwrap();
        meta.write(&index.inner.storage, Some(folder.path())).unwrap();
        Index::open(folder.path())
    }

    #[test]
    fn another_format_or_analyzer_is_refused() {
        let analyzer = limier_french::FrenchAnalyzer::new();
        reopened(&Meta::current(&analyzer)).unwrap();
        let newer = Meta { format: FORMAT + 1, ..Meta::current(&analyzer) };
        let other = Meta { analyzer: "another".to_owned(), ..Meta::current(&analyzer) };
        for (meta, named) in [(newer, &format!("format {}", FORMAT + 1)[..]), (other, "another")] {
            let error = reopened(&meta).unwrap_err();
            assert!(error.is_incompatible() && error.to_string().contains(named), "{error}");
            assert!(error.to_string().contains("index again"), "{error}");
        }
    }

    #[test]
    fn an_index_of_the_format_before_checksums_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        drop(Index::create(folder.path()).unwrap());
        std::fs::write(folder.path().join(FILE), r#"{"format":1,"analyzer":"x"}"#).unwrap();
        assert!(Index::open(folder.path()).unwrap_err().is_incompatible());
        std::fs::write(folder.path().join(FILE), r#"{"format":2,"analyzer":"x"}"#).unwrap();
        assert!(Index::open(folder.path()).unwrap_err().is_corrupt());
    }

    #[test]
    fn an_index_that_is_replaced_by_one_of_another_version_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path().join("idx")).unwrap();
        index.reload().unwrap();
        let newer = Meta { format: FORMAT + 1, analyzer: String::new() };
        newer.write(&index.inner.storage, None).unwrap();
        assert!(index.reload().unwrap_err().is_incompatible());
        std::fs::rename(folder.path().join("idx"), folder.path().join("elsewhere")).unwrap();
        assert_eq!(index.reload().unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(index.articles(), 0);
    }
}
