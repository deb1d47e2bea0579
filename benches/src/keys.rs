//! `limier-bench keys`: how long each key of `limier -i` takes, as a person at a terminal sees it.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

/// What to type, and where.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The program; by default `limier` beside this one.
    pub(crate) program: Option<PathBuf>,
    /// What is typed.
    pub(crate) query: String,
    /// The arguments of limier beside `-i`.
    pub(crate) arguments: Vec<OsString>,
}

/// Types the query letter by letter, and prints when the screen began to change after each, and when it stood still.
///
/// # Errors
/// The system has no pseudo-terminals, or the program cannot be run or does not take the terminal.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    #[cfg(unix)]
    return on_terminal::run(options, out);
    #[cfg(not(unix))]
    anyhow::bail!("{}: keys need a pseudo-terminal, which this system does not have", options.query)
}

#[cfg(unix)]
mod on_terminal {
    use std::fs::File;
    use std::io::{Read, Write};
    use std::process::{Child, Command};
    use std::sync::mpsc::{self, Receiver};
    use std::thread;
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, bail, ensure};

    use super::Options;
    use crate::stats::{median, percentile};
    use crate::table::Table;
    use crate::{pseudo, terminal};

    /// The size of the terminal: wide enough for the article beside the hits.
    const SIZE: (u16, u16) = (110, 40);

    /// What a terminal is told when a program takes all of it (xterm, private mode 1049).
    const TAKEN: &[u8] = b"\x1b[?1049h";

    /// How long the first picture may take: a folder is indexed before.
    const PATIENCE: Duration = Duration::from_secs(600);

    /// A screen that does not change for so long stands still.
    const STILL: Duration = Duration::from_millis(350);

    /// What a key has to keep to, in milliseconds.
    const AIM: f64 = 50.0;

    pub(super) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
        let program = terminal::program(options.program.as_deref())?;
        let home = tempfile::tempdir()?;
        let (mut keys, theirs) = pseudo::open(SIZE.0, SIZE.1)?;
        let mut command = Command::new(&program);
        command.arg("-i").args(&options.arguments).env("TERM", "xterm-256color");
        terminal::at_home(&mut command, home.path());
        command.stdin(theirs.try_clone()?).stdout(theirs.try_clone()?).stderr(theirs);
        let child = command.spawn().with_context(|| format!("cannot run {}", program.display()))?;
        // It holds this side of the terminal, which ends when it is gone.
        drop(command);
        let mut child = Ended(child);
        let shown = watch(keys.try_clone()?);
        wait_for_the_first_picture(&shown)?;

        let (mut begun, mut stood) = (Vec::new(), Vec::new());
        for key in options.query.chars() {
            let pressed = Instant::now();
            keys.write_all(key.encode_utf8(&mut [0; 4]).as_bytes())?;
            let (mut first, mut last) = (None, pressed);
            while let Ok((when, _)) = shown.recv_timeout(STILL) {
                first.get_or_insert(when);
                last = when;
            }
            let first = first.with_context(|| format!("nothing changed after {key:?}"))?;
            begun.push((first - pressed).as_secs_f64() * 1e3);
            stood.push((last - pressed).as_secs_f64() * 1e3);
        }
        keys.write_all(b"\x1b")?;
        ensure!(child.0.wait()?.success(), "limier -i did not end well");

        let mut table = Table::default();
        table.row(["ms", "keys", "median", "p95", "slowest", "above 50"]);
        for (name, times) in [("the letter shows", &begun), ("hits and article stand", &stood)] {
            let number = |value: f64| format!("{value:.1}");
            table.row([
                name.to_owned(),
                times.len().to_string(),
                number(median(times)),
                number(percentile(times, 95.0)),
                number(percentile(times, 100.0)),
                times.iter().filter(|time| **time > AIM).count().to_string(),
            ]);
        }
        Ok(table.write(out)?)
    }

    /// A program that does not outlive the measurement.
    struct Ended(Child);

    impl Drop for Ended {
        fn drop(&mut self) {
            // It may have ended by itself.
            let _ = self.0.kill().and_then(|()| self.0.wait());
        }
    }

    /// Tells when something is written to the terminal, and what.
    fn watch(mut ours: File) -> Receiver<(Instant, Vec<u8>)> {
        let (teller, told) = mpsc::channel();
        thread::spawn(move || {
            let mut part = [0; 1 << 16];
            while let Ok(count @ 1..) = ours.read(&mut part) {
                let bytes = part.get(..count).unwrap_or_default().to_vec();
                if teller.send((Instant::now(), bytes)).is_err() {
                    return;
                }
            }
        });
        told
    }

    fn wait_for_the_first_picture(shown: &Receiver<(Instant, Vec<u8>)>) -> Result<()> {
        let mut all = Vec::new();
        while !all.windows(TAKEN.len()).any(|bytes| bytes == TAKEN) {
            match shown.recv_timeout(PATIENCE) {
                Ok((_, bytes)) => all.extend(bytes),
                Err(_) => bail!("limier -i did not take the terminal: {}", String::from_utf8_lossy(&all).trim()),
            }
        }
        while shown.recv_timeout(STILL).is_ok() {}
        Ok(())
    }
}
