//! Judged queries, asked to the built program: what must be found, what must not, what ranks first.
//!
//! What is known to fail stands in the files beside; a test fails, too, when one of these begins to hold.
#![allow(clippy::unwrap_used, clippy::panic)]

mod equivalences;

use std::path::Path;

use limier_tests::{Sandbox, failures, project, read_expected, read_judged, shared, surprises};

/// Asks all queries of a file to an index of a folder that is built once, and compares with what is expected to fail.
fn check(folder: &Path, queries: &Path, expected: &str) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_limier"));
    let folder = folder.to_string_lossy();
    sandbox.run(&["index", "--index", "idx", &folder]).code(0);
    let judged = read_judged(queries);
    let failures = failures(&judged, |query| {
        let run = sandbox.run(&[
            "search",
            "--index",
            "idx",
            "--no-refresh",
            "--json",
            "--passages",
            "0",
            "-n",
            "10000",
            "--",
            query,
        ]);
        assert!(matches!(run.code, Some(0 | 1)), "{}", run.shown());
        run.ids()
    });
    if let Some(told) = surprises(&judged, &failures, &read_expected(expected)) {
        panic!("{}: {told}", queries.display());
    }
}

#[test]
fn the_corpus_answers_its_queries() {
    let expected = include_str!("corpus-fails.txt");
    check(&project("corpus"), &project("tests/queries/corpus.jsonl"), expected);
}

#[test]
fn the_corpus_answers_queries_with_operators() {
    let expected = include_str!("operators-fail.txt");
    check(&project("corpus"), &project("tests/queries/operators.jsonl"), expected);
}

#[test]
fn the_seeds_answer_their_queries() {
    let (Some(seeds), Some(queries)) = (shared("seeds"), shared("seeds-queries.jsonl")) else { return };
    check(&seeds, &queries, include_str!("seeds-fail.txt"));
}
