//! The schema that scripts rely on.

use limier_tests::{Run, Sandbox};
use serde_json::Value;

use crate::press;

/// Names the fields of an object, in order.
fn fields(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn hit(run: &Run, id: &str) -> Value {
    run.hits().into_iter().find(|hit| hit["id"] == id).unwrap_or_else(|| panic!("no {id}\n{}", run.shown()))
}

#[test]
fn a_passage_of_a_record_stands_on_the_line_of_the_record() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_limier"));
    let text = "Il pleut.\\n\\nUn numbat passe la route.\\n\\nIl repart.";
    let records = format!("{{\"id\":\"a\",\"text\":\"Rien.\"}}\n{{\"id\":\"b\",\"text\":\"{text}\"}}\n");
    sandbox.write("p/r.jsonl", records);
    let run = sandbox.run(&["numbat", "p", "--json", "--context", "0"]).code(0);
    let hit: Value = serde_json::from_str(run.out().lines().next().unwrap()).unwrap();
    assert_eq!(hit["passages"][0]["text"], "Un numbat passe la route.");
    assert_eq!(hit["passages"][0]["line"], 2);
    sandbox.run(&["numbat", "p", "--format", "vimgrep"]).code(0).out_has("p/r.jsonl:2:1:Un numbat");
}

#[test]
fn every_field_of_a_hit_has_its_type() {
    let sandbox = press();
    let run = sandbox.run(&["artistes train", "presse", "--json"]).code(0).quiet();
    for (place, hit) in run.hits().iter().enumerate() {
        assert_eq!(hit["type"], "hit");
        assert_eq!(hit["rank"], place + 1);
        assert!(hit["score"].as_f64().unwrap() > 0.0);
    }
    let musee = hit(&run, "2024/musee.md");
    assert_eq!(musee["title"], "Le musée de la dentelle");
    assert_eq!(musee["path"], "presse/2024/musee.md");
    assert_eq!(musee["date"], "2024-05-03");
    assert_eq!(musee["author"], "Jeanne Quint");
    assert_eq!(musee["source"], "Le Bocage");
    assert_eq!(musee.get("url"), None);
    let train = hit(&run, "dep-1");
    assert_eq!(train["url"], "https://exemple.fr/1");
    assert_eq!(train["path"], "presse/depeches.jsonl");
    assert_eq!(train["passages"][0]["line"], 1);
    let sora = hit(&run, "sora.txt");
    let mut known = fields(&sora);
    known.sort_unstable();
    assert_eq!(known, ["id", "passages", "path", "rank", "score", "title", "title_highlights", "type"]);
}

#[test]
fn a_passage_points_into_the_article_and_its_highlights_into_the_passage() {
    let sandbox = press();
    let run = sandbox.run(&["rémunérer des artistes", "presse", "--json"]).code(0);
    let sora = hit(&run, "sora.txt");
    let passage = &sora["passages"][0];
    let text = passage["text"].as_str().unwrap();
    let lit: Vec<&str> = passage["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| &text[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize])
        .collect();
    assert_eq!(lit, ["artistes", "rémunérés"]);
    let body = "Des artistes non rémunérés ont publié Sora, l'outil vidéo d'OpenAI. Ils protestent.";
    let (start, end) = (passage["start"].as_u64().unwrap() as usize, passage["end"].as_u64().unwrap() as usize);
    assert_eq!(&body[start..end], text);
    // The third line of the file.
    assert_eq!(passage["line"], 3);
}

#[test]
fn the_last_line_is_the_summary() {
    let sandbox = press();
    let run = sandbox.run(&["artistes", "presse", "--json", "-n", "1"]).code(0);
    let lines = run.json();
    assert_eq!(lines.len(), 2);
    let summary = run.summary();
    assert_eq!(fields(&summary).len(), 8);
    assert_eq!(summary["folded"], 0);
    assert_eq!(summary["query"], "artistes");
    assert_eq!(summary["hits"], 1);
    assert_eq!(summary["total"], 2);
    assert_eq!(summary["articles"], 4);
    assert!(summary["elapsed_ms"].as_f64().unwrap() > 0.0);
    assert_eq!(summary["notes"], Value::Array(Vec::new()));
}

#[test]
fn notes_are_part_of_the_summary_and_standard_error_stays_empty() {
    let sandbox = press();
    let run = sandbox.run(&["artsites (", "presse", "--json"]).code(0).quiet();
    let codes = run.note_codes();
    assert!(codes.contains(&"mended".to_owned()) && codes.contains(&"unbalanced-parenthesis".to_owned()), "{codes:?}");
    for note in run.summary()["notes"].as_array().unwrap() {
        assert_eq!(fields(note), ["code", "text"]);
        assert!(note["text"].as_str().unwrap().len() > 10);
    }
}

#[test]
fn no_hit_is_a_summary_alone() {
    let sandbox = press();
    let run = sandbox.run(&["xylophoniste", "presse", "--json", "--no-mend"]).code(1);
    assert_eq!(run.json().len(), 1);
    assert_eq!(run.summary()["total"], 0);
}

#[test]
fn explain_adds_the_parts_of_the_score() {
    let sandbox = press();
    let run = sandbox.run(&["artistes", "presse", "--json", "--explain"]).code(0);
    let hit = &run.hits()[0];
    let parts = hit["explanation"].as_object().unwrap();
    let sum: f64 = parts.values().filter(|part| part.is_f64()).filter_map(Value::as_f64).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.01, "{hit}");
    assert_eq!(parts["words"][0]["word"], "artistes");
}
