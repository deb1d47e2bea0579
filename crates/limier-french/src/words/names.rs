//! Names in camel case: `OpenAI` is also written `Open AI`, `open-ai` and `openai`.
//!
//! The parts are plain tokens, the name as a whole another reading of them.

use crate::token::Rule;
use crate::words::reader::Reader;
use crate::words::scan::may_have_upper;

/// Shortest part of a name, in characters: `iPhone` and `LaTeX` stay whole.
const MIN_PART: usize = 2;

/// Reads one word written in camel case.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let piece = reader.piece(from).filter(|piece| may_have_upper(piece.classes))?;
    let word = reader.surface(from);
    let cuts = cuts(word)?;
    let whole = reader.exact(from);
    let first_position = reader.position;
    let mut start = piece.start;
    for cut in cuts.iter().map(|cut| piece.start + cut).chain([piece.end]) {
        reader.plain(start, cut, Rule::CamelCase);
        start = cut;
    }
    let span = reader.position - first_position;
    reader.alternate(piece.start, piece.end, first_position, span.max(1), &whole, Rule::CamelCase);
    Some(from + 1)
}

/// Returns where the parts of a name begin, but the first; `None` when the word is no camel case.
fn cuts(word: &str) -> Option<Vec<usize>> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = Vec::new();
    let mut part = 0;
    for (rank, (at, c)) in chars.iter().enumerate().skip(1) {
        let (_, before) = chars.get(rank - 1)?;
        let after_is_lower = chars.get(rank + 1).is_some_and(|(_, after)| after.is_lowercase());
        let rises = before.is_lowercase() && c.is_uppercase();
        let acronym_ends = before.is_uppercase() && c.is_uppercase() && after_is_lower;
        if rises || acronym_ends {
            if rank - part < MIN_PART {
                return None;
            }
            cuts.push(*at);
            part = rank;
        }
    }
    (!cuts.is_empty() && chars.len() - part >= MIN_PART).then_some(cuts)
}
