//! The bookkeeping of files: what was read from where, and what each file looked like then.
//!
//! It is one file beside Tantivy's, written before a commit and named by the commit's payload: a commit that was not
//! made leaves the manifest of the commit before in force. Its name holds the hash of its content, so that neither a
//! manifest of another commit nor a damaged one is ever believed.
//!
//! Every search reads it whole and compares it with the folders, so it is made to be read as it lies: nothing is
//! allocated for a file that did not change.
//!
//! ```text
//! "limier-manifest 2\n"
//! u32 length, header in JSON: settings, roots with the number and bytes of their files, what waits to be purged,
//!     the bytes and the sum of the lines that recur, where any do
//! lines that recur: u64 hash   u16 share   u8 place
//! files, root by root, each sorted by path:
//!     u32 bytes of path   u32 bytes of skips   u64 size   i64 modified   i64 changed   u128 hash   u64 articles
//!     u8 settled   path below its root   skips in JSON, or nothing
//! ```
//!
//! Numbers are little-endian; paths are written without loss and without control characters.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, OpenReadError};
use twox_hash::{XxHash3_64, XxHash3_128};

use super::Index;
use crate::ingest::{ReadOptions, RecurringLines, Skip, Stamp};
use crate::{Error, ErrorKind};

/// Tantivy leaves files alone whose names begin with a point.
const PREFIX: &str = ".manifest-";

const MAGIC: &[u8] = b"limier-manifest 2\n";

/// Where the bytes of skips, and the path, stand in what is written of a file.
const SKIP_LENGTH_AT: usize = 4;
const PATH_AT: usize = 4 + 4 + 8 + 8 + 8 + 16 + 8 + 1;

/// All files that articles of an index were read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) settings: Settings,
    pub(crate) unpurged: Option<Unpurged>,
    pub(crate) learned: Learned,
    /// What is known below each root, in the order in which roots were given.
    pub(crate) sections: Vec<Section>,
}

/// What decides, beside a file's content, which articles it gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// The version of the reader.
    pub(crate) reader: u32,
    pub(crate) read: ReadOptions,
}

/// What was learned of the folders as a whole, by which each of their texts is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Learned {
    /// How many files there were.
    pub(crate) files: u64,
    pub(crate) recurring: RecurringLines,
}

/// Since when the texts of deleted articles may lie in the index, out of reach of searches but still there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unpurged {
    /// When the first was deleted, in nanoseconds since 1970-01-01 UTC.
    pub(crate) since_ns: i64,
    /// The number of commits since then, that one included.
    pub(crate) commits: u32,
}

/// What is known of the files below one root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// The key of the root.
    pub(crate) root: String,
    /// The files as they are written, sorted by path.
    files: Vec<u8>,
    /// Where each file begins in them.
    places: Vec<usize>,
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

/// A file of a manifest, read where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// The key of its path below its root.
    pub(crate) path: &'a str,
    pub(crate) stamp: Stamp,
    pub(crate) hash: u128,
    pub(crate) articles: u64,
    pub(crate) settled: bool,
    skips: &'a [u8],
    /// All of it, as it is written.
    bytes: &'a [u8],
}

impl Known<'_> {
    /// Returns what was left out of it.
    pub(crate) fn skipped(&self) -> Vec<Skip> {
        if self.skips.is_empty() { Vec::new() } else { serde_json::from_slice(self.skips).unwrap_or_default() }
    }

    pub(crate) fn to_state(self) -> FileState {
        let Known { stamp, hash, articles, settled, .. } = self;
        FileState { stamp, hash, articles, settled, skipped: self.skipped() }
    }
}

/// What the header of a manifest holds.
#[derive(Serialize, Deserialize)]
struct Header {
    settings: Settings,
    unpurged: Option<Unpurged>,
    roots: Vec<HeaderRoot>,
    #[serde(default)]
    learned: HeaderLearned,
}

#[derive(Default, Serialize, Deserialize)]
struct HeaderLearned {
    files: u64,
    bytes: usize,
    /// The hash of these bytes: searches read them without the rest, which the name of the file vouches for.
    sum: u64,
}

impl HeaderLearned {
    fn parse(&self, bytes: &[u8]) -> Option<Learned> {
        let is_sound = self.bytes == 0 || XxHash3_64::oneshot(bytes) == self.sum;
        let recurring = RecurringLines::parse(bytes).filter(|_| is_sound)?;
        Some(Learned { files: self.files, recurring })
    }
}

#[derive(Serialize, Deserialize)]
struct HeaderRoot {
    key: String,
    files: u64,
    bytes: usize,
}

/// A manifest and the name of the file that it lies in.
pub(crate) type Named = (String, Arc<Manifest>);

impl Manifest {
    /// Returns the manifest of the last commit and its name; `None` when no refresh was ever committed.
    ///
    /// It is read once a commit.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is damaged or missing.
    pub(crate) fn current(index: &Index) -> Result<Option<Named>, Error> {
        let Some(name) = index.payload()? else { return Ok(None) };
        let mut kept = index.kept_manifest();
        if let Some(named) = kept.as_ref().filter(|(known, _)| *known == name) {
            return Ok(Some(named.clone()));
        }
        let named = (name.clone(), Arc::new(Manifest::read(index, &name)?));
        *kept = Some(named.clone());
        Ok(Some(named))
    }

    /// Reads the manifest of the last commit anew, and its name.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is damaged or missing.
    pub(crate) fn load(index: &Index) -> Result<Option<(String, Manifest)>, Error> {
        let Some(name) = index.payload()? else { return Ok(None) };
        let manifest = Manifest::read(index, &name)?;
        Ok(Some((name, manifest)))
    }

    fn read(index: &Index, name: &str) -> Result<Manifest, Error> {
        let damaged = |what: &str| {
            let path = index.folder().unwrap_or(Path::new("")).join(name);
            let text = format!("{} {what}: rebuild the index", path.display());
            Error::new(ErrorKind::Corrupt, text).with_path(path)
        };
        if !name.starts_with(PREFIX) {
            return Err(damaged("is no name of a manifest"));
        }
        // Its checksum is the hash that names it.
        let bytes = index.tantivy().directory().atomic_read(Path::new(name)).map_err(|error| match error {
            OpenReadError::FileDoesNotExist(_) => damaged("is missing"),
            other => index.failure("read", other.into()),
        })?;
        Manifest::parse(bytes).ok_or_else(|| damaged("is damaged"))
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

    /// Returns the keys of the roots, in the order in which they were given.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.root.as_str())
    }

    /// Returns what is known below a root.
    pub(crate) fn section(&self, root: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.root == root)
    }

    /// Returns this manifest for these roots: what is known below others is forgotten.
    pub(crate) fn with_roots(&self, roots: &[String]) -> Manifest {
        let section = |root: &String| self.section(root).cloned().unwrap_or_else(|| Section::empty(root));
        Manifest { sections: roots.iter().map(section).collect(), ..self.clone() }
    }

    /// Returns this manifest with other states of some files, by their keys; those without a state are taken out.
    ///
    /// Keys of other roots than its own are left out.
    pub(crate) fn with(&self, changes: &BTreeMap<String, Option<FileState>>) -> Manifest {
        let sections = self.sections.iter().map(|section| section.with(changes)).collect();
        Manifest { sections, ..self.clone() }
    }

    /// Writes the manifest as bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let root = |section: &Section| HeaderRoot {
            key: section.root.clone(),
            files: section.len() as u64,
            bytes: section.files.len(),
        };
        let Manifest { settings, unpurged, learned, sections } = self;
        let roots = sections.iter().map(root).collect();
        let recurring = learned.recurring.to_bytes();
        let learned =
            HeaderLearned { files: learned.files, bytes: recurring.len(), sum: XxHash3_64::oneshot(&recurring) };
        let header = Header { settings: settings.clone(), unpurged: *unpurged, roots, learned };
        // Numbers and strings: writing them to memory does not fail.
        let header = serde_json::to_vec(&header).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        push_length(&mut bytes, header.len());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(&recurring);
        sections.iter().for_each(|section| bytes.extend_from_slice(&section.files));
        bytes
    }

    /// Returns the lines that recur in the folders of the last commit; none where nobody knows.
    ///
    /// Where the manifest was not read for another reason only its beginning is: of a large folder it is large.
    pub(crate) fn recurring(index: &Index) -> RecurringLines {
        let Ok(Some(name)) = index.payload() else { return RecurringLines::default() };
        if let Some((_, manifest)) = index.kept_manifest().as_ref().filter(|(known, _)| *known == name) {
            return manifest.learned.recurring.clone();
        }
        let file =
            index.folder().filter(|_| name.starts_with(PREFIX)).and_then(|folder| File::open(folder.join(&name)).ok());
        file.and_then(read_recurring).unwrap_or_default()
    }

    /// Reads what [`to_bytes`](Manifest::to_bytes) wrote; `None` for anything else.
    ///
    /// The files of the last root, mostly the only one, stay in these bytes: of a large folder they are megabytes.
    fn parse(mut bytes: Vec<u8>) -> Option<Manifest> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let length = take_length(&mut rest)?;
        let Header { settings, unpurged, roots, learned } = serde_json::from_slice(rest.split_off(..length)?).ok()?;
        let learned = learned.parse(rest.split_off(..learned.bytes)?)?;
        let mut sections = Vec::with_capacity(roots.len().min(1 + rest.len()));
        let last = roots.len().saturating_sub(1);
        for (number, HeaderRoot { key: root, files: count, bytes: length }) in roots.into_iter().enumerate() {
            let files = if number < last {
                rest.split_off(..length)?.to_vec()
            } else {
                if rest.len() != length {
                    return None;
                }
                let start = bytes.len() - length;
                rest = &[];
                let mut files = std::mem::take(&mut bytes);
                files.drain(..start);
                files
            };
            let section = Section::parse(root, files)?;
            if section.len() as u64 != count {
                return None;
            }
            sections.push(section);
        }
        rest.is_empty().then_some(Manifest { settings, unpurged, learned, sections })
    }
}

impl Section {
    fn empty(root: &str) -> Section {
        Section { root: root.to_owned(), ..Section::default() }
    }

    /// Reads files as they are written; `None` where they make no sense.
    fn parse(root: String, bytes: Vec<u8>) -> Option<Section> {
        let mut files = Files { rest: &bytes };
        let mut places = Vec::new();
        while !files.rest.is_empty() {
            places.push(bytes.len() - files.rest.len());
            files.next()?;
        }
        Some(Section { root, files: bytes, places })
    }

    /// Returns the number of files.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns the files, sorted by the keys of their paths.
    pub(crate) fn files(&self) -> Files<'_> {
        Files { rest: &self.files }
    }

    /// Returns the file of this number, in the order of their paths.
    pub(crate) fn file(&self, number: usize) -> Option<Known<'_>> {
        Files { rest: self.files.get(*self.places.get(number)?..)? }.next()
    }

    /// Returns the number of the file whose path has this key.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.places.binary_search_by(|&place| self.path_at(place).cmp(path.as_bytes())).ok()
    }

    /// Returns the files of which something was left out.
    pub(crate) fn with_skips(&self) -> impl Iterator<Item = Known<'_>> {
        let has_skips = |place: usize| Some(take_length(&mut self.files.get(place + SKIP_LENGTH_AT..)?)? > 0);
        let numbers = self.places.iter().enumerate().filter(move |(_, place)| has_skips(**place) == Some(true));
        numbers.filter_map(|(number, _)| self.file(number))
    }

    /// Returns the path of the file that begins here; nothing else of it is looked at.
    fn path_at(&self, place: usize) -> &[u8] {
        let path = || {
            let mut rest = self.files.get(place..)?;
            let length = take_length(&mut rest)?;
            self.files.get(place + PATH_AT..)?.get(..length)
        };
        path().unwrap_or_default()
    }

    /// Returns the key of a file below this root.
    pub(crate) fn key(&self, path: &str) -> String {
        format!("{}\0{path}", self.root)
    }

    fn with(&self, changes: &BTreeMap<String, Option<FileState>>) -> Section {
        let below = self.key("");
        let mut changes = changes
            .range(below.clone()..)
            .map_while(|(key, state)| Some((key.strip_prefix(&below)?, state.as_ref())))
            .peekable();
        if changes.peek().is_none() {
            return self.clone();
        }
        let mut new = Section { files: Vec::with_capacity(self.files.len()), ..Section::empty(&self.root) };
        for known in self.files() {
            while let Some((path, state)) = changes.next_if(|(path, _)| *path < known.path) {
                new.push(path, state);
            }
            match changes.next_if(|(path, _)| *path == known.path) {
                Some((path, state)) => new.push(path, state),
                None => {
                    new.places.push(new.files.len());
                    new.files.extend_from_slice(known.bytes);
                }
            }
        }
        changes.for_each(|(path, state)| new.push(path, state));
        new
    }

    fn push(&mut self, path: &str, state: Option<&FileState>) {
        let Some(state) = state else { return };
        let FileState { stamp: Stamp { size, modified_ns, changed_ns }, hash, articles, settled, skipped } = state;
        let skips = if skipped.is_empty() { Vec::new() } else { serde_json::to_vec(skipped).unwrap_or_default() };
        self.places.push(self.files.len());
        let out = &mut self.files;
        push_length(out, path.len());
        push_length(out, skips.len());
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(&modified_ns.to_le_bytes());
        out.extend_from_slice(&changed_ns.to_le_bytes());
        out.extend_from_slice(&hash.to_le_bytes());
        out.extend_from_slice(&articles.to_le_bytes());
        out.push(u8::from(*settled));
        out.extend_from_slice(path.as_bytes());
        out.extend_from_slice(&skips);
    }
}

/// The files of a [`Section`], read one after the other; it ends early where they make no sense.
#[derive(Clone, Debug)]
pub(crate) struct Files<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Files<'a> {
    type Item = Known<'a>;

    fn next(&mut self) -> Option<Known<'a>> {
        let all = self.rest;
        let mut rest = all;
        let (path_bytes, skip_bytes) = (take_length(&mut rest)?, take_length(&mut rest)?);
        let stamp = Stamp {
            size: u64::from_le_bytes(take(&mut rest)?),
            modified_ns: i64::from_le_bytes(take(&mut rest)?),
            changed_ns: i64::from_le_bytes(take(&mut rest)?),
        };
        let hash = u128::from_le_bytes(take(&mut rest)?);
        let articles = u64::from_le_bytes(take(&mut rest)?);
        let [settled] = take(&mut rest)?;
        let path = std::str::from_utf8(rest.split_off(..path_bytes)?).ok()?;
        let skips = rest.split_off(..skip_bytes)?;
        let bytes = all.get(..all.len() - rest.len())?;
        self.rest = rest;
        Some(Known { path, stamp, hash, articles, settled: settled == 1, skips, bytes })
    }
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    // Paths and notes of 4 GiB are beyond every file system.
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn take_length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(rest)?)).ok()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk()?;
    *rest = left;
    Some(*taken)
}

/// Reads the lines that recur from the beginning of a manifest; `None` where it is damaged.
fn read_recurring(mut file: impl Read) -> Option<RecurringLines> {
    let mut take = |length: usize| {
        let mut bytes = Vec::new();
        // What is longer than there are bytes is not made room for.
        let read = (&mut file).take(length as u64).read_to_end(&mut bytes).ok()?;
        (read == length).then_some(bytes)
    };
    let start = take(MAGIC.len() + 4)?;
    let length = take_length(&mut start.strip_prefix(MAGIC)?)?;
    let Header { learned, .. } = serde_json::from_slice(&take(length)?).ok()?;
    Some(learned.parse(&take(learned.bytes)?)?.recurring)
}

fn name_of(bytes: &[u8]) -> String {
    format!("{PREFIX}{:032x}", XxHash3_128::oneshot(bytes))
}

impl Index {
    /// Returns the roots that refreshes of this index read, in the order in which they were first given.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the bookkeeping is damaged.
    pub fn roots(&self) -> Result<Vec<PathBuf>, Error> {
        let Some((_, manifest)) = Manifest::current(self)? else { return Ok(Vec::new()) };
        Ok(manifest.roots().map(crate::ingest::path_of_key).collect())
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
        let read = ReadOptions {
            kinds: vec![crate::ingest::Kind::Text],
            fields: "body=contenu".parse().unwrap(),
            command: Some(crate::ingest::Command::new("texte", ["*.pdf"]).unwrap()),
            follow_links: true,
            ..ReadOptions::default()
        };
        let settings = Settings { reader: 1, read };
        // Lines as a sample of files gives them.
        let recurring = [1u64, 900, u64::MAX].map(|hash| [&hash.to_le_bytes()[..], &[5, 1, 1]].concat()).concat();
        let learned = Learned { files: 12, recurring: RecurringLines::parse(&recurring).unwrap() };
        let unpurged = Some(Unpurged { since_ns: 7, commits: 2 });
        let frame = Manifest { settings, unpurged, learned, ..Manifest::default() };
        frame.with_roots(&["/presse".to_owned(), "/un%0Afichier.txt".to_owned()]).with(&BTreeMap::from([
            ("/presse\0mai/é.txt".to_owned(), Some(state(1, vec![]))),
            ("/presse\0mai/a.jsonl".to_owned(), Some(state(40, vec![broken, Skip::More { count: 8 }]))),
            ("/un%0Afichier.txt\0".to_owned(), Some(state(0, vec![Skip::NotText]))),
            ("/ailleurs\0a.txt".to_owned(), Some(state(1, vec![]))),
        ]))
    }

    fn paths(manifest: &Manifest) -> Vec<String> {
        let of_section = |section: &Section| section.files().map(|file| section.key(file.path)).collect::<Vec<_>>();
        manifest.sections.iter().flat_map(of_section).map(|key| key.replace('\0', ":")).collect()
    }

    #[test]
    fn changes_of_files_and_roots_keep_the_order_of_paths() {
        let manifest = manifest();
        assert_eq!(paths(&manifest), ["/presse:mai/a.jsonl", "/presse:mai/é.txt", "/un%0Afichier.txt:"]);
        let one = Some(FileState { articles: 5, ..FileState::default() });
        let changed = manifest.with(&BTreeMap::from([
            ("/presse\0avril/b.txt".to_owned(), one.clone()),
            ("/presse\0mai/a.jsonl".to_owned(), None),
            ("/presse\0mai/é.txt".to_owned(), one.clone()),
            ("/presse\0mai/ê.txt".to_owned(), one.clone()),
            ("/presse\0rien.txt".to_owned(), None),
        ]));
        assert_eq!(
            paths(&changed),
            ["/presse:avril/b.txt", "/presse:mai/é.txt", "/presse:mai/ê.txt", "/un%0Afichier.txt:"]
        );
        let section = &changed.sections[0];
        assert_eq!((section.len(), section.files().all(|file| file.to_state() == one.clone().unwrap())), (3, true));
        for (number, file) in section.files().enumerate() {
            assert_eq!(
                (section.find(file.path), section.file(number).map(|file| file.path)),
                (Some(number), Some(file.path))
            );
        }
        assert_eq!((section.find("mai/f.txt"), section.find(""), section.find("z")), (None, None, None));
        assert_eq!((section.with_skips().count(), changed.sections[1].with_skips().count()), (0, 1));
        assert_eq!(Manifest::parse(changed.to_bytes()), Some(changed.clone()));
        let moved = changed.with_roots(&["/un%0Afichier.txt".to_owned(), "/neuf".to_owned()]);
        assert_eq!((paths(&moved), moved.roots().count()), (vec!["/un%0Afichier.txt:".to_owned()], 2));
    }

    #[test]
    fn what_was_written_is_read() {
        for manifest in [manifest(), Manifest::default()] {
            assert_eq!(Manifest::parse(manifest.to_bytes()), Some(manifest));
        }
    }

    #[test]
    fn a_manifest_of_before_lines_were_learned_is_read() {
        let old = Manifest { learned: Learned::default(), ..manifest() };
        let bytes = old.to_bytes();
        let start = bytes.windows(11).position(|window| window == b",\"learned\":").unwrap();
        let header_end = MAGIC.len() + 4 + take_length(&mut &bytes[MAGIC.len()..]).unwrap();
        let mut header = bytes[MAGIC.len() + 4..start].to_vec();
        header.push(b'}');
        assert!(serde_json::from_slice::<serde_json::Value>(&header).unwrap().get("learned").is_none());
        let mut written = MAGIC.to_vec();
        push_length(&mut written, header.len());
        written.extend_from_slice(&header);
        written.extend_from_slice(&bytes[header_end..]);
        assert_eq!(Manifest::parse(written.clone()), Some(old));
        assert_eq!(read_recurring(&written[..]), Some(RecurringLines::default()));
    }

    #[test]
    fn lines_that_recur_are_read_without_the_rest_and_never_when_damaged() {
        let manifest = manifest();
        let bytes = manifest.to_bytes();
        let recurring = manifest.learned.recurring;
        assert_eq!(recurring.len(), 3);
        let header_end = MAGIC.len() + 4 + take_length(&mut &bytes[MAGIC.len()..]).unwrap();
        let end = header_end + recurring.to_bytes().len();
        assert_eq!(read_recurring(&bytes[..end]), Some(recurring.clone()));
        for cut in 0..end {
            assert_eq!(read_recurring(&bytes[..cut]), None, "cut at {cut}");
        }
        for at in 0..header_end {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let _ = read_recurring(&changed[..]);
        }
        for at in header_end..end {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(read_recurring(&changed[..]), None, "byte {at}");
        }
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let bytes = manifest().to_bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            // The name tells; reading what has another name must only end.
            assert_ne!(name_of(&changed), name_of(&bytes));
            let _ = Manifest::parse(changed);
            assert_eq!(Manifest::parse(bytes[..at].to_vec()), None, "cut at {at}");
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
