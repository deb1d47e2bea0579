//! The words of a segment that is being made: which two terms each has.

use limier_french::{Analysis, Token};
use twox_hash::XxHash3_64;

use super::terms::{TermId, Terms};

/// The terms of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) exact: TermId,
    pub(super) stem: TermId,
}

/// Stands for no word.
const NONE: Word = Word { exact: TermId::MAX, stem: TermId::MAX };

/// Words met before.
///
/// Most are found by the number that the analysis has for them, the others by their letters: one look-up for both terms.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// By the numbers of the analysis, which hold for one generation.
    known: Vec<Word>,
    generation: u64,
    /// Open addressing, linear probing: 0 is free, else 32 bits of a hash, and the rank of its word plus 1. Never more than half full.
    slots: Vec<u64>,
    words: Vec<Word>,
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
        let word = self.find(&token, terms);
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

    /// Finds a word, or adds it.
    fn find(&mut self, token: &Token<'_>, terms: &mut Terms) -> Word {
        if self.slots.len() < (self.words.len() + 1) * 2 {
            self.grow(terms);
        }
        let hash = XxHash3_64::oneshot(token.exact.as_bytes());
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at).filter(|slot| **slot != 0) {
            let word = self.words.get(slot as u32 as usize - 1).filter(|_| slot >> 32 == hash >> 32);
            let is_it = |word: &&Word| {
                terms.text(word.exact) == token.exact.as_bytes() && terms.text(word.stem) == token.stem.as_bytes()
            };
            if let Some(word) = word.filter(is_it) {
                return *word;
            }
            at = (at + 1) & mask;
        }
        let word = Word { exact: terms.number(token.exact.as_bytes()), stem: terms.number(token.stem.as_bytes()) };
        self.words.push(word);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = hash & !u64::from(u32::MAX) | self.words.len() as u64;
        }
        word
    }

    fn grow(&mut self, terms: &Terms) {
        let size = (self.slots.len() * 2).max(1 << 10);
        self.slots.clear();
        self.slots.resize(size, 0);
        for (rank, word) in (1..).zip(&self.words) {
            let hash = XxHash3_64::oneshot(terms.text(word.exact));
            let mut at = hash as usize & (size - 1);
            while let Some(slot) = self.slots.get_mut(at) {
                if *slot == 0 {
                    *slot = hash & !u64::from(u32::MAX) | rank;
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        self.slots.capacity() * size_of::<u64>() + (self.known.capacity() + self.words.capacity()) * size_of::<Word>()
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
        assert!(
            words.words.len() > 3_000 && words.words.len() <= terms.len(),
            "{} words: each once",
            words.words.len()
        );
    }
}
