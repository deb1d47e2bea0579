//! Office Open XML text, as Word writes it.
//!
//! <https://ecma-international.org/publications-and-standards/standards/ecma-376/>

use super::xml::{Piece, walk};
use super::{Content, Package, Plain, Skip, filled};

/// Elements whose text is no part of the text: what was deleted or moved away, codes of fields, and the second form of what
/// an older program cannot show.
const HIDDEN: [&str; 6] = ["del", "moveFrom", "instrText", "delText", "Fallback", "fldData"];

pub(super) fn read(package: &mut Package<'_>) -> Result<Content, Skip> {
    let mut content = Content::default();
    if let Some(core) = package.read("docProps/core.xml")? {
        describe(&mut content, &core)?;
    }
    let mut plain = Plain::default();
    push_part(&mut plain, &mut content.title_line, &package.require("word/document.xml")?)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(part) = package.read(notes)? {
            push_part(&mut plain, &mut content.title_line, &part)?;
        }
    }
    Ok(Content { text: plain.into_text(), ..content })
}

fn push_part(plain: &mut Plain, title_line: &mut Option<String>, xml: &str) -> Result<(), Skip> {
    let mut hidden = 0usize;
    let mut in_text = false;
    // A separator of notes is drawn, not read.
    let mut in_separator = false;
    let mut paragraph = (plain.len(), false);
    walk(xml, &mut |piece| match piece {
        Piece::Start(tag) => {
            let name = tag.name();
            hidden += usize::from(HIDDEN.contains(&name));
            match name {
                "footnote" | "endnote" => in_separator = tag.attribute("type").to_lowercase().contains("separator"),
                "p" => {
                    plain.end_paragraph();
                    paragraph = (plain.len(), false);
                }
                "pStyle" => paragraph.1 = is_title_style(&tag.attribute("val")),
                "t" => in_text = hidden == 0 && !in_separator,
                // In the properties of a paragraph, a tab is a stop of the ruler.
                "tab" if tag.attribute("pos").is_empty() && hidden == 0 => plain.push_raw("\t"),
                "br" | "cr" if hidden == 0 => plain.end_line(),
                "noBreakHyphen" if hidden == 0 => plain.push_raw("\u{2011}"),
                _ => {}
            }
        }
        Piece::End(name) => {
            hidden = hidden.saturating_sub(usize::from(HIDDEN.contains(&name)));
            match name {
                "t" => in_text = false,
                "p" => {
                    let (start, is_title) = std::mem::take(&mut paragraph);
                    if is_title && title_line.is_none() {
                        *title_line = filled(plain.since(start));
                    }
                    plain.end_paragraph();
                }
                _ => {}
            }
        }
        // Blanks stand as they are: a word may end with its run.
        Piece::Text(text) if in_text => plain.push_raw(text),
        Piece::Text(_) => {}
    })
}

/// Tells whether a paragraph of this style is a title, by the names of Word in English and in French.
fn is_title_style(style: &str) -> bool {
    ["Title", "Titre", "Heading1", "Titre1"].contains(&style)
}

fn describe(content: &mut Content, core: &str) -> Result<(), Skip> {
    let mut text = String::new();
    walk(core, &mut |piece| match piece {
        Piece::Start(_) => text.clear(),
        Piece::Text(part) => text.push_str(part),
        Piece::End(name) => {
            if let Some(value) = filled(&std::mem::take(&mut text)) {
                content.describe(if name == "created" { "date" } else { name }, value);
            }
        }
    })
}
