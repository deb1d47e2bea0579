//! A page as a flat tree: its elements and texts in the order of the file, each with the end of its subtree.
//!
//! The tokenizer of `html5ever` reads the markup (tags, attributes, character references, the contents of scripts). The
//! tree above it is simpler than a browser's: it closes what HTML lets authors leave open, ignores what closes nothing,
//! and is built in time linear in the page, whatever the page holds. A browser's tree builder is not: it walks its stack of
//! open elements for each tag, and opens unclosed formatting again in every paragraph.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag as RawTag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::json_ld::is_json_ld;
use super::tag::{Attribute, Tag, is_void};

/// Elements nested deeper than this are taken for text of the element at this depth: the bound that browsers have.
const MAX_DEPTH: usize = 512;

/// A tag with more attributes than this is not read: looking for repeated names takes time quadratic in their number.
const MAX_ATTRIBUTES: usize = 1000;

/// No title or name is longer than this, in bytes.
const LINE_BYTES: usize = 4000;

/// An element or a run of text.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) tag: Tag,
    /// Whether it stands in a link.
    pub(super) in_link: bool,
    /// The element that it stands in; the root stands in itself.
    pub(super) parent: usize,
    /// The first node after its subtree.
    pub(super) end: usize,
    /// The 1-based line of the file at which it begins.
    pub(super) line: u32,
    /// For a text: where in [`Page::text`] it stands. For an element: which of the page's attributes are its own.
    span: Range<usize>,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, StrTendril)>,
    text: String,
}

impl Page {
    /// Reads a page; anything is one.
    pub(super) fn parse(html: &str) -> Page {
        let is_xml = html.trim_start().starts_with("<?xml");
        let html = without_monstrous_tags(html);
        let tokenizer = Tokenizer::new(Builder(RefCell::new(Building::new(is_xml))), Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(&html));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner().finish()
    }

    /// Returns all nodes, in the order of the file; the first is the root.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the innermost link in which a node stands.
    pub(super) fn link_around(&self, mut index: usize) -> Option<&Node> {
        while let Some(node) = self.nodes.get(index).filter(|_| index > 0) {
            if node.tag == Tag::A {
                return Some(node);
            }
            index = node.parent;
        }
        None
    }

    /// Returns the text of a text node; empty for an element.
    pub(super) fn text(&self, node: &Node) -> &str {
        if node.tag == Tag::Text { self.text.get(node.span.clone()).unwrap_or_default() } else { "" }
    }

    /// Returns an attribute of an element.
    pub(super) fn attribute(&self, node: &Node, name: Attribute) -> Option<&str> {
        if node.tag == Tag::Text {
            return None;
        }
        let attributes = self.attributes.get(node.span.clone()).unwrap_or_default();
        attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| &**value)
    }

    /// Returns the end of the innermost block that an element is or stands in.
    fn block_end(&self, mut index: usize) -> usize {
        while let Some(node) = self.nodes.get(index) {
            if node.tag.is_block() || index == 0 {
                return node.end;
            }
            index = node.parent;
        }
        usize::MAX
    }

    /// Returns the text that the page shows, its blocks apart by spaces.
    pub(super) fn shown_text(&self) -> String {
        let mut shown = String::new();
        let mut at = 1;
        while let Some(node) = self.nodes.get(at) {
            if node.tag.is_left_out() {
                at = node.end.max(at + 1);
                continue;
            }
            if node.tag.is_block() || node.tag == Tag::Br {
                shown.push(' ');
            }
            shown.push_str(self.text(node));
            at += 1;
        }
        shown
    }

    /// Returns the text below a node as it stands, that of scripts and titles too.
    pub(super) fn raw_text_below(&self, index: usize) -> String {
        let end = self.nodes.get(index).map_or(index, |node| node.end);
        self.nodes.get(index..end).unwrap_or_default().iter().map(|node| self.text(node)).collect()
    }

    /// Returns the text below a node, in one line, cut after some [`LINE_BYTES`]: it serves for titles, names and days.
    pub(super) fn text_below(&self, index: usize) -> String {
        let mut line = String::new();
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        let (mut at, mut holder) = (index, index);
        while let Some(node) = self.nodes.get(at).filter(|_| at < end && line.len() < LINE_BYTES) {
            if node.tag.is_left_out() && at > index {
                at = node.end.max(at + 1);
                continue;
            }
            let is_apart = node.tag == Tag::Text && self.block_end(holder) <= at;
            if node.tag.is_block() || node.tag == Tag::Br || is_apart {
                push_space(&mut line);
            }
            if node.tag == Tag::Text {
                holder = node.parent;
            }
            push_collapsed(&mut line, head(self.text(node)));
            at += 1;
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// Adds a text, its runs of white space as one space each; what no reader sees is left out.
pub(super) fn push_collapsed(line: &mut String, text: &str) {
    for c in text.chars() {
        // No-break spaces are kept: French sets them before ":" and "?".
        if c.is_ascii_whitespace() {
            push_space(line);
        } else if !c.is_control() {
            line.push(c);
        }
    }
}

fn head(text: &str) -> &str {
    let end = (LINE_BYTES..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

fn push_space(line: &mut String) {
    if !line.is_empty() && !line.ends_with([' ', '\n']) {
        line.push(' ');
    }
}

/// Cuts tags out that have thousands of attributes.
fn without_monstrous_tags(html: &str) -> std::borrow::Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (end, attributes) = tag_end(bytes, at);
        at = end;
        if attributes > MAX_ATTRIBUTES {
            kept.push_str(html.get(from..start).unwrap_or_default());
            from = end;
        }
    }
    if from == 0 {
        return html.into();
    }
    kept.push_str(html.get(from..).unwrap_or_default());
    kept.into()
}

/// Returns where the tag that is open at `at` ends, and how many attributes it has at most.
fn tag_end(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let (mut attributes, mut quote, mut before) = (0, None, b' ');
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => continue,
            (None, b'>') => break,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b' ' | b'\n' | b'\t' | b'\r' | 0x0c | b'/' | b'=') => {
                attributes += usize::from(!before.is_ascii_whitespace() && before != b'/');
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() || before != b'=' {
            before = byte;
        }
    }
    (at, attributes)
}

struct Builder(RefCell<Building>);

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        // The tokenizer never calls its sink from within the sink.
        let Ok(mut building) = self.0.try_borrow_mut() else { return TokenSinkResult::Continue };
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return building.start(&tag, line),
            Token::TagToken(tag) => building.end(&tag.name),
            Token::CharacterTokens(text) => building.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// An element that is not closed yet.
struct Open {
    node: usize,
    tag: Tag,
    name: LocalName,
}

struct Building {
    page: Page,
    open: Vec<Open>,
    /// How many elements are open beyond the bound of depth.
    beyond: usize,
    /// The element in which the open link stands, where one is open.
    link: Option<usize>,
    /// Whether `<p/>` is an empty paragraph, as in XML, and not the start of one.
    is_xml: bool,
}

impl Building {
    fn new(is_xml: bool) -> Building {
        let root = Node { tag: Tag::Html, in_link: false, parent: 0, end: 0, line: 1, span: 0..0 };
        let page = Page { nodes: vec![root], ..Page::default() };
        let open = vec![Open { node: 0, tag: Tag::Html, name: LocalName::from("html") }];
        Building { page, open, beyond: 0, link: None, is_xml }
    }

    fn parent(&self) -> usize {
        self.open.last().map_or(0, |open| open.node)
    }

    fn start(&mut self, raw: &RawTag, line: u32) -> TokenSinkResult<()> {
        let mut tag = Tag::of(&raw.name);
        // A heading that opens what stands below it is a button.
        if &*raw.name == "button" && self.open.iter().any(|open| matches!(open.tag, Tag::Heading(_))) {
            tag = Tag::Style;
        }
        self.close_implied(tag);
        if tag == Tag::A {
            self.link = Some(self.parent());
        }
        let first = self.page.attributes.len();
        for attribute in &raw.attrs {
            if let Some(name) = Attribute::of(&attribute.name.local) {
                self.page.attributes.push((name, attribute.value.clone()));
            }
        }
        let span = first..self.page.attributes.len();
        let in_link = self.link.is_some() && tag != Tag::A;
        let node = Node { tag, in_link, parent: self.parent(), end: 0, line, span };
        let index = self.page.nodes.len();
        let closes_itself = raw.self_closing && (self.is_xml || tag == Tag::Foreign);
        if is_void(&raw.name) || closes_itself {
            self.page.nodes.push(Node { end: index + 1, ..node });
            return TokenSinkResult::Continue;
        }
        if self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.page.nodes.push(Node { end: index + 1, ..node });
        } else {
            self.page.nodes.push(node);
            self.open.push(Open { node: index, tag, name: raw.name.clone() });
        }
        match &*raw.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            // In a drawing these two hold markup.
            "textarea" | "title" if !self.is_within(Tag::Foreign) => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn is_within(&self, tag: Tag) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }

    /// Closes what the start of `tag` ends without saying so: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, tag: Tag) {
        if tag.ends_paragraph() {
            self.close_paragraph();
        }
        match tag {
            Tag::Li | Tag::Dd => self.close_innermost(|open| open.tag == tag, &[Tag::List, Tag::Td, Tag::Table]),
            Tag::Td => self.close_innermost(|open| open.tag == Tag::Td, &[Tag::Table]),
            Tag::Tr => self.close_innermost(|open| open.tag == Tag::Tr, &[Tag::Table]),
            Tag::Head | Tag::Title => {}
            _ if tag.is_block() => self.close_innermost(|open| open.tag == Tag::Head, &[]),
            _ => {}
        }
    }

    /// Closes the paragraph that is the innermost open block: any other block in it would have closed it.
    fn close_paragraph(&mut self) {
        let block = self.open.iter().rposition(|open| open.tag.is_block());
        if let Some(position) = block
            && self.open.get(position).is_some_and(|open| open.tag == Tag::P)
        {
            self.close(position);
        }
    }

    fn end(&mut self, name: &LocalName) {
        let mut tag = Tag::of(name);
        // As it was when it began: see `start`.
        if &**name == "button" && self.open.iter().any(|open| open.name == *name && open.tag == Tag::Style) {
            tag = Tag::Style;
        }
        if tag == Tag::A {
            self.link = None;
        }
        if is_void(name) {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_same = |open: &Open| open.name == *name || matches!((open.tag, tag), (Tag::Heading(_), Tag::Heading(_)));
        match tag {
            // What follows the end of a page still belongs to it.
            Tag::Html | Tag::Body => {}
            Tag::Table => self.close_innermost(is_same, &[]),
            Tag::Td | Tag::Tr => self.close_innermost(is_same, &[Tag::Table]),
            // A browser opens an empty paragraph for an end without a start: the line ends.
            Tag::P if !self.is_within(Tag::P) => self.page.nodes.push(Node {
                tag: Tag::Br,
                in_link: false,
                parent: self.parent(),
                end: self.page.nodes.len() + 1,
                line: 0,
                span: 0..0,
            }),
            _ if tag.is_block() || tag.is_left_out() => self.close_innermost(is_same, &[Tag::Td, Tag::Table]),
            // An inline element ends within its block, or not at all.
            _ => {
                if self.open.iter().rev().take_while(|open| !open.tag.is_block()).any(is_same) {
                    self.close_innermost(is_same, &[]);
                }
            }
        }
    }

    /// Closes the innermost open element that fits, and what stands in it, unless a barrier stands between.
    fn close_innermost(&mut self, fits: impl Fn(&Open) -> bool, barriers: &[Tag]) {
        // The root stays open.
        let found = self.open.iter().skip(1).rposition(|open| fits(open) || barriers.contains(&open.tag));
        let Some(position) = found.map(|position| position + 1) else { return };
        if self.open.get(position).is_some_and(fits) {
            self.close(position);
        }
    }

    fn close(&mut self, position: usize) {
        let end = self.page.nodes.len();
        for open in self.open.drain(position.min(self.open.len())..) {
            if let Some(node) = self.page.nodes.get_mut(open.node) {
                node.end = end;
            }
            // A link that nobody closed ends with the element that it stands in.
            if self.link == Some(open.node) {
                self.link = None;
            }
        }
    }

    fn text(&mut self, text: &str, line: u32) {
        let parent = self.parent();
        if !self.is_read(parent) {
            return;
        }
        let index = self.page.nodes.len();
        let start = self.page.text.len();
        self.page.text.push_str(text);
        let end = self.page.text.len();
        let in_link = self.link.is_some();
        match self.page.nodes.last_mut() {
            Some(last) if last.tag == Tag::Text && last.parent == parent && last.in_link == in_link => {
                last.span.end = end;
            }
            _ => {
                let node = Node { tag: Tag::Text, in_link, parent, end: index + 1, line, span: start..end };
                self.page.nodes.push(node);
            }
        }
    }

    /// Tells whether the text of an element is of use: programs and styles are most of many pages.
    fn is_read(&self, element: usize) -> bool {
        let Some(node) = self.page.nodes.get(element) else { return false };
        match node.tag {
            Tag::Script => self.page.attribute(node, Attribute::Type).is_some_and(is_json_ld),
            Tag::Control | Tag::Foreign => false,
            _ => true,
        }
    }

    fn finish(mut self) -> Page {
        self.close(0);
        self.page
    }
}
