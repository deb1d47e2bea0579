//! From bytes to articles: folders are walked, files decoded, articles read out of them.
//!
//! | Files | Articles | What is read |
//! |---|---|---|
//! | `.txt`, `.text`, no extension | one a file | the title is the first line that reads as one, else the file's name; lines that recur in a folder give way ([`RecurringLines`]) |
//! | `.md`, `.markdown` | one a file | front matter (title, date, author, source, url), headings; marks are taken off |
//! | `.html`, `.htm`, `.xhtml` | one a file | the article without what surrounds it; title, date, author, source, url and language from JSON-LD, `<meta>` and the text |
//! | `.jsonl`, `.ndjson` | one a line | `_id\|id`, `title\|titre\|headline`, `text\|body\|content\|texte\|corps`, `date\|published\|date_published`, `author\|auteur`, `source\|site`, `url`, `lang\|langue\|language`, and what [`FieldNames`] adds |
//! | `.json` | one an object, in an array or one after the other | the same |
//! | `.csv`, `.tsv`, `.tab` | one a row | columns of the same names; what parts them is found |
//! | `.epub` | one a file | chapters in the order of the spine; title, authors, date, publisher and language of the package |
//! | `.odt`, `.docx` | one a file | paragraphs, tables and notes, without comments and what was deleted; title, author and date of the file's description |
//! | `.gz`, `.zst` of these | as what is packed | unpacked as it is read |
//!
//! What content plainly is counts for more than a name: a `.txt` that is packed, or a `.json` of JSON Lines, is read as what
//! it is. Other files are read where a [`Command`] makes a text of them. Records are read as a stream: memory does not grow
//! with the file.
//!
//! What is left out is told as data ([`Skip`]) and never stops the rest. Reading never fails on what a text holds: the
//! only errors are those of the file system.
//!
//! # Bodies, lines and offsets
//!
//! The body of an article is the decoded text from its first line that is not blank, with line ends written as `\n` and
//! blanks at its ends removed. A title that was a line of the text is not repeated in it: where lines stand before the
//! title it leaves a blank line, so that line *n* of the body is always line [`get_line`](crate::Article::get_line)` +
//! n - 1` of the file. Every line of the body of a record counts as the line on which the record begins; [`line_at`]
//! tells the line of any place.
//!
//! # Examples
//!
//! ```
//! use std::ops::ControlFlow;
//! use limier::ingest::{self, Item, Kind, Origin};
//!
//! let page = "Accueil > Région\n\nLe pont fermé aux poids lourds\n\nLe conseil a voté mardi.";
//! let origin = Origin::file(std::path::Path::new("articles"), "pont.txt");
//! let mut titles = Vec::new();
//! ingest::read(&mut page.as_bytes(), Kind::Text, &origin, &Default::default(), &mut |item| {
//!     if let Item::Record(record) = item {
//!         titles.push(record.article.get_title().to_owned());
//!     }
//!     ControlFlow::Continue(())
//! })?;
//! assert_eq!(titles, ["Le pont fermé aux poids lourds"]);
//! # Ok::<(), std::io::Error>(())
//! ```

/// The version of how articles are read: raised by every change after which the same file gives another article.
pub(crate) const VERSION: u32 = 13;

mod byline;
mod charset;
mod command;
mod dates;
mod decode;
mod fields;
mod front;
mod globs;
#[cfg(feature = "html")]
mod html;
mod inline;
mod jsonl;
mod kind;
mod labelled;
mod line;
mod markdown;
mod mojibake;
mod noise;
mod objects;
#[cfg(feature = "office")]
mod office;
mod options;
mod origin;
#[cfg(feature = "packed")]
mod packed;
mod read;
mod recurring;
mod republican;
mod skip;
mod sniff;
mod stamp;
#[cfg(feature = "csv")]
mod table;
mod text;
mod title;
mod utf16;
mod walk;

pub use charset::Charset;
pub use command::Command;
pub use decode::{Decoded, Encoding, decode};
pub use fields::FieldNames;
pub use globs::Globs;
pub use kind::Kind;
pub use line::line_at;
pub use options::{Limits, ReadOptions};
pub use origin::Origin;
pub(crate) use origin::{path_key, path_of_key, relative_key};
pub use read::{Item, Outcome, Record, read, read_file, read_standard_input};
pub(crate) use read::{hash, read_open};
pub use recurring::RecurringLines;
pub(crate) use recurring::sample;
pub use skip::{Skip, Skipped};
pub use stamp::Stamp;
pub(crate) use stamp::ns_since_epoch;
pub(crate) use walk::resolved;
pub use walk::{FileEntry, Listing, MAX_FILE_BYTES, Walk};
