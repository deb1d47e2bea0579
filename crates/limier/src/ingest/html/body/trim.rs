//! What is taken off the blocks of an article once they are known, or added: each step looks at all of them.

use std::collections::HashSet;

use super::super::super::{noise, title};
use super::super::blocks::Block;
use super::super::meta::Meta;
use super::super::tag::Tag;
use super::super::tree::Page;
use super::core::Core;
use super::{MAX_LINKS, PARAGRAPH_CHARS, letters};

/// Leaves out what stands above the title in the element of the article, where more stands below: banners.
pub(super) fn drop_what_precedes_title(kept: &mut Vec<usize>, blocks: &[Block], meta: &Meta) {
    let is_title = |block: &Block| {
        block.tag == Tag::Heading(1) && meta.title.as_deref().is_some_and(|own| title::same(own, &block.text))
    };
    let (Some(&first), Some(&last)) = (kept.first(), kept.last()) else { return };
    let within = blocks.get(first..last).unwrap_or_default();
    let Some(at) = within.iter().position(is_title).map(|at| first + at) else { return };
    let chars = |indexes: &[usize]| {
        indexes.iter().filter_map(|&index| blocks.get(index)).map(|block| block.chars).sum::<usize>()
    };
    let (above, below) = kept.split_at(kept.partition_point(|&index| index < at));
    if chars(above) < chars(below) {
        *kept = below.to_vec();
    }
}

/// A box of more characters than this is part of the article, whatever it calls for.
const CALL_CHARS: usize = 400;

/// Leaves out small boxes that call for a subscription or an application: their heading and text, too.
pub(super) fn drop_calls(kept: &mut Vec<usize>, page: &Page, blocks: &[Block], core: &Core) {
    let mut dropped = HashSet::new();
    let own = blocks.get(core.blocks.0..core.blocks.1).unwrap_or_default();
    for call in own.iter().filter(|block| block.chars <= PARAGRAPH_CHARS && noise::is_call(&block.text)) {
        let is_box = |tag: Tag| matches!(tag, Tag::Div | Tag::Section | Tag::Aside | Tag::Blockquote);
        let Some(element) = page.nodes().get(call.element) else { continue };
        let index = if is_box(element.tag) { call.element } else { element.parent };
        let around = page.nodes().get(index).filter(|around| is_box(around.tag) && index > core.element);
        let Some(around) = around else { continue };
        let first = blocks.partition_point(|block| block.node < index);
        let mut chars = 0;
        let within = blocks.iter().enumerate().skip(first).take_while(|(_, block)| block.node < around.end);
        let within: Vec<usize> = within
            .take_while(|(_, block)| {
                chars += block.chars;
                chars <= CALL_CHARS
            })
            .map(|(index, _)| index)
            .collect();
        if chars <= CALL_CHARS {
            dropped.extend(within);
        }
    }
    kept.retain(|index| !dropped.contains(index));
}

/// No article has more quotations set beside it that are worth looking for in its text.
const MAX_INSETS: usize = 50;

/// Leaves out quotations set beside the text that stand in the text as well.
pub(super) fn drop_repeated_insets(kept: &mut Vec<usize>, blocks: &[Block]) {
    let is_inset = |index: &usize| blocks.get(*index).is_some_and(|block| block.place.is_inset);
    let insets: Vec<usize> = kept.iter().copied().filter(is_inset).take(MAX_INSETS).collect();
    if insets.is_empty() {
        return;
    }
    let text: String = kept
        .iter()
        .filter_map(|&index| blocks.get(index))
        .filter(|block| !block.place.is_inset)
        .map(|block| letters(&block.text))
        .collect();
    kept.retain(|index| {
        let said = || blocks.get(*index).map(|block| letters(&block.text)).unwrap_or_default();
        !insets.contains(index) || !text.contains(&said())
    });
}

/// Adds the headings of a page of summaries, each of which leads to its article: `Sport`, `Toutes les actualités`.
pub(super) fn add_headings_of_list(kept: &mut Vec<usize>, blocks: &[Block]) {
    let is_linked_heading = |block: &Block| matches!(block.tag, Tag::Heading(_)) && block.link_density() > MAX_LINKS;
    let above = |index: usize| index.checked_sub(1).filter(|&above| blocks.get(above).is_some_and(is_linked_heading));
    let headings: Vec<usize> =
        kept.iter().filter_map(|&index| above(index)).filter(|above| kept.binary_search(above).is_err()).collect();
    if headings.len() >= 3 && headings.len() * 3 >= kept.len() * 2 {
        kept.extend(headings);
        kept.sort_unstable();
    }
}

/// Leaves out headings that no text follows before the next of their rank.
pub(super) fn drop_lonely_headings(kept: &mut Vec<usize>, blocks: &[Block]) {
    let mut text_follows = false;
    // The rank of the heading that was kept right below.
    let mut below: Option<u8> = None;
    let mut lonely = HashSet::new();
    for &index in kept.iter().rev() {
        match blocks.get(index).map(|block| block.tag) {
            Some(Tag::Heading(level)) if text_follows || below.is_some_and(|below| level < below) => {
                below = Some(level);
                text_follows = false;
            }
            Some(Tag::Heading(_)) => {
                lonely.insert(index);
            }
            _ => {
                text_follows = true;
                below = None;
            }
        }
    }
    kept.retain(|index| !lonely.contains(index));
}

/// At most so many short lines after the last sentence are a signature.
const SIGNATURE_LINES: usize = 3;

/// Leaves out what stands after the last sentence: names, labels.
pub(super) fn drop_signature(kept: &mut Vec<usize>, blocks: &[Block]) {
    let is_signature = |index: &&usize| {
        blocks.get(**index).is_some_and(|block| {
            let is_item = matches!(block.tag, Tag::Li | Tag::Td | Tag::Dd | Tag::Pre | Tag::Blockquote);
            let is_sentence = block.chars >= PARAGRAPH_CHARS || block.ends_a_sentence() || block.text.contains('\n');
            !is_item && !is_sentence
        })
    };
    let count = kept.iter().rev().take_while(is_signature).count();
    let is_heading = |index: &usize| matches!(blocks.get(*index).map(|block| block.tag), Some(Tag::Heading(_)));
    if kept.iter().rev().take(count).any(is_heading) {
        return;
    }
    // More are lines of the article: a ranking, a poem.
    if count <= SIGNATURE_LINES && count + 2 <= kept.len() {
        kept.truncate(kept.len() - count);
    }
}
