//! `limier-bench plot`: pictures of what `speed`, `terminal` and `growth` printed with `--json`.

mod bars;
mod chart;
mod panels;
mod spans;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::lines;
use crate::terminal::{FIRST, TANTIVY};

/// What to draw.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// What the commands printed.
    pub(crate) files: Vec<PathBuf>,
    /// The folder of the pictures.
    pub(crate) out: PathBuf,
    /// What was measured and where, shown below each title.
    pub(crate) note: String,
}

/// A measure by section, with a value a contestant.
#[derive(Clone, Debug, PartialEq)]
struct Measure {
    section: String,
    name: String,
    unit: String,
    /// In the order of the colours.
    values: Vec<(String, f64)>,
}

/// A cost by size.
#[derive(Clone, Debug, PartialEq)]
struct Growth {
    engine: String,
    name: String,
    unit: String,
    sizes: Vec<f64>,
    values: Vec<f64>,
    exponent: Option<f64>,
}

/// Engines in the order of their colours.
const ORDER: [&str; 3] = ["limier", "tantivy", "tantivy+rust-stemmers"];

/// Draws a picture of every section that the files hold, and prints the paths.
///
/// # Errors
/// A file cannot be read or is no output of these commands, nothing can be drawn, or a picture cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let (mut measures, mut growth) = (Vec::new(), Vec::new());
    for file in &options.files {
        lines::for_each_object(file, |row| {
            match row["section"].as_str() {
                Some("growth") => growth.push(read_growth(row).context("no row of growth")?),
                Some("terminal") => measures.extend(read_terminal(row).context("no row of terminal")?),
                Some(_) => measures.extend(read_measure(row)),
                None => anyhow::bail!("not printed by --json of speed, terminal or growth"),
            }
            Ok(true)
        })?;
    }
    let of = |section: &str| -> Vec<&Measure> { measures.iter().filter(|row| row.section == section).collect() };
    let pictures = [
        (
            "indexing.svg",
            bars::draw("Indexing, MB of text a second (more is better)", &options.note, &of("indexing"), "MB/s"),
        ),
        (
            "queries.svg",
            spans::draw("Answering, ms from the median to the 99th percentile", &options.note, &of("searching")),
        ),
        (
            "terminal.svg",
            bars::draw("In a terminal, ms from start to end (less is better)", &options.note, &of("terminal"), "ms"),
        ),
        ("growth.svg", panels::draw("Growth with the text", &options.note, &growth)),
    ];
    ensure!(pictures.iter().any(|(_, picture)| picture.is_some()), "nothing to draw");
    fs::create_dir_all(&options.out).with_context(|| format!("cannot make {}", options.out.display()))?;
    for (name, picture) in pictures {
        let Some(picture) = picture else { continue };
        let path = options.out.join(name);
        fs::write(&path, picture).with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

fn read_measure(row: &Value) -> Option<Measure> {
    let of_engine = |name: &str| Some((name.to_owned(), row["values"][name].as_f64()?));
    Some(Measure {
        section: row["section"].as_str()?.to_owned(),
        name: row["measure"].as_str()?.to_owned(),
        unit: row["unit"].as_str()?.to_owned(),
        values: ORDER.iter().filter_map(|name| of_engine(name)).collect(),
    })
    .filter(|measure| !measure.values.is_empty())
}

/// Reads a time of a command; those that index all files would leave no room for the others.
fn read_terminal(row: &Value) -> Option<Option<Measure>> {
    let name = row["measure"].as_str()?.to_owned();
    if name.starts_with(FIRST) || name.starts_with(TANTIVY) {
        return Some(None);
    }
    // One bar a command: limier's own have its colour.
    let is_own = name.starts_with("limier") || name.contains("search");
    let series = if is_own { "limier" } else { "others" };
    let values = vec![(series.to_owned(), row["median"].as_f64()?)];
    Some(Some(Measure { section: "terminal".to_owned(), name, unit: "ms".to_owned(), values }))
}

fn read_growth(row: &Value) -> Option<Growth> {
    let numbers = |name: &str| -> Option<Vec<f64>> { row[name].as_array()?.iter().map(Value::as_f64).collect() };
    Some(Growth {
        engine: row["engine"].as_str()?.to_owned(),
        name: row["measure"].as_str()?.to_owned(),
        unit: row["unit"].as_str()?.to_owned(),
        sizes: numbers("megabytes")?,
        values: numbers("values")?,
        exponent: row["exponent"].as_f64(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"{"section":"indexing","measure":"1 thread","unit":"MB/s","values":{"limier":4.0,"tantivy":8.0}}
{"section":"indexing","measure":"stored text","unit":"bytes per byte","values":{"limier":0.5,"tantivy":0.5}}
{"section":"searching","measure":"top 10, p50","unit":"ms","values":{"limier":0.2,"tantivy":0.1}}
{"section":"searching","measure":"top 10, p95","unit":"ms","values":{"limier":0.4,"tantivy":0.3}}
{"section":"searching","measure":"top 10, p99","unit":"ms","values":{"limier":0.8,"tantivy":0.4}}
{"section":"terminal","measure":"search again","unit":"ms","median":30.0}
{"section":"terminal","measure":"rg -i","unit":"ms","median":45.0}
{"section":"terminal","measure":"first search: index and answer","unit":"ms","median":9000.0}
{"section":"aims","measure":"search again, over rg -i","unit":"x","value":0.66}
{"section":"growth","engine":"limier","measure":"opening","unit":"ms","megabytes":[10.0,100.0],"values":[0.3,0.6],"exponent":0.3}
"#;

    fn drawn(rows: &str) -> Result<(tempfile::TempDir, String)> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("rows.jsonl");
        fs::write(&file, rows)?;
        let options = Options { files: vec![file], out: folder.path().join("out"), note: "a <note>".into() };
        let mut out = Vec::new();
        run(&options, &mut out)?;
        Ok((folder, String::from_utf8(out)?))
    }

    #[test]
    fn every_section_has_its_picture() {
        let (folder, printed) = drawn(ROWS).unwrap();
        assert_eq!(printed.lines().count(), 4, "{printed}");
        let picture = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
        let bars = picture("indexing.svg");
        // The longest bar is twice the other, and what has another unit is left out.
        assert!(bars.contains("a &lt;note&gt;") && bars.contains(">8.00<") && !bars.contains("stored"), "{bars}");
        let widths: Vec<f64> = bars
            .lines()
            .filter(|line| line.contains("class=\"bar") && !line.contains("height=\"10.0\""))
            .filter_map(|line| line.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert!(widths.len() == 2 && (widths[1] / widths[0] - 2.0).abs() < 0.01, "{widths:?}");
        assert!(picture("queries.svg").contains(">top 10<"));
        assert!(picture("terminal.svg").contains("rg -i") && !picture("terminal.svg").contains("first"));
        assert!(picture("growth.svg").contains("0.30"));
    }

    #[test]
    fn what_holds_no_measure_is_an_error() {
        assert!(drawn("").is_err());
        let error = format!("{:#}", drawn("{\"hit\":1}\n").unwrap_err());
        assert!(error.contains("line 1"), "{error}");
    }
}
