//! The fields of an index, and why each is there.
//!
//! | field         | indexed as                     | for                                        |
//! |---------------|--------------------------------|--------------------------------------------|
//! | `key`         | one raw term                   | replacing and deleting an article          |
//! | `file`        | one raw term                   | deleting all articles of a file            |
//! | `title`       | stems, frequencies, positions  | ranking, phrases                           |
//! | `title_exact` | exact terms                    | ranking, `=word`, prefixes, neighbours     |
//! | `title_stop`  | stop words                     | phrases that hold stop words               |
//! | `body`        | stems, frequencies, positions  | ranking, phrases                           |
//! | `body_exact`  | exact terms                    | ranking, `=word`, prefixes, neighbours     |
//! | `body_stop`   | stop words                     | phrases that hold stop words               |
//! | `title_hash`  | column                         | how many articles share a title            |
//! | `title_bucket`| number of twelve bits          | finding those that may share a title       |
//! | `author`, `source` | stems, and a column       | filters, facets                            |
//! | `day`         | column                         | date filters, sorting, facets              |
//! | `id`          | column                         | ordering equal scores, answers of ids      |
//! | `lang`        | one raw term                   | narrowing to a language                    |
//! | `sketch`      | column of three numbers        | near-duplicates                            |
//! | `own_words`   | column                         | telling boilerplate from the rest          |
//! | `text`        | stored                         | the body as it is shown                    |
//!
//! The body is indexed with its boilerplate behind everything else, so that the position of a word tells which it is in, and
//! stored apart as it stands.
//!
//! Stop words have fields of their own so that they neither count in the length of an article nor share a term with
//! the stem of another word (`mais`, `maïs`). Where they stand is read in the stored text, by the few searches that ask.

use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

const STEM: &str = "limier_stem";
const EXACT: &str = "limier_exact";
const STOP: &str = "limier_stop";
/// Tantivy's own name for the tokenizer that leaves a text whole.
const RAW: &str = "raw";

/// The handles of all fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) key: Field,
    pub(crate) file: Field,
    pub(crate) title: TextFields,
    pub(crate) body: TextFields,
    pub(crate) title_hash: Field,
    pub(crate) title_bucket: Field,
    pub(crate) author: Field,
    pub(crate) source: Field,
    pub(crate) day: Field,
    pub(crate) id: Field,
    pub(crate) url: Field,
    pub(crate) path: Field,
    pub(crate) line: Field,
    pub(crate) lang: Field,
    pub(crate) sketch: Field,
    pub(crate) own_words: Field,
    pub(crate) text: Field,
}

/// The three fields of one text: its stems, its exact terms, its stop words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    pub(crate) stem: Field,
    pub(crate) exact: Field,
    pub(crate) stop: Field,
}

/// Makes the schema; the order of fields is part of the format.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // What stands as one term has no length worth keeping.
    let whole = || text(RAW, IndexRecordOption::Basic, false);
    let key = builder.add_text_field("key", whole());
    let file = builder.add_text_field("file", whole());
    let title = TextFields {
        stem: builder.add_text_field("title", text(STEM, IndexRecordOption::WithFreqsAndPositions, true) | STORED),
        exact: builder.add_text_field("title_exact", text(EXACT, IndexRecordOption::Basic, false)),
        stop: builder.add_text_field("title_stop", text(STOP, IndexRecordOption::Basic, false)),
    };
    let body = TextFields {
        stem: builder.add_text_field("body", text(STEM, IndexRecordOption::WithFreqsAndPositions, true)),
        exact: builder.add_text_field("body_exact", text(EXACT, IndexRecordOption::Basic, false)),
        stop: builder.add_text_field("body_stop", text(STOP, IndexRecordOption::Basic, false)),
    };
    let title_hash = builder.add_u64_field("title_hash", FAST);
    let title_bucket = builder.add_u64_field("title_bucket", NumericOptions::default().set_indexed());
    let label = || text(STEM, IndexRecordOption::Basic, false).set_fast(RAW) | STORED;
    let author = builder.add_text_field("author", label());
    let source = builder.add_text_field("source", label());
    let day = builder.add_i64_field("day", FAST | STORED);
    let id = builder.add_text_field("id", TextOptions::default().set_fast(RAW) | STORED);
    let url = builder.add_text_field("url", STORED);
    let path = builder.add_text_field("path", STORED);
    let line = builder.add_u64_field("line", STORED);
    let lang = builder.add_text_field("lang", whole() | STORED);
    let sketch = builder.add_u64_field("sketch", FAST);
    let own_words = builder.add_u64_field("own_words", FAST);
    let text = builder.add_text_field("text", STORED);
    let fields = Fields {
        key,
        file,
        title,
        body,
        title_hash,
        title_bucket,
        author,
        source,
        day,
        id,
        url,
        path,
        line,
        lang,
        sketch,
        own_words,
        text,
    };
    (builder.build(), fields)
}

fn text(tokenizer: &str, record: IndexRecordOption, fieldnorms: bool) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(fieldnorms);
    TextOptions::default().set_indexing_options(indexing)
}

/// Registers a tokenizer that gives nothing for all fields: their terms are made by [`postings`](super::postings).
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for name in [STEM, EXACT, STOP, RAW] {
        manager.register(name, TextAnalyzer::default());
    }
    manager
}
