//! The fields of a record, whatever name each goes by, and the article that they make.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// What one record holds of each field.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// A value, and how well its name is placed: the best name wins, in any order.
    values: [Option<(usize, Value)>; FIELDS],
}

impl Fields {
    pub(super) fn put(&mut self, field: Field, rank: usize, value: Value) {
        let Some(slot) = self.values.get_mut(field as usize) else { return };
        let is_better = slot.as_ref().is_none_or(|(best, _)| rank < *best);
        if is_better && !value.is_null() {
            *slot = Some((rank, value));
        }
    }

    /// Returns the value as a text: a number as it is written, the parts of a list joined, the `name` of an object.
    fn get(&self, field: Field, joint: &str) -> Option<String> {
        let (_, value) = self.values.get(field as usize)?.as_ref()?;
        text_of(value, joint).filter(|text| !text.trim().is_empty())
    }

    /// Makes the article of a record that begins on `line`, and says whether its date could not be read.
    ///
    /// # Errors
    /// What is missing, when no field holds a text.
    pub(super) fn article(&self, record: u32, line: u32, origin: &Origin) -> Result<(Article, Option<Skip>), Skip> {
        let title =
            self.get(Field::Title, " ").map(|title| title::one_line(&without_markup(title))).unwrap_or_default();
        let has_body = self.values.get(Field::Body as usize).is_some_and(Option::is_some);
        let body = self.get(Field::Body, "\n\n").map(without_markup).unwrap_or_default();
        if !has_body || (body.is_empty() && title.is_empty()) {
            return Err(Skip::MissingText { line });
        }
        let id = self.get(Field::Id, "").unwrap_or_else(|| origin.id(record));
        let body = super::decode::with_line_feeds(Cow::Owned(body));
        let mut article = Article::new(id).body(without_first_line(&body, &title)).title(title).line(line);
        // A number is that of an account.
        if let Some(author) = self.get(Field::Author, ", ").filter(|author| author.contains(char::is_alphabetic)) {
            article = article.author(author.trim());
        }
        if let Some(source) = self.get(Field::Source, ", ") {
            article = article.source(source.trim());
        }
        if let Some(url) = self.get(Field::Url, "") {
            article = article.url(url.trim());
        }
        if let Some(lang) = self.get(Field::Lang, "") {
            article = article.lang(lang);
        }
        let Some(date) = self.get(Field::Date, "") else { return Ok((article, None)) };
        match dates::of_record(&date) {
            Some(date) => Ok((article.date(date), None)),
            None => Ok((article, Some(Skip::UnreadableDate { line, text: date.chars().take(40).collect() }))),
        }
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
        // A person, a text as programs of sites hand it out, an element of XML.
        Value::Object(fields) => {
            const NAMES: [&str; 12] = [
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
            ];
            NAMES.iter().find_map(|name| text_of(fields.get(*name)?, joint))
        }
        Value::Null | Value::Bool(_) => None,
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
        assert_eq!(text_of(&rendered, " ").map(without_markup).as_deref(), Some("L’eau"));
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
