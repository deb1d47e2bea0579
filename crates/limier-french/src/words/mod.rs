//! The rules of French spelling: from a group of words to its tokens.
//!
//! Each rule has a file. A rule looks at the words of a group from one of them on, and either takes some of them, writing
//! their tokens, or leaves them to the next rule. The order of the lists below is the order in which they are asked: from
//! what is certain and long to what is general.

pub(crate) mod abbreviation;
mod acronym;
mod address;
mod auxiliary;
pub(crate) mod class;
mod compound;
pub(crate) mod context;
mod elision;
mod fixed;
mod inclusive;
mod inversion;
pub(crate) mod joint;
mod line_break;
mod lost;
mod name;
mod noun;
mod number;
pub(crate) mod numeral;
mod ordinal;
pub(crate) mod pair;
mod quantity;
mod reader;
pub(crate) mod scan;
mod sign_name;
mod statute;
mod symbol;
mod when;

pub(crate) use reader::{Options, Reader, Scratch, read_group};

pub use when::MONTHS;

use crate::token::Rule;

/// Reads some words from the one of a given rank on. Returns the rank of the first word left to others, or `None` when the
/// rule does not apply.
type GroupRule = fn(&mut Reader<'_>, usize) -> Option<usize>;

/// Reads one word, whatever stands around it, as a word of the given rule; returns whether it applied.
type WordRule = fn(&mut Reader<'_>, usize, Rule) -> Option<()>;

/// What takes several words, or a word and a sign.
const GROUP_RULES: [GroupRule; 14] = [
    line_break::read,
    fixed::read,
    elision::read,
    inclusive::read,
    address::read,
    when::read,
    number::read,
    acronym::read,
    sign_name::read,
    ordinal::read_group,
    inversion::read,
    statute::read,
    compound::read,
    elision::read_name,
];

/// What takes one word.
const WORD_RULES: [WordRule; 5] =
    [when::read_word, ordinal::read_word, quantity::read_word, name::read_word, lost::read_word];

/// Reads the group that `reader` holds.
pub(crate) fn read(reader: &mut Reader<'_>) {
    if reader.len() == 0 {
        symbol::read(reader);
        return;
    }
    // Most groups are one word without a sign, of which few rules have anything to say.
    if reader.len() == 1 && reader.is_bare(0) {
        if fixed::read(reader, 0).is_none() {
            read_word(reader, 0, Rule::Word);
        }
        return;
    }
    let mut from = 0;
    while from < reader.len() {
        from = read_from(reader, from).max(from + 1);
    }
}

fn read_from(reader: &mut Reader<'_>, from: usize) -> usize {
    for rule in GROUP_RULES {
        if let Some(next) = rule(reader, from) {
            return next;
        }
    }
    let rule = if reader.len() > 1 && reader.rule == Rule::Word { Rule::Part } else { reader.rule };
    read_word(reader, from, rule);
    from + 1
}

/// Reads one word by itself: the parts of a compound come here too, under the rule `rule`.
fn read_word(reader: &mut Reader<'_>, rank: usize, rule: Rule) {
    let is_number = reader.piece(rank).is_some_and(|piece| piece.is_number());
    if !is_number && WORD_RULES.iter().any(|word_rule| word_rule(reader, rank, rule).is_some()) {
        return;
    }
    let plain = matches!(rule, Rule::Word | Rule::Part);
    reader.word(rank, if is_number && plain { Rule::Number } else { rule });
}
