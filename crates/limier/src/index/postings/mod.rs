//! Makes the inverted index of new segments, in place of Tantivy's own way.
//!
//! Tantivy looks up each term of each field in a table of its own, by its bytes, and appends to the postings of that term: a word
//! that is indexed as it is written and by its stem waits for memory a dozen times. Here each word is looked up once, all fields
//! share the numbers of its terms, and what the articles hold is written down in the order in which it comes ([`log`]), to be
//! sorted once, when the segment is written. The files are Tantivy's, with the postings, positions and lengths that
//! it would have written; it merges and reads them.
//!
//! It is a plugin of Tantivy's, which comes after Tantivy's own parts have written theirs: their inverted index holds nothing, and
//! is replaced.

mod log;
mod numbers;
mod terms;
#[cfg(test)]
mod tests;
mod words;

use std::any::Any;
use std::path::PathBuf;

use limier_french::{Analysis, FrenchAnalyzer, Stop};
use tantivy::directory::Directory;
use tantivy::directory::error::DeleteError;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::DocIdMapping;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin, TantivyError};

use super::directory::Storage;
use super::schema::{Fields, TextFields};
use super::stored::IndexedArticle;
use log::Log;
use terms::{TermId, Terms};
use words::Words;

/// What Tantivy's own inverted index writes, and this one in its place.
const REPLACED: [SegmentComponent; 4] =
    [SegmentComponent::FieldNorms, SegmentComponent::Terms, SegmentComponent::Postings, SegmentComponent::Positions];

/// Makes the inverted index of each new segment.
pub(super) struct PostingsPlugin {
    storage: Storage,
    fields: Fields,
    analyzer: FrenchAnalyzer,
}

impl PostingsPlugin {
    pub(super) fn new(storage: Storage, fields: Fields, analyzer: FrenchAnalyzer) -> PostingsPlugin {
        PostingsPlugin { storage, fields, analyzer }
    }
}

impl SegmentPlugin for PostingsPlugin {
    // The files that it writes are those of Tantivy's inverted index.
    fn extensions(&self) -> &[&str] {
        &[]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        let names = REPLACED.map(|component| context.segment.relative_path(component));
        self.storage.begin_drafts(&names);
        Ok(Box::new(PostingsWriter {
            drafts: Drafts { storage: self.storage.clone(), names },
            fields: self.fields,
            analyzer: self.analyzer.clone(),
            analysis: Analysis::new(),
            seen: Seen::default(),
            seen_small: Seen::default(),
            words: Words::default(),
            terms: Terms::default(),
            names: Terms::default(),
            logs: Logs::new(&self.fields),
            lengths: FieldNormsWriter::for_schema(&context.segment.schema()),
            articles: 0,
        }))
    }

    // Tantivy merges them.
    fn merge(&self, _: PluginMergeContext<'_>) -> tantivy::Result<()> {
        Ok(())
    }
}

/// The postings of one segment.
struct PostingsWriter {
    drafts: Drafts,
    fields: Fields,
    analyzer: FrenchAnalyzer,
    analysis: Analysis,
    seen: Seen,
    /// Of small words, which may be words of sense elsewhere in the text.
    seen_small: Seen,
    words: Words,
    /// The terms of texts.
    terms: Terms,
    /// What stands as one term: keys, files, languages, buckets of titles.
    names: Terms,
    logs: Logs,
    lengths: FieldNormsWriter,
    /// Articles taken in.
    articles: DocId,
}

/// One log a field.
struct Logs {
    key: Log,
    file: Log,
    title: TextLogs,
    body: TextLogs,
    title_bucket: Log,
    author: Log,
    source: Log,
    lang: Log,
}

/// The logs of the three fields of a text.
struct TextLogs {
    stem: Log,
    exact: Log,
    stop: Log,
}

impl Logs {
    fn new(fields: &Fields) -> Logs {
        let whole = |field| Log::new(field, false);
        let text = |fields: &TextFields| TextLogs {
            stem: Log::new(fields.stem, true),
            exact: Log::new(fields.exact, false),
            stop: Log::new(fields.stop, false),
        };
        Logs {
            key: whole(fields.key),
            file: whole(fields.file),
            title: text(&fields.title),
            body: text(&fields.body),
            title_bucket: whole(fields.title_bucket),
            author: whole(fields.author),
            source: whole(fields.source),
            lang: whole(fields.lang),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Log> {
        let whole = [&self.key, &self.file, &self.title_bucket, &self.author, &self.source, &self.lang];
        let texts = [&self.title, &self.body].into_iter().flat_map(|text| [&text.stem, &text.exact, &text.stop]);
        whole.into_iter().chain(texts)
    }

    /// Returns the bytes of memory that they take, also while they are written, one after the other.
    fn memory(&self) -> usize {
        self.all().map(Log::memory).sum::<usize>() + self.all().map(Log::memory_to_write).max().unwrap_or_default()
    }
}

/// Tells which terms the article that is being read has already in a field that keeps each once.
#[derive(Default)]
struct Seen {
    /// For each term the number of the last text that had it.
    texts: Vec<u32>,
    text: u32,
}

impl Seen {
    /// Begins a text.
    fn begin(&mut self) {
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.texts.clear();
            self.text = 1;
        }
    }

    /// Returns the bytes of memory that it takes.
    fn memory(&self) -> usize {
        self.texts.capacity() * size_of::<u32>()
    }

    /// Tells whether the text did not have a term before.
    #[inline]
    fn is_first(&mut self, term: TermId) -> bool {
        if self.texts.len() <= term as usize {
            self.texts.resize(term as usize + 1, 0);
        }
        let last = self.texts.get_mut(term as usize).map(|text| std::mem::replace(text, self.text));
        last != Some(self.text)
    }
}

impl PostingsWriter {
    /// Takes a text in; returns its length in words that are no stop words.
    fn add_text(&mut self, article: DocId, text: &str, of: impl Fn(&mut Logs) -> &mut TextLogs) -> u32 {
        let PostingsWriter { analyzer, analysis, words, terms, seen, seen_small, logs, .. } = self;
        analyzer.analyze_shared(text, analysis);
        words.begin(analysis);
        seen.begin();
        seen_small.begin();
        let TextLogs { stem, exact, stop } = of(logs);
        let mut last = None;
        for (rank, token) in analysis.tokens().enumerate() {
            let word = words.of(analysis, rank, terms);
            if token.stop != Stop::None {
                if seen_small.is_first(word.exact) {
                    stop.push(word.exact, 0);
                }
                continue;
            }
            // `salariés` and `salariées` have one stem, which is not to count twice.
            let is_again = token.alternate && last == Some((word.stem, token.position));
            if !is_again {
                last = Some((word.stem, token.position));
                stem.push(word.stem, token.position);
            }
            if seen.is_first(word.exact) {
                exact.push(word.exact, 0);
            }
        }
        exact.end(article);
        stop.end(article);
        stem.end(article)
    }

    /// Takes the words of an author or a source in.
    fn add_label(&mut self, article: DocId, text: Option<&str>, of: impl Fn(&mut Logs) -> &mut Log) {
        let Some(text) = text else { return };
        let PostingsWriter { analyzer, analysis, words, terms, seen, logs, .. } = self;
        analyzer.analyze_shared(text, analysis);
        words.begin(analysis);
        seen.begin();
        let log = of(logs);
        for (rank, token) in analysis.tokens().enumerate() {
            let word = words.of(analysis, rank, terms);
            if token.stop == Stop::None && seen.is_first(word.stem) {
                log.push(word.stem, 0);
            }
        }
        log.end(article);
    }

    /// Takes what stands as one term in.
    fn add_name(&mut self, article: DocId, name: Option<&[u8]>, of: impl Fn(&mut Logs) -> &mut Log) {
        let Some(name) = name else { return };
        let name = self.names.number(name);
        let log = of(&mut self.logs);
        log.push(name, 0);
        log.end(article);
    }
}

impl PluginWriter for PostingsWriter {
    fn add_document(&mut self, id: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let Some(article) = document.as_any().downcast_ref::<Box<IndexedArticle>>() else {
            return Err(TantivyError::InvalidArgument("not an article".to_owned()));
        };
        let article = &**article;
        self.articles = id + 1;
        self.add_name(id, Some(article.key.as_bytes()), |logs| &mut logs.key);
        self.add_name(id, article.file.as_deref().map(str::as_bytes), |logs| &mut logs.file);
        self.add_name(id, article.lang().map(str::as_bytes), |logs| &mut logs.lang);
        // Numbers are terms of eight bytes, the greatest first.
        let bucket = article.title_bucket().map(u64::to_be_bytes);
        self.add_name(id, bucket.as_ref().map(<[u8; 8]>::as_slice), |logs| &mut logs.title_bucket);
        self.add_label(id, article.article().get_author(), |logs| &mut logs.author);
        self.add_label(id, article.article().get_source(), |logs| &mut logs.source);
        for (text, field) in
            [(article.article().get_title(), self.fields.title.stem), (article.text(), self.fields.body.stem)]
        {
            if text.is_empty() {
                continue;
            }
            let is_title = field == self.fields.title.stem;
            let length = self.add_text(id, text, |logs| if is_title { &mut logs.title } else { &mut logs.body });
            self.lengths.record(id, field, length);
        }
        Ok(())
    }

    fn serialize(mut self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        self.drafts.delete()?;
        self.lengths.fill_up_to_max_doc(self.articles);
        let lengths = segment.open_write(SegmentComponent::FieldNorms)?;
        self.lengths.serialize(FieldNormsSerializer::from_write(lengths)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut serializer = InvertedIndexSerializer::open(segment)?;
        let PostingsWriter { logs, terms, names, words, seen, seen_small, .. } = *self;
        drop((words, seen, seen_small));
        let (sorted_terms, sorted_names) = (terms.sorted(), names.sorted());
        let Logs { key, file, title, body, title_bucket, author, source, lang } = logs;
        let mut fields =
            vec![(key, true), (file, true), (title_bucket, true), (lang, true), (author, false), (source, false)];
        for TextLogs { stem, exact, stop } in [title, body] {
            fields.extend([(stem, false), (exact, false), (stop, false)]);
        }
        // In the order of the schema, as Tantivy writes them.
        fields.sort_by_key(|(log, _)| log.field());
        for (log, is_name) in fields {
            let lengths = lengths.get_field(log.field())?;
            if is_name {
                log.write(&names, &sorted_names, lengths, &mut serializer)?;
            } else {
                log.write(&terms, &sorted_terms, lengths, &mut serializer)?;
            }
        }
        serializer.close()?;
        Ok(())
    }

    fn mem_usage(&self) -> usize {
        self.logs.memory()
            + self.terms.memory()
            + self.names.memory()
            + self.words.memory()
            + self.seen.memory()
            + self.seen_small.memory()
            + self.lengths.mem_usage()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// The files of Tantivy's own inverted index, until they are replaced.
struct Drafts {
    storage: Storage,
    names: [PathBuf; 4],
}

impl Drafts {
    fn delete(&self) -> tantivy::Result<()> {
        for name in &self.names {
            match self.storage.delete(name) {
                Ok(()) | Err(DeleteError::FileDoesNotExist(_)) => {}
                Err(DeleteError::IoError { io_error, .. }) => return Err(TantivyError::IoError(io_error)),
            }
        }
        self.storage.end_drafts(&self.names);
        Ok(())
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        self.storage.end_drafts(&self.names);
    }
}
