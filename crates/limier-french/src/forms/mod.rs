//! The forms of a word: from the exact term to its lemma, from the lemma to its stem.
//!
//! Three stages, plain functions with data between them: a lexicon of what no rule can know, Snowball French with
//! corrections for its known errors, and accent folding.

use std::borrow::Cow;

/// Returns the lemma of an exact term.
///
/// `exact` is lower case, in NFC, with ligatures expanded (`œ` is `oe`) and accents kept.
pub fn lemma(exact: &str) -> Cow<'_, str> {
    Cow::Borrowed(exact)
}

/// Replaces the content of `out` by the stem of a lemma: Snowball French with corrections, accents folded.
pub fn stem_into(lemma: &str, out: &mut String) {
    out.clear();
    out.push_str(lemma);
}

/// Tells whether the lexicon holds `exact` as a French word.
pub fn is_known(exact: &str) -> bool {
    let _ = exact;
    false
}
