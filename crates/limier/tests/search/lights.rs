//! Names and compounds however they are joined, and what is lit of them.

use super::*;

#[test]
fn joined_and_split_names() {
    let index =
        index_of(&[("a", "", "Les outils d'OpenAI."), ("b", "", "Un porte monnaie perdu."), ("c", "", "Rien.")]);
    assert_eq!(ids(&index, "Open AI"), ["a"]);
    assert_eq!(ids(&index, "open ai"), ["a"]);
    assert_eq!(ids(&index, "portemonnaie"), ["b"]);
}

/// The lights of the passages of each hit, by id.
fn lit(index: &Index, query: &str) -> Vec<(String, Vec<String>)> {
    let hits = index.search(query).run().unwrap();
    let lights = |hit: &Hit| {
        let of_passage = |passage: &Passage| {
            passage.highlights().iter().map(|light| passage.text()[light.clone()].to_owned()).collect::<Vec<_>>()
        };
        (hit.id().to_owned(), hit.passages().iter().flat_map(of_passage).collect())
    };
    let mut lit: Vec<_> = hits.iter().map(lights).collect();
    lit.sort();
    lit
}

#[test]
fn compounds_of_a_phrase_are_found_and_lit_however_they_are_joined() {
    let index = index_of(&[
        ("a", "", "Il a perdu son portemonnaie rouge ce weekend. Un email reçu hier le dit."),
        ("b", "", "Il a perdu son porte-monnaie rouge ce week-end. Un e-mail reçu hier le dit."),
        ("c", "", "Une porte rouge, de la monnaie, une semaine. Un email est reçu."),
    ]);
    let both = |joined: &str, apart: &str| {
        [("a".to_owned(), vec![joined.to_owned()]), ("b".to_owned(), vec![apart.to_owned()])].to_vec()
    };
    for (query, joined, apart) in [
        ("\"porte-monnaie\"", "portemonnaie", "porte-monnaie"),
        ("\"week-end\"", "weekend", "week-end"),
        ("\"perdu son porte-monnaie rouge\"", "perdu son portemonnaie rouge", "perdu son porte-monnaie rouge"),
        ("\"son portemonnaie rouge\"", "son portemonnaie rouge", "son porte-monnaie rouge"),
        ("\"e-mail reçu\"", "email reçu", "e-mail reçu"),
        ("\"email reçu\"", "email reçu", "e-mail reçu"),
    ] {
        assert_eq!(lit(&index, query), both(joined, apart), "{query}");
    }
    assert_eq!(found(&index, "\"porte-monnaie perdu\"~2"), ["a", "b"]);
    assert_eq!(found(&index, "rouge SAUF \"porte-monnaie\""), ["c"]);
}

#[test]
fn two_words_of_a_phrase_stand_at_places_of_their_own() {
    let index = index_of(&[
        ("compound", "", "Il a reçu un e-mail hier, et un porte-monnaie."),
        ("both", "", "Le code portait e-mail mail, et un porte-monnaie monnaie comprise."),
        ("joined", "", "Le formulaire disait email mail sans tiret."),
    ]);
    for query in ["\"e-mail mail\"", "\"email mail\""] {
        assert_eq!(found(&index, query), ["both", "joined"], "{query}");
    }
    assert_eq!(found(&index, "\"porte-monnaie monnaie\""), ["both"]);
    // The compound itself is found however it is written, and what follows it as well.
    assert_eq!(found(&index, "\"e-mail\""), ["both", "compound", "joined"]);
    assert_eq!(found(&index, "\"email hier\""), ["compound"]);
    assert_eq!(found(&index, "mail SAUF \"e-mail mail\""), ["compound"]);
}

#[test]
fn a_name_of_letters_and_figures_is_found_however_short() {
    let index = index_of(&[("a", "", "La PS5 et la 5G."), ("b", "", "Au point 5, ps : rien de plus.")]);
    assert_eq!(ids(&index, "PS 5")[0], "a");
    assert_eq!(ids(&index, "5 G")[0], "a");
}

#[test]
fn a_phrase_that_lacks_an_accent_is_found_after_the_same_as_typed() {
    let index = index_of(&[
        ("accents", "", "La Côte d'Ivoire vote. La Côte d'Ivoire gagne."),
        ("typed", "", "Le cours, c'est la cote d'ivoire et de corne."),
        ("cote", "", "La côte est belle."),
    ]);
    assert_eq!(ids(&index, "\"cote d'ivoire\""), ["typed", "accents"]);
    assert_eq!(ids(&index, "\"cote d ivoire\""), ["typed", "accents"]);
    assert_eq!(ids(&index, "\"côte d'ivoire\""), ["accents"]);
    // A small word beside it says nothing, and what is not wanted is meant as it is typed.
    assert_eq!(ids(&index, "\"la cote\""), ["typed"]);
    assert_eq!(ids(&index, "ivoire SAUF \"cote d'ivoire\""), ["accents"]);
}

#[test]
fn a_word_that_lacks_its_accent_is_found_beside_its_neighbour() {
    let index = index_of(&[
        ("accents", "", "La Côte d'Ivoire vote."),
        ("none", "", "La cote monte, l'ivoire baisse."),
        ("apart", "", "La côte est belle, et l'ivoire rare."),
    ]);
    let lit = lit(&index, "cote d'ivoire");
    assert_eq!(lit[0], ("accents".to_owned(), vec!["Côte d'Ivoire".to_owned()]));
    assert_eq!(lit[1], ("apart".to_owned(), vec!["ivoire".to_owned()]));
    assert_eq!(lit[2], ("none".to_owned(), vec!["cote".to_owned(), "ivoire".to_owned()]));
    assert_eq!(ids(&index, "cote d'ivoire").last().unwrap(), "apart");
    // By itself the word is meant as it is typed.
    assert_eq!(ids(&index, "cote"), ["none"]);
    assert_eq!(ids(&index, "ivoire SAUF (cote ivoire)"), Vec::<String>::new());
}

#[test]
fn a_word_that_a_window_has_twice_is_asked_for_twice() {
    let index = index_of(&[
        ("one", "", "La vie est belle."),
        ("two", "", "La vie, toute la vie."),
        ("far", "", "La vie passe, le pont tient, le vent souffle, la pluie tombe ; la vie reste."),
    ]);
    assert_eq!(lit(&index, "\"vie vie\"~2"), [("two".to_owned(), vec!["vie".to_owned(), "vie".to_owned()])]);
    assert_eq!(found(&index, "\"vie vie\"~40"), ["far", "two"]);
    assert_eq!(found(&index, "\"vie vie vie\"~40"), Vec::<String>::new());
    // Small words between the words of the query widen no window: what is found is lit.
    assert_eq!(lit(&index, "\"vent à la pluie\"~2"), [("far".to_owned(), vec!["vent".to_owned(), "pluie".to_owned()])]);
    assert_eq!(found(&index, "\"tient à la pluie\"~2"), Vec::<String>::new());
}

#[test]
fn a_word_is_lit_where_it_says_what_was_asked() {
    let index = index_of(&[("a", "", "Elle a été vue avec lui. Un été chaud."), ("b", "", "Elle a été vue.")]);
    for query in ["=été", "été*", "été"] {
        assert_eq!(lit(&index, query), [("a".to_owned(), vec!["été".to_owned()])], "{query}");
    }
    assert_eq!(lit(&index, "=avec"), [("a".to_owned(), vec!["avec".to_owned()])]);
    assert_eq!(found(&index, "\"a été vue\""), ["a", "b"]);
}
