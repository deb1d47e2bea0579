//! The compiled table: one run of bytes that is read in place.
//!
//! ```text
//! u32  number of codes                          all numbers little-endian
//! u32  length of the first map in bytes
//! 16 × codes: u8 strip, u8 length, 14 bytes     "take `strip` bytes off the key's end, then append the text"
//! map from form to code of its lemma            (fst)
//! map from lemma to code of its stem            (fst; of `lexicon/stems.txt` alone, or empty)
//! ```
//!
//! Regular words share their codes (*-ons* becomes *-er* in thousands of verbs), so that the maps, which share what ends
//! alike, stay small. Codes are numbered by how often they are used: small numbers take fewer bytes.

use std::collections::HashMap;

use super::Error;
use super::homographs::FormMap;

/// The longest text of a code, in bytes.
const MAX_TEXT: usize = 14;

/// Writes the compiled table.
pub(crate) fn write(forms: &FormMap, stems: &[(String, String)]) -> Result<Vec<u8>, Error> {
    let mut stems: Vec<_> = stems.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    stems.sort_unstable();
    if let Some(twice) = stems.windows(2).find(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
        return Err(format!("two stems for the same lemma: {twice:?}"));
    }
    let forms: Vec<_> = forms.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();

    let mut uses: HashMap<(usize, &str), usize> = HashMap::new();
    for (from, to) in forms.iter().chain(&stems) {
        *uses.entry(code(from, to)).or_default() += 1;
    }
    let mut codes: Vec<_> = uses.into_iter().collect();
    codes.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let numbers: HashMap<_, _> = codes.iter().enumerate().map(|(number, (code, _))| (*code, number as u64)).collect();

    let forms = map_bytes(&forms, &numbers)?;
    let stems = map_bytes(&stems, &numbers)?;
    let mut bytes = Vec::with_capacity(forms.len() + stems.len() + 16 * codes.len() + 8);
    bytes.extend((codes.len() as u32).to_le_bytes());
    bytes.extend((forms.len() as u32).to_le_bytes());
    for ((strip, text), _) in &codes {
        if text.len() > MAX_TEXT {
            return Err(format!("{text:?} is too long for a code"));
        }
        bytes.extend([*strip as u8, text.len() as u8]);
        bytes.extend(text.bytes().chain(std::iter::repeat(0)).take(MAX_TEXT));
    }
    bytes.extend(forms);
    bytes.extend(stems);
    Ok(bytes)
}

/// How `to` is made from `from`: bytes to take off its end, text to append. Never cuts inside a character.
fn code<'a>(from: &str, to: &'a str) -> (usize, &'a str) {
    let common = from.chars().zip(to.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (from.len() - common, to.get(common..).unwrap_or_default())
}

fn map_bytes(pairs: &[(&str, &str)], numbers: &HashMap<(usize, &str), u64>) -> Result<Vec<u8>, Error> {
    let mut builder = fst::MapBuilder::memory();
    for (from, to) in pairs {
        let number = numbers.get(&code(from, to)).copied().unwrap_or_default();
        builder.insert(from, number).map_err(|error| format!("{from}: {error}"))?;
    }
    builder.into_inner().map_err(|error| error.to_string())
}
