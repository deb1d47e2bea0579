//! Ids of articles, read from their column: no stored text is decompressed for them.

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher};

/// The columns of ids, one a segment.
pub(crate) struct Ids(Vec<Option<StrColumn>>);

impl Ids {
    pub(crate) fn open(searcher: &Searcher) -> tantivy::Result<Ids> {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str("id"));
        Ok(Ids(columns.collect::<tantivy::Result<_>>()?))
    }

    /// Returns the id of an article, empty where there is none.
    pub(crate) fn get(&self, address: DocAddress) -> std::io::Result<String> {
        let mut id = String::new();
        if let Some(Some(column)) = self.0.get(address.segment_ord as usize)
            && let Some(ordinal) = column.ords().first(address.doc_id)
        {
            column.ord_to_str(ordinal, &mut id)?;
        }
        Ok(id)
    }

    /// Finds the articles with this id, deleted ones too: of each segment, one after the other.
    pub(crate) fn find<'i>(&'i self, id: &str) -> std::io::Result<impl Iterator<Item = DocAddress> + 'i> {
        let mut places = Vec::new();
        for (segment_ord, column) in (0..).zip(&self.0) {
            let Some(column) = column else { continue };
            if let Some(ordinal) = column.dictionary().term_ord(id)? {
                places.push((segment_ord, column.ords(), ordinal));
            }
        }
        Ok(places.into_iter().flat_map(|(segment_ord, ordinals, wanted)| {
            let of_id = (0..ordinals.num_docs()).filter(move |doc_id| ordinals.first(*doc_id) == Some(wanted));
            of_id.map(move |doc_id| DocAddress { segment_ord, doc_id })
        }))
    }
}
