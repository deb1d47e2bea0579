//! Which sentences are shown: those that answer most of the query together, with what stands beside them.

use std::iter::Peekable;
use std::ops::Range;

use super::boilerplate::Boilerplate;
use super::candidates::{Candidate, Candidates, behind, is_heading};
use super::lines::Blocks;
use super::matches::Matches;
use super::options::{Order, PassageOptions};
use super::ruler::{self, Ruler};
use super::score::Scorer;
use super::sentences::Sentences;
use super::shorten::shorten;

/// Two sentences that share this part of their words say the same.
const SAME: f32 = 0.6;
/// Share left of the worth of a sentence that is too long to be shown whole.
const CUT: f32 = 0.85;
/// Sentences that repeat a passage are passed over this often before giving up.
const PATIENCE: usize = 16;
/// Blocks looked at for the beginning of an article.
const LEAD_BLOCKS: usize = 64;
/// A sentence shorter than this many bytes is no beginning: a place, a date, a name.
const SHORTEST_LEAD: usize = 40;
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
    let mut candidates = Candidates::find(text, matches, options);
    let mut scorer = Scorer::new(words);
    let mut selected: Vec<Selection> = Vec::new();
    // What each of them says, made when there is something to compare it with.
    let mut said: Vec<Said> = Vec::new();
    let mut patience = PATIENCE;
    while selected.len() < options.count && patience > 0 {
        let Some(index) = best(text, &mut candidates, matches, &mut scorer, boilerplate, selected.is_empty()) else {
            break;
        };
        let Some(candidate) = candidates.list.get_mut(index) else { break };
        candidate.is_used = true;
        let sentence = &text[candidate.sentence.clone()];
        said.extend(selected.iter().skip(said.len()).map(|shown| Said::of(&text[shown.stretch.clone()])));
        if !said.is_empty() && is_repeated(&said, &Said::of(sentence)) {
            // What recurs word for word, a refrain or a formula, is passed over once for all.
            for other in &mut candidates.list {
                other.is_used |= &text[other.sentence.clone()] == sentence;
            }
            patience -= 1;
            continue;
        }
        let candidate = candidate.clone();
        let selection = widen(text, &candidate, &candidates, matches, &mut scorer, &selected, options);
        for other in &mut candidates.list {
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
fn best(
    text: &str,
    candidates: &mut Candidates,
    matches: &Matches,
    scorer: &mut Scorer,
    boilerplate: &dyn Boilerplate,
    or_boilerplate: bool,
) -> Option<usize> {
    // Of equals the first. What is boilerplate is asked of the best alone: asking costs more than all before it.
    let by_worth = |(a, x): &(usize, f32), (b, y): &(usize, f32)| y.total_cmp(x).then(a.cmp(b));
    let (best, _) = worths(candidates, matches, scorer, or_boilerplate).min_by(by_worth)?;
    if !candidates.is_boilerplate(text, best, boilerplate) {
        return Some(best);
    }
    let mut others: Vec<(usize, f32)> = worths(candidates, matches, scorer, or_boilerplate).collect();
    others.sort_unstable_by(by_worth);
    let own = others.iter().find(|(index, _)| !candidates.is_boilerplate(text, *index, boilerplate));
    own.map(|(index, _)| *index).or(or_boilerplate.then_some(best))
}

/// Returns the candidates that are not shown yet, and what each is worth.
fn worths(
    candidates: &Candidates,
    matches: &Matches,
    scorer: &mut Scorer,
    or_boilerplate: bool,
) -> impl Iterator<Item = (usize, f32)> {
    let is_free =
        move |candidate: &Candidate| !candidate.is_used && (or_boilerplate || candidate.is_boilerplate != Some(true));
    let free = candidates.list.iter().enumerate().filter(move |(_, candidate)| is_free(candidate));
    free.map(move |(index, candidate)| {
        let words = matches.words_in(&candidate.sentence);
        let worth = scorer.worth(&candidate.sentence, words, candidate.is_heading);
        (index, worth * if candidate.is_cut { CUT } else { 1.0 })
    })
}

/// Adds sentences on either side while there is room, or shortens the sentence when there is not.
fn widen(
    text: &str,
    candidate: &Candidate,
    candidates: &Candidates,
    matches: &Matches,
    scorer: &mut Scorer,
    selected: &[Selection],
    options: &PassageOptions,
) -> Selection {
    let budget = options.max_chars;
    let mut stretch = candidate.sentence.clone();
    let is_boilerplate = candidate.is_boilerplate == Some(true);
    if candidate.is_cut {
        let ruler = Ruler::new(text, stretch.clone(), options.measure);
        let pieces = shorten(text, &stretch, matches, &ruler, budget);
        pieces.iter().for_each(|piece| scorer.show(matches.words_in(piece)));
        return Selection { stretch, pieces, is_boilerplate };
    }
    scorer.show(matches.words_in(&stretch));
    if is_boilerplate {
        return Selection { pieces: vec![stretch.clone()], stretch, is_boilerplate };
    }
    let before = candidates.before(text, &candidate.block, &stretch);
    let mut sides = [
        (Side::Before(before.iter()), options.context),
        (Side::Behind(behind(text, &candidate.block, stretch.end, options).peekable()), options.context),
    ];
    // What leans on the sentence before it is read with that one; else the story goes on.
    let mut turn = usize::from(!leans_back(&text[stretch.clone()]));
    let mut stuck = 0;
    while stuck < 2 {
        stuck += 1;
        let Some((side, context)) = sides.get_mut(turn) else { break };
        if let Some(sentence) = side.peek() {
            let wider = stretch.start.min(sentence.start)..stretch.end.max(sentence.end);
            let is_news = scorer.has_news(matches.words_in(&sentence));
            let is_free =
                selected.iter().all(|shown| wider.end <= shown.stretch.start || shown.stretch.end <= wider.start);
            let is_whole =
                matches.lights_in(&wider).iter().all(|light| wider.start <= light.start && light.end <= wider.end);
            let fits = |stretch: &Range<usize>| !ruler::is_longer(&text[stretch.clone()], budget, options.measure);
            if is_free && is_whole && (is_news || *context > 0) && fits(&wider) {
                stretch = wider;
                scorer.show(matches.words_in(&sentence));
                side.pass();
                *context = context.saturating_sub(1);
                stuck = 0;
            }
        }
        turn = 1 - turn;
    }
    Selection { pieces: vec![stretch.clone()], stretch, is_boilerplate }
}

/// The sentences on one side of a passage, nearest first.
enum Side<'c, 't> {
    Before(std::slice::Iter<'c, Range<usize>>),
    Behind(Peekable<Sentences<'t>>),
}

impl Side<'_, '_> {
    fn peek(&mut self) -> Option<Range<usize>> {
        match self {
            Side::Before(sentences) => sentences.as_slice().first().cloned(),
            Side::Behind(sentences) => sentences.peek().cloned(),
        }
    }

    fn pass(&mut self) {
        match self {
            Side::Before(sentences) => sentences.next().map(|_| ()),
            Side::Behind(sentences) => sentences.next().map(|_| ()),
        };
    }
}

/// A sentence that begins with a pronoun or a connector needs the one before it to be understood.
fn leans_back(sentence: &str) -> bool {
    /// The longest of these words, in bytes.
    const LONGEST: usize = "néanmoins".len();
    let inner = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if first.len() > LONGEST {
        return false;
    }
    matches!(
        first.to_lowercase().as_str(),
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

/// Letters and figures of ASCII, in small letters; 0 for what is none.
const SAID_LETTERS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The distinct words of a passage, as hashes in ascending order.
struct Said(Vec<u64>);

impl Said {
    fn of(text: &str) -> Said {
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut word = 0_u64;
        // The step of FxHash: quick, and good enough for the words of a few sentences.
        let add = |word: u64, letter: u32| {
            (word.rotate_left(5) ^ (u64::from(letter) + 1)).wrapping_mul(0x517C_C1B7_2722_0A95)
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            let letter = match SAID_LETTERS.get(usize::from(byte)).copied().unwrap_or_default() {
                0 if byte.is_ascii() => None,
                0 => {
                    let c = text.get(at - 1..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                    at += c.len_utf8() - 1;
                    match c {
                        'à'..='ö' | 'ø'..='ÿ' => Some(u32::from(c)),
                        c if c.is_alphanumeric() => {
                            word = c.to_lowercase().fold(word, |word, letter| add(word, u32::from(letter)));
                            continue;
                        }
                        _ => None,
                    }
                }
                small => Some(u32::from(small)),
            };
            match letter {
                Some(letter) => word = add(word, letter),
                None if word != 0 => {
                    words.push(word);
                    word = 0;
                }
                None => {}
            }
        }
        if word != 0 {
            words.push(word);
        }
        words.sort_unstable();
        words.dedup();
        Said(words)
    }

    /// Counts the words that both have.
    fn common(&self, other: &Said) -> usize {
        other.0.iter().filter(|word| self.0.binary_search(word).is_ok()).count()
    }
}

/// Tells whether one of the passages shown shares most of the words of another.
fn is_repeated(shown: &[Said], other: &Said) -> bool {
    shown.iter().any(|shown| {
        let common = shown.common(other);
        let all = shown.0.len() + other.0.len() - common;
        // Either nearly the same, or wholly said already.
        common as f32 / all.max(1) as f32 > SAME || (other.0.len() > 3 && common == other.0.len())
    })
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
    let mut stretch = first;
    if ruler::is_longer(&text[stretch.clone()], options.max_sentence, options.measure) {
        let ruler = Ruler::new(text, stretch.clone(), options.measure);
        let pieces = shorten(text, &stretch, &Matches::default(), &ruler, options.max_chars);
        return Selection { stretch, pieces, is_boilerplate };
    }
    for sentence in behind(text, block, stretch.end, options) {
        if ruler::is_longer(&text[stretch.start..sentence.end], options.max_chars, options.measure) {
            break;
        }
        stretch.end = sentence.end;
    }
    Selection { pieces: vec![stretch.clone()], stretch, is_boilerplate }
}
