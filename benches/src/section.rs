//! Measures of several contestants side by side, printed as a table or as JSON Lines.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use crate::relevance::Output;
use crate::table::Table;

/// Whether more or less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// Measures of the same contestants: one a column.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    name: &'static str,
    columns: Vec<&'static str>,
    /// The column that the last one is divided by.
    reference: usize,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    measure: String,
    unit: &'static str,
    better: Better,
    values: Vec<f64>,
}

impl Section {
    /// Starts a section whose last column is ours, compared with the first.
    pub(crate) fn new(name: &'static str, columns: &[&'static str]) -> Section {
        Section { name, columns: columns.to_vec(), reference: 0, rows: Vec::new() }
    }

    /// Sets the column that ours is compared with.
    pub(crate) fn compared_with(mut self, column: usize) -> Section {
        self.reference = column;
        self
    }

    /// Adds a measure, a value a column.
    pub(crate) fn row(&mut self, measure: impl Into<String>, unit: &'static str, better: Better, values: Vec<f64>) {
        self.rows.push(Row { measure: measure.into(), unit, better, values });
    }

    fn ratio(&self, row: &Row) -> f64 {
        match (row.values.last(), row.values.get(self.reference)) {
            (Some(ours), Some(theirs)) => ours / theirs,
            _ => f64::NAN,
        }
    }

    /// Prints the rows in the form that is asked for.
    pub(crate) fn print(&self, output: Output, out: &mut dyn Write) -> Result<()> {
        match output {
            Output::Table => self.print_table(out),
            Output::Json => self.print_json(out),
        }
    }

    fn print_table(&self, out: &mut dyn Write) -> Result<()> {
        let mut header = vec![self.name.to_string()];
        header.extend(self.columns.iter().map(ToString::to_string));
        let reference = self.columns.get(self.reference).copied().unwrap_or_default();
        header.push(format!("x {reference}"));
        let mut table = Table::default();
        table.row(header);
        for row in &self.rows {
            let arrow = if row.better == Better::Higher { "more is better" } else { "less is better" };
            let mut cells = vec![format!("{}, {} ({arrow})", row.measure, row.unit)];
            cells.extend(row.values.iter().map(|value| three_digits(*value)));
            cells.push(format!("{:.2}", self.ratio(row)));
            table.row(cells);
        }
        table.write(out)?;
        writeln!(out)?;
        Ok(())
    }

    fn print_json(&self, out: &mut dyn Write) -> Result<()> {
        for row in &self.rows {
            let values: serde_json::Map<_, _> =
                self.columns.iter().zip(&row.values).map(|(name, value)| (name.to_string(), json!(value))).collect();
            let reference = self.columns.get(self.reference);
            writeln!(
                out,
                "{}",
                json!({
                    "section": self.name,
                    "measure": row.measure,
                    "unit": row.unit,
                    "values": values,
                    "ratio": self.ratio(row),
                    "ratio_to": reference,
                })
            )?;
        }
        Ok(())
    }
}

/// Formats a value with about three digits that mean something.
pub(crate) fn three_digits(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(output: Output) -> String {
        let mut section = Section::new("indexing", &["raw", "limier"]);
        section.row("1 thread", "MB/s", Better::Higher, vec![20.0, 25.0]);
        section.row("size", "MB", Better::Lower, vec![100.0, 150.0]);
        let mut out = Vec::new();
        section.print(output, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_compares_the_last_column_with_the_first() {
        let expected = "indexing                          raw  limier  x raw\n\
                        1 thread, MB/s (more is better)  20.0    25.0   1.25\n\
                        size, MB (less is better)         100     150   1.50\n\n";
        assert_eq!(printed(Output::Table), expected);
    }

    #[test]
    fn json_has_an_object_a_measure() {
        let lines: Vec<serde_json::Value> =
            printed(Output::Json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["values"]["limier"], 25.0);
        assert_eq!(lines[1]["ratio"], 1.5);
        assert_eq!(lines[1]["ratio_to"], "raw");
    }

    #[test]
    fn values_keep_three_digits() {
        let shown: Vec<String> = [123.4, 12.34, 1.234, 0.1234].into_iter().map(three_digits).collect();
        assert_eq!(shown, ["123", "12.3", "1.23", "0.123"]);
    }
}
