//! The power with which a cost grows.

/// Returns the slope of the straight line through the logarithms by least squares; `None` when a value is not above 0 or
/// there are fewer than two sizes.
///
/// 1 is a cost in proportion to the size, 0 one that does not grow, 0.5 one that doubles when the size is four times as large.
pub(super) fn exponent(sizes: &[f64], costs: &[f64]) -> Option<f64> {
    let points: Vec<(f64, f64)> = sizes.iter().zip(costs).map(|(size, cost)| (size.ln(), cost.ln())).collect();
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (over, under) = points.iter().fold((0.0, 0.0), |(over, under), point| {
        (over + (point.0 - x) * (point.1 - y), under + (point.0 - x) * (point.0 - x))
    });
    Some(over / under).filter(|slope| slope.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_found() {
        let sizes = [10.0, 100.0, 1_000.0];
        for power in [0.0, 0.5, 1.0, 1.3] {
            let costs = sizes.map(|size: f64| 3.0 * size.powf(power));
            assert!((exponent(&sizes, &costs).unwrap() - power).abs() < 1e-9);
        }
    }

    #[test]
    fn what_has_no_power_is_told() {
        assert_eq!(exponent(&[10.0], &[1.0]), None);
        assert_eq!(exponent(&[10.0, 100.0], &[0.0, 1.0]), None);
        assert_eq!(exponent(&[10.0, 10.0], &[1.0, 2.0]), None);
    }
}
