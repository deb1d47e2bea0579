//! JSON: one article an object, in an array or one after the other, read as a stream.
//!
//! Only where an object begins and ends is told here, by its braces outside of strings; the parser reads each alone. So
//! a broken object costs itself, not those after it, and no more than one is in memory.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::jsonl::{hand_over, record};
use super::{FieldNames, Item, Origin, Skip};

/// Reads the articles of `source`, at most `limit` bytes of one object in memory at a time.
///
/// The record of an article is the number of its object, from 1; its line is that on which the object begins.
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
    let mut framing = Framing { line: 1, ..Framing::default() };
    let mut object = Vec::new();
    let mut number = 0u32;
    let mut told_junk = false;
    loop {
        let chunk = source.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let (used, step) = framing.advance(chunk);
        if let Step::Inside | Step::End = step {
            // Beyond the limit only the end is looked for.
            if object.len() as u64 <= limit {
                object.extend_from_slice(chunk.get(..used).unwrap_or_default());
            }
        }
        source.consume(used);
        let line = framing.begun;
        let flow = match step {
            Step::Outside | Step::Inside => ControlFlow::Continue(()),
            Step::End => {
                number = number.saturating_add(1);
                let flow = if object.len() as u64 > limit {
                    sink(Item::Skip(Skip::LineTooLong { line, limit }))
                } else {
                    let (read, encoding) = record(&object, (number, line), origin, names);
                    hand_over(read, (number, encoding), sink)
                };
                object.clear();
                flow
            }
            Step::Junk if told_junk => ControlFlow::Continue(()),
            Step::Junk => {
                told_junk = true;
                let error = "what stands between objects is none".to_owned();
                sink(Item::Skip(Skip::BrokenRecord { line: framing.line, column: 1, error }))
            }
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    if framing.depth > 0 {
        let error = "the file ends inside of an object".to_owned();
        return Ok(sink(Item::Skip(Skip::BrokenRecord { line: framing.begun, column: 1, error })));
    }
    if number == 0 && !told_junk {
        return Ok(sink(Item::Skip(Skip::Empty)));
    }
    Ok(ControlFlow::Continue(()))
}

/// Where reading stands among the objects.
#[derive(Default)]
struct Framing {
    /// The number of braces that are open.
    depth: u32,
    in_string: bool,
    after_backslash: bool,
    /// The 1-based line of what comes next.
    line: u32,
    /// The line on which the last object began.
    begun: u32,
}

/// What a run of bytes is.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Blanks, brackets and commas between objects.
    Outside,
    /// A part of an object.
    Inside,
    /// The end of an object.
    End,
    /// Something else between objects.
    Junk,
}

impl Framing {
    /// Goes on to the end of a run, and returns its length in bytes, at least 1, and what it is.
    fn advance(&mut self, bytes: &[u8]) -> (usize, Step) {
        if self.depth == 0 {
            return self.between(bytes);
        }
        for (at, &byte) in bytes.iter().enumerate() {
            self.line = self.line.saturating_add(u32::from(byte == b'\n'));
            if self.in_string {
                let is_escaped = std::mem::take(&mut self.after_backslash);
                self.after_backslash = byte == b'\\' && !is_escaped;
                self.in_string = byte != b'"' || is_escaped;
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' => self.depth = self.depth.saturating_add(1),
                b'}' => self.depth -= 1,
                _ => {}
            }
            if self.depth == 0 {
                return (at + 1, Step::End);
            }
        }
        (bytes.len(), Step::Inside)
    }

    fn between(&mut self, bytes: &[u8]) -> (usize, Step) {
        // RFC 7464 sets a record separator before each text of a sequence; a byte-order mark may come first.
        let is_space = |byte: &u8| byte.is_ascii_whitespace() || b"[],\x1e\xef\xbb\xbf".contains(byte);
        let length = bytes.iter().take_while(|byte| is_space(byte)).count();
        if length > 0 {
            let lines = bytes.iter().take(length).filter(|&&byte| byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            return (length, Step::Outside);
        }
        if bytes.first() == Some(&b'{') {
            (self.depth, self.begun) = (1, self.line);
            return (1, Step::Inside);
        }
        let junk = bytes.iter().take_while(|byte| **byte != b'{' && **byte != b'\n').count();
        (junk.max(1), Step::Junk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Record;

    /// Reads `text` through a buffer of `buffer` bytes.
    fn items(text: &str, limit: u64, buffer: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let origin = Origin::file(std::path::Path::new("/presse"), "tout.json");
        let mut source = io::BufReader::with_capacity(buffer, text.as_bytes());
        let flow = read(&mut source, &origin, &FieldNames::default(), limit, &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        });
        assert_eq!(flow.unwrap(), ControlFlow::Continue(()));
        items
    }

    fn summary(items: &[Item]) -> Vec<String> {
        let one = |item: &Item| match item {
            Item::Record(Record { article, record, .. }) => {
                format!("{record} {}:{} {}", article.get_line(), article.id(), article.get_body())
            }
            Item::Skip(skip) => format!("{} {}", skip.code(), skip.line().unwrap_or_default()),
        };
        items.iter().map(one).collect()
    }

    #[test]
    fn arrays_sequences_and_single_objects_are_read() {
        for buffer in [1, 7, 4096] {
            let array =
                "[\n {\"id\":\"a\",\"text\":\"Un \\\"}{\\\\\"},\n {\"text\":\"Deux\",\"tags\":[{\"x\":\"}\"}]}\n]\n";
            assert_eq!(summary(&items(array, 100, buffer)), ["1 2:a Un \"}{\\", "2 3:tout.json#2 Deux"]);
            let sequence = "\u{feff}{\"text\":\"Un\"}{\"text\":\n\"Deux\"}\n\u{1e}{\"text\":\"Trois\"}";
            let expected = ["1 1:tout.json#1 Un", "2 1:tout.json#2 Deux", "3 3:tout.json#3 Trois"];
            assert_eq!(summary(&items(sequence, 100, buffer)), expected);
        }
    }

    #[test]
    fn a_broken_object_costs_only_itself() {
        let text =
            "[{\"text\":\"a\"},\n{\"text\" \"b\"},\n12, \"x\",\n{\"titre\":\"sans texte\"},\n{\"text\":\"c\"},\n{\"te";
        for buffer in [1, 64] {
            let found = summary(&items(text, 100, buffer));
            let expected = [
                "1 1:tout.json#1 a",
                "broken-record 2",
                "broken-record 3",
                "missing-text 4",
                "4 5:tout.json#4 c",
                "broken-record 6",
            ];
            assert_eq!(found, expected);
        }
        assert_eq!(summary(&items("[ ]", 100, 10)), ["empty 0"]);
        assert_eq!(summary(&items("[{\"text\":\"trop long\"},{\"text\":\"a\"}]", 14, 4)).len(), 2);
        assert_eq!(summary(&items("[{\"text\":\"trop long\"},{\"text\":\"a\"}]", 14, 4))[0], "line-too-long 1");
    }
}
