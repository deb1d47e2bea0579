//! The commands of the built program in a small size: that they run, and that what they print can be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const BENCH: &str = env!("CARGO_BIN_EXE_limier-bench");

fn bench<A: AsRef<OsStr>>(arguments: &[A]) -> String {
    let output = Command::new(BENCH).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let shown: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).collect();
    assert!(output.status.success(), "{shown:?}: {}: {told}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

fn rows(printed: &str) -> Vec<Value> {
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Returns limier beside limier-bench: a build or test of the whole workspace makes both.
fn limier() -> PathBuf {
    let program = Path::new(BENCH).with_file_name(format!("limier{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "build the whole workspace: cargo test --workspace");
    program
}

#[test]
fn text_is_made_measured_and_drawn() {
    let folder = TempDir::new().unwrap();
    let made = folder.path().join("made.jsonl");
    bench(&["corpus", "--mb", "0.2", "--out", text(&made)]);

    let speed = bench(&["speed", text(&made), "--rounds", "1", "--queries", "6", "--json"]);
    let memory: Vec<Value> = rows(&speed).into_iter().filter(|row| row["section"] == "memory").collect();
    if cfg!(target_os = "linux") {
        assert_eq!(memory.len(), 2, "{speed}");
        let megabytes = |engine: &str| memory[0]["values"][engine].as_f64().unwrap();
        assert!((5.0..300.0).contains(&megabytes("limier")) && megabytes("tantivy") > 5.0, "{memory:?}");
    }

    let growth = bench(&["growth", text(&made), "--sizes", "0.05,0.1", "--rounds", "1", "--queries", "6", "--json"]);
    let (speed_file, growth_file) = (folder.path().join("speed.jsonl"), folder.path().join("growth.jsonl"));
    fs::write(&speed_file, &speed).unwrap();
    fs::write(&growth_file, &growth).unwrap();
    assert!(rows(&growth).iter().all(|row| row["text"] == "real" && row["exponent"].is_f64()), "{growth}");

    let out = folder.path().join("results");
    let plotted = bench(&["plot", text(&speed_file), text(&growth_file), "--out", text(&out), "--note", "essai"]);
    assert_eq!(plotted.lines().count(), 3, "{plotted}");
    for name in ["indexing.svg", "queries.svg", "growth.svg"] {
        let image = fs::read_to_string(out.join(name)).unwrap();
        assert!(image.starts_with("<svg") && image.contains("essai"), "{name}");
    }
}

#[test]
fn the_program_is_run_as_a_person_runs_it() {
    let folder = TempDir::new().unwrap();
    let (made, again) = (folder.path().join("made"), folder.path().join("again"));
    bench(&["corpus", "--mb", "0.2", "--files", text(&made)]);
    bench(&["corpus", "--mb", "0.2", "--files", text(&again)]);
    let program = limier();
    let printed = bench(&["terminal", text(&made), "--program", text(&program), "--runs", "2", "--json"]);
    let rows = rows(&printed);
    for measure in ["limier --version", "search again", "search after one file changed", "a walk with stat"] {
        let row = rows.iter().find(|row| row["measure"] == measure).unwrap_or_else(|| panic!("{measure}: {printed}"));
        assert!(row["median"].as_f64().unwrap() > 0.0, "{row}");
    }
    assert!(rows.iter().any(|row| row["section"] == "aims" && row["holds"].is_boolean()), "{printed}");
    assert!(contents(&made) == contents(&again), "the folder that was measured has changed");
}

/// Returns the files of a folder and what they hold, in order.
fn contents(root: &Path) -> Vec<(PathBuf, String)> {
    let mut folders = vec![root.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(root).unwrap().to_path_buf(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn a_picture_shows_the_command_and_its_colours() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "Le vent se lève\n\nIl faut tenter de vivre.\n").unwrap();
    let (folder, program) = (text(folder.path()), limier());
    let image = bench(&[
        "picture",
        "--folder",
        folder,
        "--program",
        text(&program),
        "--columns",
        "60",
        "--indexed",
        "--",
        "tenter",
        ".",
    ]);
    for part in ["limier tenter .", "class=\"bold c1\"", ">tenter</text>", "Le vent se lève"] {
        assert!(image.contains(part), "{part}: {image}");
    }
}

#[cfg(unix)]
#[test]
fn keys_are_typed_and_timed() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "Le vent se lève\n\nIl faut tenter de vivre.\n").unwrap();
    let (folder, program) = (text(folder.path()), limier());
    let table = bench(&["keys", "--program", text(&program), "vent", "--", folder]);
    for row in ["the letter shows", "hits and article stand"] {
        let row = table.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("{row}: {table}"));
        let numbers: Vec<f64> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert!(numbers.len() == 5 && numbers[0] == 4.0 && numbers[1] > 0.0, "{table}");
    }
}

#[test]
fn what_cannot_be_done_is_told_with_code_2() {
    let folder = TempDir::new().unwrap();
    let absent = folder.path().join("absent");
    let absent = text(&absent);
    for (arguments, told) in [
        (&["terminal", absent, "--program", BENCH][..], "is no folder"),
        (&["growth", absent], "cannot open"),
        (&["plot", absent], "cannot open"),
        (&["picture", "--program", absent, "--", "mot"], "--program"),
        (&["keys", "mot", "--program", absent], "--program"),
        (&["walk", absent], "is no folder"),
        (&["corpus", "--mb", "0"], "not a size"),
    ] {
        let output = Command::new(BENCH).args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && error.contains(told), "{arguments:?}: {error}");
    }
}
