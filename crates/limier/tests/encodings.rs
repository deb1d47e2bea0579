//! How often a French text in a legacy encoding is read right, by its length.
//!
//! The texts are those of the project's own corpus; where the data of measures is present, 200 of its texts, too:
//! `cargo test -p limier --test encodings -- --nocapture` prints the share by encoding and length.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};
use limier::ingest::{self, Encoding, Item, ReadOptions, Walk, decode};

/// Lengths of beginnings of texts, in bytes.
const LENGTHS: [usize; 8] = [40, 80, 160, 320, 640, 1_280, 5_000, 20_000];

/// The encodings, by name; Latin-1 is Windows-1252 without what stands at 0x80 to 0x9F.
const NAMES: [&str; 6] = ["windows-1252", "ISO-8859-1", "ISO-8859-15", "macintosh", "UTF-16LE", "UTF-16BE"];

/// Writes a text in an encoding; `None` where it has letters that the encoding lacks.
fn encoded(name: &str, text: &str) -> Option<Vec<u8>> {
    let by = |table: &'static encoding_rs::Encoding| {
        let (bytes, _, is_lossy) = table.encode(text);
        (!is_lossy).then(|| bytes.into_owned())
    };
    match name {
        "ISO-8859-1" => text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
        "windows-1252" => by(WINDOWS_1252),
        "ISO-8859-15" => by(ISO_8859_15),
        "macintosh" => by(MACINTOSH),
        "UTF-16LE" => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        _ => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    }
}

/// Writes a text as a program does that has only the letters of an encoding: other signs by plain ones.
fn plainer(name: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if encoded(name, c.encode_utf8(&mut [0; 4])).is_some_and(|_| !('\u{80}'..='\u{9f}').contains(&c)) {
            out.push(c);
            continue;
        }
        out.push_str(match c {
            '’' | '‘' => "'",
            '“' | '”' | '„' => "\"",
            '…' => "...",
            '–' | '—' | '−' | '\u{2011}' => "-",
            'œ' => "oe",
            'Œ' => "OE",
            '€' => "EUR",
            _ if c.is_whitespace() => " ",
            _ => "?",
        });
    }
    out
}

/// Returns the longest beginning of at most `length` bytes.
fn beginning(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap();
    &text[..end]
}

/// Counts, for each encoding and length, the beginnings that were read right, and those that were tried.
fn measure(texts: &[String]) -> Vec<[(u32, u32); LENGTHS.len()]> {
    let mut counts = vec![[(0, 0); LENGTHS.len()]; NAMES.len()];
    for (name, row) in NAMES.iter().zip(&mut counts) {
        for text in texts {
            let text = plainer(name, text);
            for (length, (right, tried)) in LENGTHS.iter().zip(row.iter_mut()) {
                let text = beginning(&text, *length);
                // What is plain ASCII is the same in all of them; a text that is shorter was counted.
                if text.is_ascii() || text.len() * 3 < *length * 2 {
                    continue;
                }
                let bytes = encoded(name, text).unwrap();
                *tried += 1;
                *right += u32::from(decode(&bytes).is_some_and(|decoded| decoded.text == text));
            }
        }
    }
    counts
}

fn shown(title: &str, counts: &[[(u32, u32); LENGTHS.len()]]) {
    println!("{title}");
    println!("{:<14}{}", "bytes", LENGTHS.map(|length| format!("{length:>12}")).concat());
    for (name, row) in NAMES.iter().zip(counts) {
        let cells = row.map(|(right, tried)| format!("{:>12}", format!("{right}/{tried}")));
        println!("{name:<14}{}", cells.concat());
    }
}

/// Fails where less than `short` (up to 80 bytes) or `long` (from 160 bytes on) of the beginnings are read right.
fn check(counts: &[[(u32, u32); LENGTHS.len()]], short: f64, long: f64) {
    for (name, row) in NAMES.iter().zip(counts) {
        for (length, (right, tried)) in LENGTHS.iter().zip(row) {
            let share = f64::from(*right) / f64::from((*tried).max(1));
            let least = if *length <= 80 { short } else { long };
            assert!(*tried == 0 || share >= least, "{name}, {length} bytes: {right} of {tried}");
        }
    }
}

fn texts_of(path: &Path, most: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for file in Walk::new([path]).run().files {
        ingest::read_file(&file.origin, file.kind, &ReadOptions::default(), &mut |item| {
            if let Item::Record(record) = item {
                texts.push(record.article.get_body().to_owned());
            }
            if texts.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .unwrap();
    }
    texts
}

fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn texts_of_the_corpus_are_read_right_in_each_encoding() {
    let texts = texts_of(&workspace().join("corpus"), usize::MAX);
    assert!(texts.len() > 25);
    let counts = measure(&texts);
    shown("corpus", &counts);
    check(&counts, 0.95, 0.99);
}

#[test]
fn no_text_in_utf8_is_ever_misread() {
    for text in texts_of(&workspace().join("corpus"), usize::MAX) {
        let ends = (0..=text.len()).filter(|end| text.is_char_boundary(*end)).take(400);
        for end in ends {
            let decoded = decode(&text.as_bytes()[..end]).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (&text[..end], Encoding::Utf8));
        }
    }
}

#[test]
#[cfg(feature = "packed")]
fn texts_of_newspapers_are_read_right_in_each_encoding() {
    let shared = std::env::var_os("LIMIER_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let path = shared.join("speed/fr.jsonl.gz");
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return;
    }
    let texts = texts_of(&path, 200);
    let counts = measure(&texts);
    shown("200 texts", &counts);
    check(&counts, 0.95, 0.99);
    for text in &texts {
        assert_eq!(decode(text.as_bytes()).unwrap().encoding, Encoding::Utf8);
    }
}
