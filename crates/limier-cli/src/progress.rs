//! One line on standard error that says how far long work has come; nothing where it is quick, or nobody watches.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::environment::Environment;
use crate::print::bars::cut;
use crate::print::screen::message_columns;

/// Work that is done before this shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);

/// Time between two pictures.
const PERIOD: Duration = Duration::from_millis(100);

/// Goes to the beginning of the line, and erases from the cursor on (ECMA-48, EL).
const ERASE: &str = "\r\u{1b}[K";

/// The line; it is erased when this is dropped.
#[derive(Debug)]
pub(crate) struct ProgressLine {
    /// Columns of the terminal; `None` where nothing is shown.
    columns: Option<usize>,
    is_shown: bool,
    next: Instant,
}

impl ProgressLine {
    pub(crate) fn new(environment: &Environment) -> ProgressLine {
        let columns = message_columns(environment).filter(|_| !environment.dumb);
        ProgressLine { columns, is_shown: false, next: Instant::now() + PATIENCE }
    }

    /// Shows a text, made only when it is time for one.
    pub(crate) fn show(&mut self, text: impl FnOnce() -> String) {
        let Some(columns) = self.columns.filter(|_| Instant::now() >= self.next) else { return };
        self.next = Instant::now() + PERIOD;
        self.is_shown = true;
        // A line that is too long would stay, for only its last row is drawn over.
        write(&format!("\r{}\u{1b}[K", cut(&text(), columns)));
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
