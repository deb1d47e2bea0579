//! Ids of articles: of a few articles, read from where these are stored; of many, from a table; by an id, found in the column
//! of ids.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::{DocAddress, Searcher};

use super::texts::Texts;

/// The id of an article, which is the first field that is stored of it: what comes after it is not decoded.
///
/// Reading ten ids so takes a tenth of the time that the column of ids takes, whose dictionary is read entry by entry.
struct StoredId(String);

impl DocumentDeserialize for StoredId {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<StoredId, DeserializeError> {
        let first: Option<(Field, String)> = deserializer.next_field()?;
        Ok(StoredId(first.map(|(_, id)| id).unwrap_or_default()))
    }
}

/// Returns the id of an article.
pub(crate) fn stored_id(searcher: &Searcher, address: DocAddress) -> tantivy::Result<String> {
    Ok(searcher.doc::<StoredId>(address)?.0)
}

/// Reads ids one by one, until so many were asked for that a table of all of them pays.
#[derive(Default)]
pub(crate) struct IdReader {
    asked: AtomicU32,
    /// `None` inside where the ids are too many for a table.
    table: OnceLock<Option<IdTable>>,
}

impl IdReader {
    /// To read one id where its article is stored takes as long as to put some hundred into the table.
    const ONE_IN: u32 = 64;
    /// Ids that are read one by one before a table is thought of: a program that asks once never makes it.
    const LEAST: u32 = 100;

    /// Returns the id of an article.
    pub(crate) fn id(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<String> {
        let table = match self.table.get() {
            Some(table) => table,
            None => {
                let asked = self.asked.fetch_add(1, Ordering::Relaxed);
                let articles: u32 = searcher.segment_readers().iter().map(|segment| segment.max_doc()).sum();
                if asked < Self::LEAST || asked < articles / Self::ONE_IN {
                    return stored_id(searcher, address);
                }
                let table = IdTable::read(searcher)?;
                self.table.get_or_init(|| table)
            }
        };
        match table.as_ref().and_then(|table| table.get(address)) {
            Some(id) => Ok(id.to_owned()),
            None => stored_id(searcher, address),
        }
    }
}

/// All ids of an index, in memory: what raw numbers are to other engines.
struct IdTable(Vec<SegmentIds>);

/// The ids of a segment, as its dictionary has them, and which of them each article has.
struct SegmentIds {
    ordinals: Column<u64>,
    ids: Texts,
}

impl IdTable {
    /// Bytes of ids that are kept; with more, none are.
    const MOST_BYTES: usize = 64 << 20;

    fn read(searcher: &Searcher) -> tantivy::Result<Option<IdTable>> {
        let (mut segments, mut bytes) = (Vec::new(), 0);
        for segment in searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str("id")? else { return Ok(None) };
            let mut ids = Texts::default();
            let mut terms = column.dictionary().stream()?;
            while terms.advance() {
                ids.push(|text| text.push_str(&String::from_utf8_lossy(terms.key())));
                if bytes + ids.bytes() > Self::MOST_BYTES {
                    return Ok(None);
                }
            }
            bytes += ids.bytes();
            segments.push(SegmentIds { ordinals: column.ords().clone(), ids });
        }
        Ok(Some(IdTable(segments)))
    }

    fn get(&self, address: DocAddress) -> Option<&str> {
        let segment = self.0.get(address.segment_ord as usize)?;
        let ordinal = usize::try_from(segment.ordinals.first(address.doc_id)?).ok()?;
        segment.ids.get(ordinal)
    }
}

/// Finds the first article with this id that is not deleted.
pub(crate) fn find(searcher: &Searcher, id: &str) -> tantivy::Result<Option<DocAddress>> {
    let ids = Ids::open(searcher)?;
    let is_alive = |address: &DocAddress| !searcher.segment_reader(address.segment_ord).is_deleted(address.doc_id);
    let found = ids.find(id)?.find(is_alive);
    Ok(found)
}

/// The columns of ids, one a segment.
pub(crate) struct Ids(Vec<Option<StrColumn>>);

impl Ids {
    pub(crate) fn open(searcher: &Searcher) -> tantivy::Result<Ids> {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str("id"));
        Ok(Ids(columns.collect::<tantivy::Result<_>>()?))
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
