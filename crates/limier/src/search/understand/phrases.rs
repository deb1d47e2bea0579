//! Phrases: words in their order, stop words and all, compounds in one word or in several.

use std::rc::Rc;

use limier_french::forms::fold_into;
use limier_french::{Analysis, Level, Stop, Token, Wanted};
use tantivy::schema::Field;

use super::terms::flat_terms;
use super::twins::REACH;
use super::words::{ELIDED, surface};
use super::{Place, Reader};
use crate::index::TextFields;
use crate::passage::{PhraseTarget, Target, TargetKind};
use crate::search::lookup::TermSource;
use crate::search::plan::{LengthOf, PlanNode, PlannedPhrase, PlannedWord, Scope, ScoredTerm};
use crate::search::small_words::{Anchor, Neighbour, PhraseInText, WordInText};

/// Phrases of a query whose small words are read in texts, at most; those beyond take them as they come.
pub(super) const MAX_READ: usize = 8;

/// Words of a phrase that are also looked for as a compound in several words, at most.
const MAX_PARTED: usize = 4;
/// A compound in one word has at least so many letters.
const SHORTEST_COMPOUND: usize = 5;

/// Spellings of a phrase with an accent that a word of it lacks, at most, and what one is worth beside the phrase as typed.
const MAX_TWINS: usize = 8;
const TWIN: f32 = 0.5;
/// What the phrase is worth that a glued word was read as, beside one in quotation marks: its words in a title weigh less.
const GLUED: f32 = 2.0;

/// How it is known which small words stand in a phrase: the index says of words that carry sense alone where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SmallWords {
    /// They are read in the texts: the phrase is asked for.
    Read,
    /// They are taken to stand where a phrase leaves room for them: `droit de vote` is as good as `droit du vote`.
    Passed,
}

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

/// A place of a phrase.
#[derive(Clone, Debug)]
struct Slot {
    /// Its distance from the first.
    place: u32,
    /// The words that may stand there.
    parts: Vec<Part>,
    /// Words beside which they do not count: where an article has a compound, its second part is not the next word as well.
    apart: Vec<Part>,
}

impl Slot {
    fn new(place: u32, parts: Vec<Part>) -> Slot {
        Slot { place, parts, apart: Vec::new() }
    }
}

/// One way to write a phrase.
type Spelling = Vec<Slot>;

impl Reader<'_> {
    pub(super) fn phrase(
        &mut self,
        text: &str,
        slop: u32,
        scope: Scope,
        place: Place,
        small: SmallWords,
    ) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let tokens = words_of(&analysis);
        if tokens.is_empty() {
            return Ok(PlanNode::Nothing);
        }
        if let Scope::Label(field) = scope {
            return self.label_phrase(&tokens, field);
        }
        if tokens.len() == 1 && tokens.first().is_some_and(|token| token.stop == Stop::None) {
            // One word between quotation marks is asked for in this very form.
            return self.exact(text, scope, place);
        }
        let has_small = tokens.iter().any(|token| token.stop != Stop::None);
        let small = if self.phrases_left > 0 { small } else { SmallWords::Passed };
        if has_small && small == SmallWords::Read {
            self.phrases_left -= 1;
        }
        let mut spellings = self.spellings(&analysis, &tokens, scope)?;
        let elided = with_apostrophes(text, &tokens).map(|text| self.analyzer.analyze(&text));
        let elided_tokens = elided.as_ref().map(words_of);
        if let (Some(analysis), Some(tokens)) = (&elided, &elided_tokens) {
            spellings.extend(self.spellings(analysis, tokens, scope)?);
        }
        if slop == 0 {
            spellings.extend(self.parted(&tokens, self.fields_of(scope))?);
        } else {
            // Within a distance, stop words only stand in the way.
            spellings.iter_mut().for_each(without_small_words);
        }
        let mut nodes = self.planned(&mut spellings, slop, scope, self.ranking.phrase, small)?;
        if slop == 0 && place != Place::Negated {
            let mut twins = Vec::new();
            for tokens in [Some(&tokens), elided_tokens.as_ref()].into_iter().flatten() {
                twins.extend(self.twin_spellings(tokens));
                if small == SmallWords::Read {
                    twins.extend(with_accented_small_words(tokens));
                }
            }
            nodes.extend(self.planned(&mut twins, slop, scope, self.ranking.phrase * TWIN, small)?);
            spellings.extend(twins);
        }
        if place != Place::Negated {
            if nodes.iter().all(|node| matches!(node, PlanNode::Nothing)) {
                self.suggest_for_missing(text, &tokens, scope)?;
            }
            let word = self.words.len();
            self.light_phrase(&spellings, slop, word);
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
                form_alone: false,
            });
        }
        Ok(PlanNode::any(nodes))
    }

    /// Plans a text that stands for the word planned last, as one phrase, and lights it.
    pub(super) fn mended_phrase(&mut self, text: &str, scope: Scope) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let tokens = words_of(&analysis);
        let mut spellings = self.spellings(&analysis, &tokens, scope)?;
        let worth = self.ranking.phrase * self.ranking.mended * GLUED;
        let nodes = self.planned(&mut spellings, 0, scope, worth, SmallWords::Passed)?;
        self.light_phrase(&spellings, 0, self.words.len().saturating_sub(1));
        Ok(PlanNode::any(nodes))
    }

    /// Looks up a phrase in each text of a scope; the best of its spellings counts, times `worth`.
    fn planned(
        &self,
        spellings: &mut [Spelling],
        slop: u32,
        scope: Scope,
        worth: f32,
        small: SmallWords,
    ) -> tantivy::Result<Vec<PlanNode>> {
        for spelling in spellings.iter_mut() {
            for slot in spelling.iter_mut() {
                self.add_accented(&mut slot.parts)?;
            }
        }
        let mut nodes = Vec::new();
        for (fields, ..) in self.texts_of(scope) {
            let mut best = Vec::new();
            for spelling in spellings.iter() {
                best.extend(self.planned_phrase(spelling, slop, fields, worth, small)?);
            }
            nodes.push(if best.len() > 1 { PlanNode::Best(best) } else { PlanNode::any(best) });
        }
        Ok(nodes)
    }

    /// Returns the spellings in which a word has an accent that it lacks, beside a neighbour of its phrase: `"cote d'ivoire"`.
    fn twin_spellings(&self, tokens: &[Token<'_>]) -> Vec<Spelling> {
        let bears_sense = |rank: &usize| tokens.get(*rank).is_some_and(|token| token.stop == Stop::None);
        let ranks: Vec<usize> = (0..tokens.len()).filter(bears_sense).collect();
        let place = |rank: usize| tokens.get(rank).map_or(0, |token| token.position);
        let is_near = |rank: usize, other: usize| rank != other && place(rank).abs_diff(place(other)) <= REACH;
        let mut spellings = Vec::new();
        for &rank in ranks.iter().filter(|&&rank| ranks.iter().any(|&other| is_near(rank, other))) {
            let Some(token) = tokens.get(rank) else { continue };
            for stem in self.twins_of(token.exact, &[token.stem.to_owned()]) {
                let mut spelling = spelled(tokens);
                if let Some(slot) = spelling.get_mut(rank) {
                    slot.parts = vec![Part { exact: stem.clone(), stem, stop: Stop::None }];
                }
                spellings.push(spelling);
                if spellings.len() == MAX_TWINS {
                    return spellings;
                }
            }
        }
        spellings
    }

    fn light_phrase(&mut self, spellings: &[Spelling], slop: u32, word: usize) {
        let targets = |slot: &Slot| (slot.place, targets_of(&slot.parts, word));
        let phrase = |spelling: &Spelling| PhraseTarget { slots: spelling.iter().map(targets).collect(), slop };
        self.targets.phrases.extend(spellings.iter().map(phrase));
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
    fn planned_phrase(
        &self,
        spelling: &Spelling,
        slop: u32,
        fields: TextFields,
        worth: f32,
        small: SmallWords,
    ) -> tantivy::Result<Option<PlanNode>> {
        let (mut slots, mut apart) = (Vec::with_capacity(spelling.len()), Vec::new());
        let mut rarity = 0.0;
        for slot in spelling {
            let sources = self.sources_of_parts(&slot.parts, fields)?;
            rarity += sources.first().map_or(0.0, |source| self.lookup.rarity(source.doc_freq));
            slots.push((slot.place, sources));
            if !slot.apart.is_empty() {
                apart.push((slot.place, self.sources_of_parts(&slot.apart, fields)?));
            }
        }
        let is_there = slots.iter().all(|(_, sources)| sources.iter().any(|source| source.doc_freq > 0));
        if !is_there || spelling.is_empty() {
            return Ok(None);
        }
        let has_small =
            |sources: &[TermSource]| sources.iter().any(|source| source.field == fields.stop && source.doc_freq > 0);
        let asks_small = slots.iter().chain(&apart).any(|(_, sources)| has_small(sources));
        let in_text = (asks_small && small == SmallWords::Read).then(|| self.in_text(spelling, slop, fields));
        if asks_small && small == SmallWords::Passed {
            for slots in [&mut slots, &mut apart] {
                slots.iter_mut().for_each(|(_, sources)| sources.retain(|source| source.field != fields.stop));
                slots.retain(|(_, sources)| sources.iter().any(|source| source.doc_freq > 0));
            }
            if slots.is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(phrase_or_terms(PlannedPhrase { slots, apart, slop, weight: rarity * worth, in_text })))
    }

    /// Makes what the words of a spelling are compared with in a text.
    fn in_text(&self, spelling: &Spelling, slop: u32, fields: TextFields) -> Rc<PhraseInText> {
        let word = |part: &Part| WordInText {
            stem: (part.stop == Stop::None).then(|| part.stem.clone()),
            exact: part.exact.clone(),
        };
        let words = |parts: &[Part]| parts.iter().map(word).collect::<Vec<_>>();
        let apart: Vec<&[Part]> =
            spelling.iter().map(|slot| slot.apart.as_slice()).filter(|apart| !apart.is_empty()).collect();
        let wanted = wanted(spelling.iter().flat_map(|slot| slot.parts.iter().chain(&slot.apart)));
        Rc::new(PhraseInText {
            text: if fields.stop == self.lookup.fields.title.stop { LengthOf::Title } else { LengthOf::Body },
            slots: spelling.iter().map(|slot| words(&slot.parts)).collect(),
            apart: apart.into_iter().map(words).collect(),
            wanted,
            anchor: if slop == 0 { anchor(spelling) } else { None },
        })
    }

    fn sources_of_parts(&self, parts: &[Part], fields: TextFields) -> tantivy::Result<Vec<TermSource>> {
        let mut sources = Vec::with_capacity(2 * parts.len());
        for part in parts {
            sources.extend(self.sources_of_part(part, fields)?);
        }
        Ok(sources)
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
            if spellings.len() == MAX_PARTED {
                break;
            }
            let ends = self.second_parts(token.exact, fields)?;
            if ends.is_empty() {
                continue;
            }
            let mut spelling = spelled(tokens);
            spelling.iter_mut().skip(rank + 1).for_each(|slot| slot.place += 1);
            let place = spelling.get(rank).map_or(0, |slot| slot.place);
            spelling.insert(rank + 1, Slot::new(place + 1, ends));
            spellings.push(spelling);
        }
        Ok(spellings)
    }

    /// Returns what a word may end with, as the second part of a compound: both parts are words of the index.
    fn second_parts(&self, exact: &str, fields: TextFields) -> tantivy::Result<Vec<Part>> {
        Ok(self.compounds(exact, "", fields)?.into_iter().map(|(_, second)| second).collect())
    }

    /// Returns the compounds of two words of the index that a word may be, if the second begins with `letters`.
    fn compounds(&self, exact: &str, letters: &str, fields: TextFields) -> tantivy::Result<Vec<(Part, Part)>> {
        let mut compounds = Vec::new();
        if exact.chars().count() < SHORTEST_COMPOUND || !exact.chars().all(char::is_alphabetic) {
            return Ok(compounds);
        }
        let is_there = |part: &str| self.lookup.doc_freq(fields.exact, part).map(|freq| freq > 0);
        let read = |part: &str| self.analyzer.analyze(part).token(0).map(|token| Part::new(&token));
        for (at, _) in exact.char_indices().skip(1) {
            let (first, second) = exact.split_at(at);
            if second.chars().count() < 2 {
                break;
            }
            if second.starts_with(letters) && is_there(second)? && is_there(first)? {
                compounds.extend(read(first).zip(read(second)));
            }
        }
        Ok(compounds)
    }

    /// Returns the ways to write a phrase that its analysis tells: as typed, and with each compound in one word.
    fn spellings(&self, analysis: &Analysis, tokens: &[Token<'_>], scope: Scope) -> tantivy::Result<Vec<Spelling>> {
        let mut spellings = vec![spelled(tokens)];
        if analysis.len() > tokens.len() {
            spellings.push(spelled(&joined(analysis)));
        }
        for spelling in &mut spellings {
            self.set_apart(spelling, self.fields_of(scope))?;
        }
        Ok(spellings)
    }

    /// Keeps words of a phrase apart: in `email mail` the last part of `e-mail` is not the second word.
    fn set_apart(&self, spelling: &mut Spelling, fields: TextFields) -> tantivy::Result<()> {
        for rank in 1..spelling.len() {
            let Some([slot, next]) = spelling.get_mut(rank - 1..=rank) else { break };
            if next.place != slot.place + 1 {
                continue;
            }
            for (part, next) in slot.parts.iter().flat_map(|part| next.parts.iter().map(move |next| (part, next))) {
                let letter = next.exact.get(..next.exact.chars().next().map_or(0, char::len_utf8)).unwrap_or_default();
                for (first, second) in self.compounds(&part.exact, letter, fields)? {
                    if second.stem == next.stem {
                        slot.apart.push(first);
                    }
                }
            }
        }
        Ok(())
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

/// The words of a phrase, without their other readings.
fn words_of(analysis: &Analysis) -> Vec<Token<'_>> {
    analysis.tokens().filter(|token| !token.alternate).collect()
}

/// The text of a phrase with the apostrophes that were typed as blanks, where there are any: `trois quarts d heure`. What was
/// elided takes no place among the words, a letter by itself does.
fn with_apostrophes(text: &str, tokens: &[Token<'_>]) -> Option<String> {
    let mut elided = text.to_owned();
    for pair in tokens.windows(2) {
        let [word, next] = pair else { continue };
        let gap = word.end..next.start;
        // Only before a vowel is such a letter a small word: in `vitamine d par jour` it is none.
        if word.stop != Stop::None && ELIDED.contains(&word.exact) && text.get(gap.clone()) == Some(" ") {
            elided.replace_range(gap, "'");
        }
    }
    (elided != text).then_some(elided)
}

/// Small words that are others without their accent, and those others; the first is what is mostly meant.
const UNACCENTED: [(&str, &str); 4] = [("a", "à"), ("ou", "où"), ("la", "là"), ("des", "dès")];

/// The phrase with small words that may lack their accent as either: all of them where a word of sense lacks one
/// (`contrat a durée determinée`), *a* where no word has one (`mise a disposition`).
///
/// Two words of sense tell which articles may have it: to read the texts of all that have one would take long.
fn with_accented_small_words(tokens: &[Token<'_>]) -> Option<Spelling> {
    let of_sense = || tokens.iter().filter(|token| token.stop == Stop::None);
    if of_sense().count() < 2 {
        return None;
    }
    let may_lack = match (of_sense().any(lacks_accent), tokens.iter().all(|token| token.exact.is_ascii())) {
        (true, _) => &UNACCENTED[..],
        (false, true) => &UNACCENTED[..1],
        (false, false) => return None,
    };
    let mut spelling = spelled(tokens);
    for slot in &mut spelling {
        let Some(part) = slot.parts.first().filter(|part| part.stop != Stop::None) else { continue };
        let other = may_lack.iter().find(|(plain, _)| *plain == part.exact);
        slot.parts.extend(other.map(|(_, accented)| Part { exact: (*accented).to_owned(), ..part.clone() }));
    }
    spelling.iter().any(|slot| slot.parts.len() > 1).then_some(spelling)
}

/// Tells whether the first letter in which a word differs from its lemma is one that lacks an accent: *duree* of *durée*, *chevaux* of
/// *cheval* not.
fn lacks_accent(token: &Token<'_>) -> bool {
    let mut pairs = token.exact.chars().zip(token.lemma.chars());
    let mut folded = String::with_capacity(2);
    pairs.find(|(typed, letter)| typed != letter).is_some_and(|(typed, letter)| {
        fold_into(letter.encode_utf8(&mut [0; 4]), &mut folded);
        folded.chars().eq([typed])
    })
}

/// The words of a phrase at their places; what stands for several takes one.
fn spelled(tokens: &[Token<'_>]) -> Spelling {
    let first = tokens.first().map_or(0, |token| token.position);
    let mut saved = 0;
    let place = |token: &Token<'_>| {
        let place = token.position.saturating_sub(first).saturating_sub(saved);
        saved += if token.alternate { token.span.saturating_sub(1) } else { 0 };
        Slot::new(place, vec![Part::new(token)])
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

/// Looks for all terms of some words.
fn wanted<'p>(parts: impl Iterator<Item = &'p Part>) -> Wanted {
    let mut wanted = Wanted::new();
    for part in parts {
        if part.stop == Stop::None {
            wanted.add(Level::Stem, &part.stem);
        }
        wanted.add(Level::Exact, &part.exact);
    }
    wanted
}

/// Returns a small word of a spelling and its neighbour, those that stand side by side least often: a word of sense rather than a
/// small one, and of these the longest.
fn anchor(spelling: &Spelling) -> Option<Anchor> {
    let small = |slot: &Slot| match slot.parts.as_slice() {
        [part] if part.stop != Stop::None => Some(part.exact.clone()),
        _ => None,
    };
    let mut best: Option<((bool, usize), Anchor)> = None;
    for pair in spelling.windows(2) {
        let [first, second] = pair else { continue };
        if second.place != first.place + 1 {
            continue;
        }
        for (slot, other, is_behind) in [(first, second, false), (second, first, true)] {
            let Some(word) = small(slot) else { continue };
            let neighbour = small(other);
            let rank = (neighbour.is_none(), word.len() + neighbour.as_ref().map_or(0, String::len));
            if best.as_ref().is_some_and(|(best, _)| *best >= rank) {
                continue;
            }
            let neighbour = neighbour.map_or_else(|| Neighbour::Word(wanted(other.parts.iter())), Neighbour::Small);
            best = Anchor::new(&word, neighbour, is_behind).map(|anchor| (rank, anchor)).or(best);
        }
    }
    best.map(|(_, anchor)| anchor)
}

/// Leaves out the stop words; the others stand side by side.
fn without_small_words(spelling: &mut Spelling) {
    spelling.retain(|slot| slot.parts.iter().any(|part| part.stop == Stop::None));
    for (place, slot) in (0..).zip(spelling) {
        slot.place = place;
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
fn phrase_or_terms(mut phrase: PlannedPhrase) -> PlanNode {
    if phrase.slots.len() > 1 {
        return PlanNode::Phrase(phrase);
    }
    let weight = phrase.weight;
    let sources = phrase.slots.pop().map(|(_, sources)| sources).unwrap_or_default();
    let term = |source| ScoredTerm { source, weight, length: Some(LengthOf::Body) };
    PlanNode::Terms(sources.into_iter().map(term).collect())
}
