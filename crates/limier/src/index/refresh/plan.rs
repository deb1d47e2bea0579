//! What changed in the folders since the last refresh.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::RefreshOptions;
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
            jobs: Vec::new(),
            deleted: Vec::new(),
            unchanged: 0,
            skipped: Vec::new(),
            unknown_types: BTreeMap::new(),
            links: 0,
            frame_changed,
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
        let listing = walk(index, &plan.manifest.settings.read, &reached).run();
        plan.skipped.extend(listing.skipped);
        plan.unknown_types = listing.unknown_types;
        plan.links = listing.links;
        let mut files = listing.files.as_slice();
        for root in reached {
            // The files of one root stand together, in the order of the roots.
            let count = files.iter().take_while(|file| is_below(file, root)).count();
            let (below, rest) = files.split_at(count);
            files = rest;
            plan.compare(&ingest::path_key(root), below, reads_differently, options.runs_command());
        }
        Ok(plan)
    }

    /// Compares the files found below a root with those known: both sorted, side by side.
    fn compare(&mut self, root: &str, found: &[FileEntry], reads_differently: bool, runs_command: bool) {
        let manifest = self.manifest.clone();
        let command = manifest.settings.read.command.as_ref();
        let not_given = || Skip::CommandNotGiven {
            program: command.map(|command| command.program().to_string_lossy().into_owned()).unwrap_or_default(),
        };
        let Some(section) = manifest.section(root) else { return };
        let mut found: Vec<(Cow<'_, str>, &FileEntry)> =
            found.iter().map(|file| (file.origin.relative_key(), file)).collect();
        // Nearly always they are: the order of paths and that of their keys differ only by what is escaped.
        if !found.is_sorted_by(|(a, _), (b, _)| a <= b) {
            found.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        let mut known = section.files().peekable();
        for (path, file) in found {
            while let Some(earlier) = known.next_if(|known| *known.path < *path) {
                self.deleted.push(gone(section.key(earlier.path), earlier.to_state()));
            }
            let known = known.next_if(|known| *known.path == *path);
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
        self.deleted.extend(known.map(|known| gone(section.key(known.path), known.to_state())));
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

fn gone(key: String, state: FileState) -> Gone {
    Gone { key, content: (state.hash != 0).then_some((state.stamp.size, state.hash)) }
}

fn is_below(file: &FileEntry, root: &Path) -> bool {
    match &file.origin {
        ingest::Origin::File { root: of_file, .. } => **of_file == *root,
        ingest::Origin::StandardInput => false,
    }
}

fn walk(index: &Index, options: &ReadOptions, roots: &[&PathBuf]) -> Walk {
    let walk = Walk::new(roots.iter().copied()).options(options);
    match index.folder() {
        // An index inside its own folder would index itself.
        Some(folder) => walk.exclude(folder),
        None => walk,
    }
}

fn is_readable(root: &Path) -> bool {
    match std::fs::metadata(root) {
        Ok(metadata) => !metadata.is_dir() || std::fs::read_dir(root).is_ok(),
        Err(_) => false,
    }
}
