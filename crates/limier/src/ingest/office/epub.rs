//! EPUB: the chapters in the order of the spine, and what the package says of the book.
//!
//! <https://www.w3.org/TR/epub-33/>

use super::xml::{Piece, walk};
use super::{Content, Package, Plain, Skip, beside, filled};

pub(super) fn read(package: &mut Package<'_>) -> Result<Content, Skip> {
    let opf = root_file(&package.require("META-INF/container.xml")?)?;
    let book = Book::read(&package.require(&opf)?)?;
    let mut plain = Plain::default();
    for reference in book.chapters() {
        // A chapter that is missing is no reason to leave out the others.
        if let Some(chapter) = package.read(&beside(&opf, reference))? {
            push_page(&mut plain, &chapter)?;
        }
    }
    Ok(Content { text: plain.into_text(), ..book.content })
}

fn root_file(container: &str) -> Result<String, Skip> {
    let mut path = None;
    walk(container, &mut |piece| {
        if let Piece::Start(tag) = piece
            && tag.name() == "rootfile"
            && path.is_none()
        {
            path = Some(tag.attribute("full-path"));
        }
    })?;
    path.ok_or_else(|| super::damaged("META-INF/container.xml names no book"))
}

#[derive(Default)]
struct Book {
    content: Content,
    /// Id and reference of each file that may be a chapter.
    items: Vec<(String, String)>,
    /// Ids of the chapters, in order.
    spine: Vec<String>,
}

impl Book {
    fn read(opf: &str) -> Result<Book, Skip> {
        let mut book = Book::default();
        let mut text = String::new();
        walk(opf, &mut |piece| match piece {
            Piece::Start(tag) => {
                text.clear();
                match tag.name() {
                    // The table of contents is no chapter.
                    "item" if !tag.attribute("properties").split(' ').any(|property| property == "nav") => {
                        book.items.push((tag.attribute("id"), tag.attribute("href")));
                    }
                    "itemref" if tag.attribute("linear") != "no" => book.spine.push(tag.attribute("idref")),
                    _ => {}
                }
            }
            Piece::Text(part) => text.push_str(part),
            Piece::End(name) => {
                if let Some(value) = filled(&std::mem::take(&mut text)) {
                    book.content.describe(name, value);
                }
            }
        })?;
        Ok(book)
    }

    fn chapters(&self) -> impl Iterator<Item = &str> {
        let reference = |id: &String| self.items.iter().find(|(known, _)| known == id).map(|(_, href)| href.as_str());
        self.spine.iter().filter_map(reference)
    }
}

impl Content {
    /// Takes an element of the Dublin Core; of several, the first, but all authors.
    pub(super) fn describe(&mut self, element: &str, value: String) {
        match element {
            "title" => self.title = self.title.take().or(Some(value)),
            "creator" => self.authors.push(value),
            "date" => self.date = self.date.take().or(Some(value)),
            "publisher" => self.source = self.source.take().or(Some(value)),
            "language" => self.lang = self.lang.take().or(Some(value)),
            _ => {}
        }
    }
}

/// Elements whose text is not shown.
const HIDDEN: [&str; 5] = ["head", "script", "style", "template", "rt"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "table",
    "tr",
    "hr",
    "pre",
];

/// Adds the text of a page of XHTML.
fn push_page(plain: &mut Plain, xhtml: &str) -> Result<(), Skip> {
    let mut hidden = 0usize;
    let walked = walk(xhtml, &mut |piece| match piece {
        Piece::Start(tag) => {
            let name = tag.name();
            hidden += usize::from(HIDDEN.contains(&name));
            match name {
                "br" => plain.end_line(),
                "td" | "th" => plain.push(" "),
                name if BLOCKS.contains(&name) => plain.end_paragraph(),
                _ => {}
            }
        }
        Piece::End(name) => {
            hidden = hidden.saturating_sub(usize::from(HIDDEN.contains(&name)));
            if BLOCKS.contains(&name) {
                plain.end_paragraph();
            }
        }
        Piece::Text(text) if hidden == 0 => plain.push(text),
        Piece::Text(_) => {}
    });
    plain.end_paragraph();
    walked
}
