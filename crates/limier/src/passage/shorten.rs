//! Long sentences: what is kept around their matches when all of it does not fit.
//!
//! What is left out is always a run of whole words, and ` … ` stands in its place. A match is never cut.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::matches::Matches;
use super::ruler::Ruler;

/// Length of ` … ` between two pieces, and at most of `… ` or ` …` at either end.
const GAP: usize = 3;
const END: usize = 2;
/// Least room, in characters, that makes a further piece worth its place.
const WORTH_A_PIECE: usize = 24;
/// Pieces of one sentence at most: more would be a list of words.
const MOST_PIECES: usize = 3;

/// Returns the pieces of `sentence` to show, ascending, within `budget`; a match that is longer stands alone.
///
/// `sentence` must hold a match; without one, its beginning is kept.
pub(super) fn shorten(
    text: &str,
    sentence: &Range<usize>,
    matches: &Matches,
    ruler: &Ruler,
    budget: usize,
) -> Vec<Range<usize>> {
    let lights = matches.lights_in(sentence);
    let mut pieces = cores(sentence, lights, matches, ruler, budget);
    if pieces.is_empty() {
        pieces.push(sentence.start..sentence.start);
    }
    grow(text, sentence, &mut pieces, lights, ruler, budget);
    pieces
}

/// Chooses the stretches of matches to keep: the worthiest that fits, then others that add a word.
fn cores(
    sentence: &Range<usize>,
    lights: &[Range<usize>],
    matches: &Matches,
    ruler: &Ruler,
    budget: usize,
) -> Vec<Range<usize>> {
    let mut cores: Vec<Range<usize>> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    while cores.len() < MOST_PIECES {
        let used: usize = cores.iter().map(|core| ruler.length(core) + GAP).sum();
        // The first piece has half of the room at most, if it can: the words around it are what makes it readable.
        let room = match cores.len() {
            0 => (budget / 2).max(WORTH_A_PIECE).min(budget.saturating_sub(2 * END)),
            _ => (budget * 2 / 3).saturating_sub(used + 2 * END),
        };
        let best = stretches(lights, ruler, room, cores.is_empty())
            .filter(|stretch| cores.iter().all(|core| stretch.end <= core.start || core.end <= stretch.start))
            .map(|stretch| (news(matches, &stretch, &shown), stretch))
            .filter(|(news, _)| *news > 0.0)
            // Of equals, the shorter, then the earlier.
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.len().cmp(&x.len())).then(y.start.cmp(&x.start)));
        let Some((_, stretch)) = best else { break };
        shown.extend(matches.words_in(&stretch).iter().map(|word| word.word));
        cores.push(stretch.start.max(sentence.start)..stretch.end.min(sentence.end));
    }
    cores.sort_by_key(|core| core.start);
    cores
}

/// Returns every run of lights no longer than `room`; when `always`, each light alone whatever its length.
fn stretches<'a>(
    lights: &'a [Range<usize>],
    ruler: &'a Ruler,
    room: usize,
    always: bool,
) -> impl Iterator<Item = Range<usize>> + 'a {
    lights.iter().enumerate().flat_map(move |(index, first)| {
        let runs = lights.iter().skip(index).map(|last| first.start..last.end);
        runs.enumerate()
            .take_while(move |(more, run)| ruler.length(run) <= room || (always && *more == 0))
            .map(|(_, run)| run)
    })
}

/// Returns the weight of the distinct words of a stretch that are not shown yet.
fn news(matches: &Matches, stretch: &Range<usize>, shown: &[usize]) -> f32 {
    let mut seen: Vec<usize> = Vec::new();
    let mut sum = 0.0;
    for word in matches.words_in(stretch) {
        if !shown.contains(&word.word) && !seen.contains(&word.word) {
            seen.push(word.word);
            sum += word.weight;
        }
    }
    sum
}

/// Adds words to either side of each piece, in turn, while there is room.
fn grow(
    text: &str,
    sentence: &Range<usize>,
    pieces: &mut Vec<Range<usize>>,
    lights: &[Range<usize>],
    ruler: &Ruler,
    budget: usize,
) {
    let try_wider = |pieces: &mut Vec<Range<usize>>, index: usize, wider: Range<usize>| {
        let Some(now) = pieces.get(index).cloned() else { return false };
        let both = now.start.min(wider.start)..now.end.max(wider.end);
        if both == now {
            return false;
        }
        set(pieces, index, both);
        let fits = length(sentence, pieces, ruler) <= budget;
        if !fits {
            set(pieces, index, now);
        }
        fits
    };
    // The words first that a match is part of: "l’" before "avion".
    for index in 0..pieces.len() {
        let Some(piece) = pieces.get(index).cloned() else { break };
        let whole = word_start(text, sentence, piece.start)..word_end(text, sentence, piece.end);
        try_wider(pieces, index, whole);
    }
    // A passage that begins where its sentence does reads best, unless that takes most of the room.
    if let Some(first) = pieces.first().map(|piece| sentence.start..piece.end) {
        let others: usize = pieces.iter().skip(1).map(|piece| ruler.length(piece) + GAP).sum();
        if (ruler.length(&first) + others) * 3 <= budget * 2 {
            try_wider(pieces, 0, first);
        }
    }
    join(pieces, ruler);
    loop {
        let mut grown = false;
        for index in 0..pieces.len() {
            let Some(piece) = pieces.get(index).cloned() else { break };
            let least = index.checked_sub(1).and_then(|before| pieces.get(before)).map_or(sentence.start, |p| p.end);
            let most = pieces.get(index + 1).map_or(sentence.end, |p| p.start);
            let right = piece.start..next_word(text, piece.end, most.max(piece.end), lights);
            let left = previous_word(text, least.min(piece.start), piece.start, lights)..piece.end;
            grown |= try_wider(pieces, index, right);
            grown |= try_wider(pieces, index, left);
        }
        join(pieces, ruler);
        if !grown {
            break;
        }
    }
    // Nothing of the sentence is shown when even its first word is too long: then as much of it as fits.
    pieces.retain(|piece| !piece.is_empty());
    if pieces.is_empty() {
        let fits = |end: &usize| ruler.length(&(sentence.start..*end)) + END <= budget;
        let clusters = text[sentence.clone()].grapheme_indices(true);
        let ends = clusters.map(|(at, cluster)| sentence.start + at + cluster.len());
        if let Some(end) = ends.take_while(fits).last() {
            pieces.push(sentence.start..end);
        }
    }
}

fn set(pieces: &mut [Range<usize>], index: usize, piece: Range<usize>) {
    if let Some(slot) = pieces.get_mut(index) {
        *slot = piece;
    }
}

/// Joins pieces between which no more is left out than the sign for it would take.
fn join(pieces: &mut Vec<Range<usize>>, ruler: &Ruler) {
    pieces.dedup_by(|next, kept| {
        let close = next.start <= kept.end || ruler.length(&(kept.end..next.start)) <= GAP;
        if close {
            kept.end = kept.end.max(next.end);
        }
        close
    });
}

/// Returns the length of the pieces of a sentence with the signs of what is left out.
pub(super) fn length(sentence: &Range<usize>, pieces: &[Range<usize>], ruler: &Ruler) -> usize {
    let inner: usize = pieces.iter().map(|piece| ruler.length(piece)).sum();
    let cut_before = pieces.first().is_some_and(|piece| piece.start > sentence.start);
    let cut_after = pieces.last().is_some_and(|piece| piece.end < sentence.end);
    inner + pieces.len().saturating_sub(1) * GAP + END * (usize::from(cut_before) + usize::from(cut_after))
}

/// Returns the start of the word that `at` stands in.
fn word_start(text: &str, sentence: &Range<usize>, at: usize) -> usize {
    let before = &text[sentence.start..at];
    sentence.start + before.trim_end_matches(|c: char| !c.is_whitespace()).len()
}

/// Returns the end of the word that `at` stands in, with the high mark or guillemet that belongs to it.
fn word_end(text: &str, sentence: &Range<usize>, at: usize) -> usize {
    let rest = &text[at..sentence.end];
    at + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// Returns where the word before `at` begins, no less than `least`; all of a match at once.
fn previous_word(text: &str, least: usize, at: usize, lights: &[Range<usize>]) -> usize {
    let before = text[least..at].trim_end();
    // A mark that stands off by a space is no word: what is before it comes along.
    let mut kept = before;
    loop {
        let bare = kept.trim_end_matches(|c: char| !c.is_whitespace());
        let word = &kept[bare.len()..];
        kept = bare;
        if bare.is_empty() || word.contains(char::is_alphanumeric) {
            break;
        }
        kept = bare.trim_end();
    }
    let start = least + kept.len();
    lights.iter().find(|light| light.start < start && start < light.end).map_or(start, |light| light.start.max(least))
}

/// Returns where the word after `at` ends, no more than `most`; all of a match at once.
fn next_word(text: &str, at: usize, most: usize, lights: &[Range<usize>]) -> usize {
    let mut end = at;
    loop {
        let rest = &text[end..most];
        let inner = rest.trim_start();
        let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let word = &inner[..length];
        end = most - inner.len() + length;
        if word.is_empty() || word.contains(char::is_alphanumeric) {
            break;
        }
    }
    // "Vraiment ?": the mark after a space goes with its word.
    let rest = &text[end..most];
    let inner = rest.trim_start();
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    if length > 0 && inner[..length].chars().all(|c| matches!(c, '?' | '!' | ':' | ';' | '»' | '.' | ',')) {
        end = most - inner.len() + length;
    }
    lights.iter().find(|light| light.start < end && end < light.end).map_or(end, |light| light.end.min(most))
}
