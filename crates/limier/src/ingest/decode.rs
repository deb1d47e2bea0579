//! Bytes to text, whatever wrote them.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use serde::Serialize;

use super::charset::{self, Charset};

/// A text and the encoding that it was read in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decoded<'a> {
    /// The text, without byte-order mark, its line ends as they were.
    pub text: Cow<'a, str>,
    /// What the bytes were taken for.
    pub encoding: Encoding,
}

/// What the bytes of a file were taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-8 where some bytes are not: lines without any UTF-8 were read as Windows-1252, elsewhere bytes that fit
    /// nothing became U+FFFD.
    Utf8Damaged,
    /// UTF-16, little-endian, by its byte-order mark, or by its NUL bytes.
    Utf16Le,
    /// UTF-16, big-endian, by its byte-order mark, or by its NUL bytes.
    Utf16Be,
    /// A legacy encoding, guessed.
    Guessed(Charset),
}

impl Encoding {
    /// Returns the name that the WHATWG or IANA gives to the encoding.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Damaged => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Guessed(charset) => charset.name(),
        }
    }

    /// Tells whether the encoding was guessed from the text, so that some letters may be wrong.
    pub fn is_guessed(self) -> bool {
        matches!(self, Encoding::Guessed(_) | Encoding::Utf8Damaged)
    }
}

/// Decodes `bytes`, or returns `None` when they hold no text.
///
/// What is valid UTF-8 is always read as UTF-8. UTF-16 is recognised by its byte-order mark, or without one by the NUL
/// that nearly every second byte of a text in Latin letters is. Bytes of which more
/// runs are UTF-8 than not are damaged UTF-8. All else is in a legacy encoding, guessed by how well it reads as French.
///
/// ```
/// use limier::ingest::decode;
/// let decoded = decode(b"La pr\xe9f\xe8te a parl\xe9").unwrap();
/// assert_eq!(decoded.text, "La préfète a parlé");
/// assert_eq!(decoded.encoding.name(), "windows-1252");
/// assert!(decode(b"\x7fELF\x02\x01\x01\x00").is_none());
/// ```
pub fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    for (mark, charset, encoding) in
        [(b"\xff\xfe", UTF_16LE, Encoding::Utf16Le), (b"\xfe\xff", UTF_16BE, Encoding::Utf16Be)]
    {
        if let Some(rest) = bytes.strip_prefix(mark.as_slice()) {
            let (text, _) = charset.decode_without_bom_handling(rest);
            return is_text(text.as_bytes()).then_some(Decoded { text, encoding });
        }
    }
    if let Some((charset, encoding)) = utf16_without_mark(bytes) {
        let (text, _) = charset.decode_without_bom_handling(bytes);
        return is_text(text.as_bytes()).then_some(Decoded { text, encoding });
    }
    // A crash or a block of a disk leaves NULs behind a text.
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let is_nothing_else = end == 0 && !bytes.is_empty();
    let bytes = bytes.get(..end).unwrap_or(bytes);
    if is_nothing_else || !is_text(bytes) {
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8 });
    }
    if is_mostly_utf8(bytes) {
        return Some(Decoded { text: Cow::Owned(mend_utf8(bytes)), encoding: Encoding::Utf8Damaged });
    }
    let charset = charset::guess(bytes);
    Some(Decoded { text: charset.decode(bytes), encoding: Encoding::Guessed(charset) })
}

/// Tells UTF-16 by its NUL bytes: in a text in Latin letters most units have one, nearly all on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, Encoding)> {
    let sample = bytes.get(..NUL_WINDOW).unwrap_or(bytes);
    let units = sample.len() / 2;
    let nuls = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    if bytes.len() % 2 == 1 || units < 4 || !sample.contains(&0) {
        return None;
    }
    match (nuls(0), nuls(1)) {
        (first, second) if second * 2 >= units && first * 50 <= units => Some((UTF_16LE, Encoding::Utf16Le)),
        (first, second) if first * 2 >= units && second * 50 <= units => Some((UTF_16BE, Encoding::Utf16Be)),
        _ => None,
    }
}

/// A NUL among this many first bytes means that a file is no text.
const NUL_WINDOW: usize = 8 << 10;

/// One control character in this many bytes is still text; more are not.
const BYTES_PER_CONTROL: usize = 50;

/// Tells whether bytes can be text: no NUL near the beginning, and few control characters.
///
/// Tab, line feed, form feed, carriage return and escape (colours in logs) count as text.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    if bytes.get(..NUL_WINDOW).unwrap_or(bytes).contains(&0) {
        return false;
    }
    // No branches, and sums of one byte: the compiler counts many bytes at a time.
    let is_control = |&byte: &u8| {
        let is_allowed = (byte == b'\t') | (byte == b'\n') | (byte == 0x0c) | (byte == b'\r') | (byte == 0x1b);
        u8::from(((byte < 0x20) & !is_allowed) | (byte == 0x7f))
    };
    let controls = bytes.chunks(128).map(|chunk| usize::from(chunk.iter().map(is_control).sum::<u8>()));
    controls.sum::<usize>() <= bytes.len() / BYTES_PER_CONTROL
}

/// Counts the runs beyond ASCII that are valid UTF-8, and the sequences that are not.
fn count_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    (valid, invalid)
}

/// French in a legacy encoding forms a valid UTF-8 sequence only by rare chance ("Ê»"), so a majority is proof.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (valid, invalid) = count_sequences(bytes);
    valid > invalid
}

/// Reads UTF-8 in which whole lines may come from another encoding, as when files were joined, or bytes were cut.
fn mend_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let (valid, _) = count_sequences(line);
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            // A sequence cut at the very end is no letter of another encoding.
            Err(error) if valid == 0 && error.error_len().is_some() => {
                text.push_str(&Charset::WINDOWS_1252.decode(line));
            }
            Err(_) => text.push_str(&String::from_utf8_lossy(line)),
        }
    }
    text
}

/// Returns the text with every line end (`\r\n` or a lone `\r`) written as `\n`.
///
/// Lines keep their numbers; byte offsets count in the text that is returned.
pub(super) fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\r') {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_in_utf8_is_read_as_utf8() {
        // Sequences that other encodings read as plausible French as well.
        for text in
            ["", "a", "é", "Ã©", "Ê»", "àé ù", "œuvre", "«\u{a0}où\u{a0}»", "日本語", "e\u{301}te\u{301}", "\u{80}é"]
        {
            let decoded = decode(text.as_bytes()).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, Encoding::Utf8));
        }
    }

    #[test]
    fn byte_order_marks_decide_and_are_removed() {
        let text = "L’œuvre a été jouée à Tulle\r\nle 3 mai";
        let mut utf8 = b"\xef\xbb\xbf".to_vec();
        utf8.extend(text.bytes());
        let little: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [(utf8, Encoding::Utf8), (little, Encoding::Utf16Le), (big, Encoding::Utf16Be)] {
            assert_eq!(decode(&bytes).unwrap(), Decoded { text: text.into(), encoding });
            if encoding != Encoding::Utf8 {
                assert_eq!(decode(&bytes[2..]).unwrap(), Decoded { text: text.into(), encoding }, "without its mark");
            }
        }
    }

    #[test]
    fn what_holds_no_text_is_refused() {
        let noise: Vec<u8> = (0u32..4000).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let without_nul: Vec<u8> = noise.iter().copied().filter(|&byte| byte != 0).collect();
        for bytes in [&b"GIF89a\x01\x00\x01\x00"[..], b"\0", &noise, &without_nul, b"\xff\xfe\0\0a\0\0\0"] {
            assert_eq!(decode(bytes), None);
        }
        assert!(decode(b"\x1b[31mrouge\x1b[0m\tou\x0cpas\r\n").is_some());
    }

    #[test]
    fn nuls_behind_a_text_are_left_out() {
        let padded = [&b"La cr\xc3\xa9celle"[..], &[0; 100]].concat();
        assert_eq!(decode(&padded).unwrap().text, "La crécelle");
        assert!(decode(b"a\0b\0\0").is_none());
    }

    #[test]
    fn damaged_utf8_keeps_its_letters() {
        let mut cut = "La préfète a été entendue à Évreux".as_bytes().to_vec();
        cut.extend([0xc3]);
        let decoded = decode(&cut).unwrap();
        assert_eq!(decoded.text, "La préfète a été entendue à Évreux\u{fffd}");
        assert_eq!(decoded.encoding, Encoding::Utf8Damaged);
        assert!(decoded.encoding.is_guessed());

        let joined = [&b"L'\xe9t\xe9 finit\n"[..], "Une œuvre née à Sète, fêtée là-bas\nété".as_bytes()].concat();
        assert_eq!(decode(&joined).unwrap().text, "L'été finit\nUne œuvre née à Sète, fêtée là-bas\nété");
    }

    #[test]
    fn line_ends_of_every_system_become_line_feeds() {
        assert_eq!(with_line_feeds("a\r\nb\rc\nd\r\r\n".into()), "a\nb\nc\nd\n\n");
        assert!(matches!(with_line_feeds("a\nb".into()), Cow::Borrowed(_)));
    }
}
