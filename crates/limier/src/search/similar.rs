//! Articles like one: its weightiest words are the query.
//!
//! A word weighs as BM25 weighs it in the article that is given, against the collection; the weightiest are sought at the level
//! of stems, any of them, and an article is like the one given when it has enough of them. This is the "more like this" of
//! Lucene, with BM25 in the place of tf·idf: a word that is repeated fifty times does not drown the others.

use std::collections::HashMap;

use limier_french::{Analysis, FrenchAnalyzer, Rule, Stop, Token};

use tantivy::{DocAddress, Searcher};

use super::Search;
use super::collect::Candidate;
use super::duplicates::{self, Sketches};
use super::evaluate::Lengths;
use super::hits::WordExplanation;
use super::ids::{self, stored_id};
use super::lookup::{Lookup, TermSource};
use super::plan::{LengthOf, Plan, PlanNode, PlannedWord, ScoredTerm};
use super::ranking::Ranking;
use super::rerank::{Ranked, explain_words};
use super::understand::Understood;
use crate::passage::{Target, TargetKind, Targets};
use crate::query::DateRange;
use crate::sketch::Sketch;
use crate::{Article, Error, Index, Query};

/// Words that stand for an article, at most.
const MAX_WORDS: usize = 25;

/// The share of these words that an article like it has, at least: one in ten.
const LEAST_SHARE: usize = 10;

/// Bytes of a body that are read for its words: the beginning of a book tells what it is about.
const MAX_BYTES: usize = 256 << 10;

/// The article that others are to be like.
#[derive(Clone, Debug)]
pub(super) struct Like {
    pub(super) article: Article,
    /// Whether it lies in the index, where it is not like itself.
    pub(super) is_indexed: bool,
}

impl<'a> Search<'a> {
    /// Begins to search for articles like one.
    pub(crate) fn like(index: &'a Index, article: Article, is_indexed: bool) -> Search<'a> {
        let like = Some(Box::new(Like { article, is_indexed }));
        // The second stage asks how the words of a query stand to each other: these are of no query.
        Search { like, second_stage: false, ..Search::new(index, Query::parse("")) }
    }

    /// Finds the article that others are to be like, where it lies in the index.
    pub(super) fn itself(&self, searcher: &Searcher) -> tantivy::Result<Option<DocAddress>> {
        let Some(like) = self.like.as_ref().filter(|like| like.is_indexed) else { return Ok(None) };
        ids::find(searcher, like.article.id())
    }

    /// Takes out of a ranking what is nearly the same as the article that hits are to be like, where near-duplicates are
    /// folded, and returns its ids.
    pub(super) fn leave_out_copies(&self, ranked: &mut Vec<Ranked>, searcher: &Searcher) -> Result<Vec<String>, Error> {
        let Some(like) = self.like.as_ref().filter(|_| self.fold_duplicates) else { return Ok(Vec::new()) };
        let failure = |error| self.index.failure("search", error);
        let sketches = Sketches::open(searcher).map_err(failure)?;
        let indexed = self.itself(searcher).map_err(failure)?.and_then(|address| sketches.get(address));
        let sketch = indexed.or_else(|| Sketch::of(like.article.get_title(), like.article.get_body()));
        let Some(sketch) = sketch else { return Ok(Vec::new()) };
        let in_sight = ranked.iter().take(duplicates::SIGHT).map(|ranked| ranked.candidate.address);
        let copies: Vec<DocAddress> = in_sight.filter(|address| sketches.is_near(*address, &sketch)).collect();
        ranked.retain(|ranked| !copies.contains(&ranked.candidate.address));
        copies.iter().map(|address| stored_id(searcher, *address).map_err(failure)).collect()
    }

    /// Returns, for each hit of the page, the words that it shares with the article that it is to be like.
    pub(super) fn shared(
        &self,
        plan: &Plan,
        ranked: &[Ranked],
        lookup: &Lookup<'_>,
        lengths: &Lengths,
    ) -> tantivy::Result<Vec<Vec<String>>> {
        if self.like.is_none() {
            return Ok(Vec::new());
        }
        let candidates: Vec<Candidate> = self.page(ranked).iter().map(|ranked| ranked.candidate).collect();
        let words = explain_words(plan, &candidates, lookup, lengths, &self.ranking)?;
        let shared = |words: Vec<WordExplanation>| {
            let had = words.into_iter().filter(|word| word.body + word.title > 0);
            had.map(|word| word.word).collect()
        };
        Ok(words.into_iter().map(shared).collect())
    }
}

/// A word of the article, and how often it stands there.
#[derive(Default)]
struct Counted {
    body: u32,
    title: u32,
    /// The ways in which it is written, each with how often.
    surfaces: Vec<(String, u32)>,
}

/// A word with the terms that stand for it.
struct Weighed {
    stem: String,
    surface: String,
    rarity: f32,
    weight: f32,
    body: TermSource,
    title: TermSource,
}

/// Makes the plan that finds articles like one.
pub(super) fn understand(
    like: &Like,
    dates: Option<DateRange>,
    analyzer: &FrenchAnalyzer,
    lookup: &Lookup<'_>,
    ranking: &Ranking,
) -> tantivy::Result<Understood> {
    let words = weightiest(like, analyzer, lookup, ranking)?;
    let mut targets = Targets { words: words.len(), ..Targets::default() };
    let (mut nodes, mut planned) = (Vec::new(), Vec::new());
    for (place, word) in words.into_iter().enumerate() {
        let term = |source: &TermSource, worth: f32, length| ScoredTerm {
            source: source.clone(),
            weight: word.weight * worth,
            length: Some(length),
        };
        let terms = [term(&word.body, 1.0, LengthOf::Body), term(&word.title, ranking.title, LengthOf::Title)];
        nodes.push(PlanNode::Terms(terms.into_iter().filter(|term| term.source.doc_freq > 0).collect()));
        targets.terms.push(Target { kind: TargetKind::Stem, text: word.stem, word: place, weight: word.weight });
        planned.push(PlannedWord {
            surface: word.surface,
            position: u32::try_from(place).unwrap_or(u32::MAX),
            rarity: word.rarity,
            body: vec![word.body],
            title: vec![word.title],
            body_exact: Vec::new(),
            title_exact: Vec::new(),
            synonyms: Vec::new(),
            mended: false,
            form_alone: false,
        });
    }
    let least = nodes.len().div_ceil(LEAST_SHARE).max(1);
    let words = if nodes.is_empty() { PlanNode::Nothing } else { PlanNode::AtLeast(least, nodes) };
    let root = match dates {
        None => words,
        Some(range) => {
            PlanNode::Bool { must: vec![words, PlanNode::Dates(range)], should: Vec::new(), not: Vec::new() }
        }
    };
    Ok(Understood { plan: Plan { root, mended: None, words: planned }, targets, notes: Vec::new() })
}

/// Returns the words that tell the article from others, the weightiest first; those that no other article has are left out.
fn weightiest(
    like: &Like,
    analyzer: &FrenchAnalyzer,
    lookup: &Lookup<'_>,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Weighed>> {
    let fields = lookup.fields;
    let (counted, length) = counted(&like.article, analyzer);
    let average = lookup.average_length(fields.body.stem)?;
    let norm = ranking.k1 * (1.0 - ranking.b + ranking.b * length as f32 / average);
    let saturate = |freq: u32, norm: f32| freq as f32 * (ranking.k1 + 1.0) / (freq as f32 + norm);
    let mut words = Vec::new();
    for (stem, counted) in counted {
        let (body, title) = (lookup.term(fields.body.stem, &stem)?, lookup.term(fields.title.stem, &stem)?);
        let own = u32::from(like.is_indexed && counted.body > 0) + u32::from(like.is_indexed && counted.title > 0);
        if body.doc_freq.saturating_add(title.doc_freq) <= own {
            continue;
        }
        let rarity = lookup.rarity(body.doc_freq.max(title.doc_freq));
        let weight = rarity * (saturate(counted.body, norm) + ranking.title * saturate(counted.title, ranking.k1));
        let surface = readable(&stem, counted.surfaces);
        words.push(Weighed { stem, surface, rarity, weight, body, title });
    }
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
    words.truncate(MAX_WORDS);
    Ok(words)
}

/// Counts the words of an article that carry sense, by their stems, and those of the body together.
fn counted(article: &Article, analyzer: &FrenchAnalyzer) -> (HashMap<String, Counted>, u32) {
    let mut counted: HashMap<String, Counted> = HashMap::new();
    let mut analysis = Analysis::new();
    let mut length = 0;
    for (text, is_title) in [(article.title.as_str(), true), (beginning(&article.body), false)] {
        analyzer.analyze_into(text, &mut analysis);
        // `OpenAI` is one word, though `open` and `ai` find it too.
        let is_whole = |token: &Token<'_>| {
            let written = text.get(token.start..token.end).unwrap_or_default();
            token.alternate && token.span > 1 && !written.is_empty() && written.chars().all(char::is_alphanumeric)
        };
        let wholes: Vec<usize> =
            analysis.tokens().filter(is_whole).flat_map(|token| [token.start, token.end]).collect();
        for token in analysis.tokens().filter(|token| token.stop == Stop::None) {
            // An odd place among bounds is inside of a whole.
            let is_part = wholes.partition_point(|bound| *bound <= token.start) % 2 == 1;
            let counts = if token.alternate { is_whole(&token) } else { !is_part };
            if !counts {
                continue;
            }
            let word = counted.entry(token.stem.to_owned()).or_default();
            if is_title {
                word.title += 1;
            } else {
                word.body += 1;
                length += 1;
            }
            // A word cut at the end of a line is read by its term.
            let written = text.get(token.start..token.end).filter(|_| token.rule != Rule::LineBreak);
            let surface = written.filter(|text| !text.chars().any(char::is_control)).unwrap_or(token.exact);
            match word.surfaces.iter_mut().find(|(known, _)| known == surface) {
                Some((_, times)) => *times += 1,
                None => word.surfaces.push((surface.to_owned(), 1)),
            }
        }
    }
    (counted, length)
}

/// Returns the beginning of a body, as much as is read of it.
fn beginning(body: &str) -> &str {
    let end = (0..=MAX_BYTES.min(body.len())).rev().find(|end| body.is_char_boundary(*end));
    end.and_then(|end| body.get(..end)).unwrap_or_default()
}

/// Chooses how a word is written: in lower case where it ever is, since names never are, and then as most often.
fn readable(stem: &str, surfaces: Vec<(String, u32)>) -> String {
    let is_lower = |surface: &str| !surface.chars().any(char::is_uppercase);
    let best = surfaces.into_iter().enumerate().max_by_key(|(place, (surface, times))| {
        // The first of equal ones.
        (is_lower(surface), *times, std::cmp::Reverse(*place))
    });
    best.map_or_else(|| stem.to_owned(), |(_, (surface, _))| surface)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hits, Note};

    const STRIKES: [(&str, &str, &str); 7] = [
        (
            "a",
            "La grève des mineurs",
            "Les syndicats appellent à la grève. La mine de Vernelle ferme, disent les syndicats.",
        ),
        ("b", "Grève à la gare", "Un syndicat annonce une GRÈVE reconduite des cheminots."),
        ("c", "La mine de sel", "La mine ouvre au public, sans grève ni syndicat."),
        ("d", "Le sel de la terre", "On sale la soupe et l'on dort."),
        ("e", "Une soupe", "La soupe de la grand-mère, avec du chou."),
        ("f", "Un poème", "Vernelle coule."),
        ("g", "Rien", "Quelques mots sans rapport."),
    ];

    fn index(articles: &[(&str, &str, &str)]) -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (id, title, body) in articles {
            writer.add(Article::new(*id).title(*title).body(*body)).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    fn ids(hits: &Hits) -> Vec<&str> {
        hits.iter().map(|hit| hit.id()).collect()
    }

    #[test]
    fn articles_come_by_what_they_share_and_say_it_in_words() {
        let index = index(&STRIKES);
        let hits = index.similar("a").unwrap().unwrap().run().unwrap();
        let mut found = ids(&hits);
        assert!(matches!(found[..2], ["b", "c"] | ["c", "b"]), "{found:?}");
        found.sort_unstable();
        assert_eq!(found, ["b", "c", "f"]);
        assert_eq!(hits.total(), 3);
        let shared = |id: &str| {
            let hit = hits.iter().find(|hit| hit.id() == id).unwrap();
            let mut shared = hit.shared().to_vec();
            shared.sort_unstable();
            shared
        };
        assert_eq!(shared("b"), ["grève", "syndicats"]);
        assert_eq!(shared("c"), ["grève", "mine", "syndicats"]);
        assert_eq!(shared("f"), ["Vernelle"]);
        assert!(index.search("grève").run().unwrap().iter().all(|hit| hit.shared().is_empty()));
    }

    #[test]
    fn a_name_written_as_one_word_is_shared_as_one() {
        let index = index(&[
            ("a", "", "OpenAI suspend un outil."),
            ("b", "", "La société OpenAI répond."),
            ("c", "", "Il pleut."),
            ("d", "", "Il neige."),
        ]);
        let hits = index.similar("a").unwrap().unwrap().run().unwrap();
        assert_eq!(hits.first().unwrap().shared(), ["OpenAI"]);
    }

    #[test]
    fn what_is_alone_or_unknown_has_nothing_like_it() {
        let index = index(&STRIKES);
        let alone = index.similar("g").unwrap().unwrap().run().unwrap();
        assert_eq!((alone.len(), alone.total()), (0, 0));
        assert!(index.similar("absent").unwrap().is_none());
        let empty = index.similar_to(&Article::new("x")).run().unwrap();
        assert_eq!((empty.len(), empty.notes().len()), (0, 0));
    }

    #[test]
    fn an_article_that_is_not_in_the_index_is_compared_with_all() {
        let index = index(&STRIKES);
        let article = Article::new("a").body("Une grève à la mine.");
        let hits = index.similar_to(&article).run().unwrap();
        assert!(ids(&hits).contains(&"a"), "its id is not looked at");
        assert_eq!(hits.total(), 3);
    }

    #[test]
    fn filters_pages_and_passages_are_those_of_a_search() {
        let index = index(&STRIKES);
        let search = |limit, offset| {
            let hits = index.similar("a").unwrap().unwrap().limit(limit).offset(offset).run().unwrap();
            ids(&hits).iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!([search(1, 0), search(1, 1), search(1, 2)].concat(), search(10, 0));
        let hits = index.similar("a").unwrap().unwrap().run().unwrap();
        let hit = hits.iter().find(|hit| hit.id() == "c").unwrap();
        assert!(hit.passages()[0].to_html().contains("<mark>mine</mark>"));
        let range = "2020".parse().unwrap();
        let dates = crate::query::DateRange { first: Some(range), last: None };
        assert_eq!(index.similar("a").unwrap().unwrap().dates(dates).run().unwrap().total(), 0);
    }

    #[test]
    fn copies_of_the_article_are_left_out_where_near_duplicates_are_folded() {
        let copy = "La préfète a été entendue hier par la commission d'enquête sur les crues de la Vernelle. Elle a défendu le \
            choix de ne pas évacuer le bas de la ville avant la nuit. Les élus demandent un plan de prévention.";
        let index = index(&[
            ("a", "La préfète", copy),
            ("b", "Une préfète", copy),
            ("c", "Les crues", "La Vernelle est en crue, la commission se tait."),
        ]);
        let search = index.similar("a").unwrap().unwrap();
        let all = search.clone().run().unwrap();
        assert_eq!((ids(&all), all.total()), (vec!["b", "c"], 2));
        let folded = search.fold_duplicates(true).run().unwrap();
        assert_eq!((ids(&folded), folded.total()), (vec!["c"], 1));
        assert_eq!(folded.notes(), [Note::SameText { ids: vec!["b".to_owned()] }]);
    }

    #[test]
    fn a_word_is_written_as_a_person_would() {
        let choose = |surfaces: &[(&str, u32)]| {
            readable("x", surfaces.iter().map(|(text, times)| ((*text).to_owned(), *times)).collect())
        };
        assert_eq!(choose(&[("GRÈVE", 1), ("Grève", 3), ("grève", 1), ("grèves", 2)]), "grèves");
        assert_eq!(choose(&[("Vernelle", 2), ("VERNELLE", 2)]), "Vernelle");
        assert_eq!(choose(&[]), "x");
    }
}
