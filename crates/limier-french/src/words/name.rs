//! Names in camel case: `OpenAI` is also written `Open AI`, `open-ai` and `openai`.
//!
//! The parts are plain tokens, the name as a whole another reading of them. Figures behind a word of four letters or more are a
//! part too (`Covid19`), behind a shorter one they are not (`G20`, `A380`). A name whose parts would be single letters stays
//! whole (`iPhone`, `LaTeX`), and so does one without a small letter (`SNCF`).

use unicode_normalization::char::is_combining_mark;

use crate::normalize::normalize;
use crate::token::{Rule, Stop};
use crate::words::class::{DIGIT, Kind, kind};
use crate::words::joint::may_have_upper;
use crate::words::reader::{Entry, Reader};

/// Shortest part of a name, in characters.
const MIN_PART: usize = 2;

/// Reads one word written in camel case, or ended by figures.
pub(crate) fn read_word(reader: &mut Reader<'_>, rank: usize, _: Rule) -> Option<()> {
    let piece = reader.piece(rank).filter(|piece| may_have_upper(piece.classes) || piece.classes & DIGIT != 0)?;
    let figures = figures_behind(reader.surface(rank), reader.key(rank));
    let name_end = piece.end - figures;
    let cuts = cuts(reader.slice(piece.start, name_end));
    if cuts.is_none() && figures == 0 {
        return None;
    }
    let position = reader.position;
    let mut start = piece.start;
    for cut in cuts.iter().flatten().map(|cut| piece.start + cut).chain([name_end]) {
        read_part(reader, start, cut);
        start = cut;
    }
    if figures > 0 {
        if cuts.is_some() {
            let name = normalize(reader.slice(piece.start, name_end));
            reader.alternate(position, Entry::new(piece.start, name_end, &name, Rule::CamelCase));
        }
        reader.plain(name_end, piece.end, Rule::CamelCase);
    }
    reader.alternate(position, Entry::new(piece.start, piece.end, reader.exact(rank), Rule::CamelCase));
    Some(())
}

/// Writes one part. In capitals it is an acronym, whatever small word it spells: `AI` is not the verb *ai*.
fn read_part(reader: &mut Reader<'_>, start: usize, end: usize) {
    let part = reader.slice(start, end);
    let entry = Entry::new(start, end, "", Rule::CamelCase);
    let exact = normalize(part);
    if part.chars().any(char::is_lowercase) {
        reader.plain_entry(Entry { exact: &exact, ..entry });
    } else {
        reader.plain_entry(Entry { exact: &exact, ..entry }.lemma(&exact).stop(Stop::None));
    }
}

/// Returns where the parts of a name begin, but the first; `None` when the word is no camel case.
fn cuts(word: &str) -> Option<Vec<usize>> {
    if !word.chars().skip(1).any(is_capital) {
        return None;
    }
    let chars: Vec<(usize, char)> =
        word.char_indices().filter(|(_, c)| kind(*c) == Kind::Letter && !is_combining_mark(*c)).collect();
    let mut cuts = Vec::new();
    let mut part = 0;
    for (rank, (at, c)) in chars.iter().enumerate().skip(1) {
        let (_, before) = chars.get(rank - 1)?;
        let lower_after = chars.get(rank + 1).is_some_and(|(_, after)| after.is_lowercase());
        let rises = before.is_lowercase() && is_capital(*c);
        let acronym_ends = is_capital(*before) && is_capital(*c) && lower_after;
        if !rises && !acronym_ends {
            continue;
        }
        if rank - part < MIN_PART {
            return None;
        }
        cuts.push(*at);
        part = rank;
    }
    (!cuts.is_empty() && chars.len() - part >= MIN_PART).then_some(cuts)
}

/// Tells whether a letter is a capital, those of Greek with an iota beside them included.
fn is_capital(c: char) -> bool {
    c.is_uppercase() || (!c.is_lowercase() && c.to_lowercase().next() != Some(c))
}

/// Returns how many figures end a word of four letters or more, written `word`, without accents `key`.
fn figures_behind(word: &str, key: &str) -> usize {
    let letters = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = key.len() - letters.len();
    let written = word.len() - word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_word = letters.chars().count() >= 4 && letters.chars().all(char::is_alphabetic);
    if is_word && figures == written { figures } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::cuts;

    fn parts(word: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        let mut start = 0;
        for cut in cuts(word).unwrap_or_default() {
            parts.push(&word[start..cut]);
            start = cut;
        }
        parts.push(&word[start..]);
        parts
    }

    #[test]
    fn names_fall_into_their_parts() {
        assert_eq!(parts("OpenAI"), ["Open", "AI"]);
        assert_eq!(parts("JeSuisCharlie"), ["Je", "Suis", "Charlie"]);
        assert_eq!(parts("SNCFConnect"), ["SNCF", "Connect"]);
        assert_eq!(parts("ÉcoleÉtoile"), ["École", "Étoile"]);
    }

    #[test]
    fn other_words_stay_whole() {
        for word in ["SNCF", "iPhone", "LaTeX", "Paris", "avion", "PhD", "ChatG"] {
            assert_eq!(parts(word), [word]);
        }
    }
}
