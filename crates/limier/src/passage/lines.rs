//! From lines to blocks: paragraphs, headings, items of a list, stanzas.
//!
//! A line break means one of two things: "here something ends", after a heading or an item, or "here the page was too
//! narrow", inside a paragraph that was wrapped at 72 columns. What was wrapped is put together again, because a
//! sentence runs across such breaks; what ended stays apart, because a heading without a stop is no part of the
//! sentence below it. Lines are judged within their group, the lines between two blank ones:
//!
//! - a group is *wrapped* when most of its lines are full: the first word of the next line would not have fitted;
//! - a group is *verse* when its lines are short, all begin with a capital and some end with a comma;
//! - in any group, a line goes on when the next begins with a small letter, or when it ends with a comma or with a word
//!   that cannot end anything (`de`, `la`, `et`).

use std::ops::Range;

use super::bytes::{position, words};
use super::vocabulary::cannot_end;

/// Lines wider than this, in characters, were not wrapped by anybody: they are paragraphs.
const WIDEST_WRAP: usize = 120;
/// Groups narrower than this, in characters, are lists and headings.
const NARROWEST_WRAP: usize = 40;
/// Room for the lines of a group; few have more.
const LINES: usize = 32;
/// A line at least this wide, in characters, goes on when the next one begins with a small letter.
const GOES_ON: usize = 20;

/// The blocks of a text, in order, as byte ranges without surrounding white space.
#[derive(Clone, Debug)]
pub(super) struct Blocks<'t> {
    text: &'t str,
    /// Where the next group begins.
    ahead: usize,
    /// The lines of the current group, and the next of them.
    lines: Vec<Line>,
    next: usize,
    shape: Shape,
}

/// A line that is not blank, without surrounding white space.
#[derive(Clone, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// In characters; known once the group is judged.
    width: usize,
}

/// How the lines of a group hang together.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// Each line stands for itself, unless it is visibly incomplete.
    Plain,
    /// Broken at this width, in characters.
    Wrapped(usize),
    /// A stanza.
    Verse,
}

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t str) -> Blocks<'t> {
        Blocks { text, ahead: 0, lines: Vec::with_capacity(LINES), next: 0, shape: Shape::Plain }
    }

    /// Returns no blocks at all.
    pub(super) fn none(text: &'t str) -> Blocks<'t> {
        Blocks { text, ahead: text.len(), lines: Vec::new(), next: 0, shape: Shape::Plain }
    }

    /// Passes over the groups that end before `offset`: of their lines nothing is looked at but where they end.
    pub(super) fn skip_to(&mut self, offset: usize) {
        let reaches = |blocks: &Self| blocks.lines.last().is_some_and(|line| line.end >= offset);
        if reaches(self) {
            return;
        }
        while self.read_lines() {
            if reaches(self) {
                self.judge_lines();
                return;
            }
        }
    }

    fn read_group(&mut self) -> bool {
        let is_there = self.read_lines();
        self.judge_lines();
        is_there
    }

    /// Reads where the lines of the next group stand; returns whether there is one.
    fn read_lines(&mut self) -> bool {
        self.lines.clear();
        self.next = 0;
        while self.ahead < self.text.len() {
            let (raw, after) = line_at(self.text, self.ahead);
            self.ahead = after;
            match trimmed(self.text, raw) {
                Some(line) => self.lines.push(line),
                None if self.lines.is_empty() => {}
                None => break,
            }
        }
        !self.lines.is_empty()
    }

    /// Measures the lines of the group, and tells how they hang together.
    fn judge_lines(&mut self) {
        for line in &mut self.lines {
            line.width = width_of(self.text.get(line.start..line.end).unwrap_or_default());
        }
        self.shape = shape_of(self.text, &self.lines);
    }
}

impl Iterator for Blocks<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.next >= self.lines.len() && !self.read_group() {
            return None;
        }
        let mut last = self.lines.get(self.next)?.clone();
        let start = last.start;
        self.next += 1;
        while let Some(line) = self.lines.get(self.next) {
            if !goes_on(self.text, &last, line, self.shape) {
                break;
            }
            last = line.clone();
            self.next += 1;
        }
        Some(start..last.end)
    }
}

/// Returns the line that begins at `from`, without its line break, and where the next one begins.
fn line_at(text: &str, from: usize) -> (Range<usize>, usize) {
    let bytes = text.as_bytes();
    let may_break = |byte: u8| byte.wrapping_sub(b'\n') <= b'\r' - b'\n' || byte == 0xE2;
    let mut at = from;
    while let Some(ahead) = bytes.get(at..).and_then(|rest| position(rest, may_break)) {
        at += ahead;
        let length = match bytes.get(at..).unwrap_or_default() {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | 0x0B | 0x0C | b'\r', ..] => 1,
            // U+2028 and U+2029, line and paragraph separator.
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            _ => 0,
        };
        if length > 0 {
            return (from..at, at + length);
        }
        at += 1;
    }
    (from..text.len(), text.len())
}

fn trimmed(text: &str, raw: Range<usize>) -> Option<Line> {
    let begun = text.get(raw.clone()).unwrap_or_default().trim_start();
    let inner = begun.trim_end();
    let start = raw.end - begun.len();
    (!inner.is_empty()).then_some(Line { start, end: start + inner.len(), width: 0 })
}

/// Returns the width of a line in characters. Only widths up to the widest wrap matter: a line that is longer by its bytes is
/// not counted.
fn width_of(line: &str) -> usize {
    if line.len() > WIDEST_WRAP * 4 { WIDEST_WRAP + 1 } else { line.chars().count().min(WIDEST_WRAP + 1) }
}

fn shape_of(text: &str, lines: &[Line]) -> Shape {
    if lines.len() < 3 {
        return Shape::Plain;
    }
    if is_verse(text, lines) {
        return Shape::Verse;
    }
    let width = lines.iter().map(|line| line.width).filter(|&width| width <= WIDEST_WRAP).max().unwrap_or(0);
    if width < NARROWEST_WRAP {
        return Shape::Plain;
    }
    // Two in three are full at least.
    let most = (lines.len() - 1) / 3;
    let mut others = lines.windows(2).filter(|pair| !matches!(pair, [a, b] if is_full(text, a, b, width)));
    if others.nth(most).is_none() { Shape::Wrapped(width) } else { Shape::Plain }
}

/// Tells whether the first word of `next` would not have fitted on `line`.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    // Two columns of tolerance, for wide characters and counting in bytes.
    let with_blank = line.width + 1 + 2;
    if line.width > WIDEST_WRAP || with_blank > width {
        return line.width <= WIDEST_WRAP;
    }
    let word = words(&text[next.start..next.end]).next().unwrap_or("");
    with_blank + word.chars().take(WIDEST_WRAP).count() > width
}

/// A stanza: at least three lines of at least three words, all short, all with a capital, one with a comma at its end,
/// and a stop at the end of the last.
fn is_verse(text: &str, lines: &[Line]) -> bool {
    let as_str = |line: &Line| &text[line.start..line.end];
    let shaped = lines.iter().all(|line| {
        let verse = as_str(line);
        line.width <= 70
            && !begins_item(verse)
            && first_letter(verse).is_some_and(char::is_uppercase)
            && words(verse).nth(2).is_some()
    });
    let commas = lines.iter().filter(|line| as_str(line).ends_with([',', ';'])).count();
    let closed = lines.last().is_some_and(|line| ends_with_stop(as_str(line)));
    shaped && commas > 0 && closed && lines.iter().any(|line| line.width < NARROWEST_WRAP + 15)
}

/// Tells whether what `line` says goes on in `next`.
fn goes_on(text: &str, line: &Line, next: &Line, shape: Shape) -> bool {
    let (this, that) = (&text[line.start..line.end], &text[next.start..next.end]);
    // Most lines end what they say: what forbids to go on is asked of the others.
    may_go_on(text, line, next, shape) && !(begins_item(that) || is_row(this) || is_row(that) || is_greeting(this))
}

/// Tells whether what `line` says goes on in `next`, if that is no item, row or greeting.
fn may_go_on(text: &str, line: &Line, next: &Line, shape: Shape) -> bool {
    let (this, that) = (&text[line.start..line.end], &text[next.start..next.end]);
    let full = matches!(shape, Shape::Wrapped(width) if is_full(text, line, next, width));
    if full || shape == Shape::Verse {
        return true;
    }
    if ends_with_stop(this) {
        // "M." at the end of a full line: whether a sentence ends there is for the sentence rules to say.
        return false;
    }
    if this.ends_with([',', '(', '«', '-', '‑']) || cannot_end(last_word(this)) {
        return true;
    }
    let small = first_letter(that).is_some_and(char::is_lowercase);
    small && line.width >= GOES_ON && !this.ends_with([':', ';'])
}

/// "Bonjour,", "Mon cher ami,": a line by itself, before a letter.
fn is_greeting(line: &str) -> bool {
    const FIRST: &[&str] = &[
        "Bonjour",
        "Bonsoir",
        "Salut",
        "Coucou",
        "Cher",
        "Chers",
        "Chère",
        "Chères",
        "Mon",
        "Ma",
        "Mes",
        "Madame",
        "Mesdames",
        "Monsieur",
        "Messieurs",
        "Maître",
        "Docteur",
    ];
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // "Mon cher ami," greets, "Mon père, ce héros," does not.
    let dear = !matches!(first, "Mon" | "Ma" | "Mes") || line.contains(" cher") || line.contains(" chère");
    let inner = line.trim_end_matches(',');
    line.ends_with(',') && FIRST.contains(&first) && dear && !inner.contains(',') && words(line).nth(6).is_none()
}

/// A row of a table that became text.
fn is_row(line: &str) -> bool {
    position(line.as_bytes(), |byte| byte == b'\t' || byte == b'|').is_some()
        && (line.contains('\t') || line.contains(" | ") || line.starts_with('|'))
}

/// Tells whether a line begins an item: with a bullet, a dash of a list or of a dialogue, a number or a letter.
fn begins_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    match first {
        '•' | '◦' | '▪' | '▸' | '►' | '·' | '‣' | '●' | '○' | '■' | '✓' | '✔' | '➤' | '→' | '—' => {
            true
        }
        '-' | '–' | '*' | '+' => rest.starts_with(char::is_whitespace),
        '#' => rest.starts_with(['#', ' ']),
        _ if first.is_alphanumeric() => {
            let mark = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let mark = if mark.len() == line.len() { rest } else { mark };
            let numbered = line.len() - mark.len() <= 3 || first.is_alphabetic();
            let closed = mark.strip_prefix(['.', ')', '°']).is_some_and(|after| after.starts_with(char::is_whitespace));
            // "A. Dupont" at the head of a wrapped line is a name; "a)" and "1." are items.
            numbered && closed && (first.is_ascii_digit() || mark.starts_with(')'))
        }
        _ => false,
    }
}

fn ends_with_stop(line: &str) -> bool {
    let bare =
        line.trim_end_matches(|c: char| matches!(c, '»' | '”' | '"' | ')' | ']' | '*' | '_') || c.is_whitespace());
    bare.ends_with(['.', '!', '?', '…'])
}

fn first_letter(line: &str) -> Option<char> {
    line.chars().find(|c| c.is_alphanumeric())
}

fn last_word(line: &str) -> &str {
    line.rsplit(|c: char| c.is_whitespace() || matches!(c, '\'' | '’')).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        Blocks::new(text).map(|block| &text[block]).collect()
    }

    #[test]
    fn every_kind_of_line_break_ends_a_line() {
        assert_eq!(blocks("Un\r\nDeux\rTrois\u{2028}Quatre\u{c}Cinq"), ["Un", "Deux", "Trois", "Quatre", "Cinq"]);
    }

    #[test]
    fn headings_stand_alone() {
        assert_eq!(
            blocks("Les enjeux\nLa ville a voté mardi.\n\n \nFin"),
            ["Les enjeux", "La ville a voté mardi.", "Fin"]
        );
    }

    #[test]
    fn skipping_keeps_the_group_that_holds_the_offset() {
        let text = "Un.\n\nDeux.\nTrois.\n\nQuatre.";
        let mut blocks = Blocks::new(text);
        blocks.skip_to(text.find("Trois").unwrap());
        assert_eq!(blocks.map(|block| &text[block]).collect::<Vec<_>>(), ["Deux.", "Trois.", "Quatre."]);
    }
}
