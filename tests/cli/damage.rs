//! Damage of an index, told and mended.

use std::fs;
use std::path::PathBuf;

use limier_tests::Sandbox;

use crate::press;

/// Changes one byte of the first file of an index whose name begins or ends so.
fn damage(sandbox: &Sandbox, index: &str, name: &str) -> PathBuf {
    let path = fs::read_dir(sandbox.path(index))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.ends_with(name) || file.starts_with(name)
        })
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[3] ^= 0x40;
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_damaged_index_is_told_and_repaired() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    sandbox.run_with_input(&["index", "-", "--index", "idx"], "Un pangolin\n\nIl dort.\n").code(0);
    sandbox.run(&["verify", "--index", "idx"]).code(0).out_has("idx is sound");
    sandbox.run(&["verify", "--repair", "--index", "idx"]).code(0).out_has("idx is sound");
    damage(&sandbox, "idx", ".managed.json");
    sandbox.run(&["avion", "--index", "idx"]).refused().err_has(".managed.json").err_has("--repair");
    sandbox.run(&["verify", "--index", "idx"]).code(1).out_has(".managed.json: ").out_has("add --repair");
    let run = sandbox.run(&["verify", "--repair", "--index", "idx", "--json"]).code(0);
    let line = &run.json()[0];
    assert_eq!(line["damages"][0]["file"], ".managed.json", "{line}");
    assert_eq!((&line["repair"]["kept"], &line["repair"]["articles"]), (&1.into(), &5.into()), "{line}");
    sandbox.run(&["verify", "--index", "idx"]).code(0);
    assert_eq!(sandbox.run(&["pangolin OU avion", "--index", "idx", "--json"]).code(0).hits().len(), 2);
}

#[test]
fn what_cannot_be_repaired_is_told() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    damage(&sandbox, "idx", "meta.json");
    fs::rename(sandbox.path("presse"), sandbox.path("ailleurs")).unwrap();
    let run = sandbox.run(&["verify", "--repair", "--index", "idx"]).code(1);
    run.out_has("presse does not exist any more").out_has("the list of what was stored is damaged");
    sandbox.run(&["verify", "--index", "idx"]).code(0);
    // Whose folders have moved is told where they are.
    sandbox.run(&["index", "ailleurs", "--index", "idx"]).code(0).out_has("4 articles");
}

#[test]
fn a_damaged_cache_is_built_again_from_its_files() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    let folder = sandbox.run(&["cache", "path", "presse"]).out();
    let index = format!("{}/index", folder.trim());
    damage(&sandbox, &index, ".term");
    sandbox.run(&["avion", "presse", "--no-refresh"]).refused().err_has(".term is damaged");
    sandbox.run(&["verify", "presse"]).code(1).out_has(".term: ");
    sandbox.run(&["verify", "--repair", "presse"]).code(0).out_has("was built again: 4 articles");
    sandbox.run(&["verify", "presse"]).code(0);
}

#[test]
fn what_a_kill_left_behind_is_swept_and_told() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    // As a program leaves them that is killed while it writes a segment, a manifest and a list.
    let left = ["0123456789abcdef0123456789abcdef.store", ".manifest-00", ".tmpAb12Cd"];
    left.iter().for_each(|name| fs::write(sandbox.path("idx").join(name), [0; 100]).unwrap());
    sandbox.write("idx/notes.txt", "Ceci n'est pas à limier.");
    let run = sandbox.run(&["avion", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.note_codes(), ["swept"], "{}", run.shown());
    assert!(run.summary()["notes"][0]["text"].as_str().unwrap().contains("3 files"), "{}", run.shown());
    assert!(left.iter().all(|name| !sandbox.path("idx").join(name).exists()));
    assert!(sandbox.path("idx/notes.txt").exists());
    sandbox.run(&["avion", "--index", "idx"]).code(0).quiet();
}

#[test]
fn an_index_whose_creation_was_cut_short_is_created() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    fs::remove_file(sandbox.path("idx/limier.json")).unwrap();
    // What holds articles is never taken for a creation that was cut short.
    sandbox.run(&["index", "presse", "--index", "idx"]).refused().err_has("not an index");
    for entry in fs::read_dir(sandbox.path("idx")).unwrap() {
        let path = entry.unwrap().path();
        if !path.ends_with("meta.json") && !path.ends_with(".managed.json") {
            fs::remove_file(path).unwrap();
        }
    }
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0).out_has("4 articles");
}

/// A dictionary that was checked is not checked again while the file system says that it did not change.
#[test]
#[cfg(unix)]
fn a_dictionary_is_checked_again_once_it_has_changed() {
    let sandbox = press();
    // Words enough for a dictionary of 256 kB: numbers in scattered order, of the letters from `a` to `p`.
    let word = |number: u32| -> String {
        let digits = format!("{:08x}", number.wrapping_mul(2_654_435_761));
        digits.chars().filter_map(|digit| char::from_digit(10 + digit.to_digit(16)?, 26)).collect()
    };
    let words: Vec<String> = (1..=30_000).map(word).collect();
    words.chunks(1000).enumerate().for_each(|(number, words)| {
        sandbox.write(format!("presse/mots{number}.txt"), format!("Des mots\n\n{}.\n", words.join(" ")));
    });
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    let record = sandbox.path("idx/.checked");
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    sandbox.run(&["avion", "--index", "idx", "--no-refresh"]).code(0);
    assert!(!record.exists(), "an index that is to be left as it is was written");
    let answer = sandbox.run(&["avion", "--index", "idx"]).code(0).out();
    let before = fs::read_to_string(&record).unwrap();
    assert!(before.contains(".term\":{"), "{before}");
    assert_eq!(sandbox.run(&["avion", "--index", "idx"]).code(0).out(), answer);
    assert_eq!(fs::read_to_string(&record).unwrap(), before);
    damage(&sandbox, "idx", ".term");
    sandbox.run(&["avion", "--index", "idx", "--no-refresh"]).refused().err_has(".term is damaged");
}
