//! Values of flags that the user's settings give: they become the defaults of the definition.

use clap::Command;
use clap::builder::ArgPredicate;

use crate::config::{Flag, Settings};
use crate::messages;

/// The flag `-l`, by its id.
const PATHS_ONLY: &str = "files_with_matches";

/// Sets the defaults of flags, in every command that has them, and says what is wrong with the first value that a flag
/// refuses.
pub(super) fn with_defaults(mut definition: Command, user: &Settings) -> (Command, Option<String>) {
    let mut refused = None;
    for flag in &user.flags {
        match refusal(&definition, flag) {
            None => definition = with_default(definition, flag),
            Some(why) => {
                let text = || messages::config::refused(&user.file, flag.position, &why);
                refused = refused.or_else(|| Some(text()));
            }
        }
    }
    (definition, refused)
}

/// Says why a value is refused, by trying it.
fn refusal(definition: &Command, flag: &Flag) -> Option<String> {
    let typed = ["limier".to_owned(), "search".to_owned(), format!("--{}={}", flag.name, flag.value), "x".to_owned()];
    definition.clone().try_get_matches_from(typed).err().map(|error| messages::usage::brief(&error))
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
