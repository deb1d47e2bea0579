//! The terminal, taken for a session and given back whatever happens: at the end, on an error, while a panic unwinds, on a
//! signal, and for as long as another program has it.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::time::Duration;

use anyhow::{Context as _, Result};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

use crate::environment::Environment;
use crate::messages::interactive as words;

/// A picture is written as one, so that it does not flicker.
type Out = BufWriter<Box<dyn Write>>;

/// The terminal while it is ours.
pub(super) struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Out>>,
    held: Held<Box<dyn Write>>,
    signals: signals::Signals,
}

impl Terminal {
    /// Takes the terminal: that of standard output, or of standard error where the output is read by a program.
    pub(super) fn enter(environment: &Environment) -> Result<Terminal> {
        let is_stdout = environment.stdout_is_terminal;
        let out = || -> Box<dyn Write> { if is_stdout { Box::new(io::stdout()) } else { Box::new(io::stderr()) } };
        let signals = signals::Signals::catch().context(words::CANNOT_TAKE_TERMINAL)?;
        let mut held = Held::new(out(), true);
        held.take().context(words::CANNOT_TAKE_TERMINAL)?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(64 << 10, out()));
        let inner = ratatui::Terminal::new(backend).context(words::CANNOT_TAKE_TERMINAL)?;
        Ok(Terminal { inner, held, signals })
    }

    /// Draws a picture; the terminal shows it when it is whole.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Frame<'_>)) -> Result<()> {
        let draw = || -> io::Result<()> {
            queue!(self.inner.backend_mut(), BeginSynchronizedUpdate)?;
            self.inner.draw(picture)?;
            execute!(self.inner.backend_mut(), EndSynchronizedUpdate)
        };
        draw().context(words::CANNOT_DRAW)
    }

    /// Gives the terminal back for as long as `work` needs it.
    pub(super) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> Result<T> {
        self.held.give_back().context(words::CANNOT_TAKE_TERMINAL)?;
        let done = work();
        // An interrupt that was typed meanwhile was meant for the other program.
        self.signals.forget_interrupts();
        self.held.take().context(words::CANNOT_TAKE_TERMINAL)?;
        self.inner.clear().context(words::CANNOT_DRAW)?;
        Ok(done)
    }

    /// Steps back into the shell until called to the front.
    pub(super) fn stop(&mut self) -> Result<()> {
        self.lend(signals::stop)?.context(words::CANNOT_TAKE_TERMINAL)
    }

    /// Returns the signal that came, if one did.
    pub(super) fn signal(&self) -> Option<i32> {
        self.signals.last()
    }

    /// Gives the terminal back, and lets a signal do what it does where nobody catches it.
    pub(super) fn end_by<T>(&mut self, signal: i32) -> Result<Option<T>> {
        let given_back = self.held.give_back();
        signals::obey(signal).and(given_back).context(words::CANNOT_TAKE_TERMINAL)?;
        Ok(None)
    }
}

/// Waits for an event; a signal cuts the wait short.
pub(super) fn poll(patience: Duration) -> Result<bool> {
    match event::poll(patience) {
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(false),
        outcome => outcome.context(words::CANNOT_READ_KEYS),
    }
}

/// What was switched on, and is switched off when this is dropped.
struct Held<W: Write> {
    out: W,
    /// Whether keys come one by one, unechoed: not where there is no terminal, in tests.
    wants_raw: bool,
    is_held: bool,
}

impl<W: Write> Held<W> {
    fn new(out: W, wants_raw: bool) -> Held<W> {
        Held { out, wants_raw, is_held: false }
    }

    fn take(&mut self) -> io::Result<()> {
        if self.wants_raw {
            enable_raw_mode()?;
        }
        // From here on all is switched off again, even when the next step fails.
        self.is_held = true;
        execute!(self.out, EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
    }

    fn give_back(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.is_held) {
            return Ok(());
        }
        let shown = execute!(
            self.out,
            EndSynchronizedUpdate,
            DisableBracketedPaste,
            DisableMouseCapture,
            LeaveAlternateScreen,
            Show
        );
        if self.wants_raw {
            disable_raw_mode()?;
        }
        shown
    }
}

impl<W: Write> Drop for Held<W> {
    fn drop(&mut self) {
        // Nobody is left to hear that this failed.
        let _ = self.give_back();
    }
}

#[cfg(unix)]
mod signals {
    use std::io::{self, Read};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use signal_hook::SigId;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::flag::register_usize;
    use signal_hook::low_level::{emulate_default_handler, pipe, unregister};

    /// What a session has to end by itself, once it was told to.
    const GRACE: Duration = Duration::from_secs(1);

    /// Signals that would end the program with the terminal still taken.
    pub(super) struct Signals {
        /// The last that came; 0 for none.
        last: Arc<AtomicUsize>,
        caught: Vec<SigId>,
    }

    impl Signals {
        pub(super) fn catch() -> io::Result<Signals> {
            let mut signals = Signals { last: Arc::new(AtomicUsize::new(0)), caught: Vec::new() };
            for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
                let value = usize::try_from(signal).unwrap_or_default();
                signals.caught.push(register_usize(signal, Arc::clone(&signals.last), value)?);
            }
            signals.watch()?;
            Ok(signals)
        }

        /// Ends the program when it does not end by itself: whoever waits for keys of a terminal that is gone is never
        /// told of a signal, and reads its end for ever.
        fn watch(&mut self) -> io::Result<()> {
            let (mut told, teller) = UnixStream::pair()?;
            for signal in [SIGHUP, SIGTERM] {
                self.caught.push(pipe::register(signal, teller.try_clone()?)?);
            }
            let last = Arc::clone(&self.last);
            // It ends when the signals are given back, which closes the other side.
            thread::spawn(move || {
                while told.read(&mut [0]).is_ok_and(|bytes| bytes > 0) {
                    thread::sleep(GRACE);
                    let signal = i32::try_from(last.load(Ordering::SeqCst)).unwrap_or_default();
                    if signal != 0 {
                        let _ = emulate_default_handler(signal);
                    }
                }
            });
            Ok(())
        }

        pub(super) fn last(&self) -> Option<i32> {
            i32::try_from(self.last.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
        }

        pub(super) fn forget_interrupts(&self) {
            if matches!(self.last(), Some(SIGINT | SIGQUIT)) {
                self.last.store(0, Ordering::SeqCst);
            }
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            for id in self.caught.drain(..) {
                unregister(id);
            }
        }
    }

    pub(super) fn stop() -> io::Result<()> {
        emulate_default_handler(SIGTSTP)
    }

    pub(super) fn obey(signal: i32) -> io::Result<()> {
        emulate_default_handler(signal)
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;

    /// There are no signals here.
    pub(super) struct Signals;

    impl Signals {
        pub(super) fn catch() -> io::Result<Signals> {
            Ok(Signals)
        }

        pub(super) fn last(&self) -> Option<i32> {
            None
        }

        pub(super) fn forget_interrupts(&self) {}
    }

    pub(super) fn stop() -> io::Result<()> {
        Ok(())
    }

    pub(super) fn obey(_: i32) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    #[test]
    fn a_panic_gives_the_terminal_back() {
        let mut written = Vec::new();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut held = Held::new(&mut written, false);
            held.take().unwrap();
            panic!("a defect");
        }));
        assert!(outcome.is_err());
        let written = String::from_utf8(written).unwrap();
        // DEC private modes: alternate screen, cursor, mouse, pasted text.
        for (on, off) in [("[?1049h", "[?1049l"), ("[?1000h", "[?1000l"), ("[?2004h", "[?2004l")] {
            let (on, off) = (written.find(on).unwrap(), written.rfind(off).unwrap());
            assert!(on < off, "{written:?}");
        }
        assert!(written.ends_with("[?25h"), "{written:?}");
    }

    #[test]
    fn it_is_given_back_once_and_can_be_taken_again() {
        let mut written = Vec::new();
        let mut held = Held::new(&mut written, false);
        held.give_back().unwrap();
        held.take().unwrap();
        held.give_back().unwrap();
        held.give_back().unwrap();
        held.take().unwrap();
        drop(held);
        let written = String::from_utf8(written).unwrap();
        assert_eq!(written.matches("[?1049h").count(), 2);
        assert_eq!(written.matches("[?1049l").count(), 2);
    }
}
