//! The command line, turned once into plain options.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::corpus::{self, Target};
use crate::engine::{self, Engine};
use crate::extract;
use crate::growth;
use crate::keys;
use crate::once;
use crate::passages;
use crate::picture;
use crate::plot;
use crate::polluted;
use crate::readers;
use crate::refresh;
use crate::relevance::{self, Compare, Output};
use crate::source::Source;
use crate::speed;
use crate::suggest;
use crate::terminal;
use crate::tune::{self, Setting, Sweep};

/// Measures limier beside raw Tantivy.
#[derive(Debug, Parser)]
#[command(name = "limier-bench", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Given,
}

#[derive(Debug, Subcommand)]
enum Given {
    /// Searches judged collections: nDCG@10, MRR@10, recall@100.
    ///
    /// Each DIR holds corpus.jsonl, queries.jsonl and qrels.tsv, plain or with .gz, in the layout of BEIR. Title and text
    /// are indexed with default settings; each query is searched exactly as typed, for 100 hits without passages.
    Relevance {
        /// Collections.
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Print one JSON object a collection.
        #[arg(long)]
        json: bool,
        /// Write limier's first 100 hits of each query as a TREC run.
        #[arg(long, value_name = "FILE")]
        run: Option<PathBuf>,
        /// Write what each engine made of each query, as JSON Lines.
        #[arg(long, value_name = "FILE")]
        per_query: Option<PathBuf>,
        /// Compare with raw Tantivy's French chain, the better of one field and two fields; `p` is that of a paired
        /// randomisation test on nDCG@10, `x` are ratios of time (to the faster) and of index size without stored text.
        #[arg(long)]
        baseline: bool,
        /// Plant slips into the queries, as people mistype them: the same for a seed.
        #[arg(long, value_name = "SEED")]
        slips: Option<u64>,
    },
    /// Indexes, opens and searches one file of texts: limier beside raw Tantivy, in one process.
    ///
    /// FILE holds one JSON object a line with _id or id, title and text. Queries are drawn from the texts, always the same
    /// for one seed. Engines take turns; times are medians, and the last column is limier divided by the one it names.
    Speed {
        /// Texts, plain or gzip-compressed.
        #[arg(value_name = "FILE.jsonl[.gz]")]
        file: PathBuf,
        /// Read only the first N MB (10^6 bytes) of text.
        #[arg(long, value_name = "N")]
        limit_mb: Option<usize>,
        /// Measure everything N times.
        #[arg(long, value_name = "N", default_value_t = 3)]
        rounds: usize,
        /// Draw N queries of each kind.
        #[arg(long, value_name = "N", default_value_t = 600)]
        queries: usize,
        /// Draw other queries.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// Print one JSON object a measure.
        #[arg(long)]
        json: bool,
    },
    /// Completes beginnings of words, and finds articles similar to one: times.
    ///
    /// FILE is as for `speed`. Each question is asked N times and its median counts; the rows are over questions.
    Suggest {
        /// Texts, plain or gzip-compressed.
        #[arg(value_name = "FILE.jsonl[.gz]")]
        file: PathBuf,
        /// Read only the first N MB (10^6 bytes) of text.
        #[arg(long, value_name = "N")]
        limit_mb: Option<usize>,
        /// Ask everything N times.
        #[arg(long, value_name = "N", default_value_t = 9)]
        rounds: usize,
    },
    /// Shows the same hits by limier and by Tantivy's snippet generator: time, lights, whole sentences, words covered.
    ///
    /// Each DIR is as for `relevance`. The hits are limier's first ten; snippets are of Tantivy's default length, and of
    /// 600 characters, as many as two passages have.
    Passages {
        /// Collections.
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Use at most N queries of each collection, taken evenly.
        #[arg(long, value_name = "N", default_value_t = 300)]
        queries: usize,
        /// Take each time N times.
        #[arg(long, value_name = "N", default_value_t = 3)]
        rounds: usize,
        /// Print one JSON object a measure.
        #[arg(long)]
        json: bool,
    },
    /// Reads made-up files of each kind: MB/s (10^6 bytes), and the peak of memory for one and four times the input.
    Readers {
        /// Read N MB (10^6 bytes) of each kind.
        #[arg(long, value_name = "N", default_value_t = 64)]
        megabytes: usize,
        /// Measure everything N times; the best time counts.
        #[arg(long, value_name = "N", default_value_t = 3)]
        rounds: usize,
    },
    /// Reads the articles of pages: precision, recall and F1 of the tokens of their texts, titles and days found, speed.
    ///
    /// DIR holds gold.jsonl, one object a page with file, title, date and text, and the pages, plain or with .gz. Each page
    /// is read as HTML, and as a text of all its lines, before and after boilerplate is left out by its form.
    Extract {
        /// Pages and what a reader would take from them.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Searches judged collections clean, and with the lines of a made-up site around each text: nDCG@10, and the share of
    /// passages that show such a line.
    Polluted {
        /// Collections, as for `relevance`.
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Use at most N queries of each collection, taken evenly.
        #[arg(long, value_name = "N", default_value_t = 300)]
        queries: usize,
    },
    /// Makes French-like text, the same bytes for a seed: words that look French with the frequencies of words, real function
    /// words, names, numbers and dates.
    ///
    /// The vocabulary grows with the text; a smaller text is the beginning of a larger one of the same seed.
    Corpus {
        /// Make N MB (10^6 bytes) of titles and bodies.
        #[arg(long, value_name = "N", value_parser = megabytes)]
        mb: usize,
        /// Make other articles of the same language.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// Write JSON Lines to FILE instead of standard output.
        #[arg(long, value_name = "FILE", conflicts_with = "files")]
        out: Option<PathBuf>,
        /// Write a text file an article into DIR, a folder that is made or empty.
        #[arg(long, value_name = "DIR")]
        files: Option<PathBuf>,
    },
    /// Runs the program as a person does, beside rg, grep and ugrep where they are installed, a walk with stat, and raw
    /// Tantivy indexing the same files.
    ///
    /// DIR is copied, and the copy is searched, with a cache of its own. Programs run without a shell, in turns, three times
    /// before it counts; their output is read. The first search is run a fifth as often, each time with an empty cache, and the
    /// search after a change half as often. Times are medians of milliseconds, `spread` the median distance from the median.
    Terminal {
        /// A folder of articles, with .txt files among them.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Run this program instead of the limier beside this one.
        #[arg(long, value_name = "PATH")]
        program: Option<PathBuf>,
        /// Search this instead of a word of the files.
        #[arg(long, value_name = "WORDS")]
        query: Option<String>,
        /// Let N runs count.
        #[arg(long, value_name = "N", default_value_t = 20)]
        runs: usize,
        /// Print one JSON object a measure.
        #[arg(long)]
        json: bool,
    },
    /// Brings an index up to date with a folder of which nothing changed, then one file, beside a walk that asks for the size
    /// and time of each file, on as many threads.
    ///
    /// DIR is copied, and the copy changed. Each refresh is of an index opened anew. They take turns; times are medians.
    Refresh {
        /// A folder of articles, with .txt files among them.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Measure everything N times.
        #[arg(long, value_name = "N", default_value_t = 15)]
        runs: usize,
    },
    /// Measures indexing, opening, searching and memory at several sizes, and the power of the size with which each cost grows:
    /// 1 in proportion, 0 not at all.
    ///
    /// Text is synthetic, or the beginning of FILE; queries are drawn from the smallest size and searched at all.
    Growth {
        /// Texts, plain or gzip-compressed.
        #[arg(value_name = "FILE.jsonl[.gz]")]
        file: Option<PathBuf>,
        /// Sizes in MB (10^6 bytes).
        #[arg(long, value_name = "N,...", value_delimiter = ',', default_value = "10,100", value_parser = megabytes)]
        sizes: Vec<usize>,
        /// Measure everything N times.
        #[arg(long, value_name = "N", default_value_t = 3)]
        rounds: usize,
        /// Draw N queries of each kind.
        #[arg(long, value_name = "N", default_value_t = 300)]
        queries: usize,
        /// Make other text and draw other queries.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// Print one JSON object a measure.
        #[arg(long)]
        json: bool,
    },
    /// Draws what `speed`, `terminal` and `growth` printed with --json, as SVG for light and dark.
    Plot {
        /// What they printed.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write the pictures into DIR.
        #[arg(long, value_name = "DIR", default_value = "benches/results")]
        out: PathBuf,
        /// Show TEXT below each title: what was measured, and where.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Runs limier on a pseudo-terminal, with a cache of its own, and draws what it showed as SVG for light and dark.
    Picture {
        /// Run this program instead of the limier beside this one.
        #[arg(long, value_name = "PATH")]
        program: Option<PathBuf>,
        /// Run it in DIR.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Run it once before, so that no first indexing is in the picture.
        #[arg(long)]
        indexed: bool,
        /// Give the terminal N columns.
        #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u16).range(20..=400))]
        columns: u16,
        /// Write the image to FILE instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The arguments of limier, after `--`.
        #[arg(last = true, required = true, value_name = "ARGS")]
        arguments: Vec<OsString>,
    },
    /// Types a query letter by letter into `limier -i` on a pseudo-terminal, and prints how long each key takes.
    Keys {
        /// Run this program instead of the limier beside this one.
        #[arg(long, value_name = "PATH")]
        program: Option<PathBuf>,
        /// What is typed.
        #[arg(value_name = "QUERY")]
        query: String,
        /// The arguments of limier beside -i, after `--`: a folder, or --index DIR.
        #[arg(last = true, value_name = "ARGS")]
        arguments: Vec<OsString>,
    },
    /// Indexes once and prints what it took; other commands run it.
    #[command(hide = true)]
    IndexOnce {
        #[arg(long, value_parser = engine_named)]
        engine: Engine,
        #[arg(long)]
        threads: usize,
        #[arg(long, conflicts_with = "folder")]
        file: Option<PathBuf>,
        #[arg(long)]
        folder: Option<PathBuf>,
        #[arg(long)]
        bytes: Option<usize>,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Read the texts into memory before the clock starts.
        #[arg(long)]
        read_first: bool,
    },
    /// Walks a folder with stat; `terminal` runs it.
    #[command(hide = true)]
    Walk { folder: PathBuf },
    /// Moves one constant of ranking at a time, and prints what nDCG@10 makes of it.
    Tune {
        /// Collections.
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Use at most N queries of each collection, taken evenly.
        #[arg(long, value_name = "N", default_value_t = 1000)]
        queries: usize,
        /// Change a constant for the whole run.
        #[arg(long, value_name = "NAME=VALUE")]
        set: Vec<Setting>,
        /// Try these values of a constant, instead of all constants around their values.
        #[arg(long, value_name = "NAME=VALUE,...")]
        sweep: Vec<Sweep>,
        /// Plant slips into the queries, as `relevance` does.
        #[arg(long, value_name = "SEED")]
        slips: Option<u64>,
    },
}

/// What to do, free of the parser's types.
#[derive(Debug)]
pub(crate) enum Command {
    Relevance(relevance::Options),
    Passages(passages::Options),
    Speed(speed::Options),
    Suggest(suggest::Options),
    Tune(tune::Options),
    Readers(readers::Options),
    Extract(extract::Options),
    Polluted(polluted::Options),
    Corpus(corpus::Options),
    Terminal(terminal::Options),
    Refresh(refresh::Options),
    Growth(growth::Options),
    Plot(plot::Options),
    Picture(picture::Options),
    Keys(keys::Options),
    IndexOnce(once::Options),
    Walk(PathBuf),
}

impl Args {
    /// Turns the arguments into options.
    pub(crate) fn into_command(self) -> Command {
        let output = |json: bool| if json { Output::Json } else { Output::Table };
        match self.command {
            Given::Relevance { folders, json, run, per_query, baseline, slips } => {
                let compare = if baseline { Compare::WithBaseline } else { Compare::Alone };
                Command::Relevance(relevance::Options { folders, output: output(json), run, per_query, compare, slips })
            }
            Given::Speed { file, limit_mb, rounds, queries, seed, json } => {
                let limit = limit_mb.map(|megabytes| megabytes.saturating_mul(1_000_000));
                Command::Speed(speed::Options {
                    file,
                    limit,
                    rounds,
                    queries,
                    seed,
                    output: output(json),
                    program: once::this_program().ok(),
                })
            }
            Given::Suggest { file, limit_mb, rounds } => {
                let limit = limit_mb.map(|megabytes| megabytes.saturating_mul(1_000_000));
                Command::Suggest(suggest::Options { file, limit, rounds })
            }
            Given::Terminal { folder, program, query, runs, json } => {
                Command::Terminal(terminal::Options { folder, program, query, runs: runs.max(1), output: output(json) })
            }
            Given::Refresh { folder, runs } => Command::Refresh(refresh::Options { folder, runs }),
            Given::Growth { file, sizes, rounds, queries, seed, json } => {
                let (output, program) = (output(json), once::this_program().ok());
                Command::Growth(growth::Options { file, sizes, rounds, queries, seed, output, program })
            }
            Given::Plot { files, out, note } => Command::Plot(plot::Options { files, out, note }),
            Given::Picture { program, folder, indexed, columns, out, arguments } => {
                Command::Picture(picture::Options { arguments, program, folder, indexed, columns, out })
            }
            Given::Keys { program, query, arguments } => Command::Keys(keys::Options { program, query, arguments }),
            Given::IndexOnce { engine, threads, file, folder, bytes, seed, read_first } => {
                let source = match (file, folder) {
                    (Some(path), _) => Source::File { path, limit: bytes },
                    (None, Some(folder)) => Source::Folder(folder),
                    (None, None) => Source::Synthetic { bytes: bytes.unwrap_or(0), seed },
                };
                Command::IndexOnce(once::Options { engine, threads, source, reads_first: read_first })
            }
            Given::Walk { folder } => Command::Walk(folder),
            Given::Passages { folders, queries, rounds, json } => {
                Command::Passages(passages::Options { folders, queries, rounds, output: output(json) })
            }
            Given::Readers { megabytes, rounds } => {
                Command::Readers(readers::Options { bytes: megabytes.saturating_mul(1_000_000), rounds })
            }
            Given::Extract { folder } => Command::Extract(extract::Options { folder }),
            Given::Polluted { folders, queries } => Command::Polluted(polluted::Options { folders, queries }),
            Given::Corpus { mb, seed, out, files } => {
                let target = match (out, files) {
                    (_, Some(folder)) => Target::Folder(folder),
                    (Some(file), None) => Target::File(file),
                    (None, None) => Target::Output,
                };
                Command::Corpus(corpus::Options { bytes: mb, seed, target })
            }
            Given::Tune { folders, queries, set, sweep, slips } => {
                Command::Tune(tune::Options { folders, queries, set, sweep, slips })
            }
        }
    }
}

/// Reads a size in MB, which may have a fraction, as bytes.
fn megabytes(text: &str) -> Result<usize, String> {
    let size: f64 = text.trim().parse().map_err(|_| "not a number".to_owned())?;
    if !(0.000_001..1e7).contains(&size) {
        return Err("not a size from one byte to 10,000,000 MB".to_owned());
    }
    Ok((size * 1e6) as usize)
}

fn engine_named(name: &str) -> Result<Engine, String> {
    Engine::named(name).ok_or_else(|| {
        let names: Vec<&str> = engine::ENGINES.iter().map(|engine| engine.name()).collect();
        format!("not one of {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_may_have_a_fraction() {
        assert_eq!(megabytes("0.2"), Ok(200_000));
        assert_eq!(megabytes("1000"), Ok(1_000_000_000));
        assert!(["", "x", "0", "-1", "1e9", "NaN"].iter().all(|text| megabytes(text).is_err()));
        let Command::Growth(options) = parsed("limier-bench growth --sizes 1,0.5") else { panic!("not growth") };
        assert_eq!(options.sizes, [1_000_000, 500_000]);
    }

    #[test]
    fn what_follows_the_dashes_is_limiers() {
        let Command::Picture(options) = parsed("limier-bench picture --columns 70 -- -n 2 mot") else {
            panic!("not a picture")
        };
        assert_eq!((options.columns, options.arguments), (70, vec!["-n".into(), "2".into(), "mot".into()]));
    }

    #[test]
    fn one_indexing_is_asked_for_by_name() {
        let Command::IndexOnce(options) = parsed("limier-bench index-once --engine limier --threads 2 --bytes 5")
        else {
            panic!("not one indexing")
        };
        assert_eq!(options.source, Source::Synthetic { bytes: 5, seed: 1 });
        assert!(engine_named("lucene").is_err());
    }

    fn parsed(line: &str) -> Command {
        Args::parse_from(line.split(' ')).into_command()
    }

    #[test]
    fn flags_of_relevance_become_options() {
        let Command::Relevance(options) = parsed("limier-bench relevance a b --json --baseline --run r") else {
            panic!("not relevance")
        };
        assert_eq!(options.folders.len(), 2);
        assert_eq!((options.output, options.compare), (Output::Json, Compare::WithBaseline));
        assert_eq!(options.run, Some(PathBuf::from("r")));
    }

    #[test]
    fn flags_of_speed_become_options() {
        let Command::Speed(options) = parsed("limier-bench speed texts.jsonl.gz --limit-mb 10 --queries 5") else {
            panic!("not speed")
        };
        assert_eq!((options.limit, options.queries, options.rounds), (Some(10_000_000), 5, 3));
        assert_eq!(options.output, Output::Table);
    }

    #[test]
    fn a_folder_is_required() {
        assert!(Args::try_parse_from(["limier-bench", "relevance"]).is_err());
    }
}
