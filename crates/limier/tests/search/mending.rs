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
    // An acronym is typed letter by letter; in small letters it may be a slip.
    let many = ["c", "d", "e", "f"].map(|id| (id, "", "Il a des gains en banque."));
    let index = index_of(&[&many[..], &[("b", "", "L'ibuprofène est un GAINX.")]].concat());
    assert_eq!(index.search("GAINX").run().unwrap().notes(), []);
    assert_eq!(index.search("gainx").run().unwrap().notes().len(), 1);
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

#[test]
fn blanks_that_were_left_out_are_put_back() {
    let index = index_of(&[
        ("a", "", "La voiture électrique de la ville se vend d'occasion."),
        ("b", "", "Une pomme de terre, des pommes. Le chef d'œuvre inconnu."),
        ("c", "", "Elle chante pour la terre entière."),
        ("d", "", "Le soleil de la plaine, et au-delà."),
    ]);
    let mended = |query: &str| match index.search(query).run().unwrap().notes() {
        [Note::Mended { by, .. }] => by.clone(),
        notes => panic!("{query}: {notes:?}"),
    };
    assert_eq!((mended("lavoiture"), found(&index, "lavoiture")), (vec!["voiture".into()], vec!["a".into()]));
    assert_eq!(mended("pourlesoleil"), ["soleil"]);
    // Small words between others are kept, and their accents found.
    assert_eq!(
        (mended("pommedeterre"), found(&index, "pommedeterre")),
        (vec!["pomme de terre".into()], vec!["b".into()])
    );
    assert_eq!((mended("voitureelectriquedelaville"), found(&index, "voitureelectriquedelaville")).1, ["a"]);
    assert_eq!(mended("voituredelaplaine"), ["voiture de la plaine"]);
    // The words need not stand side by side.
    assert_eq!(found(&index, "voituredoccasion"), ["a"]);
    // Nothing is left of letters that are no words.
    assert_eq!(index.search("lexqzvoiture").run().unwrap().total(), 0);
    assert_eq!(index.search("pommedeterre").mend(false).run().unwrap().total(), 0);
    // What is not wanted is never lit.
    let hits = index.search("soleil SAUF (pommedeterre SAUF plaine)").run().unwrap();
    assert_eq!(hits.total(), 1);
}

#[test]
fn words_side_by_side_come_first_where_blanks_were_left_out() {
    let index = index_of(&[
        ("apart", "Le pouvoir et les achats", "Le maire a le pouvoir de signer des achats."),
        ("phrase", "La fin de l'année", "Selon l'institut, le pouvoir d'achat des ménages recule depuis deux ans."),
        ("other", "", "La grève des éboueurs."),
    ]);
    for query in ["pouvoirdachat", "lepouvoirdachat"] {
        assert_eq!(ids(&index, query), ["phrase", "apart"], "{query}");
    }
    // Never before what is found as typed.
    assert_eq!(ids(&index, "pouvoirdachat éboueur"), ["other", "phrase", "apart"]);
    let hits = index.search("pouvoirdachat").run().unwrap();
    let passage = &hits.iter().next().unwrap().passages()[0];
    assert_eq!(
        passage.highlights().iter().map(|light| &passage.text()[light.clone()]).collect::<Vec<_>>(),
        ["pouvoir d'achat"]
    );
    // The last word may stand there in another form, not by itself.
    assert_eq!(ids(&index, "grevedeseboueur"), ["other"]);
    assert_eq!(ids(&index, "deseboueur"), Vec::<String>::new());
}

#[test]
fn what_a_hurried_ear_wrote_is_found_by_its_sound() {
    let index = index_of(&[
        ("a", "", "L'orthographe et les orthographes."),
        ("b", "", "Un orthodontiste. De l'ortie."),
        ("c", "", "Le bureau des naufragés."),
    ]);
    assert_eq!(found(&index, "orthograf"), ["a"]);
    assert_eq!(found(&index, "naufrajai"), ["c"]);
    assert_eq!(found(&index, "orthodrome"), [""; 0]);
}

#[test]
fn a_word_that_only_bodies_have_is_no_slip_in_titles() {
    let index = index_of(&[("a", "Les maçons", "Une macon, des maisons."), ("b", "La maison", "Les macons.")]);
    let hits = index.search("titre:macons").run().unwrap();
    assert_eq!(hits.notes(), [], "{:?}", hits.total());
    let index = index_of(&[("a", "La compote", "Le complot."), ("b", "Le compost", "Un complot.")]);
    let hits = index.search("titre:complot").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (0, &[][..]));
    // What no article has is mended there, too.
    assert_eq!(found(&index, "titre:compotte"), ["a"]);
}

#[test]
fn a_phrase_is_not_mended_and_says_which_word_no_article_has() {
    let index = press();
    for query in ["\"artites rémunérés\"", "+\"les artites\"", "=artites"] {
        let hits = index.search(query).run().unwrap();
        assert_eq!(hits.total(), 0, "{query}");
        let [Note::DidYouMean { word, suggestions }] = hits.notes() else { panic!("{query}: {:?}", hits.notes()) };
        assert_eq!((word.as_str(), suggestions[0].as_str()), ("artites", "artistes"), "{query}");
        assert_eq!(index.search(query).mend(false).run().unwrap().notes(), [], "{query}");
    }
    // Among words it is also searched as words, and mended there: that is said once.
    let hits = index.search("musée \"artites rémunérés\"").run().unwrap();
    let [Note::Mended { word, .. }] = hits.notes() else { panic!("{:?}", hits.notes()) };
    assert_eq!(word, "artites");
    // Words that are there, but not side by side, are no slips.
    let hits = index.search("\"rémunérés artistes\"").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (0, &[][..]));
}

#[test]
fn what_is_not_wanted_may_lack_its_accents() {
    let index = index_of(&[("a", "", "Le palais de l'Élysée."), ("b", "", "Le palais du Luxembourg.")]);
    assert_eq!(found(&index, "palais -elysee"), ["b"]);
    assert_eq!(found(&index, "palais SAUF (elysee OU versailles)"), ["b"]);
}
