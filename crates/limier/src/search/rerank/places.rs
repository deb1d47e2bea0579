//! What it is worth where the words of a query stand in a text: side by side, near each other, in one passage.

use super::cursors::{Cursors, POSITIONS};
use crate::search::ranking::Ranking;

/// What neighbouring words of the query are worth where they stand side by side, or near each other.
pub(super) fn proximity<'a>(
    words: &[Cursors<'a>],
    ranking: &Ranking,
    norm: f32,
    positions: for<'c> fn(&'c Cursors<'a>) -> &'c [u32],
) -> f32 {
    /// Words within this many positions are near.
    const NEAR: u32 = 8;
    let mut sum = 0.0;
    let saturate = |freq: u32| freq as f32 * (ranking.k1 + 1.0) / (freq as f32 + norm);
    for pair in words.windows(2) {
        let [first, second] = pair else { continue };
        let rarity = first.worth.min(second.worth);
        let apart = second.word.position.saturating_sub(first.word.position);
        let (first, second) = (positions(first), positions(second));
        if first.is_empty() || second.is_empty() {
            continue;
        }
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

/// Scratch: where words stand in a text.
pub(super) struct Places {
    /// Ascending: the position in the upper half, the word in the lower.
    places: Vec<u64>,
    /// How often each word stands in a stretch of text.
    counts: Vec<u32>,
}

impl Places {
    pub(super) fn new() -> Places {
        Places { places: Vec::with_capacity(POSITIONS), counts: Vec::new() }
    }

    /// The weight of the query's distinct words within the best stretch of `window` words, times its share of the whole.
    pub(super) fn best_passage(&mut self, words: &[Cursors<'_>], weight: f32, window: u32) -> f32 {
        self.places.clear();
        for (index, cursors) in words.iter().enumerate() {
            merge(&mut self.places, &cursors.positions, index);
        }
        let counts = &mut self.counts;
        counts.clear();
        counts.resize(words.len(), 0);
        let (mut sum, mut best, mut tail) = (0.0_f32, 0.0_f32, 0);
        let rarity = |index: usize| words.get(index).map_or(0.0, |cursors| cursors.worth);
        let parted = |place: u64| (place >> 32, (place & u64::from(u32::MAX)) as usize);
        for (position, index) in self.places.iter().map(|&place| parted(place)) {
            while let Some((first, left)) = self.places.get(tail).map(|&place| parted(place))
                && first + u64::from(window) <= position
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
        best * (best / weight)
    }
}

/// Puts the positions of a word, ascending, among places in their order: from behind, so that each place moves once.
fn merge(places: &mut Vec<u64>, positions: &[u32], word: usize) {
    let mut left = places.len();
    let mut free = left + positions.len();
    places.resize(free, 0);
    for &position in positions.iter().rev() {
        let new = (u64::from(position) << 32) | word as u64;
        while let Some(&last) = left.checked_sub(1).and_then(|at| places.get(at)).filter(|&&last| last > new) {
            (left, free) = (left - 1, free - 1);
            if let Some(slot) = places.get_mut(free) {
                *slot = last;
            }
        }
        free = free.saturating_sub(1);
        if let Some(slot) = places.get_mut(free) {
            *slot = new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_words_are_merged_in_their_order() {
        let words: [&[u32]; 5] = [&[3, 9, 12], &[], &[1, 9, 40, 41], &[9], &[0, 50]];
        let mut places = Vec::new();
        for (word, positions) in words.into_iter().enumerate() {
            merge(&mut places, positions, word);
        }
        let place = |(word, positions): (usize, &[u32])| -> Vec<u64> {
            positions.iter().map(|&position| (u64::from(position) << 32) | word as u64).collect()
        };
        let mut expected: Vec<u64> = words.into_iter().enumerate().flat_map(place).collect();
        expected.sort_unstable();
        assert_eq!(places, expected);
    }
}
