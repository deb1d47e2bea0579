//! What stands on a page beside what comes from articles.

use super::{Language, Text, counted_articles, counted_hits, grouped, language, say};

pub(crate) const RESULTS: Text = Text { en: "Results for", fr: "Résultats pour" };
pub(crate) const NOTES: Text = Text { en: "Notes", fr: "Remarques" };
pub(crate) const NOTHING: Text = Text {
    en: "Nothing found: try fewer or other words, or another folder.",
    fr: "Aucun résultat\u{a0}: essayez moins de mots, d’autres mots ou un autre dossier.",
};
/// Before a passage that none of the author's words matched for.
pub(crate) const BESIDE: Text = Text { en: "Beside the article:", fr: "À côté de l’article\u{a0}:" };

/// The code of the language of these words (BCP 47).
pub(crate) fn code() -> &'static str {
    match language() {
        Language::English => "en",
        Language::French => "fr",
    }
}

pub(crate) fn results_title(query: &str) -> String {
    format!("{query} – limier")
}

pub(crate) fn summary(hits: usize, total: u64, articles: u64) -> String {
    let (articles, found) = (counted_articles(articles), counted_hits(total));
    if hits as u64 == total {
        return say!("{found} in {articles}", "{found} dans {articles}");
    }
    let hits = grouped(hits as u64);
    say!("The first {hits} of {found} in {articles}", "Les {hits} premiers de {found} dans {articles}")
}
