//! From the tree of a query to a plan for an index: words are analysed, looked up, joined, split and mended.
//!
//! The tree is walked here; a file each reads runs of words, phrases, and words with signs; `terms` looks terms up.

mod glued;
mod names;
mod phrases;
mod signs;
mod synonyms;
mod terms;
mod twins;
mod words;

use limier_french::{Analysis, FrenchAnalyzer};

use super::hits::Note;
use super::lookup::Lookup;
use super::plan::{Plan, PlanNode, PlannedWord, Scope, ScoredTerm};
use super::ranking::Ranking;
use super::synonyms::Synonyms;
use super::wording::Wording;
use crate::passage::Targets;
use crate::query::{Clause, Field as QueryField, Node, Occur};

use phrases::SmallWords;
pub(super) use words::content_words;

/// A plan, what its hits light, and what there is to say of it.
pub(super) struct Understood {
    pub(super) plan: Plan,
    pub(super) targets: Targets,
    pub(super) notes: Vec<Note>,
}

/// What is done about words that may be mistyped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slips {
    /// Nothing.
    Kept,
    /// A word that no article has is searched by its neighbours.
    Mended,
    /// Neighbours of rare words are told, too.
    Told,
}

/// Turns the tree of a query into a plan.
pub(super) fn understand(
    root: &Node,
    analyzer: &FrenchAnalyzer,
    lookup: &Lookup<'_>,
    ranking: &Ranking,
    wording: &Wording,
    slips: Slips,
) -> tantivy::Result<Understood> {
    let mut reader = Reader {
        analyzer,
        lookup,
        ranking,
        wording,
        synonyms: wording.synonyms.as_ref(),
        synonyms_left: synonyms::MAX_SYNONYMS,
        slips,
        phrases_left: phrases::MAX_READ,
        words: Vec::new(),
        targets: Targets::default(),
        notes: Vec::new(),
        mended: Vec::new(),
        analysis: Analysis::new(),
    };
    let root = reader.node(root, Scope::TitleAndBody, Place::Top)?;
    let mended = match PlanNode::any(std::mem::take(&mut reader.mended)) {
        PlanNode::Nothing => None,
        node => Some(node),
    };
    reader.targets.words = reader.words.len();
    let is_empty = matches!(root, PlanNode::Nothing) && mended.is_none();
    if is_empty && reader.notes.is_empty() && reader.words.is_empty() {
        reader.notes.push(Note::NoWords);
    }
    // Of a part of the query alone it is not worth telling: `dans OU chat`.
    if reader.words.iter().any(|word| word.rarity > 0.0) {
        reader.notes.retain(|note| *note != Note::OnlyStopWords);
    }
    // A word of a phrase among words is also searched by itself, and mended there.
    let is_mended =
        |word: &str| reader.notes.iter().any(|note| matches!(note, Note::Mended { word: other, .. } if other == word));
    let is_told_twice = |note: &Note| matches!(note, Note::DidYouMean { word, .. } if is_mended(word));
    let notes = reader.notes.iter().filter(|note| !is_told_twice(note)).cloned().collect();
    let plan = Plan { root, mended, words: reader.words };
    Ok(Understood { plan, targets: reader.targets, notes })
}

/// Where a part of a query stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Optional, outermost: mended words go to the plan's own part for them.
    Top,
    /// Inside of an operator: mended words take the place of the word.
    Inside,
    /// Under a negation: nothing is lit, nothing is mended.
    Negated,
}

impl Place {
    fn inside(self) -> Place {
        if self == Place::Negated { Place::Negated } else { Place::Inside }
    }
}

struct Reader<'a> {
    analyzer: &'a FrenchAnalyzer,
    lookup: &'a Lookup<'a>,
    ranking: &'a Ranking,
    wording: &'a Wording,
    /// Those of the wording, where they apply.
    synonyms: Option<&'a Synonyms>,
    /// Synonyms that may still be searched.
    synonyms_left: usize,
    slips: Slips,
    /// Phrases whose small words may still be read in texts.
    phrases_left: usize,
    words: Vec<PlannedWord>,
    targets: Targets,
    notes: Vec<Note>,
    mended: Vec<PlanNode>,
    analysis: Analysis,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        match node {
            Node::Words(text) => self.run_of_words(text, scope, place),
            Node::Phrase { text, slop } => self.phrase(text, *slop, scope, place, SmallWords::Read),
            Node::Exact(text) => self.exact(text, scope, place),
            Node::Prefix(text) => self.prefix(text, scope, place),
            Node::Fuzzy { text, distance } => self.fuzzy(text, *distance, scope, place),
            Node::In(field, node) => {
                let scope = match field {
                    QueryField::Title => Scope::Title,
                    QueryField::Author => Scope::Label(self.lookup.fields.author),
                    QueryField::Source => Scope::Label(self.lookup.fields.source),
                };
                self.node(node, scope, place)
            }
            Node::Dates(range) => Ok(PlanNode::Dates(*range)),
            Node::Language(code) => {
                let source = self.lookup.term(self.lookup.fields.lang, code)?;
                Ok(PlanNode::Terms(vec![ScoredTerm { source, weight: 1.0, length: None }]))
            }
            Node::Everything if scope == Scope::TitleAndBody => Ok(PlanNode::Everything),
            Node::Everything => Ok(PlanNode::Having(scope)),
            Node::Group(clauses) => self.group(clauses, scope, place),
            Node::All(nodes) => {
                let inside = place.inside();
                let mut must = Vec::with_capacity(nodes.len().min(words::MAX_WORDS));
                for node in nodes {
                    if !self.ignores(node) {
                        must.push(self.node(node, scope, inside)?);
                    }
                }
                Ok(PlanNode::Bool { must, should: Vec::new(), not: Vec::new() })
            }
            Node::Any(nodes) => {
                let nodes: tantivy::Result<Vec<_>> = nodes.iter().map(|node| self.node(node, scope, place)).collect();
                Ok(PlanNode::any(nodes?))
            }
            Node::Except(node, without) => {
                let must = vec![self.node(node, scope, place.inside())?];
                let not = vec![self.node(without, scope, Place::Negated)?];
                Ok(PlanNode::Bool { must, should: Vec::new(), not })
            }
        }
    }

    /// Tells whether a part of a query comes behind the last word that is searched: it must not be there, either.
    fn ignores(&self, node: &Node) -> bool {
        self.words.len() >= words::MAX_WORDS && !node.is_filter()
    }

    fn group(&mut self, clauses: &[Clause], scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        // A phrase among words weighs but excludes nothing; without words beside it, it is asked for. So is a date.
        let is_plain = |clause: &Clause| clause.occur == Occur::Should && matches!(clause.node, Node::Words(_));
        let among_words = clauses.iter().any(is_plain);
        let (mut must, mut should, mut not) = (Vec::new(), Vec::new(), Vec::new());
        let selects = clauses.iter().any(|clause| clause.occur != Occur::Should || clause.node.is_filter());
        let place = if selects && place == Place::Top { Place::Inside } else { place };
        for Clause { occur, node } in clauses {
            match occur {
                Occur::Not => not.push(self.node(node, scope, Place::Negated)?),
                Occur::Must if self.ignores(node) => {}
                Occur::Must => must.push(self.node(node, scope, place.inside())?),
                Occur::Should if node.is_filter() => must.push(self.node(node, scope, place)?),
                Occur::Should if matches!(node, Node::Phrase { .. }) && !among_words => {
                    must.push(self.node(node, scope, place)?);
                }
                Occur::Should => {
                    if let Node::Phrase { text, slop } = node {
                        should.push(self.phrase(text, *slop, scope, place, SmallWords::Passed)?);
                        // The phrase was written as it is meant: its words have no synonyms, either.
                        let synonyms = self.synonyms.take();
                        should.push(self.run_of_words(text, scope, place)?);
                        self.synonyms = synonyms;
                    } else {
                        should.push(self.node(node, scope, place)?);
                    }
                }
            }
        }
        if must.is_empty() && should.is_empty() {
            if !not.is_empty() && place != Place::Negated {
                self.notes.push(Note::OnlyNegation);
            }
            return Ok(PlanNode::Nothing);
        }
        // A date selects among what the words find: beside words it does not find articles of its own.
        let is_date = |clause: &Clause| clause.occur == Occur::Should && clause.node.is_filter();
        let has_must = clauses.iter().any(|clause| clause.occur == Occur::Must);
        let asks = clauses.iter().any(|clause| clause.occur == Occur::Should && asks_words(&clause.node));
        if clauses.iter().any(is_date) && asks && !has_must {
            must.push(PlanNode::any(std::mem::take(&mut should)));
        }
        if must.is_empty() && not.is_empty() {
            return Ok(PlanNode::any(should));
        }
        Ok(PlanNode::Bool { must, should, not })
    }
}

/// Tells whether a part of a query holds anything to look for but dates.
fn asks_words(node: &Node) -> bool {
    match node {
        Node::Words(text) => text.chars().any(char::is_alphanumeric),
        _ => !node.is_filter(),
    }
}
