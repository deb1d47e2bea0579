//! The sentences that hold a match, and what stands beside them.

use std::ops::Range;

use super::boilerplate::Boilerplate;
use super::lines::Blocks;
use super::matches::Matches;
use super::sentences::{NEAR, Sentences, skip_space, start_near};

/// A heading has at most this many bytes.
const LONGEST_HEADING: usize = 140;

/// A sentence that holds a match.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The sentence; several in a row where a phrase goes on from one to the next.
    pub(super) sentence: Range<usize>,
    /// The block that it begins in.
    pub(super) block: Range<usize>,
    /// Whether the block is none of the author's words.
    pub(super) is_boilerplate: bool,
    /// Whether it is a short line without a stop.
    pub(super) is_heading: bool,
    /// Whether it is shown already, or repeats what is.
    pub(super) is_used: bool,
}

/// Finds the sentences that hold a match; nothing else of the text is broken into sentences.
pub(super) fn candidates(text: &str, matches: &Matches, boilerplate: &dyn Boilerplate) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut lights = matches.lights.as_slice();
    let mut blocks = Blocks::new(text);
    while let Some(first) = lights.first() {
        blocks.skip_to(first.start);
        let Some(block) = blocks.next() else { break };
        if block.end <= first.start {
            continue;
        }
        let mut judged = None;
        while let Some(next) = lights.first().filter(|light| light.start < block.end) {
            let from = start_near(text, &block, next.start);
            let before = lights.len();
            for sentence in Sentences::of_block(text, from..block.end) {
                lights = after(lights, sentence.start);
                let Some(light) = lights.first().filter(|light| light.start < block.end) else { break };
                if light.start > sentence.end + 2 * NEAR {
                    break;
                }
                if light.start >= sentence.end {
                    continue;
                }
                match found.last_mut().filter(|last| light.start < last.sentence.end) {
                    // A phrase that goes on from the sentence before.
                    Some(last) => {
                        last.sentence.end = sentence.end;
                        last.is_heading = false;
                    }
                    None => found.push(Candidate {
                        is_boilerplate: *judged.get_or_insert_with(|| boilerplate.is_boilerplate(text, block.clone())),
                        is_heading: is_heading(text, &sentence, &block),
                        block: block.clone(),
                        sentence: sentence.clone(),
                        is_used: false,
                    }),
                }
                lights = after(lights, sentence.end);
            }
            if lights.len() == before {
                break;
            }
        }
        // A light that goes on in the next block stays; one before it cannot be shown.
        lights = after(lights, block.start);
    }
    found
}

/// Leaves out the lights that end at or before `offset`.
fn after(lights: &[Range<usize>], offset: usize) -> &[Range<usize>] {
    let passed = lights.iter().take_while(|light| light.end <= offset).count();
    lights.get(passed..).unwrap_or_default()
}

/// A whole block that is short and has no stop.
pub(super) fn is_heading(text: &str, sentence: &Range<usize>, block: &Range<usize>) -> bool {
    let line = &text[sentence.clone()];
    let bare = line.trim_end_matches(|c: char| matches!(c, '»' | '”' | '"' | ')') || c.is_whitespace());
    sentence == block && line.len() <= LONGEST_HEADING && !bare.ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// Returns the sentences of a block right before and right after a stretch of it, nearest first, as far as `reach` bytes.
pub(super) fn beside(
    text: &str,
    block: &Range<usize>,
    stretch: &Range<usize>,
    reach: usize,
) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let mut before: Vec<Range<usize>> = Vec::new();
    let mut behind: Vec<Range<usize>> = Vec::new();
    let from = start_near(text, block, stretch.start);
    for sentence in Sentences::of_block(text, from..block.end.max(from)) {
        if sentence.end <= stretch.start {
            before.push(sentence);
        } else if sentence.start >= stretch.end {
            if sentence.end > stretch.end.saturating_add(reach) {
                break;
            }
            behind.push(sentence);
        }
    }
    // Nearest first, and nothing left out between.
    before.reverse();
    let mut start = stretch.start;
    let near_before = before.into_iter().take_while(|sentence| {
        let touches = skip_space(text, sentence.end, stretch.start) == start;
        start = sentence.start;
        touches && stretch.start - sentence.start <= reach
    });
    (near_before.collect(), behind)
}
