//! Names that are forms of a verb, too: `Vienne`, `les USA`.

use limier::{Article, Index, Synonyms};

use super::{found, ids, index_of};

/// An index of texts without titles.
fn bodies(texts: &[(&str, &str)]) -> Index {
    let articles: Vec<_> = texts.iter().map(|(id, body)| (*id, "", *body)).collect();
    index_of(&articles)
}

fn index() -> Index {
    bodies(&[
        ("vienne", "L'opéra de Vienne rouvre ses portes après deux ans de travaux, et le chœur répète."),
        ("venir", "Le facteur vient à midi, et ceux qui viennent après lui trouvent la grille fermée."),
        ("usa", "Un cargo parti des USA a relâché au port avec trois jours de retard."),
        ("user", "Les pneus s'usent vite, et ceux du camion étaient usés jusqu'à la corde."),
        ("ira", "Un ancien de l'IRA raconte sa captivité dans un livre."),
        ("aller", "Nous allons au marché, et ils vont à la plage."),
        ("ecosse", "L'Écosse vote, et Édimbourg attend."),
        ("tours", "Le train de Tours part à neuf heures."),
        ("tour", "Le tour du lac prend une heure, et deux tours de clé ferment la grange."),
        ("elus", "Un élu a protesté, et une élue aussi."),
    ])
}

#[test]
fn a_capital_inside_of_a_query_means_the_name() {
    let index = index();
    let found = |query: &str| found(&index, query);
    for query in ["opéra de Vienne", "Vienne", "Vienne Opéra", "vienne", "+Vienne", "musique à Vienne"] {
        assert_eq!(found(query), ["vienne"], "{query}");
    }
    assert_eq!(found("cargo des USA"), ["usa"]);
    assert_eq!(found("les usa"), ["usa"]);
    assert_eq!(found("les prisonniers de l'IRA"), ["ira"]);
    assert_eq!(found("que se passe-t-il en Ecosse"), ["ecosse"], "and accents may lack");
    assert_eq!(found("hôpital de Tours"), ["tour", "tours"], "the form is all that is asked for");
    assert_eq!(found("le tour"), ["tour", "tours"]);
    assert_eq!(found("+facteur -Vienne"), ["venir"]);
}

#[test]
fn elsewhere_a_form_of_a_verb_means_the_verb() {
    let index = index();
    for (query, ids) in [
        ("venir", vec!["venir", "vienne"]),
        ("Viens-tu à midi ?", vec!["venir", "vienne"]),
        ("QUAND VIENS TU", vec!["venir", "vienne"]),
        ("il ira au marché", vec!["aller", "ira"]),
        ("plainte d'un Élu", vec!["elus"]),
        ("plainte des Élus", vec!["elus"]),
    ] {
        assert_eq!(found(&index, query), ids, "{query}");
    }
}

#[test]
fn a_name_that_no_article_has_is_searched_as_the_verb() {
    assert_eq!(found(&index(), "le facteur de Vins et Venons"), ["venir", "vienne"]);
}

#[test]
fn an_acronym_that_no_article_has_is_no_verb_and_keeps_its_synonyms() {
    let index = bodies(&[("user", "Les pneus s'usent vite."), ("amérique", "Les États-Unis votent.")]);
    let synonyms = Synonyms::parse("usa, États-Unis");
    for query in ["les usa", "vote aux USA"] {
        assert!(index.search(query).run().unwrap().iter().all(|hit| hit.id() != "user"), "{query}");
        let hits = index.search(query).synonyms(&synonyms).run().unwrap();
        assert_eq!(hits.iter().map(|hit| hit.id()).collect::<Vec<_>>(), ["amérique"], "{query}");
    }
    // And where an article has it, too.
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("usa").body("Un cargo parti des USA.")).unwrap();
    writer.commit().unwrap();
    let hits = index.search("les USA").synonyms(&synonyms).run().unwrap();
    assert_eq!(hits.iter().map(|hit| hit.id()).collect::<Vec<_>>(), ["usa", "amérique"]);
}

#[test]
fn a_name_lights_its_own_form_alone() {
    let index = index();
    let hits = index.search("opéra de Vienne").run().unwrap();
    let lit = hits.first().unwrap().passages()[0].to_html();
    assert!(lit.contains("<mark>Vienne</mark>") && lit.contains("<mark>opéra</mark>"), "{lit}");
}

#[test]
fn a_small_word_that_is_a_noun_is_found() {
    let index = bodies(&[
        ("or", "Le cours de l'or monte, et la médaille d'or du pont aussi."),
        ("donc", "Or le pont est fermé. Or, le maire se tait."),
        ("car", "Un car scolaire a glissé sur le pont."),
        ("puisque", "Le pont est fermé, car la rivière monte."),
    ]);
    let found = |query: &str| ids(&index, query);
    for query in ["prix de l'or", "cours or", "médaille d'or", "or", "=or", "\"médaille d'or\"", "\"d'or du pont\""] {
        assert_eq!(found(query), ["or"], "{query}");
    }
    assert_eq!(found("un car"), ["car"]);
    assert_eq!(found("\"car la rivière\""), ["puisque"]);
    assert_eq!(found("\"or le pont\""), ["donc"], "a phrase finds both");
    let lit = index.search("prix de l'or").run().unwrap().first().unwrap().passages()[0].to_html();
    assert!(lit.contains("l&#39;<mark>or</mark>") && lit.contains("d&#39;<mark>or</mark>"), "{lit}");
}
