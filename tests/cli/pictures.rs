//! Golden pictures of what a person sees, on terminals of 80 and 200 columns, with colours and without.
//!
//! `LIMIER_BLESS=1 cargo test -p limier-cli --test cli pictures` draws them anew; look at what changed before it is kept.

use std::fs;
use std::time::Duration;

use limier_tests::{Run, Sandbox, project};

use crate::press;
use crate::together::{release, writer_that_waits};

/// What erases the line of progress.
const ERASED: &str = "\r\u{1b}[K";

/// Compares what `draw` shows with its golden file; `draw` is given a sandbox and the flags of each variant.
#[track_caller]
fn picture(name: &str, draw: impl Fn(&Sandbox, &[&str], u16) -> Run) {
    let mut drawn = String::new();
    for (columns, color, language) in
        [(80, "never", "en"), (80, "always", "en"), (200, "never", "en"), (200, "always", "fr"), (80, "never", "fr")]
    {
        let sandbox = press();
        let run = draw(&sandbox, &["--color", color, "--lang", language], columns);
        let folder = fs::canonicalize(sandbox.work()).unwrap();
        drawn.push_str(&format!("=== {columns} columns, --color {color}, --lang {language}, code {:?}\n", run.code));
        let err = run.err();
        // What was erased again stands there or not, as quick as the machine is.
        let seen = if name == "progress" { &err } else { err.rsplit(ERASED).next().unwrap() };
        for (stream, text) in [("standard output", run.out()), ("standard error", seen.to_owned())] {
            drawn.push_str(&format!("--- {stream}\n"));
            drawn.push_str(&steady(&text.replace(&folder.to_string_lossy().into_owned(), "/chez-moi")));
        }
    }
    let golden = project(&format!("tests/golden/terminal/{name}.txt"));
    if std::env::var_os("LIMIER_BLESS").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &drawn).unwrap();
        return;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    for (number, (expected, drawn)) in expected.lines().zip(drawn.lines()).enumerate() {
        assert_eq!(drawn, expected, "{}:{}", golden.display(), number + 1);
    }
    assert_eq!(drawn.lines().count(), expected.lines().count(), "{}", golden.display());
}

/// Makes escape sequences visible, and times and scores the same in every run.
fn steady(text: &str) -> String {
    let text = text.replace('\u{1b}', "␛").replace('\r', "␍");
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for at in 1..words.len() {
            let unit: String = words[at].chars().take_while(char::is_ascii_alphabetic).collect();
            let is_number = words[at - 1].chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
            if is_number && matches!(unit.as_str(), "ms" | "s") {
                words[at - 1] = "N".to_owned();
                words[at] = words[at].replacen(&unit, "ms", 1);
            }
        }
        out.push_str(&words.join(" "));
    }
    if !out.ends_with('\n') && !out.is_empty() {
        out.push_str("⏎\n");
    }
    out
}

fn searched(sandbox: &Sandbox, query: &[&str], flags: &[&str], columns: u16) -> Run {
    sandbox.run_in_terminal(&[query, flags].concat(), columns)
}

#[test]
fn results() {
    picture("results", |sandbox, flags, columns| {
        searched(sandbox, &["artistes non rémunérés", "presse"], flags, columns)
    });
    picture("more-results", |sandbox, flags, columns| {
        searched(sandbox, &["artistes OU avion OU train", "presse", "-n2", "--passages", "1"], flags, columns)
    });
    picture("compact", |sandbox, flags, columns| {
        searched(sandbox, &["artistes", "presse", "--format", "compact"], flags, columns)
    });
    picture("links", |sandbox, flags, columns| {
        searched(sandbox, &["avion", "presse", "--hyperlink", "always"], flags, columns)
    });
}

#[test]
fn nothing_found() {
    picture("none", |sandbox, flags, columns| searched(sandbox, &["pangolin", "presse", "--no-mend"], flags, columns));
}

#[test]
fn notes() {
    picture("notes", |sandbox, flags, columns| {
        sandbox.write("presse/vide.txt", "");
        sandbox.write("presse/casse.jsonl", "{\"text\":\n");
        searched(sandbox, &["\"avoin auteurr:x", "presse"], flags, columns)
    });
}

#[test]
fn errors() {
    picture("error", |sandbox, flags, columns| searched(sandbox, &["avion", "absent"], flags, columns));
    picture("usage", |sandbox, flags, columns| searched(sandbox, &["avion", "presse", "--limt", "3"], flags, columns));
}

#[test]
fn first_indexing() {
    picture("first-indexing", |sandbox, flags, columns| searched(sandbox, &["index", "presse"], flags, columns));
    picture("no-articles", |sandbox, flags, columns| {
        fs::create_dir(sandbox.path("vide")).unwrap();
        searched(sandbox, &["avion", "vide"], flags, columns)
    });
}

#[test]
fn an_article() {
    picture("show", |sandbox, flags, columns| {
        searched(sandbox, &["show", "presse/orly.txt", "avions"], flags, columns)
    });
}

#[test]
fn more_to_ask() {
    picture("suggest", |sandbox, flags, columns| searched(sandbox, &["suggest", "a", "presse"], flags, columns));
    picture("similar", |sandbox, flags, columns| {
        searched(sandbox, &["similar", "presse/sora.txt", "presse"], flags, columns)
    });
    picture("timeline", |sandbox, flags, columns| {
        let query = ["artistes OU avion OU train", "presse", "--timeline", "month", "-n1", "--passages", "0"];
        searched(sandbox, &query, flags, columns)
    });
    picture("facets", |sandbox, flags, columns| {
        let query = ["artistes OU avion OU train", "presse", "--facets", "source,month", "-n1", "--passages", "0"];
        searched(sandbox, &query, flags, columns)
    });
    picture("queries", |sandbox, flags, columns| {
        sandbox.write("requetes.txt", "artistes\npangolin\n");
        let queries = ["--queries", "requetes.txt", "presse", "--no-mend", "--passages", "1"];
        searched(sandbox, &queries, flags, columns)
    });
}

#[test]
fn progress() {
    picture("progress", |sandbox, flags, columns| {
        sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
        sandbox.write("presse/pangolin.txt", "Le pangolin\n\nUn pangolin dort.\n");
        let writer = writer_that_waits(sandbox);
        let run = std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(1_200));
                release(writer);
            });
            searched(sandbox, &["index", "--index", "idx"], flags, columns)
        });
        // How often the line was drawn depends on the machine: once is enough.
        let mut run = run;
        let err = run.err();
        let mut parts: Vec<&str> = err.split('\r').filter(|part| !part.starts_with("index")).collect();
        parts.dedup();
        run.stderr = parts.join("\r").into_bytes();
        run
    });
}
