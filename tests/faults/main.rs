//! An index on a bad day: killed programs, full and failing disks, damaged bytes, many readers at once.
//!
//! Each test is a few seconds long; its full size is set by the environment, and its figures are shown by `--nocapture`:
//!
//! ```text
//! LIMIER_KILL_ROUNDS=300 LIMIER_WRITE_POINTS=200 LIMIER_DAMAGES=2000 LIMIER_READER_SECONDS=60 \
//!     cargo test -p limier-cli --test faults -- --nocapture --test-threads 1
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod child;
mod damage;
mod failing;
#[cfg(target_os = "linux")]
mod full;
mod golden;
mod kill;
mod power;
#[cfg(target_os = "linux")]
mod quota;
mod readers;
mod texts;

/// Reads the size of a test from the environment; `few` is its size where nothing is set.
fn size(variable: &str, few: usize) -> usize {
    match std::env::var(variable) {
        Ok(number) => number.parse().unwrap_or_else(|_| panic!("{variable} is no number: {number}")),
        Err(_) => few,
    }
}

/// Numbers that look random and are the same in every run: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }
}
