//! Values of flags that the user's settings give: they become the defaults of the definition.

use clap::Command;
use clap::builder::ArgPredicate;

use crate::config::{Flag, Settings};
use crate::messages;

/// The flag `-l`, by its id.
const PATHS_ONLY: &str = "files_with_matches";

/// Sets the defaults of flags, in every command that has them; their values are not [`refused`].
pub(super) fn with_defaults(definition: Command, user: &Settings) -> Command {
    user.flags.iter().fold(definition, with_default)
}

/// Says what is wrong with the first value that a flag refuses, by trying it on the flags of a search.
pub(super) fn refused(flags: &Command, user: &Settings) -> Option<String> {
    if user.flags.is_empty() || flags.clone().try_get_matches_from(typed(&user.flags, &[])).is_ok() {
        return None;
    }
    // Only now the words for it are needed.
    let definition = super::localized();
    user.flags.iter().find_map(|flag| {
        let outcome = definition.clone().try_get_matches_from(typed(std::slice::from_ref(flag), &["search"]));
        let why = messages::usage::brief(&outcome.err()?);
        Some(messages::config::refused(&user.file, flag.position, &why))
    })
}

/// Writes a search with these flags, as a person would type it.
fn typed(flags: &[Flag], command: &[&str]) -> Vec<String> {
    let flags = flags.iter().map(|flag| format!("--{}={}", flag.name, flag.value));
    let command = ["limier"].iter().chain(command).map(|word| (*word).to_owned());
    command.chain(flags).chain(["x".to_owned()]).collect()
}

fn with_default(definition: Command, flag: &Flag) -> Command {
    // Without its feature `string`, clap wants defaults that live as long as the program; there are a few of them.
    let value: &'static str = Box::leak(flag.value.clone().into_boxed_str());
    let set = |command: Command| {
        // Hits are what `limit` means in settings, and `-l` writes the paths of all.
        let has_hits = command.get_arguments().any(|arg| arg.get_id() == PATHS_ONLY);
        command.mut_args(|arg| {
            let values = arg.get_possible_values();
            let is_value = values.is_empty() || values.iter().any(|known| known.matches(value, false));
            match arg.get_long() == Some(flag.name) && is_value {
                true if flag.name != "limit" => arg.default_value(value),
                true if has_hits => {
                    arg.default_value_if(PATHS_ONLY, ArgPredicate::IsPresent, None).default_value(value)
                }
                _ => arg,
            }
        })
    };
    set(definition).mut_subcommands(set)
}
