//! `limier watch`: an index kept up to date with folders that change all day.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::Result;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::context::Context;
use crate::exit::Exit;
use crate::index::{self, Indexed};
use crate::interrupt::Interruptible;
use crate::messages;
use crate::notes::Notes;
use crate::opening::{self, Asked, Purpose};
use crate::options::{Build, Form, Place, Refresh};
use crate::paths::Shown;
use crate::place;

/// Changes are waited for to end this long, so that a file is read once it is written.
const QUIET: Duration = Duration::from_millis(300);

/// A folder that never comes to rest is looked at this often nevertheless.
const PATIENCE: Duration = Duration::from_secs(5);

/// Folders are looked at this often whatever the system tells of them: no system promises to tell all.
const EVEN_SO: Duration = Duration::from_secs(60);

/// Folders are looked at this often where the system cannot tell.
const WITHOUT_EVENTS: Duration = Duration::from_secs(5);

/// Time between two looks at whether Ctrl-C was pressed.
const TICK: Duration = Duration::from_millis(100);

pub(crate) fn run(place: &Place, build: &Build, form: Form, context: &Context) -> Result<Exit> {
    let interruptible = Interruptible::begin();
    let mut notes = Notes::default();
    let resolved = place::resolve(place, &context.environment, &mut notes)?;
    let shown = Shown::new(&resolved.roots);
    let asked = Asked { purpose: Purpose::Index, refresh: Refresh::First, build, reading: &place.reading };
    let mut changes: Option<Changes> = None;
    loop {
        let began = Instant::now();
        let is_first = changes.is_none();
        let (roots, indexed) = opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
            if let Some(report) = &ready.report {
                notes.extend_from_report(report, &shown, is_first);
            }
            Ok((ready.index.roots()?, Indexed::of(ready)))
        })?;
        if is_first || indexed.has_news() || !notes.as_slice().is_empty() {
            let kind = if is_first { "index" } else { "refresh" };
            let is_heard = index::write(kind, &indexed, began.elapsed(), form, &notes, context)?;
            if !is_heard {
                return Ok(Exit::Found);
            }
        }
        notes = Notes::default();
        let Some(changes) = &mut changes else {
            changes = Some(Changes::watch(&roots, &resolved.store.folder(), &mut notes));
            // What changed before the folders were watched is seen now.
            continue;
        };
        if changes.wait(&interruptible, &mut notes) == Waited::Interrupted {
            return Ok(Exit::Found);
        }
    }
}

/// Why waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waited {
    /// Something may have changed.
    Changed,
    Interrupted,
}

/// What the system tells of folders.
struct Changes {
    events: Receiver<notify::Result<Event>>,
    /// Watching ends when it is dropped; `None` where folders cannot be watched.
    _watcher: Option<RecommendedWatcher>,
    period: Duration,
}

impl Changes {
    /// Watches folders, but not what happens in the index itself.
    fn watch(roots: &[impl AsRef<Path>], index: &Path, notes: &mut Notes) -> Changes {
        let (sender, events) = mpsc::channel();
        let index = index.canonicalize().unwrap_or_else(|_| index.to_path_buf());
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, |event| is_news(event, &index)) {
                // Nobody waits any more when the program ends.
                let _ = sender.send(event);
            }
        });
        let watched = watcher.and_then(|mut watcher| {
            for root in roots {
                watcher.watch(root.as_ref(), RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        match watched {
            Ok(watcher) => Changes { events, _watcher: Some(watcher), period: EVEN_SO },
            Err(error) => {
                notes.push("not-watched", messages::not_watched(&error.to_string(), WITHOUT_EVENTS));
                Changes { events, _watcher: None, period: WITHOUT_EVENTS }
            }
        }
    }

    /// Waits until something changed and came to rest, or until it is time to look anyway.
    fn wait(&mut self, interruptible: &Interruptible, notes: &mut Notes) -> Waited {
        let until = Instant::now() + self.period;
        let mut first = None;
        loop {
            if interruptible.is_over() {
                return Waited::Interrupted;
            }
            let pause = if first.is_some() { QUIET } else { TICK };
            match self.events.recv_timeout(pause) {
                Ok(event) => {
                    first.get_or_insert_with(Instant::now);
                    self.tell_losses(&event, notes);
                }
                Err(RecvTimeoutError::Timeout) if first.is_some() => return Waited::Changed,
                Err(RecvTimeoutError::Timeout) => {}
                // Nothing is told any more: without a watcher there is no sender.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
            }
            if first.is_some_and(|first| first.elapsed() >= PATIENCE) || Instant::now() >= until {
                return Waited::Changed;
            }
        }
    }

    fn tell_losses(&mut self, event: &notify::Result<Event>, notes: &mut Notes) {
        match event {
            // A refresh looks at everything: what was not told is found all the same.
            Ok(event) if event.need_rescan() => notes.push("events-lost", messages::EVENTS_LOST),
            Ok(_) => {}
            Err(error) => {
                self.period = WITHOUT_EVENTS;
                notes.push("not-watched", messages::not_watched(&error.to_string(), WITHOUT_EVENTS));
            }
        }
    }
}

/// Tells whether an event is of something else than reading, and not of the index itself.
fn is_news(event: &Event, index: &Path) -> bool {
    let is_of_index = !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(index));
    event.need_rescan() || (!event.kind.is_access() && !is_of_index)
}

#[cfg(test)]
mod tests {
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind, Flag};

    use super::*;

    #[test]
    fn reading_and_the_index_itself_are_no_news() {
        let index = Path::new("/presse/idx");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        assert!(is_news(&event(EventKind::Create(CreateKind::File), "/presse/a.txt"), index));
        assert!(!is_news(&event(EventKind::Create(CreateKind::File), "/presse/idx/meta.json"), index));
        assert!(!is_news(&event(EventKind::Access(AccessKind::Read), "/presse/a.txt"), index));
        assert!(is_news(&Event::new(EventKind::Other).set_flag(Flag::Rescan), index));
    }

    #[test]
    fn lost_events_and_failures_are_told_and_folders_are_looked_at_more_often() {
        let (sender, events) = mpsc::channel();
        let mut changes = Changes { events, _watcher: None, period: EVEN_SO };
        sender.send(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))).unwrap_or_default();
        sender.send(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))).unwrap_or_default();
        let mut notes = Notes::default();
        assert_eq!(changes.wait(&Interruptible::begin(), &mut notes), Waited::Changed);
        let codes: Vec<_> = notes.as_slice().iter().map(|note| note.code).collect();
        assert_eq!((codes, changes.period), (vec!["events-lost", "not-watched"], WITHOUT_EVENTS));
    }
}
