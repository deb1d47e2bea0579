//! What every public type promises, checked as this file is compiled; and that none is forgotten here.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;

use limier::passage::{
    Boilerplate, ByForm, Measure, Order, PassageOptions, Passager, PhraseTarget, Sentences, Target, TargetKind, Targets,
};
use limier::query::{Clause, DateRange, Field, Issue, IssueKind, Node, Occur};
use limier::{
    Article, Damage, Date, Error, ErrorKind, Explanation, Facet, FacetCount, FacetCounts, Hit, Hits, Holder, Index,
    Note, Passage, Period, Query, RankedIds, Ranking, Search, Sort, Stats, Suggest, Suggestion, Swept, Synonyms,
    SynonymsIssue, SynonymsIssueKind, Timeline, TimelineCount, Verification, WordExplanation, Writer, WriterOptions,
};
use serde::Serialize;

/// Whatever it is, it may move to another thread, be used by several, and be looked at in a debugger.
fn is_shared<T: Debug + Send + Sync + ?Sized>() {}

/// An option: it can also be copied and handed on.
fn is_option<T: Clone + Debug + Send + Sync>() {}

/// A result: it can also be compared, stored and sent.
fn is_data<T: Clone + Debug + PartialEq + Send + Sync + Serialize>() {}

fn is_error<T: std::error::Error + Send + Sync + 'static>() {}

fn may_be_shared<T: Send + Sync + ?Sized>() {}

#[test]
fn handles_and_options_may_be_shared() {
    is_shared::<Index>();
    is_shared::<Writer>();
    is_shared::<Passager<'_>>();
    is_shared::<Sentences<'_>>();
    is_shared::<Search<'_>>();
    is_option::<Search<'_>>();
    is_option::<Suggest<'_>>();
    is_option::<Sentences<'_>>();
    is_option::<Index>();
    is_option::<WriterOptions>();
    is_option::<PassageOptions>();
    is_option::<Ranking>();
    is_option::<Sort>();
    is_option::<Synonyms>();
    is_option::<Order>();
    is_option::<Measure>();
    is_option::<ByForm>();
    may_be_shared::<dyn Boilerplate>();
    is_error::<Error>();
}

#[test]
fn results_are_data() {
    is_data::<Article>();
    is_data::<Date>();
    is_data::<ErrorKind>();
    is_data::<Holder>();
    is_data::<Stats>();
    is_data::<Swept>();
    is_data::<Verification>();
    is_data::<Damage>();
    is_data::<Hits>();
    is_data::<Hit>();
    is_data::<RankedIds>();
    is_data::<Passage>();
    is_data::<Explanation>();
    is_data::<WordExplanation>();
    is_data::<Facet>();
    is_data::<FacetCounts>();
    is_data::<FacetCount>();
    is_data::<Note>();
    is_data::<SynonymsIssue>();
    is_data::<SynonymsIssueKind>();
    is_data::<Suggestion>();
    is_data::<Period>();
    is_data::<Timeline>();
    is_data::<TimelineCount>();
    is_data::<Query>();
    is_data::<Node>();
    is_data::<Clause>();
    is_data::<Occur>();
    is_data::<Field>();
    is_data::<DateRange>();
    is_data::<Issue>();
    is_data::<IssueKind>();
    is_data::<Targets>();
    is_data::<Target>();
    is_data::<TargetKind>();
    is_data::<PhraseTarget>();
}

#[cfg(feature = "files")]
mod files {
    use limier::ingest::{
        Charset, Command, Decoded, Encoding, FieldNames, FileEntry, Globs, Item, Kind, Limits, Listing, Origin,
        Outcome, ReadOptions, Record, RecurringLines, Skip, Skipped, Stamp, Walk,
    };
    use limier::{Progress, RefreshOptions, RefreshReport, Repair};

    use super::{is_data, is_option};

    #[test]
    fn options_may_be_shared() {
        is_option::<RefreshOptions>();
        is_option::<Globs>();
        is_option::<Walk>();
    }

    #[test]
    fn results_are_data() {
        is_data::<Progress>();
        is_data::<RefreshReport>();
        is_data::<Repair>();
        is_data::<Charset>();
        is_data::<Command>();
        is_data::<Decoded<'_>>();
        is_data::<Encoding>();
        is_data::<FieldNames>();
        is_data::<FileEntry>();
        is_data::<Item>();
        is_data::<Kind>();
        is_data::<Limits>();
        is_data::<Listing>();
        is_data::<Origin>();
        is_data::<Outcome>();
        is_data::<ReadOptions>();
        is_data::<Record>();
        is_option::<RecurringLines>();
        is_data::<Skip>();
        is_data::<Skipped>();
        is_data::<Stamp>();
    }

    /// A name that is not UTF-8 is no reason for a report not to be written.
    #[cfg(unix)]
    #[test]
    fn paths_of_any_bytes_are_serialized() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::path::Path;

        let name = Path::new(OsStr::from_bytes(b"caf\xe9.txt"));
        let json = serde_json::to_value(Origin::file(name, "")).unwrap();
        assert_eq!(json, serde_json::json!({"file": {"root": "caf\u{fffd}.txt", "relative": ""}}));
    }

    #[test]
    fn a_hash_is_serialized_as_digits() {
        let origin = Origin::StandardInput;
        let mut sink = |_| std::ops::ControlFlow::Continue(());
        let read = limier::ingest::read(&mut &b""[..], Kind::Text, &origin, &ReadOptions::default(), &mut sink);
        let outcome = read.unwrap();
        let json = serde_json::to_value(outcome).unwrap();
        // XXH3 of nothing, as its authors publish it.
        assert_eq!(json["hash"], "99aa06d3014798d86001c324468d497f");
        assert_eq!(json["hash"].as_str().map(|hash| u128::from_str_radix(hash, 16)), Some(Ok(outcome.hash)));
    }
}

#[test]
fn an_answer_is_serialized_as_it_is_read() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let article = Article::new("orly").title("L'avion d'Orly").body("Un avion a décollé.");
    writer.add(article.source("L'Écho").date("2024-11-26".parse().unwrap())).unwrap();
    writer.commit().unwrap();
    let hits = index.search("avion Orly (").facets([Facet::Source]).explain(true).run().unwrap();
    let json = serde_json::to_value(&hits).unwrap();
    assert_eq!((&json["total"], &json["articles"]), (&1.into(), &1.into()));
    assert_eq!(json["notes"][0]["issue"], "unbalanced-parenthesis");
    assert_eq!(json["facets"][0], serde_json::json!({"facet": "source", "counts": [{"value": "L'Écho", "count": 1}]}));
    let hit = &json["hits"][0];
    assert_eq!(hit["article"]["date"], "2024-11-26");
    assert_eq!(hit["title_highlights"], serde_json::json!([[2, 7], [10, 14]]));
    assert_eq!(hit["passages"][0]["highlights"], serde_json::json!([[3, 8]]));
    assert_eq!(hit["explanation"]["words"][0]["word"], "avion");
    // What goes in comes out again.
    let read: Article = serde_json::from_value(hit["article"].clone()).unwrap();
    assert_eq!(&read, hits.first().unwrap().article());
}

#[test]
fn a_query_is_serialized_as_its_tree() {
    let json = serde_json::to_value(Query::parse("titre:Orly SAUF date:2024-11 \"")).unwrap();
    assert_eq!(json["root"]["except"][0], serde_json::json!({"in": ["title", {"words": "Orly"}]}), "{json}");
    assert_eq!(json["issues"][0]["kind"], "unbalanced-quote");
}

#[test]
fn kinds_of_issues_are_serialized_as_their_codes() {
    let odd = ["\"", "(avion", "avion ET", "lieu:avion", "titre:()", "date:hier", &"(".repeat(64), &"+a ".repeat(500)];
    let kinds: Vec<IssueKind> =
        odd.iter().flat_map(|text| Query::parse(text).issues().to_vec()).map(|i| i.kind).collect();
    for kind in &kinds {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
    let distinct: std::collections::HashSet<_> = kinds.iter().collect();
    assert_eq!(distinct.len(), 8, "{kinds:?}");
}

#[test]
fn no_public_type_is_forgotten() {
    let sources = [
        include_str!("../src/lib.rs"),
        include_str!("../src/query/mod.rs"),
        include_str!("../src/passage/mod.rs"),
        include_str!("../src/ingest/mod.rs"),
    ];
    let here = include_str!("interface.rs");
    let mut count = 0;
    for source in sources {
        let exported = source.split(';').filter_map(|item| item.split_once("pub use ")).map(|(_, names)| names);
        let exported: String = exported.collect::<Vec<_>>().join(" ");
        // Types that are written where the module is, such as a passage.
        let written = source.lines().filter_map(|line| line.strip_prefix("pub struct "));
        let written = written.filter_map(|line| line.split(|c: char| !c.is_alphanumeric()).next());
        let names = exported.split(|c: char| !c.is_alphanumeric() && c != '_').chain(written);
        // What begins with a capital and goes on otherwise is a type or a trait.
        for name in names.filter(|name| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)) {
            let ends = [format!("::<{name}>();"), format!("::<{name}<'_>>();"), format!("::<dyn {name}>();")];
            assert!(ends.iter().any(|end| here.contains(end)), "{name} promises nothing here");
            count += 1;
        }
    }
    assert!(count > 60, "{count} types found");
}
