//! Acronyms with full stops: `S.N.C.F.` is `SNCF`.
//!
//! Two letters or more, each alone between full stops, are one word. The full stop that ends it is no part of it, since it
//! may end the sentence too.

use unicode_normalization::char::is_combining_mark;

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};

/// Reads initials joined by full stops.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let is_initial = |rank: usize| {
        // Signs that stand for syllables and words are no initials.
        let has_case = |c: char| c.is_uppercase() || c.is_lowercase();
        let mut chars = reader.surface(rank).chars().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c));
        chars.next().is_some_and(has_case) && chars.next().is_none()
    };
    let mut last = from;
    while is_initial(last) && reader.joint_to_next(last) == Some(Joint::Dot) && is_initial(last + 1) {
        last += 1;
    }
    if last == from {
        return None;
    }
    let joined = reader.joined(from, last);
    let (start, end) = reader.range(from, last);
    reader.plain_entry(Entry::new(start, end, &joined, Rule::Acronym));
    Some(last + 1)
}
