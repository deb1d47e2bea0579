//! What the program was asked to do, in plain types.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use limier::ingest::{FieldNames, ReadOptions};

use crate::color::ColorChoice;
use crate::config::Settings;

/// Everything that the arguments say.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) color: ColorChoice,
    /// When paths are links.
    pub(crate) hyperlink: ColorChoice,
    pub(crate) action: Action,
}

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Action {
    Search(SearchOptions),
    Interactive(InteractiveOptions),
    Index {
        place: Place,
        build: Build,
        form: Form,
    },
    /// Take paths out of a named index.
    Forget {
        place: Place,
        build: Build,
        form: Form,
    },
    Watch {
        place: Place,
        build: Build,
        form: Form,
    },
    Analyze(AnalyzeOptions),
    Stats(InspectOptions),
    Verify(InspectOptions, Damaged),
    Extract(ExtractOptions),
    Show(ShowOptions),
    Suggest(SuggestOptions),
    Cache(CacheOptions),
    /// Write these bytes: completions, or a man page.
    Write(Vec<u8>),
}

#[derive(Debug)]
pub(crate) struct SearchOptions {
    pub(crate) sought: Sought,
    pub(crate) place: Place,
    pub(crate) build: Build,
    pub(crate) refresh: Refresh,
    pub(crate) limit: usize,
    /// Whether the answer goes to a pager, on a terminal.
    pub(crate) pager: bool,
    pub(crate) passages: PassageShape,
    pub(crate) order: Order,
    pub(crate) words: Words,
    pub(crate) wording: WordingOptions,
    /// How long a search may take, its refresh apart.
    pub(crate) timeout: Option<Duration>,
    pub(crate) explain: bool,
    /// Which paths hits may have; empty for all.
    pub(crate) globs: Vec<String>,
    /// Sources and authors that hits must be of, any of them; none for all.
    pub(crate) sources: Vec<String>,
    pub(crate) authors: Vec<String>,
    /// What hits are counted by.
    pub(crate) facets: Vec<limier::Facet>,
    /// Whether hits are counted over time, and by what; `None` within leaves it to the library.
    pub(crate) timeline: Option<Option<limier::Period>>,
    pub(crate) duplicates: Duplicates,
    pub(crate) format: Format,
    /// Columns to wrap to, 0 for none; `None` leaves it to the screen.
    pub(crate) width: Option<usize>,
}

/// What is sought.
#[derive(Debug)]
pub(crate) enum Sought {
    Query(String),
    /// Each query of a file, `-` for standard input.
    Queries(PathBuf),
    /// Articles like the one of this id, or of the file of this path.
    Similar(OsString),
}

/// How many passages of a hit are shown, and of which length; `None` leaves it to the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageShape {
    pub(crate) count: usize,
    /// Sentences on either side of a match.
    pub(crate) context: Option<usize>,
    pub(crate) max_chars: Option<usize>,
}

/// What words are taken for.
#[derive(Debug, Default)]
pub(crate) struct WordingOptions {
    /// A file of synonyms.
    pub(crate) synonyms: Option<PathBuf>,
    /// The user's settings.
    pub(crate) of_user: Settings,
}

/// Searching as one types.
#[derive(Debug)]
pub(crate) struct InteractiveOptions {
    pub(crate) place: Place,
    pub(crate) build: Build,
    pub(crate) refresh: Refresh,
    pub(crate) order: Order,
    pub(crate) wording: WordingOptions,
}

#[derive(Debug)]
pub(crate) struct AnalyzeOptions {
    /// The text; without it, each line of standard input is one.
    pub(crate) text: Option<String>,
    pub(crate) form: Form,
}

#[derive(Debug)]
pub(crate) struct ExtractOptions {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) reading: Reading,
    pub(crate) form: Form,
}

#[derive(Debug)]
pub(crate) struct ShowOptions {
    /// The id of an article, or the path of a file that holds one.
    pub(crate) article: OsString,
    /// What is lit.
    pub(crate) query: Option<String>,
    pub(crate) wording: WordingOptions,
    /// Its paths are empty.
    pub(crate) place: Place,
    pub(crate) build: Build,
    pub(crate) format: Format,
    /// As in [`SearchOptions`].
    pub(crate) width: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct SuggestOptions {
    /// The beginning of a word, behind other words or not.
    pub(crate) prefix: String,
    pub(crate) place: Place,
    pub(crate) build: Build,
    pub(crate) refresh: Refresh,
    pub(crate) limit: usize,
    pub(crate) form: Form,
}

#[derive(Debug)]
pub(crate) struct InspectOptions {
    pub(crate) place: Place,
    pub(crate) form: Form,
}

/// What is done about damage that is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damaged {
    Tell,
    Repair,
}

#[derive(Debug)]
pub(crate) struct CacheOptions {
    pub(crate) action: CacheAction,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) form: Form,
}

/// Which index: the one in a folder, or the one that the cache keeps for some paths.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder of the index, from `--index` or `$LIMIER_INDEX`.
    pub(crate) index: Option<PathBuf>,
    /// What is searched, as typed; empty when nothing was.
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) reading: Reading,
}

/// Which files are read, and how; part of which cached index is meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// What flags say; `None` where none was given.
    pub(crate) flags: Option<ReadOptions>,
    /// What the user's settings call the fields of records.
    pub(crate) fields: FieldNames,
    /// Whether the settings of folders are read.
    pub(crate) reads_folders: bool,
}

/// How files are read into an index.
#[derive(Debug, Default)]
pub(crate) struct Build {
    pub(crate) threads: Option<usize>,
    /// Bytes of memory for what is being indexed.
    pub(crate) memory: Option<usize>,
    /// How long another writer of the index is waited for.
    pub(crate) wait: Option<Duration>,
    /// Whether every file is read again.
    pub(crate) rebuild: bool,
    /// Whether a home folder or the root of a disk may be read.
    pub(crate) whole_disk: bool,
    /// How long a command may take for one file.
    pub(crate) command_timeout: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CacheAction {
    List,
    Path,
    Clear,
    Purge,
}

/// The form of what is written to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Human,
    Json,
}

/// The form of hits and of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    /// One line a hit.
    Compact,
    /// One line a passage, for an editor.
    Vimgrep,
    Json,
    Html,
    /// A run of TREC.
    Trec,
    /// Only the paths.
    Paths,
    /// Only how many there are.
    Count,
}

/// Whether files are looked at before a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refresh {
    First,
    Never,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Relevance,
    Newest,
    Oldest,
}

/// What becomes of articles that are nearly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duplicates {
    Folded,
    Shown,
}

/// Whether words that no article has are replaced by their neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    AsTyped,
    Mended,
}
