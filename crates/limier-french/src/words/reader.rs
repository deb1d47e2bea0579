//! What every rule works with: the words of one group, and the means to write tokens.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::forms;
use crate::normalize::{normalize, normalize_into};
use crate::stop::StopWords;
use crate::token::{Rule, Stop, Token};
use crate::words::scan::{Joint, Piece, pieces_into};

/// What a group asks of the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hints(u8);

impl Hints {
    /// The group means the same everywhere.
    pub(crate) const NONE: Hints = Hints(0);
}

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
    exact: String,
    stem: String,
    /// The tokens of the last group read.
    pub(crate) reading: Analysis,
}

/// The words of one group on their way to tokens.
pub(crate) struct Reader<'a> {
    pub(crate) group: &'a str,
    pieces: &'a [Piece],
    options: &'a Options,
    out: &'a mut Analysis,
    exact: &'a mut String,
    stem: &'a mut String,
    /// Position of the next plain token, from 0 for the group.
    pub(crate) position: u32,
    /// The rule that a word standing alone is counted under: elision behind an elided article.
    pub(crate) rule: Rule,
}

/// Reads one group into `scratch.reading`.
pub(crate) fn read_group(group: &str, options: &Options, scratch: &mut Scratch) -> Hints {
    let Scratch { pieces, exact, stem, reading } = scratch;
    pieces_into(group, pieces);
    reading.clear();
    let mut reader = Reader { group, pieces, options, out: reading, exact, stem, position: 0, rule: Rule::Word };
    super::read(&mut reader);
    let positions = reader.position;
    reading.add_positions(positions);
    reading.sort_from(0);
    Hints::NONE
}

impl<'a> Reader<'a> {
    /// Number of words in the group.
    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    pub(crate) fn piece(&self, rank: usize) -> Option<Piece> {
        self.pieces.get(rank).copied()
    }

    pub(crate) fn joint(&self, rank: usize) -> Option<Joint> {
        self.piece(rank).and_then(|piece| piece.joint)
    }

    /// Returns the sign between the word of rank `rank` and the next one, when there is a next one.
    pub(crate) fn joint_to_next(&self, rank: usize) -> Option<Joint> {
        self.piece(rank).filter(|piece| piece.more).and_then(|piece| piece.joint)
    }

    /// Returns a word as it is written.
    pub(crate) fn surface(&self, rank: usize) -> &'a str {
        let group = self.group;
        self.piece(rank).and_then(|piece| group.get(piece.start..piece.end)).unwrap_or_default()
    }

    /// Returns the exact term of a word.
    pub(crate) fn exact(&self, rank: usize) -> String {
        normalize(self.surface(rank))
    }

    /// Tells whether an exact term is a stop word.
    pub(crate) fn stop_of(&self, exact: &str) -> Stop {
        self.options.stop_words.stop(exact)
    }

    /// Writes one word as a plain token, under the current rule.
    pub(crate) fn word(&mut self, rank: usize) {
        self.word_as(rank, self.rule);
    }

    /// Writes one word as a plain token, under `rule`.
    pub(crate) fn word_as(&mut self, rank: usize, rule: Rule) {
        let Some(piece) = self.piece(rank) else {
            return;
        };
        self.plain(piece.start, piece.end, rule);
    }

    /// Writes the bytes `start..end` as a plain token.
    pub(crate) fn plain(&mut self, start: usize, end: usize, rule: Rule) {
        let mut exact = std::mem::take(self.exact);
        exact.clear();
        normalize_into(self.group.get(start..end).unwrap_or_default(), &mut exact);
        if !exact.is_empty() {
            let stop = self.stop_of(&exact);
            self.plain_term(start, end, &exact, rule, stop);
        }
        *self.exact = exact;
    }

    /// Writes a plain token with a given exact term; lemma and stem come from it.
    pub(crate) fn plain_term(&mut self, start: usize, end: usize, exact: &str, rule: Rule, stop: Stop) {
        let token = Token { stop, ..self.token(start, end, exact, rule) };
        self.with_forms(token);
        self.position += 1;
    }

    /// Writes an alternate that covers `span` positions from `position` on.
    pub(crate) fn alternate(&mut self, start: usize, end: usize, position: u32, span: u32, exact: &str, rule: Rule) {
        let token = Token { position, span, alternate: true, ..self.token(start, end, exact, rule) };
        self.with_forms(token);
    }

    fn token<'t>(&self, start: usize, end: usize, exact: &'t str, rule: Rule) -> Token<'t> {
        Token {
            start,
            end,
            position: self.position,
            span: 1,
            exact,
            lemma: exact,
            stem: exact,
            stop: Stop::None,
            alternate: false,
            rule,
        }
    }

    /// Adds lemma and stem to a token that has only its exact term, and writes it.
    fn with_forms(&mut self, token: Token<'_>) {
        let exact = token.exact;
        let has_figures = exact.bytes().any(|byte| byte.is_ascii_digit());
        if has_figures || self.options.protected.contains(exact) {
            self.out.push(token);
            return;
        }
        let lemma = forms::lemma(exact);
        forms::stem_into(&lemma, self.stem);
        self.out.push(Token { lemma: &lemma, stem: self.stem, ..token });
    }
}
