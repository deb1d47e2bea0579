//! What is read from the index to answer a query: the seam between understanding a query and ranking.

use std::rc::Rc;

use tantivy::schema::Field;

use super::lookup::TermSource;
use super::small_words::PhraseInText;
use crate::query::DateRange;

/// A query made ready for an index.
#[derive(Debug)]
pub(super) struct Plan {
    /// What articles must match, and how they score for it.
    pub(super) root: PlanNode,
    /// What was added for words that no article has; an article found only by it ranks after all others.
    pub(super) mended: Option<PlanNode>,
    /// The words that the second stage looks at, in the order of the query.
    pub(super) words: Vec<PlannedWord>,
}

/// A part of a plan.
#[derive(Debug)]
pub(super) enum PlanNode {
    /// Articles with any of these terms; the scores add up.
    Terms(Vec<ScoredTerm>),
    /// Articles with a phrase.
    Phrase(PlannedPhrase),
    /// Articles with any of these; the scores add up.
    Any(Vec<PlanNode>),
    /// Articles with at least so many of these; the scores add up.
    AtLeast(usize, Vec<PlanNode>),
    /// Articles with any of these; the best score counts.
    Best(Vec<PlanNode>),
    /// Articles with all of `must`, none of `not`; `should` adds to the score, and selects where `must` is empty.
    Bool { must: Vec<PlanNode>, should: Vec<PlanNode>, not: Vec<PlanNode> },
    /// Articles of these days.
    Dates(DateRange),
    /// Articles that have a title, an author or a source.
    Having(Scope),
    /// Every article.
    Everything,
    /// No article.
    Nothing,
}

impl PlanNode {
    /// Joins parts whose scores add up.
    pub(super) fn any(mut nodes: Vec<PlanNode>) -> PlanNode {
        nodes.retain(|node| !matches!(node, PlanNode::Nothing));
        match nodes.pop() {
            None => PlanNode::Nothing,
            Some(only) if nodes.is_empty() => only,
            Some(last) => {
                nodes.push(last);
                PlanNode::Any(nodes)
            }
        }
    }
}

/// A term and what it is worth.
#[derive(Clone, Debug)]
pub(super) struct ScoredTerm {
    pub(super) source: TermSource,
    /// Multiplies the term frequency's part of BM25: rarity times the worth of the field.
    pub(super) weight: f32,
    /// Where lengths are read; `None` scores `weight` for having the term at all.
    pub(super) length: Option<LengthOf>,
}

/// Which text's length normalises a term frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LengthOf {
    Title,
    Body,
}

/// The words of a phrase: each one's distance from the first, and the terms any of which may stand there.
pub(super) type Slots = Vec<(u32, Vec<TermSource>)>;

/// A phrase over one text.
#[derive(Clone, Debug)]
pub(super) struct PlannedPhrase {
    pub(super) slots: Slots,
    /// Words that must not stand at such a distance from the first; not looked at where `slop` is above 0.
    pub(super) apart: Slots,
    /// Positions beyond its length that it may stretch over, in any order when above 0.
    pub(super) slop: u32,
    /// What having it once is worth.
    pub(super) weight: f32,
    /// Its words as the text of an article tells them, where the index does not say where some of them stand.
    pub(super) in_text: Option<Rc<PhraseInText>>,
}

/// A word of the query as the second stage sees it.
#[derive(Debug)]
pub(super) struct PlannedWord {
    /// The word as typed.
    pub(super) surface: String,
    /// Its place in the query, stop words counted.
    pub(super) position: u32,
    /// Its rarity.
    pub(super) rarity: f32,
    /// Terms that stand for it in the body and the title, at the stem level.
    pub(super) body: Vec<TermSource>,
    pub(super) title: Vec<TermSource>,
    /// Terms that stand for it at the exact level.
    pub(super) body_exact: Vec<TermSource>,
    pub(super) title_exact: Vec<TermSource>,
    /// What stands for it where an article lacks it.
    pub(super) synonyms: Vec<PlannedSynonym>,
    /// Whether it stands for a word that no article has.
    pub(super) mended: bool,
    /// Whether an article has it only in its very form: other forms of its stem are another word.
    pub(super) form_alone: bool,
}

impl PlannedWord {
    /// Tells whether the second stage can find it in an article.
    pub(super) fn can_be_placed(&self) -> bool {
        let sources = [&self.body, &self.title, &self.body_exact, &self.title_exact];
        self.rarity > 0.0 && (sources.iter().any(|sources| !sources.is_empty()) || !self.synonyms.is_empty())
    }
}

/// A word or an expression that stands for a word of the query.
#[derive(Debug)]
pub(super) struct PlannedSynonym {
    /// As it is written in the list of synonyms.
    pub(super) text: String,
    /// What it is worth: below the rarity of the word.
    pub(super) rarity: f32,
    /// The ways to say it, each in one text.
    pub(super) body: Vec<Slots>,
    pub(super) title: Vec<Slots>,
}

/// The fields that a part of a query is sought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    TitleAndBody,
    Title,
    /// A label such as the author: one field of stems.
    Label(Field),
}
