//! A stream of UTF-16 read as one of UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

use super::Encoding;

/// Tells in which order a stream of UTF-16 sets its bytes, by its byte-order mark.
pub(super) fn by_mark(head: &[u8]) -> Option<Encoding> {
    match head.get(..2)? {
        b"\xff\xfe" => Some(Encoding::Utf16Le),
        b"\xfe\xff" => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Reads UTF-16 as UTF-8.
pub(super) struct Transcoded<'a> {
    source: &'a mut dyn BufRead,
    decoder: Decoder,
    /// What was decoded, of which this many bytes were given.
    decoded: Vec<u8>,
    given: usize,
    is_done: bool,
}

/// Bytes that are decoded at a time.
const CHUNK: usize = 16 << 10;

impl<'a> Transcoded<'a> {
    pub(super) fn new(source: &'a mut dyn BufRead, encoding: Encoding) -> Transcoded<'a> {
        let table = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
        let decoder = table.new_decoder_with_bom_removal();
        Transcoded { source, decoder, decoded: Vec::new(), given: 0, is_done: false }
    }

    /// Decodes the next bytes; nothing at the end.
    fn refill(&mut self) -> io::Result<()> {
        self.given = 0;
        self.decoded.clear();
        while self.decoded.is_empty() && !self.is_done {
            self.decoded.resize(CHUNK, 0);
            let bytes = self.source.fill_buf()?;
            let is_last = bytes.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.decoded, is_last);
            self.source.consume(read);
            self.decoded.truncate(written);
            self.is_done = is_last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Transcoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.decoded.len() {
            self.refill()?;
        }
        let read = self.decoded.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn both_orders_are_read_through_buffers_of_any_size() {
        let text = "\u{feff}{\"text\":\"L’œuvre 𝄞 a été jouée\"}\n".to_owned() + &"été ".repeat(5000);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            for size in [1, 3, 64, 1 << 16] {
                let mut source = BufReader::with_capacity(size, bytes.as_slice());
                let transcoded = Transcoded::new(&mut source, by_mark(&bytes).unwrap());
                let mut out = String::new();
                BufReader::with_capacity(16, transcoded).read_to_string(&mut out).unwrap();
                assert_eq!(out, text.trim_start_matches('\u{feff}'));
            }
        }
        assert_eq!(by_mark(b"{}"), None);
    }
}
