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

mod files;
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
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema};
use tantivy::{DocId, PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin, TantivyError};

use super::directory::Storage;
use super::schema::{Fields, TextFields};
use super::stored::IndexedArticle;
use files::{Context, Files, Parts};
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
            is_helped: false,
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
    /// Whether another thread has time, which it had to read ahead.
    is_helped: bool,
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

/// A text, and what was read of it ahead.
struct Text<'a> {
    written: &'a str,
    ahead: Option<&'a Analysis>,
}

impl<'a> Text<'a> {
    fn new(written: &'a str, ahead: Option<&'a Analysis>) -> Text<'a> {
        Text { written, ahead }
    }

    /// Returns its analysis, made in `own` where it was not read ahead.
    fn read(self, analyzer: &FrenchAnalyzer, own: &'a mut Analysis) -> &'a Analysis {
        self.ahead.unwrap_or_else(|| {
            analyzer.analyze_shared(self.written, own);
            own
        })
    }
}

impl PostingsWriter {
    /// Takes a text in; its length is that of the stems, in words that are no stop words.
    fn add_text(&mut self, article: DocId, text: Text<'_>, stems: Field, of: impl Fn(&mut Logs) -> &mut TextLogs) {
        if text.written.is_empty() {
            return;
        }
        let PostingsWriter { analyzer, analysis, words, terms, seen, seen_small, logs, .. } = self;
        let analysis = text.read(analyzer, analysis);
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
        let length = stem.end(article);
        self.lengths.record(article, stems, length);
    }

    /// Takes the words of an author or a source in.
    fn add_label(&mut self, article: DocId, text: Text<'_>, of: impl Fn(&mut Logs) -> &mut Log) {
        if text.written.is_empty() {
            return;
        }
        let PostingsWriter { analyzer, analysis, words, terms, seen, logs, .. } = self;
        let analysis = text.read(analyzer, analysis);
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
        let Some(article) = document.as_any().downcast_ref::<IndexedArticle>() else {
            return Err(TantivyError::InvalidArgument("not an article".to_owned()));
        };
        self.articles = id + 1;
        self.add_name(id, Some(article.key().as_bytes()), |logs| &mut logs.key);
        self.add_name(id, article.file().map(str::as_bytes), |logs| &mut logs.file);
        self.add_name(id, article.lang().map(str::as_bytes), |logs| &mut logs.lang);
        // Numbers are terms of eight bytes, the greatest first.
        let bucket = article.title_bucket().map(u64::to_be_bytes);
        self.add_name(id, bucket.as_ref().map(<[u8; 8]>::as_slice), |logs| &mut logs.title_bucket);
        let ahead = article.take_analyses();
        let ahead = ahead.as_deref();
        self.is_helped |= ahead.is_some();
        let (written, text) = (article.article(), article.text());
        let author = Text::new(written.get_author().unwrap_or_default(), ahead.map(|ahead| &ahead.author));
        let source = Text::new(written.get_source().unwrap_or_default(), ahead.map(|ahead| &ahead.source));
        let title = Text::new(written.get_title(), ahead.map(|ahead| &ahead.title));
        let body = Text::new(text, ahead.map(|ahead| &ahead.body));
        self.add_label(id, author, |logs| &mut logs.author);
        self.add_label(id, source, |logs| &mut logs.source);
        self.add_text(id, title, self.fields.title.stem, |logs| &mut logs.title);
        self.add_text(id, body, self.fields.body.stem, |logs| &mut logs.body);
        Ok(())
    }

    fn serialize(mut self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        self.drafts.delete()?;
        self.lengths.fill_up_to_max_doc(self.articles);
        let lengths = segment.open_write(SegmentComponent::FieldNorms)?;
        self.lengths.serialize(FieldNormsSerializer::from_write(lengths)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let PostingsWriter { logs, terms, names, words, seen, seen_small, is_helped, .. } = *self;
        drop((words, seen, seen_small));
        let (sorted_terms, sorted_names) = (terms.sorted(), names.sorted());
        let context = Context { schema: &segment.schema(), lengths: &lengths };
        let Logs { key, file, title, body, title_bucket, author, source, lang } = logs;
        let mut files = Files::open(segment)?;
        let exact = [title.exact, body.exact];
        std::thread::scope(|scope| {
            let make = || exact.each_ref().map(|log| Parts::of(log, &terms, &sorted_terms, &context));
            let maker = is_helped.then(|| std::thread::Builder::new().spawn_scoped(scope, make).ok()).flatten();
            for log in [key, file, title_bucket, lang] {
                files.write(&log, &names, &sorted_names, &context)?;
            }
            for log in [author, source, title.stem, title.stop, body.stem, body.stop] {
                files.write(&log, &terms, &sorted_terms, &context)?;
            }
            let Some(maker) = maker else {
                return exact.iter().try_for_each(|log| files.write(log, &terms, &sorted_terms, &context));
            };
            let made = maker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            exact.iter().zip(made).try_for_each(|(log, parts)| files.append(log.field(), &parts?))
        })?;
        files.close()?;
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
