//! The passages of one line of five megabytes, by limier and by Tantivy's snippet generator.
//!
//! Each time is that of a new thread, which has analyzed nothing yet: what a thread remembers of words is its own.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use limier::passage::{PassageOptions, Passager, Target, TargetKind, Targets};
use limier_french::FrenchAnalyzer;
use tantivy::schema::Field;
use tantivy::snippet::SnippetGenerator;

use crate::beir::Text;
use crate::chain::{Chain, terms};
use crate::section::{Better, Section};
use crate::stats::median;

/// Bytes of the line.
const LENGTH: usize = 5_000_000;

/// What stands at its end.
const END: &str = " Une salamandre dort sous la pierre.";

/// Queries, and what they are: the first word stands nearly everywhere, the second at the end alone, the third nowhere.
const QUERIES: [(&str, &[&str]); 3] = [
    ("a frequent word", &["jour"]),
    ("a frequent and an absent word", &["jour", "zorglubinette"]),
    ("a frequent word, and one at the end", &["jour", "salamandre"]),
];

/// Measures the bodies of `texts` on one line, again and again until it is long enough.
pub(crate) fn measure(texts: &[Text], rounds: usize) -> Result<Section> {
    let line = line(texts)?;
    let mut section = Section::new("one line of 5 MB, new threads", &["tantivy", "limier"]);
    for (name, words) in QUERIES {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..rounds.max(1) {
            for (times, run) in times.iter_mut().zip([raw, own]) {
                let (time, lights) = std::thread::scope(|scope| scope.spawn(|| run(&line, words)).join())
                    .map_err(|_| anyhow!("an engine panicked"))?;
                ensure!(lights > 0, "nothing is lit for {name}");
                times.push(time);
            }
        }
        section.row(name, "ms", Better::Lower, times.iter().map(|times| median(times)).collect());
    }
    Ok(section)
}

fn line(texts: &[Text]) -> Result<String> {
    ensure!(texts.iter().any(|text| !text.body.trim().is_empty()), "no text has a body");
    let mut line = String::with_capacity(LENGTH + 100_000);
    for text in texts.iter().cycle() {
        if line.len() >= LENGTH {
            break;
        }
        for word in text.body.split_whitespace() {
            line.push_str(word);
            line.push(' ');
        }
    }
    line.push_str("Un jour.");
    line.push_str(END);
    Ok(line)
}

/// Returns the milliseconds that passages take, and how much is lit.
fn own(line: &str, words: &[&str]) -> (f64, usize) {
    let start = Instant::now();
    let analyzer = FrenchAnalyzer::new();
    let target = |(word, text): (usize, &&str)| {
        let analysis = analyzer.analyze(text);
        let text = analysis.token(0).map_or(String::new(), |token| token.stem.to_owned());
        Target { kind: TargetKind::Stem, text, word, weight: 1.0 }
    };
    let targets =
        Targets { terms: words.iter().enumerate().map(target).collect(), phrases: Vec::new(), words: words.len() };
    let passages = Passager::new(&analyzer, &targets).passages(line, 1, &PassageOptions::default());
    let time = start.elapsed().as_secs_f64() * 1e3;
    (time, passages.iter().map(|passage| passage.highlights().len()).sum())
}

/// As [`own`], of one snippet.
fn raw(line: &str, words: &[&str]) -> (f64, usize) {
    let start = Instant::now();
    let mut analyzer = Chain::Tantivy.analyzer();
    let wanted: BTreeMap<String, f32> =
        words.iter().flat_map(|word| terms(&mut analyzer, word)).map(|(_, term)| (term, 1.0)).collect();
    let snippet = SnippetGenerator::new(wanted, analyzer, Field::from_field_id(0), 150).snippet(line);
    (start.elapsed().as_secs_f64() * 1e3, snippet.highlighted().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_lights_something_by_both_engines() {
        let body = "Le vent souffle sur la plaine. ".repeat(200);
        let text = Text { id: "a".into(), title: String::new(), body };
        let mut line = line(&[text]).unwrap();
        assert!(line.len() > LENGTH && !line.contains('\n'));
        line.drain(..LENGTH - 300_000);
        for (name, words) in QUERIES {
            assert!(own(&line, words).1 > 0 && raw(&line, words).1 > 0, "{name}");
        }
    }
}
