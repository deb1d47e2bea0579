//! What a group asks of the words around it.
//!
//! A group means the same wherever it stands, with six exceptions, found when it is read and kept with it in the cache as
//! hints: the rest of the text pays nothing for them.
//!
//! - A word that may open a compound written with a space (`week end`, `17 heures`): see `pair`.
//! - A stop word in capitals among words in small letters is an acronym: `le MES`, `la vitamine A`.
//! - `Est` with a capital inside a sentence is the point of the compass.
//! - `été` behind a form of *avoir* is the participle, which says nothing: `a été`, `n'ont pas été`; elsewhere it is the season.
//! - A small word behind an article may be a noun: `le prix de l'or`, `un car`: see `noun`.
//! - A letter alone before a vowel is an elided word that has lost its apostrophe to a space: `l avion`.

use crate::analysis::Analysis;
use crate::normalize::fold;
use crate::token::{Rule, Stop};
use crate::words::auxiliary;
use crate::words::elision::ELIDED;
use crate::words::joint::Piece;
use crate::words::noun;
use crate::words::pair;
use crate::words::reader::{Options, Scratch, read_pair};
use crate::words::scan::Group;

/// What a group asks of the words around it, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hints(u8);

impl Hints {
    /// The group means the same everywhere.
    pub(crate) const NONE: Hints = Hints(0);
    const OPENS_PAIR: u8 = 1;
    const STOP_IN_CAPITALS: u8 = 2;
    const EST: u8 = 4;
    const LETTER: u8 = 8;
    const BEEN: u8 = 16;
    const NOUN: u8 = 32;

    /// Finds what a group just read asks; `key` is its first word without accents.
    pub(crate) fn of(group: &str, key: &str, pieces: &[Piece], reading: &Analysis) -> Hints {
        let (Some(token), [piece]) = (reading.token(0), pieces) else { return Hints::NONE };
        let alone = piece.joint.is_none() && reading.len() == 1;
        if !alone || reading.positions() != 1 {
            return Hints::NONE;
        }
        let mut hints = 0;
        if pair::opens(key) {
            hints |= Self::OPENS_PAIR;
        }
        if token.stop != Stop::None && group.chars().all(char::is_uppercase) {
            hints |= Self::STOP_IN_CAPITALS;
        }
        if group == "Est" {
            hints |= Self::EST;
        }
        if token.exact == "été" {
            hints |= Self::BEEN;
        }
        if token.stop != Stop::None && noun::may_be(token.exact) {
            hints |= Self::NOUN;
        }
        if group.len() <= 2 && ELIDED.contains(&group) {
            hints |= Self::LETTER;
        }
        Hints(hints)
    }

    fn has(self, hint: u8) -> bool {
        self.0 & hint != 0
    }
}

/// The words around: what a text has to settle from group to group.
pub(crate) struct Context<'a> {
    text: &'a str,
    options: &'a Options,
    /// The word before, when it may open a compound.
    opening: Option<Opening>,
}

#[derive(Clone, Copy, Debug)]
struct Opening {
    rank: usize,
    end: usize,
}

impl<'a> Context<'a> {
    pub(crate) fn new(text: &'a str, options: &'a Options) -> Self {
        Context { text, options, opening: None }
    }

    /// Tells whether a group with these hints has anything to settle.
    #[inline]
    pub(crate) fn concerns(&self, hints: Hints) -> bool {
        hints != Hints::NONE || self.opening.is_some()
    }

    /// Settles what depends on the words around the group just written, whose first token has the rank `rank`.
    #[inline(never)]
    pub(crate) fn settle(
        &mut self,
        group: Group,
        hints: Hints,
        mut rank: usize,
        scratch: &mut Scratch,
        out: &mut Analysis,
    ) {
        if let Some(before) = self.opening.take() {
            rank += self.join(group, rank, before, scratch, out).unwrap_or_default();
        }
        if hints.has(Hints::OPENS_PAIR) {
            self.opening = Some(Opening { rank, end: group.end });
        }
        let acronym = hints.has(Hints::STOP_IN_CAPITALS) && is_acronym(self.text, group);
        let compass = hints.has(Hints::EST) && word_before(self.text, group.start).is_some();
        if acronym || compass {
            out.set_name(rank);
        }
        if hints.has(Hints::BEEN) && is_participle(self.text, group.start) {
            out.set_stop(rank, Stop::Function);
        }
        if hints.has(Hints::NOUN) && out.token(rank).is_some_and(|token| is_noun(self.text, group, token.exact)) {
            out.set_stop(rank, Stop::None);
        }
        if hints.has(Hints::LETTER) && vowel_follows(self.text, group) {
            out.set_stop(rank, Stop::Function);
        }
    }

    /// Writes the compound that the word before and the group make; returns how many tokens that are.
    fn join(
        &self,
        group: Group,
        rank: usize,
        before: Opening,
        scratch: &mut Scratch,
        out: &mut Analysis,
    ) -> Option<usize> {
        let gap = self.text.get(before.end..group.start)?;
        if !matches!(gap, " " | "\u{A0}" | "\u{202F}") {
            return None;
        }
        let first = out.token(before.rank)?;
        // The second word as a whole, whatever parts it has: `anti OpenAI`.
        let mut of_group = (rank..out.len()).filter_map(|rank| out.token(rank));
        let second = of_group.find(|token| (token.start, token.end) == (group.start, group.end))?;
        if second.position != first.position + 1 {
            return None;
        }
        let readings = pair::joined(first.exact, second.exact, self.text.get(group.end..)?);
        let span = u16::try_from(second.span + 1).ok()?;
        let (start, end, position) = (first.start, second.end, first.position);
        for (count, joined) in readings.iter().enumerate() {
            read_pair(joined, Rule::Pair, self.options, scratch);
            out.insert_alternate(before.rank + 1 + count, &scratch.reading, start, end, position, span);
        }
        Some(readings.len())
    }
}

/// Tells whether capitals here are an acronym's: the words on both sides have small letters.
fn is_acronym(text: &str, group: Group) -> bool {
    let (before, after) = (word_before(text, group.start), word_after(text, group.end));
    let small_around = before.is_none_or(has_small_letter) && after.is_none_or(has_small_letter);
    // A capital alone begins many sentences; more of them do only in an acronym, or in a title all in capitals.
    let is_letter =
        group.end - group.start <= 2 && text.get(group.start..group.end).is_some_and(|word| word.chars().count() == 1);
    small_around && (before.is_some() || (after.is_some() && !is_letter))
}

/// The word before, in the same sentence.
fn word_before(text: &str, at: usize) -> Option<&str> {
    word_and_place_before(text, at).map(|(_, word)| word)
}

/// The byte where the word before begins, and the word, in the same sentence.
fn word_and_place_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = text.get(..at)?;
    let word = before.trim_end_matches([' ', '\u{A0}', '\u{202F}', ',', '\'', '’', '(']);
    let start = word.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map(|(at, _)| at)?;
    Some((start, word.get(start..)?))
}

/// Tells whether a form of *avoir* stands before, with nothing but adverbs between.
fn is_participle(text: &str, mut at: usize) -> bool {
    /// Adverbs that may stand between: `n'a ainsi plus jamais été`.
    const MOST: usize = 3;
    // Behind a comma it is the season: `il y a, été comme hiver, du vent`.
    if !text.get(..at).is_some_and(|before| before.trim_end().ends_with(char::is_alphanumeric)) {
        return false;
    }
    for _ in 0..=MOST {
        let Some((start, word)) = word_and_place_before(text, at) else { return false };
        let lower = word.to_lowercase();
        if auxiliary::is_avoir(&lower) {
            return true;
        }
        if !auxiliary::is_between(&lower) {
            return false;
        }
        at = start;
    }
    false
}

/// Tells whether a small word is a noun here: its article stands right before it, as a word of its own.
fn is_noun(text: &str, group: Group, exact: &str) -> bool {
    let is_gap = |gap: &str| matches!(gap, " " | "\u{A0}" | "\u{202F}" | "'" | "’");
    let before = word_and_place_before(text, group.start).filter(|(at, word)| {
        // In `mettez-les sous la table` the article is a pronoun.
        !text.get(..*at).unwrap_or_default().ends_with('-')
            && text.get(at + word.len()..group.start).is_some_and(is_gap)
    });
    let before = before.map_or("", |(_, word)| word);
    noun::is_between(exact, before, word_after(text, group.end).unwrap_or_default())
}

/// The word after, in the same sentence.
fn word_after(text: &str, at: usize) -> Option<&str> {
    let word = text.get(at..)?.trim_start_matches([' ', '\u{A0}', '\u{202F}', ',', '(']);
    let end = word.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(word.len(), |(at, _)| at);
    word.get(..end).filter(|word| !word.is_empty())
}

fn has_small_letter(word: &str) -> bool {
    word.chars().any(char::is_lowercase)
}

/// Tells whether one space and a vowel, or a mute *h*, follow.
fn vowel_follows(text: &str, group: Group) -> bool {
    let mut rest = text.get(group.end..).unwrap_or_default().chars();
    let space = rest.next().is_some_and(|c| c == ' ');
    let opening = rest.next().map(|c| fold(&c.to_lowercase().to_string())).unwrap_or_default();
    space && opening.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h', 'œ'])
}
