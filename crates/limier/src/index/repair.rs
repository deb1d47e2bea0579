//! A damaged index, built again.
//!
//! Articles of files are read again from the files. Articles that were added by a program, or came from standard input,
//! lie nowhere else: they are taken over, as far as the checksums of the blocks that they lie in hold. The new index is
//! made beside the old one, and takes its place when it is whole.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use super::directory::{Storage, view};
use super::manifest::Manifest;
use super::meta::Meta;
use super::verify::Damage;
use super::{Index, RefreshOptions, RefreshReport, Writer};
use crate::{Error, ErrorKind, ingest};

/// What became of a damaged index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// What was damaged; when it is empty, nothing was done.
    pub damages: Vec<Damage>,
    /// What was read again from folders; `None` when the index knew of none, or none could be found out.
    pub refreshed: Option<RefreshReport>,
    /// Folders and files that the index knew and that do not exist now: their articles are gone.
    #[serde(serialize_with = "crate::serialize::paths")]
    pub missing: Vec<PathBuf>,
    /// Articles of no file that were taken over.
    pub kept: u64,
    /// Articles of no file that could not be read; at most so many where the bookkeeping is damaged, too.
    pub lost: u64,
    /// Whether the list of what was committed is damaged, so that nobody knows which articles of no file there were.
    pub is_list_lost: bool,
}

impl Repair {
    /// Tells whether all that was in the index is in it again.
    pub fn is_whole(&self) -> bool {
        let has_sources = self.refreshed.is_some() || !self.is_list_lost;
        self.damages.is_empty() || (has_sources && self.lost == 0 && !self.is_list_lost && self.missing.is_empty())
    }
}

impl Index {
    /// Checks the index in `folder`, and builds it again when it is damaged: from the folders that it knows and those of
    /// `options`, and from what can still be read of it.
    ///
    /// No reader or writer of this process should be open on it: they would go on with the files of before.
    ///
    /// # Errors
    /// As [`Index::verify_folder`]; [`ErrorKind::Locked`] while a writer is open; [`ErrorKind::Io`] when the new index
    /// cannot be written beside `folder`. The damaged index is then left as it is.
    pub fn repair(folder: impl AsRef<Path>, options: &RefreshOptions) -> Result<Repair, Error> {
        let folder = folder.as_ref();
        // The folder itself is replaced, not a link to it.
        let folder = folder.canonicalize().map_err(|source| Error::io("find", folder, source))?;
        let found = Index::verify_folder(&folder)?;
        if found.is_sound() {
            return Ok(Repair::default());
        }
        let mut repair = Repair { damages: found.damages, ..Repair::default() };
        let storage = super::open_folder(&folder)?;
        let lock = storage.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| {
            let text = format!("another writer holds the index in {}: wait until it is done", folder.display());
            Error::new(ErrorKind::Locked, text).with_path(&folder)
        })?;
        let new_folder = beside(&folder, "new")?;
        let remains = Remains::find(&folder, &storage)?;
        repair.is_list_lost = !remains.is_list_read;
        let bookkeeping = remains.bookkeeping();
        let roots = bookkeeping.iter().flat_map(|books| books.roots().map(ingest::path_of_key));
        let (present, missing): (Vec<PathBuf>, Vec<PathBuf>) = roots.partition(|root| root.exists());
        repair.missing = missing;
        let built = build(&new_folder, &remains, options.clone().and_roots(present), &mut repair);
        if let Some(books) = bookkeeping.filter(|_| remains.is_list_read) {
            let of_files: u64 =
                books.sections.iter().flat_map(|section| section.files()).map(|file| file.articles).sum();
            let of_no_file = remains.segments().map(|(_, articles)| articles).sum::<u64>().saturating_sub(of_files);
            repair.lost = of_no_file.saturating_sub(repair.kept);
        }
        let swapped = built.and_then(|()| {
            // What is open of the old index is closed before it is moved.
            drop((storage, lock));
            swap(&folder, &new_folder)
        });
        if swapped.is_err() {
            // The first failure is the one to tell.
            let _ = fs::remove_dir_all(&new_folder);
        }
        swapped.map(|()| repair)
    }
}

/// Fills a new index.
fn build(folder: &Path, remains: &Remains, options: RefreshOptions, repair: &mut Repair) -> Result<(), Error> {
    let index = Index::create(folder)?;
    let mut writer = index.writer()?;
    for (segment, articles) in remains.segments() {
        match remains.open(vec![segment]) {
            Ok(segment) => take_over(&segment, &mut writer, repair)?,
            Err(_) => repair.lost += articles,
        }
    }
    writer.commit()?;
    if options.has_roots() {
        let mut progress = |_: &super::Progress| std::ops::ControlFlow::Continue(());
        repair.refreshed = Some(writer.refresh(&options, &mut progress)?);
    }
    writer.finish()
}

/// What can be read of a damaged index.
struct Remains {
    folder: PathBuf,
    frame: Vec<u8>,
    /// The list of what was committed; one without segments when it is damaged.
    meta: Value,
    is_list_read: bool,
}

impl Remains {
    fn find(folder: &Path, storage: &Storage) -> Result<Remains, Error> {
        let template = Index::in_memory()?;
        let frame = serde_json::to_vec(&Meta::current(template.analyzer())).unwrap_or_default();
        let list = |storage: &Storage| -> Option<Value> {
            serde_json::from_slice(&storage.atomic_read(Path::new("meta.json")).ok()?).ok()
        };
        let read = list(storage);
        let is_list_read = read.is_some();
        let meta = read.or_else(|| {
            let mut meta = list(&template.inner.storage)?;
            // Each manifest says by its name whether it is whole; with several nobody knows which one was in force.
            let manifests: Vec<String> = names(folder).filter(|name| name.starts_with(".manifest-")).collect();
            if let [only] = manifests.as_slice() {
                meta.as_object_mut()?.insert("payload".to_owned(), Value::from(only.as_str()));
            }
            Some(meta)
        });
        let meta = meta.unwrap_or_default();
        Ok(Remains { folder: folder.to_path_buf(), frame, meta, is_list_read })
    }

    /// Opens the index as if it had these segments only.
    fn open(&self, segments: Vec<Value>) -> Result<Index, Error> {
        let mut meta = self.meta.clone();
        if let Some(list) = meta.get_mut("segments") {
            *list = Value::from(segments);
        }
        let meta = serde_json::to_vec(&meta).unwrap_or_default();
        let storage = view(&self.folder, &self.frame, &meta)
            .map_err(|error| Error::from_tantivy("open the damaged index", error.into()))?;
        Index::from_storage(storage, Some(&self.folder))
    }

    /// Reads what the index knew of folders and files, as far as it can be read.
    fn bookkeeping(&self) -> Option<Manifest> {
        let index = self.open(Vec::new()).ok()?;
        Some(Manifest::load(&index).ok()?.map(|(_, manifest)| manifest).unwrap_or_default())
    }

    /// Lists the segments, each with the number of its articles.
    fn segments(&self) -> impl Iterator<Item = (Value, u64)> {
        let segments = self.meta.get("segments").and_then(Value::as_array).cloned().unwrap_or_default();
        segments.into_iter().map(|segment| {
            let number = |name: &str| segment.pointer(name).and_then(Value::as_u64).unwrap_or_default();
            let articles = number("/max_doc").saturating_sub(number("/deletes/num_deleted_docs"));
            (segment, articles)
        })
    }
}

/// Adds the articles of no file that an index of one segment holds.
fn take_over(index: &Index, writer: &mut Writer, repair: &mut Repair) -> Result<(), Error> {
    let searcher = index.searcher();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let of_files = index.guarded(|| articles_of_files(index, segment)).ok();
        for article in segment.doc_ids_alive() {
            if of_files.as_ref().is_some_and(|files| files.contains(&article)) {
                continue;
            }
            match index.guarded(|| index.load(&searcher, DocAddress::new(number, article))) {
                // Where nobody knows which articles are of files, those with a path are read from there.
                Ok(article) if of_files.is_none() && article.path.is_some() => {}
                Ok(article) => {
                    writer.add(article)?;
                    repair.kept += 1;
                }
                Err(_) => repair.lost += 1,
            }
        }
    }
    Ok(())
}

/// Lists the articles of a segment that came from files.
fn articles_of_files(index: &Index, segment: &SegmentReader) -> Result<HashSet<DocId>, Error> {
    let read = || -> tantivy::Result<HashSet<DocId>> {
        let inverted = segment.inverted_index(index.fields().file)?;
        let mut terms = inverted.terms().stream()?;
        let mut found = HashSet::new();
        while terms.advance() {
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                found.insert(postings.doc());
                postings.advance();
            }
        }
        Ok(found)
    };
    read().map_err(|error| index.failure("read", error))
}

fn names(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

/// Returns a free place beside a folder; what a repair that was cut short left there is deleted.
fn beside(folder: &Path, what: &str) -> Result<PathBuf, Error> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let path = folder.with_file_name(format!(".{name}.limier-{what}"));
    match fs::remove_dir_all(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::io("delete", &path, source)),
        _ => Ok(path),
    }
}

/// Puts a new folder in the place of an old one.
fn swap(folder: &Path, new: &Path) -> Result<(), Error> {
    let old = beside(folder, "old")?;
    fs::rename(folder, &old).map_err(|source| Error::io("move", folder, source))?;
    if let Err(source) = fs::rename(new, folder) {
        // Back to what was, damaged as it is.
        let _ = fs::rename(&old, folder);
        return Err(Error::io("move", new, source));
    }
    fs::remove_dir_all(&old).map_err(|source| Error::io("delete", &old, source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    /// An index with articles of two files, and two of no file in segments of their own.
    fn index(folder: &Path) -> (PathBuf, PathBuf) {
        let (files, path) = (folder.join("presse"), folder.join("idx"));
        fs::create_dir(&files).unwrap();
        fs::write(files.join("crue.txt"), "La crue\n\nLa rivière est sortie de son lit.\n").unwrap();
        fs::write(files.join("pont.txt"), "Le pont\n\nLe pont a cédé.\n").unwrap();
        let index = Index::create(&path).unwrap();
        index.refresh(&RefreshOptions::new([&files])).unwrap();
        let mut writer = index.writer().unwrap();
        for (id, body) in [("ajout-1", "Un tapir court."), ("ajout-2", "Un pangolin dort.")] {
            writer.add(Article::new(id).body(body)).unwrap();
            writer.commit().unwrap();
        }
        writer.finish().unwrap();
        (files, path)
    }

    fn damage(path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        bytes[9] ^= 4;
        fs::write(path, bytes).unwrap();
    }

    fn only(folder: &Path, end: &str) -> PathBuf {
        let name = names(folder).find(|name| name.ends_with(end) || name.starts_with(end)).unwrap();
        folder.join(name)
    }

    fn found(path: &Path, query: &str) -> u64 {
        Index::open(path).unwrap().search(query).mend(false).run().unwrap().total()
    }

    #[test]
    fn a_sound_index_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = index(folder.path());
        let before = fs::metadata(path.join("meta.json")).unwrap().modified().unwrap();
        assert_eq!(Index::repair(&path, &RefreshOptions::default()).unwrap(), Repair::default());
        assert_eq!(fs::metadata(path.join("meta.json")).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn a_damaged_file_of_a_segment_costs_at_most_the_articles_of_no_file_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = index(folder.path());
        damage(&only(&path, ".store"));
        let repair = Index::repair(&path, &RefreshOptions::default()).unwrap();
        assert!(repair.kept + repair.lost == 2 && repair.kept > 0, "{repair:?}");
        assert_eq!(repair.refreshed.as_ref().unwrap().added, 2);
        assert!(!repair.is_list_lost && repair.missing.is_empty());
        assert_eq!(repair.is_whole(), repair.lost == 0);
        assert!(Index::verify_folder(&path).unwrap().is_sound());
        assert_eq!(found(&path, "crue"), 1);
        assert_eq!(found(&path, "tapir OU pangolin"), repair.kept);
        assert_eq!(names(folder.path()).filter(|name| name.contains("limier-")).count(), 0);
    }

    #[test]
    fn an_index_whose_list_is_damaged_is_read_again_from_its_folders() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = index(folder.path());
        damage(&path.join("meta.json"));
        let repair = Index::repair(&path, &RefreshOptions::default()).unwrap();
        assert!(repair.is_list_lost && !repair.is_whole(), "{repair:?}");
        assert_eq!(repair.refreshed.unwrap().added, 2);
        assert_eq!((found(&path, "pont"), found(&path, "tapir")), (1, 0));
    }

    #[test]
    fn damaged_bookkeeping_wants_the_folders_named() {
        let folder = tempfile::tempdir().unwrap();
        let (files, path) = index(folder.path());
        damage(&only(&path, ".manifest-"));
        let repair = Index::repair(&path, &RefreshOptions::new([files])).unwrap();
        assert_eq!((repair.kept, repair.lost, repair.is_list_lost), (2, 0, false), "{repair:?}");
        assert!(repair.is_whole());
        assert_eq!((found(&path, "pont"), found(&path, "tapir")), (1, 1));
    }

    #[test]
    fn a_folder_that_is_gone_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (files, path) = index(folder.path());
        fs::remove_dir_all(&files).unwrap();
        damage(&path.join(".managed.json"));
        let repair = Index::repair(&path, &RefreshOptions::default()).unwrap();
        assert_eq!((repair.missing.len(), repair.kept), (1, 2), "{repair:?}");
        assert!(!repair.is_whole());
        assert_eq!((found(&path, "pont"), found(&path, "pangolin")), (0, 1));
    }

    #[test]
    fn an_index_that_is_written_is_not_repaired() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = index(folder.path());
        let open = Index::open(&path).unwrap();
        let writer = open.writer().unwrap();
        damage(&only(&path, ".store"));
        assert!(Index::repair(&path, &RefreshOptions::default()).unwrap_err().is_locked());
        drop(writer);
    }
}
