//! The queries of a file: one a line, or JSON Lines. A line that begins with `# ` is a comment.
//!
//! Lines are read one by one, so that queries that come through a pipe are answered as they come.

use std::collections::HashSet;
use std::io::{self, BufRead, Read};

use serde::Deserialize;

/// Bytes of a line that are read: more than any query has, so that a file of something else does not fill the memory.
const MAX_LINE: u64 = 1 << 20;

/// What the queries of a file are told apart by.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// Its own id, else the number of its line.
    pub(super) id: String,
    pub(super) text: String,
}

/// What a line came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Query(Numbered),
    /// The number of a line that holds no query that can be read, and why not.
    Odd(usize, Oddity),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    NotUtf8,
    /// Among lines of JSON: no object with a text.
    NoObject,
    /// An earlier query has its id: a run would hold two answers under one name.
    SameId,
    TooLong,
}

/// How the lines of a file are written, as the first one that is not empty tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    JsonLines,
}

/// A query as an object: BEIR's names, and those that others use.
#[derive(Deserialize)]
struct Object {
    #[serde(alias = "_id", alias = "query_id", alias = "qid")]
    id: Option<serde_json::Value>,
    #[serde(alias = "query")]
    text: String,
}

/// The lines of a file.
pub(super) struct Lines<R> {
    input: R,
    /// Of the line that was read last, from 1.
    number: usize,
    form: Option<Form>,
    /// Those of the queries that were read.
    ids: HashSet<String>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Lines<R> {
        Lines { input, number: 0, form: None, ids: HashSet::new() }
    }

    /// Reads one line without its end; `None` at the end, and whether more of it was there than is read.
    fn line(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let mut line = Vec::new();
        if self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_cut = line.len() as u64 == MAX_LINE && !line.ends_with(b"\n");
        if is_cut {
            // The rest of it is passed over, a buffer at a time.
            self.input.skip_until(b'\n')?;
        }
        Ok(Some((line, is_cut)))
    }

    fn read(&mut self, bytes: &[u8]) -> Option<Line> {
        let Ok(text) = std::str::from_utf8(bytes) else { return Some(Line::Odd(self.number, Oddity::NotUtf8)) };
        let text = if self.number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let text = text.trim();
        // A hashtag is no comment: `#grève`.
        if text.is_empty() || text == "#" || text.starts_with("# ") {
            return None;
        }
        let object = if text.starts_with('{') { serde_json::from_str::<Object>(text).ok() } else { None };
        let form = *self.form.get_or_insert(if object.is_some() { Form::JsonLines } else { Form::Plain });
        let number = self.number.to_string();
        Some(match (form, object) {
            (Form::Plain, _) => Line::Query(Numbered { id: number, text: text.to_owned() }),
            (Form::JsonLines, Some(object)) => {
                let id = match object.id {
                    Some(serde_json::Value::String(id)) => id,
                    Some(serde_json::Value::Number(id)) => id.to_string(),
                    _ => String::new(),
                };
                let id = if id.trim().is_empty() { number } else { id };
                if self.ids.insert(id.clone()) {
                    Line::Query(Numbered { id, text: object.text })
                } else {
                    Line::Odd(self.number, Oddity::SameId)
                }
            }
            (Form::JsonLines, None) => Line::Odd(self.number, Oddity::NoObject),
        })
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        loop {
            match self.line() {
                Err(error) => return Some(Err(error)),
                Ok(None) => return None,
                Ok(Some((_, true))) => return Some(Ok(Line::Odd(self.number, Oddity::TooLong))),
                Ok(Some((line, false))) => {
                    if let Some(line) = self.read(&line) {
                        return Some(Ok(line));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<Line> {
        Lines::new(input).map(Result::unwrap).collect()
    }

    fn query(id: &str, text: &str) -> Line {
        Line::Query(Numbered { id: id.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn an_id_names_one_query() {
        assert_eq!(
            lines(b"{\"id\":1,\"text\":\"a\"}\n{\"id\":\"1\",\"text\":\"b\"}\n{\"text\":\"c\"}"),
            [query("1", "a"), Line::Odd(2, Oddity::SameId), query("3", "c")]
        );
        // Without ids of their own, lines may be equal.
        assert_eq!(lines(b"a\na\n"), [query("1", "a"), query("2", "a")]);
    }

    #[test]
    fn one_a_line_is_numbered_by_its_line() {
        assert_eq!(
            lines("\u{feff}avion\r\n\n  crise éco \n{\"text\":\"x\"}\n#grève".as_bytes()),
            [query("1", "avion"), query("3", "crise éco"), query("4", "{\"text\":\"x\"}"), query("5", "#grève")]
        );
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"\n \n"), []);
        assert_eq!(
            lines("# vols\navion\n#\n  # {\n{\"text\":\"x\"}".as_bytes()),
            [query("2", "avion"), query("5", "{\"text\":\"x\"}")]
        );
        assert_eq!(lines(b"{ +avion }"), [query("1", "{ +avion }")]);
    }

    #[test]
    fn objects_bring_their_ids_along() {
        let input = "\n{\"_id\":\"q 1\",\"text\":\"avion\"}\n{\"id\":7,\"query\":\"train\"}\n{\"text\":\"nuit\"}\n\
                     avion\n{\"_id\":\"x\"}\n{\"_id\":\" \",\"text\":\"\"}\n";
        assert_eq!(
            lines(input.as_bytes()),
            [
                query("q 1", "avion"),
                query("7", "train"),
                query("4", "nuit"),
                Line::Odd(5, Oddity::NoObject),
                Line::Odd(6, Oddity::NoObject),
                // Line 7 has no id of its own, and its number is the id of another.
                Line::Odd(7, Oddity::SameId)
            ]
        );
    }

    #[test]
    fn lines_that_are_no_text_are_told_and_passed_over() {
        assert_eq!(lines(b"avion\n\xe9t\xe9\ntrain\n")[1..], [Line::Odd(2, Oddity::NotUtf8), query("3", "train")]);
        let mut long = vec![b'a'; MAX_LINE as usize + 5];
        long.extend(b"\ntrain\n");
        assert_eq!(lines(&long), [Line::Odd(1, Oddity::TooLong), query("2", "train")]);
        let mut full = vec![b'a'; MAX_LINE as usize - 1];
        full.push(b'\n');
        assert!(matches!(&lines(&full)[..], [Line::Query(_)]));
    }
}
