//! The one definition of every flag: it feeds the parser, `--help`, the man page and the completions.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::values;
use crate::reading::{self, FileArgs};

/// Ranked full-text search of French text.
///
/// Searches PATHs (the current folder by default), after bringing their index up to date. The index lies in the user's
/// cache folder and is made without asking.
#[derive(Parser)]
#[command(
    name = "limier",
    bin_name = "limier",
    version,
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true,
    after_long_help = AFTER_HELP,
    override_usage = USAGE,
)]
pub(super) struct TopLevel {
    #[command(flatten)]
    pub(super) search: SearchArgs,
    #[command(subcommand)]
    pub(super) command: Option<Subcommands>,
}

/// Further lines stand below the first, which clap puts behind `Usage: `.
const USAGE: &str = "\
limier [OPTIONS] <QUERY> [PATH]...
       limier -i [OPTIONS] [PATH]...
       limier --queries <FILE> [OPTIONS] [PATH]...
       limier <COMMAND>";

/// Hits that are shown where nothing is said.
pub(super) const DEFAULT_LIMIT: usize = 10;

const AFTER_HELP: &str = "\
The first argument that is no flag decides: the name of a command runs it, anything else is a QUERY.

Examples:
  limier 'artistes en colère'                this folder, best articles first
  limier -n 3 --sort date crue articles/     another folder, the newest first
  limier --facets month 'crue date:2024'     one year, and how many each month
  limier --timeline month -n 0 crue articles/  hits by month, as bars
  limier -l '+barrage -musique'              paths only
  limier --json congés articles/ >hits.json  JSON Lines: hits, then a summary
  limier --format html crue articles >c.html  a page that stands alone
  limier show articles/crue.txt barrage      one article, its matches lit
  limier similar articles/crue.txt articles/  articles like one, and why
  limier suggest 'barrage cru' articles/     words that begin so
  limier analyze \"l'œuvre d'art\"             what becomes of each word
  limier extract articles/crue.txt           what is read from a file
  limier index --index my.idx articles/      an index where you want it
  limier stats --index my.idx                what is in it

Queries:
  artistes en colère       any of the words, articles with all of them first
  '\"en colère\"'            the phrase
  '+Orly -musique'         must have the one, must not have the other
  'avion ET Orly'          also OU, SAUF, AND, OR, NOT and parentheses
  'avi*'  'avion~'         words that begin so; words within one typing error
  '=élève'                 this very form, accents and all
  titre:Orly               in the title; also auteur:, source:, date:2024-11..2024-12

Exit codes: 0 at least one hit, 1 none (or damage found by verify), 2 an error that left no answer.";

#[derive(Subcommand)]
pub(super) enum Subcommands {
    /// Search, spelled out: for a query that is the name of a command.
    #[command(override_usage = "limier search [OPTIONS] <QUERY> [PATH]...")]
    Search(SearchArgs),
    /// Build the index of PATHs, or bring it up to date, without searching.
    Index(IndexArgs),
    /// Keep the index of PATHs up to date until Ctrl-C: a line for each refresh.
    Watch(WatchArgs),
    /// Show what the analyzer makes of a text: terms, lemmas, stems, rules.
    Analyze(AnalyzeArgs),
    /// Write what is read from files: title, date, author, body.
    Extract(ExtractArgs),
    /// Show one article, the matches of a query lit.
    Show(ShowArgs),
    /// Search for articles like ARTICLE, with the words that they share.
    ///
    /// It goes by the article's own words: synonyms, and stop words or protected words of settings, are not applied.
    Similar(SimilarArgs),
    /// Complete the beginning of a word to words of PATHs, the most frequent first.
    Suggest(SuggestArgs),
    /// Count the articles, terms and bytes of an index.
    Stats(InspectArgs),
    /// Check every byte of an index; exits with 1 when damage is found.
    Verify(VerifyArgs),
    /// List, clear or purge the indexes in the user's cache folder.
    Cache(CacheArgs),
    /// Explain a command, or the query language: `limier help syntax`.
    Help {
        /// A command, or `syntax`.
        #[arg(value_name = "TOPIC")]
        topic: Option<String>,
        #[command(flatten)]
        lang: LangArgs,
    },
    /// Write the completions of a shell.
    Completions {
        /// The shell.
        #[arg(value_name = "SHELL")]
        shell: Shell,
        #[command(flatten)]
        lang: LangArgs,
    },
    /// Write the man page.
    Man {
        /// The command whose page is written; without it, that of limier itself.
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
        #[command(flatten)]
        lang: LangArgs,
    },
}

#[derive(Args)]
pub(super) struct SearchArgs {
    /// What is sought: words, or operators as listed below.
    #[arg(value_name = "QUERY", required_unless_present_any = ["interactive", "queries"])]
    pub(super) query: Option<String>,
    /// Folders and files to search; `-` is standard input, one text or JSON Lines [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Search as you type; every argument is a PATH then.
    #[arg(short, long, conflicts_with_all = ["source", "author", "facets", "timeline", "json", "format", "explain", "limit", "passages", "context", "max_chars", "width", "no_mend", "timeout", "count", "files_with_matches", "pager"])]
    pub(super) interactive: bool,
    /// Search for each query of FILE, `-` for standard input; every argument is a PATH then.
    ///
    /// FILE holds a query a line, numbered by its line (`# ` begins a comment), or JSON Lines with `_id` and `text`. With --json each line names its
    /// query_id, and each query has a summary.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["interactive", "pager"])]
    pub(super) queries: Option<PathBuf>,
    /// Show at most N hits [default: 10; all with -l].
    #[arg(short = 'n', long, value_name = "N", value_parser = values::count)]
    pub(super) limit: Option<usize>,
    /// Show at most N passages of each hit.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = values::count)]
    pub(super) passages: usize,
    /// Show up to N sentences of the same paragraph on either side of a match [default: 1, where there is room].
    #[arg(short = 'C', long, value_name = "N", value_parser = values::sentences)]
    pub(super) context: Option<u16>,
    /// Shorten passages to N characters, 10 or more [default: 300, and more with -C].
    #[arg(long, value_name = "N", value_parser = values::characters)]
    pub(super) max_chars: Option<u32>,
    /// Order hits by relevance, or by date.
    ///
    /// date begins with the newest, oldest with the oldest; articles without a date come last.
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(super) sort: SortArg,
    /// Search words as they are, even those that no article has.
    #[arg(long)]
    pub(super) no_mend: bool,
    /// Show the parts of each score.
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) wording: WordingArgs,
    /// Search for SECONDS at most, such as 0.5, and answer with what was found until then; a command of --pre that takes
    /// longer for a file is ended.
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(super) timeout: Option<Duration>,
    /// Answer from the index as it is, without looking for changed files.
    #[arg(long, conflicts_with = "rebuild")]
    pub(super) no_refresh: bool,
    /// Show only hits whose paths match GLOB, or with ! before it those that do not, such as -g '!*.md'.
    #[arg(short = 'g', long, value_name = "GLOB", value_parser = reading::glob)]
    pub(super) glob: Vec<String>,
    /// Show only hits of this source, case and accents apart; given twice, of either.
    #[arg(long, value_name = "NAME")]
    pub(super) source: Vec<String>,
    /// Show only hits of this author, case and accents apart; given twice, of either.
    #[arg(long, value_name = "NAME")]
    pub(super) author: Vec<String>,
    /// Count what is found by source, author, year, month or day, behind the hits; several with commas.
    #[arg(long, value_name = "FACET", value_delimiter = ',', conflicts_with_all = ["count", "files_with_matches"])]
    pub(super) facets: Vec<FacetArg>,
    /// Show behind the hits how many of all that is found are of each day, month or year, as bars.
    ///
    /// auto, which no value means, chooses by how far the dates lie apart. Up to 12 periods without hits between others are
    /// shown as empty, more in one line; with -n 0 only the bars are shown.
    #[arg(long, value_name = "PERIOD", num_args = 0..=1, require_equals = true, default_missing_value = "auto", conflicts_with_all = ["count", "files_with_matches"])]
    pub(super) timeline: Option<TimelineArg>,
    /// Fold articles that are nearly the same behind the best of them, or show each.
    #[arg(long, value_name = "WHAT", default_value = "fold")]
    pub(super) duplicates: DuplicatesArg,
    /// Write only the paths, best first, each once.
    #[arg(short = 'l', long, conflicts_with_all = ["json", "format", "explain", "count"])]
    pub(super) files_with_matches: bool,
    /// Write only how many articles are found.
    #[arg(short = 'c', long, conflicts_with_all = ["json", "format", "explain"])]
    pub(super) count: bool,
    /// The form of the answer.
    ///
    /// plain is text, compact one line a hit, vimgrep one line PATH:LINE:COLUMN:TEXT a passage, json JSON Lines (one
    /// object a hit, then a summary), html a page that stands alone, trec a line `QID Q0 ID RANK SCORE limier` a hit, none
    /// folded, blanks in ids written as %20.
    #[arg(long, value_name = "FORMAT", default_value = "plain", overrides_with = "json")]
    pub(super) format: HitsFormatArg,
    /// The same as --format json; of the two the later one counts.
    #[arg(long, overrides_with = "format")]
    pub(super) json: bool,
    /// Show the answer in $LIMIER_PAGER, $PAGER or less, on a terminal.
    #[arg(long)]
    pub(super) pager: bool,
    #[command(flatten)]
    pub(super) width: WidthArgs,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct IndexArgs {
    /// Folders and files to index; `-` is standard input, with --index only [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Take PATHs out of the index that --index names, and delete their articles.
    #[arg(long, requires = "paths", conflicts_with = "rebuild")]
    pub(super) forget: bool,
    /// Write a JSON object in place of text.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct WatchArgs {
    /// Folders and files to watch [default: the current folder, or those of --index].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Write JSON Lines: one object a refresh.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct AnalyzeArgs {
    /// The text; without it, each line of standard input is one.
    #[arg(value_name = "TEXT")]
    pub(super) text: Option<String>,
    /// Write one JSON object a text.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct ExtractArgs {
    /// Files and folders to read; `-` is standard input.
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Write JSON Lines: one object an article.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) files: FileArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct ShowArgs {
    /// The id of an article, as a search shows it, or the path of a file.
    #[arg(value_name = "ARTICLE")]
    pub(super) article: OsString,
    /// What to light in it.
    #[arg(value_name = "QUERY")]
    pub(super) query: Option<String>,
    #[command(flatten)]
    pub(super) wording: WordingArgs,
    /// The form of the article: text, a JSON object or a whole page in HTML.
    #[arg(long, value_name = "FORMAT", default_value = "plain", overrides_with = "json")]
    pub(super) format: FormatArg,
    /// The same as --format json; of the two the later one counts.
    #[arg(long, overrides_with = "format")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) width: WidthArgs,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct SimilarArgs {
    /// The id of an article, as a search shows it, or the path of a file.
    #[arg(value_name = "ARTICLE")]
    pub(super) article: OsString,
    /// Folders and files to search; `-` is standard input, one text or JSON Lines [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Show at most N hits [default: 10; all with -l].
    #[arg(short = 'n', long, value_name = "N", value_parser = values::count)]
    pub(super) limit: Option<usize>,
    /// Answer from the index as it is, without looking for changed files.
    #[arg(long, conflicts_with = "rebuild")]
    pub(super) no_refresh: bool,
    /// Fold articles that are nearly the same behind the best of them and leave out copies of ARTICLE, or show each.
    #[arg(long, value_name = "WHAT", default_value = "fold")]
    pub(super) duplicates: DuplicatesArg,
    /// Write only the paths, best first, each once.
    #[arg(short = 'l', long, conflicts_with_all = ["json", "format", "count"])]
    pub(super) files_with_matches: bool,
    /// Write only how many articles are found.
    #[arg(short = 'c', long, conflicts_with_all = ["json", "format"])]
    pub(super) count: bool,
    /// The form of the answer: text, one line a hit, or JSON Lines (one object a hit, then a summary).
    #[arg(long, value_name = "FORMAT", default_value = "plain", overrides_with = "json")]
    pub(super) format: SimilarFormatArg,
    /// The same as --format json; of the two the later one counts.
    #[arg(long, overrides_with = "format")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) width: WidthArgs,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct SuggestArgs {
    /// The beginning of a word, accents optional; of several words the last is completed, by words that stand with them.
    #[arg(value_name = "PREFIX")]
    pub(super) prefix: String,
    /// Folders and files whose words are meant; `-` is standard input [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Write at most N words.
    #[arg(short = 'n', long, value_name = "N", default_value_t = DEFAULT_LIMIT, value_parser = values::count)]
    pub(super) limit: usize,
    /// Answer from the index as it is, without looking for changed files.
    #[arg(long, conflicts_with = "rebuild")]
    pub(super) no_refresh: bool,
    /// Write JSON Lines: one object a word, with the number of its articles.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct InspectArgs {
    /// The folders and files whose index is meant [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Write a JSON object in place of text.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) place: PlaceArgs,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// Build a damaged index again: from its folders, from these paths, and from what can still be read of it.
    #[arg(long)]
    pub(super) repair: bool,
    #[command(flatten)]
    pub(super) inspect: InspectArgs,
}

#[derive(Args)]
pub(super) struct CacheArgs {
    /// What to do.
    #[arg(value_name = "ACTION", default_value = "list")]
    pub(super) action: CacheVerb,
    /// Only the index of these folders and files.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Write one JSON object an index in place of text.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) color: ColorArgs,
}

#[derive(Args)]
pub(super) struct PlaceArgs {
    /// Use the index in DIR, made if need be, in place of the cache [env: LIMIER_INDEX].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) index: Option<PathBuf>,
    #[command(flatten)]
    pub(super) files: FileArgs,
}

#[derive(Args)]
pub(super) struct ReadingArgs {
    /// Read with N threads, 1 to 8 [default: one a core, at most 4].
    #[arg(long, value_name = "N", value_parser = values::threads)]
    pub(super) threads: Option<u8>,
    /// Hold at most SIZE of what is being indexed in memory, such as 100M; a thread needs 15M [default: 64M a thread].
    #[arg(long, value_name = "SIZE", value_parser = reading::size)]
    pub(super) memory: Option<u64>,
    /// Wait at most SECONDS for another limier that is writing the index [default: 600 to index, 0 to search].
    #[arg(long, value_name = "SECONDS", value_parser = values::whole_seconds)]
    pub(super) wait: Option<u32>,
    /// Read every file again, whatever is known of it.
    #[arg(long)]
    pub(super) rebuild: bool,
    /// Index a home folder or a whole disk without asking.
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Args)]
pub(super) struct WordingArgs {
    /// Take words for each other as FILE says: lines such as `voiture, auto, automobile` or `sncf => chemins de fer`.
    ///
    /// An article that has a word's synonym is found, below one that has the word. An expression may be of several words;
    /// # begins a comment. `=mot`, phrases and what a query does not want are meant as they stand.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) synonyms: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct WidthArgs {
    /// Wrap lines at COLS columns, 24 or more; 0 does not wrap [default: the terminal's, 100 at most; none in a pipe].
    #[arg(long, value_name = "COLS", value_parser = values::columns)]
    pub(super) width: Option<usize>,
}

#[derive(Args)]
pub(super) struct ColorArgs {
    /// When to use colours [NO_COLOR, CLICOLOR_FORCE and TERM=dumb are honoured by auto].
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArg,
    /// When to make paths links that a click opens [auto: on a terminal that is known to show them].
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) hyperlink: ColorArg,
    #[command(flatten)]
    pub(super) lang: LangArgs,
}

/// Read before all other arguments, by [`crate::messages::choose`] and [`crate::config::of_user`]; here they are declared
/// and checked.
#[derive(Args)]
pub(super) struct LangArgs {
    /// Speak French or English [default: that of the locale].
    ///
    /// The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set; every locale but a French one means English.
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<LangArg>,
    /// Ignore config.toml and .limier.toml.
    ///
    /// config.toml lies in the user's folder of settings (~/.config/limier), or is named by LIMIER_CONFIG; .limier.toml lies
    /// in a folder that is searched, or else above it.
    #[arg(long)]
    pub(super) no_config: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    Fr,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum HitsFormatArg {
    Plain,
    Compact,
    Vimgrep,
    Json,
    Html,
    Trec,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SimilarFormatArg {
    Plain,
    Compact,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FormatArg {
    Plain,
    Json,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SortArg {
    Relevance,
    Date,
    Oldest,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FacetArg {
    Source,
    Author,
    Year,
    Month,
    Day,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum TimelineArg {
    Auto,
    Day,
    Month,
    Year,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum DuplicatesArg {
    Fold,
    Show,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CacheVerb {
    /// List the indexes: what they are of, sizes, last use and folders.
    List,
    /// Write the folder of all indexes, or of the one of PATHs.
    Path,
    /// Delete all indexes, or the one of PATHs; they are made again when needed.
    Clear,
    /// Delete the indexes not used for 90 days (30 when their PATHs are gone), and deleted texts from the others.
    Purge,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}
