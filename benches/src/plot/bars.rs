//! Bars beside each other: one a contestant, in a group a measure.

use super::Measure;
use super::chart::{TOP, WIDTH, start};
use crate::section::three_digits;
use crate::svg::Anchor;

const BAR: f64 = 16.0;
const GAP: f64 = 12.0;
/// Where bars begin, behind the names of the groups.
const LEFT: f64 = 270.0;
/// Room for the value behind the longest bar.
const RIGHT: f64 = 70.0;

/// Draws the measures of one unit; `None` when there are none.
pub(super) fn draw(title: &str, note: &str, measures: &[&Measure], unit: &str) -> Option<String> {
    let rows: Vec<&&Measure> = measures.iter().filter(|measure| measure.unit == unit).collect();
    let mut series: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.values) {
        if !series.contains(&name.as_str()) {
            series.push(name);
        }
    }
    let most = rows.iter().flat_map(|row| &row.values).map(|(_, value)| *value).reduce(f64::max)?;
    let height: f64 = rows.iter().map(|row| row.values.len() as f64 * BAR + GAP).sum();
    let mut svg = start(title, note, &series, height + GAP);
    let mut y = TOP;
    for row in rows {
        let middle = y + row.values.len() as f64 * BAR / 2.0;
        svg.text(LEFT - 10.0, middle + 4.0, "name", Anchor::End, &row.name);
        for (name, value) in &row.values {
            let color = series.iter().position(|known| known == name).unwrap_or(0);
            let width = (WIDTH - LEFT - RIGHT) * value / most;
            svg.rectangle(LEFT, y + 1.0, width, BAR - 2.0, &format!("bar{color}"), 2.0);
            svg.text(LEFT + width + 6.0, y + BAR - 4.0, "tick", Anchor::Start, &three_digits(*value));
            y += BAR;
        }
        y += GAP;
    }
    Some(svg.finish())
}
