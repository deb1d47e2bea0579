//! A lit text, wrapped to the columns of a terminal.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::sanitize::push_visible;
use super::screen::Screen;
use crate::color::Style;

/// A text in the form that is shown, one cell for each of its characters.
struct Cells {
    text: String,
    cells: Vec<Cell>,
}

struct Cell {
    /// First byte in the shown text.
    at: usize,
    /// First byte in the text that was given.
    from: usize,
    /// Columns taken.
    width: usize,
    is_lit: bool,
    is_space: bool,
}

impl Cells {
    fn new(text: &str, lights: &[Range<usize>], is_terminal: bool) -> Cells {
        let mut cells = Cells { text: String::with_capacity(text.len()), cells: Vec::with_capacity(text.len()) };
        let mut lights = lights.iter().peekable();
        let mut before = ' ';
        for (place, c) in text.char_indices() {
            while lights.next_if(|light| light.end <= place).is_some() {}
            let is_lit = lights.peek().is_some_and(|light| light.contains(&place));
            let at = cells.text.len();
            // Most are letters that are shown as they are.
            let is_plain = (' '..='~').contains(&c);
            if is_terminal && !is_plain {
                push_visible(c, &mut cells.text);
            } else {
                cells.text.push(c);
            }
            let shown = || cells.text.get(at..).unwrap_or_default();
            let width = if is_plain { 1 } else { shown().chars().map(|c| c.width().unwrap_or(0)).sum() };
            let after = || text.get(place + c.len_utf8()..).and_then(|after| after.chars().next());
            let is_space = c == ' ' && !is_bound(before, after());
            cells.cells.push(Cell { at, from: place, width, is_lit, is_space });
            before = c;
        }
        cells
    }

    /// Breaks at spaces so that the first line takes `first` columns and the others `rest`, at most; a word that is
    /// longer is cut. The spaces at breaks are left out.
    fn lines(&self, first: usize, rest: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let (mut start, mut columns, mut room) = (0, 0, first);
        let mut last_space = None;
        for (place, cell) in self.cells.iter().enumerate() {
            // More than once where what was moved to the next line does not fit there either. A mark that combines has
            // no width, and stays with what it stands on.
            while columns + cell.width > room && cell.width > 0 && place > start {
                let (end, next) = match last_space {
                    _ if cell.is_space => (place, place + 1),
                    Some(space) => (space, space + 1),
                    None => (place, place),
                };
                lines.push(start..end);
                start = next;
                room = rest;
                last_space = None;
                columns = self.cells.get(start..place).unwrap_or_default().iter().map(|cell| cell.width).sum();
            }
            if place < start {
                continue;
            }
            if cell.is_space {
                last_space = Some(place);
            }
            columns += cell.width;
        }
        if start < self.cells.len() {
            lines.push(start..self.cells.len());
        }
        lines
    }

    fn text_of(&self, cells: Range<usize>) -> &str {
        let start_of = |place: usize| self.cells.get(place).map_or(self.text.len(), |cell| cell.at);
        self.text.get(start_of(cells.start)..start_of(cells.end)).unwrap_or_default()
    }

    fn push_line(&self, out: &mut String, line: Range<usize>, base: Style, screen: &Screen) {
        let cells = self.cells.get(line.clone()).unwrap_or_default();
        let mut place = line.start;
        for run in cells.chunk_by(|a, b| a.is_lit == b.is_lit) {
            let is_lit = run.first().is_some_and(|cell| cell.is_lit);
            let (on, off) = screen.marks(if is_lit { Style::Lit } else { base });
            out.push_str(on);
            out.push_str(self.text_of(place..place + run.len()));
            out.push_str(off);
            place += run.len();
        }
    }
}

/// Tells whether a blank between two characters is one that French sets inside of guillemets or before a mark: no line ends there.
pub(super) fn is_bound(before: char, after: Option<char>) -> bool {
    before == '«' || matches!(after, Some(':' | ';' | '?' | '!' | '»'))
}

/// Adds `text` with its matches lit, the first line behind `first` columns of blanks and the others behind `rest`.
///
/// Without a width all is one line. `lights` are byte ranges on character boundaries, ascending.
pub(crate) fn push_wrapped(
    out: &mut String,
    screen: &Screen,
    text: &str,
    lights: &[Range<usize>],
    base: Style,
    (first, rest): (usize, usize),
) {
    let cells = Cells::new(text, lights, screen.is_terminal);
    let width = screen.width.unwrap_or(usize::MAX);
    let lines = cells.lines(width.saturating_sub(first).max(1), width.saturating_sub(rest).max(1));
    for (number, line) in lines.into_iter().enumerate() {
        let indent = if number == 0 { first } else { rest };
        out.extend(std::iter::repeat_n(' ', indent));
        cells.push_line(out, line, base, screen);
        out.push('\n');
    }
}

/// A part of a row, lit or not; control characters in it are visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) is_lit: bool,
}

/// One row of a wrapped text, and the bytes of the text that stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrappedRow {
    pub(crate) runs: Vec<Run>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Wraps a text of one line to so many columns; for a screen that has styles of its own.
pub(crate) fn wrapped(text: &str, lights: &[Range<usize>], width: usize) -> Vec<WrappedRow> {
    let cells = Cells::new(text, lights, true);
    let row = |line: Range<usize>| {
        let mut place = line.start;
        let mut runs = Vec::new();
        for run in cells.cells.get(line.clone()).unwrap_or_default().chunk_by(|a, b| a.is_lit == b.is_lit) {
            let is_lit = run.first().is_some_and(|cell| cell.is_lit);
            runs.push(Run { text: cells.text_of(place..place + run.len()).to_owned(), is_lit });
            place += run.len();
        }
        let from = |place: usize| cells.cells.get(place).map_or(text.len(), |cell| cell.from);
        WrappedRow { runs, start: from(line.start), end: from(line.end) }
    };
    cells.lines(width.max(1), width.max(1)).into_iter().map(row).collect()
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // One match is a case, too.
mod tests {
    use super::*;

    fn wrapped(text: &str, lights: &[Range<usize>], width: Option<usize>, color: bool) -> Vec<String> {
        let screen = Screen { color, has_links: false, is_terminal: width.is_some(), width };
        let mut out = String::new();
        push_wrapped(&mut out, &screen, text, lights, Style::Plain, (2, 4));
        out.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_at_spaces_behind_a_hanging_indent() {
        assert_eq!(wrapped("un deux trois quatre", &[], Some(10), false), ["  un deux", "    trois", "    quatre"]);
        assert_eq!(wrapped("un deux trois", &[], None, false), ["  un deux trois"]);
        assert_eq!(wrapped("", &[], Some(10), false), [""; 0]);
    }

    #[test]
    fn a_no_break_space_does_not_break_and_a_long_word_does() {
        assert_eq!(wrapped("été 11\u{a0}000 €", &[], Some(11), false), ["  été", "    11\u{a0}000", "    €"]);
        assert_eq!(wrapped("il dit « oui » ?", &[], Some(14), false), ["  il dit", "    « oui » ?"]);
        assert_eq!(wrapped("« anticonstitution »", &[], Some(10), false), ["  « antico", "    nstitu", "    tion »"]);
        assert_eq!(wrapped("anticonstitution", &[], Some(10), false), ["  anticons", "    tituti", "    on"]);
    }

    #[test]
    fn columns_are_counted_not_characters() {
        assert_eq!(wrapped("家家家 家家", &[], Some(10), false), ["  家家家", "    家家"]);
        // Accents that combine take no column, and stay with their letter.
        assert_eq!(
            wrapped("e\u{301}te\u{301}te\u{301}te\u{301}e a", &[], Some(10), false),
            ["  e\u{301}te\u{301}te\u{301}te\u{301}e", "    a"]
        );
    }

    #[test]
    fn a_match_stays_lit_over_the_break() {
        let lit = |text: &str| format!("\u{1b}[1;31m{text}\u{1b}[0m");
        assert_eq!(
            wrapped("un deux trois", &[3..13], Some(10), true),
            [format!("  un {}", lit("deux")), format!("    {}", lit("trois"))]
        );
        assert_eq!(wrapped("l’été", &[4..9], None, true), [format!("  l’{}", lit("été"))]);
    }

    #[test]
    fn what_is_made_visible_is_measured_as_shown() {
        assert_eq!(wrapped("ab\u{9b}c d", &[], Some(14), false), ["  ab<U+009B>c", "    d"]);
    }
}
