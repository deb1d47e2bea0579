//! Days that stand above the parts of a text, as in a diary: `Samedi 4 mai.` Elsewhere such a line is a stamp of the page.

use std::collections::HashMap;
use std::ops::Range;

use super::super::super::noise;
use super::super::blocks::Block;
use super::super::tag::Tag;
use super::super::tree::Page;
use super::{PARAGRAPH_CHARS, container};

/// Behind so many paragraphs no page sets its stamp.
const PARAGRAPHS: usize = 3;

/// Returns the blocks of a range that are days above parts of its text, in order: several that stand alike, or one between
/// paragraphs where no page sets its stamp, or that names no year.
pub(super) fn find(page: &Page, blocks: &[Block], range: Range<usize>) -> Vec<usize> {
    let is_text = |block: &Block| {
        let is_running = block.chars >= PARAGRAPH_CHARS || block.ends_a_sentence();
        is_running && !block.place.is_aside && !block.place.is_caption && !noise::is_count_or_date(&block.text)
    };
    let is_day = |block: &Block| {
        let is_line = matches!(block.tag, Tag::P | Tag::Div | Tag::Heading(2..));
        let is_bare = block.linked == 0 && !block.place.is_aside && !block.place.is_byline;
        is_line && is_bare && noise::is_day(&block.text)
    };
    // Each with what it stands in, and how many paragraphs stand before it there.
    let mut days: Vec<(usize, usize, usize)> = Vec::new();
    let mut paragraphs: HashMap<usize, usize> = HashMap::new();
    for index in range {
        let (Some(block), next) = (blocks.get(index), blocks.get(index + 1)) else { break };
        let own = container(page, block);
        if is_text(block) {
            *paragraphs.entry(own).or_default() += 1;
        } else if is_day(block) && next.is_some_and(|next| is_text(next) && container(page, next) == own) {
            days.push((index, own, paragraphs.get(&own).copied().unwrap_or_default()));
        }
    }
    let mut alike: HashMap<usize, usize> = HashMap::new();
    days.iter().for_each(|(_, own, _)| *alike.entry(*own).or_default() += 1);
    let is_own = |(index, own, before): &(usize, usize, usize)| {
        let names_year = blocks.get(*index).is_some_and(|block| noise::names_year(&block.text));
        alike.get(own).is_some_and(|count| *count > 1) || *before >= PARAGRAPHS || (*before > 0 && !names_year)
    };
    days.into_iter().filter(is_own).map(|(index, ..)| index).collect()
}
