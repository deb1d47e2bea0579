//! An index follows its folder.

use std::fs;

use crate::{press, sandbox};

#[test]
fn files_added_changed_and_deleted_are_seen_by_the_next_search() {
    let sandbox = press();
    let found = |query: &str| {
        let mut ids = sandbox.run(&[query, "presse", "--json", "--no-mend"]).ids();
        ids.sort();
        ids
    };
    assert_eq!(found("pangolin"), [""; 0]);
    sandbox.write("presse/pangolin.txt", "Le pangolin\n\nUn pangolin dort.\n");
    assert_eq!(found("pangolin"), ["pangolin.txt"]);
    sandbox.write("presse/pangolin.txt", "Le tapir\n\nUn tapir court.\n");
    assert_eq!(found("pangolin"), [""; 0]);
    assert_eq!(found("tapir"), ["pangolin.txt"]);
    sandbox.remove("presse/pangolin.txt");
    assert_eq!(found("tapir"), [""; 0]);
    assert_eq!(found("Orly"), ["orly.txt"]);
}

#[test]
fn records_added_and_taken_away_are_seen() {
    let sandbox = sandbox();
    sandbox.write("a.jsonl", "{\"id\":1,\"text\":\"Un tapir.\"}\n{\"id\":2,\"text\":\"Un pangolin.\"}\n");
    let ids = |query: &str| sandbox.run(&[query, ".", "--json", "--no-mend"]).ids();
    assert_eq!(ids("tapir"), ["1"]);
    sandbox.write("a.jsonl", "{\"id\":2,\"text\":\"Un pangolin et un tapir.\"}\n");
    assert_eq!(ids("tapir"), ["2"]);
    assert_eq!(ids("pangolin"), ["2"]);
}

#[test]
fn without_refresh_the_index_answers_as_it_is() {
    let sandbox = press();
    sandbox.run(&["avion", "presse", "--no-refresh"]).refused().err_has("limier index presse");
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.write("presse/pangolin.txt", "Le pangolin\n\nUn pangolin dort.\n");
    sandbox.run(&["pangolin", "presse", "--no-refresh", "--no-mend"]).code(1);
    sandbox.run(&["pangolin", "presse"]).code(0);
    sandbox.run(&["pangolin", "presse", "--no-refresh"]).code(0);
}

#[test]
fn a_named_index_keeps_its_roots() {
    let sandbox = press();
    sandbox.run(&["avion", "--index", "idx"]).refused().err_has("limier index --index idx");
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0).out_has("4 articles");
    assert!(sandbox.path("idx").is_dir());
    assert!(!sandbox.cache().exists());
    sandbox.run(&["avion", "--index", "idx"]).code(0);
    sandbox.write("presse/pangolin.txt", "Le pangolin\n\nUn pangolin dort.\n");
    sandbox.run(&["pangolin", "--index", "idx"]).code(0);
    let mut command = sandbox.command(&["pangolin"]);
    command.env("LIMIER_INDEX", "idx");
    sandbox.run_command(command).code(0);
}

#[test]
fn a_named_index_is_filled_by_the_first_search() {
    let sandbox = press();
    sandbox.run(&["avion", "presse", "--index", "idx"]).code(0);
    sandbox.run(&["avion", "--index", "idx", "--no-refresh"]).code(0);
}

#[test]
fn an_index_in_the_cache_that_cannot_be_used_is_made_again() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0).quiet();
    let folder = sandbox.run(&["cache", "path", "presse"]).code(0).out();
    let meta = std::path::Path::new(folder.trim()).join("index/limier.json");
    // Another version's.
    fs::write(&meta, r#"{"format":1,"analyzer":"0"}"#).unwrap();
    sandbox.run(&["avion", "presse"]).code(0).err_has("another version of limier and has been built again");
    sandbox.run(&["avion", "presse"]).code(0).quiet();
    // Damaged.
    fs::write(&meta, "{").unwrap();
    let run = sandbox.run(&["avion", "presse", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["rebuilt"]);
    sandbox.run(&["avion", "presse"]).code(0).quiet();
}

#[test]
fn damaged_bytes_in_the_cache_are_made_again() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    let folder = sandbox.run(&["cache", "path", "presse"]).code(0).out();
    for entry in fs::read_dir(std::path::Path::new(folder.trim()).join("index")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "idx" || extension == "store") {
            fs::write(&path, "").unwrap();
        }
    }
    sandbox.run(&["avion", "presse"]).code(0).out_has("L'avion d'Orly").err_has("was damaged and has been built again");
}

#[test]
fn a_named_index_that_cannot_be_used_says_the_command() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    let meta = sandbox.path("idx/limier.json");
    fs::write(&meta, r#"{"format":1,"analyzer":"0"}"#).unwrap();
    sandbox.run(&["avion", "--index", "idx"]).refused().err_has("limier index --index idx");
    fs::write(&meta, "{").unwrap();
    sandbox.run(&["avion", "--index", "idx"]).refused().err_has("limier verify --repair --index idx");
    assert!(meta.exists());
}

#[cfg(unix)]
#[test]
fn the_cache_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    for folder in [sandbox.cache().join("limier"), sandbox.run(&["cache", "path", "presse"]).out().trim().into()] {
        let mode = fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}
