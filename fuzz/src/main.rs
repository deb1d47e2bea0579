//! Runs a fuzz target with random changes of its seeds: quick to build, and blind to what they reach.
//!
//! `cargo run --release -- TARGET COUNT [SEED]`. A failure leaves its input in `artifacts/TARGET`, which the same program
//! runs again: `cargo run --release -- TARGET FILE`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use limier_fuzz::TARGETS;

/// An execution that takes longer is told as a failure: nothing here is large.
const LONGEST: Duration = Duration::from_secs(10);

/// Longest input in bytes.
const MOST_BYTES: usize = 4_096;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let target = arguments.first().and_then(|name| TARGETS.iter().find(|(known, _)| known == name));
    let (Some((name, run)), Some(what)) = (target, arguments.get(1)) else {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: drive TARGET COUNT [SEED], or drive TARGET FILE; targets: {}", names.join(", "));
        return ExitCode::from(2);
    };
    let Ok(count) = what.parse::<u64>() else {
        run(&std::fs::read(what).unwrap_or_else(|error| panic!("{what}: {error}")));
        return ExitCode::SUCCESS;
    };
    let seed = arguments.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    drive(name, *run, count, Random(seed), &folder)
}

fn drive(name: &str, run: fn(&[u8]), count: u64, mut random: Random, folder: &Path) -> ExitCode {
    let seeds = seeds(&folder.join("seeds").join(name));
    let pieces = pieces(&folder.join("dictionary"));
    let (began, mut longest) = (Instant::now(), Duration::ZERO);
    for execution in 0..count {
        // Each seed as it is first.
        let mut input = seeds[execution as usize % seeds.len()].clone();
        if execution >= seeds.len() as u64 {
            change(&mut input, &seeds, &pieces, &mut random);
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&input)));
        let took = started.elapsed();
        longest = longest.max(took);
        if outcome.is_err() || took > LONGEST {
            let artifacts = folder.join("artifacts").join(name);
            let path = artifacts.join(format!("{execution}-{}", random.0));
            let written = std::fs::create_dir_all(&artifacts).and_then(|()| std::fs::write(&path, &input));
            eprintln!("{name}: execution {execution} failed after {took:?}: {} ({written:?})", path.display());
            return ExitCode::FAILURE;
        }
    }
    let took = began.elapsed();
    let rate = count as f64 / took.as_secs_f64().max(1e-9);
    println!(
        "{name}: {count} executions in {:.1} s, {rate:.0} a second, the longest {longest:.1?}",
        took.as_secs_f64()
    );
    ExitCode::SUCCESS
}

fn seeds(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().filter_map(|path| std::fs::read(path).ok()).collect();
    assert!(!seeds.is_empty(), "no seeds in {}", folder.display());
    seeds
}

/// Reads what inputs are made of beside random bytes: a line each, in quotation marks, `\xNN` for a byte, as libFuzzer reads it.
fn pieces(path: &Path) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let quoted = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    let pieces: Vec<Vec<u8>> = quoted.map(unescaped).collect();
    assert!(!pieces.is_empty(), "nothing in {}", path.display());
    pieces
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or_else(|| panic!("no byte: \\x{part}")));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    bytes
}

/// Changes an input in a few places.
fn change(input: &mut Vec<u8>, seeds: &[Vec<u8>], pieces: &[Vec<u8>], random: &mut Random) {
    for _ in 0..=random.below(8) {
        let place = random.below(input.len() + 1);
        match random.below(7) {
            0 => input.get_mut(place).into_iter().for_each(|byte| *byte ^= 1 << random.below(8)),
            1 => input.get_mut(place).into_iter().for_each(|byte| *byte = random.below(256) as u8),
            2 => {
                let piece = &pieces[random.below(pieces.len())];
                input.splice(place..place, piece.iter().copied());
            }
            3 => {
                let end = (place + random.below(16)).min(input.len());
                input.drain(place..end);
            }
            4 => {
                let end = (place + random.below(64)).min(input.len());
                let copy = input[place..end].to_vec();
                let at = random.below(input.len() + 1);
                input.splice(at..at, copy);
            }
            5 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                input.truncate(place);
                input.extend_from_slice(&other[from..]);
            }
            _ => input.insert(place, random.below(256) as u8),
        }
    }
    input.truncate(MOST_BYTES);
}

/// Knuth's multiplier: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}
