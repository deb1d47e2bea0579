//! Which lines several texts have in common: what a site writes around each of its pages.

use std::ops::Range;

use twox_hash::XxHash3_64;

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
    XxHash3_64::oneshot(line.as_bytes())
}

/// The distinct lines of a text, each with its hash and its bytes, in the order of the hashes.
pub(crate) type Lines = Vec<(u64, usize)>;

/// In how many texts each line is, by its hash, in the order of the hashes.
pub(crate) type Counts = Vec<(u64, u32)>;

/// Returns each line of a text once.
pub(crate) fn distinct(lines: impl IntoIterator<Item = (u64, usize)>) -> Lines {
    // Sorting a few dozen numbers takes a third of the time of a set of them.
    let mut lines: Lines = lines.into_iter().collect();
    lines.sort_unstable();
    lines.dedup_by_key(|(hash, _)| *hash);
    lines
}

/// Tells of each text whether it is no copy: of one most of whose paragraphs are in others, nothing is learned. Counts in how
/// many of those that are none each line is.
pub(crate) fn of_originals(texts: &[Lines]) -> (Vec<bool>, Counts) {
    let every = counted(texts.iter());
    let is_original = |lines: &Lines| {
        let (mut all, mut shared) = (0, 0);
        for (hash, bytes) in lines.iter().filter(|(_, bytes)| *bytes >= PARAGRAPH_BYTES) {
            all += bytes;
            shared += if count_of(&every, *hash).is_some_and(|count| count > 1) { *bytes } else { 0 };
        }
        shared * 2 <= all
    };
    let are_original: Vec<bool> = texts.iter().map(is_original).collect();
    if are_original.iter().all(|is_original| *is_original) {
        return (are_original, every);
    }
    let originals = texts.iter().zip(&are_original).filter(|(_, is_original)| **is_original);
    let counts = counted(originals.map(|(lines, _)| lines));
    (are_original, counts)
}

/// Counts in how many of some texts each line is.
fn counted<'l>(texts: impl Iterator<Item = &'l Lines>) -> Counts {
    let mut hashes: Vec<u64> = texts.flatten().map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let runs = hashes.chunk_by(|a, b| a == b);
    runs.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).unwrap_or(u32::MAX)))).collect()
}

/// Returns in how many texts a line is.
pub(crate) fn count_of(counts: &Counts, hash: u64) -> Option<u32> {
    let at = counts.binary_search_by_key(&hash, |(known, _)| *known).ok()?;
    counts.get(at).map(|(_, count)| *count)
}
