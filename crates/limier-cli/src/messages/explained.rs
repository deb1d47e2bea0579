//! The parts of a score that `--explain` shows.

use super::{Language, Text, counted_articles, decimal, language, say};

/// The parts by their names in the library.
const PARTS: [(&str, Text); 9] = [
    ("terms", Text { en: "terms", fr: "mots" }),
    ("boilerplate", Text { en: "boilerplate", fr: "hors texte" }),
    ("shared_title", Text { en: "shared title", fr: "titre partagé" }),
    ("title", Text { en: "title", fr: "titre" }),
    ("exact", Text { en: "exact", fr: "forme exacte" }),
    ("proximity", Text { en: "proximity", fr: "proximité" }),
    ("passage", Text { en: "passage", fr: "passage" }),
    ("lead", Text { en: "lead", fr: "début" }),
    ("coverage", Text { en: "coverage", fr: "couverture" }),
];

/// Begins the line of a score and its parts.
pub(crate) fn score(score: f64) -> String {
    format!("score {}", decimal(score, 2))
}

/// Names a part; one of a later library keeps the name that it has there.
pub(crate) fn part(name: &str) -> String {
    let known = PARTS.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| name.replace('_', " "), |(_, text)| text.to_string())
}

pub(crate) fn same_titles(count: u64) -> String {
    let articles = counted_articles(count);
    say!("{articles} share this title", "{articles} ont ce titre")
}

/// What one word has to do with a score.
pub(crate) fn word(word: &limier::WordExplanation) -> String {
    let (rarity, title, body) = (decimal(word.rarity.into(), 2), word.title, word.body);
    let form = match (word.is_exact, language()) {
        (false, _) => "",
        (true, Language::English) => ", also in this very form",
        (true, Language::French) => ", aussi sous cette forme",
    };
    let synonyms = match word.synonyms.join(", ") {
        none if none.is_empty() => none,
        synonyms => say!("; synonyms: {synonyms}", " ; synonymes : {synonyms}"),
    };
    let word = &word.word;
    say!(
        "{word}: rarity {rarity}, {title} in the title, {body} in the body{form}{synonyms}",
        "{word} : rareté {rarity}, {title} dans le titre, {body} dans le texte{form}{synonyms}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_score_has_its_french() {
        let explanation = serde_json::to_value(limier::Explanation::default()).unwrap();
        let parts = explanation.as_object().unwrap().iter().filter(|(_, value)| value.is_f64());
        for (name, _) in parts {
            assert!(PARTS.iter().any(|(known, _)| known == name), "{name} is not worded");
        }
    }
}
