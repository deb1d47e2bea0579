//! `limier similar`: articles like one, and the words that make them so.

use limier_tests::Sandbox;
use serde_json::json;

use crate::sandbox;

const COPY: &str = "La préfète a été entendue hier par la commission d'enquête sur les crues de la Vernelle. Elle a défendu le \
    choix de ne pas évacuer le bas de la ville avant la nuit.";

fn strikes() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write(
        "p/mine.txt",
        "La grève des mineurs\n\nLes syndicats appellent à la grève. La mine ferme, disent-ils.\n",
    );
    sandbox.write("p/gare.txt", "Des trains à l'arrêt\n\nUn syndicat annonce une GRÈVE reconduite.\n");
    sandbox.write("p/sel.txt", "Le sel\n\nUne mine de sel ouvre au public.\n");
    sandbox.write("p/soupe.txt", "Une soupe\n\nDu chou et des navets.\n");
    sandbox
}

#[test]
fn articles_are_ranked_by_what_they_share_and_say_it() {
    let sandbox = strikes();
    for name in ["mine.txt", "p/mine.txt"] {
        let run = sandbox.run(&["similar", name, "p"]).code(0).quiet();
        assert_eq!(
            run.out(),
            "Des trains à l'arrêt\n  p/gare.txt\n  in common: grève, syndicats\n\nLe sel\n  p/sel.txt\n  in common: mine\n",
            "{}",
            run.shown()
        );
    }
    let run = sandbox.run(&["similar", "mine.txt", "p", "--json"]).code(0).quiet();
    assert_eq!(run.ids(), ["gare.txt", "sel.txt"]);
    assert_eq!(run.hits()[0]["shared"], json!(["grève", "syndicats"]));
    let summary = run.summary();
    assert_eq!((&summary["article"], &summary["total"]), (&json!("mine.txt"), &json!(2)));
    assert_eq!(summary.get("query"), None);
    let mut french = sandbox.command(&["similar", "mine.txt", "p", "-n1"]);
    french.env("LC_ALL", "fr_FR.UTF-8");
    sandbox.run_command(french).code(0).out_has("  en commun : grève, syndicats\n");
}

#[test]
fn the_short_forms_are_those_of_a_search() {
    let sandbox = strikes();
    let out = |flags: &[&str]| sandbox.run(&[&["similar", "mine.txt", "p"], flags].concat()).code(0).out();
    assert_eq!(out(&["-l"]), "p/gare.txt\np/sel.txt\n");
    assert_eq!(out(&["-l", "-n1"]), "p/gare.txt\n");
    assert_eq!(out(&["-c"]), "2\n");
    assert_eq!(
        out(&["--format", "compact"]),
        "Des trains à l'arrêt · p/gare.txt · grève, syndicats\nLe sel · p/sel.txt · mine\n"
    );
    sandbox.run(&["similar", "mine.txt", "p", "-l", "--json"]).code(2).err_has("--json");
    let terminal = sandbox.run_in_terminal(&["similar", "mine.txt", "p"], 80).code(0);
    terminal.err_has("2 hits in 4 articles");
}

#[test]
fn a_file_that_is_elsewhere_is_read_and_compared() {
    let sandbox = strikes();
    sandbox.write("autre.txt", "Soupe\n\nUn chou dans la mine.\n");
    let run = sandbox.run(&["similar", "autre.txt", "p", "--json"]).code(0);
    let mut ids = run.ids();
    ids.sort();
    assert_eq!(ids, ["mine.txt", "sel.txt", "soupe.txt"]);
    // Within the current folder it is one of the articles.
    let run = sandbox.run(&["similar", "autre.txt", ".", "--json"]).code(0);
    assert!(!run.ids().contains(&"autre.txt".to_owned()), "{}", run.shown());
    sandbox.write("deux.jsonl", "{\"id\":\"a\",\"text\":\"La mine.\"}\n{\"id\":\"b\",\"text\":\"La soupe.\"}\n");
    sandbox.run(&["similar", "deux.jsonl", "p"]).refused().err_has("holds 2 articles");
    let mut ids = sandbox.run(&["similar", "b", ".", "--json"]).code(0).ids();
    ids.sort();
    assert_eq!(ids, ["autre.txt", "p/soupe.txt"]);
}

#[test]
fn copies_of_the_article_are_left_out_and_told() {
    let sandbox = sandbox();
    sandbox.write("p/a.txt", format!("La préfète\n\n{COPY}\n"));
    sandbox.write("p/b.txt", format!("Une préfète\n\n{COPY}\n"));
    sandbox.write("p/c.txt", "Les crues\n\nLa Vernelle est en crue, la commission se tait.\n");
    let folded = sandbox.run(&["similar", "a.txt", "p"]).code(0);
    folded.out_has("p/c.txt").out_lacks("p/b.txt").err_has("left out: 1 article (b.txt); --duplicates show");
    let run = sandbox.run(&["similar", "a.txt", "p", "--json"]).code(0);
    assert_eq!((run.note_codes(), run.ids()), (vec!["same-text".to_owned()], vec!["c.txt".to_owned()]));
    let shown = sandbox.run(&["similar", "a.txt", "p", "--duplicates", "show", "--json"]).code(0);
    assert_eq!(shown.ids(), ["b.txt", "c.txt"]);
}

#[test]
fn nothing_is_like_it_or_is_called_so() {
    let sandbox = strikes();
    let alone = sandbox.run(&["similar", "soupe.txt", "p"]).code(1).err_has("no other article shares enough");
    assert_eq!(alone.out(), "");
    assert_eq!(sandbox.run(&["similar", "soupe.txt", "p", "-c"]).code(1).out(), "0\n");
    sandbox.run(&["similar", "absent.txt", "p"]).code(1).err_has("no article is called absent.txt");
    sandbox.run(&["similar", "mine.txt", "absent"]).refused();
    sandbox.run(&["similar"]).code(2).err_has("ARTICLE");
    sandbox.write("p/similar.txt", "A similar text\n\nWords.\n");
    sandbox.run(&["search", "similar", "p"]).code(0).out_has("A similar text");
}

#[test]
fn other_paths_narrow_the_answer_of_a_named_index() {
    let sandbox = strikes();
    sandbox.run(&["index", "p", "--index", "idx"]).code(0);
    let run = sandbox.run(&["similar", "mine.txt", "p/sel.txt", "--index", "idx", "--no-refresh", "--json"]).code(0);
    assert_eq!(run.ids(), ["sel.txt"]);
}
