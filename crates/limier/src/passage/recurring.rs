//! Lines that recur among the articles of one answer: what a site writes around each of its pages.
//!
//! What recurs in a folder of texts is learned when it is indexed. For records and pages, and for articles that were given
//! one by one, it is told from the articles that are shown, which is where it matters: a line of a page that the query
//! matches is in most of them.

use std::ops::Range;

use super::boilerplate::{Boilerplate, ByForm};
#[cfg(feature = "files")]
use crate::ingest::RecurringLines;
use crate::recurrence::{TEXTS, distinct, hash, may_recur, of_originals};

/// Detects lines that recur, and boilerplate by its form.
#[derive(Debug, Default)]
pub(crate) struct Recurring {
    /// By their hashes, in order.
    lines: Vec<u64>,
    /// What recurs in the folders that the index is of.
    #[cfg(feature = "files")]
    of_folders: RecurringLines,
}

impl Recurring {
    /// Reads the bodies of the articles of an answer, in time linear in them.
    ///
    /// An article most of whose paragraphs are in others is a copy of them, and says nothing of what recurs.
    pub(crate) fn among<'t>(bodies: impl IntoIterator<Item = &'t str>) -> Recurring {
        let lines = |body: &'t str| body.split('\n').map(str::trim).filter(|line| !line.is_empty());
        let hashed = |body| distinct(lines(body).map(|line| (hash(line), line.len())));
        let bodies: Vec<_> = bodies.into_iter().map(hashed).collect();
        if bodies.len() < TEXTS as usize {
            return Recurring::default();
        }
        let (_, counts) = of_originals(&bodies);
        let recur = counts.into_iter().filter(|(_, count)| *count >= TEXTS);
        Recurring {
            lines: recur.map(|(hash, _)| hash).collect(),
            #[cfg(feature = "files")]
            of_folders: RecurringLines::default(),
        }
    }

    /// Takes lines for boilerplate, too, that recur in the folders of an index.
    #[cfg(feature = "files")]
    pub(crate) fn and(self, of_folders: RecurringLines) -> Recurring {
        Recurring { of_folders, ..self }
    }

    fn recurs(&self, line: &str) -> bool {
        #[cfg(feature = "files")]
        if self.of_folders.is_boilerplate(line) {
            return true;
        }
        !self.lines.is_empty() && may_recur(line) && self.lines.binary_search(&hash(line)).is_ok()
    }
}

impl Boilerplate for Recurring {
    fn is_boilerplate(&self, body: &str, block: Range<usize>) -> bool {
        body.get(block.clone()).is_some_and(|line| self.recurs(line)) || ByForm.is_boilerplate(body, block)
    }
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
