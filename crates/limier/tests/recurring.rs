//! Lines that recur in a folder: which of them are of a page, in folders of many kinds.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use limier::ingest::{RecurringLines, Walk};
use limier::{Index, RefreshOptions};

struct Folder {
    temp: tempfile::TempDir,
    lines: RecurringLines,
    index: Index,
}

impl Folder {
    /// Writes texts as files, learns from them, and indexes them.
    fn of(texts: impl IntoIterator<Item = String>) -> Folder {
        let temp = tempfile::tempdir().unwrap();
        for (number, text) in texts.into_iter().enumerate() {
            std::fs::write(temp.path().join(format!("{number:03}.txt")), text).unwrap();
        }
        let lines = RecurringLines::of_files(&Walk::new([temp.path()]).run().files);
        let index = Index::in_memory().unwrap();
        index.refresh(&RefreshOptions::new([temp.path()])).unwrap();
        Folder { temp, lines, index }
    }

    /// Returns the lines of all files that are taken for boilerplate because they recur.
    fn boilerplate(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(self.temp.path()).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            found.extend(text.lines().map(str::trim).filter(|line| self.lines.is_boilerplate(line)).map(str::to_owned));
        }
        found
    }

    fn title(&self, number: usize) -> String {
        self.index.article(&format!("{number:03}.txt")).unwrap().unwrap().get_title().to_owned()
    }

    fn titles(&self, count: usize) -> Vec<String> {
        (0..count).map(|number| self.title(number)).collect()
    }
}

fn set(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const SUBJECTS: &[&str] = &[
    "la crue",
    "le pont",
    "la foire",
    "le lavoir",
    "la gare",
    "le marché",
    "la forge",
    "le moulin",
    "la digue",
    "le verger",
    "la halle",
    "le clocher",
];

/// A paragraph of its own for each number.
fn prose(n: usize) -> String {
    let subject = SUBJECTS[n % SUBJECTS.len()];
    format!(
        "On a parlé de {subject} pendant {} jours au moins, et les anciens du bourg s'en souviennent encore quand vient \
         l'hiver. Personne ne croyait que l'affaire irait si loin, ni qu'elle coûterait {} francs à la commune.",
        n + 2,
        n * 7 + 40
    )
}

fn headline(n: usize) -> String {
    format!("Ce que {} change pour les {} familles du quai", SUBJECTS[n % SUBJECTS.len()], n + 20)
}

#[test]
fn a_menu_and_a_footer_are_of_the_page() {
    let folder = Folder::of((0..12).map(|n| {
        format!(
            "Le Fil\nÀ la une\nQuartiers\nVie des écoles\nNos archives sonores\n\n{}\n\n{}\n\n{}\n\n\
             Le Fil paraît le jeudi\nImprimé sur les presses de la rue Basse\n",
            headline(n),
            prose(n),
            prose(n + 30),
        )
    }));
    let expected = [
        "Le Fil",
        "À la une",
        "Quartiers",
        "Vie des écoles",
        "Nos archives sonores",
        "Le Fil paraît le jeudi",
        "Imprimé sur les presses de la rue Basse",
    ];
    assert_eq!(folder.boilerplate(), set(&expected));
    assert_eq!(folder.titles(12), (0..12).map(headline).collect::<Vec<_>>());
}

#[test]
fn a_page_of_one_site_among_many_texts_is_told() {
    let folder = Folder::of((0..60).map(|n| match n % 5 {
        0 => format!("{}\n\n{}\n\nGazette de l'Arve, tous les samedis\n", headline(n), prose(n)),
        _ => format!("{}\n\n{}\n", headline(n), prose(n)),
    }));
    assert_eq!(folder.boilerplate(), set(&["Gazette de l'Arve, tous les samedis"]));
}

#[test]
fn minutes_are_called_by_their_day_and_keep_their_headings() {
    let days = ["4 mai", "12 juin", "3 juillet", "9 septembre", "14 octobre", "2 décembre"];
    let folder = Folder::of(days.iter().enumerate().map(|(n, day)| {
        format!(
            "Commune de Vernay-le-Haut\nConseil municipal\n\nSéance du {day} 2021 à la salle des fêtes\n\nOrdre du jour\n\n{}\n\n\
             Questions diverses\n\n{}\n\nLa séance est levée à {} heures.\n",
            prose(n),
            prose(n + 20),
            n % 3 + 20
        )
    }));
    assert_eq!(folder.boilerplate(), set(&[]));
    assert_eq!(folder.title(0), "Séance du 4 mai 2021 à la salle des fêtes");
    assert_eq!(folder.title(5), "Séance du 2 décembre 2021 à la salle des fêtes");
    // The letterhead says what the text is: its words weigh as others do.
    let hits = folder.index.search("conseil municipal").explain(true).run().unwrap();
    assert_eq!((hits.total(), hits.first().unwrap().explanation().unwrap().boilerplate), (6, 0.0));
}

#[test]
fn what_recipes_have_in_common_is_theirs() {
    let folder = Folder::of((0..12).map(|n| {
        let flour = if n % 2 == 0 { "250 g de farine" } else { "4 pommes" };
        format!(
            "Tarte de {}\n\nIngrédients\n2 œufs\n1 pincée de sel\n{flour}\n{} g de beurre\n\nPréparation\n{}\n{}\n",
            SUBJECTS[n],
            n * 10 + 50,
            prose(n),
            prose(n + 25),
        )
    }));
    assert_eq!(folder.boilerplate(), set(&[]));
    assert_eq!(folder.title(0), "Tarte de la crue");
}

#[test]
fn poems_keep_their_refrain_and_are_not_called_by_their_book() {
    let folder = Folder::of((0..8).map(|n| {
        let verses = |k: usize| {
            format!(
                "J'ai vu {} sous la lune de {k},\nEt les gens du village qui dansaient près de {};\nNul ne m'a dit son nom.",
                SUBJECTS[(n + k) % 12],
                SUBJECTS[(n + 2 * k + 1) % 12],
            )
        };
        format!(
            "Chansons du quai\n\nBallade pour {} perdue\n\n{}\n\nVogue la barque, vogue encore !\n\n{}\n\n\
             Vogue la barque, vogue encore !\n",
            SUBJECTS[n],
            verses(n + 1),
            verses(n + 5),
        )
    }));
    assert_eq!(folder.boilerplate(), set(&[]));
    assert_eq!(folder.title(3), "Ballade pour le lavoir perdue");
}

#[test]
fn laws_keep_their_articles() {
    let folder = Folder::of((0..9).map(|n| {
        format!(
            "L'Assemblée et le Sénat ont adopté,\nLe Président promulgue la loi dont la teneur suit :\n\nArticle 1er\n{}\n\
             Article 2\n{}\nArticle 3\n{}\nLa présente loi sera exécutée comme loi de l'État.\nFait à Paris\n",
            prose(n),
            prose(n + 12),
            prose(n + 24),
        )
    }));
    let found = folder.boilerplate();
    assert!(found.iter().all(|line| !line.starts_with("Article")), "{found:?}");
    assert!(found.contains("Fait à Paris"), "{found:?}");
}

#[test]
fn a_play_keeps_its_speakers() {
    let folder = Folder::of((0..6).map(|n| {
        format!(
            "LE MOULIN\nActe premier\nScène {}\n\nARMANDE\n{}\n\nLE MEUNIER\n{}\n\nARMANDE\n{}\n",
            ["une", "deux", "trois", "quatre", "cinq", "six"][n],
            prose(n),
            prose(n + 10),
            prose(n + 20),
        )
    }));
    assert_eq!(folder.boilerplate(), set(&[]));
    assert_eq!(folder.title(1), "Scène deux");
}

#[test]
fn letters_keep_what_they_say() {
    let folder = Folder::of((0..7).map(|n| {
        format!(
            "Objet : {}\n\nMadame, Monsieur,\n\n{}\n\n{}\n\nCordialement,\nJeanne Aubrac\nMaire de Vernay-le-Haut\n",
            headline(n),
            prose(n),
            prose(n + 14),
        )
    }));
    assert_eq!(folder.boilerplate(), set(&["Cordialement,", "Jeanne Aubrac", "Maire de Vernay-le-Haut"]));
    assert!(folder.title(2).ends_with("Ce que la foire change pour les 22 familles du quai"), "{}", folder.title(2));
}

#[test]
fn copies_of_one_text_say_nothing() {
    let dispatch = format!("Le pont ferme aux poids lourds\n\n{}\n\n{}", prose(3), prose(8));
    let folder = Folder::of((0..5).map(|n| format!("{dispatch}\n\nÉdition du canton {n}\n")));
    assert_eq!((folder.boilerplate(), folder.title(0).as_str()), (set(&[]), "Le pont ferme aux poids lourds"));
    let poem = "Il pleut sur le quai gris\nLa barque attend son maître\nUn chien dort sous l'auvent\nRien ne bouge ce soir\n\
                Et l'eau monte sans bruit\nJusqu'au seuil des maisons";
    let folder = Folder::of((0..5).map(|n| format!("Recueil {n}\n\n{poem}\n")));
    assert_eq!(folder.boilerplate(), set(&[]));
}

#[test]
fn a_text_without_another_title_keeps_the_one_it_had() {
    let folder = Folder::of((0..6).map(|n| format!("Chapitre premier\n\n{}\n\n{}\n", prose(n), prose(n + 9))));
    assert_eq!(folder.titles(6), ["Chapitre premier"; 6]);
    assert_eq!(folder.boilerplate(), set(&[]));
}

#[test]
fn titles_that_other_pages_link_to_stay_titles() {
    let folder = Folder::of((0..20).map(|n| {
        let links: Vec<String> = (1..5).map(|k| headline((n * 3 + k * 7) % 20)).collect();
        format!(
            "Accueil\nVie du bourg\nAssociations\nCarnet du jour\n\n{}\n\n{}\n\n{}\n\nEncore sur Le Fil\n{}\nLe Fil paraît le jeudi\n",
            headline(n),
            prose(n),
            prose(n + 33),
            links.join("\n"),
        )
    }));
    assert_eq!(folder.titles(20), (0..20).map(headline).collect::<Vec<_>>());
    let found = folder.boilerplate();
    assert!(found.contains("Encore sur Le Fil") && found.contains("Carnet du jour"), "{found:?}");
    assert!(found.contains("Le Fil paraît le jeudi"), "{found:?}");
}

#[test]
fn two_files_of_a_folder_say_nothing() {
    let folder = Folder::of((0..2).map(|n| format!("{}\n\n{}\n\nLe Fil paraît le jeudi\n", headline(n), prose(n))));
    assert!(folder.lines.is_empty());
}

#[test]
fn a_footer_is_found_behind_texts_marked_and_neither_title_nor_lead() {
    let footer = "Retrouvez la météo des plages sur notre antenne";
    let folder = Folder::of((0..6).map(|n| match n {
        5 => format!(
            "Nager en rivière\n\nLes plages du lac rouvrent, avec leur météo du jour affichée au ponton. {}\n",
            prose(5)
        ),
        _ => format!("{footer}\n\n{}\n\n{}\n\n{footer}\n", headline(n), prose(n)),
    }));
    assert_eq!(folder.boilerplate(), set(&[footer]));
    assert_eq!(folder.title(0), headline(0));
    let hits = folder.index.search("météo des plages").run().unwrap();
    assert_eq!((hits.total(), hits.first().unwrap().id()), (6, "005.txt"));
    for hit in &hits {
        let marked = hit.passages().iter().all(|passage| passage.is_boilerplate());
        assert_eq!(marked, hit.id() != "005.txt", "{hit:?}");
        assert_eq!(hit.passages().iter().any(|passage| passage.text().contains(footer)), hit.id() != "005.txt");
    }
    let hits = folder.index.search("crue").run().unwrap();
    let passages = hits.iter().flat_map(|hit| hit.passages());
    assert!(passages.clone().count() > 0);
    for passage in passages {
        assert!(!passage.text().contains(footer), "{passage:?}");
    }
}
