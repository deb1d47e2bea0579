//! Several programs at once, and files that change under the program's feet.

use std::fs;
use std::process::{Child, Stdio};
use std::time::Duration;

use limier_tests::Sandbox;

use crate::sandbox;

fn many(sandbox: &Sandbox, files: usize) {
    for number in 0..files {
        let text = "Le pont est fermé à la circulation depuis mardi. ".repeat(20);
        sandbox.write(format!("p/{number}.txt"), format!("Article {number}\n\nUn tapir passe. {text}\n"));
    }
}

/// Starts a program that holds the index `idx` until it is released: it waits for its input.
pub(crate) fn writer_that_waits(sandbox: &Sandbox) -> Child {
    for _ in 0..100 {
        let mut command = sandbox.command(&["index", "-", "--index", "idx"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(200));
        // Whoever comes second is refused; when the other came second, all begins again.
        let is_refused = sandbox.run_with_input(&["index", "-", "--index", "idx"], "").code == Some(2);
        if is_refused && child.try_wait().unwrap().is_none() {
            return child;
        }
        release(child);
    }
    panic!("no program could hold the index");
}

/// Ends the input of a program, and waits for its end.
pub(crate) fn release(mut writer: Child) {
    drop(writer.stdin.take());
    writer.wait().unwrap();
}

#[test]
fn first_searches_that_begin_at_once_all_answer() {
    let sandbox = sandbox();
    many(&sandbox, 200);
    let start = || {
        let mut command = sandbox.command(&["tapir", "p", "--json", "-n0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..4).map(|_| start()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{out}{err}");
        let summary: serde_json::Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
        assert_eq!(summary["articles"], 200, "{out}{err}");
    }
    // One index, nothing left over beside it.
    let folder = sandbox.run(&["cache", "path", "p"]).out();
    let mut names: Vec<_> =
        fs::read_dir(folder.trim()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["about.json", "index"]);
}

#[test]
fn an_index_that_another_program_writes_answers_from_its_last_state() {
    let sandbox = sandbox();
    many(&sandbox, 5);
    sandbox.run(&["index", "p", "--index", "idx"]).code(0);
    let writer = writer_that_waits(&sandbox);
    sandbox.write("p/nouveau.txt", "Un pangolin\n\nIl dort.\n");
    let run = sandbox.run(&["tapir OU pangolin", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["busy"]);
    assert_eq!(run.summary()["articles"], 5);
    release(writer);
    let run = sandbox.run(&["tapir OU pangolin", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.summary()["articles"], 6);
}

#[test]
fn an_index_that_cannot_be_written_answers_from_its_last_state() {
    let sandbox = sandbox();
    many(&sandbox, 5);
    sandbox.run(&["index", "p", "--index", "idx"]).code(0);
    // As on a disk that is read-only: the lock cannot be taken.
    let lock = sandbox.path("idx/.tantivy-writer.lock");
    let _ = fs::remove_file(&lock);
    fs::create_dir(&lock).unwrap();
    sandbox.write("p/nouveau.txt", "Un pangolin\n\nIl dort.\n");
    let run = sandbox.run(&["tapir", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["not-refreshed"]);
    assert_eq!(run.summary()["articles"], 5);
    sandbox.run(&["index", "--index", "idx"]).refused();
    fs::remove_dir(&lock).unwrap();
    assert_eq!(sandbox.run(&["tapir", "--index", "idx", "--json"]).code(0).summary()["articles"], 6);
}

#[test]
fn files_deleted_while_they_are_read_are_no_error() {
    let sandbox = sandbox();
    many(&sandbox, 600);
    let mut command = sandbox.command(&["index", "p", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for number in (0..600).rev().step_by(2) {
        fs::remove_file(sandbox.path(format!("p/{number}.txt"))).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let run = sandbox.run(&["tapir", "p", "--json", "-n0"]).code(0);
    assert_eq!(run.summary()["articles"], 300);
}

#[cfg(unix)]
#[test]
fn a_program_killed_while_it_indexes_loses_nothing() {
    let sandbox = sandbox();
    many(&sandbox, 400);
    for wait in [5, 50, 150, 400] {
        let mut command = sandbox.command(&["index", "p"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let run = sandbox.run(&["tapir", "p", "--json", "-n0"]).code(0);
    assert_eq!(run.summary()["articles"], 400);
    sandbox.run(&["verify", "p"]).code(0);
}
