//! What a page says of itself: title, day, author, site, address, language.

use crate::Date;

use super::super::noise::fold;
use super::super::{byline, dates, title};
use super::blocks::Block;
use super::hint::{self, Hint};
use super::json_ld::{self, Described};
use super::tag::{Attribute, Tag};
use super::tree::Page;

/// What describes an article.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) author: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    /// The language, as the page writes it: `fr`, `fr-FR`.
    pub(super) language: Option<String>,
    /// The summary of the page, for search engines and social networks.
    pub(super) description: Option<String>,
    /// The text of the article, where the page repeats it for programs.
    pub(super) body: Option<String>,
    /// What the page tells programs that its article says, whatever that is: the steps of a recipe, too.
    pub(super) told: Option<String>,
}

/// Reads what describes the article of a page; `blocks` are those of the page.
pub(super) fn read(page: &Page, blocks: &[Block]) -> Meta {
    let described = json_ld::read(page);
    let tags = Tags::of(page);
    let source = source(&tags, &described);
    Meta {
        title: find_title(page, &tags, &described, blocks, source.as_deref()),
        date: find_date(page, &tags, &described, blocks),
        author: find_author(page, &tags, &described, blocks, source.as_deref()),
        url: find_url(page, &tags, &described),
        language: find_language(page, &tags, &described),
        description: tags.first(&["og:description", "description", "twitter:description"]).map(plain),
        told: described.body.as_deref().map(plain).or_else(|| described.recipe.clone()),
        body: described.body.as_deref().map(plain),
        source,
    }
}

/// The `<meta>` elements of a page: names in lower case, values.
struct Tags<'a>(Vec<(String, &'a str)>);

impl<'a> Tags<'a> {
    fn of(page: &'a Page) -> Tags<'a> {
        let mut tags = Vec::new();
        for node in page.nodes().iter().filter(|node| node.tag == Tag::Meta) {
            let Some(value) = page.attribute(node, Attribute::Content).map(str::trim) else { continue };
            for name in [Attribute::Property, Attribute::Name, Attribute::ItemProp] {
                if let Some(name) = page.attribute(node, name).filter(|_| !value.is_empty()) {
                    tags.push((name.trim().to_lowercase(), value));
                }
            }
        }
        Tags(tags)
    }

    /// Returns the value of the first of these names that the page has.
    fn first(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| *value)
    }
}

/// Returns a value without markup: programs write `&#039;` and `<b>` into values as well.
fn plain(text: &str) -> String {
    if text.contains(['&', '<']) {
        return title::one_line(&Page::parse(text).shown_text());
    }
    title::one_line(text)
}

fn source(tags: &Tags<'_>, described: &Described) -> Option<String> {
    let name = tags.first(&["og:site_name"]).map(plain).or_else(|| described.publisher.as_deref().map(plain));
    name.or_else(|| tags.first(&["application-name", "apple-mobile-web-app-title", "dc.publisher"]).map(plain))
        .filter(|name| !name.is_empty() && !is_address(name))
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.") || text.starts_with('@')
}

/// Chooses the title that a reader sees: the heading of the first level that says what the page says of itself elsewhere.
fn find_title(
    page: &Page,
    tags: &Tags<'_>,
    described: &Described,
    blocks: &[Block],
    source: Option<&str>,
) -> Option<String> {
    let head = page.nodes().iter().position(|node| node.tag == Tag::Title && !node.in_link);
    let head = head.map(|index| shown_part(&plain(&page.raw_text_below(index)), blocks));
    let tells_only_head = described.headline.is_none()
        && tags.first(&["og:title", "twitter:title", "dc.title", "dcterms.title", "title"]).is_none();
    let said: Vec<String> = [
        described.headline.as_deref().map(plain),
        tags.first(&["og:title"]).map(plain),
        tags.first(&["twitter:title", "dc.title", "dcterms.title", "title"]).map(plain),
        head,
    ]
    .into_iter()
    .flatten()
    .map(|title| without_site(&title, source))
    .filter(|title| !title.is_empty() && !is_placeholder(title))
    .collect();
    let is_site = |text: &str| source.is_some_and(|source| title::same(source, text));
    let mut headings = Vec::new();
    for (index, node) in page.nodes().iter().enumerate() {
        if node.tag == Tag::Heading(1) {
            let text = title::one_line(&page.text_below(index));
            let is_told_apart = || leads_home(page, index) && !said.iter().any(|said| title::same(said, &text));
            if !text.is_empty() && text.len() <= TITLE_BYTES && !is_site(&text) && !is_told_apart() {
                headings.push(text);
            }
        }
    }
    let mut best: Option<(f32, &String)> = None;
    for heading in &headings {
        // "La crue - Le Fil": where the name of the site is a heading too, the title comes first.
        let likeness_of =
            |title: &String| likeness(heading, title) + if title.starts_with(heading) { 0.1 } else { 0.0 };
        let likeness = said.iter().map(likeness_of).fold(0.0, f32::max);
        if likeness >= SAME_TITLE && best.is_none_or(|(other, _)| likeness > other) {
            best = Some((likeness, heading));
        }
    }
    // Where the page says nothing of itself but `<title>`, that may be the name of the site: a heading that is alone and
    // no shorter says more.
    let count = |text: &str| text.split_whitespace().count();
    let alone = match (&headings[..], &said[..]) {
        ([heading], [head]) if tells_only_head && count(heading) >= count(head) => Some(heading),
        _ => None,
    };
    let found = best.map(|(_, heading)| heading).or(alone).or_else(|| said.iter().find(|title| !is_site(title)));
    found.or(headings.first()).or(said.first()).cloned()
}

/// Tells whether a title is one that an editor gives to what has none.
fn is_placeholder(title: &str) -> bool {
    const PLACEHOLDERS: [&str; 10] = [
        "document",
        "document sans nom",
        "document sans titre",
        "index",
        "new page",
        "nouvelle page",
        "page sans titre",
        "sans titre",
        "untitled",
        "untitled document",
    ];
    let folded = fold(title);
    PLACEHOLDERS.contains(&folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()))
}

/// Tells whether all of a heading is a link to the first page of the site: it holds the name of the site.
fn leads_home(page: &Page, index: usize) -> bool {
    let Some(heading) = page.nodes().get(index) else { return false };
    let below = page.nodes().get(index + 1..heading.end).unwrap_or_default();
    let is_bare = below.iter().all(|node| node.tag != Tag::Text || node.in_link || page.text(node).trim().is_empty());
    let link = below.iter().find(|node| node.tag == Tag::A).or_else(|| page.link_around(index));
    let Some(address) = link.and_then(|link| page.attribute(link, Attribute::Href)).map(str::trim) else {
        return false;
    };
    let path = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let home = path.trim_matches('/').split(['?', '#']).next().unwrap_or_default();
    is_bare
        && matches!(home, "" | "index.html" | "index.htm" | "index.php" | "fr" | "accueil")
        && !address.starts_with('#')
}

/// A longer heading, in bytes, is no title.
const TITLE_BYTES: usize = 600;

/// Two titles that share this much of their words are two forms of one.
const SAME_TITLE: f32 = 0.5;

/// Returns the share of words that two titles have in common, 0 to 1.
fn likeness(a: &str, b: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(60).map(str::to_owned).collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let mut common = 0;
    for word in a {
        if let Some(at) = b.iter().position(|other| *other == word) {
            b.swap_remove(at);
            common += 1;
        }
    }
    2.0 * common as f32 / all.max(1) as f32
}

/// Cuts the name of the site off a title: `La crue - Le Fil`, `Le Fil | La crue`.
fn without_site(text: &str, source: Option<&str>) -> String {
    for separator in SEPARATORS {
        if let Some((rest, end)) = text.rsplit_once(separator)
            && is_name_of_site(end, source, rest)
        {
            return without_site(rest.trim(), source);
        }
        if let Some((start, rest)) = text.split_once(separator)
            && source.is_some_and(|source| title::same(source, start))
        {
            return rest.trim().to_owned();
        }
    }
    text.trim().to_owned()
}

/// Returns the part of a title before a separator where the page shows that part as a line of its own, else all of it.
fn shown_part(text: &str, blocks: &[Block]) -> String {
    for separator in SEPARATORS {
        if let Some((start, _)) = text.split_once(separator)
            && start.len() >= 8
            && blocks.iter().filter_map(|block| block.text.lines().next()).any(|line| title::same(start, line))
        {
            return start.trim().to_owned();
        }
    }
    text.to_owned()
}

/// What stands between a title and the name of the site.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » "];

/// Tells whether the end of a title names the site: as the page does elsewhere, or by being much shorter than the rest.
fn is_name_of_site(end: &str, source: Option<&str>, rest: &str) -> bool {
    if let Some(source) = source {
        let (end, source) = (fold(end), fold(source));
        if end.contains(&source) || source.contains(&end) {
            return true;
        }
    }
    let count = |text: &str| text.split_whitespace().count();
    let is_domain = !end.contains(' ') && end.contains('.') && !end.ends_with('.');
    is_domain
        || (count(end) <= 3 && count(rest) >= 2 * count(end) && end.starts_with(char::is_uppercase) && source.is_none())
}

const DATE_TAGS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "publication_date",
    "publish_date",
    "publish-date",
    "published_time",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "date",
    "datecreated",
    "citation_publication_date",
    "citation_date",
];

fn find_date(page: &Page, tags: &Tags<'_>, described: &Described, blocks: &[Block]) -> Option<Date> {
    let said = described.date.as_deref().and_then(dates::of_field);
    let said = said.or_else(|| DATE_TAGS.iter().flat_map(|name| tags.all(name)).find_map(dates::of_field));
    said.or_else(|| date_of_elements(page, dates::of_field))
        .or_else(|| date_of_blocks(blocks))
        .or_else(|| find_url(page, tags, described).as_deref().and_then(date_in_address))
        .or_else(|| date_at_end(blocks))
        // A month or a year alone, as journals give it.
        .or_else(|| described.date.as_deref().and_then(dates::of_record))
        .or_else(|| DATE_TAGS.iter().flat_map(|name| tags.all(name)).find_map(dates::of_record))
        .or_else(|| date_of_elements(page, dates::of_record))
        .or_else(|| tags.first(&["article:modified_time", "datemodified", "last-modified"]).and_then(dates::of_field))
}

/// Elements that carry a day for programs: first those that say it is that of publication, then any `<time>` that is
/// neither in a link nor beside the article; `read` reads what they carry.
fn date_of_elements(page: &Page, read: fn(&str) -> Option<Date>) -> Option<Date> {
    let mut first = None;
    for (index, node) in page.nodes().iter().enumerate() {
        let is_published = page
            .attribute(node, Attribute::ItemProp)
            .is_some_and(|names| names.split_whitespace().any(|name| matches!(name, "datePublished" | "dateCreated")));
        if !is_published && (node.tag != Tag::Time || node.in_link || first.is_some()) {
            continue;
        }
        let value = [Attribute::Datetime, Attribute::Content].into_iter().find_map(|name| page.attribute(node, name));
        let date = value.and_then(read).or_else(|| dates::first_in(&page.text_below(index)));
        if is_published && date.is_some() {
            return date;
        }
        first = first.or(date);
    }
    first
}

/// A day near the title, in a line that says little else.
fn date_of_blocks(blocks: &[Block]) -> Option<Date> {
    let near = blocks_near_title(blocks);
    let first = |read: fn(&str) -> Option<Date>| near.iter().flat_map(lines).find_map(read);
    first(byline::published)
        .or_else(|| first(byline::bare))
        .or_else(|| first(byline::signed))
        .or_else(|| first(byline::dateline))
        .or_else(|| first(byline::updated))
}

/// The day in the last lines of a page that say when it was changed, as old pages and those of offices have it.
fn date_at_end(blocks: &[Block]) -> Option<Date> {
    let last = blocks.iter().rev().take(LAST_BLOCKS);
    last.flat_map(lines).find_map(|line| byline::published(line).or_else(|| byline::updated(line)))
}

/// So many blocks at the end of a page may say when it was changed.
const LAST_BLOCKS: usize = 8;

/// The lines of a block that may be those around a title: old pages part them by line breaks alone.
fn lines(block: &Block) -> impl Iterator<Item = &str> {
    block.text.lines().take(LINES)
}

/// More lines than this are text.
const LINES: usize = 6;

/// The blocks from a little before the main heading to a little after it; all of a page without one, up to a bound.
fn blocks_near_title(blocks: &[Block]) -> &[Block] {
    let heading = blocks.iter().position(|block| block.tag == Tag::Heading(1));
    let (start, end) = match heading {
        Some(at) => (at.saturating_sub(6), at + 16),
        None => (0, 60),
    };
    blocks.get(start..end.min(blocks.len())).unwrap_or_default()
}

/// `https://exemple.fr/2024/11/26/la-crue`.
fn date_in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|parts| match parts {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            dates::of_field(&format!("{year}-{month}-{day}"))
        }
        _ => None,
    })
}

fn find_author(
    page: &Page,
    tags: &Tags<'_>,
    described: &Described,
    blocks: &[Block],
    source: Option<&str>,
) -> Option<String> {
    let is_name = |name: &String| {
        !name.is_empty()
            && name.chars().count() <= 120
            && !is_address(name)
            && !source.is_some_and(|s| title::same(s, name))
    };
    let joined = |names: Vec<String>| {
        let mut kept: Vec<String> = Vec::new();
        for name in names {
            let name = byline::name(&name).to_owned();
            if is_name(&name) && !kept.contains(&name) {
                kept.push(name);
            }
        }
        (!kept.is_empty()).then(|| kept.join(", "))
    };
    let said = joined(described.authors.iter().map(|name| plain(name)).collect());
    let of_tags = || {
        [
            "author",
            "article:author",
            "og:article:author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "parsely-author",
            "citation_author",
        ]
        .iter()
        .find_map(|name| joined(tags.all(name).map(plain).collect()))
    };
    let near = blocks_near_title(blocks);
    let of_lines = || near.iter().flat_map(lines).filter(|line| line.len() <= 200).find_map(byline::author);
    // A page that says its site wrote it may still name who did: "La crue | Le Fil".
    let of_site = |name: &str| {
        let head = page.nodes().iter().position(|node| node.tag == Tag::Title && !node.in_link);
        let head = head.map(|index| plain(&page.raw_text_below(index))).unwrap_or_default();
        SEPARATORS.iter().any(|mark| head.rsplit_once(mark).is_some_and(|(_, site)| title::same(site, name)))
    };
    let told = said.or_else(of_tags);
    if told.as_deref().is_some_and(of_site)
        && let Some(names) = joined(authors_of_elements(page))
    {
        return Some(names);
    }
    told.or_else(|| joined(authors_of_elements(page)))
        .or_else(|| of_lines().filter(is_name))
        .or_else(|| author_by_class(page).or_else(|| author_above_day(near)).filter(is_name))
}

/// The first element that names an author by its class, and holds a name: `<span class="article-author">Inès Guichard</span>`.
fn author_by_class(page: &Page) -> Option<String> {
    let title = page.nodes().iter().position(|node| node.tag == Tag::Heading(1)).unwrap_or(0);
    let mut at = title;
    while let Some(node) = page.nodes().get(at) {
        let class = page.attribute(node, Attribute::Class).unwrap_or_default();
        match hint::of(class) {
            // What readers wrote has authors, too, and so have other articles.
            Hint::Comments | Hint::Page if node.tag.is_block() => at = node.end.max(at + 1),
            Hint::Byline if hint::names_author(class) => {
                let text = page.text_below(at);
                let name = byline::name(&text);
                let name = name.split(['|', '•', '·', ',']).next().unwrap_or_default().trim();
                if byline::is_full_name(name) {
                    return Some(name.to_owned());
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    None
}

/// A line that is a name, right above the one with the day of publication: regional papers set them so.
fn author_above_day(near: &[Block]) -> Option<String> {
    near.iter().find_map(|block| {
        let all: Vec<&str> = lines(block).map(str::trim).collect();
        all.windows(2).find_map(|pair| match pair {
            [name, day] if byline::is_full_name(name) && byline::published(day).is_some() => Some((*name).to_owned()),
            _ => None,
        })
    })
}

/// Elements that carry the name of an author: `itemprop="author"`, `rel="author"`.
fn authors_of_elements(page: &Page) -> Vec<String> {
    let mut names = Vec::new();
    for (index, node) in page.nodes().iter().enumerate() {
        let has = |name, value: &str| {
            page.attribute(node, name).is_some_and(|values| values.split_whitespace().any(|own| own == value))
        };
        if names.len() < 6 && (has(Attribute::ItemProp, "author") || has(Attribute::Rel, "author")) {
            let content = page.attribute(node, Attribute::Content).map(plain);
            let below = page.nodes().get(index..node.end).unwrap_or_default().iter().enumerate();
            let named = below.filter(|(_, inner)| page.attribute(inner, Attribute::ItemProp) == Some("name"));
            let name = named.map(|(offset, inner)| {
                page.attribute(inner, Attribute::Content).map_or_else(|| page.text_below(index + offset), plain)
            });
            names.extend(content.or_else(|| name.into_iter().next()).or_else(|| Some(page.text_below(index))));
        }
    }
    names
}

fn find_url(page: &Page, tags: &Tags<'_>, described: &Described) -> Option<String> {
    let canonical = page.nodes().iter().find(|node| {
        node.tag == Tag::Link
            && page.attribute(node, Attribute::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    });
    let canonical = canonical.and_then(|node| page.attribute(node, Attribute::Href)).map(str::trim);
    let url = canonical
        .filter(|url| is_whole(url))
        .or_else(|| tags.first(&["og:url", "twitter:url"]).filter(|url| is_whole(url)));
    url.or_else(|| described.url.as_deref().filter(|url| is_whole(url))).map(str::to_owned)
}

fn is_whole(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace)
}

fn find_language(page: &Page, tags: &Tags<'_>, described: &Described) -> Option<String> {
    let html = page.nodes().iter().filter(|node| node.tag == Tag::Html);
    let language = html.filter_map(|node| page.attribute(node, Attribute::Lang)).find(|lang| !lang.trim().is_empty());
    let language = language.or_else(|| tags.first(&["og:locale", "content-language", "dc.language", "inlanguage"]));
    language.or(described.language.as_deref()).map(|language| language.trim().to_owned())
}
