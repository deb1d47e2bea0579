//! The second stage: the best candidates ranked anew by what the first stage does not see.
//!
//! Where the words of the query stand in an article is read from positions: side by side, near each other, gathered in
//! one passage. The very forms of the query count on top of their stems, and a title that many articles share counts by
//! what it tells them apart.

use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::collect::Candidate;
use super::evaluate::{Lengths, SegmentContext};
use super::hits::{Explanation, WordExplanation};
use super::lookup::{Lookup, TermSource};
use super::plan::{LengthOf, Plan, PlannedWord};
use super::ranking::Ranking;

/// A candidate after the second stage.
#[derive(Debug)]
pub(super) struct Ranked {
    pub(super) candidate: Candidate,
    pub(super) explanation: Explanation,
}

/// Scores every candidate anew; the order is kept, sorting is the caller's.
pub(super) fn rerank(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Ranked>> {
    let mut ranked: Vec<Option<Ranked>> = candidates.iter().map(|_| None).collect();
    // Postings are read forwards: segment by segment, articles ascending.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_unstable_by_key(|&rank| candidates.get(rank).map(|c| (c.address.segment_ord, c.address.doc_id)));
    let mut same_titles = HashMap::new();
    let mut at = 0;
    while let Some(candidate) = order.get(at).and_then(|&rank| candidates.get(rank)) {
        let ordinal = candidate.address.segment_ord;
        let context = SegmentContext::new(ordinal as usize, lookup, lengths, ranking.k1)?;
        let mut segment = Segment::open(plan, &context, ranking)?;
        while let Some(&rank) = order.get(at) {
            let Some(&candidate) = candidates.get(rank).filter(|c| c.address.segment_ord == ordinal) else { break };
            let explanation = segment.explain(candidate, &mut same_titles)?;
            if let Some(slot) = ranked.get_mut(rank) {
                *slot = Some(Ranked { candidate: Candidate { score: explanation.score(), ..candidate }, explanation });
            }
            at += 1;
        }
    }
    Ok(ranked.into_iter().flatten().collect())
}

impl Explanation {
    /// Returns the sum of all parts.
    pub(super) fn score(&self) -> f32 {
        self.terms
            + self.shared_title
            + self.title
            + self.exact
            + self.proximity
            + self.passage
            + self.lead
            + self.coverage
    }
}

/// The words of the query in one segment, with cursors on their postings.
struct Segment<'a> {
    context: &'a SegmentContext<'a>,
    ranking: &'a Ranking,
    words: Vec<Cursors<'a>>,
    title_hashes: Column<u64>,
    /// The weight of the whole query: the sum of its words' rarities.
    weight: f32,
    /// Scratch: where words stand, ascending: position and word.
    places: Vec<(u32, usize)>,
}

struct Cursors<'a> {
    word: &'a PlannedWord,
    body: Vec<SegmentPostings>,
    title: Vec<SegmentPostings>,
    body_exact: Vec<SegmentPostings>,
    title_exact: Vec<SegmentPostings>,
    /// Scratch: positions in the body and the title of the current article.
    positions: Vec<u32>,
    title_positions: Vec<u32>,
}

impl<'a> Segment<'a> {
    fn open(plan: &'a Plan, context: &'a SegmentContext<'a>, ranking: &'a Ranking) -> tantivy::Result<Segment<'a>> {
        let open = |sources: &[TermSource], record| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut opened = Vec::new();
            for source in sources.iter().filter(|source| source.is_in(context.ordinal)) {
                opened.extend(source.postings(context.ordinal, context.segment, record)?);
            }
            Ok(opened)
        };
        let mut words = Vec::new();
        for word in plan.words.iter().filter(|word| word.rarity > 0.0) {
            words.push(Cursors {
                word,
                body: open(&word.body, IndexRecordOption::WithFreqsAndPositions)?,
                title: open(&word.title, IndexRecordOption::WithFreqsAndPositions)?,
                body_exact: open(&word.body_exact, IndexRecordOption::WithFreqs)?,
                title_exact: open(&word.title_exact, IndexRecordOption::WithFreqs)?,
                positions: Vec::new(),
                title_positions: Vec::new(),
            });
        }
        Ok(Segment {
            context,
            ranking,
            weight: words.iter().map(|cursors| cursors.word.rarity).sum(),
            words,
            title_hashes: context.segment.fast_fields().u64("title_hash")?,
            places: Vec::new(),
        })
    }

    fn explain(&mut self, candidate: Candidate, same_titles: &mut HashMap<u64, u32>) -> tantivy::Result<Explanation> {
        let doc = candidate.address.doc_id;
        let ranking = self.ranking;
        let mut parts = Explanation { terms: candidate.score, same_titles: 1, ..Explanation::default() };
        let (body_norm, title_norm) = self.norms(doc);
        let saturate = |freq: u32, norm: f32| freq as f32 * (ranking.k1 + 1.0) / (freq as f32 + norm);
        let (mut had, mut in_title, mut title_score, mut title_exact_score) = (0.0, 0.0, 0.0, 0.0);
        let mut title_words = 0;
        for cursors in &mut self.words {
            let rarity = cursors.word.rarity;
            read_positions(&mut cursors.body, doc, &mut cursors.positions);
            let body = u32::try_from(cursors.positions.len()).unwrap_or(u32::MAX);
            read_positions(&mut cursors.title, doc, &mut cursors.title_positions);
            let title = u32::try_from(cursors.title_positions.len()).unwrap_or(u32::MAX);
            let (body_exact, title_exact) =
                (frequency(&mut cursors.body_exact, doc), frequency(&mut cursors.title_exact, doc));
            let is_there = body + title + body_exact + title_exact > 0;
            had += if is_there { rarity } else { 0.0 };
            if title > 0 {
                in_title += rarity;
                title_words += 1;
            }
            if let Some(&first) = cursors.positions.first() {
                parts.lead += ranking.lead * rarity / (1.0 + first as f32 / ranking.lead_words);
            }
            if !cursors.word.mended {
                title_score += rarity * ranking.title * saturate(title, title_norm);
                title_exact_score += rarity * ranking.title_exact * saturate(title_exact, title_norm);
                parts.exact += rarity * ranking.exact * saturate(body_exact, body_norm);
            }
            parts.words.push(WordExplanation {
                word: cursors.word.surface.clone(),
                rarity,
                title,
                body,
                exact: body_exact + title_exact,
            });
        }
        let mut tells_apart = 0.0;
        if title_words > 0 {
            parts.same_titles = self.same_titles(doc, same_titles)?;
            tells_apart = 1.0 / (parts.same_titles as f32).sqrt();
            let length = self.context.title_norms.fieldnorm(doc).max(title_words) as f32;
            let share = in_title * title_words as f32 / length;
            parts.shared_title = title_score * (tells_apart - 1.0);
            parts.title = tells_apart * (title_exact_score + ranking.title_share * share);
        }
        if self.words.len() > 1 && self.weight > 0.0 {
            // A title is a passage too.
            let title_passage = tells_apart * in_title * (in_title / self.weight);
            parts.passage = ranking.passage * self.best_passage().max(title_passage);
            parts.coverage = ranking.coverage * had * (had / self.weight);
            parts.proximity = self.proximity(body_norm, |cursors| &cursors.positions)
                + tells_apart * self.proximity(title_norm, |cursors| &cursors.title_positions);
        }
        Ok(parts)
    }

    fn norms(&self, doc: DocId) -> (f32, f32) {
        let context = self.context;
        let body = context.lengths.of(LengthOf::Body)[usize::from(context.body_norms.fieldnorm_id(doc))];
        let title = context.lengths.of(LengthOf::Title)[usize::from(context.title_norms.fieldnorm_id(doc))];
        (body, title)
    }

    fn same_titles(&self, doc: DocId, known: &mut HashMap<u64, u32>) -> tantivy::Result<u32> {
        let Some(hash) = self.title_hashes.first(doc) else { return Ok(1) };
        if let Some(&count) = known.get(&hash) {
            return Ok(count);
        }
        let count = self.context.lookup.same_titles(hash)?;
        known.insert(hash, count);
        Ok(count)
    }

    /// What neighbouring words of the query are worth where they stand side by side, or near each other.
    fn proximity(&self, norm: f32, positions: for<'c> fn(&'c Cursors<'a>) -> &'c [u32]) -> f32 {
        /// Words within this many positions are near.
        const NEAR: u32 = 8;
        let (ranking, mut sum) = (self.ranking, 0.0);
        let saturate = |freq: u32| freq as f32 * (ranking.k1 + 1.0) / (freq as f32 + norm);
        for pair in self.words.windows(2) {
            let [first, second] = pair else { continue };
            let rarity = first.word.rarity.min(second.word.rarity);
            let apart = second.word.position.saturating_sub(first.word.position);
            let (first, second) = (positions(first), positions(second));
            let (mut adjacent, mut near) = (0, 0);
            let mut from = 0;
            for &position in first {
                // Both lists ascend, so the search goes on where the last one ended.
                while second.get(from).is_some_and(|&other| other + NEAR < position) {
                    from += 1;
                }
                let around = second.get(from..).unwrap_or_default();
                let mut around = around.iter().take_while(|&&other| other <= position + NEAR).peekable();
                near += u32::from(around.peek().is_some());
                adjacent += u32::from(around.any(|&other| other.checked_sub(position) == Some(apart.max(1))));
            }
            sum += rarity * (ranking.pair * saturate(adjacent) + ranking.near * saturate(near));
        }
        sum
    }

    /// The weight of the query's distinct words within the best stretch of [`Ranking::window`] words.
    fn best_passage(&mut self) -> f32 {
        self.places.clear();
        for (index, cursors) in self.words.iter().enumerate() {
            self.places.extend(cursors.positions.iter().map(|&position| (position, index)));
        }
        self.places.sort_unstable();
        let mut counts = vec![0_u32; self.words.len()];
        let (mut sum, mut best, mut tail) = (0.0_f32, 0.0_f32, 0);
        let rarity = |index: usize| self.words.get(index).map_or(0.0, |cursors| cursors.word.rarity);
        for &(position, index) in &self.places {
            while let Some(&(first, left)) = self.places.get(tail)
                && first + self.ranking.window <= position
            {
                if let Some(count) = counts.get_mut(left) {
                    *count -= 1;
                    sum -= if *count == 0 { rarity(left) } else { 0.0 };
                }
                tail += 1;
            }
            if let Some(count) = counts.get_mut(index) {
                sum += if *count == 0 { rarity(index) } else { 0.0 };
                *count += 1;
            }
            best = best.max(sum);
        }
        best * (best / self.weight)
    }
}

/// Reads the positions of all terms in `doc`, ascending.
fn read_positions(cursors: &mut [SegmentPostings], doc: DocId, positions: &mut Vec<u32>) {
    positions.clear();
    for cursor in cursors.iter_mut() {
        if seek(cursor, doc) {
            cursor.append_positions_with_offset(0, positions);
        }
    }
    if cursors.len() > 1 {
        positions.sort_unstable();
        positions.dedup();
    }
}

fn frequency(cursors: &mut [SegmentPostings], doc: DocId) -> u32 {
    cursors.iter_mut().map(|cursor| if seek(cursor, doc) { cursor.term_freq() } else { 0 }).sum()
}

fn seek(cursor: &mut SegmentPostings, doc: DocId) -> bool {
    if cursor.doc() == TERMINATED {
        return false;
    }
    (if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() }) == doc
}
