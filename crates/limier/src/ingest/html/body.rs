//! The blocks of a page that are the article.
//!
//! Three steps. The *core* is the element whose running text outweighs its links and labels the most: what the page marks
//! as the body, where it marks one. Then each block of the core is judged alone, by its links, its place and what it says.
//! Last, the summary above the body is sought between the title and the core, since many pages set it apart.

use std::collections::HashSet;
use std::ops::Range;

use super::super::{byline, noise, title};
use super::blocks::Block;
use super::meta::Meta;
use super::tag::{Attribute, Tag};
use super::tree::{Node, Page};

/// Blocks of at least this many characters are running text, short or not ending as a sentence does.
const PARAGRAPH_CHARS: usize = 60;

/// A block with a greater share of links than this points elsewhere.
const MAX_LINKS: f32 = 0.6;

/// An element within the core that holds this share of its worth is the core.
const CORE_SHARE: f32 = 0.75;

/// An element that the page marks as the body is believed where it holds this share of what the best element holds.
const MARKED_SHARE: f32 = 0.4;

/// Returns the indexes of the blocks that make up the article, in order.
pub(super) fn find(page: &Page, blocks: &[Block], meta: &Meta) -> Vec<usize> {
    let repeated = Repeated::of(blocks, meta.body.as_deref());
    let Some(core) = core(page, blocks, &repeated) else { return Vec::new() };
    let (start, end) = (core.blocks.0, core.blocks.1);
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
        let is_kept = repeated.holds(index) || is_kept(page, block, meta) || is_figure(block, index, &kept, blocks);
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

/// The element that holds the article.
struct Core {
    /// The first of its blocks, and the one after its last.
    blocks: (usize, usize),
    /// The element in which other parts of the article may stand, and its blocks.
    around: (usize, usize),
    /// The element.
    element: usize,
}

fn core(page: &Page, blocks: &[Block], repeated: &Repeated) -> Option<Core> {
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
    Some(below_title(page, blocks, &core).unwrap_or(core))
}

/// Returns the blocks of the element that the page marks as its main part, without menus and boxes in it; none where it marks none.
pub(super) fn main_part<'a>(page: &Page, blocks: &'a [Block]) -> impl Iterator<Item = usize> + 'a {
    let marked = |tag| page.nodes().iter().position(|node| node.tag == tag);
    let main = marked(Tag::Main).or_else(|| marked(Tag::Article));
    let nodes = main.and_then(|main| Some(main..page.nodes().get(main)?.end)).unwrap_or_default();
    let is_part = move |(_, block): &(usize, &Block)| nodes.contains(&block.node) && !block.place.is_aside;
    blocks.iter().enumerate().filter(is_part).map(|(index, _)| index)
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
    fn parts_elsewhere(&self, page: &Page, blocks: &[Block], meta: &Meta) -> Vec<usize> {
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

fn is_kept(page: &Page, block: &Block, meta: &Meta) -> bool {
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
fn is_figure(block: &Block, index: usize, kept: &[usize], blocks: &[Block]) -> bool {
    let above = index.checked_sub(1).filter(|above| kept.last() == Some(above)).and_then(|above| blocks.get(above));
    let is_announced = above.is_some_and(|above| matches!(above.tag, Tag::Heading(2..)));
    is_announced && !block.place.is_aside && !block.place.is_caption && noise::is_count_or_date(&block.text)
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

/// Leaves out what stands above the title in the element of the article, where more stands below: banners.
fn drop_what_precedes_title(kept: &mut Vec<usize>, blocks: &[Block], meta: &Meta) {
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
fn drop_calls(kept: &mut Vec<usize>, page: &Page, blocks: &[Block], core: &Core) {
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
fn drop_repeated_insets(kept: &mut Vec<usize>, blocks: &[Block]) {
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
fn add_headings_of_list(kept: &mut Vec<usize>, blocks: &[Block]) {
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
fn drop_lonely_headings(kept: &mut Vec<usize>, blocks: &[Block]) {
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
fn drop_signature(kept: &mut Vec<usize>, blocks: &[Block]) {
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

/// A summary is at most so many blocks before the body.
const LEAD_REACH: usize = 40;

/// Returns the blocks before the body that sum the article up.
fn lead(page: &Page, blocks: &[Block], kept: &[usize], meta: &Meta) -> Vec<usize> {
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

/// Returns the letters and digits of a text, folded.
fn letters(text: &str) -> String {
    noise::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Which blocks the page repeats in its JSON-LD as the text of the article.
struct Repeated(Vec<bool>);

/// A text shorter than this, in characters, is no article's whole.
const REPEATED_CHARS: usize = 300;

/// The page agrees with what it repeats where it shows this share of it.
const AGREEMENT: f32 = 0.7;

impl Repeated {
    fn of(blocks: &[Block], body: Option<&str>) -> Repeated {
        let Some(body) = body.filter(|body| body.chars().count() >= REPEATED_CHARS) else {
            return Repeated(Vec::new());
        };
        let words = words(body);
        let known: HashSet<&[String]> = words.windows(3).collect();
        let mut shown = 0;
        let mut held = Vec::with_capacity(blocks.len());
        for block in blocks {
            let own = self::words(&block.text);
            let all = own.windows(3).count();
            let common = own.windows(3).filter(|words| known.contains(words)).count();
            let is_held = all > 0 && common * 5 >= all * 4 && !block.place.is_caption;
            shown += if is_held { block.chars } else { 0 };
            held.push(is_held);
        }
        if (shown as f32) < AGREEMENT * body.chars().count() as f32 {
            return Repeated(Vec::new());
        }
        Repeated(held)
    }

    fn holds(&self, index: usize) -> bool {
        self.0.get(index).copied().unwrap_or(false)
    }
}

fn words(text: &str) -> Vec<String> {
    noise::fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
