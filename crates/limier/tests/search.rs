//! What queries find, through the public library.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use limier::{Article, Error, ErrorKind, Facet, Hit, Index, Note, Passage, Sort};

fn index_of(articles: &[(&str, &str, &str)]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, title, body) in articles {
        writer.add(Article::new(*id).title(*title).body(*body)).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn ids(index: &Index, query: &str) -> Vec<String> {
    let hits = index.search(query).limit(100).run().unwrap();
    assert_eq!(hits.total() as usize, hits.len(), "{query}");
    hits.iter().map(|hit| hit.id().to_owned()).collect()
}

fn found(index: &Index, query: &str) -> Vec<String> {
    let mut ids = ids(index, query);
    ids.sort();
    ids
}

fn press() -> Index {
    index_of(&[
        ("orly", "L'avion d'Orly", "Un avion a décollé d'Orly avec du retard. Les passagers ont attendu deux heures."),
        ("sora", "Des artistes en colère", "Des artistes non rémunérés ont publié Sora, l'outil vidéo d'OpenAI."),
        (
            "train",
            "Le train de nuit",
            "Un train de nuit relie Paris à Nice. Être ou ne pas être à l'heure, voilà la question.",
        ),
        (
            "musee",
            "Un musée des élèves",
            "L'élève a visité le musée. Le peintre a élevé la voix contre la colère des artistes.",
        ),
    ])
}

#[test]
fn words_are_optional_and_more_of_them_rank_first() {
    let index = press();
    assert_eq!(ids(&index, "artistes non rémunérés").first().unwrap(), "sora");
    assert_eq!(found(&index, "artistes avion"), ["musee", "orly", "sora"]);
    assert_eq!(found(&index, "l’avion d’Orly"), ["orly"]);
    assert_eq!(ids(&index, "Paris : capitale"), ["train"]);
}

#[test]
fn question_and_stop_words_carry_no_weight() {
    let index = press();
    assert_eq!(found(&index, "quel est l'avion qui a décollé ?"), ["orly"]);
}

#[test]
fn stop_words_alone_are_a_phrase() {
    let index = press();
    assert_eq!(ids(&index, "être ou ne pas être"), ["train"]);
    let hits = index.search("le la les").run().unwrap();
    assert_eq!(hits.total(), 0);
    assert_eq!(hits.notes(), [Note::OnlyStopWords]);
    // A part of a query may be small words, where another is not.
    assert_eq!(index.search("le OU avion").run().unwrap().notes(), []);
}

#[test]
fn phrases_hold_their_stop_words() {
    let index = press();
    assert_eq!(ids(&index, "\"artistes en colère\""), ["sora"]);
    assert_eq!(ids(&index, "« colère des artistes »"), ["musee"]);
    assert_eq!(found(&index, "\"colère artistes\"~3"), ["musee", "sora"]);
    assert_eq!(ids(&index, "\"artistes colère\""), Vec::<String>::new());
    // Among other words a phrase weighs but excludes nothing.
    assert_eq!(found(&index, "\"train de nuit\" avion"), ["orly", "train"]);
}

#[test]
fn operators_select() {
    let index = press();
    assert_eq!(found(&index, "artistes ET musée"), ["musee"]);
    assert_eq!(found(&index, "artistes SAUF musée"), ["sora"]);
    assert_eq!(found(&index, "+artistes -musée train"), ["sora"]);
    assert_eq!(found(&index, "avion OU train"), ["orly", "train"]);
    assert_eq!(found(&index, "(avion OU train) ET Nice"), ["train"]);
    let hits = index.search("-musée").run().unwrap();
    assert_eq!((hits.total(), hits.notes()), (0, &[Note::OnlyNegation][..]));
    assert_eq!(index.search("*").run().unwrap().total(), 4);
}

#[test]
fn exact_prefix_and_fuzzy_words() {
    let index = press();
    assert_eq!(ids(&index, "=élève"), ["musee"]);
    assert_eq!(ids(&index, "=eleve"), Vec::<String>::new());
    assert_eq!(found(&index, "pass*"), ["orly"]);
    assert_eq!(found(&index, "decol*"), ["orly"]);
    assert_eq!(found(&index, "aviom~"), ["orly"]);
    assert_eq!(found(&index, "titre:artistes"), ["sora"]);
}

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

#[test]
fn dates_narrow_and_sort() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, date) in [("a", "2023-05-01"), ("b", "2024-11-26"), ("c", "2024-12-02")] {
        writer.add(Article::new(id).body("Un avion.").date(date.parse().unwrap())).unwrap();
    }
    writer.add(Article::new("d").body("Un avion sans date.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(found(&index, "avion date:2024"), ["b", "c"]);
    assert_eq!(found(&index, "date:2024"), ["b", "c"]);
    assert_eq!(found(&index, "avion date:2024-11..2024-11"), ["b"]);
    assert_eq!(found(&index, "train date:2024"), Vec::<String>::new());
    let sorted = index.search("avion").sort(Sort::Newest).run().unwrap();
    assert_eq!(sorted.iter().map(|hit| hit.id()).collect::<Vec<_>>(), ["c", "b", "a", "d"]);
    let sorted = index.search("avion").sort(Sort::Oldest).limit(2).offset(1).run().unwrap();
    assert_eq!(sorted.iter().map(|hit| hit.id()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn what_is_known_of_a_date_is_kept() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, date) in [("a", "2019"), ("b", "2019-03"), ("c", "2019-03-05")] {
        let article = Article::new(id).body("Un avion.").date(date.parse().unwrap());
        writer.add(if id == "b" { article.line(7) } else { article }).unwrap();
    }
    writer.commit().unwrap();
    let hits = index.search("avion").sort(Sort::Oldest).run().unwrap();
    let dates: Vec<String> = hits.iter().filter_map(|hit| hit.date()).map(|date| date.to_string()).collect();
    assert_eq!(dates, ["2019", "2019-03", "2019-03-05"]);
    assert_eq!(hits.iter().map(|hit| hit.article().get_line()).collect::<Vec<_>>(), [0, 7, 0]);
    // Where a day is asked for, a month or a year is its first.
    assert_eq!(found(&index, "date:2019-01-01"), ["a"]);
    assert_eq!(found(&index, "date:2019-03"), ["b", "c"]);
}

#[test]
fn equal_scores_are_ordered_by_id() {
    let articles: Vec<(String, String)> = (0..30).rev().map(|n| (format!("{n:02}"), "Un avion.".to_owned())).collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let index = index_of(&articles);
    let order = ids(&index, "avion");
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn a_field_and_a_star_find_the_articles_that_have_it() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("1").title("Orly").body("Un avion.")).unwrap();
    writer.add(Article::new("2").body("Un train.").author("Inès Guichard")).unwrap();
    writer.add(Article::new("3").title("Tulle").body("Un pont.").source("L'Écho")).unwrap();
    writer.commit().unwrap();
    let found = |query: &str| {
        let mut found = ids(&index, query);
        found.sort();
        found
    };
    assert_eq!(found("auteur:*"), ["2"]);
    assert_eq!(found("source:*"), ["3"]);
    assert_eq!(found("titre:*"), ["1", "3"]);
    assert_eq!(found("*"), ["1", "2", "3"]);
    assert_eq!(found("* -auteur:*"), ["1", "3"]);
}

#[test]
fn explanations_add_up() {
    let index = press();
    let hits = index.search("artistes en colère musée").explain(true).run().unwrap();
    for hit in &hits {
        let parts = hit.explanation().unwrap();
        let title = parts.shared_title + parts.title + parts.lead;
        let sum =
            parts.terms + parts.boilerplate + title + parts.exact + parts.proximity + parts.passage + parts.coverage;
        assert!((sum - hit.score()).abs() < 1e-4, "{parts:?}");
        assert_eq!(parts.words.len(), 3);
    }
}

#[test]
fn articles_of_one_title_are_counted_as_they_are_now() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut put = |id: &str, title: &str| {
        writer.add(Article::new(id).title(title).body("Le bac traverse la rivière.")).unwrap();
        writer.commit().unwrap();
    };
    let same_titles = |query: &str| {
        let hits = index.search(query).explain(true).run().unwrap();
        hits.iter().map(|hit| hit.explanation().unwrap().same_titles).collect::<Vec<_>>()
    };
    put("a", "Brèves du bac");
    put("b", "Brèves du bac");
    put("c", "Le bac repart");
    assert_eq!(same_titles("brèves"), [2, 2]);
    assert_eq!(same_titles("repart"), [1]);
    // An article's former self does not share its title.
    put("c", "Le bac repart");
    assert_eq!(same_titles("repart"), [1]);
    put("b", "Le bac s'arrête");
    assert_eq!(same_titles("brèves"), [1]);
}

#[test]
fn replacing_deleting_rolling_back() {
    let index = press();
    let mut writer = index.writer().unwrap();
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::Locked);
    writer.add(Article::new("orly").body("Un bateau.")).unwrap();
    writer.add(Article::new("orly").body("Un vélo.")).unwrap();
    writer.delete("train").unwrap();
    assert_eq!(found(&index, "avion"), ["orly"]);
    writer.commit().unwrap();
    assert_eq!(index.articles(), 3);
    assert_eq!(found(&index, "avion bateau"), Vec::<String>::new());
    assert_eq!(found(&index, "vélo"), ["orly"]);
    writer.delete("sora").unwrap();
    writer.rollback().unwrap();
    writer.commit().unwrap();
    assert!(index.article("sora").unwrap().is_some());
    assert!(index.article("train").unwrap().is_none());
    drop(writer);
    assert!(index.writer().is_ok());
}

#[test]
fn on_disk_across_openings() -> Result<(), Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("idx");
    assert_eq!(Index::open(&path).unwrap_err().kind(), ErrorKind::NotFound);
    let index = Index::open_or_create(&path)?;
    let mut writer = index.writer()?;
    writer.add(Article::new("1").title("Titre").body("Un avion.").author("A. Untel").source("Le Journal"))?;
    writer.commit()?;
    drop(writer);
    let again = Index::open(&path)?;
    assert_eq!(found(&again, "avion"), ["1"]);
    assert_eq!(found(&again, "auteur:untel"), ["1"]);
    assert_eq!(found(&again, "source:journal ET avion"), ["1"]);
    assert_eq!(found(&again, "auteur:dupont"), Vec::<String>::new());
    assert_eq!(again.stats()?.articles, 1);
    assert!(again.verify()?.is_sound());
    // A folder with other things in it is left alone.
    std::fs::write(folder.path().join("note.txt"), "x").unwrap();
    assert_eq!(Index::create(folder.path()).unwrap_err().kind(), ErrorKind::NotAnIndex);
    assert_eq!(Index::open(folder.path()).unwrap_err().kind(), ErrorKind::NotAnIndex);
    Ok(())
}

#[test]
fn another_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Index::open_or_create(folder.path()).unwrap());
    let meta = folder.path().join("limier.json");
    // As the format without checksums wrote it.
    std::fs::write(&meta, r#"{"format":1,"analyzer":"0"}"#).unwrap();
    let error = Index::open(folder.path()).unwrap_err();
    assert!(error.is_incompatible() && error.to_string().contains("index again"), "{error}");
    std::fs::write(&meta, "{").unwrap();
    assert!(Index::open(folder.path()).unwrap_err().is_corrupt());
}

#[test]
fn damage_is_found_and_never_panics() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for n in 0..200 {
        writer.add(Article::new(n.to_string()).body(format!("L'avion numéro {n} décolle."))).unwrap();
    }
    writer.commit().unwrap();
    drop((writer, index));
    let is_data = |path: &std::path::Path| path.extension().is_some_and(|e| e == "idx" || e == "term" || e == "store");
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.iter().filter(|path| is_data(path)).count() >= 3);
    for path in files.iter().filter(|path| is_data(path)) {
        let bytes = std::fs::read(path).unwrap();
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x20;
        std::fs::write(path, &damaged).unwrap();
        let outcome = Index::open(folder.path()).and_then(|index| index.verify());
        match outcome {
            Ok(found) => assert!(!found.is_sound(), "{}", path.display()),
            Err(error) => assert!(error.is_corrupt(), "{error:?}"),
        }
        std::fs::write(path, &bytes).unwrap();
    }
}

#[test]
fn a_missing_file_of_a_segment_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("1").title("Un avion").body("Il décolle.")).unwrap();
    writer.commit().unwrap();
    drop((writer, index));
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let segment: Vec<_> = files.filter(|path| path.file_stem().is_some_and(|stem| stem.len() == 32)).collect();
    assert!(segment.len() >= 6, "{segment:?}");
    for path in segment {
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let error = Index::open(folder.path()).and_then(|index| index.search("avion").run().map(drop)).unwrap_err();
        assert!(error.is_corrupt() && error.path() == Some(path.as_path()), "{error:?}");
        assert_eq!(Index::verify_folder(folder.path()).unwrap().damages.len(), 1);
        std::fs::write(&path, bytes).unwrap();
    }
    assert!(Index::verify_folder(folder.path()).unwrap().is_sound());
}

#[test]
fn no_query_is_an_error() {
    let index = press();
    for query in ["", " ", "?!…", "\"", "((((", "-", "+", "~", "*:*", "a:b", "\u{0}", "🎨", "=", "\"\"~9"] {
        let hits = index.search(query).run().unwrap();
        assert!(hits.total() < 4, "{query:?}");
    }
    assert_eq!(index.search("?!").run().unwrap().notes(), [Note::NoWords]);
}

fn gazettes() -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let date = |year, month, day| limier::Date::new(year, month, day).unwrap();
    let articles = [
        ("a", "L'Écho", Some("Zoé Rey"), Some(date(2024, 11, 26))),
        ("b", "L'Écho", Some("Luc Bon"), Some(date(2024, 12, 1))),
        ("c", "La Gazette", Some("Zoé Rey"), Some(date(2024, 11, 30))),
        ("d", "La Gazette", None, None),
        ("e", "La Gazette", None, Some(date(2023, 1, 2))),
    ];
    for (id, source, author, day) in articles {
        let mut article = Article::new(id).title("Avions").body("Un avion passe au-dessus du village.").source(source);
        if let Some(author) = author {
            article = article.author(author);
        }
        if let Some(day) = day {
            article = article.date(day);
        }
        writer.add(article).unwrap();
        if id == "b" {
            // Two segments: counts add up over both.
            writer.commit().unwrap();
        }
    }
    writer.add(Article::new("f").body("Un train.").source("L'Écho")).unwrap();
    writer.commit().unwrap();
    index
}

#[test]
fn facets_count_what_matches_over_all_segments() {
    let index = gazettes();
    let hits = index.search("avion").limit(1).facets(Facet::ALL).run().unwrap();
    let shown: Vec<(Facet, Vec<(String, u64)>)> = hits
        .facets()
        .iter()
        .map(|of| (of.facet, of.counts.iter().map(|count| (count.value.clone(), count.count)).collect()))
        .collect();
    let counts = |pairs: &[(&str, u64)]| pairs.iter().map(|&(value, count)| (value.to_owned(), count)).collect();
    let expected: Vec<(Facet, Vec<(String, u64)>)> = vec![
        (Facet::Source, counts(&[("La Gazette", 3), ("L'Écho", 2)])),
        (Facet::Author, counts(&[("Zoé Rey", 2), ("Luc Bon", 1)])),
        (Facet::Year, counts(&[("2023", 1), ("2024", 3)])),
        (Facet::Month, counts(&[("2023-01", 1), ("2024-11", 2), ("2024-12", 1)])),
        (Facet::Day, counts(&[("2023-01-02", 1), ("2024-11-26", 1), ("2024-11-30", 1), ("2024-12-01", 1)])),
    ];
    assert_eq!(shown, expected);
    assert!(index.search("avion").run().unwrap().facets().is_empty());
}

#[test]
fn facets_leave_deleted_and_filtered_articles_out() {
    let index = gazettes();
    let mut writer = index.writer().unwrap();
    writer.delete("c").unwrap();
    writer.commit().unwrap();
    let hits = index.search("avion").authors(["zoe rey"]).facets([Facet::Source]).run().unwrap();
    let counts: Vec<(&str, u64)> =
        hits.facets()[0].counts.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(counts, [("L'Écho", 1)]);
}

#[test]
fn filters_by_source_and_author_narrow_the_total() {
    let index = gazettes();
    let total = |search: limier::Search<'_>| search.run().unwrap().total();
    assert_eq!(total(index.search("avion")), 5);
    assert_eq!(total(index.search("avion").sources(["l'echo"])), 2);
    assert_eq!(total(index.search("avion").sources(["L'Écho", "La Gazette"])), 5);
    assert_eq!(total(index.search("avion").sources(["La Gazette"]).authors(["Zoé Rey"])), 1);
    assert_eq!(total(index.search("avion").sources(["Le Monde"])), 0);
    assert_eq!(total(index.search("avion").sources(Vec::<String>::new())), 5);
}

#[test]
fn the_best_are_the_same_whatever_is_kept() {
    // Candidates are sorted out in bulk: the first ten of a hundred are the first ten of ten.
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for number in 0..5_000_u32 {
        let body = format!("{} fin", "avion ".repeat(1 + (number * 7919 % 97) as usize));
        writer.add(Article::new(format!("{number:04}")).body(body)).unwrap();
    }
    writer.commit().unwrap();
    let ids = |limit, offset| {
        let search = index.search("avion").second_stage(false).limit(limit).offset(offset);
        search.run_ids().unwrap().into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    let all = ids(5_000, 0);
    assert_eq!(all.len(), 5_000);
    assert_eq!(ids(10, 0), all[..10]);
    assert_eq!(ids(25, 300), all[300..325]);
    // A page that ends within a run of equal scores.
    assert_eq!(ids(3, 301), all[301..304]);
    let scores = index.search("avion").second_stage(false).limit(5_000).run_ids().unwrap();
    assert_eq!(scores.total(), 5_000);
    assert_eq!(index.search("avion").limit(3).run_ids().unwrap().total(), 5_000);
    assert!(scores.windows(2).all(|pair| pair[0].1 >= pair[1].1));
}

#[test]
fn ids_are_the_same_one_by_one_and_from_a_table() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer_with(&limier::WriterOptions::default().threads(1)).unwrap();
    for number in 0..400 {
        let id = format!("numéro-{}", number * 7919 % 400);
        writer.add(Article::new(id).body(format!("Un avion. {}", "Du vent. ".repeat(number % 9)))).unwrap();
        if number == 200 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let ids = || index.search("avion").limit(60).run_ids().unwrap().to_vec();
    let one_by_one = ids();
    // By now more were asked for than a table takes to make.
    ids();
    assert_eq!(ids(), one_by_one);
    let hits = index.search("avion").limit(60).run().unwrap();
    let of_hits: Vec<&str> = hits.iter().map(|hit| hit.id()).collect();
    assert!(one_by_one.iter().map(|(id, _)| id.as_str()).eq(of_hits));
    // A new commit has ids of its own.
    writer.delete(&one_by_one[0].0).unwrap();
    writer.commit().unwrap();
    assert!(!ids().iter().any(|(id, _)| *id == one_by_one[0].0));
}

#[test]
fn a_small_word_is_a_name_where_a_text_says_so() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("journal").body("Le journal L'Est républicain a paru hier à Nancy.")).unwrap();
    writer.add(Article::new("fonds").body("Les pays de la zone ont créé le MES hier.")).unwrap();
    writer.add(Article::new("autre").body("Il est républicain, et mes amis le savent.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(found(&index, "\"Est républicain\""), ["autre", "journal"]);
    assert_eq!(found(&index, "journal ET Est"), ["journal"]);
    assert_eq!(found(&index, "pays ET MES"), ["fonds"]);
    assert_eq!(found(&index, "MES"), ["autre", "fonds"]);
}

#[test]
fn the_summer_is_not_what_has_been() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("participle").body("Le maire a été réélu, et n'a jamais été battu.")).unwrap();
    writer.add(Article::new("season").body("L'été fut chaud. Cet été, les vendanges ont commencé en août.")).unwrap();
    writer.add(Article::new("saint").body("Le village de Ste-Marie et celui de sainte Marthe.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(found(&index, "été"), ["season"]);
    assert_eq!(found(&index, "l'été"), ["season"]);
    assert_eq!(found(&index, "\"a été réélu\""), ["participle"]);
    // Within a phrase it is found whatever stands before it there.
    assert_eq!(found(&index, "\"été réélu\""), ["participle"]);
    assert_eq!(found(&index, "\"été réélus\""), ["participle"]);
    assert_eq!(found(&index, "\"sainte marie\""), ["saint"]);
    // What the search leaves out is not lit.
    let lit = index.search("l'été").highlight("Il a été élu cet été.").unwrap();
    let season = "Il a été élu cet ".len().."Il a été élu cet été".len();
    assert!(lit.into_iter().eq([season]));
    let hits = index.search("\"été réélu\"").run().unwrap();
    let passage = &hits.first().unwrap().passages()[0];
    let lit: Vec<&str> = passage.highlights().iter().map(|range| &passage.text()[range.clone()]).collect();
    assert_eq!(lit, ["été réélu"]);
}

#[test]
fn a_label_beside_words_narrows_what_they_find() {
    let index = gazettes();
    assert_eq!(found(&index, "avion source:gazette"), ["c", "d", "e"]);
    assert_eq!(found(&index, "avion auteur:zoé source:écho"), ["a"]);
    assert_eq!(found(&index, "source:écho"), ["a", "b", "f"]);
    assert_eq!(found(&index, "source:écho OU auteur:zoé"), ["a", "b", "c", "f"]);
    assert_eq!(found(&index, "avion -source:gazette"), ["a", "b"]);
    assert_eq!(found(&index, "pangolin source:gazette"), Vec::<String>::new());
}

#[test]
fn a_search_that_has_no_time_says_so() {
    let index = press();
    for query in ["artistes", "\"artistes en colère\"", "artites", "avi*", "avoin~2", "*", "date:2024 OU artistes"] {
        let search = index.search(query).facets([Facet::Year]);
        let hits = search.clone().timeout(Duration::ZERO).run().unwrap();
        assert_eq!((hits.total(), hits.len()), (0, 0), "{query}");
        assert_eq!(hits.notes().last(), Some(&Note::TimeLimit), "{query}");
        assert_eq!(search.clone().timeout(Duration::ZERO).run_ids().unwrap().len(), 0, "{query}");
        // With time enough nothing is different.
        for enough in [Duration::from_secs(3600), Duration::MAX] {
            let hits = search.clone().timeout(enough).run().unwrap();
            assert_eq!(hits, search.run().unwrap(), "{query}");
        }
    }
    // A query that finds nothing in time, and has nothing to find, is no exception.
    assert_eq!(index.search("").timeout(Duration::ZERO).run().unwrap().notes().last(), Some(&Note::TimeLimit));
}

#[test]
fn what_is_found_in_time_is_part_of_the_answer() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for number in 0..9_000 {
        writer.add(Article::new(format!("{number:04}")).body(format!("Un avion, {} vols.", number % 7))).unwrap();
    }
    writer.commit().unwrap();
    let search = index.search("avions \"un avion\" vlos").limit(10_000).without_passages();
    let all = search.run().unwrap();
    assert_eq!(all.len(), 9_000);
    let mut cut = 0;
    for micros in [0, 1, 10, 50, 100, 500, 1_000, 5_000, 3_600_000_000] {
        let hits = search.clone().timeout(Duration::from_micros(micros)).run().unwrap();
        if hits.notes().contains(&Note::TimeLimit) {
            cut += 1;
            assert!(hits.total() <= all.total() && hits.len() <= all.len());
        } else {
            assert_eq!(hits, all, "{micros}");
        }
    }
    assert!((1..9).contains(&cut), "{cut}");
}
