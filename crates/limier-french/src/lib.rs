//! Analysis of French text for search: elision, compounds, numbers, names, lemmas and stems.
//!
//! The text goes one way through the crate:
//!
//! 1. [`words`](crate) cuts it into *groups* (what stands between two spaces, mostly) and reads each group by the rules of
//!    French spelling: one rule a file, from elision to inclusive writing;
//! 2. `normalize` turns what is written into the *exact* term: lower case, composed, ligatures opened, accents kept;
//! 3. [`forms`] turns the exact term into its *lemma*, and the lemma into its *stem*;
//! 4. `stop` marks what carries no sense.
//!
//! What has been read once is kept in a bounded cache of the thread, because words follow Zipf's law.
//!
//! ```
//! use limier_french::FrenchAnalyzer;
//!
//! let analyzer = FrenchAnalyzer::new();
//! let analysis = analyzer.analyze("L’œuvre d’OpenAI");
//! let exact: Vec<&str> = analysis.tokens().map(|token| token.exact).collect();
//! assert_eq!(exact, ["oeuvre", "open", "openai", "ai"]);
//! ```

mod analysis;
mod analyzer;
mod cache;
mod fingerprint;
pub mod forms;
mod hash;
mod local;
mod normalize;
mod stop;
mod token;
mod tokenizer;
mod words;

pub use analysis::Analysis;
pub use analyzer::{FrenchAnalyzer, FrenchAnalyzerBuilder};
pub use fingerprint::Fingerprint;
pub use normalize::normalize;
pub use stop::StopWords;
pub use token::{Level, Rule, Stop, Token};
pub use tokenizer::{Alternates, FrenchTokenStream, FrenchTokenizer, StopTokens};
pub use words::MONTHS;

/// Runs the examples of the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
