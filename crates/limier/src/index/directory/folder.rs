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

    #[cfg(feature = "files")]
    pub(super) fn path(&self) -> &Path {
        &self.path
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
        let path = self.path.join(&lock.filepath);
        let file = match OpenOptions::new().write(true).create(true).truncate(false).open(&path) {
            Ok(file) => file,
            // Readers take this lock so that no writer deletes a file between their reading its name and opening it.
            Err(error) if lock.filepath == META_LOCK.filepath && is_refused(&error) => {
                return read_only_lock(&path).map_err(LockError::wrap_io_error);
            }
            Err(error) => return Err(LockError::wrap_io_error(error)),
        };
        if lock.is_blocking {
            FileExt::lock_exclusive(&file).map_err(LockError::wrap_io_error)?;
        } else if !FileExt::try_lock_exclusive(&file).unwrap_or(false) {
            return Err(LockError::LockBusy);
        }
        Ok(DirectoryLock::from(Box::new(Held(file))))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A lock, which ends with this.
///
/// Closing the file alone would not end it at once: a program that another thread is starting holds a copy of every open
/// file for a moment (`fork` copies them, `exec` closes them), and the lock is that of all copies (flock(2)).
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Where this fails the lock ends with the last copy of the file.
        let _ = FileExt::unlock(&self.0);
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

/// Waits for a lock on a file that can only be read.
///
/// Where the file does not exist no writer has ever come by, or none can: there is nothing to wait for.
fn read_only_lock(path: &Path) -> io::Result<DirectoryLock> {
    let held: Option<Held> = match OpenOptions::new().read(true).open(path) {
        Ok(file) => {
            FileExt::lock_shared(&file)?;
            Some(Held(file))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound || is_refused(&error) => None,
        Err(error) => return Err(error),
    };
    Ok(DirectoryLock::from(Box::new(held)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::INDEX_WRITER_LOCK;

    #[test]
    fn a_lock_ends_at_once_while_programs_are_started() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::open(temporary.path()).unwrap();
        let starting = std::thread::spawn(|| {
            for _ in 0..100 {
                let _ = std::process::Command::new(std::env::current_exe().unwrap()).arg("--help").output();
            }
        });
        let mut taken = 0;
        while !starting.is_finished() {
            let lock = folder.acquire_lock(&INDEX_WRITER_LOCK).unwrap_or_else(|_| panic!("refused after {taken}"));
            assert!(folder.acquire_lock(&INDEX_WRITER_LOCK).is_err(), "two hold it");
            drop(lock);
            taken += 1;
        }
        starting.join().unwrap();
    }

    #[test]
    fn a_lock_ends_though_a_copy_of_its_file_is_open() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join(&INDEX_WRITER_LOCK.filepath);
        let file = File::create(&path).unwrap();
        FileExt::lock_exclusive(&file).unwrap();
        let copy = file.try_clone().unwrap();
        let folder = Folder::open(temporary.path()).unwrap();
        let held = Held(file);
        assert!(matches!(folder.acquire_lock(&INDEX_WRITER_LOCK), Err(LockError::LockBusy)));
        drop(held);
        folder.acquire_lock(&INDEX_WRITER_LOCK).unwrap();
        drop(copy);
    }
}
