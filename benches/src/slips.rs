//! Queries as people mistype them: slips planted into judged queries, the same for a seed.
//!
//! One word in four has a slip: written as it sounds, a letter left out, doubled or swapped with the next, or the key beside it.
//! One query in three has no accents, and one blank in twenty is missing. The shares are set by hand: what counts is how an
//! engine bears slips beside another, not how often people make them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::random::Random;

/// Words, of a hundred, that have a slip.
const SLIPS: usize = 25;
/// Queries, of a hundred, without accents.
const PLAIN: usize = 33;
/// Blanks, of a hundred, that are missing.
const GLUED: usize = 5;

/// Letters of a shorter word are rarely mistaken.
const LEAST_LETTERS: usize = 4;

/// Spellings, and others that sound the same or nearly so.
const SOUNDS: [(&str, &str); 24] = [
    ("eau", "o"),
    ("tion", "sion"),
    ("ance", "ence"),
    ("ph", "f"),
    ("qu", "k"),
    ("au", "o"),
    ("ss", "s"),
    ("ç", "ss"),
    ("mm", "m"),
    ("nn", "n"),
    ("ll", "l"),
    ("rr", "r"),
    ("tt", "t"),
    ("pp", "p"),
    ("ff", "f"),
    ("cc", "c"),
    ("ai", "é"),
    ("er", "é"),
    ("é", "er"),
    ("en", "an"),
    ("an", "en"),
    ("y", "i"),
    ("h", ""),
    ("s", "ss"),
];

/// The rows of a French keyboard.
const KEYS: [&str; 3] = ["azertyuiop", "qsdfghjklm", "wxcvbn"];

/// Returns the query with slips.
pub(crate) fn plant(query: &str, random: &mut Random) -> String {
    let mut planted = String::with_capacity(query.len());
    for (place, word) in query.split(' ').enumerate() {
        if place > 0 && !random.percent(GLUED) {
            planted.push(' ');
        }
        let is_word = word.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS;
        if is_word && random.percent(SLIPS) {
            planted.push_str(&slip(word, random));
        } else {
            planted.push_str(word);
        }
    }
    if random.percent(PLAIN) { planted.nfd().filter(|c| !is_combining_mark(*c)).collect() } else { planted }
}

/// Makes one slip, behind the first letter, which people rarely mistype.
fn slip(word: &str, random: &mut Random) -> String {
    let sounds: Vec<(&str, &str)> =
        SOUNDS.into_iter().filter(|(spelling, _)| word.get(1..).is_some_and(|rest| rest.contains(spelling))).collect();
    if random.percent(30)
        && let Some((spelling, other)) = random.pick(&sounds)
    {
        return word.replacen(spelling, other, 1);
    }
    let mut letters: Vec<char> = word.chars().collect();
    let last = letters.len().saturating_sub(1);
    let at = 1 + random.below(last.saturating_sub(1));
    match random.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, (at + 1).min(last)),
        _ => letters[at] = beside(letters[at], random),
    }
    letters.into_iter().collect()
}

/// Returns a key beside that of a letter; the letter itself where it has none.
fn beside(letter: char, random: &mut Random) -> char {
    let of_row = |row: &&str| {
        let keys: Vec<char> = row.chars().collect();
        let at = keys.iter().position(|key| *key == letter)?;
        let near =
            [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().filter_map(|near| keys.get(near).copied());
        Some(near.collect::<Vec<char>>())
    };
    KEYS.iter().find_map(of_row).and_then(|near| random.pick(&near)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &str = "Quelles précautions prendre contre les courriels frauduleux de la préfecture ?";

    #[test]
    fn slips_are_the_same_for_a_seed_and_differ_for_another() {
        let planted = |seed| plant(QUERY, &mut Random::new(seed));
        assert_eq!(planted(3), planted(3));
        assert!((0..20).any(|seed| planted(seed) != planted(seed + 20)));
    }

    #[test]
    fn about_a_quarter_of_the_words_and_a_third_of_the_accents_go() {
        let mut random = Random::new(1);
        let (mut changed, mut plain, mut glued) = (0, 0, 0);
        for _ in 0..400 {
            let planted = plant(QUERY, &mut random);
            plain += usize::from(planted.is_ascii());
            glued += QUERY.split(' ').count() - planted.split(' ').count();
            // Short words and signs never change.
            assert!(planted.contains("la") && planted.ends_with('?'), "{planted}");
            changed += usize::from(!planted.contains("frauduleux"));
        }
        assert!((60..140).contains(&changed), "{changed}");
        assert!((90..180).contains(&plain), "{plain}");
        assert!((120..300).contains(&glued), "{glued}");
    }

    #[test]
    fn a_slip_is_one_edit_of_a_word() {
        let mut random = Random::new(5);
        for _ in 0..1000 {
            let slipped = slip("monsieur", &mut random);
            assert!(slipped.starts_with('m') && (7..=9).contains(&slipped.chars().count()), "{slipped}");
        }
        assert_eq!(beside('é', &mut random), 'é');
        assert!(['s', 'f'].contains(&beside('d', &mut random)));
    }
}
