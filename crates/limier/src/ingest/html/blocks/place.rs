//! What the elements around a text say of it: by their names, their nature, and what they hold.

use std::collections::HashMap;
use std::ops::Range;

use super::super::hint::{self, Hint};
use super::super::tag::{Attribute, Tag};
use super::super::tree::{Node, Page};
use super::Trust;
use super::hidden::{Hidden, is_hidden};
use super::sums::{Sum, Sums};

/// What the elements around a block say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest::html) struct Place {
    /// Navigation, advertising, sharing, other articles, comments.
    pub(in crate::ingest::html) is_aside: bool,
    /// Nobody sees it.
    pub(in crate::ingest::html) is_hidden: bool,
    /// Describes a picture.
    pub(in crate::ingest::html) is_caption: bool,
    /// Date, author and the like, where it is short.
    pub(in crate::ingest::html) is_byline: bool,
    /// The summary above the article.
    pub(in crate::ingest::html) is_lead: bool,
    /// A quotation or a box beside the text.
    pub(in crate::ingest::html) is_inset: bool,
}

/// An element that holds at least this share of a page's running text is no aside, whatever its name says.
const MAIN_SHARE: f32 = 0.4;

/// A text of more bytes beside a picture is no caption.
const CAPTION_BYTES: usize = 300;

/// A link of fewer bytes is no headline.
const LINK_BYTES: usize = 20;

/// A list's item with more text than this outside of its link is no pointer to another article.
const ITEM_BYTES: usize = 400;

/// A main part of fewer bytes says nothing.
const MAIN_BYTES: usize = 20;

/// A window that asks for leave is no longer, in bytes.
const WINDOW_BYTES: usize = 6000;

/// What is known of a page, for telling the places of its elements.
pub(super) struct Places<'a> {
    page: &'a Page,
    trust: Trust,
    hints: Vec<Hint>,
    sums: Sums,
    hidden: Hidden,
    /// The first heading of the first level, one that is shown before one that is not.
    title: Option<usize>,
    /// The element that the page marks as its main part, where it says something.
    main: Option<Range<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(page: &'a Page, trust: Trust) -> Places<'a> {
        let hints = hints(page);
        let hidden = Hidden::of(page);
        let sums = Sums::of(page, &hints, &hidden);
        let nodes = || page.nodes().iter().enumerate();
        let is_title = |node: &Node| node.tag == Tag::Heading(1);
        let shown = nodes().position(|(index, node)| is_title(node) && !hidden.holds(index));
        let title = shown.or_else(|| nodes().position(|(_, node)| is_title(node)));
        let main = nodes().find(|(_, node)| node.tag == Tag::Main).map(|(index, node)| index..node.end);
        let main = main.filter(|main| sums.within(main.clone()).plain >= MAIN_BYTES);
        Places { page, trust, hints, sums, hidden, title, main }
    }

    /// Returns what an element says of the text in it, where `outer` is what those around it say.
    pub(super) fn of(&self, index: usize, outer: Place) -> Place {
        let Some(node) = self.page.nodes().get(index) else { return outer };
        let mut place = outer;
        place.is_caption |= node.tag == Tag::Caption;
        let (own, all) = (self.sums.within(index..node.end), self.sums.all());
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
        if self.stands_before_main(index, own) || self.is_unseen(index) {
            place.is_aside = true;
        }
        place.is_hidden |= self.is_unseen(index);
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

    /// Tells whether an element is hidden, and another text is shown: where all is hidden, a program shows it.
    fn is_unseen(&self, index: usize) -> bool {
        let Some(node) = self.page.nodes().get(index) else { return false };
        let holds_title = self.title.is_some_and(|title| (index..node.end).contains(&title));
        self.hidden.is_for_good(index) && !holds_title && self.sums.all().said > 0
    }

    /// Tells whether an element is a window in front of the main part of a page, however short that is: it asks for leave to set
    /// cookies, or is there for eyes alone.
    fn stands_before_main(&self, index: usize, own: Sum) -> bool {
        let (Some(node), Some(main)) = (self.page.nodes().get(index), &self.main) else { return false };
        let is_apart = node.end <= main.start || index >= main.end;
        let asks = || own.notices > 0 && own.plain <= WINDOW_BYTES;
        is_apart && (asks() || self.page.attribute(node, Attribute::AriaHidden) == Some("true"))
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
        let other = self.sums.within(part..nodes.get(part).map_or(part, |part| part.end));
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
        if is_hidden(self.page, node) {
            return true;
        }
        if self.is_note_mark(index, node) {
            return true;
        }
        is_embedded(self.page.attribute(node, Attribute::Class).unwrap_or_default()) || self.is_list_of_links(index)
    }

    /// Tells whether an element is the mark of a note, `[1]`, which leads to a place in the page.
    fn is_note_mark(&self, index: usize, node: &Node) -> bool {
        let leads_within = || self.page.attribute(node, Attribute::Href).is_some_and(|href| href.starts_with('#'));
        let is_mark = |text: &str| {
            let number = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            number.is_some_and(|number| number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        };
        node.tag == Tag::A && leads_within() && is_mark(&self.page.text_below(index))
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
            let own = self.sums.within(child..item.end);
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
                let own = self.sums.within(child..item.end);
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

/// What was written elsewhere and is shown here by a program.
fn is_embedded(class: &str) -> bool {
    class.split_whitespace().any(|name| {
        matches!(
            name,
            "twitter-tweet" | "twitter-video" | "instagram-media" | "tiktok-embed" | "fb-post" | "bluesky-embed"
        )
    })
}
