//! The bookkeeping of files: what was read from where, and what each file looked like then.
//!
//! It is one file beside Tantivy's, written before a commit and named by the commit's payload: a commit that was not
//! made leaves the manifest of the commit before in force. Its name holds a hash of its content, its last line another,
//! so that neither a manifest of another commit nor a damaged one is ever believed. It is text, one line a file:
//!
//! ```text
//! limier-manifest 1
//! settings   reader version   follow links   file limit   line limit
//! root       path
//! file       root number   path below it   size   modified   changed   hash   articles   settled   skips
//! end        number of files   hash of all bytes before this line
//! ```
//!
//! Columns are parted by tabs; paths are written without loss and without control characters.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, OpenReadError};
use xxhash_rust::xxh3::xxh3_128;

use super::Index;
use crate::ingest::{Skip, Stamp};
use crate::{Error, ErrorKind};

/// Tantivy leaves files alone whose names begin with a point.
const PREFIX: &str = ".manifest-";

const HEAD: &str = "limier-manifest 1";

/// All files that articles of an index were read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) settings: Settings,
    /// The keys of the roots, in the order in which they were given.
    pub(crate) roots: Vec<String>,
    /// What is known of each file, by its key.
    pub(crate) files: BTreeMap<String, FileState>,
}

/// What decides, beside a file's content, which articles it gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) reader: u32,
    pub(crate) follow_links: bool,
    pub(crate) file_bytes: u64,
    pub(crate) line_bytes: u64,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileState {
    pub(crate) stamp: Stamp,
    /// The hash of its content; 0 when it could not be read to its end.
    pub(crate) hash: u128,
    /// The number of articles that it gave.
    pub(crate) articles: u64,
    /// Whether its stamp proves its content: false when it changed so shortly before it was read that a later change
    /// may carry the same times.
    pub(crate) settled: bool,
    /// What was left out of it.
    pub(crate) skipped: Vec<Skip>,
}

impl Manifest {
    /// Reads the manifest of the last commit and its name; `None` when no refresh was ever committed.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is damaged or missing.
    pub(crate) fn load(index: &Index) -> Result<Option<(String, Manifest)>, Error> {
        let Some(name) = index.payload()? else { return Ok(None) };
        let damaged = |what: &str| {
            let path = index.folder().unwrap_or(Path::new("")).join(&name);
            let text = format!("{} {what}: rebuild the index", path.display());
            Error::new(ErrorKind::Corrupt, text).with_path(path)
        };
        if !name.starts_with(PREFIX) {
            return Err(damaged("is no name of a manifest"));
        }
        let bytes = index.tantivy().directory().atomic_read(Path::new(&name)).map_err(|error| match error {
            OpenReadError::FileDoesNotExist(_) => damaged("is missing"),
            other => index.failure("read", other.into()),
        })?;
        if name_of(&bytes) != name {
            return Err(damaged("is damaged"));
        }
        match Manifest::parse(&bytes) {
            Some(manifest) => Ok(Some((name, manifest))),
            None => Err(damaged("is damaged")),
        }
    }

    /// Writes the manifest durably, and returns the name to commit with.
    pub(crate) fn store(&self, index: &Index) -> Result<String, Error> {
        let bytes = self.to_bytes();
        let name = name_of(&bytes);
        let directory = index.tantivy().directory();
        let write = directory.atomic_write(Path::new(&name), &bytes).and_then(|()| directory.sync_directory());
        let path = index.folder().unwrap_or(Path::new("")).join(&name);
        write.map_err(|source| Error::io("write", path, source))?;
        Ok(name)
    }

    /// Deletes the manifests of other commits than the one named `current`, as far as it can: what stays is harmless.
    pub(crate) fn delete_others(index: &Index, previous: Option<&str>, current: &str) {
        let mut names: Vec<String> = previous.map(str::to_owned).into_iter().collect();
        if let Some(entries) = index.folder().and_then(|folder| std::fs::read_dir(folder).ok()) {
            let in_folder = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
            names.extend(in_folder.filter(|name| name.starts_with(PREFIX)));
        }
        for name in names.iter().filter(|name| *name != current) {
            match index.tantivy().directory().delete(Path::new(name)) {
                Ok(()) | Err(DeleteError::FileDoesNotExist(_) | DeleteError::IoError { .. }) => {}
            }
        }
    }

    /// Writes the manifest as bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let Settings { reader, follow_links, file_bytes, line_bytes } = self.settings;
        let follow_links = u8::from(follow_links);
        let mut text = format!("{HEAD}\nsettings\t{reader}\t{follow_links}\t{file_bytes}\t{line_bytes}\n");
        // Writing to a string never fails.
        for root in &self.roots {
            let _ = writeln!(text, "root\t{root}");
        }
        let numbers: BTreeMap<&str, usize> = self.roots.iter().map(String::as_str).zip(0..).collect();
        let mut count = 0;
        for (key, file) in &self.files {
            let Some((root, relative)) = key.split_once('\0') else { continue };
            let Some(number) = numbers.get(root) else { continue };
            let FileState { stamp: Stamp { size, modified_ns, changed_ns }, hash, articles, settled, skipped } = file;
            let settled = u8::from(*settled);
            let _ = write!(
                text,
                "file\t{number}\t{relative}\t{size}\t{modified_ns}\t{changed_ns}\t{hash:x}\t{articles}\t{settled}\t"
            );
            if !skipped.is_empty() {
                text.push_str(&serde_json::to_string(skipped).unwrap_or_default());
            }
            text.push('\n');
            count += 1;
        }
        let hash = xxh3_128(text.as_bytes());
        let _ = writeln!(text, "end\t{count}\t{hash:032x}");
        text.into_bytes()
    }

    /// Reads what [`to_bytes`](Manifest::to_bytes) wrote; `None` for anything else.
    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (_, end) = text.rsplit_once('\n')?;
        let covered = text.get(..text.len() - end.len())?;
        let mut end = end.split('\t');
        let ("end", count, hash) = (end.next()?, end.next()?, end.next()?) else { return None };
        if u128::from_str_radix(hash, 16).ok()? != xxh3_128(covered.as_bytes()) {
            return None;
        }
        let mut lines = covered.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut manifest = Manifest { settings: Settings::parse(lines.next()?)?, ..Manifest::default() };
        for line in lines {
            let (sort, rest) = line.split_once('\t')?;
            match sort {
                "root" => manifest.roots.push(rest.to_owned()),
                "file" => {
                    let (key, state) = parse_file(rest, &manifest.roots)?;
                    manifest.files.insert(key, state);
                }
                _ => return None,
            }
        }
        (count.parse() == Ok(manifest.files.len())).then_some(manifest)
    }
}

impl Settings {
    fn parse(line: &str) -> Option<Settings> {
        let mut columns = line.split('\t');
        let ("settings", reader, follow_links) = (columns.next()?, columns.next()?, columns.next()?) else {
            return None;
        };
        Some(Settings {
            reader: reader.parse().ok()?,
            follow_links: follow_links == "1",
            file_bytes: columns.next()?.parse().ok()?,
            line_bytes: columns.next()?.parse().ok()?,
        })
    }
}

fn parse_file(line: &str, roots: &[String]) -> Option<(String, FileState)> {
    let mut columns = line.split('\t');
    let root = roots.get(columns.next()?.parse::<usize>().ok()?)?;
    let key = format!("{root}\0{}", columns.next()?);
    let stamp = Stamp {
        size: columns.next()?.parse().ok()?,
        modified_ns: columns.next()?.parse().ok()?,
        changed_ns: columns.next()?.parse().ok()?,
    };
    let state = FileState {
        stamp,
        hash: u128::from_str_radix(columns.next()?, 16).ok()?,
        articles: columns.next()?.parse().ok()?,
        settled: columns.next()? == "1",
        skipped: match columns.next()? {
            "" => Vec::new(),
            json => serde_json::from_str(json).ok()?,
        },
    };
    Some((key, state))
}

fn name_of(bytes: &[u8]) -> String {
    format!("{PREFIX}{:032x}", xxh3_128(bytes))
}

impl Index {
    /// Returns the roots that refreshes of this index read, in the order in which they were first given.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the bookkeeping is damaged.
    pub fn roots(&self) -> Result<Vec<PathBuf>, Error> {
        let manifest = Manifest::load(self)?.map(|(_, manifest)| manifest).unwrap_or_default();
        Ok(manifest.roots.iter().map(|root| crate::ingest::path_of_key(root)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let state = |articles, skipped| FileState {
            stamp: Stamp { size: 12, modified_ns: -5, changed_ns: 1_732_000_000_123_456_789 },
            hash: u128::MAX - 7,
            articles,
            settled: articles == 1,
            skipped,
        };
        let broken = Skip::BrokenRecord { line: 3, column: 9, error: "tab\t, line\n end".to_owned() };
        Manifest {
            settings: Settings { reader: 1, follow_links: true, file_bytes: 64, line_bytes: 32 },
            roots: vec!["/presse".to_owned(), "/un%0Afichier.txt".to_owned()],
            files: BTreeMap::from([
                ("/presse\0mai/é.txt".to_owned(), state(1, vec![])),
                ("/presse\0mai/a.jsonl".to_owned(), state(40, vec![broken, Skip::More { count: 8 }])),
                ("/un%0Afichier.txt\0".to_owned(), state(0, vec![Skip::NotText])),
            ]),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        for manifest in [manifest(), Manifest::default()] {
            assert_eq!(Manifest::parse(&manifest.to_bytes()), Some(manifest));
        }
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let bytes = manifest().to_bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_ne!(name_of(&changed), name_of(&bytes));
            // The checksum may be written with other letters, no more.
            let parsed = Manifest::parse(&changed);
            assert!(parsed.is_none() || parsed == Some(manifest()), "byte {at}");
            assert_eq!(Manifest::parse(&bytes[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn a_damaged_or_missing_manifest_is_a_typed_error() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path().join("idx")).unwrap();
        assert!(Manifest::load(&index).unwrap().is_none());
        let name = manifest().store(&index).unwrap();
        let mut writer = index.writer().unwrap();
        writer.commit_with(Some(&name)).unwrap();
        assert_eq!(Manifest::load(&index).unwrap(), Some((name.clone(), manifest())));

        let path = folder.path().join("idx").join(&name);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[20] ^= 4;
        std::fs::write(&path, bytes).unwrap();
        let error = Manifest::load(&index).unwrap_err();
        assert!(error.is_corrupt() && error.path() == Some(path.as_path()), "{error:?}");
        std::fs::remove_file(&path).unwrap();
        assert!(Manifest::load(&index).unwrap_err().is_corrupt());
        assert!(index.roots().unwrap_err().is_corrupt());
    }

    #[test]
    fn a_commit_without_refresh_keeps_the_manifest_and_old_ones_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path().join("idx")).unwrap();
        let mut writer = index.writer().unwrap();
        let old = Manifest::default().store(&index).unwrap();
        let name = manifest().store(&index).unwrap();
        writer.commit_with(Some(&name)).unwrap();
        Manifest::delete_others(&index, Some(&old), &name);
        writer.add(crate::Article::new("1").body("Un mot.")).unwrap();
        writer.commit().unwrap();
        writer.finish().unwrap();
        assert_eq!(Manifest::load(&index).unwrap(), Some((name.clone(), manifest())));
        let names: Vec<_> = std::fs::read_dir(folder.path().join("idx"))
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter(|file| file.starts_with(PREFIX))
            .collect();
        assert_eq!(names, [name]);
    }
}
