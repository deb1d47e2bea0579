//! Hits for a person: title, one line of what is known, passages.

use std::ops::Range;

use limier::{Article, Hit};

use super::explain;
use super::lines::lit_lines;
use super::link;
use super::screen::Screen;
use super::wrap::push_wrapped;
use crate::color::Style;
use crate::messages;
use crate::paths::Shown;

/// Columns before the first line of a passage, and before those that follow.
const PASSAGE_INDENT: (usize, usize) = (2, 4);

/// Words in common with another article that are shown.
const MAX_SHARED: usize = 8;

/// Returns one hit, lines ended.
pub(crate) fn hit(hit: &Hit, screen: &Screen, shown: &Shown) -> String {
    let article = hit.article();
    let path = shown.article(article);
    let mut out = String::new();
    let folded = hit.duplicates().len() as u64;
    let folded = (folded > 0).then(|| messages::duplicates(folded));
    head(&mut out, article, hit.title_highlights(), [path.as_deref(), folded.as_deref()], screen);
    for passage in hit.passages() {
        let base = if passage.is_boilerplate() { Style::Dim } else { Style::Plain };
        push_wrapped(&mut out, screen, passage.text(), passage.highlights(), base, PASSAGE_INDENT);
    }
    if !hit.shared().is_empty() {
        let shown = hit.shared().get(..MAX_SHARED).unwrap_or(hit.shared());
        push_wrapped(&mut out, screen, &messages::shared(shown), &[], Style::Plain, PASSAGE_INDENT);
    }
    if let Some(explanation) = hit.explanation() {
        for line in explain::lines(hit.score(), explanation) {
            push_wrapped(&mut out, screen, &line, &[], Style::Dim, PASSAGE_INDENT);
        }
    }
    out
}

/// Returns a whole article, its matches lit, lines ended; lines of the body stay lines.
pub(crate) fn article(article: &Article, title: &[Range<usize>], body: &[Range<usize>], screen: &Screen) -> String {
    let mut out = String::new();
    head(&mut out, article, title, [article.get_path(), article.get_author()], screen);
    out.push('\n');
    for (line, lights) in lit_lines(article.get_body(), body) {
        if line.trim().is_empty() {
            out.push('\n');
        } else {
            push_wrapped(&mut out, screen, line, &lights, Style::Plain, (0, 0));
        }
    }
    out
}

/// Adds the title, and a line of what else is known.
fn head(
    out: &mut String,
    article: &Article,
    lights: &[Range<usize>],
    [path, last]: [Option<&str>; 2],
    screen: &Screen,
) {
    let heading = article.heading();
    push_wrapped(out, screen, &heading, lights, Style::Strong, (0, 2));
    let date = article.get_date().map(messages::date);
    // A record of a file has a name of its own, and an article that comes from no file nothing else.
    let (file, id) = (article.get_path().unwrap_or_default(), article.id());
    let of_line = id.rsplit_once('#').filter(|(name, _)| file.ends_with(name)).map(|(_, line)| line);
    let numbered = path.zip(of_line).map(|(path, line)| format!("{path}#{line}"));
    let id = (!file.ends_with(id) && numbered.is_none() && heading != id).then_some(id);
    let path = numbered.as_deref().or(path);
    let line: Vec<&str> = [path, id, date.as_deref(), article.get_source(), last].into_iter().flatten().collect();
    if !line.is_empty() {
        out.push_str("  ");
        let (on, off) = screen.marks(Style::Dim);
        out.push_str(on);
        for (number, part) in line.iter().enumerate() {
            out.push_str(if number > 0 { " · " } else { "" });
            match article.file_path() {
                Some(file) if Some(*part) == path => link::push(out, screen, part, &file),
                _ => out.push_str(&screen.line(part)),
            }
        }
        out.push_str(off);
        out.push('\n');
    }
}
