//! One commit as searches see it, with what each of them would have to open again: opened once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, InvertedIndexReader, Searcher, SegmentReader, TantivyError};

#[cfg(feature = "files")]
use crate::ingest::RecurringLines;
use crate::search::ids::IdReader;
use crate::search::vocabulary::Vocabulary;

/// A commit, and what was opened of it; nothing is opened before a search needs it.
pub(crate) struct Snapshot {
    searcher: Searcher,
    /// The dictionaries of each field, one a segment. Tantivy keeps them, too, behind a lock.
    dictionaries: Box<[OnceLock<Dictionaries>]>,
    /// Columns that ranking reads, one of each a segment: opening one looks its name up in a dictionary.
    columns: OnceLock<Box<[RankingColumns]>>,
    /// The lengths of titles and bodies, one of each a segment.
    norms: OnceLock<Box<[SegmentNorms]>>,
    ids: IdReader,
    /// The exact terms, where they were asked for.
    vocabulary: OnceLock<Vocabulary>,
    /// The lines that recur in the folders.
    #[cfg(feature = "files")]
    recurring: OnceLock<RecurringLines>,
    /// How many articles have a title, by its hash: of those that were asked for.
    same_titles: Mutex<HashMap<u64, u32>>,
}

/// The dictionaries of one field, one a segment.
type Dictionaries = Box<[Arc<InvertedIndexReader>]>;

/// The columns of a segment that ranking reads.
pub(crate) struct RankingColumns {
    pub(crate) title_hash: Column<u64>,
    pub(crate) own_words: Column<u64>,
}

/// The lengths of the titles and the bodies of a segment.
pub(crate) struct SegmentNorms {
    pub(crate) title: FieldNorms,
    pub(crate) body: FieldNorms,
}

/// How many words a field has in each article, in Tantivy's code of one byte. Tantivy's own reader asks with each article
/// whether it has bytes at all.
pub(crate) struct FieldNorms(OwnedBytes);

impl FieldNorms {
    fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<FieldNorms> {
        let file = segment.fieldnorms_readers().get_inner_file().open_read(field);
        let missing = || TantivyError::SchemaError(format!("no lengths of field {}", field.field_id()));
        Ok(FieldNorms(file.ok_or_else(missing)?.read_bytes()?))
    }

    /// Returns the codes of all articles.
    pub(crate) fn codes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the code of the length of an article.
    pub(crate) fn code(&self, doc: DocId) -> u8 {
        self.codes().get(doc as usize).copied().unwrap_or_default()
    }

    /// Returns the length of an article in words, as the code tells it.
    pub(crate) fn length(&self, doc: DocId) -> u32 {
        FieldNormReader::id_to_fieldnorm(self.code(doc))
    }
}

impl Snapshot {
    pub(crate) fn new(searcher: Searcher) -> Snapshot {
        let dictionaries = searcher.schema().fields().map(|_| OnceLock::new()).collect();
        Snapshot {
            searcher,
            dictionaries,
            columns: OnceLock::new(),
            norms: OnceLock::new(),
            ids: IdReader::default(),
            vocabulary: OnceLock::new(),
            #[cfg(feature = "files")]
            recurring: OnceLock::new(),
            same_titles: Mutex::default(),
        }
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the id of an article.
    pub(crate) fn id(&self, address: DocAddress) -> tantivy::Result<String> {
        self.ids.id(&self.searcher, address)
    }

    /// Returns the lines that recur in the folders, read once.
    #[cfg(feature = "files")]
    pub(crate) fn recurring(&self, read: impl FnOnce() -> RecurringLines) -> RecurringLines {
        self.recurring.get_or_init(read).clone()
    }

    /// Returns how many articles have the title of a hash, counted once.
    pub(crate) fn same_titles(&self, hash: u64, count: impl FnOnce() -> tantivy::Result<u32>) -> tantivy::Result<u32> {
        /// Titles that are kept, sixteen bytes each.
        const MOST: usize = 1 << 16;
        // A thread that failed with the lock in its hand left nothing half done.
        let kept = || self.same_titles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&count) = kept().get(&hash) {
            return Ok(count);
        }
        let count = count()?;
        let mut kept = kept();
        if kept.len() < MOST {
            kept.insert(hash, count);
        }
        Ok(count)
    }

    /// Returns the dictionaries of a field, one a segment.
    pub(crate) fn dictionaries(&self, field: Field) -> tantivy::Result<&[Arc<InvertedIndexReader>]> {
        let Some(slot) = self.dictionaries.get(field.field_id() as usize) else { return Ok(&[]) };
        get_or_open(slot, || {
            self.searcher.segment_readers().iter().map(|segment| segment.inverted_index(field)).collect()
        })
        .map(|opened| &**opened)
    }

    /// Returns all exact terms of titles and bodies.
    pub(crate) fn vocabulary(&self, title: Field, body: Field) -> tantivy::Result<&Vocabulary> {
        let read = || Ok(Vocabulary::read(self.dictionaries(title)?.iter().chain(self.dictionaries(body)?))?);
        get_or_open(&self.vocabulary, read)
    }

    /// Returns the columns that ranking reads, one of each a segment.
    pub(crate) fn columns(&self) -> tantivy::Result<&[RankingColumns]> {
        let open = || {
            let of_segment = |segment: &SegmentReader| {
                let columns = segment.fast_fields();
                Ok(RankingColumns { title_hash: columns.u64("title_hash")?, own_words: columns.u64("own_words")? })
            };
            self.searcher.segment_readers().iter().map(of_segment).collect()
        };
        get_or_open(&self.columns, open).map(|opened| &**opened)
    }

    /// Returns the lengths of the titles and the bodies of a segment.
    pub(crate) fn norms(&self, ordinal: usize, title: Field, body: Field) -> tantivy::Result<&SegmentNorms> {
        let of_segment = |segment: &SegmentReader| {
            Ok(SegmentNorms { title: FieldNorms::open(segment, title)?, body: FieldNorms::open(segment, body)? })
        };
        let norms = get_or_open(&self.norms, || self.searcher.segment_readers().iter().map(of_segment).collect())?;
        norms.get(ordinal).ok_or_else(|| TantivyError::InvalidArgument(format!("there is no segment {ordinal}")))
    }
}

/// Opens what a slot is for, where nobody has; a failure is kept nowhere, and the next search tries again.
fn get_or_open<T>(slot: &OnceLock<T>, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<&T> {
    if let Some(opened) = slot.get() {
        return Ok(opened);
    }
    let opened = open()?;
    Ok(slot.get_or_init(|| opened))
}
