//! What all charts have in common: colours, title, legend, a scale of powers of ten.

use crate::svg::{Anchor, Svg};

const LIGHT: &str = "text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.note, .tick { fill: #59636e; font-size: 12px }
.ground { fill: #ffffff }
.grid { stroke: #d1d9e0 }
.bar0, .dot0 { fill: #0969da } .bar1, .dot1 { fill: #8c959f } .bar2, .dot2 { fill: #bf8700 }
.line0 { stroke: #0969da; stroke-width: 2.5 } .line1 { stroke: #8c959f; stroke-width: 2.5 }
.line2 { stroke: #bf8700; stroke-width: 2.5 }";

const DARK: &str = "text { fill: #f0f6fc }
.note, .tick { fill: #9198a1 }
.ground { fill: #0d1117 }
.grid { stroke: #3d444d }
.bar0, .dot0 { fill: #4493f8 } .bar1, .dot1 { fill: #6e7681 } .bar2, .dot2 { fill: #d29922 }
.line0 { stroke: #4493f8 } .line1 { stroke: #6e7681 } .line2 { stroke: #d29922 }";

/// Pixels of a picture's width.
pub(super) const WIDTH: f64 = 760.0;

/// Pixels above what is drawn: title, note and legend.
pub(super) const TOP: f64 = 78.0;

/// Starts a chart of so many pixels below its head.
pub(super) fn start(title: &str, note: &str, series: &[&str], height: f64) -> Svg {
    let mut svg = Svg::new(WIDTH, TOP + height, title, LIGHT, DARK);
    svg.rectangle(0.0, 0.0, WIDTH, TOP + height, "ground", 8.0);
    svg.text(16.0, 26.0, "title", Anchor::Start, title);
    svg.text(16.0, 44.0, "note", Anchor::Start, note);
    let mut x = 16.0;
    for (number, name) in series.iter().enumerate() {
        svg.rectangle(x, 54.0, 10.0, 10.0, &format!("bar{number}"), 2.0);
        svg.text(x + 15.0, 63.5, "tick", Anchor::Start, name);
        x += 34.0 + 6.6 * name.chars().count() as f64;
    }
    svg
}

/// Places values between two powers of ten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logarithmic {
    low: i32,
    high: i32,
    from: f64,
    to: f64,
}

impl Logarithmic {
    /// Makes a scale that holds all values, from one pixel to another; `None` when no value is above 0.
    pub(super) fn of(values: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Option<Logarithmic> {
        let powers: Vec<f64> = values.into_iter().filter(|value| *value > 0.0).map(f64::log10).collect();
        let low = powers.iter().copied().reduce(f64::min)?.floor() as i32;
        let high = powers.iter().copied().reduce(f64::max)?.ceil() as i32;
        Some(Logarithmic { low, high: high.max(low + 1), from, to })
    }

    /// Returns the pixel of a value.
    pub(super) fn place(&self, value: f64) -> f64 {
        let power = value.max(f64::MIN_POSITIVE).log10().max(f64::from(self.low));
        self.from + (self.to - self.from) * (power - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    /// Returns the powers of ten and how they are written.
    pub(super) fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        (self.low..=self.high).map(|power| {
            let decimals = usize::try_from(-power).unwrap_or(0);
            (10f64.powi(power), format!("{:.decimals$}", 10f64.powi(power)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_goes_from_power_to_power() {
        let scale = Logarithmic::of([0.05, 3.0], 100.0, 400.0).unwrap();
        assert_eq!(scale.ticks().map(|(_, name)| name).collect::<Vec<_>>(), ["0.01", "0.1", "1", "10"]);
        assert!((scale.place(0.1) - 200.0).abs() < 1e-9 && (scale.place(10.0) - 400.0).abs() < 1e-9);
        assert_eq!(scale.place(0.0), 100.0);
        assert!(Logarithmic::of([0.0], 0.0, 1.0).is_none());
    }
}
