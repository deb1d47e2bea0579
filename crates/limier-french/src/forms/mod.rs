//! The forms of a word: from the exact term to its lemma, from the lemma to its stem.
//!
//! Three stages, plain functions with data between them: a lexicon of what no rule can know, Snowball French with
//! corrections for its known errors, and accent folding.

mod beginnings;
#[cfg(test)]
mod compile;
mod fold;
mod lexicon;
mod stem;
mod suffix;
mod unknown;

use std::borrow::Cow;

pub(crate) use beginnings::{each_beginning, each_numeral, first_letters};
pub use fold::fold_into;

/// The compiled lexicon, for the analyzer's fingerprint.
pub(crate) use lexicon::DATA;

/// Returns the lemma of an exact term: the word that stands for all of its forms.
///
/// `exact` is lower case, in NFC, with ligatures expanded (`œ` is `oe`), apostrophes straight and accents kept.
pub fn lemma(exact: &str) -> Cow<'_, str> {
    lexicon::lemma(exact).map_or_else(|| unknown::lemma(exact), joined)
}

/// Returns the lemma of an exact term as [`lemma`] does, and replaces the content of `stem` by the stem of that lemma.
pub fn lemma_and_stem_into<'w>(exact: &'w str, stem: &mut String) -> Cow<'w, str> {
    match lexicon::find(exact) {
        Some((lemma, (head, text))) => {
            stem.clear();
            fold_into(head, stem);
            fold_into(text, stem);
            joined(lemma)
        }
        None => {
            let lemma = unknown::lemma(exact);
            if lemma == exact {
                stem::stem_of_unknown_into(exact, stem);
            } else {
                stem::stem_into(&lemma, stem);
            }
            lemma
        }
    }
}

fn joined<'w>((head, text): lexicon::Made<'w>) -> Cow<'w, str> {
    if text.is_empty() { Cow::Borrowed(head) } else { Cow::Owned([head, text].concat()) }
}

/// Replaces the content of `out` by the stem of a lemma: Snowball French with corrections, accents folded.
pub fn stem_into(lemma: &str, out: &mut String) {
    stem::stem_into(lemma, out);
}

/// Tells whether the lexicon holds `exact` as a French word, in any of its forms.
pub fn is_known(exact: &str) -> bool {
    lexicon::contains(exact)
}

#[cfg(test)]
mod tests;
