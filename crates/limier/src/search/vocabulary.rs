//! All exact terms of a small index in memory: a dictionary tells what a term begins with, and nothing of how it ends.

use std::io;
use std::sync::Arc;

use limier_french::forms::fold_into;
use tantivy::InvertedIndexReader;

use super::texts::Texts;

/// Bytes that a word which holds another has more than that.
pub(super) const LONGER_BY: usize = 3;

/// The terms of some dictionaries, each once, as they are and without accents.
#[derive(Default)]
pub(crate) struct Vocabulary {
    terms: Texts,
    folded: Texts,
}

impl Vocabulary {
    /// Reads the terms of some dictionaries.
    pub(crate) fn read<'d>(
        dictionaries: impl IntoIterator<Item = &'d Arc<InvertedIndexReader>>,
    ) -> io::Result<Vocabulary> {
        let mut terms: Vec<String> = Vec::new();
        for inverted in dictionaries {
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                terms.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        Ok(Vocabulary::of(terms))
    }

    fn of(mut terms: Vec<String>) -> Vocabulary {
        terms.sort_unstable();
        terms.dedup();
        let mut vocabulary = Vocabulary::default();
        for term in terms {
            vocabulary.terms.push(|text| text.push_str(&term));
            vocabulary.folded.push(|text| fold_into(&term, text));
        }
        vocabulary
    }

    /// Returns the terms that begin or end with `word`, folded, and are longer.
    pub(crate) fn holding<'v>(&'v self, word: &'v str) -> impl Iterator<Item = &'v str> {
        let holds =
            move |term: &str| term.len() >= word.len() + LONGER_BY && (term.starts_with(word) || term.ends_with(word));
        let folded = self.folded.iter().enumerate().filter(move |(_, term)| holds(term));
        folded.filter_map(|(number, _)| self.terms.get(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_both_ends_of_longer_ones_whatever_their_accents() {
        let terms =
            ["operationlavage", "lavagesaéré", "lavage", "prélavage", "lavâge", "relavages", "lavages", "lavage"];
        let vocabulary = Vocabulary::of(terms.map(str::to_owned).to_vec());
        let found: Vec<&str> = vocabulary.holding("lavage").collect();
        assert_eq!(found, ["lavagesaéré", "operationlavage", "prélavage"]);
        assert_eq!(vocabulary.terms.iter().count(), 7);
        assert_eq!(Vocabulary::of(Vec::new()).holding("lavage").count(), 0);
    }
}
