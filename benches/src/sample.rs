//! Draws queries from texts: always the same ones for the same texts and seed.

use crate::beir::Text;
use crate::random::Random;

/// Words of a query that are counted: letters, and long enough to say something. Characters.
const WORD_LETTERS: usize = 4;

/// Most words of a query.
const MOST_WORDS: usize = 6;

/// The queries of one run; those at the same place of [`phrases`](Sample::phrases), [`starts`](Sample::starts) and
/// [`words`](Sample::words) have nothing to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// One to six words of a text, in its order, as many queries of each length.
    pub(crate) words: Vec<String>,
    /// Two to four words as they stand in a text, without quotation marks, at least two of them no small words.
    pub(crate) phrases: Vec<String>,
    /// The first four letters of a longer word, in lower case.
    pub(crate) starts: Vec<String>,
    /// Single longer words, in lower case.
    pub(crate) longer: Vec<String>,
}

impl Sample {
    /// Draws `count` queries of each kind; fewer when the texts are too short to give them.
    pub(crate) fn draw(texts: &[Text], count: usize, seed: u64) -> Sample {
        let mut random = Random::new(seed);
        let words = (0..count).filter_map(|index| words(texts, 1 + index % MOST_WORDS, &mut random)).collect();
        let phrases = (0..count).filter_map(|index| phrase(texts, 2 + index % 3, &mut random)).collect();
        let starts = (0..count)
            .filter_map(|_| longer_word(texts, &mut random))
            .map(|word| word.chars().take(4).collect())
            .collect();
        let longer = (0..count).filter_map(|_| longer_word(texts, &mut random)).collect();
        Sample { words, phrases, starts, longer }
    }
}

/// Tries places until one gives what is wanted, but not for ever.
fn draw<T>(texts: &[Text], random: &mut Random, take: impl Fn(&[&str]) -> Option<T>) -> Option<T> {
    (0..100).find_map(|_| {
        let text = texts.get(random.below(texts.len()))?;
        let run: Vec<&str> = text.body.split_whitespace().collect();
        let start = random.below(run.len());
        take(run.get(start..)?)
    })
}

/// Draws `count` words that say something, in the order of a text, small words between them left out.
fn words(texts: &[Text], count: usize, random: &mut Random) -> Option<String> {
    draw(texts, random, |run| {
        let chosen: Vec<&str> = run.iter().copied().filter_map(telling).take(count).collect();
        (chosen.len() == count).then(|| chosen.join(" "))
    })
}

/// Draws `count` neighbouring words of which two or more say something.
fn phrase(texts: &[Text], count: usize, random: &mut Random) -> Option<String> {
    draw(texts, random, |run| {
        let run = run.get(..count)?;
        let is_plain = run.iter().all(|word| word.chars().all(char::is_alphabetic));
        let telling_words = run.iter().filter(|word| telling(word).is_some()).count();
        (is_plain && telling_words >= 2).then(|| run.join(" "))
    })
}

/// Draws a word of six letters or more, in lower case.
fn longer_word(texts: &[Text], random: &mut Random) -> Option<String> {
    draw(texts, random, |run| {
        let word = telling(run.first()?)?;
        (word.chars().count() >= 6).then(|| word.to_lowercase())
    })
}

/// Returns a word without the punctuation around it, if it is of letters only and long enough to say something.
fn telling(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_telling = word.chars().all(char::is_alphabetic) && word.chars().count() >= WORD_LETTERS;
    is_telling.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<Text> {
        let body = "Le tribunal administratif de Paris a suspendu, mardi 3 mars, l'arrêté du maire. Les riverains \
                    demandaient depuis longtemps une décision claire sur la circulation nocturne des camions.";
        vec![Text { id: "a".into(), title: String::new(), body: body.into() }]
    }

    #[test]
    fn the_same_seed_draws_the_same_queries() {
        assert_eq!(Sample::draw(&texts(), 30, 7), Sample::draw(&texts(), 30, 7));
        assert_ne!(Sample::draw(&texts(), 30, 7), Sample::draw(&texts(), 30, 8));
    }

    #[test]
    fn queries_have_one_to_six_words_of_the_text() {
        let sample = Sample::draw(&texts(), 60, 1);
        let body = &texts()[0].body;
        let lengths: Vec<usize> = sample.words.iter().map(|query| query.split(' ').count()).collect();
        assert!((1..=6).all(|length| lengths.contains(&length)), "{lengths:?}");
        assert!(sample.words.iter().flat_map(|query| query.split(' ')).all(|word| body.contains(word)));
    }

    #[test]
    fn phrases_stand_in_the_text() {
        let sample = Sample::draw(&texts(), 30, 1);
        assert!(!sample.phrases.is_empty());
        assert!(sample.phrases.iter().all(|phrase| texts()[0].body.contains(phrase)), "{:?}", sample.phrases);
    }

    #[test]
    fn starts_are_four_letters() {
        let sample = Sample::draw(&texts(), 30, 1);
        assert!(!sample.starts.is_empty());
        assert!(sample.starts.iter().all(|start| start.chars().count() == 4));
        assert!(sample.longer.iter().all(|word| word.chars().count() >= 6));
    }

    #[test]
    fn empty_texts_draw_nothing() {
        assert!(Sample::draw(&[], 5, 1).words.is_empty());
        assert!(Sample::draw(&[Text::default()], 5, 1).phrases.is_empty());
    }
}
