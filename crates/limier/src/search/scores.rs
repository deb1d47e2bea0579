//! The scores of a window of articles.

use tantivy::Score;

/// Articles in a window: their scores fit in a first-level cache.
pub(super) const WINDOW: usize = 4096;

/// Articles of a window that are looked at together.
pub(super) const RUN: usize = WINDOW / u64::BITS as usize;

/// The scores of a window of articles, one slot an article, and which of them may be above 0.
///
/// A word that few articles have touches few runs: the others need neither be cleared nor looked at.
pub(super) struct Scores {
    slots: Box<[Score; WINDOW]>,
    /// A bit for each run that was written to.
    touched: u64,
    /// Articles in the window: fewer than [`WINDOW`] at the end of a segment.
    length: usize,
}

impl Scores {
    pub(super) fn new() -> Scores {
        Scores { slots: Box::new([0.0; WINDOW]), touched: 0, length: WINDOW }
    }

    /// Makes all scores 0, for so many articles.
    pub(super) fn clear(&mut self, length: usize) {
        if self.touched.count_ones() > u64::BITS / 2 {
            self.slots.fill(0.0);
        } else {
            for run in bits(self.touched) {
                self.slots.as_chunks_mut::<RUN>().0.get_mut(run).into_iter().for_each(|run| run.fill(0.0));
            }
        }
        (self.touched, self.length) = (0, length.min(WINDOW));
    }

    /// Returns how many articles there are.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Adds to the score of an article, by its place in the window, which is below [`len`](Scores::len).
    pub(super) fn add(&mut self, offset: usize, score: Score) {
        debug_assert!(offset < self.length, "{offset} of {}", self.length);
        // The remainder changes nothing, and spares a comparison for each posting.
        self.slots[offset % WINDOW] += score;
        self.touched |= 1 << (offset % WINDOW / RUN);
    }

    /// Returns the scores of all articles, of which any may now be changed.
    pub(super) fn all_mut(&mut self) -> &mut [Score] {
        self.touched = u64::MAX;
        self.slots.get_mut(..self.length).unwrap_or_default()
    }

    /// Returns the scores of all articles.
    pub(super) fn all(&self) -> &[Score] {
        self.slots.get(..self.length).unwrap_or_default()
    }

    /// Returns the runs that may hold scores above 0, each with the place where it begins; beyond the last article all are 0.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, &[Score; RUN])> {
        let (runs, _) = self.slots.as_chunks();
        bits(self.touched).filter_map(move |run| Some((run * RUN, runs.get(run)?)))
    }
}

/// Returns which bits are set, ascending.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then_some(set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}
