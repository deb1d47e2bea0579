//! Cuts a text into groups, in one pass.
//!
//! A *group* is a run of words that no space separates, with the signs between them (`l'arc-en-ciel`, `S.N.C.F`,
//! `salarié·e·s`, `jean@exemple.fr`), plus the few cases in which French writes one thing with a space or over two lines
//! (`11 000`, `18 h 30`, `exploi-` / `tation`). Whatever a rule has to see lies inside one group, so that what a group
//! means depends on its own text alone, and can be remembered. A word without a sign after it, which is most of them,
//! costs one look at a table for each byte.

use crate::wanted::Wanted;
use crate::words::class::{DIGIT, JOINT, Kind, LOWER, SIGN, WIDE, WORD, class, is_number_space, kind};
use crate::words::elision::{is_elided, is_special};
use crate::words::joint::{char_at, follow, is_leading_dot, word_end};

/// Most words in a group: addresses and paths longer than this are cut.
pub(crate) const MAX_PIECES: usize = 24;

/// A group: a range of bytes, and the classes of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The classes of the bytes of its words, together; [`JOINT`] when it has more than one word or a sign.
    pub(crate) classes: u8,
    /// Whether an elided word, which is no part of the group, stands before it.
    pub(crate) elided: bool,
}

/// The groups of a text, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Scanner { text, at: 0 }
    }

    /// Passes over plain words that give none of some terms, behind an elided word too, up to the first group that is anything
    /// else; returns how many there were.
    pub(crate) fn pass_over(&mut self, wanted: &Wanted) -> u32 {
        let bytes = self.text.as_bytes();
        let mut count = 0;
        while let Some(rest @ [byte, ..]) = bytes.get(self.at..) {
            // What lies between words: signs that join nothing, no-break spaces, guillemets.
            let between = match rest {
                _ if class(*byte) & (WORD | WIDE | SIGN) == 0 => 1,
                [0xC2, 0xA0 | 0xAB | 0xBB, ..] => 2,
                _ => 0,
            };
            if between > 0 {
                self.at += between;
                continue;
            }
            let Some(length) = wanted.passed_word(rest) else { break };
            let is_after_dot = self.at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'.');
            let mut end = self.at + length;
            if let Some(b'\'' | 0xE2) = bytes.get(end) {
                let start = self.at + elided_length(rest);
                let Some(length) = bytes.get(start..).and_then(|word| wanted.passed_word(word)) else { break };
                end = start + length;
                if start > self.at && is_special(self.text.get(start..end).unwrap_or_default()) {
                    break;
                }
            }
            if is_after_dot {
                break;
            }
            // Most words are followed by a space, which joins a number alone.
            self.at = match bytes.get(end) {
                Some(b' ') => end + 1,
                _ if ends_plainly(bytes, end, WORD | LOWER) => end,
                _ => break,
            };
            count += 1;
        }
        count
    }

    /// Returns the next group.
    #[inline]
    pub(crate) fn next_group(&mut self) -> Option<Group> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let byte = *bytes.get(at)?;
            let byte_class = class(byte);
            if byte_class & WORD != 0 {
                break;
            }
            if byte_class & (WIDE | SIGN) == 0 {
                at += 1;
                continue;
            }
            let Some(c) = char_at(self.text, at) else {
                at += 1;
                continue;
            };
            match kind(c) {
                Kind::Letter => break,
                Kind::Ideograph => return Some(self.ideograph(at, c)),
                _ if is_sign(self.text, at, c) => {
                    self.at = at + c.len_utf8();
                    return Some(Group { start: at, end: self.at, classes: SIGN, elided: false });
                }
                _ => at += c.len_utf8(),
            }
        }
        let (end, classes) = word_end(self.text, at);
        let start = at;
        let dot_before = start.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'.');
        if !dot_before && ends_plainly(bytes, end, classes) {
            self.at = end;
            return Some(Group { start, end, classes, elided: false });
        }
        if let Some(group) = self.elided(start, end) {
            self.at = group.end;
            return Some(group);
        }
        Some(self.finish(start, end, classes))
    }

    /// Reads `l'avion` as the group `avion` when that is all there is to it, so that the cache need not know each word once more
    /// behind each article: a small letter begins it, nothing is joined to it, and no rule looks at both words.
    fn elided(&self, start: usize, end: usize) -> Option<Group> {
        let bytes = self.text.as_bytes();
        if end - start > 2 || !is_elided(self.text.get(start..end)?) {
            return None;
        }
        let next = end + apostrophe_length(bytes.get(end..)?);
        let opens = next > end && opens_with_small_vowel(bytes.get(next..)?);
        let (word_end, classes) = word_end(self.text, next);
        let word = self.text.get(next..word_end)?;
        let free = opens && ends_plainly(bytes, word_end, classes) && !is_special(word);
        free.then_some(Group { start: next, end: word_end, classes, elided: true })
    }

    /// Follows the signs that join the first word of a group to others.
    #[inline(never)]
    fn finish(&mut self, start: usize, end: usize, classes: u8) -> Group {
        let mut group = Group { start, end, classes, elided: false };
        let mut piece = follow(self.text, start, end, classes, None);
        let mut count = 1;
        loop {
            group.end = piece.next;
            if piece.joint.is_some() {
                group.classes |= JOINT;
            }
            if !piece.more || count == MAX_PIECES {
                // The word after the last joint would belong to another group: leave the joint to nobody.
                if piece.more {
                    group.end = piece.end;
                }
                break;
            }
            let (word_end, word_classes) = word_end(self.text, piece.next);
            piece = follow(self.text, piece.next, word_end, word_classes, piece.joint);
            group.classes |= word_classes;
            count += 1;
        }
        let dot = start.checked_sub(1).filter(|before| is_leading_dot(self.text, *before));
        if let Some(dot) = dot {
            group.start = dot;
            group.classes |= JOINT;
        }
        self.at = group.end;
        group
    }

    /// An ideograph takes the marks after it.
    fn ideograph(&mut self, start: usize, c: char) -> Group {
        let mut end = start + c.len_utf8();
        while let Some(mark) = char_at(self.text, end).filter(|c| kind(*c) == Kind::Mark) {
            end += mark.len_utf8();
        }
        self.at = end;
        Group { start, end, classes: WIDE | SIGN, elided: false }
    }
}

/// Returns the length of the elided word of one letter, or `qu`, and its apostrophe that some bytes begin with, before a word
/// that [`Scanner::elided`] may read by itself; 0 where there is none.
#[inline]
fn elided_length(bytes: &[u8]) -> usize {
    let letters = match bytes {
        [letter, b'\'' | 0xE2, ..] => match letter | 0x20 {
            b'l' | b'd' | b's' | b'n' | b'j' | b'm' | b't' | b'c' => 1,
            _ => return 0,
        },
        [b'q' | b'Q', b'u', b'\'' | 0xE2, ..] => 2,
        _ => return 0,
    };
    let apostrophe = bytes.get(letters..).map_or(0, apostrophe_length);
    let length = letters + apostrophe;
    if apostrophe > 0 && bytes.get(length..).is_some_and(opens_with_small_vowel) { length } else { 0 }
}

/// Returns the length of the apostrophe, typed or typographic, that some bytes begin with; 0 where there is none.
#[inline]
fn apostrophe_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'\'', ..] => 1,
        // U+2019
        [0xE2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

/// Tells whether some bytes begin with a small letter before which words are elided.
#[inline]
fn opens_with_small_vowel(bytes: &[u8]) -> bool {
    match bytes {
        [first, ..] if first.is_ascii() => matches!(first, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h'),
        // à to ý, but ç, ð, ñ and the sign of division
        [0xC3, second, ..] => matches!(second, 0xA0..=0xA6 | 0xA8..=0xAF | 0xB2..=0xB6 | 0xB9..=0xBD),
        _ => false,
    }
}

/// Tells whether nothing can be joined to the word of these classes that ends at byte `end`: true of most words, and cheap.
#[inline(always)]
fn ends_plainly(bytes: &[u8], end: usize, classes: u8) -> bool {
    let after = bytes.get(end).copied().unwrap_or(b'\n');
    let next = bytes.get(end + 1).copied().unwrap_or(b'\n');
    let is_number = classes == WORD | DIGIT;
    match after {
        b' ' => !is_number,
        b'.' | b',' | b':' => next == b' ' || next == b'\n',
        // A no-break space.
        0xC2 if next == 0xA0 => !is_number,
        // A soft hyphen may end the line.
        0..=0x1F => classes & WIDE == 0,
        _ => class(after) & (JOINT | WIDE) == 0,
    }
}

/// Tells whether a sign is read as a word where it stands.
fn is_sign(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + c.len_utf8()..).unwrap_or_default();
    let figure_before = || before.trim_end_matches(is_number_space).ends_with(|c: char| c.is_ascii_digit());
    let figure_after = || after.trim_start_matches(is_number_space).starts_with(|c: char| c.is_ascii_digit());
    match c {
        '€' | '№' => true,
        '%' => figure_before(),
        '$' | '£' | '¥' => figure_before() || figure_after(),
        '&' => before.ends_with(' ') && (after.starts_with(' ') || after.is_empty()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::joint::pieces_into;

    fn groups(text: &str) -> Vec<&str> {
        let mut scanner = Scanner::new(text);
        std::iter::from_fn(|| scanner.next_group()).map(|group| &text[group.start..group.end]).collect()
    }

    #[test]
    fn a_group_is_what_spaces_separate() {
        assert_eq!(groups("Le chat, (noir) dort."), ["Le", "chat", "noir", "dort"]);
        assert_eq!(groups("l'arc-en-ciel d’hier"), ["l'arc-en-ciel", "hier"]);
        assert_eq!(groups("la S.N.C.F. et C++, C# ou R&D"), ["la", "S.N.C.F", "et", "C++", "C#", "ou", "R&D"]);
        assert_eq!(groups("étudiant(e)s et salarié(e)"), ["étudiant(e)s", "et", "salarié(e)"]);
        assert_eq!(groups("jean@exemple.fr https://a.fr/b"), ["jean@exemple.fr", "https://a.fr/b"]);
    }

    #[test]
    fn numbers_go_over_spaces() {
        assert_eq!(groups("11 000 et 1\u{202f}234\u{a0}567,5"), ["11 000", "et", "1\u{202f}234\u{a0}567,5"]);
        assert_eq!(groups("2023 400 fois"), ["2023", "400", "fois"]);
        assert_eq!(groups("à 18 h 30 ou 18 h."), ["à", "18 h 30", "ou", "18 h"]);
        assert_eq!(groups("20 % et 5 €, n° 5"), ["20", "%", "et", "5", "€", "n°", "5"]);
    }

    #[test]
    fn a_word_cut_at_the_end_of_a_line_is_one_group() {
        assert_eq!(groups("exploi-\n  tation de"), ["exploi-\n  tation", "de"]);
        assert_eq!(groups("exploi-\n\ntation"), ["exploi", "tation"]);
    }

    #[test]
    fn marks_alone_begin_nothing() {
        assert_eq!(groups("\u{301}a \u{200b}\u{fe0f} e\u{301}te\u{301}"), ["a", "e\u{301}te\u{301}"]);
        assert_eq!(groups("日本か\u{3099} κόσμος"), ["日", "本", "か\u{3099}", "κόσμος"]);
    }

    #[test]
    fn pieces_agree_with_groups() {
        for text in ["l'arc-en-ciel", "étudiant(e)s", "C++", "11 000,5", "l'", ".NET", "https://a.fr/b"] {
            let mut pieces = Vec::new();
            pieces_into(text, &mut pieces);
            assert_eq!(pieces.last().map(|piece| piece.next), Some(text.len()), "{text}");
        }
    }
}
