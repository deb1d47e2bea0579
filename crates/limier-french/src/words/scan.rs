//! Cuts a text into groups, in one pass.
//!
//! A *group* is a run of words that no space separates, with the signs between them (`l'arc-en-ciel`, `S.N.C.F`,
//! `salarié·e·s`, `jean@exemple.fr`), plus the few cases in which French writes one thing with a space or over two lines
//! (`11 000`, `18 h 30`, `exploi-` / `tation`). Whatever a rule has to see lies inside one group, so that what a group
//! means depends on its own text alone, and can be remembered. A word without a sign after it, which is most of them,
//! costs one look at a table for each byte.

use crate::words::class::{
    DIGIT, JOINT, Kind, SIGN, UPPER, WIDE, WORD, class, is_apostrophe, is_hyphen, is_middle_dot, is_number_space, kind,
};

/// Most words in a group: addresses and paths longer than this are cut.
pub(crate) const MAX_PIECES: usize = 24;

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

/// A group: a range of bytes, and the classes of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The classes of the bytes of its words, together; [`JOINT`] when it has more than one word or a sign.
    pub(crate) classes: u8,
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
                    return Some(Group { start: at, end: self.at, classes: SIGN });
                }
                _ => at += c.len_utf8(),
            }
        }
        let (end, classes) = word_end(self.text, at);
        let start = at;
        // Most words end at a plain space or a plain full stop.
        let after = bytes.get(end).copied().unwrap_or(b' ');
        let dot_before = start.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'.');
        let number_before_space = after == b' ' && classes == WORD | DIGIT;
        let wide_before_line_end = after < b' ' && classes & WIDE != 0;
        let joined = class(after) & (JOINT | WIDE) != 0 || number_before_space || wide_before_line_end || dot_before;
        if !joined {
            self.at = end;
            return Some(Group { start, end, classes });
        }
        Some(self.finish(start, end, classes))
    }

    /// Follows the signs that join the first word of a group to others.
    #[inline(never)]
    fn finish(&mut self, start: usize, end: usize, classes: u8) -> Group {
        let mut group = Group { start, end, classes };
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
        Group { start, end, classes: WIDE | SIGN }
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
fn follow(text: &str, start: usize, end: usize, classes: u8, before: Option<Joint>) -> Piece {
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
    let elided = super::elision::is_elided(word);
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
    let lower = gap.chars().next().is_some_and(char::is_lowercase);
    (lower && blank.bytes().filter(|b| *b == b'\n').count() == 1).then(|| at + blank.len())
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
    let hour = matches!(text.get(after..end), Some("h" | "H"));
    opens && piece.len() <= 2 && hour
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
fn is_leading_dot(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    text.as_bytes().get(at) == Some(&b'.') && before.is_none_or(char::is_whitespace)
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
        '&' => before.ends_with(' ') && after.starts_with(' '),
        _ => false,
    }
}

/// Tells whether the classes of a word show an upper-case letter of ASCII, or may hide one outside it.
pub(crate) fn may_have_upper(classes: u8) -> bool {
    classes & (UPPER | WIDE) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<&str> {
        let mut scanner = Scanner::new(text);
        std::iter::from_fn(|| scanner.next_group()).map(|group| &text[group.start..group.end]).collect()
    }

    #[test]
    fn a_group_is_what_spaces_separate() {
        assert_eq!(groups("Le chat, (noir) dort."), ["Le", "chat", "noir", "dort"]);
        assert_eq!(groups("l'arc-en-ciel d’hier"), ["l'arc-en-ciel", "d’hier"]);
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
