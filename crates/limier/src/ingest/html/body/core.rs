//! The element of a page that holds its article: the one whose running text outweighs its links and labels the most.

use std::collections::HashSet;
use std::ops::Range;

use super::super::super::noise;
use super::super::blocks::Block;
use super::super::meta::Meta;
use super::super::tag::{Attribute, Tag};
use super::super::tree::{Node, Page};
use super::kept::is_kept;
use super::repeated::Repeated;
use super::{MAX_LINKS, PARAGRAPH_CHARS, container, is_end_of_article};

/// An element within the core that holds this share of its worth is the core.
const CORE_SHARE: f32 = 0.75;

/// An element that the page marks as the body is believed where it holds this share of what the best element holds.
const MARKED_SHARE: f32 = 0.4;

/// The element that holds the article.
pub(super) struct Core {
    /// The first of its blocks, and the one after its last.
    pub(super) blocks: (usize, usize),
    /// The element in which other parts of the article may stand, and its blocks.
    around: (usize, usize),
    /// The element.
    pub(super) element: usize,
}

pub(super) fn core(page: &Page, blocks: &[Block], repeated: &Repeated) -> Option<Core> {
    let mut sums = Vec::with_capacity(blocks.len() + 1);
    let mut sum = 0i64;
    for (index, block) in blocks.iter().enumerate() {
        sums.push(sum);
        sum += if repeated.holds(index) { block.chars as i64 } else { worth(block) };
    }
    sums.push(sum);
    let range = |node: usize, end: usize| {
        (blocks.partition_point(|block| block.node < node), blocks.partition_point(|block| block.node < end))
    };
    let worth_of = |(start, end): (usize, usize)| {
        let at = |index: usize| sums.get(index).copied().unwrap_or_default();
        at(end) - at(start)
    };
    let holders = || page.nodes().iter().enumerate().filter(|(_, node)| is_holder(node.tag));
    let mut best: Option<(i64, usize, (usize, usize))> = None;
    let mut marked: Option<(i64, usize, (usize, usize))> = None;
    for (index, node) in holders() {
        let own = range(index, node.end);
        let worth = worth_of(own);
        // The innermost of equals.
        if worth > 0 && best.is_none_or(|(other, ..)| worth >= other) {
            best = Some((worth, index, own));
        }
        let is_body = page.attribute(node, Attribute::ItemProp).is_some_and(|names| names.contains("articleBody"));
        if is_body && worth > 0 && marked.is_none_or(|(other, ..)| worth > other) {
            marked = Some((worth, index, own));
        }
    }
    let (all, node, around) = best?;
    if let Some((worth, element, own)) = marked
        && worth as f32 >= MARKED_SHARE * all as f32
    {
        return Some(Core { blocks: own, around: own, element });
    }
    let end = page.nodes().get(node).map_or(node, |node| node.end);
    let (mut core, mut element) = (around, node);
    for (index, inner) in holders().filter(|(index, inner)| *index > node && inner.end <= end) {
        let own = range(index, inner.end);
        if worth_of(own) as f32 >= CORE_SHARE * all as f32 {
            (core, element) = (own, index);
        }
    }
    let widened = |element: usize| range(element, page.nodes().get(element).map_or(element, |node| node.end));
    let core = widen(page, blocks, Core { blocks: core, around, element }, widened);
    let core = within_main(page, blocks, &core).unwrap_or(core);
    Some(below_title(page, blocks, &core).unwrap_or(core))
}

/// Returns the element that the page marks as its main part, where what weighs most is a box outside of it under a heading of its
/// own: a notice of one sentence is lighter than what a site says of itself.
fn within_main(page: &Page, blocks: &[Block], core: &Core) -> Option<Core> {
    let (element, node) = page.nodes().iter().enumerate().find(|(_, node)| node.tag == Tag::Main)?;
    let start = blocks.partition_point(|block| block.node < element);
    let end = blocks.partition_point(|block| block.node < node.end);
    let is_apart = core.blocks.0 >= end || core.blocks.1 <= start;
    let is_heading = |block: &Block| matches!(block.tag, Tag::Heading(_));
    let is_headed = blocks.get(core.blocks.0).is_some_and(is_heading);
    let own = blocks.get(start..end)?;
    let has_title = own.iter().find(|block| !block.place.is_aside).is_some_and(is_heading);
    let is_said = own.iter().any(|block| worth(block) > 0 && block.ends_a_sentence());
    (is_apart && is_headed && has_title && is_said).then_some(Core {
        blocks: (start, end),
        around: (start, end),
        element,
    })
}

/// Widens a core of one text to the element whose parts it and its neighbours are: the others are short, as the items of a list and
/// the last words of a notice are, and speak for no element.
fn widen(page: &Page, blocks: &[Block], mut core: Core, range: impl Fn(usize) -> (usize, usize)) -> Core {
    /// What is added holds no greater share of links.
    const MOST_LINKS: usize = 3;
    while let Some(node) = page.nodes().get(core.element) {
        let is_text = matches!(node.tag, Tag::P | Tag::Pre | Tag::Inline | Tag::Li | Tag::List | Tag::Blockquote);
        let is_whole = matches!(node.tag, Tag::Article | Tag::Main | Tag::Body | Tag::Html);
        if is_whole || core.element == 0 || !(is_text || core.blocks.1 - core.blocks.0 == 1) {
            break;
        }
        let (start, end) = range(node.parent);
        let added = (start..core.blocks.0).chain(core.blocks.1..end).filter_map(|index| blocks.get(index));
        let (mut chars, mut linked) = (0, 0);
        for block in added.filter(|block| !block.place.is_aside && !block.place.is_caption) {
            chars += block.chars;
            linked += block.linked;
        }
        if linked * MOST_LINKS > chars {
            break;
        }
        let around = (core.around.0.min(start), core.around.1.max(end));
        core = Core { blocks: (start, end), around, element: node.parent };
    }
    core
}

/// Returns the text right below the title, where what weighs most stands behind a heading that ends the article: teasers of
/// others weigh more than an article of one sentence.
fn below_title(page: &Page, blocks: &[Block], core: &Core) -> Option<Core> {
    let title = blocks.iter().position(|block| block.tag == Tag::Heading(1))?;
    let below = blocks.get(title + 1..)?;
    let end = title + 1 + below.iter().position(is_end_of_article)?;
    let own = blocks.get(title + 1..end)?;
    let text = own.iter().find(|block| worth(block) > 0 && block.ends_a_sentence())?;
    (core.blocks.0 >= end).then(|| Core {
        blocks: (title + 1, end),
        around: (title + 1, end),
        element: container(page, text),
    })
}

fn is_holder(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Html
            | Tag::Body
            | Tag::Div
            | Tag::Section
            | Tag::Article
            | Tag::Main
            | Tag::Td
            | Tag::Inline
            | Tag::Form
            | Tag::Blockquote
            | Tag::Header
            | Tag::P
            | Tag::Pre
            | Tag::Aside
            | Tag::Li
    )
}

/// Returns how much a block speaks for the element that holds it being the article: its characters, or less than nothing.
fn worth(block: &Block) -> i64 {
    let chars = block.chars as i64;
    if block.place.is_aside || block.place.is_caption {
        return 0;
    }
    let density = block.link_density();
    if density > MAX_LINKS {
        // "Lire aussi : un titre" between two paragraphs speaks against neither.
        let is_pointer = block.tag == Tag::P && noise::is_formula(&block.text);
        return if is_pointer { 0 } else { -chars.min(200) };
    }
    let reads_as_text = block.chars >= PARAGRAPH_CHARS || (block.chars >= 25 && block.ends_a_sentence());
    match block.tag {
        Tag::Heading(_) => 0,
        _ if reads_as_text && density < 0.4 => chars - 2 * block.linked as i64,
        Tag::P | Tag::Td | Tag::Dd => 0,
        _ => -chars.min(40) / 2,
    }
}

impl Core {
    /// Returns the blocks outside of the core that are made as its own are: the article goes on after an advertisement.
    pub(super) fn parts_elsewhere(&self, page: &Page, blocks: &[Block], meta: &Meta) -> Vec<usize> {
        let own = blocks.get(self.blocks.0..self.blocks.1).unwrap_or_default();
        let is_text = |block: &&Block| block.chars >= PARAGRAPH_CHARS && is_kept(page, block, meta);
        let makes: HashSet<_> = own.iter().filter(is_text).map(|block| make(page, block)).collect();
        // Elements beside the core that are made as it is: the parts of a page of many parts.
        let alike = |node: &Node| page.attribute(node, Attribute::Class).filter(|class| !class.is_empty());
        let core = page.nodes().get(self.element);
        let is_twin = |node: &&Node| {
            core.is_some_and(|core| {
                node.parent == core.parent
                    && node.tag == core.tag
                    && alike(core).is_some_and(|class| alike(node) == Some(class))
            })
        };
        let twins: Vec<Range<usize>> = page
            .nodes()
            .iter()
            .enumerate()
            .filter(|(_, node)| is_twin(node))
            .map(|(index, node)| index..node.end)
            .collect();
        let mut parts = Vec::new();
        for index in self.blocks.1..self.around.1 {
            let Some(block) = blocks.get(index) else { break };
            if is_end_of_article(block) {
                break;
            }
            let before = twins.partition_point(|twin| twin.end <= block.node);
            let is_in_twin = twins.get(before).is_some_and(|twin| twin.contains(&block.node));
            if (is_text(&block) && makes.contains(&make(page, block))) || (is_in_twin && is_kept(page, block, meta)) {
                parts.push(index);
            }
        }
        parts
    }
}

/// Two levels of elements around a text, by what they are and their classes.
type Make<'a> = [(Tag, &'a str); 2];

fn make<'a>(page: &'a Page, block: &Block) -> Option<Make<'a>> {
    let level = |index: usize| {
        let node = page.nodes().get(index)?;
        Some((node.parent, (node.tag, page.attribute(node, Attribute::Class).unwrap_or_default())))
    };
    let (parent, own) = level(block.element)?;
    let (_, outer) = level(parent)?;
    Some([own, outer])
}
