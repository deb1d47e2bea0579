//! Where a phrase stands: words at their distances, or near each other.

// Cursors hold decoded blocks, one to two kilobytes each: boxed where they are made, they are never copied about.
#![allow(clippy::vec_box)]

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::evaluate::SegmentContext;
use super::plan::{LengthOf, PlannedPhrase, Slots};

/// Articles that are looked at between two looks at the time.
const ROUND: u32 = 512;

/// One slot of a phrase in a segment: the postings of the terms that may stand there.
struct Slot {
    /// Distance from the first word of the phrase.
    distance: u32,
    postings: Vec<Box<SegmentPostings>>,
    positions: Vec<u32>,
}

impl Slot {
    fn doc(&self) -> DocId {
        self.postings.iter().map(|postings| postings.doc()).min().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for postings in &mut self.postings {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.doc()
    }

    /// Reads the positions of all terms in `doc`, ascending.
    fn read(&mut self, doc: DocId) {
        self.positions.clear();
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == doc) {
            postings.append_positions_with_offset(0, &mut self.positions);
        }
        if self.postings.len() > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
    }
}

/// Opens the postings of the words of a phrase in a segment, in their order.
fn open_slots<'a>(
    slots: &'a Slots,
    context: &'a SegmentContext<'_>,
) -> impl Iterator<Item = tantivy::Result<Slot>> + 'a {
    slots.iter().map(|(distance, terms)| {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            postings.extend(term.postings(context.ordinal, context.lookup)?);
        }
        Ok(Slot { distance: *distance, postings, positions: Vec::new() })
    })
}

/// Opens the postings of a phrase in a segment, the rarest word first; `None` where a word is in no article.
fn open(phrase: &Slots, context: &SegmentContext<'_>) -> tantivy::Result<Option<Vec<Slot>>> {
    let mut slots = Vec::with_capacity(phrase.len());
    for slot in open_slots(phrase, context) {
        let slot = slot?;
        if slot.postings.is_empty() {
            return Ok(None);
        }
        slots.push(slot);
    }
    let cost = |slot: &Slot| slot.postings.iter().map(|postings| postings.size_hint()).sum::<u32>();
    slots.sort_by_key(cost);
    Ok(Some(slots))
}

/// A phrase in a segment, asked about articles in ascending order.
pub(super) struct PhraseCursor {
    slots: Vec<Slot>,
    /// Scratch: where the phrase begins in the current article.
    starts: Vec<u32>,
}

impl PhraseCursor {
    /// Opens a phrase; `None` where no article of the segment can have it.
    pub(super) fn open(phrase: &Slots, context: &SegmentContext<'_>) -> tantivy::Result<Option<PhraseCursor>> {
        Ok(open(phrase, context)?.map(|slots| PhraseCursor { slots, starts: Vec::new() }))
    }

    /// Adds the positions in `doc` at which the phrase begins.
    pub(super) fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        if self.slots.iter_mut().all(|slot| slot.seek(doc) == doc) {
            read_starts(&mut self.slots, doc, &mut self.starts);
            out.extend(&self.starts);
        }
    }
}

/// Returns the articles of a segment that have the phrase, with their scores, ascending.
pub(super) fn find(phrase: &PlannedPhrase, context: &SegmentContext<'_>) -> tantivy::Result<Vec<(DocId, Score)>> {
    let Some(mut slots) = open(&phrase.slots, context)? else { return Ok(Vec::new()) };
    let mut apart: Vec<Slot> = open_slots(&phrase.apart, context).collect::<tantivy::Result<_>>()?;
    let (mut found, mut starts) = (Vec::new(), Vec::new());
    let mut doc = slots.first().map_or(TERMINATED, Slot::doc);
    for round in 1u32.. {
        if doc == TERMINATED || (round % ROUND == 0 && context.lookup.deadline.is_over()) {
            break;
        }
        let mut next = doc;
        for slot in &mut slots {
            next = slot.seek(doc);
            if next != doc {
                break;
            }
        }
        if next != doc {
            doc = next;
            continue;
        }
        let count = if phrase.slop == 0 {
            read_starts(&mut slots, doc, &mut starts);
            leave_out(&mut apart, doc, &mut starts);
            u32::try_from(starts.len()).unwrap_or(u32::MAX)
        } else {
            slots.iter_mut().for_each(|slot| slot.read(doc));
            count_near(&slots, phrase.slop)
        };
        if count > 0 {
            let freq = count as f32;
            let norm = context.lengths.of(LengthOf::Body)[usize::from(context.norms.body.code(doc))];
            found.push((doc, phrase.weight * freq * (context.k1 + 1.0) / (freq + norm)));
        }
        doc = slots.first_mut().map_or(TERMINATED, |slot| slot.seek(doc + 1));
    }
    Ok(found)
}

/// Reads the positions in `doc`, which has all words, at which every word stands at its distance: a word is read where
/// those before it leave anything.
fn read_starts(slots: &mut [Slot], doc: DocId, starts: &mut Vec<u32>) {
    starts.clear();
    for (rank, slot) in slots.iter_mut().enumerate() {
        slot.read(doc);
        let positions = &slot.positions;
        if rank == 0 {
            starts.extend(positions.iter().filter_map(|position| position.checked_sub(slot.distance)));
        } else {
            let mut at = 0;
            starts.retain(|start| {
                // Both lists ascend.
                let wanted = start.saturating_add(slot.distance);
                while positions.get(at).is_some_and(|&position| position < wanted) {
                    at += 1;
                }
                positions.get(at) == Some(&wanted)
            });
        }
        if starts.is_empty() {
            return;
        }
    }
}

/// Leaves out where a word stands at a distance at which it must not.
fn leave_out(apart: &mut [Slot], doc: DocId, starts: &mut Vec<u32>) {
    for slot in apart.iter_mut() {
        if !starts.is_empty() && slot.seek(doc) == doc {
            slot.read(doc);
            starts.retain(|start| slot.positions.binary_search(&start.saturating_add(slot.distance)).is_err());
        }
    }
}

/// Counts the places, one for each occurrence of the rarest word, where all words stand within the phrase's length plus
/// `slop` positions, each at a place of its own: a word that the phrase has twice is asked for twice.
fn count_near(slots: &[Slot], slop: u32) -> u32 {
    let Some((lead, others)) = slots.split_first() else { return 0 };
    let reach = u32::try_from(slots.len()).unwrap_or(u32::MAX).saturating_add(slop).saturating_sub(1);
    let mut taken: Vec<u32> = Vec::with_capacity(slots.len());
    // Whether the window that begins at `first` holds the lead at `position` and all others.
    let mut holds = |first: u32, position: u32| {
        taken.clear();
        taken.push(position);
        others.iter().all(|slot| {
            let from = slot.positions.partition_point(|&other| other < first);
            let within = slot.positions.iter().skip(from).take_while(|&&other| other - first <= reach);
            let free = within.copied().find(|other| !taken.contains(other));
            taken.extend(free);
            free.is_some()
        })
    };
    // A window begins with one of its words.
    let mut fits = |&position: &u32| {
        slots.iter().any(|slot| {
            let from = slot.positions.partition_point(|&first| first < position.saturating_sub(reach));
            let firsts = slot.positions.iter().skip(from).take_while(|&&first| first <= position);
            firsts.copied().any(|first| holds(first, position))
        })
    };
    u32::try_from(lead.positions.iter().filter(|position| fits(position)).count()).unwrap_or(u32::MAX)
}
