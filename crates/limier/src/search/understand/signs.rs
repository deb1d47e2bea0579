//! Words with a sign: `=mot`, `mot*`, `mot~`.

use limier_french::Token;

use super::terms::Sources;
use super::words::{Word, bears_sense, surface};
use super::{Place, Reader};
use crate::passage::{Target, TargetKind};
use crate::search::expand::{self, Found, Initial};
use crate::search::hits::Note;
use crate::search::plan::{PlanNode, Scope, ScoredTerm};

/// Terms that a prefix or a fuzzy word stands for, at most.
const MAX_EXPANSION: usize = 64;

impl Reader<'_> {
    pub(super) fn exact(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let mut nodes = Vec::new();
        for token in analysis.tokens().filter(|token| !token.alternate) {
            let mut terms = Vec::new();
            let is_stop = !bears_sense(&token);
            for (fields, length, worth) in self.texts_of(scope) {
                let field = if is_stop { fields.stop } else { fields.exact };
                let source = self.lookup.term(field, token.exact)?;
                let weight = self.lookup.rarity(source.doc_freq) * worth;
                terms.push(ScoredTerm { source, weight, length: (!is_stop).then_some(length) });
            }
            if place != Place::Negated {
                if !is_stop && terms.iter().all(|term| term.source.doc_freq == 0) {
                    self.suggest(&surface(text, &token), token.exact)?;
                }
                let word = Word {
                    surface: surface(text, &token),
                    position: token.position,
                    stems: Vec::new(),
                    exacts: vec![token.exact.to_owned()],
                };
                let rarity = terms.iter().map(|term| term.weight).fold(0.0, f32::max);
                let kind = if is_stop { TargetKind::Small } else { TargetKind::Exact };
                let (text, slot, weight) = (token.exact.to_owned(), self.words.len(), rarity.max(0.1));
                self.targets.terms.push(Target { kind, text, word: slot, weight });
                self.push_word(&word, rarity, Sources::default(), false);
            }
            nodes.push(PlanNode::Terms(terms));
        }
        Ok(match nodes.len() {
            0 | 1 => PlanNode::any(nodes),
            _ => PlanNode::Bool { must: nodes, should: Vec::new(), not: Vec::new() },
        })
    }

    pub(super) fn prefix(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        // An article before it is no part of the word: `l'avi*`.
        let analysis = self.analyzer.analyze(text);
        let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
        let Some(last) = tokens.last() else { return Ok(PlanNode::Nothing) };
        let prefix = surface(text, last).to_lowercase();
        let fields = self.exact_fields(scope);
        let (found, more) = expand::prefixed(self.lookup, &fields, &prefix, MAX_EXPANSION)?;
        self.expanded(text, &prefix, TargetKind::Prefix, found, more, scope, place)
    }

    pub(super) fn fuzzy(&mut self, text: &str, distance: u8, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let Some(token) = analysis.tokens().find(|token| !token.alternate) else { return Ok(PlanNode::Nothing) };
        let fields = self.exact_fields(scope);
        let (found, more) = expand::similar(self.lookup, &fields, token.exact, distance, Initial::Any, MAX_EXPANSION)?;
        self.expanded(text, token.exact, TargetKind::Exact, found, more, scope, place)
    }

    #[allow(clippy::too_many_arguments)]
    fn expanded(
        &mut self,
        typed: &str,
        text: &str,
        kind: TargetKind,
        found: Vec<Found>,
        more: bool,
        scope: Scope,
        place: Place,
    ) -> tantivy::Result<PlanNode> {
        if more && place != Place::Negated {
            self.notes.push(Note::TooManyTerms { word: typed.to_owned(), searched: found.len() });
        }
        // All words together are as rare as the most frequent one: a prefix is one word of the query.
        let rarity = self.lookup.rarity(found.iter().map(|found| found.doc_freq).max().unwrap_or(0));
        let mut terms = Vec::new();
        for found in &found {
            let nearness = 1.0 / f32::from(1 + u16::from(found.distance));
            terms.extend(self.found_terms(found, scope, rarity * nearness));
        }
        if place != Place::Negated {
            let word = self.words.len();
            let mut light = |kind, text: String| {
                self.targets.terms.push(Target { kind, text, word, weight: rarity.max(0.1) });
            };
            match kind {
                TargetKind::Prefix => light(kind, expand::folded(text)),
                _ => found.into_iter().for_each(|found| light(kind, found.text)),
            }
            let word = Word { surface: typed.to_owned(), position: u32::MAX, stems: Vec::new(), exacts: Vec::new() };
            self.push_word(&word, rarity, Sources::default(), false);
        }
        Ok(if terms.is_empty() { PlanNode::Nothing } else { PlanNode::Terms(terms) })
    }
}
