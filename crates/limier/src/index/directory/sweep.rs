//! What a kill left behind, deleted.
//!
//! Tantivy writes segments before the commit that names them, and replaces files by way of temporary ones. A program
//! that ends in between leaves files that nothing names: they are harmless, and in the way.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, META_LOCK};

use crate::{Error, Index};

/// What was left behind by a program that did not come to its end, and is deleted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Swept {
    /// Files that were deleted.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
}

/// Deletes what no commit names; where another writer is open, or nothing can be written, nothing is done.
pub(crate) fn sweep(index: &Index) -> Result<Swept, Error> {
    let Some(folder) = index.folder() else { return Ok(Swept::default()) };
    if leftovers(index, folder)?.is_empty() {
        return Ok(Swept::default());
    }
    let directory = index.tantivy().directory();
    let Ok(_writer) = directory.acquire_lock(&INDEX_WRITER_LOCK) else { return Ok(Swept::default()) };
    // While it is held no reader is on its way from the name of a file to the file.
    let Ok(_readers) = directory.acquire_lock(&META_LOCK) else { return Ok(Swept::default()) };
    let mut swept = Swept::default();
    // What was left over may be in use by now.
    for path in leftovers(index, folder)? {
        let bytes = fs::metadata(&path).map(|data| data.len()).unwrap_or_default();
        if fs::remove_file(&path).is_ok() {
            swept.files += 1;
            swept.bytes += bytes;
        }
    }
    Ok(swept)
}

/// Lists the files of an index that its last commit does not name.
fn leftovers(index: &Index, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let names = names(folder).map_err(|source| Error::io("read the folder", folder, source))?;
    if !names.iter().any(|name| could_be_left(name)) {
        return Ok(Vec::new());
    }
    index.guarded(|| {
        let meta = index.tantivy().load_metas().map_err(|error| index.failure("read", error))?;
        let segments: HashSet<PathBuf> = meta.list_segment_files();
        let payload = meta.payload.unwrap_or_default();
        let is_named = |name: &str| segments.contains(Path::new(name)) || payload.contains(name);
        let left = names.iter().filter(|name| could_be_left(name) && !is_named(name));
        Ok(left.map(|name| folder.join(name)).collect())
    })
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    Ok(fs::read_dir(folder)?.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
}

/// Tells whether files of such a name come and go with commits: temporary files, segments, manifests.
fn could_be_left(name: &str) -> bool {
    is_temporary(name) || is_segment_file(name) || name.starts_with(".manifest-")
}

/// Tells whether a name is one of the temporary files that Tantivy makes: `.tmp` and six letters or digits.
fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(".tmp").unwrap_or_default();
    random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Tells whether a name is one of a file of a segment: 32 hexadecimal digits, and an extension.
pub(crate) fn is_segment_file(name: &str) -> bool {
    let Some((segment, _)) = name.split_once('.') else { return false };
    segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Lists the files of an index whose creation was cut short; `None` when other files lie there.
///
/// The file that makes a folder an index is written last, so nothing was ever stored in such a one.
pub(crate) fn unfinished(folder: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let is_known = |name: &String| {
        let locks = [&META_LOCK.filepath, &INDEX_WRITER_LOCK.filepath];
        is_temporary(name)
            || name == "meta.json"
            || name == super::MANAGED
            || locks.iter().any(|lock| lock.as_path() == Path::new(name))
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if !is_known(&name) {
            return Ok(None);
        }
        paths.push(folder.join(name));
    }
    Ok(Some(paths))
}
