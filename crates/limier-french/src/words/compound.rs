//! Compounds: `porte-monnaie` is also written `porte monnaie` and `portemonnaie`.
//!
//! The parts are plain tokens, one position each, as if a space stood between them; the compound joined is another reading
//! of them all.

use crate::token::Rule;
use crate::words::reader::Reader;
use crate::words::scan::Joint;

/// Reads the words that hyphens join from `from` on.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let mut last = from;
    while reader.joint_to_next(last) == Some(Joint::Hyphen) {
        last += 1;
    }
    if last == from {
        return None;
    }
    let first_position = reader.position;
    let mut joined = String::new();
    for rank in from..=last {
        reader.word_as(rank, Rule::Compound);
        joined.push_str(&reader.exact(rank));
    }
    let span = reader.position - first_position;
    let (start, end) = (reader.piece(from)?.start, reader.piece(last)?.end);
    reader.alternate(start, end, first_position, span.max(1), &joined, Rule::Compound);
    Some(last + 1)
}
