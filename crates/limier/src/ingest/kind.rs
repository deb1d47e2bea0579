//! How a file is read, from its name.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::{Error, ErrorKind};

/// How a file is read.
///
/// Each is known by a name, which [`FromStr`] reads and `Display` writes: `text`, `markdown`, `json` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// One article, plain text: `.txt`, `.text`, and files without extension that hold text.
    Text,
    /// One article, Markdown: `.md`, `.markdown`.
    Markdown,
    /// One article, a page of HTML: `.html`, `.htm`, `.xhtml`, and texts that begin as a page does.
    Html,
    /// One article a line, each a JSON object: `.jsonl`, `.ndjson`.
    JsonLines,
    /// One article an object, in an array or one after the other: `.json`.
    Json,
    /// One article a row: `.csv`, `.tsv`, `.tab`.
    Table,
    /// One article, a book: `.epub`.
    Epub,
    /// One article, OpenDocument text: `.odt`.
    Odt,
    /// One article, Office Open XML text: `.docx`.
    Docx,
    /// One article, what a command of the user's makes of the file.
    Command,
}

/// The kinds that files have by their names, by the name of the kind.
const NAMES: [(&str, Kind); 9] = [
    ("text", Kind::Text),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("jsonl", Kind::JsonLines),
    ("json", Kind::Json),
    ("csv", Kind::Table),
    ("epub", Kind::Epub),
    ("odt", Kind::Odt),
    ("docx", Kind::Docx),
];

/// Extensions, and how such files are read.
const EXTENSIONS: [(&str, Kind); 17] = [
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("xht", Kind::Html),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
    ("json", Kind::Json),
    ("csv", Kind::Table),
    ("tsv", Kind::Table),
    ("tab", Kind::Table),
    ("epub", Kind::Epub),
    ("odt", Kind::Odt),
    ("docx", Kind::Docx),
];

/// Extensions of files that are packed, by what the file holds.
const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

impl Kind {
    /// Returns how the file of this name is read; of a packed file, how what is packed in it is.
    ///
    /// # Errors
    /// The extension, in lower case, when files of this type are not read.
    ///
    /// ```
    /// use limier::ingest::Kind;
    /// assert_eq!(Kind::of("notes.MD"), Ok(Kind::Markdown));
    /// assert_eq!(Kind::of("LISEZMOI"), Ok(Kind::Text));
    /// assert_eq!(Kind::of("scan.pdf"), Err("pdf".to_owned()));
    /// # #[cfg(feature = "packed")]
    /// assert_eq!(Kind::of("presse.jsonl.gz"), Ok(Kind::JsonLines));
    /// ```
    pub fn of(path: impl AsRef<Path>) -> Result<Kind, String> {
        let path = path.as_ref();
        let extension = path.extension().unwrap_or_default();
        if cfg!(feature = "packed") && PACKED.iter().any(|packed| extension.eq_ignore_ascii_case(packed)) {
            let packing = extension.to_string_lossy().to_lowercase();
            let inner = Path::new(path.file_stem().unwrap_or_default());
            return Kind::of_plain(inner).map_err(|extension| format!("{extension}.{packing}"));
        }
        Kind::of_plain(path)
    }

    fn of_plain(path: &Path) -> Result<Kind, String> {
        let extension = path.extension().unwrap_or_default();
        let known = EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
        if let Some((_, kind)) = known.filter(|(_, kind)| kind.is_built_in()) {
            return Ok(*kind);
        }
        let extension = extension.to_string_lossy().to_lowercase();
        // No extension, or a point in the middle of a name ("Lettre à M. Dupont"): the content decides.
        if is_extension(&extension) { Err(extension) } else { Ok(Kind::Text) }
    }

    /// Returns the names of the kinds that [`FromStr`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter(|(_, kind)| kind.is_built_in()).map(|(name, _)| *name)
    }

    /// Tells whether a file of this kind is held in memory as a whole while it is read.
    pub fn is_read_whole(self) -> bool {
        !matches!(self, Kind::JsonLines | Kind::Json | Kind::Table)
    }

    /// Tells whether a file of this kind holds records, each at one place of the file.
    pub fn has_records(self) -> bool {
        matches!(self, Kind::JsonLines | Kind::Json | Kind::Table)
    }

    /// Tells whether the library was built with what reads this kind.
    pub(super) fn is_built_in(self) -> bool {
        match self {
            Kind::Html => cfg!(feature = "html"),
            Kind::Table => cfg!(feature = "csv"),
            Kind::Epub | Kind::Odt | Kind::Docx => cfg!(feature = "office"),
            _ => true,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(_, kind)| kind == self).map_or("command", |(name, _)| name))
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Kind, Error> {
        let known = NAMES.iter().find(|(name, kind)| *name == text && kind.is_built_in());
        known.map(|(_, kind)| *kind).ok_or_else(|| {
            let names: Vec<&str> = Kind::names().collect();
            let text = format!("{text:?} is no type of file: use one of {}", names.join(", "));
            Error::new(ErrorKind::InvalidOption, text)
        })
    }
}

/// Returns the extension of a file of a type that is not read, told from how it begins, whatever its name says.
pub(super) fn foreign_type(head: &[u8]) -> Option<&'static str> {
    let begins = |mark: &[u8]| head.starts_with(mark);
    if begins(b"%PDF-") {
        return Some("pdf");
    }
    if begins(b"{\\rtf") {
        return Some("rtf");
    }
    // The container of the formats of Office before 2007: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb
    begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").then_some("doc")
}

fn is_extension(text: &str) -> bool {
    let short = (1..=10).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"~+_-".contains(&byte));
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'~');
    short && plain && has_letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide() {
        for (name, expected) in [
            ("a.txt", Ok(Kind::Text)),
            ("a.TXT", Ok(Kind::Text)),
            ("a.text", Ok(Kind::Text)),
            ("a", Ok(Kind::Text)),
            ("Lettre à M. Dupont de Nemours", Ok(Kind::Text)),
            ("réunion du 26.11.2024", Ok(Kind::Text)),
            ("a.b.md", Ok(Kind::Markdown)),
            ("a.markdown", Ok(Kind::Markdown)),
            ("a.ndjson", Ok(Kind::JsonLines)),
            ("a.jsonl", Ok(Kind::JsonLines)),
            ("a.json", Ok(Kind::Json)),
            ("a.PDF", Err("pdf".to_owned())),
            ("a.mp3", Err("mp3".to_owned())),
            ("a.txt~", Err("txt~".to_owned())),
        ] {
            assert_eq!(Kind::of(name), expected, "{name}");
        }
    }

    #[test]
    #[cfg(all(feature = "csv", feature = "packed", feature = "office"))]
    fn names_of_packed_and_composed_files_decide() {
        for (name, expected) in [
            ("a.csv", Ok(Kind::Table)),
            ("a.tsv", Ok(Kind::Table)),
            ("a.EPUB", Ok(Kind::Epub)),
            ("a.odt", Ok(Kind::Odt)),
            ("a.docx", Ok(Kind::Docx)),
            ("a.txt.gz", Ok(Kind::Text)),
            ("a.jsonl.ZST", Ok(Kind::JsonLines)),
            ("a.gz", Ok(Kind::Text)),
            ("a.tar.gz", Err("tar.gz".to_owned())),
        ] {
            assert_eq!(Kind::of(name), expected, "{name}");
        }
    }

    #[test]
    fn each_name_is_read_back() {
        for name in Kind::names() {
            assert_eq!(name.parse::<Kind>().unwrap().to_string(), name);
        }
        let error = "pdf".parse::<Kind>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOption);
        assert!(error.to_string().contains("text, markdown"), "{error}");
    }
}
