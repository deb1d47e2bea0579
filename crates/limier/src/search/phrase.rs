//! Where a phrase stands: words at their distances, or near each other.

// Cursors hold decoded blocks, one to two kilobytes each: boxed where they are made, they are never copied about.
#![allow(clippy::vec_box)]

use limier_french::{Analysis, Token};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocAddress, DocId, DocSet, Score, TERMINATED};

use super::evaluate::SegmentContext;
use super::plan::{LengthOf, PlannedPhrase, Slots};
use super::small_words::{PhraseInText, WordInText};
use crate::index::StoredFields;

/// Articles that are looked at between two looks at the time.
const ROUND: u32 = 512;

/// One slot of a phrase in a segment: the postings of the terms that may stand there.
struct Slot {
    /// Distance from the first word of the phrase.
    distance: u32,
    postings: Vec<Box<SegmentPostings>>,
    /// Whether the index says of all its terms where they stand: of stop words it does not.
    has_positions: bool,
    /// Its place among the slots of the phrase as it was planned.
    number: usize,
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
    let fields = context.lookup.fields;
    slots.iter().enumerate().map(move |(number, (distance, terms))| {
        let mut postings = Vec::with_capacity(terms.len());
        let mut has_positions = true;
        for term in terms {
            if let Some(opened) = term.postings(context.ordinal, context.lookup)? {
                postings.push(opened);
                has_positions &= term.field != fields.title.stop && term.field != fields.body.stop;
            }
        }
        Ok(Slot { distance: *distance, postings, has_positions, number, positions: Vec::new() })
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
            find_starts(self.slots.iter_mut(), &mut self.starts, |slot| slot.read(doc));
            out.extend(&self.starts);
        }
    }
}

/// Returns the articles of a segment that have the phrase, with their scores, ascending.
pub(super) fn find(phrase: &PlannedPhrase, context: &SegmentContext<'_>) -> tantivy::Result<Vec<(DocId, Score)>> {
    let Some(mut slots) = open(&phrase.slots, context)? else { return Ok(Vec::new()) };
    let mut apart: Vec<Slot> = open_slots(&phrase.apart, context).collect::<tantivy::Result<_>>()?;
    // Where the index knows all places here, the text has nothing to add.
    let asks_text = slots.iter().chain(&apart).any(|slot| !slot.has_positions);
    let mut text = phrase.in_text.as_deref().filter(|_| asks_text).map(|words| Text::new(words, context));
    let (mut found, mut starts) = (Vec::new(), Vec::new());
    let mut doc = slots.first().map_or(TERMINATED, Slot::doc);
    for round in 1u32.. {
        let asks_time = text.is_some() || round % ROUND == 0;
        if doc == TERMINATED || (asks_time && context.lookup.deadline.is_over()) {
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
        let count = match &mut text {
            None if phrase.slop > 0 => {
                slots.iter_mut().for_each(|slot| slot.read(doc));
                count_near(&slots, phrase.slop)
            }
            None => {
                find_starts(slots.iter_mut(), &mut starts, |slot| slot.read(doc));
                leave_out(&mut apart, &mut starts, |slot| match slot.seek(doc) == doc {
                    true => slot.read(doc),
                    false => slot.positions.clear(),
                });
                u32::try_from(starts.len()).unwrap_or(u32::MAX)
            }
            Some(text) => {
                // To ask the index costs less than to read a text.
                if phrase.slop == 0 && is_ruled_out(&mut slots, doc, &mut starts) {
                    0
                } else {
                    text.count(doc, &mut slots, &mut apart, phrase.slop, &mut starts)?
                }
            }
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

/// Finds the positions at which every word stands at its distance; a word is read where those before it leave anything.
fn find_starts<'s>(slots: impl Iterator<Item = &'s mut Slot>, starts: &mut Vec<u32>, read: impl Fn(&mut Slot)) {
    starts.clear();
    for (rank, slot) in slots.enumerate() {
        read(slot);
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

/// Tells whether the places that the index knows leave none for the phrase: to ask it costs less than to read a text.
fn is_ruled_out(slots: &mut [Slot], doc: DocId, starts: &mut Vec<u32>) -> bool {
    let knows_any = slots.iter().any(|slot| slot.has_positions);
    find_starts(slots.iter_mut().filter(|slot| slot.has_positions), starts, |slot| slot.read(doc));
    knows_any && starts.is_empty()
}

/// Leaves out where a word stands at a distance at which it must not.
fn leave_out(apart: &mut [Slot], starts: &mut Vec<u32>, mut read: impl FnMut(&mut Slot)) {
    for slot in apart.iter_mut() {
        if !starts.is_empty() {
            read(slot);
            starts.retain(|start| slot.positions.binary_search(&start.saturating_add(slot.distance)).is_err());
        }
    }
}

/// The texts of a segment, read to see where the words of a phrase stand.
struct Text<'a> {
    words: &'a PhraseInText,
    context: &'a SegmentContext<'a>,
    analysis: Analysis,
}

impl<'a> Text<'a> {
    fn new(words: &'a PhraseInText, context: &'a SegmentContext<'a>) -> Text<'a> {
        Text { words, context, analysis: Analysis::new() }
    }

    /// Counts how often a phrase stands in an article.
    fn count(
        &mut self,
        doc_id: DocId,
        slots: &mut [Slot],
        apart: &mut [Slot],
        slop: u32,
        starts: &mut Vec<u32>,
    ) -> tantivy::Result<u32> {
        let Text { words, context: SegmentContext { lookup, ordinal, .. }, analysis } = self;
        let segment_ord = u32::try_from(*ordinal).unwrap_or(u32::MAX);
        let field = match words.text {
            LengthOf::Title => lookup.fields.title.stem,
            LengthOf::Body => lookup.fields.text,
        };
        let stored = lookup.searcher.doc::<StoredFields>(DocAddress { segment_ord, doc_id })?;
        let mut count = 0_u32;
        words.each_part(stored.text(field), lookup.analyzer, analysis, |analysis| {
            read_places(slots, &words.slots, analysis);
            count = count.saturating_add(if slop > 0 {
                count_near(slots, slop)
            } else {
                read_places(apart, &words.apart, analysis);
                find_starts(slots.iter_mut(), starts, |_| {});
                leave_out(apart, starts, |_| {});
                u32::try_from(starts.len()).unwrap_or(u32::MAX)
            });
        });
        Ok(count)
    }
}

/// Reads where the words of slots stand in a text.
fn read_places(slots: &mut [Slot], words: &[Vec<WordInText>], analysis: &Analysis) {
    for slot in slots {
        let words = words.get(slot.number).map(Vec::as_slice).unwrap_or_default();
        let stands = |token: &Token<'_>| words.iter().any(|word| word.is(token));
        slot.positions.clear();
        slot.positions.extend(analysis.tokens().filter(stands).map(|token| token.position));
        slot.positions.sort_unstable();
        slot.positions.dedup();
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
