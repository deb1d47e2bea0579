//! Phrases: where all words of one stand as the query asks.

use super::matches::{Match, Matches};
use super::target::PhraseTarget;

/// Positions by which an alternate may come late.
const BEHIND: u32 = 64;

/// A word of a phrase, somewhere in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    /// Place among the words of the text.
    pub(super) position: u32,
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// Which word of the query.
    pub(super) word: usize,
    /// The worth of that word.
    pub(super) weight: f32,
}

/// What was seen of each phrase; nothing is lit before all was read that is going to be.
pub(super) struct Phrases<'q> {
    phrases: Vec<(&'q PhraseTarget, Vec<Vec<Occurrence>>)>,
    /// Whether each was found in what was read so far, as [`found`](Phrases::found) last saw it.
    found: Vec<bool>,
    /// Where that looked last.
    looked_at: u32,
}

impl<'q> Phrases<'q> {
    pub(super) fn new(targets: &'q [PhraseTarget]) -> Phrases<'q> {
        let phrases = targets.iter().map(|target| (target, vec![Vec::new(); target.slots.len()])).collect();
        Phrases { phrases, found: vec![false; targets.len()], looked_at: 0 }
    }

    pub(super) fn add(&mut self, phrase: usize, slot: usize, occurrence: Occurrence) {
        if let Some(slot) = self.phrases.get_mut(phrase).and_then(|(_, slots)| slots.get_mut(slot)) {
            slot.push(occurrence);
        }
    }

    /// Tells of each phrase whether it stands in what was read; looks only at what was added since it last did.
    pub(super) fn found(&mut self) -> &[bool] {
        let mut last = self.looked_at;
        for ((target, slots), found) in self.phrases.iter().zip(&mut self.found) {
            let newest = slots.iter().filter_map(|slot| slot.last()).map(|occurrence| occurrence.position).max();
            last = last.max(newest.unwrap_or(0));
            if *found {
                continue;
            }
            let reach = width(target).saturating_add(BEHIND);
            let recent = |slot: &Vec<Occurrence>| {
                let new = slot.iter().rev().take_while(|word| word.position.saturating_add(reach) >= self.looked_at);
                new.copied().collect()
            };
            let mut matches = Matches::default();
            resolve(target, slots.iter().map(recent).collect(), &mut matches);
            *found = !matches.words.is_empty();
        }
        self.looked_at = last;
        &self.found
    }

    /// Adds to `found` the phrases that stand in the text.
    pub(super) fn resolve(self, found: &mut Matches) {
        for (target, slots) in self.phrases {
            resolve(target, slots, found);
        }
    }
}

fn resolve(target: &PhraseTarget, mut slots: Vec<Vec<Occurrence>>, found: &mut Matches) {
    // An alternate comes with the token that it stands beside, not always in the order of positions.
    slots.iter_mut().for_each(|slot| slot.sort_by_key(|occurrence| occurrence.position));
    if slots.is_empty() || slots.iter().any(Vec::is_empty) {
        return;
    }
    if target.slop == 0 {
        whole(target, &slots, found);
    } else {
        near(target, &slots, found);
    }
}

/// The number of positions that a phrase may stretch over beyond its first.
fn width(target: &PhraseTarget) -> u32 {
    let length = target.slots.iter().map(|(distance, _)| *distance).max().unwrap_or(0);
    length.saturating_add(target.slop)
}

/// Lights the phrase from its first word to its last, stop words and marks between them too.
fn whole(target: &PhraseTarget, slots: &[Vec<Occurrence>], found: &mut Matches) {
    // Anchored at the rarest slot: a phrase costs what its rarest word costs.
    let Some((rarest, anchors)) = slots.iter().enumerate().min_by_key(|(_, slot)| slot.len()) else { return };
    let distance = |slot: usize| target.slots.get(slot).map_or(0, |(distance, _)| *distance);
    let mut words = Vec::with_capacity(slots.len());
    for anchor in anchors {
        let Some(origin) = anchor.position.checked_sub(distance(rarest)) else { continue };
        words.clear();
        for (index, slot) in slots.iter().enumerate() {
            let Some(position) = origin.checked_add(distance(index)) else { break };
            if index == rarest {
                words.push(*anchor);
            } else if let Some(occurrence) = at(slot, position) {
                words.push(*occurrence);
            }
        }
        if words.len() == slots.len() {
            let start = words.iter().map(|word| word.start).min().unwrap_or_default();
            let end = words.iter().map(|word| word.end).max().unwrap_or_default();
            found.lights.push(start..end);
            found.words.extend(words.iter().map(matched));
        }
    }
}

/// Lights the words of each window in which all of them stand, in any order, and not what lies between them.
fn near(target: &PhraseTarget, slots: &[Vec<Occurrence>], found: &mut Matches) {
    let width = width(target);
    let mut words: Vec<Occurrence> = Vec::with_capacity(slots.len());
    for (leading, slot) in slots.iter().enumerate() {
        // Each occurrence in turn is the leftmost of a window.
        for first in slot {
            words.clear();
            words.push(*first);
            for (_, others) in slots.iter().enumerate().filter(|(index, _)| *index != leading) {
                let from = others.partition_point(|other| other.position < first.position);
                let free = others.iter().skip(from).take_while(|other| other.position - first.position <= width);
                let taken = |other: &&Occurrence| words.iter().all(|word| word.position != other.position);
                let Some(nearest) = free.clone().find(taken).copied() else { break };
                words.push(nearest);
            }
            if words.len() == slots.len() {
                found.words.extend(words.iter().map(matched));
            }
        }
    }
}

fn at(slot: &[Occurrence], position: u32) -> Option<&Occurrence> {
    let index = slot.partition_point(|occurrence| occurrence.position < position);
    slot.get(index).filter(|occurrence| occurrence.position == position)
}

fn matched(occurrence: &Occurrence) -> Match {
    Match {
        start: occurrence.start,
        end: occurrence.end,
        word: occurrence.word,
        weight: occurrence.weight,
        in_phrase: true,
    }
}
