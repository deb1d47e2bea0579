//! What an index says of itself: its format and the analyzer that made it.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind};

/// The version of what lies on disk: raised by every change that an older program would misread.
pub(crate) const FORMAT: u32 = 1;

/// The file in an index folder that says that it is one.
const FILE: &str = "limier.json";

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

    pub(crate) fn read(folder: &Path) -> Result<Meta, Error> {
        let path = folder.join(FILE);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound if folder.exists() => not_an_index(folder),
            _ => Error::io("read", &path, source),
        })?;
        serde_json::from_slice(&bytes).map_err(|source| {
            let text = format!("{} is damaged: rebuild the index", path.display());
            Error::new(ErrorKind::Corrupt, text).with_path(&path).with_source(source)
        })
    }

    /// Writes the file whole or not at all.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Error> {
        let (path, part) = (folder.join(FILE), folder.join("limier.json.part"));
        let write = || -> std::io::Result<()> {
            let mut file = fs::File::create(&part)?;
            file.write_all(serde_json::to_string(self)?.as_bytes())?;
            file.sync_all()?;
            fs::rename(&part, &path)
        };
        write().map_err(|source| Error::io("write", &path, source))
    }

    /// Refuses an index that this program would misread.
    pub(crate) fn check(&self, current: &Meta, folder: &Path) -> Result<(), Error> {
        let folder_shown = folder.display();
        let text = if self.format != current.format {
            format!(
                "{folder_shown} has index format {}, this version reads format {}: delete the folder and index again",
                self.format, current.format
            )
        } else if self.analyzer != current.analyzer {
            format!(
                "{folder_shown} was made by another version of the French analysis ({}, this one is {}): delete the \
                 folder and index again",
                self.analyzer, current.analyzer
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Incompatible, text).with_path(folder))
    }
}

pub(crate) fn not_an_index(folder: &Path) -> Error {
    let text = format!("{} is not an index of limier: give the folder of an index, or a new one", folder.display());
    Error::new(ErrorKind::NotAnIndex, text).with_path(folder)
}
