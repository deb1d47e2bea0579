//! How fast each reader of files is, and how much memory it takes as its input grows.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use limier::ingest::{self, Item, Kind, Origin, ReadOptions};

use crate::table::Table;

/// What is measured.
#[derive(Debug)]
pub(crate) struct Options {
    /// Bytes of input of each reader, unpacked.
    pub(crate) bytes: usize,
    /// Each reader is measured so many times, and the best time counts.
    pub(crate) rounds: usize,
}

/// A sentence of each article, with what readers must decode.
const SENTENCE: &str = "La préfète a été entendue hier à Évreux : « L’eau monte », dit-elle, et le pont est fermé. ";

/// Sentences of an article.
const SENTENCES: usize = 25;

pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut table = Table::default();
    table.row(["reader", "MB", "MB/s", "articles", "peak MB, input", "peak MB, 4 times the input"]);
    for (name, kind, pack) in [
        ("text", Kind::Text, false),
        ("Markdown", Kind::Markdown, false),
        ("JSON Lines", Kind::JsonLines, false),
        ("JSON", Kind::Json, false),
        ("CSV", Kind::Table, false),
        ("JSON Lines, gzip", Kind::JsonLines, true),
    ] {
        let input = Input::new(kind, options.bytes)?;
        let packed = if pack { Some(gzip(&input)?) } else { None };
        let mut best = f64::MAX;
        let mut articles = 0;
        for _ in 0..options.rounds.max(1) {
            let began = Instant::now();
            articles = match &packed {
                Some(bytes) => read(&mut bytes.as_slice(), kind)?,
                None => input.read_all()?,
            };
            best = best.min(began.elapsed().as_secs_f64());
        }
        drop(packed);
        let peaks = match kind.has_records() && !pack {
            true => [1, 4].map(|times| peak_of(&Input { bytes: options.bytes * times, ..input.clone() })),
            // One article a file: its size is that of the article. What is packed was packed in memory here.
            false => [None, None],
        };
        let megabytes = input.total() as f64 / 1e6;
        let [small, large] =
            peaks.map(|peak| peak.map_or("-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1e6)));
        table.row([
            name.to_owned(),
            format!("{megabytes:.1}"),
            format!("{:.1}", megabytes / best),
            articles.to_string(),
            small,
            large,
        ]);
    }
    table.write(out)?;
    Ok(())
}

/// A made-up input of one kind: records as a stream that never lies in memory, other kinds file by file.
#[derive(Clone, Debug)]
struct Input {
    kind: Kind,
    head: String,
    unit: String,
    bytes: usize,
}

impl Input {
    fn new(kind: Kind, bytes: usize) -> Result<Input> {
        let body = SENTENCE.repeat(SENTENCES);
        let record = serde_json::json!({"title": "Le pont fermé", "text": body, "date": "2024-05-03"}).to_string();
        let (head, unit) = match kind {
            Kind::JsonLines => (String::new(), format!("{record}\n")),
            Kind::Json => ("[\n".to_owned(), format!("{record},\n")),
            Kind::Table => ("title,text,date\n".to_owned(), format!("Le pont fermé,\"{body}\",2024-05-03\n")),
            Kind::Markdown => (String::new(), format!("# Le pont *fermé*\n\n{body}\n\n## Suite\n\n- {body}\n")),
            _ => (String::new(), format!("Le pont fermé\n\n{body}\n\n{body}\n")),
        };
        Ok(Input { kind, head, unit, bytes })
    }

    fn units(&self) -> usize {
        (self.bytes / self.unit.len()).max(1)
    }

    /// The number of bytes of all files.
    fn total(&self) -> usize {
        self.head.len() + self.units() * self.unit.len()
    }

    fn stream(&self) -> Stream<'_> {
        Stream { input: self, at: 0 }
    }

    /// Reads all of it, and counts the articles.
    fn read_all(&self) -> Result<usize> {
        if self.kind.has_records() {
            return read(&mut self.stream(), self.kind);
        }
        (0..self.units()).try_fold(0, |count, _| Ok(count + read(&mut self.unit.as_bytes(), self.kind)?))
    }
}

struct Stream<'a> {
    input: &'a Input,
    at: usize,
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.input.total() {
            return Ok(0);
        }
        let (head, unit) = (self.input.head.as_bytes(), self.input.unit.as_bytes());
        let rest = match self.at.checked_sub(head.len()) {
            None => head.get(self.at..),
            Some(at) => unit.get(at % unit.len()..),
        };
        let read = rest.unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

fn gzip(input: &Input) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut input.stream(), &mut encoder).context("cannot pack")?;
    encoder.finish().context("cannot pack")
}

fn read(source: &mut dyn Read, kind: Kind) -> Result<usize> {
    let mut count = 0;
    ingest::read(source, kind, &Origin::StandardInput, &ReadOptions::default(), &mut |item| {
        count += usize::from(matches!(item, Item::Record(_)));
        ControlFlow::Continue(())
    })
    .context("cannot read")?;
    Ok(count)
}

/// Returns by how many bytes the peak of this process's memory rises while an input is read; `None` where the system does
/// not say.
///
/// Linux resets the peak when 5 is written to `clear_refs`: see proc_pid_clear_refs(5).
fn peak_of(input: &Input) -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    input.read_all().ok()?;
    Some(status("VmHWM:")?.saturating_sub(before))
}

fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reader_is_in_the_table_and_gives_articles() {
        let mut out = Vec::new();
        run(&Options { bytes: 60_000, rounds: 1 }, &mut out).unwrap();
        let table = String::from_utf8(out).unwrap();
        assert_eq!(table.lines().count(), 7, "{table}");
        for kind in [Kind::Text, Kind::Markdown, Kind::JsonLines, Kind::Json, Kind::Table] {
            let input = Input::new(kind, 60_000).unwrap();
            assert_eq!(input.read_all().unwrap(), input.units(), "{kind}");
        }
    }
}
