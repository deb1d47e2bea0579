//! Tables: one article a row, read as a stream.
//!
//! The first row names the columns, as the fields of JSON Lines are named. What parts the columns (a comma, a semicolon,
//! a tab or a bar) is found: it is the sign by which the first row gives the most known names.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder, Terminator};
use serde_json::Value;

use super::charset::{self, Charset};
use super::fields::{Field, Fields};
use super::jsonl::hand_over;
use super::{Encoding, FieldNames, Item, Origin, Skip};

/// What may part columns; of those that do equally well the first is taken.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads the articles of `source`, at most about `limit` bytes of one row in memory at a time.
///
/// The record and the line of an article are the line on which its row begins. What follows a row beyond the limit is
/// not read: most often a quotation mark is open there that nothing closes.
///
/// # Errors
/// Whatever reading `source` gives; articles already handed over stand.
pub(super) fn read(
    source: &mut dyn BufRead,
    origin: &Origin,
    names: &FieldNames,
    limit: u64,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let head = source.fill_buf()?;
    let bom = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (declared, declaration) = declared_separator(head.get(bom..).unwrap_or_default());
    let sample = head.get(bom + declaration..).unwrap_or_default();
    let separator = declared.unwrap_or_else(|| separator(sample, names));
    let charset = sample_charset(sample);
    source.consume(bom + declaration);
    let lines_before = u32::from(declaration > 0);

    let left = Rc::new(Cell::new(limit));
    let bounded = Bounded { inner: source, left: left.clone() };
    // A return before the line feed stays in its cell, and is taken off with other blanks: rows then begin on their lines.
    let end = Terminator::Any(b'\n');
    let mut rows = ReaderBuilder::new()
        .delimiter(separator)
        .terminator(end)
        .has_headers(false)
        .flexible(true)
        .from_reader(bounded);
    let mut row = ByteRecord::new();
    let mut columns: Option<Vec<Option<(Field, usize)>>> = None;
    loop {
        left.set(limit);
        let is_row = match rows.read_byte_record(&mut row) {
            Ok(is_row) => is_row,
            Err(error) => return unreadable(error, rows.position().line(), limit, sink),
        };
        if !is_row {
            break;
        }
        let line = row.position().map_or(0, csv::Position::line);
        let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(lines_before);
        let is_utf8 = std::str::from_utf8(row.as_slice()).is_ok();
        // A row of another encoding in a table that began as UTF-8.
        let charset = charset.or_else(|| (!is_utf8).then(|| charset::guess(row.as_slice())));
        let encoding = charset.map_or(Encoding::Utf8, Encoding::Guessed);
        let text = |cell: &[u8]| decoded(cell, charset).trim().to_owned();
        let Some(columns) = &columns else {
            let titles: Vec<String> = row.iter().map(text).collect();
            let found: Vec<_> = titles.iter().map(|title| names.find_column(title)).collect();
            if !found.iter().flatten().any(|(field, _)| *field == Field::Body) {
                return Ok(sink(Item::Skip(Skip::NoTextColumn { columns: shown(&titles) })));
            }
            columns = Some(found);
            continue;
        };
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let mut fields = Fields::default();
        for (cell, column) in row.iter().zip(columns) {
            if let Some((field, rank)) = column {
                fields.put(*field, *rank, Value::String(text(cell)));
            }
        }
        if hand_over(fields.article(line, line, origin), (line, encoding), sink).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if columns.is_none() {
        return Ok(sink(Item::Skip(Skip::Empty)));
    }
    Ok(ControlFlow::Continue(()))
}

fn unreadable(
    error: csv::Error,
    line: u64,
    limit: u64,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<RowTooLong>()) => {
            Ok(sink(Item::Skip(Skip::LineTooLong { line, limit })))
        }
        csv::ErrorKind::Io(error) => Err(error),
        // A row of any length is taken, and bytes are not decoded by the reader: nothing else is left to go wrong.
        other => Err(io::Error::other(format!("{other:?}"))),
    }
}

impl FieldNames {
    /// Finds the field that a column is; a name that was given counts in any case.
    fn find_column(&self, title: &str) -> Option<(Field, usize)> {
        self.find(title).or_else(|| self.find(&title.to_lowercase()))
    }
}

/// Reads the line `sep=;` that Excel writes and honours: the separator, and the length of the line.
fn declared_separator(head: &[u8]) -> (Option<u8>, usize) {
    let is_declaration = head.get(..4).is_some_and(|mark| mark.eq_ignore_ascii_case(b"sep="));
    let Some(separator) = head.get(4).filter(|_| is_declaration) else { return (None, 0) };
    let rest = head.get(5..).unwrap_or_default();
    let end = [b"\r\n".as_slice(), b"\n"].into_iter().find(|end| rest.starts_with(end));
    end.map_or((None, 0), |end| (Some(*separator), 5 + end.len()))
}

/// Returns what parts the columns of the first row.
fn separator(sample: &[u8], names: &FieldNames) -> u8 {
    let score = |separator: &u8| {
        let mut rows = ReaderBuilder::new().delimiter(*separator).has_headers(false).from_reader(sample);
        let mut row = ByteRecord::new();
        let _ = rows.read_byte_record(&mut row);
        let is_known = |cell: &&[u8]| names.find_column(String::from_utf8_lossy(cell).trim()).is_some();
        (row.iter().filter(is_known).count(), row.len())
    };
    // `max_by_key` would take the last of equals.
    let best = SEPARATORS.iter().rev().max_by_key(|separator| score(separator));
    best.copied().unwrap_or(b',')
}

/// Guesses the encoding of a table from its beginning; `None` for UTF-8, and for what may be.
fn sample_charset(sample: &[u8]) -> Option<Charset> {
    match std::str::from_utf8(sample) {
        Ok(_) => None,
        // A letter cut by the end of the sample.
        Err(error) if error.error_len().is_none() => None,
        Err(_) => Some(charset::guess(sample)),
    }
}

fn decoded(cell: &[u8], charset: Option<Charset>) -> Cow<'_, str> {
    match charset {
        Some(charset) => charset.decode(cell),
        None => String::from_utf8_lossy(cell),
    }
}

/// Names columns for a message: not more, and not longer, than a person reads.
fn shown(columns: &[String]) -> Vec<String> {
    columns.iter().take(12).map(|column| column.chars().take(30).collect()).collect()
}

/// Ends with an error when more is read than one row may take.
struct Bounded<'a> {
    inner: &'a mut dyn BufRead,
    left: Rc<Cell<u64>>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other(RowTooLong));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

#[derive(Debug)]
struct RowTooLong;

impl std::fmt::Display for RowTooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the row is too long")
    }
}

impl std::error::Error for RowTooLong {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    fn items(bytes: &[u8], names: &str, limit: u64) -> Vec<Item> {
        let mut items = Vec::new();
        let origin = Origin::file(std::path::Path::new("/presse"), "tout.csv");
        let names = if names.is_empty() { FieldNames::default() } else { names.parse().unwrap() };
        let mut source = io::BufReader::new(bytes);
        let flow = read(&mut source, &origin, &names, limit, &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        });
        assert!(flow.unwrap().is_continue());
        items
    }

    fn articles(bytes: &[u8], names: &str) -> Vec<Article> {
        let article = |item| match item {
            Item::Record(record) => record.article,
            Item::Skip(skip) => panic!("{skip:?}"),
        };
        items(bytes, names, 1 << 20).into_iter().map(article).collect()
    }

    #[test]
    fn the_separator_is_found() {
        for (separator, first) in [(",", ""), (";", ""), ("\t", ""), ("|", ""), (";", "sep=;\r\n"), (";", "\u{feff}")] {
            let row = |cells: [&str; 4]| format!("{}\r\n", cells.join(separator));
            let head = row(["Id", "TITRE", "texte", "date"]);
            let body = row(["7", "La crue", "\"L’eau, « ; » \"\"monte\"\".\nVite\"", "2024-05-03"]);
            let last = row(["8", "Le pont", "Il a cédé.", "2024-05-04"]);
            let found = articles(format!("{first}{head}{body}\r\n{last}").as_bytes(), "");
            assert_eq!(found.len(), 2, "{separator:?}");
            assert_eq!((found[0].id(), found[0].get_title()), ("7", "La crue"));
            assert_eq!(found[0].get_body(), "L’eau, « ; » \"monte\".\nVite");
            assert_eq!(found[0].get_date().unwrap().to_string(), "2024-05-03");
            assert_eq!(found[1].get_line(), found[0].get_line() + 3);
        }
    }

    #[test]
    fn columns_are_mapped_by_name() {
        let found = articles(b"ref,verbatim,text\n1,oui,non\n", "body=verbatim,id=ref");
        assert_eq!((found[0].id(), found[0].get_body()), ("1", "oui"));
        let [Item::Skip(Skip::NoTextColumn { columns })] = &items(b"ref,verbatim\n1,oui\n", "", 100)[..] else {
            panic!()
        };
        assert_eq!(columns, &["ref", "verbatim"]);
    }

    #[test]
    fn an_empty_cell_takes_no_place() {
        let found = articles(b"titre;text;texte_integral\nUn;;Un putois.\nDeux; ;Une fouine.\nTrois;t;u\n", "");
        let bodies: Vec<_> = found.iter().map(Article::get_body).collect();
        assert_eq!(bodies, ["Un putois.", "Une fouine.", "t"]);
    }

    #[test]
    fn tables_of_legacy_encodings_are_read() {
        let table = "titre;texte\nLa préfète;L’été à Évreux : 12 €\nÇa;« Où ? »\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(table);
        let found = articles(&bytes, "");
        assert_eq!((found[0].get_title(), found[0].get_body()), ("La préfète", "L’été à Évreux : 12 €"));
        assert_eq!(found[1].get_body(), "« Où ? »");
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_is_bounded() {
        let text = format!("text\n\"ouvert {}", "a\n".repeat(200_000));
        let found = items(text.as_bytes(), "", 10_000);
        assert!(matches!(found[..], [Item::Skip(Skip::LineTooLong { limit: 10_000, .. })]), "{found:?}");
    }

    #[test]
    fn rows_without_text_and_rows_of_any_length_are_told_or_read() {
        let found = items(b"id,text,date\n1,un\n2\n3,trois,hier,de trop\n,,\n", "", 1000);
        let codes: Vec<_> = found
            .iter()
            .map(|item| match item {
                Item::Record(record) => record.article.id(),
                Item::Skip(skip) => skip.code(),
            })
            .collect();
        assert_eq!(codes, ["1", "missing-text", "unreadable-date", "3"]);
        assert_eq!(items(b"", "", 10), [Item::Skip(Skip::Empty)]);
    }
}
