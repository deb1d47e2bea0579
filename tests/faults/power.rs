//! Power lost at any moment: what was synced is there, what was not is gone, and the last commit is whole.
//!
//! The disk of this test keeps of a file what was synced before it was closed, of a name what stood in the folder when the
//! folder was synced, and forgets a deleted file at once: the worst that a file system is allowed to do.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use limier::{ErrorKind, Index, WriterOptions};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, RamDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::texts;

type Files = BTreeMap<PathBuf, Arc<Vec<u8>>>;

#[derive(Default)]
struct State {
    /// What the folder shows.
    shown: Files,
    /// What it would show after a loss of power.
    durable: Files,
    /// Commits that returned.
    acknowledged: usize,
    /// What was durable at each moment, with the number of commits that had returned.
    moments: Vec<(usize, Files)>,
}

impl State {
    fn note(&mut self) {
        let moment = (self.acknowledged, self.durable.clone());
        self.moments.push(moment);
    }
}

#[derive(Clone, Default)]
struct Disk {
    below: RamDirectory,
    state: Arc<Mutex<State>>,
}

struct DiskWriter {
    below: WritePtr,
    state: Arc<Mutex<State>>,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for DiskWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.below.write(bytes)?;
        self.bytes.extend(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.below.flush()
    }
}

impl TerminatingWrite for DiskWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.below.terminate_ref(token)?;
        let bytes = Arc::new(std::mem::take(&mut self.bytes));
        self.state.lock().unwrap().shown.insert(self.path.clone(), bytes);
        Ok(())
    }
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.below.delete(path)?;
        let mut state = self.state.lock().unwrap();
        state.shown.remove(path);
        state.durable.remove(path);
        state.note();
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let below = self.below.open_write(path)?;
        let state = Arc::clone(&self.state);
        let writer = DiskWriter { below, state, path: path.to_path_buf(), bytes: Vec::new() };
        Ok(io::BufWriter::new(Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.below.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.below.atomic_write(path, data)?;
        self.state.lock().unwrap().shown.insert(path.to_path_buf(), Arc::new(data.to_vec()));
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.durable = state.shown.clone();
        state.note();
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}

#[test]
fn a_commit_that_returned_survives_a_loss_of_power() {
    const COMMITS: usize = 12;
    let disk = Disk::default();
    let index = Index::create_in(disk.clone()).unwrap();
    let mut writer = index.writer_with(&WriterOptions::default().threads(1)).unwrap();
    for commit in 1..=COMMITS {
        (0..3).for_each(|number| writer.add(texts::article(commit * 3 + number)).unwrap());
        // Of three articles a commit one goes again with the next.
        writer.delete(&format!("a{}", commit * 3 - 3)).unwrap();
        writer.commit().unwrap();
        let mut state = disk.state.lock().unwrap();
        state.acknowledged = commit;
        state.note();
    }
    writer.finish().unwrap();
    disk.state.lock().unwrap().note();
    let count = |commits: usize| if commits == 0 { 0 } else { 2 * commits as u64 + 1 };
    let moments = std::mem::take(&mut disk.state.lock().unwrap().moments);
    assert!(moments.len() > 3 * COMMITS, "{}", moments.len());
    for (number, (acknowledged, files)) in moments.iter().enumerate() {
        let survived = RamDirectory::create();
        files.iter().for_each(|(path, bytes)| survived.atomic_write(path, bytes).unwrap());
        let what = format!("moment {number}, {acknowledged} commits");
        let index = match Index::open_in(survived) {
            Ok(index) => index,
            Err(error) => {
                assert!(*acknowledged == 0 && error.kind() == ErrorKind::NotAnIndex, "{what}: {error:?}");
                continue;
            }
        };
        let found = index.articles();
        assert!(found == count(*acknowledged) || found == count(acknowledged + 1), "{what}: {found} articles");
        assert!(index.verify().unwrap().is_sound(), "{what}");
    }
    println!(
        "power: lost at {} moments of {COMMITS} commits, the last commit that returned was whole at each",
        moments.len()
    );
}
