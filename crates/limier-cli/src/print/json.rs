//! Hits for a program: JSON Lines, in a schema that is a promise.
//!
//! Fields that are unknown are absent; bytes of texts stay true.

use std::io::{self, Write};
use std::ops::Range;

use limier::{Explanation, FacetCount, FacetCounts, Hit, Passage, Timeline};
use serde::Serialize;

use super::link;
use crate::notes::Note;
use crate::paths::Shown;

/// Writes one value as a line.
pub(crate) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Returns ranges as pairs.
pub(crate) fn pairs(ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}

/// The line of one hit.
#[derive(Serialize)]
pub(crate) struct HitLine<'h> {
    r#type: &'static str,
    /// Of several queries, the one that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'h str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'h str>,
    rank: usize,
    score: f32,
    id: &'h str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'h str,
    /// Byte ranges of the title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    title_highlights: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The address of the file where its path is not UTF-8: `path` does not open it then.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'h str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<limier::Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'h str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'h str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'h str>,
    passages: &'h [Passage],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'h Explanation>,
    /// Ids of articles that are nearly the same, folded behind this one.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    duplicates: &'h [String],
    /// Words in common with the article that hits are to be like.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    shared: &'h [String],
}

impl<'h> HitLine<'h> {
    pub(crate) fn new(hit: &'h Hit, shown: &Shown) -> HitLine<'h> {
        let article = hit.article();
        HitLine {
            r#type: "hit",
            query_id: None,
            query: None,
            rank: hit.rank(),
            score: hit.score(),
            id: hit.id(),
            title: hit.title(),
            title_highlights: pairs(hit.title_highlights()),
            path: shown.article(article),
            path_url: article.file_path().filter(|path| path.to_str().is_none()).and_then(|path| link::target(&path)),
            url: article.get_url(),
            date: hit.date(),
            source: article.get_source(),
            author: article.get_author(),
            lang: article.get_lang(),
            passages: hit.passages(),
            explanation: hit.explanation(),
            duplicates: hit.duplicates(),
            shared: hit.shared(),
        }
    }

    /// Names the query that it answers, where that is one of several.
    pub(crate) fn of(self, query_id: Option<&'h str>, query: Option<&'h str>) -> HitLine<'h> {
        HitLine { query_id, query: query_id.and(query), ..self }
    }
}

/// The line of one facet, behind the hits.
#[derive(Serialize)]
pub(crate) struct FacetLine<'f> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'f str>,
    facet: &'static str,
    counts: &'f [FacetCount],
}

impl<'f> FacetLine<'f> {
    pub(crate) fn new(query_id: Option<&'f str>, counts: &'f FacetCounts) -> FacetLine<'f> {
        FacetLine { r#type: "facet", query_id, facet: counts.facet.name(), counts: &counts.counts }
    }
}

/// The line of a timeline, behind the hits; periods without hits are absent.
#[derive(Serialize)]
pub(crate) struct TimelineLine<'t> {
    pub(crate) r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) query_id: Option<&'t str>,
    #[serde(flatten)]
    pub(crate) timeline: &'t Timeline,
}

/// The last line.
#[derive(Serialize)]
pub(crate) struct SummaryLine<'s> {
    pub(crate) r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) query_id: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) query: Option<&'s str>,
    /// The article that hits are to be like, as it was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) article: Option<&'s str>,
    /// Hits shown.
    pub(crate) hits: usize,
    /// Articles that match.
    pub(crate) total: u64,
    /// Those of them that are folded behind the hits shown.
    pub(crate) folded: u64,
    /// Articles in the index.
    pub(crate) articles: u64,
    pub(crate) elapsed_ms: f64,
    pub(crate) notes: &'s [Note],
}
