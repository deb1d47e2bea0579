//! Which of the files that are known a walk has met.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::plan::{Gone, gone};
use crate::index::manifest::{Known, Manifest, Section};
use crate::ingest::{self, Origin, Stamp};

/// The known files of the roots that are walked, and whether each was met; the threads of a walk share it.
pub(super) struct Seen<'m>(Vec<Root<'m>>);

struct Root<'m> {
    path: PathBuf,
    section: &'m Section,
    met: Vec<AtomicBool>,
}

impl<'m> Seen<'m> {
    pub(super) fn new(manifest: &'m Manifest, roots: &[&PathBuf]) -> Seen<'m> {
        let of_root = |path: &&PathBuf| {
            let section = manifest.section(&ingest::path_key(path))?;
            let met = (0..section.len()).map(|_| AtomicBool::new(false)).collect();
            Some(Root { path: path.to_path_buf(), section, met })
        };
        Seen(roots.iter().filter_map(of_root).collect())
    }

    /// Tells whether a file is known to hold what it held; then it has been met.
    pub(super) fn is_settled(&self, root: &Path, relative: &Path, stamp: &Stamp) -> bool {
        let Some(root) = self.root(root) else { return false };
        let Some(number) = root.section.find(&ingest::relative_key(relative)) else { return false };
        let is_settled = root.section.file(number).is_some_and(|known| known.settled && known.stamp == *stamp);
        if is_settled {
            root.meet(number);
        }
        is_settled
    }

    /// Looks up a file, whose path below its root has this key: it has been met. `None` where its root is not walked.
    pub(super) fn look_up(&self, origin: &Origin, path: &str) -> Option<(&'m Section, Option<Known<'m>>)> {
        let Origin::File { root, .. } = origin else { return None };
        let root = self.root(root)?;
        let number = root.section.find(path);
        number.into_iter().for_each(|number| root.meet(number));
        Some((root.section, number.and_then(|number| root.section.file(number))))
    }

    /// Returns the number of files that were met.
    pub(super) fn count(&self) -> u64 {
        let met = self.0.iter().flat_map(|root| &root.met);
        met.filter(|met| met.load(Ordering::Relaxed)).count() as u64
    }

    /// Returns the files that were not met.
    pub(super) fn unseen(&self) -> impl Iterator<Item = Gone> {
        self.0.iter().flat_map(|root| {
            let unseen = root.met.iter().enumerate().filter(|(_, met)| !met.load(Ordering::Relaxed));
            let files = unseen.filter_map(|(number, _)| root.section.file(number));
            files.map(|file| gone(root.section.key(file.path), file.to_state()))
        })
    }

    fn root(&self, path: &Path) -> Option<&Root<'m>> {
        // Compared as they are written: the walk was given the very same, and this is done for each file.
        self.0.iter().find(|root| root.path.as_os_str() == path.as_os_str())
    }
}

impl Root<'_> {
    fn meet(&self, number: usize) {
        // Each is set once, and read when the threads of the walk have ended.
        if let Some(met) = self.met.get(number) {
            met.store(true, Ordering::Relaxed);
        }
    }
}
