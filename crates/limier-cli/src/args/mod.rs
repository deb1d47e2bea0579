//! From arguments to [`Options`]: the command is found, flags are parsed, and plain types leave.

mod configured;
mod convert;
mod definition;
mod values;
mod written;

use std::ffi::OsString;

use clap::{ArgAction, Args as _, Command, CommandFactory, FromArgMatches, Subcommand as _};

use convert::options;
use definition::{SearchArgs, Subcommands, TopLevel};

use crate::config::Settings;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::messages::{help, usage};
use crate::options::Options;

/// Why arguments were not parsed into options: an error, or a text that was asked for.
pub(crate) struct Refusal {
    /// What is to be written.
    pub(crate) text: String,
    /// The exit code; on [`Exit::Found`] the text goes to standard output, else to standard error.
    pub(crate) exit: Exit,
}

/// Turns arguments, the program's name first, into options.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    user: &Settings,
) -> Result<Options, Refusal> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if asks_version_alone(&arguments) {
        return Err(Refusal { text: VERSION.to_owned(), exit: Exit::Found });
    }
    let flags = flags_of_search();
    join_optional_values(&mut arguments, &flags);
    command_first(&mut arguments, &flags);
    let refused = configured::refused(&flags, user);
    if refused.is_none()
        && let Some(search) = plain_search(configured::with_defaults(flags, user), &arguments)
    {
        return options(Subcommands::Search(search), environment, user);
    }
    let mut definition = localized();
    if is_brief(&arguments) {
        definition = help::brief(definition);
    }
    let parsed = if user.flags.is_empty() || refused.is_some() {
        matched(definition, &arguments)
    } else {
        match matched(configured::with_defaults(definition.clone(), user), &arguments) {
            // Help tells the defaults of the program, whatever settings make of them.
            Err(error) if !error.use_stderr() => matched(definition, &arguments),
            parsed => parsed,
        }
    };
    let parsed = parsed.map_err(|error| Refusal {
        text: usage::told(&error),
        exit: if error.use_stderr() { Exit::Error } else { Exit::Found },
    })?;
    if let Some(text) = refused {
        return Err(Refusal { text: format!("{}\n", crate::messages::error(&text)), exit: Exit::Error });
    }
    let command = parsed.command.unwrap_or(Subcommands::Search(parsed.search));
    options(command, environment, user)
}

/// What `--version` says, as the definition would say it.
const VERSION: &str = concat!("limier ", env!("CARGO_PKG_VERSION"), "\n");

/// Tells whether the version is all that is asked for, for which no definition need be made.
fn asks_version_alone(arguments: &[OsString]) -> bool {
    matches!(arguments, [_, flag] if flag == "--version" || flag == "-V")
}

/// Returns the flags of a search alone: those of the program itself.
fn flags_of_search() -> Command {
    SearchArgs::augment_args(Command::new("search"))
}

/// Parses a search by its own flags; `None` for another command, and for help and errors, which the whole definition words.
///
/// To make that takes a few tenths of a millisecond, and most runs are searches.
fn plain_search(flags: Command, arguments: &[OsString]) -> Option<SearchArgs> {
    let rest = arguments.get(1..).filter(|rest| rest.first().is_some_and(|name| name == "search"))?;
    SearchArgs::from_arg_matches(&flags.try_get_matches_from(rest).ok()?).ok()
}

fn matched(mut definition: Command, arguments: &[OsString]) -> Result<TopLevel, clap::Error> {
    let mut matches = definition.try_get_matches_from_mut(arguments)?;
    TopLevel::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut definition))
}

/// Returns the definition, its help in the language of the program.
fn localized() -> Command {
    help::localized(TopLevel::command())
}

/// Tells whether the short help is asked for, or nothing at all.
fn is_brief(arguments: &[OsString]) -> bool {
    arguments.len() < 2
        || arguments.iter().skip(1).take_while(|argument| *argument != "--").any(|argument| argument == "-h")
}

/// Joins a flag whose value is optional, and stands behind `=` so that it is not taken for the query, with the word after it
/// where that is one of its values: `--timeline month` is `--timeline=month`.
fn join_optional_values(arguments: &mut Vec<OsString>, flags: &Command) {
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    for place in (1..end).rev() {
        let [Some(flag), Some(value)] = [place, place + 1].map(|at| arguments.get(at).and_then(|text| text.to_str()))
        else {
            continue;
        };
        let takes = |arg: &&clap::Arg| {
            arg.is_require_equals_set() && flag.strip_prefix("--").is_some_and(|name| arg.get_long() == Some(name))
        };
        let known = flags.get_arguments().find(takes).map(clap::Arg::get_possible_values).unwrap_or_default();
        if known.iter().any(|known| known.get_name() == value) {
            let joined = format!("{flag}={value}");
            arguments.splice(place..=place + 1, [OsString::from(joined)]);
        }
    }
}

/// Moves the name of the command to the front, and puts `search` there when there is none; `flags` are those of a search.
///
/// The first argument that is no flag decides, so that `limier --json stats` counts and `limier Orly stats` searches.
fn command_first(arguments: &mut Vec<OsString>, flags: &Command) {
    let Some(first) = first_positional(arguments, flags) else { return };
    let is_command = arguments.get(first).and_then(|name| name.to_str()).is_some_and(Subcommands::has_subcommand);
    if is_command {
        let name = arguments.remove(first);
        arguments.insert(1, name);
    } else {
        arguments.insert(1, "search".into());
    }
}

/// Finds the first argument that is neither a flag nor the value of one; `--` is one when something follows.
fn first_positional(arguments: &[OsString], flags: &Command) -> Option<usize> {
    let mut is_value = false;
    for (place, argument) in arguments.iter().enumerate().skip(1) {
        if std::mem::take(&mut is_value) {
            continue;
        }
        let text = argument.to_string_lossy();
        if text == "--" {
            return (place + 1 < arguments.len()).then_some(place);
        }
        if text == "-" || !text.starts_with('-') {
            return Some(place);
        }
        is_value = expects_value(&text, flags);
    }
    None
}

/// Tells whether the argument after this flag is its value.
fn expects_value(flag: &str, flags: &Command) -> bool {
    let takes_value = |arg: &clap::Arg| {
        !arg.is_require_equals_set() && matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
    };
    match flag.strip_prefix("--") {
        Some(long) => flags.get_arguments().any(|arg| arg.get_long() == Some(long) && takes_value(arg)),
        // `-n 3`, but not `-n3`.
        None => {
            let short = flag.strip_prefix('-').filter(|rest| rest.chars().count() == 1);
            flags.get_arguments().any(|arg| {
                takes_value(arg) && arg.get_short().is_some_and(|letter| short == Some(letter.to_string().as_str()))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{Language, in_language};

    fn moved(line: &str) -> String {
        let mut arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let flags = flags_of_search();
        join_optional_values(&mut arguments, &flags);
        command_first(&mut arguments, &flags);
        let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn the_definition_holds_together() {
        TopLevel::command().debug_assert();
        in_language(Language::French, || localized().debug_assert());
    }

    #[test]
    fn a_plain_search_is_parsed_as_by_the_whole_definition() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for line in ["limier search avion", "limier search -n3 --sort date avion presse", "limier search -- -avion"] {
            let search = plain_search(flags_of_search(), &words(line)).unwrap();
            let whole = matched(TopLevel::command(), &words(line)).ok().and_then(|parsed| parsed.command);
            let Some(Subcommands::Search(whole)) = whole else { panic!("no search") };
            assert_eq!((search.query, search.paths, search.limit), (whole.query, whole.paths, whole.limit), "{line}");
        }
        for line in
            ["limier search -h", "limier search --versoin x", "limier search", "limier stats", "limier", "limier -V"]
        {
            assert!(plain_search(flags_of_search(), &words(line)).is_none(), "{line}");
        }
    }

    #[test]
    fn the_version_is_told_as_the_definition_tells_it() {
        assert_eq!(TopLevel::command().render_version(), VERSION);
        for flag in ["-V", "--version"] {
            let arguments = ["limier", flag].map(OsString::from);
            assert!(asks_version_alone(&arguments));
            let told = matched(TopLevel::command(), &arguments).err().map(|told| told.to_string());
            assert_eq!(told.as_deref(), Some(VERSION));
        }
        for line in ["limier", "limier -V avion", "limier avion -V", "limier -Vn", "limier -- -V"] {
            assert!(!asks_version_alone(&line.split(' ').map(OsString::from).collect::<Vec<_>>()), "{line}");
        }
    }

    #[test]
    fn nothing_at_all_is_answered_by_the_short_help() {
        let refusal = parse(["limier".into()], &Environment::default(), &Settings::default()).err().unwrap();
        assert!(refusal.exit == Exit::Error && refusal.text.contains("limier help syntax"), "{}", refusal.text);
        assert!(refusal.text.lines().count() <= 24, "{}", refusal.text);
    }

    #[test]
    fn every_command_and_flag_has_its_help_in_french() {
        assert_eq!(help::gaps(&TopLevel::command()), [""; 0], "add it to messages/help.rs");
    }

    #[test]
    fn nothing_english_is_left_in_french_help() {
        let definition = in_language(Language::French, localized);
        let mut commands = vec![definition.clone()];
        commands.extend(definition.get_subcommands().cloned());
        for mut command in commands {
            for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
                for english in
                    ["Usage:", "default", "possible values", "Print", "Options:", " the ", " of ", "COMMAND]"]
                {
                    assert!(!help.contains(english), "{english:?} in\n{help}");
                }
            }
        }
    }

    #[test]
    fn the_first_argument_that_is_no_flag_decides() {
        for (typed, expected) in [
            ("limier avion", "limier search avion"),
            ("limier avion stats", "limier search avion stats"),
            ("limier stats", "limier stats"),
            ("limier --json stats", "limier stats --json"),
            ("limier --index avion stats", "limier stats --index avion"),
            ("limier --index=stats avion", "limier search --index=stats avion"),
            ("limier -n 3 avion", "limier search -n 3 avion"),
            ("limier -n3 stats", "limier stats -n3"),
            ("limier search stats", "limier search stats"),
            ("limier -- stats", "limier search -- stats"),
            ("limier --timeline avion", "limier search --timeline avion"),
            ("limier --timeline month avion", "limier search --timeline=month avion"),
            ("limier month --timeline avion", "limier search month --timeline avion"),
            ("limier --timeline", "limier --timeline"),
            ("limier - x", "limier search - x"),
            ("limier --help", "limier --help"),
            ("limier --", "limier --"),
            ("limier --index", "limier --index"),
            ("limier", "limier"),
        ] {
            assert_eq!(moved(typed), expected);
        }
    }
}
