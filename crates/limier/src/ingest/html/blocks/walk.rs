//! The walk over the nodes of a page that gathers the text of each block.

use super::super::tag::Tag;
use super::super::tree::{Page, push_collapsed};
use super::place::Places;
use super::{Block, Place, Trust};

/// Returns the blocks of a page in the order of the file.
pub(in crate::ingest::html) fn blocks(page: &Page, trust: Trust) -> Vec<Block> {
    let places = Places::new(page, trust);
    Walk { page, places, blocks: Vec::new(), open: Vec::new(), last: Run::default() }.run()
}

struct Walk<'a> {
    page: &'a Page,
    places: Places<'a>,
    blocks: Vec<Block>,
    open: Vec<Frame>,
    /// The text that was added last.
    last: Run,
}

/// What tells whether two texts side by side are parts of one word.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// Whether the innermost element around it is there for its style.
    is_styled: bool,
    /// Whether it has several words.
    has_words: bool,
}

/// An element whose end is still to come.
struct Frame {
    element: usize,
    end: usize,
    is_block: bool,
    place: Place,
}

impl Walk<'_> {
    fn run(mut self) -> Vec<Block> {
        let page = self.page;
        let mut current: Option<Block> = None;
        let mut index = 0;
        while let Some(node) = page.nodes().get(index) {
            while self.open.last().is_some_and(|frame| frame.end <= index) {
                if self.open.pop().is_some_and(|frame| frame.is_block) {
                    self.flush(&mut current);
                }
            }
            if node.tag.is_left_out() && index > 0 {
                index = node.end.max(index + 1);
                continue;
            }
            let outer = self.open.last().map_or(Place::default(), |frame| frame.place);
            match node.tag {
                Tag::Text => self.add(&mut current, index, outer),
                Tag::Br => {
                    if let Some(block) = &mut current {
                        block.text.truncate(block.text.trim_end_matches(' ').len());
                        block.text.push('\n');
                    }
                }
                tag => {
                    if tag.is_block() {
                        self.flush(&mut current);
                    }
                    let place = self.places.of(index, outer);
                    self.open.push(Frame { element: index, end: node.end, is_block: tag.is_block(), place });
                }
            }
            index += 1;
        }
        self.flush(&mut current);
        self.blocks
    }

    fn add(&mut self, current: &mut Option<Block>, index: usize, place: Place) {
        let page = self.page;
        let Some(node) = page.nodes().get(index) else { return };
        let text = page.text(node);
        let holder = self.open.iter().rev().find(|frame| frame.is_block);
        let holder_place = holder.map_or(place, |frame| frame.place);
        // A button within a line is not a part of it.
        if place.is_aside && !holder_place.is_aside {
            return;
        }
        let block = match current {
            Some(block) => block,
            None if text.trim().is_empty() => return,
            None => {
                let element = holder.map_or(0, |frame| frame.element);
                let tag = self.page.nodes().get(element).map_or(Tag::Div, |node| node.tag);
                let text = String::new();
                current.insert(Block { text, chars: 0, linked: 0, element, node: index, tag, place, line: node.line })
            }
        };
        if !text.trim().is_empty() {
            // What is a date or a caption only in part is neither.
            block.place.is_caption &= place.is_caption;
            block.place.is_byline &= place.is_byline;
            block.place.is_lead |= place.is_lead;
        }
        let run = Run {
            is_styled: page.nodes().get(node.parent).is_some_and(|parent| parent.tag == Tag::Style),
            has_words: text.trim().contains(char::is_whitespace),
        };
        let is_next = block.text.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if is_next && text.starts_with(char::is_uppercase) && index > block.node && are_apart(self.last, run) {
            block.text.push(' ');
        }
        self.last = run;
        let before = block.text.len();
        if block.tag == Tag::Pre {
            push_lines(&mut block.text, text);
        } else {
            push_collapsed(&mut block.text, text);
        }
        let added = block.text.get(before..).unwrap_or_default().chars().count();
        block.chars += added;
        if node.in_link {
            block.linked += added;
        }
    }

    fn flush(&mut self, current: &mut Option<Block>) {
        let Some(mut block) = current.take() else { return };
        block.text = trimmed_lines(&block.text);
        block.chars = block.text.chars().count();
        block.linked = block.linked.min(block.chars);
        if block.chars > 0 {
            self.blocks.push(block);
        }
    }
}

/// Tells whether two texts that stand side by side in different elements are not parts of one word: "Par Inès Guichard" and
/// "Le 3 mai" are set apart by their look, `H<sub>2</sub>O` and `e<b>B</b>ay` are not.
fn are_apart(before: Run, next: Run) -> bool {
    match (before.is_styled, next.is_styled) {
        (false, false) => before.has_words || next.has_words,
        (true, true) => before.has_words && next.has_words,
        _ => false,
    }
}

/// Adds the lines of a text, each as one of its own.
fn push_lines(text: &mut String, added: &str) {
    for (number, line) in added.split('\n').enumerate() {
        if number > 0 {
            text.push('\n');
        }
        push_collapsed(text, line);
    }
}

/// Returns a text without blanks around its lines, and with at most one blank line in a row.
fn trimmed_lines(text: &str) -> String {
    let mut trimmed = String::with_capacity(text.len());
    for line in text.trim().split('\n').map(str::trim) {
        if line.is_empty() && trimmed.ends_with("\n\n") {
            continue;
        }
        trimmed.push_str(line);
        trimmed.push('\n');
    }
    trimmed.truncate(trimmed.trim_end().len());
    trimmed
}
