//! The method of hyperfine (<https://github.com/sharkdp/hyperfine>): programs run without a shell, again and again, a few
//! times before it counts. They take turns, so that what else the machine does meets all alike.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::stats::{median, percentile};

/// Runs of a quick command before those that count.
const WARMUP: usize = 3;

/// One program to run, and how often.
pub(super) struct Case<'a> {
    /// What is shown of it.
    pub(super) name: String,
    /// Runs that do not count, before those that do.
    pub(super) warmup: usize,
    pub(super) runs: usize,
    /// What is done before each run, and not measured.
    pub(super) prepare: Option<Box<dyn FnMut() -> Result<()> + 'a>>,
    pub(super) command: Box<dyn Fn() -> Command + 'a>,
}

impl<'a> Case<'a> {
    /// Makes a case of a quick command, which warms up.
    pub(super) fn warm(name: &str, runs: usize, command: impl Fn() -> Command + 'a) -> Case<'a> {
        Case { name: name.to_owned(), warmup: WARMUP, runs, prepare: None, command: Box::new(command) }
    }
}

/// The times of one case, milliseconds from its start to its end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Times {
    pub(super) name: String,
    pub(super) times: Vec<f64>,
}

impl Times {
    pub(super) fn median(&self) -> f64 {
        median(&self.times)
    }

    pub(super) fn least(&self) -> f64 {
        percentile(&self.times, 0.0)
    }

    /// Returns the median of the distances from the median.
    pub(super) fn spread(&self) -> f64 {
        let middle = self.median();
        median(&self.times.iter().map(|time| (time - middle).abs()).collect::<Vec<_>>())
    }
}

/// Runs all cases in turns.
///
/// # Errors
/// A program cannot be run, or ends otherwise than search programs do: code 0 where something is found, else 1.
pub(super) fn measure(cases: &mut [Case<'_>]) -> Result<Vec<Times>> {
    let mut measured: Vec<Times> =
        cases.iter().map(|case| Times { name: case.name.clone(), times: Vec::new() }).collect();
    let rounds = cases.iter().map(|case| case.warmup + case.runs).max().unwrap_or(0);
    for round in 0..rounds {
        for (case, measured) in cases.iter_mut().zip(&mut measured) {
            if round >= case.warmup + case.runs {
                continue;
            }
            if let Some(prepare) = &mut case.prepare {
                prepare()?;
            }
            let time = run(&mut (case.command)())?;
            if round >= case.warmup {
                measured.times.push(time);
            }
        }
    }
    Ok(measured)
}

/// Runs a program whose output is read and dropped: some do less when they write to the null device.
pub(super) fn run(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output();
    let time = start.elapsed().as_secs_f64() * 1e3;
    let output = output.with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        let told = String::from_utf8_lossy(&output.stderr);
        bail!("{command:?} ended with {}: {}", output.status, told.trim());
    }
    Ok(time)
}

#[cfg(all(test, unix))]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn shell(script: &'static str) -> Box<dyn Fn() -> Command> {
        Box::new(move || {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        })
    }

    #[test]
    fn cases_take_turns_and_warm_up() {
        let order = RefCell::new(String::new());
        let case = |name: &'static str, warmup, runs| Case {
            name: name.to_owned(),
            warmup,
            runs,
            prepare: Some(Box::new(|| {
                order.borrow_mut().push_str(name);
                Ok(())
            })),
            command: shell("exit 1"),
        };
        let mut cases = [case("a", 1, 2), case("b", 0, 1)];
        let measured = measure(&mut cases).unwrap();
        drop(cases);
        assert_eq!(order.into_inner(), "abaa");
        assert_eq!(measured.iter().map(|times| times.times.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn times_are_those_of_the_program() {
        let time = run(&mut shell("sleep 0.05")()).unwrap();
        assert!(time >= 50.0, "{time}");
    }

    #[test]
    fn failures_are_errors_with_what_was_told() {
        let error = run(&mut shell("echo kaputt >&2; exit 2")()).unwrap_err().to_string();
        assert!(error.contains("kaputt"), "{error}");
        assert!(run(&mut Command::new("/no/such/program")).is_err());
    }

    #[test]
    fn the_spread_is_the_median_distance() {
        let times = Times { name: String::new(), times: vec![1.0, 9.0, 10.0, 12.0, 50.0] };
        assert_eq!((times.median(), times.least(), times.spread()), (10.0, 1.0, 2.0));
    }
}
