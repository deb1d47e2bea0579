//! The lines before the text of a page, and what each of them reads as.

use std::ops::Range;

use super::super::noise;

/// Lines beyond this many that are not blank are not looked at.
const HEAD_LINES: usize = 400;

/// A text is a whole page where so many of its first lines stand before any paragraph.
const PAGE_LINES: usize = 12;

/// Lines of at least so many bytes that end as sentences do are paragraphs of a page.
const PAGE_PARAGRAPH_BYTES: usize = 150;

/// The text of a page begins where another paragraph follows within so many lines.
const PARAGRAPH_REACH: usize = 3;

/// A longer text, in characters, is a paragraph.
const TITLE_CHARS: usize = 200;

/// A text of more words is a paragraph.
const TITLE_WORDS: usize = 32;

/// A longer line, in bytes, is no date or byline.
const STAMP_BYTES: usize = 160;

/// A line that ends with a full stop is a sentence, not a title, from this many words on.
const SENTENCE_WORDS: usize = 3;

/// A line that ends with a colon announces a list, from this many words on: `Le contrat comporte notamment :`.
const ANNOUNCING_WORDS: usize = 5;

/// A line of the head, or several where it was wrapped, without the blanks and the mark of a title before it.
#[derive(Debug)]
pub(super) struct Line {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// What it reads as.
    pub(super) form: Form,
    /// Which run of lines without a blank line between it belongs to, counted from 0.
    pub(super) block: usize,
}

/// A line that those after it may go on.
struct Open {
    range: Range<usize>,
    /// Whether it is noise, where that was asked.
    is_noise: Option<bool>,
}

/// What a line reads as by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What pages put anywhere: menus, buttons, the way to the page, invitations.
    Label,
    /// What pages put beside the title: dates, bylines, counters, ways to share.
    Stamp,
    /// Running text.
    Paragraph,
    /// Could be a title, where nothing better stands: a name, a label, a short sentence.
    Weak,
    /// Reads as a title.
    Strong,
}

/// What stands before the text of a page.
#[derive(Debug)]
pub(super) struct Head<'t> {
    /// All of the text.
    pub(super) text: &'t str,
    /// The lines that are not blank, before the first paragraph.
    pub(super) lines: Vec<Line>,
    /// Where the first paragraph begins.
    paragraph: Option<usize>,
}

impl<'t> Head<'t> {
    /// Reads the lines up to the first paragraph of the text. Sentences among the menus of a page do not count.
    pub(super) fn of(text: &'t str) -> Head<'t> {
        let mut head = Head { text, lines: Vec::new(), paragraph: None };
        // The first paragraph in a page, perhaps a sentence of a banner: how many lines stand before it.
        let mut first: Option<usize> = None;
        let (mut start, mut block, mut filled) = (0, 0, 0);
        let mut open: Option<Open> = None;
        let mut may_go_on = false;
        for line in text.split_inclusive('\n') {
            let end = start + line.trim_end_matches('\n').len();
            let trimmed = line.trim();
            let continues = may_go_on && trimmed.starts_with(char::is_lowercase);
            let may_open = !trimmed.is_empty() && !ends_a_sentence(trimmed);
            let is_noise = (continues || may_open).then(|| noise::is_noise(trimmed));
            let is_text = is_noise == Some(false);
            match &mut open {
                Some(open) if continues && is_text => *open = Open { range: open.range.start..end, is_noise: None },
                _ => {
                    if let Some(open) = open.take()
                        && head.push(open, block, &mut first)
                    {
                        return head;
                    }
                    block += usize::from(trimmed.is_empty());
                    open = (!trimmed.is_empty()).then_some(Open { range: start..end, is_noise });
                }
            }
            may_go_on = may_open && is_text;
            start += line.len();
            filled += usize::from(!trimmed.is_empty());
            // A paragraph of wrapped lines is read to its end: its first line alone might pass for a title.
            if filled >= HEAD_LINES {
                break;
            }
        }
        if let Some(open) = open
            && head.push(open, block, &mut first)
        {
            return head;
        }
        if let Some(count) = first {
            head.paragraph = head.lines.get(count).map(|line| line.range.start);
            head.lines.truncate(count);
        }
        head
    }

    /// Tells whether running text follows the lines.
    pub(super) fn has_paragraph(&self) -> bool {
        self.paragraph.is_some()
    }

    /// Returns which lines could be the title.
    pub(super) fn candidates(&self) -> impl Iterator<Item = usize> {
        let could_be = |line: &Line| matches!(line.form, Form::Weak | Form::Strong);
        self.lines.iter().enumerate().filter(move |(_, line)| could_be(line)).map(|(at, _)| at)
    }

    /// Returns whether lines of the page stand in the head that could have been its title, and where its text begins.
    pub(super) fn text_of_page(&self) -> Option<&'t str> {
        self.paragraph.filter(|_| self.candidates().next().is_some()).and_then(|start| self.text.get(start..))
    }

    /// Returns the text where its only line before is a label.
    pub(super) fn text_of_label(&self) -> Option<&'t str> {
        let is_label = matches!(&self.lines[..], [only] if only.form == Form::Label);
        self.paragraph.filter(|_| is_label).and_then(|start| self.text.get(start..))
    }

    /// Returns what a line reads as.
    pub(super) fn form(&self, at: usize) -> Option<Form> {
        self.lines.get(at).map(|line| line.form)
    }

    /// Returns the text of a line.
    pub(super) fn line(&self, at: usize) -> &'t str {
        self.lines.get(at).and_then(|line| self.text.get(line.range.clone())).unwrap_or_default()
    }

    /// Returns what follows the lines.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.paragraph.unwrap_or(self.text.len())..).unwrap_or_default()
    }

    /// Adds a line; tells whether it begins the text, and then leaves it out.
    fn push(&mut self, open: Open, block: usize, first: &mut Option<usize>) -> bool {
        let range = without_marks(self.text, open.range.clone());
        let line = self.text.get(range.clone()).unwrap_or_default();
        let is_whole = self.text.get(open.range).is_some_and(|whole| whole.trim().len() == line.len());
        let form = form(line, open.is_noise.filter(|_| is_whole));
        let start = range.start;
        if form == Form::Paragraph {
            let is_page = first.is_some() || self.lines.len() >= PAGE_LINES;
            if !is_page || self.begins_text(&range) {
                self.paragraph = Some(start);
                return true;
            }
            first.get_or_insert(self.lines.len());
        }
        self.lines.push(Line { range, form, block });
        false
    }

    /// Tells whether a paragraph of a page is followed by another.
    fn begins_text(&self, range: &Range<usize>) -> bool {
        let is_paragraph = |line: &str| line.len() >= PAGE_PARAGRAPH_BYTES && ends_a_sentence(line);
        let after = self.text.get(range.end..).unwrap_or_default();
        let mut next = after.lines().map(str::trim).filter(|line| !line.is_empty()).take(PARAGRAPH_REACH);
        self.text.get(range.clone()).is_some_and(is_paragraph) && next.any(is_paragraph)
    }
}

/// Leaves out blanks around a line, and a mark or label of a title before it.
fn without_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).unwrap_or_default();
    let trimmed = line.trim();
    let start = range.start + (line.len() - line.trim_start().len());
    let end = start + trimmed.len();
    let mut rest = trimmed;
    let unmarked = rest.trim_start_matches('#');
    if unmarked.len() < rest.len() && unmarked.starts_with(' ') {
        rest = unmarked.trim_start();
    }
    for label in ["Titre", "TITRE", "Title"] {
        if let Some(value) = rest.strip_prefix(label).map(str::trim_start).and_then(|rest| rest.strip_prefix(':')) {
            rest = value.trim_start();
        }
    }
    if rest.is_empty() { start..end } else { end - rest.len()..end }
}

/// Returns what a line reads as; whether it is noise may be known.
fn form(line: &str, is_noise: Option<bool>) -> Form {
    if is_noise.unwrap_or_else(|| noise::is_noise(line)) || noise::is_formula(line) || noise::is_dated_byline(line) {
        let is_stamp = line.len() <= STAMP_BYTES && noise::is_stamp(line);
        return if is_stamp { Form::Stamp } else { Form::Label };
    }
    if line.chars().count() > TITLE_CHARS {
        return Form::Paragraph;
    }
    let words = count_words(line);
    // A title wrapped over more lines is rarer than verse.
    let is_verse = line.matches('\n').count() > 1 || line.ends_with([',', ';']);
    let is_sentence = line.ends_with('.') && !line.ends_with("...");
    let announces = line.ends_with(':') && words >= ANNOUNCING_WORDS;
    if words > TITLE_WORDS || is_verse || announces || (is_sentence && words >= SENTENCE_WORDS) {
        return Form::Paragraph;
    }
    let is_name = (words <= 3 && !line.ends_with(['?', '!'])) || (words <= 5 && !line.chars().any(char::is_lowercase));
    if is_name || noise::is_letterhead(line) || is_sentence || line.ends_with(':') { Form::Weak } else { Form::Strong }
}

/// Returns how many words a line has; marks that stand alone are none.
pub(super) fn count_words(line: &str) -> usize {
    line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Tells whether a line ends as a sentence does.
pub(super) fn ends_a_sentence(line: &str) -> bool {
    let line = line.trim_end_matches([' ', '\u{a0}', '\u{202f}', '»', '"', '”', ')']);
    line.ends_with(['.', '!', '?', '…'])
}
