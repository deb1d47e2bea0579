//! What a person reads.

use crate::press;

#[test]
fn a_folder_never_seen_is_indexed_and_answers_in_the_same_call() {
    let sandbox = press();
    let run = sandbox.run(&["artistes non rémunérés", "presse"]).code(0).quiet();
    let out = run.out();
    let first: Vec<&str> = out.lines().take(3).collect();
    assert_eq!(
        first,
        [
            "Des artistes en colère",
            "  presse/sora.txt",
            "  Des artistes non rémunérés ont publié Sora, l'outil vidéo d'OpenAI. Ils protestent."
        ],
        "{}",
        run.shown()
    );
    // A blank line stands between two hits.
    run.out_has("\n\nLe musée de la dentelle\n  presse/2024/musee.md · 3 May 2024 · Le Bocage\n");
    assert!(sandbox.cache().join("limier").is_dir());
    assert!(!sandbox.path("presse/limier.json").exists());
}

#[test]
fn the_current_folder_is_the_default_and_paths_begin_as_typed() {
    let sandbox = press();
    sandbox.run(&["Orly"]).code(0).out_has("\n  presse/orly.txt\n");
    sandbox.run(&["Orly", "."]).code(0).out_has("\n  presse/orly.txt\n");
    sandbox.run(&["Orly", "./presse"]).code(0).out_has("\n  ./presse/orly.txt\n");
    sandbox.run(&["Orly", "presse/orly.txt"]).code(0).out_has("\n  presse/orly.txt\n");
    let absolute = sandbox.path("presse").to_string_lossy().into_owned();
    sandbox.run(&["Orly", &absolute]).code(0).out_has(&format!("\n  {absolute}/orly.txt\n"));
}

#[test]
fn several_paths_are_searched_together() {
    let sandbox = press();
    sandbox.write("autre/orly.txt", "Orly encore\n\nUn second article.\n");
    let run = sandbox.run(&["Orly", "presse", "autre", "--json"]).code(0);
    let paths: Vec<String> = run.hits().iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect();
    assert!(paths.contains(&"presse/orly.txt".to_owned()) && paths.contains(&"autre/orly.txt".to_owned()), "{paths:?}");
    assert_eq!(run.summary()["articles"], 5);
    // The same paths in another order are the same index.
    sandbox.run(&["Orly", "autre", "presse", "--no-refresh"]).code(0);
}

#[test]
fn the_exit_code_says_whether_something_was_found() {
    let sandbox = press();
    sandbox.run(&["avion", "presse"]).code(0);
    sandbox.run(&["xylophoniste", "presse", "--no-mend"]).code(1).err_has("nothing found");
    sandbox.run(&["avion", "nulle-part"]).refused().err_has("nulle-part");
}

#[test]
fn nothing_found_says_what_to_try() {
    let sandbox = press();
    let run = sandbox.run(&["+xylophoniste +avion", "presse"]).code(1);
    assert!(run.stdout.is_empty());
    run.err_has("try fewer or other words");
}

#[test]
fn a_mended_word_is_told() {
    let sandbox = press();
    let run = sandbox.run(&["artsites", "presse"]).code(0);
    run.out_has("Des artistes en colère").err_has("« artsites »").err_has("artistes");
    sandbox.run(&["artsites", "presse", "--no-mend"]).code(1);
}

#[test]
fn an_article_without_a_title_is_shown_by_its_beginning() {
    let sandbox = press();
    sandbox.write("rien.jsonl", "{\"text\":\"Le pangolin dort. Il rêve.\"}\n");
    let run = sandbox.run(&["pangolin", "rien.jsonl"]).code(0);
    assert!(run.out().starts_with("Le pangolin dort\n  rien.jsonl#1\n"), "{}", run.shown());
    sandbox.run(&["search", "pangolin", "rien.jsonl", "--format", "compact"]).code(0).out_has("Le pangolin dort · ");
    // What is shown names the article to `show`.
    sandbox.run(&["show", "rien.jsonl#1"]).code(0).out_has("Le pangolin dort. Il rêve.");
    sandbox.write("nommé.jsonl", "{\"id\":7,\"text\":\"Le pangolin dort. Il rêve.\"}\n");
    sandbox.run(&["pangolin", "nommé.jsonl"]).code(0).out_has("  nommé.jsonl · 7\n");
}

#[test]
fn a_query_that_is_the_name_of_a_command_is_searched_with_search() {
    let sandbox = press();
    sandbox.write("presse/stats.txt", "Les stats du mois\n\nDes stats en hausse.\n");
    sandbox.run(&["search", "stats", "presse"]).code(0).out_has("Les stats du mois");
    sandbox.run(&["--", "stats", "presse"]).code(0).out_has("Les stats du mois");
    sandbox.run(&["stats", "presse"]).code(0).out_has("articles  5");
}
