//! The files of an index under another list of segments, for reading what is left of a damaged one.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr};

use super::folder::Folder;
use super::{MANAGED, Storage, seal};
use crate::index::meta::FILE as FRAME;

/// A folder in which some files have another content, and none can be written.
#[derive(Clone)]
struct View {
    below: Folder,
    replaced: Arc<[(&'static str, Vec<u8>)]>,
}

/// Opens the index in `folder` as if its `limier.json` and `meta.json` were these; its files are checked all the same.
pub(crate) fn view(folder: &Path, frame: &[u8], meta: &[u8]) -> Result<Storage, OpenDirectoryError> {
    let sealed = |name, body| (name, seal::seal(Path::new(name), body));
    let replaced = [sealed(FRAME, frame), sealed("meta.json", meta), sealed(MANAGED, b"[]\n")];
    Ok(Storage::new(View { below: Folder::open(folder)?, replaced: Arc::new(replaced) }))
}

fn refused() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for View {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_path_buf() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_path_buf()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match self.replaced.iter().find(|(name, _)| path == Path::new(name)) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.below.atomic_read(path),
        }
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(refused())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "View({:?})", self.below)
    }
}
