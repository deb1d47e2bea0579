//! Completions: the words of the index that begin as a person began to type, the most frequent first.
//!
//! The exact terms of titles and bodies are the words. In each dictionary the terms of one beginning lie side by side,
//! once for each spelling of it (`eco`, `éco`), so that all of them are read and only the most frequent are kept; these are
//! then looked up in every dictionary and counted.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use limier_french::{Rule, Stop, normalize};
use serde::Serialize;
use tantivy::postings::SegmentPostings;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermOrdinal};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::expand::{self, folded};
use super::lookup::{Lookup, TermSource};
use crate::{Error, Index};

/// Completions that are given when it is not said how many.
const DEFAULT_LIMIT: usize = 10;

/// The most frequent terms of each dictionary that are counted over all of them, at least.
///
/// A word that is given stands among these in one segment at least, which the most frequent words of all do: a word has to be
/// outnumbered by this many others in every segment to be missed.
const POOL: usize = 48;

/// Terms of one beginning after which no further segment is read, under half a millisecond.
///
/// On 45,871 texts of four segments the ten best words of each of the 26 letters are the same whether all segments are read,
/// which takes up to 10 ms, or the largest alone, up to 3.6 ms.
const READ_ENOUGH: usize = 4_000;

/// Words that are counted beyond those that are asked for: the dictionaries tell how many articles have a word in the title
/// and how many in the body, and a count may change their order.
const MARGIN: usize = 6;

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
    /// The whole word: lower case, with its accents.
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
        let searcher = self.index.searcher();
        let lookup = Lookup::new(&searcher, self.index.fields());
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
        if together.is_none() {
            candidates.sort_by_cached_key(|candidate| (candidate.is_other_spelling, Reverse(candidate.at_most())));
            candidates.truncate(self.limit.saturating_add(MARGIN));
        }
        let mut found = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let (articles, together) = candidate.count(&lookup, together.as_ref())?;
            found.push((candidate.is_other_spelling, Suggestion { word: candidate.word, articles, together }));
        }
        // All postings of a word can be of deleted articles.
        found.retain(|(_, suggestion)| suggestion.articles > 0);
        found.sort_by_cached_key(|(is_other_spelling, Suggestion { word, articles, together })| {
            (Reverse(*together), *is_other_spelling, Reverse(*articles), folded(word), word.clone())
        });
        let words =
            found.into_iter().map(|(_, suggestion)| Suggestion { word: spelled(&suggestion.word), ..suggestion });
        Ok(words.take(self.limit).collect())
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

/// Which accents the terms of a beginning have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
    AsTyped,
    Any,
}

/// Returns the terms of a beginning that are among the `wanted` most frequent of a dictionary of titles or bodies.
///
/// The largest segments are read first, and the others only as long as few terms have been read: the words that most
/// articles have are frequent in the half of them, too.
fn frequent(
    lookup: &Lookup<'_>,
    beginning: &str,
    accents: Accents,
    wanted: usize,
) -> tantivy::Result<BTreeSet<String>> {
    let mut segments: Vec<(usize, &SegmentReader)> = lookup.searcher.segment_readers().iter().enumerate().collect();
    segments.sort_by_key(|(_, segment)| Reverse(segment.max_doc()));
    let (mut words, mut read) = (BTreeSet::new(), 0);
    for (ordinal, _) in segments {
        if read >= READ_ENOUGH {
            break;
        }
        for field in exact_fields(lookup) {
            let Some(inverted) = lookup.dictionary(field, ordinal)? else { continue };
            let spellings = match accents {
                Accents::AsTyped => vec![beginning.to_owned()],
                Accents::Any => expand::spellings(inverted.terms(), beginning)?,
            };
            let (terms, read_here) = most_frequent(inverted.terms(), &spellings, wanted)?;
            words.extend(terms);
            read += read_here;
        }
    }
    Ok(words)
}

fn exact_fields(lookup: &Lookup<'_>) -> [Field; 2] {
    [lookup.fields.body.exact, lookup.fields.title.exact]
}

/// Returns the `wanted` terms of a dictionary that most articles have, of those with any of these beginnings, and how many
/// terms were read.
fn most_frequent(
    dictionary: &TermDictionary,
    spellings: &[String],
    wanted: usize,
) -> tantivy::Result<(Vec<String>, usize)> {
    let mut best: BinaryHeap<Reverse<(u32, Reverse<TermOrdinal>)>> = BinaryHeap::new();
    let (mut read, mut least) = (0, 0);
    for spelling in spellings {
        let range = dictionary.range().ge(spelling).lt(expand::after(spelling));
        let mut terms = range.without_keys().into_stream()?;
        while terms.advance() {
            read += 1;
            let doc_freq = terms.value().doc_freq;
            if doc_freq > least {
                best.push(Reverse((doc_freq, Reverse(terms.term_ord()))));
            }
            // One more than is wanted: a single letter may be among them.
            if best.len() > wanted.saturating_add(1) {
                best.pop();
                least = best.peek().map_or(0, |Reverse((doc_freq, _))| *doc_freq);
            }
        }
    }
    let mut words = Vec::with_capacity(best.len());
    let mut term = Vec::new();
    for Reverse((_, Reverse(ordinal))) in best {
        dictionary.ord_to_term(ordinal, &mut term)?;
        words.extend(std::str::from_utf8(&term).ok().filter(|term| is_word(term)).map(str::to_owned));
    }
    Ok((words, read))
}

/// Tells whether a term is more than a letter or a sign.
fn is_word(term: &str) -> bool {
    term.chars().nth(1).is_some()
}

/// The articles that have all of some stems, by segment.
struct Together(Vec<Vec<bool>>);

impl Together {
    /// Finds them; `None` where there are no stems, or no article has all of them.
    fn of(stems: BTreeSet<String>, lookup: &Lookup<'_>) -> tantivy::Result<Option<Together>> {
        if stems.is_empty() {
            return Ok(None);
        }
        let mut sources = Vec::with_capacity(stems.len());
        for stem in &stems {
            sources.push([lookup.term(lookup.fields.body.stem, stem)?, lookup.term(lookup.fields.title.stem, stem)?]);
        }
        let mut segments = Vec::new();
        for (ordinal, segment) in lookup.searcher.segment_readers().iter().enumerate() {
            let mut all: Vec<bool> = (0..segment.max_doc()).map(|doc| !segment.is_deleted(doc)).collect();
            for of_stem in &sources {
                let mut has = vec![false; all.len()];
                for source in of_stem {
                    each_article(source, ordinal, lookup, |doc| {
                        if let Some(slot) = has.get_mut(doc as usize) {
                            *slot = true;
                        }
                    })?;
                }
                all.iter_mut().zip(has).for_each(|(all, has)| *all &= has);
            }
            segments.push(all);
        }
        let is_any = segments.iter().flatten().any(|has| *has);
        Ok(is_any.then_some(Together(segments)))
    }

    fn has(&self, ordinal: usize, doc: DocId) -> bool {
        self.0.get(ordinal).and_then(|segment| segment.get(doc as usize)) == Some(&true)
    }
}

/// A word that may be given.
struct Candidate {
    word: String,
    /// Whether it begins with other accents than were typed.
    is_other_spelling: bool,
    body: TermSource,
    title: TermSource,
}

impl Candidate {
    fn new(word: String, is_other_spelling: bool, lookup: &Lookup<'_>) -> tantivy::Result<Candidate> {
        let [body, title] = exact_fields(lookup);
        let (body, title) = (lookup.term(body, &word)?, lookup.term(title, &word)?);
        Ok(Candidate { word, is_other_spelling, body, title })
    }

    /// Returns how many articles have it at most, as one that has it in title and body counts twice.
    fn at_most(&self) -> u32 {
        self.body.doc_freq.saturating_add(self.title.doc_freq)
    }

    /// Counts the articles that have it in title or body, and those of them that are among `together`.
    fn count(&self, lookup: &Lookup<'_>, together: Option<&Together>) -> tantivy::Result<(u64, Option<u64>)> {
        let (mut articles, mut beside) = (0, 0);
        for (ordinal, segment) in lookup.searcher.segment_readers().iter().enumerate() {
            if together.is_none() && segment.alive_bitset().is_none() {
                articles += count_without_reading(&self.body, &self.title, ordinal, lookup)?;
                continue;
            }
            each_of_either(&self.body, &self.title, ordinal, segment, lookup, |doc| {
                articles += 1;
                beside += u64::from(together.is_some_and(|together| together.has(ordinal, doc)));
            })?;
        }
        Ok((articles, together.map(|_| beside)))
    }
}

/// Counts the articles of a segment that have either term: those of the shorter list are sought in the longer one.
fn count_without_reading(
    body: &TermSource,
    title: &TermSource,
    ordinal: usize,
    lookup: &Lookup<'_>,
) -> tantivy::Result<u64> {
    let (body, title) = (body.postings(ordinal, lookup)?, title.postings(ordinal, lookup)?);
    let (mut long, mut short) = match (body, title) {
        (None, None) => return Ok(0),
        (Some(only), None) | (None, Some(only)) => return Ok(u64::from(only.doc_freq())),
        (Some(body), Some(title)) if body.doc_freq() >= title.doc_freq() => (body, title),
        (Some(body), Some(title)) => (title, body),
    };
    let sum = u64::from(long.doc_freq()) + u64::from(short.doc_freq());
    let mut both = 0;
    while short.doc() != TERMINATED && long.doc() != TERMINATED {
        let doc = short.doc();
        both += u64::from(move_to(&mut long, doc) == doc);
        short.advance();
    }
    Ok(sum - both)
}

/// Does `work` for each article of a segment that is not deleted and has either term, once.
fn each_of_either(
    first: &TermSource,
    second: &TermSource,
    ordinal: usize,
    segment: &SegmentReader,
    lookup: &Lookup<'_>,
    mut work: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let mut cursors = [first.postings(ordinal, lookup)?, second.postings(ordinal, lookup)?];
    loop {
        let docs = cursors.each_ref().map(|cursor| cursor.as_ref().map_or(TERMINATED, |cursor| cursor.doc()));
        let Some(doc) = docs.into_iter().min().filter(|doc| *doc != TERMINATED) else { return Ok(()) };
        if !segment.is_deleted(doc) {
            work(doc);
        }
        for cursor in cursors.iter_mut().flatten().filter(|cursor| cursor.doc() == doc) {
            cursor.advance();
        }
    }
}

/// Does `work` for each article of a segment that has a term, deleted ones too.
fn each_article(
    source: &TermSource,
    ordinal: usize,
    lookup: &Lookup<'_>,
    mut work: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let Some(mut blocks) = source.blocks(ordinal, lookup)? else { return Ok(()) };
    while !blocks.docs().is_empty() {
        blocks.docs().iter().for_each(|doc| work(*doc));
        blocks.advance();
    }
    Ok(())
}

fn move_to(cursor: &mut SegmentPostings, doc: DocId) -> DocId {
    if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() }
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
    fn typed_accents_are_meant_and_others_follow() {
        let index = index(&[("", "du pate"), ("", "une pâte, du pate"), ("", "du pâté"), ("", "un patelin")]);
        let of = |prefix: &str| words(&index, prefix).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(of("pat"), ["pate", "pâte", "pâté", "patelin"]);
        assert_eq!(of("pât"), ["pâte", "pâté", "pate", "patelin"]);
        assert_eq!(of("paté"), of("pate"), "no word begins as typed");
    }
}
