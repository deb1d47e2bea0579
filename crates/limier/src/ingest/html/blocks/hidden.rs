//! What a page holds and does not show: windows that a program opens, texts for machines.
//!
//! Style and attributes say so (<https://html.spec.whatwg.org/#the-hidden-attribute>), but a program may take the word back:
//! some pages hide all of themselves until they are loaded, and what a reader unfolds by a heading or a button is hidden
//! until then. Such a text is judged as any other is.

use std::collections::HashMap;
use std::ops::Range;

use super::super::tag::{Attribute, Tag};
use super::super::tree::{Node, Page};

/// Hidden elements that are made alike, in this number, are unfolded one by one: the answers of a page of questions.
const ALIKE: usize = 3;

/// A text is set aside by so many pixels, or by more, where nobody is to see it.
const FAR_PIXELS: f32 = -900.0;

/// The outermost hidden elements of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    elements: Vec<(Range<usize>, IsUnfolded)>,
}

/// Whether a reader can make a program show an element.
type IsUnfolded = bool;

impl Hidden {
    pub(super) fn of(page: &Page) -> Hidden {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (index, node) in page.nodes().iter().enumerate().skip(1) {
            let is_within = ranges.last().is_some_and(|range| index < range.end);
            if !is_within && !node.tag.is_left_out() && is_hidden(page, node) {
                ranges.push(index..node.end);
            }
        }
        let make = |index: usize| {
            let node = page.nodes().get(index)?;
            Some((node.tag, page.attribute(node, Attribute::Class).unwrap_or_default()))
        };
        let mut alike: HashMap<_, usize> = HashMap::new();
        ranges.iter().for_each(|range| *alike.entry(make(range.start)).or_default() += 1);
        let is_unfolded = |range: &Range<usize>| {
            alike.get(&make(range.start)).is_some_and(|count| *count >= ALIKE) || stands_at_switch(page, range)
        };
        let elements = ranges.iter().map(|range| (range.clone(), is_unfolded(range))).collect();
        Hidden { elements }
    }

    /// Tells whether a node is hidden, or stands in what is.
    pub(super) fn holds(&self, index: usize) -> bool {
        self.around(index).is_some()
    }

    /// Tells whether an element is hidden for good.
    pub(super) fn is_for_good(&self, index: usize) -> bool {
        self.around(index).is_some_and(|(_, is_unfolded)| !is_unfolded)
    }

    fn around(&self, index: usize) -> Option<&(Range<usize>, IsUnfolded)> {
        let after = self.elements.partition_point(|(range, _)| range.start <= index);
        self.elements.get(after.checked_sub(1)?).filter(|(range, _)| index < range.end)
    }
}

/// Tells whether style or attribute hide an element.
pub(super) fn is_hidden(page: &Page, node: &Node) -> bool {
    // `until-found`: the page wants its text to be found.
    let by_attribute = page.attribute(node, Attribute::Hidden).is_some_and(|value| value != "until-found");
    by_attribute || page.attribute(node, Attribute::Style).is_some_and(is_invisible)
}

/// Tells whether a heading stands right before an element, or a button or link right beside it: they show it.
fn stands_at_switch(page: &Page, range: &Range<usize>) -> bool {
    let nodes = page.nodes();
    let parent = nodes.get(range.start).map_or(0, |node| node.parent);
    let is_blank = |node: &Node| node.tag == Tag::Text && page.text(node).trim().is_empty();
    let mut before = range.start;
    let previous = loop {
        let Some(mut at) = before.checked_sub(1).filter(|at| *at > parent) else { break None };
        while let Some(node) = nodes.get(at).filter(|node| node.parent != parent && at > parent) {
            at = node.parent;
        }
        match nodes.get(at) {
            Some(node) if is_blank(node) => before = at,
            other => break other,
        }
    };
    let next = nodes.get(range.end..).unwrap_or_default().iter().find(|node| !is_blank(node));
    let next = next.filter(|next| next.parent == parent);
    previous.is_some_and(|node| matches!(node.tag, Tag::Heading(_) | Tag::Dd | Tag::Control | Tag::A))
        || next.is_some_and(|node| matches!(node.tag, Tag::Control | Tag::A))
}

/// Tells whether a style shows nothing: <https://www.w3.org/TR/CSS22/visuren.html>.
fn is_invisible(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        match name.trim() {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "left" | "top" | "text-indent" | "margin-left" => {
                let pixels = value.strip_suffix("px").and_then(|pixels| pixels.trim_end().parse::<f32>().ok());
                pixels.is_some_and(|pixels| pixels <= FAR_PIXELS)
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_show_nothing_are_known() {
        for style in [
            "display:none",
            "color: red; DISPLAY : none !important",
            "visibility: hidden;",
            "position:absolute; left:-9999px",
            "text-indent: -1000px",
        ] {
            assert!(is_invisible(style), "{style}");
        }
        for style in
            ["", "display", "display:block", "color:none", "left:-20px", "backface-visibility:hidden", "left:-1em"]
        {
            assert!(!is_invisible(style), "{style}");
        }
    }

    #[test]
    fn what_a_reader_unfolds_is_not_hidden_for_good() {
        for (page, expected) in [
            ("<p>a</p><div hidden>b</div>", true),
            ("<p>a</p> <div hidden><p>b</p></div> <p>c</p>", true),
            ("<h2>a</h2> <div hidden>b</div>", false),
            ("<div hidden>b</div><h2>a</h2>", true),
            ("<button>a</button><div hidden>b</div>", false),
            ("<p>a</p><div hidden>b</div> <a href=#>la suite</a>", false),
            (
                "<p>a</p><div class=r hidden>b</div><p>a</p><div class=r hidden>b</div><p>a</p><div class=r hidden>b</div>",
                false,
            ),
            ("<div hidden=until-found>b</div>", false),
        ] {
            let parsed = Page::parse(page);
            let hidden = Hidden::of(&parsed);
            let text = parsed.nodes().iter().position(|node| parsed.text(node) == "b").unwrap();
            assert_eq!(hidden.is_for_good(text), expected, "{page}");
        }
    }
}
