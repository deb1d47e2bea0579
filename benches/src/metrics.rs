//! Measures of a ranking, as trec_eval and BEIR compute them.
//!
//! - nDCG@10: the sum of gain / log2(rank + 1) over the first ten, divided by that of the best possible ranking of all
//!   judged articles (Järvelin and Kekäläinen 2002, with the linear gain of trec_eval's `ndcg_cut.10`).
//! - MRR@10: 1 / rank of the first relevant article, 0 when it is not among the first ten.
//! - recall@100: the part of the relevant articles that is among the first hundred.
//!
//! A query for which nothing is found scores 0 and counts (`trec_eval -c`).

use std::collections::{HashMap, HashSet};
use std::iter::Sum;
use std::ops::{Add, Div};

/// The measures of one query, or their mean over many; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scores {
    pub(crate) ndcg10: f64,
    pub(crate) mrr10: f64,
    pub(crate) recall100: f64,
}

impl Scores {
    /// Measures a ranking (ids, best first) by the gains of the relevant articles.
    ///
    /// An id that comes twice gains only at its first place.
    pub(crate) fn of<'a>(ranking: impl IntoIterator<Item = &'a str>, gains: &HashMap<String, u32>) -> Scores {
        let mut seen = HashSet::new();
        let gain_of = |id: &'a str| if seen.insert(id) { gains.get(id).copied().unwrap_or(0) } else { 0 };
        let ranked: Vec<u32> = ranking.into_iter().take(100).map(gain_of).collect();
        let mut ideal: Vec<u32> = gains.values().copied().filter(|&gain| gain > 0).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        if ideal.is_empty() {
            return Scores::default();
        }

        let first_relevant = ranked.iter().take(10).position(|&gain| gain > 0);
        let found = ranked.iter().filter(|&&gain| gain > 0).count();
        Scores {
            ndcg10: discounted_gain(&ranked) / discounted_gain(&ideal),
            mrr10: first_relevant.map_or(0.0, |index| 1.0 / (index + 1) as f64),
            recall100: found as f64 / ideal.len() as f64,
        }
    }

    /// Returns the mean over queries; zeros when there are none.
    pub(crate) fn mean(scores: &[Scores]) -> Scores {
        let sum: Scores = scores.iter().copied().sum();
        sum / scores.len().max(1) as f64
    }
}

/// Sums gain / log2(rank + 1) over the first ten.
fn discounted_gain(gains: &[u32]) -> f64 {
    gains.iter().take(10).enumerate().map(|(index, &gain)| f64::from(gain) / ((index + 2) as f64).log2()).sum()
}

impl Add for Scores {
    type Output = Scores;

    fn add(self, other: Scores) -> Scores {
        Scores {
            ndcg10: self.ndcg10 + other.ndcg10,
            mrr10: self.mrr10 + other.mrr10,
            recall100: self.recall100 + other.recall100,
        }
    }
}

impl Sum for Scores {
    fn sum<I: Iterator<Item = Scores>>(scores: I) -> Scores {
        scores.fold(Scores::default(), Add::add)
    }
}

impl Div<f64> for Scores {
    type Output = Scores;

    fn div(self, count: f64) -> Scores {
        Scores { ndcg10: self.ndcg10 / count, mrr10: self.mrr10 / count, recall100: self.recall100 / count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gains(pairs: &[(&str, u32)]) -> HashMap<String, u32> {
        pairs.iter().map(|&(id, gain)| (id.to_string(), gain)).collect()
    }

    fn close(measured: f64, expected: f64) {
        assert!((measured - expected).abs() < 1e-6, "{measured} is not {expected}");
    }

    #[test]
    fn one_relevant_article_at_rank_three() {
        let scores = Scores::of(["x", "y", "a"], &gains(&[("a", 1)]));
        close(scores.ndcg10, 0.5); // 1 / log2(4)
        close(scores.mrr10, 1.0 / 3.0);
        close(scores.recall100, 1.0);
    }

    #[test]
    fn graded_gains_by_hand() {
        // DCG = 2/log2(2) + 0 + 3/log2(4) = 3.5; ideal = 3/log2(2) + 2/log2(3) + 1/log2(4) = 4.761859507
        let scores = Scores::of(["b", "x", "a"], &gains(&[("a", 3), ("b", 2), ("c", 1)]));
        close(scores.ndcg10, 3.5 / 4.761_859_507);
        close(scores.mrr10, 1.0);
        close(scores.recall100, 2.0 / 3.0);
    }

    #[test]
    fn ranks_past_the_cut_count_only_for_recall() {
        let filler: Vec<String> = (0..10).map(|n| format!("x{n}")).collect();
        let ranking = filler.iter().map(String::as_str).chain(["a"]);
        let scores = Scores::of(ranking, &gains(&[("a", 1)]));
        close(scores.ndcg10, 0.0);
        close(scores.mrr10, 0.0);
        close(scores.recall100, 1.0);
    }

    #[test]
    fn the_hundred_and_first_is_not_recalled() {
        let filler: Vec<String> = (0..100).map(|n| format!("x{n}")).collect();
        let ranking = filler.iter().map(String::as_str).chain(["a"]);
        close(Scores::of(ranking, &gains(&[("a", 1)])).recall100, 0.0);
    }

    #[test]
    fn more_relevant_articles_than_places_still_reach_one() {
        let ids: Vec<String> = (0..12).map(|n| format!("a{n}")).collect();
        let all: HashMap<String, u32> = ids.iter().map(|id| (id.clone(), 1)).collect();
        close(Scores::of(ids.iter().map(String::as_str), &all).ndcg10, 1.0);
    }

    #[test]
    fn an_article_that_comes_twice_gains_once() {
        let scores = Scores::of(["a", "a"], &gains(&[("a", 1), ("b", 1)]));
        close(scores.ndcg10, 1.0 / (1.0 + 1.0 / 3f64.log2()));
        close(scores.recall100, 0.5);
    }

    #[test]
    fn nothing_found_scores_zero_and_counts() {
        let nothing = Scores::of([], &gains(&[("a", 1)]));
        assert_eq!(nothing, Scores::default());
        let perfect = Scores::of(["a"], &gains(&[("a", 1)]));
        close(Scores::mean(&[nothing, perfect]).ndcg10, 0.5);
        assert_eq!(Scores::mean(&[]), Scores::default());
    }
}
