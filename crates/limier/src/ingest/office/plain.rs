//! Paragraphs as plain text: a blank line between them.

/// A text being written.
#[derive(Debug, Default)]
pub(super) struct Plain {
    text: String,
    /// Blanks that were read, and are written when a word follows.
    space: bool,
}

impl Plain {
    /// Adds a text in which a run of white space is one space, and none at the beginning of a line.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                self.space = true;
                continue;
            }
            self.flush_space();
            self.text.push(c);
        }
    }

    /// Adds a text as it stands.
    pub(super) fn push_raw(&mut self, text: &str) {
        self.flush_space();
        self.text.push_str(text);
    }

    /// Ends the line.
    pub(super) fn end_line(&mut self) {
        self.trim();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Ends the paragraph.
    pub(super) fn end_paragraph(&mut self) {
        self.trim();
        while !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns what was written from a place on, without blanks around it.
    pub(super) fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default().trim()
    }

    /// Takes away what was written from a place on.
    pub(super) fn truncate(&mut self, start: usize) {
        self.space = false;
        self.text.truncate(start);
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn flush_space(&mut self) {
        if std::mem::take(&mut self.space) && !self.text.is_empty() && !self.text.ends_with(['\n', ' ', '\t']) {
            self.text.push(' ');
        }
    }

    fn trim(&mut self) {
        self.space = false;
        self.text.truncate(self.text.trim_end_matches([' ', '\t']).len());
    }
}
