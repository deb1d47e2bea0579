//! Articles to an index: opening, writing, counting, checking.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use limier_french::FrenchAnalyzer;
use serde::{Deserialize, Serialize};
use tantivy::directory::error::{LockError, OpenDirectoryError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, RamDirectory};
use tantivy::{DocAddress, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError};

use crate::guard::{damaged, guard};
use crate::search::ids;
use crate::search::{Search, Suggest};
use crate::{Article, Error, ErrorKind, Query};

pub(crate) mod directory;
mod holder;
#[cfg(feature = "files")]
mod manifest;
mod meta;
mod postings;
mod read_ahead;
#[cfg(feature = "files")]
mod refresh;
#[cfg(feature = "files")]
mod repair;
mod schema;
mod snapshot;
mod stored;
mod verify;
mod writer;

pub use directory::Swept;
use directory::{DamagedFile, Storage};
pub use holder::Holder;
#[cfg(feature = "files")]
pub(crate) use meta::FILE as MARKER;
use meta::Meta;
use postings::PostingsPlugin;
#[cfg(feature = "files")]
pub use refresh::{Progress, RefreshOptions, RefreshReport};
#[cfg(feature = "files")]
pub use repair::Repair;
pub(crate) use schema::{Fields, TextFields};
pub(crate) use snapshot::{FieldNorms, RankingColumns, SegmentNorms, Snapshot};
pub(crate) use stored::{StoredFields, title_bucket, title_hash};
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
    storage: Storage,
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    analyzer: FrenchAnalyzer,
    folder: Option<PathBuf>,
    /// The commit that searches see.
    snapshot: Mutex<Arc<Snapshot>>,
    /// The bookkeeping of files that was read last, and the name of the file that it lies in.
    #[cfg(feature = "files")]
    manifest: Mutex<Option<manifest::Named>>,
}

/// Counts and sizes of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
    /// Creates an empty index in `folder`, which is made if it does not exist and must be [vacant](Index::is_vacant).
    ///
    /// # Errors
    /// [`ErrorKind::NotAnIndex`] when the folder holds other files, [`ErrorKind::Io`] when it cannot be written,
    /// [`ErrorKind::Locked`] while another creates an index there.
    pub fn create(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder).map_err(|source| Error::io("create the folder", folder, source))?;
        // A file of a lock is not left in a folder of something else.
        unfinished(folder)?;
        let storage = open_folder(folder)?;
        let lock = storage.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
            LockError::LockBusy => {
                let text = format!("another program makes an index in {}: wait until it is done", folder.display());
                Error::new(ErrorKind::Locked, text).with_path(folder)
            }
            LockError::IoError(source) => Error::io("write the folder", folder, std::io::Error::from(source.kind())),
        })?;
        for path in unfinished(folder)? {
            let is_lock = path.extension().is_some_and(|extension| extension == "lock");
            if !is_lock {
                fs::remove_file(&path).map_err(|source| Error::io("delete", &path, source))?;
            }
        }
        let index = Index::create_storage(storage, Some(folder));
        drop(lock);
        index
    }

    /// Creates an empty index in a directory of Tantivy's, which limier adds checksums to.
    ///
    /// # Errors
    /// [`ErrorKind::NotAnIndex`] when it holds an index, [`ErrorKind::Io`] when it cannot be written.
    pub fn create_in(directory: impl Into<Box<dyn Directory>>) -> Result<Index, Error> {
        let storage = Storage::new(directory);
        if storage.exists(Path::new(meta::FILE)).unwrap_or(true) {
            let text = "the directory holds an index already, or cannot be read: open it, or give an empty one";
            return Err(Error::new(ErrorKind::NotAnIndex, text));
        }
        Index::create_storage(storage, None)
    }

    fn create_storage(storage: Storage, folder: Option<&Path>) -> Result<Index, Error> {
        let analyzer = FrenchAnalyzer::new();
        let tantivy = guard(&storage, folder, || {
            let (schema, _) = schema::schema();
            tantivy::Index::create(storage.clone(), schema, IndexSettings::default())
                .map_err(|error| write_failure(&storage, folder, error))
        })?;
        // Last, so that a folder with this file is a whole index.
        Meta::current(&analyzer).write(&storage, folder)?;
        Index::from_parts(storage, tantivy, analyzer, folder)
    }

    /// Opens the index in `folder`, which may be on a disk that can only be read.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is no such folder, [`ErrorKind::NotAnIndex`] when it is no index,
    /// [`ErrorKind::Incompatible`] when another format or analyzer made it, [`ErrorKind::Corrupt`] when it is damaged.
    pub fn open(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        Index::from_storage(open_folder(folder)?, Some(folder))
    }

    /// Opens the index in a directory of Tantivy's, made by [`Index::create_in`].
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_in(directory: impl Into<Box<dyn Directory>>) -> Result<Index, Error> {
        Index::from_storage(Storage::new(directory), None)
    }

    fn from_storage(storage: Storage, folder: Option<&Path>) -> Result<Index, Error> {
        let analyzer = FrenchAnalyzer::new();
        Meta::read(&storage, folder)?.check(&Meta::current(&analyzer), folder)?;
        let tantivy = guard(&storage, folder, || open_tantivy(&storage, folder))?;
        Index::from_parts(storage, tantivy, analyzer, folder)
    }

    /// Opens the index in `folder`, or creates one where nothing is.
    ///
    /// # Errors
    /// As [`Index::open`] and [`Index::create`].
    pub fn open_or_create(folder: impl AsRef<Path>) -> Result<Index, Error> {
        let folder = folder.as_ref();
        if Meta::exists_in(folder) { Index::open(folder) } else { Index::create(folder) }
    }

    /// Tells whether an index can be created in `folder`: it does not exist, it is empty, or the creation of an index
    /// was cut short in it.
    pub fn is_vacant(folder: impl AsRef<Path>) -> bool {
        match directory::unfinished(folder.as_ref()) {
            Ok(files) => files.is_some(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        }
    }

    /// Creates an empty index in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`], which no input is known to cause.
    pub fn in_memory() -> Result<Index, Error> {
        Index::create_in(RamDirectory::create())
    }

    fn from_parts(
        storage: Storage,
        mut tantivy: tantivy::Index,
        analyzer: FrenchAnalyzer,
        folder: Option<&Path>,
    ) -> Result<Index, Error> {
        let (_, fields) = schema::schema();
        tantivy.set_tokenizers(schema::tokenizers());
        tantivy.register_plugin(Arc::new(PostingsPlugin::new(storage.clone(), fields, analyzer.clone())));
        let reader = guard(&storage, folder, || {
            let builder = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
            builder.try_into().map_err(|error| failure(&storage, folder, "open", error))
        })?;
        let snapshot = Snapshot::new(reader.searcher());
        let inner = Inner {
            storage,
            tantivy,
            reader,
            fields,
            analyzer,
            folder: folder.map(Path::to_path_buf),
            snapshot: Mutex::new(Arc::new(snapshot)),
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
        self.search_query(Query::parse(query))
    }

    /// Begins a search for a query that was read before, such as one that [`Query::parse_strict`] did not refuse.
    ///
    /// ```
    /// # let index = limier::Index::in_memory()?;
    /// use limier::Query;
    /// let search = index.search_query(Query::parse_strict("avion ET (Orly OU Roissy)")?);
    /// assert_eq!(search.run()?.total(), 0);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn search_query(&self, query: Query) -> Search<'_> {
        Search::new(self, query)
    }

    /// Begins a search for articles like the one with this id, by the words that tell it from others; `None` where there is no
    /// such article.
    ///
    /// Each hit says which words it [shares](crate::Hit::shared) with it. The search is set up as any other: near-duplicates of
    /// the article itself are left out where they are [folded](Search::fold_duplicates), with a [note](crate::Note::SameText).
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").title("La grève des mineurs").body("Les syndicats parlent."))?;
    /// writer.add(Article::new("2").body("Un syndicat appelle à la grève."))?;
    /// writer.add(Article::new("3").body("Une recette de soupe."))?;
    /// writer.commit()?;
    /// let hits = index.similar("1")?.expect("it was just added").limit(5).run()?;
    /// assert_eq!(hits.len(), 1);
    /// assert_eq!(hits.first().map(|hit| hit.shared().join(" ")), Some("grève syndicats".to_owned()));
    /// # Ok::<(), limier::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged.
    pub fn similar(&self, id: &str) -> Result<Option<Search<'_>>, Error> {
        Ok(self.article(id)?.map(|article| Search::like(self, article, true)))
    }

    /// Begins a search for articles like one that is not in the index, as [`similar`](Index::similar) does.
    pub fn similar_to(&self, article: &Article) -> Search<'_> {
        Search::like(self, article.clone(), false)
    }

    /// Begins to complete the last word of `prefix` to words of the index; case is left aside, and so are accents where none
    /// is typed.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("L'économie et l'école."))?;
    /// writer.add(Article::new("2").body("Une économie de guerre."))?;
    /// writer.commit()?;
    /// let words = index.suggest("eco").limit(5).run()?;
    /// assert_eq!((words[0].word.as_str(), words[0].articles), ("économie", 2));
    /// assert_eq!(index.suggest("guerre éco").run()?[0].together, Some(1));
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn suggest(&self, prefix: &str) -> Suggest<'_> {
        Suggest::new(self, prefix)
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
            let found = ids::find(&searcher, id).map_err(|error| self.failure("read", error))?;
            found.map(|address| self.load(&searcher, address)).transpose()
        })
    }

    /// Makes commits of other processes visible to the searches that follow.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged, [`ErrorKind::Incompatible`] when another version has replaced
    /// it, [`ErrorKind::NotFound`] when its folder is gone: what was visible before stays so.
    pub fn reload(&self) -> Result<(), Error> {
        let meta = Meta::read(&self.inner.storage, self.folder())?;
        meta.check(&Meta::current(self.analyzer()), self.folder())?;
        self.guarded(|| self.inner.reader.reload().map_err(|error| self.failure("open", error)))?;
        let mut snapshot = self.inner.snapshot.lock().unwrap_or_else(PoisonError::into_inner);
        let searcher = self.inner.reader.searcher();
        if searcher.generation() != snapshot.searcher().generation() {
            *snapshot = Arc::new(Snapshot::new(searcher));
        }
        Ok(())
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

    /// Checks the index in `folder` as [`verify`](Index::verify) does, also one too damaged to be opened.
    ///
    /// # Errors
    /// As [`Index::open`], but for [`ErrorKind::Corrupt`]: damage is no error but what is returned.
    pub fn verify_folder(folder: impl AsRef<Path>) -> Result<Verification, Error> {
        verify::verify_folder(folder.as_ref())
    }

    /// Deletes the files that a program left behind that was killed while it wrote; none of them belongs to a commit.
    ///
    /// While another writer is open, and where nothing can be written, nothing is done.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the index is damaged, [`ErrorKind::Io`] when its folder cannot be read.
    pub fn sweep(&self) -> Result<Swept, Error> {
        directory::sweep(self)
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
        /// Of what Tantivy says of a commit, the one part that is asked for: the schema is most of it.
        #[derive(Deserialize)]
        struct Commit {
            #[serde(default)]
            payload: Option<String>,
        }
        let parse = |bytes: Vec<u8>| serde_json::from_slice(&bytes).map_err(std::io::Error::from);
        self.guarded(|| {
            let bytes = self.inner.storage.atomic_read(Path::new("meta.json"));
            let commit = bytes.map_err(TantivyError::from).and_then(|bytes| Ok(parse(bytes)?));
            commit.map(|commit: Commit| commit.payload).map_err(|error| self.failure("read", error))
        })
    }

    /// Locks the place of the manifest that was read last.
    #[cfg(feature = "files")]
    fn kept_manifest(&self) -> std::sync::MutexGuard<'_, Option<manifest::Named>> {
        self.inner.manifest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down in the folder of the index that its large dictionaries were checked, so that programs that open it later
    /// need not read them whole while the file system says that they did not change: for programs that answer once and end.
    ///
    /// They are checked again for it, once: some 0.25 ms a megabyte. Nothing is done where no clock tells of changes that
    /// programs cannot set (off Unix), for files that changed within the last two seconds, and for an index in memory.
    /// Writers, [`Index::verify`] and [`Index::repair`] check all the same.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the folder cannot be written, [`ErrorKind::Corrupt`] when the last commit cannot be read.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// let index = limier::Index::create(folder.path().join("index"))?;
    /// index.remember_checked()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "files")]
    pub fn remember_checked(&self) -> Result<(), Error> {
        let Some(folder) = self.folder() else { return Ok(()) };
        let searcher = self.searcher();
        let segments = searcher.segment_readers().iter().map(|segment| segment.segment_id().uuid_string());
        let names = segments.map(|segment| PathBuf::from(format!("{segment}.term")));
        self.guarded(|| {
            self.inner.storage.remember_checked(names).map_err(|source| Error::io("write the folder", folder, source))
        })
    }

    /// Returns the lines that recur in the folders that a commit is of.
    #[cfg(feature = "files")]
    pub(crate) fn recurring_lines(&self, snapshot: &Snapshot) -> crate::ingest::RecurringLines {
        snapshot.recurring(|| manifest::Manifest::recurring(self))
    }

    /// Returns the commit that searches see.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.snapshot.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.snapshot().searcher().clone()
    }

    pub(crate) fn load(&self, searcher: &Searcher, address: DocAddress) -> Result<Article, Error> {
        let stored: StoredFields = searcher.doc(address).map_err(|error| self.failure("read", error))?;
        Ok(stored.into_article(self.fields()))
    }

    /// Wraps a failure of Tantivy to do `what` with this index.
    pub(crate) fn failure(&self, what: &str, error: tantivy::TantivyError) -> Error {
        failure(&self.inner.storage, self.folder(), what, error)
    }

    /// Wraps a failure of Tantivy to write this index.
    pub(crate) fn write_failure(&self, error: tantivy::TantivyError) -> Error {
        write_failure(&self.inner.storage, self.folder(), error)
    }

    /// Runs `work`; damage that it meets, and a panic below, becomes an error.
    pub(crate) fn guarded<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        guard(&self.inner.storage, self.folder(), work)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

/// Opens the files of a folder, whatever they are.
fn open_folder(folder: &Path) -> Result<Storage, Error> {
    Storage::open(folder).map_err(|error| match error {
        OpenDirectoryError::DoesNotExist(_) | OpenDirectoryError::NotADirectory(_) => meta::not_an_index(Some(folder)),
        other => Error::from_tantivy(&format!("open the index in {}", folder.display()), other.into()),
    })
}

fn open_tantivy(storage: &Storage, folder: Option<&Path>) -> Result<tantivy::Index, Error> {
    let tantivy = tantivy::Index::open(storage.clone()).map_err(|error| failure(storage, folder, "open", error))?;
    if tantivy.schema() != schema::schema().0 {
        let damage = DamagedFile::new(Path::new("meta.json"), "its fields are not those of an index of this format");
        return Err(damaged(folder, &damage));
    }
    Ok(tantivy)
}

/// Lists what the creation of an index left behind that was cut short.
fn unfinished(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = directory::unfinished(folder).map_err(|source| Error::io("read the folder", folder, source))?;
    files.ok_or_else(|| {
        let text = format!("{} is not empty: an index wants a folder of its own", folder.display());
        Error::new(ErrorKind::NotAnIndex, text).with_path(folder)
    })
}

/// Wraps a failure of Tantivy to do `what` with the index in `folder`.
fn failure(storage: &Storage, folder: Option<&Path>, what: &str, error: tantivy::TantivyError) -> Error {
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return Error::io(&format!("{what} the index in"), folder, std::io::ErrorKind::NotFound.into());
    }
    if let Some(damage) = DamagedFile::of(&error) {
        return damaged(folder, &damage);
    }
    match folder {
        Some(folder) => {
            Error::from_tantivy(&format!("{what} the index in {}", folder.display()), error).with_path(folder)
        }
        None => Error::from_tantivy(&format!("{what} the index in {storage:?}"), error),
    }
}

/// Wraps a failure of Tantivy to write; where a file could not be written, it is named.
///
/// Tantivy tells some of them as a thread that ended, or as an error of a dictionary that looks like damage.
fn write_failure(storage: &Storage, folder: Option<&Path>, error: tantivy::TantivyError) -> Error {
    let is_damage = DamagedFile::of(&error).is_some();
    let found = failure(storage, folder, "write", error);
    let is_vague = !is_damage && matches!(found.kind(), ErrorKind::Io | ErrorKind::Internal | ErrorKind::Corrupt);
    match storage.journal().take_failed_write().filter(|_| is_vague) {
        Some(failed) => Error::io("write", folder.unwrap_or(Path::new("")).join(failed.name), failed.error),
        None => found,
    }
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
