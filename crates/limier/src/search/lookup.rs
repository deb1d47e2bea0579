//! What the index knows of a term: how many articles have it, and where its postings lie.

use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use crate::index::Fields;

/// A term of one field, found in the dictionaries of all segments.
#[derive(Clone, Debug)]
pub(super) struct TermSource {
    pub(super) field: Field,
    /// Articles that have it, deleted ones included until their segment is merged.
    pub(super) doc_freq: u32,
    infos: Vec<Option<TermInfo>>,
}

impl TermSource {
    /// Opens its postings in a segment, in blocks with frequencies.
    pub(super) fn blocks(
        &self,
        ordinal: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(Some(info)) = self.infos.get(ordinal) else { return Ok(None) };
        let inverted = segment.inverted_index(self.field)?;
        Ok(Some(inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?))
    }

    /// Opens its postings in a segment, with what `record` asks for where the field has it.
    pub(super) fn postings(
        &self,
        ordinal: usize,
        segment: &SegmentReader,
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(Some(info)) = self.infos.get(ordinal) else { return Ok(None) };
        let inverted = segment.inverted_index(self.field)?;
        Ok(Some(inverted.read_postings_from_terminfo(info, record)?))
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
    /// Articles, deleted ones included until their segment is merged, as in [`TermSource::doc_freq`].
    pub(super) articles: u32,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: &'a Fields) -> Lookup<'a> {
        let articles = searcher.segment_readers().iter().map(SegmentReader::max_doc).sum();
        Lookup { searcher, fields, articles }
    }

    /// Finds a term; its `doc_freq` is 0 where no segment has it.
    pub(super) fn term(&self, field: Field, text: &str) -> tantivy::Result<TermSource> {
        let term = Term::from_field_text(field, text);
        let mut source = TermSource { field, doc_freq: 0, infos: Vec::new() };
        for segment in self.searcher.segment_readers() {
            let info = segment.inverted_index(field)?.get_term_info(&term)?;
            source.doc_freq += info.as_ref().map_or(0, |info| info.doc_freq);
            source.infos.push(info);
        }
        Ok(source)
    }

    /// Returns how many articles have the term.
    pub(super) fn doc_freq(&self, field: Field, text: &str) -> tantivy::Result<u32> {
        Ok(self.term(field, text)?.doc_freq)
    }

    /// Returns how many articles have the title that hashes to `hash`, at least 1.
    pub(super) fn same_titles(&self, hash: u64) -> tantivy::Result<u32> {
        let term = Term::from_field_u64(self.fields.title_hash, hash);
        Ok(u32::try_from(self.searcher.doc_freq(&term)?).unwrap_or(u32::MAX).max(1))
    }

    /// Returns the mean number of content words in a field, at least 1.
    pub(super) fn average_length(&self, field: Field) -> tantivy::Result<f32> {
        let mut tokens = 0;
        for segment in self.searcher.segment_readers() {
            tokens += segment.inverted_index(field)?.total_num_tokens();
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
