//! `limier-bench relevance`: how well judged collections are searched, beside raw Tantivy.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::baseline::{self, Baseline, Layout};
use crate::beir::{Collection, JudgedQuery};
use crate::chain::Chain;
use crate::metrics::Scores;
use crate::stats::{paired_p_value, percentile};
use crate::{folder, ours, run_file};

/// How many hits are asked for: as far as recall@100 looks.
const DEPTH: usize = 100;

/// A toy collection does not count in the mean difference: articles.
const TOY: usize = 100;

/// What to measure, and where to put it.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Collections in the layout of BEIR.
    pub(crate) folders: Vec<PathBuf>,
    /// JSON objects instead of a table.
    pub(crate) output: Output,
    /// Where to write limier's rankings as a TREC run.
    pub(crate) run: Option<PathBuf>,
    /// Where to write the measures of each query as JSON Lines.
    pub(crate) per_query: Option<PathBuf>,
    /// Whether raw Tantivy is measured too.
    pub(crate) compare: Compare,
    /// Seed of the slips that are planted into the queries; none without it.
    pub(crate) slips: Option<u64>,
}

/// The form of what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Table,
    Json,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    Alone,
    WithBaseline,
}

/// Answers a query by ids and scores, best first.
type SearchFn = Box<dyn FnMut(&str) -> Result<Vec<(String, f32)>>>;

/// One engine that holds a collection: a way to search it, and what it measured so far.
struct Contestant {
    name: &'static str,
    search: SearchFn,
    scores: Vec<Scores>,
    milliseconds: Vec<f64>,
    sizes: folder::Sizes,
    build_seconds: f64,
    // Removed from the disk when dropped.
    _folder: tempfile::TempDir,
}

impl Contestant {
    /// Indexes a collection with limier's default settings.
    fn limier(collection: &Collection) -> Result<Contestant> {
        let folder = tempfile::tempdir()?;
        let build_seconds = ours::build(folder.path(), ours::Threads::Default, &collection.texts)?;
        let index = ours::open(folder.path())?;
        let sizes = folder::sizes(folder.path())?;
        let search = Box::new(move |query: &str| ours::top(&index, query, DEPTH));
        Ok(Contestant::new("limier", search, sizes, build_seconds, folder))
    }

    /// Indexes a collection with raw Tantivy.
    fn tantivy(collection: &Collection, layout: Layout) -> Result<Contestant> {
        let folder = tempfile::tempdir()?;
        let build_seconds = baseline::build(folder.path(), Chain::Tantivy, layout, 1, &collection.texts)?;
        let mut index = Baseline::open(folder.path(), Chain::Tantivy)?;
        let sizes = folder::sizes(folder.path())?;
        let search = Box::new(move |query: &str| {
            let query = index.any_term(query);
            index.top(query.as_ref(), DEPTH)
        });
        Ok(Contestant::new(layout.name(), search, sizes, build_seconds, folder))
    }

    fn new(
        name: &'static str,
        search: SearchFn,
        sizes: folder::Sizes,
        build_seconds: f64,
        folder: tempfile::TempDir,
    ) -> Contestant {
        let (scores, milliseconds) = (Vec::new(), Vec::new());
        Contestant { name, search, scores, milliseconds, sizes, build_seconds, _folder: folder }
    }

    /// Searches one query, measures the answer, and returns it.
    fn answer(&mut self, query: &JudgedQuery) -> Result<Vec<(String, f32)>> {
        let start = Instant::now();
        let ranking = (self.search)(&query.text).with_context(|| format!("{}: query {}", self.name, query.id))?;
        self.milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
        self.scores.push(Scores::of(ranking.iter().map(|(id, _)| id.as_str()), &query.gains));
        Ok(ranking)
    }

    fn ndcgs(&self) -> Vec<f64> {
        self.scores.iter().map(|scores| scores.ndcg10).collect()
    }

    fn to_json(&self) -> Value {
        let mean = Scores::mean(&self.scores);
        json!({
            "ndcg10": mean.ndcg10,
            "mrr10": mean.mrr10,
            "recall100": mean.recall100,
            "p50_ms": percentile(&self.milliseconds, 50.0),
            "p99_ms": percentile(&self.milliseconds, 99.0),
            "index_bytes": self.sizes.total,
            "stored_bytes": self.sizes.stored,
            "build_seconds": self.build_seconds,
        })
    }
}

/// The difference to the better of the baselines.
struct Difference<'c> {
    better: &'c Contestant,
    /// Relative, in per cent of the baseline's nDCG@10.
    percent: f64,
    p_value: f64,
    /// limier's time divided by that of the faster baseline.
    time_p50: f64,
    time_p99: f64,
    /// Index sizes without stored text, divided.
    index: f64,
}

impl<'c> Difference<'c> {
    fn between(limier: &Contestant, baselines: &'c [Contestant]) -> Option<Difference<'c>> {
        let ndcg = |contestant: &Contestant| Scores::mean(&contestant.scores).ndcg10;
        // Of two that are equal, the first.
        let better = baselines.iter().rev().max_by(|a, b| ndcg(a).total_cmp(&ndcg(b)))?;
        let fastest = |percent: f64| {
            baselines.iter().map(|b| percentile(&b.milliseconds, percent)).min_by(f64::total_cmp).unwrap_or(f64::NAN)
        };
        Some(Difference {
            better,
            percent: 100.0 * (ndcg(limier) / ndcg(better) - 1.0),
            p_value: paired_p_value(&limier.ndcgs(), &better.ndcgs()),
            time_p50: percentile(&limier.milliseconds, 50.0) / fastest(50.0),
            time_p99: percentile(&limier.milliseconds, 99.0) / fastest(99.0),
            index: limier.sizes.searched() as f64 / better.sizes.searched() as f64,
        })
    }
}

/// Measures every collection and prints a line for each as soon as it is done.
///
/// # Errors
/// A collection cannot be read, an engine fails, or an output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let create = |path: &PathBuf| -> Result<BufWriter<File>> {
        Ok(BufWriter::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?))
    };
    let mut run_file = options.run.as_ref().map(create).transpose()?;
    let mut per_query = options.per_query.as_ref().map(create).transpose()?;
    if options.output == Output::Table {
        writeln!(out, "{}", header(options.compare))?;
    }

    let mut differences = Vec::new();
    for folder in &options.folders {
        let collection = Collection::read(folder)?.with_slips(options.slips);
        let mut limier = Contestant::limier(&collection)?;
        let layouts: &[Layout] = if options.compare == Compare::WithBaseline { &Layout::ALL } else { &[] };
        let mut baselines =
            layouts.iter().map(|&layout| Contestant::tantivy(&collection, layout)).collect::<Result<Vec<_>>>()?;

        for query in &collection.queries {
            // Engines take turns, so that a disturbance of the machine meets them all.
            let ranking = limier.answer(query)?;
            let others = baselines.iter_mut().map(|b| b.answer(query)).collect::<Result<Vec<_>>>()?;
            if let Some(file) = &mut run_file {
                run_file::write(file, &query.id, &ranking)?;
            }
            if let Some(file) = &mut per_query {
                let line = per_query_json(&collection.name, query, &limier, &ranking, &baselines, &others);
                writeln!(file, "{line}")?;
            }
        }

        let difference = Difference::between(&limier, &baselines);
        match options.output {
            Output::Json => writeln!(out, "{}", to_json(&collection, &limier, &baselines, difference.as_ref()))?,
            Output::Table => writeln!(out, "{}", line(&collection, &limier, difference.as_ref()))?,
        }
        out.flush()?;
        differences.extend(difference.filter(|_| collection.texts.len() > TOY).map(|d| d.percent));
    }

    if options.output == Output::Table && !differences.is_empty() {
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        writeln!(out, "mean difference over {} collections of over {TOY} articles: {mean:+.1} %", differences.len())?;
    }
    for file in [run_file, per_query].into_iter().flatten() {
        file.into_inner().context("cannot write the last results")?;
    }
    Ok(())
}

fn header(compare: Compare) -> String {
    let ours = format!(
        "{:<18} {:>8} {:>7} {:>7} {:>7} {:>10} {:>7} {:>7}",
        "collection", "articles", "queries", "nDCG@10", "MRR@10", "recall@100", "p50 ms", "p99 ms"
    );
    match compare {
        Compare::Alone => ours,
        Compare::WithBaseline => format!(
            "{ours} | {:<10} {:>7} {:>8} {:>7} | {:>5} {:>5} {:>5}",
            "baseline", "nDCG@10", "diff", "p", "x p50", "x p99", "x idx"
        ),
    }
}

fn line(collection: &Collection, limier: &Contestant, difference: Option<&Difference<'_>>) -> String {
    let mean = Scores::mean(&limier.scores);
    let ours = format!(
        "{:<18} {:>8} {:>7} {:>7.4} {:>7.4} {:>10.4} {:>7.2} {:>7.2}",
        collection.name,
        collection.texts.len(),
        collection.queries.len(),
        mean.ndcg10,
        mean.mrr10,
        mean.recall100,
        percentile(&limier.milliseconds, 50.0),
        percentile(&limier.milliseconds, 99.0),
    );
    let Some(d) = difference else { return ours };
    format!(
        "{ours} | {:<10} {:>7.4} {:>+6.1} % {:>7.4} | {:>5.2} {:>5.2} {:>5.2}",
        d.better.name,
        Scores::mean(&d.better.scores).ndcg10,
        d.percent,
        d.p_value,
        d.time_p50,
        d.time_p99,
        d.index,
    )
}

/// The object of one collection: limier's measures at the top level, the baselines' below.
fn to_json(
    collection: &Collection,
    limier: &Contestant,
    baselines: &[Contestant],
    difference: Option<&Difference<'_>>,
) -> Value {
    let mut object = limier.to_json();
    object["collection"] = json!(collection.name);
    object["articles"] = json!(collection.texts.len());
    object["queries"] = json!(collection.queries.len());
    object["text_bytes"] = json!(collection.text_bytes());
    if let Some(difference) = difference {
        let by_name = |contestant: &Contestant| (contestant.name.to_string(), contestant.to_json());
        object["baselines"] = Value::Object(baselines.iter().map(by_name).collect());
        object["better_baseline"] = json!(difference.better.name);
        object["difference_percent"] = json!(difference.percent);
        object["p_value"] = json!(difference.p_value);
        object["time_ratio_p50"] = json!(difference.time_p50);
        object["time_ratio_p99"] = json!(difference.time_p99);
        object["index_ratio"] = json!(difference.index);
    }
    object
}

/// What each engine made of one query: its measure and its first ten, for finding out what is lost and won.
fn per_query_json(
    collection: &str,
    query: &JudgedQuery,
    limier: &Contestant,
    ranking: &[(String, f32)],
    baselines: &[Contestant],
    others: &[Vec<(String, f32)>],
) -> Value {
    let answer = |contestant: &Contestant, ranking: &[(String, f32)]| {
        let top: Vec<&str> = ranking.iter().take(10).map(|(id, _)| id.as_str()).collect();
        json!({"ndcg10": contestant.scores.last().map(|scores| scores.ndcg10), "top": top})
    };
    let mut object =
        json!({"collection": collection, "query": query.id, "text": query.text, "limier": answer(limier, ranking)});
    for (contestant, ranking) in baselines.iter().zip(others) {
        object[contestant.name] = answer(contestant, ranking);
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A collection whose first article is the answer to the first query, and the second's to none.
    fn collection() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "corpus.jsonl",
            "{\"_id\":\"a\",\"title\":\"\",\"text\":\"Un cheval blanc galope dans les marais.\"}\n\
             {\"_id\":\"b\",\"title\":\"\",\"text\":\"Le conseil municipal vote le budget.\"}\n",
        );
        write(
            "queries.jsonl",
            "{\"_id\":\"q1\",\"text\":\"Les chevaux blancs\"}\n{\"_id\":\"q2\",\"text\":\"budget du conseil\"}\n",
        );
        write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\ta\t1\n");
        folder
    }

    fn measured(output: Output, compare: Compare, run: Option<PathBuf>, per_query: Option<PathBuf>) -> String {
        let folder = collection();
        let folders = vec![folder.path().to_path_buf()];
        let mut out = Vec::new();
        super::run(&Options { folders, output, run, per_query, compare, slips: None }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn json_has_what_is_promised() {
        let object: Value = serde_json::from_str(&measured(Output::Json, Compare::WithBaseline, None, None)).unwrap();
        for name in
            ["collection", "ndcg10", "mrr10", "recall100", "queries", "p50_ms", "p99_ms", "index_bytes", "text_bytes"]
        {
            assert!(!object[name].is_null(), "{name} is missing from {object}");
        }
        // q1 is answered, q2 by the wrong article.
        assert_eq!(object["ndcg10"], 0.5);
        assert_eq!(object["queries"], 2);
        // Snowball knows nothing of `chevaux`: `blancs` alone finds the article, so that both come out the same.
        assert_eq!(object["baselines"]["one-field"]["ndcg10"], 0.5);
        assert_eq!(object["difference_percent"], 0.0);
        assert_eq!(object["p_value"], 1.0);
    }

    #[test]
    fn a_table_has_a_line_a_collection() {
        let alone = measured(Output::Table, Compare::Alone, None, None);
        assert_eq!(alone.lines().count(), 2, "{alone}");
        let compared = measured(Output::Table, Compare::WithBaseline, None, None);
        // A toy collection does not count in a mean.
        assert_eq!(compared.lines().count(), 2, "{compared}");
        assert!(compared.contains("one-field"), "{compared}");
    }

    #[test]
    fn runs_and_queries_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let (run, per_query) = (folder.path().join("run"), folder.path().join("queries"));
        measured(Output::Json, Compare::WithBaseline, Some(run.clone()), Some(per_query.clone()));
        let run = std::fs::read_to_string(run).unwrap();
        assert!(run.starts_with("q1 Q0 a 1 "), "{run}");
        assert!(run.contains("\nq2 Q0 b 1 "), "{run}");
        let queries = std::fs::read_to_string(per_query).unwrap();
        let first: Value = serde_json::from_str(queries.lines().next().unwrap()).unwrap();
        assert_eq!(first["limier"]["top"][0], "a");
        assert_eq!(first["two-fields"]["ndcg10"], 1.0);
    }

    #[test]
    fn a_folder_that_is_no_collection_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let folders = vec![folder.path().to_path_buf()];
        let (output, compare) = (Output::Json, Compare::Alone);
        let options = Options { folders, output, run: None, per_query: None, compare, slips: None };
        let error = format!("{:#}", super::run(&options, &mut Vec::new()).unwrap_err());
        assert!(error.contains("neither qrels.tsv nor qrels.tsv.gz"), "{error}");
    }
}
