//! What is fuzzed, as plain functions of bytes: each panics when a promise is broken, and does nothing else.
//!
//! `cargo fuzz run --features libfuzzer TARGET` runs them with coverage (nightly); `cargo run --release -- TARGET COUNT`
//! runs them with random changes of the seeds, on any toolchain.

mod opening;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use limier::Query;
use limier::ingest::{self, Item, Kind, Origin};
use limier_french::{Analysis, FrenchAnalyzer};

pub use opening::opening;

static ANALYZER: LazyLock<FrenchAnalyzer> = LazyLock::new(FrenchAnalyzer::new);

/// A target: its name, the function, and the seeds that it begins with.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] =
    &[("analyzer", analyzer), ("query", query), ("sentences", sentences), ("reader", reader), ("opening", opening)];

/// Analyses a text: offsets are ordered, lie in it and on its characters, positions never go back.
pub fn analyzer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut analysis = Analysis::new();
    ANALYZER.analyze_into(&text, &mut analysis);
    let mut position = 0;
    for token in analysis.tokens() {
        assert!(text.get(token.start..token.end).is_some(), "{token:?}");
        assert!(token.start < token.end, "{token:?}");
        assert!(token.position >= position, "{token:?}");
        position = token.position;
    }
}

/// Parses a query: every text is one, and what is told of it points into it.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = Query::parse(&text);
    assert_eq!(query.text(), text);
    for issue in query.issues() {
        assert!(text.get(issue.start..issue.end).is_some(), "{issue:?}");
    }
    // What is strict refuses the same, and no more.
    assert_eq!(Query::parse_strict(&text).is_err(), !query.issues().is_empty());
}

/// Breaks a text into sentences: ordered, on characters, bounded, and nothing but white space between them.
pub fn sentences(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for range in limier::passage::sentences(&text) {
        assert!(range.start < range.end && range.len() <= 1_200, "{range:?}");
        let between = text.get(end..range.start).unwrap_or_else(|| panic!("{range:?} after {end}"));
        assert!(between.chars().all(char::is_whitespace), "{between:?}");
        let sentence = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?}"));
        assert_eq!(sentence.trim(), sentence);
        end = range.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "{:?}", &text[end..]);
}

/// Names that choose each reader; the first byte of the data chooses among them.
const NAMES: &[&str] = &[
    "a.txt",
    "a.md",
    "a.jsonl",
    "a.html",
    "a.csv",
    "a.tsv",
    "a.json",
    "a.epub",
    "a.odt",
    "a.docx",
    "a.txt.gz",
    "a.jsonl.zst",
    "a.xml",
    "a.eml",
    "a.srt",
    "a.tex",
];

/// Reads a file of any kind: bytes never fail to be read, and lines count from one.
pub fn reader(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let Ok(kind) = Kind::of(name) else { return };
    let origin = Origin::file(Path::new("dossier"), name);
    let mut records = 0;
    let outcome = ingest::read(&mut &*data, kind, &origin, &Default::default(), &mut |item| {
        if let Item::Record(record) = item {
            records += 1;
            assert!(!record.article.get_body().is_empty() || !record.article.get_title().is_empty(), "{record:?}");
        }
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok() || records == 0 || !kind.is_read_whole(), "{outcome:?}");
}
