//! JSON Lines: one article a line, read as a stream.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::{Article, Date};

use super::{Item, Origin, Record, Skip, decode, title};

/// Reads the articles of `source`, at most `limit` bytes of one line in memory at a time.
///
/// # Errors
/// Whatever reading `source` gives; articles already handed over stand.
pub(super) fn read(
    source: &mut dyn BufRead,
    origin: &Origin,
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
        let skip = |skip| Item::Skip(skip);
        let flow = if !is_whole {
            sink(skip(Skip::LineTooLong { line, limit }))
        } else if bytes.trim_ascii().is_empty() {
            ControlFlow::Continue(())
        } else {
            match record(bytes, line, origin) {
                Ok((article, None)) => sink(Item::Record(Record { article, record: line })),
                Ok((article, Some(unread))) => match sink(skip(unread)) {
                    ControlFlow::Continue(()) => sink(Item::Record(Record { article, record: line })),
                    stop => stop,
                },
                Err(broken) => sink(skip(broken)),
            }
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

/// Makes an article of one line, and says whether its date could not be read.
fn record(bytes: &[u8], line: u32, origin: &Origin) -> Result<(Article, Option<Skip>), Skip> {
    let broken = |column: usize, error: &dyn fmt::Display| Skip::BrokenRecord {
        line,
        column: u32::try_from(column).unwrap_or(u32::MAX),
        error: error.to_string(),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => match decode(bytes) {
            Some(decoded) => decoded.text,
            None => return Err(broken(error.valid_up_to() + 1, &error)),
        },
    };
    let fields: Fields = serde_json::from_str(&text).map_err(|error| {
        // The parser ends its message with its own line and column: the line is always 1.
        let message = error.to_string();
        let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
        broken(error.column(), &cause)
    })?;
    article(fields, line, origin)
}

fn article(fields: Fields, line: u32, origin: &Origin) -> Result<(Article, Option<Skip>), Skip> {
    let title = fields.title.get(" ").map(|title| title::one_line(&title)).unwrap_or_default();
    let Some(body) = fields.text.get("\n\n") else { return Err(Skip::MissingText { line }) };
    if body.trim().is_empty() && title.is_empty() {
        return Err(Skip::MissingText { line });
    }
    let id = fields.id.get("").filter(|id| !id.is_empty()).unwrap_or_else(|| origin.id(line));
    let mut article = Article::new(id).body(without_first_line(&body, &title)).title(title).line(line);
    if let Some(author) = fields.author.get(", ").filter(|author| !author.trim().is_empty()) {
        article = article.author(author.trim());
    }
    if let Some(source) = fields.source.get(", ").filter(|source| !source.trim().is_empty()) {
        article = article.source(source.trim());
    }
    if let Some(url) = fields.url.get("").filter(|url| !url.trim().is_empty()) {
        article = article.url(url.trim());
    }
    let Some(date) = fields.date.get("").filter(|date| !date.trim().is_empty()) else { return Ok((article, None)) };
    match date.parse::<Date>() {
        Ok(date) => Ok((article.date(date), None)),
        Err(_) => Ok((article, Some(Skip::UnreadableDate { line, text: date.chars().take(40).collect() }))),
    }
}

/// Returns the body without blanks at its ends, and without its first line where that is the title.
fn without_first_line<'a>(body: &'a str, title: &str) -> &'a str {
    let body = body.trim();
    match body.split_once('\n') {
        Some((first, rest)) if !title.is_empty() && title::same(first, title) => rest.trim_start(),
        _ => body,
    }
}

/// The fields of a record, whatever name each goes by.
#[derive(Default)]
struct Fields {
    id: Named,
    title: Named,
    text: Named,
    date: Named,
    author: Named,
    source: Named,
    url: Named,
}

/// A value, and how well its name is placed among the names of its field: the first name wins, in any order.
#[derive(Default)]
struct Named(Option<(usize, Value)>);

impl Named {
    fn put(&mut self, rank: usize, value: Value) {
        let is_better = self.0.as_ref().is_none_or(|(best, _)| rank < *best);
        if is_better && !value.is_null() {
            self.0 = Some((rank, value));
        }
    }

    /// Returns the value as a text: a number as it is written, the parts of a list joined, the `name` of an object.
    fn get(&self, joint: &str) -> Option<String> {
        self.0.as_ref().and_then(|(_, value)| text_of(value, joint))
    }
}

fn text_of(value: &Value, joint: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().filter_map(|value| text_of(value, joint)).collect();
            (!texts.is_empty()).then(|| texts.join(joint))
        }
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Null | Value::Bool(_) => None,
    }
}

const ID: &[&str] = &["_id", "id"];
const TITLE: &[&str] = &["title", "titre", "headline"];
const TEXT: &[&str] = &["text", "body", "content", "texte", "corps"];
const DATE: &[&str] = &["date", "published", "date_published"];
const AUTHOR: &[&str] = &["author", "auteur"];
const SOURCE: &[&str] = &["source", "site"];
const URL: &[&str] = &["url"];

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that describes an article")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let names = [
                (ID, &mut fields.id),
                (TITLE, &mut fields.title),
                (TEXT, &mut fields.text),
                (DATE, &mut fields.date),
                (AUTHOR, &mut fields.author),
                (SOURCE, &mut fields.source),
                (URL, &mut fields.url),
            ];
            let known = names
                .into_iter()
                .find_map(|(names, field)| names.iter().position(|known| *known == name).map(|rank| (rank, field)));
            match known {
                Some((rank, field)) => field.put(rank, map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: impl AsRef<[u8]>, limit: u64) -> Vec<Item> {
        let mut items = Vec::new();
        let origin = Origin::file(std::path::Path::new("/presse"), "mai/tout.jsonl");
        let flow = read(&mut text.as_ref(), &origin, limit, &mut |item| {
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
        for id in ID {
            assert_eq!(one(format!(r#"{{"{id}":"a-1","text":"t"}}"#)).id(), "a-1");
        }
        for title in TITLE {
            assert_eq!(one(format!(r#"{{"{title}":"La crue","text":"t"}}"#)).get_title(), "La crue");
        }
        for text in TEXT {
            assert_eq!(one(format!(r#"{{"{text}":"L’eau monte"}}"#)).get_body(), "L’eau monte");
        }
        for date in DATE {
            let article = one(format!(r#"{{"{date}":"2024-05-03T10:00:00Z","text":"t"}}"#));
            assert_eq!(article.get_date().unwrap().to_string(), "2024-05-03");
        }
        for author in AUTHOR {
            assert_eq!(one(format!(r#"{{"{author}":"I. Guichard","text":"t"}}"#)).get_author(), Some("I. Guichard"));
        }
        for source in SOURCE {
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
        assert_eq!(article.get_date().unwrap().to_string(), "2024-01-01");
    }

    #[test]
    fn records_without_id_are_known_by_their_line() {
        let text = "\u{feff}{\"text\":\"un\"}\r\n\n  \n{\"text\":\"deux\"}";
        let found: Vec<_> = items(text, 100)
            .into_iter()
            .map(|item| match item {
                Item::Record(Record { article, record }) => (article.id().to_owned(), article.get_line(), record),
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
        let flow = read(&mut text, &Origin::StandardInput, 100, &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((flow.unwrap(), count), (ControlFlow::Break(()), 1));
    }
}
