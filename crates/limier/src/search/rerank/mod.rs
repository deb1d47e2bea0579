//! The second stage: the best candidates ranked anew by what the first stage does not see.
//!
//! Where the words of the query stand in an article is read from positions: side by side, near each other, gathered in
//! one passage. The very forms of the query count on top of their stems, and a title that many articles share counts by
//! what it tells them apart.

// Cursors hold decoded blocks, one to two kilobytes each: boxed where they are made, they are never copied about.
#![allow(clippy::vec_box)]

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::collect::Candidate;
use super::evaluate::{Lengths, SegmentContext};
use super::hits::{Explanation, WordExplanation};
use super::lookup::{Lookup, TermSource};
use super::phrase::PhraseCursor;
use super::plan::{LengthOf, Plan, PlannedSynonym, PlannedWord, Slots};
use super::ranking::Ranking;
use crate::index::RankingColumns;

/// A candidate after the second stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) candidate: Candidate,
    pub(super) parts: Parts,
}

/// The parts of a score; what each is, [`Explanation`] says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    terms: f32,
    boilerplate: f32,
    shared_title: f32,
    same_titles: u32,
    title: f32,
    exact: f32,
    proximity: f32,
    passage: f32,
    lead: f32,
    coverage: f32,
}

impl Ranked {
    /// A candidate that the second stage did not look at.
    pub(super) fn of_first_stage(candidate: Candidate) -> Ranked {
        Ranked { candidate, parts: Parts::of_first_stage(candidate.score) }
    }
}

impl Parts {
    fn of_first_stage(terms: f32) -> Parts {
        Parts { terms, same_titles: 1, ..Parts::default() }
    }

    fn score(&self) -> f32 {
        self.terms
            + self.boilerplate
            + self.shared_title
            + self.title
            + self.exact
            + self.proximity
            + self.passage
            + self.lead
            + self.coverage
    }

    pub(super) fn explanation(&self, words: Vec<WordExplanation>) -> Explanation {
        let Parts { terms, boilerplate, shared_title, same_titles, title, exact, proximity, passage, lead, coverage } =
            *self;
        Explanation {
            terms,
            boilerplate,
            shared_title,
            same_titles,
            title,
            exact,
            proximity,
            passage,
            lead,
            coverage,
            words,
        }
    }
}

/// Scores every candidate anew; the order is kept, sorting is the caller's.
pub(super) fn rerank(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Ranked>> {
    if !plan.words.iter().any(PlannedWord::can_be_placed) {
        // Prefixes, phrases and dates score in the first stage alone.
        return Ok(candidates.iter().copied().map(Ranked::of_first_stage).collect());
    }
    in_order_of_postings(plan, candidates, lookup, lengths, ranking, |segment, candidate| {
        let parts = segment.score(candidate)?;
        Ok(Ranked { candidate: Candidate { score: parts.score(), ..candidate }, parts })
    })
}

/// Returns how often each candidate has each word of the query.
pub(super) fn explain_words(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Vec<WordExplanation>>> {
    in_order_of_postings(plan, candidates, lookup, lengths, ranking, |segment, candidate| {
        Ok(segment.words.iter_mut().map(|cursors| cursors.explain(candidate.address.doc_id)).collect())
    })
}

/// Does `work` for each candidate and returns the results in the order of the candidates: postings are read forwards,
/// segment by segment, articles ascending.
fn in_order_of_postings<T>(
    plan: &Plan,
    candidates: &[Candidate],
    lookup: &Lookup<'_>,
    lengths: &Lengths,
    ranking: &Ranking,
    mut work: impl FnMut(&mut Segment<'_>, Candidate) -> tantivy::Result<T>,
) -> tantivy::Result<Vec<T>> {
    let mut order: Vec<(usize, Candidate)> = candidates.iter().copied().enumerate().collect();
    order.sort_unstable_by_key(|(_, candidate)| (candidate.address.segment_ord, candidate.address.doc_id));
    let mut results: Vec<Option<T>> = candidates.iter().map(|_| None).collect();
    for of_segment in order.chunk_by(|(_, a), (_, b)| a.address.segment_ord == b.address.segment_ord) {
        let Some((_, first)) = of_segment.first() else { continue };
        let context = SegmentContext::new(first.address.segment_ord as usize, lookup, lengths, ranking.k1)?;
        let mut segment = Segment::open(plan, &context, ranking)?;
        for &(rank, candidate) in of_segment {
            let result = work(&mut segment, candidate)?;
            if let Some(slot) = results.get_mut(rank) {
                *slot = Some(result);
            }
        }
    }
    Ok(results.into_iter().flatten().collect())
}

/// The words of the query in one segment, with cursors on their postings.
struct Segment<'a> {
    context: &'a SegmentContext<'a>,
    ranking: &'a Ranking,
    words: Vec<Cursors<'a>>,
    columns: Option<&'a RankingColumns>,
    /// The weight of the whole query: the sum of its words' rarities.
    weight: f32,
    /// Scratch: where words stand, ascending: the position in the upper half, the word in the lower.
    places: Vec<u64>,
    /// Scratch: how often each word stands in a stretch of text.
    counts: Vec<u32>,
}

struct Cursors<'a> {
    word: &'a PlannedWord,
    body: Vec<Box<SegmentPostings>>,
    title: Vec<Box<SegmentPostings>>,
    body_exact: Vec<Members>,
    title_exact: Vec<Members>,
    synonyms: Vec<SynonymCursors<'a>>,
    /// What the word is worth in the current article: its rarity, or less where a synonym stands for it.
    worth: f32,
    /// Scratch: positions in the body and the title of the current article.
    positions: Vec<u32>,
    title_positions: Vec<u32>,
}

struct SynonymCursors<'a> {
    synonym: &'a PlannedSynonym,
    body: Vec<PhraseCursor>,
    title: Vec<PhraseCursor>,
}

impl<'a> SynonymCursors<'a> {
    fn open(synonym: &'a PlannedSynonym, context: &SegmentContext<'_>) -> tantivy::Result<SynonymCursors<'a>> {
        let open = |readings: &[Slots]| -> tantivy::Result<Vec<PhraseCursor>> {
            let mut opened = Vec::with_capacity(readings.len());
            for slots in readings {
                opened.extend(PhraseCursor::open(slots, context)?);
            }
            Ok(opened)
        };
        Ok(SynonymCursors { synonym, body: open(&synonym.body)?, title: open(&synonym.title)? })
    }

    /// Adds where it stands in the body and the title of an article, and tells whether it does.
    fn read(&mut self, doc: DocId, body: &mut Vec<u32>, title: &mut Vec<u32>) -> bool {
        let before = body.len() + title.len();
        self.body.iter_mut().for_each(|cursor| cursor.positions(doc, body));
        self.title.iter_mut().for_each(|cursor| cursor.positions(doc, title));
        body.len() + title.len() > before
    }
}

/// The articles that have a term, asked about in ascending order.
enum Members {
    Few(Vec<DocId>),
    Many(Box<BlockSegmentPostings>),
}

impl Members {
    fn open(source: &TermSource, context: &SegmentContext<'_>) -> tantivy::Result<Option<Members>> {
        let few = source.read_few(context.ordinal, context.lookup, |docs, _| docs.to_vec())?;
        if let Some(docs) = few {
            return Ok(Some(Members::Few(docs)));
        }
        Ok(source.blocks(context.ordinal, context.lookup)?.map(Members::Many))
    }

    fn have(&mut self, doc: DocId) -> bool {
        match self {
            Members::Few(docs) => docs.binary_search(&doc).is_ok(),
            Members::Many(blocks) => {
                let at = blocks.seek(doc);
                blocks.docs().get(at) == Some(&doc)
            }
        }
    }
}

/// How often an article has a word: by any of its forms, and in the form of the query.
///
/// Of the form of the query the index tells only whether it is there, which makes an index a tenth smaller than counting
/// it would; [`EXACT_SHARE`] stands in for the count, and ranks as well.
#[derive(Clone, Copy, Default)]
struct Frequencies {
    body: u32,
    title: u32,
    body_exact: f32,
    title_exact: f32,
}

impl Frequencies {
    fn are_some(&self) -> bool {
        self.body + self.title > 0 || self.body_exact + self.title_exact > 0.0
    }
}

/// Positions that there is room for at first: few texts have a word more often.
const POSITIONS: usize = 64;

/// Where a word stands in the form of the query, the share of its other occurrences that are taken to be in that form.
/// From a sweep over the development collections: 1, 0.7, 0.5 and 0.3 rank within a thousandth of each other.
const EXACT_SHARE: f32 = 0.7;

impl<'a> Cursors<'a> {
    fn open(word: &'a PlannedWord, context: &SegmentContext<'_>) -> tantivy::Result<Cursors<'a>> {
        let stems = |sources: &[TermSource]| -> tantivy::Result<Vec<Box<SegmentPostings>>> {
            let mut opened = Vec::with_capacity(sources.len());
            for source in sources {
                opened.extend(source.postings(context.ordinal, context.lookup)?);
            }
            Ok(opened)
        };
        let exacts = |sources: &[TermSource]| -> tantivy::Result<Vec<Members>> {
            let mut opened = Vec::with_capacity(sources.len());
            for source in sources {
                opened.extend(Members::open(source, context)?);
            }
            Ok(opened)
        };
        Ok(Cursors {
            word,
            body: stems(&word.body)?,
            title: stems(&word.title)?,
            body_exact: exacts(&word.body_exact)?,
            title_exact: exacts(&word.title_exact)?,
            synonyms: word
                .synonyms
                .iter()
                .map(|synonym| SynonymCursors::open(synonym, context))
                .collect::<tantivy::Result<_>>()?,
            worth: word.rarity,
            positions: Vec::with_capacity(POSITIONS),
            title_positions: Vec::new(),
        })
    }

    /// Reads the positions of the word in an article, or where it has none those of its synonyms, and counts them.
    fn read(&mut self, doc: DocId) -> Frequencies {
        self.worth = self.word.rarity;
        let own = self.read_own(doc);
        if self.synonyms.is_empty() || own.are_some() {
            return own;
        }
        let (body, title) = (&mut self.positions, &mut self.title_positions);
        let found = self
            .synonyms
            .iter_mut()
            .filter_map(|cursors| cursors.read(doc, body, title).then_some(cursors.synonym.rarity));
        self.worth = found.fold(0.0, f32::max);
        for positions in [body, title] {
            positions.sort_unstable();
            positions.dedup();
        }
        let count = |positions: &[u32]| u32::try_from(positions.len()).unwrap_or(u32::MAX);
        Frequencies { body: count(&self.positions), title: count(&self.title_positions), ..Frequencies::default() }
    }

    /// Leaves out the positions in the body from `own_words` on, where its boilerplate is indexed, and returns how many.
    fn leave_out_from(&mut self, own_words: u32) -> u32 {
        let own = self.positions.partition_point(|&position| position < own_words);
        let left_out = self.positions.len() - own;
        self.positions.truncate(own);
        u32::try_from(left_out).unwrap_or(u32::MAX)
    }

    /// Reads the positions in the title, where the word was counted without them.
    fn read_title(&mut self, doc: DocId) {
        if let [only] = self.title.as_mut_slice()
            && self.title_positions.is_empty()
            && seek(only, doc)
        {
            only.append_positions_with_offset(0, &mut self.title_positions);
        }
    }

    /// Reads the positions of the word itself in an article, and counts them; those in the title only where several terms
    /// may stand at one, for most often nothing else asks for them.
    fn read_own(&mut self, doc: DocId) -> Frequencies {
        read_positions(&mut self.body, doc, &mut self.positions);
        let body = u32::try_from(self.positions.len()).unwrap_or(u32::MAX);
        self.title_positions.clear();
        let title = match self.title.as_mut_slice() {
            [only] => {
                if seek(only, doc) {
                    only.term_freq()
                } else {
                    0
                }
            }
            several => {
                read_positions(several, doc, &mut self.title_positions);
                u32::try_from(self.title_positions.len()).unwrap_or(u32::MAX)
            }
        };
        // Without stems, as of a word that was mended, the forms alone tell.
        let by_form = self.body.is_empty() && self.title.is_empty();
        let count = |members: &mut [Members], stems: u32| {
            let is_there = (stems > 0 || by_form) && members.iter_mut().any(|members| members.have(doc));
            if is_there { 1.0 + EXACT_SHARE * stems.saturating_sub(1) as f32 } else { 0.0 }
        };
        let (body_exact, title_exact) = (count(&mut self.body_exact, body), count(&mut self.title_exact, title));
        Frequencies { body, title, body_exact, title_exact }
    }

    fn explain(&mut self, doc: DocId) -> WordExplanation {
        let Frequencies { body, title, body_exact, title_exact } = self.read_own(doc);
        let is_exact = body_exact + title_exact > 0.0;
        let (mut in_body, mut in_title) = (Vec::new(), Vec::new());
        let found = self
            .synonyms
            .iter_mut()
            .filter_map(|cursors| cursors.read(doc, &mut in_body, &mut in_title).then(|| cursors.synonym.text.clone()));
        let synonyms = found.collect();
        WordExplanation { word: self.word.surface.clone(), rarity: self.word.rarity, title, body, is_exact, synonyms }
    }
}

impl<'a> Segment<'a> {
    fn open(plan: &'a Plan, context: &'a SegmentContext<'a>, ranking: &'a Ranking) -> tantivy::Result<Segment<'a>> {
        let words = plan.words.iter().filter(|word| word.rarity > 0.0);
        let words: Vec<Cursors<'_>> = words.map(|word| Cursors::open(word, context)).collect::<tantivy::Result<_>>()?;
        Ok(Segment {
            context,
            ranking,
            weight: words.iter().map(|cursors| cursors.word.rarity).sum(),
            words,
            columns: context.lookup.columns(context.ordinal)?,
            places: Vec::with_capacity(POSITIONS),
            counts: Vec::new(),
        })
    }

    fn score(&mut self, candidate: Candidate) -> tantivy::Result<Parts> {
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
            parts.passage = ranking.passage * self.best_passage().max(title_passage);
            parts.coverage = ranking.coverage * had * (had / self.weight);
            parts.proximity = self.proximity(body_norm, |cursors| &cursors.positions);
            if title_words > 1 {
                self.words.iter_mut().for_each(|cursors| cursors.read_title(doc));
                parts.proximity += tells_apart * self.proximity(title_norm, |cursors| &cursors.title_positions);
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

    /// What neighbouring words of the query are worth where they stand side by side, or near each other.
    fn proximity(&self, norm: f32, positions: for<'c> fn(&'c Cursors<'a>) -> &'c [u32]) -> f32 {
        /// Words within this many positions are near.
        const NEAR: u32 = 8;
        let (ranking, mut sum) = (self.ranking, 0.0);
        let saturate = |freq: u32| freq as f32 * (ranking.k1 + 1.0) / (freq as f32 + norm);
        for pair in self.words.windows(2) {
            let [first, second] = pair else { continue };
            let rarity = first.worth.min(second.worth);
            let apart = second.word.position.saturating_sub(first.word.position);
            let (first, second) = (positions(first), positions(second));
            if first.is_empty() || second.is_empty() {
                continue;
            }
            let (mut adjacent, mut near) = (0, 0);
            let mut from = 0;
            for &position in first {
                // Both lists ascend, so the search goes on where the last one ended.
                while second.get(from).is_some_and(|&other| other + NEAR < position) {
                    from += 1;
                }
                let around = second.get(from..).unwrap_or_default();
                let mut around = around.iter().take_while(|&&other| other <= position + NEAR).peekable();
                near += u32::from(around.peek().is_some());
                adjacent += u32::from(around.any(|&other| other.checked_sub(position) == Some(apart.max(1))));
            }
            sum += rarity * (ranking.pair * saturate(adjacent) + ranking.near * saturate(near));
        }
        sum
    }

    /// The weight of the query's distinct words within the best stretch of [`Ranking::window`] words.
    fn best_passage(&mut self) -> f32 {
        self.places.clear();
        for (index, cursors) in self.words.iter().enumerate() {
            merge(&mut self.places, &cursors.positions, index);
        }
        let counts = &mut self.counts;
        counts.clear();
        counts.resize(self.words.len(), 0);
        let (mut sum, mut best, mut tail) = (0.0_f32, 0.0_f32, 0);
        let rarity = |index: usize| self.words.get(index).map_or(0.0, |cursors| cursors.worth);
        let parted = |place: u64| (place >> 32, (place & u64::from(u32::MAX)) as usize);
        for (position, index) in self.places.iter().map(|&place| parted(place)) {
            while let Some((first, left)) = self.places.get(tail).map(|&place| parted(place))
                && first + u64::from(self.ranking.window) <= position
            {
                if let Some(count) = counts.get_mut(left) {
                    *count -= 1;
                    sum -= if *count == 0 { rarity(left) } else { 0.0 };
                }
                tail += 1;
            }
            if let Some(count) = counts.get_mut(index) {
                sum += if *count == 0 { rarity(index) } else { 0.0 };
                *count += 1;
            }
            best = best.max(sum);
        }
        best * (best / self.weight)
    }
}

/// Puts the positions of a word, ascending, among places in their order: from behind, so that each place moves once.
fn merge(places: &mut Vec<u64>, positions: &[u32], word: usize) {
    let mut left = places.len();
    let mut free = left + positions.len();
    places.resize(free, 0);
    for &position in positions.iter().rev() {
        let new = (u64::from(position) << 32) | word as u64;
        while let Some(&last) = left.checked_sub(1).and_then(|at| places.get(at)).filter(|&&last| last > new) {
            (left, free) = (left - 1, free - 1);
            if let Some(slot) = places.get_mut(free) {
                *slot = last;
            }
        }
        free = free.saturating_sub(1);
        if let Some(slot) = places.get_mut(free) {
            *slot = new;
        }
    }
}

/// Reads the positions of all terms in `doc`, ascending.
fn read_positions(cursors: &mut [Box<SegmentPostings>], doc: DocId, positions: &mut Vec<u32>) {
    positions.clear();
    for cursor in cursors.iter_mut() {
        if seek(cursor, doc) {
            cursor.append_positions_with_offset(0, positions);
        }
    }
    if cursors.len() > 1 {
        positions.sort_unstable();
        positions.dedup();
    }
}

fn seek(cursor: &mut SegmentPostings, doc: DocId) -> bool {
    if cursor.doc() == TERMINATED {
        return false;
    }
    (if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() }) == doc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_words_are_merged_in_their_order() {
        let words: [&[u32]; 5] = [&[3, 9, 12], &[], &[1, 9, 40, 41], &[9], &[0, 50]];
        let mut places = Vec::new();
        for (word, positions) in words.into_iter().enumerate() {
            merge(&mut places, positions, word);
        }
        let place = |(word, positions): (usize, &[u32])| -> Vec<u64> {
            positions.iter().map(|&position| (u64::from(position) << 32) | word as u64).collect()
        };
        let mut expected: Vec<u64> = words.into_iter().enumerate().flat_map(place).collect();
        expected.sort_unstable();
        assert_eq!(places, expected);
    }
}
