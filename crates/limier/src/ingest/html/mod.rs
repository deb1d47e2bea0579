//! Pages of HTML: the article of a page, without what surrounds it, and what describes it.

mod blocks;
mod body;
mod charset;
mod hint;
mod json_ld;
mod meta;
mod tag;
#[cfg(test)]
mod tests;
mod tree;

use crate::Article;

use super::labelled::{self, Labelled};
use super::{text, title};
use blocks::{Block, Trust};
use meta::Meta;
use tag::Tag;
use tree::Page;

pub(super) use charset::{decode, is_page};

/// An article of fewer characters than this may be a page that was misread: it is read again, trusting nothing.
const SHORT_CHARS: usize = 250;

/// Makes an article of a page, or returns `None` where it shows no text.
///
/// `name` is the file's name without extension: the title of last resort.
pub(super) fn article(id: String, html: &str, name: &str) -> Option<Article> {
    let mut reading = Reading::of(html);
    if reading.kept.is_empty() && html.contains("<noscript") {
        // A page that builds itself by a program may hold its article for readers who run none.
        let without_programs = html.replace("<noscript", "<div").replace("</noscript", "</div");
        let other = Reading::of(&without_programs);
        if other.chars() >= SHORT_CHARS {
            reading = other;
        }
    }
    let shown = reading.chars();
    let Reading { page, blocks, meta, mut kept } = reading;
    let is_beginning = |body: &String| body.chars().count() >= SHORT_CHARS && shown * 3 < body.chars().count();
    // The page shows a beginning alone, or nothing before a program has run.
    let told = if kept.is_empty() { meta.told } else { meta.body.filter(is_beginning) };
    let mut line = 1;
    let body = match told {
        Some(body) => body,
        None => {
            if kept.is_empty() {
                // No article: a page of links, or of a few words. All of it can be found, unless the page says what matters.
                let is_told = |index: &usize| !is_title(&blocks, *index, meta.title.as_deref());
                kept = body::main_part(&page, &blocks).filter(is_told).collect();
                let is_shown = |index: &usize| blocks.get(*index).is_some_and(|block| !block.place.is_hidden);
                if kept.is_empty() {
                    kept = (0..blocks.len()).filter(is_told).filter(is_shown).collect();
                }
            }
            line = kept.first().and_then(|&index| blocks.get(index)).map_or(1, |block| block.line);
            render(&page, &blocks, &kept)
        }
    };
    let body = if body.is_empty() { meta.description.unwrap_or_default() } else { body };
    if body.is_empty() && meta.title.is_none() {
        return None;
    }
    // A mail that was saved as a page says what it is in its first lines.
    let labelled = if meta.title.is_none() { labelled::read(&body) } else { Labelled::default() };
    let subject = labelled.title.and_then(|range| body.get(range)).map(title::one_line);
    let title = meta.title.or(subject).unwrap_or_else(|| title_of_text(&body, name));
    // Old pages set their title as the first line of the text.
    let body = match body.split_once('\n') {
        Some((first, rest)) if title::same(first, &title) => rest.trim_start().to_owned(),
        _ => body,
    };
    let mut article = Article::new(id).title(title).body(body).line(line);
    article.date = meta.date.or(labelled.date);
    article.author = meta.author.or(labelled.author);
    article.source = meta.source;
    article.url = meta.url;
    Some(match meta.language {
        // `fr_FR` of Open Graph.
        Some(language) => article.lang(language.replace('_', "-")),
        None => article,
    })
}

/// A page as it is read: its blocks, what it says of itself, and which of the blocks are its article.
struct Reading {
    page: Page,
    blocks: Vec<Block>,
    meta: Meta,
    kept: Vec<usize>,
}

impl Reading {
    fn of(html: &str) -> Reading {
        let page = Page::parse(html);
        let mut blocks = blocks::blocks(&page, Trust::Hints);
        let meta = meta::read(&page, &blocks);
        let mut kept = body::find(&page, &blocks, &meta);
        if chars(&blocks, &kept) < SHORT_CHARS {
            let all = blocks::blocks(&page, Trust::Nothing);
            let other = body::find(&page, &all, &meta);
            if chars(&all, &other) > 2 * chars(&blocks, &kept) {
                (blocks, kept) = (all, other);
            }
        }
        if captions_are_text(&blocks, &kept) {
            blocks.iter_mut().for_each(|block| block.place.is_caption = false);
            kept = body::find(&page, &blocks, &meta);
        }
        Reading { page, blocks, meta, kept }
    }

    /// Returns how many characters its article has.
    fn chars(&self) -> usize {
        chars(&self.blocks, &self.kept)
    }
}

/// Returns the title of a page that names none: its first line, where that reads as one.
fn title_of_text(body: &str, name: &str) -> String {
    let recurring = crate::ingest::RecurringLines::default();
    let first = title::find(body, name, &recurring).filter(|range| range.start == 0).and_then(|range| body.get(range));
    first.map_or_else(|| text::title_without_line(body, name, &recurring), title::one_line)
}

/// Returns what a text shows, where it is a piece of HTML, as in the records of sites; `None` where it is plain.
///
/// A text is one where it begins with an element, or holds two marks of paragraphs, or a link, or names a character. What holds
/// links alone keeps its lines.
pub(super) fn text_of(text: &str) -> Option<String> {
    if is_marked_up(text) {
        let page = Page::parse(text);
        let blocks = blocks::blocks(&page, Trust::Nothing);
        let all: Vec<usize> = (0..blocks.len()).collect();
        return Some(render(&page, &blocks, &all));
    }
    let unlinked = without_links(text);
    let text = unlinked.as_deref().unwrap_or(text);
    let names_character = || {
        text.match_indices('&').any(|(at, _)| {
            let rest = text.get(at + 1..).unwrap_or_default();
            let end = rest.bytes().take(10).position(|byte| byte == b';');
            let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
            name.len() >= 2 && name.strip_prefix('#').unwrap_or(name).bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    if names_character() {
        return Some(Page::parse(&text.replace('<', "&lt;")).raw_text_below(0));
    }
    unlinked
}

/// Takes links and what else stands within a line off a text that holds a link; `None` where it holds none.
fn without_links(text: &str) -> Option<String> {
    /// Bytes of a mark, at most.
    const MOST: usize = 2048;
    const INLINE: [&str; 6] = ["a", "b", "em", "i", "span", "strong"];
    if !(text.contains("<a href=") && text.contains("</a>")) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        // Looking further for each of many that do not end would take the square of the text's length.
        let end = tag.bytes().take(MOST).position(|byte| byte == b'>').unwrap_or(0);
        let (inside, after) = (tag.get(..end).unwrap_or_default(), tag.get(end + 1..).unwrap_or_default());
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if INLINE.contains(&name) {
            rest = after;
        } else {
            plain.push('<');
            rest = tag;
        }
    }
    plain.push_str(rest);
    Some(plain)
}

fn is_marked_up(text: &str) -> bool {
    const MARKS: [&str; 8] = ["</p>", "<p>", "<p ", "<br>", "<br/>", "<br />", "</div>", "</li>"];
    let begins = || {
        let start = text.trim_start();
        start.starts_with('<')
            && start.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
            && (text.contains("</") || text.contains("<br"))
    };
    if !text.contains('<') {
        return false;
    }
    begins() || MARKS.iter().map(|mark| text.matches(mark).take(2).count()).sum::<usize>() >= 2
}

/// Tells whether a page is told by its pictures: it has three captions at least, and they say more than the text.
fn captions_are_text(blocks: &[Block], kept: &[usize]) -> bool {
    let captions = blocks.iter().filter(|block| block.tag == Tag::Caption && !block.place.is_aside);
    let (count, all) = captions.fold((0, 0), |(count, all), block| (count + 1, all + block.chars));
    count >= 3 && all > chars(blocks, kept)
}

fn is_title(blocks: &[Block], index: usize, own: Option<&str>) -> bool {
    blocks.get(index).is_some_and(|block| own.is_some_and(|own| title::same(own, &block.text)))
}

fn chars(blocks: &[Block], kept: &[usize]) -> usize {
    kept.iter().filter_map(|&index| blocks.get(index)).map(|block| block.chars).sum()
}

/// Writes blocks as a text: paragraphs apart, items and rows on lines of their own.
fn render(page: &Page, blocks: &[Block], kept: &[usize]) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in kept.iter().filter_map(|&index| blocks.get(index)) {
        let row = |block: &Block| page.nodes().get(block.element).map(|node| node.parent);
        match before.map(|before| (before.tag, block.tag)) {
            None => {}
            Some((Tag::Td, Tag::Td)) if before.and_then(row) == row(block) => text.push_str(" | "),
            Some((Tag::Td, Tag::Td) | (Tag::Li, Tag::Li)) => text.push('\n'),
            Some(_) => text.push_str("\n\n"),
        }
        if block.tag == Tag::Li {
            text.push_str("- ");
        }
        text.push_str(&block.text);
        before = Some(block);
    }
    text
}
