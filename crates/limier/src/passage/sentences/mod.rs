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

mod clause;
mod following;
mod items;
mod quotation;
mod stop;
mod words;

use std::ops::Range;

use super::lines::Blocks;
use clause::clause_end;
use items::item_end;
use stop::{Stop, next_stop};

/// A sentence longer than this many bytes is cut into clauses.
const LONGEST_SENTENCE: usize = 1_200;
/// Reading starts at most this many bytes before a match.
pub(super) const NEAR: usize = 1 << 11;

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
    Sentences { text, blocks: Blocks::new(text), rest: 0..0, until: 0, longest: usize::MAX, lists: false }
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
    /// A sentence longer than this many bytes gives the items that it lists.
    longest: usize,
    /// Whether the current sentence does.
    lists: bool,
}

impl<'t> Sentences<'t> {
    /// Returns the sentences of one block, or of the rest of one.
    pub(super) fn of_block(text: &'t str, block: Range<usize>) -> Sentences<'t> {
        let (blocks, until) = (Blocks::none(text), block.start);
        Sentences { text, blocks, until, rest: block, longest: usize::MAX, lists: false }
    }

    /// Gives the items of a list that is written as one sentence, where it is longer than so many bytes.
    pub(super) fn or_items(self, longest: usize) -> Sentences<'t> {
        Sentences { longest, ..self }
    }
}

/// Returns where a sentence begins at or before `offset`, not far from it, without reading the block from its beginning:
/// `near` bytes before it, where that is enough.
pub(super) fn start_near(text: &str, block: &Range<usize>, offset: usize, near: usize) -> usize {
    let mut reach = offset;
    for near in [near.min(NEAR), NEAR] {
        reach = floor(text, offset.saturating_sub(near));
        if reach <= block.start {
            return block.start;
        }
        let end = stop_between(text, block, reach, offset.min(block.end));
        if let Some(start) = end.map(|end| skip_space(text, end, block.end)).filter(|start| *start < offset) {
            return start;
        }
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
                self.lists = self.until - start > self.longest;
            }
            let item = if self.lists { item_end(self.text, start..self.until) } else { None };
            self.lists = item.is_some();
            let end = if let Some(end) = item {
                end
            } else if self.until - start > LONGEST_SENTENCE {
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
    stop_between(text, block, from, block.end).unwrap_or(block.end)
}

/// Returns where the first sentence ends whose last stop begins at `from` or after, and before `to`.
fn stop_between(text: &str, block: &Range<usize>, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some((start, length)) = next_stop(bytes, at..to) {
        let stop = Stop::read(text, block, start, length);
        if stop.ends_sentence() {
            return Some(stop.end);
        }
        at = stop.run_end;
    }
    None
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
