//! Counts of what was found, by source, author or date: a line a value, with a bar.

use limier::{Facet, FacetCounts};
use unicode_width::UnicodeWidthStr;

use super::screen::Screen;
use crate::color::Style;
use crate::messages;

/// Values of a facet that are shown; those beyond are told as others.
const MOST: usize = 20;
/// Columns of the longest bar.
const BAR: u64 = 30;

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
        let values: Vec<(String, u64)> = shown
            .unwrap_or_default()
            .iter()
            .map(|count| (screen.line(&count.value).into_owned(), count.count))
            .collect();
        let widest = values.iter().map(|(value, _)| value.width()).max().unwrap_or_default();
        let highest = values.iter().map(|&(_, count)| count).max().unwrap_or(1).max(1);
        for (value, count) in values {
            let blank = " ".repeat(widest - value.width().min(widest));
            let bar = "█".repeat(usize::try_from((count * BAR).div_ceil(highest)).unwrap_or_default());
            out.push_str(&format!("  {value}{blank}  {bar} {}\n", messages::grouped(count)));
        }
        if hidden > 0 {
            screen.push(&mut out, Style::Dim, &messages::other_values(hidden as u64));
            out.push('\n');
        }
    }
    out
}
