//! The parts of a score, in words.

use std::fmt::Write as _;

use limier::Explanation;

use crate::messages::{decimal, explained};

/// Returns the score with its parts, the weightiest first and those that are 0 left out, then a line a word.
pub(crate) fn lines(score: f32, explanation: &Explanation) -> Vec<String> {
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
    lines
}

/// Names the parts of a score as the library does, whichever it has.
fn parts(explanation: &Explanation) -> Vec<(String, f64)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(explanation) else { return Vec::new() };
    let named = |(name, value): (String, serde_json::Value)| Some((explained::part(&name), value.as_f64()?));
    let counted = |(_, value): &(String, serde_json::Value)| value.is_f64();
    let mut parts: Vec<(String, f64)> = fields.into_iter().filter(counted).filter_map(named).collect();
    parts.retain(|(_, value)| *value != 0.0);
    parts.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    parts
}
