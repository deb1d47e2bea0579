//! Checksums, beside the bytes that they are of.
//!
//! A file that is replaced as a whole (`meta.json`, the manifest) ends with a line of text, and stays legible:
//!
//! ```text
//! xxh3   hash of all bytes before this line, 32 digits   name of the file
//! ```
//!
//! A file that is written once and mapped into memory (the segments) ends with a checksum a block, so that a reader
//! checks the blocks that it touches, and no others:
//!
//! ```text
//! bytes of Tantivy   hash of each block, 8 bytes   length of Tantivy's bytes, 8   hash of the two before, 8   "limier-2"
//! ```
//!
//! Numbers are little-endian. The hash over the table covers the name of the file, too: one file is never taken for
//! another. Hashes are XXH3, of 64 and 128 bits: <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.
//! They find damage, not malice.

use std::hash::Hasher as _;
use std::io;
use std::path::Path;

use tantivy::directory::{AntiCallToken, TerminatingWrite};
use twox_hash::{XxHash3_64, XxHash3_128};

/// Bytes of a file that share a checksum: about what is read at once (a block of stored articles, a list of postings).
pub(super) const BLOCK: usize = 16 << 10;

/// Bytes of one checksum of a block.
pub(super) const SUM: usize = 8;

/// The last bytes of a file that is checked by blocks.
const MAGIC: &[u8; 8] = b"limier-2";

/// Bytes after the table: length, hash, magic.
const END: usize = 24;

/// Returns the line that ends a file of this name and content.
fn line(name: &Path, body: &[u8]) -> String {
    format!("xxh3 {:032x} {}\n", XxHash3_128::oneshot(body), name.display())
}

/// Adds its checksum to the content of a file.
pub(super) fn seal(name: &Path, body: &[u8]) -> Vec<u8> {
    [body, line(name, body).as_bytes()].concat()
}

/// Takes the checksum off the content of a file; `None` when they do not belong together.
pub(super) fn unseal(name: &Path, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let length = line(name, b"").len();
    let at = bytes.len().checked_sub(length)?;
    let (body, end) = bytes.split_at_checked(at)?;
    if end != line(name, body).as_bytes() {
        return None;
    }
    bytes.truncate(at);
    Some(bytes)
}

/// What the end of a file says of its blocks.
pub(super) struct Table {
    /// Bytes of the file without table and end.
    pub(super) body: usize,
    /// Where the checksums of the blocks lie in the file.
    pub(super) sums: std::ops::Range<usize>,
}

impl Table {
    /// Reads the end of a file of `length` bytes; `read` gives a range of them.
    ///
    /// # Errors
    /// A text that says what is wrong with the file, or a failure to read.
    pub(super) fn read<B: AsRef<[u8]>>(
        name: &Path,
        length: usize,
        read: impl Fn(std::ops::Range<usize>) -> io::Result<B>,
    ) -> io::Result<Result<Table, String>> {
        let Some(end_at) = length.checked_sub(END) else {
            return Ok(Err(format!("it is only {length} bytes long")));
        };
        let end = read(end_at..length)?;
        let Some((body, hash)) = parse_end(end.as_ref()) else {
            return Ok(Err("its end is missing or changed".to_owned()));
        };
        let table = usize::try_from(body).ok().and_then(|body| {
            let sums = body.div_ceil(BLOCK).checked_mul(SUM)?;
            (body.checked_add(sums) == Some(end_at)).then_some(Table { body, sums: body..end_at })
        });
        let Some(table) = table else {
            return Ok(Err(format!("its end speaks of {body} bytes, and it is {length} bytes long")));
        };
        let sums = read(table.sums.clone())?;
        if table_hash(name, body, sums.as_ref()) != hash {
            return Ok(Err("its table of checksums is changed".to_owned()));
        }
        Ok(Ok(table))
    }
}

fn parse_end(end: &[u8]) -> Option<(u64, u64)> {
    let (body, rest) = end.split_first_chunk::<8>()?;
    let (hash, magic) = rest.split_first_chunk::<8>()?;
    (magic == MAGIC).then_some((u64::from_le_bytes(*body), u64::from_le_bytes(*hash)))
}

fn table_hash(name: &Path, body: u64, sums: &[u8]) -> u64 {
    let mut hasher = XxHash3_64::new();
    hasher.write(sums);
    hasher.write(&body.to_le_bytes());
    hasher.write(name.as_os_str().as_encoded_bytes());
    hasher.finish()
}

/// Returns the checksum of a block as it stands in the table.
pub(super) fn block_sum(block: &[u8]) -> [u8; SUM] {
    XxHash3_64::oneshot(block).to_le_bytes()
}

/// Passes the bytes of a file through, and adds the table and the end when it is closed.
pub(super) struct SealingWriter<W> {
    inner: W,
    name: std::path::PathBuf,
    block: XxHash3_64,
    /// Bytes of the block that is being hashed.
    filled: usize,
    sums: Vec<u8>,
    length: u64,
}

impl<W: io::Write> SealingWriter<W> {
    pub(super) fn new(name: &Path, inner: W) -> SealingWriter<W> {
        SealingWriter {
            inner,
            name: name.to_path_buf(),
            block: XxHash3_64::new(),
            filled: 0,
            sums: Vec::new(),
            length: 0,
        }
    }

    fn hash(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
            self.block.write(now);
            self.filled += now.len();
            bytes = later;
            if self.filled == BLOCK {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::replace(&mut self.block, XxHash3_64::new());
        self.sums.extend(block.finish().to_le_bytes());
        self.filled = 0;
    }

    fn write_end(&mut self) -> io::Result<()> {
        if self.filled > 0 {
            self.end_block();
        }
        let hash = table_hash(&self.name, self.length, &self.sums);
        let mut end = std::mem::take(&mut self.sums);
        end.extend(self.length.to_le_bytes());
        end.extend(hash.to_le_bytes());
        end.extend(MAGIC);
        self.inner.write_all(&end)
    }
}

impl<W: io::Write> io::Write for SealingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W: TerminatingWrite> TerminatingWrite for SealingWriter<W> {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.write_end()?;
        self.inner.terminate_ref(token)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn sealed(name: &str, body: &[u8], step: usize) -> Vec<u8> {
        let mut writer = SealingWriter::new(Path::new(name), Vec::new());
        body.chunks(step).for_each(|part| writer.write_all(part).unwrap());
        writer.write_end().unwrap();
        writer.inner
    }

    fn is_sound(name: &str, bytes: &[u8]) -> bool {
        let Ok(Ok(table)) = Table::read(Path::new(name), bytes.len(), |range| Ok(&bytes[range])) else { return false };
        let sums = bytes[table.sums].chunks(SUM);
        bytes[..table.body].chunks(BLOCK).zip(sums).all(|(block, sum)| block_sum(block) == sum)
    }

    #[test]
    fn the_table_does_not_depend_on_how_a_file_was_written() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7] {
            let body: Vec<u8> = (0..length).map(|n| (n * 7 % 251) as u8).collect();
            let whole = sealed("a.store", &body, body.len().max(1));
            assert_eq!(whole, sealed("a.store", &body, 1000));
            assert!(is_sound("a.store", &whole) && whole.starts_with(&body));
            assert!(!is_sound("b.store", &whole));
        }
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_found() {
        let body: Vec<u8> = (0..BLOCK + 100).map(|n| (n % 251) as u8).collect();
        let mut bytes = sealed("a.store", &body, 333);
        let interesting = (0..40).chain(BLOCK - 20..bytes.len());
        for at in interesting {
            bytes[at] ^= 0x10;
            assert!(!is_sound("a.store", &bytes), "byte {at}");
            bytes[at] ^= 0x10;
            assert!(!is_sound("a.store", &bytes[..at]), "cut at {at}");
        }
        assert!(is_sound("a.store", &bytes));
        assert!(!is_sound("a.store", &[&bytes[..], b"\0"].concat()));
    }

    #[test]
    fn a_length_that_makes_no_sense_is_no_panic() {
        let mut bytes = sealed("a.store", b"abc", 3);
        let at = bytes.len() - END;
        bytes[at..at + 8].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(!is_sound("a.store", &bytes));
    }

    #[test]
    fn a_file_of_text_is_sealed_to_the_last_letter() {
        let name = Path::new("meta.json");
        let body = b"{\"opstamp\": 12}\n";
        let sealed = seal(name, body);
        assert_eq!(unseal(name, sealed.clone()).unwrap(), body);
        assert_eq!(unseal(Path::new("meta.jsom"), sealed.clone()), None);
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                assert_eq!(unseal(name, changed), None, "bit {bit} of byte {at}");
            }
            assert_eq!(unseal(name, sealed[..at].to_vec()), None, "cut at {at}");
        }
        assert_eq!(unseal(name, [&sealed[..], b"\n"].concat()), None);
    }
}
