//! Records whose fields go by other names: a type of the application's, and files that somebody else wrote.
//!
//! `cargo run -p limier --example mapping`
#![allow(clippy::print_stdout)]

use limier::ingest::ReadOptions;
use limier::{Article, Index, RefreshOptions};
use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A record as some archive exports it.
#[derive(Deserialize)]
struct Dispatch {
    reference: u64,
    accroche: String,
    paragraphes: Vec<String>,
    signature: Option<String>,
    parution: String,
}

impl Dispatch {
    /// Says which field is which; what has no field of its own may go into the text, where it is searched.
    fn into_article(self) -> Result<Article, limier::Error> {
        let article = Article::new(self.reference.to_string())
            .title(self.accroche)
            .body(self.paragraphes.join("\n\n"))
            .source("Agence Méridienne")
            .date(self.parution.parse()?);
        Ok(match self.signature {
            Some(signature) => article.author(signature),
            None => article,
        })
    }
}

const EXPORT: &str = r#"[
    {"reference": 17, "accroche": "Un train de nuit relie Paris à Nice", "parution": "2023-01-02T06:30:00+01:00",
     "paragraphes": ["Le train part à 20 h 52.", "Les cheminots saluent une victoire."], "signature": "Ana Roux"},
    {"reference": 18, "accroche": "Grève à la SNCF", "parution": "2023-02-07", "signature": null,
     "paragraphes": ["Un train sur trois circulera mardi."]}
]"#;

fn main() -> Outcome<()> {
    for (way, index) in [("a type of ours", from_a_type()?), ("a file of theirs", from_a_file()?)] {
        let hits = index.search("cheminot auteur:Roux").run()?;
        println!("{way}: {:?}", hits.iter().map(|hit| (hit.id(), hit.title())).collect::<Vec<_>>());
    }
    Ok(())
}

/// Records that the application has read itself.
fn from_a_type() -> Outcome<Index> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for dispatch in serde_json::from_str::<Vec<Dispatch>>(EXPORT)? {
        writer.add(dispatch.into_article()?)?;
    }
    writer.commit()?;
    Ok(index)
}

/// The same records, read by limier out of a file: field by field, what it is called there.
fn from_a_file() -> Outcome<Index> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("export.json"), EXPORT)?;
    let fields = "id=reference,title=accroche,body=paragraphes,author=signature,date=parution".parse()?;
    let index = Index::in_memory()?;
    // The index remembers it: a later refresh reads the files in the same way.
    index.refresh(&RefreshOptions::new([folder.path()]).read(ReadOptions { fields, ..ReadOptions::default() }))?;
    Ok(index)
}

#[test]
fn every_field_is_where_it_should_be() {
    main().unwrap();
    for index in [from_a_type().unwrap(), from_a_file().unwrap()] {
        let ids = |query: &str| {
            let hits = index.search(query).run().unwrap();
            hits.into_iter().map(|hit| hit.id().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ids("cheminot auteur:Roux"), ["17"]);
        assert_eq!(ids("train date:2023-02"), ["18"]);
        assert_eq!(ids("titre:grève"), ["18"]);
    }
}
