//! Articles of one file, or of standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use xxhash_rust::xxh3::Xxh3Default;

use crate::Article;

use super::decode::{self, Encoding, with_line_feeds};
use super::{Kind, MAX_FILE_BYTES, Origin, Skip, jsonl, markdown, text};

/// An article, and where in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The article, its id and path set.
    pub article: Article,
    /// The 1-based line of the record; 0 for an article that is a whole file.
    pub record: u32,
}

/// What reading hands over, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Record(Record),
    /// Something that was left out.
    Skip(Skip),
}

/// How much is held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a text that must be read whole; 64 MiB by default.
    pub file_bytes: u64,
    /// The most bytes of one record of JSON Lines, its line end included; 64 MiB by default.
    pub line_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: MAX_FILE_BYTES, line_bytes: 64 << 20 }
    }
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The number of bytes read.
    pub bytes: u64,
    /// The 128-bit XXH3 hash of these bytes, by which a later reading knows the same content.
    pub hash: u128,
    /// What the bytes were taken for; `None` when nothing was decoded, and for JSON Lines, which are UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether the receiver stopped the reading: what follows was not read, and is not part of the hash.
    pub stopped: bool,
}

/// Reads the articles of `source` and hands them to `sink`, which may stop the reading.
///
/// `kind` is often [`Kind::of`] the file's name. Ids and paths of the articles come from `origin`.
///
/// # Errors
/// Whatever reading `source` gives; articles already handed over stand.
pub fn read(
    source: &mut dyn Read,
    kind: Kind,
    origin: &Origin,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let path = origin.path().map(|path| path.to_string_lossy().into_owned());
    let mut with_path = |item: Item| match (item, &path) {
        (Item::Record(Record { article, record }), Some(path)) => {
            sink(Item::Record(Record { article: article.path(path.as_str()), record }))
        }
        (item, _) => sink(item),
    };
    let mut source = Hashing { inner: source, hash: Xxh3Default::new(), bytes: 0 };
    let (flow, encoding) = match kind {
        Kind::JsonLines => read_lines(&mut source, origin, limits, &mut with_path)?,
        Kind::Text | Kind::Markdown => read_whole(&mut source, kind, origin, limits, &mut with_path)?,
    };
    Ok(Outcome { bytes: source.bytes, hash: source.hash.digest128(), encoding, stopped: flow.is_break() })
}

/// Reads the articles of the file at `origin`, as [`read`] does.
///
/// # Errors
/// Whatever opening and reading the file gives.
pub fn read_file(
    origin: &Origin,
    kind: Kind,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let path = origin.path().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    read(&mut File::open(path)?, kind, origin, limits, sink)
}

/// Reads the articles of standard input, or of any `source` without a name, as [`read`] does.
///
/// It is read as JSON Lines when its first byte that is not blank is `{`, else as one plain text.
///
/// # Errors
/// Whatever reading `source` gives.
pub fn read_standard_input(
    source: &mut dyn Read,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let mut head = Vec::new();
    let mut byte = [0];
    let mut source = BufReader::new(source);
    // Blanks before the first byte are kept: lines are counted from the first.
    while (head.len() as u64) < limits.file_bytes && source.read(&mut byte)? == 1 {
        head.extend(byte);
        let is_blank = byte[0].is_ascii_whitespace() || b"\xef\xbb\xbf".contains(&byte[0]);
        if !is_blank {
            break;
        }
    }
    let kind = if head.last() == Some(&b'{') { Kind::JsonLines } else { Kind::Text };
    read(&mut Cursor::new(head).chain(source), kind, &Origin::StandardInput, limits, sink)
}

type Flow = (ControlFlow<()>, Option<Encoding>);

fn read_lines(
    source: &mut Hashing<'_>,
    origin: &Origin,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Flow> {
    let mut source = BufReader::with_capacity(64 << 10, source);
    let head = source.fill_buf()?;
    let unread = if head.is_empty() {
        Some(Skip::Empty)
    } else if decode::is_text(head) {
        None
    } else {
        Some(Skip::NotText)
    };
    if let Some(skip) = unread {
        io::copy(&mut source, &mut io::sink())?;
        return Ok((sink(Item::Skip(skip)), None));
    }
    Ok((jsonl::read(&mut source, origin, limits.line_bytes, sink)?, None))
}

fn read_whole(
    source: &mut Hashing<'_>,
    kind: Kind,
    origin: &Origin,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Flow> {
    let limit = limits.file_bytes;
    let mut bytes = Vec::new();
    (&mut *source).take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok((sink(Item::Skip(Skip::TooLarge { bytes: bytes.len() as u64, limit })), None));
    }
    let Some(decoded) = decode::decode(&bytes) else {
        return Ok((sink(Item::Skip(Skip::NotText)), None));
    };
    let encoding = Some(decoded.encoding);
    let text = with_line_feeds(decoded.text);
    if text.trim().is_empty() {
        return Ok((sink(Item::Skip(Skip::Empty)), encoding));
    }
    let (article, skip) = match kind {
        Kind::Markdown => markdown::article(origin.id(0), &text, &origin.stem()),
        _ => (text::article(origin.id(0), &text, &origin.stem()), None),
    };
    if let Some(skip) = skip
        && sink(Item::Skip(skip)).is_break()
    {
        return Ok((ControlFlow::Break(()), encoding));
    }
    Ok((sink(Item::Record(Record { article, record: 0 })), encoding))
}

/// Hashes what is read through it.
struct Hashing<'a> {
    inner: &'a mut dyn Read,
    hash: Xxh3Default,
    bytes: u64,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Returns the hash that [`Outcome::hash`] gives for all that `source` holds.
pub(crate) fn hash(source: &mut dyn Read) -> io::Result<u128> {
    let mut source = Hashing { inner: source, hash: Xxh3Default::new(), bytes: 0 };
    io::copy(&mut source, &mut io::sink())?;
    Ok(source.hash.digest128())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(items: &mut Vec<Item>) -> impl FnMut(Item) -> ControlFlow<()> {
        |item| {
            items.push(item);
            ControlFlow::Continue(())
        }
    }

    fn items(bytes: &[u8], kind: Kind, limits: Limits) -> (Vec<Item>, Outcome) {
        let mut items = Vec::new();
        let origin = Origin::file(std::path::Path::new("/presse"), "a/pont.txt");
        let outcome = read(&mut { bytes }, kind, &origin, &limits, &mut collect(&mut items)).unwrap();
        (items, outcome)
    }

    fn only(items: &[Item]) -> &Article {
        match items {
            [Item::Record(record)] => &record.article,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_text_is_one_article_whatever_its_line_ends_and_encoding() {
        let text = b"\xef\xbb\xbfLe pont ferm\xc3\xa9 aux poids lourds\r\n\r\nLe conseil a vot\xc3\xa9.\r\nFin.\r\n";
        let (found, outcome) = items(text, Kind::Text, Limits::default());
        let article = only(&found);
        assert_eq!((article.id(), article.get_path()), ("a/pont.txt", Some("/presse/a/pont.txt")));
        assert_eq!(article.get_title(), "Le pont fermé aux poids lourds");
        assert_eq!((article.get_body(), article.get_line()), ("Le conseil a voté.\nFin.", 3));
        assert_eq!((outcome.encoding, outcome.bytes), (Some(Encoding::Utf8), text.len() as u64));

        let (found, outcome) = items(b"L'\xe9t\xe9 \xe0 S\xe8te, la f\xeate\n", Kind::Text, Limits::default());
        assert_eq!(only(&found).get_body(), "L'été à Sète, la fête");
        assert_eq!(outcome.encoding.unwrap().name(), "windows-1252");
    }

    #[test]
    fn what_cannot_be_an_article_is_told() {
        let small = Limits { file_bytes: 8, ..Limits::default() };
        for (bytes, kind, limits, expected) in [
            (&b""[..], Kind::Text, Limits::default(), Skip::Empty),
            (b" \r\n\t", Kind::Markdown, Limits::default(), Skip::Empty),
            (b"", Kind::JsonLines, Limits::default(), Skip::Empty),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Text, Limits::default(), Skip::NotText),
            (b"PK\x03\x04\x14\0\0\0", Kind::JsonLines, Limits::default(), Skip::NotText),
            (b"123456789", Kind::Text, small, Skip::TooLarge { bytes: 9, limit: 8 }),
        ] {
            assert_eq!(items(bytes, kind, limits).0, [Item::Skip(expected)]);
        }
    }

    #[test]
    fn a_line_of_five_megabytes_is_read() {
        let text = "Le pont est fermé. ".repeat(280_000);
        let (found, _) = items(text.as_bytes(), Kind::Text, Limits::default());
        let article = only(&found);
        assert_eq!((article.get_title(), article.get_body()), ("Pont", text.trim_end()));
        let record = serde_json::json!({ "text": text.trim_end() }).to_string();
        let (found, _) = items(record.as_bytes(), Kind::JsonLines, Limits::default());
        assert_eq!(only(&found).get_body(), text.trim_end());
    }

    #[test]
    fn the_hash_is_that_of_the_whole_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut lines = "{\"text\":\"a\"}\n".repeat(20_000);
        lines.push_str("[]");
        for (content, kind) in
            [(lines.as_str(), Kind::JsonLines), ("Le pont\n\nFermé.", Kind::Text), ("", Kind::JsonLines)]
        {
            std::fs::write(&path, content).unwrap();
            let origin = Origin::file(path.as_path(), "");
            let outcome = read_file(&origin, kind, &Limits::default(), &mut |_| ControlFlow::Continue(())).unwrap();
            assert_eq!(outcome.hash, hash(&mut File::open(&path).unwrap()).unwrap());
            assert_eq!(outcome.hash, xxhash_rust::xxh3::xxh3_128(content.as_bytes()));
            assert!(!outcome.stopped);
        }
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let origin = Origin::file(std::path::Path::new("/nulle/part"), "a.txt");
        let error = read_file(&origin, Kind::Text, &Limits::default(), &mut |_| panic!()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn standard_input_is_records_or_one_text() {
        for (input, expected) in [
            ("\n {\"text\":\"un\"}\n{\"id\":7,\"text\":\"deux\"}", vec![("-#2", "un"), ("7", "deux")]),
            ("\u{feff}{\"text\":\"un\"}", vec![("-#1", "un")]),
            ("La crue a emporté le pont\n\nIl était vieux.", vec![("-", "Il était vieux.")]),
            ("", vec![]),
        ] {
            let mut found = Vec::new();
            read_standard_input(&mut input.as_bytes(), &Limits::default(), &mut collect(&mut found)).unwrap();
            let mut records = Vec::new();
            for item in &found {
                if let Item::Record(Record { article, .. }) = item {
                    assert_eq!(article.get_path(), None);
                    records.push((article.id(), article.get_body()));
                }
            }
            assert_eq!(records, expected);
        }
    }

    #[test]
    fn the_receiver_stops_the_reading() {
        let lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
        let mut count = 0;
        let origin = Origin::StandardInput;
        let outcome = read(&mut lines.as_bytes(), Kind::JsonLines, &origin, &Limits::default(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert!(outcome.unwrap().stopped);
        assert_eq!(count, 1);
    }
}
