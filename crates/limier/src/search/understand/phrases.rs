//! Phrases: words in their order, stop words and all.

use limier_french::{Stop, Token};
use tantivy::schema::Field;

use super::terms::flat_terms;
use super::{Place, Reader};
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::plan::{LengthOf, PlanNode, PlannedPhrase, PlannedWord, Scope, ScoredTerm, Slots};

impl Reader<'_> {
    pub(super) fn phrase(&mut self, text: &str, slop: u32, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
        let Some(first) = tokens.first().map(|token| token.position) else { return Ok(PlanNode::Nothing) };
        if let Scope::Label(field) = scope {
            return self.label_phrase(&tokens, field);
        }
        if tokens.len() == 1 && tokens.first().is_some_and(|token| token.stop == Stop::None) {
            // One word between quotation marks is asked for in this very form.
            return self.exact(text, scope, place);
        }
        // Within a distance, stop words only stand in the way.
        let counts = |token: &&Token<'_>| slop == 0 || token.stop == Stop::None;
        let tokens: Vec<&Token<'_>> = tokens.iter().filter(counts).collect();
        let scopes = match scope {
            Scope::TitleAndBody => vec![self.lookup.fields.body, self.lookup.fields.title],
            _ => vec![self.fields_of(scope)],
        };
        let mut nodes = Vec::new();
        for fields in scopes {
            let mut slots = Vec::new();
            let mut rarity = 0.0;
            for token in &tokens {
                let mut sources = Vec::with_capacity(2);
                if token.stop == Stop::None {
                    sources.push(self.lookup.term(fields.stem, token.stem)?);
                }
                // What carries sense here may say nothing there, because of the words around it: `a [été élu]`.
                let small = self.lookup.term(fields.stop, token.exact)?;
                if token.stop != Stop::None || small.doc_freq > 0 {
                    sources.push(small);
                }
                // And the other way round: `Est républicain`, `MES` are names where a sentence is around them.
                if token.stop != Stop::None {
                    let name = self.lookup.term(fields.stem, token.exact)?;
                    sources.extend((name.doc_freq > 0).then_some(name));
                }
                rarity += sources.first().map_or(0.0, |source| self.lookup.rarity(source.doc_freq));
                let slot = if slop == 0 { token.position - first } else { 0 };
                slots.push((slot, sources));
            }
            let weight = rarity * self.ranking.phrase;
            if slots.iter().all(|(_, sources)| sources.iter().any(|source| source.doc_freq > 0)) {
                nodes.push(phrase_or_terms(slots, slop, weight));
            }
        }
        if place != Place::Negated {
            let word = self.words.len();
            let target = |token: &&Token<'_>| {
                let target = |kind, text: &str| Target { kind, text: text.to_owned(), word, weight: 1.0 };
                let exact = target(TargetKind::Exact, token.exact);
                let targets = match token.stop {
                    Stop::None => vec![target(TargetKind::Stem, token.stem), exact],
                    _ => vec![exact, target(TargetKind::Stem, token.exact)],
                };
                (token.position - first, targets)
            };
            self.targets.phrases.push(PhraseTarget { slots: tokens.iter().map(target).collect(), slop });
            // A phrase counts as a word of the query, so that a passage with it is preferred.
            self.words.push(PlannedWord {
                surface: text.to_owned(),
                position: u32::MAX,
                rarity: 0.0,
                body: Vec::new(),
                title: Vec::new(),
                body_exact: Vec::new(),
                title_exact: Vec::new(),
                synonyms: Vec::new(),
                mended: false,
            });
        }
        Ok(PlanNode::any(nodes))
    }

    /// Reads a phrase in a label, which has no positions: all of its words.
    fn label_phrase(&self, tokens: &[Token<'_>], field: Field) -> tantivy::Result<PlanNode> {
        let mut must = Vec::new();
        for token in tokens.iter().filter(|token| token.stop == Stop::None) {
            must.push(flat_terms(vec![self.lookup.term(field, token.stem)?]));
        }
        Ok(PlanNode::Bool { must, should: Vec::new(), not: Vec::new() })
    }
}

/// A phrase of one word needs no positions: nearly all articles have a small word, and many times.
fn phrase_or_terms(mut slots: Slots, slop: u32, weight: f32) -> PlanNode {
    if slots.len() > 1 {
        return PlanNode::Phrase(PlannedPhrase { slots, slop, weight });
    }
    let sources = slots.pop().map(|(_, sources)| sources).unwrap_or_default();
    let term = |source| ScoredTerm { source, weight, length: Some(LengthOf::Body) };
    PlanNode::Terms(sources.into_iter().map(term).collect())
}
