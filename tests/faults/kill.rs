//! Programs killed while they write: no commit is lost, none is half there, no lock stays.

use std::time::Duration;

use limier::{Index, RefreshOptions, Swept};

use crate::child::{Child, Job};
use crate::{Dice, size, texts};

/// An index grows for so many rounds, and is begun anew then.
const ROUNDS_AN_INDEX: usize = 15;

#[test]
fn a_kill_loses_no_commit() {
    let rounds = size("LIMIER_KILL_ROUNDS", 12);
    let mut dice = Dice(11);
    let mut told = Vec::new();
    for job in [Job::Index, Job::Merge, Job::Delete, Job::Refresh] {
        let (mut commits, mut in_flight, mut swept) = (0, 0, Swept::default());
        let mut temporary = tempfile::tempdir().unwrap();
        let share = rounds.div_ceil(4);
        for round in 0..share {
            if round % ROUNDS_AN_INDEX == 0 {
                temporary = tempfile::tempdir().unwrap();
            }
            let folder = temporary.path().join("idx");
            if job == Job::Delete {
                fill(&folder);
            }
            let before = if Index::is_vacant(&folder) { 0 } else { Index::open(&folder).unwrap().articles() };
            let child = Child::start(job, temporary.path());
            // At any moment of a commit, the first of a run as well as a later one.
            let acknowledged = child.kill_after(dice.below(4), Duration::from_micros(dice.below(120_000) as u64));
            let what = format!("{job:?}, round {round}: {before} articles before, told {acknowledged:?}");
            let index = Index::open(&folder).unwrap_or_else(|error| panic!("{what}: {error:?}"));
            let (found, last) = (index.articles(), acknowledged.unwrap_or(before));
            let next = match job {
                Job::Index => last + 5,
                Job::Merge => last + 1,
                Job::Delete => last.saturating_sub(1),
                Job::Refresh | Job::Replace => files(temporary.path()),
            };
            assert!(found == last || found == next, "{what}: {found} articles, {last} or {next} expected");
            commits += usize::from(acknowledged.is_some());
            in_flight += usize::from(found != last);
            if round % 5 == 0 || round + 1 == share {
                let verification = index.verify().unwrap();
                assert!(verification.is_sound(), "{what}: {verification:?}");
                assert_eq!(verification.articles, found, "{what}");
            }
            let left = index.sweep().unwrap();
            swept.files += left.files;
            swept.bytes += left.bytes;
            assert_eq!(index.sweep().unwrap(), Swept::default(), "{what}");
            match index.writer() {
                Ok(writer) => drop(writer),
                Err(error) => panic!("{what}: a lock stays: {error:?}"),
            }
            if job == Job::Refresh {
                let files = temporary.path().join("presse");
                index.refresh(&RefreshOptions::new([&files])).unwrap();
                let count = self::files(temporary.path());
                assert_eq!(index.articles(), count, "{what}: the next refresh mends the rest");
            }
        }
        told.push(format!(
            "{job:?} {share} rounds, {commits} with commits told, {in_flight} with one more that was in flight, {} leftover \
             files swept ({} bytes)",
            swept.files, swept.bytes
        ));
    }
    println!("kills: {}", told.join("; "));
}

/// Brings an index to two hundred articles, `a0` to `a199`.
fn fill(folder: &std::path::Path) {
    let index = Index::open_or_create(folder).unwrap();
    if index.articles() > 50 {
        return;
    }
    let mut writer = index.writer().unwrap();
    for number in 0..200 {
        writer.add(texts::article(number)).unwrap();
    }
    writer.commit().unwrap();
    writer.finish().unwrap();
}

/// Counts the files that a child wrote: each is an article, but for one that the kill left empty.
fn files(folder: &std::path::Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder.join("presse")) else { return 0 };
    entries.filter(|entry| entry.as_ref().unwrap().metadata().unwrap().len() > 0).count() as u64
}
