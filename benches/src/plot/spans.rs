//! Query times on a scale of powers of ten: a dot at the median, and a line from there to the 99th percentile.

use super::Measure;
use super::chart::{Logarithmic, TOP, WIDTH, start};
use crate::svg::Anchor;

const LINE: f64 = 13.0;
const GAP: f64 = 14.0;
const LEFT: f64 = 190.0;

/// Draws each kind of query, whose measures are named `KIND, p50` and `KIND, p99`; `None` when there are none.
pub(super) fn draw(title: &str, note: &str, measures: &[&Measure]) -> Option<String> {
    let find = |kind: &str, percent: &str| {
        measures.iter().find(|row| row.name.strip_prefix(kind) == Some(&format!(", {percent}")))
    };
    let kinds: Vec<(&str, &Measure, &Measure)> = measures
        .iter()
        .filter_map(|row| {
            let kind = row.name.strip_suffix(", p50")?;
            Some((kind, *row, *find(kind, "p99")?))
        })
        .collect();
    let series: Vec<&str> = kinds.first()?.1.values.iter().map(|(name, _)| name.as_str()).collect();
    let all = kinds.iter().flat_map(|(_, p50, p99)| p50.values.iter().chain(&p99.values)).map(|(_, value)| *value);
    let scale = Logarithmic::of(all, LEFT, WIDTH - 24.0)?;
    let group = series.len() as f64 * LINE + GAP;
    let bottom = TOP + kinds.len() as f64 * group;

    let mut svg = start(title, note, &series, bottom - TOP + 28.0);
    for (value, name) in scale.ticks() {
        svg.line(&[(scale.place(value), TOP - 6.0), (scale.place(value), bottom)], "grid");
        svg.text(scale.place(value), bottom + 16.0, "tick", Anchor::Middle, &format!("{name} ms"));
    }
    for (number, (kind, p50, p99)) in kinds.iter().enumerate() {
        let top = TOP + number as f64 * group;
        svg.text(LEFT - 14.0, top + group / 2.0 - 2.0, "name", Anchor::End, kind);
        for (color, ((_, median), (_, slowest))) in p50.values.iter().zip(&p99.values).enumerate() {
            let y = top + (color as f64 + 0.5) * LINE;
            let (from, to) = (scale.place(*median), scale.place(*slowest));
            svg.line(&[(from, y), (to, y)], &format!("line{color}"));
            svg.dot(from, y, 4.5, &format!("dot{color}"));
            svg.line(&[(to, y - 4.0), (to, y + 4.0)], &format!("line{color}"));
        }
    }
    Some(svg.finish())
}
