//! Counts by source, author and date, and what narrows them.

use super::*;

pub(super) fn gazettes() -> Index {
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
