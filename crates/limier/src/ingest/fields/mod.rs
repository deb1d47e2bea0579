//! The fields of a record, whatever name each goes by, and the article that they make.

mod names;
mod values;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::Article;

use super::{Origin, Skip, dates, title};
pub(super) use names::Field;
pub use names::FieldNames;
#[cfg(test)]
pub(super) use names::tests::names_of;
use names::{FIELDS, describes, holds_fields};
use values::{holds_text, text_of};

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

    /// Takes the fields of a part of the record, where the record itself has none; its text only where it `holds_text`.
    fn put_part(&mut self, part: &Value, names: &FieldNames, holds_text: bool) {
        /// No field of the record itself is placed as badly.
        const FAR: usize = 10_000;
        for (name, value) in part.as_object().into_iter().flatten() {
            match names.find(name) {
                Some((Field::Body, _)) if !holds_text => {}
                Some((field, rank)) => self.put(field, rank + FAR, value.clone()),
                None => {}
            }
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
                None if holds_fields(&name) || describes(&name) => {
                    let part = map.next_value()?;
                    fields.put_part(&part, self.0, !describes(&name));
                }
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
    fn fields_may_stand_in_a_part_of_the_record() {
        for record in [
            r#"{"_index": "a", "_source": {"titre": "La crue", "texte": "Un putois.", "date": "2024-05-03"}}"#,
            r#"{"article": {"titre": "La crue", "texte": "Un putois."}, "meta": {"date": "2024-05-03", "description": "x y"}}"#,
            r#"{"data": {"texte": "Non."}, "titre": "La crue", "texte": "Un putois.", "date": "2024-05-03", "meta": 3}"#,
        ] {
            let names = FieldNames::default();
            let fields = FieldsSeed(&names).deserialize(&mut serde_json::Deserializer::from_str(record)).unwrap();
            let article = fields.article(1, 1, &Origin::StandardInput).unwrap().0;
            assert_eq!((article.get_title(), article.get_body()), ("La crue", "Un putois."), "{record}");
            assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"), "{record}");
        }
        // What only describes it is no text.
        let names = FieldNames::default();
        let described = r#"{"titre": "T", "meta": {"description": "Un putois dort."}}"#;
        let fields = FieldsSeed(&names).deserialize(&mut serde_json::Deserializer::from_str(described)).unwrap();
        assert!(fields.article(1, 1, &Origin::StandardInput).is_err());
    }

    #[test]
    fn a_person_has_two_names() {
        let record =
            serde_json::json!([{ "prenom": "Léa", "nom": "Le Gall" }, { "first_name": "Marc", "last_name": "Aubrac" }]);
        assert_eq!(text_of(&record, Field::Author).as_deref(), Some("Léa Le Gall, Marc Aubrac"));
        assert_eq!(text_of(&serde_json::json!({ "nom": "AFP", "prenom": "" }), Field::Author).as_deref(), Some("AFP"));
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
}
