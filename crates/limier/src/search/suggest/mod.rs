//! Completions: the words of the index that begin as a person began to type, the most frequent first.
//!
//! The exact terms of titles and bodies are the words. In each dictionary the terms of one beginning lie side by side,
//! once for each spelling of it (`eco`, `éco`), so that all of them are read and only the most frequent are kept; these are
//! then looked up in every dictionary and counted. How each is written, short articles that have it tell.

mod count;
mod frequent;
mod surface;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use limier_french::{Rule, Stop, normalize};
use serde::Serialize;
use tantivy::schema::Field;

use super::expand::folded;
use super::lookup::Lookup;
use crate::{Error, Index};
use count::{Candidate, Together};
use frequent::{Accents, frequent};
use surface::surface;

/// Completions that are given when it is not said how many.
const DEFAULT_LIMIT: usize = 10;

/// The most frequent terms of each dictionary that are counted over all of them, at least.
///
/// A word that is given stands among these in a segment that is read, as the most frequent words of all do: one has to be
/// outnumbered by this many others in each of these segments to be missed.
const POOL: usize = 48;

/// Words that are looked up in articles to see how these write them, at most.
const MAX_SURFACES: usize = 100;

/// A completion being asked for; made by [`Index::suggest`].
#[derive(Clone, Debug)]
#[must_use = "no word is completed before it is run"]
pub struct Suggest<'a> {
    index: &'a Index,
    prefix: String,
    limit: usize,
}

/// A word that a beginning can be completed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The whole word: lower case, with its accents, apostrophes and hyphens (`aujourd'hui`).
    pub word: String,
    /// How many articles have this very form in their title or body.
    pub articles: u64,
    /// How many articles have it beside any form of all the other words of the prefix; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<u64>,
}

impl<'a> Suggest<'a> {
    pub(crate) fn new(index: &'a Index, prefix: &str) -> Suggest<'a> {
        Suggest { index, prefix: prefix.to_owned(), limit: DEFAULT_LIMIT }
    }

    /// Sets how many words are given, at most; the default is 10.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Looks the completions up.
    ///
    /// Words that stand in an article with all the other words of the prefix come first, by the number of such articles, then
    /// the others by the number of articles that have them, and equal numbers in alphabetical order.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`](crate::ErrorKind::Corrupt) when the index is damaged. No prefix is an error.
    pub fn run(&self) -> Result<Vec<Suggestion>, Error> {
        self.index.guarded(|| self.run_unguarded().map_err(|error| self.index.failure("search", error)))
    }

    fn run_unguarded(&self) -> tantivy::Result<Vec<Suggestion>> {
        let snapshot = self.index.snapshot();
        let lookup = Lookup::new(&snapshot, self.index.fields(), self.index.analyzer());
        let prefix = self.prefix.trim_end();
        let (others, last) = match prefix.rfind(char::is_whitespace) {
            Some(end) => prefix.split_at(end),
            None => ("", prefix),
        };
        let mut words = Vec::new();
        for beginning in self.beginnings(last) {
            words = self.words(&lookup, &beginning)?;
            if !words.is_empty() {
                break;
            }
        }
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut candidates = Vec::with_capacity(words.len());
        for (is_other_spelling, word) in words {
            candidates.push(Candidate::new(word, is_other_spelling, &lookup)?);
        }
        let together = Together::of(self.stems(others), &lookup)?;
        candidates.sort_by_cached_key(|candidate| (candidate.is_other_spelling, Reverse(candidate.at_most())));
        let mut found = Vec::with_capacity(candidates.len());
        // The best so far, the last of them on top: as typed, and by how many articles.
        let mut best: BinaryHeap<Reverse<(bool, u64)>> = BinaryHeap::with_capacity(self.limit.min(POOL) + 1);
        for candidate in candidates {
            let (is_typed, at_most) = (!candidate.is_other_spelling, u64::from(candidate.at_most()));
            // The dictionaries tell how many articles have a word in the title and how many in the body: no more can have it.
            let is_beaten = best.len() == self.limit && best.peek().is_some_and(|last| (is_typed, at_most) < last.0);
            if together.is_none() && is_beaten {
                break;
            }
            let (articles, together) = candidate.count(&lookup, together.as_ref())?;
            best.push(Reverse((is_typed, articles)));
            if best.len() > self.limit {
                best.pop();
            }
            found.push((candidate, articles, together));
        }
        // All postings of a word can be of deleted articles.
        found.retain(|(_, articles, _)| *articles > 0);
        found.sort_by_cached_key(|(Candidate { word, is_other_spelling, .. }, articles, together)| {
            (Reverse(*together), *is_other_spelling, Reverse(*articles), folded(word), word.clone())
        });
        found.truncate(self.limit);
        let mut suggestions = Vec::with_capacity(found.len());
        for (place, (candidate, articles, together)) in found.into_iter().enumerate() {
            let word = if place < MAX_SURFACES { surface(&candidate, &lookup)? } else { spelled(&candidate.word) };
            suggestions.push(Suggestion { word, articles, together });
        }
        Ok(suggestions)
    }

    /// The terms that a last word may be the beginning of, the likeliest first: `l'éco` begins `éco`, `porte-mon` begins
    /// `portemon` or `mon`.
    fn beginnings(&self, last: &str) -> Vec<String> {
        let whole = normalize(last);
        let part = normalize(last.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
        let is_elided = self.index.analyzer().analyze(last).tokens().any(|token| token.rule == Rule::Elision);
        let mut beginnings = if is_elided { vec![part, whole] } else { vec![whole, part] };
        beginnings.retain(|beginning| !beginning.is_empty());
        beginnings.dedup();
        beginnings
    }

    /// The stems of words that carry sense.
    fn stems(&self, text: &str) -> BTreeSet<String> {
        let analysis = self.index.analyzer().analyze(text);
        let words = analysis.tokens().filter(|token| !token.alternate && token.stop == Stop::None);
        words.map(|token| token.stem.to_owned()).collect()
    }

    /// The words that begin so, about as many as can be asked for, and whether each has other accents than were typed.
    fn words(&self, lookup: &Lookup<'_>, beginning: &str) -> tantivy::Result<Vec<(bool, String)>> {
        let wanted = POOL.max(self.limit);
        let plain = folded(beginning);
        if plain == beginning {
            let words = frequent(lookup, beginning, Accents::Any, wanted)?;
            return Ok(words.into_iter().map(|word| (false, word)).collect());
        }
        // Accents that were typed are meant: other spellings come after.
        let typed = frequent(lookup, beginning, Accents::AsTyped, wanted)?;
        let mut words: Vec<(bool, String)> = typed.into_iter().map(|word| (false, word)).collect();
        if words.len() < self.limit {
            let others = frequent(lookup, &plain, Accents::Any, wanted)?;
            words.extend(others.into_iter().filter(|word| !word.starts_with(beginning)).map(|word| (true, word)));
        }
        Ok(words)
    }
}

fn exact_fields(lookup: &Lookup<'_>) -> [Field; 2] {
    [lookup.fields.body.exact, lookup.fields.title.exact]
}

/// Writes a term as the word is spelled: terms have their ligatures opened.
///
/// `oeu` is *œu* in every French word, but where *euro* begins behind an o; at the beginning of a word `oe` is *œ* before a
/// consonant or an i (`œdème`, `œnologue`, `œil`), and so it is in `fœtus` and its family.
fn spelled(term: &str) -> String {
    if !term.contains("oe") {
        return term.to_owned();
    }
    let mut word = String::with_capacity(term.len());
    let mut rest = term;
    while let Some((before, after)) = rest.split_once("oe") {
        word.push_str(before);
        let is_u = after.starts_with('u') && !after.starts_with("uro");
        let is_first = word.is_empty() && after.starts_with(['c', 'd', 'i', 'n', 's']);
        let is_fetus = word == "f" && after.starts_with(['t', 'u']);
        word.push_str(if is_u || is_first || is_fetus { "œ" } else { "oe" });
        rest = after;
    }
    word.push_str(rest);
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    fn index(articles: &[(&str, &str)]) -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (number, (title, body)) in articles.iter().enumerate() {
            writer.add(Article::new(number.to_string()).title(*title).body(*body)).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    fn words(index: &Index, prefix: &str) -> Vec<(String, u64)> {
        let found = index.suggest(prefix).run().unwrap();
        found.into_iter().map(|suggestion| (suggestion.word, suggestion.articles)).collect()
    }

    fn press() -> Index {
        index(&[
            ("L'économie", "L'économie va. Les économistes parlent d'économie."),
            ("", "Une économie sociale, des écoles, un ECO-QUARTIER."),
            ("Écoles", "Les écoles rouvrent. Le cœur de l'œuvre."),
            ("Eclair", "Un éclair, et des écoles sous la pluie."),
        ])
    }

    #[test]
    fn whole_words_the_most_frequent_first_without_accents_or_case() {
        let index = press();
        for prefix in ["eco", "ECO", "éco", "l'éco", "L’Eco", "dans eco"] {
            let found = words(&index, prefix);
            let first: Vec<&str> = found.iter().take(2).map(|(word, _)| word.as_str()).collect();
            assert_eq!(first, ["écoles", "économie"], "{prefix}: {found:?}");
            assert!(found.iter().any(|(word, _)| word == "économistes"));
        }
        assert_eq!(words(&index, "econo")[0], ("économie".to_owned(), 2));
        assert_eq!(words(&index, "écoles"), [("écoles".to_owned(), 3)]);
        assert_eq!(words(&index, "oe"), [("œuvre".to_owned(), 1)]);
        assert_eq!(words(&index, "cœ"), [("cœur".to_owned(), 1)]);
        for none in ["", " ", "zzz", "'"] {
            assert_eq!(words(&index, none), [], "{none:?}");
        }
        // Blanks at the end are those of a person who goes on typing.
        assert_eq!(words(&index, "éco "), words(&index, "éco"));
    }

    #[test]
    fn words_that_stand_with_the_others_come_first() {
        let index = index(&[
            ("", "Une crise politique."),
            ("", "Une politique agricole."),
            ("", "Une police, une politique."),
            ("Crises", "Une police en crise, des polices."),
        ]);
        let of = |prefix: &str| -> Vec<(String, u64, Option<u64>)> {
            let found = index.suggest(prefix).run().unwrap();
            found.into_iter().map(|found| (found.word, found.articles, found.together)).collect()
        };
        let expected = [("police", 2, Some(1)), ("polices", 1, Some(1)), ("politique", 3, Some(1))];
        let mut together = of("des crises pol");
        together.sort();
        assert_eq!(together, expected.map(|(word, articles, beside)| (word.to_owned(), articles, beside)));
        assert_eq!(of("agriculteur pol")[0], ("politique".to_owned(), 3, None), "no article has the others");
        assert_eq!(of("agricole pol")[0], ("politique".to_owned(), 3, Some(1)));
        assert_eq!(of("agricole pol")[1], ("police".to_owned(), 2, Some(0)));
    }

    #[test]
    fn counts_are_of_articles_that_stand_over_all_segments() {
        let index = index(&[("Orly", "Orly."), ("", "Orly.")]);
        let mut writer = index.writer().unwrap();
        for number in 2..6 {
            writer.add(Article::new(number.to_string()).title("Orly")).unwrap();
            writer.commit().unwrap();
        }
        assert_eq!(words(&index, "or"), [("orly".to_owned(), 6)]);
        writer.delete("0").unwrap();
        writer.delete("3").unwrap();
        writer.commit().unwrap();
        assert_eq!(words(&index, "or"), [("orly".to_owned(), 4)]);
        for number in [1, 2, 4, 5] {
            writer.delete(&number.to_string()).unwrap();
        }
        writer.commit().unwrap();
        assert_eq!(words(&index, "or"), []);
    }

    #[test]
    fn the_limit_bounds_and_every_word_can_be_had() {
        let body: Vec<String> = (0..400).map(|number| format!("mot{number}x")).collect();
        let index = index(&[("", &body.join(" "))]);
        assert_eq!(words(&index, "mot").len(), DEFAULT_LIMIT);
        for (limit, expected) in [(0, 0), (3, 3), (399, 399), (usize::MAX, 400)] {
            let found = index.suggest("mot").limit(limit).run().unwrap();
            assert_eq!(found.len(), expected);
            assert!(found.is_sorted_by_key(|found| &found.word), "equal numbers in alphabetical order");
        }
    }

    #[test]
    fn the_most_frequent_is_given_whatever_stands_in_titles_and_bodies() {
        // Each of eight words stands in the title and the body of the same two articles, one word in three bodies alone.
        let mut articles: Vec<(String, String)> = Vec::new();
        for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            (0..2).for_each(|_| articles.push((format!("Tar{letter}x"), format!("Un tar{letter}x."))));
        }
        (0..3).for_each(|_| articles.push((String::new(), "Un tarzx.".to_owned())));
        let articles: Vec<(&str, &str)> = articles.iter().map(|(title, body)| (&**title, &**body)).collect();
        let index = index(&articles);
        let found = index.suggest("tar").limit(1).run().unwrap();
        assert_eq!((found[0].word.as_str(), found[0].articles), ("tarzx", 3));
        assert_eq!(index.suggest("tar").limit(0).run().unwrap(), []);
    }

    #[test]
    fn ligatures_are_written_as_french_writes_them() {
        for (term, word) in [
            ("oeuvre", "œuvre"),
            ("coeur", "cœur"),
            ("soeurs", "sœurs"),
            ("oeil", "œil"),
            ("foetus", "fœtus"),
            ("oecumenique", "œcumenique"),
            ("moelle", "moelle"),
            ("coefficient", "coefficient"),
            ("poète", "poète"),
            ("proeuropéen", "proeuropéen"),
            ("goeland", "goeland"),
        ] {
            assert_eq!(spelled(term), word);
        }
    }

    #[test]
    fn words_of_several_parts_are_written_as_the_articles_write_them() {
        let index = index(&[
            ("Aujourd'hui", "La main-d’œuvre manque, dit l'avocat aux prud'hommes. 11\u{202f}000 postes."),
            ("", "AUJOURDHUI, la main d'œuvre. Un e-mail de la belle-mère de Saint-Étienne."),
            ("", "Aujourd’hui, un courriel, un email, des prudhommes, les prud'hommes."),
        ]);
        for (prefix, word) in [
            ("aujourd", "aujourd'hui"),
            ("aujourd'h", "aujourd'hui"),
            ("maind", "main-d'œuvre"),
            ("main-d'oe", "main-d'œuvre"),
            ("prud", "prud'hommes"),
            ("emai", "e-mail"),
            ("saint-é", "saint-étienne"),
            ("1100", "11 000"),
        ] {
            let found = words(&index, prefix);
            assert!(found.iter().any(|(found, _)| found == word), "{prefix}: {found:?}");
        }
    }

    #[test]
    fn typed_accents_are_meant_and_others_follow() {
        let index = index(&[("", "du pate"), ("", "une pâte, du pate"), ("", "du pâté"), ("", "un patelin")]);
        let of = |prefix: &str| words(&index, prefix).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(of("pat"), ["pate", "pâte", "pâté", "patelin"]);
        assert_eq!(of("pât"), ["pâte", "pâté", "pate", "patelin"]);
        assert_eq!(of("paté"), of("pate"), "no word begins as typed");
    }
}
