//! `limier suggest`: the beginning of a word completed to words of the articles.

use limier_tests::{Run, Sandbox};

use crate::sandbox;

fn economy() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write("p/a.txt", "L'économie va\n\nLes économistes parlent d'économie. La crise passe.\n");
    sandbox.write("p/b.txt", "L'école\n\nUne économie sociale, des ECOLES.\n");
    sandbox.write("p/sous/c.txt", "Écologie\n\nL'écologie et l'économie, sans crise.\n");
    sandbox
}

fn words(run: &Run) -> Vec<String> {
    run.json().iter().map(|line| line["word"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn beginnings_become_whole_words_the_most_frequent_first() {
    let sandbox = economy();
    for prefix in ["econo", "ÉCONO", "l'écono"] {
        let run = sandbox.run(&["suggest", prefix, "p"]).code(0).quiet();
        assert_eq!(run.out(), "économie\néconomistes\n", "{}", run.shown());
    }
    let lines = sandbox.run(&["suggest", "eco", "p", "--json"]).code(0).quiet().json();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], serde_json::json!({"type": "suggestion", "word": "économie", "articles": 3}));
    assert_eq!(words(&sandbox.run(&["suggest", "eco", "p", "--json", "-n", "2"]).code(0)).len(), 2);
    let shown = sandbox.run_in_terminal(&["suggest", "econo", "p", "--color", "never"], 80).code(0);
    assert_eq!(shown.out().replace('\r', ""), "économie     3 articles\néconomistes  1 article\n");
}

#[test]
fn of_several_words_the_last_is_completed_with_regard_to_the_others() {
    let sandbox = economy();
    let lines = sandbox.run(&["suggest", "crises écol", "p", "--json"]).code(0).json();
    assert_eq!(lines[0], serde_json::json!({"type": "suggestion", "word": "écologie", "articles": 1, "together": 1}));
    assert_eq!(lines[1]["together"], 0);
}

#[test]
fn words_are_written_as_the_articles_write_them() {
    let sandbox = sandbox();
    sandbox.write("p/a.txt", "Aujourd'hui\n\nLa main-d’œuvre manque aux prud'hommes, dit-on aujourd’hui.\n");
    for (prefix, word) in [("aujo", "aujourd'hui"), ("aujourd'", "aujourd'hui"), ("maind", "main-d'œuvre")] {
        assert_eq!(sandbox.run(&["suggest", prefix, "p"]).code(0).quiet().out(), format!("{word}\n"));
    }
    sandbox.run(&["suggest", "prud", "p"]).code(0).out_has("prud'hommes\n");
    // What is completed can be searched as it stands.
    sandbox.run(&["main-d'œuvre", "p"]).code(0).quiet();
}

#[test]
fn nothing_begins_so() {
    let sandbox = economy();
    assert_eq!(sandbox.run(&["suggest", "xyz", "p"]).code(1).quiet().out(), "");
    sandbox.run_in_terminal(&["suggest", "xyz", "p"], 80).code(1).err_has("no word begins so: type fewer letters");
    assert_eq!(sandbox.run(&["suggest", "", "p", "--json"]).code(1).out(), "");
    sandbox.run(&["suggest", "eco", "absent"]).refused();
    sandbox.run(&["suggest"]).code(2).err_has("PREFIX");
}

#[test]
fn any_index_can_be_asked_and_a_word_that_is_a_command_still_be_searched() {
    let sandbox = economy();
    let run = sandbox.run_with_input(&["suggest", "tap", "-"], "Un tapir\n\nLe tapir et le tapis.\n").code(0);
    assert_eq!(run.out(), "tapir\ntapis\n");
    sandbox.run(&["index", "p", "--index", "idx"]).code(0);
    sandbox.write("p/d.txt", "Un écolier\n\nIl lit.\n");
    let asked = ["suggest", "écoli", "--index", "idx"];
    sandbox.run(&[&asked[..], &["--no-refresh"]].concat()).code(1);
    assert_eq!(sandbox.run(&asked).code(0).quiet().out(), "écolier\n");
    let narrowed = sandbox.run(&["suggest", "écol", "p/sous", "--index", "idx"]).code(0);
    narrowed.out_has("écolier").err_has("words are those of the whole index");
    sandbox.write("p/e.txt", "I suggest\n\nA word.\n");
    sandbox.run(&["search", "suggest", "p"]).code(0).out_has("I suggest");
    let mut french = sandbox.command(&["suggest", "--help"]);
    french.env("LC_ALL", "fr_FR.UTF-8");
    sandbox.run_command(french).code(0).out_has("limier suggest [OPTIONS] <DÉBUT> [CHEMIN]...");
}
