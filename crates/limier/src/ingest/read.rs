//! Articles of one file, or of standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3Default;

use crate::{Article, language};

use super::decode::{self, Encoding, with_line_feeds};
use super::recurring::{REST_BYTES, Sampled};
use super::sniff::{self, Form};
use super::utf16::{self, Transcoded};
use super::{Kind, Limits, Origin, ReadOptions, RecurringLines, Skip, jsonl, markdown, mojibake, objects, text};
use crate::passage::{lines_of_page, written_lines};

/// An article, and where in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Record {
    /// The article, its id and path set.
    pub article: Article,
    /// What tells it from the others of its file: the 1-based line of a record, or the number of its object in JSON that is
    /// not JSON Lines; 0 for an article that is a whole file.
    pub record: u32,
    /// What its bytes were taken for; `None` for a file that says so itself, such as a book.
    pub encoding: Option<Encoding>,
    /// Whether letters were repaired that another program had broken, by reading UTF-8 as Windows-1252.
    pub repaired: bool,
    /// Lines of the body that are none of its author's words (menus, sharing, links to other articles): byte ranges,
    /// ascending. Looked for in plain text alone: readers of other formats leave such lines out.
    pub boilerplate: Box<[Range<usize>]>,
}

impl Record {
    /// Makes a record of an article whose letters were not touched.
    pub(super) fn new(article: Article, record: u32, encoding: Option<Encoding>) -> Record {
        Record { article, record, encoding, repaired: false, boilerplate: Box::default() }
    }
}

/// What reading hands over, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
// Handed over one at a time, and mostly the large one: a box for each article would gain nothing.
#[allow(clippy::large_enum_variant)]
pub enum Item {
    /// An article.
    Record(Record),
    /// Something that was left out.
    Skip(Skip),
}

/// Takes what is read; it may stop the reading.
pub(super) type Sink<'s> = dyn FnMut(Item) -> ControlFlow<()> + 's;

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The number of bytes read.
    pub bytes: u64,
    /// The 128-bit XXH3 hash of these bytes, by which a later reading knows the same content; serialized as
    /// 32 hexadecimal digits.
    #[serde(serialize_with = "crate::serialize::hexadecimal")]
    pub hash: u128,
    /// Whether the receiver stopped the reading: what follows was not read, and is not part of the hash.
    pub stopped: bool,
}

/// Reads the articles of `source` and hands them to `sink`, which may stop the reading.
///
/// `kind` is often [`Kind::of`] the file's name; where the content is plainly something else, it is read as that. Ids and
/// paths of the articles come from `origin`. What a command makes texts of is taken for plain text here:
/// [`read_file`] runs it.
///
/// # Errors
/// Whatever reading `source` gives; articles already handed over stand.
pub fn read(
    source: &mut dyn Read,
    kind: Kind,
    origin: &Origin,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let path = origin.path();
    let mut finished = |item: Item| match item {
        Item::Record(record) => sink(Item::Record(finish(record, path.as_deref()))),
        skip => sink(skip),
    };
    let mut hashing = Hashing { inner: source, hash: Xxh3Default::new(), bytes: 0 };
    let mut source = BufReader::with_capacity(64 << 10, &mut hashing);
    let flow = Reading { origin, options }.content(&mut source, kind, Packing::Possible, &mut finished)?;
    if flow.is_continue() {
        // What was not looked at is part of the content, too.
        io::copy(&mut source, &mut io::sink())?;
    }
    drop(source);
    Ok(Outcome { bytes: hashing.bytes, hash: hashing.hash.digest128(), stopped: flow.is_break() })
}

/// Reads the articles of the file at `origin`, as [`read`] does; of a [`Kind::Command`], what the command makes of it.
///
/// # Errors
/// Whatever opening and reading the file gives.
pub fn read_file(
    origin: &Origin,
    kind: Kind,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let path = origin.path().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    read_open(&mut File::open(path)?, kind, origin, options, sink)
}

/// Reads the articles of a file that is open at its beginning, as [`read_file`] does.
pub(crate) fn read_open(
    file: &mut File,
    kind: Kind,
    origin: &Origin,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let (Kind::Command, Some(command), Some(path)) = (kind, &options.command, origin.path()) else {
        return read(file, kind, origin, options, sink);
    };
    let mut hashing = Hashing { inner: file, hash: Xxh3Default::new(), bytes: 0 };
    io::copy(&mut hashing, &mut io::sink())?;
    let (bytes, hash) = (hashing.bytes, hashing.hash.digest128());
    let stopped = match command.run(&path, options.limits.file_bytes)? {
        Ok(output) => read(&mut output.as_slice(), Kind::Text, origin, options, sink)?.stopped,
        Err(skip) => sink(Item::Skip(skip)).is_break(),
    };
    Ok(Outcome { bytes, hash, stopped })
}

/// Reads the articles of standard input, or of any `source` without a name, as [`read`] does.
///
/// It is read as JSON Lines when its first byte that is not blank is `{`, else as what it plainly is, or as one plain text.
///
/// # Errors
/// Whatever reading `source` gives.
pub fn read_standard_input(
    source: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let mut head = Vec::new();
    let mut byte = [0];
    let mut source = BufReader::new(source);
    // Blanks before the first byte are kept: lines are counted from the first.
    while (head.len() as u64) < options.limits.file_bytes && source.read(&mut byte)? == 1 {
        head.extend(byte);
        let is_blank = byte[0].is_ascii_whitespace() || b"\xef\xbb\xbf".contains(&byte[0]);
        if !is_blank {
            break;
        }
    }
    let kind = if head.last() == Some(&b'{') { Kind::JsonLines } else { Kind::Text };
    read(&mut Cursor::new(head).chain(source), kind, &Origin::StandardInput, options, sink)
}

/// Adds to an article what is the same for every kind of file.
fn finish(mut record: Record, path: Option<&Path>) -> Record {
    if let Some(path) = path {
        record.article = record.article.of_file(path);
    }
    record.repaired |= mojibake::repair_article(&mut record.article);
    // What a file says of its language is often what the program that wrote it came with: the text counts for more.
    if let Some(lang) = language::detect(&record.article) {
        record.article = record.article.lang(lang);
    }
    record
}

/// Whether a content may be packed: what was unpacked is not unpacked again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Possible,
    #[cfg(feature = "packed")]
    Undone,
}

/// One reading.
struct Reading<'a> {
    origin: &'a Origin,
    options: &'a ReadOptions,
}

impl Reading<'_> {
    fn content(
        &self,
        source: &mut dyn BufRead,
        kind: Kind,
        packing: Packing,
        sink: &mut Sink<'_>,
    ) -> io::Result<ControlFlow<()>> {
        let mut head = Vec::with_capacity(sniff::HEAD_BYTES);
        let failure = match (&mut *source).take(sniff::HEAD_BYTES as u64).read_to_end(&mut head) {
            // What came before the damage is read first.
            Err(error) if !is_damage(&error) || head.is_empty() => return Err(error),
            read => Failing(read.err()),
        };
        #[cfg(feature = "packed")]
        if packing == Packing::Possible && super::packed::is_packed(&head) {
            return self.packed(&mut Cursor::new(head).chain(source), kind, sink);
        }
        let _ = packing;
        let form = match sniff::form(kind, &head) {
            Ok(form) => form,
            Err(skip) => return Ok(sink(Item::Skip(skip))),
        };
        let source = &mut Cursor::new(head.as_slice()).chain(failure).chain(source);
        match form {
            Form::Kind(kind) if kind.has_records() => self.records(source, &head, kind, sink),
            Form::Kind(kind) => self.whole(source, kind, sink),
            Form::Zip => self.composed(source, kind, sink),
        }
    }

    #[cfg(feature = "packed")]
    fn packed(&self, source: &mut dyn BufRead, kind: Kind, sink: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let limit = self.options.limits.unpacked_bytes;
        let mut unpacked = super::packed::Unpacked::new(source, limit)?;
        let flow = self.content(&mut BufReader::with_capacity(64 << 10, &mut unpacked), kind, Packing::Undone, sink);
        match flow {
            Ok(flow) if unpacked.is_cut && flow.is_continue() => Ok(sink(Item::Skip(Skip::Cut { limit }))),
            Ok(flow) => Ok(flow),
            // What can be unpacked before the damage was read.
            Err(error) if super::packed::is_damage(&error) => {
                Ok(sink(Item::Skip(Skip::Damaged { error: error.to_string() })))
            }
            Err(error) => Err(error),
        }
    }

    /// Reads a file of many articles as a stream.
    fn records(
        &self,
        source: &mut dyn BufRead,
        head: &[u8],
        kind: Kind,
        sink: &mut Sink<'_>,
    ) -> io::Result<ControlFlow<()>> {
        if head.is_empty() {
            return Ok(sink(Item::Skip(Skip::Empty)));
        }
        if let Some(encoding) = utf16::by_mark(head) {
            let mut source = BufReader::with_capacity(64 << 10, Transcoded::new(source, encoding));
            return self.records_of(&mut source, kind, &mut |item| match item {
                Item::Record(record) => sink(Item::Record(Record { encoding: Some(encoding), ..record })),
                skip => sink(skip),
            });
        }
        if !decode::is_text(head) {
            return Ok(sink(Item::Skip(Skip::NotText)));
        }
        self.records_of(source, kind, sink)
    }

    fn records_of(&self, source: &mut dyn BufRead, kind: Kind, sink: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let ReadOptions { limits: Limits { line_bytes, .. }, fields, .. } = self.options;
        match kind {
            #[cfg(feature = "csv")]
            Kind::Table => super::table::read(source, self.origin, fields, *line_bytes, sink),
            Kind::Json => objects::read(source, self.origin, fields, *line_bytes, sink),
            _ => jsonl::read(source, self.origin, fields, *line_bytes, sink),
        }
    }

    /// Reads a zip file: a book or a word-processor file.
    fn composed(&self, source: &mut dyn BufRead, kind: Kind, sink: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let bytes = match self.bytes(source)? {
            Ok(bytes) => bytes,
            Err(skip) => return Ok(sink(Item::Skip(skip))),
        };
        Ok(sink(self.composed_of(&bytes, kind)))
    }

    #[cfg(feature = "office")]
    fn composed_of(&self, bytes: &[u8], kind: Kind) -> Item {
        use super::office;
        let is_composed = matches!(kind, Kind::Epub | Kind::Odt | Kind::Docx);
        let Some(kind) = office::kind_of(bytes).or(Some(kind).filter(|_| is_composed)) else {
            return Item::Skip(Skip::NotText);
        };
        match office::article(bytes, kind, self.origin, self.options.limits.file_bytes) {
            Ok(article) => Item::Record(Record::new(article, 0, None)),
            Err(skip) => Item::Skip(skip),
        }
    }

    #[cfg(not(feature = "office"))]
    fn composed_of(&self, _: &[u8], _: Kind) -> Item {
        Item::Skip(Skip::NotText)
    }

    /// Reads a file of one article, held in memory.
    fn whole(&self, source: &mut dyn BufRead, kind: Kind, sink: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let mut bytes = Vec::new();
        let damage = match self.fill(source, &mut bytes) {
            Ok(None) => None,
            Ok(Some(skip)) => return Ok(sink(Item::Skip(skip))),
            // A packed text that was cut short: what can be unpacked of it is read.
            Err(error) if is_damage(&error) && !bytes.is_empty() => Some(Skip::Damaged { error: error.to_string() }),
            Err(error) => return Err(error),
        };
        if let Some(damage) = damage
            && sink(Item::Skip(damage)).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let Some(decoded) = decoded(&bytes, kind) else {
            return Ok(sink(Item::Skip(Skip::NotText)));
        };
        let text = with_line_feeds(decoded.text);
        let repaired = mojibake::repair(&text).map(Cow::Owned);
        let is_repaired = repaired.is_some();
        let text = repaired.unwrap_or(text);
        if text.trim().is_empty() {
            return Ok(sink(Item::Skip(Skip::Empty)));
        }
        let (id, name) = (self.origin.id(0), self.origin.stem());
        let (article, skip) = match kind {
            #[cfg(feature = "html")]
            Kind::Html | Kind::Text if super::html::is_page(&text) || kind == Kind::Html => {
                match super::html::article(id, &text, &name) {
                    Some(article) => (article, None),
                    None => return Ok(sink(Item::Skip(Skip::Empty))),
                }
            }
            Kind::Markdown => markdown::article(id, &text, &name),
            // Exports of notes and of static sites.
            Kind::Text if text.starts_with("---\n") && markdown::has_front_matter(&text) => {
                markdown::article(id, &text, &name)
            }
            _ => (text::article(id, &text, &name, &self.options.recurring), None),
        };
        if let Some(skip) = skip
            && sink(Item::Skip(skip)).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let boilerplate = match kind {
            Kind::Text => boilerplate(article.get_body(), &self.options.recurring).into(),
            _ => Box::default(),
        };
        let record = Record::new(article, 0, Some(decoded.encoding));
        Ok(sink(Item::Record(Record { repaired: is_repaired, boilerplate, ..record })))
    }

    /// Reads a whole content, unless it is too large.
    #[cfg(feature = "office")]
    fn bytes(&self, source: &mut dyn BufRead) -> io::Result<Result<Vec<u8>, Skip>> {
        let mut bytes = Vec::new();
        Ok(self.fill(source, &mut bytes)?.map_or(Ok(bytes), Err))
    }

    /// Reads a whole content into `bytes`; says so where it is too large.
    fn fill(&self, source: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<Option<Skip>> {
        let limit = self.options.limits.file_bytes;
        source.take(limit.saturating_add(1)).read_to_end(bytes)?;
        let length = bytes.len() as u64;
        Ok((length > limit).then_some(Skip::TooLarge { bytes: length, limit }))
    }
}

/// Returns the lines of a body that are none of its author's words: byte ranges, ascending.
fn boilerplate(body: &str, recurring: &RecurringLines) -> Vec<Range<usize>> {
    let by_form = lines_of_page(body);
    if recurring.is_empty() {
        return by_form;
    }
    let mut forms = by_form.iter().peekable();
    let (mut found, mut rest) = (Vec::new(), 0);
    for (at, text) in written_lines(body) {
        if forms.next_if(|form| form.start == at).is_some() || recurring.is_boilerplate(text) {
            found.push(at..at + text.len());
        } else {
            rest += text.len();
        }
    }
    // Nothing else is left of it: these lines are its text.
    if rest < REST_BYTES { by_form } else { found }
}

/// Returns the beginning of a plain text, read as it will be; `None` for what is read otherwise, or cannot be.
pub(super) fn text_of_file(path: &Path) -> Option<Sampled> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).ok()?.take(sniff::HEAD_BYTES as u64 + 1);
    file.read_to_end(&mut bytes).ok()?;
    let is_whole = bytes.len() <= sniff::HEAD_BYTES;
    if !is_whole {
        bytes.truncate(bytes.iter().rposition(|&byte| byte == b'\n')?);
    }
    if sniff::form(Kind::Text, &bytes) != Ok(Form::Kind(Kind::Text)) {
        return None;
    }
    let text = with_line_feeds(decoded(&bytes, Kind::Text)?.text);
    #[cfg(feature = "html")]
    if super::html::is_page(&text) {
        return None;
    }
    let text = mojibake::repair(&text).unwrap_or_else(|| text.into_owned());
    Some(Sampled { text, is_whole })
}

/// A source that fails once, where there is an error, and holds nothing.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// Tells whether reading failed for what was read, and not for the disk.
fn is_damage(error: &io::Error) -> bool {
    #[cfg(feature = "packed")]
    return super::packed::is_damage(error);
    #[cfg(not(feature = "packed"))]
    {
        let _ = error;
        false
    }
}

/// Decodes a text; a page may say its encoding.
fn decoded(bytes: &[u8], kind: Kind) -> Option<decode::Decoded<'_>> {
    #[cfg(feature = "html")]
    if kind == Kind::Html {
        return super::html::decode(bytes);
    }
    let _ = kind;
    decode::decode(bytes)
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
        let outcome = read(&mut { bytes }, kind, &origin, &limits.into(), &mut collect(&mut items)).unwrap();
        (items, outcome)
    }

    fn only(items: &[Item]) -> &Article {
        match items {
            [Item::Record(record)] => &record.article,
            other => panic!("{other:?}"),
        }
    }

    fn encoding(items: &[Item]) -> Option<&'static str> {
        match items {
            [Item::Record(record)] => record.encoding.map(Encoding::name),
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
        assert_eq!((encoding(&found), outcome.bytes), (Some("UTF-8"), text.len() as u64));

        let (found, _) = items(b"L'\xe9t\xe9 \xe0 S\xe8te, la f\xeate\n", Kind::Text, Limits::default());
        assert_eq!(only(&found).get_body(), "L'été à Sète, la fête");
        assert_eq!(encoding(&found), Some("windows-1252"));
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
            let outcome =
                read_file(&origin, kind, &ReadOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap();
            assert_eq!(outcome.hash, hash(&mut File::open(&path).unwrap()).unwrap());
            assert_eq!(outcome.hash, xxhash_rust::xxh3::xxh3_128(content.as_bytes()));
            assert!(!outcome.stopped);
        }
    }

    #[test]
    fn what_another_program_broke_is_repaired_and_said_so() {
        for (content, kind) in [
            ("La prÃ©fÃ¨te parle\n\nElle a Ã©tÃ© entendue.", Kind::Text),
            ("{\"title\":\"La prÃ©fÃ¨te parle\",\"text\":\"Elle a Ã©tÃ© entendue.\"}", Kind::JsonLines),
            (
                "{\"title\":\"La pr\\u00c3\\u00a9f\\u00c3\\u00a8te parle\",\"text\":\"Elle a Ã©tÃ© entendue.\"}",
                Kind::Json,
            ),
        ] {
            let (found, _) = items(content.as_bytes(), kind, Limits::default());
            let article = only(&found);
            assert_eq!((article.get_title(), article.get_body()), ("La préfète parle", "Elle a été entendue."));
            assert!(matches!(&found[..], [Item::Record(Record { repaired: true, .. })]));
        }
    }

    #[test]
    fn records_in_utf16_are_read() {
        let text = "\u{feff}{\"text\":\"L’été\"}\n{\"text\":\"à Sète\"}\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (found, _) = items(&bytes, Kind::JsonLines, Limits::default());
        let encodings =
            |item: &Item| matches!(item, Item::Record(record) if record.encoding == Some(Encoding::Utf16Le));
        assert!(found.len() == 2 && found.iter().all(encodings), "{found:?}");
    }

    #[test]
    #[cfg(feature = "packed")]
    fn packed_files_are_read_whatever_their_name_and_up_to_a_limit() {
        use std::io::Write;
        let gzip = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let (found, outcome) = items(&gzip(b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n"), Kind::Text, Limits::default());
        assert_eq!(found.len(), 2);
        assert_eq!(outcome.hash, xxhash_rust::xxh3::xxh3_128(&gzip(b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n")));
        let bomb = gzip(&b"{\"text\":\"a\"}\n".repeat(100_000));
        let small = Limits { unpacked_bytes: 130, ..Limits::default() };
        let (found, _) = items(&bomb, Kind::JsonLines, small);
        assert_eq!((found.len(), found.last()), (11, Some(&Item::Skip(Skip::Cut { limit: 130 }))));
        let small = Limits { file_bytes: 1000, ..Limits::default() };
        let (found, _) = items(&gzip(&b" \n".repeat(10_000)), Kind::Text, small);
        assert_eq!(found, [Item::Skip(Skip::TooLarge { bytes: 1001, limit: 1000 })]);
        let (found, _) = items(&bomb[..bomb.len() / 2], Kind::JsonLines, Limits::default());
        assert!(matches!(found.last(), Some(Item::Skip(Skip::Damaged { .. }))), "{:?}", found.last());
        // Of a text that was cut short on its way, what came is read; what follows a text in its file is left out.
        let whole = gzip("Le pont\n\nIl ferme mardi soir, au grand dam des riverains.\n".as_bytes());
        for text in [whole[..whole.len() - 4].to_vec(), [&whole[..], b"\0\0reste"].concat()] {
            let (found, _) = items(&text, Kind::Text, Limits::default());
            let [Item::Skip(Skip::Damaged { .. }), Item::Record(record)] = &found[..] else { panic!("{found:?}") };
            assert_eq!(record.article.get_title(), "Le pont");
        }
        let (found, _) = items(&gzip(&gzip(b"texte")), Kind::Text, Limits::default());
        assert_eq!(found, [Item::Skip(Skip::NotText)]);
    }

    /// A source that makes records without end, and remembers how many bytes were asked of it.
    struct Endless<'a> {
        record: &'a [u8],
        first: &'a [u8],
        given: &'a std::cell::Cell<u64>,
    }

    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let at = self.given.get() as usize;
            let byte = |at: usize| match at.checked_sub(self.first.len()) {
                None => self.first[at],
                Some(at) => self.record[at % self.record.len()],
            };
            buffer.iter_mut().enumerate().for_each(|(i, slot)| *slot = byte(at + i));
            self.given.set((at + buffer.len()) as u64);
            Ok(buffer.len())
        }
    }

    #[test]
    fn records_are_handed_over_as_they_come() {
        let kinds: &[(Kind, &[u8], &[u8])] = &[
            (Kind::JsonLines, b"", b"{\"text\":\"Le pont a ete ferme.\"}\n"),
            (Kind::Json, b"[", b"{\"text\":\"Le pont a ete ferme.\"},\n"),
            #[cfg(feature = "csv")]
            (Kind::Table, b"text\n", b"Le pont a ete ferme sans plus.\n"),
        ];
        for (kind, first, record) in kinds {
            let given = std::cell::Cell::new(0);
            let mut source = Endless { record, first, given: &given };
            let (mut count, mut most) = (0u64, 0);
            read(&mut source, *kind, &Origin::StandardInput, &ReadOptions::default(), &mut |_| {
                count += 1;
                most = most.max(given.get().saturating_sub(count * record.len() as u64));
                if count < 100_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
            .unwrap();
            // Three megabytes were read; never more than some buffers lay between the source and the article.
            assert!(given.get() > 3_000_000 && most < 400_000, "{kind}: {most}");
        }
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let origin = Origin::file(std::path::Path::new("/nulle/part"), "a.txt");
        let error = read_file(&origin, Kind::Text, &ReadOptions::default(), &mut |_| panic!()).unwrap_err();
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
            read_standard_input(&mut input.as_bytes(), &ReadOptions::default(), &mut collect(&mut found)).unwrap();
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
        let outcome = read(&mut lines.as_bytes(), Kind::JsonLines, &origin, &ReadOptions::default(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert!(outcome.unwrap().stopped);
        assert_eq!(count, 1);
    }
}
