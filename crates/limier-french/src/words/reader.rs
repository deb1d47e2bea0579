//! What every rule works with: the words of one group, and the means to write tokens.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::forms;
use crate::normalize::{fold_into, normalize_into};
use crate::stop::StopWords;
use crate::token::{Rule, Stop, Token};
use crate::wanted::Wanted;
use crate::words::context::Hints;
use crate::words::joint::{Joint, Piece, pieces_into};
use crate::words::{abbreviation, numeral};

/// The part of an analyzer's settings that decides on terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) stop_words: StopWords,
    /// Exact terms that are their own lemma and stem.
    pub(crate) protected: BTreeSet<String>,
}

/// Buffers that are used again from group to group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    pieces: Vec<Piece>,
    terms: Vec<Term>,
    /// The tokens of the last group read.
    pub(crate) reading: Analysis,
}

/// The terms of one word of a group.
#[derive(Clone, Debug, Default)]
struct Term {
    exact: String,
    /// The exact term without accents, for comparisons with a list.
    key: String,
}

/// What a rule wants written, where the defaults do not do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) exact: &'t str,
    /// The lemma, when the lexicon is not to be asked.
    pub(crate) lemma: Option<&'t str>,
    /// The stop class, when the list is not to be asked.
    pub(crate) stop: Option<Stop>,
    pub(crate) rule: Rule,
}

impl<'t> Entry<'t> {
    pub(crate) fn new(start: usize, end: usize, exact: &'t str, rule: Rule) -> Self {
        Entry { start, end, exact, lemma: None, stop: None, rule }
    }

    pub(crate) fn lemma(self, lemma: &'t str) -> Self {
        Entry { lemma: Some(lemma), ..self }
    }

    pub(crate) fn stop(self, stop: Stop) -> Self {
        Entry { stop: Some(stop), ..self }
    }
}

/// The words of one group on their way to tokens.
pub(crate) struct Reader<'a> {
    /// The group as it is written.
    pub(crate) group: &'a str,
    pieces: &'a [Piece],
    terms: &'a [Term],
    options: &'a Options,
    /// The terms that are looked for, where they are not all.
    wanted: Option<&'a Wanted>,
    out: &'a mut Analysis,
    /// Position of the next plain token, from 0 for the group.
    pub(crate) position: u32,
    /// The rule that a word standing alone is counted under: elision behind an elided article.
    pub(crate) rule: Rule,
}

/// Reads one group into `scratch.reading`. Where terms are wanted, lemma and stem are left empty of tokens that have none of them.
pub(crate) fn read_group(group: &str, options: &Options, wanted: Option<&Wanted>, scratch: &mut Scratch) -> Hints {
    let Scratch { pieces, terms, reading } = scratch;
    pieces_into(group, pieces);
    terms.resize_with(pieces.len().max(terms.len()), Term::default);
    for (term, piece) in terms.iter_mut().zip(pieces.iter()) {
        term.exact.clear();
        normalize_into(group.get(piece.start..piece.end).unwrap_or_default(), &mut term.exact);
        term.key.clear();
        fold_into(&term.exact, &mut term.key);
    }
    reading.clear();
    let mut reader = Reader { group, pieces, terms, options, wanted, out: reading, position: 0, rule: Rule::Word };
    super::read(&mut reader);
    let positions = reader.position;
    reading.add_positions(positions);
    reading.sort_from(0);
    let key = terms.first().map_or("", |term| &term.key);
    Hints::of(group, key, pieces, reading)
}

/// Reads a compound that the context has joined into `scratch.reading`, as one alternate.
pub(crate) fn read_pair(joined: &str, rule: Rule, options: &Options, scratch: &mut Scratch) {
    let reading = &mut scratch.reading;
    reading.clear();
    let (pieces, terms, wanted) = Default::default();
    let mut reader = Reader { group: joined, pieces, terms, options, wanted, out: reading, position: 0, rule };
    reader.alternate(0, Entry::new(0, joined.len(), joined, rule));
}

impl<'a> Reader<'a> {
    /// Number of words in the group.
    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    pub(crate) fn piece(&self, rank: usize) -> Option<Piece> {
        self.pieces.get(rank).copied()
    }

    /// Returns the sign after a word.
    pub(crate) fn joint(&self, rank: usize) -> Option<Joint> {
        self.piece(rank).and_then(|piece| piece.joint)
    }

    /// Returns the sign between a word and the next one, when there is a next one.
    pub(crate) fn joint_to_next(&self, rank: usize) -> Option<Joint> {
        self.piece(rank).filter(|piece| piece.more).and_then(|piece| piece.joint)
    }

    /// Returns the rank of the last word of the run that begins at `from` and whose words `joins` holds together.
    pub(crate) fn run_end(&self, from: usize, joins: impl Fn(Joint) -> bool) -> usize {
        let mut last = from;
        while self.joint_to_next(last).is_some_and(&joins) {
            last += 1;
        }
        last
    }

    /// Tells whether the group is this word and nothing else.
    pub(crate) fn is_bare(&self, rank: usize) -> bool {
        self.piece(rank).is_some_and(|piece| piece.len() == self.group.len())
    }

    /// Returns a word as it is written.
    pub(crate) fn surface(&self, rank: usize) -> &'a str {
        self.piece(rank).map_or("", |piece| self.slice(piece.start, piece.end))
    }

    /// Returns the bytes `start..end` of the group.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        let group = self.group;
        group.get(start..end).unwrap_or_default()
    }

    /// Returns the exact term of a word.
    pub(crate) fn exact(&self, rank: usize) -> &'a str {
        self.terms.get(rank).map_or("", |term| &term.exact)
    }

    /// Returns the exact term of a word without its accents, for comparisons with a list.
    pub(crate) fn key(&self, rank: usize) -> &'a str {
        self.terms.get(rank).map_or("", |term| &term.key)
    }

    /// Returns the exact terms of the words `from..=last`, joined.
    pub(crate) fn joined(&self, from: usize, last: usize) -> String {
        (from..=last).map(|rank| self.exact(rank)).collect()
    }

    /// Writes a whole word as a plain token; nothing when no term is left of it.
    pub(crate) fn word(&mut self, rank: usize, rule: Rule) {
        let (start, end) = self.range(rank, rank);
        let exact = self.exact(rank);
        if !exact.is_empty() {
            self.plain_entry(Entry::new(start, end, exact, rule));
        }
    }

    /// Returns the bytes that the words `from..=last` take.
    pub(crate) fn range(&self, from: usize, last: usize) -> (usize, usize) {
        let start = self.piece(from).map_or(0, |piece| piece.start);
        let end = self.piece(last).map_or(start, |piece| piece.end);
        (start, end)
    }

    /// Returns the class of an exact term in the list of stop words.
    pub(crate) fn stop_of(&self, exact: &str) -> Stop {
        self.options.stop_words.stop(exact)
    }

    /// Writes the bytes `start..end` as a plain token; nothing when no term is left of them.
    pub(crate) fn plain(&mut self, start: usize, end: usize, rule: Rule) {
        let mut exact = String::new();
        normalize_into(self.slice(start, end), &mut exact);
        if !exact.is_empty() {
            self.plain_entry(Entry::new(start, end, &exact, rule));
        }
    }

    /// Writes a plain token, which takes one position.
    pub(crate) fn plain_entry(&mut self, entry: Entry<'_>) {
        self.write(entry, self.position, 1, false);
        self.position += 1;
    }

    /// Writes an alternate that stands for all positions from `position` up to the next plain token.
    pub(crate) fn alternate(&mut self, position: u32, entry: Entry<'_>) {
        let span = (self.position - position.min(self.position)).max(1);
        self.write(entry, position, span, true);
    }

    /// Completes a token and writes it. Figures have no other form; protected words keep theirs.
    fn write(&mut self, entry: Entry<'_>, position: u32, span: u32, alternate: bool) {
        let Entry { start, end, exact, .. } = entry;
        let stop = entry.stop.unwrap_or_else(|| self.stop_of(exact));
        let token =
            Token { start, end, position, span, exact, lemma: exact, stem: exact, stop, alternate, rule: entry.rule };
        let is_fixed =
            exact.bytes().any(|byte| byte.is_ascii_digit() || (byte.is_ascii() && !byte.is_ascii_lowercase()));
        if (is_fixed && entry.lemma.is_none()) || self.options.protected.contains(exact) {
            self.out.push(token);
            return;
        }
        // The lexicon is what takes the time.
        if entry.lemma.is_none() && self.wanted.is_some_and(|wanted| wanted.has_none_of(exact)) {
            self.out.push(Token { lemma: "", stem: "", ..token });
            return;
        }
        let mut stem = String::new();
        let lemma = match entry.lemma.or_else(|| abbreviation::lemma(exact)) {
            Some(lemma) => {
                forms::stem_into(lemma, &mut stem);
                lemma.into()
            }
            None => forms::lemma_and_stem_into(exact, &mut stem),
        };
        if let Some(figures) = numeral::cardinal_stem(&lemma) {
            stem.replace_range(.., figures);
        } else if lemma.bytes().any(|byte| byte.is_ascii_digit()) {
            stem.replace_range(.., &lemma);
        }
        self.out.push(Token { lemma: &lemma, stem: &stem, ..token });
    }
}
