//! The indexes in the user's cache folder: one for each set of paths.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, anyhow};
use limier::ingest::ReadOptions;
use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::messages;
use crate::paths::Root;

/// The file of an entry that says what it is of.
const ABOUT: &str = "about.json";

/// An index that was not used for so long is dropped when another is made.
const OLD: Duration = Duration::from_secs(90 * 24 * 3_600);

/// The same when none of its paths exist any more: a disk may come back.
const OLD_WHEN_GONE: Duration = Duration::from_secs(30 * 24 * 3_600);

/// The folder of all entries.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
}

/// The place of one index.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    folder: PathBuf,
    about: About,
}

/// What an index is of; for people, since a path that is not UTF-8 is shown with replacements.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) paths: Vec<String>,
    /// How files are read, in JSON; empty for the way that they are read in by default.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) read: String,
}

impl Cache {
    pub(crate) fn new(environment: &Environment) -> Result<Cache> {
        let folder = environment.cache.as_ref().ok_or_else(|| anyhow!(messages::NO_CACHE_FOLDER))?;
        Ok(Cache { folder: folder.join("limier") })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the entry of these paths, read in this way, made or not; neither their order nor a repetition counts.
    pub(crate) fn entry(&self, roots: &[Root], read: Option<&ReadOptions>) -> Entry {
        let mut paths: Vec<&Path> = roots.iter().map(|root| root.canonical.as_path()).collect();
        paths.sort();
        paths.dedup();
        let mut bytes: Vec<&[u8]> = paths.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        let read = read.and_then(|read| serde_json::to_string(read).ok()).unwrap_or_default();
        if !read.is_empty() {
            // No path is empty, either.
            bytes.extend([&[], read.as_bytes()]);
        }
        // No path holds a NUL.
        let name = format!("{}-{:032x}", slug(paths.first()), fnv1a(&bytes.join(&0)));
        let about = About { paths: paths.iter().map(|path| path.to_string_lossy().into_owned()).collect(), read };
        Entry { folder: self.folder.join(name), about }
    }

    /// Returns the entries that were made, in the order of their names.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>> {
        let listed = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.with_context(|| messages::cannot_list_folder(&self.folder))?,
        };
        let mut entries: Vec<Entry> = listed
            .flatten()
            .filter_map(|entry| {
                let folder = entry.path();
                let about = serde_json::from_slice(&fs::read(folder.join(ABOUT)).ok()?).ok()?;
                Some(Entry { folder, about })
            })
            .collect();
        entries.sort_by(|a, b| a.folder.cmp(&b.folder));
        Ok(entries)
    }
}

impl Entry {
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    /// Returns the folder of the index itself.
    pub(crate) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Tells whether an index was made here.
    pub(crate) fn exists(&self) -> bool {
        self.index().is_dir()
    }

    /// Makes the folder, readable to its user only: an index holds what the files hold.
    pub(crate) fn make(&self) -> Result<()> {
        make_private(&self.folder).with_context(|| messages::cannot_make_folder(&self.folder))?;
        let about = serde_json::to_vec(&self.about)?;
        fs::write(self.folder.join(ABOUT), about).with_context(|| messages::cannot_make_folder(&self.folder))
    }

    pub(crate) fn clear(&self) -> Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            outcome => outcome.with_context(|| messages::cannot_delete_folder(&self.folder)),
        }
    }

    /// Returns when the index was used last: its description is touched by each use.
    pub(crate) fn last_used(&self) -> Option<SystemTime> {
        fs::metadata(self.folder.join(ABOUT)).and_then(|data| data.modified()).ok()
    }

    /// Writes down that the index is used now, as far as it can.
    pub(crate) fn mark_used(&self) {
        let about = fs::File::options().write(true).open(self.folder.join(ABOUT));
        let _ = about.and_then(|file| file.set_modified(SystemTime::now()));
    }

    /// Tells whether the index was not used for so long that it is dropped.
    pub(crate) fn is_old(&self, now: SystemTime) -> bool {
        let Some(unused) = self.last_used().and_then(|used| now.duration_since(used).ok()) else { return false };
        let is_gone = || self.about.paths.iter().all(|path| !Path::new(path).exists());
        unused > OLD || (unused > OLD_WHEN_GONE && is_gone())
    }

    /// Deletes the old indexes beside this one, as far as it can.
    pub(crate) fn drop_old_neighbours(&self) {
        let Some(folder) = self.folder.parent() else { return };
        let cache = Cache { folder: folder.to_path_buf() };
        let now = SystemTime::now();
        for entry in cache.entries().unwrap_or_default() {
            if entry.folder != self.folder && entry.is_old(now) {
                // It will be tried again.
                let _ = entry.clear();
            }
        }
    }

    /// Returns the size of all files of the index, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        let files = fs::read_dir(self.index()).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).filter(|data| data.is_file()).map(|data| data.len()).sum()
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Returns a few plain letters of a path's name, so that a person who looks into the cache finds their way.
fn slug(path: Option<&&Path>) -> String {
    let name = path.and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(24).collect();
    if plain.is_empty() { "index".to_owned() } else { plain }
}

/// FNV-1a of 128 bits: <https://datatracker.ietf.org/doc/html/rfc9923>. The name must stay the same from one version of
/// Rust to the next, which the hashes of its library do not promise.
fn fnv1a(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv1a() {
        // Test vectors of the reference code: http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(fnv1a(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv1a(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn order_and_repetition_of_paths_do_not_count() {
        let cache = Cache { folder: "/c".into() };
        let name = |paths: &[&str]| {
            let roots: Vec<Root> =
                paths.iter().map(|path| Root { typed: path.into(), canonical: path.into() }).collect();
            cache.entry(&roots, None).folder().to_string_lossy().into_owned()
        };
        assert_eq!(name(&["/a", "/b"]), name(&["/b", "/a", "/a"]));
        assert_ne!(name(&["/a", "/b"]), name(&["/a/b"]));
        assert!(name(&["/data/Presse à lire"]).starts_with("/c/Presselire-"));
        assert!(name(&["/"]).starts_with("/c/index-"));
    }

    #[test]
    fn what_is_old_is_dropped_when_another_is_made() {
        let temp = TempFolder::new();
        let cache = Cache { folder: temp.0.clone() };
        let entry = |path: &Path| {
            let entry = cache.entry(&[Root { typed: path.into(), canonical: path.into() }], None);
            entry.make().unwrap_or_else(|error| unreachable!("{error}"));
            entry
        };
        let aged = |entry: &Entry, days: u64| {
            let time = SystemTime::now() - Duration::from_secs(days * 24 * 3_600);
            let about = fs::File::options().write(true).open(entry.folder.join(ABOUT));
            about.and_then(|file| file.set_modified(time)).unwrap_or_else(|error| unreachable!("{error}"));
        };
        let (here, gone) = (std::env::temp_dir(), Path::new("/nulle/part").to_path_buf());
        let kept = [(here.join("."), 0), (here.clone(), 89), (gone.clone(), 29), (gone.join("a"), 0)];
        let dropped = [(here.join(".."), 91), (gone.join("b"), 31), (gone.join("c"), 1000)];
        let all: Vec<Entry> = kept
            .iter()
            .chain(&dropped)
            .map(|(path, days)| {
                let entry = entry(path);
                aged(&entry, *days);
                entry
            })
            .collect();
        let newest = entry(&gone.join("neuf"));
        newest.drop_old_neighbours();
        let exist: Vec<bool> = all.iter().map(|entry| entry.folder.exists()).collect();
        assert_eq!(exist, [true, true, true, true, false, false, false]);
        // A use makes it young again.
        aged(&newest, 1000);
        assert!(newest.is_old(SystemTime::now()));
        newest.mark_used();
        assert!(!newest.is_old(SystemTime::now()));
    }

    struct TempFolder(PathBuf);

    impl TempFolder {
        fn new() -> TempFolder {
            let name = format!("limier-cache-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            let _ = fs::remove_dir_all(&folder);
            TempFolder(folder)
        }
    }

    impl Drop for TempFolder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
