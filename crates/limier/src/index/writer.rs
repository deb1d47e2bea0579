//! Changing an index: articles in, articles out, commits.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use limier_french::Analysis;
use tantivy::directory::error::LockError;
use tantivy::index::SegmentMeta;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergeCandidate, MergePolicy, NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyError, Term};

use super::holder::{Holder, HolderFile};
use super::stored::IndexedArticle;
use super::{Fields, Index};
use crate::{Article, Error, ErrorKind};

/// Largest body or title in bytes that is taken in: 64 MiB.
pub(crate) const MAX_TEXT_BYTES: usize = 64 << 20;

/// Bytes of articles in memory, of all threads, before they are written out as segments: with a merge beside them, the whole stays
/// below 300 MB on 1,000 MB of text.
const DEFAULT_MEMORY: usize = 128 << 20;

/// Merges that may run at a time: each holds the terms of what it merges, and the cores are busy with indexing.
const MERGES: usize = 1;

/// Least bytes of memory for each thread; Tantivy refuses less.
const LEAST_MEMORY: usize = 15_000_000;

/// Bytes of titles and bodies that become one segment, whatever the threads: 12 MiB, three quarters of a second for two threads.
///
/// Two threads make two segments, each with dictionaries of its own: of small collections these are half of an index, and each
/// query looks its words up in both.
const ONE_SEGMENT: usize = 12 << 20;

/// The share of the memory that texts take at most while they wait; they take five times as much while they are read.
const WAITING_SHARE: usize = 10;

/// Changes that wait at most, however short.
const MOST_HELD: usize = 1 << 15;

/// Segments of fewer articles than this are of one size when segments are merged with others of their size: a refresh
/// that adds an article never rewrites the thousands that lie beside it.
const SMALL_SEGMENT: u32 = 64;

/// The share of deleted articles beyond which a segment is written anew without them.
const MOST_DELETED: f32 = 0.3;

/// How a [`Writer`] works.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "options do nothing before a writer is given them"]
pub struct WriterOptions {
    threads: usize,
    memory: usize,
}

impl Default for WriterOptions {
    fn default() -> WriterOptions {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        WriterOptions { threads: cores.min(4), memory: DEFAULT_MEMORY }
    }
}

impl WriterOptions {
    /// Sets how many threads index articles, 1 to 8; the default is one a core, at most 4.
    pub fn threads(mut self, threads: usize) -> WriterOptions {
        self.threads = threads.clamp(1, 8);
        self
    }

    /// Returns how many threads index articles within the memory.
    pub(crate) fn thread_count(&self) -> usize {
        self.threads.min(self.memory / LEAST_MEMORY).max(1)
    }

    /// Sets the memory in bytes that all threads share for what they index; the default is 128 MiB.
    ///
    /// A thread needs 15 MB: with less there are fewer threads, with less than 15 MB one thread has 15 MB. Beside it texts of up to a tenth
    /// of it wait for their commit, to become one segment, and take half of it when they are read; 12 MiB and 60 at most.
    pub fn memory(mut self, bytes: usize) -> WriterOptions {
        self.memory = bytes;
        self
    }
}

/// The one writer of an index: adds, replaces and deletes articles, and commits them as one batch.
///
/// There is one at a time, whatever the number of threads and processes; readers, which are clones of an
/// [`Index`], go on answering from the last commit, and see the next when they [reload](Index::reload). Nothing is searchable, and nothing is kept, before [`commit`](Writer::commit). Dropping a writer rolls back.
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
    /// Says to others who holds the index.
    holder: HolderFile,
    tantivy: IndexWriter<IndexedArticle>,
    /// Changes since the last commit that wait for it, to become one segment; `None` where one thread indexes anyway, or once they
    /// are more than that.
    held: Option<Held>,
    /// Bytes of texts that wait at most.
    one_segment: usize,
    threads: usize,
    /// Hashes of the keys added since the last commit: only these and committed ones need a deletion before an addition.
    pending: HashSet<u64>,
}

/// Changes in their order, and the bytes of titles and bodies among them.
#[derive(Default)]
struct Held {
    changes: Vec<Change>,
    bytes: usize,
}

type Change = UserOperation<IndexedArticle>;

impl Writer {
    pub(super) fn open(index: &Index, options: &WriterOptions) -> Result<Writer, Error> {
        // A merge must not put a new checksum on damage.
        index.inner.storage.check_anew();
        let threads = options.thread_count();
        let memory = options.memory.max(LEAST_MEMORY * threads);
        let tantivy = index.guarded(|| {
            let options = IndexWriterOptions::builder()
                .num_worker_threads(threads)
                .memory_budget_per_thread(memory / threads)
                .num_merge_threads(MERGES)
                .build();
            index.tantivy().writer_with_options(options).map_err(|error| match error {
                TantivyError::LockFailure(LockError::LockBusy, _) => locked(index),
                other => index.write_failure(other),
            })
        })?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_layer_size(SMALL_SEGMENT);
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        tantivy.set_merge_policy(Box::new(policy));
        let holder = HolderFile::write(index.folder());
        // What another process committed meanwhile decides which keys exist.
        index.reload()?;
        let held = (threads > 1).then(Held::default);
        let one_segment = ONE_SEGMENT.min(memory / WAITING_SHARE);
        Ok(Writer { index: index.clone(), holder, tantivy, held, one_segment, threads, pending: HashSet::new() })
    }

    /// Adds an article; one of the same id is replaced.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArticle`] when a text is larger than 64 MiB, [`ErrorKind::Io`] when writing failed.
    pub fn add(&mut self, article: Article) -> Result<(), Error> {
        let key = id_key(article.id());
        self.add_keyed(article, key, None, Box::default())
    }

    /// Deletes the article with this id, if there is one.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when writing failed.
    pub fn delete(&mut self, id: &str) -> Result<(), Error> {
        self.submit(UserOperation::Delete(Term::from_field_text(self.fields().key, &id_key(id))), 0)
    }

    /// Adds an article of a file.
    #[cfg(feature = "files")]
    pub(crate) fn add_from_file(&mut self, record: crate::ingest::Record, file: &str) -> Result<(), Error> {
        let key = format!("file\0{file}\0{}", record.record);
        self.add_keyed(record.article, key, Some(file.to_owned()), record.boilerplate)
    }

    /// Deletes all articles of a file.
    #[cfg(feature = "files")]
    pub(crate) fn delete_file(&mut self, file: &str) -> Result<(), Error> {
        self.submit(UserOperation::Delete(Term::from_field_text(self.fields().file, file)), 0)
    }

    fn add_keyed(
        &mut self,
        article: Article,
        key: String,
        file: Option<String>,
        boilerplate: Box<[Range<usize>]>,
    ) -> Result<(), Error> {
        if article.body.len().max(article.title.len()) > MAX_TEXT_BYTES {
            let text = format!("article {:?} is larger than 64 MiB: split it", article.id);
            return Err(Error::new(ErrorKind::InvalidArticle, text));
        }
        let term = Term::from_field_text(self.fields().key, &key);
        let is_new = self.pending.insert(super::title_hash(&key));
        let committed = self.index.searcher().doc_freq(&term).map_err(|error| self.index.failure("read", error))?;
        if !is_new || committed > 0 {
            self.submit(UserOperation::Delete(term), 0)?;
        }
        let bytes = article.title.len() + article.body.len();
        let article = IndexedArticle::new(article, key, file, boilerplate, &self.index);
        self.submit(UserOperation::Add(article), bytes)
    }

    /// Takes a change in, with the bytes of its texts.
    fn submit(&mut self, change: Change, bytes: usize) -> Result<(), Error> {
        if let Some(held) = &mut self.held {
            held.bytes = held.bytes.saturating_add(bytes);
            held.changes.push(change);
            let fits = held.bytes <= self.one_segment && held.changes.len() <= MOST_HELD;
            if fits {
                return Ok(());
            }
            return self.hold_nothing();
        }
        self.pass(change)
    }

    /// Hands each change, those that wait and those until the next commit, to whichever thread has time for it.
    pub(super) fn hold_nothing(&mut self) -> Result<(), Error> {
        let changes = self.held.take().map(|held| held.changes).unwrap_or_default();
        changes.into_iter().try_for_each(|change| self.pass(change))
    }

    fn pass(&self, change: Change) -> Result<(), Error> {
        match change {
            UserOperation::Delete(term) => {
                self.tantivy.delete_term(term);
                Ok(())
            }
            UserOperation::Add(article) => {
                self.tantivy.add_document(article).map(drop).map_err(|error| self.index.write_failure(error))
            }
        }
    }

    /// Hands out what waits, all to one thread, and reads its articles from the last on until that thread comes.
    fn pass_held(&mut self) -> tantivy::Result<()> {
        let changes = self.held.take().map(|held| held.changes).unwrap_or_default();
        let added = |change: &Change| match change {
            UserOperation::Add(article) => Some(article.clone()),
            UserOperation::Delete(_) => None,
        };
        let articles: Vec<_> = changes.iter().filter_map(added).collect();
        self.tantivy.run(changes)?;
        let mut analysis = Analysis::new();
        articles.iter().rev().all(|article| article.read_ahead(&mut analysis));
        Ok(())
    }

    /// Begins to hold changes back again, where that makes fewer segments.
    fn begin(&mut self) {
        self.held = (self.threads > 1).then(Held::default);
        self.pending.clear();
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
            self.pass_held().map_err(|error| index.write_failure(error))?;
            let mut prepared = self.tantivy.prepare_commit().map_err(|error| index.write_failure(error))?;
            if let Some(payload) = payload {
                prepared.set_payload(payload);
            }
            prepared.commit().map_err(|error| index.write_failure(error))
        })?;
        self.begin();
        self.index.reload()
    }

    /// Forgets all changes since the last commit.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the index cannot be read again.
    pub fn rollback(&mut self) -> Result<(), Error> {
        let index = self.index.clone();
        index.guarded(|| self.tantivy.rollback().map(drop).map_err(|error| index.write_failure(error)))?;
        self.begin();
        Ok(())
    }

    /// Takes the texts of deleted and replaced articles off the disk, by writing anew the segments that hold them.
    ///
    /// Changes that were not committed are no part of it. A refresh does this by itself now and then.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when writing failed.
    pub fn purge(&mut self) -> Result<(), Error> {
        let index = self.index.clone();
        index.guarded(|| {
            let with_deleted = || -> Result<Vec<_>, Error> {
                let metas = index.tantivy().searchable_segment_metas().map_err(|error| index.failure("read", error))?;
                Ok(metas.iter().filter(|meta| meta.num_deleted_docs() > 0).map(|meta| meta.id()).collect())
            };
            let policy = self.tantivy.get_merge_policy();
            self.tantivy.set_merge_policy(Box::new(NoMergePolicy));
            let mut outcome = Ok(());
            for segment in with_deleted()? {
                // A segment that is being merged already cannot be merged twice, and will be gone.
                if let Err(error) = self.tantivy.merge(&[segment]).wait() {
                    outcome = Err(error);
                }
            }
            self.tantivy.set_merge_policy(Box::new(Shared(policy)));
            if let (Err(error), false) = (outcome, with_deleted()?.is_empty()) {
                return Err(index.write_failure(error));
            }
            index.reload()?;
            self.tantivy.garbage_collect_files().wait().map(drop).map_err(|error| index.write_failure(error))
        })
    }

    /// Waits until merges of segments that run behind are done, and closes the writer.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when a merge failed.
    pub fn finish(self) -> Result<(), Error> {
        let Writer { index, holder, tantivy, .. } = self;
        let waited = index.guarded(|| tantivy.wait_merging_threads().map_err(|error| index.write_failure(error)));
        drop(holder);
        waited?;
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

/// A merge policy that others hold, too.
#[derive(Debug)]
struct Shared(Arc<dyn MergePolicy>);

impl MergePolicy for Shared {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        self.0.compute_merge_candidates(segments)
    }
}

fn locked(index: &Index) -> Error {
    let Some(folder) = index.folder() else {
        let text = "another writer holds the index in memory: wait until it is done, or close it";
        return Error::new(ErrorKind::Locked, text);
    };
    let holder = Holder::read(folder);
    let who = holder.as_ref().map_or_else(String::new, |holder| format!(" ({holder})"));
    let text =
        format!("another writer{who} holds the index in {}: wait until it is done, or close it", folder.display());
    let error = Error::new(ErrorKind::Locked, text).with_path(folder);
    match holder {
        Some(holder) => error.with_holder(holder),
        None => error,
    }
}
