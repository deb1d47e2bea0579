//! French sentences, one after the other, as byte ranges of the text.
//!
//! Whether a sentence ends at a stop is decided from what stands around it, a few hundred bytes at most: nothing is
//! carried along from the beginning. So the sentences of a text are the same wherever reading starts, and only what lies
//! around the matches of a long text is ever read. The rules are those of French typography:
//!
//! - a stop takes with it what closes on it: `»`, `”`, `)`, a footnote's number (`fin.¹`, `fin [3].`);
//! - a small letter after it means that the sentence goes on: `« Partez ! » cria-t-elle.`, `etc. mais`;
//! - after a full stop, the word before it decides: a title before a name, a reference before a number, an initial, the
//!   number of an item do not end a sentence (see [`vocabulary`](super::vocabulary));
//! - the stops inside a short quotation or parenthesis end nothing, because a reader wants the quotation whole; a long
//!   quotation is read as any other text;
//! - a sentence longer than a paragraph has any right to be, a text without stops, is cut into clauses, and clauses that
//!   are still too long between two words.

use std::ops::Range;

use super::lines::Blocks;
use super::vocabulary::{Abbreviation, abbreviation, begins_sentence, is_unit};

/// A quotation or parenthesis up to this many bytes keeps its inner stops.
const SHORT_QUOTATION: usize = 280;
/// A sentence longer than this many bytes is cut into clauses.
const LONGEST_SENTENCE: usize = 1_200;
/// A clause, when a sentence is cut, has at least this many bytes.
const SHORTEST_CLAUSE: usize = 200;
/// Reading starts at most this many bytes before a match.
pub(super) const NEAR: usize = 1 << 11;
/// An abbreviation is looked for in this many bytes before its stop.
const LONGEST_WORD: usize = 32;

/// Returns the sentences of a French text, lazily, as byte ranges in ascending order.
///
/// A range begins and ends on a character boundary and has no white space at either end. Between two ranges lies only
/// white space: nothing of the text is left out. No range is longer than 1,200 bytes: a longer sentence is cut into
/// clauses. Headings, items of a list and lines of a dialogue are sentences of their own. Time is linear in the text.
///
/// ```
/// let text = "M. Roux a lu l'art. 5. « Oui ! » dit-il.\nÀ suivre";
/// let sentences: Vec<&str> = limier::passage::sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(sentences, ["M. Roux a lu l'art. 5.", "« Oui ! » dit-il.", "À suivre"]);
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, blocks: Blocks::new(text), rest: 0..0, until: 0 }
}

/// The sentences of a text; made by [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    blocks: Blocks<'t>,
    /// What is unread of the current block.
    rest: Range<usize>,
    /// Where the current sentence ends, when it is being cut into clauses: beyond `rest.start`.
    until: usize,
}

impl<'t> Sentences<'t> {
    /// Returns the sentences of one block, or of the rest of one.
    pub(super) fn of_block(text: &'t str, block: Range<usize>) -> Sentences<'t> {
        Sentences { text, blocks: Blocks::none(text), until: block.start, rest: block }
    }
}

/// Returns where a sentence begins at or before `offset`, not far from it, without reading the block from its beginning.
pub(super) fn start_near(text: &str, block: &Range<usize>, offset: usize) -> usize {
    let reach = floor(text, offset.saturating_sub(NEAR));
    if reach <= block.start {
        return block.start;
    }
    let start = skip_space(text, sentence_end(text, &(block.start..offset.min(block.end)), reach), block.end);
    if start < offset {
        return start;
    }
    // No stop in all of this: then a word.
    match text[reach..offset].find(char::is_whitespace) {
        Some(at) => skip_space(text, reach + at, offset),
        None => reach,
    }
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if self.rest.is_empty() {
                self.rest = self.blocks.next()?;
                self.until = self.rest.start;
            }
            let start = self.rest.start;
            if self.until <= start {
                self.until = sentence_end(self.text, &self.rest, start);
            }
            let end = if self.until - start > LONGEST_SENTENCE {
                clause_end(self.text, start..self.until)
            } else {
                self.until
            };
            self.rest.start = skip_space(self.text, end, self.rest.end);
            let sentence = start..end - trailing_space(&self.text[start..end]);
            if !sentence.is_empty() {
                return Some(sentence);
            }
        }
    }
}

/// Returns where the sentence that begins at `from` ends, within its block.
pub(super) fn sentence_end(text: &str, block: &Range<usize>, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < block.end {
        let Some(length) = stop_length(bytes, at) else {
            at += 1;
            continue;
        };
        let stop = Stop::read(text, block, at, length);
        if stop.ends_sentence() {
            return stop.end;
        }
        at = stop.run_end;
    }
    block.end
}

/// Returns the number of bytes of the stop at `at`, if there is one.
fn stop_length(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'.' | b'!' | b'?' => Some(1),
        0xE2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0xA6]) => Some(3),
        _ => None,
    }
}

/// A run of stops, with what stands before and after it.
struct Stop<'t> {
    text: &'t str,
    block: &'t Range<usize>,
    /// First byte of the run.
    start: usize,
    /// Byte after the run's last stop.
    run_end: usize,
    /// Byte after what closes on it.
    end: usize,
    /// A single full stop, which an abbreviation may own.
    single: bool,
}

impl<'t> Stop<'t> {
    fn read(text: &'t str, block: &'t Range<usize>, start: usize, length: usize) -> Stop<'t> {
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

    fn ends_sentence(&self) -> bool {
        if self.end >= self.block.end {
            return true;
        }
        let after = &self.text[self.end..self.block.end];
        let next = Next::read(after);
        if !next.spaced && self.end == self.run_end && !self.is_glued(&next) {
            return false;
        }
        let owned = self.single && self.end == self.run_end && self.is_owned(&next);
        self.could_begin(&next) && !self.is_aside() && !owned && !self.is_quoted()
    }

    /// Tells whether what comes next can begin a sentence.
    fn could_begin(&self, next: &Next<'_>) -> bool {
        match next.first {
            Some(c) if c.is_lowercase() => {
                // "iPhone" and "eBay" are capitals enough; so is any letter in a text that has none.
                let mut letters = next.word.chars().skip(1);
                let named = letters.next().is_some_and(char::is_uppercase);
                named || next.is_lettered_item() || (!next.quoted && self.lacks_capitals())
            }
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
    fn is_glued(&self, next: &Next<'_>) -> bool {
        let before = &self.text[self.block.start..self.start];
        let small = before.chars().rev().take(3).filter(|c| c.is_lowercase() || matches!(c, '»' | '%')).count() == 3;
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
    fn is_owned(&self, next: &Next<'_>) -> bool {
        let word = self.word_before();
        let word_at = self.start - word.len();
        let before = self.text[self.block.start..word_at].trim_end();
        if self.numbers_item(word, before) {
            return true;
        }
        let after_number = before.ends_with(|c: char| c.is_ascii_digit());
        if word.is_empty() || (after_number && is_unit(word)) {
            return false;
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

    /// "1. Le titre", "IV. La suite", "a. Le droit": the number of an item, at the head of a sentence.
    fn numbers_item(&self, word: &str, before: &str) -> bool {
        // After a colon only the first item is sure to be one: "Score : 3. Le match".
        let first = matches!(word, "1" | "a" | "A" | "I");
        // "art. 9." and "04. 70." follow a stop that ended nothing.
        let after_stop = before.strip_suffix('.').is_some_and(|before| {
            let word = last_word(before);
            abbreviation(word).is_none() && !is_figures(word)
        });
        let at_head = before.is_empty()
            || after_stop
            || before.ends_with(['!', '?', '…', ';', '*', '#', '•'])
            || (first && before.ends_with([':', '»']));
        let figures = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let roman = word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
        let letter = word.chars().count() == 1;
        let dotted = word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        at_head && !word.is_empty() && (figures || roman || letter || dotted)
    }
}

/// What stands after a stop.
struct Next<'t> {
    /// White space, or a mark that opens, lies between.
    spaced: bool,
    /// A mark that opens a quotation or a parenthesis comes first.
    quoted: bool,
    /// The first character that is neither space nor opening mark.
    first: Option<char>,
    /// The word that begins with it.
    word: &'t str,
    /// What follows the word.
    rest: &'t str,
}

impl<'t> Next<'t> {
    fn read(after: &'t str) -> Next<'t> {
        let opens =
            |c: char| c.is_whitespace() || matches!(c, '«' | '“' | '‘' | '"' | '(' | '[' | '—' | '–' | '-' | '*' | '_');
        let inner = after.trim_start_matches(opens);
        let skipped = &after[..after.len() - inner.len()];
        let length = inner.find(|c: char| !c.is_alphanumeric()).unwrap_or(inner.len());
        let (word, rest) = inner.split_at(length);
        Next {
            spaced: skipped.starts_with(char::is_whitespace) || skipped.starts_with(['«', '“', '—', '(']),
            quoted: skipped.contains(|c: char| !c.is_whitespace()),
            first: inner.chars().next(),
            word,
            rest,
        }
    }

    /// A French word that begins sentences, before a small letter: "Le maire", "L'homme", but not "Le Pen".
    fn begins_sentence(&self) -> bool {
        let capital = self.first.is_some_and(char::is_uppercase);
        let elided = self.rest.starts_with(['\'', '’']);
        let after = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | ','));
        let small = after.chars().next().is_none_or(|c| c.is_lowercase() || c.is_ascii_digit() || c == '«');
        // "L'ONU" begins a sentence; "D'Ormesson" may be a name.
        capital && begins_sentence(self.word) && (small || (elided && self.word != "D"))
    }

    /// "b. Le salaire", the next item of a list.
    fn is_lettered_item(&self) -> bool {
        let letter = self.word.len() == 1 && matches!(self.first, Some('a'..='k'));
        let after = self.rest.strip_prefix(". ").and_then(|after| after.chars().next());
        letter && after.is_some_and(char::is_uppercase)
    }

    fn is_number(&self) -> bool {
        let roman = self.word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
        self.first.is_some_and(|c| c.is_ascii_digit())
            || self.word.starts_with("n°")
            || (!self.word.is_empty() && roman)
    }

    /// "L. 122-4" after "art.", "Civ." after "Cass.": something short with a stop of its own.
    fn is_short_capital(&self) -> bool {
        let length = self.word.chars().count();
        (length <= 4 && self.rest.starts_with('.')) || (length == 1 && self.rest.starts_with([' ', '\u{a0}', '-']))
    }
}

/// Returns the word at the end of `before`: letters, figures, and the stops and hyphens inside of it.
fn last_word(before: &str) -> &str {
    let from = floor(before, before.len().saturating_sub(LONGEST_WORD));
    let near = &before[from..];
    let bare = near.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '‑' | '&' | '°'));
    near[bare.len()..].trim_start_matches(['.', '-'])
}

/// One or two figures: a part of a date or of a telephone number.
fn is_figures(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "J", "J.-C", "J.K", "S.A.R.L", "Ph": initials, the last stop left out.
fn is_initials(word: &str) -> bool {
    if matches!(word, "Ph" | "Th" | "Ch" | "Chr" | "Cl" | "Fr" | "Gh" | "Jh" | "Jn" | "Yv") {
        return true;
    }
    let mut parts = word.split(['.', '-', '‑']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && (letters.next().is_none() || matches!(part, "Ph" | "Th" | "Ch" | "Chr" | "Cl"))
        })
}

/// "av. J.-C." and "après J.-C." end a date, not a first name.
fn is_after_era(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    matches!(word.trim_end_matches('.'), "av" | "ap" | "apr" | "avant" | "après")
}

/// Returns the byte after the marks that close on a stop at `from`: `»`, `”`, `)`, footnote numbers.
fn after_closers(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        let after = skip_space(text, at, end);
        let mut rest = text[after..end].chars();
        match rest.next() {
            // A guillemet stands off by a space, which may be a plain one.
            Some(c @ '»') => at = after + c.len_utf8(),
            Some(c @ ('”' | ')' | ']' | '’' | '*' | '_')) if after == at => at = after + c.len_utf8(),
            Some(c @ '"') if after == at => at = after + c.len_utf8(),
            Some(c) if after == at && is_superscript(c) => at = after + c.len_utf8(),
            Some('[') if after == at => {
                let inner = rest.as_str();
                let figures = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                if !(1..=3).contains(&figures) || inner.as_bytes().get(figures) != Some(&b']') {
                    return at;
                }
                at = after + 1 + figures + 1;
            }
            _ => return at,
        }
    }
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Finds the innermost mark still open at the end of `before`, and where it stands.
fn open_before(before: &str) -> Option<(char, usize)> {
    let mut depth = [0usize; 4];
    for (at, c) in before.char_indices().rev() {
        if let Some(kind) = closer_kind(c) {
            depth[kind] += 1;
        } else if let Some(kind) = opener_kind(c) {
            if depth[kind] == 0 {
                return Some((c, at));
            }
            depth[kind] -= 1;
        } else if c == '"' {
            // A straight mark opens after a space and closes before one.
            let free_left =
                before[..at].chars().next_back().is_none_or(|p| p.is_whitespace() || matches!(p, '(' | '’' | '\''));
            let free_right =
                before[at + 1..].chars().next().is_none_or(|n| n.is_whitespace() || n.is_ascii_punctuation());
            return (free_left && !free_right).then_some((c, at));
        }
    }
    None
}

/// Tells whether `opener` is closed in `after`.
fn closes(after: &str, opener: char) -> bool {
    if opener == '"' {
        return after.contains('"');
    }
    let kind = opener_kind(opener);
    let mut depth = 0usize;
    for c in after.chars() {
        if opener_kind(c) == kind {
            depth += 1;
        } else if closer_kind(c) == kind {
            if depth == 0 {
                return true;
            }
            depth -= 1;
        }
    }
    false
}

fn opener_kind(c: char) -> Option<usize> {
    match c {
        '«' => Some(0),
        '“' => Some(1),
        '(' => Some(2),
        '[' => Some(3),
        _ => None,
    }
}

fn closer_kind(c: char) -> Option<usize> {
    match c {
        '»' => Some(0),
        '”' => Some(1),
        ')' => Some(2),
        ']' => Some(3),
        _ => None,
    }
}

/// Returns where to cut a sentence that is too long: after the last mark that ends a clause, else after a word.
fn clause_end(text: &str, sentence: Range<usize>) -> usize {
    let from = floor(text, sentence.start + SHORTEST_CLAUSE);
    // What is a little too long is cut near its middle.
    let length = LONGEST_SENTENCE.min(sentence.len() / 2 + SHORTEST_CLAUSE);
    let to = floor(text, sentence.start + length);
    let window = &text[from..to];
    let after = |at: usize, mark: &str| from + at + mark.len();
    for marks in [&["\n"][..], &["; ", "…", "! ", "? "], &[". ", " : ", " – ", " — "], &[", "], &[" ", "\u{a0}", "\t"]]
    {
        let cut = marks.iter().filter_map(|mark| window.rfind(mark).map(|at| after(at, mark))).max();
        if let Some(cut) = cut {
            return cut;
        }
    }
    match window.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
        Some((at, c)) => from + at + c.len_utf8(),
        None => to.max(sentence.start + 1),
    }
}

/// Returns the first byte from `from` on that is no white space, at most `end`.
pub(super) fn skip_space(text: &str, from: usize, end: usize) -> usize {
    let rest = &text[from..end];
    end - rest.trim_start().len()
}

fn trailing_space(text: &str) -> usize {
    text.len() - text.trim_end().len()
}

/// Returns the nearest character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
