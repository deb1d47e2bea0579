//! A content as articles: what it is by how it begins, then whole or as a stream of records.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::{ControlFlow, Range};

use super::source::{Failing, is_damage};
use super::{Item, Record, Sink};
use crate::ingest::decode::{self, with_line_feeds};
#[cfg(feature = "packed")]
use crate::ingest::packed;
use crate::ingest::recurring::REST_BYTES;
use crate::ingest::sniff::{self, Form};
use crate::ingest::utf16::{self, Transcoded};
use crate::ingest::{
    Kind, Limits, Origin, ReadOptions, RecurringLines, Skip, jsonl, markdown, mojibake, objects, text,
};
use crate::passage::{lines_of_page, written_lines};

/// Room in bytes for the beginning of a content of unknown size.
const UNKNOWN_BYTES: usize = 8 << 10;

/// Whether a content may be packed: what was unpacked is not unpacked again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Possible,
    #[cfg(feature = "packed")]
    Undone,
}

/// One reading.
pub(super) struct Reading<'a> {
    pub(super) origin: &'a Origin,
    pub(super) options: &'a ReadOptions,
}

impl Reading<'_> {
    /// Reads what `source` holds, of `size` bytes where that is known.
    pub(super) fn content(
        &self,
        source: &mut dyn Read,
        size: Option<u64>,
        kind: Kind,
        packing: Packing,
        sink: &mut Sink<'_>,
    ) -> io::Result<ControlFlow<()>> {
        // Most files are smaller than their head may be, and are read at once into what they need.
        let room = size.map_or(UNKNOWN_BYTES, |size| usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1));
        let mut head = Vec::with_capacity(room.min(sniff::HEAD_BYTES));
        let failure = match (&mut *source).take(sniff::HEAD_BYTES as u64).read_to_end(&mut head) {
            // What came before the damage is read first.
            Err(error) if !is_damage(&error) || head.is_empty() => return Err(error),
            read => Failing(read.err()),
        };
        #[cfg(feature = "packed")]
        if packing == Packing::Possible && packed::is_packed(&head) {
            return self.packed(&mut Cursor::new(head).chain(buffered(source)), kind, sink);
        }
        let _ = packing;
        let form = match sniff::form(kind, &head) {
            Ok(form) => form,
            Err(skip) => return Ok(sink(Item::Skip(skip))),
        };
        match form {
            Form::Kind(kind) if kind.has_records() => {
                let source = &mut Cursor::new(head.as_slice()).chain(failure).chain(buffered(source));
                self.records(source, &head, kind, sink)
            }
            Form::Kind(kind) => self.whole(head, &mut failure.chain(source), kind, sink),
            Form::Zip => self.composed(head, &mut failure.chain(source), kind, sink),
        }
    }

    #[cfg(feature = "packed")]
    fn packed(&self, source: &mut dyn BufRead, kind: Kind, sink: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let limit = self.options.limits.unpacked_bytes;
        let mut unpacked = packed::Unpacked::new(source, limit)?;
        let flow = self.content(&mut unpacked, None, kind, Packing::Undone, sink);
        match flow {
            Ok(flow) if unpacked.is_cut && flow.is_continue() => Ok(sink(Item::Skip(Skip::Cut { limit }))),
            Ok(flow) => Ok(flow),
            // What can be unpacked before the damage was read.
            Err(error) if packed::is_damage(&error) => Ok(sink(Item::Skip(Skip::Damaged { error: error.to_string() }))),
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
            Kind::Table => crate::ingest::table::read(source, self.origin, fields, *line_bytes, sink),
            Kind::Json => objects::read(source, self.origin, fields, *line_bytes, sink),
            _ => jsonl::read(source, self.origin, fields, *line_bytes, sink),
        }
    }

    /// Reads a zip file: a book or a word-processor file.
    fn composed(
        &self,
        head: Vec<u8>,
        rest: &mut dyn Read,
        kind: Kind,
        sink: &mut Sink<'_>,
    ) -> io::Result<ControlFlow<()>> {
        let mut bytes = head;
        if let Some(skip) = self.fill(&mut bytes, rest)? {
            return Ok(sink(Item::Skip(skip)));
        }
        Ok(sink(self.composed_of(&bytes, kind)))
    }

    #[cfg(feature = "office")]
    fn composed_of(&self, bytes: &[u8], kind: Kind) -> Item {
        use crate::ingest::office;
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
    fn whole(
        &self,
        head: Vec<u8>,
        rest: &mut dyn Read,
        kind: Kind,
        sink: &mut Sink<'_>,
    ) -> io::Result<ControlFlow<()>> {
        let mut bytes = head;
        let damage = match self.fill(&mut bytes, rest) {
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
            Kind::Html | Kind::Text if crate::ingest::html::is_page(&text) || kind == Kind::Html => {
                match crate::ingest::html::article(id, &text, &name) {
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

    /// Adds the rest of a content to its beginning; says so where it is too large.
    fn fill(&self, bytes: &mut Vec<u8>, rest: &mut dyn Read) -> io::Result<Option<Skip>> {
        let limit = self.options.limits.file_bytes;
        let room = limit.saturating_add(1);
        rest.take(room.saturating_sub(bytes.len() as u64)).read_to_end(bytes)?;
        let length = room.min(bytes.len() as u64);
        Ok((length > limit).then_some(Skip::TooLarge { bytes: length, limit }))
    }
}

/// Reads a source by large pieces.
fn buffered(source: &mut dyn Read) -> BufReader<&mut dyn Read> {
    BufReader::with_capacity(64 << 10, source)
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

/// Decodes a text; a page may say its encoding.
pub(super) fn decoded(bytes: &[u8], kind: Kind) -> Option<decode::Decoded<'_>> {
    #[cfg(feature = "html")]
    if kind == Kind::Html {
        return crate::ingest::html::decode(bytes);
    }
    let _ = kind;
    decode::decode(bytes)
}
