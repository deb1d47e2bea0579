//! The table of the times, and what they were to show.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use super::runs::Times;
use super::{AGAIN, ANSWER, FIRST, RIPGREP, START, TANTIVY, WALK};
use crate::relevance::Output;
use crate::table::Table;

/// Everything that is printed.
pub(super) struct Report<'a> {
    pub(super) files: usize,
    pub(super) bytes: u64,
    pub(super) query: &'a str,
    pub(super) measured: &'a [Times],
}

/// One thing that the times were to show.
#[derive(Debug, PartialEq)]
struct Aim {
    what: &'static str,
    unit: &'static str,
    value: f64,
    /// The value is to be at most this.
    most: f64,
}

impl Report<'_> {
    pub(super) fn print(&self, output: Output, out: &mut dyn Write) -> Result<()> {
        match output {
            Output::Table => self.print_table(out),
            Output::Json => self.print_json(out),
        }
    }

    fn print_table(&self, out: &mut dyn Write) -> Result<()> {
        let megabytes = self.bytes as f64 / 1e6;
        writeln!(out, "{} files, {megabytes:.1} MB, in the system's cache; query: {}\n", self.files, self.query)?;
        let again = self.median(AGAIN).unwrap_or(f64::NAN);
        let mut table = Table::default();
        table.row(["terminal", "runs", "median ms", "least", "spread", "x search again"]);
        for times in self.measured {
            table.row([
                times.name.clone(),
                times.times.len().to_string(),
                format!("{:.1}", times.median()),
                format!("{:.1}", times.least()),
                format!("±{:.1}", times.spread()),
                format!("{:.2}", times.median() / again),
            ]);
        }
        table.write(out)?;
        writeln!(out)?;
        let mut table = Table::default();
        table.row(["aims", "value", "at most", ""]);
        for aim in self.aims() {
            let holds = if aim.holds() { "holds" } else { "does not hold" };
            let number = |value: f64| format!("{value:.2} {}", aim.unit);
            table.row([aim.what.to_owned(), number(aim.value), number(aim.most), holds.to_owned()]);
        }
        table.write(out)?;
        Ok(())
    }

    fn print_json(&self, out: &mut dyn Write) -> Result<()> {
        for times in self.measured {
            let line = json!({
                "section": "terminal",
                "measure": times.name,
                "unit": "ms",
                "runs": times.times.len(),
                "median": times.median(),
                "least": times.least(),
                "spread": times.spread(),
                "files": self.files,
                "bytes": self.bytes,
            });
            writeln!(out, "{line}")?;
        }
        for aim in self.aims() {
            let line = json!({
                "section": "aims",
                "measure": aim.what,
                "unit": aim.unit,
                "value": aim.value,
                "at_most": aim.most,
                "holds": aim.holds(),
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn median(&self, name: &str) -> Option<f64> {
        self.measured.iter().find(|times| times.name.starts_with(name)).map(Times::median)
    }

    /// Returns the aims whose times were measured.
    fn aims(&self) -> Vec<Aim> {
        let aim =
            |what, unit, value: Option<f64>, most: Option<f64>| Some(Aim { what, unit, value: value?, most: most? });
        let over = |a: &str, b: &str| Some(self.median(a)? / self.median(b)?);
        let answer = self.median(ANSWER).zip(self.median(START)).map(|(answer, start)| answer - start);
        let walk = self.median(WALK).map(|walk| 1.5 * walk + 10.0);
        [
            aim("opening an index and answering, over the start of the program", "ms", answer, Some(5.0)),
            aim("search again, over rg -i", "x", over(AGAIN, RIPGREP), Some(1.0)),
            aim("search again, against 1.5 walks with stat and 10 ms", "ms", self.median(AGAIN), walk),
            aim("first search, over raw Tantivy's indexing", "x", over(FIRST, TANTIVY), Some(1.5)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Aim {
    fn holds(&self) -> bool {
        self.value <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(output: Output) -> String {
        let times = |name: &str, time: f64| Times { name: name.to_owned(), times: vec![time, time + 1.0, time + 2.0] };
        let measured =
            [times(START, 1.0), times(ANSWER, 7.5), times(AGAIN, 19.0), times(RIPGREP, 39.0), times(WALK, 9.0)];
        let mut out = Vec::new();
        Report { files: 3, bytes: 2_000_000, query: "mot", measured: &measured }.print(output, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_table_compares_with_the_search_again() {
        let shown = printed(Output::Table);
        assert!(shown.starts_with("3 files, 2.0 MB"), "{shown}");
        let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line(RIPGREP).ends_with("2.00") && line(RIPGREP).contains("40.0"), "{shown}");
        assert!(line(AGAIN).ends_with("1.00"), "{shown}");
    }

    #[test]
    fn aims_hold_or_not_and_those_not_measured_are_left_out() {
        let lines: Vec<serde_json::Value> =
            printed(Output::Json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let aims: Vec<&serde_json::Value> = lines.iter().filter(|line| line["section"] == "aims").collect();
        let holds: Vec<bool> = aims.iter().map(|aim| aim["holds"].as_bool().unwrap()).collect();
        assert_eq!(holds, [false, true, true], "{aims:?}");
        assert_eq!(aims[0]["value"], 6.5);
    }
}
