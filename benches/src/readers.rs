//! How fast each reader of files is, and how much memory it takes as its input grows.

use std::io::{self, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use limier::ingest::{self, Item, Kind, Origin, ReadOptions};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

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

/// A reader: its name, what it reads, and how that is packed.
const READERS: [(&str, Kind, Packing); 12] = [
    ("text", Kind::Text, Packing::None),
    ("Markdown", Kind::Markdown, Packing::None),
    ("HTML", Kind::Html, Packing::None),
    ("JSON Lines", Kind::JsonLines, Packing::None),
    ("JSON", Kind::Json, Packing::None),
    ("JSON in an object", Kind::Json, Packing::Object),
    ("CSV", Kind::Table, Packing::None),
    ("JSON Lines, gzip", Kind::JsonLines, Packing::Gzip),
    ("JSON Lines, Zstandard", Kind::JsonLines, Packing::Zstandard),
    ("EPUB", Kind::Epub, Packing::None),
    ("ODT", Kind::Odt, Packing::None),
    ("DOCX", Kind::Docx, Packing::None),
];

/// What lies around the records of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    None,
    /// `{"articles":[...]}`.
    Object,
    Gzip,
    Zstandard,
}

pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut table = Table::default();
    table.row(["reader", "MB", "MB/s", "articles", "peak MB, input", "peak MB, 4 times the input"]);
    for (name, kind, packing) in READERS {
        let input = Input::new(kind, packing, options.bytes)?;
        let packed = input.packed()?;
        let mut best = f64::MAX;
        let mut articles = 0;
        for _ in 0..options.rounds.max(1) {
            let began = Instant::now();
            articles = input.read_all(packed.as_deref())?;
            best = best.min(began.elapsed().as_secs_f64());
        }
        drop(packed);
        // Where an article is a file, its size is that of the article: there is nothing to grow.
        let peaks = match kind.has_records() {
            true => [1, 4].map(|times| peak_of(&Input { bytes: options.bytes * times, ..input.clone() })),
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

/// A made-up input of one kind: records as a stream that never lies in memory unless it is packed, other kinds file by file.
#[derive(Clone, Debug)]
struct Input {
    kind: Kind,
    packing: Packing,
    head: String,
    unit: Vec<u8>,
    /// Bytes of text in a unit: of a zip file, what is packed in it.
    unit_text: usize,
    bytes: usize,
}

impl Input {
    fn new(kind: Kind, packing: Packing, bytes: usize) -> Result<Input> {
        let body = SENTENCE.repeat(SENTENCES);
        let record = serde_json::json!({"title": "Le pont fermé", "text": body, "date": "2024-05-03"}).to_string();
        let head = match (kind, packing) {
            (Kind::Json, Packing::Object) => "{\"articles\": [\n",
            (Kind::Json, _) => "[\n",
            (Kind::Table, _) => "title,text,date\n",
            _ => "",
        };
        let text = match kind {
            Kind::JsonLines => format!("{record}\n"),
            Kind::Json => format!("{record},\n"),
            Kind::Table => format!("Le pont fermé,\"{body}\",2024-05-03\n"),
            Kind::Markdown => format!("# Le pont *fermé*\n\n{body}\n\n## Suite\n\n- {body}\n"),
            Kind::Html => page(&body),
            Kind::Epub => format!("<html><body><h1>Le pont fermé</h1><p>{body}</p><p>{body}</p></body></html>"),
            Kind::Odt => format!("<office:text><text:h>Le pont</text:h><text:p>{body}</text:p></office:text>"),
            Kind::Docx => format!("<w:document><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:document>"),
            _ => format!("Le pont fermé\n\n{body}\n\n{body}\n"),
        };
        let unit_text = text.len();
        let unit = match kind {
            Kind::Epub => zipped(&[
                ("mimetype", "application/epub+zip"),
                ("META-INF/container.xml", "<container><rootfile full-path=\"livre.opf\"/></container>"),
                (
                    "livre.opf",
                    "<package><metadata><dc:title>Le pont</dc:title></metadata><manifest><item id=\"a\" href=\"a.xhtml\"/>\
                     </manifest><spine><itemref idref=\"a\"/></spine></package>",
                ),
                ("a.xhtml", &text),
            ])?,
            Kind::Odt => zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &text)])?,
            Kind::Docx => zipped(&[("word/document.xml", &text)])?,
            _ => text.into_bytes(),
        };
        Ok(Input { kind, packing, head: head.to_owned(), unit, unit_text, bytes })
    }

    fn units(&self) -> usize {
        (self.bytes / self.unit_text.max(1)).max(1)
    }

    /// The number of bytes of all files, unpacked.
    fn total(&self) -> usize {
        self.head.len() + self.units() * self.unit_text
    }

    fn stream(&self) -> Stream<'_> {
        Stream { input: self, at: 0 }
    }

    /// Packs it, where it is to be packed.
    fn packed(&self) -> Result<Option<Vec<u8>>> {
        Ok(match self.packing {
            Packing::None | Packing::Object => None,
            Packing::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                io::copy(&mut self.stream(), &mut encoder).context("cannot pack")?;
                Some(encoder.finish().context("cannot pack")?)
            }
            Packing::Zstandard => Some(compress_to_vec(self.stream(), CompressionLevel::Fastest)),
        })
    }

    /// Reads all of it, of what is packed the packed bytes, and counts the articles.
    fn read_all(&self, packed: Option<&[u8]>) -> Result<usize> {
        if let Some(mut packed) = packed {
            return read(&mut packed, self.kind);
        }
        if self.kind.has_records() {
            return read(&mut self.stream(), self.kind);
        }
        (0..self.units()).try_fold(0, |count, _| Ok(count + read(&mut self.unit.as_slice(), self.kind)?))
    }
}

/// A page with a menu, a box and links around the article.
fn page(body: &str) -> String {
    let links: String = (0..40).map(|i| format!("<li><a href=\"/{i}\">Une rubrique du site</a></li>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Le pont fermé - Le Fil</title></head><body><nav><ul>{links}</ul></nav>\
         <article><h1>Le pont fermé</h1><p>{body}</p><div class=\"newsletter\">Inscrivez-vous</div><p>{body}</p></article>\
         <aside><ul>{links}</ul></aside></body></html>"
    )
}

fn zipped(entries: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default())?;
        writer.write_all(content.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
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
        let (head, unit) = (self.input.head.as_bytes(), self.input.unit.as_slice());
        let rest = match self.at.checked_sub(head.len()) {
            None => head.get(self.at..),
            Some(at) => unit.get(at % unit.len()..),
        };
        let read = rest.unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
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
    // Packed in memory before the count begins.
    let packed = input.packed().ok()?;
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    input.read_all(packed.as_deref()).ok()?;
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
        assert_eq!(table.lines().count(), 1 + READERS.len(), "{table}");
        for (name, kind, packing) in READERS {
            let input = Input::new(kind, packing, 60_000).unwrap();
            let packed = input.packed().unwrap();
            assert_eq!(input.read_all(packed.as_deref()).unwrap(), input.units(), "{name}");
        }
    }
}
