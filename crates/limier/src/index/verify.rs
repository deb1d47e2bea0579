//! Is every byte of an index what was written?

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::schema::TantivyDocument;

use super::directory::{DamagedFile, MANAGED, Storage, is_segment_file};
use super::meta::{self, Meta};
use super::{Index, open_folder};
use crate::{Error, ErrorKind};

/// What a check of an index found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// Files that were checked.
    pub files: usize,
    /// Articles that were read; none are while a file is damaged.
    pub articles: u64,
    /// What is damaged; empty when all is sound.
    pub damages: Vec<Damage>,
}

impl Verification {
    /// Tells whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.damages.is_empty()
    }
}

/// A damaged part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Damage {
    /// The file, relative to the index folder, where it is known.
    #[serde(serialize_with = "crate::serialize::optional_path")]
    pub file: Option<PathBuf>,
    /// What is wrong with it.
    pub text: String,
}

impl From<DamagedFile> for Damage {
    fn from(damage: DamagedFile) -> Damage {
        Damage { file: Some(damage.name().to_path_buf()), text: damage.what().to_owned() }
    }
}

/// Checks an index; one in a folder as it lies on disk now, which may be other than what is mapped into memory.
pub(super) fn verify(index: &Index) -> Result<Verification, Error> {
    match index.folder() {
        Some(folder) => verify_folder(folder),
        None => check(&index.inner.storage, None),
    }
}

pub(super) fn verify_folder(folder: &Path) -> Result<Verification, Error> {
    check(&open_folder(folder)?, Some(folder))
}

/// A commit of another process may delete files while they are checked: then all begins again, so many times.
const ATTEMPTS: usize = 5;

fn check(storage: &Storage, folder: Option<&Path>) -> Result<Verification, Error> {
    let commit = || storage.read_raw(Path::new("meta.json")).ok();
    for _ in 1..ATTEMPTS {
        let before = commit();
        let found = check_once(storage, folder)?;
        if found.is_sound() || before == commit() {
            return Ok(found);
        }
    }
    check_once(storage, folder)
}

fn check_once(storage: &Storage, folder: Option<&Path>) -> Result<Verification, Error> {
    let mut found = Verification::default();
    let texts = [meta::FILE, "meta.json", MANAGED];
    match Meta::read(storage, folder) {
        Ok(meta) => meta.check(&Meta::current(&limier_french::FrenchAnalyzer::new()), folder)?,
        Err(error) if error.is_corrupt() => {}
        Err(error) => return Err(error),
    }
    for name in texts {
        found.check(name.as_ref(), folder, |name| storage.check_text(name))?;
    }
    if !found.is_sound() {
        // Without them nobody can tell which other files belong to the index.
        return Ok(found);
    }
    // Whether the segments can be read is not asked yet.
    let opened = crate::guard::guard(storage, folder, || super::open_tantivy(storage, folder));
    let Some((files, payload)) = found.note(opened.and_then(|tantivy| named_files(&tantivy, storage, folder)))? else {
        return Ok(found);
    };
    for name in &files {
        found.check(name, folder, |name| storage.check(name))?;
    }
    if let Some(name) = payload {
        found.check(Path::new(&name), folder, |name| storage.check_text(name))?;
    }
    if found.is_sound() {
        // The bytes are sound: what they say must make sense, too.
        let mut articles = 0;
        found.note(Index::from_storage(storage.clone(), folder).and_then(|index| read_all(&index, &mut articles)))?;
        found.articles = articles;
    }
    Ok(found)
}

/// Lists the files of the segments of the last commit, and its payload.
fn named_files(
    tantivy: &tantivy::Index,
    storage: &Storage,
    folder: Option<&Path>,
) -> Result<(BTreeSet<PathBuf>, Option<String>), Error> {
    use tantivy::index::SegmentComponent as C;
    let meta = tantivy.load_metas().map_err(|error| super::failure(storage, folder, "read", error))?;
    let parts = [C::Postings, C::Positions, C::FastFields, C::FieldNorms, C::Terms, C::Store];
    let mut files = BTreeSet::new();
    for segment in &meta.segments {
        files.extend(parts.iter().map(|part| segment.relative_path(part.clone())));
        if segment.has_deletes() {
            files.insert(segment.relative_path(C::Delete));
        }
    }
    debug_assert!(files.iter().all(|file| is_segment_file(&file.to_string_lossy())));
    Ok((files, meta.payload))
}

impl Verification {
    /// Checks one file.
    fn check(
        &mut self,
        name: &Path,
        folder: Option<&Path>,
        check: impl FnOnce(&Path) -> std::io::Result<Option<DamagedFile>>,
    ) -> Result<(), Error> {
        self.files += 1;
        let path = folder.unwrap_or(Path::new("")).join(name);
        let damage = check(name).map_err(|source| Error::io("read", path, source))?;
        self.damages.extend(damage.map(Damage::from));
        Ok(())
    }

    /// Takes damage in, and passes on what came in its place.
    fn note<T>(&mut self, outcome: Result<T, Error>) -> Result<Option<T>, Error> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(error) if matches!(error.kind(), ErrorKind::Io | ErrorKind::NotFound) => Err(error),
            Err(error) => {
                let file = error.path().and_then(|path| path.file_name()).map(PathBuf::from);
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                self.damages.push(Damage { file, text: format!("{error} ({cause})") });
                Ok(None)
            }
        }
    }
}

/// Reads every stored article, every term of every segment, and the bookkeeping of files.
fn read_all(index: &Index, articles: &mut u64) -> Result<(), Error> {
    index.guarded(|| {
        let searcher = index.searcher();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(2).map_err(|error| index.failure("read", error.into()))?;
            for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
                document.map_err(|error| index.failure("read", error))?;
                *articles += 1;
            }
            for (field, entry) in segment.schema().fields() {
                if !entry.is_indexed() {
                    continue;
                }
                let inverted = segment.inverted_index(field).map_err(|error| index.failure("read", error))?;
                let mut terms = inverted.terms().stream().map_err(|error| index.failure("read", error.into()))?;
                while terms.advance() {}
            }
        }
        #[cfg(feature = "files")]
        super::manifest::Manifest::load(index)?;
        Ok(())
    })
}
