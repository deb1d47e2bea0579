//! The program `limier-bench`: how well and how fast limier searches French text, beside raw Tantivy.
//!
//! - `limier-bench relevance DIR...`: judged collections in the layout of BEIR;
//! - `limier-bench passages DIR...`: what is shown of the same hits, beside Tantivy's snippets;
//! - `limier-bench speed FILE.jsonl[.gz]`: indexing, opening and searching one text;
//! - `limier-bench tune DIR...`: what each constant of ranking is worth;
//! - `limier-bench readers`: how fast each reader of files is, and its memory;
//! - `limier-bench extract DIR`: articles read out of pages;
//! - `limier-bench polluted DIR...`: what the lines around scraped articles do to ranking and passages;
//! - `limier-bench corpus --mb N`: text to measure on;
//! - `limier-bench terminal DIR`: the program as a person runs it, beside `rg` and `grep`;
//! - `limier-bench refresh DIR`: seeing that nothing changed, beside a walk;
//! - `limier-bench keys QUERY -- ARGS`: how long each key of `limier -i` takes;
//! - `limier-bench growth`: what grows how with the text;
//! - `limier-bench plot`: pictures of what these printed;
//! - `limier-bench picture -- ARGS`: a picture of limier in a terminal.

use std::io;
use std::process::ExitCode;

use clap::Parser;

mod analysis;
mod args;
mod baseline;
mod beir;
mod chain;
mod corpus;
mod engine;
mod extract;
mod flatten;
mod folder;
mod growth;
mod keys;
mod lines;
mod long_line;
mod memory;
mod metrics;
mod once;
mod ours;
mod passages;
mod picture;
mod plot;
mod polluted;
#[cfg(unix)]
mod pseudo;
mod random;
mod readers;
mod refresh;
mod relevance;
mod run_file;
mod sample;
mod section;
mod slips;
mod source;
mod speed;
mod stats;
mod suggest;
mod svg;
mod table;
mod terminal;
mod tune;
mod walk;

fn main() -> ExitCode {
    let out = &mut io::stdout().lock();
    let outcome = match args::Args::parse().into_command() {
        args::Command::Relevance(options) => relevance::run(&options, out),
        args::Command::Passages(options) => passages::run(&options, out),
        args::Command::Speed(options) => speed::run(&options, out),
        args::Command::Suggest(options) => suggest::run(&options, out),
        args::Command::Tune(options) => tune::run(&options, out),
        args::Command::Readers(options) => readers::run(&options, out),
        args::Command::Extract(options) => extract::run(&options, out),
        args::Command::Polluted(options) => polluted::run(&options, out),
        args::Command::Corpus(options) => corpus::run(&options, out),
        args::Command::Terminal(options) => terminal::run(&options, out),
        args::Command::Refresh(options) => refresh::run(&options, out),
        args::Command::Growth(options) => growth::run(&options, out),
        args::Command::Plot(options) => plot::run(&options, out),
        args::Command::Picture(options) => picture::run(&options, out),
        args::Command::Keys(options) => keys::run(&options, out),
        args::Command::IndexOnce(options) => once::run(&options, out),
        args::Command::Walk(folder) => walk::run(&folder, out),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = io::Write::write_fmt(&mut io::stderr(), format_args!("limier-bench: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}

/// Tells whether the reader of standard output went away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
