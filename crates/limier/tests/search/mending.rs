//! Words that no article has, or in other accents and forms: what was meant is searched, and said.

use super::*;

#[test]
fn a_word_that_no_article_has_is_mended_and_said() {
    let index = press();
    let hits = index.search("artites rémunérés").run().unwrap();
    let Note::Mended { word, by } = &hits.notes()[0] else { panic!("{:?}", hits.notes()) };
    assert_eq!((word.as_str(), by[0].as_str()), ("artites", "artistes"));
    assert_eq!(found(&index, "artites"), ["musee", "sora"]);
    assert_eq!(index.search("artites").mend(false).run().unwrap().total(), 0);
    // What only mending found ranks after what was typed.
    let order = ids(&index, "artites passagers");
    assert_eq!(order[0], "orly");
}

#[test]
fn a_word_without_its_accents_is_no_slip() {
    let many = ["c", "d", "e", "f"].map(|id| (id, "", "Un plasmotron."));
    let few = [("z", "", "Un zèbre dort."), ("b", "", "Le plazmotron tourne.")];
    let index = index_of(&[&many[..], &few].concat());
    let hits = index.search("zebre").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (1, &[][..]));
    let hits = index.search("plazmotron").run().unwrap();
    assert_eq!(hits.notes(), [Note::DidYouMean { word: "plazmotron".into(), suggestions: vec!["plasmotron".into()] }]);
    // Of two rare words none is a slip of the other.
    let index = index_of(&[("b", "", "Le plazmotron tourne."), ("c", "", "Un plasmotron.")]);
    assert_eq!(index.search("plazmotron").run().unwrap().notes(), []);
}

#[test]
fn what_was_likely_meant_is_searched_in_all_of_its_forms() {
    let frequent = "Les données personnelles.";
    let bodies = [
        "Un compte en banque.",
        "Les comptes du mois.",
        "Des comptes à régler.",
        "À côté de la gare.",
        "De l'autre côté.",
        "Un côté sombre.",
        "Le côté cour.",
        "In person.",
        "La pharmacie de l'hôpital.",
    ];
    let bodies: Vec<&str> = bodies.into_iter().chain([frequent; 12]).collect();
    let ids_of: Vec<String> = (0..bodies.len()).map(|number| number.to_string()).collect();
    let articles: Vec<_> = bodies.iter().zip(&ids_of).map(|(body, id)| (id.as_str(), "", *body)).collect();
    let index = index_of(&articles);
    let mended = |query: &str| match index.search(query).run().unwrap().notes() {
        [Note::Mended { by, .. }] => by.clone(),
        notes => panic!("{notes:?}"),
    };
    // What sounds alike goes before what has a letter less, and what a clipped word begins before a rare slip.
    assert_eq!(mended("conte")[0], "compte");
    assert_eq!(mended("perso")[0], "personnelles");
    // A beginning may sound as another.
    assert_eq!(mended("farmacie"), ["pharmacie"]);
    assert_eq!(mended("opital"), ["hôpital"]);
    // One form of it is named, all are found.
    let found = found(&index, "conte");
    assert!(["0", "1", "2"].iter().all(|id| found.contains(&id.to_string())), "{found:?}");
}

#[test]
fn accents_that_were_left_out_are_those_of_the_index() {
    let index = index_of(&[
        ("a", "", "Le père Noël reçoit au palais de l'Élysée."),
        ("b", "", "Mon père dort."),
        ("c", "", "Per Olof joue. Un per inconnu."),
        ("d", "", "Elle peint une cote de mailles."),
        ("e", "", "La côte bretonne."),
        ("f", "", "La côte normande."),
    ]);
    assert_eq!(found(&index, "pere"), ["a", "b"]);
    assert_eq!(found(&index, "per"), ["c"]);
    // A word of its own is meant as it stands, whatever stem it shares.
    assert_eq!(ids(&index, "cote")[0], "d");
    assert_eq!(found(&index, "\"pere noel\""), ["a"]);
    assert_eq!(found(&index, "elysee"), ["a"]);
    assert_eq!(index.search("elysee").run().unwrap().notes(), []);
    // The very form is meant as it stands, and so is what is not wanted.
    assert_eq!(found(&index, "=pere"), Vec::<String>::new());
    assert_eq!(found(&index, "noel -per"), ["a"]);
}

#[test]
fn a_word_in_another_form_is_no_slip() {
    // Of a word that one article has, in the singular, its plural was told to be a slip.
    let index = index_of(&[("h", "", "Un hippogriffe passe."), ("c", "", "Un chat."), ("d", "", "Un chien.")]);
    let hits = index.search("hippogriffes").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (1, &[][..]));
}

#[test]
fn small_words_without_their_apostrophe_stand_for_nothing_else() {
    let index = index_of(&[("a", "", "On vote dimanche, dit Qnon."), ("b", "", "Le quai du port.")]);
    let hits = index.search("ce quon vote").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (1, &[][..]));
}
