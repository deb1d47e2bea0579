//! Percentiles, and a test of whether one engine is better than another by more than chance.

use crate::random::Random;

/// How many times signs are flipped; the smallest p-value that can be told is 1 / (ROUNDS + 1).
const ROUNDS: usize = 10_000;

/// Returns the two-sided p-value of a paired randomisation test on the difference of means.
///
/// Under the null hypothesis the two engines are interchangeable, so that the sign of each query's difference is a coin
/// toss: the p-value is the share of random sign assignments whose mean differs from 0 at least as much as the one
/// observed, itself counted (Fisher; for retrieval: Smucker, Allan and Carterette, CIKM 2007). Queries are taken as
/// independent of each other. The same input always gives the same value.
pub(crate) fn paired_p_value(ours: &[f64], theirs: &[f64]) -> f64 {
    let differences: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a - b).filter(|d| *d != 0.0).collect();
    let observed: f64 = differences.iter().sum::<f64>().abs();
    // Sums in another order differ by rounding: an equal sum must count as equal.
    let threshold = observed - 1e-9;
    let mut random = Random::new(20_07);
    let mut at_least = 1;
    for _ in 0..ROUNDS {
        let mut sum = 0.0;
        for chunk in differences.chunks(64) {
            let mut signs = random.bits();
            for difference in chunk {
                sum += if signs & 1 == 0 { *difference } else { -difference };
                signs >>= 1;
            }
        }
        if sum.abs() >= threshold {
            at_least += 1;
        }
    }
    f64::from(at_least) / (ROUNDS + 1) as f64
}

/// Returns the value below which `percent` of the values lie (nearest rank), 0 when there are none.
pub(crate) fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Returns the median (nearest rank), 0 when there are no values.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_engines_do_not_differ() {
        assert_eq!(paired_p_value(&[0.5, 0.2], &[0.5, 0.2]), 1.0);
        assert_eq!(paired_p_value(&[], &[]), 1.0);
    }

    #[test]
    fn all_signs_alike_has_the_exact_probability() {
        // Five equal gains: of the 32 sign assignments two are as extreme, p = 1/16.
        let p = paired_p_value(&[1.0; 5], &[0.0; 5]);
        assert!((p - 0.0625).abs() < 0.01, "{p}");
        let steady = paired_p_value(&[0.6; 50], &[0.5; 50]);
        assert!(steady < 0.001, "{steady}");
    }

    #[test]
    fn gains_and_losses_that_cancel_are_chance() {
        let ours = [0.9, 0.1, 0.8, 0.2];
        let theirs = [0.1, 0.9, 0.2, 0.8];
        assert_eq!(paired_p_value(&ours, &theirs), 1.0);
    }

    #[test]
    fn swapping_engines_keeps_the_p_value() {
        let (ours, theirs) = ([0.3, 0.9, 0.4, 0.7, 1.0], [0.1, 0.8, 0.5, 0.2, 0.6]);
        assert_eq!(paired_p_value(&ours, &theirs), paired_p_value(&theirs, &ours));
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(percentile(&values, 50.0), 2.0);
        assert_eq!(percentile(&values, 99.0), 4.0);
        assert_eq!(percentile(&values, 0.0), 1.0);
        assert_eq!(median(&[]), 0.0);
    }
}
