//! Elision: before a vowel or a mute *h*, articles, pronouns and conjunctions lose their last vowel.
//!
//! `l'avion`, `d’abord`, `qu'elle`, `jusqu'à`, `lorsqu'il`: what is elided is no word of its own. It gives no token and takes
//! no position, so that `l'avion` and `avion` are the same text for a phrase. It may be written in capitals, and stacked
//! (`jusqu'à l'aube`, `qu'd'autres`). Before a consonant only spoken French elides (`j'veux`, `t'façon`): there a capital
//! after the apostrophe means a name (see `apostrophe`).

use crate::token::Rule;
use crate::words::reader::Reader;
use crate::words::scan::Joint;

/// The elided words, in lower case.
const ELIDED: [&str; 17] = [
    "l", "d", "j", "c", "ç", "m", "t", "s", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "tandisqu",
    "parcequ",
];

/// Tells whether `word` is an elided article, pronoun or conjunction, in any case.
pub(crate) fn is_elided(word: &str) -> bool {
    if word.len() > 8 {
        return false;
    }
    ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided)) || word == "Ç"
}

/// Skips an elided word.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let elides = reader.joint(from) == Some(Joint::Apostrophe) && is_elided(reader.surface(from));
    if !elides {
        return None;
    }
    reader.rule = Rule::Elision;
    Some(from + 1)
}
