//! The best articles of the first stage, and how many there are in all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal};

use super::evaluate::{Cursor, Lengths, SegmentContext, WINDOW};
use super::lookup::Lookup;
use super::plan::Plan;
use super::ranking::Ranking;
use super::within::Within;

/// An article on its way through ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    pub(super) score: Score,
    /// Whether the query as typed matches, without mending.
    pub(super) as_typed: bool,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> std::cmp::Ordering {
        let key = |candidate: &Candidate| {
            (candidate.as_typed, Reverse((candidate.address.segment_ord, candidate.address.doc_id)))
        };
        self.as_typed
            .cmp(&other.as_typed)
            .then(self.score.total_cmp(&other.score))
            .then_with(|| key(self).cmp(&key(other)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What the first stage found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The best articles, best first.
    pub(super) candidates: Vec<Candidate>,
    /// How many articles match.
    pub(super) total: u64,
}

/// Walks every segment and keeps the best `keep` articles, of those `within` where it is given.
pub(super) fn collect(
    plan: &Plan,
    within: Option<&Within>,
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
    keep: usize,
) -> tantivy::Result<Collected> {
    let mut best = Best { heap: BinaryHeap::new(), keep };
    let mut total = 0;
    for ordinal in 0..lookup.searcher.segment_readers().len() {
        let context = SegmentContext::new(ordinal, lookup, lengths, ranking.k1)?;
        let inside = within.map(|within| within.articles(&context)).transpose()?;
        total += collect_segment(plan, inside.as_deref(), &context, &mut best)?;
    }
    let mut candidates: Vec<Candidate> = best.heap.into_iter().map(|Reverse(candidate)| candidate).collect();
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    Ok(Collected { candidates, total })
}

fn collect_segment(
    plan: &Plan,
    inside: Option<&[bool]>,
    context: &SegmentContext<'_>,
    best: &mut Best,
) -> tantivy::Result<u64> {
    let mut typed = Cursor::open(&plan.root, context)?;
    let mut mended = match &plan.mended {
        Some(node) => Cursor::open(node, context)?,
        None => None,
    };
    let segment_ord = SegmentOrdinal::try_from(context.ordinal).unwrap_or(SegmentOrdinal::MAX);
    let max_doc = context.segment.max_doc();
    let alive = context.segment.alive_bitset();
    let (mut scores, mut extra) = (vec![0.0; WINDOW], vec![0.0; WINDOW]);
    let (mut first, mut total) = (0, 0);
    loop {
        let next = |cursor: &Option<Cursor<'_>>| cursor.as_ref().map_or(DocId::MAX, Cursor::next);
        first = next(&typed).min(next(&mended)).max(first);
        if first >= max_doc {
            return Ok(total);
        }
        let length = WINDOW.min((max_doc - first) as usize);
        let window = scores.get_mut(..length).unwrap_or_default();
        window.fill(0.0);
        if let Some(cursor) = &mut typed {
            cursor.add(first, window);
        }
        let extras = extra.get_mut(..length).unwrap_or_default();
        if let Some(cursor) = &mut mended {
            extras.fill(0.0);
            cursor.add(first, extras);
        }
        for ((doc_id, &score), &extra) in (first..).zip(window.iter()).zip(extras.iter()) {
            if score + extra <= 0.0 || alive.is_some_and(|alive| !alive.is_alive(doc_id)) {
                continue;
            }
            if inside.is_some_and(|inside| inside.get(doc_id as usize) != Some(&true)) {
                continue;
            }
            total += 1;
            let address = DocAddress { segment_ord, doc_id };
            best.offer(Candidate { address, score: score + extra, as_typed: score > 0.0 });
        }
        first += u32::try_from(length).unwrap_or(u32::MAX);
    }
}

struct Best {
    heap: BinaryHeap<Reverse<Candidate>>,
    keep: usize,
}

impl Best {
    fn offer(&mut self, candidate: Candidate) {
        if self.heap.len() < self.keep {
            self.heap.push(Reverse(candidate));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < candidate
        {
            *worst = Reverse(candidate);
        }
    }
}
