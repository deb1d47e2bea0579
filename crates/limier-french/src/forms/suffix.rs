//! What Snowball French leaves of a lemma that no table knows, with corrections.
//!
//! Snowball knows no words: it takes off whatever looks like an ending, of plurals and verbs too. The lemma stage has
//! done that already, and better, so that what Snowball still takes off a lemma is either the suffix of a family
//! (*exploitation*, *exploiter*), which is wanted, or a part of the word (*repas*, *crédit*, *base*), which is not. What is
//! not wanted falls into a few classes that rules tell:
//!
//! - a lemma ends in *-s* only where that is no plural: *repas*, *palais*, *avis* stay whole;
//! - a noun in *-it* is no verb form: *crédit*, *délit*, *esprit* stay whole;
//! - a noun in *-ai* is no verb form either: *délai*, *essai*, and names such as *OpenAI* stay whole;
//! - a final *-e* falls, unless that gives another word: *lune* and *lun* are one, but *base* is not *bas*, nor *vente*
//!   *vent*.
//!
//! Single words and families that no rule tells are in `lexicon/stems.txt`. The build does this for each lemma of the
//! lexicon, the analysis for what the lexicon lacks.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Returns a lemma without its suffix, accents kept; `is_lemma` tells the lemmas of the lexicon.
pub(crate) fn without_suffix(lemma: &str, is_lemma: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if is_whole(lemma) {
        return Cow::Borrowed(lemma);
    }
    let stem = Stemmer::create(Algorithm::French).stem(lemma);
    if is_another_word(&stem, lemma, is_lemma) { Cow::Borrowed(lemma) } else { stem }
}

/// Tells whether a lemma has nothing that Snowball should take off.
fn is_whole(lemma: &str) -> bool {
    lemma.ends_with('s') || lemma.ends_with("it") || lemma.ends_with("ai")
}

/// Tells whether `stem` is a word other than `lemma`, which it became by the loss of a final -e alone (*cape* and *cap*),
/// with one of a pair of consonants (*salle* and *sal*).
fn is_another_word(stem: &str, lemma: &str, is_lemma: impl Fn(&str) -> bool) -> bool {
    let Some(without_e) = lemma.strip_suffix('e') else {
        return false;
    };
    let lost_only_e = without_e == stem || without_e.strip_suffix(['l', 'n', 't']) == Some(stem);
    lost_only_e && is_lemma(stem)
}
