//! Words typed without an accent that are words of their own: `cote d'ivoire`, `foret tropicale`, `pate d'amande`.
//!
//! Such a word is found as it is typed. Where the same letters with one accent are another word of the dictionary, that one is
//! meant as well if it stands beside the neighbour that the query gives it: a pair that an article has is no coincidence.

use super::words::Word;
use super::{Place, Reader};
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::plan::{PlanNode, PlannedPhrase, Scope};

/// Longer words, in letters, are hardly ever another word with an accent.
const LONGEST: usize = 6;
/// Two neighbours stand so far apart at most: side by side, or with a small word between.
pub(super) const REACH: u32 = 2;

/// A content word of a query that was planned.
pub(super) struct Neighbour {
    /// Which word of the plan.
    pub(super) word: usize,
    pub(super) position: u32,
    pub(super) stems: Vec<String>,
    pub(super) exact: String,
}

impl Neighbour {
    pub(super) fn new(word: usize, planned: &Word) -> Neighbour {
        let exact = planned.exacts.first().cloned().unwrap_or_default();
        Neighbour { word, position: planned.position, stems: planned.stems.clone(), exact }
    }
}

impl Reader<'_> {
    /// Reads each pair of neighbours, in their order, as one whose first or second word lacks its accent.
    pub(super) fn twins(&mut self, words: &[Neighbour], scope: Scope, place: Place) -> tantivy::Result<Vec<PlanNode>> {
        let mut nodes = Vec::new();
        if place == Place::Negated || matches!(scope, Scope::Label(_)) {
            return Ok(nodes);
        }
        let distance = |pair: &[Neighbour]| match pair {
            [first, second] => {
                Some(second.position.saturating_sub(first.position)).filter(|far| (1..=REACH).contains(far))
            }
            _ => None,
        };
        let pairs: Vec<Option<u32>> = words.windows(2).map(distance).collect();
        let has_neighbour = |rank: usize| {
            let is_near = |pair: Option<usize>| pair.and_then(|pair| pairs.get(pair)).is_some_and(Option::is_some);
            is_near(rank.checked_sub(1)) || is_near(Some(rank))
        };
        let twins_of = |(rank, word): (usize, &Neighbour)| match has_neighbour(rank) {
            true => self.twins_of(&word.exact, &word.stems),
            false => Vec::new(),
        };
        let twins: Vec<Vec<String>> = words.iter().enumerate().map(twins_of).collect();
        for ((pair, twins), distance) in words.windows(2).zip(twins.windows(2)).zip(pairs) {
            let ([first, second], [of_first, of_second], Some(distance)) = (pair, twins, distance) else { continue };
            for twin in of_first.chunks(1) {
                nodes.extend(self.pair([twin, &second.stems], [first, second], distance, scope)?);
            }
            for twin in of_second.chunks(1) {
                nodes.extend(self.pair([&first.stems, twin], [first, second], distance, scope)?);
            }
        }
        Ok(nodes)
    }

    /// Returns the stems of the words that a word is but for one accent, beside its own; none for a word that is not one itself.
    pub(super) fn twins_of(&self, exact: &str, own: &[String]) -> Vec<String> {
        let may_have_one = exact.len() <= LONGEST && exact.bytes().all(|byte| byte.is_ascii_lowercase());
        if own.is_empty() || !may_have_one || !limier_french::forms::is_known(exact) {
            return Vec::new();
        }
        let (mut stems, mut twin) = (Vec::new(), String::with_capacity(LONGEST + 1));
        for (at, letter) in exact.char_indices() {
            for &accented in accented(letter) {
                let (before, after) = exact.split_at(at);
                twin.clear();
                twin.push_str(before);
                twin.push(accented);
                twin.push_str(after.get(1..).unwrap_or_default());
                let stem = if limier_french::forms::is_known(&twin) { self.stem_of(&twin) } else { None };
                stems.extend(stem.filter(|stem| !own.contains(stem)));
            }
        }
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Plans a pair of words, each by one of its stems, and lights it; `None` where no article can have it.
    fn pair(
        &mut self,
        stems: [&[String]; 2],
        words: [&Neighbour; 2],
        distance: u32,
        scope: Scope,
    ) -> tantivy::Result<Option<PlanNode>> {
        let mut nodes = Vec::new();
        for (fields, ..) in self.texts_of(scope) {
            let mut slots = Vec::with_capacity(2);
            for (place, stems) in [0, distance].into_iter().zip(stems) {
                let mut sources = Vec::with_capacity(stems.len());
                for stem in stems {
                    sources.push(self.lookup.term(fields.stem, stem)?);
                }
                slots.push((place, sources));
            }
            let freq = |sources: &[_]| super::terms::total_freq(sources);
            let rarest = slots.iter().map(|(_, sources)| freq(sources)).min().unwrap_or(0);
            if rarest > 0 {
                let weight = self.lookup.rarity(rarest);
                nodes.push(PlanNode::Phrase(PlannedPhrase {
                    slots,
                    apart: Vec::new(),
                    slop: 0,
                    weight,
                    in_text: None,
                }));
            }
        }
        if nodes.is_empty() {
            return Ok(None);
        }
        let targets = |(stems, word): (&[String], &Neighbour)| {
            let target = |stem: &String| Target {
                kind: TargetKind::Stem,
                text: stem.clone(),
                word: word.word,
                weight: self.words.get(word.word).map_or(0.1, |word| word.rarity.max(0.1)),
            };
            stems.iter().map(target).collect::<Vec<_>>()
        };
        let slots = [0, distance].into_iter().zip(stems.into_iter().zip(words).map(targets)).collect();
        self.targets.phrases.push(PhraseTarget { slots, slop: 0 });
        Ok(Some(PlanNode::any(nodes)))
    }
}

/// The letters of French that are a letter with an accent.
fn accented(letter: char) -> &'static [char] {
    match letter {
        'a' => &['â', 'à'],
        'c' => &['ç'],
        'e' => &['é', 'è', 'ê'],
        'i' => &['î', 'ï'],
        'o' => &['ô'],
        'u' => &['û', 'ù'],
        _ => &[],
    }
}
