//! Phrases that hold small words, of which the index does not say where they stand.

use super::{found, ids, index_of};

#[test]
fn a_phrase_is_found_however_its_small_words_are_written() {
    let fill = "Le vent pousse les nuages vers la côte, et la pluie tombe. ".repeat(20);
    let around = |text: &str| format!("{fill}{text}. {fill}");
    let texts = [
        ("plain", around("Selon la loi, il faut payer")),
        ("capitals", around("LA LOI EST LA MÊME")),
        ("line", around("c'est la\n    loi")),
        ("glued", around("Les textes en vigueurLa loi du 20 août")),
        ("quoted", around("la « loi »")),
        ("decomposed", around("la loi e\u{301}ternelle")),
        ("long-s", around("la loi de la ſeigneurie")),
        ("late", format!("{fill}{fill}{fill} la loi")),
        ("apart", around("la belle loi, et loi la")),
        ("other", around("voilà loi, une loi")),
    ];
    let articles: Vec<(&str, &str, &str)> = texts.iter().map(|(id, text)| (*id, "", text.as_str())).collect();
    let index = index_of(&articles);
    let expected = ["capitals", "decomposed", "glued", "late", "line", "long-s", "plain", "quoted"];
    assert_eq!(found(&index, "\"la loi\""), expected);
    assert_eq!(found(&index, "+\"la loi\" payer"), expected);
    assert_eq!(found(&index, "loi -\"la loi\""), ["apart", "other"]);
    assert_eq!(found(&index, "titre:\"la loi\""), Vec::<String>::new());
    assert_eq!(found(&index, "\"et loi la\""), ["apart"]);
}

#[test]
fn small_words_alone_and_at_both_ends_are_a_phrase() {
    let index = index_of(&[
        ("hamlet", "Hamlet", "Être ou ne pas être, telle est la question."),
        ("autre", "Autre", "Ou ne pas être, ou être : il ne faut pas en être."),
        ("eau", "Dans l'eau", "Il est tombé dans l'eau du lac, et il en est sorti."),
        ("et", "Lois & décrets", "Les lois & décrets."),
    ]);
    assert_eq!(found(&index, "\"être ou ne pas être\""), ["hamlet"]);
    assert_eq!(found(&index, "être ou ne pas être"), ["hamlet"]);
    assert_eq!(found(&index, "\"dans l'eau du\""), ["eau"]);
    assert_eq!(found(&index, "\"dans eau\""), ["eau"]);
    assert_eq!(found(&index, "titre:\"dans l'eau\""), ["eau"]);
    assert_eq!(found(&index, "\"lois et décrets\""), ["et"]);
    assert_eq!(found(&index, "\"il en est\""), ["eau"]);
}

#[test]
fn small_words_take_the_accents_that_a_phrase_lacks() {
    let index = index_of(&[
        ("typed", "", "Le contrat a durée déterminée, cette année-là."),
        ("meant", "", "Un contrat à durée déterminée de six mois."),
        ("other", "", "Ce contrat de durée déterminée, où le délai court dès demain."),
        ("plain", "", "La mise à disposition du contrat, là ou ailleurs."),
        ("elided", "", "La mise à disposition d'un contrat."),
    ]);
    assert_eq!(found(&index, "\"mise a disposition\""), ["elided", "plain"]);
    assert_eq!(found(&index, "\"mise a disposition d un contrat\""), ["elided"]);
    assert_eq!(found(&index, "\"contrat la ou ailleurs\""), Vec::<String>::new());
    assert_eq!(ids(&index, "\"contrat a duree determinee\""), ["typed", "meant"]);
    assert_eq!(ids(&index, "\"contrat a durée determinée\""), ["typed", "meant"]);
    assert_eq!(found(&index, "\"determinee ou le delai\""), ["other"]);
    assert_eq!(found(&index, "\"contrat a duree\""), ["meant", "typed"]);
    // Who writes accents means the word that has none; one word of sense is too little to go by.
    assert_eq!(found(&index, "\"contrat a durée déterminée\""), ["typed"]);
    assert_eq!(found(&index, "\"a duree\""), ["typed"]);
    assert_eq!(found(&index, "contrat -\"contrat a duree determinee\""), ["elided", "meant", "other", "plain"]);
}

#[test]
fn a_phrase_among_words_takes_its_small_words_as_they_come() {
    let index = index_of(&[
        ("de", "", "Le droit de vote, en France."),
        ("du", "", "Le droit du vote, en France."),
        ("loin", "", "Le droit de chacun, et le vote, en France."),
    ]);
    assert_eq!(found(&index, "\"droit de vote\""), ["de"]);
    assert_eq!(ids(&index, "\"droit de vote\" France").len(), 3);
    assert_eq!(ids(&index, "\"droit de vote\" France").last().unwrap(), "loin");
}

#[test]
fn no_more_than_a_few_phrases_read_texts() {
    let index = index_of(&[("de", "", "Le droit de vote, en France."), ("du", "", "Le prix du pain.")]);
    let query = |phrases: usize| format!("{} OU \"droit du vote\"", vec!["\"France de vote\""; phrases].join(" OU "));
    assert_eq!(found(&index, &query(7)), Vec::<String>::new());
    assert_eq!(found(&index, &query(8)), ["de"]);
}
