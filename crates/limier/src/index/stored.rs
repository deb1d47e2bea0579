//! An article as Tantivy takes it in and gives it back.

use std::sync::OnceLock;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field, TantivyDocument, Value};

use super::schema::{Fields, TextFields};
use crate::sketch::Sketch;
use crate::{Article, Date, language};

/// An article with its keys, ready to be indexed; texts are borrowed by every field that indexes them.
pub(crate) struct IndexedArticle {
    pub(crate) article: Article,
    pub(crate) key: String,
    pub(crate) file: Option<String>,
    pub(crate) fields: Fields,
    /// What is computed of the text once, on the thread that indexes it.
    pub(crate) derived: OnceLock<Derived>,
}

/// What an index keeps of a text beside its words.
pub(crate) struct Derived {
    lang: Option<&'static str>,
    sketch: Option<Sketch>,
}

impl Derived {
    fn of(article: &Article) -> Derived {
        let lang = if article.lang.is_none() { language::detect(article) } else { None };
        Derived { lang, sketch: Sketch::of(article) }
    }
}

/// A value of a field, borrowed from an [`IndexedArticle`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldValue<'a> {
    Text(&'a str),
    Unsigned(u64),
    Signed(i64),
}

impl<'a> Value<'a> for FieldValue<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            FieldValue::Text(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Unsigned(number) => ReferenceValueLeaf::U64(number),
            FieldValue::Signed(number) => ReferenceValueLeaf::I64(number),
        })
    }
}

impl Document for IndexedArticle {
    type Value<'a> = FieldValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, FieldValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let IndexedArticle { article, key, file, fields, derived } = self;
        let derived = derived.get_or_init(|| Derived::of(article));
        let mut values = Vec::with_capacity(24);
        // The id comes first: it is read without what comes after it.
        values.push((fields.id, FieldValue::Text(&article.id)));
        values.push((fields.key, FieldValue::Text(key)));
        if let Some(file) = file {
            values.push((fields.file, FieldValue::Text(file)));
        }
        push_text(&mut values, fields.title, &article.title);
        push_text(&mut values, fields.body, &article.body);
        if !article.title.is_empty() {
            values.push((fields.title_hash, FieldValue::Unsigned(title_hash(&article.title))));
        }
        let labels = [
            (fields.author, article.author.as_deref()),
            (fields.source, article.source.as_deref()),
            (fields.url, article.url.as_deref()),
            (fields.path, article.path.as_deref()),
            (fields.lang, article.lang.as_deref().or(derived.lang)),
        ];
        let present = labels.into_iter().filter_map(|(field, text)| Some((field, FieldValue::Text(text?))));
        values.extend(present);
        if let Some(date) = article.date {
            values.push((fields.day, FieldValue::Signed(i64::from(date.days_since_epoch()))));
        }
        let sketch = derived.sketch.into_iter().flat_map(Sketch::to_numbers);
        values.extend(sketch.map(|number| (fields.sketch, FieldValue::Unsigned(number))));
        if article.line > 0 {
            values.push((fields.line, FieldValue::Unsigned(u64::from(article.line))));
        }
        values.into_iter()
    }
}

/// One text goes to its three fields in turn, so that it is analysed once.
fn push_text<'a>(values: &mut Vec<(Field, FieldValue<'a>)>, fields: TextFields, text: &'a str) {
    if !text.is_empty() {
        values.extend([fields.stem, fields.exact, fields.stop].map(|field| (field, FieldValue::Text(text))));
    }
}

/// Identifies a title, so that articles of the same title can be counted: FNV-1a over its bytes.
///
/// See <http://www.isthe.com/chongo/tech/comp/fnv/>. Forty bits are kept: two of a million titles meet by chance about
/// once in two such indexes, and then count as one. The value is part of the format.
pub(crate) fn title_hash(title: &str) -> u64 {
    let hash: u64 =
        title.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash >> 24
}

/// Makes the article again from what the index stored of it.
pub(crate) fn article_from(fields: &Fields, stored: &TantivyDocument) -> Article {
    let mut article = Article::default();
    for (field, value) in stored.field_values() {
        let text = || value.as_str().unwrap_or_default().to_owned();
        match field {
            field if field == fields.id => article.id = text(),
            field if field == fields.title.stem => article.title = text(),
            field if field == fields.body.stem => article.body = text(),
            field if field == fields.author => article.author = Some(text()),
            field if field == fields.source => article.source = Some(text()),
            field if field == fields.url => article.url = Some(text()),
            field if field == fields.path => article.path = Some(text()),
            field if field == fields.lang => article.lang = Some(text()),
            field if field == fields.day => {
                let days = value.as_i64().and_then(|days| i32::try_from(days).ok());
                article.date = days.and_then(Date::from_days_since_epoch);
            }
            field if field == fields.line => {
                article.line = value.as_u64().and_then(|line| u32::try_from(line).ok()).unwrap_or_default();
            }
            _ => {}
        }
    }
    article
}
