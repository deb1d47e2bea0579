//! Words that were typed without the blanks between them: `portemonnaie`, `lavoiture`, `pommedeterre`.

use super::terms::total_freq;
use super::words::{Word, content_words};
use super::{Place, Reader};
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::expand::{self, Found};
use crate::search::plan::{PlanNode, PlannedPhrase, Scope};

/// Longer words, in letters, are not taken apart.
const LONGEST: usize = 40;
/// A part that carries sense has at least so many letters, and one of them at least [`SENSE`].
const SHORTEST: usize = 3;
const SENSE: usize = 4;
/// What a small word costs, and one that carries sense; the parts that cost least are what was meant.
const SMALL_COST: f32 = 1.0;
const LOST_ACCENT_COST: f32 = 1.5;
const COST: f32 = 1.5;
/// What each unit of a part's rarity costs: words that hardly any article has are slips and codes.
const RARITY_COST: f32 = 0.2;
/// What it costs that no article has a part in this form: such a way is taken where there is no other.
const OTHER_FORM_COST: f32 = 4.0;

/// What a part of a glued word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A small word that lost its apostrophe.
    Elided,
    Small,
    Sense,
    /// One that carries sense, in a form that no article has.
    OtherForm,
}

/// The cheapest way to read the letters up to some place.
#[derive(Clone)]
struct Way {
    cost: f32,
    /// Where its last part begins.
    from: usize,
    part: Part,
    piece: String,
}

/// What a glued word was read as.
pub(super) enum Parts {
    /// Small words, and one that carries sense.
    One(Word),
    /// Several words, with blanks and apostrophes between them.
    Several(String),
}

impl Reader<'_> {
    /// Reads a word as two that stand side by side: `portemonnaie` finds `porte monnaie`.
    pub(super) fn split(
        &mut self,
        word: &Word,
        scope: Scope,
        place: Place,
        freq: u32,
    ) -> tantivy::Result<Option<PlanNode>> {
        /// A split of a word that this many articles have as it is would cost time and find nothing more.
        const KNOWN: u32 = 50;
        let Some(exact) = word.exacts.first() else { return Ok(None) };
        if freq > KNOWN || !exact.chars().all(char::is_alphabetic) || exact.chars().count() < 6 {
            return Ok(None);
        }
        let fields = self.fields_of(scope);
        let is_there = |part: &str| self.lookup.doc_freq(fields.exact, part).map(|freq| freq > 0);
        let mut best: Option<(u32, String, String)> = None;
        for (at, _) in exact.char_indices().skip(2) {
            let (first, second) = exact.split_at(at);
            if second.chars().count() < 2 {
                break;
            }
            // Reading a part costs more than looking it up as it stands.
            if !is_there(first)? || !is_there(second)? {
                continue;
            }
            let stems = (self.stem_of(first), self.stem_of(second));
            let (Some(first), Some(second)) = stems else { continue };
            let freq = self.lookup.doc_freq(fields.stem, &first)?.min(self.lookup.doc_freq(fields.stem, &second)?);
            if freq > best.as_ref().map_or(0, |(freq, ..)| *freq) {
                best = Some((freq, first, second));
            }
        }
        let Some((_, first, second)) = best else { return Ok(None) };
        let slots =
            vec![(0, vec![self.lookup.term(fields.stem, &first)?]), (1, vec![self.lookup.term(fields.stem, &second)?])];
        let rarity = self.lookup.rarity(freq.max(1));
        if place != Place::Negated {
            let target =
                |text: String| vec![Target { kind: TargetKind::Stem, text, word: self.words.len(), weight: rarity }];
            self.targets.phrases.push(PhraseTarget { slots: vec![(0, target(first)), (1, target(second))], slop: 0 });
        }
        let phrase = PlannedPhrase { slots, apart: Vec::new(), slop: 0, weight: rarity, in_text: None };
        Ok(Some(PlanNode::Phrase(phrase)))
    }

    /// Reads a word that no article has as several that articles have, small words among them: `lavoiture`, `pommedeterre`.
    ///
    /// The cheapest way through the word, its letters taken one after the other (Viterbi). Accents may be left out.
    pub(super) fn parts(&self, exact: &str, scope: Scope) -> tantivy::Result<Option<Parts>> {
        let typed = expand::folded(exact);
        let is_word = typed.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_word || !(SHORTEST + SENSE - 1..=LONGEST).contains(&typed.len()) {
            return Ok(None);
        }
        let mut ways: Vec<Option<Way>> = vec![None; typed.len() + 1];
        for from in 0..typed.len() {
            let before = ways.get(from).and_then(Option::as_ref).map(|way| way.cost);
            let (Some(rest), Some(before)) = (typed.get(from..), if from == 0 { Some(0.0) } else { before }) else {
                continue;
            };
            for (part, cost, letters, piece) in self.pieces(rest, scope)? {
                let cost = before + cost;
                let is_whole = letters == typed.len();
                let Some(way) = ways.get_mut(from + letters).filter(|_| !is_whole) else { continue };
                if way.as_ref().is_none_or(|way| cost < way.cost) {
                    *way = Some(Way { cost, from, part, piece });
                }
            }
        }
        let mut parts = Vec::new();
        let mut at = typed.len();
        while let Some(way) = ways.get_mut(at).and_then(Option::take) {
            at = way.from;
            parts.push((way.part, way.piece));
        }
        parts.reverse();
        Ok(self.read_parts(&parts))
    }

    /// The words that the rest of a glued word may begin with: what each is and costs, its letters, and how it is written.
    fn pieces(&self, rest: &str, scope: Scope) -> tantivy::Result<Vec<(Part, f32, usize, String)>> {
        let mut pieces = Vec::new();
        if rest.starts_with(['c', 'd', 'j', 'l', 'm', 'n', 's', 't']) {
            let is_elided = rest.get(1..).is_some_and(|behind| behind.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']));
            let letter = rest.get(..1).unwrap_or_default();
            pieces.extend(is_elided.then(|| (Part::Elided, SMALL_COST, 1, letter.to_owned())));
        }
        let fields = self.fields_of(scope);
        let letters = |found: &Found| found.text.chars().count();
        for found in expand::beginnings_of(self.lookup, &[fields.stop], rest)? {
            // Two small words go before one that would lack its accents: `de la` before `delà`.
            let cost = if found.text.is_ascii() { SMALL_COST } else { SMALL_COST + LOST_ACCENT_COST };
            pieces.extend((letters(&found) > 1).then(|| (Part::Small, cost, letters(&found), found.text)));
        }
        let sense = |freq: u32| COST + RARITY_COST * self.lookup.rarity(freq);
        for found in expand::beginnings_of(self.lookup, &self.exact_fields(scope), rest)? {
            let cost = sense(found.doc_freq);
            pieces.extend((letters(&found) >= SHORTEST).then(|| (Part::Sense, cost, letters(&found), found.text)));
        }
        // The last word may stand in the index in another form.
        if rest.len() >= SENSE
            && let Some(stem) = self.stem_of(rest)
        {
            let freq = self.lookup.doc_freq(fields.stem, &stem)?;
            let cost = sense(freq) + OTHER_FORM_COST;
            pieces.extend((freq > 0).then(|| (Part::OtherForm, cost, rest.len(), rest.to_owned())));
        }
        Ok(pieces)
    }

    /// Plans all words of a text in the place of the word planned last, and lights them; `None` where some word is nowhere.
    pub(super) fn all_of(&mut self, text: &str, scope: Scope) -> tantivy::Result<Option<PlanNode>> {
        let slot = self.words.len().saturating_sub(1);
        let mut must = Vec::new();
        for word in content_words(text, &self.analyzer.analyze(text)) {
            let found = self.sources(&word, scope)?;
            let freq = total_freq(found.body.senses()).max(total_freq(found.title.senses()));
            if freq == 0 {
                return Ok(None);
            }
            let rarity = self.lookup.rarity(freq) * self.ranking.mended;
            let lit = |text: &String| Target { kind: TargetKind::Stem, text: text.clone(), word: slot, weight: rarity };
            self.targets.terms.extend(word.stems.iter().map(lit));
            must.push(self.scored(&found, rarity));
        }
        // An article has all of the words; one that has them as they were glued is the better.
        let should = vec![self.mended_phrase(text, scope)?];
        Ok(Some(PlanNode::Bool { must, should, not: Vec::new() }))
    }

    /// Leaves out small words at both ends, which say nothing.
    fn read_parts(&self, parts: &[(Part, String)]) -> Option<Parts> {
        let is_sense = |(part, _): &(Part, String)| matches!(part, Part::Sense | Part::OtherForm);
        let (first, last) = (parts.iter().position(is_sense)?, parts.iter().rposition(is_sense)?);
        let inner = parts.get(first..=last)?;
        let letters = |piece: &str| piece.chars().count();
        let longest = inner.iter().filter(|part| is_sense(part)).map(|(_, piece)| letters(piece)).max()?;
        if longest < SENSE {
            return None;
        }
        if let [(part, piece)] = inner {
            // By itself another form says little: `encart` is not `en` and a form of `carte`.
            if *part == Part::OtherForm {
                return None;
            }
            let (stems, exacts) = (vec![self.stem_of(piece)?], vec![piece.clone()]);
            return Some(Parts::One(Word { surface: String::new(), position: 0, stems, exacts }));
        }
        let mut text = String::new();
        for (part, piece) in inner {
            text.push_str(piece);
            text.push(if *part == Part::Elided { '\'' } else { ' ' });
        }
        Some(Parts::Several(text.trim_end().to_owned()))
    }
}
