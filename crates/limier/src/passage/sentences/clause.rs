//! Where a sentence that is too long is cut.

use std::ops::Range;

use super::{LONGEST_SENTENCE, floor};

/// A clause, when a sentence is cut, has at least this many bytes.
const SHORTEST_CLAUSE: usize = 200;

/// Returns where to cut a sentence that is too long: after the last mark that ends a clause, else after a word.
pub(super) fn clause_end(text: &str, sentence: Range<usize>) -> usize {
    let from = floor(text, sentence.start + SHORTEST_CLAUSE);
    // What is a little too long is cut near its middle.
    let length = LONGEST_SENTENCE.min(sentence.len() / 2 + SHORTEST_CLAUSE);
    let to = floor(text, sentence.start + length);
    let window = &text[from..to];
    let after = |at: usize, mark: &str| from + at + mark.len();
    for marks in [&["\n"][..], &["; ", "…", "! ", "? "], &[". ", " : ", " – ", " — "], &[", "], &[" ", "\u{a0}", "\t"]]
    {
        let cut = marks.iter().filter_map(|mark| window.rfind(mark).map(|at| after(at, mark))).max();
        if let Some(cut) = cut {
            return cut;
        }
    }
    match window.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
        Some((at, c)) => from + at + c.len_utf8(),
        None => to.max(sentence.start + 1),
    }
}
