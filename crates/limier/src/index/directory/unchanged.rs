//! Dictionaries that were checked, and that nothing has touched since.
//!
//! A dictionary is read whole when a program first looks a word up: of 100 MB of text these are 5 MB, and to check them is a
//! sixth of what a program takes that opens an index and answers once. The file system says when a file was last changed, by a
//! clock that programs cannot set. What it says of a dictionary that was checked is written down, and while it says the same
//! the dictionary counts as checked. All else is checked whenever a program reads it.
//!
//! What is not noticed so is a disk that gives other bytes than were written to it. That is why a writer believes nothing
//! of this (a merge would put a checksum on damage), and `verify` neither.
//!
//! ```text
//! .checked   a checksum as that of any file that is replaced as a whole, after an object in JSON:
//!            "name of a file": its stamp
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use crate::ingest::{Stamp, ns_since_epoch};

/// The file that they are written down in. Tantivy leaves files alone whose names begin with a point.
pub(super) const FILE: &str = ".checked";

/// The extension of a dictionary.
const EXTENSION: &str = "term";

/// Smaller dictionaries are checked in less time than it takes to look this up.
const LEAST_BYTES: u64 = 256 << 10;

/// What the file system said of each dictionary that was checked, by its name.
pub(super) type Stamps = BTreeMap<String, Stamp>;

/// The dictionaries of a folder that were checked.
pub(super) struct Unchanged {
    folder: PathBuf,
    /// Read when the first dictionary is opened.
    stamps: OnceLock<Stamps>,
    /// Whether they are believed: not while something is written.
    is_believed: AtomicBool,
}

impl Unchanged {
    pub(super) fn new(folder: &Path) -> Unchanged {
        Unchanged { folder: folder.to_path_buf(), stamps: OnceLock::new(), is_believed: AtomicBool::new(true) }
    }

    /// Believes nothing any more.
    pub(super) fn doubt(&self) {
        self.is_believed.store(false, Ordering::Relaxed);
    }

    /// Tells whether a file is a dictionary that was checked and has not changed since; `read` reads what was written down.
    pub(super) fn has(&self, name: &Path, read: impl FnOnce() -> Stamps) -> bool {
        if !is_dictionary(name) || !self.is_believed.load(Ordering::Relaxed) {
            return false;
        }
        let stamps = self.stamps.get_or_init(read);
        let known = name.to_str().and_then(|name| stamps.get(name));
        known.is_some_and(|known| self.stamp(name).as_ref() == Some(known))
    }

    /// Returns what is to be written down of some files; `None` where that is what stands there. `is_sound` checks a file.
    pub(super) fn of(
        &self,
        names: impl IntoIterator<Item = PathBuf>,
        read: impl FnOnce() -> Stamps,
        is_sound: impl Fn(&Path) -> bool,
    ) -> Option<Stamps> {
        let known = self.stamps.get_or_init(read);
        let now = ns_since_epoch(SystemTime::now());
        let mut stamps = Stamps::new();
        for path in names.into_iter().filter(|name| is_dictionary(name)) {
            let (Some(name), Some(stamp)) = (path.to_str(), self.stamp(&path)) else { continue };
            // It must not have changed while it was checked.
            let was_checked = || stamp.is_settled(now) && is_sound(&path) && self.stamp(&path) == Some(stamp);
            if known.get(name) == Some(&stamp) || was_checked() {
                stamps.insert(name.to_owned(), stamp);
            }
        }
        (stamps != *known).then_some(stamps)
    }

    /// What the file system says of a dictionary; `None` where it is small, or no clock tells of its changes.
    fn stamp(&self, name: &Path) -> Option<Stamp> {
        let stamp = Stamp::of(&fs::metadata(self.folder.join(name)).ok()?);
        (stamp.size >= LEAST_BYTES && stamp.changed_ns != 0).then_some(stamp)
    }
}

fn is_dictionary(name: &Path) -> bool {
    name.extension().is_some_and(|extension| extension == EXTENSION)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;
    use std::time::Duration;

    use tantivy::Directory;
    use tantivy::directory::TerminatingWrite;

    use super::super::Storage;
    use super::*;

    /// A file that changed so long ago is settled.
    const SETTLED: Duration = Duration::from_millis(2_100);

    const NAME: &str = "0123456789abcdef0123456789abcdef.term";

    /// Writes a dictionary as long ago as it takes to settle: the clock of changes cannot be set, so one waits.
    fn folder_with_dictionary() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let mut file = storage.open_write(Path::new(NAME)).unwrap();
        let bytes: Vec<u8> = (0..LEAST_BYTES).map(|n| (n * 7 % 251) as u8).collect();
        file.write_all(&bytes).unwrap();
        file.terminate().unwrap();
        folder
    }

    /// Tells whether a program that begins now takes the dictionary as checked.
    fn is_taken(folder: &Path) -> bool {
        let storage = Storage::open(folder).unwrap();
        storage.takes_as_checked(Path::new(NAME))
    }

    fn remember(folder: &Path) {
        Storage::open(folder).unwrap().remember_checked([PathBuf::from(NAME)]).unwrap();
    }

    fn change(path: &Path, at: usize) {
        let mut bytes = fs::read(path).unwrap();
        bytes[at] ^= 1;
        // The file stays the same one, and its time of change is set back.
        let times = fs::metadata(path).unwrap().modified().unwrap();
        let mut file = File::options().write(true).open(path).unwrap();
        file.write_all(&bytes).unwrap();
        file.set_modified(times).unwrap();
    }

    #[test]
    fn a_dictionary_is_checked_once_until_it_changes() {
        let folder = folder_with_dictionary();
        let path = folder.path().join(NAME);
        remember(folder.path());
        assert!(!folder.path().join(FILE).exists() && !is_taken(folder.path()), "it may change within the same tick");
        std::thread::sleep(SETTLED);
        assert!(!is_taken(folder.path()));
        remember(folder.path());
        assert!(is_taken(folder.path()));
        // Whoever writes believes nothing.
        let storage = Storage::open(folder.path()).unwrap();
        assert!(storage.takes_as_checked(Path::new(NAME)));
        storage.check_anew();
        assert!(!storage.takes_as_checked(Path::new(NAME)));

        change(&path, 1000);
        assert!(!is_taken(folder.path()));
        let storage = Storage::open(folder.path()).unwrap();
        let file = storage.get_file_handle(Path::new(NAME)).unwrap();
        assert!(file.read_bytes(0..10).unwrap_err().to_string().contains(NAME), "the first block is damaged");
        std::thread::sleep(SETTLED);
        remember(folder.path());
        assert!(!is_taken(folder.path()), "damage is not remembered as sound");
    }

    #[test]
    fn what_is_written_down_is_not_believed_when_it_is_damaged() {
        let folder = folder_with_dictionary();
        std::thread::sleep(SETTLED);
        remember(folder.path());
        assert!(is_taken(folder.path()));
        change(&folder.path().join(FILE), 5);
        assert!(!is_taken(folder.path()));
        // It is written anew.
        remember(folder.path());
        assert!(is_taken(folder.path()));
        fs::remove_file(folder.path().join(FILE)).unwrap();
        assert!(!is_taken(folder.path()));
    }
}
