//! Names that are also forms of another word, of a verb mostly: `Vienne`, `Calais`, `les USA`, `l'IRA`, `Tours`.
//!
//! The analysis takes them for that word (*venir*, *caler*, *user*, *aller*, *tour*), since it reads a word by itself. Who types one with
//! a capital inside of a query means the name, so articles are sought that have this very form, if any has it.

use limier_french::{Analysis, Token, forms};

use super::synonyms::with_synonyms;
use super::terms::{Sources, total_freq};
use super::words::{Word, surface};
use super::{Place, Reader};
use crate::passage::{Target, TargetKind};
use crate::search::lookup::TermSource;
use crate::search::plan::{PlanNode, Scope, ScoredTerm};
use crate::search::synonyms::Expression;

/// Names that are typed without a capital, too, and whose form of a verb hardly anybody looks for.
const KNOWN: [&str; 4] = ["calais", "limoges", "usa", "vienne"];

/// Places whose names are read as the plural of another word: `Tours`, `Lourdes`. Without a capital they are that word.
const PLACES: [&str; 13] = [
    "angers", "ardennes", "bourges", "cannes", "landes", "lourdes", "nantes", "rennes", "saintes", "tours", "troyes",
    "vannes", "vosges",
];

/// Whether a word is meant as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    No,
    /// If any article has it: else a capital says little.
    Likely,
    /// Whether or not any article has it: `les USA` are never *user*.
    Surely,
}

/// Tells of each content word of a query whether it is meant as a name.
pub(super) fn names(text: &str, analysis: &Analysis, words: &[Word]) -> Vec<Name> {
    let has_small = |word: &str| word.chars().any(char::is_lowercase);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_acronym = |word: &str| word.chars().count() > 1 && !has_small(word);
    let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
    let surfaces = || tokens.iter().map(|token| surface(text, token));
    // A query in capitals tells nothing; one whose words all begin with one is made of names.
    let acronyms = surfaces().filter(|word| is_acronym(word)).count();
    let shouts = acronyms > 1 && 2 * acronyms > tokens.len();
    let all_begin = surfaces().all(|word| is_capital(&word));
    let begins_sentence = |word: &Word| {
        let token = tokens.iter().find(|token| token.position == word.position);
        let before = token.and_then(|token| text.get(..token.start)).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "«\"“(-".contains(c));
        before.is_empty() || before.ends_with(['.', '?', '!', ':', ';'])
    };
    let is_meant = |word: &Word| {
        is_capital(&word.surface) && !shouts && (all_begin || is_acronym(&word.surface) || !begins_sentence(word))
    };
    let is_name = |word: &Word| {
        let exact = word.exacts.first().map_or("", String::as_str);
        if KNOWN.contains(&exact) {
            return Name::Surely;
        }
        if !is_meant(word) || !(is_verb(exact) || PLACES.contains(&exact)) {
            return Name::No;
        }
        if is_acronym(&word.surface) { Name::Surely } else { Name::Likely }
    };
    words.iter().map(is_name).collect()
}

/// Tells whether a word is read as a verb that it is no infinitive or participle of.
fn is_verb(exact: &str) -> bool {
    let lemma = forms::lemma(exact);
    let is_infinitive = lemma.ends_with("er") || lemma.ends_with("ir") || lemma.ends_with("re");
    // Participles are nouns and adjectives, too: `les Élus`, `les Insoumis`, `la Mise au tombeau`.
    let plural = exact.strip_suffix('s').unwrap_or(exact);
    let singular = plural.strip_suffix('e').unwrap_or(plural);
    let is_participle = singular.ends_with(['é', 'u', 't'])
        || singular.ends_with("is")
        || (singular.ends_with('i') && !singular.ends_with("ai"));
    is_infinitive && lemma != exact && !is_participle
}

/// What having the form is worth by itself: next to nothing, for the word is scored by how often it stands there.
const PRESENT: f32 = 1e-3;

impl Reader<'_> {
    /// Plans a name: articles that have this very form; `None` where none has it.
    pub(super) fn name(
        &mut self,
        word: &Word,
        synonyms: &[&Expression],
        scope: Scope,
        place: Place,
    ) -> tantivy::Result<Option<PlanNode>> {
        let found = self.sources(word, scope)?;
        let freq = total_freq(&found.body.exacts).max(total_freq(&found.title.exacts));
        if freq == 0 {
            return Ok(None);
        }
        let rarity = self.lookup.rarity(freq);
        let synonyms = self.planned_synonyms(synonyms, rarity, scope)?;
        let of_form = |source: &TermSource| ScoredTerm { source: source.clone(), weight: PRESENT, length: None };
        let Sources { title, body } = &found;
        let form = PlanNode::Terms(body.exacts.iter().chain(&title.exacts).map(of_form).collect());
        let node = PlanNode::Bool { must: vec![form], should: vec![self.scored(&found, rarity)], not: Vec::new() };
        if place != Place::Negated {
            let slot = self.words.len();
            let light =
                |text: &String| Target { kind: TargetKind::Exact, text: text.clone(), word: slot, weight: rarity };
            self.targets.terms.extend(word.exacts.iter().map(light));
            self.push_word(word, rarity, found, false);
            if let Some(planned) = self.words.last_mut() {
                planned.form_alone = true;
            }
        }
        Ok(Some(with_synonyms(node, synonyms, self.words.last_mut())))
    }
}
