//! `limier-bench speed`: indexing, opening and searching one text, beside raw Tantivy.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::beir::Text;
use crate::engine::{ENGINES, Kind};
use crate::relevance::Output;
use crate::sample::Sample;
use crate::section::{Better, Section};
use crate::source::Source;
use crate::stats::{median, percentile};
use crate::{analysis, folder, memory, once};

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Texts, one JSON object a line: `_id` or `id`, `title`, `text`.
    pub(crate) file: PathBuf,
    /// How much of the file to read: bytes of text.
    pub(crate) limit: Option<usize>,
    /// How many times everything is measured.
    pub(crate) rounds: usize,
    /// How many queries of each kind are drawn.
    pub(crate) queries: usize,
    /// Which queries are drawn.
    pub(crate) seed: u64,
    /// The form of what is printed.
    pub(crate) output: Output,
    /// This program, which is run anew where memory is measured; `None` leaves that out.
    pub(crate) program: Option<PathBuf>,
}

/// Measures everything and prints a section as soon as it is done.
///
/// # Errors
/// The file cannot be read or holds no text, an engine fails, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let source = Source::File { path: options.file.clone(), limit: options.limit };
    let texts = source.read()?;
    ensure!(!texts.is_empty(), "{} holds no text", options.file.display());
    let bytes: usize = texts.iter().map(Text::bytes).sum();
    let rounds = options.rounds.max(1);
    if options.output == Output::Table {
        let megabytes = bytes as f64 / 1e6;
        writeln!(out, "{} texts, {megabytes:.1} MB, medians of {rounds} interleaved rounds\n", texts.len())?;
    }

    analysis::measure(&texts, rounds).print(options.output, out)?;

    let folders = [tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?];
    let folders: Vec<&Path> = folders.iter().map(tempfile::TempDir::path).collect();
    let program = options.program.as_deref();
    indexing(&texts, bytes, rounds, &folders, program, &source)?.print(options.output, out)?;
    if let Some(program) = program {
        match memory::measure(program, &source, 1)? {
            Some(section) => section.print(options.output, out)?,
            None if options.output == Output::Table => writeln!(out, "memory: not measured on this system\n")?,
            None => {}
        }
    }
    opening(&folders, rounds)?.print(options.output, out)?;
    let sample = Sample::draw(&texts, options.queries, options.seed);
    searching(&folders, &sample, rounds)?.print(options.output, out)
}

/// Indexes with every engine, at one and two threads; the indexes of two threads stay in the folders.
///
/// Each indexing has a process of its own where there is a program: limier keeps the words that it has read, so that in one
/// process all rounds but the first would flatter it, and what an engine leaves of the heap is for the next to find.
fn indexing(
    texts: &[Text],
    bytes: usize,
    rounds: usize,
    folders: &[&Path],
    program: Option<&Path>,
    source: &Source,
) -> Result<Section> {
    let names: Vec<&'static str> = ENGINES.iter().map(|engine| engine.name()).collect();
    let mut section = Section::new("indexing", &names);
    for threads in [1, 2] {
        let mut speeds = vec![Vec::new(); ENGINES.len()];
        for _ in 0..rounds {
            for ((engine, folder), speeds) in ENGINES.iter().zip(folders).zip(&mut speeds) {
                let seconds = match program {
                    Some(program) => {
                        let source = source.clone();
                        once::ask(program, &once::Options { engine: *engine, threads, source, reads_first: true })?
                            .seconds
                    }
                    None => {
                        folder::empty(folder)?;
                        engine.build(folder, threads, &texts)?
                    }
                };
                speeds.push(bytes as f64 / 1e6 / seconds);
            }
        }
        let medians = speeds.iter().map(|speeds| median(speeds)).collect();
        section.row(
            format!("{threads} thread{}", if threads == 1 { "" } else { "s" }),
            "MB/s",
            Better::Higher,
            medians,
        );
    }

    if program.is_some() {
        for (engine, folder) in ENGINES.iter().zip(folders) {
            engine.build(folder, 2, &texts)?;
        }
    }
    let sizes = folders.iter().map(|folder| folder::sizes(folder)).collect::<Result<Vec<_>>>()?;
    let per_byte = |size: u64| size as f64 / bytes as f64;
    let searched = sizes.iter().map(|sizes| per_byte(sizes.searched())).collect();
    section.row("index without stored text", "bytes per byte", Better::Lower, searched);
    section.row("stored text", "bytes per byte", Better::Lower, sizes.iter().map(|s| per_byte(s.stored)).collect());
    Ok(section)
}

/// Opens every index, its files in the system's cache.
fn opening(folders: &[&Path], rounds: usize) -> Result<Section> {
    let names: Vec<&'static str> = ENGINES.iter().map(|engine| engine.name()).collect();
    let mut section = Section::new("opening", &names);
    let mut times = vec![Vec::new(); ENGINES.len()];
    for _ in 0..rounds.max(9) {
        for ((engine, folder), times) in ENGINES.iter().zip(folders).zip(&mut times) {
            let start = Instant::now();
            std::hint::black_box(engine.open(folder)?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    section.row("open an index", "ms", Better::Lower, times.iter().map(|times| median(times)).collect());
    Ok(section)
}

/// Searches every kind of query with every engine in turn.
///
/// A query's time is the median of its rounds; the percentiles are over queries.
fn searching(folders: &[&Path], sample: &Sample, rounds: usize) -> Result<Section> {
    let names: Vec<&'static str> = ENGINES.iter().map(|engine| engine.name()).collect();
    let mut section = Section::new("searching", &names);
    let mut opened =
        ENGINES.iter().zip(folders).map(|(engine, folder)| engine.open(folder)).collect::<Result<Vec<_>>>()?;
    for kind in Kind::ALL {
        let mut times = vec![Vec::new(); ENGINES.len()];
        for query in kind.queries(sample) {
            let mut of_query = vec![Vec::new(); ENGINES.len()];
            for _ in 0..rounds {
                for (engine, times) in opened.iter_mut().zip(&mut of_query) {
                    let start = Instant::now();
                    std::hint::black_box(engine.search(kind, query)?);
                    times.push(start.elapsed().as_secs_f64() * 1e3);
                }
            }
            for (times, of_query) in times.iter_mut().zip(&of_query) {
                times.push(median(of_query));
            }
        }
        for percent in [50.0, 95.0, 99.0] {
            let values = times.iter().map(|times| percentile(times, percent)).collect();
            section.row(format!("{}, p{percent}", kind.name()), "ms", Better::Lower, values);
        }
    }
    Ok(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str, output: Output) -> (tempfile::TempDir, Options) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("texts.jsonl");
        std::fs::write(&file, text).unwrap();
        (folder, Options { file, limit: None, rounds: 1, queries: 12, seed: 1, output, program: None })
    }

    fn texts() -> String {
        let body = "Le tribunal administratif de Paris a suspendu mardi la décision du maire sur la circulation.";
        (0..20).map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Titre {n}\",\"text\":\"{body}\"}}\n")).collect()
    }

    #[test]
    fn every_measure_is_a_positive_number() {
        let (_folder, options) = options(&texts(), Output::Json);
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for row in &rows {
            assert!(row["ratio"].as_f64().is_some_and(|ratio| ratio > 0.0), "{row}");
        }
        for section in ["analysis", "indexing", "opening", "searching"] {
            assert!(rows.iter().any(|row| row["section"] == section), "{section} is missing");
        }
        let searching = rows.iter().filter(|row| row["section"] == "searching").count();
        assert_eq!(searching, 3 * Kind::ALL.len());
    }

    #[test]
    fn an_empty_file_is_an_error() {
        let (_folder, options) = options("\n", Output::Table);
        let error = run(&options, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("holds no text"), "{error}");
    }
}
