//! The sentences that hold a match, and what stands beside them.

use std::ops::Range;

use super::boilerplate::Boilerplate;
use super::lines::Blocks;
use super::matches::Matches;
use super::options::PassageOptions;
use super::ruler;
use super::sentences::{NEAR, Sentences, skip_space, start_near};

/// Bytes before a match that are read first for its sentence, and for each that may be shown before it.
const A_SENTENCE: usize = 256;
/// A heading has at most this many bytes.
const LONGEST_HEADING: usize = 140;

/// A sentence that holds a match.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The sentence; several in a row where a phrase goes on from one to the next.
    pub(super) sentence: Range<usize>,
    /// The block that it begins in.
    pub(super) block: Range<usize>,
    /// Whether the block is none of the author's words; `None` until it is asked, because few candidates are shown.
    pub(super) is_boilerplate: Option<bool>,
    /// Whether it is a short line without a stop.
    pub(super) is_heading: bool,
    /// Whether it is too long to be shown whole.
    pub(super) is_cut: bool,
    /// Whether it is shown already, or repeats what is.
    pub(super) is_used: bool,
}

/// The sentences that hold a match, and those that were read on the way to them.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// In the order of the text.
    pub(super) list: Vec<Candidate>,
    /// In the order of the text.
    read: Vec<Range<usize>>,
    /// Bytes before a match that are read first.
    near: usize,
    /// Bytes of a sentence above which the items that it lists are read as sentences.
    longest: usize,
}

impl Candidates {
    /// Finds the sentences that hold a match, and reads about so many before each; what is far from any is not broken into
    /// sentences.
    pub(super) fn find(text: &str, matches: &Matches, options: &PassageOptions) -> Candidates {
        let near = options.context.max(1).saturating_mul(A_SENTENCE).min(NEAR);
        let mut lights = matches.lights.as_slice();
        let mut found = Candidates {
            list: Vec::with_capacity(lights.len()),
            read: Vec::with_capacity(lights.len() + 2),
            near,
            longest: options.max_sentence,
        };
        let mut blocks = Blocks::new(text);
        while let Some(first) = lights.first() {
            blocks.skip_to(first.start);
            let Some(block) = blocks.next() else { break };
            if block.end <= first.start {
                continue;
            }
            lights = found.find_in(text, &block, lights);
            // A light that goes on in the next block stays; one before it cannot be shown.
            lights = after(lights, block.start);
        }
        for candidate in &mut found.list {
            let sentence = &text[candidate.sentence.clone()];
            candidate.is_cut = ruler::is_longer(sentence, options.max_sentence, options.measure);
        }
        found
    }

    /// Finds those of one block; returns the lights that are left.
    fn find_in<'l>(&mut self, text: &str, block: &Range<usize>, mut lights: &'l [Range<usize>]) -> &'l [Range<usize>] {
        while let Some(next) = lights.first().filter(|light| light.start < block.end) {
            let known = self.read.last().map_or(block.start, |sentence| sentence.end);
            let from =
                start_near(text, block, next.start, self.near).max(skip_space(text, known.min(next.start), next.start));
            let before = lights.len();
            for sentence in Sentences::of_block(text, from..block.end).or_items(self.longest) {
                self.read.push(sentence.clone());
                lights = after(lights, sentence.start);
                let Some(light) = lights.first().filter(|light| light.start < block.end) else { break };
                if light.start > sentence.end + NEAR {
                    break;
                }
                if light.start >= sentence.end {
                    continue;
                }
                match self.list.last_mut().filter(|last| light.start < last.sentence.end) {
                    // A phrase that goes on from the sentence before.
                    Some(last) => {
                        last.sentence.end = sentence.end;
                        last.is_heading = false;
                    }
                    None => self.list.push(Candidate {
                        is_boilerplate: None,
                        is_heading: is_heading(text, &sentence, block),
                        is_cut: false,
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
        lights
    }

    /// Tells whether the block of a candidate is none of the author's words; of each block it is asked once.
    pub(super) fn is_boilerplate(&mut self, text: &str, index: usize, boilerplate: &dyn Boilerplate) -> bool {
        let Some(candidate) = self.list.get(index) else { return false };
        if let Some(known) = candidate.is_boilerplate {
            return known;
        }
        let block = candidate.block.clone();
        let is_boilerplate = boilerplate.is_boilerplate(text, block.clone());
        let from = self.list.partition_point(|other| other.block.start < block.start);
        let of_block = self.list.iter_mut().skip(from).take_while(|other| other.block.start == block.start);
        of_block.for_each(|other| other.is_boilerplate = Some(is_boilerplate));
        is_boilerplate
    }

    /// Returns the sentences of a block right before a stretch of it, nearest first: one at least, if there is one.
    pub(super) fn before(&self, text: &str, block: &Range<usize>, stretch: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.read.partition_point(|sentence| sentence.start < stretch.start);
        let known = right_before(text, self.read.get(..first).unwrap_or_default(), block, stretch.start);
        if !known.is_empty() || stretch.start <= block.start {
            return known;
        }
        let from = start_near(text, block, stretch.start, self.near);
        let read: Vec<Range<usize>> = Sentences::of_block(text, from..stretch.start).or_items(self.longest).collect();
        right_before(text, &read, block, stretch.start)
    }
}

/// Returns the last of some sentences, nearest first, that leave nothing out before `start`.
fn right_before(text: &str, sentences: &[Range<usize>], block: &Range<usize>, start: usize) -> Vec<Range<usize>> {
    let mut next = start;
    let touching = sentences.iter().rev().take_while(|sentence| {
        let touches = sentence.start >= block.start && skip_space(text, sentence.end, start) == next;
        next = sentence.start;
        touches && start - sentence.start <= NEAR
    });
    touching.cloned().collect()
}

/// Returns the sentences of a block that begin at or after `end`.
pub(super) fn behind<'t>(text: &'t str, block: &Range<usize>, end: usize, options: &PassageOptions) -> Sentences<'t> {
    let from = skip_space(text, end.min(block.end), block.end);
    Sentences::of_block(text, from..block.end).or_items(options.max_sentence)
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
