//! Each flag does what its help says.

use std::collections::BTreeSet;

use crate::{press, sandbox};

/// Every flag of `--help`; a new one comes with a test of its own, and is named here then.
const TESTED: &[&str] = &[
    "--author",
    "--color",
    "--context",
    "--count",
    "--duplicates",
    "--explain",
    "--facets",
    "--files-with-matches",
    "--follow",
    "--forget",
    "--format",
    "--glob",
    "--help",
    "--hyperlink",
    "--index",
    "--interactive",
    "--json",
    "--lang",
    "--limit",
    "--map",
    "--max-chars",
    "--max-filesize",
    "--memory",
    "--no-config",
    "--no-mend",
    "--no-refresh",
    "--pager",
    "--passages",
    "--pre",
    "--pre-glob",
    "--queries",
    "--rebuild",
    "--repair",
    "--sort",
    "--source",
    "--synonyms",
    "--threads",
    "--timeline",
    "--timeout",
    "--type",
    "--version",
    "--wait",
    "--width",
    "--yes",
];

#[test]
fn every_flag_has_a_test() {
    let sandbox = press();
    let mut flags = BTreeSet::new();
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
        "help",
        "",
    ] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let out = sandbox.run(&arguments).code(0).out();
        for line in out.lines().map(str::trim_start).filter(|line| line.starts_with('-')) {
            let words = line.split([' ', ',', '[', '=']).filter(|word| word.starts_with("--"));
            flags.extend(words.take(1).map(str::to_owned));
        }
    }
    assert_eq!(flags, TESTED.iter().map(|flag| (*flag).to_owned()).collect());
}

#[test]
fn limit_bounds_the_hits_and_nothing_else() {
    let sandbox = press();
    for (flags, hits) in
        [(&["-n", "1"][..], 1), (&["-n1"], 1), (&["--limit", "2"], 2), (&["--limit=0"], 0), (&["-n", "99999999"], 4)]
    {
        let run = sandbox.run(&[&["artistes OU avion OU train", "presse", "--json"], flags].concat()).code(0);
        assert_eq!(run.hits().len(), hits, "{}", run.shown());
        assert_eq!(run.summary()["total"], 4);
    }
}

#[test]
fn ten_hits_and_two_passages_are_the_default_in_every_form() {
    let sandbox = sandbox();
    for number in 0..12 {
        let sights = ["court dans la forêt", "dort sous un arbre", "boit à la rivière", "mange des fruits", "nage"];
        let far = "Il pleut beaucoup ici. ".repeat(30);
        let text: String = sights.iter().map(|sight| format!("Le tapir {sight} du village.\n\n{far}\n\n")).collect();
        sandbox.write(format!("p/{number}.txt"), format!("Article {number}\n\n{text}"));
    }
    let run = sandbox.run(&["tapir", "p", "--duplicates", "show", "--json"]).code(0);
    assert_eq!(run.hits().len(), 10);
    assert!(run.hits().iter().all(|hit| hit["passages"].as_array().unwrap().len() == 2), "{}", run.shown());
    let human = sandbox.run(&["tapir", "p", "--duplicates", "show"]).code(0).out();
    assert_eq!(human.lines().filter(|line| line.starts_with("Article")).count(), 10);
    assert_eq!(human.lines().filter(|line| line.contains("tapir")).count(), 20);
    for (flag, count) in [("0", 0), ("1", 1), ("4", 4)] {
        let run = sandbox.run(&["tapir", "p", "--json", "--passages", flag, "-n1"]).code(0);
        assert_eq!(run.hits()[0]["passages"].as_array().unwrap().len(), count, "{}", run.shown());
    }
}

#[test]
fn sort_orders_by_date() {
    let sandbox = sandbox();
    let days = ["2023-05-01", "2024-11-26", "2021-01-31"];
    let record = |day: &str| format!("{{\"id\":\"{day}\",\"text\":\"Un tapir.\",\"date\":\"{day}\"}}\n");
    let mut records: String = days.iter().map(|day| record(day)).collect();
    records.push_str("{\"id\":\"sans\",\"text\":\"Un tapir, un tapir.\"}\n");
    sandbox.write("a.jsonl", records);
    let ids = |order: &str| sandbox.run(&["tapir", ".", "--json", "--sort", order]).code(0).ids();
    assert_eq!(ids("date"), ["2024-11-26", "2023-05-01", "2021-01-31", "sans"]);
    assert_eq!(ids("oldest"), ["2021-01-31", "2023-05-01", "2024-11-26", "sans"]);
    assert_eq!(ids("relevance").len(), 4);
}

#[test]
fn explain_shows_the_parts_of_a_score() {
    let sandbox = press();
    let run = sandbox.run(&["artistes", "presse", "--explain", "-n1"]).code(0);
    run.out_has("score ").out_has(" = ").out_has("terms ").out_has("artistes: rarity ");
    sandbox.run(&["artistes", "presse", "-n1"]).code(0).out_lacks("rarity");
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let sandbox = press();
    let answer = |threads: &str| {
        let index = format!("idx-{threads}");
        sandbox.run(&["index", "presse", "--index", &index, "--threads", threads]).code(0);
        sandbox.run(&["artistes OU avion", "--index", &index, "--threads", threads]).code(0).out()
    };
    assert_eq!(answer("1"), answer("3"));
}

#[test]
fn flags_may_stand_before_and_after() {
    let sandbox = press();
    let expected = sandbox.run(&["artistes", "presse", "-n", "1"]).code(0).out();
    for arguments in [
        &["-n", "1", "artistes", "presse"][..],
        &["artistes", "-n", "1", "presse"],
        &["-n", "1", "search", "artistes", "presse"],
        &["search", "-n1", "artistes", "presse"],
        &["-n1", "--", "artistes", "presse"],
    ] {
        assert_eq!(sandbox.run(arguments).code(0).out(), expected, "{arguments:?}");
    }
    // A query that begins with a hyphen stands behind `--`.
    sandbox.run(&["--json", "--", "-avion artistes", "presse"]).code(0);
}

#[test]
fn other_paths_narrow_the_answer_of_a_named_index() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    let ids = |path: &str| sandbox.run(&["artistes", path, "--index", "idx", "--json"]);
    assert_eq!(ids("presse").code(0).ids().len(), 2);
    assert_eq!(ids("presse/2024").code(0).ids(), ["2024/musee.md"]);
    assert_eq!(ids("presse/sora.txt").code(0).ids(), ["sora.txt"]);
    sandbox.write("ailleurs/x.txt", "Des artistes ailleurs\n\nIls chantent.\n");
    let run = ids("ailleurs").code(1);
    assert_eq!(run.note_codes(), ["path-not-indexed"]);
}

#[test]
fn facets_are_counted_and_labels_filter() {
    let sandbox = sandbox();
    let records = [
        ("a", "L'Écho", "Zoé Rey", "2024-11-26", "Un avion se pose sur la neige."),
        ("b", "L'Écho", "Luc Bon", "2024-12-01", "Les avions de papier de l'école ont gagné un concours."),
        ("c", "La Gazette", "Zoé Rey", "2024-11-30", "Il a peint un avion rouge au plafond de la gare."),
    ];
    let lines = records.map(|(id, source, author, date, text)| {
        format!("{{\"id\":\"{id}\",\"source\":\"{source}\",\"author\":\"{author}\",\"date\":\"{date}\",\"text\":\"{text}\"}}\n")
    });
    sandbox.write("presse.jsonl", lines.concat());

    let shown = sandbox.run(&["avion", "presse.jsonl", "--facets", "source,month"]).code(0);
    shown
        .out_has("By source\n  L'Écho      2  █")
        .out_has("█\n  La Gazette  1  █")
        .out_has("By month\n  November 2024  2  █");
    let french = sandbox.run(&["avion", "presse.jsonl", "--facets", "day", "--lang", "fr"]).code(0);
    french.out_has("Par jour\n  26 novembre 2024   1  █").out_has("\n  1er décembre 2024  1  █");
    sandbox.write("silence.txt", "Un avion gris\n\nIl passe.\n");
    let silent = sandbox.run(&["avion", "silence.txt", "--facets", "source"]).code(0);
    silent.out_has("By source\n  none of the articles found says it\n");
    let lines = sandbox.run(&["avion", "presse.jsonl", "--json", "--facets", "year", "--source", "l'echo"]).code(0);
    assert_eq!(lines.hits().len(), 2);
    lines.out_has(r#"{"type":"facet","facet":"year","counts":[{"value":"2024","count":2}]}"#);
    let both = ["avion", "presse.jsonl", "--json", "--source", "L'Écho", "--author", "ZOE REY"];
    assert_eq!(sandbox.run(&both).code(0).hits().len(), 1);
    sandbox.run(&["avion", "presse.jsonl", "--source", "Le Monde"]).code(1);
    sandbox.run(&["avion", "presse.jsonl", "--facets", "source", "-c"]).code(2);
    sandbox.run(&["avion", "presse.jsonl", "--facets", "couleur"]).code(2);
    let compact = sandbox.run(&["avion", "presse.jsonl", "--facets", "source", "--format", "compact"]).code(0);
    compact.err_has("--format plain and json alone");
}
