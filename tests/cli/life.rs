//! The life of an index: refreshes cut short, paths forgotten, deleted texts, folders watched, caches that grow old.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use limier_tests::Sandbox;
use serde_json::Value;

use crate::together::{release, writer_that_waits};
use crate::{press, sandbox};

fn articles(sandbox: &Sandbox) -> u64 {
    sandbox.run(&["stats", "--index", "idx", "--json"]).code(0).json()[0]["articles"].as_u64().unwrap()
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_first_indexing_keeps_what_was_read() {
    let sandbox = sandbox();
    for number in 0..2_000 {
        let text = "Le pont est fermé à la circulation depuis mardi. ".repeat(10);
        sandbox.write(format!("p/{number}.txt"), format!("Article {number}\n\nUn tapir passe. {text}\n"));
    }
    // When the signal falls depends on the machine: before the first file is read, nothing can be kept.
    let interrupted = [20, 100, 300, 900, 2_700].into_iter().any(|wait| {
        let _ = fs::remove_dir_all(sandbox.path("idx"));
        let mut command = sandbox.command(&["index", "p", "--index", "idx"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !sandbox.path("idx/.writer.json").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).contains("interrupted: ");
        assert!(!told || output.status.code().is_none(), "ended by the signal: {output:?}");
        told
    });
    assert!(interrupted, "no signal fell while files were read");
    let kept = articles(&sandbox);
    assert!((1..2_000).contains(&kept), "{kept}");
    let line = sandbox.run(&["index", "--index", "idx", "--json"]).code(0).json().remove(0);
    assert_eq!((line["articles"].as_u64(), line["added"].as_u64()), (Some(2_000), Some(2_000 - kept)));
}

#[test]
fn forgotten_paths_leave_the_index() {
    let sandbox = press();
    sandbox.write("autre/tapir.txt", "Un tapir\n\nIl dort.\n");
    sandbox.run(&["index", "presse", "autre", "--index", "idx"]).code(0).out_has("5 articles");
    sandbox.run(&["index", "autre", "--forget"]).refused().err_has("--index DIR");
    sandbox.run(&["index", "presse/2024", "--forget", "--index", "idx"]).refused().err_has("2024");
    // One that is gone is known by its name.
    fs::rename(sandbox.path("autre"), sandbox.path("parti")).unwrap();
    sandbox.run(&["index", "autre", "--forget", "--index", "idx"]).code(0).out_has("4 articles");
    fs::rename(sandbox.path("parti"), sandbox.path("autre")).unwrap();
    sandbox.run(&["tapir", "--index", "idx", "--no-mend"]).code(1);
    sandbox.run(&["avion", "--index", "idx"]).code(0);
}

#[test]
fn a_rebuild_reads_every_file_again_and_keeps_what_came_by_standard_input() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    sandbox.run_with_input(&["index", "-", "--index", "idx"], "{\"id\":\"x\",\"text\":\"Un tapir.\"}\n").code(0);
    let line = sandbox.run(&["index", "--rebuild", "--index", "idx", "--json"]).code(0).json().remove(0);
    assert_eq!((&line["modified"], &line["unchanged"], &line["articles"]), (&4.into(), &0.into(), &5.into()));
    assert_eq!(sandbox.run(&["tapir", "--index", "idx", "--json"]).code(0).ids(), ["x"]);
    // In the cache, and before a search.
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["avion", "presse", "--rebuild"]).code(0);
    sandbox.run(&["avion", "presse", "--rebuild", "--no-refresh"]).code(2).err_has("--no-refresh");
    // A named index that cannot be read is made anew from the paths that are typed.
    fs::write(sandbox.path("idx/limier.json"), "{").unwrap();
    sandbox.run(&["index", "--rebuild", "--index", "idx"]).refused();
    sandbox.run(&["index", "presse", "--rebuild", "--index", "idx"]).code(0).out_has("4 articles");
}

#[test]
fn a_rename_is_told_as_one() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    fs::rename(sandbox.path("presse/orly.txt"), sandbox.path("presse/2024/roissy.txt")).unwrap();
    sandbox.run(&["index", "--index", "idx"]).code(0).out_has(" 1 renamed, 0 gone, 3 as before");
    assert_eq!(sandbox.run(&["avion", "--index", "idx", "--json"]).code(0).ids(), ["2024/roissy.txt"]);
}

#[test]
fn another_writer_is_named_and_waited_for() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    let writer = writer_that_waits(&sandbox);
    let who = format!("process {}, for ", writer.id());
    sandbox.write("presse/tapir.txt", "Un tapir\n\nIl dort.\n");
    sandbox.run(&["index", "--index", "idx", "--wait", "0"]).refused().err_has(&who);
    sandbox.run(&["avion", "--index", "idx"]).code(0).err_has(&who);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(500));
            release(writer);
        });
        sandbox.run(&["tapir", "--index", "idx", "--json", "--wait", "60"]).code(0)
    });
    assert!(run.note_codes().is_empty() && run.ids() == ["tapir.txt"], "{}", run.shown());
}

#[test]
fn memory_bounds_are_read_and_kept() {
    let sandbox = press();
    for size in ["1k", "15M", "40MB", "200000000"] {
        let run = sandbox.run(&["index", "presse", "--index", &format!("idx-{size}"), "--memory", size]).code(0);
        run.out_has("4 articles");
    }
    sandbox.run(&["index", "presse", "--memory", "beaucoup"]).code(2).err_has("64M");
}

/// Reads the lines of a program as they come.
fn lines_of(child: &mut Child) -> Receiver<Value> {
    let (sender, lines) = channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in stdout.lines().map_while(Result::ok) {
            sender.send(serde_json::from_str(&line).unwrap()).unwrap();
        }
    });
    lines
}

#[cfg(unix)]
#[test]
fn a_watched_folder_is_followed_until_ctrl_c() {
    let sandbox = press();
    // The index lies in the folder: its own changes are no news.
    let mut command = sandbox.command(&["watch", ".", "--index", "idx", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = lines_of(&mut child);
    let next = || lines.recv_timeout(Duration::from_secs(60)).unwrap();
    let first = next();
    assert_eq!((&first["type"], &first["articles"]), (&"index".into(), &4.into()));
    sandbox.write("neuf/tapir.txt", "Un tapir\n\nIl dort.\n");
    let second = next();
    assert_eq!((&second["type"], &second["added"], &second["articles"]), (&"refresh".into(), &1.into(), &5.into()));
    sandbox.remove("presse/orly.txt");
    let third = next();
    assert_eq!((&third["deleted"], &third["articles"]), (&1.into(), &4.into()));
    // What is read again but did not change is no news either.
    assert!(lines.recv_timeout(Duration::from_millis(1_500)).is_err());
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    sandbox.run(&["tapir", "--index", "idx", "--no-refresh"]).code(0);
}

/// Tells whether a word stands anywhere in the files of a folder, as a person who looks for it on the disk would.
fn lies_in(folder: &Path, word: &str) -> bool {
    let has = |bytes: Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    fs::read_dir(folder).unwrap().any(|entry| fs::read(entry.unwrap().path()).is_ok_and(has))
}

#[test]
fn a_purge_of_the_cache_leaves_no_deleted_text_and_no_old_index() {
    let sandbox = press();
    sandbox.write("presse/secret.txt", "Une lettre\n\nLe mot de passe est xyloglyphe.\n");
    sandbox.run(&["avion", "presse"]).code(0);
    let folder = sandbox.run(&["cache", "path", "presse"]).out();
    let index = Path::new(folder.trim()).join("index");
    // Whether it lies there in one piece before depends on how the segments fell; the tests of the library see to that.
    sandbox.remove("presse/secret.txt");
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["cache", "purge"]).code(0).quiet().out_has("no deleted text");
    assert!(!lies_in(&index, "xyloglyphe"));
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["verify", "presse"]).code(0);

    let line = sandbox.run(&["cache", "--json"]).code(0).json().remove(0);
    assert_eq!(line["last_used"].as_str().unwrap().len(), "2026-11-22".len());
    sandbox.run(&["cache"]).code(0).out_has(", used ");
    let about = fs::File::options().write(true).open(Path::new(folder.trim()).join("about.json")).unwrap();
    about.set_modified(SystemTime::now() - Duration::from_secs(91 * 24 * 3_600)).unwrap();
    sandbox.run(&["cache", "purge"]).code(0).out_has("deleted the index of");
    assert!(!Path::new(folder.trim()).exists());
}

/// A folder and what it holds: for each file its records, each a word.
struct Model {
    files: BTreeMap<String, Vec<&'static str>>,
    seed: u64,
}

const NAMES: [&str; 7] = ["a.txt", "b.jsonl", "c/d.txt", "c/é.jsonl", "f.md", "g", "h/i/j.txt"];
const WORDS: [&str; 5] = ["tapir", "pangolin", "ouistiti", "gerboise", "lamantin"];

impl Model {
    /// Knuth's multiplier: a generator that is the same on every machine.
    fn draw(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % below
    }

    fn name(&mut self) -> String {
        NAMES[self.draw(NAMES.len())].to_owned()
    }

    /// Changes the folder in one way.
    fn change(&mut self, sandbox: &Sandbox) {
        let name = self.name();
        match self.draw(4) {
            0 if self.files.remove(&name).is_some() => sandbox.remove(format!("p/{name}")),
            1 if self.files.contains_key(&name) => {
                let to = self.name();
                if Path::new(&name).extension() != Path::new(&to).extension() {
                    return;
                }
                fs::create_dir_all(sandbox.path(format!("p/{to}")).parent().unwrap()).unwrap();
                fs::rename(sandbox.path(format!("p/{name}")), sandbox.path(format!("p/{to}"))).unwrap();
                let records = self.files.remove(&name).unwrap();
                self.files.insert(to, records);
            }
            _ => {
                let count = if name.ends_with(".jsonl") { self.draw(4) + 1 } else { 1 };
                let records: Vec<&str> = (0..count).map(|_| WORDS[self.draw(WORDS.len())]).collect();
                let text = match name.ends_with(".jsonl") {
                    true => records.iter().map(|word| format!("{{\"text\":\"Un {word}.\"}}\n")).collect(),
                    false => format!("Un {}.\n", records[0]),
                };
                sandbox.write(format!("p/{name}"), text);
                self.files.insert(name, records);
            }
        }
    }

    /// Finds a word as grep would.
    fn grep(&self, word: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, records) in &self.files {
            for (record, _) in records.iter().enumerate().filter(|(_, record)| **record == word) {
                found.insert(if name.ends_with(".jsonl") { format!("{name}#{}", record + 1) } else { name.clone() });
            }
        }
        found
    }
}

/// Changes, kills and searches in any order; the program must find what grep finds. `LIMIER_TEST_CASES` sets how many.
#[test]
fn whatever_happens_the_next_search_finds_what_grep_finds() {
    let rounds = std::env::var("LIMIER_TEST_CASES").map_or(16, |rounds| rounds.parse().unwrap());
    let sandbox = sandbox();
    fs::create_dir(sandbox.path("p")).unwrap();
    let mut model = Model { files: BTreeMap::new(), seed: 2_026 };
    for round in 0..rounds {
        for _ in 0..=model.draw(3) {
            model.change(&sandbox);
        }
        if model.draw(3) == 0 {
            let mut child =
                sandbox.command(&["index", "p"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(model.draw(120) as u64));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let word = WORDS[model.draw(WORDS.len())];
        let run = sandbox.run(&[word, "p", "--json", "--no-mend", "-n100"]);
        let found: BTreeSet<String> = run.ids().into_iter().collect();
        assert_eq!(found, model.grep(word), "round {round}: {word}\n{}", run.shown());
    }
    sandbox.run(&["verify", "p"]).code(0);
}
