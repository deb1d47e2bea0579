//! Long work that can be called off: reading a folder, searches that the next key overtakes, searches out of time.
//!
//! `cargo run -p limier --example cancelling -- FOLDER`
#![allow(clippy::print_stdout)]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use limier::{Error, Hits, Index, Note, Progress, RefreshOptions, RefreshReport};

/// What a person who types does not notice.
const PATIENCE: Duration = Duration::from_millis(200);

fn main() -> Result<(), Error> {
    let index = Index::in_memory()?;
    let folder =
        std::env::args().nth(1).unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus").to_owned());
    let report = read_until(&index, Path::new(&folder), |progress| progress.files >= 20)?;
    println!("{} articles, and then: {}", report.articles, if report.interrupted { "called off" } else { "done" });

    let (keys, typed) = channel();
    let (answers, answered) = channel();
    for query in ["g", "gr", "grè", "grèv", "grève"] {
        // Nobody listens only when the program ends.
        let _ = keys.send(query.to_owned());
    }
    drop(keys);
    answer_as_typed(&index, &typed, &answers)?;
    drop(answers);
    for (query, hits) in answered {
        let is_cut = hits.notes().contains(&Note::TimeLimit);
        println!("{query}: {}{} hits", if is_cut { "at least " } else { "" }, hits.total());
    }
    Ok(())
}

/// Reads a folder into an index until `is_called_off` says so; what was read by then is kept, and can be searched.
///
/// In an application that would be a button, or Ctrl-C. The next refresh goes on where this one stopped.
fn read_until(index: &Index, folder: &Path, is_called_off: impl Fn(&Progress) -> bool) -> Result<RefreshReport, Error> {
    index.refresh_with(&RefreshOptions::new([folder]), &mut |progress| {
        if is_called_off(progress) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// Answers queries as they are typed, until nobody types any more: of those that wait, only the last.
///
/// A search takes milliseconds, so that those that were overtaken are simply never begun; a limit of time is for the query
/// that takes long all the same, which then answers with what it found until then.
fn answer_as_typed(index: &Index, typed: &Receiver<String>, answers: &Sender<(String, Hits)>) -> Result<(), Error> {
    while let Ok(query) = typed.recv() {
        let newest = typed.try_iter().last().unwrap_or(query);
        let hits = index.search(&newest).timeout(PATIENCE).run()?;
        if answers.send((newest, hits)).is_err() {
            break;
        }
    }
    Ok(())
}

#[test]
fn what_was_read_is_kept_and_the_next_refresh_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        std::fs::write(folder.path().join(format!("{number}.txt")), format!("Crue {number}\n\nL'eau monte.")).unwrap();
    }
    let index = Index::in_memory().unwrap();
    let first = read_until(&index, folder.path(), |progress| progress.files >= 20).unwrap();
    assert!(first.interrupted && (20..200).contains(&first.added), "{first:?}");
    assert_eq!(index.search("crue").run().unwrap().total(), first.articles);
    let second = read_until(&index, folder.path(), |_| false).unwrap();
    assert!(!second.interrupted && second.added == 200 - first.added, "{second:?}");
    assert_eq!(index.search("crue").run().unwrap().total(), 200);
}

#[test]
fn only_the_last_of_the_queries_that_wait_is_answered() {
    let (keys, typed) = channel();
    let (answers, answered) = channel();
    for query in ["c", "cr", "crue"] {
        keys.send(query.to_owned()).unwrap();
    }
    drop(keys);
    answer_as_typed(&Index::in_memory().unwrap(), &typed, &answers).unwrap();
    drop(answers);
    let queries: Vec<String> = answered.iter().map(|(query, _)| query).collect();
    assert_eq!(queries, ["crue"]);
}
