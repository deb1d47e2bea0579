//! The loop over the groups of a text, all of them or those that may hold a wanted term.

use std::sync::Mutex;

use crate::analysis::{Analysis, Record, UNKNOWN};
use crate::cache::{Cache, Sought};
use crate::local;
use crate::wanted::Wanted;
use crate::words::context::{Context, Hints};
use crate::words::scan::{Group, Scanner};
use crate::words::{Options, Scratch, read_group};

/// Groups that are looked for at once.
const TOGETHER: usize = 32;

/// What the hash of a group is changed by where the cache has it without the lemmas and stems that nobody wanted.
const IN_PART: u64 = 0x5bd1_e995_9d1b_54a5;

/// Reads a text with what was read before at hand.
pub(crate) struct Run<'a> {
    pub(crate) options: &'a Options,
    /// What this thread has read.
    pub(crate) cache: &'a mut Cache,
    /// What all threads have read.
    pub(crate) shared: Option<&'a Mutex<Cache>>,
    pub(crate) scratch: &'a mut Scratch,
}

impl Run<'_> {
    /// Reads a text group by group, where a wanted term may be. A group that is a word without interest takes its position, no
    /// more.
    pub(crate) fn wanted(&mut self, text: &str, wanted: &Wanted, out: &mut Analysis) {
        let text = self.begin(text, out);
        let mut scanner = Scanner::new(text);
        let mut context = Context::new(text, self.options);
        loop {
            // A word that the one before may be joined to is read for the sake of that one.
            let is_free = !context.concerns(Hints::NONE);
            if is_free {
                out.add_positions(scanner.pass_over(wanted));
            }
            let Some(group) = scanner.next_group() else { break };
            let written = text.get(group.start..group.end).unwrap_or_default();
            if is_free && wanted.passes_over(written, group.classes) {
                out.add_positions(1);
                continue;
            }
            let rank = out.len();
            let hints = self.read_for(wanted, written, group.start as u32, out);
            self.conclude(&mut context, group, hints, rank, out);
        }
    }

    /// Reads all groups of a text, of which the cache finds many at once.
    pub(crate) fn all(&mut self, text: &str, out: &mut Analysis) {
        let text = self.begin(text, out);
        let mut scanner = Scanner::new(text);
        let mut context = Context::new(text, self.options);
        let mut sought = Vec::with_capacity(TOGETHER);
        let first = self.cache.generation();
        loop {
            sought.clear();
            while sought.len() < TOGETHER
                && let Some(group) = scanner.next_group()
            {
                sought.push(Sought::new(group, text.get(group.start..group.end).unwrap_or_default()));
            }
            if sought.is_empty() {
                break;
            }
            self.cache.find_together(text, &mut sought);
            let generation = self.cache.generation();
            for Sought { group, found, .. } in &sought {
                let rank = out.len();
                let hints = match found.filter(|_| self.cache.generation() == generation) {
                    Some(found) => self.cache.replay(found, group.start as u32, out),
                    None => {
                        let written = text.get(group.start..group.end).unwrap_or_default();
                        self.read(written, Cache::hash(written), group.start as u32, out)
                    }
                };
                self.conclude(&mut context, *group, hints, rank, out);
            }
        }
        out.set_generation(self.cache.generation(), self.cache.generation() == first);
    }

    fn begin<'t>(&mut self, text: &'t str, out: &mut Analysis) -> &'t str {
        out.clear();
        self.cache.begin();
        local::first_bytes(text, u32::MAX as usize)
    }

    /// Settles what a group just read asks of the words around it.
    #[inline]
    fn conclude(&mut self, context: &mut Context<'_>, group: Group, hints: Hints, rank: usize, out: &mut Analysis) {
        if group.elided {
            out.set_elided(rank);
        }
        if context.concerns(hints) {
            context.settle(group, hints, rank, self.scratch, out);
        }
    }

    /// Writes the tokens of one group, from the cache when it was read before.
    #[inline]
    fn read(&mut self, written: &str, hash: u64, start: u32, out: &mut Analysis) -> Hints {
        if let Some(found) = self.cache.find(written, hash) {
            return self.cache.replay(found, start, out);
        }
        let hints = self.read_anew(written, hash);
        self.keep(written, hash, hints, start, out)
    }

    /// As [`read`](Run::read), without lemma and stem of tokens that have no wanted term: to find them takes most of the time.
    fn read_for(&mut self, wanted: &Wanted, written: &str, start: u32, out: &mut Analysis) -> Hints {
        let hash = Cache::hash(written);
        if let Some(found) = self.cache.find(written, hash) {
            return self.cache.replay(found, start, out);
        }
        if let Some(found) = self.cache.find(written, hash ^ IN_PART) {
            let is_enough = |record: &Record, exact: &str| record.lemma_len > 0 || wanted.has_none_of(exact);
            return match self.cache.all(found, is_enough) {
                true => self.cache.replay(found, start, out),
                false => self.read(written, hash, start, out),
            };
        }
        if let Some(hints) = self.read_of_others(written, hash) {
            return self.keep(written, hash, hints, start, out);
        }
        let hints = read_group(written, self.options, Some(wanted), self.scratch);
        let is_whole = self.scratch.reading.records().iter().all(|record| record.lemma_len > 0);
        self.keep(written, if is_whole { hash } else { hash ^ IN_PART }, hints, start, out)
    }

    /// Reads one group into `scratch.reading`, and keeps it for the other threads, unless one of them is at it: to wait would take longer than
    /// to read.
    fn read_anew(&mut self, written: &str, hash: u64) -> Hints {
        if let Some(hints) = self.read_of_others(written, hash) {
            return hints;
        }
        let hints = read_group(written, self.options, None, self.scratch);
        if let Some(Ok(mut known)) = self.shared.map(Mutex::try_lock)
            && known.has_room(written, &self.scratch.reading)
        {
            known.insert(written, hash, &self.scratch.reading, hints);
        }
        hints
    }

    /// Reads one group into `scratch.reading` as another thread has read it, where one has and none is at it.
    fn read_of_others(&mut self, written: &str, hash: u64) -> Option<Hints> {
        let known = self.shared?.try_lock().ok()?;
        let found = known.find(written, hash)?;
        self.scratch.reading.clear();
        Some(known.read(found, 0, &mut self.scratch.reading))
    }

    /// Keeps what a group was read as in the cache, and adds its tokens.
    fn keep(&mut self, written: &str, hash: u64, hints: Hints, start: u32, out: &mut Analysis) -> Hints {
        let reading = &self.scratch.reading;
        if let Some(kept) = self.cache.insert(written, hash, reading, hints) {
            return self.cache.replay(kept, start, out);
        }
        let arena_at = out.add_terms(reading.arena());
        for record in reading.records() {
            out.replay(record, start, arena_at, false, UNKNOWN);
        }
        out.add_positions(reading.positions());
        hints
    }
}
