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
    /// Open addressing, linear probing: 0 is free, else 32 bits of a hash, and where the word lies in `bytes`, plus 1. Never more
    /// than half full.
    slots: Vec<u64>,
    /// Of each word both numbers, both lengths, the exact term, the stem.
    bytes: Vec<u8>,
    words: usize,
}

/// Bytes of a word before its terms.
const HEAD: usize = 12;

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

    /// Returns the word that a slot leads to, if it is that of a token.
    #[inline]
    fn at(&self, slot: u64, hash: u64, token: &Token<'_>) -> Option<Word> {
        if slot >> 32 != hash >> 32 {
            return None;
        }
        let bytes = self.bytes.get((slot as u32 as usize).checked_sub(1)?..)?;
        let (head, bytes) = bytes.split_first_chunk::<HEAD>()?;
        let [e0, e1, e2, e3, s0, s1, s2, s3, le0, le1, ls0, ls1] = *head;
        let exact_len = usize::from(u16::from_le_bytes([le0, le1]));
        let stem_len = usize::from(u16::from_le_bytes([ls0, ls1]));
        let (exact, bytes) = bytes.split_at_checked(exact_len)?;
        let stem = bytes.get(..stem_len)?;
        let is_it = exact == token.exact.as_bytes() && stem == token.stem.as_bytes();
        is_it.then(|| Word { exact: u32::from_le_bytes([e0, e1, e2, e3]), stem: u32::from_le_bytes([s0, s1, s2, s3]) })
    }

    /// Finds a word, or adds it.
    fn find(&mut self, token: &Token<'_>, terms: &mut Terms) -> Word {
        if self.slots.len() < (self.words + 1) * 2 {
            self.grow();
        }
        let hash = XxHash3_64::oneshot(token.exact.as_bytes());
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at).filter(|slot| **slot != 0) {
            if let Some(word) = self.at(slot, hash, token) {
                return word;
            }
            at = (at + 1) & mask;
        }
        let word = Word { exact: terms.number(token.exact.as_bytes()), stem: terms.number(token.stem.as_bytes()) };
        let (Ok(exact_len), Ok(stem_len)) = (u16::try_from(token.exact.len()), u16::try_from(token.stem.len())) else {
            return word;
        };
        let Ok(place) = u32::try_from(self.bytes.len() + 1) else { return word };
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = hash & !u64::from(u32::MAX) | u64::from(place);
        }
        self.words += 1;
        self.bytes.extend_from_slice(&word.exact.to_le_bytes());
        self.bytes.extend_from_slice(&word.stem.to_le_bytes());
        self.bytes.extend_from_slice(&exact_len.to_le_bytes());
        self.bytes.extend_from_slice(&stem_len.to_le_bytes());
        self.bytes.extend_from_slice(token.exact.as_bytes());
        self.bytes.extend_from_slice(token.stem.as_bytes());
        word
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![0; (old.len() * 2).max(1 << 10)];
        let mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|slot| *slot != 0) {
            // Of the hash the slot has only the upper half.
            let hash = self.hash_at(slot);
            let mut at = hash as usize & mask;
            while let Some(free) = self.slots.get_mut(at) {
                if *free == 0 {
                    *free = slot;
                    break;
                }
                at = (at + 1) & mask;
            }
        }
    }

    fn hash_at(&self, slot: u64) -> u64 {
        let bytes = self.bytes.get((slot as u32 as usize).saturating_sub(1)..).unwrap_or_default();
        let Some((head, bytes)) = bytes.split_first_chunk::<HEAD>() else { return 0 };
        let exact_len = usize::from(u16::from_le_bytes([head[8], head[9]]));
        XxHash3_64::oneshot(bytes.get(..exact_len).unwrap_or_default())
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        (self.slots.capacity() + self.known.capacity()) * size_of::<u64>() + self.bytes.capacity()
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
        assert!(words.words > 3_000 && words.words <= terms.len(), "{} words: each once", words.words);
    }
}
