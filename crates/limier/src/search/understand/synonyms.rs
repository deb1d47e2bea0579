//! What else stands for a word: the synonyms that the search was given.

use tantivy::schema::Field;

use super::terms::total_freq;
use super::words::{MAX_WORDS, Word};
use super::{Place, Reader};
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::hits::Note;
use crate::search::plan::{LengthOf, PlanNode, PlannedPhrase, PlannedSynonym, PlannedWord, Scope, ScoredTerm, Slots};
use crate::search::synonyms::{Expression, Reading};

/// Synonyms that are searched for one query, at most.
pub(super) const MAX_SYNONYMS: usize = 64;

impl<'a> Reader<'a> {
    /// For each word of a run, the expressions that stand for it; one for several words stands for each of them.
    pub(super) fn synonyms_of(&mut self, words: &[Word], scope: Scope, place: Place) -> Vec<Vec<&'a Expression>> {
        let mut found: Vec<Vec<&Expression>> = words.iter().map(|_| Vec::new()).collect();
        let Some(synonyms) = self.synonyms else { return found };
        // What is not wanted, and names of authors and sources, are meant as they stand.
        if place == Place::Negated || matches!(scope, Scope::Label(_)) {
            return found;
        }
        let keys: Vec<(u32, &[String])> =
            words.iter().take(MAX_WORDS).map(|word| (word.position, word.stems.as_slice())).collect();
        for called in synonyms.called(&keys) {
            for expression in called.expressions {
                let (start, count) = (called.words.start, called.words.len());
                let stands_for = |(list, word): (&Vec<&Expression>, &Word)| {
                    let is_word = expression.readings.iter().any(|reading| is_word(reading, word));
                    !is_word && !list.iter().any(|known| known.readings == expression.readings)
                };
                if !found.iter().zip(words).skip(start).take(count).any(stands_for) {
                    continue;
                }
                if self.synonyms_left == 0 {
                    let word = words.get(start).map_or("", |word| word.surface.as_str()).to_owned();
                    self.notes.push(Note::TooManySynonyms { word, searched: MAX_SYNONYMS });
                    return found;
                }
                self.synonyms_left -= 1;
                for (list, word) in found.iter_mut().zip(words).skip(start).take(count) {
                    if stands_for((list, word)) {
                        list.push(expression);
                    }
                }
            }
        }
        found
    }

    /// Plans the expressions that stand for a word and that some article has; none is worth more than the word.
    pub(super) fn planned_synonyms(
        &mut self,
        expressions: &[&Expression],
        rarity: f32,
        scope: Scope,
    ) -> tantivy::Result<Vec<(PlanNode, PlannedSynonym)>> {
        let mut planned = Vec::new();
        for expression in expressions {
            let (mut body, mut title, mut freq) = (Vec::new(), Vec::new(), 0);
            let texts = self.texts_of(scope);
            for (fields, length, _) in &texts {
                let found = if *length == LengthOf::Title { &mut title } else { &mut body };
                for reading in &expression.readings {
                    let Some((slots, least)) = self.slots(reading, fields.stem)? else { continue };
                    freq = freq.max(least);
                    found.push(slots);
                }
            }
            if freq == 0 {
                continue;
            }
            let rarity = self.lookup.rarity(freq).min(rarity) * self.ranking.synonym;
            let mut nodes = Vec::new();
            for (_, length, worth) in texts {
                let found = if length == LengthOf::Title { &title } else { &body };
                nodes.extend(found.iter().map(|slots| node(slots, rarity * worth, length)));
            }
            self.light_expression(expression, rarity);
            planned.push((PlanNode::any(nodes), PlannedSynonym { text: expression.text.clone(), rarity, body, title }));
        }
        Ok(planned)
    }

    /// Looks a reading up in a field; `None` where no article can have it. With it goes how many may have it, at most.
    fn slots(&self, reading: &Reading, field: Field) -> tantivy::Result<Option<(Slots, u32)>> {
        let mut slots = Vec::with_capacity(reading.len());
        let mut least = u32::MAX;
        for (distance, stems) in reading {
            let mut sources = Vec::with_capacity(stems.len());
            for stem in stems {
                let source = self.lookup.term(field, stem)?;
                if source.doc_freq > 0 {
                    sources.push(source);
                }
            }
            if sources.is_empty() {
                return Ok(None);
            }
            least = least.min(total_freq(&sources));
            slots.push((*distance, sources));
        }
        Ok(Some((slots, least)))
    }

    /// What an expression lights, in the name of the word that comes next.
    fn light_expression(&mut self, expression: &Expression, rarity: f32) {
        let word = self.words.len();
        let weight = rarity.max(0.05);
        let target = |text: &String| Target { kind: TargetKind::Stem, text: text.clone(), word, weight };
        for reading in &expression.readings {
            match reading.as_slice() {
                [(_, stems)] => self.targets.terms.extend(stems.iter().map(target)),
                _ => {
                    let slot = |(distance, stems): &(u32, Vec<String>)| (*distance, stems.iter().map(target).collect());
                    self.targets.phrases.push(PhraseTarget { slots: reading.iter().map(slot).collect(), slop: 0 });
                }
            }
        }
    }
}

/// Adds to a word what stands for it, and makes one part of both: the better of them counts.
pub(super) fn with_synonyms(
    own: PlanNode,
    synonyms: Vec<(PlanNode, PlannedSynonym)>,
    planned: Option<&mut PlannedWord>,
) -> PlanNode {
    if synonyms.is_empty() {
        return own;
    }
    let (mut nodes, synonyms): (Vec<PlanNode>, Vec<PlannedSynonym>) = synonyms.into_iter().unzip();
    if let Some(planned) = planned {
        planned.synonyms = synonyms;
    }
    nodes.insert(0, own);
    PlanNode::Best(nodes)
}

/// Tells whether a reading is the word itself, in whatever form.
fn is_word(reading: &Reading, word: &Word) -> bool {
    matches!(reading.as_slice(), [(_, stems)] if stems.iter().any(|stem| word.stems.contains(stem)))
}

fn node(slots: &Slots, weight: f32, length: LengthOf) -> PlanNode {
    match slots.as_slice() {
        [(_, sources)] => {
            let term = |source: &_| ScoredTerm { source: Clone::clone(source), weight, length: Some(length) };
            PlanNode::Terms(sources.iter().map(term).collect())
        }
        _ => {
            PlanNode::Phrase(PlannedPhrase { slots: slots.clone(), apart: Vec::new(), slop: 0, weight, in_text: None })
        }
    }
}
