//! `limier-bench growth`: the same measures at several sizes of text, and the power of the size with which each cost grows.

mod fit;

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::json;

use self::fit::exponent;
use crate::beir::Text;
use crate::chain::Chain;
use crate::engine::{Engine, Kind};
use crate::folder;
use crate::once;
use crate::relevance::Output;
use crate::sample::Sample;
use crate::source::Source;
use crate::stats::{median, percentile};
use crate::table::Table;

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Texts; without a file, synthetic text.
    pub(crate) file: Option<PathBuf>,
    /// Bytes of text of each size.
    pub(crate) sizes: Vec<usize>,
    /// How many times everything is measured.
    pub(crate) rounds: usize,
    /// How many queries of each kind are drawn from the smallest size, and searched at all.
    pub(crate) queries: usize,
    /// Which text is made, and which queries are drawn.
    pub(crate) seed: u64,
    /// The form of what is printed.
    pub(crate) output: Output,
    /// This program, which is run anew where memory is measured; `None` leaves that out.
    pub(crate) program: Option<PathBuf>,
}

/// Threads that index.
const THREADS: usize = 2;

const ENGINES: [Engine; 2] = [Engine::Raw(Chain::Tantivy), Engine::Limier];

const KINDS: [Kind; 4] = [Kind::Top(10), Kind::Passages, Kind::Phrase, Kind::Prefix];

/// One cost of one engine, a value a size.
#[derive(Clone, Debug)]
struct Cost {
    engine: &'static str,
    measure: String,
    unit: &'static str,
    values: Vec<f64>,
}

/// Measures every size and prints one table.
///
/// # Errors
/// The file cannot be read or is smaller than two of the sizes, an engine fails, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut sizes = options.sizes.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let largest = sizes.last().copied().unwrap_or(0);
    let source = |bytes| match &options.file {
        Some(path) => Source::File { path: path.clone(), limit: Some(bytes) },
        None => Source::Synthetic { bytes, seed: options.seed },
    };
    let texts = source(largest).read()?;
    let total: usize = texts.iter().map(Text::bytes).sum();
    sizes.retain(|size| *size <= total);
    ensure!(sizes.len() >= 2, "{total} bytes of text: two sizes at least are needed, none larger than the text");

    let smallest = beginning(&texts, sizes.first().copied().unwrap_or(0));
    let sample = Sample::draw(smallest, options.queries, options.seed);
    let mut costs: Vec<Cost> = Vec::new();
    for &size in &sizes {
        let part = beginning(&texts, size);
        let mut at_size = measure(part, &sample, options.rounds.max(1))?;
        if let Some(program) = &options.program {
            at_size.extend(memory(program, &source(size))?);
        }
        for cost in at_size {
            match costs.iter_mut().find(|known| known.engine == cost.engine && known.measure == cost.measure) {
                Some(known) => known.values.extend(cost.values),
                None => costs.push(cost),
            }
        }
    }
    let kind = if options.file.is_some() { "real" } else { "synthetic" };
    print(options.output, kind, &sizes, &costs, out)
}

/// Returns the texts that begin within so many bytes.
fn beginning(texts: &[Text], bytes: usize) -> &[Text] {
    let mut sum = 0;
    let begins_within = |text: &&Text| {
        let begin = sum;
        sum += text.bytes();
        begin < bytes
    };
    let count = texts.iter().take_while(begins_within).count();
    texts.get(..count).unwrap_or(texts)
}

/// Measures both engines in turns at one size.
fn measure(texts: &[Text], sample: &Sample, rounds: usize) -> Result<Vec<Cost>> {
    let folders = [tempfile::tempdir()?, tempfile::tempdir()?];
    let mut seconds = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for ((engine, folder), seconds) in ENGINES.iter().zip(&folders).zip(&mut seconds) {
            folder::empty(folder.path())?;
            seconds.push(engine.build(folder.path(), THREADS, &texts)?);
        }
    }
    let mut costs = Vec::new();
    let mut add = |engine: Engine, measure: &str, unit, value| {
        costs.push(Cost { engine: engine.name(), measure: measure.to_owned(), unit, values: vec![value] });
    };
    for ((engine, folder), seconds) in ENGINES.iter().zip(&folders).zip(&seconds) {
        let sizes = folder::sizes(folder.path())?;
        add(*engine, "indexing, 2 threads", "s", median(seconds));
        add(*engine, "index without stored text", "MB", sizes.searched() as f64 / 1e6);
        let mut times = Vec::new();
        for _ in 0..rounds.max(9) {
            let start = Instant::now();
            std::hint::black_box(engine.open(folder.path())?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        add(*engine, "opening", "ms", median(&times));
    }
    let mut opened =
        ENGINES.iter().zip(&folders).map(|(engine, folder)| engine.open(folder.path())).collect::<Result<Vec<_>>>()?;
    for kind in KINDS {
        let mut times = [Vec::new(), Vec::new()];
        for query in kind.queries(sample) {
            let mut of_query = [Vec::new(), Vec::new()];
            for _ in 0..rounds {
                for (engine, times) in opened.iter_mut().zip(&mut of_query) {
                    let start = Instant::now();
                    std::hint::black_box(engine.search(kind, query)?);
                    times.push(start.elapsed().as_secs_f64() * 1e3);
                }
            }
            times.iter_mut().zip(&of_query).for_each(|(times, of_query)| times.push(median(of_query)));
        }
        for (engine, times) in ENGINES.iter().zip(&times) {
            for percent in [50.0, 99.0] {
                add(*engine, &format!("{}, p{percent}", kind.name()), "ms", percentile(times, percent));
            }
        }
    }
    Ok(costs)
}

/// Measures the memory of both engines in processes of their own; nothing where the system does not tell.
fn memory(program: &std::path::Path, source: &Source) -> Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for engine in ENGINES {
        let cost = once::ask(
            program,
            &once::Options { engine, threads: THREADS, source: source.clone(), reads_first: false },
        )?;
        let measure = "peak anonymous memory".to_owned();
        costs.extend(cost.bytes.map(|bytes| Cost {
            engine: engine.name(),
            measure,
            unit: "MB",
            values: vec![bytes as f64 / 1e6],
        }));
    }
    Ok(costs)
}

fn print(output: Output, kind: &str, sizes: &[usize], costs: &[Cost], out: &mut dyn Write) -> Result<()> {
    let megabytes: Vec<f64> = sizes.iter().map(|size| *size as f64 / 1e6).collect();
    if output == Output::Json {
        for cost in costs {
            let line = json!({
                "section": "growth",
                "text": kind,
                "engine": cost.engine,
                "measure": cost.measure,
                "unit": cost.unit,
                "megabytes": megabytes,
                "values": cost.values,
                "exponent": exponent(&megabytes, &cost.values),
            });
            writeln!(out, "{line}")?;
        }
        return Ok(());
    }
    let mut table = Table::default();
    let mut header = vec![format!("growth, {kind} text"), String::new()];
    header.extend(megabytes.iter().map(|size| format!("{size} MB")));
    header.push("exponent".to_owned());
    table.row(header);
    let mut measures: Vec<&str> = costs.iter().map(|cost| cost.measure.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    measures.retain(|measure| seen.insert(*measure));
    for cost in measures.iter().flat_map(|measure| costs.iter().filter(|cost| cost.measure == **measure)) {
        let mut row = vec![format!("{}, {}", cost.measure, cost.unit), cost.engine.to_owned()];
        row.extend(cost.values.iter().map(|value| crate::section::three_digits(*value)));
        row.push(exponent(&megabytes, &cost.values).map_or("-".to_owned(), |exponent| format!("{exponent:.2}")));
        table.row(row);
    }
    table.write(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(sizes: &[usize], output: Output) -> Options {
        let sizes = sizes.to_vec();
        Options { file: None, sizes, rounds: 1, queries: 12, seed: 1, output, program: None }
    }

    #[test]
    fn every_cost_has_a_value_a_size_and_an_exponent() {
        let mut out = Vec::new();
        run(&options(&[200_000, 100_000], Output::Json), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), ENGINES.len() * (3 + 2 * KINDS.len()));
        for row in &rows {
            let values: Vec<f64> = row["values"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            assert!(values.len() == 2 && values.iter().all(|value| *value > 0.0), "{row}");
            assert!(row["exponent"].is_f64() && row["text"] == "synthetic", "{row}");
        }
        let size = |engine: &str| {
            let row = rows.iter().find(|row| row["engine"] == engine && row["unit"] == "MB").unwrap();
            (row["values"][0].as_f64().unwrap(), row["values"][1].as_f64().unwrap())
        };
        assert!(size("limier").1 > 1.5 * size("limier").0 && size("tantivy").1 > size("tantivy").0);
    }

    #[test]
    fn a_file_too_small_for_two_sizes_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("texts.jsonl");
        std::fs::write(&file, "{\"id\":1,\"text\":\"abcdefgh\"}\n".repeat(20)).unwrap();
        let options = Options { file: Some(file), ..options(&[100, 1_000], Output::Table) };
        let error = run(&options, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("160 bytes"), "{error}");
    }
}
