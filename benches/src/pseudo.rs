//! A pseudo-terminal, and a program that runs on one.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

/// Rows of the terminal of [`run`]: so many that no pager is called for.
const ROWS: u16 = 1_000;

/// Opens a terminal that changes nothing of what is written; returns its end for a person, and that for a program.
///
/// # Errors
/// There is no terminal left.
pub(crate) fn open(columns: u16, rows: u16) -> Result<(File, File)> {
    let ours: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).context("no pseudo-terminal")?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    let theirs = OpenOptions::new().read(true).write(true).open(std::ffi::OsStr::from_bytes(name.as_bytes()))?;
    let mut settings = tcgetattr(&theirs)?;
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings)?;
    tcsetwinsize(&theirs, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 })?;
    Ok((File::from(ours), theirs))
}

/// Returns all that the program writes, to both streams, as it comes.
///
/// # Errors
/// There is no terminal left, or the program cannot be run or is ended by a signal.
pub(crate) fn run(mut command: Command, columns: u16) -> Result<Vec<u8>> {
    let (mut ours, theirs) = open(columns, ROWS)?;
    let reader = std::thread::spawn(move || {
        let (mut all, mut part) = (Vec::new(), [0; 4096]);
        // The last writer's leaving is an error of its own on Linux.
        while let Ok(count @ 1..) = ours.read(&mut part) {
            all.extend_from_slice(part.get(..count).unwrap_or_default());
        }
        all
    });
    command.stdin(Stdio::null()).stdout(theirs.try_clone()?).stderr(theirs);
    let status =
        command.spawn().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?.wait();
    // It holds this side of the terminal, which ends when it is gone.
    drop(command);
    let all = reader.join().map_err(|_| anyhow!("the terminal could not be read"))?;
    let status = status?;
    ensure!(status.code().is_some(), "the program ended with {status}");
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_streams_come_from_a_terminal_of_that_width() {
        let shown = run(shell("test -t 1 && test -t 2 && stty size <&1; echo err >&2"), 72).unwrap();
        assert_eq!(String::from_utf8_lossy(&shown), "1000 72\nerr\n");
    }

    #[test]
    fn a_program_that_is_killed_or_missing_is_an_error() {
        assert!(run(shell("kill -9 $$"), 80).is_err());
        assert!(run(Command::new("/no/such/program"), 80).is_err());
    }
}
