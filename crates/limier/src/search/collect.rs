//! The best articles of the first stage, and how many there are in all.

use std::cmp::Reverse;

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal};

use super::evaluate::{Cursor, Lengths, SegmentContext, WINDOW};
use super::facets::{Facets, Tally};
use super::filter::Filter;
use super::lookup::Lookup;
use super::plan::Plan;
use super::ranking::Ranking;

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
    /// Whether articles as good as the last candidate were left out.
    pub(super) cuts_a_tie: bool,
}

/// Walks every segment, until the search has to end, and keeps the best `keep` articles, of those that pass the filter, and counts facets.
pub(super) fn collect(
    plan: &Plan,
    filter: Option<&Filter>,
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
    keep: usize,
    facets: &mut Facets,
) -> tantivy::Result<Collected> {
    let mut best = Best::new(keep);
    let mut total = 0;
    let mut windows = Windows { scores: vec![0.0; WINDOW], mended: vec![0.0; WINDOW] };
    for ordinal in 0..lookup.searcher.segment_readers().len() {
        if lookup.deadline.is_over() {
            break;
        }
        let context = SegmentContext::new(ordinal, lookup, lengths, ranking.k1)?;
        let inside = filter.map(|filter| filter.articles(&context)).transpose()?;
        let mut tally = facets.open(context.segment)?;
        total += collect_segment(plan, inside.as_deref(), &context, tally.as_mut(), &mut windows, &mut best)?;
        if let Some(tally) = tally {
            facets.close(tally)?;
        }
    }
    let (candidates, cuts_a_tie) = best.into_sorted();
    Ok(Collected { candidates, total, cuts_a_tie })
}

/// Scratch: the scores of the articles of a window.
struct Windows {
    scores: Vec<Score>,
    mended: Vec<Score>,
}

fn collect_segment(
    plan: &Plan,
    inside: Option<&[bool]>,
    context: &SegmentContext<'_>,
    mut tally: Option<&mut Tally>,
    windows: &mut Windows,
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
    let (mut first, mut total) = (0, 0);
    loop {
        let next = |cursor: &Option<Cursor<'_>>| cursor.as_ref().map_or(DocId::MAX, Cursor::next);
        first = next(&typed).min(next(&mended)).max(first);
        // Asking the time costs little beside a window, and nothing where there is no limit.
        if first >= max_doc || context.lookup.deadline.is_over() {
            return Ok(total);
        }
        let length = WINDOW.min((max_doc - first) as usize);
        let scores = windows.scores.get_mut(..length).unwrap_or_default();
        scores.fill(0.0);
        if let Some(cursor) = &mut typed {
            cursor.add(first, scores);
        }
        let extras = windows.mended.get_mut(..length).unwrap_or_default();
        if let Some(cursor) = &mut mended {
            extras.fill(0.0);
            cursor.add(first, extras);
        }
        let window = Window { segment_ord, first, scores, mended: mended.is_some().then_some(&*extras) };
        let is_plain = mended.is_none() && alive.is_none() && inside.is_none() && tally.is_none();
        if is_plain {
            total += window.offer_all(best);
        } else {
            window.each(|candidate| {
                let doc_id = candidate.address.doc_id;
                if alive.is_some_and(|alive| !alive.is_alive(doc_id))
                    || inside.is_some_and(|inside| inside.get(doc_id as usize) != Some(&true))
                {
                    return;
                }
                total += 1;
                if let Some(tally) = &mut tally {
                    tally.count(doc_id);
                }
                best.offer(candidate);
            });
        }
        first += u32::try_from(length).unwrap_or(u32::MAX);
    }
}

/// The scores of some articles in a row.
struct Window<'a> {
    segment_ord: SegmentOrdinal,
    first: DocId,
    scores: &'a [Score],
    /// What mending adds.
    mended: Option<&'a [Score]>,
}

impl Window<'_> {
    /// Offers what matches and returns how many articles do; nothing is mended.
    ///
    /// Most articles are below the worst of the best: runs of them are passed over by loops that compilers vectorise.
    fn offer_all(&self, best: &mut Best) -> u64 {
        /// Articles that are looked at together.
        const RUN: usize = 64;
        let mut total = 0;
        for (run, scores) in self.scores.chunks(RUN).enumerate() {
            let (mut matching, mut highest) = (0_u32, 0.0_f32);
            for &score in scores {
                matching += u32::from(score > 0.0);
                highest = if score > highest { score } else { highest };
            }
            total += u64::from(matching);
            let least = best.least_score();
            if highest < least {
                continue;
            }
            for (offset, &score) in scores.iter().enumerate().filter(|&(_, &score)| score >= least) {
                best.offer(self.candidate(run * RUN + offset, score, true));
            }
        }
        total
    }

    /// Gives every article that matches.
    fn each(&self, mut give: impl FnMut(Candidate)) {
        for (offset, &score) in self.scores.iter().enumerate() {
            let extra = self.mended.and_then(|mended| mended.get(offset)).copied().unwrap_or(0.0);
            if score + extra > 0.0 {
                give(self.candidate(offset, score + extra, score > 0.0));
            }
        }
    }

    fn candidate(&self, offset: usize, score: Score, as_typed: bool) -> Candidate {
        let doc_id = self.first + u32::try_from(offset).unwrap_or(u32::MAX);
        Candidate { address: DocAddress { segment_ord: self.segment_ord, doc_id }, score, as_typed }
    }
}

/// The best candidates so far: at most twice as many as are kept, so that each is sorted out about once.
struct Best {
    candidates: Vec<Candidate>,
    keep: usize,
    /// The worst of the best when they were last sorted out: what is below it cannot be one of them.
    floor: Option<Candidate>,
    /// The best of those that were left out.
    left_out: Option<Candidate>,
}

impl Best {
    fn new(keep: usize) -> Best {
        Best { candidates: Vec::new(), keep, floor: None, left_out: None }
    }

    /// Returns the score, above 0, below which no candidate that matches as typed is one of the best.
    fn least_score(&self) -> Score {
        self.floor.filter(|floor| floor.as_typed).map_or(Score::MIN_POSITIVE, |floor| floor.score)
    }

    fn offer(&mut self, candidate: Candidate) {
        if self.floor.is_some_and(|floor| candidate < floor) {
            self.left_out = self.left_out.max(Some(candidate));
            return;
        }
        self.candidates.push(candidate);
        if self.candidates.len() >= self.keep.saturating_mul(2).max(1) {
            self.sort_out();
        }
    }

    fn sort_out(&mut self) {
        if self.keep == 0 {
            self.candidates.clear();
        } else if self.candidates.len() > self.keep {
            let (_, worst, others) = self.candidates.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
            self.floor = Some(*worst);
            self.left_out = self.left_out.max(others.iter().max().copied());
            self.candidates.truncate(self.keep);
        }
    }

    /// Returns the best, best first, and whether others as good as the last of them were left out.
    fn into_sorted(mut self) -> (Vec<Candidate>, bool) {
        self.sort_out();
        self.candidates.sort_unstable_by(|a, b| b.cmp(a));
        let key = |candidate: &Candidate| (candidate.as_typed, candidate.score.to_bits());
        let last = self.candidates.last().map(key);
        (self.candidates, last.is_some() && last == self.left_out.as_ref().map(key))
    }
}
