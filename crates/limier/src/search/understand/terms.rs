//! Words to terms: which fields have them, how often, and what they are worth there.

use tantivy::schema::Field;

use super::Reader;
use super::words::Word;
use crate::index::TextFields;
use crate::search::expand::Found;
use crate::search::lookup::TermSource;
use crate::search::plan::{LengthOf, PlanNode, Scope, ScoredTerm};

/// The terms of one kind of field.
#[derive(Default)]
pub(super) struct TextSources {
    pub(super) stems: Vec<TermSource>,
    pub(super) exacts: Vec<TermSource>,
}

impl TextSources {
    /// Returns what a word is found by: its stems, or its very form where it has none.
    pub(super) fn senses(&self) -> &[TermSource] {
        if self.stems.is_empty() { &self.exacts } else { &self.stems }
    }
}

#[derive(Default)]
pub(super) struct Sources {
    pub(super) title: TextSources,
    pub(super) body: TextSources,
}

impl Reader<'_> {
    pub(super) fn sources(&self, word: &Word, scope: Scope) -> tantivy::Result<Sources> {
        let find = |field, texts: &[String], can_be_in: &dyn Fn(usize) -> bool| -> tantivy::Result<Vec<TermSource>> {
            let mut sources = Vec::with_capacity(texts.len());
            for text in texts {
                let source = self.lookup.term_where(field, text, can_be_in)?;
                if source.doc_freq > 0 {
                    sources.push(source);
                }
            }
            Ok(sources)
        };
        let fields = self.lookup.fields;
        // Where no segment has the stem of a word, none has the word.
        let both = |text: TextFields| -> tantivy::Result<TextSources> {
            let stems = find(text.stem, &word.stems, &|_| true)?;
            let can_be_in = |ordinal| word.stems.is_empty() || stems.iter().any(|stem| stem.is_in(ordinal));
            let exacts = find(text.exact, &word.exacts, &can_be_in)?;
            Ok(TextSources { stems, exacts })
        };
        Ok(match scope {
            Scope::TitleAndBody => Sources { title: both(fields.title)?, body: both(fields.body)? },
            Scope::Title => Sources { title: both(fields.title)?, body: TextSources::default() },
            Scope::Label(field) => {
                let stems = find(field, &word.stems, &|_| true)?;
                Sources { title: TextSources::default(), body: TextSources { stems, exacts: Vec::new() } }
            }
        })
    }

    pub(super) fn scored(&self, found: &Sources, rarity: f32) -> PlanNode {
        let term = |source: &TermSource, worth: f32, length| ScoredTerm {
            source: source.clone(),
            weight: rarity * worth,
            length: Some(length),
        };
        let title = found.title.senses().iter().map(|source| term(source, self.ranking.title, LengthOf::Title));
        let body = found.body.senses().iter().map(|source| term(source, 1.0, LengthOf::Body));
        PlanNode::Terms(body.chain(title).collect())
    }

    /// A term that was found among those of [`exact_fields`](Reader::exact_fields), scored in each of them.
    pub(super) fn found_terms(&self, found: &Found, scope: Scope, rarity: f32) -> Vec<ScoredTerm> {
        let of_field = |(fields, length, worth): (TextFields, LengthOf, f32)| {
            let source = found.sources.iter().find(|source| source.field == fields.exact)?;
            Some(ScoredTerm { source: source.clone(), weight: rarity * worth, length: Some(length) })
        };
        self.texts_of(scope).into_iter().filter_map(of_field).collect()
    }

    /// The texts of a scope, each with what it is worth.
    pub(super) fn texts_of(&self, scope: Scope) -> Vec<(TextFields, LengthOf, f32)> {
        let fields = self.lookup.fields;
        let title = (fields.title, LengthOf::Title, self.ranking.title);
        match scope {
            Scope::TitleAndBody => vec![(fields.body, LengthOf::Body, 1.0), title],
            Scope::Title => vec![title],
            Scope::Label(field) => {
                let label = TextFields { stem: field, exact: field, stop: field };
                vec![(label, LengthOf::Title, 1.0)]
            }
        }
    }

    pub(super) fn fields_of(&self, scope: Scope) -> TextFields {
        self.texts_of(scope).first().map_or(self.lookup.fields.body, |&(fields, ..)| fields)
    }

    pub(super) fn exact_fields(&self, scope: Scope) -> Vec<Field> {
        self.texts_of(scope).into_iter().map(|(fields, ..)| fields.exact).collect()
    }
}

pub(super) fn total_freq(sources: &[TermSource]) -> u32 {
    sources.iter().map(|source| source.doc_freq).sum()
}

/// Terms of a label: having them is what counts.
pub(super) fn flat_terms(sources: Vec<TermSource>) -> PlanNode {
    let terms: Vec<ScoredTerm> =
        sources.into_iter().map(|source| ScoredTerm { source, weight: 1.0, length: None }).collect();
    if terms.is_empty() { PlanNode::Nothing } else { PlanNode::Terms(terms) }
}
