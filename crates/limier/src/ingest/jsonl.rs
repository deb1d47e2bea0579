//! JSON Lines: one article a line, read as a stream.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde::de::DeserializeSeed;

use crate::Article;

use super::fields::FieldsSeed;
use super::{Encoding, FieldNames, Item, Origin, Record, Skip, decode};

/// Reads the articles of `source`, at most `limit` bytes of one line in memory at a time.
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
    let mut buffer = Vec::new();
    let mut line = 0u32;
    loop {
        buffer.clear();
        let read = (&mut *source).take(limit.saturating_add(1)).read_until(b'\n', &mut buffer)?;
        if read == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        line = line.saturating_add(1);
        let is_whole = buffer.last() == Some(&b'\n') || (read as u64) <= limit;
        if !is_whole {
            skip_line(source, &mut buffer)?;
        }
        let bytes = if line == 1 { buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&buffer) } else { &buffer };
        let flow = if !is_whole {
            sink(Item::Skip(Skip::LineTooLong { line, limit }))
        } else if bytes.trim_ascii().is_empty() {
            ControlFlow::Continue(())
        } else {
            let (read, encoding) = record(bytes, (line, line), origin, names);
            hand_over(read, (line, encoding), sink)
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
}

/// Reads to the end of a line, a bounded piece at a time.
fn skip_line(source: &mut dyn BufRead, buffer: &mut Vec<u8>) -> io::Result<()> {
    loop {
        buffer.clear();
        let read = (&mut *source).take(64 << 10).read_until(b'\n', buffer)?;
        if read == 0 || buffer.last() == Some(&b'\n') {
            return Ok(());
        }
    }
}

/// Hands over an article and what was left out of it, or why there is none.
pub(super) fn hand_over(
    read: Result<(Article, Option<Skip>), Skip>,
    (record, encoding): (u32, Encoding),
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (article, unread) = match read {
        Ok(read) => read,
        Err(broken) => return sink(Item::Skip(broken)),
    };
    if let Some(unread) = unread {
        sink(Item::Skip(unread))?;
    }
    sink(Item::Record(Record::new(article, record, Some(encoding))))
}

/// Makes an article of the bytes of one object, `(record, line)` of its file, and says whether its date could not be read,
/// and what the bytes were taken for.
pub(super) fn record(
    bytes: &[u8],
    (record, line): (u32, u32),
    origin: &Origin,
    names: &FieldNames,
) -> (Result<(Article, Option<Skip>), Skip>, Encoding) {
    let broken = |column: usize, error: &dyn fmt::Display| Skip::BrokenRecord {
        line,
        column: u32::try_from(column).unwrap_or(u32::MAX),
        error: error.to_string(),
    };
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(error) => match decode(bytes) {
            Some(decoded) => (decoded.text, decoded.encoding),
            None => return (Err(broken(error.valid_up_to() + 1, &error)), Encoding::Utf8),
        },
    };
    let mut parser = serde_json::Deserializer::from_str(&text);
    let fields = FieldsSeed(names).deserialize(&mut parser).and_then(|fields| parser.end().map(|()| fields));
    let read = fields.map_err(|error| {
        // The parser ends its message with its own line and column.
        let message = error.to_string();
        let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
        broken(error.column(), &cause)
    });
    let article = read.and_then(|fields| fields.article(record, line, origin));
    let on_one_line = |(article, unread)| (Article { is_on_one_line: true, ..article }, unread);
    (article.map(on_one_line), encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fields::{Field, names_of};

    fn items(text: impl AsRef<[u8]>, limit: u64) -> Vec<Item> {
        let mut items = Vec::new();
        let origin = Origin::file(std::path::Path::new("/presse"), "mai/tout.jsonl");
        let flow = read(&mut text.as_ref(), &origin, &FieldNames::default(), limit, &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        });
        assert_eq!(flow.unwrap(), ControlFlow::Continue(()));
        items
    }

    fn one(text: impl AsRef<[u8]>) -> Article {
        match items(text, 1000).as_slice() {
            [Item::Record(record)] => record.article.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_name_of_a_field_is_read() {
        for id in names_of(Field::Id) {
            assert_eq!(one(format!(r#"{{"{id}":"a-1","text":"t"}}"#)).id(), "a-1");
        }
        for title in names_of(Field::Title) {
            assert_eq!(one(format!(r#"{{"{title}":"La crue","text":"t"}}"#)).get_title(), "La crue");
        }
        for text in names_of(Field::Body) {
            assert_eq!(one(format!(r#"{{"{text}":"L’eau monte"}}"#)).get_body(), "L’eau monte");
        }
        for date in names_of(Field::Date) {
            let article = one(format!(r#"{{"{date}":"2024-05-03T10:00:00Z","text":"t"}}"#));
            assert_eq!(article.get_date().unwrap().to_string(), "2024-05-03");
        }
        for author in names_of(Field::Author) {
            assert_eq!(one(format!(r#"{{"{author}":"I. Guichard","text":"t"}}"#)).get_author(), Some("I. Guichard"));
        }
        for source in names_of(Field::Source) {
            assert_eq!(one(format!(r#"{{"{source}":"Le Fil","text":"t"}}"#)).get_source(), Some("Le Fil"));
        }
        assert_eq!(one(r#"{"url":"https://exemple.fr","text":"t"}"#).get_url(), Some("https://exemple.fr"));
    }

    #[test]
    fn the_first_name_wins_in_any_order() {
        let article = one(r#"{"body":"b","headline":"h","id":2,"text":"t","title":"T","_id":1,"content":"c"}"#);
        assert_eq!((article.id(), article.get_title(), article.get_body()), ("1", "T", "t"));
        assert_eq!(one(r#"{"text":null,"body":"b"}"#).get_body(), "b");
    }

    #[test]
    fn values_of_other_shapes_are_read_where_they_make_sense() {
        let article = one(
            r#"{"id":12345678901234567,"text":["un","deux"],"author":[{"name":"Inès"},"Marc"],"date":2024,"source":{"name":"Le Fil"},"tags":{"a":[1]}}"#,
        );
        assert_eq!((article.id(), article.get_body()), ("12345678901234567", "un\n\ndeux"));
        assert_eq!((article.get_author(), article.get_source()), (Some("Inès, Marc"), Some("Le Fil")));
        for body in [
            r#"{"contenu":{"texte":"un\n\ndeux"}}"#,
            r#"{"contenu":[{"texte":"un"},{"texte":"deux"}]}"#,
            r#"{"texte_integral":"un\n\ndeux"}"#,
            r#"{"paragraphes":["un","deux"]}"#,
        ] {
            assert_eq!(one(body).get_body(), "un\n\ndeux", "{body}");
        }
        assert_eq!(article.get_date().unwrap().to_string(), "2024");
    }

    #[test]
    fn records_without_id_are_known_by_their_line() {
        let text = "\u{feff}{\"text\":\"un\"}\r\n\n  \n{\"text\":\"deux\"}";
        let found: Vec<_> = items(text, 100)
            .into_iter()
            .map(|item| match item {
                Item::Record(Record { article, record, .. }) => (article.id().to_owned(), article.get_line(), record),
                Item::Skip(skip) => panic!("{skip:?}"),
            })
            .collect();
        assert_eq!(found, [("mai/tout.jsonl#1".to_owned(), 1, 1), ("mai/tout.jsonl#4".to_owned(), 4, 4)]);
    }

    #[test]
    fn what_is_broken_is_named_and_the_rest_is_read() {
        let text = concat!(
            "{\"text\":\"un\"\n",
            "[1,2]\n",
            "{\"title\":\"sans texte\"}\n",
            "{\"text\":\"  \"}\n",
            "{\"text\":\"daté\",\"date\":\"hier soir\"}\n",
            "{\"text\":\"long, long, long, long, long, long, long, long, long, long\"}\n",
            "{\"text\":\"\\ud800\"}\n",
            "{\"text\":\"\",\"title\":\"Titre seul\"}",
        );
        let mut skips = Vec::new();
        let mut texts = Vec::new();
        for item in items(text, 50) {
            match item {
                Item::Skip(skip) => skips.push((skip.code(), skip.line().unwrap())),
                Item::Record(record) => texts.push(record.article),
            }
        }
        let expected = [
            ("broken-record", 1),
            ("broken-record", 2),
            ("missing-text", 3),
            ("missing-text", 4),
            ("unreadable-date", 5),
            ("line-too-long", 6),
            ("broken-record", 7),
        ];
        assert_eq!(skips, expected);
        assert_eq!(texts.len(), 2);
        assert_eq!((texts[0].get_body(), texts[0].get_date()), ("daté", None));
        assert_eq!((texts[1].get_title(), texts[1].get_body(), texts[1].get_line()), ("Titre seul", "", 8));
    }

    #[test]
    fn the_place_of_a_fault_is_told() {
        let [Item::Skip(Skip::BrokenRecord { line, column, error })] = &items("{\"text\": oui}", 100)[..] else {
            panic!()
        };
        assert_eq!((*line, *column, error.as_str()), (1, 10, "expected value"));
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_read() {
        let record = r#"{"text":"abc"}"#;
        assert_eq!(items(record, record.len() as u64).len(), 1);
        let with_end = format!("{record}\n{record}\n");
        assert!(items(&with_end, record.len() as u64 + 1).iter().all(|item| matches!(item, Item::Record(_))));
        let too_long = items(&with_end, record.len() as u64 - 1);
        assert!(too_long.iter().all(|item| matches!(item, Item::Skip(Skip::LineTooLong { .. }))), "{too_long:?}");
        assert_eq!(too_long.len(), 2);
    }

    #[test]
    fn a_title_that_opens_the_text_is_not_repeated() {
        let article = one(r#"{"title":"La crue","text":"LA CRUE.\n\nL’eau monte."}"#);
        assert_eq!(article.get_body(), "L’eau monte.");
        assert_eq!(one(r#"{"title":"La crue","text":"La crue"}"#).get_body(), "La crue");
    }

    #[test]
    fn a_line_in_a_legacy_encoding_is_read() {
        assert_eq!(one(b"{\"text\":\"L'\xe9t\xe9 o\xf9 l'on f\xeatait\"}").get_body(), "L'été où l'on fêtait");
    }

    #[test]
    fn deep_nesting_is_a_broken_record() {
        let deep = format!("{{\"a\":{}", "[".repeat(5000));
        let [Item::Skip(skip)] = &items(deep, 10_000)[..] else { panic!() };
        assert_eq!(skip.code(), "broken-record");
    }

    #[test]
    fn reading_stops_when_told() {
        let mut count = 0;
        let mut text: &[u8] = b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
        let flow = read(&mut text, &Origin::StandardInput, &FieldNames::default(), 100, &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((flow.unwrap(), count), (ControlFlow::Break(()), 1));
    }
}
