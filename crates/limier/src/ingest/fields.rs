//! The fields of a record, whatever name each goes by, and the article that they make.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Article, Error, ErrorKind};

use super::noise::fold;
use super::{Origin, Skip, dates, title};

/// A field of an article that a record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Field {
    Id,
    Title,
    Body,
    Date,
    Author,
    Source,
    Url,
    Lang,
}

/// The names that each field is known by, the best first, folded: other names are compared with them in lower case, without
/// accents, and with `_` for what parts their words.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Id, &["_id", "id", "identifiant", "guid"]),
    (Field::Title, &["title", "titre", "headline", "intitule", "objet"]),
    (
        Field::Body,
        &[
            "text",
            "body",
            "content",
            "texte",
            "corps",
            "contenu",
            "articlebody",
            "article_body",
            "full_text",
            "texte_integral",
            "paragraphes",
            "paragraphs",
            "content_html",
            "body_html",
            "content_text",
            "description",
            "summary",
            "resume",
            "extrait",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "published",
            "date_published",
            "datepublished",
            "published_at",
            "publishedat",
            "published_date",
            "publication_date",
            "pubdate",
            "pub_date",
            "publie_le",
            "date_publication",
            "date_de_publication",
            "parution",
            "date_parution",
            "date_de_parution",
            "created_at",
        ],
    ),
    (Field::Author, &["author", "auteur", "authors", "auteurs", "autrice", "byline", "creator", "journaliste"]),
    (Field::Source, &["source", "site", "journal", "media", "publisher", "site_name"]),
    (Field::Url, &["url", "link", "lien", "permalink", "adresse", "uri"]),
    (Field::Lang, &["lang", "langue", "language", "inlanguage"]),
];

/// No known name is longer, in bytes.
const LONGEST_NAME: usize = 24;

/// The number of fields.
const FIELDS: usize = NAMES.len();

/// What fields are called in records, beside the names that are always known.
///
/// It is read from `field=name` pairs with commas between them, and a name that is given so comes before those that are
/// known anyway. The fields are `id`, `title`, `body`, `date`, `author`, `source`, `url` and `lang`, or any of their other
/// names.
///
/// ```
/// use limier::ingest::FieldNames;
/// let names: FieldNames = "body=contenu,titre=accroche".parse()?;
/// assert!("corps".parse::<FieldNames>().is_err());
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldNames(Vec<(Field, String)>);

impl FieldNames {
    /// Adds the names of `other` behind these.
    pub fn extend(&mut self, other: FieldNames) {
        self.0.extend(other.0);
    }

    /// Returns the field of this name, and how well the name is placed among those of the field; the lower the better.
    pub(super) fn find(&self, name: &str) -> Option<(Field, usize)> {
        let given = self.0.iter().enumerate().find(|(_, (_, given))| given == name);
        if let Some((rank, (field, _))) = given {
            return Some((*field, rank));
        }
        known(name).map(|(field, rank)| (field, rank + self.0.len()))
    }
}

fn known(name: &str) -> Option<(Field, usize)> {
    let find = |name: &str| {
        NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|known| *known == name)?)))
    };
    if let Some(found) = find(name) {
        return Some(found);
    }
    let is_plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_plain || name.len() > LONGEST_NAME {
        return None;
    }
    // "Date de publication", "Résumé", "datePublished".
    find(&fold(name.trim()).replace([' ', '-', '.'], "_"))
}

impl FromStr for FieldNames {
    type Err = Error;

    fn from_str(text: &str) -> Result<FieldNames, Error> {
        let mut names = Vec::new();
        for pair in text.split(',') {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            let field = known(&field.trim().to_lowercase()).map(|(field, _)| field);
            let (Some(field), false) = (field, name.trim().is_empty()) else {
                let text = format!(
                    "{pair:?} maps no field: write it as body=contenu, the fields are id, title, body, date, author, \
                     source, url and lang"
                );
                return Err(Error::new(ErrorKind::InvalidOption, text));
            };
            names.push((field, name.trim().to_owned()));
        }
        Ok(FieldNames(names))
    }
}

/// Whether a value holds no text.
type IsEmpty = bool;

/// What one record holds of each field.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// A value, and how well it is placed: one that holds a text before one that holds none, then by its name.
    values: [Option<((IsEmpty, usize), Value)>; FIELDS],
}

impl Fields {
    pub(super) fn put(&mut self, field: Field, rank: usize, value: Value) {
        let Some(slot) = self.values.get_mut(field as usize) else { return };
        let place = (!holds_text(&value, field), rank);
        let is_better = slot.as_ref().is_none_or(|(best, _)| place < *best);
        if is_better && !value.is_null() {
            *slot = Some((place, value));
        }
    }

    /// Returns the value as a text: a number as it is written, the parts of a list joined, the `name` of an object.
    fn get(&self, field: Field) -> Option<String> {
        let (_, value) = self.values.get(field as usize)?.as_ref()?;
        text_of(value, field).filter(|text| !text.trim().is_empty())
    }

    /// Makes the article of a record that begins on `line`, and says whether its date could not be read.
    ///
    /// # Errors
    /// What is missing, when no field holds a text.
    pub(super) fn article(&self, record: u32, line: u32, origin: &Origin) -> Result<(Article, Option<Skip>), Skip> {
        let title = self.get(Field::Title).map(|title| title::one_line(&without_markup(title))).unwrap_or_default();
        let has_body = self.values.get(Field::Body as usize).is_some_and(Option::is_some);
        let body = self.get(Field::Body).map(without_markup).unwrap_or_default();
        if !has_body || (body.is_empty() && title.is_empty()) {
            return Err(Skip::MissingText { line });
        }
        let id = self.get(Field::Id).unwrap_or_else(|| origin.id(record));
        let body = super::decode::with_line_feeds(Cow::Owned(body));
        let mut article = Article::new(id).body(without_first_line(&body, &title)).title(title).line(line);
        // A number is that of an account.
        if let Some(author) = self.get(Field::Author).filter(|author| author.contains(char::is_alphabetic)) {
            article = article.author(author.trim());
        }
        if let Some(source) = self.get(Field::Source) {
            article = article.source(source.trim());
        }
        if let Some(url) = self.get(Field::Url) {
            article = article.url(url.trim());
        }
        if let Some(lang) = self.get(Field::Lang) {
            article = article.lang(lang);
        }
        let Some(date) = self.get(Field::Date) else { return Ok((article, None)) };
        match dates::of_record(&date) {
            Some(date) => Ok((article.date(date), None)),
            None => Ok((article, Some(Skip::UnreadableDate { line, text: date.chars().take(40).collect() }))),
        }
    }
}

impl Field {
    /// What stands between the parts of a list.
    fn joint(self) -> &'static str {
        match self {
            Field::Title => " ",
            Field::Body => "\n\n",
            Field::Author | Field::Source => ", ",
            Field::Id | Field::Date | Field::Url | Field::Lang => "",
        }
    }
}

// The parser bounds how deep a value is: what follows calls itself no deeper.

fn text_of(value: &Value, field: Field) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let held = values.iter().filter(|value| holds_text(value, field));
            let texts: Vec<String> = held.filter_map(|value| text_of(value, field)).collect();
            (!texts.is_empty()).then(|| texts.join(field.joint()))
        }
        Value::Object(parts) => match named_part(parts, field) {
            Some(part) => text_of(part, field),
            None if has_named_part(parts) || field != Field::Body => None,
            None => {
                let mut texts = Vec::new();
                add_texts_within(value, field, &mut texts);
                (!texts.is_empty()).then(|| texts.join(field.joint()))
            }
        },
        Value::Null | Value::Bool(_) => None,
    }
}

/// Tells whether [`text_of`] gives more than blanks.
fn holds_text(value: &Value, field: Field) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) => true,
        Value::Array(values) => values.iter().any(|value| holds_text(value, field)),
        Value::Object(parts) if has_named_part(parts) => named_part(parts, field).is_some(),
        Value::Object(parts) => field == Field::Body && parts.values().any(|part| holds_text_within(part, field)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// What the text of an object is called: a person, a text as programs of sites hand it out, an element of XML, a text in
/// several languages.
const PARTS: [&str; 13] = [
    "name",
    "nom",
    "rendered",
    "value",
    "text",
    "texte",
    "contenu",
    "content",
    "html",
    "paragraphes",
    "#text",
    "$t",
    "fr",
];

fn has_named_part(parts: &Map<String, Value>) -> bool {
    PARTS.iter().any(|name| parts.contains_key(*name))
}

fn named_part(parts: &Map<String, Value>, field: Field) -> Option<&Value> {
    PARTS.iter().filter_map(|name| parts.get(*name)).find(|part| holds_text(part, field))
}

/// Adds the texts of a body that lie anywhere in an object without a known name: paragraphs by their numbers, the blocks
/// of an editor. A word alone, or a number, says what a block is or when it was made.
fn add_texts_within(value: &Value, field: Field, texts: &mut Vec<String>) {
    match value {
        _ if !holds_text_within(value, field) => {}
        Value::Array(values) => values.iter().for_each(|value| add_texts_within(value, field, texts)),
        Value::Object(parts) if !has_named_part(parts) => {
            let mut parts: Vec<_> = parts.iter().collect();
            // Numbers by what they count; the map has other names by their letters.
            parts.sort_by_key(|(name, _)| name.parse::<u32>().unwrap_or(u32::MAX));
            parts.into_iter().for_each(|(_, part)| add_texts_within(part, field, texts));
        }
        _ => texts.extend(text_of(value, field)),
    }
}

fn holds_text_within(value: &Value, field: Field) -> bool {
    match value {
        Value::String(text) => text.split_whitespace().nth(1).is_some(),
        Value::Array(values) => values.iter().any(|value| holds_text_within(value, field)),
        Value::Object(_) => holds_text(value, field),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Takes the markup off a text that is HTML.
fn without_markup(text: String) -> String {
    #[cfg(feature = "html")]
    if let Some(plain) = super::html::text_of(&text) {
        return plain;
    }
    text
}

/// Returns the body without blanks at its ends, and without its first line where that is the title.
fn without_first_line<'a>(body: &'a str, title: &str) -> &'a str {
    let body = body.trim();
    match body.split_once('\n') {
        Some((first, rest)) if !title.is_empty() && title::same(first, title) => rest.trim_start(),
        _ => body,
    }
}

/// Reads the fields of an object, by these names.
pub(super) struct FieldsSeed<'n>(pub(super) &'n FieldNames);

impl<'de> DeserializeSeed<'de> for FieldsSeed<'_> {
    type Value = Fields;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(FieldsVisitor(self.0))
    }
}

/// Keeps the values of fields that articles have: what else an object holds never comes into memory.
struct FieldsVisitor<'n>(&'n FieldNames);

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that describes an article")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            match self.0.find(&name) {
                Some((field, rank)) => fields.put(field, rank, map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The known names of a field.
    pub(crate) fn names_of(wanted: Field) -> &'static [&'static str] {
        NAMES.iter().find(|(field, _)| *field == wanted).unwrap().1
    }

    #[test]
    fn places_follow_the_fields() {
        for (place, (field, _)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, place);
        }
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        let names = FieldNames::default();
        for (name, field) in [
            ("Titre", Field::Title),
            ("Intitulé", Field::Title),
            ("CONTENU", Field::Body),
            ("articleBody", Field::Body),
            ("Date de publication", Field::Date),
            ("date-publication", Field::Date),
            ("datePublished", Field::Date),
            ("Auteurs", Field::Author),
            ("Lien", Field::Url),
        ] {
            assert_eq!(names.find(name).map(|(found, _)| found), Some(field), "{name}");
        }
        for name in ["", "sous-titre", "Une date", "récit", "tags"] {
            assert_eq!(names.find(name), None, "{name}");
        }
    }

    /// The body of a record.
    fn body(record: &str) -> String {
        let names = FieldNames::default();
        let fields = FieldsSeed(&names).deserialize(&mut serde_json::Deserializer::from_str(record)).unwrap();
        fields.article(1, 1, &Origin::StandardInput).unwrap().0.get_body().to_owned()
    }

    #[test]
    fn a_value_without_text_takes_no_place() {
        let names = FieldNames::default();
        for empty in [r#""""#, r#"" \n""#, "[]", "{}", "null", "false", r#"["", {"texte": " "}]"#, r#"{"fr": ""}"#] {
            for record in [
                format!(r#"{{"text": {empty}, "texte_integral": "Un putois."}}"#),
                format!(r#"{{"texte_integral": "Un putois.", "text": {empty}}}"#),
            ] {
                assert_eq!(body(&record), "Un putois.", "{record}");
            }
            let record = format!(
                r#"{{"text": "t", "id": {empty}, "guid": "7", "title": {empty}, "titre": "La crue", "date": {empty},
                    "parution": "2024-05-03", "author": {empty}, "auteur": "Inès"}}"#
            );
            let fields = FieldsSeed(&names).deserialize(&mut serde_json::Deserializer::from_str(&record)).unwrap();
            let (article, unread) = fields.article(1, 1, &Origin::StandardInput).unwrap();
            assert_eq!((article.id(), article.get_title(), unread), ("7", "La crue", None), "{record}");
            assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"), "{record}");
            assert_eq!(article.get_author(), Some("Inès"), "{record}");
        }
    }

    #[test]
    fn bodies_within_objects_are_found_under_any_name() {
        for (value, expected) in [
            (r#"{"en": "A polecat.", "fr": "Un putois."}"#, "Un putois."),
            (r#"{"storage": {"value": "Un putois.", "representation": "storage"}}"#, "Un putois."),
            (r#"[{"type": "p", "data": {"text": "Un."}}, {"type": "p", "data": {"text": "Deux."}}]"#, "Un.\n\nDeux."),
            (r#"{"time": 15, "blocks": [{"type": "p", "data": {"text": "Un."}}], "v": "2.1"}"#, "Un."),
            (
                r#"{"10": "Le dixième.", "2": "Le deuxième.", "1": ["Le premier."]}"#,
                "Le premier.\n\nLe deuxième.\n\nLe dixième.",
            ),
            (r#"{"texte": "", "name": "Un putois."}"#, "Un putois."),
        ] {
            assert_eq!(body(&format!(r#"{{"body": {value}}}"#)), expected, "{value}");
        }
        // A word alone is no text, nor is an object of other things an author.
        assert_eq!(body(r#"{"body": {"type": "p", "n": 3}, "resume": "Un putois."}"#), "Un putois.");
        assert!(!holds_text(&serde_json::json!({ "role": "chef de service" }), Field::Author));
        assert_eq!(text_of(&serde_json::json!({ "role": "chef de service" }), Field::Author), None);
    }

    #[test]
    fn values_as_deep_as_the_parser_takes_are_read_in_time() {
        for name in ["text", "a"] {
            let deep = format!("{}\"\"{}", format!("{{\"{name}\":").repeat(120), "}".repeat(120));
            assert_eq!(body(&format!(r#"{{"title": "T", "text": {deep}, "body": "Un putois."}}"#)), "Un putois.");
            assert_eq!(body(&format!(r#"{{"text": {}}}"#, deep.replace(r#""""#, r#""Un putois.""#))), "Un putois.");
        }
    }

    #[test]
    #[cfg(feature = "html")]
    fn markup_in_values_is_taken_off() {
        for (value, plain) in [
            ("<p>L&rsquo;eau <b>monte</b>.</p>\n<p>Fin</p>", "L’eau monte.\n\nFin"),
            ("Un vers<br>un autre<br/>", "Un vers\nun autre"),
            ("L&#039;eau & le feu\nse taisent", "L'eau & le feu\nse taisent"),
            ("2 < 3 et 5 > 4 ; R&D ; a <b c", "2 < 3 et 5 > 4 ; R&D ; a <b c"),
            (
                "Consultez la <a href=\"/garde\">liste&nbsp;<b>A</b></a>\net 2 < 3.",
                "Consultez la liste\u{a0}A\net 2 < 3.",
            ),
            ("Voir <a href=x>là</a> <a href=y <b", "Voir là <a href=y <b"),
            ("Un lien <a href=\"x\">qui ne finit pas", "Un lien <a href=\"x\">qui ne finit pas"),
            ("La balise <br> coupe la ligne.", "La balise <br> coupe la ligne."),
        ] {
            assert_eq!(without_markup(value.to_owned()), plain);
        }
        let rendered = serde_json::json!({ "rendered": "L&#8217;eau" });
        assert_eq!(text_of(&rendered, Field::Title).map(without_markup).as_deref(), Some("L’eau"));
    }

    #[test]
    fn given_names_come_before_known_ones() {
        let names: FieldNames = " body = contenu ,Titre=accroche".parse().unwrap();
        assert_eq!(names.find("contenu"), Some((Field::Body, 0)));
        assert_eq!(names.find("accroche"), Some((Field::Title, 1)));
        assert_eq!(names.find("text"), Some((Field::Body, 2)));
        assert_eq!(names.find("inconnu"), None);
        for wrong in ["", "body", "body=", "couleur=bleu", "body=a,,"] {
            assert_eq!(wrong.parse::<FieldNames>().unwrap_err().kind(), ErrorKind::InvalidOption, "{wrong}");
        }
    }
}
