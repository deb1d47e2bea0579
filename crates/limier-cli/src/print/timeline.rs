//! How what was found is spread over time: a line a period, its number and a bar.
//!
//! The number comes before the bar, so that it is what is read aloud first.

use limier::{Date, Timeline};
use unicode_width::UnicodeWidthStr;

use super::screen::Screen;
use crate::color::Style;
use crate::messages;

/// Periods without hits between two others that are shown one by one; more are told in one line.
const MOST_EMPTY: u64 = 12;
/// Columns in a pipe, where none are known.
const PIPE: usize = 80;
/// Columns of the longest bar, at least.
const LEAST_BAR: usize = 10;
/// A bar's last column, in eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// One line of a timeline.
enum Row {
    Period(Date, u64),
    /// So many periods without hits.
    Gap(u64),
}

/// Returns a timeline, lines ended, an empty line first.
pub(crate) fn block(timeline: &Timeline, screen: &Screen) -> String {
    let rows = rows(timeline);
    let label = |date: Date| messages::period(timeline.period, date);
    let labels = rows.iter().filter_map(|row| if let Row::Period(date, _) = row { Some(label(*date)) } else { None });
    let widest = labels.map(|label| label.width()).max().unwrap_or_default();
    let highest = timeline.counts.iter().map(|count| count.count).max().unwrap_or(1).max(1);
    let digits = messages::grouped(highest).width();
    let columns = screen.width.unwrap_or(PIPE).saturating_sub(widest + digits + 6).max(LEAST_BAR);

    let mut out = String::from("\n");
    screen.push(&mut out, Style::Strong, messages::timeline(timeline.period));
    out.push('\n');
    for row in rows {
        match row {
            Row::Gap(count) => screen.push(&mut out, Style::Dim, &messages::gap(timeline.period, count)),
            Row::Period(date, count) => {
                let (label, number) = (label(date), messages::grouped(count));
                let before = " ".repeat(widest - label.width().min(widest));
                let between = " ".repeat(2 + digits - number.width().min(digits));
                let line = format!("  {label}{before}{between}{number}  {}", bar(count, highest, columns));
                out.push_str(line.trim_end());
            }
        }
        out.push('\n');
    }
    if timeline.undated > 0 {
        screen.push(&mut out, Style::Dim, &messages::undated(timeline.undated));
        out.push('\n');
    }
    out
}

fn rows(timeline: &Timeline) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut last: Option<Date> = None;
    for count in &timeline.counts {
        if count.empty_before > MOST_EMPTY {
            rows.push(Row::Gap(count.empty_before));
        } else {
            for _ in 0..count.empty_before {
                last = last.and_then(|date| timeline.period.after(date));
                rows.extend(last.map(|date| Row::Period(date, 0)));
            }
        }
        rows.push(Row::Period(count.first, count.count));
        last = Some(count.first);
    }
    rows
}

/// Draws a number; one above 0 can be seen.
fn bar(count: u64, highest: u64, columns: usize) -> String {
    let eighths = (u128::from(count) * columns as u128 * 8).div_ceil(u128::from(highest));
    let eighths = usize::try_from(eighths).unwrap_or(columns * 8).min(columns * 8);
    "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_numbers_and_never_unseen() {
        assert_eq!(bar(0, 8, 10), "");
        assert_eq!(bar(8, 8, 10), "█".repeat(10));
        assert_eq!(bar(4, 8, 10), "█".repeat(5));
        assert_eq!(bar(1, 8, 10), "█▎");
        assert_eq!(bar(1, 1_000_000, 10), "▏");
        assert_eq!(bar(u64::MAX, u64::MAX, 60), "█".repeat(60));
    }
}
