//! What a byte or a character is to the scanner.

use unicode_normalization::char::is_combining_mark;

use crate::normalize::is_invisible;

/// A letter or a digit of ASCII.
pub(crate) const WORD: u8 = 1;
/// A digit.
pub(crate) const DIGIT: u8 = 2;
/// An upper-case letter.
pub(crate) const UPPER: u8 = 4;
/// A byte of a character outside ASCII.
pub(crate) const WIDE: u8 = 8;
/// A sign that may join the word before it to what follows.
pub(crate) const JOINT: u8 = 16;
/// A sign that may be read as a word.
pub(crate) const SIGN: u8 = 32;
/// A lower-case letter.
pub(crate) const LOWER: u8 = 64;

/// The class of each byte.
pub(crate) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => WORD | LOWER,
            b'A'..=b'Z' => WORD | UPPER,
            b'0'..=b'9' => WORD | DIGIT,
            0x80..=0xFF => WIDE,
            b'\'' | b'`' | b'-' | b'.' | b',' | b'/' | b'@' | b'_' | b'(' | b'+' | b'#' | b':' => JOINT,
            b'&' => JOINT | SIGN,
            b'%' | b'$' => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// Returns the class of a byte.
#[inline(always)]
pub(crate) fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// What a character outside ASCII is to the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A letter or a digit: begins and continues a word.
    Letter,
    /// A combining mark or an invisible character: continues a word, never begins one.
    Mark,
    /// A character that is a word by itself.
    Ideograph,
    /// A sign that is read as a word.
    Sign,
    /// Anything else.
    Other,
}

/// Tells what a character is.
pub(crate) fn kind(c: char) -> Kind {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Kind::Letter,
        '\u{B7}' | '\u{387}' | '\u{D7}' | '\u{F7}' => Kind::Other,
        // To Unicode a letter, in French the small circle of `nº`.
        '\u{BA}' => Kind::Other,
        '\u{C0}'..='\u{24F}' => Kind::Letter,
        '€' | '£' | '¥' | '№' => Kind::Sign,
        c if is_apostrophe(c) => Kind::Other,
        c if is_invisible(c) => Kind::Mark,
        c if is_ideograph(c) => Kind::Ideograph,
        // Before letters: the vowel signs of many scripts are marks and letters both.
        c if is_combining_mark(c) => Kind::Mark,
        c if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Other,
    }
}

/// Han, kana and bopomofo: written without spaces, each character indexed as a word.
fn is_ideograph(c: char) -> bool {
    matches!(
        c,
        '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{3105}'..='\u{312F}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Every sign that French texts use as an apostrophe: typed, typographic, modifier, quotation mark, accents that stand
/// alone, prime, full width (and the two Greek signs that are the same as the accents by canonical equivalence).
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{B4}'
            | '\u{2BC}'
            | '\u{2B9}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{FF07}'
            | '\u{1FEF}'
            | '\u{1FFD}'
            | '\u{374}'
    )
}

/// Every sign that is used as a hyphen inside a word.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{FE63}' | '\u{FF0D}')
}

/// Every sign that is used as a middle dot in inclusive writing.
pub(crate) fn is_middle_dot(c: char) -> bool {
    matches!(c, '\u{B7}' | '\u{387}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}' | '\u{FF65}')
}

/// The spaces that stand inside numbers: plain, no-break, thin, narrow no-break.
pub(crate) fn is_number_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}
