//! The commands beside search.

use std::fs;
use std::path::Path;

use crate::press;

#[test]
fn stats_counts() {
    let sandbox = press();
    sandbox.run(&["stats", "presse"]).refused().err_has("limier index presse");
    sandbox.run(&["index", "presse"]).code(0).quiet().out_has("4 articles indexed, ");
    let run = sandbox.run(&["stats", "presse", "--json"]).code(0).quiet();
    let stats = &run.json()[0];
    assert_eq!((&stats["type"], &stats["articles"]), (&"stats".into(), &4.into()));
    assert!(stats["bytes"].as_u64().unwrap() > 1_000);
    assert!(stats["terms"].as_u64().unwrap() > 20);
    assert!(stats["segments"].as_u64().unwrap() > 0);
    assert_eq!(stats["analyzer"].as_str().unwrap().len(), 16);
    assert!(stats["format"].as_u64().unwrap() > 0);
    assert!(Path::new(stats["folder"].as_str().unwrap()).is_dir());
    sandbox.run(&["stats", "presse"]).code(0).out_has("articles  4\n");
}

#[test]
fn index_says_what_it_did() {
    let sandbox = press();
    let run = sandbox.run(&["index", "presse", "--json"]).code(0).quiet();
    let line = &run.json()[0];
    assert_eq!((&line["type"], &line["articles"]), (&"index".into(), &4.into()));
    assert!(line["elapsed_ms"].as_f64().unwrap() > 0.0);
    assert_eq!(line["notes"].as_array().unwrap().len(), 0);
}

#[test]
fn verify_finds_damage() {
    let sandbox = press();
    sandbox.run(&["verify", "--index", "idx"]).refused();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    sandbox.run(&["verify", "--index", "idx"]).code(0).out_has("is sound").quiet();
    let sound = sandbox.run(&["verify", "--index", "idx", "--json"]).code(0).json();
    assert_eq!((&sound[0]["type"], &sound[0]["sound"]), (&"verification".into(), &true.into()));
    assert_eq!(sound[0]["articles"], 4);
    let mut checked = 0;
    let files: Vec<_> = fs::read_dir(sandbox.path("idx")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in files {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !["store", "term", "idx", "pos", "fast", "fieldnorm"].contains(&extension.as_str()) {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x10;
        fs::write(&path, flipped).unwrap();
        let run = sandbox.run(&["verify", "--index", "idx"]).code(1).quiet();
        run.out_has("is damaged");
        let damaged = sandbox.run(&["verify", "--index", "idx", "--json"]).code(1).json();
        assert_eq!(damaged[0]["sound"], false);
        assert!(!damaged[0]["damages"].as_array().unwrap().is_empty());
        fs::write(&path, bytes).unwrap();
        checked += 1;
    }
    assert!(checked > 3, "{checked} files");
    fs::write(sandbox.path("idx/meta.json"), "{").unwrap();
    sandbox.run(&["verify", "--index", "idx"]).code(1).out_has("is damaged");
}

#[test]
fn the_cache_is_listed_and_cleared() {
    let sandbox = press();
    sandbox.run(&["cache"]).code(0).quiet();
    let folder = sandbox.run(&["cache", "path"]).code(0).out();
    assert_eq!(Path::new(folder.trim()), sandbox.cache().join("limier"));
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["avion", "."]).code(0);
    let lines = sandbox.run(&["cache", "list", "--json"]).code(0).json();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert_eq!(line["type"], "cache");
        assert!(line["bytes"].as_u64().unwrap() > 1_000);
        assert!(Path::new(line["folder"].as_str().unwrap()).starts_with(sandbox.cache()));
    }
    let presse = sandbox.path("presse").canonicalize().unwrap().to_string_lossy().into_owned();
    sandbox.run(&["cache", "list"]).code(0).out_has(&presse);
    sandbox.run(&["cache", "clear", "presse"]).code(0).out_has(&presse);
    assert_eq!(sandbox.run(&["cache", "list", "--json"]).code(0).json().len(), 1);
    sandbox.run(&["avion", "presse", "--no-refresh"]).refused();
    // The index of a folder that is gone can be deleted, too.
    sandbox.run(&["avion", "presse"]).code(0);
    fs::rename(sandbox.path("presse"), sandbox.path("autre")).unwrap();
    sandbox.run(&["cache", "clear", &presse]).code(0).out_has(&presse);
    sandbox.run(&["cache", "clear"]).code(0);
    assert_eq!(sandbox.run(&["cache", "list", "--json"]).code(0).json().len(), 0);
}

#[test]
fn two_indexes_of_one_folder_are_told_apart() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["avion", "presse", "--type", "text,markdown", "--max-filesize", "1M"]).code(0);
    let presse = sandbox.path("presse").canonicalize().unwrap().to_string_lossy().into_owned();
    let told = sandbox.run(&["cache", "list"]).code(0).quiet();
    told.out_has(&format!("{presse}  ")).out_has(&format!("{presse} --type text,markdown --max-filesize 1048576  "));
    let lines = sandbox.run(&["cache", "list", "--json"]).code(0).json();
    let kinds: Vec<_> = lines.iter().filter_map(|line| line.get("read")).map(|read| read["kinds"].clone()).collect();
    assert_eq!((lines.len(), kinds), (2, vec![serde_json::json!(["text", "markdown"])]));
    sandbox.run(&["cache", "clear", "presse"]).code(0).out_has("--type text,markdown").out_has(&format!("{presse}, "));
}

#[test]
fn clearing_the_cache_leaves_other_things_alone() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    fs::create_dir(sandbox.cache().join("limier/autre")).unwrap();
    fs::write(sandbox.cache().join("limier/autre/lettre.txt"), "Chère Ada").unwrap();
    sandbox.run(&["cache", "clear"]).code(0);
    assert!(sandbox.cache().join("limier/autre/lettre.txt").exists());
    assert_eq!(fs::read_dir(sandbox.cache().join("limier")).unwrap().count(), 1);
}

#[test]
fn completions_name_every_command_and_flag() {
    let sandbox = press();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = sandbox.run(&["completions", shell]).code(0).quiet();
        for word in
            ["no-mend", "analyze", "similar", "suggest", "queries", "timeline", "completions", "verify", "relevance"]
        {
            assert!(run.out().contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn the_man_page_has_its_sections() {
    let sandbox = press();
    let run = sandbox.run(&["man"]).code(0).quiet();
    for section in [".TH limier", ".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", ".SH SUBCOMMANDS"] {
        assert!(run.out().contains(section), "{section}\n{}", run.shown());
    }
    sandbox.run(&["man", "search"]).code(0).out_has(".TH limier-search").out_has("\\-\\-no\\-mend");
}

#[test]
fn help_and_version_go_to_standard_output() {
    let sandbox = press();
    sandbox.run(&["--version"]).code(0).quiet().out_has("limier 0.");
    let run = sandbox.run(&["--help"]).code(0).quiet();
    run.out_has("Usage: limier").out_has("--no-refresh").out_has("analyze").out_has("Exit codes");
    // The short help fits a screen, in both languages.
    for language in ["en", "fr"] {
        let run = sandbox.run_in_terminal(&["-h", "--lang", language], 80).code(0).quiet();
        let (lines, columns) =
            (run.out().lines().count(), run.out().lines().map(|line| line.chars().count()).max().unwrap());
        assert!(lines <= 24 && columns <= 80, "{lines} lines, {columns} columns\n{}", run.shown());
        run.out_has("limier -i").out_has("--format").out_has("analyze").out_lacks("--no-refresh");
    }
    for command in [
        "search",
        "index",
        "watch",
        "analyze",
        "extract",
        "show",
        "similar",
        "suggest",
        "stats",
        "verify",
        "cache",
        "completions",
        "man",
    ] {
        sandbox.run(&[command, "--help"]).code(0).quiet().out_has("Usage: limier");
    }
}
