//! Writes that fail, one after the other: whatever was committed stays, and the next run goes on.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use limier::{Error, ErrorKind, Index};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::{size, texts};

/// How a disk fails.
#[derive(Clone, Copy, Debug)]
enum Failure {
    /// One operation fails, as on a bad sector.
    Once,
    /// One operation and all after it fail, as on a full disk.
    Full,
    /// As on a full disk that still takes half of what is written.
    Half,
    /// As where the quota of a user is used up.
    Quota,
}

/// A folder whose operations are counted and fail from a chosen one on.
#[derive(Clone)]
struct Failing {
    below: MmapDirectory,
    plan: Arc<Plan>,
}

struct Plan {
    at: usize,
    failure: Failure,
    count: AtomicUsize,
}

impl Plan {
    /// Counts an operation.
    fn step(&self) -> io::Result<()> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let fails = match self.failure {
            Failure::Once => number == self.at,
            Failure::Full | Failure::Half | Failure::Quota => number >= self.at,
        };
        if !fails {
            return Ok(());
        }
        Err(match self.failure {
            // EIO, ENOSPC and EDQUOT.
            Failure::Once => io::Error::from_raw_os_error(5),
            Failure::Full | Failure::Half => io::Error::from_raw_os_error(28),
            Failure::Quota => io::Error::from_raw_os_error(122),
        })
    }
}

struct FailingWriter {
    below: WritePtr,
    plan: Arc<Plan>,
}

impl Write for FailingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.plan.step() {
            if let Failure::Half = self.plan.failure {
                self.below.write_all(&bytes[..bytes.len() / 2])?;
                self.below.flush()?;
            }
            return Err(error);
        }
        self.below.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.below.flush()
    }
}

impl TerminatingWrite for FailingWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.plan.step()?;
        self.below.terminate_ref(token)
    }
}

impl fmt::Debug for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failing({:?})", self.below)
    }
}

impl Directory for Failing {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.below.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.plan
            .step()
            .map_err(|error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_path_buf() })?;
        self.below.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.below.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.plan.step().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_path_buf()))?;
        let below = self.below.open_write(path)?;
        Ok(io::BufWriter::new(Box::new(FailingWriter { below, plan: Arc::clone(&self.plan) })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.below.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // The temporary file, and its new name.
        self.plan.step()?;
        self.plan.step()?;
        self.below.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.plan.step()?;
        self.below.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.below.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.below.watch(callback)
    }
}

/// Makes a folder in memory where there is one: what fails here is no real disk, and syncing one takes its time.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

type Ids = BTreeSet<usize>;

/// What was committed for certain, and what the commit in flight would have made of it.
#[derive(Debug, Default)]
struct State {
    acknowledged: Ids,
    in_flight: Ids,
}

/// Commits ten times, with deletions, and enough small segments to be merged.
fn work(directory: Failing, state: &mut State) -> Result<(), Error> {
    let index = Index::create_in(directory)?;
    let mut writer = index.writer_with(&limier::WriterOptions::default().threads(1))?;
    for commit in 0..10 {
        for number in commit * 4..commit * 4 + 4 {
            state.in_flight.insert(number);
            writer.add(texts::article(number))?;
        }
        if commit % 3 == 2 {
            let gone = commit * 4 - 3;
            state.in_flight.remove(&gone);
            writer.delete(&format!("a{gone}"))?;
        }
        writer.commit()?;
        state.acknowledged = state.in_flight.clone();
    }
    writer.finish()
}

fn ids(index: &Index) -> Ids {
    (0..60).filter(|number| index.article(&format!("a{number}")).unwrap().is_some()).collect()
}

#[test]
fn a_write_that_fails_loses_no_commit() {
    let points = size("LIMIER_WRITE_POINTS", 9);
    let count_all = || {
        let folder = folder();
        let plan = Arc::new(Plan { at: usize::MAX, failure: Failure::Once, count: AtomicUsize::new(0) });
        let below = MmapDirectory::open(folder.path()).unwrap();
        work(Failing { below, plan: Arc::clone(&plan) }, &mut State::default()).unwrap();
        plan.count.load(Ordering::SeqCst)
    };
    let operations = count_all();
    let (mut failed, mut unmade, mut kinds) = (0, 0, BTreeSet::new());
    for point in 0..points {
        let at = point * operations / points;
        let failure = [Failure::Once, Failure::Full, Failure::Half, Failure::Quota][point % 4];
        let what = format!("operation {at} of about {operations}, {failure:?}");
        let folder = folder();
        let below = MmapDirectory::open(folder.path()).unwrap();
        let plan = Arc::new(Plan { at, failure, count: AtomicUsize::new(0) });
        let mut state = State::default();
        // A file that cannot be deleted, or a merge that fails behind, is no failure of a commit.
        if let Err(error) = work(Failing { below, plan }, &mut state) {
            assert_eq!(error.kind(), ErrorKind::Io, "{what}: {error:?}");
            let told = match failure {
                Failure::Once => "cannot",
                Failure::Full | Failure::Half => {
                    "the disk is full, free some space and run again; what was committed is kept"
                }
                Failure::Quota => "the quota is used up, free some space and run again; what was committed is kept",
            };
            assert!(error.to_string().contains(told), "{what}: {error}");
            kinds.insert(format!("{}", std::error::Error::source(&error).unwrap()));
            failed += 1;
        }
        // The disk is well again.
        let index = match Index::open(folder.path()) {
            Ok(index) => index,
            Err(error) => {
                assert!(error.kind() == ErrorKind::NotAnIndex && state.acknowledged.is_empty(), "{what}: {error:?}");
                assert!(Index::is_vacant(folder.path()), "{what}");
                unmade += 1;
                Index::create(folder.path()).unwrap()
            }
        };
        let found = ids(&index);
        assert!(found == state.acknowledged || found == state.in_flight, "{what}: {found:?} of {state:?}");
        let verification = index.verify().unwrap();
        assert!(verification.is_sound(), "{what}: {verification:?}");
        index.sweep().unwrap();
        let mut writer = index.writer().unwrap();
        writer.add(texts::article(59)).unwrap();
        writer.commit().unwrap();
        writer.finish().unwrap();
        assert_eq!(ids(&index).len(), found.len() + 1, "{what}");
        assert!(index.verify().unwrap().is_sound(), "{what}");
    }
    println!(
        "failing writes: {points} points over {operations} operations: {failed} runs failed with a typed error ({kinds:?}), \
         {unmade} before the index was made; no commit lost, all sound, all written to again"
    );
    assert!(failed * 2 > points, "most failures must be felt");
}
