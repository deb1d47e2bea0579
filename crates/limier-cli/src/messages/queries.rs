//! What is said of several queries that come from a file.

use std::path::Path;
use std::time::Duration;

use super::{Language, Text, counted, counted_hits, duration, language, say};

pub(crate) const INPUT_TWICE: Text = Text {
    en: "standard input holds either the queries or the articles: name a file for one of them",
    fr: "l'entrée standard contient soit les requêtes, soit les articles : indiquez un fichier pour l'un des deux",
};
pub(crate) const NOT_UTF8: Text = Text { en: "it is not UTF-8", fr: "elle n'est pas en UTF-8" };
pub(crate) const NO_OBJECT: Text =
    Text { en: "it is no JSON object with a text", fr: "ce n'est pas un objet JSON avec un champ text" };
pub(crate) const SAME_ID: Text =
    Text { en: "an earlier query has its id", fr: "une requête précédente porte le même id" };
pub(crate) const TOO_LONG: Text = Text { en: "it is longer than 1 MiB", fr: "elle dépasse 1 Mio" };
pub(crate) const NOT_AS_A_PAGE: Text = Text {
    en: "limier: --format html is a page of one query: use plain, compact, vimgrep, json or trec with --queries\n",
    fr: "limier : --format html est la page d'une seule requête : choisissez plain, compact, vimgrep, json ou trec avec \
         --queries\n",
};

/// The heading of the answer to one of several queries.
pub(crate) fn heading(id: &str, query: &str, total: u64) -> String {
    let hits = counted_hits(total);
    say!("{id}: {query} ({hits})", "{id} : {query} ({hits})")
}

/// A note that is of one of several queries.
pub(crate) fn of(id: &str, text: &str) -> String {
    say!("query {id}: {text}", "requête {id} : {text}")
}

pub(crate) fn left_out(file: &Path, line: usize, why: Text) -> String {
    let file = file.display();
    say!("{file}:{line}: {why}; the line is left out", "{file}:{line} : {why} ; la ligne est laissée de côté")
}

pub(crate) fn none(file: &Path) -> String {
    if file.as_os_str() == "-" {
        return say!("standard input holds no query", "l'entrée standard ne contient aucune requête");
    }
    let file = file.display();
    say!("{file} holds no query", "{file} ne contient aucune requête")
}

/// The line that closes the answers on a terminal.
pub(crate) fn closing(asked: u64, answered: u64, elapsed: Duration) -> String {
    let time = duration(elapsed);
    let (asked, with) = match language() {
        Language::English => (counted(asked, "query", "queries"), "with hits"),
        Language::French => (counted(asked, "requête", "requêtes"), "avec résultats"),
    };
    format!("{asked}, {answered} {with}, {time}")
}
