//! What went wrong with the files of an index, kept for those who hear of it too vaguely.
//!
//! Between a file and the caller lies Tantivy, which turns some failures into texts, some into panics, and some into the
//! end of a thread. The file and the first cause are told from here.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

/// A file whose bytes are not those that were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DamagedFile {
    name: PathBuf,
    what: String,
}

impl DamagedFile {
    pub(crate) fn new(name: &Path, what: impl Into<String>) -> DamagedFile {
        DamagedFile { name: name.to_path_buf(), what: what.into() }
    }

    /// Finds the damage that an error carries.
    pub(crate) fn beneath(error: &io::Error) -> Option<&DamagedFile> {
        error.get_ref()?.downcast_ref()
    }

    /// Finds the damage that an error of Tantivy's tells of: bytes that do not match, or a file that is missing.
    pub(crate) fn of(error: &TantivyError) -> Option<DamagedFile> {
        match error {
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
                Some(DamagedFile::new(Path::new(path.file_name()?), "it is missing"))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) | TantivyError::IoError(io_error) => {
                DamagedFile::beneath(io_error).cloned()
            }
            _ => None,
        }
    }

    /// Returns the name of the file in its folder.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// Returns what is wrong with it.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for DamagedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name.display(), self.what)
    }
}

impl std::error::Error for DamagedFile {}

/// A failure to write a file.
#[derive(Debug)]
pub(crate) struct FailedWrite {
    /// The name of the file in its folder; empty for the folder itself.
    pub(crate) name: PathBuf,
    pub(crate) error: io::Error,
}

/// The last damage and the last failure to write; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    damages: AtomicU64,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    damage: Option<DamagedFile>,
    write: Option<FailedWrite>,
}

impl Journal {
    /// Notes damage, and makes the error that carries it.
    pub(super) fn damage(&self, damage: DamagedFile) -> io::Error {
        self.last().damage = Some(damage.clone());
        self.0.damages.fetch_add(1, Ordering::SeqCst);
        io::Error::new(io::ErrorKind::InvalidData, damage)
    }

    /// Notes a failure to write `name`, and returns it.
    pub(super) fn failed_write(&self, name: &Path, error: io::Error) -> io::Error {
        let failed = FailedWrite { name: name.to_path_buf(), error: copied(&error) };
        self.last().write = Some(failed);
        error
    }

    /// Returns how often damage was met.
    pub(crate) fn count(&self) -> u64 {
        self.0.damages.load(Ordering::SeqCst)
    }

    /// Returns the last damage, when any was met after the first `count`.
    pub(crate) fn damage_since(&self, count: u64) -> Option<DamagedFile> {
        if self.count() == count { None } else { self.last().damage.clone() }
    }

    /// Takes the last failure to write.
    pub(crate) fn take_failed_write(&self) -> Option<FailedWrite> {
        self.last().write.take()
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes an error anew that is shared: its number where it has one, else its kind, and the damage or text that it carries.
pub(crate) fn copied(error: &io::Error) -> io::Error {
    match (error.raw_os_error(), DamagedFile::beneath(error)) {
        (Some(number), _) => io::Error::from_raw_os_error(number),
        (None, Some(damage)) => io::Error::new(error.kind(), damage.clone()),
        (None, None) => io::Error::new(error.kind(), error.to_string()),
    }
}
