//! What a search takes the words of its query for.

use std::collections::HashSet;

use limier_french::normalize;

use super::synonyms::Synonyms;

/// Which words stand for others, which carry no weight, and which are meant in their very form.
#[derive(Clone, Debug, Default)]
pub(super) struct Wording {
    pub(super) synonyms: Option<Synonyms>,
    /// Exact terms.
    stop_words: HashSet<String>,
    protected: HashSet<String>,
}

impl Wording {
    pub(super) fn set_stop_words<W: AsRef<str>>(&mut self, words: impl IntoIterator<Item = W>) {
        self.stop_words = words.into_iter().map(|word| normalize(word.as_ref())).collect();
    }

    pub(super) fn set_protected<W: AsRef<str>>(&mut self, words: impl IntoIterator<Item = W>) {
        self.protected = words.into_iter().map(|word| normalize(word.as_ref())).collect();
    }

    /// Tells whether a word carries no weight, by its exact term.
    pub(super) fn is_stop(&self, exact: Option<&String>) -> bool {
        exact.is_some_and(|exact| self.stop_words.contains(exact))
    }

    /// Tells whether a word is meant in its very form, by its exact term.
    pub(super) fn is_protected(&self, exact: Option<&String>) -> bool {
        exact.is_some_and(|exact| self.protected.contains(exact))
    }
}
