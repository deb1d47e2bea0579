//! Words that no article has: their nearest neighbours, and the longer words that hold them.

use super::expand::{self, Found, Initial};
use super::lookup::Lookup;

/// A word that at most this many articles have may be a slip: the search asks whether another was meant.
pub(super) const NEARLY_NONE: u32 = 1;

/// So many articles must have its neighbour for a word that one has to be taken for a slip of it.
pub(super) const SLIP_RATIO: u32 = 4;

/// Neighbours that are searched for one word.
const MAX_NEIGHBOURS: usize = 3;
/// Longer words that are searched for one word.
const MAX_GLUED: usize = 8;

/// Returns the words of the index nearest to `word`, an exact term: those within one edit, or, for a word of eight
/// letters or more that has none, within two. The first letter must agree unless a swap moved it: people rarely mistype
/// it, and `maison` is no slip for `raison`.
pub(super) fn neighbours(lookup: &Lookup<'_>, word: &str) -> tantivy::Result<Vec<Found>> {
    let letters = word.chars().count();
    if letters < 4 || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let fields = [lookup.fields.body.exact, lookup.fields.title.exact];
    let folded = expand::folded(word);
    let initials: Vec<char> = folded.chars().take(2).collect();
    for distance in 1..=2 {
        if distance == 2 && letters < 8 {
            break;
        }
        let (found, _) = expand::similar(lookup, &fields, word, distance, Initial::Kept, 64)?;
        let mut near: Vec<Found> = found
            .into_iter()
            .filter(|found| {
                let first = expand::folded(&found.text).chars().next();
                found.text != word && first.is_some_and(|first| initials.contains(&first))
            })
            .collect();
        near.sort_by_key(|found| (found.distance, std::cmp::Reverse(found.doc_freq)));
        // A neighbour far rarer than the best one is noise, often another slip.
        let best = near.first().map_or(0, |found| found.doc_freq);
        near.retain(|found| found.doc_freq.saturating_mul(20) >= best);
        near.truncate(MAX_NEIGHBOURS);
        if !near.is_empty() {
            return Ok(near);
        }
    }
    Ok(Vec::new())
}

/// Returns longer words that begin or end with `word`, an exact term: scraped pages glue words where a tag stood.
pub(super) fn glued(lookup: &Lookup<'_>, word: &str) -> tantivy::Result<Vec<Found>> {
    if word.chars().count() < 5 || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let fields = [lookup.fields.body.exact, lookup.fields.title.exact];
    let (found, _) = expand::holding(lookup, &fields, word, MAX_GLUED)?;
    Ok(found)
}
