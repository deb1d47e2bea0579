//! One program writes, eight threads read: each sees whole commits, in their order.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use limier::Index;

use crate::child::{Child, Job};
use crate::size;

/// Reads which lot the articles are of; all are of one, and all are there.
fn lot(index: &Index) -> u64 {
    let hits = index.search("article du lot").limit(100).without_passages().run().unwrap();
    let articles = hits.articles();
    assert!(articles == 50 || articles == 0, "{articles} articles");
    let lots: Vec<u64> = hits
        .iter()
        .map(|hit| {
            let (_, rest) = hit.article().get_body().split_once("lot ").unwrap();
            rest.split_once('.').unwrap().0.parse().unwrap()
        })
        .collect();
    assert_eq!(lots.len() as u64, articles);
    let first = lots.first().copied().unwrap_or_default();
    assert!(lots.iter().all(|&lot| lot == first), "a commit half seen: {lots:?}");
    first
}

#[test]
fn readers_see_whole_commits_while_another_program_writes() {
    let seconds = size("LIMIER_READER_SECONDS", 2) as u64;
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("idx");
    drop(Index::create(&folder).unwrap());
    let child = Child::start(Job::Replace, temporary.path());
    let (stop, answers, seen) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let committed = std::thread::scope(|scope| {
        for reader in 0..8 {
            let (folder, stop, answers, seen) = (&folder, &stop, &answers, &seen);
            scope.spawn(move || {
                let mut index = Index::open(folder).unwrap();
                let mut last = 0;
                while !stop.load(Ordering::Relaxed) {
                    // Half of them stay, half of them come anew each time, as a program that runs for one search.
                    if reader % 2 == 0 {
                        index.reload().unwrap();
                    } else {
                        index = Index::open(folder).unwrap();
                    }
                    let now = lot(&index);
                    assert!(now >= last, "reader {reader} saw lot {now} after lot {last}");
                    seen.fetch_max(now, Ordering::Relaxed);
                    last = now;
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let committed = child.kill_after(1, Duration::from_secs(seconds));
        stop.store(true, Ordering::Relaxed);
        committed
    });
    let (answers, seen) = (answers.load(Ordering::Relaxed), seen.load(Ordering::Relaxed));
    println!(
        "readers: {seconds} s, {} commits of another program, the last seen is {seen}, {answers} answers of eight readers, \
         each of one commit",
        committed.unwrap_or_default()
    );
    assert!(answers >= 8 && seen >= 1, "{answers} answers, commit {seen}");
    assert!(Index::verify_folder(&folder).unwrap().is_sound());
}
