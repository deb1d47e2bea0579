//! What the articles of a segment hold in one field, in the order in which they came; sorted by terms when it is written.

use std::io::{self, Write};

use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::Field;

use super::numbers::Numbers;
use super::terms::{TermId, Terms};

/// The tokens of a field.
#[derive(Debug)]
pub(super) struct Log {
    field: Field,
    /// Each article with the number of tokens up to and with its own.
    articles: Vec<(DocId, u32)>,
    with_positions: bool,
    /// The term of each token, and where the field has positions how far the token is from the one before in its article. Terms met
    /// first, which are the frequent ones, have small numbers.
    tokens: Numbers,
    count: u32,
    /// The position of the last token of the article.
    last: u32,
}

/// Tokens that are sorted at a time, 8 MB of them: what is beyond is sorted in another pass over all.
const AT_A_TIME: usize = 1 << 20;

/// An article and a position in it.
type Place = (DocId, u32);

impl Log {
    pub(super) fn new(field: Field, with_positions: bool) -> Log {
        Log { field, articles: Vec::new(), with_positions, tokens: Numbers::default(), count: 0, last: 0 }
    }

    pub(super) fn field(&self) -> Field {
        self.field
    }

    /// Adds a token of the article that comes next, at a position that is none before the last one's.
    #[inline]
    pub(super) fn push(&mut self, term: TermId, position: u32) {
        self.tokens.push(term);
        if self.with_positions {
            self.tokens.push(position.saturating_sub(self.last));
            self.last = position;
        }
        self.count += 1;
    }

    /// Returns how many tokens the field has.
    pub(super) fn tokens(&self) -> u64 {
        u64::from(self.count)
    }

    /// Ends an article; returns how many tokens it had.
    pub(super) fn end(&mut self, article: DocId) -> u32 {
        self.last = 0;
        let before = self.articles.last().map_or(0, |(_, end)| *end);
        let end = self.count;
        if end > before {
            self.articles.push((article, end));
        }
        end - before
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        self.articles.capacity() * size_of::<(DocId, u32)>() + self.tokens.memory()
    }

    /// Returns the bytes of memory that it takes besides while it is written.
    pub(super) fn memory_to_write(&self) -> usize {
        (self.count as usize).min(AT_A_TIME) * size_of::<Place>()
    }

    /// Writes the field; `sorted` are the numbers of all terms in the order of their bytes.
    pub(super) fn write(
        &self,
        terms: &Terms,
        sorted: &[TermId],
        mut field: FieldSerializer<'_, impl Write>,
    ) -> io::Result<()> {
        let with_positions = self.with_positions;
        let mut deltas = Vec::new();
        self.by_term(terms.len(), sorted, AT_A_TIME, |id, of_term| {
            let articles = of_term.chunk_by(|a, b| a.0 == b.0);
            let count = if with_positions { articles.clone().count() } else { of_term.len() };
            field.new_term(terms.text(id), count as u32, with_positions)?;
            for of_article in articles {
                let Some((article, _)) = of_article.first() else { continue };
                deltas.clear();
                if with_positions {
                    let mut last = 0;
                    let distance = |(_, position): &Place| position - std::mem::replace(&mut last, *position);
                    deltas.extend(of_article.iter().map(distance));
                }
                field.write_doc(*article, deltas.len() as u32, &deltas);
            }
            field.close_term()
        })?;
        field.close()
    }

    /// Does `work` with each term and its tokens, in the order in which they came; terms in the order of `sorted`, about
    /// `at_a_time` tokens of them in a pass.
    fn by_term(
        &self,
        terms: usize,
        sorted: &[TermId],
        at_a_time: usize,
        mut work: impl FnMut(TermId, &[Place]) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut counts = vec![0_u32; terms];
        let mut tokens = self.tokens.reader();
        for _ in 0..self.count {
            if let Some(count) = counts.get_mut(tokens.next() as usize) {
                *count += 1;
            }
            if self.with_positions {
                tokens.next();
            }
        }
        let count_of = |id: &TermId| counts.get(*id as usize).map_or(0, |count| *count as usize);
        // Where the next token of each term goes; what is no term of a pass goes nowhere.
        let mut next = vec![u32::MAX; terms];
        let mut left = sorted;
        while !left.is_empty() {
            let (mut total, mut many) = (0, 0);
            for id in left {
                let count = count_of(id);
                if total > 0 && total + count > at_a_time {
                    break;
                }
                if let Some(next) = next.get_mut(*id as usize) {
                    *next = total as u32;
                }
                total += count;
                many += 1;
            }
            let (pass, rest) = left.split_at(many);
            left = rest;
            let tokens = self.sorted_pass(total, &mut next);
            let mut start = 0;
            for id in pass {
                let end = start + count_of(id);
                if let Some(of_term) = tokens.get(start..end).filter(|of_term| !of_term.is_empty()) {
                    work(*id, of_term)?;
                }
                start = end;
                if let Some(next) = next.get_mut(*id as usize) {
                    *next = u32::MAX;
                }
            }
        }
        Ok(())
    }

    /// Puts each token where the next one of its term goes.
    fn sorted_pass(&self, total: usize, next: &mut [u32]) -> Vec<Place> {
        let mut places = vec![(0, 0); total];
        let mut tokens = self.tokens.reader();
        let mut start = 0;
        for (article, end) in &self.articles {
            let mut position = 0;
            for _ in start..*end {
                let id = tokens.next();
                if self.with_positions {
                    position += tokens.next();
                }
                let Some(next) = next.get_mut(id as usize) else { continue };
                if let Some(place) = places.get_mut(*next as usize) {
                    *place = (*article, position);
                    *next += 1;
                }
            }
            start = *end;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All tokens by their terms, some at a time.
    fn by_term(log: &Log, terms: usize, sorted: &[TermId], at_a_time: usize) -> Vec<(TermId, Vec<Place>)> {
        let mut found = Vec::new();
        log.by_term(terms, sorted, at_a_time, |id, tokens| {
            found.push((id, tokens.to_vec()));
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn tokens_are_sorted_by_terms_and_keep_their_order() {
        let mut log = Log::new(Field::from_field_id(0), true);
        [(1, 0), (0, 1), (1, 70_000), (2, 70_001)].iter().for_each(|(term, position)| log.push(*term, *position));
        assert_eq!(log.end(3), 4);
        assert_eq!(log.end(4), 0);
        [(2, 5), (1, 5), (1, u32::MAX)].iter().for_each(|(term, position)| log.push(*term, *position));
        assert_eq!(log.end(7), 3);
        assert_eq!(log.articles, [(3, 4), (7, 7)]);
        // Term 2 comes before term 1, and there is none of term 3.
        let expected =
            [(0, vec![(3, 1)]), (2, vec![(3, 70_001), (7, 5)]), (1, vec![(3, 0), (3, 70_000), (7, 5), (7, u32::MAX)])];
        for at_a_time in [1, 2, 3, 4, 5, 100] {
            assert_eq!(by_term(&log, 4, &[0, 3, 2, 1], at_a_time), expected, "{at_a_time}");
        }
    }

    #[test]
    fn a_field_without_positions_keeps_none() {
        let mut log = Log::new(Field::from_field_id(0), false);
        [4, 2].iter().for_each(|term| log.push(*term, 9));
        assert_eq!(log.end(1), 2);
        assert_eq!(by_term(&log, 5, &[4, 3, 2, 1, 0], 100), [(4, vec![(1, 0)]), (2, vec![(1, 0)])]);
    }
}
