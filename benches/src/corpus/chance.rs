//! How often words come, and how long texts are.

use crate::random::Random;

/// Ranks of words, 1 the most frequent, by a law of two powers over an unbounded vocabulary.
///
/// Up to the bend, frequency falls as 1 / (rank + offset), the law of Zipf as Mandelbrot amended it; beyond, as
/// 1 / rank^1.77. So the number of different words grows with the text, in the end as its length to the power 1 / 1.77
/// (Heaps' law). The bend and the exponent are those of Gerlach and Altmann, "Stochastic Model for the Vocabulary Growth in
/// Natural Languages", Physical Review X 3 (2013).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranks {
    offset: f64,
    /// The bend, with the offset.
    bend: f64,
    /// What is below the bend, of all.
    head: f64,
    all: f64,
}

/// The exponent beyond the bend.
const TAIL: f64 = 1.77;

/// The rank past which none is drawn: a word beyond it would not come twice in a terabyte.
const LAST: f64 = 1e12;

impl Ranks {
    /// Makes a law with this offset, above 0, and this bend, above 1.
    pub(crate) fn new(offset: f64, bend: f64) -> Ranks {
        let head = ((bend + offset) / (1.0 + offset)).ln();
        Ranks { offset, bend: bend + offset, head, all: head + 1.0 / (TAIL - 1.0) }
    }

    /// Draws a rank, from 1.
    pub(crate) fn draw(&self, random: &mut Random) -> u64 {
        // The inverse of the distribution function of the law taken as a density.
        let at = random.unit() * self.all;
        let place = if at < self.head {
            (1.0 + self.offset) * at.exp()
        } else {
            let left = 1.0 - (at - self.head) * (TAIL - 1.0);
            self.bend * left.powf(-1.0 / (TAIL - 1.0))
        };
        (place - self.offset).clamp(1.0, LAST) as u64
    }
}

/// Draws a whole number from a log-normal distribution of this median, `spread` the deviation of its logarithm.
///
/// Numbers more than three deviations away are drawn as if they were three deviations away.
pub(crate) fn log_normal(median: f64, spread: f64, random: &mut Random) -> usize {
    // Box and Muller (1958); the logarithm of 0 is kept out.
    let (a, b) = (1.0 - random.unit(), random.unit());
    let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
    (median * (spread * normal.clamp(-3.0, 3.0)).exp()).round() as usize
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_vocabulary_grows_as_a_power_of_the_text() {
        let law = Ranks::new(2.7, 7_873.0);
        let mut random = Random::new(3);
        let mut seen = HashSet::new();
        let mut sizes = Vec::new();
        for drawn in 1..=1_000_000 {
            seen.insert(law.draw(&mut random));
            if [10_000, 100_000, 1_000_000].contains(&drawn) {
                sizes.push(seen.len() as f64);
            }
        }
        let exponents: Vec<f64> = sizes.windows(2).map(|pair| (pair[1] / pair[0]).log10()).collect();
        // It falls towards 1 / 1.77 = 0.565 from the straight line of a text of new words only.
        assert!(exponents.iter().all(|exponent| (0.5..0.8).contains(exponent)), "{exponents:?}");
        assert!(exponents[0] > exponents[1], "{exponents:?}");
    }

    #[test]
    fn the_first_rank_is_as_frequent_as_the_law_says() {
        let law = Ranks::new(2.7, 7_873.0);
        let mut random = Random::new(3);
        let first = (0..100_000).filter(|_| law.draw(&mut random) == 1).count() as f64 / 1e5;
        let expected = (4.7f64 / 3.7).ln() / law.all;
        assert!((first / expected - 1.0).abs() < 0.1, "{first} {expected}");
    }

    #[test]
    fn lengths_have_their_median_and_are_skewed() {
        let mut random = Random::new(5);
        let mut lengths: Vec<usize> = (0..10_001).map(|_| log_normal(500.0, 0.9, &mut random)).collect();
        lengths.sort_unstable();
        assert!((470..530).contains(&lengths[5_000]), "{}", lengths[5_000]);
        let mean = lengths.iter().sum::<usize>() / lengths.len();
        assert!((680..830).contains(&mean), "{mean}");
        assert!(lengths[0] >= 500 / 15 && lengths[10_000] <= 500 * 15);
    }
}
