//! Lines of scraped pages that are none of the author's: found, but behind what authors wrote.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used)]

use limier::ingest::{Item, Kind, Origin, ReadOptions};
use limier::{Index, RefreshOptions};

/// The menu, the links and the boxes around an article, as a careless scraper keeps them.
fn page(text: &str) -> String {
    format!(
        "Accueil > Région > Tulle\nÀ la une\nSport\nDentelle\nMétéo\n\n{text}\n\nPartager sur Facebook Tweeter\n\
         12 commentaires\nÀ lire aussi : la dentelle rouvre ses portes\nLe musée de la dentelle fermé\n\
         Un maire démissionne\nInscrivez-vous à notre newsletter du matin\nTemps de lecture : 3 min\n"
    )
}

const FLOOD: &str = "La crue a gagné les jardins\n\nLa rivière est sortie de son lit dans la nuit de mardi, et les habitants \
    du bas de la ville ont dormi au gymnase.";
const LACE: &str = "Un atelier reprend vie\n\nDans une rue étroite, trois ouvrières ont appris la dentelle d'une voisine \
    de quatre-vingts ans, qui tenait le métier de sa mère.";

fn index(files: &[(&str, String)]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let index = Index::in_memory().unwrap();
    index.refresh(&RefreshOptions::new([folder.path()])).unwrap();
    (folder, index)
}

fn ids(index: &Index, query: &str) -> Vec<String> {
    index.search(query).run().unwrap().iter().map(|hit| hit.id().to_owned()).collect()
}

#[test]
fn a_word_of_a_menu_is_found_behind_the_same_word_of_a_text() {
    let (_folder, index) =
        index(&[("a-crue.txt", page(FLOOD)), ("b-crue.txt", page(FLOOD)), ("dentelle.txt", page(LACE))]);
    let hits = index.search("dentelle").explain(true).run().unwrap();
    assert_eq!(hits.total(), 3);
    assert_eq!(hits.first().unwrap().id(), "dentelle.txt");
    for hit in &hits {
        let parts = hit.explanation().unwrap();
        assert!(parts.boilerplate < 0.0, "{parts:?}");
        assert!(hit.score() > 0.0);
        assert_eq!(hit.passages().iter().any(|passage| passage.is_boilerplate()), hit.id() != "dentelle.txt");
    }
    let best = hits.iter().map(|hit| hit.score()).collect::<Vec<_>>();
    assert!(best[0] > 1.5 * best[1], "{best:?}");
}

#[test]
fn what_a_page_carries_stays_findable_in_every_way() {
    let (_folder, index) = index(&[("crue.txt", page(FLOOD))]);
    for query in ["newsletter", "\"newsletter du matin\"", "=dentelle", "démission*", "titre:crue", "newsleter"] {
        assert_eq!(ids(&index, query), ["crue.txt"], "{query}");
    }
    // The body is kept as it stands in the file.
    let article = index.article("crue.txt").unwrap().unwrap();
    assert!(article.get_body().starts_with("Accueil > Région > Tulle\nÀ la une\n"), "{article:?}");
    let hits = index.search("rivière").run().unwrap();
    let passage = &hits.first().unwrap().passages()[0];
    assert_eq!(&article.get_body()[passage.start()..passage.end()], passage.text());
}

#[test]
fn the_same_dispatch_under_other_menus_is_folded() {
    let other =
        format!("Accueil\nPolitique\nÉconomie\nVillages\n\n{FLOOD}\n\nPartager par e-mail Imprimer\n4 commentaires\n");
    let (_folder, index) = index(&[("a.txt", page(FLOOD)), ("b.txt", other), ("c.txt", page(LACE))]);
    let hits = index.search("crue jardins").fold_duplicates(true).run().unwrap();
    assert_eq!(hits.first().unwrap().duplicates().len(), 1, "{hits:?}");
    let hits = index.search("dentelle").fold_duplicates(true).run().unwrap();
    assert_eq!(hits.first().unwrap().duplicates(), [""; 0], "one menu does not make one article");
}

#[test]
fn lines_of_a_page_are_told_for_plain_text_alone() {
    let read = |kind: Kind, text: &str| {
        let mut found = None;
        limier::ingest::read(
            &mut text.as_bytes(),
            kind,
            &Origin::StandardInput,
            &ReadOptions::default(),
            &mut |item| {
                if let Item::Record(record) = item {
                    found = Some(record);
                }
                std::ops::ControlFlow::Continue(())
            },
        )
        .unwrap();
        found.unwrap()
    };
    let record = read(Kind::Text, &page(FLOOD));
    let lines: Vec<&str> = record.boilerplate.iter().map(|range| &record.article.get_body()[range.clone()]).collect();
    assert_eq!(lines.len(), 12, "{lines:?}");
    assert!(lines.contains(&"Dentelle") && lines.contains(&"12 commentaires"), "{lines:?}");
    assert!(read(Kind::Text, FLOOD).boilerplate.is_empty());
    assert!(read(Kind::Markdown, &page(FLOOD)).boilerplate.is_empty());
}
