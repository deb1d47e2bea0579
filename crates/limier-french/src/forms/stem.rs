//! From the lemma to the stem: by the table of the build, or what Snowball leaves of it; accents folded.

use super::fold::fold_into;
use super::lexicon;
use super::suffix::without_suffix;

/// Replaces the content of `out` by the stem of a lemma.
pub(crate) fn stem_into(lemma: &str, out: &mut String) {
    write(lexicon::stem(lemma), lemma, out);
}

/// The same for a word that is known to be no form of the lexicon.
pub(crate) fn stem_of_unknown_into(word: &str, out: &mut String) {
    write(lexicon::prescribed_stem(word), word, out);
}

fn write(stem: Option<lexicon::Made<'_>>, lemma: &str, out: &mut String) {
    out.clear();
    match stem {
        Some((head, text)) => {
            fold_into(head, out);
            fold_into(text, out);
        }
        None => fold_into(&without_suffix(lemma, lexicon::is_lemma), out),
    }
}
