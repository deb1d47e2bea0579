//! The signs that join words into a group, and the words between them.
//!
//! A sign joins when what stands on both sides of it makes one thing for a reader: `l'avion`, `3,14`, `R&D`, `n°5`. A full
//! stop at the end of a sentence, a quotation mark or a parenthesis around a word joins nothing.

use crate::words::class::{
    DIGIT, Kind, UPPER, WIDE, WORD, class, is_apostrophe, is_hyphen, is_middle_dot, is_number_space, kind,
};
use crate::words::scan::MAX_PIECES;

/// The sign between two words of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// `l'avion`; also before a space, when the word before is elided.
    Apostrophe,
    /// `porte-monnaie`
    Hyphen,
    /// `exploi-` at the end of a line.
    LineHyphen,
    /// `S.N.C.F`, `3.14`, `exemple.fr`
    Dot,
    /// `salarié·e`
    MiddleDot,
    /// `3,14`
    Comma,
    /// `18:30`
    Colon,
    /// `24/7`
    Slash,
    /// `https://`
    Scheme,
    /// `R&D`
    And,
    /// `jean@exemple`
    At,
    /// `mon_fichier`
    Underscore,
    /// `bac+2`; also the sign or signs that end `C++`.
    Plus,
    /// The sign that ends `C#`.
    Sharp,
    /// `n°5`; also before a space.
    Degree,
    /// `étudiant(e`
    Open,
    /// `e)s`; also before a space.
    Close,
    /// `11 000`
    Space,
}

/// One word of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// First byte of the word.
    pub(crate) start: usize,
    /// Byte after its last one.
    pub(crate) end: usize,
    /// The classes of its bytes, together.
    pub(crate) classes: u8,
    /// The sign after the word, when it belongs to the group.
    pub(crate) joint: Option<Joint>,
    /// Where the next word begins; where the group ends, for the last one.
    pub(crate) next: usize,
    /// Whether another word follows in the group.
    pub(crate) more: bool,
}

impl Piece {
    /// Tells whether the word is made of figures only.
    pub(crate) fn is_number(&self) -> bool {
        self.classes == WORD | DIGIT
    }

    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Collects the words of a group into `pieces`.
pub(crate) fn pieces_into(group: &str, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let mut at = usize::from(group.starts_with('.'));
    let mut before = None;
    while pieces.len() < MAX_PIECES {
        let (end, classes) = word_end(group, at);
        if end == at {
            break;
        }
        let piece = follow(group, at, end, classes, before);
        pieces.push(piece);
        if !piece.more {
            break;
        }
        at = piece.next;
        before = piece.joint;
    }
    if let Some(last) = pieces.last_mut() {
        last.more = false;
    }
}

/// Returns the character that begins at byte `at`.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Returns the end of the word that begins at byte `at`, and the classes of its bytes.
#[inline]
pub(crate) fn word_end(text: &str, at: usize) -> (usize, u8) {
    let bytes = text.as_bytes();
    let mut end = at;
    let mut classes = 0;
    while let Some(&byte) = bytes.get(end) {
        let byte_class = class(byte);
        if byte_class & WORD != 0 {
            classes |= byte_class;
            end += 1;
            continue;
        }
        if byte_class & WIDE == 0 {
            break;
        }
        // À to ÿ but × and ÷: nearly every letter of French outside ASCII.
        let second = bytes.get(end + 1).copied().unwrap_or(0);
        if byte == 0xC3 && second != 0x97 && second != 0xB7 {
            classes |= WORD | WIDE;
            end += 2;
            continue;
        }
        let Some(c) = char_at(text, end) else { break };
        match kind(c) {
            Kind::Letter => {}
            Kind::Mark if end > at => {}
            _ => break,
        }
        classes |= WORD | WIDE;
        end += c.len_utf8();
    }
    (end, classes)
}

/// Tells whether a word begins at byte `at`.
fn is_word_start(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| kind(c) == Kind::Letter)
}

/// Tells whether a digit stands at byte `at`.
fn is_digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Finds what follows the word `start..end`: `before` is the joint before it.
pub(crate) fn follow(text: &str, start: usize, end: usize, classes: u8, before: Option<Joint>) -> Piece {
    let word = text.get(start..end).unwrap_or_default();
    let mut piece = Piece { start, end, classes, joint: None, next: end, more: false };
    let Some(sign) = char_at(text, end) else {
        return piece;
    };
    let after = end + sign.len_utf8();
    let joined = |joint| Piece { joint: Some(joint), next: after, more: true, ..piece };
    let tail = |joint, next| Piece { joint: Some(joint), next, more: false, ..piece };
    let is_number = piece.is_number();
    let opens = is_word_start(text, after);
    match sign {
        // What closes a parenthesis opened in the word.
        ')' if before == Some(Joint::Open) => {
            if opens {
                return joined(Joint::Close);
            }
            return tail(Joint::Close, after);
        }
        c if is_apostrophe(c) => return apostrophe(text, piece, word, after),
        c if is_hyphen(c) => {
            if opens {
                return joined(Joint::Hyphen);
            }
            if let Some(next) = line_break(text, after).filter(|_| classes & DIGIT == 0) {
                return Piece { joint: Some(Joint::LineHyphen), next, more: true, ..piece };
            }
        }
        // A soft hyphen that has broken the line.
        '\n' | '\r' if word.ends_with('\u{AD}') => {
            if let Some(next) = line_break(text, end) {
                return Piece { joint: Some(Joint::LineHyphen), next, more: true, ..piece };
            }
        }
        '.' => {
            if opens {
                return joined(Joint::Dot);
            }
            // J.-C., J.-P.
            let hyphen = char_at(text, after).filter(|c| is_hyphen(*c));
            if let Some(next) = hyphen.map(|c| after + c.len_utf8()).filter(|next| is_word_start(text, *next)) {
                return Piece { joint: Some(Joint::Hyphen), next, more: true, ..piece };
            }
        }
        ',' if is_number && is_digit(text, after) => return joined(Joint::Comma),
        ':' if is_number && is_digit(text, after) => return joined(Joint::Colon),
        ':' if is_scheme(word) && text.get(after..after + 2) == Some("//") && is_word_start(text, after + 2) => {
            let next = after + 2;
            return Piece { joint: Some(Joint::Scheme), next, more: true, ..piece };
        }
        '/' if opens => return joined(Joint::Slash),
        '&' if opens => return joined(Joint::And),
        '@' if opens => return joined(Joint::At),
        '_' if opens => return joined(Joint::Underscore),
        '+' => {
            if opens {
                return joined(Joint::Plus);
            }
            let end = if char_at(text, after) == Some('+') { after + 1 } else { after };
            if classes & DIGIT == 0 && !is_word_start(text, end) {
                return tail(Joint::Plus, end);
            }
        }
        '#' if !opens && word.len() == 1 && !is_number => return tail(Joint::Sharp, after),
        '°' | 'º' if is_numero(word) => {
            if opens {
                return joined(Joint::Degree);
            }
            return tail(Joint::Degree, after);
        }
        '(' if opens && closes_soon(text, after) => return joined(Joint::Open),
        c if is_middle_dot(c) && opens => return joined(Joint::MiddleDot),
        c if is_number_space(c) && number_goes_on(text, &piece, word, before, after) => {
            return joined(Joint::Space);
        }
        _ => {}
    }
    piece.next = end;
    piece
}

/// `l'avion`, `l''avion`, `l' avion`: after an elided word the apostrophe belongs to it, whatever follows.
fn apostrophe(text: &str, piece: Piece, word: &str, after: usize) -> Piece {
    let mut next = after;
    if let Some(second) = char_at(text, next).filter(|c| is_apostrophe(*c)) {
        next += second.len_utf8();
    }
    if is_word_start(text, next) {
        return Piece { joint: Some(Joint::Apostrophe), next, more: true, ..piece };
    }
    let elided = crate::words::elision::is_elided(word);
    let space = char_at(text, next).is_none_or(is_number_space);
    if elided && space {
        return Piece { joint: Some(Joint::Apostrophe), next, more: false, ..piece };
    }
    piece
}

/// Returns where the next line's first letter stands, when only the end of a line lies between.
fn line_break(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let gap = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    let blank = rest.get(..rest.len() - gap.len())?;
    let letter = gap.chars().next().is_some_and(|c| kind(c) == Kind::Letter);
    (letter && blank.bytes().filter(|b| *b == b'\n').count() == 1).then(|| at + blank.len())
}

/// `étudiant(e)s`: a few letters, then the closing parenthesis.
fn closes_soon(text: &str, at: usize) -> bool {
    let (end, classes) = word_end(text, at);
    let letters = text.get(at..end).unwrap_or_default().chars().filter(|c| kind(*c) == Kind::Letter).count();
    classes & DIGIT == 0 && letters <= 6 && text.as_bytes().get(end) == Some(&b')')
}

/// Tells whether a number goes on behind a space: `11 000`, `18 h 30`.
fn number_goes_on(text: &str, piece: &Piece, word: &str, before: Option<Joint>, after: usize) -> bool {
    let (end, classes) = word_end(text, after);
    let figures = classes == WORD | DIGIT;
    let opens = matches!(before, None | Some(Joint::Apostrophe | Joint::Degree));
    if !piece.is_number() {
        let hour = before == Some(Joint::Space) && matches!(word, "h" | "H");
        return hour && figures && end - after == 2;
    }
    let thousands = (opens && piece.len() <= 3) || (before == Some(Joint::Space) && piece.len() == 3);
    if thousands && figures && end - after == 3 {
        return true;
    }
    if figures && piece.len() == 2 && end - after == 2 {
        return before == Some(Joint::Space) || (opens && word.starts_with('0') && is_telephone(text, after));
    }
    let hour = matches!(text.get(after..end), Some("h" | "H"));
    opens && piece.len() <= 2 && hour
}

/// Four more pairs of figures from byte `at` on, with a space between them: `01 23 45 67 89`.
fn is_telephone(text: &str, mut at: usize) -> bool {
    for pair in 0..4 {
        if pair > 0 {
            let Some(space) = char_at(text, at).filter(|c| is_number_space(*c)) else { return false };
            at += space.len_utf8();
        }
        let (end, classes) = word_end(text, at);
        if classes != WORD | DIGIT || end - at != 2 {
            return false;
        }
        at = end;
    }
    true
}

/// The schemes of the Web's addresses.
pub(crate) fn is_scheme(word: &str) -> bool {
    ["http", "https", "ftp"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// The abbreviations of *numéro* that a small circle follows.
fn is_numero(word: &str) -> bool {
    matches!(word, "n" | "N" | "no" | "No" | "NO")
}

/// `.NET`: a full stop that opens a name, after a space.
pub(crate) fn is_leading_dot(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    text.as_bytes().get(at) == Some(&b'.') && before.is_none_or(char::is_whitespace)
}

/// Tells whether the classes of a word show an upper-case letter of ASCII, or may hide one outside it.
pub(crate) fn may_have_upper(classes: u8) -> bool {
    classes & (UPPER | WIDE) != 0
}
