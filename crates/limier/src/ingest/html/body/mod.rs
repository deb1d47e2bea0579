//! The blocks of a page that are the article.
//!
//! Three steps. The *core* is the element whose running text outweighs its links and labels the most: what the page marks
//! as the body, where it marks one. Then each block of the core is judged alone, by its links, its place and what it says.
//! Last, the summary above the body is sought between the title and the core, since many pages set it apart.

mod core;
mod days;
mod kept;
mod lead;
mod repeated;
mod trim;

use std::collections::HashSet;
use std::ops::Range;

use super::super::noise;
use super::blocks::Block;
use super::meta::Meta;
use super::tag::{Attribute, Tag};
use super::tree::{Node, Page};
use kept::{is_figure, is_kept};
use lead::lead;
use repeated::Repeated;
use trim::{
    add_headings_of_list, drop_calls, drop_lonely_headings, drop_repeated_insets, drop_signature,
    drop_what_precedes_title,
};

/// Blocks of at least this many characters are running text, short or not ending as a sentence does.
const PARAGRAPH_CHARS: usize = 60;

/// A block with a greater share of links than this points elsewhere.
const MAX_LINKS: f32 = 0.6;

/// Returns the indexes of the blocks that make up the article, in order.
pub(super) fn find(page: &Page, blocks: &[Block], meta: &Meta) -> Vec<usize> {
    let repeated = Repeated::of(blocks, meta.body.as_deref());
    let Some(core) = core::core(page, blocks, &repeated) else { return Vec::new() };
    let (start, end) = (core.blocks.0, core.blocks.1);
    let days = days::find(page, blocks, start..end);
    let mut kept = Vec::new();
    let mut seen = HashSet::new();
    // Where the article goes on after a heading that leads elsewhere.
    let mut resumed = start;
    for index in start..end {
        let Some(block) = blocks.get(index) else { break };
        if index < resumed {
            continue;
        }
        let is_over = kept.len() >= 2 || (kept.len() == 1 && matches!(block.tag, Tag::Heading(_)));
        if is_end_of_article(block) && is_over {
            let Some(next) = resumes(page, blocks, &kept, index..end, meta) else { break };
            resumed = next;
            continue;
        }
        let is_day = days.binary_search(&index).is_ok();
        let is_kept =
            is_day || repeated.holds(index) || is_kept(page, block, meta) || is_figure(block, index, &kept, blocks);
        if is_kept && (block.chars < PARAGRAPH_CHARS || seen.insert(block.text.as_str())) {
            kept.push(index);
        }
    }
    drop_what_precedes_title(&mut kept, blocks, meta);
    kept.extend(core.parts_elsewhere(page, blocks, meta));
    drop_calls(&mut kept, page, blocks, &core);
    drop_repeated_insets(&mut kept, blocks);
    add_headings_of_list(&mut kept, blocks);
    drop_lonely_headings(&mut kept, blocks);
    drop_signature(&mut kept, blocks);
    let mut all = lead(page, blocks, &kept, meta);
    all.extend(kept);
    all
}

/// Returns the blocks of the element that the page marks as its main part, without menus and boxes in it; none where it marks none.
pub(super) fn main_part<'a>(page: &Page, blocks: &'a [Block]) -> impl Iterator<Item = usize> + 'a {
    let marked = |tag| page.nodes().iter().position(|node| node.tag == tag);
    let main = marked(Tag::Main).or_else(|| marked(Tag::Article));
    let nodes = main.and_then(|main| Some(main..page.nodes().get(main)?.end)).unwrap_or_default();
    let is_part = move |(_, block): &(usize, &Block)| nodes.contains(&block.node) && !block.place.is_aside;
    blocks.iter().enumerate().filter(is_part).map(|(index, _)| index)
}

/// Tells whether nothing of the article follows a block: the heading of the comments, or of other articles.
fn is_end_of_article(block: &Block) -> bool {
    block.chars <= 60 && !block.ends_a_sentence() && noise::ends_article(&block.text)
}

/// Returns the block at which the article goes on after one that seems to end it, the first of `range`: a heading or a
/// text beside the paragraphs before. `<p>Newsletter</p>` may stand anywhere between paragraphs.
fn resumes(page: &Page, blocks: &[Block], kept: &[usize], range: Range<usize>, meta: &Meta) -> Option<usize> {
    let label = blocks.get(range.start)?;
    let by_readers = noise::begins_comments(&label.text);
    if by_readers && matches!(label.tag, Tag::Heading(_)) {
        return None;
    }
    let is_text = |block: &Block| block.chars >= PARAGRAPH_CHARS || block.ends_a_sentence();
    let before = kept.iter().rev().filter_map(|&index| blocks.get(index)).find(|block| is_text(block))?;
    let container = container(page, before);
    let of_label = self::container(page, label);
    let node = |index: usize| page.nodes().get(index);
    let class = |index: usize| node(index).and_then(|node| page.attribute(node, Attribute::Class));
    // The label stands in a box of its own, and the text goes on behind it in another part like the one before.
    let is_part = |other: usize| {
        let alike = |a: &Node, b: &Node| a.parent == b.parent && a.tag == b.tag;
        let alike = node(container).zip(node(other)).is_some_and(|(a, b)| alike(a, b));
        of_label != container && other != of_label && alike && class(container) == class(other)
    };
    for index in range.start + 1..range.end {
        let block = blocks.get(index)?;
        let is_heading = matches!(block.tag, Tag::Heading(_));
        // Titles of other articles, perhaps with their summaries.
        if is_heading && block.link_density() > MAX_LINKS {
            return None;
        }
        let own = self::container(page, block);
        if (own != container && !is_part(own)) || is_end_of_article(block) || !is_kept(page, block, meta) {
            continue;
        }
        if is_heading {
            return Some(index);
        }
        if is_text(block) {
            return (!by_readers).then_some(index);
        }
    }
    None
}

/// Returns the element whose parts are a block and its neighbours.
fn container(page: &Page, block: &Block) -> usize {
    let parent = |index: usize| page.nodes().get(index).map_or(index, |node| node.parent);
    match block.tag {
        Tag::P | Tag::Pre | Tag::Heading(_) | Tag::Blockquote => parent(block.element),
        Tag::Li | Tag::Dd => parent(parent(block.element)),
        _ => block.element,
    }
}

/// Returns the letters and digits of a text, folded.
fn letters(text: &str) -> String {
    noise::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
