//! A small, fast hash of bytes for tables that live in memory only.
//!
//! Eight bytes at a time are folded by a 64 × 64 → 128 bit multiplication, in the manner of wyhash
//! (Wang Yi, <https://github.com/wangyi-fudan/wyhash>, public domain). It resists nobody: keys come from texts, the
//! table is bounded, and a crowd of collisions would only make the analysis of that text slower.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys this hash places.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FOLD: u64 = 0xe703_7ed1_a0b4_28db;

fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Returns a hash of `bytes`.
#[inline]
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut state = SEED ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = <[u8; 8]>::try_from(chunk).map(u64::from_le_bytes).unwrap_or(0);
        state = mix(state ^ word, FOLD);
    }
    let mut tail = 0_u64;
    for byte in chunks.remainder() {
        tail = (tail << 8) | u64::from(*byte);
    }
    mix(state ^ tail, FOLD)
}

/// The hash as the standard library's maps take it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mix(self.0 ^ hash_bytes(bytes), FOLD);
    }

    // What closes a string in a hash of several: a length is hashed with each already.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn distinct_words_have_distinct_hashes() {
        let words: Vec<String> = (0..20_000).map(|n| format!("mot{n}")).collect();
        let hashes: HashSet<u64> = words.iter().map(|word| hash_bytes(word.as_bytes())).collect();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn length_counts() {
        assert_ne!(hash_bytes(b""), hash_bytes(b"\0"));
        assert_ne!(hash_bytes(b"12345678"), hash_bytes(b"12345678\0"));
    }
}
