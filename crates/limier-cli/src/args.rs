//! The one definition of every flag: it feeds the parser, `--help`, the man page and the completions.
//!
//! What is parsed leaves as [`Options`]; no type of clap passes that border.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};

use crate::color::ColorChoice;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::messages::{help, usage};
use crate::options::{
    Action, AnalyzeOptions, Build, CacheAction, CacheOptions, Damaged, Duplicates, ExtractOptions, Form, Format,
    InspectOptions, InteractiveOptions, Options, Order, PassageShape, Place, Refresh, SearchOptions, ShowOptions,
    Words,
};
use crate::print::screen::MIN_WIDTH;
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
struct TopLevel {
    #[command(flatten)]
    search: SearchArgs,
    #[command(subcommand)]
    command: Option<Subcommands>,
}

/// Further lines stand below the first, which clap puts behind `Usage: `.
const USAGE: &str = "\
limier [OPTIONS] <QUERY> [PATH]...
       limier -i [OPTIONS] [PATH]...
       limier <COMMAND>";

/// Hits that are shown where nothing is said.
const DEFAULT_LIMIT: usize = 10;

const AFTER_HELP: &str = "\
The first argument that is no flag decides: the name of a command runs it, anything else is a QUERY.

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
enum Subcommands {
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
struct SearchArgs {
    /// What is sought: words, or operators as listed below.
    #[arg(value_name = "QUERY", required_unless_present = "interactive")]
    query: Option<String>,
    /// Folders and files to search; `-` is standard input, one text or JSON Lines [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Search as you type; every argument is a PATH then.
    #[arg(short, long, conflicts_with_all = ["source", "author", "facets", "json", "format", "explain", "limit", "passages", "context", "max_chars", "width", "no_mend", "count", "files_with_matches", "pager"])]
    interactive: bool,
    /// Show at most N hits [default: 10; all with -l].
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Show at most N passages of each hit.
    #[arg(long, value_name = "N", default_value_t = 2)]
    passages: usize,
    /// Show up to N sentences of the same paragraph on either side of a match [default: 1, where there is room].
    #[arg(short = 'C', long, value_name = "N", value_parser = clap::value_parser!(u16))]
    context: Option<u16>,
    /// Shorten passages to N characters, 10 or more [default: 300, and more with -C].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..))]
    max_chars: Option<u32>,
    /// Order hits by relevance, or by date.
    ///
    /// date begins with the newest, oldest with the oldest; articles without a date come last.
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: SortArg,
    /// Search words as they are, even those that no article has.
    #[arg(long)]
    no_mend: bool,
    /// Show the parts of each score.
    #[arg(long)]
    explain: bool,
    /// Answer from the index as it is, without looking for changed files.
    #[arg(long, conflicts_with = "rebuild")]
    no_refresh: bool,
    /// Show only hits whose paths match GLOB, or with ! before it those that do not, such as -g '!*.md'.
    #[arg(short = 'g', long, value_name = "GLOB", value_parser = reading::glob)]
    glob: Vec<String>,
    /// Show only hits of this source, case and accents apart; given twice, of either.
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Show only hits of this author, case and accents apart; given twice, of either.
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// Count what is found by source, author, year, month or day, behind the hits; several with commas.
    #[arg(long, value_name = "FACET", value_delimiter = ',', conflicts_with_all = ["count", "files_with_matches"])]
    facets: Vec<FacetArg>,
    /// Fold articles that are nearly the same behind the best of them, or show each.
    #[arg(long, value_name = "WHAT", default_value = "fold")]
    duplicates: DuplicatesArg,
    /// Write only the paths, best first, each once.
    #[arg(short = 'l', long, conflicts_with_all = ["json", "format", "explain", "count"])]
    files_with_matches: bool,
    /// Write only how many articles are found.
    #[arg(short = 'c', long, conflicts_with_all = ["json", "format", "explain"])]
    count: bool,
    /// The form of the answer.
    ///
    /// plain is text, compact one line a hit, vimgrep one line PATH:LINE:COLUMN:TEXT a passage, json JSON Lines (one
    /// object a hit, then a summary), html a page that stands alone.
    #[arg(long, value_name = "FORMAT", default_value = "plain", overrides_with = "json")]
    format: HitsFormatArg,
    /// The same as --format json.
    #[arg(long, overrides_with = "format")]
    json: bool,
    /// Show the answer in $LIMIER_PAGER, $PAGER or less, on a terminal.
    #[arg(long)]
    pager: bool,
    #[command(flatten)]
    width: WidthArgs,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct IndexArgs {
    /// Folders and files to index; `-` is standard input, with --index only [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Take PATHs out of the index that --index names, and delete their articles.
    #[arg(long, requires = "paths", conflicts_with = "rebuild")]
    forget: bool,
    /// Write a JSON object in place of text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct WatchArgs {
    /// Folders and files to watch [default: the current folder, or those of --index].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write JSON Lines: one object a refresh.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct AnalyzeArgs {
    /// The text; without it, each line of standard input is one.
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// Write one JSON object a text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct ExtractArgs {
    /// Files and folders to read; `-` is standard input.
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write JSON Lines: one object an article.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    files: FileArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct ShowArgs {
    /// The id of an article, as a search shows it, or the path of a file.
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// What to light in it.
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    /// The form of the article: text, a JSON object or a whole page in HTML.
    #[arg(long, value_name = "FORMAT", default_value = "plain", overrides_with = "json")]
    format: FormatArg,
    /// The same as --format json.
    #[arg(long, overrides_with = "format")]
    json: bool,
    #[command(flatten)]
    width: WidthArgs,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct InspectArgs {
    /// The folders and files whose index is meant [default: the current folder].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write a JSON object in place of text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct VerifyArgs {
    /// Build a damaged index again: from its folders, from these paths, and from what can still be read of it.
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    inspect: InspectArgs,
}

#[derive(Args)]
struct CacheArgs {
    /// What to do.
    #[arg(value_name = "ACTION", default_value = "list")]
    action: CacheVerb,
    /// Only the index of these folders and files.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write one JSON object an index in place of text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Args)]
struct PlaceArgs {
    /// Use the index in DIR, made if need be, in place of the cache [env: LIMIER_INDEX].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    index: Option<PathBuf>,
    #[command(flatten)]
    files: FileArgs,
}

#[derive(Args)]
struct ReadingArgs {
    /// Read with N threads, 1 to 8 [default: one a core, at most 4].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=8))]
    threads: Option<u8>,
    /// Hold at most SIZE of what is being indexed in memory, such as 100M; a thread needs 15M [default: 64M a thread].
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<usize>,
    /// Wait at most SECONDS for another limier that is writing the index [default: 600 to index, 0 to search].
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u32>,
    /// Read every file again, whatever is known of it.
    #[arg(long)]
    rebuild: bool,
    /// Index a home folder or a whole disk without asking.
    #[arg(long)]
    yes: bool,
}

#[derive(Args)]
struct WidthArgs {
    /// Wrap lines at COLS columns, 24 or more; 0 does not wrap [default: the terminal's, 100 at most; none in a pipe].
    #[arg(long, value_name = "COLS", value_parser = columns)]
    width: Option<usize>,
}

#[derive(Args)]
struct ColorArgs {
    /// When to use colours [NO_COLOR, CLICOLOR_FORCE and TERM=dumb are honoured by auto].
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorArg,
    /// When to make paths links that a click opens [auto: on a terminal that is known to show them].
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    hyperlink: ColorArg,
    #[command(flatten)]
    lang: LangArgs,
}

/// Read before all other arguments, by [`crate::messages::choose`]; here it is declared and checked.
#[derive(Args)]
struct LangArgs {
    /// Speak French or English [default: that of the locale].
    ///
    /// The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set; every locale but a French one means English.
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<LangArg>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    Fr,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
enum ColorArg {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum HitsFormatArg {
    Plain,
    Compact,
    Vimgrep,
    Json,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatArg {
    Plain,
    Json,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum SortArg {
    Relevance,
    Date,
    Oldest,
}

#[derive(Clone, Copy, ValueEnum)]
enum FacetArg {
    Source,
    Author,
    Year,
    Month,
    Day,
}

impl From<FacetArg> for limier::Facet {
    fn from(facet: FacetArg) -> limier::Facet {
        match facet {
            FacetArg::Source => limier::Facet::Source,
            FacetArg::Author => limier::Facet::Author,
            FacetArg::Year => limier::Facet::Year,
            FacetArg::Month => limier::Facet::Month,
            FacetArg::Day => limier::Facet::Day,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum DuplicatesArg {
    Fold,
    Show,
}

#[derive(Clone, Copy, ValueEnum)]
enum CacheVerb {
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
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// Why arguments were not parsed into options: an error, or a text that was asked for.
pub(crate) struct Refusal {
    /// What is to be written.
    pub(crate) text: String,
    /// The exit code; on [`Exit::Found`] the text goes to standard output, else to standard error.
    pub(crate) exit: Exit,
}

/// Turns arguments, the program's name first, into options.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
) -> Result<Options, Refusal> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    command_first(&mut arguments);
    let mut definition = definition();
    if is_brief(&arguments) {
        definition = help::brief(definition);
    }
    let matches = definition.try_get_matches_from_mut(arguments);
    let parsed = matches.and_then(|mut matches| {
        TopLevel::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut definition))
    });
    let parsed = parsed.map_err(|error| Refusal {
        text: usage::told(&error),
        exit: if error.use_stderr() { Exit::Error } else { Exit::Found },
    })?;
    let command = parsed.command.unwrap_or(Subcommands::Search(parsed.search));
    options(command, environment)
}

/// Returns the definition, its help in the language of the program.
fn definition() -> Command {
    help::localized(TopLevel::command())
}

/// Tells whether the short help is asked for.
fn is_brief(arguments: &[OsString]) -> bool {
    arguments.iter().skip(1).take_while(|argument| *argument != "--").any(|argument| argument == "-h")
}

/// Moves the name of the command to the front, and puts `search` there when there is none.
///
/// The first argument that is no flag decides, so that `limier --json stats` counts and `limier Orly stats` searches.
fn command_first(arguments: &mut Vec<OsString>) {
    let command = TopLevel::command();
    let Some(first) = first_positional(arguments, &command) else { return };
    let is_command = arguments
        .get(first)
        .and_then(|name| name.to_str())
        .is_some_and(|name| command.get_subcommands().any(|known| known.get_name() == name));
    if is_command {
        let name = arguments.remove(first);
        arguments.insert(1, name);
    } else {
        arguments.insert(1, "search".into());
    }
}

/// Finds the first argument that is neither a flag nor the value of one; `--` is one when something follows.
fn first_positional(arguments: &[OsString], command: &Command) -> Option<usize> {
    let mut is_value = false;
    for (place, argument) in arguments.iter().enumerate().skip(1) {
        if std::mem::take(&mut is_value) {
            continue;
        }
        let text = argument.to_string_lossy();
        if text == "--" {
            return (place + 1 < arguments.len()).then_some(place);
        }
        if text == "-" || !text.starts_with('-') {
            return Some(place);
        }
        is_value = expects_value(&text, command);
    }
    None
}

/// Tells whether the argument after this flag is its value.
fn expects_value(flag: &str, command: &Command) -> bool {
    let takes_value = |arg: &clap::Arg| matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    match flag.strip_prefix("--") {
        Some(long) => command.get_arguments().any(|arg| arg.get_long() == Some(long) && takes_value(arg)),
        // `-n 3`, but not `-n3`.
        None => {
            let short = flag.strip_prefix('-').filter(|rest| rest.chars().count() == 1);
            command.get_arguments().any(|arg| {
                takes_value(arg) && arg.get_short().is_some_and(|letter| short == Some(letter.to_string().as_str()))
            })
        }
    }
}

fn options(command: Subcommands, environment: &Environment) -> Result<Options, Refusal> {
    let place = |place: PlaceArgs, paths: Vec<PathBuf>| Place {
        index: place.index.or_else(|| environment.index.clone()),
        paths,
        read: place.files.into_options(),
    };
    let form = |json: bool| if json { Form::Json } else { Form::Human };
    let hyperlink = match &command {
        Subcommands::Search(args) => args.color.hyperlink,
        Subcommands::Show(args) => args.color.hyperlink,
        _ => ColorArg::Auto,
    };
    let (color, action) = match command {
        Subcommands::Search(args) if args.interactive => {
            let paths = args.query.map(PathBuf::from).into_iter().chain(args.paths).collect();
            let interactive = InteractiveOptions {
                place: place(args.place, paths),
                build: build(args.reading),
                refresh: if args.no_refresh { Refresh::Never } else { Refresh::First },
                order: order(args.sort),
            };
            (args.color.color, Action::Interactive(interactive))
        }
        Subcommands::Search(args) => {
            let action = SearchOptions {
                query: args.query.unwrap_or_default(),
                place: place(args.place, args.paths),
                build: build(args.reading),
                refresh: if args.no_refresh { Refresh::Never } else { Refresh::First },
                limit: args.limit.unwrap_or(if args.files_with_matches { usize::MAX } else { DEFAULT_LIMIT }),
                pager: args.pager,
                passages: PassageShape {
                    count: args.passages,
                    context: args.context.map(usize::from),
                    max_chars: args.max_chars.map(|chars| usize::try_from(chars).unwrap_or(usize::MAX)),
                },
                order: order(args.sort),
                words: if args.no_mend { Words::AsTyped } else { Words::Mended },
                explain: args.explain,
                globs: args.glob,
                sources: args.source,
                authors: args.author,
                facets: args.facets.into_iter().map(limier::Facet::from).collect(),
                duplicates: match args.duplicates {
                    DuplicatesArg::Fold => Duplicates::Folded,
                    DuplicatesArg::Show => Duplicates::Shown,
                },
                format: match args.format {
                    _ if args.files_with_matches => Format::Paths,
                    _ if args.count => Format::Count,
                    _ if args.json => Format::Json,
                    HitsFormatArg::Plain => Format::Plain,
                    HitsFormatArg::Compact => Format::Compact,
                    HitsFormatArg::Vimgrep => Format::Vimgrep,
                    HitsFormatArg::Json => Format::Json,
                    HitsFormatArg::Html => Format::Html,
                },
                width: args.width.width,
            };
            (args.color.color, Action::Search(action))
        }
        Subcommands::Index(args) => {
            let (place, build, form) = (place(args.place, args.paths), build(args.reading), form(args.json));
            let action = match args.forget {
                true => Action::Forget { place, build, form },
                false => Action::Index { place, build, form },
            };
            (args.color.color, action)
        }
        Subcommands::Watch(args) => {
            let (place, build) = (place(args.place, args.paths), build(args.reading));
            (args.color.color, Action::Watch { place, build, form: form(args.json) })
        }
        Subcommands::Analyze(args) => {
            (args.color.color, Action::Analyze(AnalyzeOptions { text: args.text, form: form(args.json) }))
        }
        Subcommands::Extract(args) => {
            let extract = ExtractOptions { paths: args.paths, read: args.files.into_options(), form: form(args.json) };
            (args.color.color, Action::Extract(extract))
        }
        Subcommands::Show(args) => {
            let show = ShowOptions {
                article: args.article,
                query: args.query,
                place: place(args.place, Vec::new()),
                build: build(args.reading),
                format: format(args.format, args.json),
                width: args.width.width,
            };
            (args.color.color, Action::Show(show))
        }
        Subcommands::Stats(args) => {
            let inspect = InspectOptions { place: place(args.place, args.paths), form: form(args.json) };
            (args.color.color, Action::Stats(inspect))
        }
        Subcommands::Verify(VerifyArgs { repair, inspect: args }) => {
            let inspect = InspectOptions { place: place(args.place, args.paths), form: form(args.json) };
            let damaged = if repair { Damaged::Repair } else { Damaged::Tell };
            (args.color.color, Action::Verify(inspect, damaged))
        }
        Subcommands::Cache(args) => {
            let action = match args.action {
                CacheVerb::List => CacheAction::List,
                CacheVerb::Path => CacheAction::Path,
                CacheVerb::Clear => CacheAction::Clear,
                CacheVerb::Purge => CacheAction::Purge,
            };
            let cache = CacheOptions { action, paths: args.paths, form: form(args.json) };
            (args.color.color, Action::Cache(cache))
        }
        Subcommands::Help { topic, .. } => (ColorArg::Auto, Action::Write(explained(topic.as_deref())?)),
        Subcommands::Completions { shell, .. } => (ColorArg::Auto, Action::Write(completions(shell))),
        Subcommands::Man { command, .. } => (ColorArg::Auto, Action::Write(man_page(command.as_deref())?)),
    };
    Ok(Options { color: choice(color), hyperlink: choice(hyperlink), action })
}

fn order(sort: SortArg) -> Order {
    match sort {
        SortArg::Relevance => Order::Relevance,
        SortArg::Date => Order::Newest,
        SortArg::Oldest => Order::Oldest,
    }
}

fn format(format: FormatArg, json: bool) -> Format {
    match format {
        _ if json => Format::Json,
        FormatArg::Plain => Format::Plain,
        FormatArg::Json => Format::Json,
        FormatArg::Html => Format::Html,
    }
}

/// Reads a number of columns: 0, or as many as a word needs.
fn columns(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(columns @ (0 | MIN_WIDTH..)) => Ok(columns),
        _ => Err(format!("{MIN_WIDTH} columns or more, or 0 for lines that are not wrapped")),
    }
}

fn choice(when: ColorArg) -> ColorChoice {
    match when {
        ColorArg::Auto => ColorChoice::Auto,
        ColorArg::Always => ColorChoice::Always,
        ColorArg::Never => ColorChoice::Never,
    }
}

/// Returns the page of a topic, or the help of a command.
fn explained(topic: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut command = definition();
    command.build();
    let Some(topic) = topic else { return Ok(command.render_long_help().to_string().into_bytes()) };
    if matches!(topic, "syntax" | "syntaxe") {
        return Ok(help::SYNTAX.as_str().as_bytes().to_vec());
    }
    let mut found = named(&command, topic)?;
    Ok(found.render_long_help().to_string().into_bytes())
}

/// Finds a command by its name.
fn named(command: &Command, name: &str) -> Result<Command, Refusal> {
    command.find_subcommand(OsStr::new(name)).cloned().ok_or_else(|| Refusal {
        text: crate::messages::no_such_command(name, command.get_subcommands().map(Command::get_name)),
        exit: Exit::Error,
    })
}

fn build(reading: ReadingArgs) -> Build {
    Build {
        threads: reading.threads.map(usize::from),
        memory: reading.memory,
        wait: reading.wait.map(|seconds| Duration::from_secs(seconds.into())),
        rebuild: reading.rebuild,
        whole_disk: reading.yes,
    }
}

/// Reads a number of bytes: `100000`, `100k`, `100M`, `2G`; decimal units, in either case, with or without `B`.
fn size(text: &str) -> Result<usize, String> {
    let lower = text.to_ascii_lowercase();
    let number = lower.trim_end_matches(['o', 'b']);
    let units = [('k', 1_000), ('m', 1_000_000), ('g', 1_000_000_000)];
    let unit = units.iter().find_map(|(letter, unit)| Some((number.strip_suffix(*letter)?, *unit)));
    let (digits, unit) = unit.unwrap_or((number, 1));
    let bytes = digits.parse::<usize>().ok().and_then(|count| count.checked_mul(unit));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| crate::messages::NO_SIZE.to_string())
}

fn completions(shell: Shell) -> Vec<u8> {
    use clap_complete::{Shell as Known, generate};
    let known = match shell {
        Shell::Bash => Known::Bash,
        Shell::Elvish => Known::Elvish,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Zsh => Known::Zsh,
    };
    let mut script = Vec::new();
    generate(known, &mut definition(), "limier", &mut script);
    script
}

fn man_page(name: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut command = definition();
    command.build();
    if let Some(name) = name {
        command = named(&command, name)?.display_name(format!("limier-{name}"));
    }
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    Ok(help::man_page(&String::from_utf8_lossy(&page)).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{Language, in_language};

    fn moved(line: &str) -> String {
        let mut arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        command_first(&mut arguments);
        let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn the_definition_holds_together() {
        TopLevel::command().debug_assert();
        in_language(Language::French, || definition().debug_assert());
    }

    #[test]
    fn every_command_and_flag_has_its_help_in_french() {
        assert_eq!(help::gaps(&TopLevel::command()), [""; 0], "add it to messages/help.rs");
    }

    #[test]
    fn nothing_english_is_left_in_french_help() {
        let definition = in_language(Language::French, definition);
        let mut commands = vec![definition.clone()];
        commands.extend(definition.get_subcommands().cloned());
        for mut command in commands {
            for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
                for english in
                    ["Usage:", "default", "possible values", "Print", "Options:", " the ", " of ", "COMMAND]"]
                {
                    assert!(!help.contains(english), "{english:?} in\n{help}");
                }
            }
        }
    }

    #[test]
    fn sizes_are_read_with_and_without_units() {
        for (text, bytes) in [("15000000", 15_000_000), ("100k", 100_000), ("64M", 64_000_000), ("1Go", 1_000_000_000)]
        {
            assert_eq!(size(text), Ok(bytes));
        }
        for text in ["", "M", "-1", "0", "1.5G", "10T", "99999999999G", "dix"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_first_argument_that_is_no_flag_decides() {
        for (typed, expected) in [
            ("limier avion", "limier search avion"),
            ("limier avion stats", "limier search avion stats"),
            ("limier stats", "limier stats"),
            ("limier --json stats", "limier stats --json"),
            ("limier --index avion stats", "limier stats --index avion"),
            ("limier --index=stats avion", "limier search --index=stats avion"),
            ("limier -n 3 avion", "limier search -n 3 avion"),
            ("limier -n3 stats", "limier stats -n3"),
            ("limier search stats", "limier search stats"),
            ("limier -- stats", "limier search -- stats"),
            ("limier - x", "limier search - x"),
            ("limier --help", "limier --help"),
            ("limier --", "limier --"),
            ("limier --index", "limier --index"),
            ("limier", "limier"),
        ] {
            assert_eq!(moved(typed), expected);
        }
    }
}
