//! Where the files of an index lie: all of them, Tantivy's and ours, are written and read through [`Storage`].
//!
//! It puts a checksum beside every byte ([`seal`]) and checks what is read when it is first read ([`checked`]), so that
//! nothing above it ever sees a damaged byte; it makes a commit durable; and it keeps what went wrong ([`journal`]). What
//! lies below is any `tantivy::Directory`: a [`folder`] on disk, memory, or one that fails on purpose.

mod checked;
mod folder;
mod journal;
mod seal;
mod sweep;
#[cfg(feature = "files")]
mod unchanged;
#[cfg(feature = "files")]
mod view;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use checked::CheckedFile;
pub(crate) use journal::{DamagedFile, Journal, copied};
pub use sweep::Swept;
pub(super) use sweep::{is_segment_file, sweep, unfinished};
#[cfg(feature = "files")]
use unchanged::Unchanged;
#[cfg(feature = "files")]
pub(super) use view::view;

/// Tantivy's list of the files that it made, for deleting them: it may be old, so it need not reach the disk at once.
pub(super) const MANAGED: &str = ".managed.json";

/// What Tantivy says of a commit: its segments and its schema.
const META: &str = "meta.json";

/// The files of an index; clones share them.
#[derive(Clone)]
pub(crate) struct Storage {
    inner: Arc<Inner>,
}

struct Inner {
    below: Box<dyn Directory>,
    journal: Journal,
    /// Files that are open: what was found sound of them is not checked again.
    open: Mutex<HashMap<PathBuf, Weak<CheckedFile>>>,
    /// Files that are replaced before a commit: they need not reach the disk.
    drafts: Arc<Mutex<HashSet<PathBuf>>>,
    /// Whether what is written is in its file already, and closing it only makes sure of the disk.
    is_folder: bool,
    /// What other programs have checked in this folder.
    #[cfg(feature = "files")]
    unchanged: Option<Unchanged>,
}

impl Inner {
    fn new(below: Box<dyn Directory>) -> Inner {
        Inner {
            below,
            journal: Journal::default(),
            open: Mutex::default(),
            drafts: Arc::default(),
            is_folder: false,
            #[cfg(feature = "files")]
            unchanged: None,
        }
    }
}

impl Storage {
    /// Puts checksums on what is written to `below`, and checks them when it is read.
    pub(crate) fn new(below: impl Into<Box<dyn Directory>>) -> Storage {
        Storage { inner: Arc::new(Inner::new(below.into())) }
    }

    /// Opens a folder on disk.
    pub(crate) fn open(folder: &Path) -> Result<Storage, OpenDirectoryError> {
        let folder = folder::Folder::open(folder)?;
        let inner = Inner { is_folder: true, ..Inner::new(Box::new(folder.clone())) };
        #[cfg(feature = "files")]
        let inner = Inner { unchanged: Some(Unchanged::new(folder.path())), ..inner };
        Ok(Storage { inner: Arc::new(inner) })
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.inner.journal
    }

    /// Checks every byte of a file that was written once; returns what is wrong with it, also when it is missing.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn check(&self, name: &Path) -> io::Result<Option<DamagedFile>> {
        let raw = match self.inner.below.get_file_handle(name) {
            Ok(raw) => raw,
            Err(OpenReadError::FileDoesNotExist(_)) => return Ok(Some(DamagedFile::new(name, "it is missing"))),
            Err(error) => return Err(io_error(error)),
        };
        match CheckedFile::open(name, raw, &Journal::default()) {
            Ok(file) => file.check_all(),
            Err(error) => match DamagedFile::beneath(&error) {
                Some(damage) => Ok(Some(damage.clone())),
                None => Err(error),
            },
        }
    }

    /// Checks every byte of a file that is replaced as a whole, as [`check`](Storage::check) does.
    pub(crate) fn check_text(&self, name: &Path) -> io::Result<Option<DamagedFile>> {
        match self.atomic_read(name) {
            Ok(_) => Ok(None),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(Some(DamagedFile::new(name, "it is missing"))),
            Err(error) => {
                let error = io_error(error);
                DamagedFile::beneath(&error).cloned().map_or(Err(error), |damage| Ok(Some(damage)))
            }
        }
    }

    /// Looks for damage in the files that are open now, which were sound when they were read.
    pub(crate) fn check_open(&self) -> Option<DamagedFile> {
        let files: Vec<Arc<CheckedFile>> = self.lock().values().filter_map(Weak::upgrade).collect();
        files.iter().find_map(|file| file.check_all().ok().flatten())
    }

    /// Reads a file as it lies there, with its checksum.
    pub(crate) fn read_raw(&self, name: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.below.atomic_read(name)
    }

    /// Takes the checksum off what [`read_raw`](Storage::read_raw) gave; `None` when it does not fit.
    pub(crate) fn unseal(name: &Path, bytes: Vec<u8>) -> Option<Vec<u8>> {
        seal::unseal(name, bytes)
    }

    /// Checks everything that is read from now on, whatever was checked before.
    pub(crate) fn check_anew(&self) {
        #[cfg(feature = "files")]
        if let Some(unchanged) = &self.inner.unchanged {
            unchanged.doubt();
        }
        let open: Vec<Arc<CheckedFile>> = self.lock().values().filter_map(Weak::upgrade).collect();
        open.iter().for_each(|file| file.doubt());
    }

    /// Writes down which of some files are dictionaries that were checked, so that they need not be while they do not change.
    ///
    /// # Errors
    /// When that cannot be written.
    #[cfg(feature = "files")]
    pub(crate) fn remember_checked(&self, names: impl IntoIterator<Item = PathBuf>) -> io::Result<()> {
        let Some(unchanged) = &self.inner.unchanged else { return Ok(()) };
        let is_sound = |name: &Path| self.check(name).is_ok_and(|damage| damage.is_none());
        let Some(stamps) = unchanged.of(names, || self.read_stamps(), is_sound) else { return Ok(()) };
        let text = format!("{}\n", serde_json::to_string(&stamps)?);
        let name = Path::new(unchanged::FILE);
        self.inner.below.atomic_write(name, &seal::seal(name, text.as_bytes()))
    }

    /// Tells whether a file is taken as checked by another program.
    #[cfg(feature = "files")]
    fn takes_as_checked(&self, name: &Path) -> bool {
        let unchanged = self.inner.unchanged.as_ref();
        unchanged.is_some_and(|unchanged| unchanged.has(name, || self.read_stamps()))
    }

    /// Reads what was written down of dictionaries; nothing where that is damaged.
    #[cfg(feature = "files")]
    fn read_stamps(&self) -> unchanged::Stamps {
        let name = Path::new(unchanged::FILE);
        let bytes = self.inner.below.atomic_read(name).ok().and_then(|bytes| seal::unseal(name, bytes));
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Says that files of these names will be replaced before a commit, until [`end_drafts`](Storage::end_drafts).
    pub(crate) fn begin_drafts(&self, names: &[PathBuf]) {
        locked(&self.inner.drafts).extend(names.iter().cloned());
    }

    /// Says that files of these names count again.
    pub(crate) fn end_drafts(&self, names: &[PathBuf]) {
        let mut drafts = locked(&self.inner.drafts);
        names.iter().for_each(|name| {
            drafts.remove(name);
        });
    }

    /// Opens a file, or returns it where it is open.
    fn open_checked(&self, path: &Path) -> Result<Arc<CheckedFile>, OpenReadError> {
        if let Some(file) = self.lock().get(path).and_then(Weak::upgrade) {
            return Ok(file);
        }
        let damaged = |error| OpenReadError::wrap_io_error(error, path.to_path_buf());
        let raw = self.inner.below.get_file_handle(path).map_err(|error| match error {
            // Tantivy takes some files for optional, and would tell of them as of something else.
            OpenReadError::FileDoesNotExist(_) => {
                damaged(self.inner.journal.damage(DamagedFile::new(path, "it is missing")))
            }
            other => other,
        })?;
        let file = CheckedFile::open(path, raw, self.journal()).map_err(damaged)?;
        #[cfg(feature = "files")]
        if self.takes_as_checked(path) {
            file.take_as_checked();
        }
        let file = Arc::new(file);
        let mut open = self.lock();
        open.retain(|_, file| file.strong_count() > 0);
        open.insert(path.to_path_buf(), Arc::downgrade(&file));
        Ok(file)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, Weak<CheckedFile>>> {
        locked(&self.inner.open)
    }

    fn failed(&self, name: &Path, error: io::Error) -> io::Error {
        self.inner.journal.failed_write(name, error)
    }
}

impl Directory for Storage {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(self.open_checked(path)?)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.lock().remove(path);
        self.inner.below.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |error| OpenWriteError::wrap_io_error(self.failed(path, error), path.to_path_buf());
        let below = match self.inner.below.open_write(path) {
            Err(OpenWriteError::IoError { io_error, .. }) => return Err(failed(copied(&io_error))),
            below => below?,
        };
        // Its buffer is empty, and one stands above already.
        let below = below.into_inner().map_err(|error| failed(error.into_error()))?;
        let drafts = self.inner.is_folder.then(|| Arc::clone(&self.inner.drafts));
        let noting = Noting { below, name: path.to_path_buf(), journal: self.journal().clone(), drafts };
        Ok(io::BufWriter::new(Box::new(seal::SealingWriter::new(path, noting))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        seal::unseal(path, self.inner.below.atomic_read(path)?).ok_or_else(|| {
            let damage = DamagedFile::new(path, "its content does not match its checksum");
            OpenReadError::wrap_io_error(self.inner.journal.damage(damage), path.to_path_buf())
        })
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let below = &self.inner.below;
        let compact = (path == Path::new(META)).then(|| without_blanks(data)).flatten();
        let data = compact.as_deref().unwrap_or(data);
        below.atomic_write(path, &seal::seal(path, data)).map_err(|error| self.failed(path, error))?;
        if path == Path::new(MANAGED) {
            return Ok(());
        }
        // The new name must be on disk, too, before the commit is.
        below.sync_directory().map_err(|error| self.failed(Path::new(""), error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.below.sync_directory().map_err(|error| self.failed(Path::new(""), error))
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.below.watch(callback)
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({:?})", self.inner.below)
    }
}

/// Returns JSON without blanks, which are nearly half of what Tantivy writes, in each commit, and what each search reads first.
fn without_blanks(json: &[u8]) -> Option<Vec<u8>> {
    let value: serde_json::Value = serde_json::from_slice(json).ok()?;
    serde_json::to_vec(&value).ok()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps failures to write.
struct Noting<W> {
    below: W,
    name: PathBuf,
    journal: Journal,
    /// Names of files that are not made sure of, where there can be such.
    drafts: Option<Arc<Mutex<HashSet<PathBuf>>>>,
}

impl<W: io::Write> io::Write for Noting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.below.write(bytes).map_err(|error| self.journal.failed_write(&self.name, error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.below.flush().map_err(|error| self.journal.failed_write(&self.name, error))
    }
}

impl<W: TerminatingWrite> TerminatingWrite for Noting<W> {
    fn terminate_ref(&mut self, token: tantivy::directory::AntiCallToken) -> io::Result<()> {
        if self.drafts.as_ref().is_some_and(|drafts| locked(drafts).contains(&self.name)) {
            return io::Write::flush(self);
        }
        self.below.terminate_ref(token).map_err(|error| self.journal.failed_write(&self.name, error))
    }
}

/// Returns the error of the file below.
pub(crate) fn io_error(error: OpenReadError) -> io::Error {
    match error {
        OpenReadError::FileDoesNotExist(path) => {
            io::Error::new(io::ErrorKind::NotFound, format!("{} does not exist", path.display()))
        }
        OpenReadError::IoError { io_error, .. } => copied(&io_error),
        OpenReadError::IncompatibleIndex(what) => io::Error::new(io::ErrorKind::InvalidData, format!("{what:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tantivy_says_of_a_commit_is_kept_without_blanks() {
        let below = tantivy::directory::RamDirectory::create();
        let storage = Storage::new(Box::new(below.clone()) as Box<dyn Directory>);
        storage
            .atomic_write(
                Path::new(META),
                b"{\n  \"payload\": \"deux  mots\",\n  \"opstamp\": 18446744073709551615\n}\n",
            )
            .unwrap();
        let kept = br#"{"opstamp":18446744073709551615,"payload":"deux  mots"}"#;
        assert_eq!(storage.atomic_read(Path::new(META)).unwrap(), kept);
        assert!(below.atomic_read(Path::new(META)).unwrap().starts_with(kept), "with its checksum behind it");
        storage.atomic_write(Path::new(META), b"{ no JSON").unwrap();
        assert_eq!(storage.atomic_read(Path::new(META)).unwrap(), b"{ no JSON");
        storage.atomic_write(Path::new("a.json"), b"{ }").unwrap();
        assert_eq!(storage.atomic_read(Path::new("a.json")).unwrap(), b"{ }");
    }
}
