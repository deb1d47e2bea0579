//! A folder on disk, one that may be read-only, too.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fs4::fs_std::FileExt;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Tantivy's folder of mapped files, with a lock that readers can take where nothing can be written.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
    files: MmapDirectory,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Folder, OpenDirectoryError> {
        let files = MmapDirectory::open(path)?;
        // A relative path must mean the same folder after the program has moved to another.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Ok(Folder { path, files })
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            // Readers take this lock so that no writer deletes a file between their reading its name and opening it.
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_refused(&error) => {
                read_only_lock(&self.path.join(&lock.filepath)).map_err(LockError::wrap_io_error)
            }
            outcome => outcome,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

/// Waits for a lock on a file that can only be read.
///
/// Where the file does not exist no writer has ever come by, or none can: there is nothing to wait for.
fn read_only_lock(path: &Path) -> io::Result<DirectoryLock> {
    let file: Option<File> = match OpenOptions::new().read(true).open(path) {
        Ok(file) => {
            FileExt::lock_shared(&file)?;
            Some(file)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound || is_refused(&error) => None,
        Err(error) => return Err(error),
    };
    // The lock is held as long as the file is open.
    Ok(DirectoryLock::from(Box::new(file)))
}
