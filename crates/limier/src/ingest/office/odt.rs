//! OpenDocument text, as LibreOffice writes it.
//!
//! <https://docs.oasis-open.org/office/OpenDocument/v1.3/>

use super::xml::{Piece, walk};
use super::{Content, Package, Plain, Skip, filled};

/// Elements whose text is no part of the text: what was deleted, comments, numbers of notes, drawings' descriptions.
const HIDDEN: [&str; 6] = ["tracked-changes", "annotation", "note-citation", "desc", "title", "forms"];

pub(super) fn read(package: &mut Package<'_>) -> Result<Content, Skip> {
    let mut content = Content::default();
    if let Some(meta) = package.read("meta.xml")? {
        describe(&mut content, &meta)?;
    }
    let mut plain = Plain::default();
    let mut notes: Vec<String> = Vec::new();
    // Where notes begin that are open, in the text around them.
    let mut open_notes: Vec<usize> = Vec::new();
    let mut hidden = 0usize;
    let mut paragraph = (0, false);
    let mut title_line = None;
    walk(&package.require("content.xml")?, &mut |piece| match piece {
        Piece::Start(tag) => {
            let name = tag.name();
            hidden += usize::from(HIDDEN.contains(&name));
            match name {
                "p" | "h" if hidden == 0 && open_notes.is_empty() => {
                    let is_title = tag.attribute("style-name") == "Title" || tag.attribute("outline-level") == "1";
                    paragraph = (plain.len(), is_title);
                }
                "s" => {
                    let count = tag.attribute("c").parse::<usize>().unwrap_or(1).min(100);
                    plain.push_raw(&" ".repeat(count));
                }
                "tab" => plain.push_raw("\t"),
                "line-break" => plain.end_line(),
                "note" => open_notes.push(plain.len()),
                _ => {}
            }
        }
        Piece::End(name) => {
            hidden = hidden.saturating_sub(usize::from(HIDDEN.contains(&name)));
            match name {
                "p" | "h" if hidden > 0 => {}
                "p" | "h" if !open_notes.is_empty() => plain.push(" "),
                "p" | "h" => {
                    let (start, is_title) = std::mem::take(&mut paragraph);
                    if is_title && title_line.is_none() {
                        title_line = filled(plain.since(start));
                    }
                    plain.end_paragraph();
                }
                "note" => {
                    if let Some(start) = open_notes.pop() {
                        notes.push(plain.since(start).to_owned());
                        plain.truncate(start);
                    }
                }
                _ => {}
            }
        }
        Piece::Text(text) if hidden == 0 => plain.push(text),
        Piece::Text(_) => {}
    })?;
    for note in notes {
        plain.end_paragraph();
        plain.push(&note);
    }
    Ok(Content { title_line, text: plain.into_text(), ..content })
}

fn describe(content: &mut Content, meta: &str) -> Result<(), Skip> {
    let mut text = String::new();
    let (mut first_author, mut created) = (None, None);
    walk(meta, &mut |piece| match piece {
        Piece::Start(_) => text.clear(),
        Piece::Text(part) => text.push_str(part),
        Piece::End(name) => {
            let Some(value) = filled(&std::mem::take(&mut text)) else { return };
            match name {
                "initial-creator" => first_author = Some(value),
                "creation-date" => created = Some(value),
                name => content.describe(name, value),
            }
        }
    })?;
    // Who wrote first counts, not who saved last.
    if let Some(author) = first_author {
        content.authors = vec![author];
    }
    content.date = created.or(content.date.take());
    Ok(())
}
