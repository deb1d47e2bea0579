//! Every place of a text that made its article match.
//!
//! The text is analyzed again, as it was for the index: that is faster than reading positions back, and exact by
//! construction, whatever the rule that made a token. Only words that may hold a term of the query are read. A text of
//! megabytes is analyzed piece by piece, so that memory stays small; past its first quarter of a megabyte only pieces are
//! read that may hold a word of the query not found before (see `skim`).

use std::ops::Range;

use limier_french::{Analysis, FrenchAnalyzer, Level, Stop, Token, Wanted};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::phrases::{Occurrence, Phrases};
use super::sentences::floor;
use super::skim::Skim;
use super::target::{Target, TargetKind, Targets};

/// Bytes analyzed at once.
const PIECE: usize = 1 << 16;
/// A piece goes on for at most this many bytes, to end between two sentences.
const PIECE_TAIL: usize = 1 << 12;
/// Bytes that are read before anything is passed over.
const ENOUGH: usize = 1 << 18;

/// Bytes around a piece that are skimmed with it, for a phrase that goes over its end.
const MARGIN: usize = 1 << 10;

/// Room for the words that are found in a text; few have more.
const MATCHES: usize = 32;

/// A word of the query in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// Which word of the query.
    pub(super) word: usize,
    /// The worth of that word.
    pub(super) weight: f32,
    /// Whether it stands there as part of a whole phrase.
    pub(super) in_phrase: bool,
}

/// What was found in one text.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// In ascending order of start.
    pub(super) words: Vec<Match>,
    /// What is lit, ascending, not overlapping: the words, and phrases from end to end.
    pub(super) lights: Vec<Range<usize>>,
}

impl Matches {
    /// Returns the words that lie within `range`.
    pub(super) fn words_in(&self, range: &Range<usize>) -> &[Match] {
        let from = self.words.partition_point(|word| word.start < range.start);
        let to = self.words.partition_point(|word| word.start < range.end);
        self.words.get(from..to).unwrap_or_default()
    }

    /// Returns the lights that touch `range`.
    pub(super) fn lights_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.lights.partition_point(|light| light.end <= range.start);
        let to = self.lights.partition_point(|light| light.start < range.end);
        self.lights.get(from..to).unwrap_or_default()
    }
}

/// How much of a text is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// All of it: each match is lit.
    Whole,
    /// 256 kilobytes, then as much as it takes to find every word of the query.
    Enough,
}

/// Targets, ready to be compared with tokens.
#[derive(Debug)]
pub(super) struct Matcher<'q> {
    stems: Terms<'q>,
    exacts: Terms<'q>,
    smalls: Terms<'q>,
    /// Prefixes and parts, compared with the folded exact term.
    folded: Vec<(TargetKind, &'q str, Sense)>,
    /// The terms of all of them: other words are not read.
    wanted: Wanted,
    targets: &'q Targets,
    words: usize,
}

/// What a token that matches stands for.
#[derive(Clone, Copy, Debug)]
struct Sense {
    word: usize,
    weight: f32,
    /// The phrase and the slot, when the target is part of one.
    slot: Option<(usize, usize)>,
}

/// Terms of one level; most tokens are refused by the first byte.
#[derive(Debug)]
struct Terms<'q> {
    first: [bool; 256],
    /// In the order of the terms: of so few a search by halves is quicker than a hash.
    senses: Vec<(&'q str, Vec<Sense>)>,
}

impl<'q> Terms<'q> {
    fn new() -> Terms<'q> {
        Terms { first: [false; 256], senses: Vec::new() }
    }

    fn add(&mut self, term: &'q str, sense: Sense) {
        let Some(&byte) = term.as_bytes().first() else { return };
        if let Some(first) = self.first.get_mut(usize::from(byte)) {
            *first = true;
        }
        match self.place(term) {
            Ok(place) => self.senses.get_mut(place).into_iter().for_each(|(_, senses)| senses.push(sense)),
            Err(place) => self.senses.insert(place, (term, vec![sense])),
        }
    }

    fn get(&self, term: &str) -> &[Sense] {
        let byte = term.as_bytes().first().copied().unwrap_or_default();
        if self.first.get(usize::from(byte)) != Some(&true) {
            return &[];
        }
        let known = self.place(term).ok().and_then(|place| self.senses.get(place));
        known.map(|(_, senses)| senses.as_slice()).unwrap_or_default()
    }

    fn place(&self, term: &str) -> Result<usize, usize> {
        self.senses.binary_search_by(|(known, _)| (*known).cmp(term))
    }
}

impl<'q> Matcher<'q> {
    pub(super) fn new(targets: &'q Targets) -> Matcher<'q> {
        let mut matcher = Matcher {
            stems: Terms::new(),
            exacts: Terms::new(),
            smalls: Terms::new(),
            folded: Vec::new(),
            wanted: Wanted::new(),
            targets,
            words: targets.words,
        };
        for target in &targets.terms {
            matcher.add(target, None);
        }
        for (phrase, target) in targets.phrases.iter().enumerate() {
            for (slot, (_, terms)) in target.slots.iter().enumerate() {
                terms.iter().for_each(|term| matcher.add(term, Some((phrase, slot))));
            }
        }
        matcher
    }

    fn add(&mut self, target: &'q Target, slot: Option<(usize, usize)>) {
        let sense = Sense { word: target.word, weight: target.weight, slot };
        self.words = self.words.max(target.word + 1);
        match target.kind {
            TargetKind::Stem => self.wanted.add(Level::Stem, &target.text),
            TargetKind::Exact | TargetKind::Small => self.wanted.add(Level::Exact, &target.text),
            TargetKind::Prefix => self.wanted.add_beginning(&target.text),
            TargetKind::Inside => self.wanted.add_everything(),
        }
        match target.kind {
            TargetKind::Stem => self.stems.add(&target.text, sense),
            TargetKind::Exact => self.exacts.add(&target.text, sense),
            TargetKind::Small => self.smalls.add(&target.text, sense),
            TargetKind::Prefix | TargetKind::Inside if target.text.is_empty() => {}
            kind @ (TargetKind::Prefix | TargetKind::Inside) => self.folded.push((kind, &target.text, sense)),
        }
    }

    /// Returns the number of distinct words of the query.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Finds every match in `text`, up to where `reading` allows to stop.
    pub(super) fn find(
        &self,
        analyzer: &FrenchAnalyzer,
        text: &str,
        reading: Reading,
        analysis: &mut Analysis,
    ) -> Matches {
        let mut found = Matches { words: Vec::with_capacity(MATCHES), lights: Vec::new() };
        let mut phrases = Phrases::new(&self.targets.phrases);
        let mut reader = Reader { analyzer, text, analysis, folded: String::new(), position: 0 };
        let mut from = 0;
        let whole = match reading {
            Reading::Whole => text.len(),
            Reading::Enough => text.len().min(ENOUGH),
        };
        while from < whole {
            let to = piece_end(text, from);
            self.read(&mut reader, from..to, &mut found.words, &mut phrases);
            from = to;
        }
        if from < text.len() {
            self.find_missing(&mut reader, from, &mut found.words, &mut phrases);
        }
        phrases.resolve(&mut found);
        found.words.sort_by_key(|word| (word.start, word.word, word.end, !word.in_phrase));
        found.words.dedup_by_key(|word| (word.start, word.word, word.end));
        found.lights.extend(found.words.iter().map(|word| word.start..word.end));
        merge(&mut found.lights);
        found
    }

    /// Reads those pieces from `from` on that may hold what was not found before it.
    fn find_missing(
        &self,
        reader: &mut Reader<'_>,
        mut from: usize,
        words: &mut Vec<Match>,
        phrases: &mut Phrases<'_>,
    ) {
        let text = reader.text;
        let mut skim = Skim::new(self.targets);
        let mut passed = Vec::new();
        skim.saw(words, phrases.found());
        while from < text.len() && !skim.is_complete() {
            let to = piece_end(text, from);
            let around = floor(text, from.saturating_sub(MARGIN))..floor(text, to.saturating_add(MARGIN));
            if skim.may_hold(&text[around]) {
                let known = words.len();
                self.read(reader, from..to, words, phrases);
                skim.saw(words.get(known..).unwrap_or_default(), phrases.found());
            } else {
                reader.pass(from..to);
                passed.push(from..to);
            }
            from = to;
        }
        // A form that does not begin as its stem does is looked for where there is nothing else to show.
        for piece in passed {
            if skim.has_any() {
                break;
            }
            self.read(reader, piece, words, phrases);
            skim.saw(words, phrases.found());
        }
    }

    /// Analyzes a piece of the text, and adds what matches in it.
    fn read(&self, reader: &mut Reader<'_>, piece: Range<usize>, words: &mut Vec<Match>, phrases: &mut Phrases<'_>) {
        reader.analyzer.analyze_for(&reader.text[piece.clone()], &self.wanted, reader.analysis);
        // What has no lemma has none of the terms.
        for token in reader.analysis.tokens().filter(|token| !token.lemma.is_empty()) {
            self.compare(&token, piece.start, reader.position, &mut reader.folded, words, phrases);
        }
        reader.position = reader.position.saturating_add(reader.analysis.positions());
    }

    fn compare(
        &self,
        token: &Token<'_>,
        offset: usize,
        position: u32,
        folded: &mut String,
        words: &mut Vec<Match>,
        phrases: &mut Phrases<'_>,
    ) {
        let (start, end) = (offset + token.start, offset + token.end);
        let mut keep = |sense: &Sense| match sense.slot {
            None => words.push(Match { start, end, word: sense.word, weight: sense.weight, in_phrase: false }),
            Some((phrase, slot)) => phrases.add(
                phrase,
                slot,
                Occurrence { position: position + token.position, start, end, word: sense.word, weight: sense.weight },
            ),
        };
        // Small words are indexed apart, by their form alone: an `été` behind a form of *avoir* is not what `=été` finds.
        if token.stop != Stop::None {
            self.smalls.get(token.exact).iter().for_each(&mut keep);
            return;
        }
        self.stems.get(token.stem).iter().for_each(&mut keep);
        self.exacts.get(token.exact).iter().for_each(&mut keep);
        if self.folded.is_empty() {
            return;
        }
        fold_into(token.exact, folded);
        for (kind, text, sense) in &self.folded {
            let matches = match kind {
                TargetKind::Inside => folded.contains(text),
                _ => folded.starts_with(text),
            };
            if matches {
                keep(sense);
            }
        }
    }
}

/// A text that is read piece by piece.
struct Reader<'t> {
    analyzer: &'t FrenchAnalyzer,
    text: &'t str,
    analysis: &'t mut Analysis,
    /// Used again from token to token.
    folded: String,
    /// Of the first word of the next piece.
    position: u32,
}

impl Reader<'_> {
    /// Passes over a piece unread: whatever it holds, no phrase goes from one side of it to the other.
    fn pass(&mut self, piece: Range<usize>) {
        self.position = self.position.saturating_add(u32::try_from(piece.len()).unwrap_or(u32::MAX));
    }
}

/// Replaces `out` by `term` without its accents.
fn fold_into(term: &str, out: &mut String) {
    out.clear();
    if term.is_ascii() {
        out.push_str(term);
        return;
    }
    for c in term.chars() {
        decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                out.push(part);
            }
        });
    }
}

/// Makes ranges ascending and disjoint: those that overlap become one.
fn merge(ranges: &mut Vec<Range<usize>>) {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, kept| {
        let overlap = next.start < kept.end;
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
}

/// Returns where the piece that begins at `from` ends: between two sentences if it can, so that no word that is written
/// in two, and no number, is cut.
fn piece_end(text: &str, from: usize) -> usize {
    if text.len() - from <= PIECE + PIECE_TAIL {
        return text.len();
    }
    let least = floor(text, from + PIECE);
    let tail = &text[least..floor(text, from + PIECE + PIECE_TAIL)];
    for marks in [&["\n\n", ". ", "! ", "? "][..], &[", ", "; ", ": "], &["\n", " "]] {
        if let Some(at) = marks.iter().filter_map(|mark| tail.find(mark).map(|at| at + mark.len())).min() {
            return least + at;
        }
    }
    least + tail.len()
}
