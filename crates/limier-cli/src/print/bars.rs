//! Numbers as bars: a label, its number and a bar, one below the other.
//!
//! The number comes before the bar, so that it is what is read aloud first.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::screen::Screen;
use crate::messages;

/// Columns in a pipe, where none are known.
const PIPE: usize = 80;
/// Columns of the longest bar, at least.
const LEAST_BAR: usize = 10;
/// A bar's last column, in eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// The measures that the lines of one block have in common.
pub(super) struct Bars {
    /// Columns of the labels.
    label: usize,
    /// Columns of the numbers.
    number: usize,
    highest: u64,
    /// Columns of the longest bar.
    bar: usize,
}

impl Bars {
    /// Measures the labels and numbers of a block.
    pub(super) fn of<'r>(rows: impl IntoIterator<Item = (&'r str, u64)>, screen: &Screen) -> Bars {
        let (mut widest, mut highest) = (0, 1);
        for (label, number) in rows {
            widest = widest.max(label.width());
            highest = highest.max(number);
        }
        let columns = screen.width.unwrap_or(PIPE);
        // A long name leaves half of the line to the numbers.
        let label = widest.min((columns / 2).max(LEAST_BAR));
        let number = messages::grouped(highest).width();
        Bars { label, number, highest, bar: columns.saturating_sub(label + number + 6).max(LEAST_BAR) }
    }

    /// Returns one line, without its end.
    pub(super) fn line(&self, label: &str, number: u64) -> String {
        let label = cut(label, self.label);
        let digits = messages::grouped(number);
        let blank = |columns: usize, text: &str| " ".repeat(columns.saturating_sub(text.width()));
        let (before, between) = (blank(self.label, &label), blank(self.number, &digits));
        let line = format!("  {label}{before}  {between}{digits}  {}", bar(number, self.highest, self.bar));
        line.trim_end().to_owned()
    }
}

/// Cuts a text to so many columns, and says so by an ellipsis.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = text.chars().take_while(|c| {
        let width = c.width().unwrap_or(0);
        let is_in = width <= room;
        room = room.saturating_sub(width);
        is_in
    });
    fits.chain(['…']).collect()
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

    #[test]
    fn every_line_fits_and_its_number_comes_first() {
        let long = "Le Courrier de l'agglomération et de ses vingt-sept communes";
        let rows = [(long, 1_250), ("家家", 7), ("AFP", 0)];
        for columns in [24, 40, 80, 100] {
            let screen = Screen { color: false, has_links: false, is_terminal: true, width: Some(columns) };
            let bars = Bars::of(rows, &screen);
            let lines: Vec<String> = rows.iter().map(|(label, number)| bars.line(label, *number)).collect();
            // Where there is no room for the shortest bar, the lines are longer than asked for.
            let room = columns.max(2 + columns / 2 + 2 + 5 + 2 + LEAST_BAR);
            assert!(lines.iter().all(|line| line.width() <= room), "{columns} {lines:?}");
            assert!(lines[0].contains("…  1,250  █") || columns > 2 * long.width(), "{lines:?}");
            assert!(lines[0].contains("  1,250  █") && lines[2].ends_with("  0"), "{lines:?}");
        }
    }
}
