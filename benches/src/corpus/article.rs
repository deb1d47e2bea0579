//! Articles: as many sentences as an article has, a title, a day, a source and mostly an author.

use limier::Date;

use super::chance::{Ranks, log_normal};
use super::lexicon::{Kind, Lemma, capitalized};
use super::sentence::Writer;
use crate::random::Random;

/// Words of an article: the median, and the deviation of the logarithm. The mean is 830 words, five kilobytes.
const ARTICLE: (f64, f64) = (550.0, 0.9);

/// The first day of the articles, in days since 1970-01-01, and how many days they are spread over: 2005 to 2024.
const DAYS: (i32, usize) = (12_784, 7_305);

const SOURCES: u64 = 40;
const AUTHORS: u64 = 2_000;

const MASTHEADS: [&str; 6] = ["Le Courrier de", "La Gazette de", "L'Écho de", "Le Journal de", "La Voix de", "Radio"];

/// A made-up article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MadeUp {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Paragraphs with an empty line between them.
    pub(crate) body: String,
    pub(crate) day: Option<Date>,
    pub(crate) source: String,
    /// Empty where none is named.
    pub(crate) author: String,
}

/// The articles of a seed, without end: each depends on the seed and its number alone.
#[derive(Clone, Debug)]
pub(crate) struct Articles {
    seed: u64,
    next: u64,
}

impl Articles {
    pub(crate) fn new(seed: u64) -> Articles {
        Articles { seed, next: 0 }
    }
}

impl Iterator for Articles {
    type Item = MadeUp;

    fn next(&mut self) -> Option<MadeUp> {
        let number = self.next;
        self.next += 1;
        // The seed is mixed before the number joins it, or neighbouring seeds would share articles.
        let mixed = Random::new(self.seed).bits();
        Some(article(number, &mut Random::new(mixed ^ number.wrapping_mul(0xd134_2543_de82_ef95))))
    }
}

fn article(number: u64, random: &mut Random) -> MadeUp {
    let day = Date::from_days_since_epoch(DAYS.0 + random.below(DAYS.1) as i32);
    let source = source(1 + Ranks::new(2.0, 1_000.0).draw(random) % SOURCES);
    let author =
        if random.percent(70) { person(1 + Ranks::new(9.0, 1_000.0).draw(random) % AUTHORS) } else { String::new() };
    let length = log_normal(ARTICLE.0, ARTICLE.1, random);

    let mut writer = Writer::new(random);
    writer.title();
    let title = writer.take();
    let mut paragraphs: Vec<String> = Vec::new();
    let end = writer.words() + length;
    while writer.words() < end {
        let sentences = 1 + writer.random().below(5);
        for _ in 0..sentences {
            writer.sentence();
        }
        paragraphs.push(writer.take());
    }
    MadeUp { id: format!("a{number:07}"), title, body: paragraphs.join("\n\n"), day, source, author }
}

fn source(rank: u64) -> String {
    let masthead = MASTHEADS.get(rank as usize % MASTHEADS.len()).copied().unwrap_or_default();
    format!("{masthead} {}", name(1_000_000 + rank))
}

fn person(rank: u64) -> String {
    format!("{} {}", name(2_000_000 + rank % 97), name(3_000_000 + rank))
}

fn name(rank: u64) -> String {
    let (mut plain, mut name) = (String::new(), String::new());
    Lemma::new(Kind::Name, rank).plain(&mut plain);
    capitalized(&plain, &mut name);
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Function words, as they stand with or without an apostrophe.
    const SMALL: &str = "de la le l les des d et à un une du en que qu dans il elle on ne n pas se s ce cette cet ces son sa ses \
                         qui pour par sur avec au aux est a ont sont leur leurs plus mais ou sans sous entre ils elles cela";

    fn text(articles: usize) -> String {
        Articles::new(1).take(articles).map(|article| article.body + "\n").collect()
    }

    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
    }

    #[test]
    fn a_seed_gives_the_same_articles_and_another_seed_others() {
        let of = |seed| Articles::new(seed).take(20).collect::<Vec<_>>();
        assert_eq!(of(1), of(1));
        assert!(of(1).iter().zip(of(2)).all(|(a, b)| a.body != b.body));
    }

    #[test]
    fn function_words_have_their_usual_share() {
        let small: HashSet<&str> = SMALL.split_whitespace().collect();
        let text = text(200);
        let (all, found) = words(&text)
            .fold((0, 0), |(all, found), word| (all + 1, found + usize::from(small.contains(word.as_str()))));
        let share = found as f64 / all as f64;
        assert!((0.42..0.56).contains(&share), "{share}");
    }

    #[test]
    fn the_vocabulary_grows_as_heaps_law_says() {
        let text = text(600);
        let mut seen = HashSet::new();
        let mut sizes = Vec::new();
        for (number, word) in words(&text).enumerate() {
            seen.insert(word);
            if [20_000, 200_000].contains(&(number + 1)) {
                sizes.push(seen.len() as f64);
            }
        }
        let exponent = (sizes[1] / sizes[0]).log10();
        assert!((0.5..0.8).contains(&exponent), "{exponent}");
    }

    #[test]
    fn articles_have_what_articles_have() {
        let articles: Vec<MadeUp> = Articles::new(3).take(400).collect();
        let bytes = articles.iter().map(|article| article.body.len()).sum::<usize>() / articles.len();
        assert!((4_000..6_500).contains(&bytes), "{bytes}");
        assert!(articles.iter().all(|article| !article.title.is_empty() && article.title.len() < 400));
        let years: HashSet<i16> = articles.iter().map(|article| article.day.unwrap().year()).collect();
        assert_eq!(years, (2005..=2024).collect());
        let sources: HashSet<&str> = articles.iter().map(|article| article.source.as_str()).collect();
        assert!((10..=40).contains(&sources.len()), "{}", sources.len());
        let named = articles.iter().filter(|article| !article.author.is_empty()).count();
        assert!((220..340).contains(&named), "{named}");
    }
}
