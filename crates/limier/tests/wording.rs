//! What words are taken for, through the public library: synonyms, stop words, protected words.
#![allow(clippy::unwrap_used, clippy::panic, clippy::single_range_in_vec_init)]

use limier::{Article, Explanation, Hit, Hits, Index, Note, Synonyms};

const LIST: &str = "voiture, auto, automobile\nsncf => société nationale des chemins de fer\nchemins de fer, rail\n";

fn index_of(articles: &[(&str, &str, &str)]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, title, body) in articles {
        writer.add(Article::new(*id).title(*title).body(*body).author("Paul Voiture")).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn searched(index: &Index, list: &str, query: &str) -> Hits {
    let hits = index.search(query).limit(100).explain(true).synonyms(&Synonyms::parse(list)).run().unwrap();
    assert_eq!(hits.total() as usize, hits.len(), "{query}");
    hits.iter().for_each(adds_up);
    hits
}

fn adds_up(hit: &Hit) {
    let Some(Explanation {
        terms, boilerplate, shared_title, title, exact, proximity, passage, lead, coverage, ..
    }) = hit.explanation()
    else {
        panic!("no explanation")
    };
    let sum = terms + boilerplate + shared_title + title + exact + proximity + passage + lead + coverage;
    assert!((sum - hit.score()).abs() < 1e-3, "{sum} {}", hit.score());
}

fn ids(hits: &Hits) -> Vec<&str> {
    hits.iter().map(Hit::id).collect()
}

fn found(index: &Index, query: &str) -> Vec<String> {
    let hits = searched(index, LIST, query);
    let mut ids: Vec<String> = hits.iter().map(|hit| hit.id().to_owned()).collect();
    ids.sort();
    ids
}

fn garage() -> Index {
    index_of(&[
        ("auto", "", "Une auto rouge passe dans la rue."),
        ("autos", "", "Des automobiles dorment au garage."),
        ("train", "Le train", "Le rail avance, la gare attend."),
        ("velo", "", "Un vélo rouge passe dans la rue."),
        ("voiture", "", "Une voiture rouge passe dans la rue."),
    ])
}

#[test]
fn a_synonym_is_found_below_the_word_as_typed() {
    let index = garage();
    assert_eq!(searched(&index, "", "voiture").len(), 1);
    let hits = searched(&index, LIST, "voitures");
    assert_eq!(ids(&hits)[0], "voiture");
    assert_eq!(found(&index, "voitures"), ["auto", "autos", "voiture"]);
    assert!(hits.iter().all(Hit::is_as_typed) && hits.notes().is_empty());
    // Rarer synonyms are worth no more than the word.
    let all: Vec<(String, String)> = (0..40)
        .map(|number| (format!("{number}"), "Une voiture rouge.".to_owned()))
        .chain([("rare".to_owned(), "Une auto rouge.".to_owned())])
        .collect();
    let all: Vec<(&str, &str, &str)> = all.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let index = index_of(&all);
    assert_eq!(ids(&searched(&index, LIST, "voiture rouge")).last(), Some(&"rare"));
}

#[test]
fn a_word_and_its_synonym_count_once() {
    let index = index_of(&[
        ("both", "", "Une voiture, une auto, une automobile bleue."),
        ("once", "", "Une voiture, une chaise, une table bleue."),
        ("none", "", "Une lampe, une chaise, une table verte."),
    ]);
    let hits = searched(&index, LIST, "voiture bleue");
    let parts = |id: &str| hits.iter().find(|hit| hit.id() == id).unwrap().explanation().unwrap();
    let (both, once) = (parts("both"), parts("once"));
    assert_eq!((both.terms, both.coverage, both.passage), (once.terms, once.coverage, once.passage));
    // In titles, too.
    let index = index_of(&[("both", "Voiture auto", "Rien."), ("once", "Voiture chaise", "Rien.")]);
    let hits = searched(&index, LIST, "voiture");
    assert_eq!(hits.iter().map(|hit| hit.explanation().unwrap().terms).collect::<Vec<_>>().len(), 2);
    assert_eq!(hits.iter().next().unwrap().score(), hits.iter().nth(1).unwrap().score());
}

#[test]
fn expressions_are_found_where_their_words_stand_together() {
    let index = index_of(&[
        ("whole", "", "La Société nationale des chemins de fer recrute."),
        ("titled", "Société nationale des chemins de fer", "Elle recrute."),
        ("apart", "", "Une société ouvre un chemin national, loin du fer."),
        ("short", "", "La S.N.C.F. recrute."),
        ("rail", "", "Le rail recrute."),
    ]);
    let hits = searched(&index, LIST, "SNCF");
    assert_eq!(ids(&hits)[0], "short");
    assert_eq!(found(&index, "SNCF"), ["short", "titled", "whole"]);
    let whole = hits.iter().find(|hit| hit.id() == "whole").unwrap();
    assert_eq!(whole.passages()[0].to_html(), "La <mark>Société nationale des chemins de fer</mark> recrute.");
    let titled = hits.iter().find(|hit| hit.id() == "titled").unwrap();
    assert_eq!(titled.title_highlights(), [0..38]);
    // The arrow goes one way; the longer expression holds the shorter one, which has a rule of its own.
    assert_eq!(found(&index, "rail"), ["rail", "titled", "whole"]);
    let hits = searched(&index, LIST, "le chemin de fer");
    assert!(ids(&hits).contains(&"rail") && !ids(&hits).contains(&"short"), "{:?}", ids(&hits));
    assert!(["whole", "titled"].contains(&ids(&hits)[0]));
}

#[test]
fn what_is_written_with_a_sign_or_excluded_is_meant_as_it_stands() {
    let index = garage();
    for query in ["=voiture", "\"voiture\"", "voiture*", "voiture~", "\"une voiture\"", "+voiture -auto -automobile"] {
        assert_eq!(found(&index, query), ["voiture"], "{query}");
    }
    assert_eq!(found(&index, "rouge -voiture"), ["auto", "velo"]);
    assert_eq!(found(&index, "rouge SAUF voiture"), ["auto", "velo"]);
    assert_eq!(found(&index, "auteur:auto"), [""; 0]);
    assert_eq!(found(&index, "\"une voiture\" vélo"), ["velo", "voiture"]);
    for query in ["voiture ET rouge", "+voiture +rouge", "rouge ET (voiture OU chaise)"] {
        assert_eq!(found(&index, query), ["auto", "voiture"], "{query}");
    }
    let titled = index_of(&[("a", "Une auto", "Rien."), ("b", "Rien", "Une auto.")]);
    assert_eq!(found(&titled, "titre:voiture"), ["a"]);
}

#[test]
fn synonyms_are_lit_and_explained() {
    let index = garage();
    let hits = searched(&index, LIST, "voiture");
    let autos = hits.iter().find(|hit| hit.id() == "autos").unwrap();
    assert_eq!(autos.passages()[0].to_html(), "Des <mark>automobiles</mark> dorment au garage.");
    let word = &autos.explanation().unwrap().words[0];
    assert_eq!((word.word.as_str(), word.title, word.body), ("voiture", 0, 0));
    assert_eq!(word.synonyms, ["automobile"]);
    let synonyms = Synonyms::parse(LIST);
    let lit = index.search("rouge -voiture").synonyms(&synonyms).highlight("Une auto rouge.").unwrap();
    assert_eq!(lit, [9..14]);
}

#[test]
fn a_word_with_a_synonym_is_not_mended() {
    let index = garage();
    let hits = searched(&index, "bagnole, auto", "bagnole");
    assert_eq!((ids(&hits), hits.notes()), (vec!["auto"], &[][..]));
    let hits = searched(&index, "bagnole, charrette", "autu");
    assert!(matches!(hits.notes(), [Note::Mended { .. }]), "{:?}", hits.notes());
}

#[test]
fn compounds_are_synonyms_however_they_are_written() {
    let index = index_of(&[("a", "", "Son porte-monnaie."), ("b", "", "Son portemonnaie."), ("c", "", "Sa bourse.")]);
    assert_eq!(searched(&index, "bourse, porte-monnaie", "bourse").len(), 3);
    for query in ["porte-monnaie", "portemonnaie", "porte monnaie"] {
        let hits = searched(&index, "bourse, porte-monnaie", query);
        assert!(ids(&hits).contains(&"c"), "{query} {:?}", ids(&hits));
    }
}

#[test]
fn a_hostile_list_is_searched_within_bounds() {
    let body: String = (0..200).map(|number| format!("mot{number} ")).collect();
    let index = index_of(&[("a", "", &body)]);
    let list: String = (0..199).map(|number| format!("clef => mot{number}, mot{}\n", number + 1)).collect();
    let hits = searched(&index, &list, "clef mot7");
    assert_eq!(hits.notes(), [Note::TooManySynonyms { word: "clef".into(), searched: 64 }]);
    assert_eq!(hits.total(), 1);
}

#[test]
fn a_rule_said_again_and_again_costs_little() {
    let index = garage();
    let list = "voiture, auto\n".repeat(10_000);
    let query = "voiture ".repeat(2_000);
    let hits = searched(&index, &list, &query);
    assert_eq!(ids(&hits), ["voiture", "auto"]);
}

#[test]
fn stop_words_carry_no_weight_where_others_do() {
    let index = garage();
    let found = |query: &str| {
        let mut ids: Vec<String> = Vec::new();
        ids.extend(
            index.search(query).stop_words(["Rouge", "rue"]).run().unwrap().iter().map(|hit| hit.id().to_owned()),
        );
        ids.sort();
        ids
    };
    assert_eq!(found("vélo rouge"), ["velo"]);
    assert_eq!(found("rouge"), ["auto", "velo", "voiture"]);
    assert_eq!(found("rouges vélo").len(), 3, "another form is another word");
    assert_eq!(found("+rouge -vélo"), ["auto", "voiture"]);
    assert_eq!(found("\"rouge passe\" gare").len(), 4);
    let lit = index.search("vélo rouge").stop_words(["rouge"]).highlight("Un vélo rouge.").unwrap();
    assert_eq!(lit, [3..8]);
}

#[test]
fn protected_words_are_meant_in_their_very_form() {
    let index = index_of(&[
        ("firm", "Orange", "Orange recrute des facteurs."),
        ("fruit", "", "Des oranges et des citrons."),
        ("other", "", "Télécom recrute aussi."),
    ]);
    let synonyms = Synonyms::parse("orange => télécom");
    let search = |query: &str| index.search(query).protected_words(["Orange", "orenge"]).explain(true);
    let hits = search("Orange").run().unwrap();
    assert_eq!((ids(&hits), hits.notes()), (vec!["firm"], &[][..]));
    hits.iter().for_each(adds_up);
    assert_eq!(hits.first().unwrap().title_highlights(), [0..6]);
    assert_eq!(search("oranges").run().unwrap().total(), 2, "another form is another word");
    assert_eq!(ids(&search("citrons -orange").run().unwrap()), ["fruit"]);
    assert_eq!(ids(&search("orange").synonyms(&synonyms).run().unwrap()), ["firm", "other"]);
    // It is no slip, either.
    let hits = search("orenge").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (0, &[][..]));
}
