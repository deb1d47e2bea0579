//! What a sentence is worth as an answer.
//!
//! Its distinct words, each by its rarity; more when they stand close together or as a phrase; a little for saying a word
//! again, and a little for being early, because an article says first what it is about. The constants are modest on
//! purpose: none outweighs another word of the query, and all were set by reading passages, not fitted.

use std::ops::Range;

use super::matches::Match;

/// Share left of a word that an earlier passage has shown already: ten of them weigh as much as one that is new.
const SHOWN: f32 = 0.1;
/// At most this share on top, for words that touch each other.
const CLOSENESS: f32 = 0.4;
/// Length in bytes, from the first word to the last, at which half of that is left.
const CLOSENESS_HALF: f32 = 60.0;
/// This share of its weight on top, for a word that stands in its phrase.
const PHRASE: f32 = 0.5;
/// This share of its weight on top, for each time a word is said again, three times at most.
const AGAIN: f32 = 0.04;
/// At most this share on top, at the very beginning of the article.
const EARLY: f32 = 0.15;
/// Bytes from the beginning at which half of that is left.
const EARLY_HALF: f32 = 2_000.0;
/// A heading names its subject and says nothing of it.
const HEADING: f32 = 0.7;

/// What has been seen of each word of the query, used again from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    /// Weight of each word seen in the sentence, 0 for none, and how often.
    seen: Vec<(f32, u32)>,
    /// Whether an earlier passage has shown the word.
    shown: Vec<bool>,
}

impl Scorer {
    pub(super) fn new(words: usize) -> Scorer {
        Scorer { seen: vec![(0.0, 0); words], shown: vec![false; words] }
    }

    /// Remembers the words of a passage that is shown.
    pub(super) fn show(&mut self, words: &[Match]) {
        for word in words {
            if let Some(shown) = self.shown.get_mut(word.word) {
                *shown = true;
            }
        }
    }

    /// Tells whether one of `words` has not been shown yet.
    pub(super) fn has_news(&self, words: &[Match]) -> bool {
        words.iter().any(|word| self.shown.get(word.word) == Some(&false))
    }

    /// Returns the worth of a sentence with these matches, above 0 if there is one.
    pub(super) fn worth(&mut self, sentence: &Range<usize>, words: &[Match], is_heading: bool) -> f32 {
        let mut distinct = 0;
        let mut sum = 0.0;
        for word in words {
            let shown = self.shown.get(word.word).copied().unwrap_or_default();
            let Some((weight, count)) = self.seen.get_mut(word.word) else { continue };
            let gain = word.weight * if shown { SHOWN } else { 1.0 };
            *count += 1;
            distinct += usize::from(*count == 1);
            if (2..=4).contains(count) {
                sum += gain * AGAIN;
            }
            // A word counts once, by the best of its places: within a phrase, or by the heavier of two targets.
            let best = gain * if word.in_phrase { 1.0 + PHRASE } else { 1.0 };
            if best > *weight {
                sum += best - *weight;
                *weight = best;
            }
        }
        if distinct > 1 {
            let stretch = self.narrowest(words, distinct) as f32;
            sum *= 1.0 + CLOSENESS * CLOSENESS_HALF / (CLOSENESS_HALF + stretch);
        }
        for word in words {
            if let Some(seen) = self.seen.get_mut(word.word) {
                *seen = (0.0, 0);
            }
        }
        let early = EARLY * EARLY_HALF / (EARLY_HALF + sentence.start as f32);
        sum * (1.0 + early) * if is_heading { HEADING } else { 1.0 }
    }

    /// Returns the length in bytes of the narrowest stretch that holds each of the distinct words.
    fn narrowest(&mut self, words: &[Match], distinct: usize) -> usize {
        for word in words {
            if let Some((_, count)) = self.seen.get_mut(word.word) {
                *count = 0;
            }
        }
        let mut held = 0;
        let mut narrowest = usize::MAX;
        let mut lead = words.iter();
        let mut first = lead.next();
        for last in words {
            if let Some((_, count)) = self.seen.get_mut(last.word) {
                *count += 1;
                held += usize::from(*count == 1);
            }
            while let (true, Some(word)) = (held == distinct, first) {
                narrowest = narrowest.min(last.end.max(word.end) - word.start);
                if let Some((_, count)) = self.seen.get_mut(word.word) {
                    *count -= 1;
                    held -= usize::from(*count == 0);
                }
                first = lead.next();
            }
        }
        narrowest
    }
}
