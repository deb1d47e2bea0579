//! What people and disks do: a clear line, the right exit code, nothing lost.

use std::fs;

use crate::{press, sandbox};

#[test]
fn queries_without_a_word_find_nothing_and_say_why() {
    let sandbox = press();
    for query in ["", "   ", "?!… «»", "()", "\"\"", "***", "+ -"] {
        let run = sandbox.run(&["search", query, "presse", "--no-mend"]).code(1);
        assert!(run.stdout.is_empty(), "{}", run.shown());
        run.err_has("limier: ");
    }
    sandbox.run(&["search", "", "presse"]).code(1).err_has("holds no word");
    sandbox.run(&["--", "-avion", "presse"]).code(1).err_has("not wanted");
}

#[test]
fn any_query_is_answered() {
    let sandbox = press();
    let long = "avion ".repeat(20_000);
    let deep = "(".repeat(5_000);
    for query in [
        long.as_str(),
        &deep,
        "titre:",
        "date:hier",
        "avion~9",
        "\u{0301}",
        "𝄞",
        "a\u{202e}b",
        "~*\"(",
        "l'",
        "=",
        "+\"avion",
    ] {
        let run = sandbox.run(&["search", query, "presse", "--json", "--no-mend"]);
        assert!(matches!(run.code, Some(0 | 1)), "{}", run.shown());
        run.summary();
    }
}

#[cfg(unix)]
#[test]
fn a_query_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = press();
    let query = std::ffi::OsStr::from_bytes(b"caf\xe9");
    sandbox.run(&[query, "presse".as_ref()]).code(2).err_has("UTF-8");
}

#[test]
fn a_missing_path_is_an_error_unless_another_answers() {
    let sandbox = press();
    sandbox.run(&["avion", "nulle-part"]).refused().err_has("nulle-part").err_has("name a folder or a file");
    sandbox.run(&["index", "nulle-part"]).refused();
    sandbox.run(&["stats", "nulle-part"]).refused();
    sandbox.run(&["avion", "presse", "nulle-part"]).code(0).out_has("L'avion d'Orly").err_has("nulle-part");
    let run = sandbox.run(&["avion", "presse", "nulle-part", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["path-not-found"]);
}

#[test]
fn an_empty_folder_has_no_article() {
    let sandbox = sandbox();
    fs::create_dir(sandbox.path("vide")).unwrap();
    sandbox.run(&["avion", "vide"]).code(1).err_has("no article");
    sandbox.run(&["index", "vide"]).code(0).out_has("0 articles");
}

#[test]
fn a_folder_that_is_no_index_is_left_alone() {
    let sandbox = press();
    sandbox.run(&["avion", "--index", "presse"]).refused().err_has("not an index");
    sandbox.run(&["index", ".", "--index", "presse"]).refused().err_has("not an index");
    sandbox.run(&["stats", "--index", "presse"]).refused().err_has("not an index");
    sandbox.run(&["verify", "--index", "presse"]).refused().err_has("not an index");
    sandbox.run(&["avion", "--index", "presse/orly.txt"]).refused();
    assert_eq!(fs::read_dir(sandbox.path("presse")).unwrap().count(), 4);
}

#[test]
fn a_binary_file_is_skipped_and_told() {
    let sandbox = press();
    sandbox.write("presse/image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0avion");
    let run = sandbox.run(&["avion", "presse", "--json"]).code(0);
    assert_eq!(run.ids(), ["orly.txt"]);
    assert_eq!(run.summary()["articles"], 4);
    sandbox.run(&["index", "presse"]).code(0).err_has("image.txt");
}

#[test]
fn a_line_of_five_megabytes_is_searched() {
    let sandbox = sandbox();
    let mut line = "Le pont est fermé à la circulation. ".repeat(145_000);
    assert!(line.len() > 5 << 20);
    line.push_str("Un pangolin passe.\n");
    sandbox.write("grand/long.txt", line);
    let run = sandbox.run(&["pangolin", "grand", "--json"]).code(0);
    let passage = run.hits()[0]["passages"][0]["text"].as_str().unwrap().to_owned();
    assert!(passage.contains("pangolin") && passage.len() < 2_000, "{passage}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_skipped_and_told() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = press();
    let path = sandbox.write("presse/secret.txt", "Un avion secret\n\nRien.\n");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user reads every file");
        return;
    }
    let run = sandbox.run(&["avion", "presse"]).code(0).out_has("L'avion d'Orly").err_has("secret.txt");
    assert!(!run.out().contains("secret"), "{}", run.shown());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    sandbox.run(&["avion", "presse"]).code(0).out_has("Un avion secret");
}

#[test]
fn a_home_folder_is_not_indexed_by_accident() {
    let sandbox = sandbox();
    let home = sandbox.home();
    fs::write(home.join("avion.txt"), "Un avion\n\nIl vole.\n").unwrap();
    let home = home.to_string_lossy().into_owned();
    sandbox.run(&["avion", &home]).refused().err_has("--yes");
    sandbox.run(&["index", &home]).refused().err_has("--yes");
    sandbox.run(&["avion", "/"]).refused().err_has("--yes");
    sandbox.run(&["avion", &home, "--index", "idx"]).refused().err_has("--yes");
    sandbox.run(&["avion", &home, "--yes"]).code(0);
    // Who said yes once is not asked again.
    sandbox.run(&["avion", &home]).code(0);
}

#[test]
fn an_option_out_of_range_is_refused() {
    let sandbox = press();
    for arguments in [
        &["avion", "-n", "beaucoup"][..],
        &["avion", "--sort", "hasard"],
        &["avion", "--color", "rose"],
        &["avion", "--threads", "0"],
        &["avion", "--passages", "-1"],
        &["avion", "--inconnu"],
        &["completions", "cmd.exe"],
        &["man", "inconnu"],
        &[],
        &["--json"],
    ] {
        let run = sandbox.run(arguments).code(2);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{}", run.shown());
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    use std::io::Read;
    use std::process::Stdio;
    let sandbox = sandbox();
    let record = |id: usize| format!("{{\"id\":{id},\"text\":\"Un avion passe. {}\"}}\n", "Il vole haut. ".repeat(20));
    sandbox.write("a.jsonl", (0..3_000).map(record).collect::<String>());
    for (query, json, code) in [("avion", "--json", 0), ("avion", "--explain", 0)] {
        let mut command = sandbox.command(&[query, ".", json, "-n", "3000"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let sandbox = press();
    for arguments in
        [&["avion", "presse"][..], &["-h"], &["--version"], &["help", "syntax"], &["suggest", "a", "presse"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = sandbox.command(arguments);
        let output = command.stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"), "{arguments:?}");
    }
}
