//! A command of the user's that makes a text of a file.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Error;

use super::{Globs, Skip};

/// A command that makes a text of files that are not read otherwise, and which files it is for.
///
/// It is run without a shell, once a file, the file's path its only argument and its standard input empty. What it writes
/// to its standard output is the text, in any encoding that files may have; it fails by its exit code.
///
/// ```
/// use limier::ingest::Command;
/// let command = Command::new("pdf-en-texte", ["*.pdf"])?;
/// assert_eq!(command.program(), std::path::Path::new("pdf-en-texte"));
/// assert!(Command::new("x", ["[a-"]).is_err());
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Command {
    program: PathBuf,
    globs: Vec<String>,
    /// Says nothing of what the command makes of a file: neither kept nor compared.
    #[serde(skip)]
    timeout: Option<Duration>,
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        (&self.program, &self.globs) == (&other.program, &other.globs)
    }
}

impl Eq for Command {}

/// Bytes of what a command says of its failure that are kept.
const MESSAGE_BYTES: u64 = 4 << 10;

/// Characters of it that are told.
const MESSAGE_CHARS: usize = 120;

impl Command {
    /// Makes a command of a program, for the files that match the globs; with none, for all files of types that are not
    /// read.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`](crate::ErrorKind::InvalidOption) when a glob is none.
    pub fn new<G: Into<String>>(
        program: impl Into<PathBuf>,
        globs: impl IntoIterator<Item = G>,
    ) -> Result<Command, Error> {
        let globs: Vec<String> = globs.into_iter().map(Into::into).collect();
        Globs::new(&globs)?;
        Ok(Command { program: program.into(), globs, timeout: None })
    }

    /// Ends the command where it takes longer than this for one file: the file counts as unreadable, and is tried again by
    /// the next refresh. Two commands that differ in this alone are equal, and an index does not remember it.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Command {
        self.timeout = Some(timeout);
        self
    }

    /// Returns the program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Returns the matcher of its files, or `None` when it is for all that are not read otherwise.
    pub(super) fn globs(&self) -> Option<Globs> {
        // What was checked when it was made; from a record that is damaged nothing is run.
        (!self.globs.is_empty()).then(|| Globs::new(&self.globs).unwrap_or_default())
    }

    /// Runs the command on a file, and returns what it wrote, at most `limit` bytes.
    ///
    /// # Errors
    /// [`TimedOut`](io::ErrorKind::TimedOut) when it took too long; another time it may not.
    pub(super) fn run(&self, path: &Path, limit: u64) -> io::Result<Result<Vec<u8>, Skip>> {
        let Some(timeout) = self.timeout else { return Ok(self.output(path, limit, &Mutex::default())) };
        let child = Arc::new(Mutex::new(None));
        let (sender, receiver) = channel();
        let (command, path, running) = (self.clone(), path.to_path_buf(), child.clone());
        // What the command itself started may hold its output open after its end: nobody waits for this thread.
        std::thread::spawn(move || sender.send(command.output(&path, limit, &running)));
        receiver.recv_timeout(timeout).map_err(|_| {
            if let Some(mut child) = lock(&child).take() {
                end(&mut child);
            }
            io::Error::new(io::ErrorKind::TimedOut, format!("the command took longer than {timeout:?}"))
        })
    }

    /// Runs the command to its end; meanwhile it is `running`, from where it may be taken and ended.
    fn output(&self, path: &Path, limit: u64, running: &Mutex<Option<Child>>) -> Result<Vec<u8>, Skip> {
        let failed = |error: String| Skip::CommandFailed { error };
        let could_not_run = |error: std::io::Error| failed(format!("{}: {error}", self.program.display()));
        // A path that begins with a hyphen would be taken for a flag.
        let path = std::path::absolute(path).map_err(could_not_run)?;
        let mut command = std::process::Command::new(&self.program);
        command.arg(path).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(could_not_run)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        *lock(running) = Some(child);
        let message = stderr.map(|stderr| std::thread::spawn(move || beginning(stderr)));
        let mut output = Vec::new();
        let read = match stdout {
            Some(stdout) => stdout.take(limit.saturating_add(1)).read_to_end(&mut output),
            None => Ok(0),
        };
        // Whoever took it has ended it.
        let Some(mut child) = lock(running).take() else { return Err(failed(String::new())) };
        if output.len() as u64 > limit {
            end(&mut child);
            return Err(Skip::TooLarge { bytes: output.len() as u64, limit });
        }
        if let Err(error) = read {
            end(&mut child);
            return Err(could_not_run(error));
        }
        let status = child.wait().map_err(could_not_run)?;
        if status.success() {
            return Ok(output);
        }
        let message = message.and_then(|thread| thread.join().ok()).unwrap_or_default();
        let line = message.lines().map(str::trim).find(|line| !line.is_empty());
        let line: Option<String> = line.map(|line| line.chars().take(MESSAGE_CHARS).collect());
        Err(failed(line.unwrap_or_else(|| status.to_string())))
    }
}

fn lock(running: &Mutex<Option<Child>>) -> MutexGuard<'_, Option<Child>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends a command that is not read any more.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a stream to its end, and returns its beginning.
fn beginning(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = (&mut stream).take(MESSAGE_BYTES).read_to_end(&mut bytes);
    // A command that cannot write would wait for ever.
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn script(folder: &Path, text: &str) -> Command {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join("commande");
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Command::new(path, [] as [&str; 0]).unwrap()
    }

    #[test]
    fn the_path_is_the_only_argument_and_no_shell_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a; echo $HOME `x` 'b'.pdf");
        std::fs::write(&path, "contenu").unwrap();
        let command = script(folder.path(), "[ $# = 1 ] && cat \"$1\"");
        assert_eq!(command.run(&path, 100).unwrap().unwrap(), b"contenu");
    }

    #[test]
    fn failures_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        let failing = script(folder.path(), "echo; echo 'pas un PDF' >&2; exit 3");
        assert_eq!(failing.run(&path, 100).unwrap(), Err(Skip::CommandFailed { error: "pas un PDF".to_owned() }));
        let silent = script(folder.path(), "exit 3");
        let Err(Skip::CommandFailed { error }) = silent.run(&path, 100).unwrap() else { panic!() };
        assert!(error.contains('3'), "{error}");
        let endless = script(folder.path(), "while :; do echo du texte; done");
        assert!(matches!(endless.run(&path, 1000).unwrap(), Err(Skip::TooLarge { limit: 1000, .. })));
        let absent = Command::new("/nulle/part", ["*"]).unwrap();
        assert!(
            matches!(absent.run(&path, 100).unwrap(), Err(Skip::CommandFailed { error }) if error.contains("/nulle/part"))
        );
    }

    #[test]
    fn a_command_that_takes_too_long_is_ended_with_whatever_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let short = Duration::from_millis(200);
        // The shell waits for another program, which holds its output open.
        let slow = script(folder.path(), "sleep 30; echo trop tard").timeout(short);
        let began = std::time::Instant::now();
        let error = slow.run(folder.path(), 100).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        let quick = script(folder.path(), "echo texte").timeout(Duration::from_secs(60));
        assert_eq!(quick.run(folder.path(), 100).unwrap().unwrap(), b"texte\n");
        assert_eq!(quick, script(folder.path(), "echo texte"));
    }

    #[test]
    fn a_command_that_says_much_of_its_failure_does_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let loud = script(folder.path(), "yes erreur | head -c 1000000 >&2; echo texte");
        assert_eq!(loud.run(folder.path(), 100).unwrap().unwrap(), b"texte\n");
    }
}
