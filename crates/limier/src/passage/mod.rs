//! From a hit to its passages: whole sentences, with the matches lit.
//!
//! Five parts, each replaceable alone: matches, sentences, scores, selection, forms.

mod target;

pub use target::{PhraseTarget, Target, TargetKind, Targets};
