//! One commit as searches see it, with what each of them would have to open again: opened once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::schema::Field;
use tantivy::{DocAddress, InvertedIndexReader, Searcher};

use crate::search::ids::IdReader;

/// A commit, and what was opened of it; nothing is opened before a search needs it.
pub(crate) struct Snapshot {
    searcher: Searcher,
    /// The dictionaries of each field, one a segment. Tantivy keeps them, too, behind a lock.
    dictionaries: Box<[OnceLock<Dictionaries>]>,
    /// Columns that ranking reads, one of each a segment: opening one looks its name up in a dictionary.
    columns: OnceLock<Box<[RankingColumns]>>,
    ids: IdReader,
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

impl Snapshot {
    pub(crate) fn new(searcher: Searcher) -> Snapshot {
        let dictionaries = searcher.schema().fields().map(|_| OnceLock::new()).collect();
        Snapshot {
            searcher,
            dictionaries,
            columns: OnceLock::new(),
            ids: IdReader::default(),
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

    /// Returns the columns that ranking reads, one of each a segment.
    pub(crate) fn columns(&self) -> tantivy::Result<&[RankingColumns]> {
        let open = || {
            let of_segment = |segment: &tantivy::SegmentReader| {
                let columns = segment.fast_fields();
                Ok(RankingColumns { title_hash: columns.u64("title_hash")?, own_words: columns.u64("own_words")? })
            };
            self.searcher.segment_readers().iter().map(of_segment).collect()
        };
        get_or_open(&self.columns, open).map(|opened| &**opened)
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
