//! What the index knows of a term: how many articles have it, and where its postings lie.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use limier_french::FrenchAnalyzer;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, InvertedIndexReader, Searcher, SegmentReader, Term};

use super::deadline::Deadline;
use super::vocabulary::Vocabulary;
use crate::index::{Fields, RankingColumns, SegmentNorms, Snapshot, title_bucket};

/// Postings that Tantivy keeps in one block.
pub(super) const BLOCK: usize = 128;

/// A term of one field, found in the dictionaries of all segments.
#[derive(Clone, Debug)]
pub(super) struct TermSource {
    pub(super) field: Field,
    /// Articles that have it, deleted ones included until their segment is merged.
    pub(super) doc_freq: u32,
    /// Where its postings lie in each segment; a plan holds several copies of a source.
    infos: Rc<[Option<TermInfo>]>,
}

impl TermSource {
    /// Says where the term lies in a segment that was not known to have it.
    pub(super) fn set(&mut self, ordinal: usize, info: &TermInfo) {
        if let Some(slot) = Rc::make_mut(&mut self.infos).get_mut(ordinal) {
            *slot = Some(info.clone());
            self.doc_freq += info.doc_freq;
        }
    }

    /// Opens its postings in a segment, in blocks with frequencies where the field has them.
    pub(super) fn blocks(
        &self,
        ordinal: usize,
        lookup: &Lookup<'_>,
    ) -> tantivy::Result<Option<Box<BlockSegmentPostings>>> {
        let Some(Some(info)) = self.infos.get(ordinal) else { return Ok(None) };
        let Some(inverted) = lookup.dictionary(self.field, ordinal)? else { return Ok(None) };
        // They hold decoded blocks, more than a kilobyte: boxed at once, they are not copied about.
        Ok(Some(Box::new(inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?)))
    }

    /// Opens its postings in a segment, with positions where the field has them.
    pub(super) fn postings(
        &self,
        ordinal: usize,
        lookup: &Lookup<'_>,
    ) -> tantivy::Result<Option<Box<SegmentPostings>>> {
        let Some(Some(info)) = self.infos.get(ordinal) else { return Ok(None) };
        let Some(inverted) = lookup.dictionary(self.field, ordinal)? else { return Ok(None) };
        let record = IndexRecordOption::WithFreqsAndPositions;
        Ok(Some(Box::new(inverted.read_postings_from_terminfo(info, record)?)))
    }

    /// Reads its postings in a segment, with frequencies where the field has them, if they are fewer than a block;
    /// else returns `None`.
    ///
    /// Where a block of a term of the same field was read before, that one is read into: a prefix has many terms, most of
    /// them of a few articles, and to make room for a block costs more than to read it.
    pub(super) fn read_few<T>(
        &self,
        ordinal: usize,
        lookup: &Lookup<'_>,
        read: impl FnOnce(&[DocId], &[u32]) -> T,
    ) -> tantivy::Result<Option<T>> {
        let Some(Some(info)) = self.infos.get(ordinal) else { return Ok(None) };
        let Some(inverted) = lookup.dictionary(self.field, ordinal)? else { return Ok(None) };
        if info.doc_freq as usize >= BLOCK {
            return Ok(None);
        }
        let mut spare = lookup.spare.borrow_mut();
        let blocks = match spare.iter().position(|(field, _)| *field == self.field) {
            Some(at) => {
                let (_, mut blocks) = spare.swap_remove(at);
                inverted.reset_block_postings_from_terminfo(info, &mut blocks)?;
                blocks
            }
            None => Box::new(inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?),
        };
        let result = read(blocks.docs(), blocks.freqs());
        spare.push((self.field, blocks));
        Ok(Some(result))
    }

    /// Tells whether a segment has it.
    pub(super) fn is_in(&self, ordinal: usize) -> bool {
        matches!(self.infos.get(ordinal), Some(Some(_)))
    }
}

/// The dictionaries of an index at one commit, with the counts that BM25 needs.
pub(super) struct Lookup<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) analyzer: &'a FrenchAnalyzer,
    /// Articles, deleted ones included until their segment is merged, as in [`TermSource::doc_freq`].
    pub(super) articles: u32,
    /// When the search that looks has to end.
    pub(super) deadline: Deadline,
    snapshot: &'a Snapshot,
    /// Scratch: a block of each field that [`TermSource::read_few`] has read.
    spare: RefCell<Vec<(Field, Box<BlockSegmentPostings>)>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, fields: &'a Fields, analyzer: &'a FrenchAnalyzer) -> Lookup<'a> {
        let searcher = snapshot.searcher();
        let articles = searcher.segment_readers().iter().map(SegmentReader::max_doc).sum();
        Lookup {
            searcher,
            fields,
            analyzer,
            articles,
            deadline: Deadline::default(),
            snapshot,
            spare: RefCell::default(),
        }
    }

    /// Sets when the search that looks has to end.
    pub(super) fn until(self, deadline: Deadline) -> Lookup<'a> {
        Lookup { deadline, ..self }
    }

    /// Returns the dictionaries of a field, one a segment.
    pub(super) fn dictionaries(&self, field: Field) -> tantivy::Result<&'a [Arc<InvertedIndexReader>]> {
        self.snapshot.dictionaries(field)
    }

    /// Returns the dictionary of a field in a segment.
    pub(super) fn dictionary(
        &self,
        field: Field,
        ordinal: usize,
    ) -> tantivy::Result<Option<&'a Arc<InvertedIndexReader>>> {
        Ok(self.dictionaries(field)?.get(ordinal))
    }

    /// Returns the columns of a segment that ranking reads.
    pub(super) fn columns(&self, ordinal: usize) -> tantivy::Result<Option<&'a RankingColumns>> {
        Ok(self.snapshot.columns()?.get(ordinal))
    }

    /// Returns the lengths of the titles and the bodies of a segment.
    pub(super) fn norms(&self, ordinal: usize) -> tantivy::Result<&'a SegmentNorms> {
        self.snapshot.norms(ordinal, self.fields.title.stem, self.fields.body.stem)
    }

    /// Returns all exact terms of titles and bodies.
    pub(super) fn vocabulary(&self) -> tantivy::Result<&'a Vocabulary> {
        self.snapshot.vocabulary(self.fields.title.exact, self.fields.body.exact)
    }

    /// Returns how many terms the dictionaries of these fields have, counted once a segment and field.
    pub(super) fn terms(&self, fields: &[Field]) -> tantivy::Result<usize> {
        let mut sum = 0;
        for &field in fields {
            sum += self.dictionaries(field)?.iter().map(|inverted| inverted.terms().num_terms()).sum::<usize>();
        }
        Ok(sum)
    }

    /// Returns a term of a field that no segment is known to have.
    pub(super) fn nowhere(&self, field: Field) -> TermSource {
        let infos = self.searcher.segment_readers().iter().map(|_| None).collect();
        TermSource { field, doc_freq: 0, infos }
    }

    /// Finds a term; its `doc_freq` is 0 where no segment has it.
    pub(super) fn term(&self, field: Field, text: &str) -> tantivy::Result<TermSource> {
        self.term_where(field, text, |_| true)
    }

    /// Finds a term, in the segments alone where it can be.
    pub(super) fn term_where(
        &self,
        field: Field,
        text: &str,
        can_be_in: impl Fn(usize) -> bool,
    ) -> tantivy::Result<TermSource> {
        let dictionaries = self.dictionaries(field)?;
        // Collected without a detour through a list that grows, for a query has dozens of terms.
        let mut failed = None;
        let find = |(ordinal, inverted): (usize, &Arc<InvertedIndexReader>)| {
            let found = if can_be_in(ordinal) { inverted.terms().get(text) } else { Ok(None) };
            found.unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        };
        let infos: Rc<[Option<TermInfo>]> = dictionaries.iter().enumerate().map(find).collect();
        if let Some(error) = failed {
            return Err(error.into());
        }
        let doc_freq = infos.iter().flatten().map(|info| info.doc_freq).sum();
        Ok(TermSource { field, doc_freq, infos })
    }

    /// Returns how many articles have the term.
    pub(super) fn doc_freq(&self, field: Field, text: &str) -> tantivy::Result<u32> {
        let mut sum = 0;
        for inverted in self.dictionaries(field)? {
            sum += inverted.terms().get(text)?.map_or(0, |info| info.doc_freq);
        }
        Ok(sum)
    }

    /// Returns how many articles have the title that hashes to `hash`, at least 1.
    pub(super) fn same_titles(&self, hash: u64) -> tantivy::Result<u32> {
        self.snapshot.same_titles(hash, || self.count_titles(hash))
    }

    fn count_titles(&self, hash: u64) -> tantivy::Result<u32> {
        let bucket = Term::from_field_u64(self.fields.title_bucket, title_bucket(hash));
        let dictionaries = self.dictionaries(self.fields.title_bucket)?;
        let mut sum = 0;
        for ((inverted, columns), segment) in
            dictionaries.iter().zip(self.snapshot.columns()?).zip(self.searcher.segment_readers())
        {
            let Some(info) = inverted.terms().get(bucket.serialized_value_bytes())? else { continue };
            let mut blocks = inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            let has_title = |doc: &DocId| columns.title_hash.first(*doc) == Some(hash) && !segment.is_deleted(*doc);
            while !blocks.docs().is_empty() {
                sum += blocks.docs().iter().filter(|doc| has_title(doc)).count() as u32;
                blocks.advance();
            }
        }
        Ok(sum.max(1))
    }

    /// Returns the mean number of content words in a field, at least 1.
    pub(super) fn average_length(&self, field: Field) -> tantivy::Result<f32> {
        let mut tokens = 0;
        for inverted in self.dictionaries(field)? {
            tokens += inverted.total_num_tokens();
        }
        Ok((tokens as f32 / self.articles.max(1) as f32).max(1.0))
    }

    /// Returns how rare something is that `doc_freq` articles have: BM25's inverse document frequency, above 0.
    ///
    /// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the 1 inside of the
    /// logarithm that keeps it positive, as in Lucene.
    pub(super) fn rarity(&self, doc_freq: u32) -> f32 {
        let (all, with) = (self.articles as f32, doc_freq.min(self.articles) as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }
}
