//! Phrases: words in their order, stop words and all, compounds in one word or in several.

use limier_french::{Analysis, Stop, Token};
use tantivy::schema::Field;

use super::terms::flat_terms;
use super::words::surface;
use super::{Place, Reader};
use crate::index::TextFields;
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::lookup::TermSource;
use crate::search::plan::{LengthOf, PlanNode, PlannedPhrase, PlannedWord, Scope, ScoredTerm, Slots};

/// Words of a phrase that are also looked for as a compound in several words, at most.
const MAX_PARTED: usize = 4;
/// A compound in one word has at least so many letters.
const SHORTEST_COMPOUND: usize = 5;

/// A word of a phrase.
#[derive(Clone, Debug)]
struct Part {
    exact: String,
    stem: String,
    stop: Stop,
}

impl Part {
    fn new(token: &Token<'_>) -> Part {
        Part { exact: token.exact.to_owned(), stem: token.stem.to_owned(), stop: token.stop }
    }
}

/// One way to write a phrase: the place of each word from the first, and the words that may stand there.
type Spelling = Vec<(u32, Vec<Part>)>;

impl Reader<'_> {
    pub(super) fn phrase(&mut self, text: &str, slop: u32, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
        if tokens.is_empty() {
            return Ok(PlanNode::Nothing);
        }
        if let Scope::Label(field) = scope {
            return self.label_phrase(&tokens, field);
        }
        let is_compound = analysis.len() > tokens.len();
        if tokens.len() == 1 && tokens.first().is_some_and(|token| token.stop == Stop::None) {
            // One word between quotation marks is asked for in this very form.
            return self.exact(text, scope, place);
        }
        let mut spellings = vec![spelled(&tokens)];
        if is_compound {
            spellings.push(spelled(&joined(&analysis)));
        }
        if slop == 0 {
            spellings.extend(self.parted(&tokens, self.fields_of(scope))?);
        } else {
            // Within a distance, stop words only stand in the way.
            spellings.iter_mut().for_each(without_small_words);
        }
        for (_, parts) in spellings.iter_mut().flatten() {
            self.add_accented(parts)?;
        }
        let scopes = match scope {
            Scope::TitleAndBody => vec![self.lookup.fields.body, self.lookup.fields.title],
            _ => vec![self.fields_of(scope)],
        };
        let mut nodes = Vec::new();
        for fields in scopes {
            let mut best = Vec::new();
            for spelling in &spellings {
                best.extend(self.planned_phrase(spelling, slop, fields)?);
            }
            nodes.push(if best.len() > 1 { PlanNode::Best(best) } else { PlanNode::any(best) });
        }
        if place != Place::Negated {
            if nodes.iter().all(|node| matches!(node, PlanNode::Nothing)) {
                self.suggest_for_missing(text, &tokens, scope)?;
            }
            let word = self.words.len();
            for spelling in &spellings {
                let slots = spelling.iter().map(|(place, parts)| (*place, targets_of(parts, word))).collect();
                self.targets.phrases.push(PhraseTarget { slots, slop });
            }
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

    /// Says which words resemble those of a phrase that no article has: between quotation marks nothing is mended.
    fn suggest_for_missing(&mut self, text: &str, tokens: &[Token<'_>], scope: Scope) -> tantivy::Result<()> {
        for token in tokens.iter().filter(|token| token.stop == Stop::None) {
            let mut is_there = false;
            for (fields, ..) in self.texts_of(scope) {
                let sources = self.sources_of_part(&Part::new(token), fields)?;
                is_there |= sources.iter().any(|source| source.doc_freq > 0);
            }
            if !is_there {
                self.suggest(&surface(text, token), token.exact)?;
            }
        }
        Ok(())
    }

    /// Adds to a word the same with the accents that were left out.
    fn add_accented(&self, parts: &mut Vec<Part>) -> tantivy::Result<()> {
        let mut accented = Vec::new();
        for part in parts.iter().filter(|part| part.stop == Stop::None) {
            let words = self.accented(&part.exact)?;
            accented.extend(words.into_iter().map(|(stem, exact)| Part { exact, stem, stop: Stop::None }));
        }
        parts.extend(accented);
        Ok(())
    }

    /// Looks up the words of a spelling in one text; `None` where no article can have it.
    fn planned_phrase(&self, spelling: &Spelling, slop: u32, fields: TextFields) -> tantivy::Result<Option<PlanNode>> {
        let mut slots = Vec::new();
        let mut rarity = 0.0;
        for (place, parts) in spelling {
            let mut sources = Vec::with_capacity(2 * parts.len());
            for part in parts {
                sources.extend(self.sources_of_part(part, fields)?);
            }
            rarity += sources.first().map_or(0.0, |source| self.lookup.rarity(source.doc_freq));
            slots.push((*place, sources));
        }
        let is_there = slots.iter().all(|(_, sources)| sources.iter().any(|source| source.doc_freq > 0));
        let weight = rarity * self.ranking.phrase;
        Ok((is_there && !slots.is_empty()).then(|| phrase_or_terms(slots, slop, weight)))
    }

    fn sources_of_part(&self, part: &Part, fields: TextFields) -> tantivy::Result<Vec<TermSource>> {
        let mut sources = Vec::with_capacity(2);
        if part.stop == Stop::None {
            sources.push(self.lookup.term(fields.stem, &part.stem)?);
        }
        // What carries sense here may say nothing there, because of the words around it: `a [été élu]`.
        let small = self.lookup.term(fields.stop, &part.exact)?;
        if part.stop != Stop::None || small.doc_freq > 0 {
            sources.push(small);
        }
        // And the other way round: `Est républicain`, `MES` are names where a sentence is around them.
        if part.stop != Stop::None {
            let name = self.lookup.term(fields.stem, &part.exact)?;
            sources.extend((name.doc_freq > 0).then_some(name));
        }
        Ok(sources)
    }

    /// Returns the spellings in which a word is a compound of two: `email reçu` is also `e-mail reçu`.
    ///
    /// Where an article has the compound, the word stands as its other reading at the place of the first part, and the
    /// second part at the next; what follows comes one place later.
    fn parted(&self, tokens: &[Token<'_>], fields: TextFields) -> tantivy::Result<Vec<Spelling>> {
        let mut spellings = Vec::new();
        // The last word has nothing behind it that would come later.
        let followed = tokens.split_last().map_or(tokens, |(_, before)| before);
        for (rank, token) in followed.iter().enumerate().filter(|(_, token)| token.stop == Stop::None) {
            let ends = self.second_parts(token.exact, fields)?;
            if ends.is_empty() || spellings.len() == MAX_PARTED {
                continue;
            }
            let mut spelling = spelled(tokens);
            spelling.iter_mut().skip(rank + 1).for_each(|(place, _)| *place += 1);
            let place = spelling.get(rank).map_or(0, |(place, _)| *place);
            spelling.insert(rank + 1, (place + 1, ends));
            spellings.push(spelling);
        }
        Ok(spellings)
    }

    /// Returns what a word may end with, as the second part of a compound: both parts are words of the index.
    fn second_parts(&self, exact: &str, fields: TextFields) -> tantivy::Result<Vec<Part>> {
        let mut parts = Vec::new();
        if exact.chars().count() < SHORTEST_COMPOUND || !exact.chars().all(char::is_alphabetic) {
            return Ok(parts);
        }
        let is_there = |part: &str| self.lookup.doc_freq(fields.exact, part).map(|freq| freq > 0);
        for (at, _) in exact.char_indices().skip(1) {
            let (first, second) = exact.split_at(at);
            if second.chars().count() < 2 {
                break;
            }
            if is_there(second)? && is_there(first)? {
                parts.extend(self.analyzer.analyze(second).token(0).map(|token| Part::new(&token)));
            }
        }
        Ok(parts)
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

/// The words of a phrase at their places; what stands for several takes one.
fn spelled(tokens: &[Token<'_>]) -> Spelling {
    let first = tokens.first().map_or(0, |token| token.position);
    let mut saved = 0;
    let place = |token: &Token<'_>| {
        let place = token.position.saturating_sub(first).saturating_sub(saved);
        saved += if token.alternate { token.span.saturating_sub(1) } else { 0 };
        (place, vec![Part::new(token)])
    };
    tokens.iter().map(place).collect()
}

/// The tokens of a phrase with each compound as one: `porte-monnaie perdu` is also `portemonnaie perdu`.
fn joined(analysis: &Analysis) -> Vec<Token<'_>> {
    let mut joined: Vec<Token<'_>> = Vec::new();
    let mut done = 0;
    for token in analysis.tokens().filter(|token| !token.alternate) {
        if token.position < done {
            continue;
        }
        let stands_for_it = |other: &Token<'_>| other.alternate && other.position == token.position;
        let token = analysis.tokens().filter(stands_for_it).max_by_key(|other| other.span).unwrap_or(token);
        done = token.position.saturating_add(token.span.max(1));
        joined.push(token);
    }
    joined
}

/// Leaves out the stop words; the others stand side by side.
fn without_small_words(spelling: &mut Spelling) {
    spelling.retain(|(_, parts)| parts.iter().any(|part| part.stop == Stop::None));
    for (place, slot) in (0..).zip(spelling) {
        slot.0 = place;
    }
}

fn targets_of(parts: &[Part], word: usize) -> Vec<Target> {
    let target = |kind, text: &str| Target { kind, text: text.to_owned(), word, weight: 1.0 };
    let targets = |part: &Part| {
        let small = target(TargetKind::Small, &part.exact);
        match part.stop {
            Stop::None => [target(TargetKind::Stem, &part.stem), small],
            _ => [small, target(TargetKind::Stem, &part.exact)],
        }
    };
    parts.iter().flat_map(targets).collect()
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
