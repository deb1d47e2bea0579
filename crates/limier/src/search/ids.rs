//! Ids of articles, read from their column: no stored text is decompressed for them.

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher};

/// The columns of ids, one a segment.
pub(super) struct Ids(Vec<Option<StrColumn>>);

impl Ids {
    pub(super) fn open(searcher: &Searcher) -> tantivy::Result<Ids> {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str("id"));
        Ok(Ids(columns.collect::<tantivy::Result<_>>()?))
    }

    /// Returns the id of an article, empty where there is none.
    pub(super) fn get(&self, address: DocAddress) -> std::io::Result<String> {
        let mut id = String::new();
        if let Some(Some(column)) = self.0.get(address.segment_ord as usize)
            && let Some(ordinal) = column.ords().first(address.doc_id)
        {
            column.ord_to_str(ordinal, &mut id)?;
        }
        Ok(id)
    }
}
