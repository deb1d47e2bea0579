//! How many articles have a word, and how many beside other words.

use std::collections::BTreeSet;

use tantivy::postings::SegmentPostings;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::exact_fields;
use crate::search::lookup::{Lookup, TermSource};

/// The articles that have all of some stems, by segment.
pub(super) struct Together(Vec<Vec<bool>>);

impl Together {
    /// Finds them; `None` where there are no stems, or no article has all of them.
    pub(super) fn of(stems: BTreeSet<String>, lookup: &Lookup<'_>) -> tantivy::Result<Option<Together>> {
        if stems.is_empty() {
            return Ok(None);
        }
        let mut sources = Vec::with_capacity(stems.len());
        for stem in &stems {
            sources.push([lookup.term(lookup.fields.body.stem, stem)?, lookup.term(lookup.fields.title.stem, stem)?]);
        }
        let mut segments = Vec::new();
        for (ordinal, segment) in lookup.searcher.segment_readers().iter().enumerate() {
            let mut all: Vec<bool> = (0..segment.max_doc()).map(|doc| !segment.is_deleted(doc)).collect();
            for of_stem in &sources {
                let mut has = vec![false; all.len()];
                for source in of_stem {
                    each_article(source, ordinal, lookup, |doc| {
                        if let Some(slot) = has.get_mut(doc as usize) {
                            *slot = true;
                        }
                    })?;
                }
                all.iter_mut().zip(has).for_each(|(all, has)| *all &= has);
            }
            segments.push(all);
        }
        let is_any = segments.iter().flatten().any(|has| *has);
        Ok(is_any.then_some(Together(segments)))
    }

    fn has(&self, ordinal: usize, doc: DocId) -> bool {
        self.0.get(ordinal).and_then(|segment| segment.get(doc as usize)) == Some(&true)
    }
}

/// A word that may be given.
pub(super) struct Candidate {
    pub(super) word: String,
    /// Whether it begins with other accents than were typed.
    pub(super) is_other_spelling: bool,
    pub(super) body: TermSource,
    pub(super) title: TermSource,
}

impl Candidate {
    pub(super) fn new(word: String, is_other_spelling: bool, lookup: &Lookup<'_>) -> tantivy::Result<Candidate> {
        let [body, title] = exact_fields(lookup);
        let (body, title) = (lookup.term(body, &word)?, lookup.term(title, &word)?);
        Ok(Candidate { word, is_other_spelling, body, title })
    }

    /// Returns how many articles have it at most, as one that has it in title and body counts twice.
    pub(super) fn at_most(&self) -> u32 {
        self.body.doc_freq.saturating_add(self.title.doc_freq)
    }

    /// Counts the articles that have it in title or body, and those of them that are among `together`.
    pub(super) fn count(
        &self,
        lookup: &Lookup<'_>,
        together: Option<&Together>,
    ) -> tantivy::Result<(u64, Option<u64>)> {
        let (mut articles, mut beside) = (0, 0);
        for (ordinal, segment) in lookup.searcher.segment_readers().iter().enumerate() {
            if together.is_none() && segment.alive_bitset().is_none() {
                articles += count_without_reading(&self.body, &self.title, ordinal, lookup)?;
                continue;
            }
            each_of_either(&self.body, &self.title, ordinal, segment, lookup, |doc| {
                articles += 1;
                beside += u64::from(together.is_some_and(|together| together.has(ordinal, doc)));
            })?;
        }
        Ok((articles, together.map(|_| beside)))
    }
}

/// Counts the articles of a segment that have either term: those of the shorter list are sought in the longer one.
fn count_without_reading(
    body: &TermSource,
    title: &TermSource,
    ordinal: usize,
    lookup: &Lookup<'_>,
) -> tantivy::Result<u64> {
    let (body, title) = (body.postings(ordinal, lookup)?, title.postings(ordinal, lookup)?);
    let (mut long, mut short) = match (body, title) {
        (None, None) => return Ok(0),
        (Some(only), None) | (None, Some(only)) => return Ok(u64::from(only.doc_freq())),
        (Some(body), Some(title)) if body.doc_freq() >= title.doc_freq() => (body, title),
        (Some(body), Some(title)) => (title, body),
    };
    let sum = u64::from(long.doc_freq()) + u64::from(short.doc_freq());
    let mut both = 0;
    while short.doc() != TERMINATED && long.doc() != TERMINATED {
        let doc = short.doc();
        both += u64::from(move_to(&mut long, doc) == doc);
        short.advance();
    }
    Ok(sum - both)
}

/// Does `work` for each article of a segment that is not deleted and has either term, once.
fn each_of_either(
    first: &TermSource,
    second: &TermSource,
    ordinal: usize,
    segment: &SegmentReader,
    lookup: &Lookup<'_>,
    mut work: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let mut cursors = [first.postings(ordinal, lookup)?, second.postings(ordinal, lookup)?];
    loop {
        let docs = cursors.each_ref().map(|cursor| cursor.as_ref().map_or(TERMINATED, |cursor| cursor.doc()));
        let Some(doc) = docs.into_iter().min().filter(|doc| *doc != TERMINATED) else { return Ok(()) };
        if !segment.is_deleted(doc) {
            work(doc);
        }
        for cursor in cursors.iter_mut().flatten().filter(|cursor| cursor.doc() == doc) {
            cursor.advance();
        }
    }
}

/// Does `work` for each article of a segment that has a term, deleted ones too.
fn each_article(
    source: &TermSource,
    ordinal: usize,
    lookup: &Lookup<'_>,
    mut work: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let Some(mut blocks) = source.blocks(ordinal, lookup)? else { return Ok(()) };
    while !blocks.docs().is_empty() {
        blocks.docs().iter().for_each(|doc| work(*doc));
        blocks.advance();
    }
    Ok(())
}

fn move_to(cursor: &mut SegmentPostings, doc: DocId) -> DocId {
    if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() }
}
