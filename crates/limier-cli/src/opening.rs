//! An index opened, made, brought up to date, and made again when it is only a cache and cannot be used.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use limier::ingest::FieldNames;
use limier::{ErrorKind, Index, RefreshOptions, RefreshReport};

use crate::cache::Entry;
use crate::config::{self, Settings};
use crate::context::Context;
use crate::files;
use crate::messages;
use crate::notes::Notes;
use crate::options::{Build, Reading, Refresh};
use crate::place::{self, Resolved, Store};

/// What a command asks of an index before it works with it.
pub(crate) struct Asked<'o> {
    pub(crate) purpose: Purpose,
    pub(crate) refresh: Refresh,
    pub(crate) build: &'o Build,
    pub(crate) reading: &'o Reading,
}

/// What an index is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The paths that were typed narrow the answer of a named index that has others.
    Search,
    /// The paths that were typed become part of a named index.
    Index,
}

/// An index that is up to date, as far as was asked and could be.
pub(crate) struct Ready {
    pub(crate) index: Index,
    /// What the refresh did; `None` when there was none.
    pub(crate) report: Option<RefreshReport>,
    /// Whether the paths that were typed narrow the answer.
    pub(crate) is_narrowed: bool,
    /// The settings of the folders that the index is of.
    pub(crate) folders: Vec<Settings>,
}

/// Opens the index, made and brought up to date as asked, and runs `work` on it.
///
/// An index in the cache that another version made, or that is damaged, is deleted and made again, with a note.
pub(crate) fn with_index<T>(
    resolved: &Resolved,
    asked: &Asked<'_>,
    context: &Context,
    notes: &mut Notes,
    mut work: impl FnMut(&Ready, &mut Notes) -> Result<T>,
) -> Result<T> {
    let outcome = ready(resolved, asked, context, notes).and_then(|ready| work(&ready, notes));
    let outcome = outcome.map_err(|error| advised(error, &resolved.store));
    let (Err(error), Store::Cached(entry)) = (&outcome, &resolved.store) else { return outcome };
    let Some(why) = library_error(error).filter(|error| is_unusable(error)) else { return outcome };
    if asked.refresh == Refresh::Never {
        return outcome;
    }
    notes.push("rebuilt", messages::rebuilt(why.kind() != ErrorKind::Incompatible));
    entry.clear()?;
    // The paths were indexed before: whoever may be asked has been.
    entry.make()?;
    let ready = ready(resolved, asked, context, notes)?;
    work(&ready, notes)
}

/// Opens the index as it is.
pub(crate) fn open_as_is(resolved: &Resolved) -> Result<Index> {
    refuse_absent(resolved)?;
    match &resolved.store {
        Store::Cached(entry) => Ok(Index::open(entry.index())?),
        Store::Named(folder) => open_named(folder).map_err(|error| advised(error, &resolved.store)),
    }
}

/// Says how to mend an index that is damaged and is no cache.
fn advised(error: anyhow::Error, store: &Store) -> anyhow::Error {
    match store {
        // A text above it has said so already.
        Store::Named(folder)
            if !error.is::<String>() && library_error(&error).is_some_and(limier::Error::is_corrupt) =>
        {
            error.context(messages::repair_command(folder))
        }
        _ => error,
    }
}

/// Refuses to work with an index that was never made.
pub(crate) fn refuse_absent(resolved: &Resolved) -> Result<()> {
    match &resolved.store {
        Store::Cached(entry) if !entry.exists() => bail!(messages::not_indexed(&place::named(&resolved.roots))),
        Store::Named(folder) if Index::is_vacant(folder) => bail!(messages::no_index_there(folder)),
        _ => Ok(()),
    }
}

/// Returns the library's error beneath, if there is one.
pub(crate) fn library_error(error: &anyhow::Error) -> Option<&limier::Error> {
    error.downcast_ref::<limier::Error>()
}

fn is_unusable(error: &limier::Error) -> bool {
    matches!(error.kind(), ErrorKind::Corrupt | ErrorKind::Incompatible | ErrorKind::NotAnIndex)
}

fn ready(resolved: &Resolved, asked: &Asked<'_>, context: &Context, notes: &mut Notes) -> Result<Ready> {
    let typed: Vec<PathBuf> = resolved.roots.iter().map(|root| root.canonical.clone()).collect();
    if asked.refresh == Refresh::Never {
        let index = open_as_is(resolved)?;
        // One in the cache is of the paths that were typed: what it has of files need not be read.
        let roots = match resolved.store {
            Store::Named(_) => index.roots()?,
            Store::Cached(_) => Vec::new(),
        };
        let is_narrowed = is_narrowed(resolved, &roots, &typed);
        let folders = folders(resolved, asked, &roots, &[], notes);
        return Ok(Ready { index, report: None, is_narrowed, folders });
    }
    let index = match &resolved.store {
        Store::Cached(entry) => {
            if !entry.exists() {
                refuse_whole_disk(resolved, asked, context)?;
                create(entry)?;
                entry.drop_old_neighbours();
            }
            entry.mark_used();
            Index::open(entry.index())?
        }
        Store::Named(folder) if Index::is_vacant(folder) => {
            if resolved.roots.is_empty() {
                bail!(messages::no_index_there(folder));
            }
            refuse_whole_disk(resolved, asked, context)?;
            Index::create(folder)?
        }
        Store::Named(folder) => match open_named(folder) {
            // What was read from files can be read again, when it is said which.
            Err(error)
                if asked.build.rebuild
                    && !typed.is_empty()
                    && library_error(&error).is_some_and(|error| error.kind() != ErrorKind::NotAnIndex)
                    && library_error(&error).is_some_and(is_unusable) =>
            {
                fs::remove_dir_all(folder).with_context(|| messages::cannot_delete_folder(folder))?;
                Index::create(folder)?
            }
            outcome => outcome?,
        },
    };
    let swept = index.sweep()?;
    if swept.files > 0 {
        notes.push("swept", messages::swept(swept));
    }
    let known = index.roots()?;
    let is_new = known.is_empty() && index.articles() == 0;
    let adds_typed = asked.purpose == Purpose::Index || is_new;
    if adds_typed && typed.iter().any(|root| !known.contains(root)) {
        refuse_whole_disk(resolved, asked, context)?;
    }
    let added = if adds_typed { &typed[..] } else { &[] };
    let folders = folders(resolved, asked, &known, added, notes);
    let mut options = RefreshOptions::new(added);
    if let Some(read) = &resolved.read {
        let mut read = read.clone();
        if let Some(timeout) = asked.build.command_timeout {
            read.command = read.command.map(|command| command.timeout(timeout));
        }
        options = options.read(read);
    }
    if let Some(names) = names(resolved, asked, &folders) {
        options = options.fields(names);
    }
    let report = files::refresh(&index, options, asked, context, notes)?;
    let is_narrowed = is_narrowed(resolved, &index.roots()?, &typed);
    Ok(Ready { index, report, is_narrowed, folders })
}

/// Returns the settings of the folders of an index: of one that was named, those that it knows and those that come to it.
fn folders(
    resolved: &Resolved,
    asked: &Asked<'_>,
    known: &[PathBuf],
    added: &[PathBuf],
    notes: &mut Notes,
) -> Vec<Settings> {
    match resolved.store {
        Store::Cached(_) => resolved.folders.clone(),
        Store::Named(_) => {
            let come = added.iter().filter(|root| !known.contains(root));
            asked.reading.of_folders(known.iter().chain(come), notes)
        }
    }
}

/// Returns what the fields of records are called in an index that was named, where settings say anything of it; else it
/// remembers.
fn names(resolved: &Resolved, asked: &Asked<'_>, folders: &[Settings]) -> Option<FieldNames> {
    let names = config::field_names(folders, &asked.reading.fields);
    if matches!(resolved.store, Store::Cached(_)) || names == FieldNames::default() {
        return None;
    }
    config::with_fields(resolved.read.as_ref(), names).map(|read| read.fields)
}

/// Tells whether the paths that were typed are others than those that the index knows.
fn is_narrowed(resolved: &Resolved, known: &[PathBuf], typed: &[PathBuf]) -> bool {
    let is_all = known.iter().all(|root| typed.iter().any(|path| root.starts_with(path)));
    matches!(resolved.store, Store::Named(_)) && !typed.is_empty() && !is_all
}

fn refuse_whole_disk(resolved: &Resolved, asked: &Asked<'_>, context: &Context) -> Result<()> {
    if asked.build.whole_disk { Ok(()) } else { place::refuse_whole_disk(&resolved.roots, &context.environment) }
}

/// Opens the index that a user named.
pub(crate) fn open_named(folder: &Path) -> Result<Index> {
    match Index::open(folder) {
        Err(error) if error.is_incompatible() => Err(error).with_context(|| messages::rebuild_command(folder)),
        outcome => Ok(outcome?),
    }
}

/// Makes an empty index in the cache: whole, or not at all, so that two searches that begin at once do not meet in it.
fn create(entry: &Entry) -> Result<()> {
    entry.make()?;
    let made = entry.folder().join(format!("new-{}", std::process::id()));
    drop(Index::create(&made)?);
    let moved = fs::rename(&made, entry.index());
    if moved.is_err() {
        fs::remove_dir_all(&made).with_context(|| messages::cannot_delete_folder(&made))?;
    }
    if entry.exists() { Ok(()) } else { moved.with_context(|| messages::cannot_make_folder(&entry.index())) }
}
