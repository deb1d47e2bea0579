//! Names that a sign belongs to: `C++`, `C#`, `.NET`, `R&D`, `AT&T`, `Canal+`, `bac+2`, `n°5`.
//!
//! The words are plain tokens, the name with its sign another reading of them: `C++` is findable whole and as `C`. The small
//! circle is no name's: `n°` is the word *numéro*.

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::read_word;
use crate::words::reader::{Entry, Reader};

/// Reads a name with its sign, or the abbreviation of *numéro*.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let piece = reader.piece(from)?;
    if from == 0 && piece.start > 0 {
        return read_signed(reader, 0, from, piece.end);
    }
    match piece.joint? {
        Joint::Degree => {
            // The sign is part of the abbreviation.
            let end = piece.end + reader.slice(piece.end, piece.next).trim_end().len();
            reader.plain_entry(Entry::new(piece.start, end, "numéro", Rule::Numero).lemma("numéro"));
            Some(from + 1)
        }
        Joint::Plus | Joint::Sharp if !piece.more => read_signed(reader, piece.start, from, piece.next),
        Joint::Plus | Joint::And => {
            let sign = piece.joint;
            let last = reader.run_end(from, |joint| Some(joint) == sign);
            let (start, end) = reader.range(from, last);
            read_signed(reader, start, last, end)?;
            Some(last + 1)
        }
        _ => None,
    }
}

/// Writes the words up to `last`, and the bytes `start..end` as one name.
fn read_signed(reader: &mut Reader<'_>, start: usize, last: usize, end: usize) -> Option<usize> {
    let position = reader.position;
    let from = (0..=last).find(|rank| reader.piece(*rank).is_some_and(|piece| piece.start >= start))?;
    for rank in from..=last {
        read_word(reader, rank, Rule::SignName);
    }
    let mut whole = String::new();
    let mut at = start;
    for rank in from..=last {
        let piece = reader.piece(rank)?;
        whole.push_str(reader.slice(at, piece.start));
        whole.push_str(reader.exact(rank));
        at = piece.end;
    }
    whole.push_str(reader.slice(at, end));
    reader.alternate(position, Entry::new(start, end, &whole, Rule::SignName));
    Some(last + 1)
}
