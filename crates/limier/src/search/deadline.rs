//! When a search has to end.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// A moment after which a search looks for nothing more; without one it never comes.
///
/// Whoever does long work asks from time to time whether [`is_over`](Deadline::is_over), and leaves the rest undone if so.
#[derive(Debug, Default)]
pub(super) struct Deadline {
    at: Option<Instant>,
    /// Whether work was left undone.
    cut: Cell<bool>,
}

impl Deadline {
    /// Returns the moment that lies so far ahead; one that lies beyond all clocks never comes.
    pub(super) fn after(timeout: Option<Duration>) -> Deadline {
        let at = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Deadline { at, cut: Cell::new(false) }
    }

    /// Tells whether the moment has come; then whoever asks leaves work undone, which is remembered.
    pub(super) fn is_over(&self) -> bool {
        let Some(at) = self.at else { return false };
        if !self.cut.get() && Instant::now() >= at {
            self.cut.set(true);
        }
        self.cut.get()
    }

    /// Tells whether work was left undone.
    pub(super) fn has_cut(&self) -> bool {
        self.cut.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_comes_once_and_stays() {
        let none = Deadline::after(None);
        assert!(!none.is_over() && !none.has_cut());
        let far = Deadline::after(Some(Duration::MAX));
        assert!(!far.is_over() && !far.has_cut());
        let now = Deadline::after(Some(Duration::ZERO));
        assert!(!now.has_cut() && now.is_over() && now.has_cut());
    }
}
