//! Programs that show or edit a text: `$LIMIER_PAGER`, `$PAGER`, `$VISUAL`, `$EDITOR`.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::environment::Environment;

/// Returns the pager: a command as a shell reads it.
pub(crate) fn command(environment: &Environment) -> String {
    environment.pager.clone().unwrap_or_else(|| "less".to_owned())
}

/// Returns the editor: a command as a shell reads it.
pub(crate) fn editor(environment: &Environment) -> String {
    environment.editor.clone().unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// What a pager shows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Paged {
    /// The answer to a search.
    Answer,
    /// An article, from a row on.
    Article { row: usize },
}

/// Shows a text in a pager, from a row on where the pager can begin elsewhere than at the top; returns when it ends.
///
/// # Errors
/// When the pager cannot be run, or ends with a failure.
pub(crate) fn show(pager: &str, text: &[u8], what: Paged) -> io::Result<()> {
    let arguments = match what {
        _ if name_of(pager) != "less" => Vec::new(),
        // What fits the screen needs no keys.
        Paged::Answer => vec!["-RFX".to_owned()],
        Paged::Article { row: 0 } => vec!["-R".to_owned()],
        Paged::Article { row } => vec!["-R".to_owned(), format!("+{}", row + 1)],
    };
    let mut child = as_shell(pager, &arguments).stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        match input.write_all(text) {
            // Whoever has read enough leaves.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error),
            _ => {}
        }
    }
    ended(child.wait()?)
}

/// Opens a file in an editor, at a line where the editor is known to take one; returns when it ends.
///
/// # Errors
/// When the editor cannot be run, or ends with a failure.
pub(crate) fn edit(editor: &str, path: &Path, line: u32) -> io::Result<()> {
    let arguments = editor_arguments(name_of(editor), path, line);
    ended(as_shell(editor, &arguments).status()?)
}

/// Returns how an editor is told a file and a line; one that is not known is told the file.
fn editor_arguments(name: &str, path: &Path, line: u32) -> Vec<OsString> {
    // A name that begins with a hyphen is no flag.
    let is_flag = path.as_os_str().as_encoded_bytes().starts_with(b"-");
    let mut path = if is_flag { Path::new(".").join(path) } else { path.to_owned() }.into_os_string();
    match name {
        "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "ne"
        | "mg" | "gedit" => vec![format!("+{line}").into(), path],
        "code" | "codium" | "code-insiders" => {
            path.push(format!(":{line}"));
            vec!["--goto".into(), path]
        }
        "hx" | "helix" | "subl" | "zed" => {
            path.push(format!(":{line}"));
            vec![path]
        }
        _ => vec![path],
    }
}

/// Returns the bare name of the program that a command runs.
fn name_of(command: &str) -> &str {
    let program = command.split_whitespace().next().unwrap_or_default();
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".exe").unwrap_or(name)
}

/// Runs a command as a shell reads it, arguments added, as git does with `$PAGER` and `$EDITOR`.
#[cfg(unix)]
fn as_shell<A: AsRef<OsStr>>(command: &str, arguments: &[A]) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{command} \"$@\"")).arg(command).args(arguments);
    shell
}

#[cfg(not(unix))]
fn as_shell<A: AsRef<OsStr>>(command: &str, arguments: &[A]) -> Command {
    let mut words = command.split_whitespace();
    let mut program = Command::new(words.next().unwrap_or_default());
    program.args(words).args(arguments);
    program
}

fn ended(status: std::process::ExitStatus) -> io::Result<()> {
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line_as_each_wants_it() {
        for (name, arguments) in [
            ("vim", &["+7", "a b.txt"][..]),
            ("code", &["--goto", "a b.txt:7"]),
            ("hx", &["a b.txt:7"]),
            ("ed", &["a b.txt"]),
        ] {
            assert_eq!(editor_arguments(name, Path::new("a b.txt"), 7), arguments);
        }
        assert_eq!(editor_arguments("ed", Path::new("-x"), 7), ["./-x"]);
        assert_eq!(name_of("/usr/bin/less -R"), "less");
        assert_eq!(name_of(""), "");
    }

    #[test]
    #[cfg(unix)]
    fn an_editor_is_told_a_path_that_is_no_text() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new(OsStr::from_bytes(b"caf\xe9.txt"));
        assert_eq!(editor_arguments("vim", path, 2), [OsStr::new("+2"), path.as_os_str()]);
        assert_eq!(editor_arguments("hx", path, 2), [OsStr::from_bytes(b"caf\xe9.txt:2")]);
    }

    #[test]
    #[cfg(unix)]
    fn a_pager_gets_the_text_and_its_failure_is_told() {
        let folder = std::env::temp_dir().join(format!("limier-pager-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a b");
        show(&format!("cat > '{}'", file.display()), "été\n".as_bytes(), Paged::Article { row: 3 }).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "été\n");
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(show("exit 3;", b"x", Paged::Answer).is_err());
        // A pager that leaves early is no failure.
        show("true;", &vec![b'x'; 1 << 20], Paged::Answer).unwrap();
    }
}
