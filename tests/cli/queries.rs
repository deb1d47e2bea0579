//! `--queries FILE`: several queries on one index.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::{press, sandbox};

const LINES: &str = "artistes\n\nzzzz\navion d'Orly\n";

#[test]
fn each_query_stands_as_a_heading_over_its_hits() {
    let sandbox = press();
    sandbox.write("q.txt", LINES);
    let run = sandbox.run(&["--queries", "q.txt", "presse", "--passages", "0", "--no-mend"]).code(0).quiet();
    assert_eq!(
        run.out(),
        "1: artistes (2 hits)\n\nDes artistes en colère\n  presse/sora.txt\n\nLe musée de la dentelle\n  \
         presse/2024/musee.md · 3 May 2024 · Le Bocage\n\n3: zzzz (0 hits)\n\n4: avion d'Orly (1 hit)\n\n\
         L'avion d'Orly\n  presse/orly.txt\n",
        "{}",
        run.shown()
    );
    let french = sandbox.run(&["--queries", "q.txt", "presse", "--lang", "fr", "--no-mend"]).code(0);
    french.out_has("3 : zzzz (0 résultat)\n");
    let counts = sandbox.run(&["presse", "--queries", "q.txt", "-c", "--no-mend"]).code(0);
    assert_eq!(counts.out(), "2\n0\n1\n");
    let compact = sandbox.run(&["--queries", "q.txt", "presse", "--format", "compact", "--no-mend", "-n1"]).code(0);
    compact.out_has("1: artistes (2 hits)\nDes artistes en colère · presse/sora.txt\n\n3: zzzz (0 hits)\n\n4: ");
}

#[cfg(unix)]
#[test]
fn a_terminal_is_told_what_all_came_to() {
    let sandbox = press();
    sandbox.write("q.txt", LINES);
    let run = sandbox.run_in_terminal(&["--queries", "q.txt", "presse", "--no-mend"], 80).code(0);
    run.err_has("3 queries, 2 with hits, ");
}

#[test]
fn programs_get_the_query_with_each_line_and_a_summary_each() {
    let sandbox = press();
    sandbox.write("q.jsonl", "{\"_id\":\"q1\",\"text\":\"artistes\"}\n{\"_id\":7,\"text\":\"zzzz\"}\n");
    let flags = ["--json", "--no-mend", "--facets", "year", "--timeline", "year"];
    let lines = sandbox.run(&[&["--queries", "q.jsonl", "presse"], &flags[..]].concat()).code(0).quiet().json();
    let seen: Vec<(&Value, &Value)> = lines.iter().map(|line| (&line["type"], &line["query_id"])).collect();
    let expected = [
        ("hit", "q1"),
        ("hit", "q1"),
        ("facet", "q1"),
        ("timeline", "q1"),
        ("summary", "q1"),
        ("facet", "7"),
        ("timeline", "7"),
        ("summary", "7"),
    ];
    assert_eq!(format!("{seen:?}"), format!("{:?}", expected.map(|(kind, id)| (json!(kind), json!(id)))));
    assert_eq!((&lines[0]["query"], &lines[0]["rank"]), (&json!("artistes"), &json!(1)));
    assert_eq!((&lines[4]["query"], &lines[4]["total"]), (&json!("artistes"), &json!(2)));
    assert_eq!((&lines[7]["query"], &lines[7]["total"]), (&json!("zzzz"), &json!(0)));
}

#[test]
fn a_run_of_trec_has_six_columns_whatever_the_ids() {
    let sandbox = sandbox();
    let copy = "Le tapir malais dort le jour et sort la nuit, quand il pleut sur la forêt de montagne. Il nage bien.";
    sandbox.write("p/un tapir.txt", format!("Un tapir\n\n{copy}\n"));
    sandbox.write("p/copie.txt", format!("Une copie\n\n{copy}\n"));
    sandbox.write("q.jsonl", "{\"_id\":\"q 1\",\"text\":\"tapirs\"}\n{\"_id\":\"q2\",\"text\":\"zzzz\"}\n");
    let run = sandbox.run(&["--queries", "q.jsonl", "p", "--format", "trec", "--no-mend"]).code(0).quiet();
    let out = run.out();
    let mut rows: Vec<Vec<&str>> = out.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(rows.len(), 2, "copies are not folded\n{}", run.shown());
    assert!(rows.iter().all(|row| row.len() == 6 && row[0] == "q%201" && row[1] == "Q0" && row[5] == "limier"));
    assert_eq!([rows[0][3], rows[1][3]], ["1", "2"]);
    assert!(rows[0][4].parse::<f64>().unwrap() > rows[1][4].parse::<f64>().unwrap());
    rows.sort_by_key(|row| row[2]);
    assert_eq!([rows[0][2], rows[1][2]], ["copie.txt", "un%20tapir.txt"]);
    // One query alone is the first.
    assert!(sandbox.run(&["tapirs", "p", "--format", "trec"]).code(0).out().starts_with("1 Q0 "));
}

#[test]
fn queries_of_a_pipe_are_answered_as_they_come() {
    let sandbox = press();
    let mut command = sandbox.command(&["--queries", "-", "presse", "-c"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for (query, count) in [("artistes\n", "2\n"), ("avion\n", "1\n")] {
        input.write_all(query.as_bytes()).unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, count);
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_odd_is_told_with_its_query_and_the_rest_goes_on() {
    let sandbox = press();
    sandbox.write("presse/vide.txt", "");
    sandbox
        .write("q.jsonl", b"{\"_id\":\"a\",\"text\":\"avion \\\"\"}\n\xff\n[]\n{\"_id\":\"b\",\"text\":\"train\"}\n");
    let run = sandbox.run(&["--queries", "q.jsonl", "presse"]).code(0);
    run.err_has("query a: ").err_has("q.jsonl:2: it is not UTF-8; the line is left out").err_has("q.jsonl:3: ");
    let lines = sandbox.run(&["--queries", "q.jsonl", "presse", "--json"]).code(0).json();
    let codes = |id: &str| -> Vec<String> {
        let summary = lines.iter().find(|line| line["type"] == "summary" && line["query_id"] == id).unwrap();
        summary["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap().to_owned()).collect()
    };
    // What is to be said of the files stands with the first query, what was left out with the one after it.
    assert_eq!(codes("a").len(), 2, "{:?}", codes("a"));
    assert!(codes("a").contains(&"unbalanced-quote".to_owned()));
    assert_eq!(codes("b"), ["bad-query", "bad-query"]);
}

#[test]
fn nothing_asked_and_nothing_found_are_no_errors() {
    let sandbox = press();
    sandbox.write("vide.txt", "\n\n");
    sandbox.run(&["--queries", "vide.txt", "presse"]).code(1).err_has("vide.txt holds no query");
    sandbox.write("q.txt", "zzzz\n");
    assert_eq!(sandbox.run(&["--queries", "q.txt", "presse", "--no-mend", "--format", "trec"]).code(1).out(), "");
    sandbox.run(&["--queries", "absent.txt", "presse"]).refused().err_has("cannot read absent.txt");
    sandbox.run(&["--queries", "q.txt", "absent"]).refused();
    sandbox.run(&["--queries", "-", "-"]).refused().err_has("either the queries or the articles");
    sandbox.run(&["--queries", "q.txt", "presse", "--format", "html"]).refused().err_has("page of one query");
    sandbox.run(&["--queries", "q.txt", "-i"]).code(2);
    // The folder of a run without a path is the current one.
    sandbox.write("q2.txt", "artistes exposés\n");
    assert_eq!(sandbox.run(&["--queries", "q2.txt", "-c", "-g", "presse/**"]).code(0).out(), "2\n");
}

#[test]
fn the_index_is_brought_up_to_date_once_and_articles_can_come_from_a_pipe() {
    let sandbox = press();
    sandbox.write("q.txt", "tapir\nchien\n");
    let run = sandbox.run_with_input(&["--queries", "q.txt", "-", "-c"], "Un tapir\n\nUn tapir et un chien.\n").code(0);
    assert_eq!(run.out(), "1\n1\n");
}
