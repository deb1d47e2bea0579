//! From the lemma to the stem: by the table of the build, or what Snowball leaves of it; accents folded.

use super::fold::fold_into;
use super::lexicon;
use super::suffix::without_suffix;

/// Replaces the content of `out` by the stem of a lemma.
pub(crate) fn stem_into(lemma: &str, out: &mut String) {
    out.clear();
    if let Some((head, text)) = lexicon::stem(lemma) {
        fold_into(head, out);
        fold_into(text, out);
        return;
    }
    fold_into(&without_suffix(lemma, lexicon::is_lemma), out);
}
