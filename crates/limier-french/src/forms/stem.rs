//! From the lemma to the stem: Snowball French with corrections, accents folded.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::fold_into;
use super::lexicon;

/// Replaces the content of `out` by the stem of a lemma.
pub(crate) fn stem_into(lemma: &str, out: &mut String) {
    out.clear();
    if let Some((head, text)) = lexicon::stem(lemma) {
        fold_into(head, out);
        fold_into(text, out);
        return;
    }
    let stem = Stemmer::create(Algorithm::French).stem(lemma);
    fold_into(&stem, out);
}
