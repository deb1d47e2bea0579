//! Whether a sentence ends at a stop.

use std::ops::Range;

use super::super::bytes::position;
use super::super::vocabulary::{Abbreviation, abbreviation, is_unit};
use super::following::Following;
use super::quotation::{after_closers, closes, open_before};
use super::words::{is_after_era, is_figures, is_initials, is_part, is_remark, last_word};
use super::{floor, skip_space};

/// A quotation or parenthesis up to this many bytes keeps its inner stops.
const SHORT_QUOTATION: usize = 280;

/// Returns where the first stop in `range` begins, and its number of bytes.
pub(super) fn next_stop(bytes: &[u8], range: Range<usize>) -> Option<(usize, usize)> {
    // An ellipsis is told by its last byte, which is rare; its first is that of every apostrophe.
    let may_end_stop = |byte: u8| (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte == 0xA6);
    let to = range.end.saturating_add(2).min(bytes.len());
    let mut at = range.start;
    while let Some(ahead) = bytes.get(at..to).and_then(|rest| position(rest, may_end_stop)) {
        at += ahead;
        let start = if bytes.get(at) == Some(&0xA6) { at.saturating_sub(2) } else { at };
        let length = if range.contains(&start) { stop_length(bytes, start) } else { None };
        if let Some(length) = length {
            return Some((start, length));
        }
        at += 1;
    }
    None
}

/// Returns the number of bytes of the stop at `at`, if there is one.
pub(super) fn stop_length(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'.' | b'!' | b'?' => Some(1),
        0xE2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0xA6]) => Some(3),
        _ => None,
    }
}

/// The name of a speaker in a play has at most this many bytes.
const LONGEST_SPEAKER: usize = 40;

/// A run of stops, with what stands before and after it.
pub(super) struct Stop<'t> {
    text: &'t str,
    block: &'t Range<usize>,
    /// First byte of the run.
    start: usize,
    /// Byte after the run's last stop.
    pub(super) run_end: usize,
    /// Byte after what closes on it.
    pub(super) end: usize,
    /// A single full stop, which an abbreviation may own.
    single: bool,
}

impl<'t> Stop<'t> {
    pub(super) fn read(text: &'t str, block: &'t Range<usize>, start: usize, length: usize) -> Stop<'t> {
        let bytes = text.as_bytes();
        let mut run_end = start + length;
        let single = length == 1 && bytes.get(start) == Some(&b'.');
        let mut count = 1;
        while run_end < block.end {
            // "Vraiment ? !" keeps its spaces before high marks.
            let after = skip_space(text, run_end, block.end);
            let spaced = after > run_end;
            match stop_length(bytes, after) {
                Some(length)
                    if after + length <= block.end && (!spaced || matches!(bytes.get(after), Some(b'!' | b'?'))) =>
                {
                    run_end = after + length;
                    count += 1;
                }
                _ => break,
            }
        }
        let end = after_closers(text, run_end, block.end);
        Stop { text, block, start, run_end, end, single: single && count == 1 }
    }

    pub(super) fn ends_sentence(&self) -> bool {
        if self.end >= self.block.end {
            return true;
        }
        let after = &self.text[self.end..self.block.end];
        let next = Following::read(after);
        if !next.spaced && self.end == self.run_end && !self.is_glued(&next) {
            return false;
        }
        let owned = self.single && self.end == self.run_end && self.is_owned(&next);
        self.could_begin(&next) && !self.is_aside() && !owned && !self.is_quoted()
    }

    /// Tells whether what comes next can begin a sentence.
    fn could_begin(&self, next: &Following<'_>) -> bool {
        match next.first {
            Some(c) if c.is_lowercase() => {
                // "iPhone" and "eBay" are capitals enough; so is any letter in a text that has none.
                let mut letters = next.word.chars().skip(1);
                let named = letters.next().is_some_and(char::is_uppercase);
                named || next.is_lettered_item() || (!next.quoted && self.lacks_capitals())
            }
            // `alt="Oui."></a>`: the end of a tag that was left in the text.
            Some('>') if !next.spaced => false,
            Some(c) => !matches!(c, '.' | ',' | ';' | ':' | '/' | '%' | '»' | '”' | ')' | ']'),
            None => true,
        }
    }

    /// A text typed without capitals: none within 200 bytes to either side, and a full stop after a real word.
    fn lacks_capitals(&self) -> bool {
        let from = floor(self.text, self.start.saturating_sub(200).max(self.block.start));
        let to = floor(self.text, (self.end + 200).min(self.block.end));
        let word = self.word_before();
        let real = word.chars().count() > 3 && word.chars().all(char::is_lowercase) && abbreviation(word).is_none();
        real && self.single && !self.text[from..to].contains(char::is_uppercase)
    }

    /// "fin.Le maire": the space was lost between two sentences, and it is no address or name of a file.
    fn is_glued(&self, next: &Following<'_>) -> bool {
        let before = &self.text[self.block.start..self.start];
        // A guillemet or a high mark stands off by a space: `l'accord ».Ce texte`, `le congé ?Si le salarié`.
        let before = match before.strip_suffix('»') {
            Some(quoted) => quoted.trim_end(),
            None if !self.single => before.trim_end(),
            None => before,
        };
        let small = before.chars().rev().take(3).filter(|c| c.is_lowercase() || *c == '%').count() == 3;
        let mut letters = next.word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let sentence_like = letters.next().is_none_or(char::is_lowercase);
        // What is glued to the stop on either side; 64 bytes say enough.
        let from = floor(self.text, self.start.saturating_sub(64).max(self.block.start));
        let to = floor(self.text, (self.end + 64).min(self.block.end));
        let after = self.text[self.end..to].split_whitespace().next().unwrap_or("");
        let chunk = self.text[from..self.start].rsplit(char::is_whitespace).next().unwrap_or("");
        let address = [chunk, after].iter().any(|part| part.contains(['/', '@', '_', '=', '#']))
            || chunk.contains('.')
            || after.trim_end_matches(['.', '…', '»']).contains('.');
        small && capital && sentence_like && !next.quoted && !address
    }

    /// "(?)", "(!)", "[…]", and an ellipsis that begins: asides without an end.
    fn is_aside(&self) -> bool {
        let before = self.text[self.block.start..self.start].trim_end();
        match before.chars().next_back() {
            None => true,
            Some('(' | '[') => true,
            Some(last) => {
                // "Il dit : … Mais non."
                matches!(last, ':' | '«' | '“' | '—') && self.text[self.start..self.run_end].starts_with(['…', '.'])
            }
        }
    }

    /// Tells whether the stop lies inside a short quotation or parenthesis that goes on after it.
    fn is_quoted(&self) -> bool {
        let from = floor(self.text, self.end.saturating_sub(SHORT_QUOTATION).max(self.block.start));
        let Some((opener, opened)) = open_before(&self.text[from..self.end]) else { return false };
        let to = floor(self.text, (from + opened + SHORT_QUOTATION).min(self.block.end));
        self.end < to && closes(&self.text[self.end..to], opener)
    }

    /// Returns the word before the stop.
    fn word_before(&self) -> &'t str {
        last_word(&self.text[self.block.start..self.start])
    }

    /// Tells whether the full stop belongs to the word before it, so that no sentence ends.
    fn is_owned(&self, next: &Following<'_>) -> bool {
        let word = self.word_before();
        let word_at = self.start - word.len();
        let before = self.text[self.block.start..word_at].trim_end();
        if numbers_item(word, before) || self.is_label(word, before, next) {
            return true;
        }
        let after_number = before.ends_with(|c: char| c.is_ascii_digit());
        if word.is_empty() || (after_number && is_unit(word)) {
            // "10 h. 30."
            return word == "h" && next.is_minutes();
        }
        // "01. 42. 33. 44. 55", "12. 03. 2024"
        let after_figures = before.strip_suffix('.').is_some_and(|before| is_figures(last_word(before)));
        if is_figures(word) && (is_figures(next.word) || (after_figures && next.is_number())) {
            return true;
        }
        let kind = abbreviation(word);
        if kind == Some(Abbreviation::Title) {
            return true;
        }
        if is_initials(word) {
            let era = word.ends_with('C') && before.ends_with(['.', 't', 'e']) && is_after_era(before);
            return !era && !next.begins_sentence();
        }
        match kind {
            Some(Abbreviation::Title) => true,
            Some(Abbreviation::Inner) => !next.begins_sentence(),
            Some(Abbreviation::Reference) => (next.is_number() || next.is_short_capital()) && !next.begins_sentence(),
            Some(Abbreviation::Closing) | None => false,
        }
    }

    /// What announces the rest of its sentence: "P.-S. Le chat va bien.", "LE NOTAIRE. – Entrez."
    fn is_label(&self, word: &str, before: &str, next: &Following<'_>) -> bool {
        if is_remark(word) && is_at_head(before) {
            return true;
        }
        let line = &self.text[self.block.start..self.start];
        let name = line.len() <= LONGEST_SPEAKER && !line.contains(char::is_lowercase);
        name && next.after_dash && line.contains(char::is_alphabetic)
    }
}

/// "1. Le titre", "IV. La suite", "a. Le droit", "Art. 2. Le prix": the number of an item, at the head of a sentence.
fn numbers_item(word: &str, before: &str) -> bool {
    if let Some(before) = before_code_number(word, before) {
        let part = last_word(before);
        return is_part(part) && is_at_head(before[..before.len() - part.len()].trim_end());
    }
    let figures = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    let letter = word.chars().count() == 1;
    let dotted = word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if word.is_empty() || !(figures || roman || letter || dotted || word == "1er") {
        return false;
    }
    let part = last_word(before);
    if is_part(part) && is_at_head(before[..before.len() - part.len()].trim_end()) {
        return true;
    }
    // After a colon only the first item is sure to be one: "Score : 3. Le match".
    let first = matches!(word, "1" | "a" | "A" | "I");
    word != "1er" && (is_at_head(before) || (first && before.ends_with([':', '»'])))
}

/// Returns what stands before the number of an article of a code: `L. 2121-29`, `R.* 413-3`, `L2121-29`; `None` where it is none.
fn before_code_number<'b>(word: &str, before: &'b str) -> Option<&'b str> {
    const LETTERS: [&str; 5] = ["L", "R", "D", "A", "LO"];
    let figures = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_number = figures.len() <= 12
        && figures.starts_with(|c: char| c.is_ascii_digit())
        && figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_number {
        return None;
    }
    let letter = &word[..word.len() - figures.len()];
    if !letter.is_empty() {
        return LETTERS.contains(&letter).then_some(before);
    }
    let letter = last_word(before);
    LETTERS.contains(&letter.trim_end_matches(['.', '*'])).then(|| before[..before.len() - letter.len()].trim_end())
}

/// Tells whether a sentence has just begun after `before`, which may be empty.
fn is_at_head(before: &str) -> bool {
    // "art. 9.", "04. 70." and "10 h. 30." follow a stop that ended nothing.
    let after_stop = before.strip_suffix('.').is_some_and(|before| {
        let word = last_word(before);
        let is_hour = is_unit(word) && before.trim_end_matches(word).trim_end().ends_with(|c: char| c.is_ascii_digit());
        abbreviation(word).is_none() && !is_figures(word) && !is_initials(word) && !is_hour
    });
    before.is_empty() || after_stop || before.ends_with(['!', '?', '…', ';', '*', '#', '•', '«'])
}
