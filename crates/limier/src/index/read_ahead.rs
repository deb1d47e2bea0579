//! What another thread has read of an article before the one that indexes comes to it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use limier_french::Analysis;

/// The texts of an article, read.
#[derive(Debug, Default)]
pub(super) struct Analyses {
    pub(super) title: Analysis,
    pub(super) body: Analysis,
    pub(super) author: Analysis,
    pub(super) source: Analysis,
}

/// A place for the analyses of an article, which two threads may come to.
#[derive(Debug, Default)]
pub(super) struct ReadAhead(Mutex<State>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Unread,
    Read(Box<Analyses>),
    Taken,
}

impl ReadAhead {
    /// Reads what nobody has come to yet; tells whether it did.
    pub(super) fn read(&self, read: impl FnOnce() -> Analyses) -> bool {
        let mut state = self.lock();
        let is_unread = matches!(*state, State::Unread);
        if is_unread {
            *state = State::Read(Box::new(read()));
        }
        is_unread
    }

    /// Returns what was read, once; waits for one who is reading. After that nobody reads ahead.
    pub(super) fn take(&self) -> Option<Box<Analyses>> {
        match std::mem::replace(&mut *self.lock(), State::Taken) {
            State::Read(analyses) => Some(analyses),
            State::Unread | State::Taken => None,
        }
    }

    /// Who panicked while reading has left it unread.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use limier_french::FrenchAnalyzer;

    use super::*;

    fn of(text: &str) -> Analyses {
        Analyses { body: FrenchAnalyzer::new().analyze(text), ..Analyses::default() }
    }

    #[test]
    fn it_is_read_once_and_taken_once() {
        let ahead = ReadAhead::default();
        assert!(ahead.read(|| of("deux mots")));
        assert!(!ahead.read(|| unreachable!("it was read")));
        assert_eq!(ahead.take().unwrap().body.len(), 2);
        assert!(ahead.take().is_none());
        assert!(!ahead.read(|| unreachable!("it was taken")));
    }

    #[test]
    fn what_was_taken_unread_is_not_read() {
        let ahead = ReadAhead::default();
        assert!(ahead.take().is_none());
        assert!(!ahead.read(|| unreachable!("it was taken")));
    }

    #[test]
    fn who_takes_waits_for_one_who_reads() {
        let (ahead, (has_begun, begins)) = (ReadAhead::default(), mpsc::channel());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                ahead.read(|| {
                    has_begun.send(()).unwrap();
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    of("un mot")
                })
            });
            begins.recv().unwrap();
            assert_eq!(ahead.take().unwrap().body.len(), 2);
        });
    }

    #[test]
    fn a_panic_leaves_it_unread() {
        let ahead = ReadAhead::default();
        std::thread::scope(|scope| {
            assert!(scope.spawn(|| ahead.read(|| panic!("while reading"))).join().is_err());
        });
        assert!(ahead.take().is_none());
    }
}
