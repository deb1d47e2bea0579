//! What the analyzer makes of texts, as a program reads it.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::Value;

use crate::sandbox;

#[test]
fn a_text_is_one_object_of_the_schema() {
    let sandbox = sandbox();
    let run = sandbox.run(&["analyze", "l'avion", "--json"]).code(0).quiet();
    assert_eq!(
        run.out(),
        "{\"text\":\"l'avion\",\"tokens\":[{\"surface\":\"avion\",\"start\":2,\"end\":7,\"position\":0,\
         \"exact\":\"avion\",\"lemma\":\"avion\",\"stem\":\"avion\",\"stop\":false,\"rule\":\"elision\"}]}\n"
    );
}

#[test]
fn each_line_of_standard_input_is_a_text() {
    let sandbox = sandbox();
    let input = "l’œuvre\r\n\nles chevaux\ncaf\u{e9}";
    let lines = sandbox.run_with_input(&["analyze", "--json"], input).code(0).json();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["l’œuvre", "", "les chevaux", "café"]);
    assert_eq!(lines[1]["tokens"], Value::Array(Vec::new()));
    let words: Vec<(&str, u64, bool)> = lines[2]["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| {
            let stop = token["stop"].as_bool().unwrap();
            (token["surface"].as_str().unwrap(), token["position"].as_u64().unwrap(), stop)
        })
        .collect();
    assert_eq!(words, [("les", 0, true), ("chevaux", 1, false)]);
}

#[test]
fn another_reading_says_that_it_is_one() {
    let sandbox = sandbox();
    let lines = sandbox.run(&["analyze", "OpenAI", "--json"]).code(0).json();
    let tokens = lines[0]["tokens"].as_array().unwrap();
    let alternates: Vec<&Value> = tokens.iter().filter(|token| token.get("alternate").is_some()).collect();
    assert_eq!(alternates.len(), 1, "{tokens:?}");
    assert_eq!(alternates[0]["alternate"], true);
    assert_eq!(alternates[0]["exact"], "openai");
}

#[test]
fn what_is_not_unicode_is_replaced() {
    let sandbox = sandbox();
    let lines = sandbox.run_with_input(&["analyze", "--json"], &b"caf\xe9 noir\n"[..]).code(0).json();
    assert_eq!(lines[0]["text"], "caf\u{fffd} noir");
}

#[test]
fn offsets_point_at_what_was_written() {
    let sandbox = sandbox();
    let text = "L’e\u{301}te\u{301} à 11\u{a0}000 km, aujourd'hui — S.N.C.F. et dit-elle 家";
    let lines = sandbox.run(&["analyze", text, "--json"]).code(0).json();
    for token in lines[0]["tokens"].as_array().unwrap() {
        let at = |field: &str| token[field].as_u64().unwrap() as usize;
        assert_eq!(&text[at("start")..at("end")], token["surface"].as_str().unwrap());
    }
}

#[test]
fn a_person_reads_a_table() {
    let sandbox = sandbox();
    let run = sandbox.run(&["analyze", "les chevaux"]).code(0).quiet();
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), ["#", "word", "exact", "lemma", "stem", "rule"]);
    assert!(lines[1].contains("stop word"), "{}", run.shown());
    assert_eq!(lines[2].split_whitespace().take(4).collect::<Vec<_>>(), ["1", "chevaux", "chevaux", "cheval"]);
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["analyze", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for word in ["avion", "train"] {
        writeln!(stdin, "{word}").unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(word), "{line:?}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_hundred_thousand_lines_are_answered() {
    let sandbox = sandbox();
    let input = "Les chevaux de l'élève sont-ils rémunérés ?\n".repeat(100_000);
    let began = std::time::Instant::now();
    let run = sandbox.run_with_input(&["analyze", "--json"], input).code(0);
    assert_eq!(run.stdout.iter().filter(|byte| **byte == b'\n').count(), 100_000);
    // A bound that only a flush or an analyzer for each line would reach.
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}
