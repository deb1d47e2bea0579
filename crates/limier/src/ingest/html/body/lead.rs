//! The summary above the body, between the title and the article's element: many pages set it apart.

use super::super::super::title;
use super::super::blocks::Block;
use super::super::meta::Meta;
use super::super::tag::Tag;
use super::super::tree::Page;
use super::kept::is_kept;
use super::letters;

/// A summary is at most so many blocks before the body.
const LEAD_REACH: usize = 40;

/// Returns the blocks before the body that sum the article up.
pub(super) fn lead(page: &Page, blocks: &[Block], kept: &[usize], meta: &Meta) -> Vec<usize> {
    let Some(&first) = kept.first() else { return Vec::new() };
    let body_start = blocks.get(first).map_or("", |block| block.text.as_str());
    let before = blocks.get(..first).unwrap_or_default();
    let is_title = |block: &Block| meta.title.as_deref().is_some_and(|own| title::same(own, &block.text));
    let is_heading = |block: &Block| matches!(block.tag, Tag::Heading(_));
    let heading = before.iter().rposition(|block| is_heading(block) && is_title(block));
    let heading = heading.or_else(|| before.iter().rposition(|block| block.tag == Tag::Heading(1)));
    let start = heading.map_or(first.saturating_sub(LEAD_REACH), |at| at + 1).max(first.saturating_sub(4 * LEAD_REACH));
    let description = meta.description.as_deref().map(letters).unwrap_or_default();
    let mut lead = Vec::new();
    for (index, block) in before.iter().enumerate().skip(start) {
        let text = letters(&block.text);
        if block.chars < 30 || text.is_empty() || letters(body_start).starts_with(&text) {
            continue;
        }
        let is_described = text.len() >= 30
            && description.len() >= 30
            && (description.starts_with(&text) || text.starts_with(&description));
        let sums_up = !block.place.is_aside
            && (block.place.is_lead || (heading.is_some() && block.chars >= 80 && block.ends_a_sentence()))
            && block.link_density() < 0.3
            && is_kept(page, block, meta);
        if is_described || sums_up {
            lead.push(index);
        }
    }
    lead
}
