//! The result of an analysis: compact records, and one arena of text that they point into.

use crate::token::{Level, Rule, Stop, Token};

/// One token. Offsets are relative to the analysis it stands in; the terms lie one after the other in the arena.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Record {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) position: u32,
    /// First byte of the exact term in the arena.
    pub(crate) exact_at: u32,
    pub(crate) exact_len: u16,
    /// First byte of the lemma, counted from `exact_at`: 0 when it is the exact term itself.
    pub(crate) lemma_at: u16,
    pub(crate) lemma_len: u16,
    /// First byte of the stem, counted from `exact_at`.
    pub(crate) stem_at: u16,
    pub(crate) stem_len: u16,
    pub(crate) span: u16,
    pub(crate) stop: Stop,
    pub(crate) rule: Rule,
    pub(crate) alternate: bool,
    /// Whether the text held the same group of words before, and the same tokens of it.
    pub(crate) repeated: bool,
}

/// The tokens of one text, in ascending order of their start; an alternate comes after the plain token of the same start.
///
/// An analysis owns its buffers, so that [`FrenchAnalyzer::analyze_into`](crate::FrenchAnalyzer::analyze_into) can use
/// them again.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    records: Vec<Record>,
    /// Of each record where the cache has it; [`UNKNOWN`] where it does not.
    known: Vec<u32>,
    arena: String,
    positions: u32,
    generation: u64,
}

/// Stands for no place in a cache.
pub(crate) const UNKNOWN: u32 = u32::MAX;

impl Analysis {
    /// Returns an empty analysis.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the tokens, in ascending order of their start.
    #[inline]
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + '_ {
        self.records.iter().map(|record| self.read(record))
    }

    /// Returns the number of tokens, alternates included.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Tells whether the text held no token.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns the token of a given rank, or `None` past the end.
    pub fn token(&self, rank: usize) -> Option<Token<'_>> {
        self.records.get(rank).map(|record| self.read(record))
    }

    /// Returns a number that stands for the terms of the token of a given rank, among all analyses of the same
    /// [`generation`](Analysis::generation).
    ///
    /// Who keeps something for each word, as an index does, finds it by this number faster than by the terms. Tokens of the same
    /// terms may have several numbers, and some have none; numbers are small.
    ///
    /// ```
    /// use limier_french::{Analysis, FrenchAnalyzer};
    /// let (analyzer, mut analysis) = (FrenchAnalyzer::new(), Analysis::new());
    /// analyzer.analyze_into("un avion, un autre avion", &mut analysis);
    /// let (generation, known) = (analysis.generation(), analysis.known(1));
    /// assert!(known.is_some() && known == analysis.known(4));
    /// analyzer.analyze_into("cet avion", &mut analysis);
    /// assert_eq!((analysis.generation(), analysis.known(1)), (generation, known));
    /// ```
    #[inline]
    pub fn known(&self, rank: usize) -> Option<u32> {
        self.known.get(rank).copied().filter(|known| *known != UNKNOWN)
    }

    /// Returns what tells the numbers of [`known`](Analysis::known) apart from those that a thread gave at another time, or another
    /// thread.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns the number of positions that the text takes: its words, stop words included, elided articles not.
    pub fn positions(&self) -> u32 {
        self.positions
    }

    /// Removes every token and keeps the buffers.
    pub fn clear(&mut self) {
        self.records.clear();
        self.known.clear();
        self.arena.clear();
        self.positions = 0;
        self.generation = 0;
    }

    /// Returns the term of one level of a record.
    #[inline]
    pub(crate) fn term(&self, record: &Record, level: Level) -> &str {
        let (at, len) = match level {
            Level::Exact => (0, record.exact_len),
            Level::Lemma => (record.lemma_at, record.lemma_len),
            Level::Stem => (record.stem_at, record.stem_len),
        };
        let from = record.exact_at as usize + usize::from(at);
        self.arena.get(from..from + usize::from(len)).unwrap_or_default()
    }

    #[inline]
    fn read(&self, record: &Record) -> Token<'_> {
        Token {
            start: record.start as usize,
            end: record.end as usize,
            position: record.position,
            span: u32::from(record.span),
            exact: self.term(record, Level::Exact),
            lemma: self.term(record, Level::Lemma),
            stem: self.term(record, Level::Stem),
            stop: record.stop,
            alternate: record.alternate,
            rule: record.rule,
        }
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    pub(crate) fn arena(&self) -> &str {
        &self.arena
    }

    pub(crate) fn add_positions(&mut self, count: u32) {
        self.positions += count;
    }

    /// Bytes held by the buffers, used or not.
    pub(crate) fn capacity_bytes(&self) -> usize {
        self.arena.capacity() + self.records.capacity() * (size_of::<Record>() + size_of::<u32>())
    }

    /// Adds a token whose terms are written into the arena; equal terms share their bytes.
    pub(crate) fn push(&mut self, token: Token<'_>) {
        let exact_at = self.arena.len();
        self.arena.push_str(token.exact);
        let lemma_at = self.share(exact_at, token.lemma, &[(0, token.exact)]);
        let stem_at = self.share(exact_at, token.stem, &[(0, token.exact), (lemma_at, token.lemma)]);
        self.known.push(UNKNOWN);
        self.records.push(Record {
            start: token.start as u32,
            end: token.end as u32,
            position: token.position,
            exact_at: exact_at as u32,
            exact_len: token.exact.len() as u16,
            lemma_at: lemma_at as u16,
            lemma_len: token.lemma.len() as u16,
            stem_at: stem_at as u16,
            stem_len: token.stem.len() as u16,
            span: token.span as u16,
            stop: token.stop,
            rule: token.rule,
            alternate: token.alternate,
            repeated: false,
        });
    }

    /// Finds `term` at the beginning of a term already written, or writes it; returns its place from `exact_at`.
    fn share(&mut self, exact_at: usize, term: &str, written: &[(usize, &str)]) -> usize {
        for (at, text) in written {
            if text.starts_with(term) {
                return *at;
            }
        }
        let at = self.arena.len() - exact_at;
        self.arena.push_str(term);
        at
    }

    /// Adds terms that records will point into; returns where they begin.
    #[inline]
    pub(crate) fn add_terms(&mut self, terms: &str) -> u32 {
        let arena_at = self.arena.len() as u32;
        self.arena.push_str(terms);
        arena_at
    }

    /// Adds a token of a group read before, whose record counts from the group's own beginning; its terms begin at `arena_at`, and
    /// the cache has it at `known`.
    #[inline]
    pub(crate) fn replay(&mut self, record: &Record, start: u32, arena_at: u32, repeated: bool, known: u32) {
        self.known.push(known);
        self.records.push(Record {
            start: record.start + start,
            end: record.end + start,
            position: record.position + self.positions,
            exact_at: record.exact_at + arena_at,
            repeated,
            ..*record
        });
    }

    /// Inserts the first token of `reading` at a rank, as an alternate with the given place.
    pub(crate) fn insert_alternate(
        &mut self,
        rank: usize,
        reading: &Analysis,
        start: usize,
        end: usize,
        position: u32,
        span: u16,
    ) {
        let Some(record) = reading.records.first().filter(|_| rank <= self.records.len()) else { return };
        let exact_at = record.exact_at + self.arena.len() as u32;
        self.arena.push_str(&reading.arena);
        let (start, end) = (start as u32, end as u32);
        self.known.insert(rank, UNKNOWN);
        self.records.insert(rank, Record { start, end, position, exact_at, span, alternate: true, ..*record });
    }

    /// Changes the stop class of a token.
    pub(crate) fn set_stop(&mut self, rank: usize, stop: Stop) {
        if let Some(record) = self.records.get_mut(rank) {
            record.stop = stop;
        }
    }

    /// Says of the tokens from a rank on that an elided word stands before them, unless another rule has made them.
    #[inline]
    pub(crate) fn set_elided(&mut self, rank: usize) {
        let tokens = self.records.get_mut(rank..).unwrap_or_default();
        for record in tokens.iter_mut().filter(|record| record.rule == Rule::Word) {
            record.rule = Rule::Elision;
        }
    }

    /// Turns a token that was read as a small word into a name: it carries sense, and is its own lemma and stem.
    pub(crate) fn set_name(&mut self, rank: usize) {
        if let Some(known) = self.known.get_mut(rank) {
            *known = UNKNOWN;
        }
        let is_plain = self.token(rank).is_some_and(|token| token.exact.is_ascii());
        let Some(record) = self.records.get_mut(rank) else { return };
        record.stop = Stop::None;
        if is_plain {
            (record.lemma_at, record.lemma_len) = (0, record.exact_len);
            (record.stem_at, record.stem_len) = (0, record.exact_len);
        }
    }

    /// Says what the places in a cache count by; those of a cache that was emptied meanwhile are none.
    pub(crate) fn set_generation(&mut self, generation: u64, is_same: bool) {
        self.generation = generation;
        if !is_same {
            self.known.fill(UNKNOWN);
        }
    }

    /// Puts the tokens of one group in order: by start, then by position, plain before alternate.
    pub(crate) fn sort_from(&mut self, first: usize) {
        if let Some(tail) = self.records.get_mut(first..) {
            tail.sort_by_key(|record| (record.start, record.position, record.alternate, record.end));
        }
    }
}
/// As the list of its tokens.
#[cfg(feature = "serde")]
impl serde::Serialize for Analysis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.tokens())
    }
}
