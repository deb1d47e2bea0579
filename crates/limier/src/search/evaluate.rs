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

use super::lookup::Lookup;
use super::phrase;
use super::plan::{LengthOf, PlanNode, Scope, ScoredTerm};
use super::ranking::Ranking;
use super::scores::{Scores, WINDOW};
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
    pub(super) title_norms: FieldNormReader,
    pub(super) body_norms: FieldNormReader,
}

impl<'a> SegmentContext<'a> {
    pub(super) fn new(
        ordinal: usize,
        lookup: &'a Lookup<'a>,
        lengths: &'a Lengths,
        k1: f32,
    ) -> tantivy::Result<SegmentContext<'a>> {
        let segment = lookup.searcher.segment_reader(u32::try_from(ordinal).unwrap_or(u32::MAX));
        Ok(SegmentContext {
            ordinal,
            segment,
            lookup,
            lengths,
            k1,
            title_norms: segment.get_fieldnorms_reader(lookup.fields.title.stem)?,
            body_norms: segment.get_fieldnorms_reader(lookup.fields.body.stem)?,
        })
    }

    fn norms(&self, text: LengthOf) -> FieldNormReader {
        match text {
            LengthOf::Title => self.title_norms.clone(),
            LengthOf::Body => self.body_norms.clone(),
        }
    }
}

/// A part of a plan on its way through a segment.
pub(super) enum Cursor<'a> {
    Term(TermCursor<'a>),
    /// Articles in ascending order with their scores, and how far they have been read.
    List(Vec<(DocId, Score)>, usize),
    Any(Vec<Cursor<'a>>),
    AtLeast(Box<AtLeastCursor<'a>>),
    Best(Box<BestCursor<'a>>),
    Bool(Box<BoolCursor<'a>>),
    Dates(Column<i64>, DateRange),
    /// Articles with a value in a column.
    Having(Column<u64>),
    Everything,
}

pub(super) struct TermCursor<'a> {
    postings: Box<BlockSegmentPostings>,
    /// Place in the current block.
    at: usize,
    weight: Score,
    length: Option<(FieldNormReader, &'a [f32; 256])>,
    k1: f32,
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
        let open_all = |nodes: &[PlanNode]| -> tantivy::Result<Vec<Option<Cursor<'a>>>> {
            nodes.iter().map(|node| Cursor::open(node, context)).collect()
        };
        Ok(match node {
            PlanNode::Terms(terms) => {
                let mut cursors = Vec::new();
                for term in terms {
                    cursors.extend(TermCursor::open(term, context)?.map(Cursor::Term));
                }
                Cursor::any(cursors)
            }
            PlanNode::Phrase(planned) => {
                let found = phrase::find(planned, context)?;
                (!found.is_empty()).then_some(Cursor::List(found, 0))
            }
            PlanNode::Any(nodes) => Cursor::any(open_all(nodes)?.into_iter().flatten().collect()),
            PlanNode::AtLeast(least, nodes) => {
                let cursors: Vec<Cursor<'a>> = open_all(nodes)?.into_iter().flatten().collect();
                (cursors.len() >= *least).then(|| {
                    let (part, sum, counts) = (Scores::new(), vec![0.0; WINDOW], vec![0; WINDOW]);
                    Cursor::AtLeast(Box::new(AtLeastCursor { least: *least, cursors, part, sum, counts }))
                })
            }
            PlanNode::Best(nodes) => {
                let mut cursors: Vec<Cursor<'a>> = open_all(nodes)?.into_iter().flatten().collect();
                match cursors.len() {
                    0 | 1 => cursors.pop(),
                    _ => {
                        let (part, best) = (Scores::new(), vec![0.0; WINDOW]);
                        Some(Cursor::Best(Box::new(BestCursor { cursors, part, best })))
                    }
                }
            }
            PlanNode::Bool { must, should, not } => {
                let must: Option<Vec<Cursor<'a>>> = open_all(must)?.into_iter().collect();
                let Some(must) = must else { return Ok(None) };
                let should: Vec<Cursor<'a>> = open_all(should)?.into_iter().flatten().collect();
                if must.is_empty() && should.is_empty() {
                    return Ok(None);
                }
                let not = open_all(not)?.into_iter().flatten().collect();
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
            Cursor::List(list, at) => list.get(*at).map_or(DocId::MAX, |&(doc, _)| doc),
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
            Cursor::List(list, at) => {
                while let Some(&(doc, score)) = list.get(*at) {
                    let Some(offset) = doc.checked_sub(first) else {
                        *at += 1;
                        continue;
                    };
                    if offset as usize >= scores.len() {
                        break;
                    }
                    scores.add(offset as usize, score);
                    *at += 1;
                }
            }
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

impl<'a> TermCursor<'a> {
    fn open(term: &ScoredTerm, context: &SegmentContext<'a>) -> tantivy::Result<Option<TermCursor<'a>>> {
        let Some(postings) = term.source.blocks(context.ordinal, context.lookup)? else { return Ok(None) };
        let length = term.length.map(|text| (context.norms(text), context.lengths.of(text)));
        Ok(Some(TermCursor { postings, at: 0, weight: term.weight, length, k1: context.k1 }))
    }

    fn next(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(DocId::MAX)
    }

    fn add(&mut self, first: DocId, scores: &mut Scores) {
        let end = u64::from(first) + scores.len() as u64;
        if u64::from(self.next()) < u64::from(first) {
            self.at = self.postings.seek(first);
        }
        loop {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let Some(&last) = docs.last() else { return };
            let inside =
                if u64::from(last) < end { docs.len() } else { docs.partition_point(|&doc| u64::from(doc) < end) };
            let docs = docs.get(..inside).unwrap_or_default();
            match &self.length {
                None => {
                    docs.iter().for_each(|&doc| scores.add((doc - first) as usize, self.weight));
                }
                Some((norms, table)) => {
                    let gain = self.weight * (self.k1 + 1.0);
                    let mut score = |doc: DocId, freq: f32| {
                        let norm = table[usize::from(norms.fieldnorm_id(doc))];
                        scores.add((doc - first) as usize, gain * freq / (freq + norm));
                    };
                    let freqs = self.postings.freqs();
                    if freqs.is_empty() {
                        docs.iter().for_each(|&doc| score(doc, 1.0));
                    } else {
                        let freqs = freqs.get(self.at..).unwrap_or_default();
                        docs.iter().zip(freqs).for_each(|(&doc, &freq)| score(doc, freq as f32));
                    }
                }
            }
            self.at += inside;
            if self.at < self.postings.docs().len() {
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}
