//! What the names of elements and attributes mean for the reading of an article.

/// An element by what it means for the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    /// Not an element: a run of text.
    Text,
    Html,
    Head,
    Body,
    Title,
    Meta,
    Link,
    Script,
    A,
    Article,
    Aside,
    Blockquote,
    Br,
    Caption,
    /// A term or its description.
    Dd,
    /// Any other block.
    Div,
    Figure,
    Footer,
    /// What a reader operates, or does not read: buttons, fields, pictures, players, styles.
    Control,
    /// SVG or MathML.
    Foreign,
    Form,
    Header,
    Heading(u8),
    /// A line between parts.
    Hr,
    Img,
    Li,
    /// A list of any kind.
    List,
    Main,
    Nav,
    P,
    Pre,
    Section,
    /// Sets letters apart by their style, perhaps within a word.
    Style,
    Table,
    Td,
    Time,
    Tr,
    /// Any other inline element, known or not.
    Inline,
}

impl Tag {
    /// Returns what an element of this name, in lower case, is.
    pub(super) fn of(name: &str) -> Tag {
        match name {
            "html" => Tag::Html,
            "head" => Tag::Head,
            "body" => Tag::Body,
            "title" => Tag::Title,
            "meta" => Tag::Meta,
            "link" => Tag::Link,
            "script" => Tag::Script,
            "a" => Tag::A,
            "article" => Tag::Article,
            "aside" => Tag::Aside,
            "blockquote" => Tag::Blockquote,
            "br" => Tag::Br,
            "caption" | "figcaption" => Tag::Caption,
            "dd" | "dt" => Tag::Dd,
            "address" | "center" | "details" | "dir" | "div" | "fieldset" | "hgroup" | "legend" | "search"
            | "tbody" | "thead" | "tfoot" | "colgroup" => Tag::Div,
            "figure" => Tag::Figure,
            "footer" => Tag::Footer,
            "audio" | "button" | "canvas" | "datalist" | "dialog" | "embed" | "iframe" | "input" | "label" | "map"
            | "meter" | "noembed" | "noframes" | "noscript" | "object" | "optgroup" | "option" | "param"
            | "picture" | "progress" | "rp" | "rt" | "select" | "source" | "style" | "template" | "textarea"
            | "track" | "video" => Tag::Control,
            "math" | "svg" => Tag::Foreign,
            "form" => Tag::Form,
            "header" => Tag::Header,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" | "summary" => Tag::Heading(6),
            "hr" => Tag::Hr,
            "img" => Tag::Img,
            "li" => Tag::Li,
            "dl" | "ol" | "ul" => Tag::List,
            "main" => Tag::Main,
            "menu" | "nav" => Tag::Nav,
            "p" => Tag::P,
            "listing" | "plaintext" | "pre" | "xmp" => Tag::Pre,
            "section" => Tag::Section,
            "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "code" | "del" | "dfn" | "em" | "font" | "i" | "ins"
            | "kbd" | "mark" | "q" | "rb" | "ruby" | "s" | "samp" | "small" | "strike" | "strong" | "sub" | "sup"
            | "tt" | "u" | "var" | "wbr" => Tag::Style,
            "table" => Tag::Table,
            "td" | "th" => Tag::Td,
            "time" => Tag::Time,
            "tr" => Tag::Tr,
            _ => Tag::Inline,
        }
    }
}

impl Tag {
    /// Tells whether it starts a line of its own.
    pub(super) fn is_block(self) -> bool {
        use Tag::*;
        !matches!(self, Text | Meta | Link | Script | A | Br | Control | Foreign | Img | Style | Time | Inline)
    }

    /// Tells whether its start ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        self.is_block() && !matches!(self, Tag::Title | Tag::Head)
    }

    /// Tells whether what it holds is never text of an article.
    pub(super) fn is_left_out(self) -> bool {
        matches!(self, Tag::Control | Tag::Foreign | Tag::Script | Tag::Head | Tag::Title)
    }
}

/// Tells whether an element of this name holds nothing: <https://html.spec.whatwg.org/#void-elements>, and older ones.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// An attribute that says something about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    AriaHidden,
    Class,
    Content,
    Datetime,
    Hidden,
    Href,
    Id,
    ItemProp,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Style,
    Type,
}

impl Attribute {
    /// Returns the attribute of this name, in lower case.
    pub(super) fn of(name: &str) -> Option<Attribute> {
        Some(match name {
            "aria-hidden" => Attribute::AriaHidden,
            "class" => Attribute::Class,
            "content" => Attribute::Content,
            "datetime" => Attribute::Datetime,
            "hidden" => Attribute::Hidden,
            "href" => Attribute::Href,
            "id" => Attribute::Id,
            "itemprop" => Attribute::ItemProp,
            "lang" | "xml:lang" => Attribute::Lang,
            "name" => Attribute::Name,
            "property" => Attribute::Property,
            "rel" => Attribute::Rel,
            "role" => Attribute::Role,
            "style" => Attribute::Style,
            "type" => Attribute::Type,
            _ => return None,
        })
    }
}
