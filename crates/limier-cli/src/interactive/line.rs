//! The line in which a query is typed.

use unicode_width::UnicodeWidthChar;

/// A line of text and the place of the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    /// The byte before which the cursor stands.
    cursor: usize,
}

impl Line {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the columns before the cursor.
    pub(super) fn columns_before(&self) -> usize {
        self.before().chars().map(|c| c.width().unwrap_or(0)).sum()
    }

    /// Types a text at the cursor; control characters are left out, line ends become blanks.
    pub(super) fn insert(&mut self, text: &str) {
        let visible: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        self.text.insert_str(self.cursor, &visible);
        self.cursor += visible.len();
    }

    pub(super) fn clear(&mut self) {
        *self = Line::default();
    }

    /// Moves by one character; accents that combine go with their letter.
    pub(super) fn left(&mut self) {
        self.cursor = self.previous();
    }

    pub(super) fn right(&mut self) {
        self.cursor = self.next();
    }

    pub(super) fn home(&mut self) {
        self.cursor = 0;
    }

    pub(super) fn end(&mut self) {
        self.cursor = self.text.len();
    }

    pub(super) fn word_left(&mut self) {
        self.cursor = self.start_of_word();
    }

    pub(super) fn word_right(&mut self) {
        let rest = self.after();
        let blanks = rest.len() - rest.trim_start().len();
        let word = rest.trim_start().find(char::is_whitespace).unwrap_or(rest.trim_start().len());
        self.cursor += blanks + word;
    }

    pub(super) fn backspace(&mut self) {
        let start = self.previous();
        self.delete(start, self.cursor);
    }

    pub(super) fn delete_next(&mut self) {
        let end = self.next();
        self.delete(self.cursor, end);
    }

    pub(super) fn delete_word(&mut self) {
        let start = self.start_of_word();
        self.delete(start, self.cursor);
    }

    pub(super) fn delete_to_start(&mut self) {
        self.delete(0, self.cursor);
    }

    pub(super) fn delete_to_end(&mut self) {
        self.delete(self.cursor, self.text.len());
    }

    fn delete(&mut self, start: usize, end: usize) {
        if start < end {
            self.text.replace_range(start..end, "");
            self.cursor = start;
        }
    }

    fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    fn previous(&self) -> usize {
        let base = self.before().char_indices().rev().find(|(_, c)| c.width() != Some(0));
        base.map_or(0, |(place, _)| place)
    }

    fn next(&self) -> usize {
        let base = self.after().char_indices().skip(1).find(|(_, c)| c.width() != Some(0));
        base.map_or(self.text.len(), |(place, _)| self.cursor + place)
    }

    fn start_of_word(&self) -> usize {
        let before = self.before().trim_end();
        before.rfind(char::is_whitespace).map_or(0, |place| {
            place + before.get(place..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Line {
        let mut line = Line::default();
        line.insert(text);
        line
    }

    #[test]
    fn a_line_is_edited_by_characters_and_by_words() {
        let mut line = typed("l'été dernier");
        line.delete_word();
        assert_eq!(line.text(), "l'été ");
        line.left();
        line.backspace();
        assert_eq!(line.text(), "l'ét ");
        line.home();
        line.delete_next();
        assert_eq!((line.text(), line.columns_before()), ("'ét ", 0));
        line.word_right();
        line.insert("é");
        assert_eq!(line.text(), "'été ");
        line.delete_to_end();
        line.delete_to_start();
        assert_eq!(line, Line::default());
        line.backspace();
        line.delete_next();
        line.delete_word();
        assert_eq!(line, Line::default());
    }

    #[test]
    fn an_accent_that_combines_goes_with_its_letter() {
        let mut line = typed("ae\u{301}");
        assert_eq!(line.columns_before(), 2);
        line.backspace();
        assert_eq!(line.text(), "a");
        let mut line = typed("e\u{301}a");
        line.home();
        line.right();
        line.delete_to_end();
        assert_eq!(line.text(), "e\u{301}");
    }

    #[test]
    fn what_is_pasted_drives_nothing() {
        assert_eq!(typed("a\u{1b}[31mb\nc\u{9b}d").text(), "a[31mb cd");
    }
}
