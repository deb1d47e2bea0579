//! What a query lights: the seam between the plan of a query and the passages of a hit.

use serde::Serialize;

/// Everything that a query lights in a text.
///
/// The planner of queries makes it, once a search; negated terms are never part of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Targets {
    /// Terms lit wherever they stand.
    pub terms: Vec<Target>,
    /// Phrases lit only where the whole phrase stands.
    pub phrases: Vec<PhraseTarget>,
    /// Number of distinct words of the query; the `word` of each target is below it.
    pub words: usize,
}

/// A term that is lit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// How `text` is compared with a token.
    pub kind: TargetKind,
    /// The term, at the level that `kind` says.
    pub text: String,
    /// Which word of the query it stands for, from 0: several targets may share one word.
    pub word: usize,
    /// The worth of this word in a passage, above 0: its rarity in the collection.
    pub weight: f32,
}

/// How a target is compared with a token of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// Equal to the token's stem.
    Stem,
    /// Equal to the token's exact term, a word that carries sense where it stands.
    Exact,
    /// Equal to the token's exact term, a stop word where it stands.
    Small,
    /// The token's exact term, accents folded, begins with it; no stop word.
    Prefix,
    /// The token's exact term, accents folded, holds it: words that a page glued together; no stop word.
    Inside,
}

/// A phrase that is lit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhraseTarget {
    /// The words of the phrase in order: each slot is a distance in positions from the first word, and the terms any of
    /// which may stand there.
    pub slots: Vec<(u32, Vec<Target>)>,
    /// How many positions beyond its own length the phrase may stretch over, in any order when above 0.
    pub slop: u32,
}
