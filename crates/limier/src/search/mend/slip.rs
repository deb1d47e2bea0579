//! How far a word as typed is from the one that may be meant, each kind of slip weighed by how easily it is made.
//!
//! Optimal string alignment (Damerau and Levenshtein, a swap of neighbours as one edit) over folded letters, with weights for
//! the ways in which French is mistyped: doubled letters, mute letters, letters that sound alike, keys side by side.
//! That some errors are likelier than others is Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy
//! Channel Model", 1990; the weights are set by hand, from knowledge of the language.

use super::sound::sound;

/// A letter for another that has nothing to do with it: what all other weights are measured by.
const OTHER: f32 = 1.0;
/// A key beside the one that was meant.
const BESIDE: f32 = 0.8;
/// A letter that sounds alike.
const ALIKE: f32 = 0.6;
/// Two letters changed places.
const SWAPPED: f32 = 0.6;
/// A letter typed once that is doubled, or twice that is not.
const DOUBLED: f32 = 0.4;
/// A mute letter left out or put in.
const MUTE: f32 = 0.5;
/// Any other letter left out, which hurried fingers do more often than to put one in.
const LEFT_OUT: f32 = 0.8;
/// Any other letter put in.
const PUT_IN: f32 = 0.9;
/// Two words that sound the same, however far apart they are written.
pub(super) const SOUNDS_SAME: f32 = 0.5;

/// Returns how far `typed` is from `meant`, both lower case: 1 for one unlikely edit, less for a likely one.
pub(super) fn cost(typed: &Spelled, meant: &Spelled) -> f32 {
    let written = aligned(&typed.letters, &meant.letters);
    if typed.sound == meant.sound { written.min(SOUNDS_SAME) } else { written }
}

/// A word as it is written without accents, and as it sounds.
pub(super) struct Spelled {
    letters: Vec<char>,
    sound: String,
}

impl Spelled {
    /// Reads a word, and the same without its accents.
    pub(super) fn new(word: &str, folded: &str) -> Spelled {
        Spelled { letters: folded.chars().collect(), sound: sound(word) }
    }

    /// Tells whether another word, lower case, sounds the same; its length is asked first, which is quick.
    pub(super) fn sounds_as(&self, other: &str) -> bool {
        /// Letters that are not heard, at most: `eaux` sounds as `o`.
        const UNHEARD: usize = 5;
        self.letters.len().abs_diff(other.chars().count()) <= UNHEARD && sound(other) == self.sound
    }
}

fn aligned(typed: &[char], meant: &[char]) -> f32 {
    // The rows of the table for the letters typed so far: the last one, and the one before it for swaps.
    let mut before: Vec<f32> = Vec::new();
    let mut last: Vec<f32> = vec![0.0];
    for at in 0..meant.len() {
        last.push(last.last().copied().unwrap_or_default() + left_out(meant, at));
    }
    let mut row = Vec::with_capacity(last.len());
    for (i, &letter) in typed.iter().enumerate() {
        row.clear();
        row.push(cell(&last, 0) + put_in(typed, i));
        for (j, &wanted) in meant.iter().enumerate() {
            let replaced = cell(&last, j) + substituted(letter, wanted);
            let mut best = replaced.min(cell(&last, j + 1) + put_in(typed, i)).min(cell(&row, j) + left_out(meant, j));
            let is_swapped = i > 0
                && j > 0
                && letter != wanted
                && typed.get(i - 1) == Some(&wanted)
                && meant.get(j - 1) == Some(&letter);
            if is_swapped {
                best = best.min(cell(&before, j - 1) + SWAPPED);
            }
            row.push(best);
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().unwrap_or_default()
}

fn cell(row: &[f32], at: usize) -> f32 {
    row.get(at).copied().unwrap_or(f32::INFINITY)
}

/// What it costs to leave out the letter at a place of the word that was meant.
fn left_out(meant: &[char], at: usize) -> f32 {
    letter_more(meant, at, LEFT_OUT)
}

/// What it costs to put in the letter at a place of the word that was typed.
fn put_in(typed: &[char], at: usize) -> f32 {
    letter_more(typed, at, PUT_IN)
}

/// What it costs that one word has the letter at a place and the other has not.
fn letter_more(word: &[char], at: usize, other: f32) -> f32 {
    let letter = word.get(at);
    let is_double = at > 0 && word.get(at - 1) == letter;
    let is_mute = letter == Some(&'h')
        || at + 1 == word.len() && letter.is_some_and(|letter| matches!(letter, 'e' | 's' | 't' | 'x' | 'd' | 'p'));
    match (is_double, is_mute) {
        (true, _) => DOUBLED,
        (_, true) => MUTE,
        _ => other,
    }
}

fn substituted(typed: char, meant: char) -> f32 {
    if typed == meant {
        return 0.0;
    }
    let (first, second) = if typed < meant { (typed, meant) } else { (meant, typed) };
    match (first, second) {
        ('c', 'k' | 'q' | 's') | ('k', 'q') | ('s', 'x' | 'z') | ('i', 'y') | ('m', 'n') | ('g', 'j') | ('a', 'e') => {
            ALIKE
        }
        _ if is_beside(typed, meant) => BESIDE,
        _ => OTHER,
    }
}

/// Tells whether two letters are side by side on the French keyboard, in a row or one above the other.
fn is_beside(one: char, other: char) -> bool {
    const ROWS: [&str; 3] = ["azertyuiop", "qsdfghjklm", "wxcvbn"];
    let place = |letter: char| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)));
    let (Some((row, key)), Some((other_row, other_key))) = (place(one), place(other)) else { return false };
    match row.abs_diff(other_row) {
        0 => key.abs_diff(other_key) == 1,
        1 => {
            // Each row is shifted to the right by half a key.
            let (above, below) = if row < other_row { (key, other_key) } else { (other_key, key) };
            above == below || above == below + 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::expand::folded;

    fn of(typed: &str, meant: &str) -> f32 {
        cost(&Spelled::new(typed, &folded(typed)), &Spelled::new(meant, &folded(meant)))
    }

    #[test]
    fn likely_slips_cost_less() {
        for (typed, nearer, farther) in [
            ("conte", "compte", "côté"),
            ("adresse", "adresse", "ardoise"),
            ("maisn", "maison", "marin"),
            ("apartement", "appartement", "département"),
            ("professionel", "professionnel", "profession"),
            ("entreprsie", "entreprise", "entraide"),
            ("pqtron", "patron", "poltron"),
        ] {
            assert!(of(typed, nearer) < of(typed, farther), "{typed}: {} {}", of(typed, nearer), of(typed, farther));
        }
        assert_eq!(of("été", "ete"), 0.0);
        assert_eq!(of("", ""), 0.0);
        assert!(of("", "abc") > 2.0 && of("abc", "") > 2.0);
    }

    #[test]
    fn a_swap_is_one_slip() {
        assert_eq!(of("barrgae", "barrage"), SWAPPED);
        assert_eq!(of("barage", "barrage"), DOUBLED);
        assert_eq!(of("barrrage", "barrage"), DOUBLED);
    }

    #[test]
    fn keys_have_neighbours() {
        for (one, other) in [('a', 'z'), ('q', 'a'), ('q', 'z'), ('w', 'q'), ('w', 's'), ('n', 'h'), ('n', 'j')] {
            assert!(is_beside(one, other) && is_beside(other, one), "{one}{other}");
        }
        for (one, other) in [('a', 'p'), ('a', 's'), ('a', 'w'), ('é', 'e')] {
            assert!(!is_beside(one, other), "{one}{other}");
        }
    }
}
