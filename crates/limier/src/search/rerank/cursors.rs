//! A word of the query in one segment: how often each article has it, and where.

// Cursors hold decoded blocks, one to two kilobytes each: boxed where they are made, they are never copied about.
#![allow(clippy::vec_box)]

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use crate::search::evaluate::SegmentContext;
use crate::search::hits::WordExplanation;
use crate::search::lookup::TermSource;
use crate::search::phrase::PhraseCursor;
use crate::search::plan::{PlannedSynonym, PlannedWord, Slots};

/// Positions that there is room for at first: few texts have a word more often.
pub(super) const POSITIONS: usize = 64;

/// Where a word stands in the form of the query, the share of its other occurrences that are taken to be in that form.
/// From a sweep over the development collections: 1, 0.7, 0.5 and 0.3 rank within a thousandth of each other.
const EXACT_SHARE: f32 = 0.7;

/// How often an article has a word: by any of its forms, and in the form of the query.
///
/// Of the form of the query the index tells only whether it is there, which makes an index a tenth smaller than counting
/// it would; [`EXACT_SHARE`] stands in for the count, and ranks as well.
#[derive(Clone, Copy, Default)]
pub(super) struct Frequencies {
    pub(super) body: u32,
    pub(super) title: u32,
    pub(super) body_exact: f32,
    pub(super) title_exact: f32,
}

impl Frequencies {
    pub(super) fn are_some(&self) -> bool {
        self.body + self.title > 0 || self.body_exact + self.title_exact > 0.0
    }
}

/// A word on its way through a segment, asked about articles in ascending order.
pub(super) struct Cursors<'a> {
    pub(super) word: &'a PlannedWord,
    context: &'a SegmentContext<'a>,
    body: Vec<Box<SegmentPostings>>,
    title: Titles<'a>,
    body_exact: Vec<Members>,
    title_exact: Vec<Members>,
    synonyms: Vec<SynonymCursors<'a>>,
    /// What the word is worth in the current article: its rarity, or less where a synonym stands for it.
    pub(super) worth: f32,
    /// Scratch: positions in the body and the title of the current article.
    pub(super) positions: Vec<u32>,
    pub(super) title_positions: Vec<u32>,
}

impl<'a> Cursors<'a> {
    pub(super) fn open(word: &'a PlannedWord, context: &'a SegmentContext<'a>) -> tantivy::Result<Cursors<'a>> {
        let synonyms = word.synonyms.iter().map(|synonym| SynonymCursors::open(synonym, context));
        Ok(Cursors {
            word,
            context,
            body: open_all(&word.body, context)?,
            title: Titles::open(&word.title, context)?,
            body_exact: Members::open_all(&word.body_exact, context)?,
            title_exact: Members::open_all(&word.title_exact, context)?,
            synonyms: synonyms.collect::<tantivy::Result<_>>()?,
            worth: word.rarity,
            positions: Vec::with_capacity(POSITIONS),
            title_positions: Vec::new(),
        })
    }

    /// Reads the positions of the word in an article, or where it has none those of its synonyms, and counts them.
    pub(super) fn read(&mut self, doc: DocId) -> Frequencies {
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
    pub(super) fn leave_out_from(&mut self, own_words: u32) -> u32 {
        let own = self.positions.partition_point(|&position| position < own_words);
        let left_out = self.positions.len() - own;
        self.positions.truncate(own);
        u32::try_from(left_out).unwrap_or(u32::MAX)
    }

    /// Reads the positions in the title, where the word was counted without them.
    pub(super) fn read_title(&mut self, doc: DocId) -> tantivy::Result<()> {
        if self.title_positions.is_empty() {
            self.title.read_positions(doc, self.context, &mut self.title_positions)?;
        }
        Ok(())
    }

    /// Reads the positions of the word itself in an article, and counts them; those in the title only where several terms
    /// may stand at one, for most often nothing else asks for them.
    fn read_own(&mut self, doc: DocId) -> Frequencies {
        read_positions(&mut self.body, doc, &mut self.positions);
        let body = u32::try_from(self.positions.len()).unwrap_or(u32::MAX);
        self.title_positions.clear();
        let title = self.title.count(doc, &mut self.title_positions);
        // Without stems, as of a word that was mended, the forms alone tell.
        let by_form = self.body.is_empty() && self.title.is_empty();
        let count = |members: &mut [Members], stems: u32| {
            let is_there = (stems > 0 || by_form) && members.iter_mut().any(|members| members.have(doc));
            if is_there { 1.0 + EXACT_SHARE * stems.saturating_sub(1) as f32 } else { 0.0 }
        };
        let (body_exact, title_exact) = (count(&mut self.body_exact, body), count(&mut self.title_exact, title));
        if self.word.form_alone && body_exact + title_exact == 0.0 {
            self.positions.clear();
            self.title_positions.clear();
            return Frequencies::default();
        }
        Frequencies { body, title, body_exact, title_exact }
    }

    pub(super) fn explain(&mut self, doc: DocId) -> WordExplanation {
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

/// The titles that have a word.
enum Titles<'a> {
    /// Those of one term that few have: to open its positions costs more than to read all of them, and these are seldom asked for.
    Few {
        source: &'a TermSource,
        docs: Vec<DocId>,
        freqs: Vec<u32>,
        postings: Option<Box<SegmentPostings>>,
    },
    Postings(Vec<Box<SegmentPostings>>),
}

impl<'a> Titles<'a> {
    fn open(sources: &'a [TermSource], context: &SegmentContext<'_>) -> tantivy::Result<Titles<'a>> {
        if let [source] = sources {
            let few =
                source.read_few(context.ordinal, context.lookup, |docs, freqs| (docs.to_vec(), freqs.to_vec()))?;
            if let Some((docs, freqs)) = few {
                return Ok(Titles::Few { source, docs, freqs, postings: None });
            }
        }
        Ok(Titles::Postings(open_all(sources, context)?))
    }

    fn is_empty(&self) -> bool {
        matches!(self, Titles::Postings(postings) if postings.is_empty())
    }

    /// Counts the word in a title; where several terms may stand at one position, by reading these.
    fn count(&mut self, doc: DocId, positions: &mut Vec<u32>) -> u32 {
        match self {
            Titles::Few { docs, freqs, .. } => {
                docs.binary_search(&doc).map_or(0, |at| freqs.get(at).copied().unwrap_or(1))
            }
            Titles::Postings(postings) => match postings.as_mut_slice() {
                [only] => {
                    if seek(only, doc) {
                        only.term_freq()
                    } else {
                        0
                    }
                }
                several => {
                    read_positions(several, doc, positions);
                    u32::try_from(positions.len()).unwrap_or(u32::MAX)
                }
            },
        }
    }

    /// Reads the positions of its one term in a title; those of several were read to be counted.
    fn read_positions(
        &mut self,
        doc: DocId,
        context: &SegmentContext<'_>,
        positions: &mut Vec<u32>,
    ) -> tantivy::Result<()> {
        let only = match self {
            Titles::Few { docs, .. } if docs.binary_search(&doc).is_err() => None,
            Titles::Few { source, postings, .. } => {
                if postings.is_none() {
                    *postings = source.postings(context.ordinal, context.lookup)?;
                }
                postings.as_mut()
            }
            Titles::Postings(postings) => match postings.as_mut_slice() {
                [only] => Some(only),
                _ => None,
            },
        };
        if let Some(only) = only
            && seek(only, doc)
        {
            only.append_positions_with_offset(0, positions);
        }
        Ok(())
    }
}

/// The articles that have a term, asked about in ascending order.
enum Members {
    Few(Vec<DocId>),
    Many(Box<BlockSegmentPostings>),
}

impl Members {
    fn open_all(sources: &[TermSource], context: &SegmentContext<'_>) -> tantivy::Result<Vec<Members>> {
        let mut opened = Vec::with_capacity(sources.len());
        for source in sources {
            let few = source.read_few(context.ordinal, context.lookup, |docs, _| docs.to_vec())?;
            match few {
                Some(docs) => opened.push(Members::Few(docs)),
                None => opened.extend(source.blocks(context.ordinal, context.lookup)?.map(Members::Many)),
            }
        }
        Ok(opened)
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

/// Opens the postings of terms in a segment.
fn open_all(sources: &[TermSource], context: &SegmentContext<'_>) -> tantivy::Result<Vec<Box<SegmentPostings>>> {
    let mut opened = Vec::with_capacity(sources.len());
    for source in sources {
        opened.extend(source.postings(context.ordinal, context.lookup)?);
    }
    Ok(opened)
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
