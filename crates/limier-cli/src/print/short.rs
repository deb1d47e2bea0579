//! Hits in few lines: one each, one a passage for an editor, or only their paths.

use std::collections::HashSet;
use std::path::Path;

use limier::ingest::Kind;
use limier::{Article, Hit, Hits, Passage};

use super::screen::Screen;
use crate::color::Style;
use crate::messages;
use crate::paths::Shown;

/// Words in common with another article that are shown.
const MAX_SHARED: usize = 5;

/// Returns one line a hit: title, date, source, path.
pub(crate) fn compact(hits: &Hits, screen: &Screen, shown: &Shown) -> Vec<u8> {
    let mut lines = Vec::new();
    for hit in hits {
        let mut out = String::new();
        screen.push(&mut out, Style::Strong, &one_line(Some(&hit.article().heading())));
        let date = hit.date().map(messages::date);
        let place = place(hit, shown);
        for part in [date.as_deref(), hit.article().get_source(), Some(place.as_str())].into_iter().flatten() {
            screen.push(&mut out, Style::Dim, &format!(" · {}", one_line(Some(part))));
        }
        let shared = hit.shared().get(..MAX_SHARED).unwrap_or(hit.shared());
        if !shared.is_empty() {
            screen.push(&mut out, Style::Plain, &format!(" · {}", one_line(Some(&shared.join(", ")))));
        }
        out.push('\n');
        lines.extend(shown.with_true_path(out, hit.article(), screen));
    }
    lines
}

/// Returns `PATH:LINE:COLUMN:TEXT` for each passage, the matches lit; lines and columns count from 1, columns in bytes.
pub(crate) fn vimgrep(hits: &Hits, screen: &Screen, shown: &Shown) -> Vec<u8> {
    let mut lines = Vec::new();
    for hit in hits {
        let mut out = String::new();
        let place = place(hit, shown);
        for passage in hit.passages() {
            let (line, column) = first_match(hit.article(), passage);
            screen.push(&mut out, Style::Plain, &format!("{place}:{line}:{column}:"));
            let mut at = 0;
            for light in passage.highlights() {
                screen.push(&mut out, Style::Plain, &one_line(passage.text().get(at..light.start)));
                screen.push(&mut out, Style::Lit, &one_line(passage.text().get(light.clone())));
                at = light.end;
            }
            screen.push(&mut out, Style::Plain, &one_line(passage.text().get(at..)));
            out.push('\n');
        }
        if hit.passages().is_empty() {
            let line = hit.article().get_line();
            screen.push(&mut out, Style::Plain, &format!("{place}:{line}:1:{}", one_line(Some(hit.title()))));
            out.push('\n');
        }
        lines.extend(shown.with_true_path(out, hit.article(), screen));
    }
    lines
}

/// Returns the paths of the hits, each once, and the id of an article that comes from no file.
pub(crate) fn paths(hits: &Hits, screen: &Screen, shown: &Shown) -> Vec<u8> {
    let mut seen = HashSet::new();
    let line = |hit: &Hit| {
        let line = format!("{}\n", screen.line(&place(hit, shown)));
        shown.with_true_path(line, hit.article(), screen)
    };
    let lines = hits.iter().map(line).filter(|line| seen.insert(line.clone()));
    lines.collect::<Vec<_>>().concat()
}

fn place(hit: &Hit, shown: &Shown) -> String {
    shown.article(hit.article()).unwrap_or_else(|| hit.id().to_owned())
}

/// Returns the line of the file and the byte of that line at which the first match of a passage begins.
///
/// In a record (JSON, a table) and in a page the place of the text within its line is unknown: the column is 1. In other
/// files that are not read as they stand (Markdown), it is that of the text as read.
fn first_match(article: &Article, passage: &Passage) -> (u32, usize) {
    let kind = article.get_path().and_then(|path| Kind::of(Path::new(path)).ok());
    if kind.is_some_and(|kind| kind.has_records() || kind == Kind::Html) {
        return (passage.line(), 1);
    }
    let body = article.get_body();
    let start = passage.start();
    let wanted = passage.highlights().first().and_then(|light| passage.text().get(light.clone())).unwrap_or_default();
    let found = body.get(start..passage.end()).and_then(|text| text.find(wanted)).unwrap_or_default();
    let before = body.get(..start + found).unwrap_or_default();
    let lines = before.get(start..).map_or(0, |text| text.matches('\n').count());
    let column = before.len() - before.rfind('\n').map_or(0, |place| place + 1) + 1;
    (passage.line().saturating_add(u32::try_from(lines).unwrap_or_default()), column)
}

fn one_line(text: Option<&str>) -> String {
    text.unwrap_or_default().replace(['\n', '\r'], " ")
}
