//! Which pieces of a long text are worth analyzing: those that hold the beginning of a word that is still missing.
//!
//! Skimming compares letters, without case and accents, and is many times faster than analysis. It misses forms that do not
//! begin as their stem does (`yeux` for `œil`), so that it only decides what is read first.

use std::collections::BTreeMap;

use super::matches::Match;
use super::target::{PhraseTarget, Target, Targets};

/// Bytes of a term that are looked for: what the standard library compares at once.
const LONGEST: usize = 8;

/// What of a query is still missing.
#[derive(Debug)]
pub(super) struct Skim {
    /// Words, then phrases.
    wanted: Vec<Wanted>,
    /// Used again from piece to piece.
    folded: String,
}

/// A word or a phrase of the query.
#[derive(Debug)]
struct Wanted {
    /// Which word; `None` for a phrase.
    word: Option<usize>,
    /// How each of its words may begin, folded: a piece must hold one of each.
    slots: Vec<Vec<String>>,
    is_seen: bool,
}

impl Skim {
    pub(super) fn new(targets: &Targets) -> Skim {
        let mut words: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for target in &targets.terms {
            words.entry(target.word).or_default().push(pattern(target));
        }
        let wanted = |word, slots| Wanted { word, slots, is_seen: false };
        let words = words.into_iter().map(|(word, patterns)| wanted(Some(word), vec![patterns]));
        let slots = |phrase: &PhraseTarget| {
            phrase.slots.iter().map(|(_, terms)| terms.iter().map(pattern).collect()).collect::<Vec<_>>()
        };
        let phrases = targets.phrases.iter().map(|phrase| wanted(None, slots(phrase)));
        Skim { wanted: words.chain(phrases).collect(), folded: String::new() }
    }

    /// Takes note of what was found; of phrases, whether each was.
    pub(super) fn saw(&mut self, words: &[Match], phrases: &[bool]) {
        let mut phrases = phrases.iter();
        for wanted in &mut self.wanted {
            wanted.is_seen |= match wanted.word {
                Some(word) => words.iter().any(|found| found.word == word),
                None => phrases.next().copied().unwrap_or(true),
            };
        }
    }

    /// Tells whether nothing is missing.
    pub(super) fn is_complete(&self) -> bool {
        self.wanted.iter().all(|wanted| wanted.is_seen)
    }

    /// Tells whether anything was found.
    pub(super) fn has_any(&self) -> bool {
        self.wanted.iter().any(|wanted| wanted.is_seen)
    }

    /// Tells whether a piece of text may hold something that is missing.
    pub(super) fn may_hold(&mut self, piece: &str) -> bool {
        self.folded.clear();
        fold_into(piece, &mut self.folded);
        let holds = |patterns: &Vec<String>| patterns.iter().any(|pattern| self.folded.contains(pattern.as_str()));
        self.wanted.iter().any(|wanted| !wanted.is_seen && wanted.slots.iter().all(holds))
    }
}

fn pattern(target: &Target) -> String {
    let mut folded = String::new();
    fold_into(&target.text, &mut folded);
    // `11 000` is one number however it is written.
    let figures = folded.bytes().take_while(u8::is_ascii_digit).count();
    let most = if figures == 0 { LONGEST } else { 1 };
    let end = folded.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= most).last();
    folded.truncate(end.unwrap_or(folded.len()));
    folded
}

/// Adds `text` in small letters without accents; letters of other alphabets stay as they are.
fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\0'..='\u{7f}' => out.push(c.to_ascii_lowercase()),
            'À'..='Å' | 'à'..='å' => out.push('a'),
            'Ç' | 'ç' => out.push('c'),
            'È'..='Ë' | 'è'..='ë' => out.push('e'),
            'Ì'..='Ï' | 'ì'..='ï' => out.push('i'),
            'Ñ' | 'ñ' => out.push('n'),
            'Ò'..='Ö' | 'ò'..='ö' => out.push('o'),
            'Ù'..='Ü' | 'ù'..='ü' => out.push('u'),
            'Ý' | 'ý' | 'ÿ' | 'Ÿ' => out.push('y'),
            'Æ' | 'æ' => out.push_str("ae"),
            'Œ' | 'œ' => out.push_str("oe"),
            // Accents that combine, and soft hyphens.
            '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::TargetKind;

    fn skim(text: &str) -> Skim {
        let target = Target { kind: TargetKind::Stem, text: text.to_owned(), word: 0, weight: 1.0 };
        Skim::new(&Targets { terms: vec![target], phrases: Vec::new(), words: 1 })
    }

    #[test]
    fn case_accents_and_what_ends_a_form_do_not_matter() {
        assert!(skim("remuner").may_hold("des artistes RÉMUNÉRÉS"));
        assert!(skim("oeuvr").may_hold("Chef-d’Œuvre"));
        assert!(skim("anticonstitutionnel").may_hold("anticonstitutionnellement"));
        assert!(skim("11000").may_hold("11 000 euros"));
        assert!(!skim("avion").may_hold("un bateau"));
    }

    #[test]
    fn what_was_seen_is_not_looked_for() {
        let mut skim = skim("avion");
        assert!(!skim.is_complete() && !skim.has_any());
        skim.saw(&[Match { start: 0, end: 5, word: 0, weight: 1.0, in_phrase: false }], &[]);
        assert!(skim.is_complete() && skim.has_any() && !skim.may_hold("un avion"));
    }

    #[test]
    fn a_phrase_is_looked_for_where_all_of_its_words_are() {
        let term = |word, text: &str| vec![Target { kind: TargetKind::Stem, text: text.to_owned(), word, weight: 1.0 }];
        let phrase = PhraseTarget { slots: vec![(0, term(0, "pont")), (1, term(1, "rout"))], slop: 0 };
        let mut skim = Skim::new(&Targets { terms: Vec::new(), phrases: vec![phrase], words: 2 });
        assert!(skim.may_hold("un pont, une route") && !skim.may_hold("un pont"));
        skim.saw(&[], &[true]);
        assert!(skim.is_complete());
    }
}
