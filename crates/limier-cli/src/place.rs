//! From what was typed to an index: which folder it lies in, and which paths it is of.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use limier::ingest::ReadOptions;

use crate::cache::{Cache, Entry};
use crate::config::Settings;
use crate::environment::Environment;
use crate::messages;
use crate::notes::Notes;
use crate::options::Place;
use crate::paths::Root;

/// An index and the paths that were asked for.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) store: Store,
    /// Empty when an index was named and no path.
    pub(crate) roots: Vec<Root>,
    /// The settings of the roots; of an index that was named they are known once it is open.
    pub(crate) folders: Vec<Settings>,
    /// Which files are read, and how, where that was said: for an index in the cache all of it is known.
    pub(crate) read: Option<ReadOptions>,
}

/// Where an index lies.
#[derive(Debug)]
pub(crate) enum Store {
    /// In a folder that the user named, and answers for.
    Named(PathBuf),
    /// In the cache, which can be made again.
    Cached(Entry),
}

impl Store {
    /// Returns the folder of the index.
    pub(crate) fn folder(&self) -> PathBuf {
        match self {
            Store::Named(folder) => folder.clone(),
            Store::Cached(entry) => entry.index(),
        }
    }
}

/// Tells whether standard input is what was asked for.
///
/// # Errors
/// When other paths stand beside it.
pub(crate) fn is_standard_input(paths: &[PathBuf]) -> Result<bool> {
    let is_input = |path: &PathBuf| path.as_os_str() == "-";
    if !paths.iter().any(is_input) {
        return Ok(false);
    }
    if paths.len() > 1 {
        bail!(messages::INPUT_AND_PATHS);
    }
    Ok(true)
}

/// Looks the paths up and finds the index.
///
/// # Errors
/// When none of the paths that were typed can be read.
pub(crate) fn resolve(place: &Place, environment: &Environment, notes: &mut Notes) -> Result<Resolved> {
    let here = [PathBuf::from(".")];
    let typed = match &place.index {
        None if place.paths.is_empty() => &here[..],
        _ => &place.paths,
    };
    let roots = find(typed, notes)?;
    let flags = place.reading.flags.as_ref();
    if let Some(folder) = &place.index {
        return Ok(Resolved { store: Store::Named(folder.clone()), roots, folders: Vec::new(), read: flags.cloned() });
    }
    let folders = place.reading.of_folders(roots.iter().map(|root| &root.canonical), notes);
    let read = place.reading.read(&folders);
    let store = Store::Cached(Cache::new(environment)?.entry(&roots, read.as_ref()));
    Ok(Resolved { store, roots, folders, read })
}

/// Looks paths up; what cannot be read is a note as long as something else can.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn find(typed: &[PathBuf], notes: &mut Notes) -> Result<Vec<Root>> {
    let mut roots: Vec<Root> = Vec::new();
    let mut failures = Vec::new();
    for path in typed {
        match Root::find(path) {
            Ok(root) if roots.iter().any(|known| known.canonical == root.canonical) => {}
            Ok(root) => roots.push(root),
            Err(error) => failures.push((path, error)),
        }
    }
    if !roots.is_empty() || failures.is_empty() {
        for (path, error) in failures {
            notes.push("path-not-found", messages::unreadable(path, &error));
        }
        return Ok(roots);
    }
    let (path, error) = failures.swap_remove(0);
    bail!(messages::unreadable(path, &error))
}

/// Refuses a whole home folder or disk, which nobody means to index by accident.
pub(crate) fn refuse_whole_disk(roots: &[Root], environment: &Environment) -> Result<()> {
    let home = environment.home.as_ref().and_then(|home| home.canonicalize().ok());
    for root in roots {
        let holds_home = home.as_ref().is_some_and(|home| home.starts_with(&root.canonical));
        if holds_home || root.canonical.parent().is_none() {
            bail!(messages::whole_disk(&root.canonical));
        }
    }
    Ok(())
}

/// Names paths for a message, as they would be typed.
pub(crate) fn named(roots: &[Root]) -> String {
    let typed: Vec<String> = roots.iter().map(|root| quoted(&root.typed)).collect();
    typed.join(" ")
}

fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,+:@%".contains(c);
    if text.chars().all(is_plain) { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
