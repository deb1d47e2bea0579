//! Standard output, where a reader that left is no error.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

/// Standard output behind a large buffer.
pub(crate) type Output = BufWriter<Quiet<StdoutLock<'static>>>;

/// Returns standard output; flush it at the end.
pub(crate) fn standard_output() -> Output {
    BufWriter::with_capacity(64 << 10, Quiet { inner: io::stdout().lock(), is_closed: false })
}

/// A writer that takes everything once its reader has left, and throws it away.
pub(crate) struct Quiet<W> {
    inner: W,
    is_closed: bool,
}

impl<W> Quiet<W> {
    /// Tells whether the reader has left, so that more work would be in vain.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        match self.inner.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(bytes.len())
            }
            outcome => outcome,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        match self.inner.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            outcome => outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_reader_that_left_is_no_error_and_a_full_disk_is() {
        let mut left = Quiet { inner: Failing(ErrorKind::BrokenPipe), is_closed: false };
        assert!(left.write_all(b"abc").is_ok() && left.flush().is_ok());
        assert!(left.is_closed());
        let mut full = Quiet { inner: Failing(ErrorKind::StorageFull), is_closed: false };
        assert_eq!(full.write_all(b"abc").unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(full.flush().unwrap_err().kind(), ErrorKind::StorageFull);
    }
}
