//! What bytes make of a terminal: rows of characters, each with its style.
//!
//! As much of ECMA-48 as limier writes to a terminal: line ends, returns, erasing to the end of a line, and the graphic
//! rendition (SGR). Links (OSC 8) and other sequences are read past.

use unicode_width::UnicodeWidthChar;

/// How a character looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) dim: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    /// One of the sixteen colours.
    pub(super) color: Option<u8>,
}

/// A character and what combines with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// In columns.
    pub(super) width: usize,
    pub(super) style: Style,
}

/// A terminal without an end below.
#[derive(Debug)]
pub(super) struct Screen {
    columns: usize,
    rows: Vec<Vec<Cell>>,
    /// The number of cells before the cursor, in the last row.
    at: usize,
    style: Style,
}

impl Screen {
    pub(super) fn new(columns: u16) -> Screen {
        Screen { columns: usize::from(columns).max(1), rows: vec![Vec::new()], at: 0, style: Style::default() }
    }

    /// Returns the rows, without empty ones at the end.
    pub(super) fn rows(&self) -> Vec<Vec<Cell>> {
        let is_blank = |row: &Vec<Cell>| row.iter().all(|cell| cell.text.trim().is_empty());
        let kept = self.rows.iter().rposition(|row| !is_blank(row)).map_or(0, |last| last + 1);
        self.rows.iter().take(kept).cloned().collect()
    }

    /// Reads what a program wrote.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match c {
                '\n' => {
                    self.rows.push(Vec::new());
                    self.at = 0;
                }
                '\r' => self.at = 0,
                '\u{1b}' => self.sequence(&mut rest),
                c if c.is_control() => {}
                c => self.put(c),
            }
        }
    }

    fn put(&mut self, c: char) {
        let width = c.width().unwrap_or(0);
        let (at, columns, style) = (self.at, self.columns, self.style);
        let Some(row) = self.rows.last_mut() else { return };
        if width == 0 {
            if let Some(cell) = at.checked_sub(1).and_then(|last| row.get_mut(last)) {
                cell.text.push(c);
            }
            return;
        }
        let used: usize = row.iter().take(at).map(|cell| cell.width).sum();
        if used + width > columns {
            self.rows.push(Vec::new());
            self.at = 0;
            return self.put_where_there_is_room(c, width);
        }
        let cell = Cell { text: c.to_string(), width, style };
        match row.get_mut(at) {
            Some(old) => *old = cell,
            None => row.push(cell),
        }
        self.at += 1;
    }

    fn put_where_there_is_room(&mut self, c: char, width: usize) {
        let cell = Cell { text: c.to_string(), width, style: self.style };
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
            self.at = 1;
        }
    }

    fn sequence(&mut self, rest: &mut std::str::Chars<'_>) {
        match rest.next() {
            Some('[') => {
                let mut parameters = String::new();
                let end = rest.by_ref().find(|c| {
                    let is_end = ('@'..='~').contains(c);
                    if !is_end {
                        parameters.push(*c);
                    }
                    is_end
                });
                match end {
                    Some('m') => self.rendition(&parameters),
                    Some('K') => {
                        let at = self.at;
                        if let Some(row) = self.rows.last_mut() {
                            row.truncate(at);
                        }
                    }
                    _ => {}
                }
            }
            // A command of the operating system ends with BEL or with ESC and a backslash.
            Some(']') => {
                let end = rest.by_ref().find(|c| matches!(c, '\u{7}' | '\u{1b}'));
                if end == Some('\u{1b}') {
                    rest.next();
                }
            }
            _ => {}
        }
    }

    fn rendition(&mut self, parameters: &str) {
        for parameter in parameters.split(';') {
            match parameter.parse().unwrap_or(0) {
                0 => self.style = Style::default(),
                1 => self.style.bold = true,
                2 => self.style.dim = true,
                3 => self.style.italic = true,
                4 => self.style.underline = true,
                22 => (self.style.bold, self.style.dim) = (false, false),
                23 => self.style.italic = false,
                24 => self.style.underline = false,
                color @ 30..=37 => self.style.color = Some(color - 30),
                39 => self.style.color = None,
                color @ 90..=97 => self.style.color = Some(color - 90 + 8),
                // Colours of many are not drawn; what follows belongs to them.
                38 | 48 => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(screen: &Screen) -> Vec<String> {
        screen.rows().iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_are_erased_and_written_over() {
        let mut screen = Screen::new(20);
        screen.write("index 1 of 9\r\u{1b}[Kfini\nabc\rX\n\n".as_bytes());
        assert_eq!(texts(&screen), ["fini", "Xbc"]);
    }

    #[test]
    fn long_lines_go_on_below() {
        let mut screen = Screen::new(4);
        screen.write("abcdef\n日本語".as_bytes());
        assert_eq!(texts(&screen), ["abcd", "ef", "日本", "語"]);
    }

    #[test]
    fn styles_hold_until_they_are_taken_back() {
        let mut screen = Screen::new(20);
        screen.write(b"a\x1b[1;31mb\x1b[22mc\x1b[0md\x1b[2me\x1b[38;5;200mf");
        let styles: Vec<Style> = screen.rows()[0].iter().map(|cell| cell.style).collect();
        let red = Style { color: Some(1), ..Style::default() };
        let dim = Style { dim: true, ..Style::default() };
        assert_eq!(styles, [Style::default(), Style { bold: true, ..red }, red, Style::default(), dim, dim]);
    }

    #[test]
    fn links_are_read_past_and_marks_combine() {
        let mut screen = Screen::new(20);
        screen.write("\u{1b}]8;;file:///a\u{1b}\\lien\u{1b}]8;;\u{7} e\u{301}t\u{1b}".as_bytes());
        assert_eq!(texts(&screen), ["lien e\u{301}t"]);
        assert_eq!(screen.rows()[0].len(), 7);
    }
}
