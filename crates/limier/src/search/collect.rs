//! The best articles of the first stage, and how many there are in all.

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal};

use super::evaluate::{Cursor, Lengths, SegmentContext};
use super::facets::{Facets, Tally};
use super::filter::Filter;
use super::lookup::Lookup;
use super::plan::Plan;
use super::ranking::Ranking;
use super::scores::{RUN, RUNS, Scores, WINDOW, bits};

/// Articles of one score that are ordered by id; more stay in the order in which they lie in the index.
pub(super) const MAX_TIE: usize = 1000;

/// An article on its way through ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    pub(super) score: Score,
    /// Whether the query as typed matches, without mending.
    pub(super) as_typed: bool,
}

impl Eq for Candidate {}

impl Candidate {
    /// Its rank as one number, which compares in a few instructions: found as typed, then the score, then what lies first.
    pub(super) fn rank(&self) -> u128 {
        // The bits of floating-point numbers ascend with them once those of negative ones are turned over.
        let bits = self.score.to_bits();
        let score = bits ^ if self.score.is_sign_negative() { u32::MAX } else { 1 << 31 };
        let place = (u64::from(self.address.segment_ord) << 32) | u64::from(self.address.doc_id);
        (u128::from(self.as_typed) << 96) | (u128::from(score) << 64) | u128::from(!place)
    }

    /// Makes the candidate of a rank again.
    fn of_rank(rank: u128) -> Candidate {
        let low = |number: u128| u32::try_from(number & u128::from(u32::MAX)).unwrap_or_default();
        let (score, segment_ord, doc_id) = (low(rank >> 64), !low(rank >> 32), !low(rank));
        let bits = score ^ if score >> 31 == 0 { u32::MAX } else { 1 << 31 };
        let address = DocAddress { segment_ord, doc_id };
        Candidate { address, score: Score::from_bits(bits), as_typed: rank >> 96 == 1 }
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
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
    /// The best articles, in no order: most often the second stage makes one.
    pub(super) candidates: Vec<Candidate>,
    /// Articles as good as the last candidate that were left out, of more than [`MAX_TIE`] some.
    pub(super) equals: Vec<Candidate>,
    /// How many articles match.
    pub(super) total: u64,
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
    let mut windows = Windows { scores: Scores::new(), mended: plan.mended.is_some().then(Scores::new) };
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
    let (candidates, equals) = best.into_candidates();
    Ok(Collected { candidates, equals, total })
}

/// Scratch: the scores of the articles of a window.
struct Windows {
    scores: Scores,
    /// Of what mending adds.
    mended: Option<Scores>,
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
        windows.scores.clear(length);
        if let Some(cursor) = &mut typed {
            cursor.add(first, &mut windows.scores);
        }
        if let (Some(cursor), Some(extras)) = (&mut mended, &mut windows.mended) {
            extras.clear(length);
            cursor.add(first, extras);
        }
        let extras = windows.mended.as_ref().filter(|_| mended.is_some());
        let window = Window { segment_ord, first, scores: &windows.scores, mended: extras };
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
    scores: &'a Scores,
    /// What mending adds.
    mended: Option<&'a Scores>,
}

impl Window<'_> {
    /// Offers what matches and returns how many articles do; nothing is mended.
    ///
    /// Most articles are below the worst of the best. Each run is looked at in lanes, by loops that compilers vectorise, and
    /// gives the greatest score of each lane. As many of these as are kept bound what can be among the best of the window,
    /// so that hardly more are offered.
    fn offer_all(&self, best: &mut Best) -> u64 {
        /// Articles of a run that are looked at together: each lane keeps a count and a maximum of its own.
        const LANES: usize = 8;
        let is_above = |lanes: &[f32; LANES], least| lanes.iter().fold(false, |any, &score| any | (score >= least));
        let least = best.least_score();
        let mut matching = [0_u32; LANES];
        let mut maxima = [[0.0_f32; LANES]; RUNS];
        // A bit for each run that holds what is good enough.
        let mut high_runs = 0_u64;
        for (run, scores) in self.scores.runs() {
            let (all_lanes, _) = scores.as_chunks::<LANES>();
            let mut highest = [0.0_f32; LANES];
            for lanes in all_lanes {
                for lane in 0..LANES {
                    matching[lane] += u32::from(lanes[lane] > 0.0);
                    highest[lane] = if lanes[lane] > highest[lane] { lanes[lane] } else { highest[lane] };
                }
            }
            maxima[run % RUNS] = highest;
            high_runs |= u64::from(is_above(&highest, least)) << (run % RUNS);
        }
        best.reach_all(bits(high_runs).map(|run| &maxima[run % RUNS]));
        let least = best.least_score();
        for run in bits(high_runs).filter(|run| is_above(&maxima[run % RUNS], least)) {
            let (all_lanes, _) = self.scores.run(run).as_chunks::<LANES>();
            for (lane, _) in maxima[run % RUNS].iter().enumerate().filter(|&(_, &highest)| highest >= least) {
                for (at, lanes) in all_lanes.iter().enumerate() {
                    if lanes[lane] >= least {
                        best.offer(self.candidate(run * RUN + at * LANES + lane, lanes[lane], true));
                    }
                }
            }
        }
        matching.iter().map(|&count| u64::from(count)).sum()
    }

    /// Gives every article that matches.
    fn each(&self, mut give: impl FnMut(Candidate)) {
        let extras = self.mended.map(Scores::all);
        for (offset, &score) in self.scores.all().iter().enumerate() {
            let extra = extras.and_then(|extras| extras.get(offset)).copied().unwrap_or(0.0);
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

/// The best candidates so far, by their ranks: at most twice as many as are kept, so that each is sorted out about once.
struct Best {
    ranks: Vec<u128>,
    keep: usize,
    /// The worst of the best when they were last sorted out: what is below it cannot be one of them.
    floor: Option<u128>,
    left_out: LeftOut,
    /// A score that as many as are kept have reached, or 0.
    reached: Score,
    /// Scratch: the bits of high scores of a window.
    scratch: Vec<u32>,
}

impl Best {
    fn new(keep: usize) -> Best {
        Best {
            ranks: Vec::with_capacity(keep.saturating_mul(2).min(WINDOW)),
            keep,
            floor: None,
            left_out: LeftOut::default(),
            reached: 0.0,
            scratch: Vec::with_capacity(8 * RUNS),
        }
    }

    /// Returns the score, above 0, below which no candidate that matches as typed is one of the best.
    fn least_score(&self) -> Score {
        let floor = self.floor.map(Candidate::of_rank).filter(|floor| floor.as_typed);
        floor.map_or(Score::MIN_POSITIVE, |floor| floor.score).max(self.reached)
    }

    /// Says that there are candidates with these scores that match as typed, if they are above 0.
    fn reach_all<'s, const LANES: usize>(&mut self, scores: impl Iterator<Item = &'s [Score; LANES]>) {
        /// Lanes of which the greatest score alone is looked at: of the best few two seldom lie so near each other.
        const GROUP: usize = 4;
        let least = self.least_score();
        self.scratch.clear();
        for lanes in scores {
            for group in lanes.chunks(GROUP) {
                let highest = group.iter().fold(0.0, |highest, &score| if score > highest { score } else { highest });
                if highest >= least {
                    // The bits of floating-point numbers above 0 ascend with them.
                    self.scratch.push(highest.to_bits());
                }
            }
        }
        if (1..self.scratch.len()).contains(&self.keep) {
            let (_, &mut least, _) = self.scratch.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
            self.reached = self.reached.max(Score::from_bits(least));
        }
    }

    fn offer(&mut self, candidate: Candidate) {
        let rank = candidate.rank();
        if self.floor.is_some_and(|floor| rank < floor) {
            self.left_out.add(rank);
            return;
        }
        self.ranks.push(rank);
        if self.ranks.len() >= self.keep.saturating_mul(2).max(1) {
            self.sort_out();
        }
    }

    fn sort_out(&mut self) {
        if self.keep == 0 {
            self.ranks.clear();
        } else if self.ranks.len() > self.keep {
            let (_, worst, others) = self.ranks.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
            self.floor = Some(*worst);
            others.iter().for_each(|&rank| self.left_out.add(rank));
            self.ranks.truncate(self.keep);
        }
    }

    /// Returns the best, in no order, and those as good as the last of them that were left out.
    fn into_candidates(mut self) -> (Vec<Candidate>, Vec<Candidate>) {
        self.sort_out();
        let LeftOut { merit: best_left_out, ranks: mut equals } = self.left_out;
        if self.ranks.iter().min().is_none_or(|&last| merit(last) != best_left_out) {
            equals.clear();
        }
        equals.sort_unstable_by(|a, b| b.cmp(a));
        let candidates = |ranks: Vec<u128>| ranks.into_iter().map(Candidate::of_rank).collect();
        (candidates(self.ranks), candidates(equals))
    }
}

/// All of a rank but the place, which only tells equals apart.
fn merit(rank: u128) -> u128 {
    rank >> 64
}

/// The best of those that were left out, all of one merit: one more than [`MAX_TIE`] is too many to be ordered.
#[derive(Default)]
struct LeftOut {
    merit: u128,
    ranks: Vec<u128>,
}

impl LeftOut {
    fn add(&mut self, rank: u128) {
        if merit(rank) > self.merit {
            self.merit = merit(rank);
            self.ranks.clear();
        }
        if merit(rank) == self.merit && self.ranks.len() <= MAX_TIE {
            self.ranks.push(rank);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_tells_all_of_a_candidate() {
        for (score, as_typed) in [(0.5, true), (-0.5, false), (0.0, true), (-0.0, true), (1e30, false), (1e-40, true)] {
            let address = DocAddress { segment_ord: 7, doc_id: 123_456 };
            let candidate = Candidate { address, score, as_typed };
            assert_eq!(Candidate::of_rank(candidate.rank()), candidate);
        }
    }

    #[test]
    fn ranks_ascend_with_what_is_better() {
        let candidate = |as_typed, score, segment_ord, doc_id| Candidate {
            address: DocAddress { segment_ord, doc_id },
            score,
            as_typed,
        };
        // Worst first: found by mending alone, then by score, then by what lies further back.
        let ascending = [
            candidate(false, 9.0, 0, 0),
            candidate(true, -2.0, 0, 0),
            candidate(true, -1.0, 0, 0),
            candidate(true, 0.25, 0, 0),
            candidate(true, 1.5, 1, 0),
            candidate(true, 1.5, 0, 9),
            candidate(true, 1.5, 0, 8),
            candidate(true, 2.0, 5, 5),
        ];
        assert!(ascending.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_window_offers_all_that_is_among_the_best() {
        // Scores with many equals, as few different ones as those of a date and as many as of several words.
        for levels in [2, 7, 100_000] {
            for (length, keep) in [(WINDOW, 40), (WINDOW, 1), (1000, 300), (70, 100), (70, 0), (WINDOW, WINDOW)] {
                let (mut bits, mut scores) = (1_u32, Scores::new());
                let (mut some, mut each) = (Best::new(keep), Best::new(keep));
                for first in [0, 5000, 10_000] {
                    scores.clear(length);
                    for doc in first..first + length as DocId {
                        bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        let level = (bits >> 8) % levels;
                        scores.add_all(first, &[doc], &[if bits >> 30 == 0 { 0.0 } else { level as Score }]);
                    }
                    let window = Window { segment_ord: 0, first, scores: &scores, mended: None };
                    let total = window.offer_all(&mut some);
                    let mut matching = 0;
                    window.each(|candidate| {
                        matching += 1;
                        each.offer(candidate);
                    });
                    assert_eq!(total, matching);
                }
                let ((mut some, some_equals), (mut each, each_equals)) =
                    (some.into_candidates(), each.into_candidates());
                some.sort_unstable();
                each.sort_unstable();
                assert_eq!(some, each, "{levels} levels, {keep} of {length}");
                assert_eq!(some_equals.len(), each_equals.len());
                assert!(some_equals == each_equals || some_equals.len() > MAX_TIE);
            }
        }
    }
}
