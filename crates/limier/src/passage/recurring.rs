//! Lines that recur among the articles of one answer: what a site writes around each of its pages.
//!
//! What recurs depends on the whole collection, so it is not kept with an article: it is told from the articles that are
//! shown, which is where it matters. A line of a page that the query matches is in most of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::boilerplate::{Boilerplate, ByForm};

/// A line recurs when so many of the articles have it.
const ARTICLES: usize = 3;
/// Bytes of a line that may recur: below is no line to speak of, above a paragraph.
const BYTES: Range<usize> = 4..281;
/// Pages of one site have menus in common, copies of one article its paragraphs.
const PARAGRAPH_BYTES: usize = 160;
/// A longer line that ends as a sentence is one.
const SENTENCE_BYTES: usize = 80;

/// Detects lines that recur, and boilerplate by its form.
#[derive(Debug, Default)]
pub(crate) struct Recurring {
    lines: HashSet<u64>,
}

impl Recurring {
    /// Reads the bodies of the articles of an answer, in time linear in them.
    ///
    /// An article most of whose paragraphs are in others is a copy of them, and says nothing of what recurs.
    pub(crate) fn among<'t>(bodies: impl IntoIterator<Item = &'t str>) -> Recurring {
        let bodies: Vec<Vec<(u64, usize)>> = bodies.into_iter().map(lines_of).collect();
        if bodies.len() < ARTICLES {
            return Recurring::default();
        }
        let every = counted(&bodies, |_| true);
        let is_original = |lines: &[(u64, usize)]| {
            let (mut all, mut shared) = (0, 0);
            for (hash, bytes) in lines.iter().filter(|(_, bytes)| *bytes >= PARAGRAPH_BYTES) {
                all += bytes;
                shared += if every.get(hash).is_some_and(|count| *count > 1) { *bytes } else { 0 };
            }
            shared * 2 <= all
        };
        let recur = counted(&bodies, is_original).into_iter().filter(|(_, count)| *count >= ARTICLES);
        Recurring { lines: recur.map(|(hash, _)| hash).collect() }
    }
}

impl Boilerplate for Recurring {
    fn is_boilerplate(&self, body: &str, block: Range<usize>) -> bool {
        let recurs = |line: &str| may_recur(line) && self.lines.contains(&xxh3_64(line.as_bytes()));
        let is_known = !self.lines.is_empty() && body.get(block.clone()).is_some_and(recurs);
        is_known || ByForm.is_boilerplate(body, block)
    }
}

fn may_recur(line: &str) -> bool {
    BYTES.contains(&line.len()) && (line.len() < SENTENCE_BYTES || !line.ends_with(['.', '!', '?', '…', '»']))
}

/// The distinct lines of a body, each with its bytes.
fn lines_of(body: &str) -> Vec<(u64, usize)> {
    let mut seen = HashSet::new();
    let lines = body.split('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| (xxh3_64(line.as_bytes()), line.len())).filter(|(hash, _)| seen.insert(*hash)).collect()
}

/// Counts in how many of some bodies each line is.
fn counted(bodies: &[Vec<(u64, usize)>], of: impl Fn(&[(u64, usize)]) -> bool) -> HashMap<u64, usize> {
    let mut counts = HashMap::new();
    for lines in bodies.iter().filter(|lines| of(lines)) {
        for (hash, _) in lines {
            *counts.entry(*hash).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDING: &str = "Retrouvez la météo des plages sur notre antenne";

    fn body(n: usize) -> String {
        format!("La crue numéro {n} a gagné les jardins du bas de la ville, et personne n'a dormi.\n\n{ENDING}\n")
    }

    fn judge(recurring: &Recurring, body: &str, line: &str) -> bool {
        let at = body.find(line).unwrap();
        recurring.is_boilerplate(body, at..at + line.len())
    }

    #[test]
    fn a_line_of_three_articles_recurs() {
        let bodies: Vec<String> = (0..3).map(body).collect();
        let recurring = Recurring::among(bodies.iter().map(String::as_str));
        assert!(judge(&recurring, &bodies[0], ENDING));
        assert!(!judge(
            &recurring,
            &bodies[0],
            "La crue numéro 0 a gagné les jardins du bas de la ville, et personne n'a dormi."
        ));
        let two = Recurring::among(bodies.iter().take(2).map(String::as_str));
        assert!(!judge(&two, &bodies[0], ENDING));
    }

    #[test]
    fn a_dispatch_under_five_mastheads_says_nothing_of_what_recurs() {
        let dispatch =
            format!("Le pont ferme aux poids lourds\n\n{}", "La mesure prendra effet au printemps. ".repeat(9));
        let bodies: Vec<String> = (0..5).map(|n| format!("{dispatch}\n\nÉdition {n}")).collect();
        let recurring = Recurring::among(bodies.iter().map(String::as_str));
        assert!(!judge(&recurring, &bodies[0], "Le pont ferme aux poids lourds"));
    }

    #[test]
    fn what_is_known_by_its_form_stays_known() {
        let recurring = Recurring::among([]);
        assert!(judge(&recurring, "Il pleut.\n12 commentaires\n", "12 commentaires"));
        assert!(!judge(&recurring, "Il pleut.\n12 commentaires\n", "Il pleut."));
    }
}
