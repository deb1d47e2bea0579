//! What is read through on the way to an article: it is hashed, and may fail halfway.

use std::io::{self, BufRead, Read};

use twox_hash::XxHash3_128;

/// Hashes what is read through it, and reads nothing more where that has ended.
pub(super) struct Hashing<'a> {
    inner: &'a mut dyn Read,
    hash: XxHash3_128,
    bytes: u64,
    is_at_end: bool,
}

impl<'a> Hashing<'a> {
    pub(super) fn new(inner: &'a mut dyn Read) -> Hashing<'a> {
        Hashing { inner, hash: XxHash3_128::new(), bytes: 0, is_at_end: false }
    }

    /// Reads what is left.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if !self.is_at_end {
            io::copy(self, &mut io::sink())?;
        }
        Ok(())
    }

    /// Returns the number of bytes read.
    pub(super) fn count(&self) -> u64 {
        self.bytes
    }

    /// Returns the hash of these bytes.
    pub(super) fn digest(&self) -> u128 {
        self.hash.finish_128()
    }
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_at_end {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.hash.write(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        self.is_at_end = read == 0 && !buffer.is_empty();
        Ok(read)
    }
}

/// Returns the hash that [`Outcome::hash`](super::Outcome) gives for all that `source` holds.
pub(crate) fn hash(source: &mut dyn Read) -> io::Result<u128> {
    let mut source = Hashing::new(source);
    source.finish()?;
    Ok(source.digest())
}

/// A source that fails once, where there is an error, and holds nothing.
pub(super) struct Failing(pub(super) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// Tells whether reading failed for what was read, and not for the disk.
pub(super) fn is_damage(error: &io::Error) -> bool {
    #[cfg(feature = "packed")]
    return crate::ingest::packed::is_damage(error);
    #[cfg(not(feature = "packed"))]
    {
        let _ = error;
        false
    }
}
