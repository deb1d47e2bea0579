//! Costs over sizes, a panel a cost, both scales of powers of ten: the slope of a line is its exponent.

use super::chart::{Logarithmic, TOP, WIDTH, start};
use super::{Growth, ORDER};
use crate::svg::{Anchor, Svg};

/// The costs that have a panel, as many as are there.
const SHOWN: [&str; 6] = [
    "indexing, 2 threads",
    "index without stored text",
    "peak anonymous memory",
    "opening",
    "top 10, p50",
    "top 10, p99",
];

const COLUMNS: usize = 3;
const PANEL: (f64, f64) = (WIDTH / COLUMNS as f64, 210.0);

/// Draws the costs; `None` when there are none.
pub(super) fn draw(title: &str, note: &str, growth: &[Growth]) -> Option<String> {
    let panels: Vec<Vec<&Growth>> = SHOWN
        .iter()
        .map(|name| growth.iter().filter(|cost| cost.name == *name).collect::<Vec<_>>())
        .filter(|panel| !panel.is_empty())
        .collect();
    let known: Vec<&str> =
        ORDER.into_iter().filter(|name| panels.iter().flatten().any(|cost| cost.engine == *name)).collect();
    let rows = panels.len().div_ceil(COLUMNS);
    if rows == 0 {
        return None;
    }
    let mut svg = start(title, note, &known, rows as f64 * PANEL.1);
    for (number, panel) in panels.iter().enumerate() {
        let corner = ((number % COLUMNS) as f64 * PANEL.0, TOP + (number / COLUMNS) as f64 * PANEL.1);
        draw_panel(&mut svg, corner, panel, &known);
    }
    Some(svg.finish())
}

fn draw_panel(svg: &mut Svg, (x, y): (f64, f64), panel: &[&Growth], series: &[&str]) {
    let (left, right, top, bottom) = (x + 62.0, x + PANEL.0 - 44.0, y + 26.0, y + PANEL.1 - 34.0);
    let sizes = panel.iter().flat_map(|cost| cost.sizes.iter().copied());
    let values = panel.iter().flat_map(|cost| cost.values.iter().copied());
    let (Some(across), Some(up)) = (Logarithmic::of(sizes, left, right), Logarithmic::of(values, bottom, top)) else {
        return;
    };
    let Some(first) = panel.first() else { return };
    svg.text(x + 16.0, y + 12.0, "name", Anchor::Start, &format!("{}, {}", first.name, first.unit));
    for (value, name) in up.ticks() {
        svg.line(&[(left, up.place(value)), (right, up.place(value))], "grid");
        svg.text(left - 6.0, up.place(value) + 4.0, "tick", Anchor::End, &name);
    }
    for (value, name) in across.ticks() {
        svg.text(across.place(value), bottom + 18.0, "tick", Anchor::Middle, &format!("{name} MB"));
    }
    for cost in panel {
        let color = series.iter().position(|name| *name == cost.engine).unwrap_or(0);
        let points: Vec<(f64, f64)> =
            cost.sizes.iter().zip(&cost.values).map(|(size, value)| (across.place(*size), up.place(*value))).collect();
        svg.line(&points, &format!("line{color}"));
        points.iter().for_each(|(x, y)| svg.dot(*x, *y, 3.5, &format!("dot{color}")));
        if let (Some((x, y)), Some(exponent)) = (points.last(), cost.exponent) {
            svg.text(x + 8.0, y + 4.0, "tick", Anchor::Start, &format!("{exponent:.2}"));
        }
    }
}
