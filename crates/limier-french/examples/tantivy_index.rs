//! An index of one's own in Tantivy: French terms at two levels, and fields and filters that only this application has.
//!
//! `cargo run -p limier-french --example tantivy_index`
#![allow(clippy::print_stdout)]

use std::ops::Bound;

use limier_french::{FrenchAnalyzer, Level, Stop};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument, Term, doc};

/// What the very form of a word is worth beside its stem.
const EXACT: f32 = 0.5;

struct Recipes {
    index: Index,
    analyzer: FrenchAnalyzer,
    name: Field,
    /// Stems: what is found.
    text: Field,
    /// Exact terms of the same text: what was written as it was asked for weighs more.
    exact: Field,
    /// A field of one's own.
    minutes: Field,
}

impl Recipes {
    fn new() -> tantivy::Result<Recipes> {
        let mut schema = Schema::builder();
        let indexed_by = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default()
                .set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions))
        };
        let name = schema.add_text_field("name", STORED);
        let text = schema.add_text_field("text", indexed_by("french") | STORED);
        let exact = schema.add_text_field("exact", indexed_by("french_exact"));
        let minutes = schema.add_u64_field("minutes", FAST | STORED);

        let analyzer = FrenchAnalyzer::new();
        let index = Index::create_in_ram(schema.build());
        // Tokenizers are registered each time an index is opened. Those of one analyzer read a text once for all fields.
        index.tokenizers().register("french", analyzer.tokenizer(Level::Stem));
        index.tokenizers().register("french_exact", analyzer.tokenizer(Level::Exact));
        Ok(Recipes { index, analyzer, name, text, exact, minutes })
    }

    fn fill(&self) -> tantivy::Result<()> {
        let mut writer = self.index.writer_with_num_threads(1, 15_000_000)?;
        for (name, text, minutes) in [
            ("tian", "Coupez l'aubergine et les courgettes en rondelles. Enfournez à four doux.", 70_u64),
            ("soupe", "Faites revenir la courgette, mouillez, mixez.", 25),
            ("tarte", "Disposez les pommes en rosace sur la pâte.", 60),
        ] {
            writer.add_document(doc!(
                self.name => name, self.text => text, self.exact => text, self.minutes => minutes,
            ))?;
        }
        writer.commit()?;
        Ok(())
    }

    /// Makes a query of what a person typed: any string is one, since none of it is read as an operator.
    fn query(&self, typed: &str) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let analysis = self.analyzer.analyze(typed);
        for token in analysis.tokens().filter(|token| token.stop == Stop::None) {
            let term = |field, text| TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
            let exact = BoostQuery::new(Box::new(term(self.exact, token.exact)), EXACT);
            clauses.push((Occur::Should, Box::new(term(self.text, token.stem))));
            clauses.push((Occur::Should, Box::new(exact)));
        }
        BooleanQuery::new(clauses)
    }

    /// Returns the names of the recipes that a query finds and that take no longer than this, best first, each with a
    /// passage in HTML.
    fn search(&self, typed: &str, at_most: u64) -> tantivy::Result<Vec<(String, String)>> {
        let words = self.query(typed);
        let quick = RangeQuery::new(Bound::Unbounded, Bound::Included(Term::from_field_u64(self.minutes, at_most)));
        let query = BooleanQuery::new(vec![(Occur::Must, Box::new(words.clone())), (Occur::Must, Box::new(quick))]);

        let searcher = self.index.reader()?.searcher();
        let snippets = SnippetGenerator::create(&searcher, &words, self.text)?;
        let mut found = Vec::new();
        for (_score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
            let stored: TantivyDocument = searcher.doc(address)?;
            let name = stored.get_first(self.name).and_then(|value| value.as_str()).unwrap_or_default();
            found.push((name.to_owned(), snippets.snippet_from_doc(&stored).to_html()));
        }
        Ok(found)
    }
}

fn main() -> tantivy::Result<()> {
    let recipes = Recipes::new()?;
    recipes.fill()?;
    // An index is of one analyzer: keep its fingerprint beside it, and build it again when it differs.
    println!("analyzer {}", recipes.analyzer.fingerprint());
    for (name, passage) in recipes.search("que faire d'une courgette ?", 90)? {
        println!("{name}: {passage}");
    }
    Ok(())
}

#[test]
fn french_finds_and_fields_of_ones_own_filter() {
    main().unwrap();
    let recipes = Recipes::new().unwrap();
    recipes.fill().unwrap();
    let names = |typed: &str, at_most| {
        let found = recipes.search(typed, at_most).unwrap();
        found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    // Both have the word; one has it as it was typed.
    assert_eq!(names("que faire d'une courgette ?", 90), ["soupe", "tian"]);
    assert_eq!(names("courgettes", 90), ["tian", "soupe"]);
    assert_eq!(names("courgettes", 30), ["soupe"]);
    assert_eq!(names("aubergines", 90), ["tian"]);
    // Tantivy's own query parser would refuse it.
    assert_eq!(names("l'aubergine (", 90), ["tian"]);
    let (_, passage) = &recipes.search("aubergines", 90).unwrap()[0];
    assert!(passage.contains("<b>aubergine</b>"), "{passage}");
}
