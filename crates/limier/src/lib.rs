//! Full-text search of French text: ranked articles with the right sentences lit up.
//!
//! An [`Index`] holds [`Article`]s; a [`Writer`] changes it; a [`Search`] answers a query with [`Hits`], and each hit
//! with whole-sentence [`Passage`]s.
//!
//! ```
//! use limier::{Article, Index};
//!
//! let folder = tempfile::tempdir()?;
//! let index = Index::open_or_create(folder.path().join("articles.idx"))?;
//! let mut writer = index.writer()?;
//! writer.add(
//!     Article::new("sora-1")
//!         .title("Des artistes en colère contre OpenAI")
//!         .body("Ils disent avoir testé Sora sans être payés. L'entreprise répond que rien n'obligeait personne.")
//!         .date("2024-11-26".parse()?),
//! )?;
//! writer.commit()?; // durable: survives a kill right after
//!
//! let hits = index.search("paye-t-on les artistes ?").limit(10).run()?;
//! for hit in &hits {
//!     println!("{:.2} {}", hit.score(), hit.title());
//!     for passage in hit.passages() {
//!         println!("  {}", passage.to_ansi()); // or to_html(), or text() and highlights()
//!     }
//! }
//! assert_eq!(hits.first().map(|hit| hit.id()), Some("sora-1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rest of this page takes five minutes; `examples/` holds whole programs.
//!
//! # What is a query
//!
//! Every string: none is an error. Plain words are a question in French, and the table of [`Query`] lists what else there
//! is. An elided article, a plural, a conjugated verb, a lost accent or an inclusive form stands in nobody's way.
//!
//! ```
//! use limier::{Article, Index};
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.add(Article::new("1").body("Les salarié·e·s de l’œuvre d’art attendaient depuis le XIIIe siècle."))?;
//! writer.commit()?;
//! for query in ["salariée", "oeuvres", "attendre", "13e siecle", "\"œuvre d'art\"", "attend* -avion", "« oeuvre"] {
//!     assert_eq!(index.search(query).run()?.total(), 1, "{query}");
//! }
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! What the search has to say beside its hits (a word that was mended, a quotation mark without its partner) is a
//! [`Note`]: a code and values, for the application to word.
//!
//! ```
//! # use limier::{Article, Index};
//! use limier::Note;
//! # let index = Index::in_memory()?;
//! # let mut writer = index.writer()?;
//! # writer.add(Article::new("1").body("Les artistes protestent."))?;
//! # writer.commit()?;
//! let hits = index.search("artsites").run()?;
//! assert_eq!(hits.notes(), [Note::Mended { word: "artsites".into(), by: vec!["artistes".into()] }]);
//! assert!(!hits.iter().any(|hit| hit.is_as_typed()));
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # Passages
//!
//! A hit shows whole sentences of the article's own words; [`PassageOptions`] says how many, how long, in which order.
//! [`Passage::to_html`] and [`Passage::to_ansi`] make what comes from an article harmless. To light matches in a way of
//! your own take [`Passage::text`] with [`Passage::highlights`], byte ranges on character boundaries, and escape the text
//! yourself. [`Search::highlight`] lights any other text, such as the whole body.
//!
//! ```
//! # use limier::{Article, Index};
//! use limier::PassageOptions;
//! # let index = Index::in_memory()?;
//! # let mut writer = index.writer()?;
//! # writer.add(Article::new("1").body("Il pleut. Un avion <b>décolle</b> à Orly. Il neige."))?;
//! # writer.commit()?;
//! let hits = index.search("avions").passages(PassageOptions::new().count(1).context(0)).run()?;
//! let passage = &hits.first().unwrap().passages()[0];
//! assert_eq!(passage.to_html(), "Un <mark>avion</mark> &lt;b&gt;décolle&lt;/b&gt; à Orly.");
//! let lit: Vec<&str> = passage.highlights().iter().map(|light| &passage.text()[light.clone()]).collect();
//! assert_eq!(lit, ["avion"]);
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # Narrowing, ordering, counting, paging
//!
//! A [`Search`] is set up by chaining, and [run](Search::run) as often as wanted. [`Search::dates`], [`Search::sources`]
//! and [`Search::authors`] filter, whatever is typed; [`Search::sort`] orders by date; [`Search::facets`] counts all that
//! matches; [`Search::offset`] and [`Search::limit`] give a page, and pages follow on from each other.
//!
//! ```
//! # use limier::{Article, Index};
//! use limier::{Facet, Sort};
//! # let index = Index::in_memory()?;
//! # let mut writer = index.writer()?;
//! # for day in 1..=9 {
//! #     writer.add(Article::new(day.to_string()).body("Le train.").source("L'Écho").date(limier::Date::new(2024, 5, day)?))?;
//! # }
//! # writer.commit()?;
//! let search = index.search("train").sources(["L'Écho"]).sort(Sort::Newest).facets([Facet::Month]).limit(5);
//! let second_page = search.clone().offset(5).run()?;
//! assert_eq!((second_page.total(), second_page.len()), (9, 4));
//! assert_eq!(second_page.first().unwrap().rank(), 6);
//! assert_eq!(second_page.facets()[0].counts[0].value, "2024-05");
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # Like this one, and when
//!
//! [`Index::similar`] begins a search for articles like one, and its hits say which words they [share](Hit::shared);
//! [`Search::timeline`] counts what matches by day, month or year.
//!
//! ```
//! # use limier::{Article, Index, Period};
//! # let index = Index::in_memory()?;
//! # let mut writer = index.writer()?;
//! # writer.add(Article::new("1").body("Une grève à la mine.").date(limier::Date::new(2024, 5, 1)?))?;
//! # writer.add(Article::new("2").body("La mine est en grève.").date(limier::Date::new(2024, 6, 1)?))?;
//! # writer.commit()?;
//! let similar = index.similar("1")?.unwrap().timeline(Some(Period::Month)).run()?;
//! assert_eq!(similar.first().unwrap().shared(), ["grève", "mine"]);
//! assert_eq!(similar.timeline().unwrap().counts[0].value, "2024-06");
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # As one types, and in time
//!
//! [`Index::suggest`] completes the beginning of a word, [`Search::synonyms`] adds words of your own to a query,
//! [`Index::similar`] searches for articles like one that is there, and [`Search::timeout`] bounds a search, which then
//! answers with what it found until then.
//!
//! ```
//! # use limier::{Article, Index};
//! use std::time::Duration;
//! # let index = Index::in_memory()?;
//! # let mut writer = index.writer()?;
//! # writer.add(Article::new("1").body("Des élèves, une élève, une élection."))?;
//! # writer.commit()?;
//! let words: Vec<String> = index.suggest("elev").run()?.into_iter().map(|suggestion| suggestion.word).collect();
//! assert!(words.contains(&"élève".to_owned()));
//! let hits = index.search("élève").timeout(Duration::from_secs(1)).run()?;
//! assert!(hits.notes().is_empty());
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # Folders of files
//!
//! `Index::refresh` brings an index up to date with folders: text, Markdown, HTML, JSON Lines, tables, books and
//! word-processor files, each as far as its feature is on. Only what changed is read again, deletions and renames are
//! followed, and what could not be read is part of the report. The module `ingest` reads single files, without an index.
//!
//! ```
//! # #[cfg(feature = "files")] {
//! use limier::{Index, RefreshOptions};
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("crue.txt"), "La crue a emporté le pont\n\nIl avait deux siècles.")?;
//! let index = Index::in_memory()?;
//! assert_eq!(index.refresh(&RefreshOptions::new([folder.path()]))?.added, 1);
//! std::fs::remove_file(folder.path().join("crue.txt"))?;
//! assert_eq!(index.refresh(&RefreshOptions::default())?.deleted, 1);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Threads and processes
//!
//! An [`Index`] is a handle: cloning it is cheap, and clones may be searched from many threads. There is one [`Writer`] at
//! a time, over all threads and processes; who asks for a second one gets an error that [`is_locked`](Error::is_locked)
//! and names its [`holder`](Error::holder). Searches answer from the last commit meanwhile: commits of this index are seen
//! by the next search, those of other processes after [`Index::reload`].
//!
//! # Errors, and what may happen to a disk
//!
//! There is one [`Error`]: its text says what is wrong and what to do, [`Error::kind`] what sort it is. Nothing panics,
//! whatever an article, a query or a damaged file holds. What was [committed](Writer::commit) is on disk; every byte of an
//! index has a checksum that is checked before it is used (large dictionaries once: `Index::remember_checked`), and
//! [`Index::verify`] checks all of them at once. An index that another version made is refused as
//! [`Incompatible`](ErrorKind::Incompatible), never read as if it fitted.
//!
//! ```
//! use limier::{Article, ErrorKind, Index};
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! assert!(index.writer().unwrap_err().is_locked());
//! let endless = "mot ".repeat(17 << 20);
//! assert_eq!(writer.add(Article::new("1").body(endless)).unwrap_err().kind(), ErrorKind::InvalidArticle);
//! # Ok::<(), limier::Error>(())
//! ```
//!
//! # Results as data
//!
//! Whatever a call gives back implements [`serde::Serialize`]: hits, passages, facets, notes, explanations and reports.
//! [`Article`] and [`Date`] are read back, too.
//!
//! # Features
//!
//! All are on by default; `default-features = false` leaves an index, its queries and its passages.
//!
//! | feature | what it adds |
//! |---|---|
//! | `files` | `Index::refresh`, `Index::repair` and the module `ingest`: folders, encodings, text, Markdown, JSON |
//! | `html` | pages: the article without what surrounds it |
//! | `csv` | tables, a row an article |
//! | `packed` | files packed by gzip or Zstandard |
//! | `office` | EPUB, ODT, DOCX |
//! | `language` | tells the language of an article, for `langue:fr` |

mod article;
mod calendar;
mod date;
mod error;
mod guard;
mod index;
#[cfg(feature = "files")]
pub mod ingest;
mod language;
pub mod passage;
pub mod query;
mod recurrence;
mod search;
mod serialize;
mod sketch;

pub use article::Article;
pub use date::Date;
pub use error::{Error, ErrorKind};
pub use index::{Damage, Holder, Index, Stats, Swept, Verification, Writer, WriterOptions};
#[cfg(feature = "files")]
pub use index::{Progress, RefreshOptions, RefreshReport, Repair};
pub use passage::{Passage, PassageOptions};
pub use query::Query;
pub use search::{
    Explanation, Facet, FacetCount, FacetCounts, Hit, Hits, Note, Period, RankedIds, Ranking, Search, Sort, Suggest,
    Suggestion, Synonyms, SynonymsIssue, SynonymsIssueKind, Timeline, TimelineCount, WordExplanation,
};

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
