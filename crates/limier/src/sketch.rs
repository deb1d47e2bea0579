//! A sketch of a text: 24 bytes by which near-duplicates are known.
//!
//! MinHash (Broder, "On the resemblance and containment of documents", 1997) over runs of three words, by one hash function:
//! its upper bits say in which of 32 slots a run falls, and each slot keeps the least hash (Li, Owen and Zhang, "One
//! Permutation Hashing", 2012), of it six bits (Li and König, "b-Bit Minwise Hashing", 2010). A slot where no run fell takes
//! what another has (Shrivastava, "Optimal Densification for Fast and Accurate Minwise Hashing", 2017). The share of slots that
//! two sketches have in common estimates the share of runs that the texts have in common, give or take 0.09; for two texts
//! that have nothing to do with each other it is 1 in 64.
//!
//! Why not SimHash, which needs 8 bytes? A dispatch of which a newspaper cut half still shares half of its runs, far from the
//! none of any other article, but differs in 16 of the 64 bits of a SimHash, as do articles on one subject.

/// Slots of a sketch.
const SLOTS: usize = 32;

/// Bits that a slot keeps.
const BITS: usize = 6;

/// Numbers that hold them.
const NUMBERS: usize = SLOTS * BITS / 64;

/// Words of a run.
const RUN: usize = 3;

/// A text of fewer words, title and body, has no sketch: it says too little to be the same as another.
const LEAST_WORDS: usize = 8;

/// A body of fewer words is sketched together with its title: the same notice may stand under different titles.
const SHORT_BODY: usize = 30;

/// The sketch of one text.
///
/// Bits lie in planes, so that sketches are compared without taking slots apart: the first bits of all slots are the lower half
/// of the first number, the second bits its upper half, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch([u64; NUMBERS]);

impl Sketch {
    /// Sketches an article by its title and body; `None` where it holds fewer than eight words. Letters' case, punctuation and spaces do not count.
    pub(crate) fn of(title: &str, body: &str) -> Option<Sketch> {
        let mut words = Vec::with_capacity(body.len() / 5);
        push_words(&mut words, body);
        if words.len() < SHORT_BODY {
            push_words(&mut words, title);
        }
        if words.len() < LEAST_WORDS {
            return None;
        }
        let mut least = [u64::MAX; SLOTS];
        for run in words.windows(RUN) {
            let hash = run.iter().fold(0u64, |hash, word| mix(hash.rotate_left(5) ^ word));
            if let Some(slot) = least.get_mut((hash >> 59) as usize) {
                *slot = (*slot).min(hash);
            }
        }
        Some(Sketch::from_slots(std::array::from_fn(|slot| mix(filled(&least, slot)))))
    }

    /// Keeps the lowest bits of each slot.
    fn from_slots(slots: [u64; SLOTS]) -> Sketch {
        let bit = |place: usize, slot: usize| (slots[slot] >> place & 1) << (slot + SLOTS * (place % 2));
        let plane = |place: usize| (0..SLOTS).fold(0, |plane, slot| plane | bit(place, slot));
        Sketch(std::array::from_fn(|number| plane(2 * number) | plane(2 * number + 1)))
    }

    /// Returns how alike two texts are: the number of slots in common, 0 to 32.
    pub(crate) fn alike(&self, other: &Sketch) -> u32 {
        let different = self.0.iter().zip(&other.0).fold(0, |different, (a, b)| different | (a ^ b));
        SLOTS as u32 - ((different | different >> SLOTS) as u32).count_ones()
    }

    /// Returns the sketch as numbers, as the index keeps it.
    pub(crate) fn to_numbers(self) -> [u64; NUMBERS] {
        self.0
    }

    /// Reads back what [`to_numbers`](Sketch::to_numbers) gave; `None` where there are not as many.
    pub(crate) fn from_numbers(mut numbers: impl Iterator<Item = u64>) -> Option<Sketch> {
        let mut sketch = [0; NUMBERS];
        for number in &mut sketch {
            *number = numbers.next()?;
        }
        numbers.next().is_none().then_some(Sketch(sketch))
    }
}

/// Returns the least hash of a slot, or of another where no run fell: which one depends on the slot alone, so that two texts
/// that leave the same slots empty borrow alike.
fn filled(least: &[u64; SLOTS], slot: usize) -> u64 {
    let tried =
        (0..).map(|attempt: u64| if attempt == 0 { slot } else { (mix(attempt << 8 | slot as u64) >> 59) as usize });
    tried
        .take(64 * SLOTS)
        .filter_map(|slot| least.get(slot))
        .copied()
        .find(|hash| *hash != u64::MAX)
        .unwrap_or(u64::MAX)
}

/// Adds a hash of each word of a text: a run of letters and digits, in lower case.
fn push_words(words: &mut Vec<u64>, text: &str) {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    let add = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    let bytes = text.as_bytes();
    let (mut at, mut hash) = (0, OFFSET);
    while let Some(byte) = bytes.get(at) {
        let folded = FOLDED[usize::from(*byte)];
        if folded > WIDE {
            hash = add(hash, char::from(folded));
            at += 1;
            continue;
        }
        // The letters of French beyond ASCII, À to ÿ, lie behind one byte, without a look at the tables of all alphabets.
        let second = if *byte == 0xC3 { bytes.get(at + 1) } else { None };
        if let Some(second) = second.filter(|second| !matches!(second, 0x97 | 0xB7)) {
            let is_capital = *second < 0x9F;
            hash = add(hash, char::from(second + if is_capital { 0x60 } else { 0x40 }));
            at += 2;
            continue;
        }
        at += 1;
        if folded == WIDE {
            let Some(c) = text.get(at - 1..).and_then(|rest| rest.chars().next()) else { continue };
            at += c.len_utf8() - 1;
            if !is_sign(c) && c.is_alphanumeric() {
                hash = c.to_lowercase().fold(hash, add);
                continue;
            }
        }
        if hash != OFFSET {
            words.push(hash);
            hash = OFFSET;
        }
    }
    if hash != OFFSET {
        words.push(hash);
    }
}

/// Says of a byte that it is of a character beyond ASCII.
const WIDE: u8 = 1;

/// What each byte counts as: a letter or digit of ASCII in lower case, [`WIDE`], or 0 for what stands between words.
static FOLDED: [u8; 256] = folded();

const fn folded() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
            0x80..=0xFF => WIDE,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// The signs beyond ASCII that French texts are full of: spaces, guillemets, apostrophes, dashes.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}' | '«' | '»' | '\u{2000}'..='\u{206f}')
}

/// The finalizer of SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` words that no other seed gives.
    fn words(seed: u64, count: u64) -> String {
        (0..count).map(|i| format!("mot{:x} ", mix(seed << 32 | i))).collect()
    }

    fn sketch(body: &str) -> Sketch {
        Sketch::of("", body).unwrap()
    }

    #[test]
    fn the_share_of_slots_in_common_estimates_the_share_of_runs() {
        for (common, own) in [(400, 0), (300, 50), (200, 100), (100, 150), (0, 200)] {
            let expected = common as f32 / (common + 2 * own) as f32;
            let mut sum = 0;
            for seed in 0..40 {
                let shared = words(seed, common);
                let (a, b) = (words(seed + 1000, own), words(seed + 2000, own));
                sum += sketch(&format!("{shared}{a}")).alike(&sketch(&format!("{shared}{b}")));
            }
            let mean = sum as f32 / (40.0 * SLOTS as f32);
            assert!((mean - expected).abs() < 0.05, "{common} {own}: {mean} for {expected}");
        }
    }

    #[test]
    fn words_are_hashed_as_their_letters_in_lower_case() {
        let of_letters = |word: &str| {
            word.chars()
                .flat_map(char::to_lowercase)
                .fold(0xcbf2_9ce4_8422_2325, |hash: u64, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3))
        };
        let every = (0..0x3000).chain(0xFF00..0x1_0400).filter_map(char::from_u32);
        for text in every.map(|c| format!("a{c}b É{c}")).chain(["".into(), "é".into(), "Œ x\u{2019}Y٣".into()]) {
            let mut words = Vec::new();
            push_words(&mut words, &text);
            let expected: Vec<u64> =
                text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(of_letters).collect();
            assert_eq!(words, expected, "{text:?}");
        }
    }

    #[test]
    fn case_punctuation_and_spaces_do_not_count() {
        assert_eq!(
            sketch("L'été, à ÉVREUX : « la crue monte encore, dit-on »"),
            sketch("l’ÉTÉ à Évreux\n\nLA CRUE monte encore dit on.")
        );
        assert!(Sketch::of("", "Un tapir… — !").is_none());
    }

    #[test]
    fn short_notices_under_different_titles_differ() {
        let notice = |title: &str| Sketch::of(title, "Abonnez-vous pour lire la suite.").unwrap();
        let (a, b) = (notice("Le pont fermé aux poids lourds"), notice("Un musée de la dentelle rouvre à Sète"));
        assert!(a.alike(&b) < 16);
        assert_eq!(a, notice("Le pont fermé aux poids lourds"));
    }

    #[test]
    fn slots_are_compared_one_by_one() {
        let slots: [u64; SLOTS] = std::array::from_fn(|slot| slot as u64 * 5);
        for changed in 0..=SLOTS {
            let mut others = slots;
            for (place, slot) in others.iter_mut().enumerate().take(changed) {
                *slot ^= 1 << (place % BITS);
            }
            let (one, other) = (Sketch::from_slots(slots), Sketch::from_slots(others));
            assert_eq!(one.alike(&other), (SLOTS - changed) as u32);
        }
    }

    #[test]
    fn a_sketch_is_kept_as_numbers() {
        let sketch = sketch("La crue a emporté le pont de pierre.");
        assert_eq!(Sketch::from_numbers(sketch.to_numbers().into_iter()), Some(sketch));
        assert_eq!(Sketch::from_numbers(std::iter::empty()), None);
        assert_eq!(Sketch::from_numbers([1; 5].into_iter()), None);
    }
}
