//! The score of an article in the second stage.

use tantivy::DocId;

use super::Parts;
use super::cursors::{Cursors, Frequencies};
use super::places::{Places, proximity};
use crate::index::RankingColumns;
use crate::search::collect::Candidate;
use crate::search::evaluate::SegmentContext;
use crate::search::hits::WordExplanation;
use crate::search::plan::{LengthOf, Plan};
use crate::search::ranking::Ranking;

/// The words of the query in one segment, with cursors on their postings.
pub(super) struct Segment<'a> {
    context: &'a SegmentContext<'a>,
    ranking: &'a Ranking,
    words: Vec<Cursors<'a>>,
    columns: Option<&'a RankingColumns>,
    /// The weight of the whole query: the sum of its words' rarities.
    weight: f32,
    places: Places,
}

impl<'a> Segment<'a> {
    pub(super) fn open(
        plan: &'a Plan,
        context: &'a SegmentContext<'a>,
        ranking: &'a Ranking,
    ) -> tantivy::Result<Segment<'a>> {
        let mut words = Vec::with_capacity(plan.words.len());
        for word in plan.words.iter().filter(|word| word.rarity > 0.0) {
            words.push(Cursors::open(word, context)?);
        }
        Ok(Segment {
            context,
            ranking,
            weight: words.iter().map(|cursors| cursors.word.rarity).sum(),
            words,
            columns: context.lookup.columns(context.ordinal)?,
            places: Places::new(),
        })
    }

    /// Returns how often an article has each word.
    pub(super) fn explain(&mut self, doc: DocId) -> Vec<WordExplanation> {
        self.words.iter_mut().map(|cursors| cursors.explain(doc)).collect()
    }

    pub(super) fn score(&mut self, candidate: Candidate) -> tantivy::Result<Parts> {
        let doc = candidate.address.doc_id;
        let ranking = self.ranking;
        let mut parts = Parts::of_first_stage(candidate.score);
        let (body_norm, title_norm) = self.norms(doc);
        let saturate = |freq: f32, norm: f32| freq * (ranking.k1 + 1.0) / (freq + norm);
        let (mut had, mut in_title, mut title_score, mut title_exact_score) = (0.0, 0.0, 0.0, 0.0);
        let mut title_words = 0;
        let own_words = self.columns.and_then(|columns| columns.own_words.first(doc));
        let own_words = own_words.map_or(u32::MAX, |count| u32::try_from(count).unwrap_or(u32::MAX));
        for cursors in &mut self.words {
            let found = cursors.read(doc);
            if !found.are_some() {
                continue;
            }
            let Frequencies { body, title, mut body_exact, title_exact } = found;
            let rarity = cursors.worth;
            let of_page = cursors.leave_out_from(own_words);
            if of_page > 0 {
                let own = body.saturating_sub(of_page);
                let weighed = own as f32 + ranking.boilerplate * of_page as f32;
                let more = saturate(body as f32, body_norm) - saturate(weighed, body_norm);
                parts.boilerplate -= if cursors.word.mended { 0.0 } else { rarity * more };
                if own + title == 0 {
                    continue;
                }
                body_exact *= own as f32 / body as f32;
            }
            had += rarity;
            if title > 0 {
                in_title += rarity;
                title_words += 1;
            }
            if let Some(&first) = cursors.positions.first() {
                parts.lead += ranking.lead * rarity / (1.0 + first as f32 / ranking.lead_words);
            }
            if !cursors.word.mended {
                title_score += rarity * ranking.title * saturate(title as f32, title_norm);
                title_exact_score += rarity * ranking.title_exact * saturate(title_exact, title_norm);
                parts.exact += rarity * ranking.exact * saturate(body_exact, body_norm);
            }
        }
        let mut tells_apart = 0.0;
        if title_words > 0 {
            parts.same_titles = self.same_titles(doc)?;
            tells_apart = 1.0 / (parts.same_titles as f32).sqrt();
            let length = self.context.norms.title.length(doc).max(title_words) as f32;
            let share = in_title * title_words as f32 / length;
            parts.shared_title = title_score * (tells_apart - 1.0);
            parts.title = tells_apart * (title_exact_score + ranking.title_share * share);
        }
        if self.words.len() > 1 && self.weight > 0.0 {
            // A title is a passage too.
            let title_passage = tells_apart * in_title * (in_title / self.weight);
            parts.passage =
                ranking.passage * self.places.best_passage(&self.words, self.weight, ranking.window).max(title_passage);
            parts.coverage = ranking.coverage * had * (had / self.weight);
            parts.proximity = proximity(&self.words, ranking, body_norm, |cursors| &cursors.positions);
            if title_words > 1 {
                for cursors in &mut self.words {
                    cursors.read_title(doc)?;
                }
                parts.proximity +=
                    tells_apart * proximity(&self.words, ranking, title_norm, |cursors| &cursors.title_positions);
            }
        }
        Ok(parts)
    }

    fn norms(&self, doc: DocId) -> (f32, f32) {
        let context = self.context;
        let body = context.lengths.of(LengthOf::Body)[usize::from(context.norms.body.code(doc))];
        let title = context.lengths.of(LengthOf::Title)[usize::from(context.norms.title.code(doc))];
        (body, title)
    }

    fn same_titles(&self, doc: DocId) -> tantivy::Result<u32> {
        let hash = self.columns.and_then(|columns| columns.title_hash.first(doc));
        hash.map_or(Ok(1), |hash| self.context.lookup.same_titles(hash))
    }
}
