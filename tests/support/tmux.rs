//! The program in a terminal that a test types into and looks at: tmux.

use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Sandbox;

/// How long something may take to show.
const PATIENCE: Duration = Duration::from_secs(20);

/// A shell in a terminal of its own; it is ended when this is dropped.
#[derive(Debug)]
pub struct Tmux<'s> {
    sandbox: &'s Sandbox,
    socket: String,
}

impl<'s> Tmux<'s> {
    /// Opens a terminal of so many columns and rows; `None`, which is said, where tmux is absent.
    pub fn open(sandbox: &'s Sandbox, columns: u16, rows: u16, variables: &[(&str, &str)]) -> Option<Tmux<'s>> {
        if Command::new("tmux").arg("-V").output().is_err() {
            #[allow(clippy::print_stderr)]
            {
                eprintln!("skipped: tmux is absent");
            }
            return None;
        }
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("tmux-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let socket = sandbox.home().join(name).to_string_lossy().into_owned();
        let tmux = Tmux { sandbox, socket };
        let (columns, rows) = (columns.to_string(), rows.to_string());
        let mut command = tmux.command(&["new-session", "-d", "-x", &columns, "-y", &rows, "sh"]);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(tmux)
    }

    /// Types a text as it stands.
    pub fn type_in(&self, text: &str) {
        self.run(&["send-keys", "-l", text]);
    }

    /// Presses keys by their names: `Enter`, `Down`, `C-s`.
    pub fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat());
    }

    /// Types a command line and presses Enter; `limier` in it is the program.
    pub fn command_line(&self, line: &str) {
        self.type_in(&line.replace("limier", &self.sandbox.program().to_string_lossy()));
        self.press(&["Enter"]);
    }

    /// Changes the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.run(&["resize-window", "-x", &columns.to_string(), "-y", &rows.to_string()]);
    }

    /// Returns what stands on the screen.
    pub fn screen(&self) -> String {
        self.run(&["capture-pane", "-p"])
    }

    /// Returns what stands on the screen with its colours.
    pub fn colors(&self) -> String {
        self.run(&["capture-pane", "-p", "-e"])
    }

    /// Returns what tmux knows of the terminal: `#{alternate_on}`.
    pub fn asked(&self, what: &str) -> String {
        self.run(&["display-message", "-p", what]).trim().to_owned()
    }

    /// Waits until the screen holds all of these, and returns it.
    #[track_caller]
    pub fn wait_for(&self, parts: &[&str]) -> String {
        self.wait_until(&format!("{parts:?} expected"), |screen| parts.iter().all(|part| screen.contains(part)))
    }

    /// Waits until the screen is as wanted, and returns it.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return screen;
            }
            assert!(began.elapsed() < PATIENCE, "{what}\n{screen}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        assert!(output.status.success(), "tmux {arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        // Characters are those of UTF-8 whatever the locale; no configuration of anybody is read.
        command.args(["-u", "-f", "/dev/null", "-S", &self.socket]).args(arguments);
        self.sandbox.set_up(&mut command);
        command.env_remove("TMUX").env("TERM", "screen-256color").env("PS1", "$ ").env_remove("ENV");
        command
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        // Where its shell has ended there is nobody to hear this.
        let _ = self.output(&["kill-server"]);
    }
}
