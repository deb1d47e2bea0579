//! What changed in the folders since the last refresh.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::RefreshOptions;
use super::seen::Seen;
use crate::index::Index;
use crate::index::manifest::{FileState, Manifest};
use crate::ingest::{self, FileEntry, Kind, ReadOptions, Skip, Skipped, Walk};
use crate::{Error, ErrorKind};

/// The difference between the folders and the bookkeeping, and all that is needed to even it out.
#[derive(Debug)]
pub(super) struct Plan {
    /// The name of the manifest that was compared with.
    pub(super) previous: Option<String>,
    /// The bookkeeping of that manifest, under the settings and roots that hold now.
    pub(super) manifest: Arc<Manifest>,
    /// How files are read: as the bookkeeping says, with what it does not keep.
    pub(super) read: ReadOptions,
    /// The files to read.
    pub(super) jobs: Vec<Job>,
    /// The files that are gone.
    pub(super) deleted: Vec<Gone>,
    /// The number of files that did not change.
    pub(super) unchanged: u64,
    /// What the walk left out.
    pub(super) skipped: Vec<Skipped>,
    pub(super) unknown_types: BTreeMap<String, u64>,
    pub(super) links: u64,
    /// Whether roots or settings differ from the manifest's.
    frame_changed: bool,
    /// Whether every file is read, whatever is known of it.
    pub(super) reads_all: bool,
}

/// A file to read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) file: FileEntry,
    pub(super) key: String,
    /// What the bookkeeping says of it, when it is known.
    pub(super) known: Option<FileState>,
    /// Whether it needs to be read only when its content proves to differ.
    pub(super) in_doubt: bool,
}

/// A file that is gone.
#[derive(Debug)]
pub(super) struct Gone {
    pub(super) key: String,
    /// What tells its content, should it be found under another name.
    pub(super) content: Option<(u64, u128)>,
}

impl Plan {
    /// Walks the roots and compares.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when a root that was asked for does not exist, [`ErrorKind::Corrupt`] when the
    /// bookkeeping is damaged.
    pub(super) fn make(index: &Index, options: &RefreshOptions) -> Result<Plan, Error> {
        let (previous, known) = match Manifest::current(index)? {
            Some((name, manifest)) => (Some(name), manifest),
            None => (None, Arc::default()),
        };
        let roots = roots(&known, options)?;
        let keys: Vec<String> = roots.iter().map(|root| ingest::path_key(root)).collect();
        let settings = options.settings(&known.settings);
        let reads_differently = options.rebuild || settings != known.settings;
        let frame_changed = reads_differently || previous.is_none() || !known.roots().eq(keys.iter());
        let mut plan = Plan {
            previous,
            manifest: known.clone(),
            read: settings.read.clone(),
            jobs: Vec::new(),
            deleted: Vec::new(),
            unchanged: 0,
            skipped: Vec::new(),
            unknown_types: BTreeMap::new(),
            links: 0,
            frame_changed,
            reads_all: reads_differently || known.sections.is_empty(),
        };
        if frame_changed {
            plan.manifest = Arc::new(Manifest { settings, ..known.with_roots(&keys) });
            for forgotten in known.sections.iter().filter(|section| !keys.contains(&section.root)) {
                plan.deleted.extend(forgotten.files().map(|file| gone(forgotten.key(file.path), file.to_state())));
            }
        }

        // What lies below a root that cannot be reached now, such as a disk that is not there, is kept as it is.
        let (reached, lost): (Vec<&PathBuf>, Vec<&PathBuf>) = roots.iter().partition(|root| is_readable(root));
        for root in lost {
            let error = std::fs::metadata(root).err().map_or_else(|| "cannot be read".to_owned(), |e| e.to_string());
            plan.skipped.push(Skipped::new(root, Skip::Unreadable { error }));
        }
        let compared = plan.manifest.clone();
        let seen = Seen::new(&compared, &reached);
        let listing = walk(index, &plan.read, &reached)
            .threads(options.writer.thread_count())
            .run_but(&|root, relative, stamp| !reads_differently && seen.is_settled(root, relative, stamp));
        plan.unchanged = seen.count();
        plan.skipped.extend(listing.skipped);
        plan.unknown_types = listing.unknown_types;
        plan.links = listing.links;
        plan.compare(&listing.files, &seen, reads_differently, options.runs_command());
        plan.deleted.extend(seen.unseen());
        Ok(plan)
    }

    /// Compares the files that were found, but for those that are settled, with what is known of them.
    fn compare(&mut self, found: &[FileEntry], seen: &Seen<'_>, reads_differently: bool, runs_command: bool) {
        let command = self.manifest.settings.read.command.as_ref();
        let not_given = || Skip::CommandNotGiven {
            program: command.map(|command| command.program().to_string_lossy().into_owned()).unwrap_or_default(),
        };
        for file in found {
            let path = file.origin.relative_key();
            let Some((section, known)) = seen.look_up(&file.origin, &path) else { continue };
            if known.is_some_and(|known| known.settled && known.stamp == file.stamp) && !reads_differently {
                self.unchanged += 1;
                continue;
            }
            if file.kind == Kind::Command && !runs_command {
                // What the command gave before is kept.
                self.unchanged += u64::from(known.is_some());
                self.skipped.push(Skipped::new(file.origin.path().unwrap_or_default(), not_given()));
                continue;
            }
            let same_content = known.is_some_and(|known| {
                known.stamp.size == file.stamp.size && known.stamp.modified_ns == file.stamp.modified_ns
            });
            self.jobs.push(Job {
                file: file.clone(),
                key: section.key(&path),
                known: known.map(|known| known.to_state()),
                in_doubt: same_content && !reads_differently,
            });
        }
    }

    /// Tells whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.deleted.is_empty() && !self.frame_changed
    }
}

/// Returns the roots that are known, without those to be forgotten, and those asked for.
fn roots(known: &Manifest, options: &RefreshOptions) -> Result<Vec<PathBuf>, Error> {
    let mut roots: Vec<PathBuf> = known.roots().map(ingest::path_of_key).collect();
    for root in &options.roots {
        let root = ingest::resolved(root);
        if !root.exists() {
            let text = format!("{} does not exist: check the path", root.display());
            return Err(Error::new(ErrorKind::NotFound, text).with_path(root));
        }
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    for root in &options.forgotten {
        let root = ingest::resolved(root);
        let Some(place) = roots.iter().position(|known| *known == root) else {
            let text = format!("{} is none of the folders that the index is of: check the path", root.display());
            return Err(Error::new(ErrorKind::NotFound, text).with_path(root));
        };
        roots.remove(place);
    }
    Ok(roots)
}

pub(super) fn gone(key: String, state: FileState) -> Gone {
    Gone { key, content: (state.hash != 0).then_some((state.stamp.size, state.hash)) }
}

fn walk(index: &Index, options: &ReadOptions, roots: &[&PathBuf]) -> Walk {
    let walk = Walk::new(roots.iter().copied()).options(options);
    match index.folder() {
        // An index inside its own folder would index itself.
        Some(folder) => walk.exclude(folder),
        None => walk,
    }
}

fn is_readable(root: &std::path::Path) -> bool {
    match std::fs::metadata(root) {
        Ok(metadata) => !metadata.is_dir() || std::fs::read_dir(root).is_ok(),
        Err(_) => false,
    }
}
