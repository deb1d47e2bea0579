//! What the articles of a segment hold in one field, in the order in which they came; sorted by terms when it is written.

use std::io;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field;

use super::terms::{TermId, Terms};

/// The tokens of a field.
#[derive(Debug)]
pub(super) struct Log {
    field: Field,
    /// Each article with the number of tokens up to and with its own.
    articles: Vec<(DocId, u32)>,
    /// The term of each token.
    terms: Vec<TermId>,
    /// The position of each token, where the field has positions.
    positions: Option<Vec<u32>>,
}

impl Log {
    pub(super) fn new(field: Field, with_positions: bool) -> Log {
        Log { field, articles: Vec::new(), terms: Vec::new(), positions: with_positions.then(Vec::new) }
    }

    pub(super) fn field(&self) -> Field {
        self.field
    }

    /// Adds a token of the article that comes next, at a position that is none before the last one's.
    #[inline]
    pub(super) fn push(&mut self, term: TermId, position: u32) {
        self.terms.push(term);
        if let Some(positions) = &mut self.positions {
            positions.push(position);
        }
    }

    /// Ends an article; returns how many tokens it had.
    pub(super) fn end(&mut self, article: DocId) -> u32 {
        let before = self.articles.last().map_or(0, |(_, end)| *end);
        let end = self.terms.len() as u32;
        if end > before {
            self.articles.push((article, end));
        }
        end - before
    }

    /// Returns the bytes of memory that it takes, and will take while it is written.
    pub(super) fn memory(&self) -> usize {
        (self.articles.capacity() + self.terms.len()) * size_of::<(DocId, u32)>()
            + (self.terms.capacity() + self.positions.as_ref().map_or(0, Vec::capacity)) * size_of::<u32>()
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
        let mut field = serializer.new_field(self.field, self.terms.len() as u64, lengths)?;
        let (ends, tokens) = self.by_term(terms.len(), sorted);
        let with_positions = self.positions.is_some();
        let mut start = 0;
        let mut deltas = Vec::new();
        for id in sorted {
            let end = ends.get(*id as usize).copied().unwrap_or_default() as usize;
            // Of a term that the field does not have the end is where it would have begun.
            let of_term = tokens.get(start..end).unwrap_or_default();
            if of_term.is_empty() {
                continue;
            }
            start = end;
            let articles = of_term.chunk_by(|a, b| a.0 == b.0);
            let count = if with_positions { articles.clone().count() } else { of_term.len() };
            field.new_term(terms.text(*id), count as u32, with_positions)?;
            for of_article in articles {
                let Some((article, _)) = of_article.first() else { continue };
                deltas.clear();
                if with_positions {
                    let mut last = 0;
                    deltas.extend(
                        of_article.iter().map(|(_, position)| position - std::mem::replace(&mut last, *position)),
                    );
                }
                field.write_doc(*article, deltas.len() as u32, &deltas);
            }
            field.close_term()?;
        }
        field.close()
    }

    /// Sorts tokens by their terms: where those of each term end, and all of them, each article with a position; of one term they
    /// stand in the order in which they came.
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
        let mut tokens = vec![(0, 0); self.terms.len()];
        let mut start = 0;
        for (article, end) in &self.articles {
            for at in start..*end as usize {
                let Some(next) = self.terms.get(at).and_then(|id| next.get_mut(*id as usize)) else { continue };
                if let Some(token) = tokens.get_mut(*next as usize) {
                    let position = self.positions.as_ref().and_then(|positions| positions.get(at));
                    *token = (*article, position.copied().unwrap_or_default());
                }
                *next += 1;
            }
            start = *end as usize;
        }
        (next, tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_sorted_by_terms_and_keep_their_order() {
        let mut log = Log::new(Field::from_field_id(0), true);
        [(1, 0), (0, 1), (1, 700), (2, 701)].iter().for_each(|(term, position)| log.push(*term, *position));
        assert_eq!(log.end(3), 4);
        assert_eq!(log.end(4), 0);
        [(2, 5), (1, 6)].iter().for_each(|(term, position)| log.push(*term, *position));
        assert_eq!(log.end(7), 2);
        // Term 2 comes before term 1, and there is none of term 3.
        let (ends, tokens) = log.by_term(4, &[0, 3, 2, 1]);
        assert_eq!(ends, [1, 6, 3, 1]);
        assert_eq!(tokens, [(3, 1), (3, 701), (7, 5), (3, 0), (3, 700), (7, 6)]);
        assert_eq!(log.articles, [(3, 4), (7, 6)]);
    }

    #[test]
    fn a_field_without_positions_keeps_none() {
        let mut log = Log::new(Field::from_field_id(0), false);
        [4, 2].iter().for_each(|term| log.push(*term, 9));
        assert_eq!(log.end(1), 2);
        assert_eq!(log.by_term(5, &[4, 3, 2, 1, 0]).1, [(1, 0), (1, 0)]);
    }
}
