//! Words that no article has: the words that were likely meant, and the longer words that hold them.

mod slip;
mod sound;

use slip::{SOUNDS_SAME, Spelled, cost};

use super::expand::{self, Found, Initial};
use super::lookup::Lookup;

/// A word that at most this many articles have may be a slip: the search asks whether another was meant.
pub(super) const NEARLY_NONE: u32 = 1;

/// So many articles must have its neighbour for a word that one has to be taken for a slip of it.
pub(super) const SLIP_RATIO: u32 = 4;

/// Neighbours of one word that are told apart: forms of one word are then searched as one.
const MAX_NEIGHBOURS: usize = 6;
/// Longer words that are searched for one word.
const MAX_GLUED: usize = 8;
/// Neighbours that are weighed for one word, the nearest and then the most frequent.
const MAX_WEIGHED: usize = 96;
/// Longer words that are weighed for one that may be clipped.
const MAX_CLIPPED: usize = 16;

/// How much a slip speaks against a neighbour: as much as that another is so many times as frequent, as a natural logarithm.
const SLIP: f32 = 4.0;
/// What it costs that a word was clipped (`perso`), beside the slips that [`cost`] weighs.
const CLIPPED: f32 = 1.3;
/// What it costs that a word begins otherwise than it sounds (`farmacie`, `opital`).
const RESPELLED: f32 = 0.5;
/// A word of so many letters may be written as it sounds with more slips than two, behind a beginning of so many bytes.
const SOUNDING: usize = 6;
const BEGINNING: usize = 3;
/// What one likely slip costs at most.
const LIKELY: f32 = 1.0;
/// Words that sound the same, at most.
const MAX_SOUNDING: usize = 8;
/// What lies so far below the best is noise, often another slip: a twentieth as frequent, and as near.
const FAR_BELOW: f32 = 3.0;

/// Returns the words of the index that are likely meant by `word`, an exact term, the likeliest first: how often a word
/// occurs, and how easily it is mistyped as this one. The first letter must agree unless a swap moved it or it sounds the same:
/// people rarely mistype it, and `maison` is no slip for `raison`. A word that may be clipped also stands for longer ones that begin so.
pub(super) fn neighbours(lookup: &Lookup<'_>, word: &str, may_be_clipped: bool) -> tantivy::Result<Vec<Found>> {
    let letters = word.chars().count();
    if letters < 4 || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let fields = [lookup.fields.body.exact, lookup.fields.title.exact];
    let folded = expand::folded(word);
    let initials: Vec<char> = folded.chars().take(2).collect();
    // A short word has too many neighbours at two edits; a longer one only likely ones.
    let (distance, most) = match letters {
        ..=4 => (1, 1.0),
        5..=7 => (2, 1.2),
        _ => (2, 2.0),
    };
    let typed = Spelled::new(word, &folded);
    let (found, _) = expand::similar(lookup, &fields, word, distance, Initial::Kept, MAX_WEIGHED)?;
    let weigh = |found: Found, cost: f32| ((found.doc_freq as f32).ln() - SLIP * cost, found);
    let mut weighed: Vec<(f32, Found)> = Vec::with_capacity(found.len());
    let mut least = f32::INFINITY;
    for found in found {
        let meant = expand::folded(&found.text);
        let may_be = found.text != word && meant.chars().next().is_some_and(|first| initials.contains(&first));
        let cost = if may_be { cost(&typed, &Spelled::new(&found.text, &meant)) } else { f32::INFINITY };
        if cost <= most {
            least = least.min(cost);
            weighed.push(weigh(found, cost));
        }
    }
    if may_be_clipped && letters > 4 {
        let (longer, _) = expand::prefixed(lookup, &fields, &folded, MAX_CLIPPED)?;
        let is_whole = |found: &Found| found.text.chars().count() >= letters + 2;
        weighed.extend(longer.into_iter().filter(is_whole).map(|found| weigh(found, CLIPPED)));
    }
    for respelled in beginnings(&folded).into_iter().filter(|respelled| respelled.is_ascii()) {
        let same = expand::accented(lookup, &fields, &respelled, MAX_CLIPPED)?;
        weighed.extend(same.into_iter().map(|found| weigh(found, RESPELLED)));
    }
    // More than two edits, which the ear does not hear: `orthograf`. Where one likely slip explains the word, none is sought.
    if letters >= SOUNDING && least > LIKELY {
        let starts = std::iter::once(folded.clone()).chain(beginnings(&folded));
        for start in starts.filter_map(|start| Some(start.get(..BEGINNING)?.to_owned())) {
            let same = expand::beginning(lookup, &fields, &start, MAX_SOUNDING, |term| typed.sounds_as(term))?;
            weighed.extend(same.into_iter().map(|found| weigh(found, SOUNDS_SAME)));
        }
    }
    weighed
        .sort_by(|(one, word), (other, other_word)| other.total_cmp(one).then_with(|| word.text.cmp(&other_word.text)));
    let best = weighed.first().map_or(0.0, |(weight, _)| *weight);
    weighed.retain(|(weight, _)| best - weight <= FAR_BELOW);
    // A word may be found in several of these ways.
    let mut neighbours: Vec<Found> = Vec::with_capacity(MAX_NEIGHBOURS);
    for (_, found) in weighed {
        if neighbours.len() < MAX_NEIGHBOURS && neighbours.iter().all(|known| known.text != found.text) {
            neighbours.push(found);
        }
    }
    Ok(neighbours)
}

/// Returns a folded word with beginnings that sound as its own does: `pharmacie` for `farmacie`, `hopital` for `opital`.
fn beginnings(folded: &str) -> Vec<String> {
    const ALIKE: [(&str, &str); 7] =
        [("f", "ph"), ("ph", "f"), ("k", "c"), ("k", "qu"), ("c", "k"), ("s", "ps"), ("h", "")];
    let alike = ALIKE.iter().filter_map(|(own, other)| Some(format!("{other}{}", folded.strip_prefix(own)?)));
    // A mute h before a vowel.
    let mute = folded.starts_with(['a', 'e', 'i', 'o', 'u', 'y']).then(|| format!("h{folded}"));
    alike.chain(mute).collect()
}

/// Returns longer words that begin or end with `word`, an exact term: scraped pages glue words where a tag stood.
pub(super) fn glued(lookup: &Lookup<'_>, word: &str) -> tantivy::Result<Vec<Found>> {
    if word.chars().count() < 5 || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let (found, _) = expand::holding(lookup, word, MAX_GLUED)?;
    Ok(found)
}
