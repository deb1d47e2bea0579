//! Runs of plain words: each is optional, and several may be one.

use limier_french::{Analysis, Stop, Token};

use super::glued::Parts;
use super::names::{Name, names};
use super::phrases::SmallWords;
use super::synonyms::with_synonyms;
use super::terms::{Sources, flat_terms, total_freq};
use super::twins::Neighbour;
use super::{Place, Reader, Slips};
use crate::passage::{Target, TargetKind};
use crate::search::expand::{self, Found};
use crate::search::hits::Note;
use crate::search::mend;
use crate::search::plan::{PlanNode, PlannedWord, Scope};
use crate::search::synonyms::Expression;

/// Words of a query that are searched, at most; the rest is ignored.
pub(super) const MAX_WORDS: usize = 64;

/// Words that are searched in the place of one that no article has.
const MAX_MEANT: usize = 3;

/// A content word of a run of words, with the terms that stand for it; without stems it is meant in its very form.
pub(in crate::search) struct Word {
    pub(in crate::search) surface: String,
    pub(in crate::search) position: u32,
    pub(in crate::search) stems: Vec<String>,
    pub(in crate::search) exacts: Vec<String>,
}

/// The short words that lose their vowel before another.
pub(super) const ELIDED: [&str; 9] = ["qu", "c", "d", "j", "l", "m", "n", "s", "t"];

impl Reader<'_> {
    /// Reads plain words: each is optional.
    pub(super) fn run_of_words(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let mut analysis = std::mem::take(&mut self.analysis);
        self.analyzer.analyze_into(text, &mut analysis);
        let node = self.words_of(text, &analysis, scope, place);
        self.analysis = analysis;
        node
    }

    fn words_of(&mut self, text: &str, analysis: &Analysis, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let words = content_words(text, analysis);
        if words.is_empty() {
            // Nothing but stop words: they are what is searched, as one phrase.
            if analysis.is_empty() {
                return Ok(PlanNode::Nothing);
            }
            if place != Place::Negated {
                self.notes.push(Note::OnlyStopWords);
            }
            return self.phrase(text, 0, scope, place, SmallWords::Read);
        }
        let mut nodes = Vec::new();
        let mut neighbours = Vec::with_capacity(words.len());
        let joined = self.joined(&words, analysis)?;
        let synonyms = self.synonyms_of(&words, scope, place);
        // Names of authors and sources, and what is not wanted, are meant whole.
        let is_label = matches!(scope, Scope::Label(_));
        let is_question = place != Place::Negated && !is_label;
        let carries_weight = |word: &Word| !self.wording.is_stop(word.exacts.first());
        let has_others = is_question && words.iter().any(carries_weight);
        let names = names(text, analysis, &words);
        for (((mut word, joined), synonyms), name) in words.into_iter().zip(joined).zip(synonyms).zip(names) {
            if self.words.len() >= MAX_WORDS {
                break;
            }
            if has_others && self.wording.is_stop(word.exacts.first()) {
                continue;
            }
            if self.wording.is_protected(word.exacts.first()) && !is_label {
                word.stems.clear();
                word.exacts.truncate(1);
                nodes.push(self.word(&word, &synonyms, scope, place)?);
                continue;
            }
            let accented = match word.exacts.first() {
                Some(exact) if !is_label => self.accented(exact)?,
                _ => Vec::new(),
            };
            if !accented.is_empty() && !self.stands_by_itself(&word)? {
                word.stems.clear();
            }
            for (stem, exact) in joined.into_iter().chain(accented) {
                push_new(&mut word.stems, stem);
                push_new(&mut word.exacts, exact);
            }
            if name != Name::No && !is_label {
                if let Some(node) = self.name(&word, &synonyms, scope, place)? {
                    nodes.push(node);
                    continue;
                }
                if name == Name::Surely {
                    word.stems.clear();
                }
            }
            neighbours.push(Neighbour::new(self.words.len(), &word));
            nodes.push(self.word(&word, &synonyms, scope, place)?);
        }
        nodes.extend(self.twins(&neighbours, scope, place)?);
        Ok(PlanNode::any(nodes))
    }

    /// For each word, the joined readings with a neighbour that the index has: `Open AI` is also `openai`.
    fn joined(&self, words: &[Word], analysis: &Analysis) -> tantivy::Result<Vec<Vec<(String, String)>>> {
        let mut joined: Vec<Vec<(String, String)>> = words.iter().map(|_| Vec::new()).collect();
        let body = self.lookup.fields.body;
        for (rank, word) in words.iter().enumerate() {
            let Some(first) = word.exacts.first() else { continue };
            // The next word may be one that carries no sense alone: the `AI` of `Open AI` is also `j'ai`.
            let next_token = analysis.tokens().find(|token| !token.alternate && token.position == word.position + 1);
            let Some(next) = next_token else { continue };
            let mut whole = String::with_capacity(first.len() + next.exact.len());
            whole.push_str(first);
            whole.push_str(next.exact);
            // Letters and figures are one name however short: `PS 5`, `5 G`.
            let is_code = first.chars().all(char::is_alphabetic)
                && next.exact.bytes().all(|byte| byte.is_ascii_digit())
                || first.bytes().all(|byte| byte.is_ascii_digit()) && next.exact.chars().all(char::is_alphabetic);
            let is_long = is_code || whole.chars().count() >= 4;
            if !is_long || !whole.chars().all(char::is_alphanumeric) {
                continue;
            }
            if self.lookup.doc_freq(body.exact, &whole)? == 0
                && self.lookup.doc_freq(self.lookup.fields.title.exact, &whole)? == 0
            {
                continue;
            }
            let read = self.analyzer.analyze(&whole);
            let Some(token) = read.tokens().find(|token| token.exact == whole) else { continue };
            let pair = (token.stem.to_owned(), whole);
            if let Some(slot) = joined.get_mut(rank) {
                slot.push(pair.clone());
            }
            if words.get(rank + 1).is_some_and(|other| other.position == word.position + 1)
                && let Some(slot) = joined.get_mut(rank + 1)
            {
                slot.push(pair);
            }
        }
        Ok(joined)
    }

    /// The words of the index that are `typed` with the accents that were left out, each with its stem: `pere` is also `père`,
    /// and `elysee` `Élysée`, where more articles have these. A word of the lexicon is meant as it stands.
    pub(super) fn accented(&self, typed: &str) -> tantivy::Result<Vec<(String, String)>> {
        /// Spellings that are searched for one word: `eleve` is `élève` and `élevé`.
        const MAX_SPELLINGS: usize = 2;
        let may_lack_accents = typed.len() >= 3
            && typed.bytes().all(|byte| byte.is_ascii_lowercase())
            && !limier_french::forms::is_known(typed);
        if !may_lack_accents {
            return Ok(Vec::new());
        }
        let fields = [self.lookup.fields.body.exact, self.lookup.fields.title.exact];
        let found = expand::accented(self.lookup, &fields, typed, 16)?;
        let plain = found.iter().find(|found| found.text == typed).map_or(0, |found| found.doc_freq);
        let is_meant = |found: &&Found| found.text != typed && found.doc_freq > plain;
        let with_stem = |found: &Found| Some((self.stem_of(&found.text)?, found.text.clone()));
        Ok(found.iter().filter(is_meant).take(MAX_SPELLINGS).filter_map(with_stem).collect())
    }

    /// Tells whether the stem of a word without accents says anything: the form is in an article, or its accents were found.
    /// Else it meets other words, as the stem of `pere` meets `per`.
    fn stands_by_itself(&self, word: &Word) -> tantivy::Result<bool> {
        let Some(exact) = word.exacts.first() else { return Ok(true) };
        if !limier_french::forms::lemma(exact).is_ascii() {
            return Ok(true);
        }
        let fields = self.lookup.fields;
        let is_in = |field| self.lookup.doc_freq(field, exact).map(|freq| freq > 0);
        Ok(is_in(fields.body.exact)? || is_in(fields.title.exact)?)
    }

    /// Plans one content word, and the expressions that stand for it.
    fn word(&mut self, word: &Word, synonyms: &[&Expression], scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let found = self.sources(word, scope)?;
        if let Scope::Label(_) = scope {
            return Ok(flat_terms(found.body.stems));
        }
        let total = total_freq(found.body.senses()).max(total_freq(found.title.senses()));
        let rarity = self.lookup.rarity(total);
        let synonyms = self.planned_synonyms(synonyms, rarity, scope)?;
        let mut nodes = Vec::new();
        if total > 0 {
            nodes.push(self.scored(&found, rarity));
        }
        // A word that is meant in its very form is no slip, and no two words.
        let is_exact = word.stems.is_empty();
        let split = if is_exact { None } else { self.split(word, scope, place, total)? };
        let is_unknown = total == 0 && split.is_none() && !(scope == Scope::Title && self.is_in_a_body(word)?);
        nodes.extend(split);
        if place != Place::Negated {
            // A word that no article has is worth what stands for it.
            let best = synonyms.iter().map(|(_, synonym)| synonym.rarity).reduce(f32::max);
            let rarity = best.filter(|_| total == 0).unwrap_or(rarity);
            self.light(word, rarity);
            self.push_word(word, rarity, found, false);
            let may_mend = synonyms.is_empty() && !is_exact;
            if may_mend && (is_unknown || (total <= mend::NEARLY_NONE && !is_french(word))) {
                self.suggest_or_mend(word, scope, place, is_unknown, &mut nodes)?;
            }
        }
        Ok(with_synonyms(PlanNode::any(nodes), synonyms, self.words.last_mut()))
    }

    /// Tells whether a word that no title has is in a body: it is no slip, then.
    fn is_in_a_body(&self, word: &Word) -> tantivy::Result<bool> {
        let found = self.sources(word, Scope::TitleAndBody)?;
        Ok(total_freq(found.body.senses()) > 0)
    }

    pub(super) fn push_word(&mut self, word: &Word, rarity: f32, found: Sources, mended: bool) {
        self.words.push(PlannedWord {
            surface: word.surface.clone(),
            position: word.position,
            rarity,
            body: found.body.stems,
            title: found.title.stems,
            body_exact: found.body.exacts,
            title_exact: found.title.exacts,
            synonyms: Vec::new(),
            mended,
            form_alone: false,
        });
    }

    /// A word that no article has is searched by its neighbours; one that nearly none has is only spoken of.
    fn suggest_or_mend(
        &mut self,
        word: &Word,
        scope: Scope,
        place: Place,
        is_unknown: bool,
        nodes: &mut Vec<PlanNode>,
    ) -> tantivy::Result<()> {
        let Some(exact) = word.exacts.first() else { return Ok(()) };
        let is_idle = match self.slips {
            Slips::Kept => true,
            Slips::Mended => !is_unknown,
            Slips::Told => false,
        };
        if is_idle {
            return Ok(());
        }
        if is_unknown && self.is_small_without_apostrophe(exact) {
            return Ok(());
        }
        if !is_unknown && is_acronym(&word.surface) {
            return Ok(());
        }
        let near = mend::neighbours(self.lookup, exact, is_unknown)?;
        if !is_unknown {
            // The same word with its accents, or in another form, is what the stem finds anyway.
            let typed = expand::folded(exact);
            let has_stem = |text: &str| {
                let analysis = self.analyzer.analyze(text);
                analysis.tokens().any(|token| word.stems.iter().any(|stem| stem == token.stem))
            };
            // A rare word is a slip of a frequent one, not of one that is about as rare: `lyon` beside `lion`.
            let is_frequent = |found: &Found| found.doc_freq >= mend::SLIP_RATIO;
            let is_other =
                |found: &Found| is_frequent(found) && expand::folded(&found.text) != typed && !has_stem(&found.text);
            let suggestions: Vec<String> = near.into_iter().filter(is_other).map(|found| found.text).take(1).collect();
            if !suggestions.is_empty() {
                self.notes.push(Note::DidYouMean { word: word.surface.clone(), suggestions });
            }
            return Ok(());
        }
        let mut meant = self.by_stems(near);
        if meant.exacts.is_empty() {
            match self.parts(exact, scope)? {
                Some(Parts::One(word)) => meant = word,
                Some(Parts::Several(text)) => {
                    let Some(node) = self.all_of(&text, scope)? else { return Ok(()) };
                    self.notes.push(Note::Mended { word: word.surface.clone(), by: vec![text] });
                    self.push_mended(node, place, nodes);
                    return Ok(());
                }
                None => meant = glued(mend::glued(self.lookup, exact)?),
            }
        }
        if meant.exacts.is_empty() {
            return Ok(());
        }
        // Found again by their terms: a neighbour is searched in all of its forms, what is glued in its very form.
        let found = self.sources(&meant, scope)?;
        let freq = total_freq(found.body.senses()).max(total_freq(found.title.senses())).max(1);
        let rarity = self.lookup.rarity(freq) * self.ranking.mended;
        let node = self.scored(&found, rarity);
        let slot = self.words.len().saturating_sub(1);
        let (kind, lit) = match meant.stems.is_empty() {
            true => (TargetKind::Exact, &meant.exacts),
            false => (TargetKind::Stem, &meant.stems),
        };
        let target = |text: &String| Target { kind, text: text.clone(), word: slot, weight: rarity };
        self.targets.terms.extend(lit.iter().map(target));
        if let Some(planned) = self.words.last_mut() {
            planned.rarity = rarity;
            planned.body = found.body.stems;
            planned.title = found.title.stems;
            planned.body_exact = found.body.exacts;
            planned.title_exact = found.title.exacts;
        }
        self.notes.push(Note::Mended { word: word.surface.clone(), by: meant.exacts });
        self.push_mended(node, place, nodes);
        Ok(())
    }

    /// Adds what stands for the word planned last, which no article has.
    fn push_mended(&mut self, node: PlanNode, place: Place, nodes: &mut Vec<PlanNode>) {
        if let Some(planned) = self.words.last_mut() {
            planned.mended = true;
        }
        match place {
            Place::Top => self.mended.push(node),
            _ => nodes.push(node),
        }
    }

    /// Says which words resemble one that stands where nothing else is searched for it: in a phrase, behind `=`.
    pub(super) fn suggest(&mut self, surface: &str, exact: &str) -> tantivy::Result<()> {
        if self.slips == Slips::Kept {
            return Ok(());
        }
        let near = mend::neighbours(self.lookup, exact, false)?;
        let suggestions: Vec<String> = near.into_iter().map(|found| found.text).take(1).collect();
        if !suggestions.is_empty() {
            self.notes.push(Note::DidYouMean { word: surface.to_owned(), suggestions });
        }
        Ok(())
    }

    /// Tells whether a word is small ones whose apostrophe was left out: `quon`, `cest`. It stands for nothing else.
    fn is_small_without_apostrophe(&self, exact: &str) -> bool {
        ELIDED.iter().filter_map(|elided| Some((elided, exact.strip_prefix(elided)?))).any(|(elided, rest)| {
            let analysis = self.analyzer.analyze(&format!("{elided}'{rest}"));
            let is_small = analysis.tokens().all(|token| token.stop != Stop::None);
            !rest.is_empty() && !analysis.is_empty() && is_small
        })
    }

    /// Neighbours of a word as one word to look up: the likeliest few, forms of one word once.
    fn by_stems(&self, near: Vec<Found>) -> Word {
        let mut meant = Word { surface: String::new(), position: 0, stems: Vec::new(), exacts: Vec::new() };
        for found in near {
            let Some(stem) = self.stem_of(&found.text).filter(|stem| !meant.stems.contains(stem)) else { continue };
            if meant.stems.len() < MAX_MEANT {
                meant.stems.push(stem);
                meant.exacts.push(found.text);
            }
        }
        meant
    }

    /// The stem of a text that is one content word.
    pub(super) fn stem_of(&self, text: &str) -> Option<String> {
        let analysis = self.analyzer.analyze(text);
        let token = analysis.token(0).filter(|token| token.stop == Stop::None && token.exact == text)?;
        Some(token.stem.to_owned())
    }

    /// What a word lights, by any of its forms.
    pub(super) fn light(&mut self, word: &Word, rarity: f32) {
        let slot = self.words.len();
        let mut light = |kind, text: &String| {
            self.targets.terms.push(Target { kind, text: text.clone(), word: slot, weight: rarity.max(0.1) });
        };
        if word.stems.is_empty() {
            word.exacts.iter().for_each(|text| light(TargetKind::Exact, text));
        }
        word.stems.iter().for_each(|text| light(TargetKind::Stem, text));
    }
}

/// Longer words that hold one, as one word to look up.
fn glued(found: Vec<Found>) -> Word {
    let exacts = found.into_iter().map(|found| found.text).collect();
    Word { surface: String::new(), position: 0, stems: Vec::new(), exacts }
}

pub(super) fn surface(text: &str, token: &Token<'_>) -> String {
    text.get(token.start..token.end).unwrap_or(token.exact).to_owned()
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// Tells whether a word is typed as an acronym: one that an article has is no slip of another word.
fn is_acronym(surface: &str) -> bool {
    const LONGEST: usize = 5;
    surface.chars().count() <= LONGEST && surface.chars().all(char::is_uppercase)
}

/// Tells whether a word is one of the dictionary, and so no slip.
fn is_french(word: &Word) -> bool {
    word.exacts.first().is_some_and(|exact| limier_french::forms::is_known(exact))
}

/// The words that carry sense, each with its other readings; a reading of several words stands for each of them.
pub(in crate::search) fn content_words(text: &str, analysis: &Analysis) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for token in analysis.tokens().filter(|token| !token.alternate && bears_sense(token)) {
        words.push(Word {
            surface: surface(text, &token),
            position: token.position,
            stems: vec![token.stem.to_owned()],
            exacts: vec![token.exact.to_owned()],
        });
    }
    for token in analysis.tokens().filter(|token| token.alternate && token.stop == Stop::None) {
        let covered = token.position..token.position.saturating_add(token.span.max(1));
        let mut stood_for = false;
        for word in words.iter_mut().filter(|word| covered.contains(&word.position)) {
            push_new(&mut word.stems, token.stem.to_owned());
            push_new(&mut word.exacts, token.exact.to_owned());
            stood_for = true;
        }
        if !stood_for {
            // It stands for stop words alone: `week-end` keeps its sense where its parts would not.
            words.push(Word {
                surface: surface(text, &token),
                position: token.position,
                stems: vec![token.stem.to_owned()],
                exacts: vec![token.exact.to_owned()],
            });
        }
    }
    words.sort_by_key(|word| word.position);
    words
}

/// Tells whether a word carries sense: in a query gold does without its article, too (`cours or`), for no conjunction is sought.
pub(super) fn bears_sense(token: &Token<'_>) -> bool {
    token.stop == Stop::None || token.exact == "or"
}
