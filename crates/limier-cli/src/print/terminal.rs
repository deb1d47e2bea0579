//! Hits for a person: title, one line of what is known, passages.

use std::fmt::Write as _;
use std::ops::Range;

use limier::{Article, Explanation, Hit};

use super::screen::Screen;
use super::wrap::push_wrapped;
use crate::color::Style;
use crate::messages::{self, decimal, explained};
use crate::paths::Shown;

/// Columns before the first line of a passage, and before those that follow.
const PASSAGE_INDENT: (usize, usize) = (2, 4);

/// Returns one hit, lines ended.
pub(crate) fn hit(hit: &Hit, screen: &Screen, shown: &Shown) -> String {
    let article = hit.article();
    let path = article.get_path().map(|path| shown.path(path));
    let mut out = String::new();
    head(&mut out, article, hit.title_highlights(), [path.as_deref(), None], screen);
    for passage in hit.passages() {
        let base = if passage.is_boilerplate() { Style::Dim } else { Style::Plain };
        push_wrapped(&mut out, screen, passage.text(), passage.highlights(), base, PASSAGE_INDENT);
    }
    if let Some(explanation) = hit.explanation() {
        explain(&mut out, hit.score(), explanation, screen);
    }
    out
}

/// Returns a whole article, its matches lit, lines ended; lines of the body stay lines.
pub(crate) fn article(article: &Article, title: &[Range<usize>], body: &[Range<usize>], screen: &Screen) -> String {
    let mut out = String::new();
    head(&mut out, article, title, [article.get_path(), article.get_author()], screen);
    out.push('\n');
    let mut start = 0;
    for line in article.get_body().split('\n') {
        let end = start + line.len();
        // A match may go over the end of a line.
        let inside = |light: &Range<usize>| light.start.max(start)..light.end.min(end);
        let lights: Vec<Range<usize>> = body
            .iter()
            .map(inside)
            .filter(|light| light.start < light.end)
            .map(|l| l.start - start..l.end - start)
            .collect();
        if line.trim().is_empty() {
            out.push('\n');
        } else {
            push_wrapped(&mut out, screen, line, &lights, Style::Plain, (0, 0));
        }
        start = end + 1;
    }
    out
}

/// Adds the title, and a line of what else is known.
fn head(
    out: &mut String,
    article: &Article,
    lights: &[Range<usize>],
    [path, author]: [Option<&str>; 2],
    screen: &Screen,
) {
    let has_title = !article.get_title().is_empty();
    let (title, lights) = if has_title { (article.get_title(), lights) } else { (article.id(), &[][..]) };
    push_wrapped(out, screen, title, lights, Style::Strong, (0, 2));
    let date = article.get_date().map(messages::date);
    let known = [path, date.as_deref(), article.get_source(), author];
    // An article that comes from no file is known by its id, unless its id stands for its title already.
    let id = (known.iter().all(Option::is_none) && has_title).then(|| article.id());
    let line: Vec<&str> = id.into_iter().chain(known.into_iter().flatten()).collect();
    if !line.is_empty() {
        out.push_str("  ");
        screen.push(out, Style::Dim, &line.join(" · "));
        out.push('\n');
    }
}

/// Adds the parts of a score, the weightiest first and those that are 0 left out, and the words.
fn explain(out: &mut String, score: f32, explanation: &Explanation, screen: &Screen) {
    let mut first = explained::score(score.into());
    for (number, (name, value)) in parts(explanation).into_iter().enumerate() {
        let sign = match (number, value < 0.0) {
            (_, true) => "-",
            (0, false) => "=",
            _ => "+",
        };
        // Writing to a String does not fail.
        let _ = write!(first, " {sign} {name} {}", decimal(value.abs(), 2));
    }
    let mut lines = vec![first];
    if explanation.same_titles > 1 {
        lines.push(explained::same_titles(explanation.same_titles.into()));
    }
    for word in &explanation.words {
        lines.push(explained::word(word));
    }
    for line in lines {
        push_wrapped(out, screen, &line, &[], Style::Dim, PASSAGE_INDENT);
    }
}

/// Names the parts of a score, whichever the library has.
fn parts(explanation: &Explanation) -> Vec<(String, f64)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(explanation) else { return Vec::new() };
    let named = |(name, value): (String, serde_json::Value)| Some((explained::part(&name), value.as_f64()?));
    let counted = |(_, value): &(String, serde_json::Value)| value.is_f64();
    let mut parts: Vec<(String, f64)> = fields.into_iter().filter(counted).filter_map(named).collect();
    parts.retain(|(_, value)| *value != 0.0);
    parts.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    parts
}
