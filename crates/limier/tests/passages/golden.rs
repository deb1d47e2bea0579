//! Sentences and passages against their golden files.
//!
//! The golden files, in `tests/golden`, are the specification: each folder's first file begins with the notation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use limier::passage::{Measure, Order, Passage, PassageOptions, Passager, sentences};
use limier_french::FrenchAnalyzer;

use crate::notation::targets;

/// A case of a golden file: `== name`, then lines.
struct Case {
    place: String,
    lines: Vec<String>,
}

fn cases(kind: &str) -> Vec<Case> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden")).join(kind);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the golden files are part of the project") {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(&path).unwrap());
    }
    let mut cases: Vec<Case> = Vec::new();
    for (file, text) in files {
        for line in text.lines() {
            match (line.strip_prefix("== "), cases.last_mut()) {
                (Some(name), _) => cases.push(Case { place: format!("{kind}/{file}: {name}"), lines: Vec::new() }),
                (None, Some(case)) if case.place.starts_with(&format!("{kind}/{file}")) => {
                    let is_query = line.starts_with("? ");
                    case.lines.push(if is_query { line.to_string() } else { line.replace('~', "\u{a0}") });
                }
                _ => {}
            }
        }
    }
    for case in &mut cases {
        while case.lines.last().is_some_and(|line| line.trim().is_empty()) {
            case.lines.pop();
        }
    }
    cases
}

#[test]
fn sentences_end_where_the_golden_files_say() {
    let mut count = 0;
    let mut wrong = String::new();
    let cases = cases("sentences");
    for case in &cases {
        let expected = case.lines.join("\n");
        // A mark at the end of a line comes after a space that is none of the text.
        let mut text = String::new();
        let mut ends = Vec::new();
        for (index, part) in expected.replace(" |\n", "|\n").replace(" | ", "| ").split('|').enumerate() {
            if index > 0 {
                ends.push(text.len());
            }
            text.push_str(part);
        }
        let found: Vec<_> = sentences(&text).collect();
        count += found.len();
        let last = found.last().map_or(0, |sentence| sentence.end);
        let found_ends: Vec<usize> = found.iter().map(|sentence| sentence.end).filter(|&end| end < last).collect();
        if found_ends != ends {
            let shown: Vec<&str> = found.iter().map(|sentence| &text[sentence.clone()]).collect();
            wrong.push_str(&format!("{}\n  expected {expected:?}\n  found    {}\n", case.place, shown.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases.len() >= 200 && count >= 600, "only {count} sentences in {} cases", cases.len());
}

/// Reads options: `@ count=1 max=80 context=0 order=worth measure=columns`.
fn options(line: &str) -> PassageOptions {
    let mut options = PassageOptions::new();
    for pair in line.split_whitespace() {
        let (name, value) = pair.split_once('=').expect("name=value");
        options = match name {
            "count" => options.count(value.parse().unwrap()),
            "max" => options.max_chars(value.parse().unwrap()),
            "context" => options.context(value.parse().unwrap()),
            "order" => options.order(if value == "worth" { Order::Worth } else { Order::Text }),
            "measure" => options.measure(if value == "columns" { Measure::Columns } else { Measure::Graphemes }),
            _ => panic!("no option {name:?}"),
        };
    }
    options
}

/// Writes a passage as the golden files do: `> Le **mot** lit`, and `%>` for boilerplate.
fn shown(passage: &Passage) -> String {
    let mut line = String::from(if passage.is_boilerplate() { "%> " } else { "> " });
    let mut done = 0;
    for light in passage.highlights() {
        line.push_str(&passage.text()[done..light.start]);
        line.push_str("**");
        line.push_str(&passage.text()[light.clone()]);
        line.push_str("**");
        done = light.end;
    }
    line + &passage.text()[done..]
}

fn html(passage: &Passage) -> String {
    format!("h> {}", passage.to_html())
}

fn ansi(passage: &Passage) -> String {
    format!("a> {}", passage.to_ansi().replace("\u{1b}[1;31m", "‹").replace("\u{1b}[0m", "›"))
}

fn offsets(passage: &Passage) -> String {
    format!("o> {}..{} line {}", passage.start(), passage.end(), passage.line())
}

#[test]
fn passages_are_those_of_the_golden_files() {
    let analyzer = FrenchAnalyzer::new();
    let mut wrong = String::new();
    let cases = cases("passages");
    for case in &cases {
        let of_kind = |mark: &'static str| case.lines.iter().filter_map(move |line| line.strip_prefix(mark));
        let query = of_kind("? ").next().expect("each case has a query");
        let options = options(of_kind("@ ").next().unwrap_or(""));
        let is_mark =
            |line: &&String| ["? ", "@ ", "> ", "%> ", "h> ", "a> ", "o> "].iter().any(|mark| line.starts_with(mark));
        let body: Vec<&str> = case.lines.iter().filter(|line| !is_mark(line)).map(String::as_str).collect();
        let targets = targets(&analyzer, query);
        let passages = Passager::new(&analyzer, &targets).passages(body.join("\n").trim(), 1, &options);
        // Each case says what it is about: the passages, or some of their forms.
        type Form = fn(&Passage) -> String;
        let forms: [(&[&str], Form); 4] =
            [(&["> ", "%> "], shown), (&["h> "], html), (&["a> "], ansi), (&["o> "], offsets)];
        let mut checked = 0;
        for (marks, form) in forms {
            let is_of_form = |line: &&str| marks.iter().any(|mark| line.starts_with(mark));
            let expected: Vec<&str> = case.lines.iter().map(String::as_str).filter(is_of_form).collect();
            let is_asked = !expected.is_empty() || (checked == 0 && marks.contains(&"o> "));
            let found: Vec<String> = passages.iter().map(form).collect();
            checked += usize::from(is_asked);
            if is_asked && found != expected {
                let (found, expected) = (found.join("\n    "), expected.join("\n    "));
                wrong.push_str(&format!("{}: {query}\n  expected\n    {expected}\n  found\n    {found}\n", case.place));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases.len() >= 150, "only {} cases", cases.len());
}
