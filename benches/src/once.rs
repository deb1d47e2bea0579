//! `limier-bench index-once`: one indexing in a process of its own, whose memory and time other commands ask for.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, Texts};
use crate::source::Source;

/// What to index.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) engine: Engine,
    pub(crate) threads: usize,
    pub(crate) source: Source,
    /// Whether the texts are in memory before the clock starts.
    pub(crate) reads_first: bool,
}

/// What it took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// With reading or making the texts, unless they were read first.
    pub(crate) seconds: f64,
    /// The peak of anonymous memory, what the process holds beyond the pages of files; absent where the system does not say.
    pub(crate) bytes: Option<u64>,
}

/// How often the memory is looked at.
const INTERVAL: Duration = Duration::from_millis(2);

/// Indexes into a temporary folder, and prints the cost as one line of JSON.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let is_done = AtomicBool::new(false);
    let read = if options.reads_first { Some(options.source.read()?) } else { None };
    let texts: &(dyn Texts + Sync) = match &read {
        Some(texts) => texts,
        None => &options.source,
    };
    let (seconds, bytes) = std::thread::scope(|scope| {
        let peak = scope.spawn(|| peak(&is_done));
        let start = Instant::now();
        let built = options.engine.build(folder.path(), options.threads, texts);
        let seconds = start.elapsed().as_secs_f64();
        is_done.store(true, Ordering::Relaxed);
        (built.map(|_| seconds), peak.join().ok().flatten())
    });
    writeln!(out, "{}", serde_json::to_string(&Cost { seconds: seconds?, bytes })?)?;
    Ok(())
}

/// Runs `program`, which is this one, for one indexing.
pub(crate) fn ask(program: &Path, options: &Options) -> Result<Cost> {
    let mut command = Command::new(program);
    command.args(["index-once", "--engine", options.engine.name(), "--threads", &options.threads.to_string()]);
    if options.reads_first {
        command.arg("--read-first");
    }
    match &options.source {
        Source::File { path, limit } => {
            command.arg("--file").arg(path);
            if let Some(limit) = limit {
                command.args(["--bytes", &limit.to_string()]);
            }
        }
        Source::Synthetic { bytes, seed } => {
            command.args(["--bytes", &bytes.to_string(), "--seed", &seed.to_string()]);
        }
        Source::Folder(folder) => {
            command.arg("--folder").arg(folder);
        }
    }
    let output = command.output().with_context(|| format!("cannot run {}", program.display()))?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} index-once: {}", program.display(), told.trim());
    serde_json::from_slice(&output.stdout).context("index-once printed no cost")
}

/// Looks at the memory of this process again and again, and returns the most that it held.
fn peak(is_done: &AtomicBool) -> Option<u64> {
    let mut most = anonymous()?;
    while !is_done.load(Ordering::Relaxed) {
        most = most.max(anonymous()?);
        std::thread::sleep(INTERVAL);
    }
    Some(most)
}

/// Returns the anonymous memory of this process in bytes: `RssAnon` of proc_pid_status(5), Linux only.
fn anonymous() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

/// Returns where this program lies, to be run again.
pub(crate) fn this_program() -> Result<PathBuf> {
    std::env::current_exe().context("cannot tell where this program lies")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The other tests of this process take and give back memory meanwhile, so what is held here is more than they hold
    /// together, and is asked for whole.
    #[test]
    fn the_peak_sees_memory_that_is_gone_again() {
        const HELD: usize = 512 << 20;
        if anonymous().is_none() {
            return;
        }
        let is_done = AtomicBool::new(false);
        let peak = std::thread::scope(|scope| {
            let peak = scope.spawn(|| peak(&is_done));
            let held = vec![1u8; HELD];
            std::thread::sleep(Duration::from_millis(200));
            std::hint::black_box(&held);
            drop(held);
            is_done.store(true, Ordering::Relaxed);
            peak.join().unwrap().unwrap()
        });
        assert!(peak >= HELD as u64, "{peak}");
    }

    #[test]
    fn one_indexing_tells_its_cost() {
        for (engine, reads_first) in crate::engine::ENGINES.into_iter().zip([false, true, true]) {
            let source = Source::Synthetic { bytes: 50_000, seed: 1 };
            let mut out = Vec::new();
            run(&Options { engine, threads: 1, source, reads_first }, &mut out).unwrap();
            let cost: Cost = serde_json::from_slice(&out).unwrap();
            assert!(cost.seconds > 0.0, "{cost:?}");
            assert_eq!(cost.bytes.is_some(), cfg!(target_os = "linux"));
        }
    }

    #[test]
    fn a_program_that_is_not_this_one_is_an_error() {
        let source = Source::Synthetic { bytes: 1, seed: 1 };
        let options = Options { engine: Engine::Limier, threads: 1, source, reads_first: false };
        assert!(ask(Path::new("/no/such/program"), &options).is_err());
    }
}
