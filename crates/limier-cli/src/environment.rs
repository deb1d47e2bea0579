//! What the program takes from its surroundings, read once.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Variables and terminals.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    /// `$LIMIER_INDEX`.
    pub(crate) index: Option<PathBuf>,
    /// The folder for caches of this user.
    pub(crate) cache: Option<PathBuf>,
    /// The file of this user's settings, whether it is there or not.
    pub(crate) config: Option<PathBuf>,
    /// `$LIMIER_CONFIG` names it, so that it must be there.
    pub(crate) config_is_named: bool,
    /// The user's own folder.
    pub(crate) home: Option<PathBuf>,
    /// `$LIMIER_PAGER`, else `$PAGER`: a command as a shell reads it.
    pub(crate) pager: Option<String>,
    /// `$VISUAL`, else `$EDITOR`.
    pub(crate) editor: Option<String>,
    /// `$NO_COLOR` is set: <https://no-color.org>.
    pub(crate) no_color: bool,
    /// `$CLICOLOR_FORCE` is set, and not to 0: <https://bixense.com/clicolors/>.
    pub(crate) force_color: bool,
    /// The terminal is one of those that are known to show links (OSC 8).
    pub(crate) knows_links: bool,
    /// `$TERM` is `dumb`.
    pub(crate) dumb: bool,
    /// Standard output is a terminal.
    pub(crate) stdout_is_terminal: bool,
    /// Standard error is a terminal.
    pub(crate) stderr_is_terminal: bool,
}

impl Environment {
    pub(crate) fn read() -> Environment {
        let home = env::home_dir().filter(|home| home.is_absolute());
        let named = variable("LIMIER_CONFIG").map(PathBuf::from);
        let folder = config_folder(variable("XDG_CONFIG_HOME"), variable("APPDATA"), home.as_deref());
        Environment {
            index: variable("LIMIER_INDEX").map(PathBuf::from),
            cache: cache_folder(variable("XDG_CACHE_HOME"), variable("LOCALAPPDATA"), home.as_deref()),
            config_is_named: named.is_some(),
            config: named.or_else(|| folder.map(|folder| folder.join("limier").join("config.toml"))),
            home,
            pager: command("LIMIER_PAGER").or_else(|| command("PAGER")),
            editor: command("VISUAL").or_else(|| command("EDITOR")),
            no_color: variable("NO_COLOR").is_some(),
            force_color: variable("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            knows_links: knows_links(&|name| variable(name).map(|value| value.to_string_lossy().into_owned())),
            dumb: variable("TERM").is_some_and(|value| value == "dumb"),
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
        }
    }
}

/// Reads a variable; one that is set to nothing is not set.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Tells whether a terminal shows links, by the variables that terminals set for whoever runs in them.
///
/// Others would ignore the marks, but some show them: <https://github.com/Alhadis/OSC8-Adoption>.
fn knows_links(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let term = variable("TERM").unwrap_or_default();
    // GNOME Terminal and its like, since VTE 0.50.
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).unwrap_or_default();
    matches!(program.as_str(), "iTerm.app" | "WezTerm" | "vscode" | "ghostty" | "Hyper" | "Tabby" | "rio")
        || vte >= 5000
        || ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| variable(name).is_some())
        || ["alacritty", "xterm-kitty", "foot", "xterm-ghostty", "contour"].iter().any(|known| term.starts_with(known))
}

/// Reads a variable that names a command.
fn command(name: &str) -> Option<String> {
    variable(name)?.into_string().ok().filter(|command| !command.trim().is_empty())
}

/// `$XDG_CACHE_HOME` everywhere, else the platform's own; a relative path in the variable is not honoured, as the XDG
/// specification asks: <https://specifications.freedesktop.org/basedir-spec/latest/>.
fn cache_folder(xdg: Option<OsString>, local_data: Option<OsString>, home: Option<&Path>) -> Option<PathBuf> {
    let below_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    user_folder(xdg, local_data, home, below_home)
}

/// The same for settings.
fn config_folder(xdg: Option<OsString>, data: Option<OsString>, home: Option<&Path>) -> Option<PathBuf> {
    let below_home = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
    user_folder(xdg, data, home, below_home)
}

fn user_folder(
    xdg: Option<OsString>,
    windows: Option<OsString>,
    home: Option<&Path>,
    below_home: &str,
) -> Option<PathBuf> {
    if let Some(folder) = xdg.map(PathBuf::from).filter(|folder| folder.is_absolute()) {
        return Some(folder);
    }
    if cfg!(windows) {
        return windows.map(PathBuf::from);
    }
    home.map(|home| home.join(below_home))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_for_terminals_that_show_them() {
        let set = |name: &'static str, value: &'static str| {
            knows_links(&move |asked: &str| (asked == name).then(|| value.to_owned()))
        };
        assert!(set("TERM_PROGRAM", "WezTerm") && set("VTE_VERSION", "6003") && set("TERM", "xterm-kitty"));
        assert!(
            !set("TERM_PROGRAM", "Apple_Terminal") && !set("VTE_VERSION", "4200") && !set("TERM", "xterm-256color")
        );
    }

    #[test]
    #[cfg(not(any(windows, target_os = "macos")))]
    fn the_folders_of_caches_and_settings_are_the_users() {
        let home = Path::new("/home/ada");
        assert_eq!(cache_folder(Some("/tmp/c".into()), None, Some(home)), Some("/tmp/c".into()));
        assert_eq!(cache_folder(Some("c".into()), None, Some(home)), Some("/home/ada/.cache".into()));
        assert_eq!(cache_folder(None, None, Some(home)), Some("/home/ada/.cache".into()));
        assert_eq!(cache_folder(None, None, None), None);
        assert_eq!(config_folder(None, None, Some(home)), Some("/home/ada/.config".into()));
        assert_eq!(config_folder(Some("/tmp/c".into()), None, Some(home)), Some("/tmp/c".into()));
    }
}
