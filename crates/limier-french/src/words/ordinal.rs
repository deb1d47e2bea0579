//! Ordinals: `13e`, `13ème`, `XIIIe` and `treizième` are one; so are `1er`, `1re`, `Ier`, `premier` and `première`.
//!
//! Figures and Roman numerals become `13e` at every level; words keep their exact term and have `13e` for lemma and stem.
//!
//! A Roman numeral is read as an ordinal with its ending (`XIXe`, `Ier`), in capitals or not, unless it spells another word
//! in small letters (`vie`, `dire`): then only a numeral in capitals with a small ending is one, and the word is another reading.
//! Without an ending (`Louis XIV`) capitals of two letters and more, up to XXXIX, are read as a number beside the word;
//! `I`, `V`, `CV`, `MIX` are left alone.

use crate::token::{Rule, Stop};
use crate::words::joint::Joint;
use crate::words::numeral;
use crate::words::reader::{Entry, Reader};

/// Endings of ordinals after the first two, folded.
const ENDINGS: [&str; 6] = ["e", "es", "eme", "emes", "ieme", "iemes"];
/// Those that Roman numerals take: a plural would make names of too many (`Ives`).
const ROMAN_ENDINGS: [&str; 3] = ["e", "eme", "ieme"];
/// Endings of the first.
const FIRST: [&str; 6] = ["er", "ers", "re", "res", "ere", "eres"];
/// Endings of the second.
const SECOND: [&str; 4] = ["nd", "nds", "nde", "ndes"];

/// Reads an ordinal or a cardinal in several words: `dix-neuvième`, `quatre-vingt-dix`.
pub(crate) fn read_group(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let last = reader.run_end(from, |joint| joint == Joint::Hyphen);
    if last == from {
        return None;
    }
    let words: Vec<&str> = (from..=last).map(|rank| reader.key(rank)).collect();
    let (start, end) = reader.range(from, last);
    if let Some(value) = numeral::ordinal(&words) {
        let joined = reader.joined(from, last);
        reader.plain_entry(Entry::new(start, end, &joined, Rule::Ordinal).lemma(&canonical(value)));
        return Some(last + 1);
    }
    let value = numeral::sum(&words)?;
    let position = reader.position;
    for rank in from..=last {
        reader.word(rank, Rule::Number);
    }
    reader.alternate(position, Entry::new(start, end, &value.to_string(), Rule::Number));
    Some(last + 1)
}

/// Reads one word that is an ordinal, or a Roman numeral.
pub(crate) fn read_word(reader: &mut Reader<'_>, rank: usize, _: Rule) -> Option<()> {
    let piece = reader.piece(rank)?;
    let word = reader.surface(rank);
    let exact = reader.exact(rank);
    let key = reader.key(rank);
    let entry = Entry::new(piece.start, piece.end, exact, Rule::Ordinal);
    if let Some(lemma) = lemma_of_word(key) {
        reader.plain_entry(entry.lemma(&lemma));
        return Some(());
    }
    if let Some(digits) = key.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=4).contains(digits)) {
        let (figures, ending) = key.split_at(digits);
        let value: u32 = figures.parse().ok()?;
        if SECOND.contains(&ending) && value == 2 {
            reader.plain_entry(entry.lemma("second"));
            return Some(());
        }
        let fits = ENDINGS.contains(&ending) || (value == 1 && FIRST.contains(&ending));
        if !fits || value == 0 {
            return None;
        }
        reader.plain_entry(Entry { exact: &canonical(value), ..entry });
        return Some(());
    }
    read_roman(reader, word, key, entry)
}

/// Returns the lemma of a word, folded, that is an ordinal: `1er` for `premiere`.
pub(crate) fn lemma_of_word(key: &str) -> Option<String> {
    let may_be_ordinal = key.len() >= 6 && (key.ends_with('e') || key.ends_with('s') || key.ends_with('r'));
    Some(key).filter(|_| may_be_ordinal).and_then(|key| numeral::ordinal(&[key])).map(canonical)
}

fn read_roman(reader: &mut Reader<'_>, word: &str, key: &str, entry: Entry<'_>) -> Option<()> {
    let letters = key.find(|c: char| !"ivxlcdm".contains(c)).unwrap_or(key.len());
    let position = reader.position;
    if letters == key.len() {
        let small = key.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
        let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
        let value =
            numeral::roman(key).filter(|value| *value < 40 && small && capitals && key.len() >= 2 && key != "xx")?;
        reader.plain_entry(Entry { rule: Rule::Roman, ..entry }.lemma(key));
        reader.alternate(position, Entry { exact: &value.to_string(), rule: Rule::Roman, ..entry });
        return Some(());
    }
    let (figures, ending) = key.split_at(letters);
    let first = figures == "i" && FIRST.contains(&ending);
    if !first && !ROMAN_ENDINGS.contains(&ending) {
        return None;
    }
    let value = numeral::roman(figures)?;
    let (figures_written, ending_written) = word.split_at_checked(letters)?;
    // A mark would belong to the letter before: `İe`.
    if !ending_written.starts_with(char::is_alphabetic) {
        return None;
    }
    let mixed = figures_written.bytes().all(|byte| byte.is_ascii_uppercase())
        && ending_written.chars().next().is_some_and(|c| !c.is_uppercase());
    let small = figures.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let free = small && !is_other_word(key);
    let one_letter_name = figures.len() == 1 && !small;
    if !free && (!mixed || one_letter_name) {
        return None;
    }
    reader.plain_entry(Entry { exact: &canonical(value), ..entry });
    if !free {
        reader.alternate(position, Entry { stop: Some(Stop::None), rule: Rule::Word, ..entry });
    }
    Some(())
}

/// Words in small letters that a numeral and an ending would spell.
fn is_other_word(key: &str) -> bool {
    matches!(key, "vie" | "ie" | "ve" | "xe" | "ire" | "ires" | "ive" | "xie")
}

/// The term of an ordinal.
fn canonical(value: u32) -> String {
    if value == 1 { "1er".to_owned() } else { format!("{value}e") }
}
