//! `limier-bench refresh`: how long it takes to see that a folder did not change, beside walking it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use limier::{Index, RefreshOptions, RefreshReport};

use crate::stats::{median, percentile};
use crate::table::Table;
use crate::terminal::{Copy, SETTLED};
use crate::walk;

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder, which is copied and never changed.
    pub(crate) folder: PathBuf,
    /// Runs of each kind.
    pub(crate) runs: usize,
}

/// Indexes a copy of the folder, and prints the times of a walk with stat, of a refresh that finds nothing, and of one that
/// finds a changed file.
///
/// They take turns. Each refresh is of an index opened anew, as by a program that begins: the bookkeeping is read each time.
///
/// # Errors
/// The folder holds no text file, something cannot be read or written, or a refresh finds something else.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut copy = Copy::of(&options.folder)?;
    let (folder, files) = (copy.folder(), copy.files.len() as u64);
    let place = tempfile::tempdir()?;
    std::thread::sleep(SETTLED);
    Index::create(place.path())?.refresh(&RefreshOptions::new([&folder]))?;

    let (mut walks, mut unchanged, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..options.runs.max(1) {
        walks.push(timed(|| walk::with_stat(&folder)).0);
        let (ms, report) = refreshed(place.path())?;
        ensure!((report.unchanged, report.modified) == (files, 0), "something changed: {report:?}");
        unchanged.push(ms);
        copy.change_one()?;
        let (ms, report) = refreshed(place.path())?;
        ensure!((report.unchanged, report.modified) == (files - 1, 1), "not one file changed: {report:?}");
        changed.push(ms);
        // What changed just now is in doubt, and would be read again: what is measured is a folder at rest.
        std::thread::sleep(SETTLED);
        refreshed(place.path())?;
    }

    writeln!(out, "{files} files, {:.1} MB, ms\n", copy.bytes as f64 / 1e6)?;
    let mut table = Table::default();
    table.row(["", "median", "least", "x walk"]);
    let rows =
        [("a walk with stat", &walks), ("refresh, nothing changed", &unchanged), ("refresh, one file", &changed)];
    for (name, times) in rows {
        let ratio = median(times) / median(&walks);
        let [median, least] = [median(times), percentile(times, 0.0)].map(|ms| format!("{ms:.1}"));
        table.row([name, &median, &least, &format!("{ratio:.2}")]);
    }
    table.write(out)?;
    writeln!(out, "\none changed file: {:.1} ms more", median(&changed) - median(&unchanged))?;
    Ok(())
}

fn refreshed(index: &Path) -> Result<(f64, RefreshReport)> {
    let index = Index::open(index)?;
    let (ms, report) = timed(|| index.refresh(&RefreshOptions::default()));
    Ok((ms, report?))
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let done = work();
    (milliseconds(start.elapsed()), done)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_each_and_what_a_change_adds() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Un tapir.").unwrap();
        std::fs::write(folder.path().join("b.txt"), "Un pangolin.").unwrap();
        let mut out = Vec::new();
        run(&Options { folder: folder.path().into(), runs: 1 }, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("2 files") && out.contains("nothing changed") && out.ends_with("ms more\n"), "{out}");
    }
}
