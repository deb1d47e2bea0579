//! The rules of French spelling: from a group of words to its tokens.
//!
//! Each rule has a file. A rule looks at the words of a group from one of them on, and either takes some of them, writing
//! their tokens, or leaves them to the next rule. The order below is the order in which they are asked: from what is
//! certain and long to what is general.

pub(crate) mod class;
mod compound;
mod elision;
mod names;
mod reader;
pub(crate) mod scan;

pub(crate) use reader::{Hints, Options, Reader, Scratch, read_group};

/// Reads the group that `reader` holds.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let mut from = 0;
    while from < reader.len() {
        from = read_from(reader, from).max(from + 1);
    }
}

/// Reads some words from the one of rank `from` on; returns the rank of the first one left.
fn read_from(reader: &mut Reader<'_>, from: usize) -> usize {
    let rules: [fn(&mut Reader<'_>, usize) -> Option<usize>; 3] = [elision::read, compound::read, names::read];
    for rule in rules {
        if let Some(next) = rule(reader, from) {
            return next;
        }
    }
    reader.word(from);
    from + 1
}
