//! The terms of a segment that is being made, each with a number.

use std::cmp::Ordering;

use twox_hash::XxHash3_64;

/// The number of a term, from 0, in the order in which terms were first met.
pub(super) type TermId = u32;

/// Terms and their numbers.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Open addressing, linear probing: 0 is free, else 32 bits of a hash, and the number of its term plus 1. Never more than half
    /// full.
    slots: Vec<u64>,
    /// Where each term ends in the text; it begins where the one before ends.
    ends: Vec<u32>,
    text: Vec<u8>,
}

impl Terms {
    /// Returns the number of a term, which is given one where it has none.
    pub(super) fn number(&mut self, term: &[u8]) -> TermId {
        if self.slots.len() < (self.ends.len() + 1) * 2 {
            self.grow();
        }
        let hash = XxHash3_64::oneshot(term);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at).filter(|slot| **slot != 0) {
            let id = slot as u32 - 1;
            if slot >> 32 == hash >> 32 && self.text(id) == term {
                return id;
            }
            at = (at + 1) & mask;
        }
        let id = self.ends.len() as u32;
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = slot_of(hash, id);
        }
        self.text.extend_from_slice(term);
        self.ends.push(self.text.len() as u32);
        id
    }

    /// Returns a term by its number; nothing where there is none.
    #[inline]
    pub(super) fn text(&self, id: TermId) -> &[u8] {
        let id = id as usize;
        let start = id.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(id).and_then(|end| self.text.get(start as usize..*end as usize)).unwrap_or_default()
    }

    /// Returns how many terms there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the numbers of all terms, in the order of their bytes.
    pub(super) fn sorted(&self) -> Vec<TermId> {
        // The first bytes tell most terms apart without a look at where they lie.
        let mut keys: Vec<(u128, TermId)> =
            (0..self.len() as TermId).map(|id| (first_bytes(self.text(id)), id)).collect();
        keys.sort_unstable_by(|a, b| match a.0.cmp(&b.0) {
            Ordering::Equal => self.text(a.1).cmp(self.text(b.1)),
            order => order,
        });
        keys.into_iter().map(|(_, id)| id).collect()
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        self.slots.capacity() * size_of::<u64>() + self.ends.capacity() * size_of::<u32>() + self.text.capacity()
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        self.slots.clear();
        self.slots.resize(size, 0);
        for id in 0..self.len() as TermId {
            let hash = XxHash3_64::oneshot(self.text(id));
            let mut at = hash as usize & (size - 1);
            while let Some(slot) = self.slots.get_mut(at) {
                if *slot == 0 {
                    *slot = slot_of(hash, id);
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
    }
}

fn slot_of(hash: u64, id: TermId) -> u64 {
    hash & !u64::from(u32::MAX) | (u64::from(id) + 1)
}

/// Returns the first sixteen bytes as a number that sorts as they do.
fn first_bytes(term: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(term).for_each(|(to, from)| *to = *from);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_has_one_number() {
        let mut terms = Terms::default();
        let names: Vec<String> = (0..5_000).map(|n| format!("terme{}", n * 7 % 5_000)).chain([String::new()]).collect();
        for (id, name) in (0..).zip(&names) {
            assert_eq!(terms.number(name.as_bytes()), id);
        }
        for (id, name) in (0..).zip(&names) {
            assert_eq!(terms.number(name.as_bytes()), id);
            assert_eq!(terms.text(id), name.as_bytes());
        }
        assert_eq!(terms.len(), names.len());
        assert_eq!(terms.text(5_001), b"");
    }

    #[test]
    fn terms_are_sorted_by_their_bytes() {
        let mut terms = Terms::default();
        let names = [
            "anticonstitution",
            "eau",
            "ea",
            "\0",
            "",
            "anticonstitutionnel",
            "été",
            "a\0",
            "a",
            "anticons",
            "anticonstitutionnell",
        ];
        names.iter().for_each(|name| {
            terms.number(name.as_bytes());
        });
        let sorted: Vec<&[u8]> = terms.sorted().into_iter().map(|id| terms.text(id)).collect();
        let mut expected: Vec<&[u8]> = names.iter().map(|name| name.as_bytes()).collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
