//! What a run of the program came to.

use std::process::Output;

use serde_json::Value;

/// The outcome of one run; its checks panic with the whole of it.
#[derive(Debug)]
pub struct Run {
    command: String,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
}

#[allow(clippy::return_self_not_must_use, reason = "checks are chained, and the last one is followed by nothing")]
impl Run {
    /// Takes the outcome of `command`.
    pub fn new(command: String, output: Output) -> Run {
        Run { command, code: output.status.code(), stdout: output.stdout, stderr: output.stderr }
    }

    /// Returns standard output as text.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Returns standard error as text.
    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Checks the exit code.
    #[track_caller]
    pub fn code(self, expected: i32) -> Run {
        assert!(self.code == Some(expected), "exit code {expected} expected\n{}", self.shown());
        self
    }

    /// Checks that standard output holds `part`.
    #[track_caller]
    pub fn out_has(self, part: &str) -> Run {
        assert!(self.out().contains(part), "{part:?} expected on standard output\n{}", self.shown());
        self
    }

    /// Checks that standard output does not hold `part`.
    #[track_caller]
    pub fn out_lacks(self, part: &str) -> Run {
        assert!(!self.out().contains(part), "{part:?} not expected on standard output\n{}", self.shown());
        self
    }

    /// Checks that standard error holds `part`.
    #[track_caller]
    pub fn err_has(self, part: &str) -> Run {
        assert!(self.err().contains(part), "{part:?} expected on standard error\n{}", self.shown());
        self
    }

    /// Checks that standard error holds nothing.
    #[track_caller]
    pub fn quiet(self) -> Run {
        assert!(self.stderr.is_empty(), "nothing expected on standard error\n{}", self.shown());
        self
    }

    /// Checks that this is an error as they should be: code 2, no result, one line that says who and what.
    #[track_caller]
    pub fn refused(self) -> Run {
        let run = self.code(2);
        let err = run.err();
        let one_line = err.starts_with("limier: ") && err.ends_with('\n') && err.lines().count() == 1;
        assert!(one_line && run.stdout.is_empty(), "one line of error expected\n{}", run.shown());
        run
    }

    /// Reads standard output as JSON Lines.
    #[track_caller]
    pub fn json(&self) -> Vec<Value> {
        let parse = |line: &str| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("no JSON: {error}: {line}\n{}", self.shown()),
        };
        self.out().lines().map(parse).collect()
    }

    /// Reads the hits of a search.
    #[track_caller]
    pub fn hits(&self) -> Vec<Value> {
        self.json().into_iter().filter(|line| line["type"] == "hit").collect()
    }

    /// Reads the last line of a search.
    #[track_caller]
    pub fn summary(&self) -> Value {
        match self.json().pop() {
            Some(line) if line["type"] == "summary" => line,
            _ => panic!("no summary\n{}", self.shown()),
        }
    }

    /// Reads the ids of the hits, in order.
    #[track_caller]
    pub fn ids(&self) -> Vec<String> {
        self.hits().iter().map(|hit| hit["id"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Reads the codes of the notes of a search.
    #[track_caller]
    pub fn note_codes(&self) -> Vec<String> {
        let summary = self.summary();
        let notes = summary["notes"].as_array().cloned().unwrap_or_default();
        notes.iter().map(|note| note["code"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Returns all of it, to be read by a person.
    pub fn shown(&self) -> String {
        let indented =
            |text: &str| text.lines().map(|line| format!("  | {}\n", line.escape_debug())).collect::<String>();
        format!(
            "$ {}\nexit code {:?}\nstandard output:\n{}standard error:\n{}",
            self.command,
            self.code,
            indented(&self.out()),
            indented(&self.err())
        )
    }
}
