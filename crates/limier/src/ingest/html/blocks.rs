//! The blocks of a page: its paragraphs, headings, items and cells, and where each stands.

use std::collections::HashMap;
use std::ops::Range;

use super::hint::{self, Hint};
use super::tag::{Attribute, Tag};
use super::tree::{Node, Page, push_collapsed};

/// A run of text between the ends of two block elements.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its text, blanks collapsed, with `\n` where a line was broken on purpose.
    pub(super) text: String,
    /// How many characters it has.
    pub(super) chars: usize,
    /// How many of them stand in links.
    pub(super) linked: usize,
    /// The innermost block element that holds it.
    pub(super) element: usize,
    /// The first node of its text.
    pub(super) node: usize,
    /// What that element is.
    pub(super) tag: Tag,
    /// What surrounds it.
    pub(super) place: Place,
    /// The 1-based line of the file at which it begins.
    pub(super) line: u32,
}

impl Block {
    /// Returns the share of its characters that stand in links, 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.chars.max(1) as f32
    }

    /// Tells whether it ends as a sentence does.
    pub(super) fn ends_a_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(['»', '"', '”', ')', ']', ' ', '\u{a0}', '\u{202f}']);
        end.ends_with(['.', '!', '?', '…'])
    }
}

/// What the elements around a block say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Navigation, advertising, sharing, other articles, comments.
    pub(super) is_aside: bool,
    /// Describes a picture.
    pub(super) is_caption: bool,
    /// Date, author and the like, where it is short.
    pub(super) is_byline: bool,
    /// The summary above the article.
    pub(super) is_lead: bool,
    /// A quotation or a box beside the text.
    pub(super) is_inset: bool,
}

/// Whether what elements and names say of their text is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is, unless it would leave the better part of the page out.
    Hints,
    /// It is not.
    Nothing,
}

/// An element that holds at least this share of a page's running text is no aside, whatever its name says.
const MAIN_SHARE: f32 = 0.4;

/// A run of text outside of links counts as running text from so many bytes on.
const RUNNING_BYTES: usize = 60;

/// Returns the blocks of a page in the order of the file.
pub(super) fn blocks(page: &Page, trust: Trust) -> Vec<Block> {
    let hints = hints(page);
    let sums = sums(page, &hints);
    let title = page.nodes().iter().position(|node| node.tag == Tag::Heading(1));
    Walk { page, trust, hints, sums, title, blocks: Vec::new(), open: Vec::new(), last: Run::default() }.run()
}

/// What stands before a node: differences tell what stands in an element.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Bytes of running text that are not readers' comments.
    running: usize,
    /// Bytes of running text that speak of cookies and of leave to set them.
    consent: usize,
    /// Bytes of text outside of links.
    plain: usize,
    /// Bytes of text in links.
    linked: usize,
    /// Headings of the first level.
    titles: usize,
    /// Pictures.
    images: usize,
    /// Texts of headings that lead elsewhere.
    linked_headings: usize,
}

/// Returns the sums before each node, and at the end those of the whole page.
fn sums(page: &Page, hints: &[Hint]) -> Vec<Sum> {
    let nodes = page.nodes();
    let mut sums = Vec::with_capacity(nodes.len() + 1);
    let mut sum = Sum::default();
    let (mut left_out_until, mut comments_until, mut heading_until) = (0, 0, 0);
    for (index, node) in nodes.iter().enumerate() {
        sums.push(sum);
        if index > 0 && node.tag.is_left_out() {
            left_out_until = left_out_until.max(node.end);
        }
        if index >= comments_until && hints.get(index) == Some(&Hint::Comments) {
            comments_until = node.end;
        }
        if index < left_out_until {
            continue;
        }
        sum.titles += usize::from(node.tag == Tag::Heading(1));
        if matches!(node.tag, Tag::Heading(_)) {
            heading_until = node.end;
        }
        sum.images += usize::from(node.tag == Tag::Img);
        let bytes = page.text(node).trim().len();
        if node.in_link {
            sum.linked += bytes;
            sum.linked_headings += usize::from(bytes > 0 && index < heading_until);
            continue;
        }
        sum.plain += bytes;
        if bytes >= RUNNING_BYTES && index >= comments_until {
            sum.running += bytes;
            sum.consent += if speaks_of_consent(page.text(node)) { bytes } else { 0 };
        }
    }
    sums.push(sum);
    sums
}

/// Tells whether a text has two of the terms by which sites ask for leave to follow their readers: many articles have one.
fn speaks_of_consent(text: &str) -> bool {
    const TERMS: [&str; 16] = [
        "cookie",
        "traceur",
        "partenaires",
        "consent",
        "confidentialité",
        "vie privée",
        "données personnelles",
        "données de géolocalisation",
        "appareil",
        "vos choix",
        "vos préférences",
        "intérêt légitime",
        "intérêts légitimes",
        "contenu personnalisé",
        "personnalisés",
        "mesure d",
    ];
    TERMS.iter().filter(|term| text.contains(**term)).take(2).count() == 2
}

/// Returns what class and id of each node say. A page has few names, many times each.
fn hints(page: &Page) -> Vec<Hint> {
    let mut known: HashMap<&str, Hint> = HashMap::new();
    let mut hints = Vec::with_capacity(page.nodes().len());
    for node in page.nodes() {
        let mut said = |name| match page.attribute(node, name) {
            Some(value) => *known.entry(value).or_insert_with(|| hint::of(value)),
            None => Hint::None,
        };
        hints.push(match (said(Attribute::Class), said(Attribute::Id)) {
            (Hint::None, id) | (_, id @ Hint::Comments) => id,
            (class, _) => class,
        });
    }
    hints
}

struct Walk<'a> {
    page: &'a Page,
    trust: Trust,
    hints: Vec<Hint>,
    sums: Vec<Sum>,
    /// The first heading of the first level.
    title: Option<usize>,
    blocks: Vec<Block>,
    open: Vec<Frame>,
    /// The text that was added last.
    last: Run,
}

/// What tells whether two texts side by side are parts of one word.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// Whether the innermost element around it is there for its style.
    is_styled: bool,
    /// Whether it has several words.
    has_words: bool,
}

/// An element whose end is still to come.
struct Frame {
    element: usize,
    end: usize,
    is_block: bool,
    place: Place,
}

impl Walk<'_> {
    fn run(mut self) -> Vec<Block> {
        let page = self.page;
        let mut current: Option<Block> = None;
        let mut index = 0;
        while let Some(node) = page.nodes().get(index) {
            while self.open.last().is_some_and(|frame| frame.end <= index) {
                if self.open.pop().is_some_and(|frame| frame.is_block) {
                    self.flush(&mut current);
                }
            }
            if node.tag.is_left_out() && index > 0 {
                index = node.end.max(index + 1);
                continue;
            }
            let outer = self.open.last().map_or(Place::default(), |frame| frame.place);
            match node.tag {
                Tag::Text => self.add(&mut current, index, outer),
                Tag::Br => {
                    if let Some(block) = &mut current {
                        block.text.truncate(block.text.trim_end_matches(' ').len());
                        block.text.push('\n');
                    }
                }
                tag => {
                    if tag.is_block() {
                        self.flush(&mut current);
                    }
                    let place = self.place(index, outer);
                    self.open.push(Frame { element: index, end: node.end, is_block: tag.is_block(), place });
                }
            }
            index += 1;
        }
        self.flush(&mut current);
        self.blocks
    }

    fn add(&mut self, current: &mut Option<Block>, index: usize, place: Place) {
        let page = self.page;
        let Some(node) = page.nodes().get(index) else { return };
        let text = page.text(node);
        let holder = self.open.iter().rev().find(|frame| frame.is_block);
        let holder_place = holder.map_or(place, |frame| frame.place);
        // A button within a line is not a part of it.
        if place.is_aside && !holder_place.is_aside {
            return;
        }
        let block = match current {
            Some(block) => block,
            None if text.trim().is_empty() => return,
            None => {
                let element = holder.map_or(0, |frame| frame.element);
                let tag = self.page.nodes().get(element).map_or(Tag::Div, |node| node.tag);
                let text = String::new();
                current.insert(Block { text, chars: 0, linked: 0, element, node: index, tag, place, line: node.line })
            }
        };
        if !text.trim().is_empty() {
            // What is a date or a caption only in part is neither.
            block.place.is_caption &= place.is_caption;
            block.place.is_byline &= place.is_byline;
            block.place.is_lead |= place.is_lead;
        }
        let run = Run {
            is_styled: page.nodes().get(node.parent).is_some_and(|parent| parent.tag == Tag::Style),
            has_words: text.trim().contains(char::is_whitespace),
        };
        let is_next = block.text.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if is_next && text.starts_with(char::is_uppercase) && index > block.node && are_apart(self.last, run) {
            block.text.push(' ');
        }
        self.last = run;
        let before = block.text.len();
        if block.tag == Tag::Pre {
            push_lines(&mut block.text, text);
        } else {
            push_collapsed(&mut block.text, text);
        }
        let added = block.text.get(before..).unwrap_or_default().chars().count();
        block.chars += added;
        if node.in_link {
            block.linked += added;
        }
    }

    fn flush(&mut self, current: &mut Option<Block>) {
        let Some(mut block) = current.take() else { return };
        block.text = trimmed_lines(&block.text);
        block.chars = block.text.chars().count();
        block.linked = block.linked.min(block.chars);
        if block.chars > 0 {
            self.blocks.push(block);
        }
    }

    fn place(&self, index: usize, outer: Place) -> Place {
        let Some(node) = self.page.nodes().get(index) else { return outer };
        let mut place = outer;
        place.is_caption |= node.tag == Tag::Caption;
        let (own, all) = (self.within(index..node.end), self.sums.last().copied().unwrap_or_default());
        let hint = self.hints.get(index).copied().unwrap_or_default();
        // Where the title stands elsewhere, neither a window in front of the page nor what readers wrote is the article,
        // however long it is.
        if own.titles == 0 && all.titles > 0 && !matches!(node.tag, Tag::Article | Tag::Main | Tag::Body) {
            let is_window = self.has_role(index, &["dialog", "alertdialog"]);
            place.is_aside |= is_window
                || matches!(hint, Hint::Consent | Hint::Comments)
                || self.is_teasers(index)
                || self.asks_for_consent(index, own);
        }
        if self.trust == Trust::Nothing {
            return place;
        }
        let is_main = own.running > 0 && own.running as f32 >= MAIN_SHARE * all.running as f32;
        match hint {
            Hint::Caption if !is_main => place.is_caption = true,
            Hint::Byline => place.is_byline = true,
            Hint::Lead => place.is_lead = true,
            Hint::Inset => place.is_inset = true,
            _ => {}
        }
        // A picture and little text: its caption, whatever the elements.
        let is_short = (1..=CAPTION_BYTES).contains(&(own.plain + own.linked)) && own.titles == 0;
        place.is_caption |=
            own.images == 1 && is_short && !is_main && matches!(node.tag, Tag::Div | Tag::Figure | Tag::Section);
        place.is_aside |= match hint {
            Hint::Comments => own.titles == 0,
            _ if is_main => false,
            Hint::Page | Hint::Consent => true,
            // A quotation that the author set beside the text.
            Hint::Inset if node.tag == Tag::Aside => self.is_list_of_links(index),
            _ => self.is_aside_by_nature(index),
        };
        place
    }

    /// Returns what stands in a range of nodes.
    fn within(&self, range: Range<usize>) -> Sum {
        let at = |index: usize| self.sums.get(index).copied().unwrap_or_default();
        let (start, end) = (at(range.start), at(range.end));
        Sum {
            running: end.running.saturating_sub(start.running),
            plain: end.plain.saturating_sub(start.plain),
            linked: end.linked.saturating_sub(start.linked),
            consent: end.consent.saturating_sub(start.consent),
            titles: end.titles.saturating_sub(start.titles),
            images: end.images.saturating_sub(start.images),
            linked_headings: end.linked_headings.saturating_sub(start.linked_headings),
        }
    }

    /// Tells whether an element mostly speaks of cookies, above the title, or far from it at the end of the page.
    fn asks_for_consent(&self, index: usize, own: Sum) -> bool {
        let (Some(node), Some(title)) = (self.page.nodes().get(index), self.title) else { return false };
        if own.consent == 0 || own.consent * 2 < own.running {
            return false;
        }
        // What the page is made of stands right below its body, and the part with the title holds a text of its own.
        let nodes = self.page.nodes();
        let is_part = |node: &Node| nodes.get(node.parent).is_some_and(|above| above.tag == Tag::Body);
        let mut part = title;
        while let Some(inner) = nodes.get(part).filter(|inner| part > 0 && !is_part(inner)) {
            part = inner.parent;
        }
        let other = self.within(part..nodes.get(part).map_or(part, |part| part.end));
        node.end <= title || (is_part(node) && index != part && other.running > other.consent)
    }

    fn is_aside_by_nature(&self, index: usize) -> bool {
        let Some(node) = self.page.nodes().get(index) else { return false };
        if matches!(node.tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form) {
            return true;
        }
        let roles = ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"];
        if self.has_role(index, &roles) || self.page.attribute(node, Attribute::AriaHidden) == Some("true") {
            return true;
        }
        if self.page.attribute(node, Attribute::Hidden).is_some() {
            return true;
        }
        if self.page.attribute(node, Attribute::Style).is_some_and(is_invisible) {
            return true;
        }
        is_embedded(self.page.attribute(node, Attribute::Class).unwrap_or_default()) || self.is_list_of_links(index)
    }

    fn has_role(&self, index: usize, roles: &[&str]) -> bool {
        let role = self.page.nodes().get(index).and_then(|node| self.page.attribute(node, Attribute::Role));
        role.is_some_and(|role| roles.contains(&role))
    }

    /// Tells whether an element holds articles alone, two at least, whose headings lead to them.
    fn is_teasers(&self, index: usize) -> bool {
        let nodes = self.page.nodes();
        let Some(node) = nodes.get(index).filter(|node| matches!(node.tag, Tag::Div | Tag::Section | Tag::List)) else {
            return false;
        };
        let mut teasers = 0;
        let mut child = index + 1;
        while let Some(item) = nodes.get(child).filter(|_| child < node.end) {
            let own = self.within(child..item.end);
            if matches!(item.tag, Tag::Article | Tag::Li) && own.linked_headings > 0 && own.plain < ITEM_BYTES {
                teasers += 1;
            } else if own.running > 0 {
                return false;
            }
            child = item.end.max(child + 1);
        }
        teasers >= 2
    }

    /// Tells whether an element holds at least three others of one kind, most of which are led by a link: other articles.
    fn is_list_of_links(&self, index: usize) -> bool {
        let nodes = self.page.nodes();
        let Some(node) = nodes.get(index).filter(|node| matches!(node.tag, Tag::Div | Tag::List | Tag::Section)) else {
            return false;
        };
        let (mut items, mut led, mut plain, mut linked) = (0, 0, 0, 0);
        let mut child = index + 1;
        while let Some(item) = nodes.get(child).filter(|_| child < node.end) {
            if matches!(item.tag, Tag::Li | Tag::Div | Tag::Article | Tag::Section | Tag::A) {
                let own = self.within(child..item.end);
                items += 1;
                led += usize::from(own.linked >= LINK_BYTES && own.plain < ITEM_BYTES);
                plain += own.plain;
                linked += own.linked;
            } else if item.tag == Tag::P {
                return false;
            }
            child = item.end.max(child + 1);
        }
        items >= 3 && led * 4 >= items * 3 && linked * 2 >= plain
    }
}

/// Tells whether two texts that stand side by side in different elements are not parts of one word: "Par Inès Guichard" and
/// "Le 3 mai" are set apart by their look, `H<sub>2</sub>O` and `e<b>B</b>ay` are not.
fn are_apart(before: Run, next: Run) -> bool {
    match (before.is_styled, next.is_styled) {
        (false, false) => before.has_words || next.has_words,
        (true, true) => before.has_words && next.has_words,
        _ => false,
    }
}

/// Adds the lines of a text, each as one of its own.
fn push_lines(text: &mut String, added: &str) {
    for (number, line) in added.split('\n').enumerate() {
        if number > 0 {
            text.push('\n');
        }
        push_collapsed(text, line);
    }
}

/// Returns a text without blanks around its lines, and with at most one blank line in a row.
fn trimmed_lines(text: &str) -> String {
    let mut trimmed = String::with_capacity(text.len());
    for line in text.trim().split('\n').map(str::trim) {
        if line.is_empty() && trimmed.ends_with("\n\n") {
            continue;
        }
        trimmed.push_str(line);
        trimmed.push('\n');
    }
    trimmed.truncate(trimmed.trim_end().len());
    trimmed
}

/// A text of more bytes beside a picture is no caption.
const CAPTION_BYTES: usize = 300;

/// A link of fewer bytes is no headline.
const LINK_BYTES: usize = 20;

/// A list's item with more text than this outside of its link is no pointer to another article.
const ITEM_BYTES: usize = 400;

fn is_invisible(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// What was written elsewhere and is shown here by a program.
fn is_embedded(class: &str) -> bool {
    class.split_whitespace().any(|name| {
        matches!(
            name,
            "twitter-tweet" | "twitter-video" | "instagram-media" | "tiktok-embed" | "fb-post" | "bluesky-embed"
        )
    })
}
