//! A query to ranked hits.
//!
//! A search is set up here. When it is run, in `answer`, `understand` makes a plan of the query, `collect` walks the index
//! with it and keeps the best candidates, `rerank` looks at those more closely, and the articles of the page asked for are
//! loaded with their passages.

mod answer;
mod collect;
mod deadline;
mod duplicates;
mod evaluate;
mod expand;
mod facets;
mod filter;
mod hits;
pub(crate) mod ids;
mod lookup;
mod mend;
mod phrase;
mod plan;
mod ranking;
mod rerank;
mod scores;
mod similar;
mod small_words;
mod suggest;
mod synonyms;
mod texts;
mod timeline;
mod understand;
pub(crate) mod vocabulary;
mod within;
mod wording;

pub use facets::{Facet, FacetCount, FacetCounts};
pub use hits::{Explanation, Hit, Hits, Note, RankedIds, WordExplanation};
pub use ranking::Ranking;
pub use suggest::{Suggest, Suggestion};
pub use synonyms::{Synonyms, SynonymsIssue, SynonymsIssueKind};
pub use timeline::{Period, Timeline, TimelineCount};

use std::time::Duration;

use answer::Found;
use filter::Filter;
use lookup::Lookup;
use rerank::Ranked;
use similar::Like;
use wording::Wording;

use crate::passage::{PassageOptions, Passager, Targets};
use crate::query::DateRange;
use crate::{Error, Index, Query};

/// Hits of a search that are given when it does not say how many.
const DEFAULT_LIMIT: usize = 10;

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first; equal scores by id.
    #[default]
    Relevance,
    /// Newest first among the articles that match; articles without a date last.
    Newest,
    /// Oldest first among the articles that match; articles without a date last.
    Oldest,
}

/// A search being set up; made by [`Index::search`].
///
/// ```
/// # use limier::{Article, Index};
/// # let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Article::new("1").title("Sora").body("Des artistes non rémunérés protestent. Ils l'ont écrit."))?;
/// writer.commit()?;
/// let hits = index.search("rémunérer un artiste").limit(3).run()?;
/// for hit in &hits {
///     println!("{:.2} {}", hit.score(), hit.title());
///     for passage in hit.passages() {
///         println!("  {}", passage.to_ansi());
///     }
/// }
/// assert_eq!(hits.len(), 1);
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a search finds nothing before it is run"]
pub struct Search<'a> {
    index: &'a Index,
    query: Query,
    limit: usize,
    offset: usize,
    passages: Option<PassageOptions>,
    mend: bool,
    wording: Wording,
    timeout: Option<Duration>,
    second_stage: bool,
    explain: bool,
    sort: Sort,
    dates: Option<DateRange>,
    ranking: Ranking,
    filter: Filter,
    facets: Vec<Facet>,
    /// Whether a timeline is made, and by what.
    timeline: Option<Option<Period>>,
    fold_duplicates: bool,
    /// The article that hits are to be like, in the place of a query.
    like: Option<Box<Like>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(index: &'a Index, query: Query) -> Search<'a> {
        Search {
            index,
            query,
            limit: DEFAULT_LIMIT,
            offset: 0,
            passages: Some(PassageOptions::default()),
            mend: true,
            wording: Wording::default(),
            timeout: None,
            second_stage: true,
            explain: false,
            sort: Sort::default(),
            dates: None,
            ranking: Ranking::default(),
            filter: Filter::default(),
            facets: Vec::new(),
            timeline: None,
            fold_duplicates: false,
            like: None,
        }
    }

    /// Returns the query, as it was read.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Sets how many hits are given, at most; the default is 10.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Sets how many of the best hits are passed over.
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Sets how passages are chosen.
    pub fn passages(mut self, options: PassageOptions) -> Self {
        self.passages = Some(options);
        self
    }

    /// Gives hits without passages and without lights in titles, which is faster.
    pub fn without_passages(mut self) -> Self {
        self.passages = None;
        self
    }

    /// Sets whether words that no article has are searched by their neighbours; the default is that they are.
    pub fn mend(mut self, mend: bool) -> Self {
        self.mend = mend;
        self
    }

    /// Sets which words and expressions stand for each other; the default is that none do.
    ///
    /// Where an article lacks a plain word of the query, what stands for the word counts in its place, at half its worth
    /// ([`Ranking::synonym`]) and at most half the worth of the word: of two articles alike, the one with the word itself is
    /// the better. Where an article has both, the better one counts, once. An expression for several words of the query
    /// stands for each of them. `+mot` and `ET` are content with a synonym; words with a sign (`=mot`, `mot*`, `mot~`),
    /// phrases, authors, sources and what a query does not want are meant as they stand. A word that no article has is not
    /// mended where a synonym is found. At most 64 synonyms are searched.
    pub fn synonyms(mut self, synonyms: &Synonyms) -> Self {
        self.wording.synonyms = Some(synonyms.clone());
        self
    }

    /// Sets words that carry no weight in a run of plain words, beside the French ones; the default is none.
    ///
    /// Where nothing else is left of the run they are searched as usual. They stay in the index, in phrases and behind a
    /// sign (`+mot`, `=mot`). Each is one word; case does not matter, accents do.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Un article sur la grève."))?;
    /// writer.add(Article::new("2").body("Un article sur le musée."))?;
    /// writer.commit()?;
    /// let search = index.search("article grève").stop_words(["article"]);
    /// assert_eq!(search.run()?.total(), 1);
    /// assert_eq!(index.search("article").stop_words(["article"]).run()?.total(), 2);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn stop_words<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.wording.set_stop_words(words);
        self
    }

    /// Sets words that are meant in their very form, as if `=` stood before them; the default is none.
    ///
    /// Neither their other forms nor their neighbours are found, but [synonyms](Search::synonyms) are. Each is one word; case
    /// does not matter, accents do.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Orange recrute."))?;
    /// writer.add(Article::new("2").body("Trois oranges."))?;
    /// writer.commit()?;
    /// assert_eq!(index.search("orange").run()?.total(), 2);
    /// assert_eq!(index.search("orange").protected_words(["orange"]).run()?.total(), 1);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn protected_words<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.wording.set_protected(words);
        self
    }

    /// Sets how long a search may take; the default is as long as it needs.
    ///
    /// When the time is over, the answer is what was found until then, with the note [`Note::TimeLimit`]: some articles that
    /// match may be missing from hits, counts and facets, candidates may be ranked by the first stage alone, and hits may
    /// lack their passages. A search looks at the time every few thousand articles, between two hits and in the long parts of
    /// its preparation; what it is at is finished first. With a time of zero nothing is found.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets whether the best candidates are ranked anew by proximity, passages and titles; the default is that they are.
    pub fn second_stage(mut self, second_stage: bool) -> Self {
        self.second_stage = second_stage;
        self
    }

    /// Sets whether each hit explains its score.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Sets the order of hits.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Keeps only articles of these days.
    pub fn dates(mut self, range: DateRange) -> Self {
        self.dates = Some(range);
        self
    }

    /// Keeps only articles that files in these folders, or these files, brought in.
    ///
    /// Paths are compared as they are written: give them as the index knows its roots, or below one of these.
    #[cfg(feature = "files")]
    pub fn within<P: AsRef<std::path::Path>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.filter.within.get_or_insert_default().set_paths(paths);
        self
    }

    /// Keeps only articles of files that the globs take, by their paths below the roots.
    #[cfg(feature = "files")]
    pub fn matching(mut self, globs: crate::ingest::Globs) -> Self {
        self.filter.within.get_or_insert_default().set_globs(globs);
        self
    }

    /// Sets whether an article that is nearly the same as a better one is folded behind it; the default is that it is not.
    ///
    /// A hit then names those [folded](Hit::duplicates) behind it, of the best thousand articles, and the limit and the
    /// offset count hits that stand. [`Hits::total`] still counts all articles.
    pub fn fold_duplicates(mut self, fold: bool) -> Self {
        self.fold_duplicates = fold;
        self
    }

    /// Keeps only articles of these sources, case and accents apart; none keeps all.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Un avion.").source("L'Écho"))?;
    /// writer.add(Article::new("2").body("Un avion.").source("La Gazette"))?;
    /// writer.commit()?;
    /// assert_eq!(index.search("avions").sources(["l'écho"]).run()?.total(), 1);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn sources<S: Into<String>>(mut self, sources: impl IntoIterator<Item = S>) -> Self {
        self.filter.sources = sources.into_iter().map(Into::into).collect();
        self
    }

    /// Keeps only articles of these authors, case and accents apart; none keeps all.
    pub fn authors<S: Into<String>>(mut self, authors: impl IntoIterator<Item = S>) -> Self {
        self.filter.authors = authors.into_iter().map(Into::into).collect();
        self
    }

    /// Sets what all articles that match are counted by; the default is nothing.
    ///
    /// ```
    /// # use limier::{Article, Date, Facet, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Un avion.").date(Date::new(2024, 11, 26)?))?;
    /// writer.add(Article::new("2").body("Des avions.").date(Date::new(2024, 12, 1)?))?;
    /// writer.commit()?;
    /// let hits = index.search("avion").facets([Facet::Year, Facet::Month]).run()?;
    /// assert_eq!(hits.facets()[0].counts[0].value, "2024");
    /// assert_eq!(hits.facets()[0].counts[0].count, 2);
    /// assert_eq!(hits.facets()[1].counts.len(), 2);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn facets(mut self, facets: impl IntoIterator<Item = Facet>) -> Self {
        self.facets.clear();
        for facet in facets {
            // Once is enough.
            if !self.facets.contains(&facet) {
                self.facets.push(facet);
            }
        }
        self
    }

    /// Counts all articles that match by day, month or year; `None` leaves the choice to how far their dates lie apart. The
    /// default is not to count.
    ///
    /// ```
    /// # use limier::{Article, Date, Index, Period};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Un avion.").date(Date::new(2024, 11, 26)?))?;
    /// writer.add(Article::new("2").body("Des avions.").date(Date::new(2025, 2, 1)?))?;
    /// writer.commit()?;
    /// let hits = index.search("avion").timeline(Some(Period::Month)).run()?;
    /// let counts = &hits.timeline().expect("it was asked for").counts;
    /// assert_eq!((counts[1].value.as_str(), counts[1].count, counts[1].empty_before), ("2025-02", 1, 2));
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn timeline(mut self, period: Option<Period>) -> Self {
        self.timeline = Some(period);
        self
    }

    /// Sets the constants of ranking.
    pub fn ranking(mut self, ranking: Ranking) -> Self {
        self.ranking = ranking;
        self
    }

    /// Searches.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`](crate::ErrorKind::Corrupt) when the index is damaged. No query is an error.
    pub fn run(&self) -> Result<Hits, Error> {
        self.index.guarded(|| self.run_unguarded())
    }

    /// Searches, and gives only ids and scores, best first: no article is loaded.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// # writer.add(Article::new("1").body("Un avion."))?;
    /// # writer.commit()?;
    /// let ids = index.search("avions").limit(1000).run_ids()?;
    /// assert_eq!(ids[0].0, "1");
    /// assert_eq!(ids.total(), 1);
    /// # Ok::<(), limier::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`run`](Search::run).
    pub fn run_ids(&self) -> Result<RankedIds, Error> {
        self.index.guarded(|| {
            let failure = |error| self.index.failure("search", error);
            let snapshot = self.index.snapshot();
            // Suggestions are told to nobody here.
            let Found { ranked, total, .. } = self.find(&snapshot, understand::Slips::Mended)?;
            let page = ranked.iter().skip(self.offset).take(self.limit);
            let id_and_score = |ranked: &Ranked| {
                let id = snapshot.id(ranked.candidate.address).map_err(failure)?;
                Ok((id, ranked.candidate.score))
            };
            let ids = page.map(id_and_score).collect::<Result<_, Error>>()?;
            Ok(RankedIds { ids, total })
        })
    }

    /// Returns everything that the query lights in a text, a title or a whole body: byte ranges on character boundaries,
    /// ascending, not overlapping.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`](crate::ErrorKind::Corrupt) when the index is damaged.
    ///
    /// ```
    /// # use limier::{Article, Index};
    /// # let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// writer.add(Article::new("1").body("Les chevaux galopent."))?;
    /// writer.commit()?;
    /// assert_eq!(index.search("cheval").highlight("Les chevaux galopent.")?, [4..11]);
    /// # Ok::<(), limier::Error>(())
    /// ```
    pub fn highlight(&self, text: &str) -> Result<Vec<std::ops::Range<usize>>, Error> {
        let targets = self.targets()?;
        Ok(Passager::new(self.index.analyzer(), &targets).highlight(text))
    }

    /// Returns what the query lights, to make passages of any text with a [`Passager`].
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`](crate::ErrorKind::Corrupt) when the index is damaged.
    pub fn targets(&self) -> Result<Targets, Error> {
        self.index.guarded(|| {
            let snapshot = self.index.snapshot();
            let lookup = Lookup::new(&snapshot, self.index.fields(), self.index.analyzer());
            let understood = self
                .understood(&lookup, understand::Slips::Mended)
                .map_err(|error| self.index.failure("search", error))?;
            Ok(understood.targets)
        })
    }
}
