//! `limier-bench terminal`: the program as a person runs it, beside other programs that search a folder.

mod copy;
mod report;
mod runs;

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

pub(crate) use self::copy::Copy;
use self::report::Report;
use self::runs::{Case, Times};
use crate::chain::Chain;
use crate::engine::Engine;
use crate::once;
use crate::relevance::Output;
use crate::sample::Sample;
use crate::source::Source;

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder, which is copied and never changed.
    pub(crate) folder: PathBuf,
    /// The program; by default `limier` beside this one.
    pub(crate) program: Option<PathBuf>,
    /// What is searched; by default a word of the texts.
    pub(crate) query: Option<String>,
    /// Runs that count of each quick command; slow ones are run less often.
    pub(crate) runs: usize,
    /// The form of what is printed.
    pub(crate) output: Output,
}

/// A file counts as settled when its last change is older than limier's two seconds.
pub(crate) const SETTLED: Duration = Duration::from_millis(2_300);

/// Threads of raw Tantivy's indexing.
const THREADS: usize = 2;

pub(super) const START: &str = "limier --version";
pub(crate) const FIRST: &str = "first search: index and answer";
pub(super) const AGAIN: &str = "search again";
pub(super) const ANSWER: &str = "search with --no-refresh";
pub(super) const CHANGED: &str = "search after one file changed";
pub(super) const WALK: &str = "a walk with stat";
pub(super) const RIPGREP: &str = "rg -i";
pub(crate) const TANTIVY: &str = "raw Tantivy indexes the files";

/// Measures everything and prints one table.
///
/// # Errors
/// The folder or the program is missing, a program fails, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let program = program(options.program.as_deref())?;
    let this = once::this_program()?;
    let copy = RefCell::new(Copy::of(&options.folder)?);
    let folder = copy.borrow().folder();
    let query = match &options.query {
        Some(query) => query.clone(),
        None => a_word(&copy.borrow().files)?,
    };
    let home = tempfile::tempdir()?;
    let limier = |arguments: &[&OsStr]| {
        let mut command = Command::new(&program);
        command.args(arguments);
        at_home(&mut command, home.path());
        command
    };
    let search = || limier(&[query.as_ref(), folder.as_ref()]);
    std::thread::sleep(SETTLED);
    // Slow: a few runs, each with an empty cache, and raw Tantivy between them. The last one leaves the index that the
    // others use.
    let raw = once::Options {
        engine: Engine::Raw(Chain::Tantivy),
        threads: THREADS,
        source: Source::Folder(folder.clone()),
        reads_first: false,
    };
    let mut raw_times = Vec::new();
    let mut first = [Case {
        name: FIRST.to_owned(),
        warmup: 0,
        runs: options.runs.div_ceil(5),
        prepare: Some(Box::new(|| {
            // By its own clock: without the start of a program, as kind to it as can be.
            raw_times.push(once::ask(&this, &raw)?.seconds * 1e3);
            remove(&home.path().join("cache"))
        })),
        command: Box::new(search),
    }];
    let mut measured = runs::measure(&mut first)?;
    drop(first);
    measured.push(Times { name: format!("{TANTIVY}, {THREADS} threads"), times: raw_times });

    let mut warm = vec![
        Case::warm(START, options.runs, || limier(&["--version".as_ref()])),
        Case::warm(ANSWER, options.runs, || limier(&[query.as_ref(), folder.as_ref(), "--no-refresh".as_ref()])),
        Case::warm(AGAIN, options.runs, search),
        Case::warm(WALK, options.runs, || {
            let mut command = Command::new(&this);
            command.arg("walk").arg(&folder);
            command
        }),
    ];
    for (name, tool, flags) in [(RIPGREP, "rg", "-iF"), ("ugrep -ri", "ugrep", "-riF"), ("grep -ri", "grep", "-riF")] {
        if is_installed(tool) {
            let (query, folder) = (&query, &folder);
            warm.push(Case::warm(name, options.runs, move || {
                let mut command = Command::new(tool);
                command.args([flags, "--"]).arg(query).arg(folder);
                command
            }));
        }
    }
    measured.extend(runs::measure(&mut warm)?);

    let change = || copy.borrow_mut().change_one();
    let mut changed = [Case {
        name: CHANGED.to_owned(),
        warmup: 1,
        runs: options.runs.div_ceil(2),
        prepare: Some(Box::new(change)),
        command: Box::new(search),
    }];
    measured.extend(runs::measure(&mut changed)?);
    drop((warm, changed));

    let copy = copy.into_inner();
    let report = Report { files: copy.files.len(), bytes: copy.bytes, query: &query, measured: &measured };
    report.print(options.output, out)
}

/// Removes a folder, if there is one.
fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Finds the program.
pub(crate) fn program(given: Option<&Path>) -> Result<PathBuf> {
    let program = match given {
        Some(program) => program.to_path_buf(),
        None => {
            let this = once::this_program()?;
            let folder = this.parent().context("a program lies in a folder")?;
            folder.join(format!("limier{}", std::env::consts::EXE_SUFFIX))
        }
    };
    ensure!(program.is_file(), "{} is no program: build limier first, or name it by --program", program.display());
    Ok(std::path::absolute(program)?)
}

/// Gives a command a home of its own: no index, settings or cache of whoever measures.
pub(crate) fn at_home(command: &mut Command, home: &Path) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("LIMIER_") {
            command.env_remove(name);
        }
    }
    command
        .env("HOME", home)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("LC_ALL", "C.UTF-8");
}

/// Draws a word of six letters or more from files all over the folder, the same for the same files.
fn a_word(files: &[PathBuf]) -> Result<String> {
    let step = files.len().div_ceil(100).max(1);
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).ok()?;
        Some(crate::beir::Text { body: String::from_utf8_lossy(&bytes).into_owned(), ..Default::default() })
    };
    let texts: Vec<_> = files.iter().step_by(step).filter_map(read).collect();
    let word = Sample::draw(&texts, 1, 1).longer.pop();
    word.context("the files hold no word of six letters: name a query by --query")
}

fn is_installed(tool: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(tool).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_missing_is_told() {
        let error = program(Some(Path::new("/no/such/limier"))).unwrap_err().to_string();
        assert!(error.contains("--program"), "{error}");
    }

    #[test]
    fn the_query_is_a_word_of_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "Le tribunal a suspendu la décision.").unwrap();
        let word = a_word(std::slice::from_ref(&path)).unwrap();
        assert!(["tribunal", "suspendu", "décision"].contains(&word.as_str()), "{word}");
        fs::write(&path, "le la les").unwrap();
        assert!(a_word(&[path]).unwrap_err().to_string().contains("--query"));
    }
}
