//! What every command that asks an index does first: it is found, made, brought up to date, and what was left out is noted.

use anyhow::Result;
use limier::Index;

use crate::config::Settings;
use crate::context::Context;
use crate::files;
use crate::messages;
use crate::notes::Notes;
use crate::opening::{self, Asked, Purpose};
use crate::options::{Build, Place, Refresh};
use crate::paths::{Root, Shown};
use crate::place::{self, Store, is_standard_input};

/// An index that is asked.
pub(crate) struct Source<'a> {
    pub(crate) index: &'a Index,
    /// Paths that narrow the answer, where there are any.
    pub(crate) within: &'a [Root],
    pub(crate) shown: &'a Shown,
    /// The settings of the folders that it is of.
    pub(crate) folders: &'a [Settings],
}

/// Runs `work` on the index of a place: that of its paths or of `--index`, or one of standard input, in memory.
///
/// Where an index in the cache turns out to be damaged it is made again, and `work` runs once more.
pub(crate) fn on_index<T>(
    place: &Place,
    build: &Build,
    refresh: Refresh,
    context: &Context,
    notes: &mut Notes,
    mut work: impl FnMut(&Source<'_>, &mut Notes) -> Result<T>,
) -> Result<T> {
    if is_standard_input(&place.paths)? {
        let index = Index::in_memory()?;
        files::add_standard_input(&index, build, place.reading.read(&[]).as_ref(), notes)?;
        note_no_articles(&index, notes);
        return work(&Source { index: &index, within: &[], shown: &Shown::default(), folders: &[] }, notes);
    }
    let resolved = place::resolve(place, &context.environment, notes)?;
    let asked = Asked { purpose: Purpose::Search, refresh, build, reading: &place.reading };
    let shown = Shown::new(&resolved.roots);
    // Nothing is written to an index that somebody named and asked to be left as it is.
    let may_write = refresh != Refresh::Never || matches!(resolved.store, Store::Cached(_));
    opening::with_index(&resolved, &asked, context, notes, |ready, notes| {
        let within = if ready.is_narrowed { &resolved.roots[..] } else { &[] };
        if let Some(report) = &ready.report {
            notes.extend_from_report(report, &shown, ready.index.articles() == 0);
        }
        note_no_articles(&ready.index, notes);
        let done = work(&Source { index: &ready.index, within, shown: &shown, folders: &ready.folders }, notes)?;
        if may_write {
            // The next run begins sooner; where that cannot be written it begins as this one did.
            let _ = ready.index.remember_checked();
        }
        Ok(done)
    })
}

fn note_no_articles(index: &Index, notes: &mut Notes) {
    if index.articles() == 0 {
        notes.push("no-articles", messages::NO_ARTICLES);
    }
}
