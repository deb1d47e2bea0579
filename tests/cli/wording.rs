//! What words are taken for, and how long is searched: `--synonyms`, `--timeout`.

use crate::{press, sandbox};

#[test]
fn synonyms_are_found_lit_and_explained() {
    let sandbox = press();
    sandbox.write("mots.txt", "# les transports\navion, aéronef\ntgv => train de nuit\n");
    let tgv = ["tgv", "presse", "--synonyms", "mots.txt"];
    sandbox.run(&["tgv", "presse"]).code(1);
    let run = sandbox.run(&[&tgv[..], &["--json"]].concat()).code(0).quiet();
    assert_eq!(run.ids(), ["dep-1"]);
    assert_eq!(run.hits()[0]["passages"][0]["highlights"], serde_json::json!([[3, 16]]));
    assert_eq!(run.note_codes(), [""; 0]);
    sandbox
        .run(&[&tgv[..], &["--explain"]].concat())
        .code(0)
        .out_has("tgv: rarity ")
        .out_has("; synonyms: train de nuit");
    let french = [&tgv[..], &["--explain", "--lang", "fr"]].concat();
    sandbox.run(&french).code(0).out_has(" ; synonymes : train de nuit");
    let explained = sandbox.run(&[&tgv[..], &["--explain", "--json"]].concat()).code(0);
    assert_eq!(explained.hits()[0]["explanation"]["words"][0]["synonyms"], serde_json::json!(["train de nuit"]));
    sandbox.run(&["=aéronef", "presse", "--synonyms", "mots.txt"]).code(1);

    let shown = ["show", "presse/orly.txt", "aéronefs", "--format", "html"];
    sandbox.run(&shown).code(0).out_lacks("<mark>avion</mark>");
    sandbox.run(&[&shown[..], &["--synonyms", "mots.txt"]].concat()).code(0).out_has("<mark>avion</mark>");
}

#[test]
fn lines_that_make_no_sense_are_told_and_left_out() {
    let sandbox = press();
    sandbox.write("mots.txt", "aéronef, avion\nseul\nde la, avion\n");
    let run = sandbox.run(&["aéronef", "presse", "--synonyms", "mots.txt", "--json"]).code(0);
    assert_eq!((run.ids(), run.note_codes()), (vec!["orly.txt".to_owned()], vec!["synonyms".to_owned(); 2]));
    let run = sandbox.run(&["aéronef", "presse", "--synonyms", "mots.txt"]).code(0);
    run.err_has("mots.txt:2: « seul » stands for nothing").err_has("mots.txt:3: « de la » holds no word");
    let run = sandbox.run(&["aéronef", "presse", "--synonyms", "mots.txt", "--lang", "fr"]).code(0);
    run.err_has("mots.txt:2 : « seul » ne remplace rien");
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let sandbox = sandbox();
    sandbox.run(&["avion", ".", "--synonyms", "absent.txt"]).refused().err_has("cannot read absent.txt: ");
    sandbox.write("latin.txt", b"voiture, auto\n\xe9t\xe9, saison\n");
    sandbox.run(&["avion", ".", "--synonyms", "latin.txt"]).refused().err_has("line 2 is not UTF-8");
    sandbox.run(&["avion", ".", "--synonyms", "latin.txt", "--lang", "fr"]).code(2).err_has("la ligne 2 n'est pas");
}

#[test]
fn a_time_limit_is_a_note_and_no_error() {
    let sandbox = press();
    let run = sandbox.run(&["artistes", "presse", "--timeout", "0", "--json"]).code(1).quiet();
    assert_eq!((run.summary()["total"].as_u64(), run.note_codes()), (Some(0), vec!["time-limit".to_owned()]));
    sandbox.run(&["artistes", "presse", "--timeout", "0"]).code(1).err_has("the time limit was reached");
    sandbox.run(&["artistes", "presse", "--timeout", "0", "--lang", "fr"]).code(1).err_has("le délai est écoulé");
    for enough in ["60", "59.5", "59,5", "1e9"] {
        let run = sandbox.run(&["artistes", "presse", "--timeout", enough, "--json"]).code(0).quiet();
        assert_eq!((run.ids().len(), run.note_codes().len()), (2, 0));
    }
    for wrong in ["-1", "NaN", "inf", "vite", "1e99"] {
        let flag = format!("--timeout={wrong}");
        sandbox.run(&["artistes", "presse", &flag]).code(2).err_has("write it as 2 or 0.5");
    }
}
