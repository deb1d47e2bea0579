//! When colours are used, and which.

use crate::environment::Environment;

/// What `--color` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Tells whether standard output gets colours.
    pub(crate) fn is_on(self, environment: &Environment) -> bool {
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if environment.no_color => false,
            ColorChoice::Auto if environment.force_color => true,
            ColorChoice::Auto => environment.stdout_is_terminal && !environment.dumb,
        }
    }
}

/// A way of showing text: readable on a dark and on a light background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    #[default]
    Plain,
    /// A title.
    Strong,
    /// What is beside the matter: path, date, source.
    Dim,
    /// A match.
    Lit,
}

impl Style {
    /// Returns the escape sequence that turns it on (ECMA-48, SGR).
    pub(crate) fn on(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Strong => "\u{1b}[1m",
            Style::Dim => "\u{1b}[2m",
            Style::Lit => "\u{1b}[1;31m",
        }
    }

    /// Returns the escape sequence that turns it off.
    pub(crate) fn off(self) -> &'static str {
        if self == Style::Plain { "" } else { "\u{1b}[0m" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auto_looks_at_the_terminal_and_the_variables() {
        let pipe = Environment::default();
        let terminal = Environment { stdout_is_terminal: true, ..pipe.clone() };
        let no_color = Environment { no_color: true, ..terminal.clone() };
        let dumb = Environment { dumb: true, ..terminal.clone() };
        let forced = Environment { force_color: true, ..pipe.clone() };
        let both = Environment { no_color: true, ..forced.clone() };
        for (environment, auto) in
            [(&pipe, false), (&terminal, true), (&no_color, false), (&dumb, false), (&forced, true), (&both, false)]
        {
            assert_eq!(ColorChoice::Auto.is_on(environment), auto, "{environment:?}");
            assert!(ColorChoice::Always.is_on(environment));
            assert!(!ColorChoice::Never.is_on(environment));
        }
    }
}
