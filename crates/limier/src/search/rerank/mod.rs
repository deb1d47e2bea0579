//! The second stage: the best candidates ranked anew by what the first stage does not see.
//!
//! Where the words of the query stand in an article is read from positions: side by side, near each other, gathered in
//! one passage. The very forms of the query count on top of their stems, and a title that many articles share counts by
//! what it tells them apart. `cursors` reads a word, `places` weighs where words stand, `segment` makes the score.

mod cursors;
mod places;
mod segment;

use super::collect::Candidate;
use super::evaluate::{Lengths, SegmentContext};
use super::hits::{Explanation, WordExplanation};
use super::lookup::Lookup;
use super::plan::{Plan, PlannedWord};
use super::ranking::Ranking;
use segment::Segment;

/// A candidate after the second stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) candidate: Candidate,
    pub(super) parts: Parts,
}

/// The parts of a score; what each is, [`Explanation`] says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    terms: f32,
    boilerplate: f32,
    shared_title: f32,
    same_titles: u32,
    title: f32,
    exact: f32,
    proximity: f32,
    passage: f32,
    lead: f32,
    coverage: f32,
}

impl Ranked {
    /// A candidate that the second stage did not look at.
    pub(super) fn of_first_stage(candidate: Candidate) -> Ranked {
        Ranked { candidate, parts: Parts::of_first_stage(candidate.score) }
    }
}

impl Parts {
    fn of_first_stage(terms: f32) -> Parts {
        Parts { terms, same_titles: 1, ..Parts::default() }
    }

    fn score(&self) -> f32 {
        self.terms
            + self.boilerplate
            + self.shared_title
            + self.title
            + self.exact
            + self.proximity
            + self.passage
            + self.lead
            + self.coverage
    }

    pub(super) fn explanation(&self, words: Vec<WordExplanation>) -> Explanation {
        let Parts { terms, boilerplate, shared_title, same_titles, title, exact, proximity, passage, lead, coverage } =
            *self;
        Explanation {
            terms,
            boilerplate,
            shared_title,
            same_titles,
            title,
            exact,
            proximity,
            passage,
            lead,
            coverage,
            words,
        }
    }
}

/// Scores every candidate anew and returns them in no order: sorting is the caller's.
pub(super) fn rerank(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Ranked>> {
    if !plan.words.iter().any(PlannedWord::can_be_placed) {
        // Prefixes, phrases and dates score in the first stage alone.
        return Ok(candidates.iter().copied().map(Ranked::of_first_stage).collect());
    }
    let mut ranked = Vec::with_capacity(candidates.len());
    in_order_of_postings(plan, candidates, lookup, lengths, ranking, |segment, _, candidate| {
        let parts = segment.score(candidate)?;
        ranked.push(Ranked { candidate: Candidate { score: parts.score(), ..candidate }, parts });
        Ok(())
    })?;
    Ok(ranked)
}

/// Returns how often each candidate has each word of the query.
pub(super) fn explain_words(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Vec<WordExplanation>>> {
    let mut explained: Vec<Vec<WordExplanation>> = candidates.iter().map(|_| Vec::new()).collect();
    in_order_of_postings(plan, candidates, lookup, lengths, ranking, |segment, place, candidate| {
        if let Some(slot) = explained.get_mut(place) {
            *slot = segment.explain(candidate.address.doc_id);
        }
        Ok(())
    })?;
    Ok(explained)
}

/// Does `work` for each candidate and its place among them: postings are read forwards, segment by segment, articles ascending.
fn in_order_of_postings(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
    mut work: impl FnMut(&mut Segment<'_>, usize, Candidate) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let order =
        |(place, candidate): (usize, &Candidate)| (candidate.address.segment_ord, candidate.address.doc_id, place);
    let mut order: Vec<_> = candidates.iter().enumerate().map(order).collect();
    order.sort_unstable();
    for of_segment in order.chunk_by(|(a, ..), (b, ..)| a == b) {
        let Some(&(ordinal, ..)) = of_segment.first() else { continue };
        let context = SegmentContext::new(ordinal as usize, lookup, lengths, ranking.k1)?;
        let mut segment = Segment::open(plan, &context, ranking)?;
        for &(_, _, place) in of_segment {
            if let Some(&candidate) = candidates.get(place) {
                work(&mut segment, place, candidate)?;
            }
        }
    }
    Ok(())
}
