//! A word cut by a hyphen at the end of a line: `exploi-` / `tation`.
//!
//! Printed and scanned texts cut words between syllables. The word is whole again, unless both parts are words and the
//! whole is none: then the hyphen was the compound's own (`porte-` / `monnaie`) and the compound's rule takes it.

use crate::forms;
use crate::token::Rule;
use crate::words::compound;
use crate::words::joint::Joint;
use crate::words::ordinal;
use crate::words::reader::{Entry, Reader};

/// Reads a word that goes on in the next line.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    if reader.joint_to_next(from) != Some(Joint::LineHyphen) {
        return None;
    }
    let (first, second) = (reader.exact(from), reader.exact(from + 1));
    let whole = [first, second].concat();
    // `Jean-` / `Pierre`: what a capital opens has not been cut there.
    let opens_name = reader.surface(from + 1).chars().next().is_some_and(char::is_uppercase)
        && reader.surface(from).chars().any(char::is_lowercase);
    let two_words = forms::is_known(first) && forms::is_known(second) && !forms::is_known(&whole);
    if opens_name || two_words {
        return compound::read_run(reader, from, from + 1);
    }
    let (start, end) = reader.range(from, from + 1);
    let entry = Entry::new(start, end, &whole, Rule::LineBreak);
    match ordinal::lemma_of_word(&[reader.key(from), reader.key(from + 1)].concat()) {
        Some(lemma) => reader.plain_entry(entry.lemma(&lemma)),
        None => reader.plain_entry(entry),
    }
    Some(from + 2)
}
