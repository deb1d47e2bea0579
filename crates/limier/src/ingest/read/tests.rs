//! Articles of every kind of content, whole and broken.

use super::*;
use crate::ingest::Limits;

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
    for (content, kind) in [(lines.as_str(), Kind::JsonLines), ("Le pont\n\nFermé.", Kind::Text), ("", Kind::JsonLines)]
    {
        std::fs::write(&path, content).unwrap();
        let origin = Origin::file(path.as_path(), "");
        let outcome = read_file(&origin, kind, &ReadOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(outcome.hash, hash(&mut File::open(&path).unwrap()).unwrap());
        assert_eq!(outcome.hash, twox_hash::XxHash3_128::oneshot(content.as_bytes()));
        assert!(!outcome.stopped);
    }
}

#[test]
fn what_another_program_broke_is_repaired_and_said_so() {
    for (content, kind) in [
        ("La prÃ©fÃ¨te parle\n\nElle a Ã©tÃ© entendue.", Kind::Text),
        ("{\"title\":\"La prÃ©fÃ¨te parle\",\"text\":\"Elle a Ã©tÃ© entendue.\"}", Kind::JsonLines),
        ("{\"title\":\"La pr\\u00c3\\u00a9f\\u00c3\\u00a8te parle\",\"text\":\"Elle a Ã©tÃ© entendue.\"}", Kind::Json),
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
    let encodings = |item: &Item| matches!(item, Item::Record(record) if record.encoding == Some(Encoding::Utf16Le));
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
    assert_eq!(outcome.hash, twox_hash::XxHash3_128::oneshot(&gzip(b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n")));
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
