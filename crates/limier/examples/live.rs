//! An application that indexes while it searches: one thread writes, the others read, and nobody waits.
//!
//! `cargo run -p limier --example live`
#![allow(clippy::print_stdout)]

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use limier::{Article, Error, Index};

/// Articles between two commits: what is not committed yet is not found, and is lost in a crash.
const BATCH: u32 = 50;

fn main() -> Result<(), Error> {
    println!("counts seen while articles came in: {:?}", counts_seen(&Index::in_memory()?, 200)?);
    Ok(())
}

/// Adds articles on one thread and searches on another; returns each total that a search gave, once.
fn counts_seen(index: &Index, articles: u32) -> Result<Vec<u64>, Error> {
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        // An index is a handle: it may be cloned, and used by many threads. Writers there is only one of at a time.
        let writing = scope.spawn(|| {
            let outcome = write(index, articles);
            is_done.store(true, Ordering::SeqCst);
            outcome
        });
        let mut counts = Vec::new();
        loop {
            let is_last = is_done.load(Ordering::SeqCst);
            // Each search sees one state, the last commit before it. In another process, `index.reload()` before it.
            let total = index.search("dépêche").limit(1).run()?.total();
            if counts.last() != Some(&total) {
                counts.push(total);
            }
            if is_last {
                break;
            }
        }
        writing.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        Ok(counts)
    })
}

fn write(index: &Index, articles: u32) -> Result<(), Error> {
    let mut writer = index.writer()?;
    for number in 1..=articles {
        writer.add(Article::new(number.to_string()).title("Dépêche").body("Une dépêche est arrivée."))?;
        if number.is_multiple_of(BATCH) {
            writer.commit()?;
        }
    }
    writer.commit()
}

#[test]
fn searches_see_whole_batches_and_all_at_the_end() {
    main().unwrap();
    let index = Index::in_memory().unwrap();
    let counts = counts_seen(&index, 210).unwrap();
    let (last, before) = counts.split_last().unwrap();
    assert_eq!(*last, 210);
    assert!(before.iter().all(|count| count % u64::from(BATCH) == 0), "{counts:?}");
    assert!(counts.is_sorted(), "{counts:?}");
    // The writer is closed: another may be opened, and no third beside it.
    let _writer = index.writer().unwrap();
    assert!(index.writer().unwrap_err().is_locked());
}
