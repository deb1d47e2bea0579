//! Articles of French codes: `L1234-5`, `L. 1234-5` and `L.1234-5` are one.
//!
//! The letter tells what made the article: L a law, R and D a decree. Written without a space, it is still a word
//! of its own, so that the three ways of writing give the same words at the same places.

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::reader::Reader;

/// Reads the letter and the first number; the numbers behind the hyphens are read as others are.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let piece = reader.piece(from)?;
    let number = reader.surface(from).strip_prefix(['L', 'R', 'D', 'l', 'r', 'd'])?;
    let is_number = (2..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = reader.joint_to_next(from) == Some(Joint::Hyphen) && reader.piece(from + 1)?.is_number();
    if !is_number || !goes_on {
        return None;
    }
    reader.plain(piece.start, piece.start + 1, Rule::Part);
    reader.plain(piece.start + 1, piece.end, Rule::Part);
    Some(from + 1)
}
