//! The scores of a window of articles.

use tantivy::{DocId, Score};

/// Articles in a window: their scores fit in a first-level cache.
pub(super) const WINDOW: usize = 4096;

/// Articles of a window that are looked at together.
pub(super) const RUN: usize = WINDOW / RUNS;

/// Runs of a window: a bit each.
pub(super) const RUNS: usize = u64::BITS as usize;

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
        let (runs, _) = self.slots.as_chunks_mut::<RUN>();
        for run in bits(self.touched) {
            runs[run % RUNS] = [0.0; RUN];
        }
        (self.touched, self.length) = (0, length.min(WINDOW));
    }

    /// Returns how many articles there are.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Adds to the scores of articles in ascending order, all of them in the window, which begins at `first`.
    pub(super) fn add_all(&mut self, first: DocId, docs: &[DocId], scores: &[Score]) {
        let place = |doc: DocId| doc.wrapping_sub(first) as usize % WINDOW;
        for (&doc, &score) in docs.iter().zip(scores) {
            self.slots[place(doc)] += score;
        }
        let (Some(&low), Some(&high)) = (docs.first(), docs.last()) else { return };
        let (low, high) = (place(low) / RUN, place(high) / RUN);
        if docs.len() > high.saturating_sub(low) {
            // As many articles as runs touch nearly all of these.
            self.touched |= (u64::MAX << low) & (u64::MAX >> (63 - high));
        } else {
            self.touched = docs.iter().fold(self.touched, |touched, &doc| touched | 1 << (place(doc) / RUN));
        }
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

    /// Returns the runs that may hold scores above 0, each with its number; beyond the last article all are 0.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, &[Score; RUN])> {
        bits(self.touched).map(|run| (run, self.run(run)))
    }

    /// Returns a run by its number, below [`RUNS`].
    pub(super) fn run(&self, run: usize) -> &[Score; RUN] {
        let (runs, _) = self.slots.as_chunks();
        &runs[run % RUNS]
    }
}

/// Returns which bits are set, ascending.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then_some(set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_in_the_runs_that_were_touched() {
        let mut scores = Scores::new();
        for docs in [vec![100], (100..4196).collect(), vec![100, 163, 164, 4195], (1000..1040).collect(), vec![]] {
            scores.clear(WINDOW);
            let worth: Vec<Score> = docs.iter().map(|&doc| doc as Score).collect();
            scores.add_all(100, &docs, &worth);
            let in_runs = scores.runs().flat_map(|(run, scores)| (run * RUN..).zip(scores.iter().copied()));
            let found: Vec<(usize, Score)> = in_runs.filter(|&(_, score)| score > 0.0).collect();
            let expected: Vec<(usize, Score)> = docs.iter().map(|&doc| (doc as usize - 100, doc as Score)).collect();
            assert_eq!(found, expected);
        }
        scores.clear(WINDOW);
        assert!(scores.all().iter().all(|&score| score == 0.0));
    }
}
