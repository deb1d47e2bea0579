//! A folder for one test, and the program run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::Run;

/// A temporary folder with a home, a cache and a working folder of its own; it is gone when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    folder: TempDir,
    program: PathBuf,
}

impl Sandbox {
    /// Makes one for the program at this path: `env!("CARGO_BIN_EXE_limier")`.
    pub fn new(program: &str) -> Sandbox {
        let folder = TempDir::new().unwrap();
        let sandbox = Sandbox { folder, program: program.into() };
        fs::create_dir(sandbox.home()).unwrap();
        fs::create_dir(sandbox.work()).unwrap();
        sandbox
    }

    /// Returns the home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Returns the cache folder, which exists once the program has made it.
    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// Returns the folder of settings, which does not exist unless a test makes it.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// Returns the folder in which the program runs.
    pub fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Returns a path in the working folder.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.work().join(relative)
    }

    /// Writes a file in the working folder, and the folders above it.
    pub fn write(&self, relative: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Deletes a file in the working folder.
    pub fn remove(&self, relative: impl AsRef<Path>) {
        fs::remove_file(self.path(relative)).unwrap();
    }

    /// Returns the program, set to run in the working folder and to know no other cache, home or colours than its own.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null());
        self.set_up(&mut command);
        command
    }

    /// Returns the path of the program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Sets a command up as the program is run: in this folder, with no settings of whoever runs the test.
    pub(crate) fn set_up(&self, command: &mut Command) {
        command
            .current_dir(self.work())
            .env("HOME", self.home())
            .env("XDG_CACHE_HOME", self.cache())
            .env("XDG_CONFIG_HOME", self.config())
            .env("LC_ALL", "C");
        let others =
            ["LIMIER_INDEX", "LIMIER_CONFIG", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"];
        let programs = ["LIMIER_PAGER", "PAGER", "VISUAL", "EDITOR", "LESS"];
        for name in others.into_iter().chain(programs) {
            command.env_remove(name);
        }
    }

    /// Runs the program.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Run {
        self.run_command(self.command(arguments))
    }

    /// Runs the program with something on its standard input.
    pub fn run_with_input<A: AsRef<OsStr>>(&self, arguments: &[A], input: impl Into<Vec<u8>>) -> Run {
        let mut command = self.command(arguments);
        let shown = shown(&command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.into();
        // Writing ends when the program has read enough.
        let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Run::new(shown, output)
    }

    /// Runs a line as a person types it into a shell, where the program is found by its name.
    #[cfg(unix)]
    pub fn run_line(&self, line: &str) -> Run {
        let mut command = Command::new("sh");
        command.args(["-c", line]).stdin(Stdio::null());
        self.set_up(&mut command);
        let here = self.program.parent().map(Path::to_owned).into_iter();
        let others = std::env::var_os("PATH").unwrap_or_default();
        command.env("PATH", std::env::join_paths(here.chain(std::env::split_paths(&others))).unwrap());
        Run::new(line.to_owned(), command.output().unwrap())
    }

    /// Runs the program as a command was set up.
    pub fn run_command(&self, mut command: Command) -> Run {
        let shown = shown(&command);
        Run::new(shown, command.output().unwrap())
    }
}

/// Returns a command as it would be typed.
pub(crate) fn shown(command: &Command) -> String {
    let words = command.get_args().map(|word| format!("{:?}", word.to_string_lossy()));
    format!("limier {}", words.collect::<Vec<_>>().join(" "))
}
