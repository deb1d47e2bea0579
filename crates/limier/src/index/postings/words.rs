//! The words of a segment that is being made: which two terms each has.

use limier_french::Analysis;

use super::terms::{TermId, Terms};

/// The terms of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) exact: TermId,
    pub(super) stem: TermId,
}

/// Stands for no word.
const NONE: Word = Word { exact: TermId::MAX, stem: TermId::MAX };

/// Words met before, by the numbers that the analysis has for them: most are found without a look at their letters.
#[derive(Debug, Default)]
pub(super) struct Words {
    known: Vec<Word>,
    /// The numbers hold for one generation.
    generation: u64,
}

impl Words {
    /// Begins an analysis.
    pub(super) fn begin(&mut self, analysis: &Analysis) {
        if self.generation != analysis.generation() {
            self.generation = analysis.generation();
            self.known.clear();
        }
    }

    /// Returns the word of a token of the analysis that was begun last, by its rank.
    #[inline]
    pub(super) fn of(&mut self, analysis: &Analysis, rank: usize, terms: &mut Terms) -> Word {
        let known = analysis.known(rank).map(|known| known as usize);
        match known.and_then(|known| self.known.get(known)).filter(|word| **word != NONE) {
            Some(word) => *word,
            None => self.look_up(analysis, rank, known, terms),
        }
    }

    #[cold]
    fn look_up(&mut self, analysis: &Analysis, rank: usize, known: Option<usize>, terms: &mut Terms) -> Word {
        let Some(token) = analysis.token(rank) else { return Word::default() };
        let exact = terms.number(token.exact.as_bytes());
        let stem = if token.stem == token.exact { exact } else { terms.number(token.stem.as_bytes()) };
        let word = Word { exact, stem };
        if let Some(known) = known {
            if self.known.len() <= known {
                self.known.resize(known + 1, NONE);
            }
            if let Some(place) = self.known.get_mut(known) {
                *place = word;
            }
        }
        word
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        self.known.capacity() * size_of::<Word>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use limier_french::FrenchAnalyzer;

    #[test]
    fn each_word_has_the_terms_of_its_token() {
        let analyzer = FrenchAnalyzer::new();
        let (mut words, mut terms, mut analysis) = (Words::default(), Terms::default(), Analysis::new());
        let many: String = (0..3_000).map(|n| format!("avion{n} ")).collect();
        let texts =
            ["L'été, il a été malade ; les Étés d'Orly.", "", "un week-end à OpenAI, le week-end", &many, &many];
        for text in texts {
            analyzer.analyze_into(text, &mut analysis);
            words.begin(&analysis);
            for (rank, token) in analysis.tokens().enumerate() {
                let word = words.of(&analysis, rank, &mut terms);
                assert_eq!(terms.text(word.exact), token.exact.as_bytes());
                assert_eq!(terms.text(word.stem), token.stem.as_bytes());
            }
        }
    }
}
