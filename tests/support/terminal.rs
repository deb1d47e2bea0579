//! Runs in a pseudo-terminal, for what is shown on one only.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::thread::{self, JoinHandle};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use crate::sandbox::shown;
use crate::{Run, Sandbox};

impl Sandbox {
    /// Runs the program with standard output and standard error each on a terminal of so many columns.
    pub fn run_in_terminal(&self, arguments: &[&str], columns: u16) -> Run {
        self.run_command_in_terminal(self.command(arguments), columns)
    }

    /// Runs the program, as a command was set up, on terminals.
    pub fn run_command_in_terminal(&self, mut command: std::process::Command, columns: u16) -> Run {
        let shown = shown(&command);
        let ((out, out_reader), (err, err_reader)) = (terminal(columns), terminal(columns));
        command.stdout(out).stderr(err);
        let status = command.spawn().unwrap().wait().unwrap();
        // It holds this side of the terminals: they end when it is gone.
        drop(command);
        let (stdout, stderr) = (out_reader.join().unwrap(), err_reader.join().unwrap());
        Run::new(shown, std::process::Output { status, stdout, stderr })
    }
}

/// Opens a terminal that changes nothing of what is written; returns its end for the program, and the reader of the
/// other.
fn terminal(columns: u16) -> (File, JoinHandle<Vec<u8>>) {
    let ours: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let path = std::ffi::OsStr::from_bytes(name.as_bytes());
    let theirs = OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut settings = tcgetattr(&theirs).unwrap();
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings).unwrap();
    tcsetwinsize(&theirs, Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let reader = thread::spawn(move || {
        let mut ours = File::from(ours);
        let (mut all, mut part) = (Vec::new(), [0; 4096]);
        // The last writer's leaving is an error of its own on Linux.
        while let Ok(count @ 1..) = ours.read(&mut part) {
            all.extend_from_slice(&part[..count]);
        }
        all
    });
    (theirs, reader)
}
