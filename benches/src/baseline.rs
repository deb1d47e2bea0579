//! Raw Tantivy with its French chain, as its users write it: what limier is compared with.

use std::cell::OnceCell;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::{Snippet, SnippetGenerator};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, Term};

use crate::chain::{self, Chain};
use crate::engine::Texts;

/// Bytes that a thread may fill before it writes a segment.
const MEMORY_PER_THREAD: usize = 100_000_000;

/// The name under which the chain is registered.
const TOKENIZER: &str = "french";

/// How a careful user lays out title and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Title and body in one field.
    OneField,
    /// Title and body as two fields whose scores are added, none weighted.
    TwoFields,
}

impl Layout {
    /// Both ways.
    pub(crate) const ALL: [Layout; 2] = [Layout::OneField, Layout::TwoFields];

    /// Returns the name shown in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::OneField => "one-field",
            Layout::TwoFields => "two-fields",
        }
    }

    fn field_names(self) -> &'static [&'static str] {
        match self {
            Layout::OneField => &["text"],
            Layout::TwoFields => &["title", "body"],
        }
    }
}

/// Writes an index into an empty folder and returns the seconds it took, merging included.
///
/// Positions and stored text are kept, one level of terms.
pub(crate) fn build(folder: &Path, chain: Chain, layout: Layout, threads: usize, texts: &dyn Texts) -> Result<f64> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing).set_stored();
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED | FAST);
    let fields: Vec<Field> =
        layout.field_names().iter().map(|name| schema.add_text_field(name, options.clone())).collect();

    let start = Instant::now();
    let index = Index::create_in_dir(folder, schema.build())?;
    index.tokenizers().register(TOKENIZER, chain.analyzer());
    let mut writer = index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD)?;
    texts.give(&mut |text| {
        let mut document = TantivyDocument::new();
        document.add_text(id, &text.id);
        match (layout, fields.as_slice()) {
            (Layout::TwoFields, [title, body]) => {
                document.add_text(*title, &text.title);
                document.add_text(*body, &text.body);
            }
            (_, [field, ..]) => document.add_text(*field, format!("{}\n{}", text.title, text.body)),
            _ => bail!("a layout without fields"),
        }
        writer.add_document(document)?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(start.elapsed().as_secs_f64())
}

/// An index opened for searching.
pub(crate) struct Baseline {
    searcher: Searcher,
    /// The ids of each segment, by document, read at the first search: reading them from the index would cost the baseline time that a program
    /// with ids of its own does not spend.
    ids: OnceCell<Vec<Vec<String>>>,
    fields: Vec<Field>,
    analyzer: TextAnalyzer,
    // Kept alive: the searcher reads through it.
    _reader: IndexReader,
}

impl Baseline {
    /// Opens the index of a folder.
    pub(crate) fn open(folder: &Path, chain: Chain) -> Result<Baseline> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register(TOKENIZER, chain.analyzer());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let schema = index.schema();
        let is_text = |field: &Field| schema.get_field_name(*field) != "id";
        let fields = schema.fields().map(|(field, _)| field).filter(is_text).collect();
        Ok(Baseline {
            searcher: reader.searcher(),
            ids: OnceCell::new(),
            fields,
            analyzer: chain.analyzer(),
            _reader: reader,
        })
    }

    fn ids(&self) -> Result<&[Vec<String>]> {
        if let Some(ids) = self.ids.get() {
            return Ok(ids);
        }
        let ids = self.searcher.segment_readers().iter().map(read_ids).collect::<Result<_>>()?;
        Ok(self.ids.get_or_init(|| ids))
    }

    /// Makes the OR of the terms of a text, in every field.
    pub(crate) fn any_term(&mut self, text: &str) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (_, term) in chain::terms(&mut self.analyzer, text) {
            for &field in &self.fields {
                let query = TermQuery::new(Term::from_field_text(field, &term), IndexRecordOption::WithFreqs);
                clauses.push((Occur::Should, Box::new(query)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Makes a phrase of the terms of a text, in the first field; of one term, that term.
    pub(crate) fn phrase(&mut self, text: &str) -> Box<dyn Query> {
        let field = self.first_field();
        let terms: Vec<(usize, Term)> = chain::terms(&mut self.analyzer, text)
            .into_iter()
            .map(|(position, term)| (position, Term::from_field_text(field, &term)))
            .collect();
        if terms.len() < 2 { self.any_term(text) } else { Box::new(PhraseQuery::new_with_offset(terms)) }
    }

    /// Makes a query for all terms that begin with `start`, in the first field.
    pub(crate) fn prefix(&self, start: &str) -> Box<dyn Query> {
        Box::new(PhrasePrefixQuery::new(vec![Term::from_field_text(self.first_field(), start)]))
    }

    /// Makes a query for all terms within one edit of the first term of `word`, in the first field.
    pub(crate) fn fuzzy(&mut self, word: &str) -> Box<dyn Query> {
        let field = self.first_field();
        let term = chain::terms(&mut self.analyzer, word).into_iter().next().map_or(String::new(), |(_, term)| term);
        Box::new(FuzzyTermQuery::new(Term::from_field_text(field, &term), 1, true))
    }

    fn first_field(&self) -> Field {
        self.fields.first().copied().unwrap_or(Field::from_field_id(0))
    }

    /// Returns the ids and scores of the best articles, best first.
    pub(crate) fn top(&self, query: &dyn Query, limit: usize) -> Result<Vec<(String, f32)>> {
        let ids = self.ids()?;
        let top = self.searcher.search(query, &TopDocs::with_limit(limit).order_by_score())?;
        top.into_iter()
            .map(|(score, address)| {
                let segment = ids.get(address.segment_ord as usize);
                let id = segment.and_then(|ids| ids.get(address.doc_id as usize)).context("each article has an id")?;
                Ok((id.clone(), score))
            })
            .collect()
    }

    /// Returns the number of articles shown and the exact total, as one search.
    pub(crate) fn top_and_count(&self, query: &dyn Query, limit: usize) -> Result<(usize, usize)> {
        let (top, count) = self.searcher.search(query, &(TopDocs::with_limit(limit).order_by_score(), Count))?;
        Ok((top.len(), count))
    }

    /// Returns a snippet of each body for a query, by Tantivy's own snippet generator; `length` in characters.
    pub(crate) fn snippets_of(&mut self, text: &str, bodies: &[&str], length: Option<usize>) -> Result<Vec<Snippet>> {
        let field = self.fields.last().copied().context("an index has a text field")?;
        let query = self.any_term(text);
        let mut generator = SnippetGenerator::create(&self.searcher, query.as_ref(), field)?;
        if let Some(length) = length {
            generator.set_max_num_chars(length);
        }
        Ok(bodies.iter().map(|body| generator.snippet(body)).collect())
    }

    /// Returns how many of the best articles were loaded.
    pub(crate) fn articles(&self, query: &dyn Query, limit: usize) -> Result<usize> {
        let top = self.searcher.search(query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut loaded = 0;
        for (_, address) in top {
            let document: TantivyDocument = std::hint::black_box(self.searcher.doc(address)?);
            loaded += usize::from(document.field_values().next().is_some());
        }
        Ok(loaded)
    }

    /// Returns a snippet of each of the best articles, by Tantivy's own snippet generator.
    pub(crate) fn snippets(&self, query: &dyn Query, limit: usize) -> Result<Vec<String>> {
        let field = self.fields.last().copied().context("an index has a text field")?;
        let generator = SnippetGenerator::create(&self.searcher, query, field)?;
        let top = self.searcher.search(query, &TopDocs::with_limit(limit).order_by_score())?;
        top.into_iter()
            .map(|(_, address)| {
                let document: TantivyDocument = self.searcher.doc(address)?;
                let text = document.get_first(field).and_then(|value| value.as_str()).unwrap_or("");
                Ok(generator.snippet(text).to_html())
            })
            .collect()
    }
}

/// Reads the id of every document of a segment.
fn read_ids(segment: &SegmentReader) -> Result<Vec<String>> {
    let column = segment.fast_fields().str("id")?.context("the id is a fast field")?;
    (0..segment.max_doc())
        .map(|document| {
            let ordinal = column.term_ords(document).next().context("each article has an id")?;
            let mut id = String::new();
            column.ord_to_str(ordinal, &mut id)?;
            Ok(id)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beir::Text;

    fn texts() -> Vec<Text> {
        let text = |id: &str, title: &str, body: &str| Text { id: id.into(), title: title.into(), body: body.into() };
        vec![
            text("a", "Les chevaux", "Un troupeau galope dans les marais de Camargue."),
            text("b", "", "Le troupeau de moutons traverse le village."),
            text("c", "Camargue", "Un cheval blanc de Camargue."),
        ]
    }

    fn with_index(chain: Chain, layout: Layout, check: impl FnOnce(&mut Baseline)) {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), chain, layout, 1, &texts()).unwrap();
        check(&mut Baseline::open(folder.path(), chain).unwrap());
    }

    fn ids(index: &Baseline, query: &dyn Query) -> Vec<String> {
        let mut ids: Vec<String> = index.top(query, 10).unwrap().into_iter().map(|(id, _)| id).collect();
        ids.sort();
        ids
    }

    #[test]
    fn any_term_of_any_field_is_found_in_both_layouts() {
        for layout in Layout::ALL {
            for chain in [Chain::Tantivy, Chain::RustStemmers] {
                with_index(chain, layout, |index| {
                    let query = index.any_term("la Camargue et ses moutons");
                    assert_eq!(ids(index, query.as_ref()), ["a", "b", "c"], "{}", layout.name());
                    assert_eq!(index.top_and_count(query.as_ref(), 2).unwrap(), (2, 3));
                    let nothing = index.any_term("le la les");
                    assert!(ids(index, nothing.as_ref()).is_empty());
                });
            }
        }
    }

    #[test]
    fn two_fields_add_their_scores() {
        with_index(Chain::Tantivy, Layout::TwoFields, |index| {
            let query = index.any_term("Camargue");
            let top = index.top(query.as_ref(), 10).unwrap();
            // In its title and in its body, against the body alone.
            assert_eq!(top[0].0, "c");
        });
    }

    #[test]
    fn phrases_prefixes_and_neighbours_are_found() {
        with_index(Chain::Tantivy, Layout::OneField, |index| {
            let phrase = index.phrase("marais de Camargue");
            assert_eq!(ids(index, phrase.as_ref()), ["a"]);
            let reversed = index.phrase("Camargue de marais");
            assert!(ids(index, reversed.as_ref()).is_empty());
            assert_eq!(ids(index, index.prefix("vill").as_ref()), ["b"]);
            let fuzzy = index.fuzzy("troupaeu");
            assert_eq!(ids(index, fuzzy.as_ref()), ["a", "b"]);
        });
    }

    #[test]
    fn snippets_light_the_words() {
        with_index(Chain::Tantivy, Layout::OneField, |index| {
            let query = index.any_term("moutons");
            let snippets = index.snippets(query.as_ref(), 10).unwrap();
            assert_eq!(snippets.len(), 1);
            assert!(snippets[0].contains("<b>moutons</b>"), "{snippets:?}");
        });
    }
}
