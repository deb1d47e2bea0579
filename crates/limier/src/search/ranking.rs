//! The constants of ranking, in one place.

/// How the parts of a score are weighed.
///
/// The defaults are the one set for every collection; `limier-bench tune` prints the table they were read from
/// (kept in `ARCHITECTURE.md`).
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// BM25 saturation of term frequencies, above 0.
    pub k1: f32,
    /// BM25 length normalisation of bodies, 0 to 1.
    pub b: f32,
    /// BM25 length normalisation of titles, 0 to 1.
    pub title_b: f32,
    /// Worth of a stem in the title, against 1 in the body.
    pub title: f32,
    /// Worth of an exact term in the body, against 1 for a stem.
    pub exact: f32,
    /// Worth of an exact term in the title.
    pub title_exact: f32,
    /// Worth of the query's words in the title, times the share of the title that they are.
    pub title_share: f32,
    /// Worth of a word at the very beginning of the body.
    pub lead: f32,
    /// Words after which the worth of [`Ranking::lead`] is halved.
    pub lead_words: f32,
    /// Worth of a word in lines that are none of the author's, against 1 in the text; set by hand: people do look for a line of
    /// a page, but never first.
    pub boilerplate: f32,
    /// Worth of two query words side by side, in the order of the query.
    pub pair: f32,
    /// Worth of two query words near each other, in any order.
    pub near: f32,
    /// Worth of the best passage: the share of the query's weight that stands within [`Ranking::window`] words.
    pub passage: f32,
    /// Words in a passage, for its worth.
    pub window: u32,
    /// Worth of the share of the query's weight that the article has at all.
    pub coverage: f32,
    /// Worth of a quoted phrase, against the sum of its words.
    pub phrase: f32,
    /// Worth of a word found by mending, against one found as typed. From a sweep over questions with planted slips
    /// (`limier-bench tune --slips 1`): 0.8 to 1.25 rank within half a per cent of each other, 0.5 a per cent below.
    pub mended: f32,
    /// Worth of a synonym, against the word as typed; set by hand, since no collection has synonyms.
    pub synonym: f32,
    /// Articles that the second stage looks at.
    pub candidates: usize,
}

impl Default for Ranking {
    fn default() -> Ranking {
        Ranking {
            k1: 1.0,
            b: 0.75,
            title_b: 0.5,
            title: 1.5,
            exact: 0.4,
            title_exact: 0.7,
            title_share: 1.0,
            lead: 0.9,
            lead_words: 20.0,
            boilerplate: 0.2,
            pair: 0.3,
            near: 0.1,
            passage: 0.25,
            window: 40,
            coverage: 0.3,
            phrase: 1.5,
            mended: 0.9,
            synonym: 0.5,
            candidates: 40,
        }
    }
}
