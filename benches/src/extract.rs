//! How well articles are read out of pages, and told from the lines around them in texts.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use limier::Article;
use limier::ingest::{self, Item, Kind, Origin, ReadOptions, Record, RecurringLines, Walk};
use limier::passage::{Boilerplate as _, ByForm};
use serde_json::Value;

use crate::flatten::flatten;

/// What to measure.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of `gold.jsonl` and of the pages that it names.
    pub(crate) folder: PathBuf,
}

/// A page and what a reader would take from it.
struct Page {
    file: String,
    html: Vec<u8>,
    title: String,
    date: String,
    text: String,
}

/// Reads every page as HTML, then as the text of all its lines, and prints what each reading is worth.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let pages = read(&options.folder)?;
    let bytes: usize = pages.iter().map(|page| page.html.len()).sum();
    let started = Instant::now();
    let articles: Vec<Article> = pages.iter().map(|page| article(&page.html, Kind::Html)).collect::<Result<_>>()?;
    let seconds = started.elapsed().as_secs_f64();
    writeln!(
        out,
        "{:<28} {:>5} {:>9} {:>7} {:>6} {:>6} {:>6} {:>6}",
        "reading", "pages", "precision", "recall", "F1", "worst", "title", "date"
    )?;
    let of_pages: Vec<Scored> =
        pages.iter().zip(&articles).map(|(page, read)| Scored::of(page, read, read.get_body())).collect();
    print(out, "page", &of_pages)?;
    let mut all = Vec::new();
    let mut kept = Vec::new();
    for page in &pages {
        let text = flatten(&String::from_utf8_lossy(&page.html));
        let read = article(text.as_bytes(), Kind::Text)?;
        all.push(Scored::of(page, &read, read.get_body()));
        kept.push(Scored::of(page, &read, &without_boilerplate(read.get_body())));
    }
    print(out, "text of all lines", &all)?;
    print(out, "text, boilerplate left out", &kept)?;
    print(out, "text, and what recurs", &among_others(&pages)?)?;
    writeln!(out, "pages: {:.1} MB in {seconds:.2} s, {:.1} MB/s", bytes as f64 / 1e6, bytes as f64 / 1e6 / seconds)?;
    Ok(())
}

/// Reads the texts of all pages as files of one folder, and leaves out what is boilerplate by its form or because it recurs.
fn among_others(pages: &[Page]) -> Result<Vec<Scored>> {
    let folder = tempfile::tempdir()?;
    for (number, page) in pages.iter().enumerate() {
        let text = flatten(&String::from_utf8_lossy(&page.html));
        std::fs::write(folder.path().join(format!("{number}.txt")), text)?;
    }
    let files = Walk::new([folder.path()]).run().files;
    let options = ReadOptions { recurring: RecurringLines::of_files(&files), ..ReadOptions::default() };
    let mut scored = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let origin = Origin::file(folder.path(), format!("{number}.txt"));
        ingest::read_file(&origin, Kind::Text, &options, &mut |item| {
            if let Item::Record(Record { article, boilerplate, .. }) = item {
                let mut kept = article.get_body().to_owned();
                boilerplate.iter().rev().for_each(|line| kept.replace_range(line.clone(), ""));
                scored.push(Scored::of(page, &article, &kept));
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(scored)
}

fn read(folder: &Path) -> Result<Vec<Page>> {
    let gold = folder.join("gold.jsonl");
    let lines = BufReader::new(File::open(&gold).with_context(|| format!("cannot read {}", gold.display()))?);
    let mut pages = Vec::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let path = folder.join(field("file"));
        let file = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut html = Vec::new();
        if path.extension().is_some_and(|extension| extension == "gz") {
            flate2::read::GzDecoder::new(file).read_to_end(&mut html)?;
        } else {
            BufReader::new(file).read_to_end(&mut html)?;
        }
        pages.push(Page { file: field("file"), html, title: field("title"), date: field("date"), text: field("text") });
    }
    if pages.is_empty() {
        bail!("{} names no page", gold.display());
    }
    Ok(pages)
}

/// Reads the one article of a page or a text.
pub(crate) fn article(bytes: &[u8], kind: Kind) -> Result<Article> {
    let mut found = Article::default();
    ingest::read(&mut { bytes }, kind, &Origin::StandardInput, &ReadOptions::default(), &mut |item| {
        if let Item::Record(record) = item {
            found = record.article;
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Returns the lines of a body that are not boilerplate by their form.
fn without_boilerplate(body: &str) -> String {
    let mut kept = String::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if !trimmed.is_empty() && !ByForm.is_boilerplate(body, at..at + trimmed.len()) {
            kept.push_str(trimmed);
            kept.push('\n');
        }
        start += line.len();
    }
    kept
}

/// What one reading of one page is worth.
struct Scored {
    half: usize,
    precision: f64,
    recall: f64,
    title: bool,
    date: bool,
}

impl Scored {
    fn of(page: &Page, article: &Article, body: &str) -> Scored {
        let (own, gold) = (tokens(body), tokens(&page.text));
        let common: usize = own.iter().map(|(token, count)| *count.min(gold.get(token).unwrap_or(&0))).sum();
        let share = |all: &HashMap<String, usize>| common as f64 / all.values().sum::<usize>().max(1) as f64;
        let words = |text: &str| {
            text.to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        Scored {
            half: page.file.bytes().map(usize::from).sum::<usize>() % 2,
            precision: share(&own),
            recall: share(&gold),
            title: words(article.get_title()) == words(&page.title),
            date: article.get_date().is_some_and(|date| date.to_string() == page.date),
        }
    }

    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Counts runs of letters and digits, in lower case.
fn tokens(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for token in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
        *counts.entry(token.to_owned()).or_insert(0) += 1;
    }
    counts
}

/// Prints both halves of the pages, which are told apart by their names, and the whole.
fn print(out: &mut dyn Write, name: &str, scored: &[Scored]) -> Result<()> {
    for (part, halves) in [("first half", vec![0]), ("second half", vec![1]), ("all", vec![0, 1])] {
        let scored: Vec<&Scored> = scored.iter().filter(|page| halves.contains(&page.half)).collect();
        let mean = |value: &dyn Fn(&Scored) -> f64| {
            scored.iter().map(|page| value(page)).sum::<f64>() / scored.len().max(1) as f64
        };
        let worst = scored.iter().map(|page| page.f1()).fold(1.0, f64::min);
        writeln!(
            out,
            "{:<28} {:>5} {:>9.4} {:>7.4} {:>6.4} {:>6.3} {:>6.3} {:>6.3}",
            if part == "all" { name.to_owned() } else { format!("  {part}") },
            scored.len(),
            mean(&|page| page.precision),
            mean(&|page| page.recall),
            mean(&Scored::f1),
            worst,
            mean(&|page| f64::from(u8::from(page.title))),
            mean(&|page| f64::from(u8::from(page.date))),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_scored_by_its_tokens() {
        let page = Page {
            file: "a".to_owned(),
            html: Vec::new(),
            title: "La crue".to_owned(),
            date: "2024-05-03".to_owned(),
            text: "L’eau monte, l’eau descend.".to_owned(),
        };
        let article = Article::new("x").title("LA CRUE !").body("L'eau monte. Menu");
        let scored = Scored::of(&page, &article, article.get_body());
        // l, eau, monte of four tokens; of six.
        assert_eq!((scored.precision, scored.recall), (0.75, 0.5));
        assert!((scored.f1() - 0.6).abs() < 1e-9);
        assert!(scored.title && !scored.date);
    }

    #[test]
    fn a_page_is_flattened_with_all_its_lines() {
        let html = "<head><title>x</title></head><ul><li><a href=a>Une</a><li>Sport</ul><script>a<b</script>\
                    <p>L&rsquo;eau <b>monte</b>&nbsp;: 3&nbsp;m &amp; plus.<!-- <p>non -->";
        assert_eq!(flatten(html), "Une\nSport\nL’eau monte : 3 m & plus.");
    }
}
