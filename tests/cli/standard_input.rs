//! `-` reads standard input.

use crate::{press, sandbox};

#[test]
fn one_text_is_one_article() {
    let sandbox = sandbox();
    let text = "La crue a emporté le pont\n\nLe vieux pont a cédé mardi. Personne n'est blessé.\n";
    let run = sandbox.run_with_input(&["ponts", "-"], text).code(0);
    run.out_has("La crue a emporté le pont").out_has("Le vieux pont a cédé mardi.");
    let run = sandbox.run_with_input(&["ponts", "-", "--json"], text).code(0);
    assert_eq!(run.ids(), ["-"]);
    assert_eq!(run.hits()[0].get("path"), None);
    assert!(!sandbox.cache().exists(), "standard input leaves nothing behind");
}

#[test]
fn json_lines_are_one_article_each() {
    let sandbox = sandbox();
    let text = "{\"id\":7,\"titre\":\"Un tapir\",\"texte\":\"Il court.\"}\n{\"title\":\"Un pangolin\",\"text\":\"Il dort.\"}\n";
    let run = sandbox.run_with_input(&["tapir OU pangolin", "-", "--json"], text).code(0);
    let mut ids = run.ids();
    ids.sort();
    assert_eq!(ids, ["-#2", "7"]);
}

#[test]
fn broken_lines_are_told_and_the_others_searched() {
    let sandbox = sandbox();
    let text = "{\"id\":1,\"text\":\"Un tapir.\"}\n{broken\n{\"id\":3}\n";
    let run = sandbox.run_with_input(&["tapir", "-", "--json"], text).code(0);
    assert_eq!(run.ids(), ["1"]);
    let codes = run.note_codes();
    assert!(codes.contains(&"broken-record".to_owned()) && codes.contains(&"missing-text".to_owned()), "{codes:?}");
}

#[test]
fn nothing_on_standard_input_is_no_article() {
    let sandbox = sandbox();
    sandbox.run_with_input(&["avion", "-"], "").code(1).err_has("no article");
    sandbox.run_with_input(&["avion", "-"], [0u8, 1, 2, 3]).code(1).err_has("no article");
}

#[test]
fn standard_input_stands_alone() {
    let sandbox = press();
    sandbox.run_with_input(&["avion", "-", "presse"], "avion").refused().err_has("stands alone");
    sandbox.run_with_input(&["index", "-"], "avion").refused().err_has("--index");
    sandbox.run_with_input(&["stats", "-"], "avion").refused();
}

#[test]
fn an_index_keeps_what_standard_input_brought() {
    let sandbox = press();
    sandbox.run_with_input(&["index", "-", "--index", "idx"], "{\"id\":1,\"text\":\"Un tapir.\"}\n").code(0);
    sandbox.run_with_input(&["index", "-", "--index", "idx"], "{\"id\":2,\"text\":\"Un pangolin.\"}\n").code(0);
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0).out_has("6 articles");
    // A refresh of the folders does not take it away.
    sandbox.run(&["tapir", "--index", "idx"]).code(0);
    sandbox.run(&["avion", "--index", "idx"]).code(0);
}
