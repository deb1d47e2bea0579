//! Filters, sorting, counts and paging: a list of results as a site shows it.
//!
//! `cargo run -p limier --example pages`
#![allow(clippy::print_stdout)]

use limier::query::DateRange;
use limier::{Article, Date, Error, Facet, Hits, Index, Sort};

/// Hits on one page.
const PAGE: usize = 3;

fn main() -> Result<(), Error> {
    let index = filled()?;
    for number in 0..3 {
        let hits = page(&index, "train", number)?;
        println!("page {}, {} articles in all", number + 1, hits.total());
        for hit in &hits {
            // The rank goes on from one page to the next.
            let date = hit.date().map(|date| date.to_string()).unwrap_or_default();
            println!("{:>2}. {} ({date})", hit.rank(), hit.title());
        }
        // Of all that match, not of the page alone.
        for month in hits.facets().iter().flat_map(|facet| &facet.counts) {
            println!("    {} {}", month.value, "#".repeat(month.count as usize));
        }
    }
    Ok(())
}

/// Returns one page of what *Le Bocage* wrote in 2024, newest first.
///
/// What a person types and what an application wants are two things: filters of the application are set on the search, so
/// that nothing that is typed can widen them.
fn page(index: &Index, typed: &str, number: usize) -> Result<Hits, Error> {
    let year = DateRange { first: Some(Date::new(2024, 1, 1)?), last: Some(Date::new(2024, 12, 31)?) };
    let narrowed = index.search(typed).dates(year).sources(["Le Bocage"]);
    narrowed.sort(Sort::Newest).facets([Facet::Month]).offset(number * PAGE).limit(PAGE).run()
}

fn filled() -> Result<Index, Error> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for number in 0..20_u8 {
        let article = Article::new(number.to_string())
            .title(format!("Le train numéro {number}"))
            .body("Un train est passé.")
            .source(if number % 2 == 0 { "Le Bocage" } else { "La Côte" })
            .date(Date::new(if number < 16 { 2024 } else { 2023 }, 1 + number % 12, 1)?);
        writer.add(article)?;
    }
    writer.commit()?;
    Ok(index)
}

#[test]
fn pages_follow_each_other_within_the_filters() {
    main().unwrap();
    let index = filled().unwrap();
    let typed = "train OU source:Côte OU date:2023";
    let pages: Vec<Hits> = (0..4).map(|number| page(&index, typed, number).unwrap()).collect();
    assert_eq!(pages.iter().map(Hits::len).collect::<Vec<_>>(), [3, 3, 2, 0]);
    assert!(pages.iter().all(|hits| hits.total() == 8), "even numbers below 16");
    let hits: Vec<_> = pages.iter().flatten().collect();
    assert!(hits.iter().all(|hit| hit.article().get_source() == Some("Le Bocage")));
    assert!(hits.windows(2).all(|pair| pair[0].date() >= pair[1].date()));
    assert_eq!(hits.iter().map(|hit| hit.rank()).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
    let ids: std::collections::BTreeSet<_> = hits.iter().map(|hit| hit.id()).collect();
    assert_eq!(ids.len(), 8);
    assert_eq!(pages[0].facets()[0].counts.iter().map(|month| month.count).sum::<u64>(), 8);
}
