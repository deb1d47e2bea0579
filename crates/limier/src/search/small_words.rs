//! Where small words stand, read in the texts: the index says of words that carry sense alone where they stand.
//!
//! To analyze a text takes a hundred times as long as to ask the index. So a text is first looked through, byte by byte, for a small
//! word of the phrase beside its neighbour (its [`Anchor`]), and only what lies around such places is analyzed.

use std::ops::Range;

use limier_french::{Analysis, FrenchAnalyzer, Stop, Token, Wanted};
use memchr::{memchr, memchr_iter, memchr2_iter, memchr3, memmem};

use super::plan::LengthOf;

/// The words of a phrase as they are sought in the text of an article.
#[derive(Debug)]
pub(super) struct PhraseInText {
    /// The text that the phrase is sought in.
    pub(super) text: LengthOf,
    /// For each slot of the phrase, in their order, and each of its words that must not stand there, what may stand there.
    pub(super) slots: Vec<Vec<WordInText>>,
    pub(super) apart: Vec<Vec<WordInText>>,
    /// All of these words.
    pub(super) wanted: Wanted,
    /// Two of them that stand side by side wherever the phrase does; `None` where all of the text must be read.
    pub(super) anchor: Option<Anchor>,
}

/// What a word of a text is compared with.
#[derive(Debug)]
pub(super) struct WordInText {
    /// Its stem, unless it is a small word: what carries sense in the phrase may say nothing in the text.
    pub(super) stem: Option<String>,
    /// Its exact term; of a small word it is that of a name, too: `Est républicain`.
    pub(super) exact: String,
}

impl WordInText {
    pub(super) fn is(&self, token: &Token<'_>) -> bool {
        match &self.stem {
            Some(stem) if token.stop == Stop::None => token.stem == stem,
            _ => token.exact == self.exact,
        }
    }
}

/// Bytes of a text that are read around an anchor for each word of the phrase, and beyond all of them: who reads a word asks the
/// words around it.
const AROUND_WORD: usize = 32;
const AROUND: usize = 96;

/// Bytes of signs between two words that stand side by side; where there are more, they may be neighbours.
const APART: usize = 64;

/// Letters of an elided word at most: `presqu`, `jusqu`, `lorsqu`.
const ELIDED: usize = 7;

/// Elided words that stand between two neighbours at most; behind more of them there may be one.
const ELISIONS: usize = 4;

impl PhraseInText {
    /// Analyzes what may hold the phrase of a text, part by part.
    pub(super) fn each_part(
        &self,
        text: &str,
        analyzer: &FrenchAnalyzer,
        analysis: &mut Analysis,
        mut part: impl FnMut(&Analysis),
    ) {
        let mut read = |text: &str| {
            analyzer.analyze_for(text, &self.wanted, analysis);
            part(analysis);
        };
        match self.anchor.as_ref().and_then(|anchor| anchor.around(text, self.slots.len())) {
            Some(around) => around.into_iter().filter_map(|range| text.get(range)).for_each(read),
            None => read(text),
        }
    }
}

/// A small word and the word before or behind it.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The small word: small letters of ASCII and of Latin-1.
    small: String,
    neighbour: Neighbour,
    is_behind: bool,
}

/// The word beside a small word.
#[derive(Debug)]
pub(super) enum Neighbour {
    Small(String),
    /// One that may give some terms.
    Word(Wanted),
}

impl Anchor {
    /// Makes the anchor of a small word and its neighbour, which stands behind or before it; `None` where the small word may be
    /// written in ways that only the analysis knows.
    pub(super) fn new(small: &str, neighbour: Neighbour, is_behind: bool) -> Option<Anchor> {
        let is_plain = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, 'à'..='ö' | 'ø'..='ý'))
        };
        let is_known = is_plain(small) && !matches!(&neighbour, Neighbour::Small(other) if !is_plain(other));
        is_known.then(|| Anchor { small: small.to_owned(), neighbour, is_behind })
    }

    /// Returns what lies around the places of a text where the anchor may stand: byte ranges, ascending and apart. `None` where the
    /// text has signs that only the analysis knows.
    fn around(&self, text: &str, words: usize) -> Option<Vec<Range<usize>>> {
        let bytes = text.as_bytes();
        // Accents apart from their letters; forms of letters for compatibility; a sign that is a word.
        let has_sign = self.has_et() && memchr(b'&', bytes).is_some();
        if has_sign || memchr3(0xCC, 0xCD, 0xEF, bytes).is_some() || memmem::find(bytes, "ſ".as_bytes()).is_some() {
            return None;
        }
        let reach = AROUND + AROUND_WORD * words;
        let mut around: Vec<Range<usize>> = Vec::new();
        let mut look = |at: usize| {
            if self.stands_at(text, at) {
                let start = cut(text, at.saturating_sub(reach));
                let end = cut(text, at + reach);
                match around.last_mut() {
                    Some(last) if start <= last.end => last.end = end,
                    _ => around.push(start..end),
                }
            }
        };
        match self.small.as_bytes().first()? {
            first if first.is_ascii() => {
                memchr2_iter(*first, first.to_ascii_uppercase(), bytes).for_each(&mut look);
            }
            first => memchr_iter(*first, bytes).for_each(&mut look),
        }
        Some(around)
    }

    /// Tells whether a word of it may be written as `&`.
    fn has_et(&self) -> bool {
        self.small == "et" || matches!(&self.neighbour, Neighbour::Small(small) if small == "et")
    }

    /// Tells whether the small word stands at a byte of a text, and its neighbour may stand beside it.
    fn stands_at(&self, text: &str, at: usize) -> bool {
        let end = at + self.small.len();
        let (Some(before), Some(word), Some(behind)) = (text.get(..at), text.get(at..end), text.get(end..)) else {
            return false;
        };
        if !is_same(word, &self.small) {
            return false;
        }
        // A capital begins a word within others, where a page was scraped: `en vigueurLa loi`.
        let is_inside = |c: char| c.is_alphanumeric() && !c.is_uppercase();
        let begins = !before.chars().next_back().is_some_and(char::is_alphanumeric)
            || word.chars().next().is_some_and(char::is_uppercase);
        if !begins || behind.chars().next().is_some_and(is_inside) {
            return false;
        }
        if self.is_behind { self.is_before(text, at) } else { self.follows(text, end) }
    }

    /// Tells whether the neighbour may follow a byte of a text; what is elided takes no place.
    fn follows(&self, text: &str, mut at: usize) -> bool {
        for _ in 0..ELISIONS {
            let rest = text.get(at..).unwrap_or_default();
            let Some(signs) = rest.find(char::is_alphanumeric) else { return false };
            let between = rest.get(..signs).unwrap_or_default();
            let word = rest.get(signs..).unwrap_or_default();
            let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
            let next = word.get(length..).and_then(|rest| rest.chars().next());
            let is_cut = matches!(next, Some('-' | '\u{2010}' | '\u{2011}' | '.' | '·' | '\u{ad}'));
            let is_elided = length <= ELIDED && matches!(next, Some('\'' | '’' | 'ʼ'));
            if signs > APART || is_odd(between) || is_cut || self.may_be(word, length, is_elided) {
                return true;
            }
            if !is_elided {
                return false;
            }
            at += signs + length;
        }
        true
    }

    /// Tells whether the neighbour may stand before a byte of a text.
    fn is_before(&self, text: &str, mut at: usize) -> bool {
        for _ in 0..ELISIONS {
            let rest = text.get(..at).unwrap_or_default();
            let Some((start, c)) = rest.char_indices().rfind(|(_, c)| c.is_alphanumeric()) else { return false };
            let end = start + c.len_utf8();
            let between = rest.get(end..).unwrap_or_default();
            let head = rest.get(..end).unwrap_or_default();
            let begin = head.char_indices().rfind(|(_, c)| !c.is_alphanumeric()).map_or(0, |(at, c)| at + c.len_utf8());
            let previous = head.get(..begin).and_then(|head| head.chars().next_back());
            // Half of a word, or a piece of one.
            let is_cut = matches!(previous, Some('-' | '\u{2010}' | '\u{2011}' | '.' | '·' | '\u{ad}' | '\n'))
                && ends_in_part(text.get(..begin).unwrap_or_default());
            let is_cut = is_cut || head.get(begin..).is_some_and(holds_capital);
            let word = text.get(begin..).unwrap_or_default();
            let is_elided = end - begin <= ELIDED && between.starts_with(['\'', '’', 'ʼ']);
            if between.len() > APART || is_odd(between) || is_cut || self.may_be(word, end - begin, is_elided) {
                return true;
            }
            if !is_elided {
                return false;
            }
            at = begin;
        }
        true
    }

    /// Tells whether the word that a text begins with, of some bytes, may be the neighbour.
    fn may_be(&self, text: &str, length: usize, is_elided: bool) -> bool {
        let word = text.get(..length).unwrap_or_default();
        match &self.neighbour {
            Neighbour::Small(small) => is_same(word, small),
            // A letter alone may be a part of an acronym.
            Neighbour::Word(wanted) => (length == 1 && !is_elided) || wanted.may_begin(text),
        }
    }
}

/// Tells whether the signs before a word are those that cut words: a hyphen, also at the end of a line, or a dot.
fn ends_in_part(text: &str) -> bool {
    text.trim_end().ends_with(['-', '\u{2010}', '\u{2011}', '.', '·', '\u{ad}'])
}

/// Tells whether a word begins within a word by a capital.
fn holds_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Tells whether signs between words hold any that is a word by itself.
fn is_odd(signs: &str) -> bool {
    signs.contains(['%', '‰', '€', '$', '£', '°', '§', '&', '+', '=', '@', '#', '\u{ad}', '²', '³'])
}

/// Tells whether a word is a small one, whatever its case.
fn is_same(word: &str, small: &str) -> bool {
    let mut first = None;
    word.len() == small.len()
        && word.bytes().zip(small.bytes()).all(|(a, b)| {
            let of_latin = first == Some(0xC3);
            first = Some(b);
            // Of À to Ý the second byte is 32 below that of its small letter, as in ASCII.
            a == b || (of_latin && a | 0x20 == b) || (b.is_ascii_lowercase() && a.to_ascii_lowercase() == b)
        })
}

/// Returns the beginning of a word that is near a byte: behind the blank before it, where one is near.
fn cut(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let end = floor(text, at);
    let near = text.as_bytes().get(end.saturating_sub(AROUND)..end).unwrap_or_default();
    match near.iter().rposition(|byte| byte.is_ascii_whitespace()) {
        Some(blank) => end - near.len() + blank + 1,
        None => end,
    }
}

/// Returns the boundary of a character at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use limier_french::Level;

    fn loi() -> Neighbour {
        let mut wanted = Wanted::new();
        wanted.add(Level::Stem, "loi");
        Neighbour::Word(wanted)
    }

    /// Tells whether `la` may stand before `loi`.
    fn la_loi(text: &str) -> bool {
        let anchor = Anchor::new("la", loi(), false).unwrap();
        anchor.around(text, 2).is_none_or(|around| !around.is_empty())
    }

    #[test]
    fn a_small_word_is_found_beside_its_neighbour() {
        for text in [
            "la loi",
            "La loi.",
            "LA LOI",
            "selon la\u{a0}loi",
            "la « loi »",
            "la\n\tloi",
            "en vigueurLa loi",
            "(la)(lois)",
            "la l'loi",
            "la LoiSur",
            "la lo\u{301}i",
            "la ﬁn",
            "dit-la loi",
            "la & loi",
            "la L. 12",
            "la lo-\ni",
        ] {
            assert!(la_loi(text), "{text:?}");
        }
        for text in
            ["", "la", "loi la", "la belle loi", "voila loi", "l'a loi", "là loi", "las loi", "la décision de la cour"]
        {
            assert!(!la_loi(text), "{text:?}");
        }
    }

    #[test]
    fn a_small_word_is_found_behind_its_neighbour() {
        let loi_est = |text: &str| {
            let anchor = Anchor::new("est", loi(), true).unwrap();
            anchor.around(text, 2).is_none_or(|around| !around.is_empty())
        };
        for text in [
            "loi est",
            "la loi, EST",
            "uneLoi est",
            "lo-\ni est",
            "sous-loi est",
            "L.O.I. est",
            "lois l'est",
            "loi qu'est",
        ] {
            assert!(loi_est(text), "{text:?}");
        }
        for text in ["est loi", "la loi ne est", "l'alloi est-ce", "loiest"] {
            assert!(!loi_est(text), "{text:?}");
        }
    }

    #[test]
    fn accents_and_case_of_small_words_are_those_of_french() {
        let anchor = Anchor::new("à", Neighbour::Small("où".to_owned()), false).unwrap();
        let is_found = |text: &str| !anchor.around(text, 2).unwrap().is_empty();
        assert!(is_found("à où") && is_found("À OÙ") && is_found("et À Où ?"));
        assert!(!is_found("a ou") && !is_found("á où") && !is_found("à ou") && !is_found("aà où"));
        assert!(Anchor::new("œuvre", Neighbour::Small("d".to_owned()), false).is_none());
        assert!(Anchor::new("", loi(), false).is_none());
        assert!(Anchor::new("la", Neighbour::Small("quelqu'un".to_owned()), false).is_none());
        let et = Anchor::new("et", loi(), false).unwrap();
        assert!(et.around("lois & décrets", 2).is_none() && et.around("et loi", 2).is_some());
    }

    #[test]
    fn a_text_without_blanks_takes_no_longer_than_its_length() {
        let anchor = Anchor::new("la", loi(), false).unwrap();
        let start = std::time::Instant::now();
        for piece in ["la-loi-", "la-l'", "la_", "la.la'", "laLoi", "la'", "'la"] {
            let text = piece.repeat((1 << 18) / piece.len());
            assert!(anchor.around(&text, 2).is_some());
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn what_is_read_around_begins_and_ends_between_words_and_never_twice() {
        let anchor = Anchor::new("la", loi(), false).unwrap();
        let long = "élève ".repeat(100);
        for text in [
            format!("{long}la loi {long}la loi la loi {long}"),
            format!("{}la loi{}", "é".repeat(400), "é".repeat(400)),
            "la loi".to_owned(),
        ] {
            let around = anchor.around(&text, 2).unwrap();
            let mut end = 0;
            for range in &around {
                assert!(range.start >= end && text.get(range.clone()).unwrap().contains("la loi"));
                end = range.end;
            }
            if text.starts_with("élève") {
                assert_eq!(around.len(), 2);
                assert!(around.iter().all(|range| text[range.clone()].starts_with("élève")));
            }
        }
    }
}
