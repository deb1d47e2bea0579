//! What is fuzzed, as plain functions of bytes: each panics when a promise is broken, and does nothing else.
//!
//! `fuzz/coverage.sh TARGET` runs one by libFuzzer, which looks for inputs that reach new code; `cargo run --release --
//! TARGET COUNT` runs it with random changes of the seeds.

mod opening;
mod reading;
mod searching;

use std::sync::LazyLock;

use limier::Query;
use limier_french::{Analysis, FrenchAnalyzer};

pub use opening::opening;
pub use reading::{office, reader};
pub use searching::{search, synonyms};

static ANALYZER: LazyLock<FrenchAnalyzer> = LazyLock::new(FrenchAnalyzer::new);

/// A target: its name, which its seeds have, too, and the function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("analyzer", analyzer),
    ("query", query),
    ("sentences", sentences),
    ("reader", reader),
    ("office", office),
    ("search", search),
    ("synonyms", synonyms),
    ("opening", opening),
];

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
