//! What a search gives: hits, counts and notes.

use std::ops::Range;

use serde::Serialize;

use super::facets::FacetCounts;
use super::timeline::Timeline;
use crate::passage::Passage;
use crate::query::IssueKind;
use crate::{Article, Date};

/// The answer to a search: the best articles, best first, with counts and notes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hits {
    pub(super) hits: Vec<Hit>,
    pub(super) total: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) facets: Vec<FacetCounts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timeline: Option<Timeline>,
    pub(super) articles: u64,
    pub(super) notes: Vec<Note>,
}

impl Hits {
    /// Returns how many articles match, shown or not; at least so many where the notes say that time ran out.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns the counts of the facets that the search asked for, in that order.
    pub fn facets(&self) -> &[FacetCounts] {
        &self.facets
    }

    /// Returns how what matches is spread over time, where [`Search::timeline`](crate::Search::timeline) asked for it.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.timeline.as_ref()
    }

    /// Returns how many articles the index held.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// Returns what the search has to say beside its hits.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns how many articles are folded behind the hits given; 0 where folding was not asked for.
    pub fn folded(&self) -> u64 {
        self.hits.iter().map(|hit| hit.duplicates.len() as u64).sum()
    }

    /// Returns the number of hits given.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// Tells whether there is no hit.
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Returns the hits, best first.
    pub fn iter(&self) -> std::slice::Iter<'_, Hit> {
        self.hits.iter()
    }

    /// Returns the best hit.
    pub fn first(&self) -> Option<&Hit> {
        self.hits.first()
    }
}

impl<'a> IntoIterator for &'a Hits {
    type Item = &'a Hit;
    type IntoIter = std::slice::Iter<'a, Hit>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.iter()
    }
}

impl IntoIterator for Hits {
    type Item = Hit;
    type IntoIter = std::vec::IntoIter<Hit>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.into_iter()
    }
}

/// The answer to a search that asked for ids alone: a slice of ids and scores, best first, and the exact total.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RankedIds {
    pub(super) ids: Vec<(String, f32)>,
    pub(super) total: u64,
}

impl RankedIds {
    /// Returns how many articles match, given or not.
    pub fn total(&self) -> u64 {
        self.total
    }
}

impl std::ops::Deref for RankedIds {
    type Target = [(String, f32)];

    fn deref(&self) -> &[(String, f32)] {
        &self.ids
    }
}

impl IntoIterator for RankedIds {
    type Item = (String, f32);
    type IntoIter = std::vec::IntoIter<(String, f32)>;

    fn into_iter(self) -> Self::IntoIter {
        self.ids.into_iter()
    }
}

/// An article that matches, with its score and passages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    pub(super) rank: usize,
    pub(super) score: f32,
    pub(super) article: Article,
    #[serde(serialize_with = "crate::serialize::pairs")]
    pub(super) title_highlights: Vec<Range<usize>>,
    pub(super) passages: Vec<Passage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) duplicates: Vec<String>,
    pub(super) as_typed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) shared: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explanation: Option<Explanation>,
}

impl Hit {
    /// Returns the place among all hits, from 1.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Returns the score: above 0, comparable within one search only.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Returns the article.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// Returns the article's id.
    pub fn id(&self) -> &str {
        self.article.id()
    }

    /// Returns the article's title.
    pub fn title(&self) -> &str {
        self.article.get_title()
    }

    /// Returns the article's day.
    pub fn date(&self) -> Option<Date> {
        self.article.get_date()
    }

    /// Returns what matches in the title: byte ranges, ascending.
    pub fn title_highlights(&self) -> &[Range<usize>] {
        &self.title_highlights
    }

    /// Returns the passages, in the order of the text.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Returns the ids of articles that are nearly the same, where
    /// [`Search::fold_duplicates`](crate::Search::fold_duplicates) folded them behind this one; the best ranked first.
    pub fn duplicates(&self) -> &[String] {
        &self.duplicates
    }

    /// Returns the words that the article has in common with the one it is [similar](crate::Index::similar) to, as that one
    /// writes them, those first that tell most of it; empty for the hits of a query.
    pub fn shared(&self) -> &[String] {
        &self.shared
    }

    /// Tells whether the query as typed matches; if not, only mended words do.
    pub fn is_as_typed(&self) -> bool {
        self.as_typed
    }

    /// Returns the parts of the score, where [`Search::explain`](crate::Search::explain) asked for them.
    pub fn explanation(&self) -> Option<&Explanation> {
        self.explanation.as_ref()
    }
}

/// The parts of a score; they add up to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// BM25 of the first stage: stems in body and title, phrases, prefixes.
    pub terms: f32,
    /// What is taken back because words stand in lines that are none of the author's; 0 or below.
    pub boilerplate: f32,
    /// What is taken back because other articles share the title; 0 or below.
    pub shared_title: f32,
    /// Articles that have this title.
    pub same_titles: u32,
    /// How much of the title the query names, and in its very forms.
    pub title: f32,
    /// BM25 of the words in the very form of the query, in the body.
    pub exact: f32,
    /// Words of the query side by side, or near each other.
    pub proximity: f32,
    /// The best passage.
    pub passage: f32,
    /// Words of the query near the beginning of the body.
    pub lead: f32,
    /// The share of the query's words that the article has.
    pub coverage: f32,
    /// Each word of the query, and how often title and body have it.
    pub words: Vec<WordExplanation>,
}

/// What one word of the query has to do with a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WordExplanation {
    /// The word as typed.
    pub word: String,
    /// Its rarity: the logarithm of how many articles there are for each that has it.
    pub rarity: f32,
    /// How often any of its forms stands in the title.
    pub title: u32,
    /// How often any of its forms stands in the body.
    pub body: u32,
    /// Whether title or body have it in the very form of the query.
    pub is_exact: bool,
    /// Its synonyms that the article has, as the list has them; they count where the word itself is absent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// Something that a search has to say, as data; programs word it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Note {
    /// A part of the query was read as plain words.
    Query {
        /// What is odd: a code of [`IssueKind`].
        issue: &'static str,
        /// Where it stands in the query, in bytes.
        start: usize,
        /// The end of it.
        end: usize,
    },
    /// The query holds no word at all.
    NoWords,
    /// The query only says what is not wanted.
    OnlyNegation,
    /// The query holds only words without sense, which were searched as they stand.
    OnlyStopWords,
    /// A word that no article has was searched by its neighbours.
    Mended {
        /// The word as typed.
        word: String,
        /// The words that were searched for it.
        by: Vec<String>,
    },
    /// No article, or nearly none, has this word; these resemble it.
    DidYouMean {
        /// The word as typed.
        word: String,
        /// Words of the index, the likeliest first.
        suggestions: Vec<String>,
    },
    /// A prefix or a fuzzy word stands for more words than were searched.
    TooManyTerms {
        /// The prefix or word as typed.
        word: String,
        /// How many words were searched.
        searched: usize,
    },
    /// The [time limit](crate::Search::timeout) was reached: the answer is what was found until then.
    TimeLimit,
    /// Articles that are nearly the same as the one that others are to be similar to were left out.
    SameText {
        /// Their ids, the best ranked first.
        ids: Vec<String>,
    },
    /// More synonyms stand for the words of the query than were searched.
    TooManySynonyms {
        /// The word from which on none was searched.
        word: String,
        /// How many synonyms were searched.
        searched: usize,
    },
}

impl Note {
    /// Returns a short name for programs, in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Note::Query { issue, .. } => issue,
            Note::NoWords => "no-words",
            Note::OnlyNegation => "only-negation",
            Note::OnlyStopWords => "only-stop-words",
            Note::Mended { .. } => "mended",
            Note::DidYouMean { .. } => "did-you-mean",
            Note::TooManyTerms { .. } => "too-many-terms",
            Note::TimeLimit => "time-limit",
            Note::SameText { .. } => "same-text",
            Note::TooManySynonyms { .. } => "too-many-synonyms",
        }
    }

    pub(super) fn from_issue(kind: IssueKind, start: usize, end: usize) -> Note {
        Note::Query { issue: kind.code(), start, end }
    }
}
