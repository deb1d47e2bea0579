//! Terms that are looked for in texts, and which words need not be read to find them.

use crate::forms::{each_beginning, each_numeral, first_letters};
use crate::token::Level;
use crate::words::class::{DIGIT, LOWER, UPPER, WIDE, WORD, class};
use crate::words::{numeral, pair};

/// The values that a letter of a beginning may have: none, where the word is over, and `a` to `z` from 1, their last five bits.
const LETTERS: usize = 27;
/// Bits of such a value.
const LETTER_BITS: u32 = 5;
/// No letter: the word is over.
const NONE: usize = 0;
/// Letters of a word that are looked at.
const LENGTH: usize = 3;
/// Bytes of a word that are looked at together.
const CHUNK: usize = 8;
/// Words shorter than this, in bytes, hide no other behind a lost apostrophe.
const SHORTEST_HIDING: usize = 6;

/// Terms that are looked for in texts: [`FrenchAnalyzer::analyze_for`](crate::FrenchAnalyzer::analyze_for) reads no more
/// of a text than may hold one of them.
///
/// ```
/// use limier_french::{Analysis, FrenchAnalyzer, Level, Wanted};
///
/// let mut wanted = Wanted::new();
/// wanted.add(Level::Stem, "cheval");
/// let mut analysis = Analysis::new();
/// FrenchAnalyzer::new().analyze_for("Le vent pousse les chevaux.", &wanted, &mut analysis);
/// let found: Vec<_> = analysis.tokens().map(|token| (token.exact, token.position)).collect();
/// assert_eq!(found, [("chevaux", 4)]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What a word may begin with.
    beginnings: Beginnings,
    /// The same, and what it may begin with behind an elided word that has lost its apostrophe: what begins otherwise is passed
    /// over at once.
    openings: Beginnings,
    /// Whether a term begins with a figure.
    has_figures: bool,
}

impl Wanted {
    /// Looks for nothing yet.
    pub fn new() -> Wanted {
        let mut openings = Beginnings::new();
        for glued in [*b"jus", *b"lor", *b"pui"] {
            openings.mark(glued.map(value));
        }
        Wanted { beginnings: Beginnings::new(), openings, has_figures: false }
    }

    /// Looks for a term of one level.
    pub fn add(&mut self, level: Level, term: &str) {
        self.has_figures |= begins_with_figure(term);
        match level {
            Level::Exact => self.add_exact(term),
            Level::Stem => {
                // An acronym that spells a small word is its own stem.
                self.add_exact(term);
                each_beginning(term, |beginning| self.add_letters(beginning));
            }
            Level::Lemma => {
                let mut stem = String::new();
                match numeral::cardinal_stem(term) {
                    Some(figures) => stem.push_str(figures),
                    None => crate::forms::stem_into(term, &mut stem),
                }
                self.add_exact(term);
                self.add(Level::Stem, &stem);
            }
        }
    }

    /// Looks for an exact term; figures alone are that of no plain word, unlike `15e`, which is that of `quinzième`.
    fn add_exact(&mut self, term: &str) {
        if !term.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add_beginning(term);
        }
    }

    /// Looks for exact terms that begin with `beginning`, with or without its accents.
    pub fn add_beginning(&mut self, beginning: &str) {
        if begins_with_figure(beginning) {
            self.has_figures = true;
            each_numeral(|letters| self.add_letters(letters));
            return;
        }
        let mut folded = String::new();
        crate::forms::fold_into(beginning, &mut folded);
        self.add_letters(first_letters(&folded, LENGTH));
        if folded.starts_with("ile") || "iles".starts_with(&folded) {
            // The other reading of `presquile`.
            self.add_letters("pre");
        }
    }

    /// Looks for everything: the analysis is whole.
    pub fn add_everything(&mut self) {
        self.beginnings.0.fill(u64::MAX);
        self.openings.0.fill(u64::MAX);
        self.has_figures = true;
    }

    /// Marks the words that begin with some letters, and those that are the first of them and may be joined to the next word.
    fn add_letters(&mut self, letters: &str) {
        // A word with any other letter is read anyway.
        if !letters.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return;
        }
        let [first, second, third] = [0, 1, 2].map(|rank| letters.as_bytes().get(rank).map(|letter| value(*letter)));
        let choices = |letter: Option<usize>| letter.map_or(0..LETTERS, |letter| letter..letter + 1);
        // `e` and `mail` are also `email`; no other word is shorter than what all forms of a stem begin with.
        let may_be_all = |count| letters.len() <= count || letters.get(..count).is_some_and(pair::opens);
        let (one, two) = (may_be_all(1), may_be_all(2));
        for a in choices(first) {
            if one {
                self.mark([a, NONE, NONE]);
            }
            for b in choices(second) {
                if two {
                    self.mark([a, b, NONE]);
                }
                choices(third).for_each(|c| self.mark([a, b, c]));
                self.mark_hidden(a, b);
            }
        }
    }

    fn mark(&mut self, letters: [usize; LENGTH]) {
        self.beginnings.mark(letters);
        self.openings.mark(letters);
    }

    /// Marks the words that begin with these letters behind an elided word that has lost its apostrophe.
    fn mark_hidden(&mut self, first: usize, second: usize) {
        if b"aeiouyh".iter().any(|letter| value(*letter) == first) {
            b"ldsnmtcj".iter().for_each(|glued| self.openings.mark([value(*glued), first, second]));
            self.openings.mark([value(b'q'), value(b'u'), first]);
        }
    }

    /// Tells whether the word that a text begins with may give one of the terms: `false` is certain.
    ///
    /// ```
    /// use limier_french::{Level, Wanted};
    /// let mut wanted = Wanted::new();
    /// wanted.add(Level::Stem, "oeil");
    /// assert!(wanted.may_begin("yeux verts") && !wanted.may_begin("nez rouge"));
    /// ```
    pub fn may_begin(&self, text: &str) -> bool {
        self.passed_word(text.as_bytes()).is_none()
    }

    /// Tells whether a group, whose bytes have these classes together, is one word or number that takes one position and gives
    /// none of the terms.
    #[inline]
    pub(crate) fn passes_over(&self, group: &str, classes: u8) -> bool {
        if classes & !(WORD | LOWER | UPPER | WIDE) != 0 {
            return classes == WORD | DIGIT && !self.has_figures;
        }
        let word = group.as_bytes();
        is_plain(word, classes) && !self.begins(word) && !self.may_hide(word)
    }

    /// Tells whether an exact term of French letters alone has a lemma and a stem that are none of the terms.
    #[inline]
    pub(crate) fn has_none_of(&self, exact: &str) -> bool {
        let word = exact.as_bytes();
        plain_end(word, 0) == Some(word.len()) && !self.begins(word)
    }

    /// Returns the length of the plain word that some bytes begin with, when it gives none of the terms; `None` also where it
    /// takes a closer look to say so. As [`passes_over`](Wanted::passes_over), in one go.
    #[inline(always)]
    pub(crate) fn passed_word(&self, bytes: &[u8]) -> Option<usize> {
        let Some(chunk) = bytes.first_chunk::<{ 2 * CHUNK }>() else { return self.passed_slowly(bytes, 0) };
        let whole = u128::from_le_bytes(*chunk);
        // The first letter may be a capital.
        let letters = whole as u64 | 0x20;
        let others = others_than_small(letters);
        // Most words are shorter than two chunks: to look at both costs less than to foretell which are longer than one.
        let all = u128::from(others_than_small((whole >> 64) as u64)) << 64 | u128::from(others);
        let count = all.trailing_zeros() as usize / 8;
        let ends = chunk.get(count).is_some_and(|next| class(*next) & (WORD | WIDE) == 0);
        if count < LENGTH && !ends {
            return self.passed_slowly(bytes, count);
        }
        let place = place_of(letters, others);
        if !self.openings.has(place) {
            return if ends { (count > 0).then_some(count) } else { plain_end(bytes, count) };
        }
        if self.beginnings.has(place) {
            return None;
        }
        // A short word hides no other, and what is glued to one letter begins with the next three.
        let is_short = ends && count < SHORTEST_HIDING;
        let hides_none = || count > LENGTH && !self.beginnings.has(place_of(letters >> 8, others >> 8));
        if is_short || (is_elided(letters) && hides_none()) {
            return if ends { (count > 0).then_some(count) } else { plain_end(bytes, count) };
        }
        self.passed_slowly(bytes, count)
    }

    /// As [`passed_word`](Wanted::passed_word), for words that begin with an accent or may hide another, and at the end of a text; the
    /// letters before `from` are known to be small and plain.
    #[inline(never)]
    fn passed_slowly(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let length = plain_end(bytes, from)?;
        let word = bytes.get(..length)?;
        (!self.begins(word) && !self.may_hide(word)).then_some(length)
    }

    /// Tells whether a plain word begins as one of the terms.
    fn begins(&self, word: &[u8]) -> bool {
        beginning_of(word).is_none_or(|letters| self.beginnings.has(place(letters)))
    }

    /// Tells whether a plain word may be one of the terms behind an elided word that has lost its apostrophe.
    fn may_hide(&self, word: &[u8]) -> bool {
        // Whatever is glued to it, the second letter is a vowel or an `h`: `la…`, `qu…`, `ju…`, `lo…`.
        let opens = |rest: &[u8]| matches!(rest, [b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | 0x80.., ..]);
        if word.len() < SHORTEST_HIDING || !word.get(1..).is_some_and(opens) {
            return false;
        }
        let glued = match word {
            [b'l' | b'd' | b's' | b'n' | b'm' | b't' | b'c' | b'L' | b'D' | b'S' | b'N' | b'M' | b'T' | b'C', ..] => 1,
            [b'q' | b'Q', b'u', ..] => 2,
            // `j`, `jusqu`; `lorsqu` and `puisqu` are seen below.
            [b'j' | b'J', b'u', b's', b'q', b'u', ..] => 5,
            [b'j' | b'J', ..] => 1,
            [b'p' | b'P', b'u', b'i', b's', b'q', b'u', ..] => 6,
            _ => return false,
        };
        let behind = |glued: usize| {
            let rest = word.get(glued..).unwrap_or_default();
            opens(rest) && self.begins(rest)
        };
        let after_one = matches!(word, [b'j' | b'J', ..]) && behind(1);
        let after_six = matches!(word, [b'l' | b'L', b'o', b'r', b's', b'q', b'u', ..]) && behind(6);
        behind(glued) || after_one || after_six
    }
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted::new()
    }
}

impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let beginnings: u32 = self.beginnings.0.iter().map(|bits| bits.count_ones()).sum();
        f.debug_struct("Wanted").field("beginnings", &beginnings).finish()
    }
}

fn begins_with_figure(term: &str) -> bool {
    term.starts_with(|c: char| c.is_ascii_digit())
}

/// A bit for each three letters that a word may begin with.
#[derive(Clone, PartialEq, Eq)]
struct Beginnings(Box<[u64; BEGINNINGS]>);

/// Words of 64 bits that hold them.
const BEGINNINGS: usize = 1 << (LETTER_BITS * LENGTH as u32 - 6);

impl Beginnings {
    fn new() -> Beginnings {
        Beginnings(Box::new([0; BEGINNINGS]))
    }

    fn mark(&mut self, letters: [usize; LENGTH]) {
        let place = place(letters);
        if let Some(bits) = self.0.get_mut(place / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    #[inline]
    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 != 0)
    }
}

/// Tells whether the first of some small letters may be an elided word that has lost its apostrophe, and no more of them.
#[inline]
fn is_elided(letters: u64) -> bool {
    const ELIDED: u32 = {
        let mut bits = 0;
        let mut rest: &[u8] = b"ldsnmtc";
        while let [letter, others @ ..] = rest {
            bits |= 1 << (*letter - b'a');
            rest = others;
        }
        bits
    };
    /// `lorsqu` is elided, too.
    const LOR: u64 = u64::from_le_bytes(*b"lor\0\0\0\0\0");
    ELIDED >> (letters as u8).wrapping_sub(b'a').min(31) & 1 != 0 && letters & 0xFF_FFFF != LOR
}

/// Returns the high bit of each of eight bytes that is no small letter of ASCII.
#[inline]
fn others_than_small(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let high = 0x80 * EACH;
    // Of seven bits, so that no sum goes over into the next byte.
    let low = bytes & !high;
    let from_a = low + (0x80 - u64::from(b'a')) * EACH;
    let past_z = low + (0x80 - u64::from(b'z') - 1) * EACH;
    (!from_a | past_z | bytes) & high
}

/// Returns the place of the first three of eight letters, those before the first of the `others`.
#[inline]
fn place_of(letters: u64, others: u64) -> usize {
    let ends = others >> 7;
    let word = letters & (ends & ends.wrapping_neg()).wrapping_sub(1);
    (word & 0x1F | word >> 3 & 0x3E0 | word >> 6 & 0x7C00) as usize
}

/// Returns where a word ends that has only French letters, all small but the first; those before `from` are known to be small
/// and plain. `None` for other words, and where it takes a closer look.
fn plain_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut length = from;
    loop {
        while let Some(chunk) = bytes.get(length..).and_then(<[u8]>::first_chunk::<CHUNK>) {
            let count = others_than_small(u64::from_le_bytes(*chunk)).trailing_zeros() as usize / 8;
            length += count;
            if count < CHUNK {
                break;
            }
        }
        let is_first = length == 0;
        length += match bytes.get(length..).unwrap_or_default() {
            [b'a'..=b'z', ..] => 1,
            [b'A'..=b'Z', ..] if is_first => 1,
            [0xC3, second, ..] if latin(*second).is_some() && (*second >= 0xA0 || is_first) => 2,
            // œ and Œ
            [0xC5, 0x93, ..] => 2,
            [0xC5, 0x92, ..] if is_first => 2,
            // A no-break space.
            [0xC2, 0xA0, ..] => break,
            [byte, ..] if class(*byte) & (WORD | WIDE) != 0 => return None,
            _ => break,
        };
    }
    (length > 0).then_some(length)
}

/// Tells whether a word has only French letters, all small but the first.
#[inline]
fn is_plain(word: &[u8], classes: u8) -> bool {
    if classes & WIDE == 0 {
        return classes & UPPER == 0 || !word.iter().skip(1).any(u8::is_ascii_uppercase);
    }
    let mut at = 0;
    while let Some(&byte) = word.get(at) {
        at += match (byte, word.get(at + 1)) {
            (b'a'..=b'z', _) => 1,
            (b'A'..=b'Z', _) if at == 0 => 1,
            (0xC3, Some(&second)) if latin(second).is_some() && (second >= 0xA0 || at == 0) => 2,
            // œ and Œ
            (0xC5, Some(0x93)) => 2,
            (0xC5, Some(0x92)) if at == 0 => 2,
            _ => return false,
        };
    }
    true
}

/// Returns the first letters of a plain word, folded.
#[inline]
fn beginning_of(word: &[u8]) -> Option<[usize; LENGTH]> {
    let mut letters = [NONE; LENGTH];
    let mut at = 0;
    let mut rank = 0;
    while let (Some(slot), Some(&byte)) = (letters.get_mut(rank), word.get(at)) {
        rank += 1;
        if let Some(value) = value_of(byte | 0x20) {
            *slot = value;
            at += 1;
            continue;
        }
        let (first, second) = match (byte, *word.get(at + 1)?) {
            // æ, Æ
            (0xC3, 0xA6 | 0x86) => (1, Some(5)),
            (0xC3, second) => (latin(second)?, None),
            (0xC5, _) => (15, Some(5)),
            _ => return None,
        };
        *slot = first;
        if let (Some(second), Some(slot)) = (second, letters.get_mut(rank)) {
            *slot = second;
            rank += 1;
        }
        at += 2;
    }
    Some(letters)
}

#[inline]
fn place([a, b, c]: [usize; LENGTH]) -> usize {
    a | b << LETTER_BITS | c << (2 * LETTER_BITS)
}

/// Returns the value of a small letter of ASCII.
#[inline]
fn value_of(letter: u8) -> Option<usize> {
    letter.is_ascii_lowercase().then(|| value(letter))
}

/// Returns the value of what is known to be a small letter of ASCII.
#[inline]
fn value(letter: u8) -> usize {
    usize::from(letter & 0x1F)
}

/// Returns the value of the letter `à` to `ÿ`, or `À` to `Ü`, whose second byte is given, without its accent; `None` for
/// letters that are read as themselves or as several.
#[inline]
fn latin(second: u8) -> Option<usize> {
    let base = match second | 0x20 {
        0xA0..=0xA6 => b'a',
        0xA7 => b'c',
        0xA8..=0xAB => b'e',
        0xAC..=0xAF => b'i',
        0xB1 => b'n',
        0xB2..=0xB6 => b'o',
        0xB9..=0xBC => b'u',
        0xBD => b'y',
        0xBF if second == 0xBF => b'y',
        _ => return None,
    };
    value_of(base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analysis, FrenchAnalyzer};

    /// Checks that each token of a text is found when one of its terms alone is wanted.
    fn check(analyzer: &FrenchAnalyzer, text: &str) {
        let whole = analyzer.analyze(text);
        let mut part = Analysis::new();
        for token in whole.tokens() {
            for (level, term) in [(Level::Exact, token.exact), (Level::Lemma, token.lemma), (Level::Stem, token.stem)] {
                let mut wanted = Wanted::new();
                wanted.add(level, term);
                analyzer.analyze_for(text, &wanted, &mut part);
                assert!(part.tokens().any(|found| found == token), "{term} in {text:?}");
            }
        }
    }

    #[test]
    fn every_short_word_is_found_by_its_terms() {
        let analyzer = FrenchAnalyzer::new();
        let letters = || "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ".chars();
        for first in letters() {
            check(&analyzer, &first.to_string());
            check(&analyzer, &first.to_uppercase().to_string());
            for second in letters() {
                check(&analyzer, &format!("{first}{second}"));
                check(&analyzer, &format!("{}{second}", first.to_uppercase()));
            }
        }
    }

    #[test]
    fn short_words_are_found_that_are_joined_to_the_next() {
        let analyzer = FrenchAnalyzer::new();
        for text in
            ["e mail", "t shirt", "wi fi", "là haut", "au dessus", "en deçà", "ci joint", "in sta", "co locataires"]
        {
            check(&analyzer, text);
        }
    }

    #[test]
    fn words_that_lost_their_apostrophe_are_found_before_others() {
        let analyzer = FrenchAnalyzer::new();
        let glued =
            "lavion davance sécole nenfance mamitié tarrive jusquici lorsquelle puisquil quelle lecole lorsque laine";
        for word in glued.split(' ') {
            for text in
                [format!("{word} décolle demain matin du terrain"), format!("Un {word}, anticonstitutionnellement")]
            {
                check(&analyzer, &text);
            }
        }
    }
}
