//! What is learned of the folders as a whole before their texts are read: the lines that recur in them.
//!
//! A sample of the files is read at the first indexing, and when there are twice as many files as then. Until then what was
//! learned holds for every file that is read, so that files which did not change need not be read again.

use std::path::PathBuf;

use super::plan::Plan;
use crate::index::manifest::{Learned, Section};
use crate::ingest::{self, Kind, RecurringLines};

/// A file, by the key of its root and that of its path below it.
type Key<'p> = (&'p str, &'p str);

/// Returns what holds for the files of a plan: what is known, or learned now.
pub(super) fn learned(plan: &Plan) -> Learned {
    let known = &plan.manifest.learned;
    // A file in doubt has most likely not changed.
    let reads_text = plan.jobs.iter().any(|job| job.file.kind == Kind::Text && !job.in_doubt);
    if !reads_text || !has_doubled(plan) {
        return known.clone();
    }
    let texts = texts(plan);
    let sample = ingest::sample(&texts).map(|(root, path)| path_of(root, path));
    let recurring = RecurringLines::of_paths(sample);
    // What is read anew as a whole owes nothing to what was there before.
    let recurring = if plan.reads_all { recurring } else { recurring.and(&known.recurring) };
    Learned { files: count(plan), recurring }
}

fn has_doubled(plan: &Plan) -> bool {
    plan.reads_all || count(plan) >= plan.manifest.learned.files.saturating_mul(2)
}

/// Returns how many files there are, those that are gone since among them.
fn count(plan: &Plan) -> u64 {
    let known: usize = plan.manifest.sections.iter().map(Section::len).sum();
    (known + plan.jobs.iter().filter(|job| job.known.is_none()).count()) as u64
}

/// Returns the texts of the folders as they are now, in the order of their paths.
fn texts(plan: &Plan) -> Vec<Key<'_>> {
    let of_jobs = plan.jobs.iter().filter(|job| job.file.kind == Kind::Text);
    let mut texts: Vec<Key<'_>> = of_jobs.filter_map(|job| job.key.split_once('\0')).collect();
    if !plan.reads_all {
        for section in &plan.manifest.sections {
            let is_text = |path: &&str| Kind::of(ingest::path_of_key(path)) == Ok(Kind::Text);
            texts.extend(
                section.files().map(|file| file.path).filter(is_text).map(|path| (section.root.as_str(), path)),
            );
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn path_of(root: &str, path: &str) -> PathBuf {
    let root = ingest::path_of_key(root);
    if path.is_empty() { root } else { root.join(ingest::path_of_key(path)) }
}
