//! What groups of words were read as, kept for the next time they come.
//!
//! Words follow Zipf's law: a few tens of thousands of groups make up nearly all of any text. The cache maps the bytes of
//! a group, as they stand in the text, to its records and terms. It belongs to one thread, never allocates on a hit, and
//! is bounded: when it is full it is emptied and fills again with what is frequent, which costs little and keeps it simple.
//!
//! Threads that index one text after the other meet the same groups, and a group that was never read takes a hundred times as
//! long as one that was. So the tokenizers of an analyzer have one more cache, which is asked where that of the thread fails.
//! It outlives the threads, and is not emptied: what came first is what is frequent.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::analysis::{Analysis, Record, UNKNOWN};
use crate::hash::hash_bytes;
use crate::words::context::Hints;
use crate::words::scan::Group;

/// Longest group kept, in bytes.
const MAX_KEY: usize = 64;
/// Most bytes of keys and terms, for each entry that the cache may hold.
const TEXT_PER_ENTRY: usize = 64;

/// What is kept of a group. Who has seen its hash and its key, which lie on both sides of it, has the first record at hand.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
struct Entry {
    hash: u64,
    first: Record,
    /// Where the key begins in the text; the terms follow it.
    key_at: u32,
    /// Where records after the first begin.
    more_at: u32,
    terms_len: u16,
    records: u16,
    key_len: u8,
    positions: u8,
    hints: Hints,
    /// The last text that held the group, and where its analysis has the terms.
    seen: u32,
    arena_at: u32,
}

/// A place in the cache: what [`Cache::find`] and [`Cache::insert`] return.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found(usize);

/// A group of a text that is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought {
    pub(crate) group: Group,
    hash: u64,
    pub(crate) found: Option<Found>,
}

impl Sought {
    #[inline]
    pub(crate) fn new(group: Group, written: &str) -> Self {
        Sought { group, hash: Cache::hash(written), found: None }
    }
}

/// The cache of one thread for one analyzer.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Open addressing, linear probing: 0 is free, else the first byte of a hash, and the rank of its entry plus 1. Never more than
    /// half full.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    records: Vec<Record>,
    text: String,
    max_entries: usize,
    /// The number of the text that is being read, from 1.
    reading: u32,
    /// Tells its places apart from those of other caches, and from those that it had before it was emptied.
    generation: u64,
}

/// Returns a number that was not returned before.
fn new_generation() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The bits of a slot that hold a rank plus 1.
const RANK: u32 = (1 << 24) - 1;

/// What a hash of this first byte has in its slot, beside the rank.
fn tag(hash: u64) -> u32 {
    (hash >> 56 << 24) as u32
}

impl Cache {
    /// Makes a cache of at most `max_entries` groups; 0 keeps nothing.
    pub(crate) fn new(max_entries: usize) -> Self {
        let max_entries = max_entries.min(RANK as usize - 1);
        let (slots, entries, records) = Default::default();
        Cache { slots, entries, records, text: String::new(), max_entries, reading: 1, generation: new_generation() }
    }

    /// Begins a text, whose analysis is empty.
    pub(crate) fn begin(&mut self) {
        self.reading = self.reading.wrapping_add(1);
        if self.reading == 0 {
            self.clear();
            self.reading = 1;
        }
    }

    pub(crate) fn hash(group: &str) -> u64 {
        hash_bytes(group.as_bytes())
    }

    /// Finds a group read before.
    #[inline]
    pub(crate) fn find(&self, group: &str, hash: u64) -> Option<Found> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash as usize & mask;
        loop {
            let place = *self.slots.get(slot)?;
            let rank = ((place & RANK) as usize).checked_sub(1)?;
            if place & !RANK == tag(hash) {
                let entry = self.entries.get(rank)?;
                if entry.hash == hash && self.key(entry) == group.as_bytes() {
                    return Some(Found(rank));
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    #[inline]
    fn key(&self, entry: &Entry) -> &[u8] {
        let key_at = entry.key_at as usize;
        self.text.as_bytes().get(key_at..key_at + usize::from(entry.key_len)).unwrap_or_default()
    }

    /// Finds several groups of a text at once, most of them: what is left `None`, may be there.
    ///
    /// Each step of a search waits for the memory where the last one led. Steps of groups that know nothing of each other are
    /// waited for together.
    pub(crate) fn find_together(&self, text: &str, sought: &mut [Sought]) {
        let Some(mask) = self.slots.len().checked_sub(1) else { return };
        for sought in &mut *sought {
            let mut slot = sought.hash as usize & mask;
            sought.found = loop {
                let place = self.slots.get(slot).copied().unwrap_or_default();
                if place == 0 || place & !RANK == tag(sought.hash) {
                    break ((place & RANK) as usize).checked_sub(1).map(Found);
                }
                slot = (slot + 1) & mask;
            };
        }
        for sought in &mut *sought {
            let entry = sought.found.and_then(|found| self.entries.get(found.0));
            sought.found = sought.found.filter(|_| entry.is_some_and(|entry| entry.hash == sought.hash));
        }
        for sought in sought {
            let entry = sought.found.and_then(|found| self.entries.get(found.0));
            let group = text.as_bytes().get(sought.group.start..sought.group.end);
            sought.found = sought.found.filter(|_| entry.is_some_and(|entry| Some(self.key(entry)) == group));
        }
    }

    /// Tells whether all tokens of a group found in the cache are such; the lemma and the stem of some may be empty.
    pub(crate) fn all(&self, found: Found, is_such: impl Fn(&Record, &str) -> bool) -> bool {
        let Some(entry) = self.entries.get(found.0) else { return false };
        let terms = terms(&self.text, entry);
        let is_such = |record: &Record| {
            let at = record.exact_at as usize;
            is_such(record, terms.get(at..at + usize::from(record.exact_len)).unwrap_or_default())
        };
        (entry.records == 0 || is_such(&entry.first)) && more_of(entry, &self.records).iter().all(is_such)
    }

    /// Returns a number that changes when all places become void.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// Keeps what a group was read as. Returns `None` when it is too long to be kept.
    pub(crate) fn insert(&mut self, group: &str, hash: u64, reading: &Analysis, hints: Hints) -> Option<Found> {
        let terms = reading.arena();
        let key_len = u8::try_from(group.len()).ok().filter(|len| usize::from(*len) <= MAX_KEY)?;
        let terms_len = u16::try_from(terms.len()).ok()?;
        let records = u16::try_from(reading.len()).ok()?;
        let positions = u8::try_from(reading.positions()).ok()?;
        if self.max_entries == 0 {
            return None;
        }
        if !self.has_room(group, reading) {
            self.clear();
        }
        self.grow();
        let rank = self.entries.len();
        self.entries.push(Entry {
            hash,
            key_at: self.text.len() as u32,
            first: reading.records().first().copied().unwrap_or_default(),
            more_at: self.records.len() as u32,
            terms_len,
            records,
            key_len,
            positions,
            hints,
            seen: 0,
            arena_at: 0,
        });
        self.text.push_str(group);
        self.text.push_str(terms);
        self.records.extend_from_slice(reading.records().get(1..).unwrap_or_default());
        self.link(rank, hash);
        Some(Found(rank))
    }

    /// Tells whether a group can be kept without letting go of others.
    pub(crate) fn has_room(&self, group: &str, reading: &Analysis) -> bool {
        let text_limit = self.max_entries.saturating_mul(TEXT_PER_ENTRY);
        self.entries.len() < self.max_entries && self.text.len() + group.len() + reading.arena().len() <= text_limit
    }

    /// Adds the tokens of a group found in the cache, which begins at byte `start` of the text that was begun last; the whole of
    /// this text is read into `out`.
    #[inline]
    pub(crate) fn replay(&mut self, found: Found, start: u32, out: &mut Analysis) -> Hints {
        let Some(entry) = self.entries.get_mut(found.0) else { return Hints::NONE };
        let again = entry.seen == self.reading;
        if !again {
            entry.seen = self.reading;
            entry.arena_at = out.add_terms(terms(&self.text, entry));
        }
        // What a group asks of the words around it may change its tokens.
        let repeated = again && entry.hints == Hints::NONE;
        let known = Some((found.0 as u32, self.max_entries as u32));
        write(entry, &self.records, start, entry.arena_at, repeated, known, out);
        entry.hints
    }

    /// Adds the tokens of a group found in the cache, which begins at byte `start`, whatever was read before.
    pub(crate) fn read(&self, found: Found, start: u32, out: &mut Analysis) -> Hints {
        let Some(entry) = self.entries.get(found.0) else { return Hints::NONE };
        let arena_at = out.add_terms(terms(&self.text, entry));
        write(entry, &self.records, start, arena_at, false, None, out);
        entry.hints
    }

    fn clear(&mut self) {
        self.generation = new_generation();
        self.slots.fill(0);
        self.entries.clear();
        self.records.clear();
        self.text.clear();
    }

    /// Makes room for one more entry, so that at least half of the slots stay free.
    fn grow(&mut self) {
        if (self.entries.len() + 1) * 2 <= self.slots.len() {
            return;
        }
        let size = (self.slots.len() * 2).max(1024);
        self.slots.clear();
        self.slots.resize(size, 0);
        for rank in 0..self.entries.len() {
            let hash = self.entries.get(rank).map_or(0, |entry| entry.hash);
            self.link(rank, hash);
        }
    }

    fn link(&mut self, rank: usize, hash: u64) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(place) = self.slots.get_mut(slot) {
            if *place == 0 {
                *place = tag(hash) | (rank as u32 + 1);
                return;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// The terms of an entry, which follow its key.
#[inline]
fn terms<'c>(text: &'c str, entry: &Entry) -> &'c str {
    let at = entry.key_at as usize + usize::from(entry.key_len);
    text.get(at..at + usize::from(entry.terms_len)).unwrap_or_default()
}

/// Returns the records of an entry after the first; `records` are those of all entries.
#[inline]
fn more_of<'c>(entry: &Entry, records: &'c [Record]) -> &'c [Record] {
    let more_at = entry.more_at as usize;
    let more = usize::from(entry.records).saturating_sub(1);
    records.get(more_at..more_at + more).unwrap_or_default()
}

/// Adds the tokens of an entry, whose terms are there; `records` are those after the first of all entries. Their places are the rank
/// of the entry and, above the most entries that there may be, those after the first.
#[inline]
fn write(
    entry: &Entry,
    records: &[Record],
    start: u32,
    arena_at: u32,
    repeated: bool,
    known: Option<(u32, u32)>,
    out: &mut Analysis,
) {
    if entry.records > 0 {
        out.replay(&entry.first, start, arena_at, repeated, known.map_or(UNKNOWN, |(rank, _)| rank));
    }
    if entry.records > 1 {
        for (at, record) in (entry.more_at..).zip(more_of(entry, records)) {
            out.replay(
                record,
                start,
                arena_at,
                repeated,
                known.map_or(UNKNOWN, |(_, entries)| entries.saturating_add(at)),
            );
        }
    }
    out.add_positions(u32::from(entry.positions));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Token;

    fn reading(term: &str) -> Analysis {
        let mut analysis = Analysis::new();
        analysis.push(Token {
            start: 0,
            end: term.len(),
            position: 0,
            span: 1,
            exact: term,
            lemma: term,
            stem: term,
            stop: crate::Stop::None,
            alternate: false,
            rule: crate::Rule::Word,
        });
        analysis.add_positions(1);
        analysis
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let mut cache = Cache::new(10_000);
        for n in 0..5_000 {
            let word = format!("mot{n}");
            let hash = Cache::hash(&word);
            assert!(cache.find(&word, hash).is_none());
            assert!(cache.insert(&word, hash, &reading(&word), Hints::NONE).is_some());
        }
        for n in 0..5_000 {
            let word = format!("mot{n}");
            let found = cache.find(&word, Cache::hash(&word)).expect("kept");
            let mut out = Analysis::new();
            cache.begin();
            cache.replay(found, 7, &mut out);
            cache.replay(found, 70, &mut out);
            let read: Vec<_> = out.tokens().map(|token| (token.exact, token.start, token.position)).collect();
            assert_eq!(read, [(word.as_str(), 7, 0), (word.as_str(), 70, 1)]);
            assert_eq!(out.arena(), word, "the terms of a text are there once");
            assert_eq!(out.records().iter().map(|record| record.repeated).collect::<Vec<_>>(), [false, true]);
            let mut plain = Analysis::new();
            cache.read(found, 7, &mut plain);
            cache.read(found, 70, &mut plain);
            assert_eq!(
                plain.tokens().map(|token| (token.exact, token.start, token.position)).collect::<Vec<_>>(),
                read
            );
        }
    }

    #[test]
    fn what_is_found_together_is_what_is_found_alone() {
        let mut cache = Cache::new(10_000);
        let words: Vec<String> = (0..6_000).map(|n| format!("mot{n}")).collect();
        for word in words.iter().step_by(2) {
            cache.insert(word, Cache::hash(word), &reading(word), Hints::NONE);
        }
        let text = words.join(" ");
        let mut at = 0;
        let mut sought: Vec<Sought> = words
            .iter()
            .map(|word| {
                let start = at;
                at += word.len() + 1;
                Sought::new(Group { start, end: start + word.len(), classes: 0, elided: false }, word)
            })
            .collect();
        cache.find_together(&text, &mut sought);
        let mut missed = 0;
        for (word, sought) in words.iter().zip(&sought) {
            let alone = cache.find(word, Cache::hash(word)).map(|found| found.0);
            assert!(sought.found.is_none_or(|found| Some(found.0) == alone));
            missed += usize::from(alone.is_some() && sought.found.is_none());
        }
        assert!(missed < 30, "{missed}");
        let generation = cache.generation();
        cache.clear();
        assert_ne!(cache.generation(), generation);
    }

    #[test]
    fn memory_is_bounded() {
        let mut cache = Cache::new(100);
        for n in 0..10_000 {
            let word = format!("mot{n}");
            cache.insert(&word, Cache::hash(&word), &reading(&word), Hints::NONE);
            assert!(cache.entries.len() <= 100 && cache.text.len() <= 100 * TEXT_PER_ENTRY);
        }
        assert!(cache.find("mot9999", Cache::hash("mot9999")).is_some());
        assert!(cache.find("mot0", Cache::hash("mot0")).is_none());
    }

    #[test]
    fn a_group_too_long_is_not_kept() {
        let mut cache = Cache::new(100);
        let word = "a".repeat(MAX_KEY + 1);
        assert!(cache.insert(&word, Cache::hash(&word), &reading(&word), Hints::NONE).is_none());
        assert!(Cache::new(0).insert("a", 1, &reading("a"), Hints::NONE).is_none());
    }
}
