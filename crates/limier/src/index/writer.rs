//! Changing an index: articles in, articles out, commits.

use std::collections::HashSet;

use tantivy::directory::error::LockError;
use tantivy::{IndexWriter, TantivyError, Term};

use super::stored::IndexedArticle;
use super::{Fields, Index};
use crate::{Article, Error, ErrorKind};

/// Largest body or title in bytes that is taken in: 64 MiB.
pub(crate) const MAX_TEXT_BYTES: usize = 64 << 20;

/// Bytes of articles in memory, for each thread, before they are written out as a segment.
const DEFAULT_MEMORY: usize = 64 << 20;

/// How a [`Writer`] works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    threads: usize,
    memory: usize,
}

impl Default for WriterOptions {
    fn default() -> WriterOptions {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        WriterOptions { threads: cores.min(4), memory: DEFAULT_MEMORY * cores.min(4) }
    }
}

impl WriterOptions {
    /// Sets how many threads index articles, 1 to 8; the default is one a core, at most 4.
    pub fn threads(mut self, threads: usize) -> WriterOptions {
        self.threads = threads.clamp(1, 8);
        self
    }

    /// Returns how many threads index articles.
    #[cfg(feature = "files")]
    pub(crate) fn thread_count(&self) -> usize {
        self.threads
    }

    /// Sets the memory in bytes that all threads share, at least 15 MB for each; the default is 64 MiB for each.
    pub fn memory(mut self, bytes: usize) -> WriterOptions {
        self.memory = bytes;
        self
    }
}

/// The one writer of an index: adds, replaces and deletes articles, and commits.
///
/// Nothing is searchable, and nothing is kept, before [`commit`](Writer::commit). Dropping a writer rolls back.
///
/// ```
/// use limier::{Article, Index};
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Article::new("1").body("Première version."))?;
/// writer.add(Article::new("1").body("Seconde version."))?;
/// writer.commit()?;
/// assert_eq!(index.articles(), 1);
/// writer.delete("1")?;
/// writer.rollback()?;
/// assert!(index.article("1")?.is_some());
/// # Ok::<(), limier::Error>(())
/// ```
pub struct Writer {
    index: Index,
    tantivy: IndexWriter<IndexedArticle>,
    /// Hashes of the keys added since the last commit: only these and committed ones need a deletion before an addition.
    pending: HashSet<u64>,
}

impl Writer {
    pub(super) fn open(index: &Index, options: &WriterOptions) -> Result<Writer, Error> {
        const LEAST: usize = 15_000_000;
        let threads = options.threads;
        let memory = options.memory.max(LEAST * threads);
        let tantivy = index.guarded(|| {
            index.tantivy().writer_with_num_threads(threads, memory).map_err(|error| match error {
                TantivyError::LockFailure(LockError::LockBusy, _) => locked(index),
                other => index.failure("write", other),
            })
        })?;
        // What another process committed meanwhile decides which keys exist.
        index.reload()?;
        Ok(Writer { index: index.clone(), tantivy, pending: HashSet::new() })
    }

    /// Adds an article; one of the same id is replaced.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArticle`] when a text is larger than 64 MiB, [`ErrorKind::Io`] when writing failed.
    pub fn add(&mut self, article: Article) -> Result<(), Error> {
        let key = id_key(article.id());
        self.add_keyed(article, key, None)
    }

    /// Deletes the article with this id, if there is one.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when writing failed.
    pub fn delete(&mut self, id: &str) -> Result<(), Error> {
        self.tantivy.delete_term(Term::from_field_text(self.fields().key, &id_key(id)));
        Ok(())
    }

    /// Adds an article of a file: `file` names the file, `record` its record in it.
    #[cfg(feature = "files")]
    pub(crate) fn add_from_file(&mut self, article: Article, file: &str, record: u32) -> Result<(), Error> {
        let key = format!("file\0{file}\0{record}");
        self.add_keyed(article, key, Some(file.to_owned()))
    }

    /// Deletes all articles of a file.
    #[cfg(feature = "files")]
    pub(crate) fn delete_file(&mut self, file: &str) {
        self.tantivy.delete_term(Term::from_field_text(self.fields().file, file));
    }

    fn add_keyed(&mut self, article: Article, key: String, file: Option<String>) -> Result<(), Error> {
        if article.body.len().max(article.title.len()) > MAX_TEXT_BYTES {
            let text = format!("article {:?} is larger than 64 MiB: split it", article.id);
            return Err(Error::new(ErrorKind::InvalidArticle, text));
        }
        let term = Term::from_field_text(self.fields().key, &key);
        let is_new = self.pending.insert(super::title_hash(&key));
        let committed = self.index.searcher().doc_freq(&term).map_err(|error| self.index.failure("read", error))?;
        if !is_new || committed > 0 {
            self.tantivy.delete_term(term);
        }
        let fields = *self.fields();
        self.tantivy
            .add_document(IndexedArticle { article, key, file, fields })
            .map(drop)
            .map_err(|error| self.index.failure("write", error))
    }

    /// Makes all changes durable and searchable: what was committed survives a kill right after.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when writing failed; the last commit then stays what is searched.
    pub fn commit(&mut self) -> Result<(), Error> {
        // The bookkeeping of files stays in force.
        let payload = self.index.payload()?;
        self.commit_with(payload.as_deref())
    }

    /// Commits with a payload: a text stored with the commit, atomically.
    pub(crate) fn commit_with(&mut self, payload: Option<&str>) -> Result<(), Error> {
        let index = self.index.clone();
        index.guarded(|| {
            let mut prepared = self.tantivy.prepare_commit().map_err(|error| index.failure("write", error))?;
            if let Some(payload) = payload {
                prepared.set_payload(payload);
            }
            prepared.commit().map_err(|error| index.failure("write", error))
        })?;
        self.pending.clear();
        self.index.reload()
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the index cannot be read again.
    pub fn rollback(&mut self) -> Result<(), Error> {
        self.tantivy.rollback().map_err(|error| self.index.failure("write", error))?;
        self.pending.clear();
        Ok(())
    }

    /// Waits until merges of segments that run behind are done, and closes the writer.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when a merge failed.
    pub fn finish(self) -> Result<(), Error> {
        let index = self.index;
        self.tantivy.wait_merging_threads().map_err(|error| index.failure("write", error))?;
        index.reload()
    }

    #[cfg(feature = "files")]
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    fn fields(&self) -> &Fields {
        self.index.fields()
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("index", &self.index)
            .field("pending", &self.pending.len())
            .finish_non_exhaustive()
    }
}

/// The key of an article that was added by its id; keys of files begin otherwise.
pub(super) fn id_key(id: &str) -> String {
    format!("id\0{id}")
}

fn locked(index: &Index) -> Error {
    let place = index.folder().map_or_else(|| "in memory".to_owned(), |folder| format!("in {}", folder.display()));
    let error = Error::new(
        ErrorKind::Locked,
        format!("another writer holds the index {place}: wait until it is done, or close it"),
    );
    match index.folder() {
        Some(folder) => error.with_path(folder),
        None => error,
    }
}
