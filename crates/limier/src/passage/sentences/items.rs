//! The items of a list that is written as one sentence: `Sont admis : les chats ; les chiens tenus en laisse ; les oiseaux.`
//!
//! Statutes and instructions list in this way, and pages lose the line breaks of their lists. As a sentence such a list is
//! too long to be shown, while each item says one thing: it is read as if it stood on a line of its own.

use std::ops::Range;

use super::skip_space;

/// Shorter items, in bytes, stay together.
const SHORTEST_ITEM: usize = 40;

/// Returns where the first item of a list ends, or what announces it; `None` when the sentence lists nothing more.
pub(super) fn item_end(text: &str, sentence: Range<usize>) -> Option<usize> {
    let mut depth = 0_usize;
    let mut announced = None;
    for (at, c) in text[sentence.clone()].char_indices() {
        let end = sentence.start + at + c.len_utf8();
        match c {
            '(' | '[' | '«' | '“' => depth += 1,
            ')' | ']' | '»' | '”' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && announced.is_none() && announces(&text[end..sentence.end]) => announced = Some(end),
            ';' if depth == 0 && at >= SHORTEST_ITEM && skip_space(text, end, sentence.end) < sentence.end => {
                // What announces the list is no part of its first item.
                return Some(announced.filter(|announced| announced - sentence.start >= SHORTEST_ITEM).unwrap_or(end));
            }
            _ => {}
        }
    }
    None
}

/// Tells whether a colon is one between words, before `after`: not in `18:30`, nor in the address of a page.
fn announces(after: &str) -> bool {
    after.starts_with(char::is_whitespace)
}
