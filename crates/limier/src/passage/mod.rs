//! From a hit to its passages: whole sentences, with the matches lit.
//!
//! For now the beginning of the body stands in for passages.

mod target;

use std::ops::Range;

use limier_french::FrenchAnalyzer;
pub use target::{PhraseTarget, Target, TargetKind, Targets};

/// A run of sentences shown for a hit.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Passage {
    text: String,
}

impl Passage {
    /// Returns the text.
    pub fn to_ansi(&self) -> String {
        self.text.clone()
    }
}

/// How passages are chosen.
#[derive(Clone, Debug, Default)]
pub struct PassageOptions {}

pub(crate) struct Passager;

impl Passager {
    pub(crate) fn new(_: &FrenchAnalyzer, _: &Targets) -> Passager {
        Passager
    }

    pub(crate) fn highlight(&mut self, _: &str) -> Vec<Range<usize>> {
        Vec::new()
    }

    pub(crate) fn passages(&mut self, body: &str, _: u32, _: &PassageOptions) -> Vec<Passage> {
        vec![Passage { text: body.chars().take(200).collect() }]
    }
}
