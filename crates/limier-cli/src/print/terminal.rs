//! Hits for a person: title, one line of what is known, passages.

use std::fmt::Write as _;

use limier::{Explanation, Hit};

use super::screen::Screen;
use super::wrap::push_wrapped;
use crate::color::Style;
use crate::paths::Shown;

/// Columns before the first line of a passage, and before those that follow.
const PASSAGE_INDENT: (usize, usize) = (2, 4);

/// Returns one hit, lines ended.
pub(crate) fn hit(hit: &Hit, screen: &Screen, shown: &Shown) -> String {
    let mut out = String::new();
    let (title, lights) = match hit.title() {
        "" => (hit.id(), &[][..]),
        title => (title, hit.title_highlights()),
    };
    push_wrapped(&mut out, screen, title, lights, Style::Strong, (0, 2));
    let article = hit.article();
    let path = article.get_path().map(|path| shown.path(path));
    let date = hit.date().map(|date| date.to_string());
    let known = [path.as_deref(), date.as_deref(), article.get_source()];
    // An article that comes from no file is known by its id, unless its id stands for its title already.
    let id = (known.iter().all(Option::is_none) && !hit.title().is_empty()).then(|| hit.id());
    let line: Vec<&str> = id.into_iter().chain(known.into_iter().flatten()).collect();
    if !line.is_empty() {
        out.push_str("  ");
        screen.push(&mut out, Style::Dim, &line.join(" · "));
        out.push('\n');
    }
    for passage in hit.passages() {
        let base = if passage.is_boilerplate() { Style::Dim } else { Style::Plain };
        push_wrapped(&mut out, screen, passage.text(), passage.highlights(), base, PASSAGE_INDENT);
    }
    if let Some(explanation) = hit.explanation() {
        explain(&mut out, hit.score(), explanation, screen);
    }
    out
}

/// Adds the parts of a score, the weightiest first and those that are 0 left out, and the words.
fn explain(out: &mut String, score: f32, explanation: &Explanation, screen: &Screen) {
    let mut first = format!("score {score:.2}");
    for (number, (name, value)) in parts(explanation).into_iter().enumerate() {
        let sign = match (number, value < 0.0) {
            (_, true) => "-",
            (0, false) => "=",
            _ => "+",
        };
        // Writing to a String does not fail.
        let _ = write!(first, " {sign} {name} {:.2}", value.abs());
    }
    let mut lines = vec![first];
    if explanation.same_titles > 1 {
        lines.push(format!("{} articles share this title", explanation.same_titles));
    }
    for word in &explanation.words {
        lines.push(format!(
            "{}: rarity {:.2}, {} in the title, {} in the body, {} in this very form",
            word.word, word.rarity, word.title, word.body, word.exact
        ));
    }
    for line in lines {
        push_wrapped(out, screen, &line, &[], Style::Dim, PASSAGE_INDENT);
    }
}

/// Names the parts of a score as the library does, whichever it has.
fn parts(explanation: &Explanation) -> Vec<(String, f64)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(explanation) else { return Vec::new() };
    let named = |(name, value): (String, serde_json::Value)| Some((name.replace('_', " "), value.as_f64()?));
    let counted = |(_, value): &(String, serde_json::Value)| value.is_f64();
    let mut parts: Vec<(String, f64)> = fields.into_iter().filter(counted).filter_map(named).collect();
    parts.retain(|(_, value)| *value != 0.0);
    parts.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    parts
}
