//! One line on standard error that says how far long work has come; nothing where it is quick, or nobody watches.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::environment::Environment;

/// Work that is done before this shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);

/// Time between two pictures.
const PERIOD: Duration = Duration::from_millis(100);

/// Goes to the beginning of the line, and erases from the cursor on (ECMA-48, EL).
const ERASE: &str = "\r\u{1b}[K";

/// The line; it is erased when this is dropped.
#[derive(Debug)]
pub(crate) struct ProgressLine {
    is_on: bool,
    is_shown: bool,
    next: Instant,
}

impl ProgressLine {
    pub(crate) fn new(environment: &Environment) -> ProgressLine {
        let is_on = environment.stderr_is_terminal && !environment.dumb;
        ProgressLine { is_on, is_shown: false, next: Instant::now() + PATIENCE }
    }

    /// Shows a text, made only when it is time for one.
    pub(crate) fn show(&mut self, text: impl FnOnce() -> String) {
        if !self.is_on || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + PERIOD;
        self.is_shown = true;
        write(&format!("\r{}\u{1b}[K", text()));
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_shown {
            write(ERASE);
        }
    }
}

fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // Nobody is left to hear that this failed.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
