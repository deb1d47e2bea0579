//! Finding bytes of a few kinds, many at a time.
//!
//! A text is mostly letters, and what a passage asks of it is where a line ends, a sentence may stop or a quotation opens.
//! A loop over letters costs several instructions each. Here a whole chunk is asked at once whether it holds any such byte:
//! without a way out of the middle of the loop the compiler makes a few vector instructions of it.

/// Bytes that are asked together: two vectors of the smallest machine.
const CHUNK: usize = 32;

/// Returns where the first byte stands of which `is` holds; `is` should be a few plain comparisons, without a branch.
#[inline]
pub(super) fn position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let mut passed = 0;
    for chunk in bytes.chunks(CHUNK) {
        if holds(chunk, &is) {
            return chunk.iter().position(|byte| is(*byte)).map(|at| passed + at);
        }
        passed += chunk.len();
    }
    None
}

/// Returns where the last byte stands of which `is` holds.
#[inline]
pub(super) fn last_position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let mut left = bytes.len();
    for chunk in bytes.rchunks(CHUNK) {
        left -= chunk.len();
        if holds(chunk, &is) {
            return chunk.iter().rposition(|byte| is(*byte)).map(|at| left + at);
        }
    }
    None
}

/// Counts the bytes of which `is` holds.
#[inline]
pub(super) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // A count of a chunk fits in a byte: that makes vectors of many.
    let of_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(is(*byte))).sum::<u8>();
    bytes.chunks(4 * CHUNK).map(|chunk| usize::from(of_chunk(chunk))).sum()
}

/// Counts the neighbours of which `is` holds.
#[inline]
pub(super) fn count_pairs(bytes: &[u8], is: impl Fn(u8, u8) -> bool) -> usize {
    let seconds = bytes.get(1..).unwrap_or_default();
    let of_chunk = |(firsts, seconds): (&[u8], &[u8])| {
        let pairs = firsts.iter().zip(seconds);
        usize::from(pairs.map(|(first, second)| u8::from(is(*first, *second))).sum::<u8>())
    };
    bytes.chunks(4 * CHUNK).zip(seconds.chunks(4 * CHUNK)).map(of_chunk).sum()
}

/// Tells whether `is` holds of any four neighbours.
#[inline]
pub(super) fn any_four(bytes: &[u8], is: impl Fn(u8, u8, u8, u8) -> bool) -> bool {
    let chunk = |rest: &[u8], at: usize| rest.get(at..).and_then(<[u8]>::first_chunk::<CHUNK>).copied();
    let any = |rest: &[u8]| match (chunk(rest, 0), chunk(rest, 1), chunk(rest, 2), chunk(rest, 3)) {
        (Some(a), Some(b), Some(c), Some(d)) => {
            Some((0..CHUNK).fold(false, |any, at| any | is(a[at], b[at], c[at], d[at])))
        }
        _ => None,
    };
    let mut rest = bytes;
    while let Some(found) = any(rest) {
        if found {
            return true;
        }
        rest = rest.get(CHUNK..).unwrap_or_default();
    }
    // What is less than a chunk and its neighbours is filled up with zeros.
    let mut last = [0; CHUNK + 3];
    if let Some(last) = last.get_mut(..rest.len()) {
        last.copy_from_slice(rest);
    }
    any(&last) == Some(true)
}

/// Returns the words of a text, as `str::split_whitespace` does: of nearly all bytes a look into a table tells what they are.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match space_at(text, at) {
                0 => break,
                length => at += length,
            }
        }
        let start = at;
        while let Some(&byte) = bytes.get(at) {
            if may_be_space(byte) && space_at(text, at) > 0 {
                break;
            }
            at += 1;
        }
        text.get(start..at).filter(|word| !word.is_empty())
    })
}

/// Returns the bytes of the white space that begins at byte `at`; 0 where none does.
fn space_at(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\t'..=b'\r' | b' ') => 1,
        Some(&byte) if may_be_space(byte) => {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            c.filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
        }
        _ => 0,
    }
}

/// Tells whether white space may begin with this byte.
#[inline]
pub(super) fn may_be_space(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = matches!(byte as u8, b'\t'..=b'\r' | b' ' | 0xC2 | 0xE1..=0xE3);
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

#[inline]
fn holds(chunk: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is(*byte));
    // A length that is known when this is compiled makes the difference.
    match <&[u8; CHUNK]>::try_from(chunk) {
        Ok(whole) => any(whole),
        Err(_) => any(chunk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_white_space_separates() {
        let spaces = ('\0'..=char::MAX).filter(|c| c.is_whitespace());
        let joins = ['\u{1c}', '\u{200b}', '\u{2060}', '\u{feff}', '«', '’', 'é', '…', '\u{3001}'];
        for c in spaces.chain(joins) {
            for text in [format!("un{c}mot"), format!("{c}{c} à{c}"), format!(" «{c}»\n"), c.to_string()] {
                let expected: Vec<&str> = text.split_whitespace().collect();
                assert_eq!(words(&text).collect::<Vec<_>>(), expected, "{text:?}");
            }
        }
        assert_eq!(words("").next(), None);
    }

    #[test]
    fn the_first_and_the_last_are_found_wherever_they_stand() {
        for length in 0..100 {
            let plain = vec![b'a'; length];
            assert_eq!(count(&plain, |byte| byte == b'a'), length);
            assert_eq!(count_pairs(&plain, |before, byte| before == byte), length.saturating_sub(1));
            assert_eq!(
                (position(&plain, |byte| byte == b'.'), last_position(&plain, |byte| byte == b'.')),
                (None, None)
            );
            for at in 0..length {
                let mut bytes = plain.clone();
                bytes[at] = b'.';
                assert_eq!(position(&bytes, |byte| byte == b'.'), Some(at), "of {length}");
                assert_eq!(last_position(&bytes, |byte| byte == b'.'), Some(at), "of {length}");
                bytes[length - 1] = b'.';
                assert_eq!(position(&bytes, |byte| byte == b'.'), Some(at), "the first of {length}");
                bytes[0] = b'.';
                assert_eq!(last_position(&bytes, |byte| byte == b'.'), Some(length - 1), "the last of {length}");
            }
        }
    }
}
