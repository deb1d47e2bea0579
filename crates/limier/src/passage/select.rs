//! Which sentences are shown: those that answer most of the query together, with what stands beside them.

use std::collections::HashSet;
use std::ops::Range;

use super::boilerplate::Boilerplate;
use super::candidates::{Candidate, beside, candidates, is_heading};
use super::lines::Blocks;
use super::matches::Matches;
use super::options::{Order, PassageOptions};
use super::ruler::Ruler;
use super::score::Scorer;
use super::sentences::Sentences;
use super::shorten::shorten;

/// Two sentences that share this part of their words say the same.
const SAME: f32 = 0.6;
/// Sentences that repeat a passage are passed over this often before giving up.
const PATIENCE: usize = 16;
/// Blocks looked at for the beginning of an article.
const LEAD_BLOCKS: usize = 64;
/// A sentence shorter than this many bytes is no beginning: a place, a date, a name.
const SHORTEST_LEAD: usize = 40;
/// Bytes that a character of French takes, with room to spare, to bound what is looked at for context.
const BYTES_A_CHAR: usize = 2;

/// What is shown of a stretch of whole sentences.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Selection {
    /// The whole sentences.
    pub(super) stretch: Range<usize>,
    /// What is shown of them, ascending; all, unless it is too long.
    pub(super) pieces: Vec<Range<usize>>,
    /// Whether it is none of the author's words.
    pub(super) is_boilerplate: bool,
}

/// Chooses the passages of a text with matches; none when it has no match.
pub(super) fn select(
    text: &str,
    matches: &Matches,
    words: usize,
    boilerplate: &dyn Boilerplate,
    options: &PassageOptions,
) -> Vec<Selection> {
    let mut candidates = candidates(text, matches, boilerplate);
    let mut scorer = Scorer::new(words);
    let mut selected: Vec<Selection> = Vec::new();
    let mut patience = PATIENCE;
    while selected.len() < options.count && patience > 0 {
        let Some(index) = best(&candidates, matches, &mut scorer, selected.is_empty()) else { break };
        let Some(candidate) = candidates.get_mut(index) else { break };
        candidate.is_used = true;
        let sentence = &text[candidate.sentence.clone()];
        if selected.iter().any(|shown| repeats(&text[shown.stretch.clone()], sentence)) {
            // What recurs word for word, a refrain or a formula, is passed over once for all.
            for other in &mut candidates {
                other.is_used |= &text[other.sentence.clone()] == sentence;
            }
            patience -= 1;
            continue;
        }
        let selection = widen(text, candidate, matches, &mut scorer, &selected, options);
        for other in &mut candidates {
            other.is_used |=
                other.sentence.start < selection.stretch.end && selection.stretch.start < other.sentence.end;
        }
        selected.push(selection);
    }
    if options.order == Order::Text {
        selected.sort_by_key(|selection| selection.stretch.start);
    }
    selected
}

/// Returns the worthiest candidate; one in boilerplate only where `or_boilerplate` and there is no other.
fn best(candidates: &[Candidate], matches: &Matches, scorer: &mut Scorer, or_boilerplate: bool) -> Option<usize> {
    let mut of_kind = |is_boilerplate: bool| {
        let mut best: Option<(usize, f32)> = None;
        for (index, candidate) in candidates.iter().enumerate() {
            if candidate.is_used || candidate.is_boilerplate != is_boilerplate {
                continue;
            }
            let words = matches.words_in(&candidate.sentence);
            let worth = scorer.worth(&candidate.sentence, words, candidate.is_heading);
            if best.is_none_or(|(_, most)| worth > most) {
                best = Some((index, worth));
            }
        }
        best.map(|(index, _)| index)
    };
    of_kind(false).or_else(|| if or_boilerplate { of_kind(true) } else { None })
}

/// Adds sentences on either side while there is room, or shortens the sentence when there is not.
fn widen(
    text: &str,
    candidate: &Candidate,
    matches: &Matches,
    scorer: &mut Scorer,
    selected: &[Selection],
    options: &PassageOptions,
) -> Selection {
    let budget = options.max_chars;
    let mut stretch = candidate.sentence.clone();
    let is_boilerplate = candidate.is_boilerplate;
    let reach = budget.saturating_mul(BYTES_A_CHAR);
    let (before, behind) = match is_boilerplate {
        true => (Vec::new(), Vec::new()),
        false => beside(text, &candidate.block, &stretch, reach),
    };
    let from = before.last().map_or(stretch.start, |sentence| sentence.start);
    let to = behind.last().map_or(stretch.end, |sentence| sentence.end);
    let ruler = Ruler::new(text, from..to, options.measure);
    if ruler.length(&stretch) > options.max_sentence {
        let pieces = shorten(text, &stretch, matches, &ruler, budget);
        pieces.iter().for_each(|piece| scorer.show(matches.words_in(piece)));
        return Selection { stretch, pieces, is_boilerplate };
    }
    scorer.show(matches.words_in(&stretch));
    let mut sides = [(before.iter(), options.context), (behind.iter(), options.context)];
    // What leans on the sentence before it is read with that one; else the story goes on.
    let mut turn = usize::from(!leans_back(&text[stretch.clone()]));
    let mut stuck = 0;
    while stuck < 2 {
        stuck += 1;
        let Some((side, context)) = sides.get_mut(turn) else { break };
        if let Some(sentence) = side.as_slice().first() {
            let wider = stretch.start.min(sentence.start)..stretch.end.max(sentence.end);
            let is_news = scorer.has_news(matches.words_in(sentence));
            let is_free =
                selected.iter().all(|shown| wider.end <= shown.stretch.start || shown.stretch.end <= wider.start);
            let is_whole =
                matches.lights_in(&wider).iter().all(|light| wider.start <= light.start && light.end <= wider.end);
            if is_free && is_whole && (is_news || *context > 0) && ruler.length(&wider) <= budget {
                stretch = wider;
                scorer.show(matches.words_in(sentence));
                side.next();
                *context = context.saturating_sub(1);
                stuck = 0;
            }
        }
        turn = 1 - turn;
    }
    Selection { pieces: vec![stretch.clone()], stretch, is_boilerplate }
}

/// A sentence that begins with a pronoun or a connector needs the one before it to be understood.
fn leans_back(sentence: &str) -> bool {
    let inner = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    matches!(
        first.as_str(),
        "il" | "elle"
            | "ils"
            | "elles"
            | "cela"
            | "ceci"
            | "ça"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "celui"
            | "celle"
            | "ceux"
            | "celles"
            | "mais"
            | "or"
            | "donc"
            | "car"
            | "ainsi"
            | "alors"
            | "pourtant"
            | "cependant"
            | "toutefois"
            | "néanmoins"
            | "aussi"
            | "puis"
            | "ensuite"
            | "enfin"
            | "et"
            | "ou"
            | "ni"
            | "lui"
            | "leur"
            | "leurs"
            | "son"
            | "sa"
            | "ses"
            | "en"
            | "y"
            | "c"
    )
}

/// Tells whether two passages share most of the words of the shorter.
fn repeats(shown: &str, other: &str) -> bool {
    fn words(text: &str) -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    }
    let (shown, other) = (words(shown), words(other));
    let common = shown.intersection(&other).count() as f32;
    let all = shown.union(&other).count() as f32;
    // Either nearly the same, or wholly said already.
    common / all.max(1.0) > SAME || (other.len() > 3 && common >= other.len() as f32)
}

/// Returns the beginning of an article: its first real sentences, past headings, bylines and boilerplate.
pub(super) fn lead(text: &str, boilerplate: &dyn Boilerplate, options: &PassageOptions) -> Option<Selection> {
    if options.count == 0 {
        return None;
    }
    let mut fallback = None;
    for block in Blocks::new(text).take(LEAD_BLOCKS) {
        let Some(first) = Sentences::of_block(text, block.clone()).next() else { continue };
        let is_boilerplate = boilerplate.is_boilerplate(text, block.clone());
        let is_sentence = first.len() >= SHORTEST_LEAD && !is_heading(text, &first, &block);
        if is_sentence && !is_boilerplate {
            return Some(from_start(text, &block, first, options, false));
        }
        if fallback.as_ref().is_none_or(|(_, _, worse)| *worse && !is_boilerplate) {
            fallback = Some((block, first, is_boilerplate));
        }
    }
    fallback.map(|(block, first, is_boilerplate)| from_start(text, &block, first, options, is_boilerplate))
}

/// Takes sentences from `first` on while they fit.
fn from_start(
    text: &str,
    block: &Range<usize>,
    first: Range<usize>,
    options: &PassageOptions,
    is_boilerplate: bool,
) -> Selection {
    let budget = options.max_chars;
    let (_, behind) = beside(text, block, &first, budget.saturating_mul(BYTES_A_CHAR));
    let to = behind.last().map_or(first.end, |sentence| sentence.end);
    let ruler = Ruler::new(text, first.start..to, options.measure);
    let mut stretch = first;
    if ruler.length(&stretch) > options.max_sentence {
        let pieces = shorten(text, &stretch, &Matches::default(), &ruler, budget);
        return Selection { stretch, pieces, is_boilerplate };
    }
    for sentence in behind {
        if ruler.length(&(stretch.start..sentence.end)) > budget {
            break;
        }
        stretch.end = sentence.end;
    }
    Selection { pieces: vec![stretch.clone()], stretch, is_boilerplate }
}
