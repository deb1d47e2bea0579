//! Settings out of files: the user's `config.toml`, and the `.limier.toml` of a folder.

use std::fs;

use limier_tests::{Run, Sandbox};

use crate::{press, sandbox};

/// Writes the user's file.
fn set(sandbox: &Sandbox, text: &str) {
    let folder = sandbox.config().join("limier");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

/// Runs the program with `LIMIER_CONFIG`.
fn with_named(sandbox: &Sandbox, file: &str, arguments: &[&str]) -> Run {
    let mut command = sandbox.command(arguments);
    command.env("LIMIER_CONFIG", file);
    sandbox.run_command(command)
}

const ALL: &str = "artistes OU avion OU train";

#[test]
fn the_users_file_sets_what_flags_can_still_change() {
    let sandbox = press();
    set(
        &sandbox,
        "limit = 1\nformat = 'json'\nlang = \"fr\"\npassages = 0\nthreads = 1\nmemory = '100M'\nwidth = 40\n",
    );
    let run = sandbox.run(&[ALL, "presse"]).code(0).quiet();
    assert_eq!((run.hits().len(), run.summary()["total"].as_u64()), (1, Some(4)));
    assert_eq!(run.hits()[0]["passages"], serde_json::json!([]));
    assert_eq!(sandbox.run(&[ALL, "presse", "-n", "3", "--passages=1"]).code(0).hits().len(), 3);
    sandbox.run(&[ALL, "presse", "--format", "plain"]).code(0).out_has("presse/");
    // `-l` still writes all paths, `-c` a count, and neither is at odds with a form that only the file gives.
    assert_eq!(sandbox.run(&[ALL, "presse", "-l"]).code(0).out().lines().count(), 4);
    assert_eq!(sandbox.run(&[ALL, "presse", "-l", "-n2"]).code(0).out().lines().count(), 2);
    assert_eq!(sandbox.run(&[ALL, "presse", "-c"]).code(0).out(), "4\n");
    // What the locale says is only a default.
    sandbox.run(&["zzzz", "presse", "--format", "plain"]).code(1).err_has("aucun résultat");
    sandbox.run(&["zzzz", "presse", "--format=plain", "--lang", "en"]).code(1).err_has("nothing found");
    // Help tells the defaults of the program.
    let help = |flags: &[&str]| sandbox.run(&[&["--help"], flags].concat()).code(0).out();
    assert_eq!(help(&["--lang=fr"]), help(&["--lang=fr", "--no-config"]));
    assert_eq!(help(&["--lang=en"]), help(&["--lang=en", "--no-config"]));
    let plain = sandbox.run(&[ALL, "presse", "--no-config"]).code(0);
    plain.out_has("presse/").out_lacks("\"type\"");
    sandbox.run(&["show", "presse/orly.txt"]).code(0).out_has("{\"type\":\"article\"");
    // A form that a command does not have is none of its business.
    set(&sandbox, "format = 'compact'\n");
    sandbox.run(&["show", "presse/orly.txt"]).code(0).out_has("Un avion a décollé");
}

#[test]
fn colours_of_the_file_go_before_no_color() {
    let sandbox = press();
    set(&sandbox, "color = 'always'\n");
    let run = |flags: &[&str]| {
        let mut command = sandbox.command(&[&["avion", "presse"], flags].concat());
        command.env("NO_COLOR", "1");
        sandbox.run_command(command).code(0)
    };
    run(&[]).out_has("\u{1b}[");
    run(&["--color", "auto"]).out_lacks("\u{1b}[");
}

#[test]
fn what_is_wrong_in_the_users_file_is_an_error_with_its_place() {
    let sandbox = press();
    for (text, place, told) in [
        ("limt = 3\n", "1:1", "there is no setting « limt », but « limit »"),
        ("# a\n\n  stop_words = []\n", "3:3", "but « stop-words »"),
        ("couleur = 'rouge'\n", "1:1", "there is no setting « couleur »"),
        ("limit = [1]\n", "1:9", "« limit » wants a text or a number"),
        ("limit = 'dix'\n", "1:1", "invalid value 'dix' for '--limit <N>'"),
        ("width = 80\nwidth = 90\n", "2:1", "this is no TOML (duplicate key"),
        ("format = 'pdf'\n", "1:1", "[possible values: plain, compact, vimgrep, json, html"),
        ("threads = 99\n", "1:1", "write a whole number from 1 to 8"),
        ("lang = 'de'\n", "1:8", "« de » is no language"),
        ("limit = \n", "1:", "this is no TOML"),
        ("stop-words = ['a b']\n", "1:15", "« a b » is not one word"),
        ("[fields]\ncouleur = 'c'\n", "2:1", "maps no field"),
    ] {
        set(&sandbox, text);
        let run = sandbox.run(&["avion", "presse"]).refused();
        let place = format!("config.toml:{place}");
        run.err_has(&place).err_has(told).err_has("; --no-config ignores the file");
        let french = sandbox.run(&["avion", "presse", "--lang", "fr"]).code(2);
        assert!(
            french.err().starts_with("limier : ") && !french.err().contains("--no-config ignores"),
            "{}",
            french.shown()
        );
        sandbox.run(&["avion", "presse", "--no-config"]).code(0);
        // Who asks for help is given help.
        sandbox.run(&["--help"]).code(0);
    }
    set(&sandbox, "a = 1\nlimt = 2\nlangue = 'fr'\n");
    sandbox.run(&["avion", "presse"]).refused().err_has("config.toml:1:1").err_has("(and 2 more)");
    fs::write(sandbox.config().join("limier/config.toml"), b"# \xe9t\xe9\n").unwrap();
    sandbox.run(&["avion", "presse"]).refused().err_has("config.toml:1:3: the file is not UTF-8");
}

#[test]
fn a_variable_names_another_file_which_must_be_there() {
    let sandbox = press();
    set(&sandbox, "limit = 1\n");
    sandbox.write("autre.toml", "limit = 2\n");
    assert_eq!(with_named(&sandbox, "autre.toml", &[ALL, "presse", "--json"]).code(0).hits().len(), 2);
    assert_eq!(with_named(&sandbox, "", &[ALL, "presse", "--json"]).code(0).hits().len(), 1);
    with_named(&sandbox, "absent.toml", &[ALL, "presse"]).refused().err_has("cannot read absent.toml: ");
    with_named(&sandbox, "absent.toml", &[ALL, "presse", "--lang=fr"])
        .code(2)
        .err_has("impossible de lire absent.toml");
    with_named(&sandbox, "absent.toml", &[ALL, "presse", "--no-config"]).code(0);
}

#[test]
fn words_of_the_user_and_of_the_folder_add_up() {
    let sandbox = press();
    set(&sandbox, "synonyms = ['aéronef, avion']\nsynonyms-file = 'mots.txt'\nstop-words = ['Sora']\n");
    fs::write(sandbox.config().join("limier/mots.txt"), "tgv => train de nuit\n").unwrap();
    sandbox.write("presse/.limier.toml", "synonyms = ['peintre, artiste']\nprotected-words = ['élève']\n");
    let ids = |query: &str, flags: &[&str]| {
        let mut ids = sandbox.run(&[&[query, "presse", "--json"], flags].concat()).ids();
        ids.sort();
        ids
    };
    assert_eq!(ids("aéronef", &[]), ["orly.txt"]);
    assert_eq!(ids("tgv", &[]), ["dep-1"]);
    assert_eq!(ids("peintre", &[]), ["2024/musee.md", "sora.txt"]);
    assert_eq!(ids("Sora avion", &[]), ["orly.txt"]);
    assert_eq!(ids("élève", &[]), ["2024/musee.md"]);
    assert_eq!(ids("élèves", &[]), ["2024/musee.md"]);
    assert_eq!(ids("élever", &["--no-mend"]), ids("élever", &["--no-mend", "--no-config"]));
    for (query, count) in [("aéronef", 0), ("tgv", 0), ("peintre", 0), ("Sora avion", 2)] {
        assert_eq!(ids(query, &["--no-config", "--no-mend"]).len(), count, "{query}");
    }
    sandbox.write("mots.txt", "wagon => train\n");
    assert_eq!(ids("wagon aéronef", &["--synonyms", "mots.txt"]), ["dep-1", "orly.txt"]);
    // A named index knows its folders, and so their settings; standard input has only the user's.
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    assert_eq!(sandbox.run(&["peintre", "--index", "idx", "--json"]).code(0).ids().len(), 2);
    assert_eq!(sandbox.run(&["peintre", "presse/2024", "--index", "idx", "--json"]).code(0).ids().len(), 1);
    assert_eq!(sandbox.run(&["peintre", "--index", "idx", "--json", "--no-refresh"]).code(0).ids().len(), 2);
    let input =
        |query: &str| sandbox.run_with_input(&[query, "-", "--json", "--no-mend"], "Un avion.\n\nDes artistes.\n");
    input("aéronef").code(0);
    input("peintre").code(1);
    sandbox.write("queries.txt", "peintre\naéronef\n");
    let many = sandbox.run(&["--queries", "queries.txt", "presse", "--json"]).code(0);
    assert_eq!((many.ids().len(), many.ids().last().map(String::as_str)), (3, Some("orly.txt")));
    let show = &["show", "presse/sora.txt", "peintres", "--format", "html"];
    sandbox.run(show).code(0).out_has("<mark>artistes</mark>");
    set(&sandbox, "synonyms-file = 'absent.txt'\n");
    sandbox.run(&["avion", "presse"]).refused().err_has("cannot read ").err_has("absent.txt");
}

#[test]
fn a_folder_sets_nothing_else() {
    let sandbox = press();
    let ran = sandbox.path("ran");
    let script = format!("#!/bin/sh\ntouch {}\n", ran.display());
    sandbox.write("presse/script.sh", script);
    sandbox.write("presse/image.pdf", "%PDF-1.4");
    sandbox.write(
        "presse/.limier.toml",
        "limit = 1\nlang = 'fr'\npre = 'presse/script.sh'\nindex = '/tmp'\nsynonyms-file = '/etc/passwd'\n\
         synonyms = ['aéronef, avion', 'seul']\nstop_words = ['a']\nmemory = '1K'\n",
    );
    let run = sandbox.run(&[ALL, "presse", "--json"]).code(0).quiet();
    assert_eq!((run.hits().len(), ran.exists()), (4, false));
    assert!(run.note_codes().contains(&"config".to_owned()), "{}", run.shown());
    let run = sandbox.run(&["aéronef", "presse"]).code(0).out_has("presse/orly.txt");
    run.err_has(
        "presse/.limier.toml:1:1: « limit » can be set in your own config.toml, not by a folder; it is left out",
    )
    .err_has(".limier.toml:3:1: there is no setting « pre »")
    .err_has(".limier.toml:5:1: « synonyms-file » can be set")
    .err_has(".limier.toml: 2 more are left out")
    .err_has(".limier.toml:6: « seul » stands for nothing");
    sandbox.run(&["avion", "presse", "--lang", "fr"]).code(0).err_has("pas par un dossier ; c'est laissé de côté");
    sandbox.run(&["avion", "presse", "--no-config"]).code(0).quiet();
    sandbox.write("presse/.limier.toml", "synonyms = [\n");
    sandbox.run(&["avion", "presse"]).code(0).err_has("this is no TOML").err_has("the file is left out");
    sandbox.write("presse/.limier.toml", vec![b'#'; (1 << 20) + 1]);
    sandbox.run(&["avion", "presse"]).code(0).err_has("the file is larger than 1 MiB; the file is left out");
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_opened() {
    let sandbox = press();
    sandbox.write("secret.txt", "synonyms = ['aéronef, avion']\nsecret\n");
    std::os::unix::fs::symlink(sandbox.path("secret.txt"), sandbox.path("presse/.limier.toml")).unwrap();
    let run = sandbox.run(&["aéronef", "presse", "--no-mend"]).code(1);
    assert!(!run.err().contains("secret"), "{}", run.shown());
    run.err_has("presse/.limier.toml: it is no file, and was not opened");
    sandbox.remove("presse/.limier.toml");
    let made = std::process::Command::new("mkfifo").arg(sandbox.path("presse/.limier.toml")).status();
    if made.is_ok_and(|status| status.success()) {
        sandbox.run(&["avion", "presse"]).code(0).err_has("it is no file, and was not opened");
    }
}

#[test]
fn fields_are_named_by_flags_then_the_folder_then_the_user() {
    let sandbox = sandbox();
    sandbox.write("p/r.jsonl", "{\"id\":\"r\",\"a\":\"Un avion.\",\"b\":\"Un bateau.\",\"c\":\"Un cargo.\"}\n");
    let found = |query: &str, flags: &[&str]| {
        let run = sandbox.run(&[&[query, "p", "--json", "--no-mend"], flags].concat());
        assert!([Some(0), Some(1)].contains(&run.code), "{}", run.shown());
        run.ids() == ["r"]
    };
    assert!(!found("avion", &[]));
    set(&sandbox, "[fields]\nbody = 'a'\n");
    assert!(found("avion", &[]));
    assert!(!found("avion", &["--no-config"]));
    sandbox.write("p/.limier.toml", "fields = { body = 'b' }\n");
    assert!(found("bateau", &[]) && !found("avion", &[]));
    assert!(found("cargo", &["--map", "body=c"]) && !found("bateau", &["--map", "body=c"]));
    sandbox.run(&["extract", "p", "--json"]).code(0).out_has("Un bateau.");
    sandbox.run(&["extract", "p/r.jsonl", "--json"]).code(0).out_has("Un bateau.");
    // Each way of reading has an index of its own in the cache; clearing the folder clears them all.
    let list = || sandbox.run(&["cache", "list", "p", "--json"]).code(0).json().len();
    assert_eq!(list(), 4);
    sandbox.run(&["cache", "clear", "p"]).code(0);
    assert_eq!(list(), 0);
}

#[test]
fn the_nearest_file_above_a_folder_counts() {
    let sandbox = press();
    let finds = |query: &str, paths: &[&str]| {
        let run = sandbox.run(&[&[query, "--json", "--no-mend"], paths].concat());
        assert!([Some(0), Some(1)].contains(&run.code), "{}", run.shown());
        run.ids().len()
    };
    sandbox.write("presse/été/juin/a.txt", "Un avion\n\nIl passe.\n");
    assert_eq!(finds("aéronef", &["presse/été/juin"]), 0);
    sandbox.write(".limier.toml", "synonyms = ['aéronef, avion']\n");
    for paths in [&["presse/été/juin"][..], &["presse/été"], &["presse/été/juin/a.txt"], &["."], &[]] {
        assert!(finds("aéronef", paths) > 0, "{paths:?}");
    }
    sandbox.run(&["show", "presse/orly.txt", "aéronef", "--format", "html"]).code(0).out_has("<mark>avion</mark>");
    assert_eq!(finds("aéronef", &["presse/été", "--no-config"]), 0);
    // A nearer one goes before it, and one below the folder that is searched has no say.
    sandbox.write("presse/été/.limier.toml", "synonyms = ['zinc, avion']\n");
    for (query, path, found) in [
        ("zinc", "presse/été/juin", 1),
        ("aéronef", "presse/été/juin", 0),
        ("zinc", "presse", 0),
        ("aéronef", "presse", 2),
    ] {
        assert_eq!(finds(query, &[path]), found, "{query} {path}");
    }
    // Both folders find the same file, which is told once.
    sandbox.write("presse/été/.limier.toml", "limit = 3\n");
    let run = sandbox.run(&["avion", "presse/été", "presse/été/juin", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["config"]);
}

#[test]
fn a_named_index_follows_the_settings_of_its_folders() {
    let sandbox = sandbox();
    sandbox.write("p/sub/r.jsonl", "{\"id\":\"r\",\"a\":\"Un avion.\",\"b\":\"Un bateau.\"}\n");
    sandbox.write("p/note.txt", "Un ballon");
    sandbox.write("p/.limier.toml", "fields = { body = 'a' }\n");
    sandbox.run(&["index", "p", "--index", "idx", "--type", "json"]).code(0);
    let found = |query: &str, paths: &[&str]| {
        let run = sandbox.run(&[&[query, "--index", "idx", "--json", "--no-mend"], paths].concat());
        assert!([Some(0), Some(1)].contains(&run.code), "{}", run.shown());
        run.ids().len()
    };
    for paths in [&[][..], &["p"], &["p/sub"]] {
        assert_eq!(found("avion", paths), 1, "{paths:?}");
        let unchanged = sandbox.run(&["index", "--index", "idx", "--json"]).code(0).json();
        assert_eq!(unchanged[0]["modified"], 0, "{paths:?} {unchanged:?}");
    }
    // What else the index remembers of how files are read still holds.
    assert_eq!(found("ballon", &[]), 0);
    sandbox.write("p/.limier.toml", "fields = { body = 'b' }\n");
    assert_eq!((found("bateau", &["p/sub"]), found("avion", &[]), found("ballon", &[])), (1, 0, 0));
}

#[test]
fn the_examples_of_the_readme_are_settings() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let section = readme.split("### Configuration").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks: Vec<&str> = section.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let [of_user, of_folder] = blocks[..] else { panic!("two examples expected") };
    let sandbox = sandbox();
    set(&sandbox, of_user);
    fs::write(sandbox.config().join("limier/synonymes.txt"), "vélo, bicyclette\n").unwrap();
    sandbox.write("p/.limier.toml", of_folder);
    sandbox.write("p/r.jsonl", "{\"objet\":\"Séance\",\"délibéré\":\"Le plan local d'urbanisme.\"}\n");
    sandbox.write("p/s.jsonl", "{\"récit\":\"Une automobile, une bicyclette.\"}\n");
    for (query, title) in [("plu", "Séance"), ("vélo", "s.jsonl"), ("voitures", "s.jsonl")] {
        sandbox.run(&[query, "p"]).code(0).quiet().out_has(title);
    }
    // Every flag that settings may give is named.
    let flags = ["color", "context", "duplicates", "format", "hyperlink", "limit", "max-chars", "memory", "passages"];
    for flag in flags.iter().chain(&["sort", "threads", "timeout", "wait", "width", "lang"]) {
        assert!(of_user.contains(flag), "{flag}");
    }
}
