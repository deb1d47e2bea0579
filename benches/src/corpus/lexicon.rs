//! Words that look French and are not: made of syllables, with the endings of French word formation and inflection.
//!
//! The word of a rank is always the same, whatever the seed: corpora of different seeds are of one language.

use crate::random::Random;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Noun,
    Adjective,
    Verb,
    Adverb,
    /// A first name, a family name or the name of a place.
    Name,
}

/// How a verb is conjugated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Infinitive,
    Present,
    Imperfect,
    Past,
    Future,
    Participle,
    PresentParticiple,
}

/// A word without its inflection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lemma {
    root: String,
    ending: &'static str,
    /// Of a noun.
    pub(crate) feminine: bool,
}

/// How a syllable begins, the frequent ones several times.
const ONSETS: [&str; 40] = [
    "b", "c", "c", "d", "d", "f", "g", "j", "l", "l", "m", "m", "m", "n", "p", "p", "r", "r", "r", "s", "s", "t", "t",
    "t", "v", "v", "ch", "br", "cr", "tr", "tr", "pr", "pr", "pl", "gr", "bl", "fl", "cl", "dr", "qu",
];

/// What it turns around.
const VOWELS: [&str; 24] = [
    "a", "a", "a", "e", "e", "e", "i", "i", "i", "o", "o", "u", "é", "é", "è", "ou", "oi", "ai", "an", "en", "on",
    "in", "au", "eu",
];

/// How it ends before another.
const CODAS: [&str; 8] = ["", "", "", "", "", "r", "l", "s"];

/// How a root ends.
const LAST: [&str; 12] = ["b", "c", "d", "l", "l", "m", "n", "r", "r", "s", "t", "v"];

const MASCULINE: [&str; 10] = ["", "", "ement", "age", "isme", "eur", "ier", "oir", "eau", "al"];
const FEMININE: [&str; 8] = ["e", "e", "ation", "ité", "ure", "ance", "ée", "ière"];
const ADJECTIVES: [&str; 8] = ["", "é", "ique", "able", "eux", "if", "al", "ien"];
const VERBS: [&str; 8] = ["er", "er", "er", "er", "er", "er", "ir", "re"];
const NAMES: [&str; 12] = ["", "", "ier", "ard", "et", "ac", "on", "ois", "el", "ine", "y", "é"];

impl Lemma {
    /// Makes the word of a rank.
    pub(crate) fn new(kind: Kind, rank: u64) -> Lemma {
        // Kinds share no sequence: ranks stay far below 2^56.
        let random = &mut Random::new(rank ^ ((kind as u64) << 56));
        // Frequent words are short (Zipf's law of abbreviation).
        let syllables = match rank {
            0..400 => 0,
            400..20_000 => 1,
            20_000..1_000_000 => 2,
            _ => 3,
        };
        let mut root = String::with_capacity(16);
        let is_open = random.percent(25);
        for syllable in 0..=syllables {
            if syllable > 0 || !is_open {
                root.push_str(random.pick(&ONSETS).unwrap_or_default());
            }
            root.push_str(random.pick(&VOWELS).unwrap_or_default());
            if syllable < syllables {
                root.push_str(random.pick(&CODAS).unwrap_or_default());
            }
        }
        root.push_str(random.pick(&LAST).unwrap_or_default());
        let feminine = random.percent(50);
        let endings: &[&str] = match kind {
            Kind::Noun if feminine => &FEMININE,
            Kind::Noun => &MASCULINE,
            Kind::Adjective => &ADJECTIVES,
            Kind::Verb => &VERBS,
            Kind::Adverb => &["ement"],
            Kind::Name => &NAMES,
        };
        let ending = random.pick(endings).unwrap_or_default();
        Lemma { root, ending, feminine }
    }

    /// Writes the plain word, as an adverb or a name stands.
    pub(crate) fn plain(&self, out: &mut String) {
        out.push_str(&self.root);
        out.push_str(self.ending);
    }

    /// Writes the noun.
    pub(crate) fn noun(&self, plural: bool, out: &mut String) {
        let (ending, mark) = match (self.ending, plural) {
            ("al", true) => ("aux", ""),
            ("eau", true) => ("eaux", ""),
            (ending, true) if !(ending.is_empty() && self.root.ends_with('s')) => (ending, "s"),
            (ending, _) => (ending, ""),
        };
        [&self.root, ending, mark].into_iter().for_each(|part| out.push_str(part));
    }

    /// Writes the adjective in agreement.
    pub(crate) fn adjective(&self, feminine: bool, plural: bool, out: &mut String) {
        let ending = match (self.ending, feminine, plural) {
            ("eux", true, _) => "euse",
            ("eux", false, _) => return self.plain(out),
            ("if", true, _) => "ive",
            ("al", false, true) => "aux",
            ("al", true, _) => "ale",
            ("ien", true, _) => "ienne",
            ("é", true, _) => "ée",
            ("", true, _) => "e",
            (ending, _, _) => ending,
        };
        out.push_str(&self.root);
        out.push_str(ending);
        if plural && !ending.ends_with('x') && !(ending.is_empty() && self.root.ends_with('s')) {
            out.push('s');
        }
    }

    /// Writes the verb in the third person, its participle masculine.
    pub(crate) fn verb(&self, tense: Tense, plural: bool, out: &mut String) {
        use Tense::{Future, Imperfect, Infinitive, Participle, Past, Present, PresentParticiple};
        let ending = match (self.ending, tense, plural) {
            (infinitive, Infinitive, _) => infinitive,
            ("ir", Present, false) => "it",
            ("ir", Present, true) => "issent",
            ("ir", Imperfect, false) => "issait",
            ("ir", Imperfect, true) => "issaient",
            ("ir", PresentParticiple, _) => "issant",
            ("ir", Participle, false) => "i",
            ("ir", Participle, true) => "is",
            ("ir" | "re", Past, false) => "it",
            ("ir" | "re", Past, true) => "irent",
            ("ir", Future, false) => "ira",
            ("ir", Future, true) => "iront",
            ("re", Present, false) => "",
            ("re", Future, false) => "ra",
            ("re", Future, true) => "ront",
            ("re", Participle, false) => "u",
            ("re", Participle, true) => "us",
            (_, Present, false) => "e",
            (_, Present, true) => "ent",
            (_, Imperfect, false) => "ait",
            (_, Imperfect, true) => "aient",
            (_, PresentParticiple, _) => "ant",
            (_, Past, false) => "a",
            (_, Past, true) => "èrent",
            (_, Future, false) => "era",
            (_, Future, true) => "eront",
            (_, Participle, false) => "é",
            (_, Participle, true) => "és",
        };
        out.push_str(&self.root);
        out.push_str(ending);
    }
}

/// Writes a word with its first letter as a capital.
pub(crate) fn capitalized(word: &str, out: &mut String) {
    let mut letters = word.chars();
    if let Some(first) = letters.next() {
        out.extend(first.to_uppercase());
    }
    out.push_str(letters.as_str());
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut word = String::new();
        write(&mut word);
        word
    }

    #[test]
    fn a_rank_has_one_word_and_words_seldom_meet() {
        let nouns = |range: std::ops::Range<u64>| -> HashSet<String> {
            range.map(|rank| written(|out| Lemma::new(Kind::Noun, rank).noun(false, out))).collect()
        };
        assert_eq!(nouns(1..200), nouns(1..200));
        assert!(nouns(100_000..150_000).len() > 49_500);
        assert!(nouns(400..2_000).len() > 1_450, "{}", nouns(400..2_000).len());
    }

    #[test]
    fn frequent_words_are_short() {
        let mean = |range: std::ops::Range<u64>| {
            let count = (range.end - range.start) as usize;
            range.map(|rank| Lemma::new(Kind::Noun, rank).root.chars().count()).sum::<usize>() / count
        };
        let means = [mean(1..400), mean(500..1_000), mean(30_000..31_000), mean(2_000_000..2_001_000)];
        assert!(means.is_sorted() && means[0] < means[3], "{means:?}");
    }

    #[test]
    fn words_inflect() {
        let lemma = |ending| Lemma { root: "tral".into(), ending, feminine: false };
        assert_eq!(written(|out| lemma("eau").noun(true, out)), "traleaux");
        assert_eq!(written(|out| lemma("").noun(true, out)), "trals");
        assert_eq!(written(|out| lemma("eux").adjective(false, true, out)), "traleux");
        assert_eq!(written(|out| lemma("eux").adjective(true, true, out)), "traleuses");
        assert_eq!(written(|out| lemma("al").adjective(false, true, out)), "tralaux");
        assert_eq!(written(|out| lemma("er").verb(Tense::Past, true, out)), "tralèrent");
        assert_eq!(written(|out| lemma("ir").verb(Tense::Present, true, out)), "tralissent");
        assert_eq!(written(|out| lemma("re").verb(Tense::Participle, false, out)), "tralu");
        assert_eq!(written(|out| capitalized("été", out)), "Été");
    }
}
