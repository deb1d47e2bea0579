//! What a search does when it is run: candidates, their ranking, folding and order, and the hits of its page.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::{DocAddress, Searcher};

use super::collect::{Candidate, Collected, MAX_TIE, collect};
use super::deadline::Deadline;
use super::duplicates::{self, Sketches};
use super::evaluate::Lengths;
use super::facets::{FacetCounts, Facets};
use super::filter::Filter;
use super::hits::{Explanation, Hit, Hits, Note};
use super::ids::stored_id;
use super::lookup::Lookup;
use super::plan::Plan;
use super::rerank::{Ranked, explain_words, rerank};
use super::timeline::Timeline;
use super::understand::{Slips, Understood, understand};
use super::{Search, Sort, similar};
use crate::index::Snapshot;
use crate::passage::{PassageOptions, Passager, Recurring, Targets};
use crate::query::{Clause, Node, Occur};
use crate::{Article, Error};

/// The best articles among which near-duplicates are folded.
const FOLDED_AMONG: usize = 1000;

/// What a search found before articles are loaded.
pub(super) struct Found {
    pub(super) ranked: Vec<Ranked>,
    /// Articles near to each of the ranked ones, where these are folded.
    duplicates: Vec<Vec<DocAddress>>,
    /// Of the hits of the page asked for; all absent where nobody asks.
    explanations: Vec<Option<Explanation>>,
    /// Of the same hits: the words that each shares with the article that it is to be like.
    shared: Vec<Vec<String>>,
    pub(super) total: u64,
    facets: Vec<FacetCounts>,
    timeline: Option<Timeline>,
    notes: Vec<Note>,
    targets: Targets,
    deadline: Deadline,
}

impl Search<'_> {
    pub(super) fn run_unguarded(&self) -> Result<Hits, Error> {
        let snapshot = self.index.snapshot();
        let searcher = snapshot.searcher();
        let found = self.find(&snapshot, Slips::Told)?;
        let Found {
            ranked,
            explanations,
            mut shared,
            duplicates,
            total,
            facets,
            timeline,
            mut notes,
            targets,
            deadline,
        } = found;
        let page: Vec<Ranked> = ranked.into_iter().skip(self.offset).take(self.limit).collect();
        let load = |ranked: &Ranked| self.index.load(searcher, ranked.candidate.address);
        let articles: Vec<Article> = page.iter().map(load).collect::<Result<_, _>>()?;
        let recurring = match self.passages {
            Some(_) => Recurring::among(articles.iter().map(Article::get_body)),
            None => Recurring::default(),
        };
        #[cfg(feature = "files")]
        let recurring = recurring.and(self.index.recurring_lines(&snapshot));
        let mut passager = Passager::new(self.index.analyzer(), &targets).boilerplate(&recurring);
        let mut hits = Vec::new();
        let page = page.into_iter().zip(articles).zip(explanations);
        for (rank, ((ranked, article), explanation)) in (self.offset + 1..).zip(page) {
            let passages = self.passages.as_ref().filter(|_| !deadline.is_over());
            let mut hit = hit(rank, ranked.candidate, explanation, article, passages, &mut passager);
            hit.duplicates = self.ids_of(duplicates.get(rank - 1), searcher)?;
            hit.shared = shared.get_mut(hits.len()).map(std::mem::take).unwrap_or_default();
            hits.push(hit);
        }
        if deadline.has_cut() {
            notes.push(Note::TimeLimit);
        }
        Ok(Hits { hits, total, facets, timeline, articles: searcher.num_docs(), notes })
    }

    /// Everything but loading: all that matched and was kept, in order.
    pub(super) fn find(&self, snapshot: &Snapshot, slips: Slips) -> Result<Found, Error> {
        let failure = |error| self.index.failure("search", error);
        let searcher = snapshot.searcher();
        let lookup =
            Lookup::new(snapshot, self.index.fields(), self.index.analyzer()).until(Deadline::after(self.timeout));
        let Understood { plan, targets, mut notes } = self.understood(&lookup, slips).map_err(failure)?;
        let issues = self.query.issues().iter();
        notes.splice(0..0, issues.map(|issue| Note::from_issue(issue.kind, issue.start, issue.end)));

        let lengths = Lengths::new(&lookup, &self.ranking).map_err(failure)?;
        let wanted = self.offset.saturating_add(self.limit);
        let (stage, keep) = match self.sort {
            Sort::Relevance => (self.ranking.candidates, wanted.max(self.ranking.candidates)),
            Sort::Newest | Sort::Oldest => (0, usize::MAX),
        };
        let keep = if self.fold_duplicates { keep.max(FOLDED_AMONG) } else { keep };
        let filter = Filter { without: self.itself(searcher).map_err(failure)?, ..self.filter.clone() };
        let mut facets = Facets::new(&self.facets).with_days(self.timeline.is_some());
        let found = collect(&plan, filter.narrows(), &lookup, &lengths, &self.ranking, keep, &mut facets);
        let Collected { candidates, equals, total } = found.map_err(failure)?;
        let mut ranked = self.rank(&plan, candidates, stage, &lookup, &lengths).map_err(failure)?;
        // Equal scores are ordered by id, so that pages follow on from each other: all of them are needed.
        ranked.extend(equals.into_iter().map(Ranked::of_first_stage));
        self.order(&mut ranked, snapshot)?;
        let copies = self.leave_out_copies(&mut ranked, searcher)?;
        notes.extend((!copies.is_empty()).then(|| Note::SameText { ids: copies.clone() }));
        let duplicates = self.fold(&mut ranked, searcher)?;
        let explanations = self.explanations(&plan, &ranked, &lookup, &lengths).map_err(failure)?;
        let shared = self.shared(&plan, &ranked, &lookup, &lengths).map_err(failure)?;
        let timeline = self.timeline.map(|period| Timeline::new(period, facets.days(), total));
        let (total, facets) = (total.saturating_sub(copies.len() as u64), facets.finish());
        Ok(Found {
            ranked,
            explanations,
            shared,
            duplicates,
            total,
            facets,
            timeline,
            notes,
            targets,
            deadline: lookup.deadline,
        })
    }

    /// Takes near-duplicates out of a ranking, and returns them by the place of the hit that each is near to.
    fn fold(&self, ranked: &mut Vec<Ranked>, searcher: &Searcher) -> Result<Vec<Vec<DocAddress>>, Error> {
        if !self.fold_duplicates {
            return Ok(Vec::new());
        }
        let sketches = Sketches::open(searcher).map_err(|error| self.index.failure("search", error))?;
        let addresses: Vec<DocAddress> = ranked.iter().map(|ranked| ranked.candidate.address).collect();
        let groups = duplicates::groups(&addresses, self.offset.saturating_add(self.limit), &sketches);
        let mut rest: Vec<Option<Ranked>> = std::mem::take(ranked).into_iter().map(Some).collect();
        let mut folded = Vec::with_capacity(groups.len());
        for group in groups {
            ranked.extend(rest.get_mut(group.best).and_then(Option::take));
            folded.push(group.others.iter().filter_map(|place| addresses.get(*place).copied()).collect());
        }
        Ok(folded)
    }

    /// Returns the ids of some articles, in their order.
    fn ids_of(&self, addresses: Option<&Vec<DocAddress>>, searcher: &Searcher) -> Result<Vec<String>, Error> {
        let Some(addresses) = addresses.filter(|addresses| !addresses.is_empty()) else { return Ok(Vec::new()) };
        let failure = |error| self.index.failure("search", error);
        addresses.iter().map(|address| stored_id(searcher, *address).map_err(failure)).collect()
    }

    /// The query, made ready for the index; nothing is done about slips where the search is told not to mend.
    pub(super) fn understood(&self, lookup: &Lookup<'_>, slips: Slips) -> tantivy::Result<Understood> {
        let analyzer = self.index.analyzer();
        if let Some(like) = &self.like {
            return similar::understand(like, self.dates, analyzer, lookup, &self.ranking);
        }
        let slips = if self.mend { slips } else { Slips::Kept };
        understand(&self.root(), analyzer, lookup, &self.ranking, &self.wording, slips)
    }

    /// The query's tree, narrowed by the filters of the search.
    fn root(&self) -> Node {
        let root = self.query.root().clone();
        match self.dates {
            None => root,
            Some(range) => Node::Group(vec![
                Clause { occur: Occur::Must, node: root },
                Clause { occur: Occur::Must, node: Node::Dates(range) },
            ]),
        }
    }

    /// Ranks the best `stage` candidates anew; those after them stay where they are.
    fn rank(
        &self,
        plan: &Plan,
        mut candidates: Vec<Candidate>,
        stage: usize,
        lookup: &Lookup<'_>,
        lengths: &Lengths,
    ) -> tantivy::Result<Vec<Ranked>> {
        let wants_stage = self.second_stage && !candidates.is_empty() && !lookup.deadline.is_over();
        let stage = if wants_stage { stage.min(candidates.len()) } else { 0 };
        if stage < candidates.len() {
            candidates.sort_by_cached_key(|candidate| Reverse(candidate.rank()));
        }
        let rest = candidates.split_off(stage);
        let mut ranked = rerank(plan, &candidates, lookup, lengths, &self.ranking)?;
        ranked.sort_by_cached_key(|ranked| Reverse(ranked.candidate.rank()));
        ranked.extend(rest.into_iter().map(Ranked::of_first_stage));
        Ok(ranked)
    }

    /// The hits of the page.
    pub(super) fn page(&self, ranked: &[Ranked]) -> Vec<Ranked> {
        ranked.iter().copied().skip(self.offset).take(self.limit).collect()
    }

    /// Explains the hits of the page, where that was asked for.
    fn explanations(
        &self,
        plan: &Plan,
        ranked: &[Ranked],
        lookup: &Lookup<'_>,
        lengths: &Lengths,
    ) -> tantivy::Result<Vec<Option<Explanation>>> {
        let page = self.page(ranked);
        if !self.explain {
            return Ok(page.iter().map(|_| None).collect());
        }
        let candidates: Vec<Candidate> = page.iter().map(|ranked| ranked.candidate).collect();
        let words = explain_words(plan, &candidates, lookup, lengths, &self.ranking)?;
        Ok(page.iter().zip(words).map(|(ranked, words)| Some(ranked.parts.explanation(words))).collect())
    }

    /// Orders hits: by date when asked, and equal scores by id.
    fn order(&self, ranked: &mut [Ranked], snapshot: &Snapshot) -> Result<(), Error> {
        let failure = |error| self.index.failure("search", error);
        let searcher = snapshot.searcher();
        if self.sort != Sort::Relevance {
            let mut days = Vec::new();
            for segment in searcher.segment_readers() {
                days.push(segment.fast_fields().i64("day").map_err(failure)?);
            }
            let day = |ranked: &Ranked| {
                let address = ranked.candidate.address;
                days.get(address.segment_ord as usize).and_then(|column| column.first(address.doc_id))
            };
            ranked.sort_by_key(|ranked| match (day(ranked), self.sort) {
                (None, _) => i64::MAX,
                (Some(day), Sort::Oldest) => day,
                (Some(day), _) => -day,
            });
            return Ok(());
        }
        // Ids are read only where scores are equal and within sight.
        let sight = self.offset.saturating_add(self.limit).saturating_add(1).min(ranked.len());
        let mut start = 0;
        while start < sight {
            let key = |ranked: &Ranked| (ranked.candidate.as_typed, ranked.candidate.score.to_bits());
            let Some(first) = ranked.get(start).map(key) else { break };
            let same = ranked.iter().skip(start).take_while(|ranked| key(ranked) == first).count();
            if (2..=MAX_TIE).contains(&same) {
                order_by_id(ranked.get_mut(start..start + same).unwrap_or_default(), snapshot).map_err(failure)?;
            }
            start += same.max(1);
        }
        Ok(())
    }
}

/// Makes a hit of an article, with passages and lights where options for them are given.
fn hit(
    rank: usize,
    candidate: Candidate,
    explanation: Option<Explanation>,
    article: Article,
    passages: Option<&PassageOptions>,
    passager: &mut Passager<'_>,
) -> Hit {
    let (title_highlights, passages) = match passages {
        None => (Vec::new(), Vec::new()),
        Some(options) => {
            let mut passages = passager.passages(article.get_body(), article.line, options);
            if article.is_on_one_line {
                passages.iter_mut().for_each(|passage| passage.set_line(article.line));
            }
            (passager.highlight(article.get_title()), passages)
        }
    };
    Hit {
        rank,
        score: candidate.score,
        title_highlights,
        passages,
        article,
        duplicates: Vec::new(),
        as_typed: candidate.as_typed,
        shared: Vec::new(),
        explanation,
    }
}

fn order_by_id(ranked: &mut [Ranked], snapshot: &Snapshot) -> tantivy::Result<()> {
    let mut ids = HashMap::with_capacity(ranked.len());
    for address in ranked.iter().map(|ranked| ranked.candidate.address) {
        ids.insert(address, snapshot.id(address)?);
    }
    ranked.sort_by_cached_key(|ranked| ids.remove(&ranked.candidate.address));
    Ok(())
}
