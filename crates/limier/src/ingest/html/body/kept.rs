//! Whether a block of the article's element is one of the article: by its links, its place and what it says.

use super::super::super::{byline, noise, title};
use super::super::blocks::Block;
use super::super::meta::Meta;
use super::super::tag::{Attribute, Tag};
use super::super::tree::Page;
use super::MAX_LINKS;

/// Tells whether a block is one of the article, by itself.
pub(super) fn is_kept(page: &Page, block: &Block, meta: &Meta) -> bool {
    if block.place.is_aside || block.place.is_caption {
        return false;
    }
    if block.place.is_byline && block.chars < 150 {
        return false;
    }
    let density = block.link_density();
    let most = match block.tag {
        Tag::Li => 0.5,
        _ if block.chars > 200 => 0.8,
        _ => MAX_LINKS,
    };
    // A heading may lead to itself, or to the page of one article of a law.
    let is_own_link = || matches!(block.tag, Tag::Heading(2..)) && leads_to_itself(page, block);
    if density > most && !is_own_link() {
        return false;
    }
    if matches!(block.tag, Tag::Heading(2..)) && noise::heads_article(&block.text) {
        return true;
    }
    if meta.title.as_deref().is_some_and(|own| title::same(own, &block.text)) {
        return false;
    }
    // A cell or an item may be a figure, a day or a name.
    let is_item = matches!(block.tag, Tag::Td | Tag::Li | Tag::Dd);
    if block.tag == Tag::Pre {
        return true;
    }
    if is_item {
        return !noise::is_formula(&block.text) && !is_stamp(&block.text);
    }
    // A button leads somewhere, and says so shortly.
    let is_sentence = || block.linked == 0 && block.ends_a_sentence() && noise::is_own_sentence(&block.text);
    !noise::is_of_page(&block.text) || is_sentence()
}

/// Tells whether a text says when the page was published or last changed, and little else.
fn is_stamp(text: &str) -> bool {
    let date = byline::published(text).or_else(|| byline::updated(text));
    date.is_some() && text.split_whitespace().count() <= STAMP_WORDS
}

/// A text of more words than this says more than a day.
const STAMP_WORDS: usize = 15;

/// Tells whether the link of a heading leads to a place in the page, or is too short for a headline: `Article 12`.
fn leads_to_itself(page: &Page, block: &Block) -> bool {
    let link = page.link_around(block.node);
    let is_place =
        link.and_then(|link| page.attribute(link, Attribute::Href)).is_some_and(|href| href.starts_with('#'));
    is_place || (block.chars < HEADLINE_CHARS && block.text.contains(|c: char| c.is_ascii_digit()))
}

/// No headline is shorter, in characters.
const HEADLINE_CHARS: usize = 20;

/// Tells whether a block is a number or a day that a heading of the text announces: `Horaires`, then `Lundi : 6 h`.
pub(super) fn is_figure(block: &Block, index: usize, kept: &[usize], blocks: &[Block]) -> bool {
    let above = index.checked_sub(1).filter(|above| kept.last() == Some(above)).and_then(|above| blocks.get(above));
    let is_announced = above.is_some_and(|above| matches!(above.tag, Tag::Heading(2..)));
    is_announced && !block.place.is_aside && !block.place.is_caption && noise::is_count_or_date(&block.text)
}
