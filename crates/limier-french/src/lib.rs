//! Analysis of French text for search: elision, compounds, numbers, names, lemmas and stems.
//!
//! What one person types finds what another has written. A [`FrenchAnalyzer`] cuts a text into [`Token`]s, and each token
//! has a place in the text and a term at three [`Level`]s:
//!
//! ```
//! use limier_french::FrenchAnalyzer;
//!
//! let analyzer = FrenchAnalyzer::new();
//! let analysis = analyzer.analyze("L’hôpital a vendu ses chevaux.");
//! let horses = analysis.tokens().last().unwrap();
//! assert_eq!((horses.exact, horses.lemma, horses.stem), ("chevaux", "cheval", "cheval"));
//! let hospital = analysis.token(0).unwrap();
//! // Offsets are bytes: the article that is elided before the word is not part of it.
//! assert_eq!((hospital.exact, hospital.lemma, hospital.stem), ("hôpital", "hôpital", "hopital"));
//! assert_eq!((hospital.start, hospital.end, hospital.position), (4, 12, 0));
//! ```
//!
//! # Which level
//!
//! The *stem* is what finds: index it, and look it up. The *exact* term is what was written: lower case, composed,
//! ligatures opened, accents kept; an index of its own beside the stems lets phrases hold stop words, and gives more weight
//! to an article that has the very form of the query. The *lemma* is what a dictionary would list, to be shown or counted.
//!
//! # In Tantivy
//!
//! [`FrenchAnalyzer::tokenizer`] makes the tokenizer of one level; register it under a name that the schema gives to its
//! fields. The tokenizers of one analyzer read a text once, however many fields it feeds.
//!
//! ```
//! use limier_french::{FrenchAnalyzer, Level};
//! use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
//!
//! let analyzer = FrenchAnalyzer::new();
//! let manager = TokenizerManager::new();
//! manager.register("french", analyzer.tokenizer(Level::Stem));
//! manager.register("french_exact", TextAnalyzer::from(analyzer.tokenizer(Level::Exact)));
//!
//! let mut chain = manager.get("french").unwrap();
//! let mut terms = Vec::new();
//! chain.token_stream("Les salarié·e·s d'OpenAI").process(&mut |token| terms.push(token.text.clone()));
//! assert_eq!(terms, ["salari", "open", "openai", "ai"]);
//! ```
//!
//! The README holds a whole index, `examples/tantivy_index.rs` one with two levels, filters and lit passages.
//!
//! # Two readings of the same words
//!
//! `OpenAI` is found by `open ai` and by `openai`; `salarié·e·s` is each of its forms. The second reading is a token with
//! [`alternate`](Token::alternate) set, at the position of the first word that it stands for, and [`span`](Token::span)
//! tells how many it covers. Leave alternates out where each word should count once.
//!
//! ```
//! # let analyzer = limier_french::FrenchAnalyzer::new();
//! let analysis = analyzer.analyze("OpenAI paie");
//! let plain: Vec<&str> = analysis.tokens().filter(|token| !token.alternate).map(|token| token.exact).collect();
//! assert_eq!(plain, ["open", "ai", "paie"]);
//! let other = analysis.tokens().find(|token| token.alternate).unwrap();
//! assert_eq!((other.exact, other.position, other.span, other.rule.name()), ("openai", 0, 2, "camel-case"));
//! ```
//!
//! # Stop words
//!
//! They are marked, never removed, and each takes a position: [`Stop`] tells function words (`le`, `dans`) from words that
//! ask (`comment`). A tokenizer leaves them out of lemmas and stems and keeps them among exact terms;
//! [`FrenchTokenizer::stop_words`] says otherwise, [`FrenchAnalyzerBuilder::stop_words`] replaces the list.
//!
//! ```
//! use limier_french::{FrenchAnalyzer, Stop, StopWords};
//!
//! let analyzer = FrenchAnalyzer::builder().stop_words(StopWords::of(["alinéa"], [])).protect(["Halles"]).build();
//! let analysis = analyzer.analyze("l'alinéa des Halles");
//! let stops: Vec<Stop> = analysis.tokens().map(|token| token.stop).collect();
//! assert_eq!(stops, [Stop::Function, Stop::None, Stop::None]);
//! assert_eq!(analysis.token(2).unwrap().stem, "halles");
//! // Other terms, another fingerprint: an index that was filled by the one is not for the other.
//! assert_ne!(analyzer.fingerprint(), FrenchAnalyzer::new().fingerprint());
//! ```
//!
//! # Features
//!
//! `serde`, off by default: what an analysis gives implements `serde::Serialize`.
//!
//! # How it works
//!
//! The text goes one way through the crate:
//!
//! 1. [`words`](crate) cuts it into *groups* (what stands between two spaces, mostly) and reads each group by the rules of
//!    French spelling: one rule a file, from elision to inclusive writing;
//! 2. `normalize` turns what is written into the *exact* term;
//! 3. [`forms`] turns the exact term into its *lemma*, and the lemma into its *stem*;
//! 4. `stop` marks what carries no sense.
//!
//! What has been read once is kept in a bounded cache of the thread, because words follow Zipf's law. An analyzer never
//! fails, does no input or output, and may be used from many threads at once.

mod analysis;
mod analyzer;
mod cache;
mod fingerprint;
pub mod forms;
mod hash;
mod local;
mod normalize;
mod run;
mod stop;
mod token;
mod tokenizer;
mod wanted;
mod words;

pub use analysis::Analysis;
pub use analyzer::{FrenchAnalyzer, FrenchAnalyzerBuilder};
pub use fingerprint::Fingerprint;
pub use normalize::normalize;
pub use stop::StopWords;
pub use token::{Level, Rule, Stop, Token};
pub use tokenizer::{Alternates, FrenchTokenStream, FrenchTokenizer, Repeats, StopTokens};
pub use wanted::Wanted;
pub use words::MONTHS;

/// Runs the examples of the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
