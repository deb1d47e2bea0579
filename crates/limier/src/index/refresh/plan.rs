//! What changed in the folders since the last refresh.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::RefreshOptions;
use crate::index::Index;
use crate::index::manifest::{FileState, Manifest};
use crate::ingest::{self, FileEntry, Listing, Skip, Skipped, Walk};
use crate::{Error, ErrorKind};

/// The difference between the folders and the bookkeeping, and all that is needed to even it out.
#[derive(Debug)]
pub(super) struct Plan {
    /// The name of the manifest that was compared with.
    pub(super) previous: Option<String>,
    /// The bookkeeping of that manifest, under the settings and roots that hold now.
    pub(super) manifest: Manifest,
    /// The files to read.
    pub(super) jobs: Vec<Job>,
    /// The keys of files that are gone.
    pub(super) deleted: Vec<String>,
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

impl Plan {
    /// Walks the roots and compares.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when a root that was asked for does not exist, [`ErrorKind::Corrupt`] when the
    /// bookkeeping is damaged.
    pub(super) fn make(index: &Index, options: &RefreshOptions) -> Result<Plan, Error> {
        let (previous, mut manifest) = match Manifest::load(index)? {
            Some((name, manifest)) => (Some(name), manifest),
            None => (None, Manifest::default()),
        };
        let settings = options.settings();
        let mut roots: Vec<PathBuf> = manifest.roots.iter().map(|key| ingest::path_of_key(key)).collect();
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
        let keys: Vec<String> = roots.iter().map(|root| ingest::path_key(root)).collect();
        let frame_changed = keys != manifest.roots || settings != manifest.settings || previous.is_none();
        let reads_differently = settings != manifest.settings;
        (manifest.roots, manifest.settings) = (keys, settings);

        // What lies below a root that cannot be reached now, such as a disk that is not there, is kept as it is.
        let (reached, lost): (Vec<&PathBuf>, Vec<&PathBuf>) = roots.iter().partition(|root| is_readable(root));
        let listing = walk(index, options, &reached).run();
        let lost_keys: HashSet<String> = lost.iter().map(|root| ingest::path_key(root)).collect();
        let mut plan = Plan {
            previous,
            manifest,
            jobs: Vec::new(),
            deleted: Vec::new(),
            unchanged: 0,
            skipped: Vec::new(),
            unknown_types: BTreeMap::new(),
            links: 0,
            frame_changed,
        };
        for root in lost {
            let error = std::fs::metadata(root).err().map_or_else(|| "cannot be read".to_owned(), |e| e.to_string());
            plan.skipped.push(Skipped::new(root, Skip::Unreadable { error }));
        }
        plan.compare(listing, &lost_keys, reads_differently);
        Ok(plan)
    }

    fn compare(&mut self, listing: Listing, lost: &HashSet<String>, reads_differently: bool) {
        let mut present = HashSet::with_capacity(listing.files.len());
        for file in listing.files {
            let key = file.origin.file_key();
            let known = self.manifest.files.get(&key);
            let same_content = known.is_some_and(|known| {
                known.stamp.size == file.stamp.size && known.stamp.modified_ns == file.stamp.modified_ns
            });
            let proven = known.is_some_and(|known| known.settled && known.stamp == file.stamp);
            if proven && !reads_differently {
                self.unchanged += 1;
            } else {
                let in_doubt = same_content && !reads_differently;
                self.jobs.push(Job { file, key: key.clone(), known: known.cloned(), in_doubt });
            }
            present.insert(key);
        }
        let is_lost = |key: &str| key.split('\0').next().is_some_and(|root| lost.contains(root));
        let gone = self.manifest.files.keys().filter(|key| !present.contains(*key) && !is_lost(key));
        self.deleted = gone.cloned().collect();
        self.skipped.extend(listing.skipped);
        self.unknown_types = listing.unknown_types;
        self.links = listing.links;
    }

    /// Tells whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.deleted.is_empty() && !self.frame_changed
    }
}

fn walk(index: &Index, options: &RefreshOptions, roots: &[&PathBuf]) -> Walk {
    let walk = Walk::new(roots.iter().copied()).follow_links(options.follow_links);
    let walk = walk.max_file_bytes(options.limits.file_bytes);
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
