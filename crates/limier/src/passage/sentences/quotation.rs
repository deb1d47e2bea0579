//! Marks that open and close: quotations, parentheses, footnotes.

use super::super::bytes::last_position;
use super::{floor, skip_space};

/// Returns the byte after the marks that close on a stop at `from`: `»`, `”`, `)`, footnote numbers.
pub(super) fn after_closers(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        let after = skip_space(text, at, end);
        let mut rest = text[after..end].chars();
        match rest.next() {
            // A guillemet stands off by a space, which may be a plain one.
            Some(c @ '»') => at = after + c.len_utf8(),
            Some(c @ ('”' | ')' | ']' | '’' | '*' | '_')) if after == at => at = after + c.len_utf8(),
            Some(c @ '"') if after == at => at = after + c.len_utf8(),
            Some(c) if after == at && is_superscript(c) => at = after + c.len_utf8(),
            // "Bonne année ! 🎉": a picture says how the sentence before it was meant.
            Some(c) if is_picture(c) => at = after + c.len_utf8(),
            Some('[') if after == at => {
                let inner = rest.as_str();
                let figures = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                if !(1..=3).contains(&figures) || inner.as_bytes().get(figures) != Some(&b']') {
                    return at;
                }
                at = after + 1 + figures + 1;
            }
            _ => return at,
        }
    }
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// A picture (emoji) or what joins two of them; a hand that points leads to what follows.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2764}' | '\u{fe0f}' | '\u{200d}')
        && !matches!(c, '\u{1f446}'..='\u{1f449}')
}

/// Finds the innermost mark still open at the end of `before`, and where it stands.
pub(super) fn open_before(before: &str) -> Option<(char, usize)> {
    let mut depth = [0usize; 4];
    let bytes = before.as_bytes();
    // Each mark is told by its last byte: the first ones of « and “ are those of many spaces and of every apostrophe.
    let may_end = |byte: u8| {
        let is_ascii = (byte & 0xFE == b'(') | (byte == b'[') | (byte == b']') | (byte == b'"');
        is_ascii | (byte & 0xEF == 0xAB) | (byte & 0xFE == 0x9C)
    };
    let mut left = bytes.len();
    while let Some(last) = bytes.get(..left).and_then(|rest| last_position(rest, may_end)) {
        left = last;
        let at = floor(before, last);
        let Some(c) = before[at..].chars().next() else { continue };
        if let Some(kind) = closer_kind(c) {
            depth[kind] += 1;
        } else if let Some(kind) = opener_kind(c) {
            if depth[kind] == 0 {
                return Some((c, at));
            }
            depth[kind] -= 1;
        } else if c == '"' {
            // A straight mark opens after a space and closes before one.
            let free_left =
                before[..at].chars().next_back().is_none_or(|p| p.is_whitespace() || matches!(p, '(' | '’' | '\''));
            let free_right =
                before[at + 1..].chars().next().is_none_or(|n| n.is_whitespace() || n.is_ascii_punctuation());
            return (free_left && !free_right).then_some((c, at));
        }
    }
    None
}

/// Tells whether `opener` is closed in `after`.
pub(super) fn closes(after: &str, opener: char) -> bool {
    if opener == '"' {
        return after.contains('"');
    }
    let kind = opener_kind(opener);
    let mut depth = 0usize;
    for c in after.chars() {
        if opener_kind(c) == kind {
            depth += 1;
        } else if closer_kind(c) == kind {
            if depth == 0 {
                return true;
            }
            depth -= 1;
        }
    }
    false
}

fn opener_kind(c: char) -> Option<usize> {
    match c {
        '«' => Some(0),
        '“' => Some(1),
        '(' => Some(2),
        '[' => Some(3),
        _ => None,
    }
}

fn closer_kind(c: char) -> Option<usize> {
    match c {
        '»' => Some(0),
        '”' => Some(1),
        ')' => Some(2),
        ']' => Some(3),
        _ => None,
    }
}
