//! The readers of files, whatever stands in them.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;

use limier::ingest::{self, Item, Kind, Origin};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Names that choose each reader; the first byte of the data chooses among them.
const NAMES: [&str; 14] = [
    "a.txt",
    "a.md",
    "a.jsonl",
    "a.html",
    "a.csv",
    "a.tsv",
    "a.json",
    "a.epub",
    "a.odt",
    "a.docx",
    "a.txt.gz",
    "a.jsonl.zst",
    "a.xhtml",
    "sans-extension",
];

/// Reads a file of any kind: bytes never fail to be read, and what is read holds together.
pub fn reader(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    read(NAMES[usize::from(first) % NAMES.len()], data);
}

/// Reads a book or a word-processor file whose container is sound and whose text is any bytes.
///
/// The first byte chooses the format. Changes of a whole zip file would seldom get beyond its checksums.
pub fn office(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    match first % 4 {
        0 => read("a.odt", &zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", data)])),
        1 => read("a.docx", &zipped(&[("word/document.xml", data)])),
        2 => read("a.epub", &zipped(&[CONTAINER, ("livre.opf", BOOK), ("a.xhtml", data)])),
        _ => read("a.epub", &zipped(&[CONTAINER, ("livre.opf", data), ("a.xhtml", b"<p>Un tapir dort.</p>")])),
    }
}

const CONTAINER: (&str, &[u8]) =
    ("META-INF/container.xml", br#"<container><rootfiles><rootfile full-path="livre.opf"/></rootfiles></container>"#);

const BOOK: &[u8] = br#"<package><metadata><dc:title>Un livre</dc:title></metadata>
    <manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
    <spine><itemref idref="a"/></spine></package>"#;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, options).expect("a file of a zip");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

fn read(name: &str, bytes: &[u8]) {
    let kind = Kind::of(name).unwrap_or_else(|extension| panic!("{extension} is not read"));
    let origin = Origin::file(Path::new("dossier"), name);
    let outcome = ingest::read(&mut &*bytes, kind, &origin, &Default::default(), &mut |item| {
        if let Item::Record(record) = item {
            let (title, body) = (record.article.get_title(), record.article.get_body());
            assert!(!body.is_empty() || !title.is_empty(), "{record:?}");
            // Lines that are left out of passages are whole characters of the body, one after the other.
            let mut end = 0;
            for range in &record.boilerplate {
                assert!(range.start >= end && range.start < range.end, "{range:?} after {end}");
                assert!(body.get(range.clone()).is_some(), "{range:?}");
                end = range.end;
            }
        }
        ControlFlow::Continue(())
    });
    let outcome = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(outcome.bytes, bytes.len() as u64, "what was read is what there is");
}
