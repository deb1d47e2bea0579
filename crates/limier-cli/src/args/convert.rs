//! What was parsed, as the plain types of [`options`](crate::options): no type of clap passes this border.

use std::path::PathBuf;
use std::time::Duration;

use super::Refusal;
use super::definition::*;
use super::written::{completions, explained, man_page};
use crate::color::ColorChoice;
use crate::config::Settings;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::messages;
use crate::options::{
    Action, AnalyzeOptions, Build, CacheAction, CacheOptions, Damaged, Duplicates, ExtractOptions, Form, Format,
    InspectOptions, InteractiveOptions, Options, Order, PassageShape, Place, Reading, Refresh, SearchOptions,
    ShowOptions, Sought, SuggestOptions, WordingOptions, Words,
};
use crate::reading::FileArgs;

pub(super) fn options(command: Subcommands, environment: &Environment, user: &Settings) -> Result<Options, Refusal> {
    let reads_folders = !command.is_unconfigured();
    let reading = |files: FileArgs| Reading { flags: files.into_options(), fields: user.fields.clone(), reads_folders };
    let wording = |args: WordingArgs| WordingOptions { synonyms: args.synonyms, of_user: user.clone() };
    let place = |place: PlaceArgs, paths: Vec<PathBuf>| Place {
        index: place.index.or_else(|| environment.index.clone()),
        paths,
        reading: reading(place.files),
    };
    let form = |json: bool| if json { Form::Json } else { Form::Human };
    let hyperlink = match &command {
        Subcommands::Search(args) => args.color.hyperlink,
        Subcommands::Show(args) => args.color.hyperlink,
        Subcommands::Similar(args) => args.color.hyperlink,
        _ => ColorArg::Auto,
    };
    let (color, action) = match command {
        Subcommands::Search(args) if args.interactive => {
            let paths = args.query.map(PathBuf::from).into_iter().chain(args.paths).collect();
            let interactive = InteractiveOptions {
                place: place(args.place, paths),
                build: build(args.reading),
                refresh: refresh(args.no_refresh),
                order: order(args.sort),
                wording: wording(args.wording),
            };
            (args.color.color, Action::Interactive(interactive))
        }
        Subcommands::Search(args) => {
            let mut paths = args.paths;
            let sought = match args.queries {
                None => Sought::Query(args.query.unwrap_or_default()),
                Some(file) => {
                    paths.splice(0..0, args.query.map(PathBuf::from));
                    Sought::Queries(file)
                }
            };
            if matches!((&sought, args.format, args.json), (Sought::Queries(_), HitsFormatArg::Html, false)) {
                return Err(Refusal { text: messages::queries::NOT_AS_A_PAGE.to_string(), exit: Exit::Error });
            }
            let action = SearchOptions {
                sought,
                place: place(args.place, paths),
                build: Build { command_timeout: args.timeout, ..build(args.reading) },
                refresh: refresh(args.no_refresh),
                limit: limit(args.limit, args.files_with_matches),
                pager: args.pager,
                passages: PassageShape {
                    count: args.passages,
                    context: args.context.map(usize::from),
                    max_chars: args.max_chars.map(|chars| usize::try_from(chars).unwrap_or(usize::MAX)),
                },
                order: order(args.sort),
                words: if args.no_mend { Words::AsTyped } else { Words::Mended },
                wording: wording(args.wording),
                timeout: args.timeout,
                explain: args.explain,
                globs: args.glob,
                sources: args.source,
                authors: args.author,
                facets: args.facets.into_iter().map(limier::Facet::from).collect(),
                timeline: args.timeline.map(period),
                duplicates: match args.format {
                    // Each file is named, each article judged.
                    _ if args.files_with_matches => Duplicates::Shown,
                    HitsFormatArg::Trec => Duplicates::Shown,
                    _ => duplicates(args.duplicates),
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
                    HitsFormatArg::Trec => Format::Trec,
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
            let extract = ExtractOptions { paths: args.paths, reading: reading(args.files), form: form(args.json) };
            (args.color.color, Action::Extract(extract))
        }
        Subcommands::Show(args) => {
            let show = ShowOptions {
                article: args.article,
                query: args.query,
                wording: wording(args.wording),
                place: place(args.place, Vec::new()),
                build: build(args.reading),
                format: format(args.format, args.json),
                width: args.width.width,
            };
            (args.color.color, Action::Show(show))
        }
        Subcommands::Similar(args) => {
            let format = match args.format {
                _ if args.files_with_matches => Format::Paths,
                _ if args.count => Format::Count,
                _ if args.json => Format::Json,
                SimilarFormatArg::Plain => Format::Plain,
                SimilarFormatArg::Compact => Format::Compact,
                SimilarFormatArg::Json => Format::Json,
            };
            let similar = SearchOptions {
                sought: Sought::Similar(args.article),
                place: place(args.place, args.paths),
                build: build(args.reading),
                refresh: refresh(args.no_refresh),
                limit: limit(args.limit, args.files_with_matches),
                pager: false,
                passages: PassageShape { count: 0, context: None, max_chars: None },
                order: Order::Relevance,
                words: Words::AsTyped,
                wording: WordingOptions::default(),
                timeout: None,
                explain: false,
                globs: Vec::new(),
                sources: Vec::new(),
                authors: Vec::new(),
                facets: Vec::new(),
                timeline: None,
                duplicates: if args.files_with_matches { Duplicates::Shown } else { duplicates(args.duplicates) },
                format,
                width: args.width.width,
            };
            (args.color.color, Action::Search(similar))
        }
        Subcommands::Suggest(args) => {
            let suggest = SuggestOptions {
                prefix: args.prefix,
                place: place(args.place, args.paths),
                build: build(args.reading),
                refresh: refresh(args.no_refresh),
                limit: args.limit,
                form: form(args.json),
            };
            (args.color.color, Action::Suggest(suggest))
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

fn refresh(no_refresh: bool) -> Refresh {
    if no_refresh { Refresh::Never } else { Refresh::First }
}

fn period(period: TimelineArg) -> Option<limier::Period> {
    match period {
        TimelineArg::Auto => None,
        TimelineArg::Day => Some(limier::Period::Day),
        TimelineArg::Month => Some(limier::Period::Month),
        TimelineArg::Year => Some(limier::Period::Year),
    }
}

fn limit(limit: Option<usize>, is_paths: bool) -> usize {
    limit.unwrap_or(if is_paths { usize::MAX } else { DEFAULT_LIMIT })
}

fn duplicates(duplicates: DuplicatesArg) -> Duplicates {
    match duplicates {
        DuplicatesArg::Fold => Duplicates::Folded,
        DuplicatesArg::Show => Duplicates::Shown,
    }
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

fn choice(when: ColorArg) -> ColorChoice {
    match when {
        ColorArg::Auto => ColorChoice::Auto,
        ColorArg::Always => ColorChoice::Always,
        ColorArg::Never => ColorChoice::Never,
    }
}

fn build(reading: ReadingArgs) -> Build {
    Build {
        threads: reading.threads.map(usize::from),
        memory: reading.memory.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
        wait: reading.wait.map(|seconds| Duration::from_secs(seconds.into())),
        rebuild: reading.rebuild,
        whole_disk: reading.yes,
        command_timeout: None,
    }
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

impl Subcommands {
    /// Tells whether `--no-config` was given.
    fn is_unconfigured(&self) -> bool {
        let lang = match self {
            Subcommands::Search(args) => &args.color.lang,
            Subcommands::Index(args) => &args.color.lang,
            Subcommands::Watch(args) => &args.color.lang,
            Subcommands::Analyze(args) => &args.color.lang,
            Subcommands::Extract(args) => &args.color.lang,
            Subcommands::Show(args) => &args.color.lang,
            Subcommands::Similar(args) => &args.color.lang,
            Subcommands::Suggest(args) => &args.color.lang,
            Subcommands::Stats(args) => &args.color.lang,
            Subcommands::Verify(args) => &args.inspect.color.lang,
            Subcommands::Cache(args) => &args.color.lang,
            Subcommands::Help { lang, .. } | Subcommands::Completions { lang, .. } | Subcommands::Man { lang, .. } => {
                lang
            }
        };
        lang.no_config
    }
}
