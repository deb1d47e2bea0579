//! Compounds: `porte-monnaie` is also written `porte monnaie` and `portemonnaie`.
//!
//! The parts are plain tokens, one position each, as if a space stood between them; the compound joined is another reading
//! of them all. An elided word inside is no part (`chef-d'œuvre` has two). The compound is not joined where nobody would
//! write it so: between figures (`2019-2020`), and with a small word inside (`Île-de-France`).
//!
//! `-ci` and `-là` point at what stands before them: `celui-ci`, `cette année-là`, without being a part of it.

use crate::token::{Rule, Stop};
use crate::words::elision::is_elided;
use crate::words::joint::Joint;
use crate::words::read_word;
use crate::words::reader::{Entry, Reader};

/// Most words in a compound that is also written joined.
const MAX_JOINED: usize = 4;

/// Reads the words that hyphens join from `from` on.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let mut last = from;
    while continues(reader, from, last) {
        last += 1;
    }
    if last == from {
        return None;
    }
    // `vice-président·e·s`: the last word is not only itself.
    if matches!(reader.joint_to_next(last), Some(Joint::MiddleDot | Joint::Open)) {
        last -= 1;
    }
    if last == from {
        read_word(reader, from, Rule::Compound);
        return Some(from + 1);
    }
    read_run(reader, from, last)
}

/// A hyphen joins; an apostrophe does behind an elided word that a hyphen has joined: `chef-d'œuvre`.
fn continues(reader: &Reader<'_>, from: usize, last: usize) -> bool {
    match reader.joint_to_next(last) {
        Some(Joint::Hyphen) => true,
        Some(Joint::Apostrophe) => last > from && is_elided(reader.surface(last)),
        _ => false,
    }
}

/// Reads the words `from..=last` as the parts of one compound.
pub(crate) fn read_run(reader: &mut Reader<'_>, from: usize, last: usize) -> Option<usize> {
    if last == from + 1 && matches!(reader.key(last), "ci" | "la") {
        read_word(reader, from, Rule::Particle);
        let (start, end) = reader.range(last, last);
        let exact = reader.exact(last);
        reader.plain_entry(Entry::new(start, end, exact, Rule::Particle).stop(Stop::Function));
        return Some(last + 1);
    }
    let position = reader.position;
    let mut joined = String::new();
    let (mut parts, mut figures, mut inner_stop, mut all_stop) = (0, true, false, true);
    for rank in from..=last {
        let exact = reader.exact(rank);
        joined.push_str(exact);
        let elided = is_elided(reader.surface(rank)) && reader.joint(rank) == Some(Joint::Apostrophe);
        inner_stop |= rank > from && rank < last && !elided && reader.stop_of(exact) != Stop::None;
        all_stop &= reader.stop_of(exact) != Stop::None;
        figures &= exact.bytes().all(|byte| byte.is_ascii_digit());
        if !elided {
            read_word(reader, rank, Rule::Compound);
            parts += 1;
        }
    }
    let with_pronoun = matches!(reader.key(last), "meme" | "memes");
    if parts <= MAX_JOINED && !figures && !inner_stop && !all_stop && !with_pronoun {
        let (start, end) = reader.range(from, last);
        reader.alternate(position, Entry::new(start, end, &joined, Rule::Compound));
    }
    Some(last + 1)
}
