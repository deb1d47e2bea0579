//! Articles of one file, or of standard input.
//!
//! What a file [begins](beginning) with tells how its [content](content) is read; all that passes is hashed at its
//! [source](source).

mod beginning;
mod content;
mod source;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use serde::Serialize;

use super::decode::Encoding;
use super::{Kind, Origin, ReadOptions, Skip, mojibake};
use crate::{Article, language};

pub(super) use beginning::text_of_file;
use content::{Packing, Reading};
use source::Hashing;
pub(crate) use source::hash;

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
    read_sized(source, None, kind, origin, options, sink)
}

/// Reads as [`read`] does, where the size of the source is known in bytes, or none.
fn read_sized(
    source: &mut dyn Read,
    size: Option<u64>,
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
    let mut source = Hashing::new(source);
    let flow = Reading { origin, options }.content(&mut source, size, kind, Packing::Possible, &mut finished)?;
    if flow.is_continue() {
        // What was not looked at is part of the content, too.
        source.finish()?;
    }
    Ok(Outcome { bytes: source.count(), hash: source.digest(), stopped: flow.is_break() })
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
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    read_open(&mut file, size, kind, origin, options, sink)
}

/// Reads the articles of a file of `size` bytes that is open at its beginning, as [`read_file`] does.
pub(crate) fn read_open(
    file: &mut File,
    size: u64,
    kind: Kind,
    origin: &Origin,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> io::Result<Outcome> {
    let (Kind::Command, Some(command), Some(path)) = (kind, &options.command, origin.path()) else {
        return read_sized(file, Some(size), kind, origin, options, sink);
    };
    let mut source = Hashing::new(file);
    source.finish()?;
    let (bytes, hash) = (source.count(), source.digest());
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
