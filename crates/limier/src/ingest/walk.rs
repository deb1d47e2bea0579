//! The files below some roots, in a stable order, with what was left out.

use std::collections::{BTreeMap, HashSet};
use std::fs::Metadata;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};
use serde::Serialize;

use super::{Globs, Kind, Origin, ReadOptions, Skip, Skipped, Stamp};

/// Finds the files below some roots.
///
/// Hidden files, and what `.gitignore` and `.ignore` files exclude, are left out, in a git repository or not; a root
/// itself is not, unless it is the folder of an index of limier, which is never read as articles. Links inside a root are not followed unless
/// asked; a root that is a link is. A root may be a single file: it is then read whatever its name, as text where its
/// extension is unknown. A file that two roots reach belongs to the first of them.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("crue.txt"), "La rivière monte")?;
/// std::fs::write(folder.path().join("carte.pdf"), "%PDF-1.7")?;
/// let listing = limier::ingest::Walk::new([folder.path()]).run();
/// assert_eq!(listing.files.len(), 1);
/// assert_eq!(listing.unknown_types.get("pdf"), Some(&1));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a walk finds nothing before it is run"]
pub struct Walk {
    roots: Vec<PathBuf>,
    options: ReadOptions,
    /// Which files the command of the options is for; `None` for those that are not read otherwise.
    for_command: Option<Globs>,
    excluded: Vec<PathBuf>,
    /// Threads that walk; 0 leaves it to the machine.
    threads: usize,
}

/// What a [`Walk`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Listing {
    /// The files to read: roots in the order given, and below each sorted by the bytes of their paths.
    pub files: Vec<FileEntry>,
    /// Files and folders that were left out, sorted by path within each root; types that are not read and links are
    /// only counted.
    pub skipped: Vec<Skipped>,
    /// The number of files of each type that is not read, by extension in lower case.
    pub unknown_types: BTreeMap<String, u64>,
    /// The number of links that were not followed.
    pub links: u64,
}

/// A file that can be read as articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its root and its path below it.
    pub origin: Origin,
    /// How it is read.
    pub kind: Kind,
    /// Its size and times.
    pub stamp: Stamp,
}

/// Tells of a file, by its root, its path below it and its stamp, whether it needs no listing.
pub(crate) type IsKnown<'a> = dyn Fn(&Path, &Path, &Stamp) -> bool + Sync + 'a;

/// The size in bytes beyond which a file is left out, unless another is set: 64 MiB, as much as an article may hold.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

impl Walk {
    /// Makes a walk over these roots, folders or files.
    pub fn new<P: Into<PathBuf>>(roots: impl IntoIterator<Item = P>) -> Walk {
        Walk {
            roots: roots.into_iter().map(Into::into).collect(),
            options: ReadOptions::default(),
            for_command: None,
            excluded: Vec::new(),
            threads: 0,
        }
    }

    /// Sets how many threads walk a folder; by default one a core, at most 12.
    pub fn threads(mut self, threads: usize) -> Walk {
        self.threads = threads;
        self
    }

    /// Follows symbolic links; a link to a folder above itself is left out with a note.
    pub fn follow_links(mut self, follow: bool) -> Walk {
        self.options.follow_links = follow;
        self
    }

    /// Sets the kinds of files that are listed, whether links are followed, the size beyond which a file that must be read whole is left out
    /// ([`MAX_FILE_BYTES`] by default), and which files a command makes texts of.
    ///
    /// Files of records are read as a stream: the limit does not hold for them.
    pub fn options(mut self, options: &ReadOptions) -> Walk {
        self.options = options.clone();
        self.for_command = options.command.as_ref().and_then(super::Command::globs);
        self
    }

    /// Leaves out this folder or file, such as the folder of the index itself.
    pub fn exclude(mut self, path: impl Into<PathBuf>) -> Walk {
        self.excluded.push(resolved(&path.into()));
        self
    }

    /// Lists the files; what cannot be read is part of the answer, never an error.
    pub fn run(&self) -> Listing {
        self.run_but(&|_, _, _| false)
    }

    /// Lists the files as [`run`](Walk::run) does, but for those that are known: they cost no more than the look at them.
    ///
    /// Where two roots reach the same files, all are listed.
    pub(crate) fn run_but(&self, is_known: &IsKnown<'_>) -> Listing {
        let mut listing = Listing::default();
        let mut seen = HashSet::new();
        // Roots apart from each other need no such set.
        let roots: Vec<PathBuf> = self.roots.iter().map(|root| resolved(root)).collect();
        let holds_another =
            |(n, root): (usize, &PathBuf)| roots.iter().enumerate().any(|(m, other)| n != m && other.starts_with(root));
        let may_meet = roots.iter().enumerate().any(holds_another);
        let is_known = if may_meet { &|_: &Path, _: &Path, _: &Stamp| false } else { is_known };
        for root in &self.roots {
            let found = self.list_root(root, is_known);
            listing.files.extend(
                found
                    .files
                    .into_iter()
                    .filter(|file| !may_meet || seen.insert(resolved(&file.origin.path().unwrap_or_default()))),
            );
            listing.skipped.extend(found.skipped);
            listing.links += found.links;
            for (extension, count) in found.unknown_types {
                *listing.unknown_types.entry(extension).or_default() += count;
            }
        }
        listing
    }

    fn list_root(&self, root: &Path, is_known: &IsKnown<'_>) -> Listing {
        let metadata = match std::fs::metadata(root) {
            Ok(metadata) => metadata,
            Err(error) => {
                let skip = Skip::Unreadable { error: error.to_string() };
                return Listing { skipped: vec![Skipped::new(root, skip)], ..Listing::default() };
            }
        };
        let mut listing = Listing::default();
        if metadata.is_dir() && is_index(root) {
            listing.skipped.push(Skipped::new(root, Skip::Index));
            return listing;
        }
        if !metadata.is_dir() {
            let name = Path::new(root.file_name().unwrap_or_default());
            let kind = self.kind(name).unwrap_or(Kind::Text);
            if self.options.reads(kind) {
                let file = Found { root: &root.into(), relative: Path::new(""), metadata: &metadata };
                self.add(&mut listing, &file, Ok(kind), is_known);
            }
            return listing;
        }
        let shared = Mutex::new(listing);
        let mut collectors = Collectors { walk: self, root: root.into(), shared: &shared, is_known };
        self.walker(root).build_parallel().visit(&mut collectors);
        let mut listing = shared.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        listing.files.sort_unstable_by(|a, b| a.bytes().cmp(b.bytes()));
        listing.skipped.sort();
        listing
    }

    fn walker(&self, root: &Path) -> WalkBuilder {
        let mut builder = WalkBuilder::new(root);
        // What the environment configures for git as a whole is not read: the same folder gives the same articles.
        builder.follow_links(self.options.follow_links).require_git(false).git_global(false).threads(self.threads);
        let excluded = self.excluded.clone();
        builder.filter_entry(move |entry| {
            if entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir()) && is_index(entry.path()) {
                return false;
            }
            // Names first: making a path absolute costs more than reading it.
            let name = Some(entry.file_name());
            let is_excluded = |path: &PathBuf| path.file_name() == name && *path == resolved(entry.path());
            !excluded.iter().any(is_excluded)
        });
        builder
    }

    fn visit(&self, found: &mut Listing, root: &Arc<Path>, entry: &DirEntry, is_known: &IsKnown<'_>) {
        // A broken pattern in an ignore file is no reason to leave its folder out: the other patterns hold.
        let Some(file_type) = entry.file_type() else { return };
        if file_type.is_dir() {
            return;
        }
        if file_type.is_symlink() {
            found.links += 1;
            return;
        }
        let Some(relative) = below(root, entry.path()) else { return };
        let kind = self.kind(relative);
        if kind.as_ref().is_ok_and(|kind| !self.options.reads(*kind)) {
            return;
        }
        if let (Err(extension), true) = (&kind, file_type.is_file()) {
            *found.unknown_types.entry(extension.clone()).or_default() += 1;
            return;
        }
        match entry.metadata() {
            Ok(metadata) => self.add(found, &Found { root, relative, metadata: &metadata }, kind, is_known),
            Err(error) => found.skipped.push(unreadable(entry.path(), &error)),
        }
    }

    /// Returns how a file is read, or the extension of a type that is not.
    fn kind(&self, relative: &Path) -> Result<Kind, String> {
        let known = Kind::of(relative);
        let is_for_command = match (&self.options.command, &self.for_command) {
            (None, _) => false,
            (Some(_), None) => known.is_err(),
            (Some(_), Some(globs)) => globs.take(relative),
        };
        if is_for_command { Ok(Kind::Command) } else { known }
    }

    fn add(&self, found: &mut Listing, file: &Found<'_>, kind: Result<Kind, String>, is_known: &IsKnown<'_>) {
        let Found { root, relative, metadata } = *file;
        let origin = || Origin::file(root.clone(), relative);
        let skip = match kind {
            // Opening a FIFO would wait for its writer; a device may have no end.
            _ if !metadata.is_file() => Skip::NotAFile,
            Err(extension) => Skip::UnknownType { extension },
            Ok(kind) if kind.is_read_whole() && metadata.len() > self.options.limits.file_bytes => {
                Skip::TooLarge { bytes: metadata.len(), limit: self.options.limits.file_bytes }
            }
            Ok(kind) => {
                let stamp = Stamp::of(metadata);
                if !is_known(root, relative, &stamp) {
                    found.files.push(FileEntry { origin: origin(), kind, stamp });
                }
                return;
            }
        };
        found.skipped.push(Skipped::new(origin().path().unwrap_or_default(), skip));
    }
}

/// A file that a walk met.
struct Found<'a> {
    root: &'a Arc<Path>,
    relative: &'a Path,
    metadata: &'a Metadata,
}

impl FileEntry {
    /// The bytes that files are sorted by.
    fn bytes(&self) -> &[u8] {
        match &self.origin {
            Origin::File { relative, .. } => relative.as_os_str().as_encoded_bytes(),
            Origin::StandardInput => &[],
        }
    }
}

/// Makes a collector for each thread of a walk.
struct Collectors<'a> {
    walk: &'a Walk,
    root: Arc<Path>,
    shared: &'a Mutex<Listing>,
    is_known: &'a IsKnown<'a>,
}

/// What one thread of a walk found: it joins the others when the thread is done.
struct Collector<'a> {
    walk: &'a Walk,
    root: Arc<Path>,
    shared: &'a Mutex<Listing>,
    is_known: &'a IsKnown<'a>,
    found: Listing,
}

impl<'a> ParallelVisitorBuilder<'a> for Collectors<'a> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 'a> {
        let Collectors { walk, root, shared, is_known } = &*self;
        let (root, found) = (root.clone(), Listing::default());
        Box::new(Collector { walk, root, shared, is_known: *is_known, found })
    }
}

impl ParallelVisitor for Collector<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        match entry {
            Ok(entry) => self.walk.visit(&mut self.found, &self.root, &entry, self.is_known),
            Err(error) => self.found.skipped.push(unreadable(&self.root, &error)),
        }
        WalkState::Continue
    }
}

impl Drop for Collector<'_> {
    fn drop(&mut self) {
        let mut listing = self.shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        merge(&mut listing, std::mem::take(&mut self.found));
    }
}

/// Tells whether a folder holds an index: its files are no articles, though some of them are JSON.
fn is_index(folder: &Path) -> bool {
    let mut head = [0; MARK.len()];
    let file = std::fs::File::open(folder.join(crate::index::MARKER));
    file.and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *MARK
}

/// How the file begins that marks an index, in every format.
const MARK: &[u8; 10] = b"{\"format\":";

/// Returns `path` made absolute, without `.` and a final separator; `..` is resolved by the file system where it can be.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if absolute.components().any(|component| component == Component::ParentDir) {
        return std::fs::canonicalize(&absolute).unwrap_or(absolute);
    }
    absolute.components().collect()
}

/// Returns the path below a root of what a walk of it met.
#[cfg(unix)]
fn below<'p>(root: &Path, path: &'p Path) -> Option<&'p Path> {
    use std::os::unix::ffi::OsStrExt;
    // The walk joins names to the root: comparing bytes tells as much as comparing components, and this is done for each file.
    let rest = path.as_os_str().as_bytes().strip_prefix(root.as_os_str().as_bytes())?;
    Some(Path::new(std::ffi::OsStr::from_bytes(rest.strip_prefix(b"/").unwrap_or(rest))))
}

#[cfg(not(unix))]
fn below<'p>(root: &Path, path: &'p Path) -> Option<&'p Path> {
    path.strip_prefix(root).ok()
}

fn merge(listing: &mut Listing, found: Listing) {
    listing.files.extend(found.files);
    listing.skipped.extend(found.skipped);
    listing.links += found.links;
    for (extension, count) in found.unknown_types {
        *listing.unknown_types.entry(extension).or_default() += count;
    }
}

/// Makes a record of an error of the walk, at the path that it names or else at `fallback`.
fn unreadable(fallback: &Path, error: &ignore::Error) -> Skipped {
    use ignore::Error;
    match error {
        Error::WithPath { path, err } => unreadable(path, err),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => unreadable(fallback, err),
        Error::Io(io) => Skipped::new(fallback, Skip::Unreadable { error: io.to_string() }),
        Error::Loop { child, .. } => Skipped::new(child, Skip::LinkLoop),
        other => Skipped::new(fallback, Skip::Unreadable { error: other.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        folder
    }

    fn ids(listing: &Listing) -> Vec<String> {
        listing.files.iter().map(|file| file.origin.id(0)).collect()
    }

    #[test]
    fn lists_in_order_what_is_neither_hidden_nor_ignored() {
        let folder = folder(&[
            ("b.txt", "b"),
            ("a/z.md", "z"),
            ("a/b.jsonl", "{}"),
            ("a.txt", "a"),
            ("LISEZMOI", "lisez"),
            (".cache/c.txt", "c"),
            ("brouillons/d.txt", "d"),
            (".gitignore", "brouillons/\n"),
            ("plan.PDF", "x"),
            ("autre.pdf", "x"),
        ]);
        let listing = Walk::new([folder.path()]).run();
        assert_eq!(ids(&listing), ["LISEZMOI", "a.txt", "a/b.jsonl", "a/z.md", "b.txt"]);
        assert_eq!(listing.unknown_types, BTreeMap::from([("pdf".to_owned(), 2)]));
        assert_eq!(listing.skipped, []);
        let file = &listing.files[4];
        assert_eq!((file.kind, file.stamp.size), (Kind::Text, 1));
        assert!(file.stamp.modified_ns > 1_600_000_000_000_000_000, "{:?}", file.stamp);
        assert_eq!(file.origin.path().unwrap(), folder.path().join("b.txt"));
    }

    #[test]
    fn a_root_may_be_a_file_of_any_name() {
        let folder = folder(&[("journal.log", "lundi"), ("sous/.caché.txt", "c")]);
        let listing = Walk::new([folder.path().join("journal.log"), folder.path().join("sous/.caché.txt")]).run();
        assert_eq!(ids(&listing), ["journal.log", ".caché.txt"]);
        assert_eq!(listing.files[0].origin.path().unwrap(), folder.path().join("journal.log"));
    }

    #[test]
    fn a_file_that_two_roots_reach_is_listed_once() {
        let folder = folder(&[("a/x.txt", "x"), ("b.txt", "b")]);
        let listing =
            Walk::new([folder.path().join("a"), folder.path().join("a/../a/x.txt"), folder.path().into()]).run();
        assert_eq!(ids(&listing), ["x.txt", "b.txt"]);
    }

    #[test]
    fn what_is_too_large_to_be_read_whole_is_skipped_and_a_stream_is_not() {
        let folder = folder(&[("grand.txt", "123456"), ("petit.txt", "12345"), ("grand.jsonl", "123456")]);
        let limits = crate::ingest::Limits { file_bytes: 5, ..Default::default() };
        let listing = Walk::new([folder.path()]).options(&limits.into()).run();
        assert_eq!(ids(&listing), ["grand.jsonl", "petit.txt"]);
        let expected = Skipped::new(folder.path().join("grand.txt"), Skip::TooLarge { bytes: 6, limit: 5 });
        assert_eq!(listing.skipped, [expected]);
    }

    #[test]
    fn kinds_narrow_and_a_command_widens_what_is_listed() {
        let folder = folder(&[("a.txt", "a"), ("b.md", "b"), ("c.pdf", "c"), ("d.eml", "d"), ("e.jsonl", "{}")]);
        let listed = |options: ReadOptions| {
            let listing = Walk::new([folder.path()]).options(&options).run();
            let kinds = listing.files.iter().map(|file| format!("{} {}", file.origin.id(0), file.kind));
            (kinds.collect::<Vec<_>>().join(", "), listing.unknown_types.len())
        };
        let kinds = vec![Kind::Markdown, Kind::JsonLines];
        assert_eq!(listed(ReadOptions { kinds, ..Default::default() }), ("b.md markdown, e.jsonl jsonl".to_owned(), 2));
        let command = |globs: &[&str]| Some(crate::ingest::Command::new("x", globs.iter().copied()).unwrap());
        let all = ReadOptions { command: command(&[]), kinds: vec![Kind::Text], ..Default::default() };
        assert_eq!(listed(all), ("a.txt text, c.pdf command, d.eml command".to_owned(), 0));
        let some = ReadOptions { command: command(&["*.pdf", "b*"]), ..Default::default() };
        assert_eq!(listed(some), ("a.txt text, b.md command, c.pdf command, e.jsonl jsonl".to_owned(), 1));
    }

    #[test]
    fn an_excluded_folder_is_left_out() {
        let folder = folder(&[("index/meta.txt", "m"), ("a.txt", "a")]);
        let listing = Walk::new([folder.path()]).exclude(folder.path().join("./index/")).run();
        assert_eq!(ids(&listing), ["a.txt"]);
    }

    #[test]
    fn an_index_below_a_root_is_no_folder_of_articles() {
        let folder = folder(&[("a.txt", "a"), ("autre/limier.json", r#"{"titre":"Un limier","texte":"Il flaire."}"#)]);
        drop(crate::Index::create(folder.path().join("sous/idx")).unwrap());
        let listing = Walk::new([folder.path()]).run();
        assert_eq!(ids(&listing), ["a.txt", "autre/limier.json"]);
        assert_eq!((listing.unknown_types, listing.skipped), (BTreeMap::new(), vec![]));
        // A root that is one is told.
        let listing = Walk::new([folder.path().join("sous/idx")]).threads(1).run();
        assert_eq!(listing.skipped, [Skipped::new(folder.path().join("sous/idx"), Skip::Index)]);
        assert_eq!((listing.files, listing.unknown_types), (vec![], BTreeMap::new()));
    }

    #[test]
    fn a_missing_root_is_a_skip_and_the_others_are_listed() {
        let folder = folder(&[("a.txt", "a")]);
        let missing = folder.path().join("absent");
        let listing = Walk::new([missing.as_path(), folder.path()]).run();
        assert_eq!(ids(&listing), ["a.txt"]);
        assert_eq!(listing.skipped[0].path, missing.to_string_lossy());
        assert_eq!(listing.skipped[0].skip.code(), "unreadable");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_counted_or_followed_without_looping() {
        use std::os::unix::fs::symlink;
        let folder = folder(&[("vrai/a.txt", "a")]);
        symlink(folder.path().join("vrai/a.txt"), folder.path().join("lien.txt")).unwrap();
        symlink(folder.path(), folder.path().join("vrai/boucle")).unwrap();
        let listing = Walk::new([folder.path()]).run();
        assert_eq!((ids(&listing), listing.links), (vec!["vrai/a.txt".to_owned()], 2));
        let listing = Walk::new([folder.path()]).follow_links(true).run();
        assert_eq!(ids(&listing), ["lien.txt", "vrai/a.txt"]);
        let expected = Skipped::new(folder.path().join("vrai/boucle"), Skip::LinkLoop);
        assert_eq!(listing.skipped, [expected]);
        // A root that is a link is followed.
        symlink(folder.path().join("vrai"), folder.path().join("racine")).unwrap();
        assert_eq!(ids(&Walk::new([folder.path().join("racine")]).run()), ["a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_never_opened() {
        let folder = folder(&[("a.txt", "a")]);
        let socket = folder.path().join("prise.txt");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let listing = Walk::new([folder.path(), Path::new("/dev/null")]).run();
        assert_eq!(ids(&listing), ["a.txt"]);
        assert_eq!(listing.skipped, [Skipped::new(socket, Skip::NotAFile), Skipped::new("/dev/null", Skip::NotAFile)]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf8_are_listed() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[]);
        for name in [b"caf\xe9.txt", b"caf\xe8.txt"] {
            std::fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), "x").unwrap();
        }
        let listing = Walk::new([folder.path()]).run();
        let keys: HashSet<_> = listing.files.iter().map(|file| file.origin.file_key()).collect();
        assert_eq!(keys.len(), 2);
        assert_eq!(std::fs::read(listing.files[0].origin.path().unwrap()).unwrap(), b"x");
    }

    #[cfg(unix)]
    #[test]
    fn an_unreadable_folder_is_a_skip() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&[("fermé/a.txt", "a"), ("b.txt", "b")]);
        let closed = folder.path().join("fermé");
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).unwrap();
        if std::fs::read_dir(&closed).is_ok() {
            println!("skipped: the superuser reads every folder");
            return;
        }
        let listing = Walk::new([folder.path()]).run();
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(ids(&listing), ["b.txt"]);
        assert_eq!(
            (listing.skipped[0].path.as_str(), listing.skipped[0].skip.code()),
            (closed.to_str().unwrap(), "unreadable")
        );
    }
}
