//! The first stage: every article that matches, with its BM25 score, a window of articles at a time.
//!
//! A plan becomes a tree of cursors over one segment. The segment is walked in windows; each cursor adds its scores to
//! a plain array, and parts that must or must not match combine arrays. An article matches where its score is above 0.
//! This is exhaustive: the total is exact, and the inner loop is a few instructions a posting.

use std::sync::LazyLock;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, Score, SegmentReader};

use super::lookup::{BLOCK, Lookup};
use super::phrase;
use super::plan::{LengthOf, PlanNode, Scope, ScoredTerm};
use super::ranking::Ranking;
use super::scores::{Scores, WINDOW};
use crate::index::{FieldNorms, SegmentNorms};
use crate::query::DateRange;

/// What having no rarity of its own is worth: a date, or every article.
const FLAT_SCORE: Score = 1.0;

/// BM25's length normalisation for each of Tantivy's 256 codes of a length.
pub(super) struct Lengths {
    title: Box<[f32; 256]>,
    body: Box<[f32; 256]>,
}

impl Lengths {
    pub(super) fn new(lookup: &Lookup<'_>, ranking: &Ranking) -> tantivy::Result<Lengths> {
        static LENGTHS: LazyLock<[f32; 256]> =
            LazyLock::new(|| std::array::from_fn(|code| FieldNormReader::id_to_fieldnorm(code as u8) as f32));
        let lengths = &*LENGTHS;
        let table = |average: f32, b: f32| {
            let mut table = Box::new(*lengths);
            table.iter_mut().for_each(|slot| *slot = ranking.k1 * (1.0 - b + b * *slot / average));
            table
        };
        let fields = lookup.fields;
        Ok(Lengths {
            title: table(lookup.average_length(fields.title.stem)?, ranking.title_b),
            body: table(lookup.average_length(fields.body.stem)?, ranking.b),
        })
    }

    pub(super) fn of(&self, text: LengthOf) -> &[f32; 256] {
        match text {
            LengthOf::Title => &self.title,
            LengthOf::Body => &self.body,
        }
    }
}

/// What cursors need of the segment that they walk.
pub(super) struct SegmentContext<'a> {
    pub(super) ordinal: usize,
    pub(super) segment: &'a SegmentReader,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) lengths: &'a Lengths,
    pub(super) k1: f32,
    pub(super) norms: &'a SegmentNorms,
}

impl<'a> SegmentContext<'a> {
    pub(super) fn new(
        ordinal: usize,
        lookup: &'a Lookup<'a>,
        lengths: &'a Lengths,
        k1: f32,
    ) -> tantivy::Result<SegmentContext<'a>> {
        let segment = lookup.searcher.segment_reader(u32::try_from(ordinal).unwrap_or(u32::MAX));
        Ok(SegmentContext { ordinal, segment, lookup, lengths, k1, norms: lookup.norms(ordinal)? })
    }

    fn norms(&self, text: LengthOf) -> &'a FieldNorms {
        match text {
            LengthOf::Title => &self.norms.title,
            LengthOf::Body => &self.norms.body,
        }
    }
}

/// A part of a plan on its way through a segment.
pub(super) enum Cursor<'a> {
    Term(TermCursor<'a>),
    List(List),
    Any(Vec<Cursor<'a>>),
    AtLeast(Box<AtLeastCursor<'a>>),
    Best(Box<BestCursor<'a>>),
    Bool(Box<BoolCursor<'a>>),
    Dates(Column<i64>, DateRange),
    /// Articles with a value in a column.
    Having(Column<u64>),
    Everything,
}

/// Articles in ascending order with their scores, and how far they have been read.
#[derive(Default)]
pub(super) struct List {
    docs: Vec<DocId>,
    scores: Vec<Score>,
    at: usize,
}

pub(super) struct TermCursor<'a> {
    postings: Box<BlockSegmentPostings>,
    /// Place in the current block.
    at: usize,
    worth: Worth<'a>,
}

/// What it is worth to have a term so many times, in a text of some length: BM25.
struct Worth<'a> {
    weight: Score,
    /// The codes of the lengths of all articles, and the normalisation of each code.
    length: Option<(&'a [u8], &'a [f32; 256])>,
    k1: f32,
}

impl<'a> Worth<'a> {
    fn new(term: &ScoredTerm, context: &SegmentContext<'a>) -> Worth<'a> {
        let length = term.length.map(|text| (context.norms(text).codes(), context.lengths.of(text)));
        Worth { weight: term.weight, length, k1: context.k1 }
    }

    /// Scores the articles of a block; without frequencies each has the term once.
    ///
    /// Each step is a loop of its own: all but the first are done by compilers to several articles at once.
    fn scores<'s>(&self, docs: &[DocId], freqs: &[u32], scores: &'s mut [Score; BLOCK]) -> &'s [Score] {
        let Some((codes, norms)) = self.length else {
            scores.fill(self.weight);
            return scores;
        };
        let gain = self.weight * (self.k1 + 1.0);
        let norm = |doc: DocId| norms[usize::from(codes.get(doc as usize).copied().unwrap_or_default())];
        scores.iter_mut().zip(docs).for_each(|(slot, &doc)| *slot = norm(doc));
        if freqs.is_empty() {
            scores.iter_mut().for_each(|slot| *slot = gain / (1.0 + *slot));
        } else {
            for (slot, &freq) in scores.iter_mut().zip(freqs) {
                // No text has two thousand million words; signed numbers become floats in one instruction.
                let freq = freq as i32 as f32;
                *slot = gain * freq / (freq + *slot);
            }
        }
        scores
    }
}

pub(super) struct AtLeastCursor<'a> {
    least: usize,
    cursors: Vec<Cursor<'a>>,
    /// Scores of one part over a window, their sum over all parts, and how many parts have an article.
    part: Scores,
    sum: Vec<Score>,
    counts: Vec<usize>,
}

pub(super) struct BestCursor<'a> {
    cursors: Vec<Cursor<'a>>,
    /// Scores of one part over a window, and the best of all.
    part: Scores,
    best: Vec<Score>,
}

pub(super) struct BoolCursor<'a> {
    must: Vec<Cursor<'a>>,
    should: Vec<Cursor<'a>>,
    not: Vec<Cursor<'a>>,
    /// Scores of one part over a window.
    part: Scores,
    sum: Vec<Score>,
}

impl<'a> Cursor<'a> {
    /// Opens a part of a plan in a segment; `None` when no article of the segment can match.
    pub(super) fn open(node: &PlanNode, context: &SegmentContext<'a>) -> tantivy::Result<Option<Cursor<'a>>> {
        // Those that articles of the segment can match.
        let open_all = |nodes: &[PlanNode]| -> tantivy::Result<Vec<Cursor<'a>>> {
            let mut cursors = Vec::with_capacity(nodes.len());
            for node in nodes {
                cursors.extend(Cursor::open(node, context)?);
            }
            Ok(cursors)
        };
        Ok(match node {
            PlanNode::Terms(terms) => {
                let mut cursors = Vec::with_capacity(terms.len());
                for term in terms {
                    cursors.extend(Cursor::open_term(term, context)?);
                }
                Cursor::any(cursors)
            }
            PlanNode::Phrase(planned) => {
                let found = phrase::find(planned, context)?;
                let (docs, scores): (Vec<DocId>, Vec<Score>) = found.into_iter().unzip();
                (!docs.is_empty()).then_some(Cursor::List(List { docs, scores, at: 0 }))
            }
            PlanNode::Any(nodes) => Cursor::any(open_all(nodes)?),
            PlanNode::AtLeast(least, nodes) => {
                let cursors = open_all(nodes)?;
                (cursors.len() >= *least).then(|| {
                    let (part, sum, counts) = (Scores::new(), vec![0.0; WINDOW], vec![0; WINDOW]);
                    Cursor::AtLeast(Box::new(AtLeastCursor { least: *least, cursors, part, sum, counts }))
                })
            }
            PlanNode::Best(nodes) => {
                let mut cursors = open_all(nodes)?;
                match cursors.len() {
                    0 | 1 => cursors.pop(),
                    _ => {
                        let (part, best) = (Scores::new(), vec![0.0; WINDOW]);
                        Some(Cursor::Best(Box::new(BestCursor { cursors, part, best })))
                    }
                }
            }
            PlanNode::Bool { must, should, not } => {
                let asked = must.len();
                let must = open_all(must)?;
                if must.len() < asked {
                    return Ok(None);
                }
                let should = open_all(should)?;
                if must.is_empty() && should.is_empty() {
                    return Ok(None);
                }
                let not = open_all(not)?;
                let (part, sum) = (Scores::new(), vec![0.0; WINDOW]);
                Some(Cursor::Bool(Box::new(BoolCursor { must, should, not, part, sum })))
            }
            PlanNode::Having(scope) => {
                let columns = context.segment.fast_fields();
                let column = match scope {
                    Scope::TitleAndBody => return Ok(Some(Cursor::Everything)),
                    Scope::Title => Some(columns.u64("title_hash")?),
                    Scope::Label(field) => {
                        let name = context.segment.schema().get_field_name(*field);
                        columns.str(name)?.map(|labels| labels.ords().clone())
                    }
                };
                column.map(Cursor::Having)
            }
            PlanNode::Dates(range) => Some(Cursor::Dates(context.segment.fast_fields().i64("day")?, *range)),
            PlanNode::Everything => Some(Cursor::Everything),
            PlanNode::Nothing => None,
        })
    }

    /// Opens a term: one that few articles have is read and scored at once.
    fn open_term(term: &ScoredTerm, context: &SegmentContext<'a>) -> tantivy::Result<Option<Cursor<'a>>> {
        let worth = Worth::new(term, context);
        let few = term.source.read_few(context.ordinal, context.lookup, |docs, freqs| {
            let scores = worth.scores(docs, freqs, &mut [0.0; BLOCK]).iter().copied().take(docs.len()).collect();
            Cursor::List(List { docs: docs.to_vec(), scores, at: 0 })
        })?;
        if few.is_some() {
            return Ok(few);
        }
        let postings = term.source.blocks(context.ordinal, context.lookup)?;
        Ok(postings.map(|postings| Cursor::Term(TermCursor { postings, at: 0, worth })))
    }

    fn any(mut cursors: Vec<Cursor<'a>>) -> Option<Cursor<'a>> {
        match cursors.pop() {
            None => None,
            Some(only) if cursors.is_empty() => Some(only),
            Some(last) => {
                cursors.push(last);
                Some(Cursor::Any(cursors))
            }
        }
    }

    /// Returns a bound below which no article that is still to come can match; `DocId::MAX` at the end.
    pub(super) fn next(&self) -> DocId {
        match self {
            Cursor::Term(term) => term.next(),
            Cursor::List(list) => list.docs.get(list.at).copied().unwrap_or(DocId::MAX),
            Cursor::Any(cursors) => cursors.iter().map(Cursor::next).min().unwrap_or(DocId::MAX),
            Cursor::AtLeast(parts) => parts.cursors.iter().map(Cursor::next).min().unwrap_or(DocId::MAX),
            Cursor::Best(parts) => parts.cursors.iter().map(Cursor::next).min().unwrap_or(DocId::MAX),
            Cursor::Bool(parts) if parts.must.is_empty() => {
                parts.should.iter().map(Cursor::next).min().unwrap_or(DocId::MAX)
            }
            Cursor::Bool(parts) => parts.must.iter().map(Cursor::next).max().unwrap_or(DocId::MAX),
            Cursor::Dates(..) | Cursor::Having(_) | Cursor::Everything => 0,
        }
    }

    /// Adds the scores of the articles of the window that begins at `first`, and moves past them.
    pub(super) fn add(&mut self, first: DocId, scores: &mut Scores) {
        match self {
            Cursor::Term(term) => term.add(first, scores),
            Cursor::List(list) => list.add(first, scores),
            Cursor::Any(cursors) => cursors.iter_mut().for_each(|cursor| cursor.add(first, scores)),
            Cursor::AtLeast(parts) => parts.add(first, scores),
            Cursor::Best(parts) => parts.add(first, scores),
            Cursor::Bool(parts) => parts.add(first, scores),
            Cursor::Having(column) => {
                for (doc, slot) in (first..).zip(scores.all_mut()) {
                    *slot += if column.first(doc).is_some() { FLAT_SCORE } else { 0.0 };
                }
            }
            Cursor::Dates(column, range) => {
                let bound =
                    |date: Option<crate::Date>, open: i64| date.map_or(open, |d| i64::from(d.days_since_epoch()));
                let days = bound(range.first, i64::MIN)..=bound(range.last, i64::MAX);
                for (doc, slot) in (first..).zip(scores.all_mut()) {
                    if column.first(doc).is_some_and(|day| days.contains(&day)) {
                        *slot += FLAT_SCORE;
                    }
                }
            }
            Cursor::Everything => scores.all_mut().iter_mut().for_each(|slot| *slot += FLAT_SCORE),
        }
    }
}

impl AtLeastCursor<'_> {
    fn add(&mut self, first: DocId, scores: &mut Scores) {
        let AtLeastCursor { part, sum, counts, .. } = self;
        sum.fill(0.0);
        counts.fill(0);
        for cursor in &mut self.cursors {
            part.clear(scores.len());
            cursor.add(first, part);
            for ((sum, count), &score) in sum.iter_mut().zip(counts.iter_mut()).zip(part.all()) {
                *sum += score;
                *count += usize::from(score > 0.0);
            }
        }
        for ((slot, &sum), &count) in scores.all_mut().iter_mut().zip(sum.iter()).zip(counts.iter()) {
            *slot += if count >= self.least { sum } else { 0.0 };
        }
    }
}

impl BestCursor<'_> {
    fn add(&mut self, first: DocId, scores: &mut Scores) {
        let BestCursor { part, best, .. } = self;
        best.fill(0.0);
        for cursor in &mut self.cursors {
            part.clear(scores.len());
            cursor.add(first, part);
            best.iter_mut().zip(part.all()).for_each(|(best, &score)| *best = best.max(score));
        }
        scores.all_mut().iter_mut().zip(best.iter()).for_each(|(slot, &score)| *slot += score);
    }
}

impl BoolCursor<'_> {
    fn add(&mut self, first: DocId, scores: &mut Scores) {
        let BoolCursor { part, sum, .. } = self;
        sum.fill(0.0);
        let has_must = !self.must.is_empty();
        for (index, cursor) in self.must.iter_mut().enumerate() {
            part.clear(scores.len());
            cursor.add(first, part);
            for (total, &score) in sum.iter_mut().zip(part.all()) {
                let has_others = index == 0 || *total > 0.0;
                *total = if has_others && score > 0.0 { *total + score } else { 0.0 };
            }
        }
        if !self.should.is_empty() {
            part.clear(scores.len());
            self.should.iter_mut().for_each(|cursor| cursor.add(first, part));
            for (total, &score) in sum.iter_mut().zip(part.all()) {
                if !has_must || *total > 0.0 {
                    *total += score;
                }
            }
        }
        if !self.not.is_empty() {
            part.clear(scores.len());
            self.not.iter_mut().for_each(|cursor| cursor.add(first, part));
            for (total, &score) in sum.iter_mut().zip(part.all()) {
                if score > 0.0 {
                    *total = 0.0;
                }
            }
        }
        for (slot, &total) in scores.all_mut().iter_mut().zip(sum.iter()) {
            *slot += total;
        }
    }
}

impl List {
    fn add(&mut self, first: DocId, scores: &mut Scores) {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&doc| doc < first);
        let rest = self.docs.get(self.at..).unwrap_or_default();
        let inside = inside(rest, first, scores);
        scores.add_all(first, inside, self.scores.get(self.at..).unwrap_or_default());
        self.at += inside.len();
    }
}

/// Returns those of some ascending articles, none before `first`, that are in the window that begins there.
fn inside<'d>(docs: &'d [DocId], first: DocId, scores: &Scores) -> &'d [DocId] {
    let end = u64::from(first) + scores.len() as u64;
    let is_inside = |doc: DocId| u64::from(doc) < end;
    match docs.last() {
        Some(&last) if !is_inside(last) => docs.get(..docs.partition_point(|&doc| is_inside(doc))).unwrap_or_default(),
        _ => docs,
    }
}

impl TermCursor<'_> {
    fn next(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(DocId::MAX)
    }

    fn add(&mut self, first: DocId, scores: &mut Scores) {
        if self.next() < first {
            self.at = self.postings.seek(first);
        }
        let mut block = [0.0; BLOCK];
        loop {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            if docs.is_empty() {
                return;
            }
            let inside = inside(docs, first, scores);
            let freqs = self.postings.freqs();
            let freqs = if freqs.is_empty() { freqs } else { freqs.get(self.at..).unwrap_or_default() };
            scores.add_all(first, inside, self.worth.scores(inside, freqs, &mut block));
            self.at += inside.len();
            if self.at < self.postings.docs().len() {
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}
