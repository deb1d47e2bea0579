//! What results are shown on: colours or none, a terminal or a pipe.

use std::borrow::Cow;

use super::sanitize::visible_line;
use crate::color::{ColorChoice, Style};
use crate::environment::Environment;

/// Lines of text are no longer than this, however wide the terminal: the eye loses its way back.
const MAX_WIDTH: usize = 100;

/// Words are not broken to fit less than this.
pub(crate) const MIN_WIDTH: usize = 24;

/// The place that results are written to, for a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    /// Whether styles are written.
    pub(crate) color: bool,
    /// Whether control characters are made visible: on a terminal only, in a pipe bytes stay true.
    pub(crate) is_terminal: bool,
    /// Whether paths are links.
    pub(crate) has_links: bool,
    /// Columns to wrap to; in a pipe, texts are not wrapped.
    pub(crate) width: Option<usize>,
}

/// Returns the columns that messages on standard error are wrapped to; `None` where that is no terminal.
pub(crate) fn message_columns(environment: &Environment) -> Option<usize> {
    let width = || terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
    environment.stderr_is_terminal.then(|| width().clamp(MIN_WIDTH, MAX_WIDTH))
}

impl Screen {
    pub(crate) fn standard_output(environment: &Environment, color: ColorChoice, hyperlink: ColorChoice) -> Screen {
        let width = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
        Screen {
            color: color.is_on(environment),
            has_links: match hyperlink {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => environment.stdout_is_terminal && environment.knows_links,
            },
            is_terminal: environment.stdout_is_terminal,
            width: environment.stdout_is_terminal.then(|| width.unwrap_or(80).clamp(MIN_WIDTH, MAX_WIDTH)),
        }
    }

    /// Returns this screen with lines of so many columns, as they are for 0; `None` changes nothing.
    pub(crate) fn wrapped_at(self, columns: Option<usize>) -> Screen {
        match columns {
            None => self,
            Some(columns) => Screen { width: (columns > 0).then_some(columns), ..self },
        }
    }

    /// Returns a text of one line as it is written here.
    pub(crate) fn line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_terminal { Cow::Owned(visible_line(text)) } else { Cow::Borrowed(text) }
    }

    /// Adds a text of one line in a style.
    pub(crate) fn push(&self, out: &mut String, style: Style, text: &str) {
        let (on, off) = self.marks(style);
        out.push_str(on);
        out.push_str(&self.line(text));
        out.push_str(off);
    }

    /// Returns what turns a style on and off here.
    pub(crate) fn marks(&self, style: Style) -> (&'static str, &'static str) {
        if self.color { (style.on(), style.off()) } else { ("", "") }
    }
}
