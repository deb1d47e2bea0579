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

mod article;
mod date;
mod error;
mod guard;
mod index;
#[cfg(feature = "files")]
pub mod ingest;
mod language;
pub mod passage;
pub mod query;
mod search;
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
    Explanation, Facet, FacetCount, FacetCounts, Hit, Hits, Note, Ranking, Search, Sort, WordExplanation,
};

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
