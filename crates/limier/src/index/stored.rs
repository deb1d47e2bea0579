//! An article as Tantivy takes it in and gives it back.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use limier_french::{Analysis, FrenchAnalyzer};
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ReferenceValue, ReferenceValueLeaf,
};
use tantivy::schema::{Document, Field, OwnedValue, Value};

use super::Index;
use super::read_ahead::{Analyses, ReadAhead};
use super::schema::Fields;
use crate::sketch::Sketch;
use crate::{Article, Date, Period, language};

/// An article with its keys, ready to be indexed; a clone is the same one.
///
/// It is no larger than a pointer: Tantivy's writer makes room for forty thousand of them whenever it is opened.
#[derive(Clone)]
pub(crate) struct IndexedArticle(Arc<Parts>);

struct Parts {
    article: Article,
    key: String,
    file: Option<String>,
    fields: Fields,
    /// Lines of the body that are none of its author's words: byte ranges, ascending.
    boilerplate: Box<[Range<usize>]>,
    analyzer: FrenchAnalyzer,
    derived: OnceLock<Derived>,
    ahead: ReadAhead,
}

/// What an index keeps of a text beside its words.
struct Derived {
    lang: Option<&'static str>,
    sketch: Option<Sketch>,
    /// The body as it is indexed, where it holds boilerplate.
    reordered: Option<Reordered>,
}

/// A body with its boilerplate behind the words of its author.
struct Reordered {
    text: String,
    /// Positions of the author's words, which come first.
    own_words: u64,
}

impl IndexedArticle {
    pub(super) fn new(
        article: Article,
        key: String,
        file: Option<String>,
        boilerplate: Box<[Range<usize>]>,
        index: &Index,
    ) -> IndexedArticle {
        let (fields, analyzer) = (*index.fields(), index.analyzer().clone());
        let (derived, ahead) = Default::default();
        IndexedArticle(Arc::new(Parts { article, key, file, fields, boilerplate, analyzer, derived, ahead }))
    }

    pub(super) fn key(&self) -> &str {
        &self.0.key
    }

    pub(super) fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    pub(super) fn article(&self) -> &Article {
        &self.0.article
    }

    /// Returns the body as it is indexed.
    pub(super) fn text(&self) -> &str {
        self.derived().reordered.as_ref().map_or(&self.0.article.body, |reordered| &reordered.text)
    }

    /// Returns the language, as given or as detected.
    pub(super) fn lang(&self) -> Option<&str> {
        self.0.article.lang.as_deref().or(self.derived().lang)
    }

    /// Returns the bucket of the title; `None` where there is none.
    pub(super) fn title_bucket(&self) -> Option<u64> {
        let title = self.0.article.get_title();
        (!title.is_empty()).then(|| title_bucket(title_hash(title)))
    }

    /// Reads all texts before the thread that indexes does; tells whether it was not there first.
    ///
    /// `analysis` is used again and again: what is kept of it takes no more memory than it must.
    pub(super) fn read_ahead(&self, analysis: &mut Analysis) -> bool {
        let mut read = |text: Option<&str>| {
            analysis.clear();
            if let Some(text) = text {
                self.0.analyzer.analyze_shared(text, analysis);
            }
            analysis.clone()
        };
        self.0.ahead.read(|| Analyses {
            title: read(Some(self.0.article.get_title())),
            body: read(Some(self.text())),
            author: read(self.0.article.get_author()),
            source: read(self.0.article.get_source()),
        })
    }

    /// Returns the texts as they were read ahead, once; `None` where they were not, and nobody will.
    pub(super) fn take_analyses(&self) -> Option<Box<Analyses>> {
        self.0.ahead.take()
    }

    /// Computes it where it was not: on the thread that indexes, of which there are several.
    fn derived(&self) -> &Derived {
        self.0.derived.get_or_init(|| {
            let article = &self.0.article;
            let lang = if article.lang.is_none() { language::detect(article) } else { None };
            let (own, of_page) = apart(&article.body, &self.0.boilerplate);
            if of_page.is_empty() || own.trim().is_empty() {
                return Derived { lang, sketch: Sketch::of(&article.title, &article.body), reordered: None };
            }
            let sketch = Sketch::of(&article.title, &own);
            let own_words = u64::from(self.0.analyzer.analyze(&own).positions());
            Derived { lang, sketch, reordered: Some(Reordered { text: own + &of_page, own_words }) }
        })
    }
}

/// Returns a body without some of its ranges, and these, a line each.
fn apart(body: &str, boilerplate: &[Range<usize>]) -> (String, String) {
    if boilerplate.is_empty() {
        return Default::default();
    }
    let (mut own, mut of_page, mut done) = (String::with_capacity(body.len()), String::new(), 0);
    for range in boilerplate {
        let (Some(before), Some(line)) = (body.get(done..range.start), body.get(range.clone())) else { continue };
        own.push_str(before);
        of_page.push_str(line);
        of_page.push_str("\n\n");
        done = range.end;
    }
    own.push_str(body.get(done..).unwrap_or_default());
    own.push_str("\n\n");
    (own, of_page)
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
        let Parts { article, fields, .. } = &*self.0;
        let derived = self.derived();
        let mut values = Vec::with_capacity(24);
        // The id comes first: it is read without what comes after it.
        values.push((fields.id, FieldValue::Text(&article.id)));
        if !article.title.is_empty() {
            values.push((fields.title.stem, FieldValue::Text(&article.title)));
            values.push((fields.title_hash, FieldValue::Unsigned(title_hash(&article.title))));
        }
        if !article.body.is_empty() {
            values.push((fields.text, FieldValue::Text(&article.body)));
        }
        if let Some(reordered) = &derived.reordered {
            values.push((fields.own_words, FieldValue::Unsigned(reordered.own_words)));
        }
        let labels = [
            (fields.author, article.author.as_deref()),
            (fields.source, article.source.as_deref()),
            (fields.url, article.url.as_deref()),
            (fields.path, article.path_to_store()),
            (fields.lang, self.lang()),
        ];
        let present = labels.into_iter().filter_map(|(field, text)| Some((field, FieldValue::Text(text?))));
        values.extend(present);
        if let Some(date) = article.date {
            values.push((fields.day, FieldValue::Signed(i64::from(date.days_since_epoch()))));
        }
        let sketch = derived.sketch.into_iter().flat_map(Sketch::to_numbers);
        values.extend(sketch.map(|number| (fields.sketch, FieldValue::Unsigned(number))));
        let marks = marks(article);
        if marks > 0 {
            values.push((fields.line, FieldValue::Unsigned(marks)));
        }
        values.into_iter()
    }
}

/// Says of the line of an article that all of its body stands on it.
const ON_ONE_LINE: u64 = 1 << 32;

/// Say of the date of an article that no more than its month, or its year, is known.
const MONTH_ALONE: u64 = 1 << 33;
const YEAR_ALONE: u64 = 1 << 34;

/// Returns the line of an article, and what else is kept beside it, above the 32 bits that it takes.
fn marks(article: &Article) -> u64 {
    let one_line = if article.line > 0 && article.is_on_one_line { ON_ONE_LINE } else { 0 };
    let precision = match article.date.map(Date::precision) {
        Some(Period::Month) => MONTH_ALONE,
        Some(Period::Year) => YEAR_ALONE,
        Some(Period::Day) | None => 0,
    };
    u64::from(article.line) | one_line | precision
}

/// Identifies a title, so that articles of the same title can be counted: FNV-1a over its bytes.
///
/// See <http://www.isthe.com/chongo/tech/comp/fnv/>. Thirty-two bits are kept: of a million titles one in four thousand meets
/// another by chance, and then counts as two. The value is part of the format.
pub(crate) fn title_hash(title: &str) -> u64 {
    let hash: u64 =
        title.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash >> 32
}

/// Returns the bucket that a title's hash falls into, one of 4,096.
///
/// A dictionary of all hashes would weigh as much as one of all titles. A bucket holds ten articles of forty thousand, and their
/// hashes tell which of them share a title. The value is part of the format.
pub(crate) fn title_bucket(hash: u64) -> u64 {
    hash >> 20
}

/// What the index stored of an article; each text is copied once, out of the block that it lies in.
pub(crate) struct StoredFields(Vec<(Field, OwnedValue)>);

impl DocumentDeserialize for StoredFields {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<StoredFields, DeserializeError> {
        let mut fields = Vec::with_capacity(deserializer.size_hint());
        while let Some(field) = deserializer.next_field()? {
            fields.push(field);
        }
        Ok(StoredFields(fields))
    }
}

impl StoredFields {
    /// Returns a text as it was stored; nothing where there is none.
    pub(crate) fn text(&self, of: Field) -> &str {
        let mut fields = self.0.iter().filter(|(field, _)| *field == of);
        fields.find_map(|(_, value)| value.as_ref().as_str()).unwrap_or_default()
    }

    /// Makes the article again.
    pub(crate) fn into_article(self, fields: &Fields) -> Article {
        let mut article = Article::default();
        let mut precision = Period::Day;
        for (field, value) in self.0 {
            match value {
                OwnedValue::Str(text) => match field {
                    field if field == fields.id => article.id = text,
                    field if field == fields.title.stem => article.title = text,
                    field if field == fields.text => article.body = text,
                    field if field == fields.author => article.author = Some(text),
                    field if field == fields.source => article.source = Some(text),
                    field if field == fields.url => article.url = Some(text),
                    field if field == fields.path => article.set_stored_path(text),
                    field if field == fields.lang => article.lang = Some(text),
                    _ => {}
                },
                OwnedValue::I64(days) if field == fields.day => {
                    article.date = i32::try_from(days).ok().and_then(Date::from_days_since_epoch);
                }
                OwnedValue::U64(marks) if field == fields.line => {
                    article.is_on_one_line = marks & ON_ONE_LINE != 0;
                    article.line = u32::try_from(marks & u64::from(u32::MAX)).unwrap_or_default();
                    precision = match (marks & YEAR_ALONE, marks & MONTH_ALONE) {
                        (0, 0) => Period::Day,
                        (0, _) => Period::Month,
                        _ => Period::Year,
                    };
                }
                _ => {}
            }
        }
        article.date = article.date.map(|date| date.with_precision(precision));
        article
    }
}
