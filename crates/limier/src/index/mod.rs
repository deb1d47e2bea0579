//! Articles to an index: opening, writing, counting, checking.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use limier_french::FrenchAnalyzer;
use serde::Serialize;
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::schema::TantivyDocument;
use tantivy::{DocAddress, IndexReader, IndexSettings, ReloadPolicy, Searcher};

use crate::guard::guard;
use crate::search::Search;
use crate::search::ids::Ids;
use crate::{Article, Error, ErrorKind};

mod holder;
#[cfg(feature = "files")]
mod manifest;
mod meta;
#[cfg(feature = "files")]
mod refresh;
mod schema;
mod stored;
mod verify;
mod writer;

pub use holder::Holder;
use meta::Meta;
#[cfg(feature = "files")]
pub use refresh::{Progress, RefreshOptions, RefreshReport};
pub(crate) use schema::{Fields, TextFields};
pub(crate) use stored::{article_from, title_hash};
pub use verify::{Damage, Verification};
pub use writer::{Writer, WriterOptions};

/// A searchable collection of articles, in a folder or in memory.
///
/// Cloning is cheap; clones share what they hold, and may be used from many threads. A search sees the last commit that
/// this index made or [reloaded](Index::reload).
///
/// ```
/// use limier::{Article, Index};
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Article::new("1").title("Les chevaux de Camargue").body("Un cheval blanc galope."))?;
/// writer.commit()?;
/// let hits = index.search("chevaux").run()?;
/// assert_eq!(hits.total(), 1);
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    analyzer: FrenchAnalyzer,
    folder: Option<PathBuf>,
    /// The bookkeeping of files that was read last, and the name of the file that it lies in.
    #[cfg(feature = "files")]
    manifest: std::sync::Mutex<Option<manifest::Named>>,
}

/// Counts and sizes of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles that can be found.
    pub articles: u64,
    /// Segments that the articles lie in: a search visits each.
    pub segments: usize,
    /// Distinct stems over titles and bodies, counted once a segment and field.
    pub terms: u64,
    /// Size of all files of the index in bytes; 0 in memory.
    pub bytes: u64,
    /// The analyzer's fingerprint.
    pub analyzer: String,
    /// The version of the format on disk.
    pub format: u32,
}

impl Index {
    /// Creates an empty index in `folder`, which is made if it does not exist and must hold nothing.
    ///
    /// # Errors
    /// [`ErrorKind::NotAnIndex`] when the folder holds other files, [`ErrorKind::Io`] when it cannot be written.
    pub fn create(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder).map_err(|source| Error::io("create the folder", folder, source))?;
        let mut entries = fs::read_dir(folder).map_err(|source| Error::io("read the folder", folder, source))?;
        if entries.next().is_some() {
            let text = format!("{} is not empty: an index wants a folder of its own", folder.display());
            return Err(Error::new(ErrorKind::NotAnIndex, text).with_path(folder));
        }
        let analyzer = FrenchAnalyzer::new();
        let index = guard(folder, || {
            let directory = MmapDirectory::open(folder).map_err(|error| opening(folder, error.into()))?;
            let (schema, _) = schema::schema();
            tantivy::Index::create(directory, schema, IndexSettings::default()).map_err(|error| opening(folder, error))
        })?;
        // Last, so that a folder with this file is a whole index.
        Meta::current(&analyzer).write(folder)?;
        Index::from_parts(index, analyzer, Some(folder.to_path_buf()))
    }

    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is no such folder, [`ErrorKind::NotAnIndex`] when it is no index,
    /// [`ErrorKind::Incompatible`] when another format or analyzer made it, [`ErrorKind::Corrupt`] when it is damaged.
    pub fn open(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        let analyzer = FrenchAnalyzer::new();
        Meta::read(folder)?.check(&Meta::current(&analyzer), folder)?;
        let index = guard(folder, || {
            let directory = MmapDirectory::open(folder).map_err(|error| opening(folder, error.into()))?;
            tantivy::Index::open(directory).map_err(|error| opening(folder, error))
        })?;
        if index.schema() != schema::schema().0 {
            let text = format!("{} has a damaged description of its fields: delete and index again", folder.display());
            return Err(Error::new(ErrorKind::Corrupt, text).with_path(folder));
        }
        Index::from_parts(index, analyzer, Some(folder.to_path_buf()))
    }

    /// Opens the index in `folder`, or creates one where nothing is.
    ///
    /// # Errors
    /// As [`Index::open`] and [`Index::create`].
    pub fn open_or_create(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        if Meta::exists_in(folder) { Index::open(folder) } else { Index::create(folder) }
    }

    /// Creates an empty index in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`], which no input is known to cause.
    pub fn in_memory() -> Result<Index, Error> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create(RamDirectory::create(), schema, IndexSettings::default())
            .map_err(|error| Error::from_tantivy("create an index in memory", error))?;
        Index::from_parts(index, FrenchAnalyzer::new(), None)
    }

    fn from_parts(
        mut tantivy: tantivy::Index,
        analyzer: FrenchAnalyzer,
        folder: Option<PathBuf>,
    ) -> Result<Index, Error> {
        tantivy.set_tokenizers(schema::tokenizers(&analyzer));
        let (_, fields) = schema::schema();
        let shown = folder.clone().unwrap_or_default();
        let reader = guard(&shown, || {
            let builder = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
            builder.try_into().map_err(|error| opening(&shown, error))
        })?;
        let inner = Inner {
            tantivy,
            reader,
            fields,
            analyzer,
            folder,
            #[cfg(feature = "files")]
            manifest: Default::default(),
        };
        Ok(Index { inner: Arc::new(inner) })
    }

    /// Opens the writer, with default options; there is one at a time.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`] while another writer is open, in this process or another.
    pub fn writer(&self) -> Result<Writer, Error> {
        self.writer_with(&WriterOptions::default())
    }

    /// Opens the writer with threads and memory of your choice.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`] while another writer is open, in this process or another.
    pub fn writer_with(&self, options: &WriterOptions) -> Result<Writer, Error> {
        Writer::open(self, options)
    }

    /// Begins a search: set what it should give, then [run](Search::run) it.
    ///
    /// Every string is a query; `limier::Query` says how it is read.
    pub fn search(&self, query: &str) -> Search<'_> {
        Search::new(self, query)
    }

    /// Returns the article with this id, if there is one.
    ///
    /// Among articles that files of one name under several roots brought in, the first is returned.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged.
    pub fn article(&self, id: &str) -> Result<Option<Article>, Error> {
        self.guarded(|| {
            let searcher = self.searcher();
            let ids = Ids::open(&searcher).map_err(|error| self.failure("read", error))?;
            let mut found = ids.find(id).map_err(|error| self.failure("read", error.into()))?;
            let is_alive =
                |address: &DocAddress| !searcher.segment_reader(address.segment_ord).is_deleted(address.doc_id);
            found.find(is_alive).map(|address| self.load(&searcher, address)).transpose()
        })
    }

    /// Makes commits of other processes visible to the searches that follow.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged.
    pub fn reload(&self) -> Result<(), Error> {
        self.guarded(|| self.inner.reader.reload().map_err(|error| self.failure("open", error)))
    }

    /// Counts articles, segments, terms and bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged.
    pub fn stats(&self) -> Result<Stats, Error> {
        self.guarded(|| {
            let searcher = self.searcher();
            let mut terms = 0;
            for segment in searcher.segment_readers() {
                for field in [self.fields().title.stem, self.fields().body.stem] {
                    let inverted = segment.inverted_index(field).map_err(|error| self.failure("read", error))?;
                    terms += inverted.terms().num_terms() as u64;
                }
            }
            Ok(Stats {
                articles: searcher.num_docs(),
                segments: searcher.segment_readers().len(),
                terms,
                bytes: self.folder().map(folder_bytes).unwrap_or_default(),
                analyzer: self.analyzer().fingerprint().to_string(),
                format: meta::FORMAT,
            })
        })
    }

    /// Returns the number of articles that can be found.
    pub fn articles(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Checks every file of the index against its checksum, and reads every segment.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when a file cannot be read; damage is no error but what is returned.
    pub fn verify(&self) -> Result<Verification, Error> {
        verify::verify(self)
    }

    /// Returns the folder that the index lies in, or `None` in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.inner.folder.as_deref()
    }

    /// Returns the analyzer of texts and queries.
    pub fn analyzer(&self) -> &FrenchAnalyzer {
        &self.inner.analyzer
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    pub(crate) fn tantivy(&self) -> &tantivy::Index {
        &self.inner.tantivy
    }

    /// Returns the text that was stored with the last commit.
    pub(crate) fn payload(&self) -> Result<Option<String>, Error> {
        self.guarded(|| Ok(self.tantivy().load_metas().map_err(|error| self.failure("read", error))?.payload))
    }

    /// Locks the place of the manifest that was read last.
    #[cfg(feature = "files")]
    fn kept_manifest(&self) -> std::sync::MutexGuard<'_, Option<manifest::Named>> {
        self.inner.manifest.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.inner.reader.searcher()
    }

    pub(crate) fn load(&self, searcher: &Searcher, address: DocAddress) -> Result<Article, Error> {
        let stored: TantivyDocument = searcher.doc(address).map_err(|error| self.failure("read", error))?;
        Ok(article_from(self.fields(), &stored))
    }

    /// Wraps a failure of Tantivy to do `what` with this index.
    pub(crate) fn failure(&self, what: &str, error: tantivy::TantivyError) -> Error {
        match self.folder() {
            Some(folder) => Error::from_tantivy(&format!("{what} the index in {}", folder.display()), error),
            None => Error::from_tantivy(&format!("{what} the index in memory"), error),
        }
    }

    /// Runs `work`; a panic below, which damage of an index can cause inside Tantivy, becomes an error.
    pub(crate) fn guarded<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        guard(self.folder().unwrap_or(Path::new("")), work)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

fn opening(folder: &Path, error: tantivy::TantivyError) -> Error {
    Error::from_tantivy(&format!("open the index in {}", folder.display()), error).with_path(folder)
}

fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .filter(|data| data.is_file())
        .map(|data| data.len())
        .sum()
}
