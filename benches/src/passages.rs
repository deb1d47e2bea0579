//! `limier-bench passages`: what is shown of the same hits, by limier and by Tantivy's snippet generator, in one run.
//!
//! The hits are limier's first ten of each query, and both are given the same bodies, already in memory. Time is that of
//! the passages of these hits and of what a query needs for them: for Tantivy making its generator, for limier
//! understanding the query.
//!
//! What is shown is judged by rules of neither engine's own making, as far as there are any:
//!
//! - a hit *matches in its body* when the index counts a word of the query there;
//! - a passage is *whole* when it begins where the body, a line or, after a stop and a space, a sentence does, and ends in
//!   the same way: a rule of a few marks, which knows no abbreviations. A semicolon is a stop, with or without a space: it
//!   ends an item of a list, and pages lose the line breaks of their lists. So they do of their paragraphs: before a
//!   capital a stop needs no space, at either end;
//! - a word of the query that the body has is *covered* when something that is lit has its stem.

use std::collections::HashSet;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use limier::Passage;
use limier_french::{FrenchAnalyzer, Stop};
use tantivy::snippet::Snippet;

use crate::baseline::{self, Baseline, Layout};
use crate::beir::Collection;
use crate::chain::Chain;
use crate::relevance::Output;
use crate::section::{Better, Section};
use crate::stats::{median, percentile};
use crate::{long_line, ours};

/// Hits shown of each query.
const HITS: usize = 10;

/// Lengths of Tantivy's snippets in characters: its default, and as much as limier's two passages take.
const LENGTHS: [Option<usize>; 2] = [None, Some(600)];

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Collections in the layout of BEIR.
    pub(crate) folders: Vec<PathBuf>,
    /// Queries of each collection at most, taken evenly.
    pub(crate) queries: usize,
    /// How often each time is taken.
    pub(crate) rounds: usize,
    pub(crate) output: Output,
}

/// Measures each collection, then one line made of the largest, and prints a section as soon as it is done.
///
/// # Errors
/// A collection cannot be read, an engine fails, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut longest: Option<Collection> = None;
    for folder in &options.folders {
        let collection = Collection::read(folder)?;
        if options.output == Output::Table {
            let queries = options.queries.min(collection.queries.len());
            writeln!(out, "{}: the first {HITS} hits of {queries} queries", collection.name)?;
        }
        measure(&collection, options)?.print(options.output, out)?;
        longest = match longest {
            Some(known) if known.text_bytes() >= collection.text_bytes() => Some(known),
            _ => Some(collection),
        };
    }
    match longest {
        Some(collection) => long_line::measure(&collection.texts, options.rounds)?.print(options.output, out),
        None => Ok(()),
    }
}

/// A passage of either engine.
#[derive(Clone, Debug)]
struct Shown {
    text: String,
    lights: Vec<Range<usize>>,
    /// Where it stands in the body; `None` when words were left out in it.
    place: Option<Range<usize>>,
}

/// What one engine showed of all hits.
#[derive(Default)]
struct Tally {
    /// Milliseconds a query.
    times: Vec<f64>,
    hits: usize,
    lit_hits: usize,
    passages: usize,
    whole_passages: usize,
    words: usize,
    covered_words: usize,
}

impl Tally {
    fn add(&mut self, body: &str, matches: bool, words: &HashSet<String>, shown: &[Shown], analyzer: &FrenchAnalyzer) {
        self.passages += shown.len();
        let is_whole = |shown: &&Shown| shown.place.as_ref().is_some_and(|place| is_whole(body, place));
        self.whole_passages += shown.iter().filter(is_whole).count();
        if !matches {
            return;
        }
        self.hits += 1;
        self.lit_hits += usize::from(shown.iter().any(|shown| !shown.lights.is_empty()));
        let lit = shown.iter().flat_map(|shown| shown.lights.iter().filter_map(|light| shown.text.get(light.clone())));
        let lit: HashSet<String> = lit.flat_map(|lit| stems(analyzer, lit)).collect();
        self.words += words.len();
        self.covered_words += words.intersection(&lit).count();
    }
}

fn measure(collection: &Collection, options: &Options) -> Result<Section> {
    let folders = [tempfile::tempdir()?, tempfile::tempdir()?];
    let [own_folder, raw_folder] = &folders;
    ours::build(own_folder.path(), ours::Threads::Default, &collection.texts)?;
    baseline::build(raw_folder.path(), Chain::Tantivy, Layout::TwoFields, 2, &collection.texts)?;
    let (index, mut raw) = (ours::open(own_folder.path())?, Baseline::open(raw_folder.path(), Chain::Tantivy)?);

    let analyzer = FrenchAnalyzer::new();
    let mut tallies: Vec<Tally> = (0..=LENGTHS.len()).map(|_| Tally::default()).collect();
    let step = collection.queries.len().div_ceil(options.queries.max(1)).max(1);
    for query in collection.queries.iter().step_by(step) {
        let hits = index.search(&query.text).limit(HITS).explain(true).without_passages().run()?;
        let bodies: Vec<&str> = hits.iter().map(|hit| hit.article().get_body()).collect();
        if bodies.is_empty() {
            continue;
        }
        let mut times = vec![Vec::new(); tallies.len()];
        let mut all_shown: Vec<Vec<Vec<Shown>>> = vec![Vec::new(); tallies.len()];
        for _ in 0..options.rounds.max(1) {
            for ((engine, times), shown) in times.iter_mut().enumerate().zip(&mut all_shown) {
                let start = Instant::now();
                let elapsed = || start.elapsed().as_secs_f64() * 1e3;
                *shown = match LENGTHS.get(engine) {
                    Some(length) => {
                        let snippets = raw.snippets_of(&query.text, &bodies, *length)?;
                        times.push(elapsed());
                        snippets.iter().map(of_snippet).collect()
                    }
                    None => {
                        let passages = ours::passages_of(&index, &query.text, &bodies)?;
                        times.push(elapsed());
                        passages.iter().map(|passages| passages.iter().map(of_passage).collect()).collect()
                    }
                };
            }
        }
        for ((tally, times), shown) in tallies.iter_mut().zip(&times).zip(&all_shown) {
            tally.times.push(median(times));
            for (hit, shown) in hits.iter().zip(shown) {
                let body = hit.article().get_body();
                let matches = hit.explanation().is_some_and(|why| why.words.iter().any(|word| word.body > 0));
                let held = stems(&analyzer, body);
                let words = stems(&analyzer, &query.text).intersection(&held).cloned().collect();
                tally.add(body, matches, &words, shown, &analyzer);
            }
        }
    }
    Ok(section(&tallies))
}

fn of_snippet(snippet: &Snippet) -> Vec<Shown> {
    if snippet.fragment().is_empty() {
        return Vec::new();
    }
    let (text, lights) = (snippet.fragment().to_owned(), snippet.highlighted().to_vec());
    vec![Shown { text, lights, place: Some(snippet.fragment_range()) }]
}

fn of_passage(passage: &Passage) -> Shown {
    let is_cut = passage.is_shortened();
    let place = (!is_cut).then(|| passage.start()..passage.end());
    Shown { text: passage.text().to_owned(), lights: passage.highlights().to_vec(), place }
}

/// Returns the stems of the words of a text, stop words left out.
fn stems(analyzer: &FrenchAnalyzer, text: &str) -> HashSet<String> {
    let analysis = analyzer.analyze(text);
    analysis.tokens().filter(|token| token.stop == Stop::None).map(|token| token.stem.to_owned()).collect()
}

/// Tells whether a stretch of a text begins and ends where a sentence or a line does.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let closes = |c: char| matches!(c, '»' | '”' | '"' | ')' | ']' | '’' | '*') || c.is_whitespace();
    let ends = |before: &str| {
        let bare = before.trim_end_matches(closes);
        bare.is_empty() || bare.ends_with(['.', '!', '?', '…', ':', ';'])
    };
    let (Some(before), Some(inner), Some(after)) =
        (text.get(..place.start), text.get(place.clone()), text.get(place.end..))
    else {
        return false;
    };
    let breaks = |space: &str| space.contains(['\n', '\r', '\t']);
    let space_before = &before[before.trim_end().len()..];
    let space_after = &after[..after.len() - after.trim_start().len()];
    let is_start = ends(before)
        && (before.is_empty() || !space_before.is_empty() || inner.starts_with(char::is_uppercase))
        || before.ends_with(';')
        || breaks(space_before);
    let is_end = ends(inner) && (after.is_empty() || !space_after.is_empty() || after.starts_with(char::is_uppercase))
        || inner.ends_with(';')
        || breaks(space_after)
        || after.trim().is_empty();
    is_start && is_end && !inner.trim().is_empty()
}

fn section(tallies: &[Tally]) -> Section {
    let mut section = Section::new("passages", &["tantivy", "tantivy-600", "limier"]);
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
    let mut row = |measure: &str, unit, better, value: &dyn Fn(&Tally) -> f64| {
        section.row(measure, unit, better, tallies.iter().map(value).collect());
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    row("ten hits, mean", "ms", Better::Lower, &|tally| mean(&tally.times));
    row("ten hits, median", "ms", Better::Lower, &|tally| median(&tally.times));
    row("ten hits, p99", "ms", Better::Lower, &|tally| percentile(&tally.times, 99.0));
    row("hits that match in the body, with a light", "%", Better::Higher, &|tally| share(tally.lit_hits, tally.hits));
    row("passages that are whole", "%", Better::Higher, &|tally| share(tally.whole_passages, tally.passages));
    row("words of the query covered", "%", Better::Higher, &|tally| share(tally.covered_words, tally.words));
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_passages_begin_and_end_with_sentences_or_lines() {
        let text =
            "Un titre\nIl pleut. « Oui ! » Le pont tient\n\nSoit : un pas ;deux pas ; trois\nLa nuit.Elle tombe.\nFin";
        let whole = |part: &str| {
            let start = text.find(part).unwrap();
            is_whole(text, &(start..start + part.len()))
        };
        for part in [
            "Un titre",
            "Il pleut.",
            "Il pleut. « Oui ! »",
            "« Oui ! »",
            "Le pont tient",
            "un pas ;",
            "deux pas ;",
            "trois",
            "La nuit.",
            "Elle tombe.",
            "Fin",
        ] {
            assert!(whole(part), "{part}");
        }
        for part in
            ["titre", "Il", "pleut.", "pont tient", "Le pont", "Oui", "un pas", "deux pas", "pas ;", "nuit.", "tombe."]
        {
            assert!(!whole(part), "{part}");
        }
    }

    #[test]
    fn both_engines_are_measured_on_a_collection() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let long = "Le vent souffle sur la plaine et la pluie tombe. ".repeat(20);
        write("corpus.jsonl", &format!("{{\"_id\":\"a\",\"title\":\"T\",\"text\":\"{long}Les avions volent.\"}}\n"));
        write("queries.jsonl", "{\"_id\":\"q\",\"text\":\"un avion absent\"}\n");
        write("qrels.tsv", "q\ta\t1\n");
        let folders = vec![folder.path().to_owned()];
        let mut out = Vec::new();
        run(&Options { folders, queries: 5, rounds: 1, output: Output::Json }, &mut out).unwrap();
        let rows: Vec<serde_json::Value> =
            String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let value = |measure: &str, engine: &str| {
            let row = rows.iter().find(|row| row["measure"].as_str().unwrap().contains(measure)).unwrap();
            row["values"][engine].as_f64().unwrap()
        };
        for engine in ["tantivy", "limier"] {
            assert!(value("mean", engine) > 0.0);
            assert_eq!(value("with a light", engine), 100.0);
            assert_eq!(value("covered", engine), 100.0);
        }
        assert_eq!(value("whole", "limier"), 100.0);
        assert_eq!(value("whole", "tantivy"), 0.0);
    }
}
