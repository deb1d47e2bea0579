//! JSON: one article an object, in an array or one after the other, read as a stream.
//!
//! An array may lie in an object that is none itself, under one of the names that exports give it: `{"articles": [...]}`.
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
            Step::Array => {
                object.clear();
                ControlFlow::Continue(())
            }
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
    if framing.depth > 0 || framing.around > 0 {
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
    /// The string that was read last, as far as it may be the name of an array, and what came behind it.
    name: Vec<u8>,
    behind: Behind,
    /// How many objects are open around the array that is read; 0 outside of one.
    around: u32,
    /// Whether the open object holds such an array: it is no article itself.
    is_around: bool,
    /// Whether the open object has a text of its own: then it is an article, whatever its arrays are called.
    has_text: bool,
}

/// What stood behind a string of an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Behind {
    #[default]
    Nothing,
    Colon,
    Bracket,
}

/// What exports call the array of their articles.
const ARRAYS: [&str; 23] = [
    "articles",
    "items",
    "entries",
    "results",
    "resultats",
    "résultats",
    "records",
    "documents",
    "docs",
    "posts",
    "data",
    "donnees",
    "données",
    "rows",
    "hits",
    "publications",
    "billets",
    "depeches",
    "dépêches",
    "entrees",
    "entrées",
    "actualités",
    "textes",
];

/// Tells whether an array of this name holds articles.
pub(super) fn is_array_of_articles(name: &[u8]) -> bool {
    ARRAYS.iter().any(|known| known.as_bytes() == name)
}

/// What the text of an article is called: an object that has one holds no array of articles.
const TEXTS: [&str; 6] = ["text", "body", "content", "texte", "corps", "contenu"];

/// Objects nested deeper hold no array of articles.
const DEEPEST: u32 = 3;

/// No name of an array is longer, in bytes.
const LONGEST_NAME: usize = 12;

/// What a run of bytes is.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Blanks, brackets and commas between objects.
    Outside,
    /// A part of an object.
    Inside,
    /// The beginning of an array of articles: what was read of the object around it is none.
    Array,
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
                if self.in_string && self.depth <= DEEPEST && self.name.len() <= LONGEST_NAME {
                    self.name.push(byte);
                }
                continue;
            }
            match byte {
                b'"' => {
                    self.in_string = true;
                    self.name.clear();
                    self.behind = Behind::Nothing;
                }
                b'{' if self.behind == Behind::Bracket => {
                    // Its objects are read as those of an array that stands alone.
                    (self.around, self.depth) = (self.depth, 0);
                    (self.behind, self.is_around) = (Behind::Nothing, false);
                    return (at, Step::Array);
                }
                b'{' => {
                    self.depth = self.depth.saturating_add(1);
                    self.behind = Behind::Nothing;
                }
                b'}' => self.depth -= 1,
                b':' => {
                    self.behind = Behind::Colon;
                    self.has_text |=
                        self.depth == 1 && TEXTS.iter().any(|text| text.as_bytes() == self.name.as_slice());
                }
                b'[' if self.behind == Behind::Colon && self.may_hold_array() => {
                    self.behind = Behind::Bracket;
                }
                _ if byte.is_ascii_whitespace() => {}
                _ => self.behind = Behind::Nothing,
            }
            if self.depth == 0 {
                let step = if std::mem::take(&mut self.is_around) { Step::Outside } else { Step::End };
                return (at + 1, step);
            }
        }
        (bytes.len(), if self.is_around { Step::Outside } else { Step::Inside })
    }

    fn may_hold_array(&self) -> bool {
        self.depth <= DEEPEST && !self.has_text && is_array_of_articles(&self.name)
    }

    fn between(&mut self, bytes: &[u8]) -> (usize, Step) {
        // RFC 7464 sets a record separator before each text of a sequence; a byte-order mark may come first.
        let brackets: &[u8] = if self.around > 0 { b"" } else { b"[]" };
        let is_space =
            |byte: &u8| byte.is_ascii_whitespace() || b",\x1e\xef\xbb\xbf".contains(byte) || brackets.contains(byte);
        let length = bytes.iter().take_while(|byte| is_space(byte)).count();
        if length > 0 {
            let lines = bytes.iter().take(length).filter(|&&byte| byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            return (length, Step::Outside);
        }
        if self.around > 0 && bytes.first() == Some(&b']') {
            // The object around goes on.
            (self.depth, self.around) = (self.around, 0);
            self.is_around = true;
            return (1, Step::Outside);
        }
        if bytes.first() == Some(&b'{') {
            (self.depth, self.begun, self.has_text) = (1, self.line, false);
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
    fn an_array_in_an_object_is_read_where_exports_put_it() {
        for buffer in [1, 5, 4096] {
            let export = "{\"total\":2,\"title\":\"Le Fil\",\n\"articles\" : [\n{\"id\":\"a\",\"text\":\"Un\",\"items\":[{\"x\":1}]},\n\
                          {\"id\":\"b\",\"text\":\"Deux ]}\"}\n],\"pages\":{\"next\":\"]}\",\"items\":[]}}\n{\"id\":\"c\",\"text\":\"Trois\"}";
            assert_eq!(summary(&items(export, 100, buffer)), ["1 3:a Un", "2 4:b Deux ]}", "3 6:c Trois"]);
            let deep = "{\"response\":{\"docs\":[{\"id\":\"a\",\"text\":\"Un\"}],\"n\":1}}";
            assert_eq!(summary(&items(deep, 100, buffer)), ["1 1:a Un"]);
            // Arrays of an article are its own, and so are arrays of other things.
            let own = "{\"id\":\"a\",\"text\":\"Un\",\"results\":[{\"text\":\"x\"}]}{\"tags\":[{\"text\":\"x\"}],\"id\":\"b\",\"text\":\"y\"}";
            assert_eq!(summary(&items(own, 100, buffer)), ["1 1:a Un", "2 1:b y"]);
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
        let cut = "{\"items\":[{\"id\":\"a\",\"text\":\"Un\"},";
        assert_eq!(summary(&items(cut, 100, 3)), ["1 1:a Un", "broken-record 1"]);
        assert_eq!(summary(&items("[{\"text\":\"trop long\"},{\"text\":\"a\"}]", 14, 4)).len(), 2);
        assert_eq!(summary(&items("[{\"text\":\"trop long\"},{\"text\":\"a\"}]", 14, 4))[0], "line-too-long 1");
    }
}
