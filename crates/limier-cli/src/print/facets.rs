//! Counts of what was found, by source, author or date: a line a value.

use limier::{Facet, FacetCounts};

use super::bars::Bars;
use super::screen::Screen;
use crate::color::Style;
use crate::messages;

/// Values of a facet that are shown; those beyond are told as others.
const MOST: usize = 20;

/// Returns the counts, a block a facet, lines ended; nothing where nothing was counted.
pub(crate) fn block(facets: &[FacetCounts], screen: &Screen) -> String {
    let mut out = String::new();
    for FacetCounts { facet, counts, .. } in facets {
        out.push('\n');
        screen.push(&mut out, Style::Strong, messages::facet(*facet));
        out.push('\n');
        if counts.is_empty() {
            screen.push(&mut out, Style::Dim, messages::no_values());
            out.push('\n');
        }
        // Dates are in their order, so that the latest are kept; sources and authors begin with the most frequent.
        let is_date = matches!(facet, Facet::Year | Facet::Month | Facet::Day);
        let hidden = counts.len().saturating_sub(MOST);
        let shown = if is_date { counts.get(hidden..) } else { counts.get(..counts.len() - hidden) };
        let value = |value: &str| screen.line(&messages::facet_value(*facet, value)).into_owned();
        let values: Vec<(String, u64)> =
            shown.unwrap_or_default().iter().map(|count| (value(&count.value), count.count)).collect();
        let bars = Bars::of(values.iter().map(|(value, count)| (value.as_str(), *count)), screen);
        for (value, count) in &values {
            out.push_str(&bars.line(value, *count));
            out.push('\n');
        }
        if hidden > 0 {
            screen.push(&mut out, Style::Dim, &messages::other_values(hidden as u64));
            out.push('\n');
        }
    }
    out
}
