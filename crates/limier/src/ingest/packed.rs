//! Files packed by gzip or Zstandard, unpacked as they are read.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Memory in bytes that a Zstandard frame may ask for to look back: what `zstd --ultra` and `--long=27` use.
const WINDOW_BYTES: u64 = 128 << 20;

/// Tells whether bytes begin as a packed file does.
pub(super) fn is_packed(head: &[u8]) -> bool {
    is_gzip(head) || is_zstd(head)
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b\x08")
}

/// A frame, or a frame to be passed over: <https://datatracker.ietf.org/doc/html/rfc8878#section-3.1>.
fn is_zstd(head: &[u8]) -> bool {
    let is_skippable = head.get(1..4) == Some(b"\x2a\x4d\x18") && head.first().is_some_and(|byte| byte & 0xf0 == 0x50);
    head.starts_with(b"\x28\xb5\x2f\xfd") || is_skippable
}

/// What a packed file unpacks to, up to a limit.
pub(super) struct Unpacked<'a> {
    inner: Box<dyn Read + 'a>,
    left: u64,
    /// Whether there was more than the limit.
    pub(super) is_cut: bool,
}

impl<'a> Unpacked<'a> {
    /// Unpacks `source`, which [`is_packed`]; at most `limit` bytes come out of it.
    pub(super) fn new(source: &'a mut dyn BufRead, limit: u64) -> io::Result<Unpacked<'a>> {
        let is_gzip = is_gzip(source.fill_buf()?);
        let inner: Box<dyn Read + 'a> =
            if is_gzip { Box::new(MultiGzDecoder::new(source)) } else { Box::new(Frames { source, decoder: None }) };
        Ok(Unpacked { inner, left: limit, is_cut: false })
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // Whether something is left is known only by reading it.
            self.is_cut = self.is_cut || (!buffer.is_empty() && self.inner.read(&mut [0])? > 0);
            return Ok(0);
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// The frames of a Zstandard file, one after the other.
struct Frames<'a> {
    source: &'a mut dyn BufRead,
    decoder: Option<FrameDecoder>,
}

impl Frames<'_> {
    /// Opens the next frame; `None` at the end of the file.
    fn next_frame(&mut self) -> io::Result<Option<FrameDecoder>> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(None);
            }
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(WINDOW_BYTES);
            match decoder.init(&mut *self.source) {
                Ok(()) => return Ok(Some(decoder)),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut *self.source).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(decoder) = &mut self.decoder else {
                self.decoder = self.next_frame()?;
                if self.decoder.is_none() {
                    return Ok(0);
                }
                continue;
            };
            if decoder.can_collect() > 0 {
                return decoder.read(buffer);
            }
            if decoder.is_finished() {
                let expected = decoder.get_checksum_from_data();
                if expected.is_some() && expected != decoder.get_calculated_checksum() {
                    return Err(damaged("the checksum of a frame is wrong"));
                }
                self.decoder = None;
                continue;
            }
            decoder.decode_blocks(&mut *self.source, BlockDecodingStrategy::UptoBlocks(1)).map_err(damaged)?;
        }
    }
}

/// Tells whether reading failed for what was read, and not for the disk.
pub(super) fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::InvalidData | K::InvalidInput | K::UnexpectedEof)
}

fn damaged(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpack(mut bytes: &[u8], limit: u64) -> io::Result<(Vec<u8>, bool)> {
        assert!(is_packed(bytes));
        let mut unpacked = Unpacked::new(&mut bytes, limit)?;
        let mut out = Vec::new();
        unpacked.read_to_end(&mut out)?;
        Ok((out, unpacked.is_cut))
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let text = "La crue a emporté le pont. ".repeat(20_000).into_bytes();
        let skippable = b"\x53\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        let twice = [text.clone(), text.clone()].concat();
        for packed in [
            [gzip(&text), gzip(&text)].concat(),
            [zstd(&text), zstd(&text)].concat(),
            [skippable.clone(), zstd(&text), skippable, zstd(&text)].concat(),
        ] {
            assert_eq!(unpack(&packed, u64::MAX).unwrap(), (twice.clone(), false));
        }
    }

    #[test]
    fn a_bomb_is_cut_at_the_limit() {
        let zeros = vec![b' '; 3 << 20];
        for packed in [gzip(&zeros), zstd(&zeros)] {
            assert!(packed.len() < zeros.len() / 100, "{}", packed.len());
            let (out, is_cut) = unpack(&packed, 1 << 20).unwrap();
            assert_eq!((out.len(), is_cut), (1 << 20, true));
            assert!(!unpack(&packed, 3 << 20).unwrap().1);
        }
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        let text: Vec<u8> = (0..40_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for packed in [gzip(&text), zstd(&text)] {
            assert!(unpack(&packed[..packed.len() / 2], u64::MAX).is_err());
            for at in (4..packed.len()).step_by(997) {
                let mut damaged = packed.clone();
                damaged[at] ^= 0x55;
                if let Ok((out, _)) = unpack(&damaged, u64::MAX) {
                    // A flag that says nothing of the content.
                    assert_eq!(out, text, "byte {at}");
                }
            }
        }
    }
}
