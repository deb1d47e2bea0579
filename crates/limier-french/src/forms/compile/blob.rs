//! The compiled tables, each one run of bytes that is read in place.
//!
//! ```text
//! forms
//! u32  number of codes                          all numbers little-endian
//! u32  length of the first map in bytes
//! 16 × codes: u8 strip, u8 length, 14 bytes     "take `strip` bytes off the key's end, then append the text"
//! map from form to code of its lemma            (fst)
//! map from lemma to code of its stem            (fst; of `lexicon/stems.txt` alone)
//!
//! words
//! u32  number of pairs of codes
//! 32 × pairs: code of the lemma, code of the stem, both of the form
//! map from form to pair                         (fst)
//! ```
//!
//! A word that is read needs its lemma and its stem, and to walk a map takes longer than all else that is done with it. What an
//! analyzer does is told by the first table, which has no more than is needed for that.
//!
//! Regular words share their codes (*-ons* becomes *-er* in thousands of verbs), so that the maps, which share what ends
//! alike, stay small. Codes are numbered by how often they are used: small numbers take fewer bytes.

use std::collections::HashMap;
use std::hash::Hash;

use super::Error;
use super::homographs::FormMap;

/// The longest text of a code, in bytes.
const MAX_TEXT: usize = 14;

/// Writes the table of forms.
pub(crate) fn write(forms: &FormMap, stems: &[(String, String)]) -> Result<Vec<u8>, Error> {
    let mut stems: Vec<_> = stems.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    stems.sort_unstable();
    if let Some(twice) = stems.windows(2).find(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
        return Err(format!("two stems for the same lemma: {twice:?}"));
    }
    let forms: Vec<_> = forms.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();

    let (forms, stems) = (coded(&forms), coded(&stems));
    let (codes, numbers) = numbered(forms.iter().chain(&stems).map(|(_, code)| *code));
    let forms = map_bytes(&forms, &numbers)?;
    let stems = map_bytes(&stems, &numbers)?;
    let mut bytes = Vec::with_capacity(forms.len() + stems.len() + 16 * codes.len() + 8);
    bytes.extend((codes.len() as u32).to_le_bytes());
    bytes.extend((forms.len() as u32).to_le_bytes());
    for code in codes {
        push_code(&mut bytes, code)?;
    }
    bytes.extend(forms);
    bytes.extend(stems);
    Ok(bytes)
}

/// Writes the table of words, of each form and the stem of its lemma.
pub(crate) fn write_words(forms: &FormMap, stems: &FormMap) -> Result<Vec<u8>, Error> {
    let coded: Vec<_> = forms
        .iter()
        .filter_map(|(form, lemma)| Some((form.as_str(), (code(form, lemma), code(form, stems.get(lemma)?)))))
        .collect();
    let (pairs, numbers) = numbered(coded.iter().map(|(_, pair)| *pair));
    let map = map_bytes(&coded, &numbers)?;
    let mut bytes = Vec::with_capacity(map.len() + 32 * pairs.len() + 4);
    bytes.extend((pairs.len() as u32).to_le_bytes());
    for (lemma, stem) in pairs {
        push_code(&mut bytes, lemma)?;
        push_code(&mut bytes, stem)?;
    }
    bytes.extend(map);
    Ok(bytes)
}

/// Numbers what is used by how often it is, and by itself where that is the same.
fn numbered<T: Copy + Ord + Hash>(used: impl Iterator<Item = T>) -> (Vec<T>, HashMap<T, u64>) {
    let mut uses: HashMap<T, usize> = HashMap::new();
    for one in used {
        *uses.entry(one).or_default() += 1;
    }
    let mut order: Vec<(T, usize)> = uses.into_iter().collect();
    order.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let order: Vec<T> = order.into_iter().map(|(one, _)| one).collect();
    let numbers = order.iter().enumerate().map(|(number, one)| (*one, number as u64)).collect();
    (order, numbers)
}

fn push_code(bytes: &mut Vec<u8>, (strip, text): (usize, &str)) -> Result<(), Error> {
    if text.len() > MAX_TEXT {
        return Err(format!("{text:?} is too long for a code"));
    }
    bytes.extend([strip as u8, text.len() as u8]);
    bytes.extend(text.bytes().chain(std::iter::repeat(0)).take(MAX_TEXT));
    Ok(())
}

/// How `to` is made from `from`: bytes to take off its end, text to append. Never cuts inside a character.
fn code<'a>(from: &str, to: &'a str) -> (usize, &'a str) {
    let common = from.chars().zip(to.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (from.len() - common, to.get(common..).unwrap_or_default())
}

fn coded<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<(&'a str, (usize, &'a str))> {
    pairs.iter().map(|(from, to)| (*from, code(from, to))).collect()
}

fn map_bytes<T: Eq + Hash>(coded: &[(&str, T)], numbers: &HashMap<T, u64>) -> Result<Vec<u8>, Error> {
    let mut builder = fst::MapBuilder::memory();
    for (from, code) in coded {
        let number = numbers.get(code).copied().unwrap_or_default();
        builder.insert(from, number).map_err(|error| format!("{from}: {error}"))?;
    }
    builder.into_inner().map_err(|error| error.to_string())
}
