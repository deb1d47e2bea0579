//! From a hit to its passages: whole sentences, with the matches lit.
//!
//! The way of the data, one part a file, each replaceable alone:
//!
//! 1. `matches` (with `phrases`): every place of the text that a query's [`Targets`] light;
//! 2. `sentences` (with `lines` and `vocabulary`): what a French sentence is;
//! 3. `candidates` and `score` (with `boilerplate`): the sentences that hold a match, and what each is worth;
//! 4. `select` (with `shorten` and `ruler`): those that are shown, within a length;
//! 5. `render`: a passage for a terminal, a page or a program.

mod boilerplate;
mod bytes;
mod candidates;
mod formulas;
mod lines;
mod matches;
mod options;
mod page_words;
mod phrases;
mod recurring;
mod render;
mod ruler;
mod score;
mod select;
mod sentences;
mod shorten;
mod skim;
mod target;
mod vocabulary;

use std::ops::Range;

use limier_french::{Analysis, FrenchAnalyzer};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use bytes::may_be_space;
use matches::{Matcher, Matches, Reading};
use select::Selection;

pub use boilerplate::{Boilerplate, ByForm};
#[cfg(feature = "files")]
pub(crate) use boilerplate::{lines_of_page, written_lines};
pub use options::{Measure, Order, PassageOptions};
pub(crate) use recurring::Recurring;
pub use render::{to_ansi, to_html};
pub use sentences::{Sentences, sentences};
pub use target::{PhraseTarget, Target, TargetKind, Targets};

/// A run of whole sentences of an article, shown for a hit, with its matches lit.
///
/// The text is the article's own: each run of white space, a line break too, is one space, and where a long sentence was
/// shortened ` … ` stands for the words left out (`… ` and ` …` at its ends). Nothing else is changed, so that the
/// highlights and [`start`](Passage::start) and [`end`](Passage::end) can be trusted byte by byte.
///
/// Serialized with the fields `text`, `highlights` (pairs of byte offsets), `start`, `end`, where it is known `line`, and
/// `boilerplate` where that is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    text: String,
    highlights: Vec<Range<usize>>,
    start: usize,
    end: usize,
    line: u32,
    is_boilerplate: bool,
    is_shortened: bool,
}

impl Passage {
    /// Returns the text, without marks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what is lit: byte ranges of [`text`](Passage::text) on character boundaries, ascending, not overlapping.
    pub fn highlights(&self) -> &[Range<usize>] {
        &self.highlights
    }

    /// Returns where the passage begins, in bytes of the article's body.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Returns where the passage ends, in bytes of the article's body.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Returns the line of the file that the passage begins in, from 1; 0 when it is not known.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Says that it stands on a line, whatever line breaks are before it.
    pub(crate) fn set_line(&mut self, line: u32) {
        self.line = line;
    }

    /// Tells whether words were left out of its sentences, because they are longer than a passage may be.
    pub fn is_shortened(&self) -> bool {
        self.is_shortened
    }

    /// Tells whether the passage is none of the author's words: the article matched in nothing better.
    pub fn is_boilerplate(&self) -> bool {
        self.is_boilerplate
    }

    /// Returns the passage for a terminal, its matches in bold and red: see [`to_ansi`].
    pub fn to_ansi(&self) -> String {
        to_ansi(&self.text, &self.highlights)
    }

    /// Returns the passage for a page in HTML: see [`to_html`].
    pub fn to_html(&self) -> String {
        to_html(&self.text, &self.highlights)
    }

    fn new(body: &str, selection: &Selection, matches: &Matches, first_line: u32) -> Passage {
        let start = selection.pieces.first().map_or(selection.stretch.start, |piece| piece.start);
        let end = selection.pieces.last().map_or(selection.stretch.end, |piece| piece.end);
        let breaks = || bytes::count(body.as_bytes().get(..start).unwrap_or_default(), |byte| byte == b'\n');
        let line = match first_line {
            0 => 0,
            first => first.saturating_add(u32::try_from(breaks()).unwrap_or(u32::MAX)),
        };
        let mut passage = Passage {
            text: String::with_capacity(end - start),
            highlights: Vec::new(),
            start,
            end,
            line,
            is_boilerplate: selection.is_boilerplate,
            is_shortened: selection.pieces != [selection.stretch.clone()],
        };
        if start > selection.stretch.start {
            passage.text.push_str("… ");
        }
        for (index, piece) in selection.pieces.iter().enumerate() {
            if index > 0 {
                passage.text.push_str(" … ");
            }
            passage.push(body, piece, matches);
        }
        if end < selection.stretch.end {
            passage.text.push_str(" …");
        }
        passage
    }

    /// Adds a piece of the body, white space folded, with its lights.
    fn push(&mut self, body: &str, piece: &Range<usize>, matches: &Matches) {
        let mut done = piece.start;
        let has_runs = body[piece.clone()].contains("  ");
        for light in matches.lights_in(piece) {
            // A match that is not whole is not lit.
            if light.start < done || light.end > piece.end {
                continue;
            }
            push_folded(&body[done..light.start], has_runs, &mut self.text);
            let from = self.text.len();
            push_folded(&body[light.clone()], has_runs, &mut self.text);
            self.highlights.push(from..self.text.len());
            done = light.end;
        }
        push_folded(&body[done..piece.end], has_runs, &mut self.text);
    }
}

/// Adds `text` with each run of white space as one space; a no-break space alone stays what it is.
///
/// `has_runs` is false only where no two spaces stand side by side.
fn push_folded(text: &str, has_runs: bool, out: &mut String) {
    let bytes = text.as_bytes();
    // What is as it should be is copied all at once; where single spaces are all there is, nothing else is looked at.
    let (mut done, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if !has_runs && (byte == b' ' || !may_be_space(byte)) {
            let other = |byte: u8| {
                (byte.wrapping_sub(b'\t') <= b'\r' - b'\t') | (byte == 0xC2) | (byte.wrapping_sub(0xE1) <= 2)
            };
            let ahead = bytes.get(at..).and_then(|rest| bytes::position(rest, other));
            let Some(ahead) = ahead else { break };
            // A space before it belongs to its run.
            let is_after_space = ahead > 0 && bytes.get(at + ahead - 1) == Some(&b' ');
            at += ahead - usize::from(is_after_space);
        }
        let Some(&byte) = bytes.get(at) else { break };
        let is_alone = || bytes.get(at + 1).is_none_or(|next| !may_be_space(*next));
        if !may_be_space(byte) || (byte == b' ' && is_alone()) {
            at += 1;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let run = rest.len() - rest.trim_start().len();
        // A letter of which such a byte is the first; no byte within a letter is one.
        if run == 0 {
            at += 1;
            continue;
        }
        let spaces = rest.get(..run).unwrap_or_default();
        let kept = match spaces {
            "\u{a0}" | "\u{202f}" | "\u{2009}" => spaces,
            _ => " ",
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(kept);
        at += run;
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let highlights: Vec<[usize; 2]> = self.highlights.iter().map(|light| [light.start, light.end]).collect();
        let fields = 4 + usize::from(self.line > 0) + usize::from(self.is_boilerplate);
        let mut state = serializer.serialize_struct("Passage", fields)?;
        state.serialize_field("text", &self.text)?;
        state.serialize_field("highlights", &highlights)?;
        state.serialize_field("start", &self.start)?;
        state.serialize_field("end", &self.end)?;
        if self.line > 0 {
            state.serialize_field("line", &self.line)?;
        }
        if self.is_boilerplate {
            state.serialize_field("boilerplate", &true)?;
        }
        state.end()
    }
}

/// Makes the passages of the hits of one search.
///
/// ```
/// use limier::passage::{PassageOptions, Passager, Target, TargetKind, Targets};
/// use limier_french::FrenchAnalyzer;
///
/// let analyzer = FrenchAnalyzer::new();
/// let stem = analyzer.analyze("avion").token(0).unwrap().stem.to_string();
/// let target = Target { kind: TargetKind::Stem, text: stem, word: 0, weight: 1.0 };
/// let targets = Targets { terms: vec![target], phrases: Vec::new(), words: 1 };
///
/// let mut passager = Passager::new(&analyzer, &targets);
/// let options = PassageOptions::new().context(0);
/// let passages = passager.passages("Il pleut. L’avion décolle. Il neige.", 1, &options);
/// assert_eq!(passages[0].to_html(), "L’<mark>avion</mark> décolle.");
/// assert_eq!(passager.highlight("Un avion en papier"), [3..8]);
/// ```
#[must_use = "a passager does nothing before it is given a text"]
pub struct Passager<'q> {
    analyzer: &'q FrenchAnalyzer,
    matcher: Matcher<'q>,
    boilerplate: &'q dyn Boilerplate,
    /// Used again from one article to the next.
    analysis: Analysis,
}

impl std::fmt::Debug for Passager<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passager").field("matcher", &self.matcher).finish_non_exhaustive()
    }
}

impl<'q> Passager<'q> {
    /// Prepares for one query; `analyzer` is the one that the query was planned with.
    pub fn new(analyzer: &'q FrenchAnalyzer, targets: &'q Targets) -> Passager<'q> {
        Passager { analyzer, matcher: Matcher::new(targets), boilerplate: &ByForm, analysis: Analysis::new() }
    }

    /// Replaces the detector of boilerplate, [`ByForm`] by default.
    pub fn boilerplate(mut self, boilerplate: &'q dyn Boilerplate) -> Passager<'q> {
        self.boilerplate = boilerplate;
        self
    }

    /// Returns the passages of one article.
    ///
    /// The sentences are chosen so that together they show as many words of the query as they can, do not repeat each
    /// other, and are the author's own; a match in boilerplate alone shows that line, marked as such. Where nothing of the
    /// body matches, the passage is the beginning of the article. Past 256 kilobytes, of a body only those parts are analyzed
    /// that may hold a word or a phrase of the query not found before. Time is linear in the body; memory beside it is a few
    /// hundred kilobytes and the matches.
    ///
    /// `first_line` is the line of the file that `body` begins in, from 1; 0 when it is not known.
    pub fn passages(&mut self, body: &str, first_line: u32, options: &PassageOptions) -> Vec<Passage> {
        let matches = self.matcher.find(self.analyzer, body, Reading::Enough, &mut self.analysis);
        let mut selections = select::select(body, &matches, self.matcher.words(), self.boilerplate, options);
        if matches.lights.is_empty() {
            selections.extend(select::lead(body, self.boilerplate, options));
        }
        selections.iter().map(|selection| Passage::new(body, selection, &matches, first_line)).collect()
    }

    /// Returns everything that is lit in a text, a title or a whole article: byte ranges on character boundaries,
    /// ascending, not overlapping.
    pub fn highlight(&mut self, text: &str) -> Vec<Range<usize>> {
        self.matcher.find(self.analyzer, text, Reading::Whole, &mut self.analysis).lights
    }
}
