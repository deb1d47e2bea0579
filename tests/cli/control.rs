//! Texts that would drive a terminal: made visible on one, left true in a pipe.

use limier_tests::Sandbox;

use crate::sandbox;

/// Each way, and what must not reach a terminal.
const WAYS: &[(&str, &str)] = &[
    ("C0", "a\u{1}b"),
    ("C1", "a\u{9b}31mb"),
    ("CSI", "a\u{1b}[31mb"),
    ("OSC 8", "a\u{1b}]8;;http://exemple.fr\u{1b}\\b"),
    ("OSC 52", "a\u{1b}]52;c;ZXhlbXBsZQ==\u{7}b"),
    ("BEL", "a\u{7}b"),
    ("CR", "a\rb"),
    ("backspace", "a\u{8}b"),
    ("DEL", "a\u{7f}b"),
    ("bidi", "a\u{202e}b\u{2066}c"),
    ("newline", "a\nb"),
];

fn is_driving(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes a record whose title, text, author and source hold the way.
fn record(sandbox: &Sandbox, way: &str) {
    let record = serde_json::json!({
        "id": "x", "title": format!("Avion {way} fin"), "text": format!("Un avion {way} passe."),
        // So few among so many do not make a binary file.
        "filler": "Rien à voir ici. ".repeat(100),
        "author": format!("Jean {way}"), "source": format!("Le {way} Bocage"),
    });
    sandbox.write("a.jsonl", format!("{record}\n"));
}

#[cfg(unix)]
#[test]
fn no_text_drives_the_terminal() {
    for (name, way) in WAYS {
        let sandbox = sandbox();
        record(&sandbox, way);
        let query = format!("avion «{way}»");
        for arguments in [
            &["search", &query, ".", "--color", "never"][..],
            &["search", &query, ".", "--color", "never", "--explain"],
            &["search", &format!("nulle-part-{way}"), "--no-mend", "--color", "never"],
            &["search", "avion", &format!("nulle-part-{way}"), "--color", "never"],
            &["extract", ".", "--color", "never"],
            &["show", "x", &query, "--color", "never"],
            &["show", way, "--color", "never"],
            &["analyze", way, "--color", "never"],
            &["index", "--index", &format!("idx-{way}"), ".", "--color", "never"],
            &["stats", "--index", &format!("idx-{way}"), "--color", "never"],
            &["verify", "--index", &format!("idx-{way}"), "--color", "never"],
            &["search", "avion", "--sort", way],
            &[&format!("--{way}")],
        ] {
            let run = sandbox.run_in_terminal(arguments, 80);
            let leaks = |text: &str| text.chars().any(is_driving);
            assert!(!leaks(&run.out()) && !leaks(&without_progress(&run.err())), "{name}\n{}", run.shown());
        }
    }
}

/// Takes out the line of progress, which a slow machine shows and wipes: the program's own codes around its own words.
fn without_progress(err: &str) -> String {
    let mut kept = String::new();
    let mut rest = err;
    while let Some((before, after)) = rest.split_once("\rindexing: ") {
        kept.push_str(before);
        let Some((_, after)) = after.split_once("\u{1b}[K") else { break };
        rest = after.strip_prefix("\r\u{1b}[K").unwrap_or(after);
    }
    kept + rest
}

#[cfg(unix)]
#[test]
fn a_file_name_does_not_drive_the_terminal() {
    for (name, way) in WAYS {
        let sandbox = sandbox();
        let way = &way.replace('/', "|");
        sandbox.write(format!("p/x {way}.txt"), "Un avion\n\nIl passe.\n");
        sandbox.write(format!("p/y {way}.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
        for arguments in [&["avion", "p", "--color", "never"][..], &["index", "p"], &["avion", "p/x"]] {
            let run = sandbox.run_in_terminal(arguments, 80);
            let leaks = |text: &str| text.chars().any(is_driving);
            assert!(!leaks(&run.out()) && !leaks(&without_progress(&run.err())), "{name}\n{}", run.shown());
        }
        // A name is one line: title, path, one passage, and the line before the closing one.
        let run = sandbox.run_in_terminal(&["avion", "p", "--color", "never"], 200);
        assert_eq!(run.out().lines().count(), 4, "{name}\n{}", run.shown());
        // In a pipe it opens the file as it stands.
        let run = sandbox.run(&["avion", "p", "--json"]).code(0);
        let path = run.hits()[0]["path"].as_str().unwrap().to_owned();
        assert!(sandbox.path(&path).exists(), "{name}: {path:?}");
        sandbox.run(&["avion", "p"]).code(0).out_has(&format!("p/x {way}.txt"));
    }
}

#[test]
fn in_a_pipe_and_in_json_bytes_stay_true() {
    for (name, way) in WAYS.iter().filter(|(name, _)| !["CR", "newline"].contains(name)) {
        let sandbox = sandbox();
        record(&sandbox, way);
        let run = sandbox.run(&["avion", ".", "--json"]).code(0);
        let hit = &run.hits()[0];
        let part = |field: &str| hit[field].as_str().unwrap_or_default().to_owned();
        assert!(part("author").contains(way) && part("source").contains(way), "{name}\n{}", run.shown());
        assert!(hit["passages"][0]["text"].as_str().unwrap().contains(way), "{name}\n{}", run.shown());
        sandbox.run(&["avion", "."]).code(0).out_has(&format!("Un avion {way} passe."));
    }
}
