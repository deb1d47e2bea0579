//! What every public type promises, checked as this file is compiled; and that none is forgotten here.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;

use limier_french::{
    Alternates, Analysis, Fingerprint, FrenchAnalyzer, FrenchAnalyzerBuilder, FrenchTokenStream, FrenchTokenizer,
    Level, Repeats, Rule, Stop, StopTokens, StopWords, Token, Wanted,
};

fn is_shared<T: Clone + Debug + Send + Sync>() {}

/// A stream reads what its thread remembers: it is the one type that stays on its thread.
fn is_debug<T: Debug>() {}

#[cfg(feature = "serde")]
fn is_data<T: Clone + Debug + Send + Sync + serde::Serialize>() {}

#[test]
fn types_promise_what_they_can() {
    is_shared::<FrenchAnalyzer>();
    is_shared::<FrenchAnalyzerBuilder>();
    is_shared::<FrenchTokenizer>();
    is_shared::<StopTokens>();
    is_shared::<Alternates>();
    is_shared::<Repeats>();
    is_shared::<StopWords>();
    is_shared::<Wanted>();
    is_debug::<FrenchTokenStream<'_>>();
}

#[cfg(feature = "serde")]
#[test]
fn what_an_analysis_gives_is_serialized() {
    is_data::<Analysis>();
    is_data::<Token<'_>>();
    is_data::<Level>();
    is_data::<Stop>();
    is_data::<Rule>();
    is_data::<Fingerprint>();

    let analyzer = FrenchAnalyzer::new();
    let json = serde_json::to_value(analyzer.analyze("d'œuvre")).unwrap();
    let expected = serde_json::json!([{
        "start": 2, "end": 8, "position": 0, "span": 1, "exact": "oeuvre", "lemma": "oeuvre", "stem": "oeuvr",
        "stop": "none", "alternate": false, "rule": "elision",
    }]);
    assert_eq!(json, expected);
    for rule in Rule::ALL {
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
    }
    assert_eq!(serde_json::to_value(analyzer.fingerprint()).unwrap(), analyzer.fingerprint().to_string());
}

#[test]
fn no_public_type_is_forgotten() {
    let exported = include_str!("../src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub use "));
    let names = exported.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    // What begins with a capital and goes on otherwise is a type.
    let types = names.filter(|name| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase));
    let (mut count, here) = (0, include_str!("interface.rs"));
    for name in types {
        let is_asserted = [">", "<'_>>"].iter().any(|end| here.contains(&format!("::<{name}{end}();")));
        assert!(is_asserted, "{name} promises nothing here");
        count += 1;
    }
    assert!(count > 10, "{count} types found");
}
