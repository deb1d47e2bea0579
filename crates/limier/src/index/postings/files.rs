//! The files of an inverted index, each with a part for every field.

use std::io::{self, Write};

use tantivy::directory::{CompositeWrite, TerminatingWrite, WritePtr};
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::FieldSerializer;
use tantivy::schema::{Field, IndexRecordOption, Schema};

use super::log::Log;
use super::terms::{TermId, Terms};

/// The files of a segment, open for writing. Fields may come in any order.
pub(super) struct Files {
    terms: CompositeWrite<WritePtr>,
    postings: CompositeWrite<WritePtr>,
    positions: CompositeWrite<WritePtr>,
}

/// What is the same for all fields that are written.
pub(super) struct Context<'s> {
    pub(super) schema: &'s Schema,
    pub(super) lengths: &'s FieldNormReaders,
}

/// The parts of one field, made in memory.
#[derive(Debug, Default)]
pub(super) struct Parts {
    terms: Vec<u8>,
    postings: Vec<u8>,
    positions: Vec<u8>,
}

impl Files {
    pub(super) fn open(segment: &Segment) -> tantivy::Result<Files> {
        let open = |component| segment.open_write(component).map(CompositeWrite::wrap);
        Ok(Files {
            terms: open(SegmentComponent::Terms)?,
            postings: open(SegmentComponent::Postings)?,
            positions: open(SegmentComponent::Positions)?,
        })
    }

    /// Writes a field.
    pub(super) fn write(
        &mut self,
        log: &Log,
        terms: &Terms,
        sorted: &[TermId],
        context: &Context<'_>,
    ) -> io::Result<()> {
        write(log, terms, sorted, context, [&mut self.terms, &mut self.postings, &mut self.positions])
    }

    /// Writes a field that was made in memory.
    pub(super) fn append(&mut self, field: Field, parts: &Parts) -> io::Result<()> {
        if parts.terms.is_empty() {
            return Ok(());
        }
        self.terms.for_field(field).write_all(&parts.terms)?;
        self.postings.for_field(field).write_all(&parts.postings)?;
        self.positions.for_field(field).write_all(&parts.positions)
    }

    pub(super) fn close(self) -> io::Result<()> {
        self.terms.close()?;
        self.postings.close()?;
        self.positions.close()
    }
}

impl Parts {
    /// Makes a field in memory; nothing of a field without tokens.
    pub(super) fn of(log: &Log, terms: &Terms, sorted: &[TermId], context: &Context<'_>) -> io::Result<Parts> {
        let mut parts = Parts::default();
        let Parts { terms: to_terms, postings, positions } = &mut parts;
        let [to_terms, postings, positions] = &mut [to_terms, postings, positions].map(CompositeWrite::wrap);
        write(log, terms, sorted, context, [to_terms, postings, positions])?;
        Ok(parts)
    }
}

/// Writes a field to its parts of the terms, the postings and the positions, as Tantivy does.
fn write<W: TerminatingWrite + Write>(
    log: &Log,
    terms: &Terms,
    sorted: &[TermId],
    context: &Context<'_>,
    [to_terms, postings, positions]: [&mut CompositeWrite<W>; 3],
) -> io::Result<()> {
    if log.tokens() == 0 {
        return Ok(());
    }
    let field = log.field();
    let option = context.schema.get_field_entry(field).field_type().index_record_option();
    let serializer = FieldSerializer::create(
        option.unwrap_or(IndexRecordOption::Basic),
        log.tokens(),
        to_terms.for_field(field),
        postings.for_field(field),
        positions.for_field(field),
        context.lengths.get_field(field).map_err(io::Error::other)?,
    )?;
    log.write(terms, sorted, serializer)
}
