//! Which lines several texts have in common: what a site writes around each of its pages.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

/// A line recurs when so many texts have it.
pub(crate) const TEXTS: u32 = 3;
/// Bytes of a line that may recur: below is no line to speak of, above a paragraph.
const BYTES: Range<usize> = 4..281;
/// Pages of one site have menus in common, copies of one article its paragraphs.
const PARAGRAPH_BYTES: usize = 160;
/// A longer line that ends as a sentence is one.
const SENTENCE_BYTES: usize = 80;

/// Tells whether a line, without blanks around it, is of a form that recurs: it is short, or no sentence.
pub(crate) fn may_recur(line: &str) -> bool {
    BYTES.contains(&line.len()) && (line.len() < SENTENCE_BYTES || !line.ends_with(['.', '!', '?', '…', '»']))
}

/// Returns the number that stands for a line.
pub(crate) fn hash(line: &str) -> u64 {
    xxh3_64(line.as_bytes())
}

/// The distinct lines of a text, each with its hash and its bytes.
pub(crate) type Lines = Vec<(u64, usize)>;

/// Returns the first of each line of a text.
pub(crate) fn distinct(lines: impl IntoIterator<Item = (u64, usize)>) -> Lines {
    let mut seen = HashSet::new();
    lines.into_iter().filter(|(hash, _)| seen.insert(*hash)).collect()
}

/// Tells of each text whether it is no copy: of one most of whose paragraphs are in others, nothing is learned.
pub(crate) fn originals(texts: &[Lines]) -> Vec<bool> {
    let every = counted(texts);
    let is_original = |lines: &Lines| {
        let (mut all, mut shared) = (0, 0);
        for (hash, bytes) in lines.iter().filter(|(_, bytes)| *bytes >= PARAGRAPH_BYTES) {
            all += bytes;
            shared += if every.get(hash).is_some_and(|count| *count > 1) { *bytes } else { 0 };
        }
        shared * 2 <= all
    };
    texts.iter().map(is_original).collect()
}

/// Counts in how many of some texts each line is.
pub(crate) fn counted<'l>(texts: impl IntoIterator<Item = &'l Lines>) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for (hash, _) in texts.into_iter().flatten() {
        *counts.entry(*hash).or_default() += 1;
    }
    counts
}
