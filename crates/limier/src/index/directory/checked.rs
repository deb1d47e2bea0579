//! A mapped file whose blocks are checked when they are first read.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use super::journal::{DamagedFile, Journal};
use super::seal::{BLOCK, SUM, Table, block_sum};

/// A file without its table of checksums; what it hands out was checked.
pub(super) struct CheckedFile {
    name: PathBuf,
    raw: Arc<dyn FileHandle>,
    body: usize,
    sums: OwnedBytes,
    /// One bit a block: whether it was found sound. Threads that meet here check a block twice at worst.
    sound: Box<[AtomicU64]>,
    journal: Journal,
}

impl CheckedFile {
    /// Reads the table of a file.
    ///
    /// # Errors
    /// A [`DamagedFile`] inside of the error, when there is none that fits.
    pub(super) fn open(name: &Path, raw: Arc<dyn FileHandle>, journal: &Journal) -> io::Result<CheckedFile> {
        let table = match Table::read(name, raw.len(), |range| raw.read_bytes(range))? {
            Ok(table) => table,
            Err(what) => return Err(journal.damage(DamagedFile::new(name, what))),
        };
        let sums = raw.read_bytes(table.sums)?;
        let blocks = table.body.div_ceil(BLOCK);
        let sound = (0..blocks.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Ok(CheckedFile { name: name.to_path_buf(), raw, body: table.body, sums, sound, journal: journal.clone() })
    }

    /// Checks all blocks, those that were found sound before, too; returns what is wrong.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn check_all(&self) -> io::Result<Option<DamagedFile>> {
        let blocks = self.body.div_ceil(BLOCK);
        let mut damaged = Vec::new();
        for block in 0..blocks {
            if !self.matches(block)? {
                damaged.push(block);
            }
        }
        Ok(damaged.first().map(|first| {
            let (count, at) = (damaged.len(), first * BLOCK);
            let text = format!("{count} of its {blocks} blocks do not match their checksums, the first at byte {at}");
            DamagedFile::new(&self.name, text)
        }))
    }

    /// Takes all blocks as sound.
    #[cfg(feature = "files")]
    pub(super) fn take_as_checked(&self) {
        self.sound.iter().for_each(|word| word.store(u64::MAX, Ordering::Relaxed));
    }

    /// Takes no block as sound any more.
    pub(super) fn doubt(&self) {
        self.sound.iter().for_each(|word| word.store(0, Ordering::Relaxed));
    }

    /// Compares a block with its checksum.
    fn matches(&self, block: usize) -> io::Result<bool> {
        let start = block * BLOCK;
        let bytes = self.raw.read_bytes(start..self.body.min(start + BLOCK))?;
        let sum = self.sums.get(block * SUM..(block + 1) * SUM);
        Ok(sum == Some(&block_sum(&bytes)[..]))
    }

    /// Checks the blocks of a range that were not checked before.
    fn check(&self, range: &Range<usize>) -> io::Result<()> {
        for block in range.start / BLOCK..range.end.div_ceil(BLOCK) {
            let Some(word) = self.sound.get(block / 64) else { break };
            let bit = 1 << (block % 64);
            if word.load(Ordering::Relaxed) & bit != 0 {
                continue;
            }
            if !self.matches(block)? {
                let text = format!("the bytes from {} on do not match their checksum", block * BLOCK);
                return Err(self.journal.damage(DamagedFile::new(&self.name, text)));
            }
            word.fetch_or(bit, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.body {
            let text = format!("bytes {} to {} were asked for, it has {}", range.start, range.end, self.body);
            return Err(self.journal.damage(DamagedFile::new(&self.name, text)));
        }
        self.check(&range)?;
        self.raw.read_bytes(range)
    }
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.body
    }
}

impl fmt::Debug for CheckedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckedFile({:?}, {} bytes)", self.name, self.body)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::Mutex;

    use tantivy::directory::{Directory, RamDirectory, TerminatingWrite};

    use super::super::seal::SealingWriter;
    use super::*;

    /// A file in memory whose bytes can be changed, and that counts what is read.
    #[derive(Debug)]
    struct Fragile(Mutex<Vec<u8>>, AtomicU64);

    impl HasLen for Fragile {
        fn len(&self) -> usize {
            self.0.lock().unwrap().len()
        }
    }

    impl FileHandle for Fragile {
        fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
            self.1.fetch_add(range.len() as u64, Ordering::Relaxed);
            Ok(OwnedBytes::new(self.0.lock().unwrap()[range].to_vec()))
        }
    }

    fn fragile(length: usize) -> Arc<Fragile> {
        let name = Path::new("a.idx");
        let directory = RamDirectory::create();
        let inner = directory.open_write(name).unwrap();
        let mut writer = SealingWriter::new(name, inner);
        writer.write_all(&vec![7; length]).unwrap();
        writer.terminate().unwrap();
        let bytes = directory.open_read(name).unwrap().read_bytes().unwrap();
        Arc::new(Fragile(Mutex::new(bytes.to_vec()), AtomicU64::new(0)))
    }

    #[test]
    fn a_damaged_block_is_refused_and_the_others_are_read() {
        let raw = fragile(4 * BLOCK);
        let journal = Journal::default();
        let file = CheckedFile::open(Path::new("a.idx"), raw.clone(), &journal).unwrap();
        assert_eq!(file.len(), 4 * BLOCK);
        raw.0.lock().unwrap()[2 * BLOCK + 5] ^= 1;
        assert_eq!(&*file.read_bytes(BLOCK - 3..BLOCK + 3).unwrap(), [7; 6]);
        assert_eq!(journal.count(), 0);
        let error = file.read_bytes(BLOCK..2 * BLOCK + 1).unwrap_err();
        let damage = DamagedFile::beneath(&error).unwrap();
        assert_eq!(damage.name(), Path::new("a.idx"));
        assert_eq!(journal.count(), 1);
        assert_eq!(file.read_bytes(3 * BLOCK..4 * BLOCK).unwrap().len(), BLOCK);
        let found = file.check_all().unwrap().unwrap().to_string();
        assert!(found.contains("1 of its 4 blocks") && found.contains(&format!("byte {}", 2 * BLOCK)), "{found}");
    }

    #[test]
    fn what_is_not_read_is_not_checked_and_what_was_checked_is_not_checked_again() {
        let raw = fragile(100 * BLOCK);
        let file = CheckedFile::open(Path::new("a.idx"), raw.clone(), &Journal::default()).unwrap();
        assert!(raw.1.load(Ordering::Relaxed) < 4096, "only the end is read");
        file.read_bytes(5 * BLOCK..5 * BLOCK + 10).unwrap();
        let after_first = raw.1.load(Ordering::Relaxed);
        file.read_bytes(5 * BLOCK + 50..5 * BLOCK + 60).unwrap();
        assert_eq!(raw.1.load(Ordering::Relaxed) - after_first, 10);
    }

    #[test]
    fn a_range_beyond_the_end_is_damage_of_what_asked_for_it() {
        let file = CheckedFile::open(Path::new("a.idx"), fragile(10), &Journal::default()).unwrap();
        let reversed = Range { start: 8, end: 4 };
        for range in [5..11, reversed, usize::MAX - 1..usize::MAX] {
            assert!(DamagedFile::beneath(&file.read_bytes(range).unwrap_err()).is_some());
        }
        assert!(file.read_bytes(10..10).unwrap().is_empty());
    }
}
