//! Articles without end, each different, and the same in every run.

use limier::Article;

use crate::Dice;

const NOUNS: [&str; 24] = [
    "avion",
    "pont",
    "rivière",
    "crue",
    "maire",
    "musée",
    "dentelle",
    "boulanger",
    "train",
    "gare",
    "école",
    "vendange",
    "grève",
    "forêt",
    "tapir",
    "pangolin",
    "marché",
    "canal",
    "usine",
    "théâtre",
    "jardin",
    "facture",
    "voisin",
    "port",
];
const VERBS: [&str; 12] = [
    "ferme",
    "traverse",
    "attend",
    "retarde",
    "répare",
    "quitte",
    "accueille",
    "menace",
    "soutient",
    "oublie",
    "raconte",
    "remplace",
];
const PLACES: [&str; 8] =
    ["à Orly", "près de Nantes", "dans le Bocage", "au port", "en Camargue", "à l'aube", "rue Monge", "en Bretagne"];

/// Returns some sentences about nothing; the same number gives the same.
pub(crate) fn body(number: usize, sentences: usize) -> String {
    let mut dice = Dice(number as u64);
    let mut text = String::new();
    for _ in 0..sentences {
        let [subject, object] = [0, 1].map(|_| NOUNS[dice.below(NOUNS.len())]);
        let (verb, place) = (VERBS[dice.below(VERBS.len())], PLACES[dice.below(PLACES.len())]);
        text.push_str(&format!("Le {subject} {verb} le {object} {place}, numéro {}. ", dice.below(500)));
    }
    text
}

pub(crate) fn article(number: usize) -> Article {
    let noun = NOUNS[number % NOUNS.len()];
    let date = format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    Article::new(format!("a{number}"))
        .title(format!("Le {noun} du jour {number}"))
        .body(body(number, 8))
        .source(if number.is_multiple_of(3) { "Le Bocage" } else { "La Dépêche" })
        .date(date.parse().unwrap())
}
