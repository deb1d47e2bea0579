//! The blocks of a page: its paragraphs, headings, items and cells, and where each stands.

mod hidden;
mod place;
mod sums;
mod walk;

use super::tag::Tag;
pub(super) use place::Place;
pub(super) use walk::blocks;

/// A run of text between the ends of two block elements.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its text, blanks collapsed, with `\n` where a line was broken on purpose.
    pub(super) text: String,
    /// How many characters it has.
    pub(super) chars: usize,
    /// How many of them stand in links.
    pub(super) linked: usize,
    /// The innermost block element that holds it.
    pub(super) element: usize,
    /// The first node of its text.
    pub(super) node: usize,
    /// What that element is.
    pub(super) tag: Tag,
    /// What surrounds it.
    pub(super) place: Place,
    /// The 1-based line of the file at which it begins.
    pub(super) line: u32,
}

impl Block {
    /// Returns the share of its characters that stand in links, 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.chars.max(1) as f32
    }

    /// Tells whether it ends as a sentence does.
    pub(super) fn ends_a_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(['»', '"', '”', ')', ']', ' ', '\u{a0}', '\u{202f}']);
        end.ends_with(['.', '!', '?', '…'])
    }
}

/// Whether what elements and names say of their text is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is, unless it would leave the better part of the page out.
    Hints,
    /// It is not.
    Nothing,
}
