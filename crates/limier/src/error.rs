//! The one error type of the library.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Holder;
use crate::index::directory::copied;

/// What went wrong, in a text that says how to mend it.
///
/// Its [`Display`](fmt::Display) is one line; [`source`](std::error::Error::source) carries what lies beneath.
/// Branch on [`Error::kind`], or on a predicate such as [`Error::is_locked`].
///
/// ```
/// let error = "demain".parse::<limier::Date>().unwrap_err();
/// assert_eq!(error.kind(), limier::ErrorKind::InvalidDate);
/// assert!(error.to_string().contains("YYYY-MM-DD"));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    text: String,
    path: Option<PathBuf>,
    holder: Option<Holder>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The sort of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// A path that was asked for does not exist.
    NotFound,
    /// A folder that was given as an index is none.
    NotAnIndex,
    /// An index was made by another format or analyzer.
    Incompatible,
    /// Another writer holds the index.
    Locked,
    /// A file of the index is damaged.
    Corrupt,
    /// Reading or writing failed.
    Io,
    /// A text is no date.
    InvalidDate,
    /// An article cannot be indexed as it is.
    InvalidArticle,
    /// A query was refused by strict parsing.
    InvalidQuery,
    /// An option has a value outside of its range.
    InvalidOption,
    /// A defect of limier or of a library below it.
    Internal,
}

impl Error {
    /// Makes an error; `text` is lower case, without final stop, and says how to mend it.
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, text: text.into(), path: None, holder: None, source: None }))
    }

    /// Adds the path that the error is about.
    pub(crate) fn with_path(mut self, path: impl AsRef<Path>) -> Error {
        self.0.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Adds who holds the index.
    pub(crate) fn with_holder(mut self, holder: Holder) -> Error {
        self.0.holder = Some(holder);
        self
    }

    /// Adds the error beneath.
    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.source = Some(source.into());
        self
    }

    /// Makes an [`ErrorKind::Io`] (or [`ErrorKind::NotFound`]) from a failure to do `what` on `path`.
    pub(crate) fn io(what: &str, path: impl AsRef<Path>, source: std::io::Error) -> Error {
        let kind = if source.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Io };
        let text = format!("cannot {what} {}{}", path.as_ref().display(), advice(source.kind()));
        Error::new(kind, text).with_path(path).with_source(source)
    }

    /// Makes an error from a failure of Tantivy to do `what`.
    pub(crate) fn from_tantivy(what: &str, error: tantivy::TantivyError) -> Error {
        use tantivy::TantivyError as T;
        use tantivy::directory::error::{LockError, OpenReadError};
        let (kind, advice) = match &error {
            T::DataCorruption(_) | T::OpenReadError(OpenReadError::FileDoesNotExist(_)) => {
                (ErrorKind::Corrupt, ": it is damaged, delete it and index again")
            }
            T::OpenReadError(OpenReadError::IncompatibleIndex(_)) | T::IncompatibleIndex(_) => {
                (ErrorKind::Incompatible, ": another version of Tantivy made it, delete it and index again")
            }
            T::OpenReadError(OpenReadError::IoError { io_error, .. }) | T::IoError(io_error) if is_damage(io_error) => {
                (ErrorKind::Corrupt, ": it is damaged, delete it and index again")
            }
            T::IoError(error) => (ErrorKind::Io, advice(error.kind())),
            T::OpenReadError(_) | T::OpenWriteError(_) | T::OpenDirectoryError(_) => (ErrorKind::Io, ""),
            // The file of the lock cannot be made.
            T::LockFailure(LockError::IoError(error), _) => (ErrorKind::Io, advice(error.kind())),
            T::LockFailure(..) => (ErrorKind::Locked, ": another process holds it"),
            T::SchemaError(_) | T::FieldNotFound(_) => {
                (ErrorKind::Corrupt, ": its fields are not as they should be, delete it and index again")
            }
            _ => (ErrorKind::Internal, ""),
        };
        let found = Error::new(kind, format!("cannot {what}{advice}"));
        match error {
            // Tantivy's text guesses at another writer.
            T::LockFailure(LockError::IoError(error), _) => found.with_source(copied(&error)),
            error => found.with_source(error),
        }
    }

    /// Returns what sort of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the file or folder that the error is about, where there is one.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Returns who holds the index, where it is [locked](ErrorKind::Locked) and the holder said so.
    pub fn holder(&self) -> Option<Holder> {
        self.0.holder
    }

    /// Tells whether another writer holds the index.
    pub fn is_locked(&self) -> bool {
        self.kind() == ErrorKind::Locked
    }

    /// Tells whether the index is damaged.
    pub fn is_corrupt(&self) -> bool {
        self.kind() == ErrorKind::Corrupt
    }

    /// Tells whether the index must be rebuilt because another format or analyzer made it.
    pub fn is_incompatible(&self) -> bool {
        self.kind() == ErrorKind::Incompatible
    }
}

/// Says what to do about a failure of the system, where its own text does not.
fn advice(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind as K;
    match kind {
        K::StorageFull => ": the disk is full, free some space and run again; what was committed is kept",
        K::QuotaExceeded => ": the quota is used up, free some space and run again; what was committed is kept",
        K::ReadOnlyFilesystem => ": the disk is read-only",
        _ => "",
    }
}

/// Tells whether what was read makes no sense; what the operating system refuses is another matter.
fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as K;
    let by_kind = matches!(error.kind(), K::InvalidData | K::UnexpectedEof);
    // Tantivy gives no better kind to a dictionary whose version makes no sense.
    by_kind || (error.kind() == K::Other && error.raw_os_error().is_none())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("text", &self.0.text)
            .field("path", &self.0.path)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}
