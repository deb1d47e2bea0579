//! Books and word-processor files: a zip file of XML, read out of memory.
//!
//! Each format is a small module that says which entries hold the text and what describes it; what they share is here and
//! in [`xml`].

mod docx;
mod epub;
mod odt;
mod plain;
mod xml;

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::Article;

use super::{Kind, Origin, Skip, dates, decode, text, title};
use plain::Plain;

/// Makes an article of a file of one of these kinds.
///
/// # Errors
/// Why there is none: the file is damaged, unpacks to more than `limit` bytes, or holds no text.
pub(super) fn article(bytes: &[u8], kind: Kind, origin: &Origin, limit: u64) -> Result<Article, Skip> {
    let mut package = Package::open(bytes, limit)?;
    let content = match kind {
        Kind::Epub => epub::read(&mut package)?,
        Kind::Odt => odt::read(&mut package)?,
        _ => docx::read(&mut package)?,
    };
    content.article(origin)
}

/// Tells which kind a zip file is by what it holds, whatever its name says.
pub(super) fn kind_of(bytes: &[u8]) -> Option<Kind> {
    let mut package = Package::open(bytes, 1 << 10).ok()?;
    match package.read("mimetype").ok().flatten().as_deref().map(str::trim) {
        Some("application/epub+zip") => return Some(Kind::Epub),
        Some("application/vnd.oasis.opendocument.text") => return Some(Kind::Odt),
        _ => {}
    }
    let has = |name: &str| package.archive.index_for_name(name).is_some();
    if has("META-INF/container.xml") {
        return Some(Kind::Epub);
    }
    has("word/document.xml").then_some(Kind::Docx)
}

/// What a file says: its text, and what describes it.
#[derive(Debug, Default)]
struct Content {
    /// The title that the file's description gives.
    title: Option<String>,
    /// A paragraph that is set as the title.
    title_line: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
    source: Option<String>,
    lang: Option<String>,
    text: String,
}

impl Content {
    fn article(self, origin: &Origin) -> Result<Article, Skip> {
        let body = self.text.trim();
        if body.is_empty() {
            return Err(Skip::Empty);
        }
        let id = origin.id(0);
        let title = [self.title, self.title_line].into_iter().flatten().map(|text| title::one_line(&text));
        let mut article = match title.into_iter().find(|title| is_title(title)) {
            Some(title) => {
                let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
                let repeats = title::same(first, &title) && !rest.trim().is_empty();
                Article::new(id).body(if repeats { rest.trim_start() } else { body }).title(title)
            }
            // A paragraph is no line of the file.
            None => text::article(id, body, &origin.stem(), &crate::ingest::RecurringLines::default()).line(0),
        };
        if !self.authors.is_empty() {
            article = article.author(self.authors.join(", "));
        }
        if let Some(date) = self.date.and_then(|date| dates::of_record(&date)) {
            article = article.date(date);
        }
        if let Some(source) = self.source {
            article = article.source(source);
        }
        if let Some(lang) = self.lang {
            article = article.lang(lang);
        }
        Ok(article)
    }
}

/// Tells whether a title says something: programs write the name of the file, or their own, where nobody wrote a title.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_default = ["microsoft word", "document", "sans titre", "untitled", "sans nom"]
        .iter()
        .any(|name| lower.strip_prefix(name).is_some_and(|rest| !rest.chars().any(char::is_alphabetic)))
        || lower.starts_with("microsoft word - ");
    lower.chars().any(char::is_alphanumeric) && !is_default
}

/// The entries of a zip file, of which only so many bytes are unpacked in all.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    limit: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], limit: u64) -> Result<Package<'a>, Skip> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Package { archive, left: limit, limit })
    }

    /// Reads an entry as text; `None` when there is no such entry.
    fn read(&mut self, name: &str) -> Result<Option<String>, Skip> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(error)),
        };
        let mut bytes = Vec::new();
        // What an entry says of its size is not believed.
        entry.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(Skip::TooLarge { bytes: self.limit.saturating_add(1), limit: self.limit });
        };
        self.left = left;
        let text = decode(&bytes).map(|decoded| decoded.text.into_owned());
        text.map(Some).ok_or(Skip::NotText)
    }

    /// Reads an entry that there must be.
    fn require(&mut self, name: &str) -> Result<String, Skip> {
        self.read(name)?.ok_or_else(|| damaged(format!("{name} is missing")))
    }
}

fn damaged(error: impl ToString) -> Skip {
    Skip::Damaged { error: error.to_string() }
}

/// Returns a text without blanks around it, or `None` where nothing is left.
fn filled(text: &str) -> Option<String> {
    let text = title::one_line(text);
    (!text.is_empty()).then_some(text)
}

/// Joins the folder of an entry and a relative reference to another.
fn beside(entry: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let decoded: Cow<'_, str> = if reference.contains('%') {
        Cow::Owned(super::path_of_key(reference).to_string_lossy().into_owned())
    } else {
        Cow::Borrowed(reference)
    };
    let folder = entry.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if decoded.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// Packs entries into a zip file.
    pub(super) fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn origin() -> Origin {
        Origin::file(std::path::Path::new("/livres"), "le-pont.epub")
    }

    const CONTAINER: &str = "<container><rootfiles><rootfile full-path=\"OEBPS/livre.opf\"/></rootfiles></container>";
    const OPF: &str = r#"<?xml version="1.0"?><package xmlns:dc="x" xmlns:opf="y"><metadata>
        <dc:title>Le Pont &amp; la crue</dc:title><dc:creator>Jeanne Quint</dc:creator><dc:creator>I. Guichard</dc:creator>
        <dc:date>2024-05-03</dc:date><dc:language>fr-FR</dc:language><dc:publisher>Le Bocage</dc:publisher></metadata>
        <manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="b" href="texte/deux%20.xhtml"/>
        <item id="a" href="texte/un.xhtml"/></manifest>
        <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"#;

    #[test]
    fn a_book_is_read_in_the_order_of_its_spine() {
        let bytes = packed(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/livre.opf", OPF),
            ("OEBPS/nav.xhtml", "<html><body>Sommaire</body></html>"),
            (
                "OEBPS/texte/un.xhtml",
                "<html><head><title>x</title><style>p{}</style></head><body><h1>Chapitre I</h1>\n<p>L&rsquo;eau\n monte,\n\
                 <i>vite</i>.</p><p>&#201;t&eacute;&nbsp;!</p></body></html>",
            ),
            ("OEBPS/texte/deux .xhtml", "<html><body><p>Le pont<br/>cède.</p></body></html>"),
        ]);
        assert_eq!(kind_of(&bytes), Some(Kind::Epub));
        let article = article(&bytes, Kind::Epub, &origin(), 1 << 20).unwrap();
        assert_eq!((article.id(), article.get_title()), ("le-pont.epub", "Le Pont & la crue"));
        assert_eq!(article.get_author(), Some("Jeanne Quint, I. Guichard"));
        assert_eq!((article.get_source(), article.get_lang()), (Some("Le Bocage"), Some("fr")));
        assert_eq!(article.get_date().unwrap().to_string(), "2024-05-03");
        let expected = "Chapitre I\n\nL’eau monte, vite.\n\nÉté\u{a0}!\n\nLe pont\ncède.";
        assert_eq!((article.get_body(), article.get_line()), (expected, 0));
    }

    #[test]
    fn an_opendocument_text_is_read() {
        let content = r#"<office:document-content><office:body><office:text>
            <text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>
            <text:p text:style-name="Title">Le pont fermé</text:p><text:h text:outline-level="1">Les faits</text:h>
            <text:p>Le<text:s text:c="2"/>conseil<text:tab/>a <text:span>voté</text:span><office:annotation><text:p>à revoir
            </text:p></office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Par 12
            voix.</text:p></text:note-body></text:note>.</text:p><text:p>Fin<text:line-break/>du texte.</text:p>
            </office:text></office:body></office:document-content>"#;
        let meta = "<m><dc:title></dc:title><meta:initial-creator>Ada</meta:initial-creator>\
                    <meta:creation-date>2024-05-03T10:00:00</meta:creation-date></m>";
        let bytes = packed(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("meta.xml", meta),
        ]);
        assert_eq!(kind_of(&bytes), Some(Kind::Odt));
        let article = article(&bytes, Kind::Odt, &origin(), 1 << 20).unwrap();
        assert_eq!((article.get_title(), article.get_author()), ("Le pont fermé", Some("Ada")));
        assert_eq!(article.get_date().unwrap().to_string(), "2024-05-03");
        let expected = "Les faits\n\nLe  conseil\ta voté.\n\nFin\ndu texte.\n\nPar 12 voix.";
        assert_eq!(article.get_body(), expected);
    }

    #[test]
    fn a_docx_is_read() {
        let document = r#"<w:document><w:body><w:p><w:pPr><w:pStyle w:val="Titre"/></w:pPr><w:r><w:t>Le pont</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Le conseil </w:t></w:r><w:del><w:r><w:delText>a hésité</w:delText></w:r></w:del>
            <w:r><w:t>a voté</w:t><w:tab/><w:t>hier.</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:t>Une fois</w:t></mc:Choice><mc:Fallback><w:t>deux</w:t></mc:Fallback>
            </mc:AlternateContent><w:br/><w:t>pas deux</w:t></w:r></w:p></w:body></w:document>"#;
        let core = "<c><dc:title>Microsoft Word - pont.doc</dc:title><dc:creator>Ada</dc:creator>\
                    <dcterms:created>2024-05-03T10:00:00Z</dcterms:created></c>";
        let notes = r#"<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
            <w:footnote><w:p><w:r><w:t>Par 12 voix.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let bytes =
            packed(&[("word/document.xml", document), ("docProps/core.xml", core), ("word/footnotes.xml", notes)]);
        assert_eq!(kind_of(&bytes), Some(Kind::Docx));
        let article = article(&bytes, Kind::Docx, &origin(), 1 << 20).unwrap();
        assert_eq!((article.get_title(), article.get_author()), ("Le pont", Some("Ada")));
        assert_eq!(article.get_body(), "Le conseil a voté\thier.\n\nUne fois\npas deux\n\nPar 12 voix.");
    }

    #[test]
    fn what_is_damaged_too_large_or_empty_is_told() {
        let code = |bytes: &[u8], limit| article(bytes, Kind::Docx, &origin(), limit).unwrap_err().code();
        assert_eq!(code(b"PK\x03\x04 nothing", 1 << 20), "damaged");
        assert_eq!(code(&packed(&[("a.txt", "a")]), 1 << 20), "damaged");
        let bomb = format!("<w:document><w:t>{}</w:t></w:document>", " ".repeat(2 << 20));
        let bomb = packed(&[("word/document.xml", &bomb)]);
        assert!(bomb.len() < 20_000, "{}", bomb.len());
        assert_eq!(code(&bomb, 1 << 20), "too-large");
        assert_eq!(code(&packed(&[("word/document.xml", "<w:document/>")]), 1 << 20), "empty");
        assert_eq!(kind_of(&packed(&[("a.txt", "a")])), None);
        let whole = packed(&[("word/document.xml", "<w:document><w:p><w:t>Un pont.</w:t></w:p></w:document>")]);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x81;
            // No damage is a panic.
            let _ = article(&damaged, Kind::Docx, &origin(), 1 << 20);
        }
    }

    #[test]
    fn references_are_joined_to_their_folder() {
        for (entry, reference, expected) in [
            ("OEBPS/livre.opf", "texte/un.xhtml#p3", "OEBPS/texte/un.xhtml"),
            ("livre.opf", "un.xhtml", "un.xhtml"),
            ("a/b/livre.opf", "../un%20deux.xhtml", "a/un deux.xhtml"),
            ("a/livre.opf", "../../../etc/x", "etc/x"),
            ("a/livre.opf", "/un.xhtml", "un.xhtml"),
        ] {
            assert_eq!(beside(entry, reference), expected);
        }
    }
}
