//! What the articles of a segment hold in one field, in the order in which they came; sorted by terms when it is written.

use std::io;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field;

use super::terms::{TermId, Terms};

/// Says of a place that it is one in `positions`; else it is the one position itself.
const SEVERAL: u32 = 1 << 31;

/// The postings of a field.
#[derive(Debug)]
pub(super) struct Log {
    field: Field,
    with_positions: bool,
    tokens: u64,
    /// Each article with the number of postings up to and with its own.
    articles: Vec<(DocId, u32)>,
    /// The term of each posting.
    terms: Vec<TermId>,
    /// Of each posting where its term stands in the article, where the field has positions.
    places: Vec<u32>,
    /// The positions of postings that have several: how many, and the distance of each from the last, seven bits a byte.
    positions: Vec<u8>,
}

impl Log {
    pub(super) fn new(field: Field, with_positions: bool) -> Log {
        Log {
            field,
            with_positions,
            tokens: 0,
            articles: Vec::new(),
            terms: Vec::new(),
            places: Vec::new(),
            positions: Vec::new(),
        }
    }

    pub(super) fn field(&self) -> Field {
        self.field
    }

    /// Adds an article, with its terms and positions: of each token the term above, the position below, in any order, which is lost.
    pub(super) fn add_placed(&mut self, article: DocId, tokens: &mut [u64]) {
        if tokens.is_empty() {
            return;
        }
        self.tokens += tokens.len() as u64;
        tokens.sort_unstable();
        for posting in tokens.chunk_by(|a, b| a >> 32 == b >> 32) {
            let [first, ..] = posting else { continue };
            self.terms.push((first >> 32) as TermId);
            self.places.push(match posting {
                [only] if *only as u32 & SEVERAL == 0 => *only as u32,
                _ => SEVERAL | self.positions.len() as u32,
            });
            let is_one = self.places.last().is_some_and(|place| place & SEVERAL == 0);
            if !is_one {
                push_number(&mut self.positions, posting.len() as u32);
                let mut last = 0;
                for token in posting {
                    let position = *token as u32;
                    push_number(&mut self.positions, position - last);
                    last = position;
                }
            }
        }
        self.articles.push((article, self.terms.len() as u32));
    }

    /// Adds an article with its terms, in any order, which is lost.
    pub(super) fn add(&mut self, article: DocId, terms: &mut Vec<TermId>) {
        if terms.is_empty() {
            return;
        }
        terms.sort_unstable();
        terms.dedup();
        self.tokens += terms.len() as u64;
        self.terms.extend_from_slice(terms);
        self.articles.push((article, self.terms.len() as u32));
    }

    /// Returns the bytes of memory that it takes, and will take while it is written.
    pub(super) fn memory(&self) -> usize {
        (self.articles.capacity() + self.terms.len()) * size_of::<(DocId, u32)>()
            + (self.terms.capacity() + self.places.capacity()) * size_of::<u32>()
            + self.positions.capacity()
    }

    /// Writes the field, unless it is empty; `sorted` are the numbers of all terms in the order of their bytes.
    pub(super) fn write(
        self,
        terms: &Terms,
        sorted: &[TermId],
        lengths: Option<FieldNormReader>,
        serializer: &mut InvertedIndexSerializer,
    ) -> io::Result<()> {
        if self.terms.is_empty() {
            return Ok(());
        }
        let mut field = serializer.new_field(self.field, self.tokens, lengths)?;
        let (ends, postings) = self.by_term(terms.len(), sorted);
        let mut start = 0;
        let mut deltas = Vec::new();
        for id in sorted {
            let end = ends.get(*id as usize).copied().unwrap_or_default() as usize;
            // Of a term that the field does not have the end is where it would have begun.
            let of_term = postings.get(start..end).unwrap_or_default();
            if of_term.is_empty() {
                continue;
            }
            start = end;
            field.new_term(terms.text(*id), of_term.len() as u32, self.with_positions)?;
            for (article, place) in of_term {
                if !self.with_positions {
                    field.write_doc(*article, 0, &[]);
                } else if place & SEVERAL == 0 {
                    field.write_doc(*article, 1, &[*place]);
                } else {
                    self.read_positions((place & !SEVERAL) as usize, &mut deltas);
                    field.write_doc(*article, deltas.len() as u32, &deltas);
                }
            }
            field.close_term()?;
        }
        field.close()
    }

    /// Sorts postings by their terms: where those of each term end, and all of them, each article with its place.
    fn by_term(&self, terms: usize, sorted: &[TermId]) -> (Vec<u32>, Vec<(DocId, u32)>) {
        let mut next = vec![0_u32; terms];
        for id in &self.terms {
            if let Some(count) = next.get_mut(*id as usize) {
                *count += 1;
            }
        }
        let mut total = 0;
        for id in sorted {
            if let Some(next) = next.get_mut(*id as usize) {
                let count = std::mem::replace(next, total);
                total += count;
            }
        }
        let mut postings = vec![(0, 0); self.terms.len()];
        let mut start = 0;
        for (article, end) in &self.articles {
            for at in start..*end as usize {
                let Some(next) = self.terms.get(at).and_then(|id| next.get_mut(*id as usize)) else { continue };
                if let Some(posting) = postings.get_mut(*next as usize) {
                    *posting = (*article, self.places.get(at).copied().unwrap_or_default());
                }
                *next += 1;
            }
            start = *end as usize;
        }
        (next, postings)
    }

    /// Reads positions, the first as it is, each other as its distance from the one before.
    fn read_positions(&self, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let mut bytes = self.positions.get(at..).unwrap_or_default().iter();
        let count = read_number(&mut bytes);
        out.extend((0..count).map(|_| read_number(&mut bytes)));
    }
}

#[inline]
fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[inline]
fn read_number(bytes: &mut std::slice::Iter<'_, u8>) -> u32 {
    let (mut number, mut shift) = (0, 0);
    for byte in bytes {
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 || shift > 21 {
            break;
        }
        shift += 7;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, 1 << 14, (1 << 21) - 1, 1 << 21, 1 << 28, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| push_number(&mut bytes, *number));
        let mut left = bytes.iter();
        assert_eq!(numbers.map(|_| read_number(&mut left)), numbers);
        assert_eq!(left.len(), 0);
    }

    #[test]
    fn postings_are_sorted_by_terms_and_keep_their_places() {
        let mut log = Log::new(Field::from_field_id(0), true);
        let token = |term: u64, position: u64| term << 32 | position;
        log.add_placed(3, &mut [token(1, 0), token(0, 1), token(1, 700), token(2, u64::from(SEVERAL))]);
        log.add_placed(4, &mut []);
        log.add_placed(7, &mut [token(2, 5), token(1, 4)]);
        // Term 2 comes before term 1, and there is no other of term 3.
        let (ends, postings) = log.by_term(4, &[0, 3, 2, 1]);
        assert_eq!(ends, [1, 5, 3, 1]);
        let mut deltas = Vec::new();
        let read: Vec<(DocId, Vec<u32>)> = postings
            .iter()
            .map(|(article, place)| {
                if place & SEVERAL == 0 {
                    return (*article, vec![*place]);
                }
                log.read_positions((place & !SEVERAL) as usize, &mut deltas);
                (*article, deltas.clone())
            })
            .collect();
        assert_eq!(read, [(3, vec![1]), (3, vec![SEVERAL]), (7, vec![5]), (3, vec![0, 700]), (7, vec![4])]);
        assert_eq!((log.tokens, log.articles.len()), (6, 2));
    }
}
