//! `limier-bench suggest`: how long completions take, and articles similar to one.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};
use limier::Index;

use crate::beir::Text;
use crate::ours::{self, Threads};
use crate::source::Source;
use crate::stats::{median, percentile};
use crate::table::Table;

/// Articles that others are sought for.
const ARTICLES: usize = 200;

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Texts, one JSON object a line: `_id` or `id`, `title`, `text`.
    pub(crate) file: PathBuf,
    /// How much of the file to read: bytes of text.
    pub(crate) limit: Option<usize>,
    /// How many times each is measured.
    pub(crate) rounds: usize,
}

/// Indexes the file, and prints the times of each kind of question.
///
/// # Errors
/// The file cannot be read or holds no text, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let texts = Source::File { path: options.file.clone(), limit: options.limit }.read()?;
    ensure!(!texts.is_empty(), "{} holds no text", options.file.display());
    let bytes: usize = texts.iter().map(Text::bytes).sum();
    let folder = tempfile::tempdir()?;
    ours::build(folder.path(), Threads::Default, &texts)?;
    let index = ours::open(folder.path())?;
    let segments = index.stats()?.segments;
    writeln!(out, "{} texts, {:.1} MB, {segments} segments, ms\n", texts.len(), bytes as f64 / 1e6)?;

    let mut table = Table::default();
    table.row(["", "asked", "median", "p95", "slowest", "slowest one"]);
    for (name, beginnings) in beginnings(&texts) {
        let asked = beginnings.iter().map(String::as_str).collect::<Vec<_>>();
        row(&mut table, name, &asked, options.rounds, |beginning| Ok(index.suggest(beginning).run()?.len()))?;
    }
    let step = (texts.len() / ARTICLES).max(1);
    let ids: Vec<&str> = texts.iter().step_by(step).take(ARTICLES).map(|text| text.id.as_str()).collect();
    row(&mut table, "articles similar to one", &ids, options.rounds, |id| similar(&index, id))?;
    table.write(out)?;
    Ok(())
}

/// The beginnings of the words of the texts: the letters of the alphabet, and of two and three letters those that words have.
fn beginnings(texts: &[Text]) -> [(&'static str, Vec<String>); 4] {
    let step = (texts.len() / ARTICLES).max(1);
    let sample = texts.iter().step_by(step).take(ARTICLES);
    let words: BTreeSet<String> = sample
        .flat_map(|text| text.body.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
        .collect();
    let of = |letters: usize| -> Vec<String> {
        let beginnings: BTreeSet<String> = words.iter().map(|word| word.chars().take(letters).collect()).collect();
        beginnings.into_iter().collect()
    };
    let behind = of(2).into_iter().map(|beginning| format!("travail {beginning}")).collect();
    [
        ("one letter, a to z", ('a'..='z').map(String::from).collect()),
        ("two letters", of(2)),
        ("three letters", of(3)),
        ("two letters behind a word", behind),
    ]
}

fn similar(index: &Index, id: &str) -> Result<usize> {
    let Some(search) = index.similar(id)? else { return Ok(0) };
    Ok(search.without_passages().fold_duplicates(true).run()?.len())
}

/// Measures each question so many times, and adds the percentiles of their medians.
fn row(
    table: &mut Table,
    name: &str,
    asked: &[&str],
    rounds: usize,
    answer: impl Fn(&str) -> Result<usize>,
) -> Result<()> {
    let mut medians = Vec::with_capacity(asked.len());
    for question in asked {
        let mut times = Vec::new();
        for _ in 0..rounds.max(1) {
            let start = Instant::now();
            std::hint::black_box(answer(question)?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        medians.push(median(&times));
    }
    let slowest = medians.iter().zip(asked).max_by(|(a, _), (b, _)| a.total_cmp(b));
    let (most, question) = slowest.map_or((0.0, ""), |(most, question)| (*most, *question));
    let number = |value: f64| format!("{value:.2}");
    table.row([
        name.to_owned(),
        asked.len().to_string(),
        number(median(&medians)),
        number(percentile(&medians, 95.0)),
        number(most),
        question.to_owned(),
    ]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> (tempfile::TempDir, Options) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("texts.jsonl");
        std::fs::write(&file, text).unwrap();
        (folder, Options { file, limit: None, rounds: 1 })
    }

    #[test]
    fn each_kind_of_question_is_asked() {
        let body = "Le travail de nuit des salariés est payé.";
        let text: String = (0..5).map(|n| format!("{{\"id\":\"{n}\",\"title\":\"\",\"text\":\"{body}\"}}\n")).collect();
        let (_folder, options) = options(&text);
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        for row in ["one letter, a to z", "two letters ", "three letters", "two letters behind", "articles similar"] {
            assert!(out.contains(row), "{row} in\n{out}");
        }
        assert!(out.starts_with("5 texts, 0.0 MB, "), "{out}");
    }

    #[test]
    fn an_empty_file_is_an_error() {
        let (_folder, options) = options("\n");
        assert!(run(&options, &mut Vec::new()).unwrap_err().to_string().contains("holds no text"));
    }
}
