//! The text of a field's value, whatever a program made of it: lists, objects, the blocks of an editor.
//!
//! The parser bounds how deep a value is: what is here calls itself no deeper.

use serde_json::{Map, Value};

use super::Field;

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

/// Returns the text of a value: a number as it is written, the parts of a list joined, the `name` of an object.
pub(super) fn text_of(value: &Value, field: Field) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let held = values.iter().filter(|value| holds_text(value, field));
            let texts: Vec<String> = held.filter_map(|value| text_of(value, field)).collect();
            (!texts.is_empty()).then(|| texts.join(field.joint()))
        }
        Value::Object(parts) if field == Field::Author && person(parts).is_some() => person(parts),
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
pub(super) fn holds_text(value: &Value, field: Field) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) => true,
        Value::Array(values) => values.iter().any(|value| holds_text(value, field)),
        Value::Object(parts) if field == Field::Author && person(parts).is_some() => true,
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

/// Returns the two names of a person, where each stands by itself.
fn person(parts: &Map<String, Value>) -> Option<String> {
    let name = |names: [&str; 5]| {
        let text = names.iter().find_map(|name| parts.get(*name)?.as_str()).map(str::trim);
        text.filter(|text| !text.is_empty())
    };
    let given = name(["prenom", "prénom", "first_name", "firstname", "given_name"])?;
    let family = name(["nom", "nom_de_famille", "last_name", "lastname", "family_name"])?;
    Some(format!("{given} {family}"))
}

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
