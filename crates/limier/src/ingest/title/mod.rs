//! The line of a text that reads as its title.
//!
//! Pages that were copied or scraped begin with anything: the way to the page, menus, the date, counters, the author, the
//! name of the site. The lines before the first paragraph are judged each by its form (`lines`), then weighed against each
//! other by what stands around them and by what the text says (`evidence`): a title may be a single word, and a line of a
//! menu may read as a headline.

mod evidence;
mod lines;

use std::ops::Range;

use super::RecurringLines;
use super::noise::{self, fold};
pub(super) use crate::article::one_line;
use evidence::Evidence;
use lines::{Form, Head};

/// Where no paragraph follows, the title is one of so many lines that could be it.
const CANDIDATES: usize = 5;

/// Of several lines, one that is weighed at less than this is a part of a menu.
const LEAST: f32 = 0.0;

/// Stands around the articles of many files of the folder.
const RECURS: f32 = -4.0;

/// A text names what it explains within its first so many letters.
const LABEL_OPENING: usize = 40;

/// Returns where in `text` its title stands, or `None` when no line reads as one.
///
/// `name` is the file's name without extension: a line that says the same is preferred. The range covers several
/// lines where the title was wrapped, and leaves out a mark such as `# ` or `Titre :` before it. Lines of `recurring` give
/// way to others, but are the title where nothing else is.
pub(super) fn find(text: &str, name: &str, recurring: &RecurringLines) -> Option<Range<usize>> {
    let head = Head::of(text);
    let candidates: Vec<usize> = head.candidates().collect();
    let considered = if head.has_paragraph() { candidates.len() } else { candidates.len().min(CANDIDATES) };
    let candidates = candidates.get(..considered).unwrap_or_default();
    if candidates.is_empty() {
        return label(&head);
    }
    // Most texts have one.
    if let [only] = candidates {
        return head.lines.get(*only).map(|line| line.range.clone());
    }
    let evidence = Evidence::of(&head, name);
    let (mut best, mut weak) = (None, None);
    for &at in candidates {
        let weight = evidence.weigh(at);
        let is_enough = !head.has_paragraph() || weight >= LEAST;
        let against = recurring.against_title(head.line(at));
        let group = if is_enough { &mut best } else { &mut weak };
        // What recurs and would not be a title anyway is none. The first of equals.
        if (is_enough || against == 0.0) && group.is_none_or(|(other, _)| weight + RECURS * against > other) {
            *group = Some((weight + RECURS * against, at));
        }
    }
    // Before a line that recurs, one goes that is hardly more than a part of a menu.
    let better = weak.filter(|(weak, _)| best.is_some_and(|(best, _)| *weak > best));
    better.or(best).and_then(|(_, at): (f32, usize)| head.lines.get(at)).map(|line| line.range.clone())
}

/// Returns the first line where it is the name of a section that the text begins by explaining: `Cuisine` in an
/// encyclopaedia.
fn label(head: &Head<'_>) -> Option<Range<usize>> {
    let text = head.text_of_label()?;
    let opening: String = letters(text.lines().next().unwrap_or_default()).chars().take(LABEL_OPENING).collect();
    let own = letters(head.line(0));
    (own.len() >= 4 && opening.contains(&own)).then(|| head.lines.first().map(|line| line.range.clone()))?
}

/// Returns the label that says of what kind a text is, where nothing but dates and authors stands between the two: a text of
/// which no better title is known is called so, as `Éditorial` is, but not where many files of the folder begin so.
pub(super) fn genre(text: &str, recurring: &RecurringLines) -> Option<Range<usize>> {
    let head = Head::of(text);
    let (label, others) = head.lines.split_first()?;
    let is_alone = label.form == Form::Label && others.iter().all(|line| line.form == Form::Stamp);
    let line = head.line(0);
    (head.has_paragraph() && is_alone && noise::is_genre(line) && recurring.against_title(line) == 0.0)
        .then(|| label.range.clone())
}

/// Returns where the text of a page begins, where lines that could have been its title stand before it.
pub(super) fn text_of_page(text: &str) -> Option<&str> {
    Head::of(text).text_of_page()
}

/// Tells whether two lines are the same title, apart from case, accents, punctuation and spaces.
pub(super) fn same(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

/// Returns the letters and digits of a line, folded.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests;
