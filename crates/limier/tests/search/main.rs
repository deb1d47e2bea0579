//! What queries find, through the public library.
#![allow(clippy::unwrap_used, clippy::panic)]

mod facets;
mod life;
mod lights;
mod limits;
mod mending;
mod names;
mod small_words;

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
    let index = facets::gazettes();
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
