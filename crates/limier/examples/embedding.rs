//! An index in a folder of an application: opened or made, filled, searched.
//!
//! `cargo run -p limier --example embedding -- "paye-t-on les artistes ?"`
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::Path;

use limier::{Article, Index};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let query = std::env::args().nth(1).unwrap_or_else(|| "paye-t-on les artistes ?".to_owned());
    println!("{}", answer(folder.path(), &query)?);
    Ok(())
}

/// Returns the answer to a query as it would be shown.
fn answer(folder: &Path, query: &str) -> Outcome<String> {
    // The second time, the index is found as it was left.
    let index = Index::open_or_create(folder.join("articles.idx"))?;
    let mut writer = index.writer()?;
    // An article with the same id replaces the one before.
    writer.add(
        Article::new("sora-1")
            .title("Des artistes en colère contre OpenAI")
            .body("Ils disent avoir testé Sora sans être payés. L'entreprise répond que rien n'obligeait personne.")
            .source("Le Bocage")
            .date("2024-11-26".parse()?),
    )?;
    writer.add(Article::new("orly-1").title("L'avion d'Orly").body("Un avion a décollé d'Orly avec du retard."))?;
    // Durable from here on: it survives a kill right after.
    writer.commit()?;

    let hits = index.search(query).limit(10).run()?;
    let mut answer = format!("{} of {} articles\n", hits.total(), hits.articles());
    for hit in &hits {
        writeln!(answer, "{:.2} {}", hit.score(), hit.title())?;
        for passage in hit.passages() {
            // Or `to_html`, or `text` and `highlights` to light it in a way of one's own.
            writeln!(answer, "  {}", passage.to_ansi())?;
        }
    }
    // What a search has to say beside its hits is data: a code, and values to word it with.
    for note in hits.notes() {
        writeln!(answer, "note: {}", note.code())?;
    }
    Ok(answer)
}

#[test]
fn it_finds_the_article_however_often_it_is_added() {
    main().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let first = answer(folder.path(), "paye-t-on les artistes ?").unwrap();
    assert!(first.starts_with("1 of 2 articles\n"), "{first}");
    assert!(first.contains(" Des artistes en colère contre OpenAI\n"), "{first}");
    assert!(first.contains("sans être \u{1b}[1;31mpayés\u{1b}[0m"), "{first}");
    assert_eq!(answer(folder.path(), "paye-t-on les artistes ?").unwrap(), first);
    let slip = answer(folder.path(), "avoin").unwrap();
    assert!(slip.contains("L'avion d'Orly") && slip.contains("note: mended"), "{slip}");
}
