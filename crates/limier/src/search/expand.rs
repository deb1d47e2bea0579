//! Words of the index that resemble one: by their beginning, by edit distance, by what they hold inside.
//!
//! All look at exact terms with their accents folded away, through one automaton that decodes, folds, and asks.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use limier_french::forms::fold_into;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::lookup::{Lookup, TermSource};
use super::vocabulary::LONGER_BY;

/// A term found in the dictionaries.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) doc_freq: u32,
    /// Edits away from the word that was asked for.
    pub(super) distance: u8,
    /// The term in each of the fields that were asked and have it.
    pub(super) sources: Vec<TermSource>,
}

/// Terms that are looked at before an expansion gives up: a bound on time that no query passes.
const MAX_VISITED: usize = 20_000;

/// Terms that are looked at between two looks at the time.
const ROUND: usize = 512;

/// Spellings of a beginning that are looked at: with accents of every language there are a hundred of a letter.
const MAX_SPELLINGS: usize = 256;

/// Terms of a dictionary that are read into memory, all segments together: a few milliseconds, once a commit.
const MAX_READ: usize = 30_000;

/// Returns at most `limit` terms that begin with `prefix`, accents and case apart: the most frequent ones, and whether
/// there were more.
pub(super) fn prefixed(
    lookup: &Lookup<'_>,
    fields: &[Field],
    prefix: &str,
    limit: usize,
) -> tantivy::Result<(Vec<Found>, bool)> {
    let folded = folded(prefix);
    // What folds to a letter of ASCII and is none lies behind it.
    let from = if folded.is_ascii() { folded.as_bytes() } else { &[] };
    let automaton = Folding(Begins(folded.as_bytes()));
    collect_in(lookup, fields, &automaton, Range { from, end: None }, limit, |_| Some(0))
}

/// The letters that a term may begin with, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Initial {
    Any,
    /// One of the first two letters of the word.
    Kept,
}

/// Returns at most `limit` terms within `distance` edits (1 or 2) of `word`, a swap of neighbours counting as one:
/// the nearest first, then the most frequent.
pub(super) fn similar(
    lookup: &Lookup<'_>,
    fields: &[Field],
    word: &str,
    distance: u8,
    initial: Initial,
    limit: usize,
) -> tantivy::Result<(Vec<Found>, bool)> {
    let folded = folded(word);
    let dfa = builder(distance).build_dfa(&folded);
    let measure = |term: &str| match dfa.eval(self::folded(term)) {
        Distance::Exact(distance) => Some(distance),
        Distance::AtLeast(_) => None,
    };
    // A byte stands for its letter: one of another letter that begins alike only costs time.
    let initials: Option<Vec<u8>> = (initial == Initial::Kept)
        .then(|| folded.chars().take(2).filter_map(|letter| letter.encode_utf8(&mut [0; 4]).bytes().next()).collect());
    collect(lookup, fields, &Folding(Near { dfa: &dfa, initials }), limit, measure)
}

/// Returns the tables from which automata of a distance are made; making them takes longer than a search.
fn builder(distance: u8) -> &'static LevenshteinAutomatonBuilder {
    static ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    if distance < 2 { &ONE } else { &TWO }
}

/// Returns at most `limit` terms that are `word`, of ASCII, but for accents, itself included: the most frequent ones.
pub(super) fn accented(lookup: &Lookup<'_>, fields: &[Field], word: &str, limit: usize) -> tantivy::Result<Vec<Found>> {
    let automaton = Accented { word: word.as_bytes(), whole: true };
    // The word itself is the first of its spellings, and none is beyond an accent on the first letter that may have one.
    let plain = word.bytes().position(may_have_accent).unwrap_or(word.len());
    let mut end = word.as_bytes().get(..plain).unwrap_or_default().to_vec();
    end.push(LEAD + 1);
    let range = Range { from: word.as_bytes(), end: Some(&end) };
    Ok(collect_in(lookup, fields, &automaton, range, limit, |_| Some(0))?.0)
}

/// Returns the terms that `word`, of ASCII, begins with or is, but for accents, with the articles that have each.
pub(super) fn beginnings_of(lookup: &Lookup<'_>, fields: &[Field], word: &str) -> tantivy::Result<Vec<Found>> {
    Ok(collect(lookup, fields, &Accented { word: word.as_bytes(), whole: false }, usize::MAX, |_| Some(0))?.0)
}

/// Returns at most `limit` terms that begin with `beginning`, folded, and are wanted: the most frequent ones.
pub(super) fn beginning(
    lookup: &Lookup<'_>,
    fields: &[Field],
    beginning: &str,
    limit: usize,
    is_wanted: impl Fn(&str) -> bool,
) -> tantivy::Result<Vec<Found>> {
    let measure = |term: &str| is_wanted(term).then_some(0);
    Ok(collect(lookup, fields, &Folding(Begins(beginning.as_bytes())), limit, measure)?.0)
}

/// Returns at most `limit` terms that hold `word` and are longer: words that a page glued together.
///
/// A glued word begins or ends where the other one does; looking anywhere would find `art` in `départ`. Terms that end
/// with the word can only be found by reading all terms, which is done where there are at most [`MAX_READ`].
pub(super) fn holding(lookup: &Lookup<'_>, word: &str, limit: usize) -> tantivy::Result<(Vec<Found>, bool)> {
    let fields = [lookup.fields.body.exact, lookup.fields.title.exact];
    let folded = folded(word);
    if lookup.terms(&fields)? > MAX_READ {
        let longer = |term: &str| (self::folded(term).len() >= folded.len() + LONGER_BY).then_some(0);
        return collect(lookup, &fields, &Folding(Begins(folded.as_bytes())), limit, longer);
    }
    let mut found = Vec::new();
    for text in lookup.vocabulary()?.holding(&folded) {
        let mut of_text = Found { text: text.to_owned(), doc_freq: 0, distance: 0, sources: Vec::new() };
        for field in fields {
            let source = lookup.term(field, text)?;
            of_text.doc_freq += source.doc_freq;
            of_text.sources.extend((source.doc_freq > 0).then_some(source));
        }
        found.push(of_text);
    }
    Ok(best(found, limit))
}

/// Returns the ways in which the terms of a dictionary write a beginning that has no accents: `eco` as `eco` and `éco`.
pub(super) fn spellings(dictionary: &TermDictionary, beginning: &str) -> io::Result<Vec<String>> {
    let automaton = Folding(Begins(beginning.as_bytes()));
    let mut spellings: Vec<String> = Vec::new();
    let mut from = Vec::new();
    while spellings.len() < MAX_SPELLINGS {
        let mut terms = dictionary.search(&automaton).ge(&from).into_stream()?;
        if !terms.advance() {
            break;
        }
        let term = String::from_utf8_lossy(terms.key());
        let ends = term.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let mut beginnings = ends.filter_map(|end| term.get(..end));
        let Some(spelling) = beginnings.find(|spelling| folded(spelling).starts_with(beginning)) else { break };
        from = after(spelling);
        spellings.push(spelling.to_owned());
    }
    Ok(spellings)
}

/// Returns what lies behind all terms that begin so; a beginning is not empty.
pub(super) fn after(beginning: &str) -> Vec<u8> {
    let mut bytes = beginning.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        // No byte of UTF-8 is the last one.
        *last = last.saturating_add(1);
    }
    bytes
}

/// Returns `text` without accents.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

fn collect<A: Automaton<State: Clone>>(
    lookup: &Lookup<'_>,
    fields: &[Field],
    automaton: &A,
    limit: usize,
    measure: impl Fn(&str) -> Option<u8>,
) -> tantivy::Result<(Vec<Found>, bool)> {
    collect_in(lookup, fields, automaton, Range { from: &[], end: None }, limit, measure)
}

/// A part of a dictionary. To look at the letters that a term may begin with costs as much as to look up a few terms.
#[derive(Clone, Copy)]
struct Range<'a> {
    from: &'a [u8],
    /// What lies behind the last term.
    end: Option<&'a [u8]>,
}

fn collect_in<A: Automaton<State: Clone>>(
    lookup: &Lookup<'_>,
    fields: &[Field],
    automaton: &A,
    range: Range<'_>,
    limit: usize,
    measure: impl Fn(&str) -> Option<u8>,
) -> tantivy::Result<(Vec<Found>, bool)> {
    let mut found: HashMap<String, Found> = HashMap::new();
    let mut visited = 0;
    for &field in fields {
        for (ordinal, inverted) in lookup.dictionaries(field)?.iter().enumerate() {
            let terms = inverted.terms().search(automaton).ge(range.from);
            let terms = if let Some(end) = range.end { terms.lt(end) } else { terms };
            let mut stream = terms.into_stream()?;
            while visited < MAX_VISITED && !(visited % ROUND == 0 && lookup.deadline.is_over()) && stream.advance() {
                visited += 1;
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let known = match found.get_mut(term) {
                    Some(known) => known,
                    None => {
                        let Some(distance) = measure(term) else { continue };
                        let sources = Vec::with_capacity(fields.len());
                        let new = Found { text: String::new(), doc_freq: 0, distance, sources };
                        found.entry(term.to_owned()).or_insert(new)
                    }
                };
                known.doc_freq += stream.value().doc_freq;
                if known.sources.last().is_none_or(|source| source.field != field) {
                    known.sources.push(lookup.nowhere(field));
                }
                if let Some(source) = known.sources.last_mut() {
                    source.set(ordinal, stream.value());
                }
            }
        }
    }
    let found = found.into_iter().map(|(text, found)| Found { text, ..found }).collect();
    let (best, more) = best(found, limit);
    Ok((best, more || visited >= MAX_VISITED))
}

/// Returns at most `limit` of some terms, the nearest first, then the most frequent, and whether there were more.
fn best(mut found: Vec<Found>, limit: usize) -> (Vec<Found>, bool) {
    let more = found.len() > limit;
    let better = |a: &Found, b: &Found| {
        (a.distance, Reverse(a.doc_freq), &a.text).cmp(&(b.distance, Reverse(b.doc_freq), &b.text))
    };
    if (1..found.len()).contains(&limit) {
        // The best are sought out before they are put in order.
        found.select_nth_unstable_by(limit - 1, better);
    }
    found.truncate(limit);
    found.sort_unstable_by(better);
    (found, more)
}

/// An automaton over folded letters, one byte at a time.
trait FoldedAutomaton {
    type State: Copy;
    fn start(&self) -> Self::State;
    fn is_match(&self, state: Self::State) -> bool;
    fn can_match(&self, state: Self::State) -> bool;
    fn accept(&self, state: Self::State, byte: u8) -> Self::State;
}

/// Feeds an automaton with the letters of a term, decoded from UTF-8 and folded.
struct Folding<A>(A);

/// Where a [`Folding`] stands: its automaton's state, and the bytes of a letter that has begun.
#[derive(Clone, Copy)]
struct FoldingState<S> {
    inner: S,
    bytes: [u8; 4],
    length: u8,
}

impl<A: FoldedAutomaton> Automaton for Folding<A> {
    type State = FoldingState<A::State>;

    fn start(&self) -> Self::State {
        FoldingState { inner: self.0.start(), bytes: [0; 4], length: 0 }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.length == 0 && self.0.is_match(state.inner)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        self.0.can_match(state.inner)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let mut next = *state;
        if next.length == 0 && byte < 0x80 {
            next.inner = self.0.accept(next.inner, byte);
            return next;
        }
        if let Some(slot) = next.bytes.get_mut(usize::from(next.length)) {
            *slot = byte;
            next.length += 1;
        }
        let begun = next.bytes.get(..usize::from(next.length)).unwrap_or_default();
        let letter = std::str::from_utf8(begun).ok().and_then(|text| text.chars().next());
        if let Some(letter) = letter {
            let folded = folded(letter.encode_utf8(&mut [0; 4]));
            next.inner = folded.bytes().fold(next.inner, |state, byte| self.0.accept(state, byte));
            next.length = 0;
        } else if next.length == 4 {
            next.length = 0;
        }
        next
    }
}

/// Accepts what begins with these bytes.
struct Begins<'a>(&'a [u8]);

impl FoldedAutomaton for Begins<'_> {
    /// How many bytes have been seen of the beginning; `None` when another byte came.
    type State = Option<usize>;

    fn start(&self) -> Self::State {
        Some(0)
    }

    fn is_match(&self, state: Self::State) -> bool {
        state == Some(self.0.len())
    }

    fn can_match(&self, state: Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: Self::State, byte: u8) -> Self::State {
        match self.0.get(state?) {
            None => state,
            Some(&wanted) if wanted == byte => state.map(|seen| seen + 1),
            Some(_) => None,
        }
    }
}

/// Accepts a word of ASCII with or without accents: one a letter of French and its neighbours, all in two bytes that begin
/// alike. It is asked for nearly every name of a query, where [`Folding`] would decode each letter that it meets.
struct Accented<'a> {
    word: &'a [u8],
    /// Whether the whole word is asked for, or any beginning of it will do.
    whole: bool,
}

/// The first byte of `à` to `ÿ`.
const LEAD: u8 = 0xC3;

impl Automaton for Accented<'_> {
    /// How many letters have been seen, and whether the next has begun with [`LEAD`]; `None` when another came.
    type State = Option<(usize, bool)>;

    fn start(&self) -> Self::State {
        Some((0, false))
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(*state, Some((seen, false)) if seen == self.word.len() || !self.whole && seen > 0)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let (seen, has_begun) = (*state)?;
        if byte == LEAD && !has_begun {
            // Each letter that is followed costs as much as a look-up: only those that may have an accent are.
            return self.word.get(seen).filter(|letter| may_have_accent(**letter)).map(|_| (seen, true));
        }
        let letter = if has_begun { without_accent(byte)? } else { byte };
        (self.word.get(seen) == Some(&letter)).then_some((seen + 1, false))
    }
}

/// Tells whether a letter of ASCII has accents that [`without_accent`] knows.
fn may_have_accent(letter: u8) -> bool {
    matches!(letter, b'a' | b'c' | b'e' | b'i' | b'n' | b'o' | b'u' | b'y')
}

/// The plain letter behind the second byte of an accented one, as folding makes it.
fn without_accent(byte: u8) -> Option<u8> {
    let letter = match byte {
        0xA0..=0xA5 => b'a',
        0xA7 => b'c',
        0xA8..=0xAB => b'e',
        0xAC..=0xAF => b'i',
        0xB1 => b'n',
        0xB2..=0xB6 => b'o',
        0xB9..=0xBC => b'u',
        0xBD | 0xBF => b'y',
        _ => return None,
    };
    Some(letter)
}

/// Accepts what a Levenshtein automaton accepts, where it begins with one of some bytes.
struct Near<'a> {
    dfa: &'a DFA,
    initials: Option<Vec<u8>>,
}

impl FoldedAutomaton for Near<'_> {
    /// The automaton's state, and whether a byte has been read.
    type State = (u32, bool);

    fn start(&self) -> Self::State {
        (self.dfa.initial_state(), false)
    }

    fn is_match(&self, (state, _): Self::State) -> bool {
        matches!(self.dfa.distance(state), Distance::Exact(_))
    }

    fn can_match(&self, (state, _): Self::State) -> bool {
        state != SINK_STATE
    }

    fn accept(&self, (state, has_begun): Self::State, byte: u8) -> Self::State {
        let is_barred = |initials: &Vec<u8>| !has_begun && !initials.contains(&byte);
        let barred = self.initials.as_ref().is_some_and(is_barred);
        (if barred { SINK_STATE } else { self.dfa.transition(state, byte) }, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_taken_off_as_folding_does() {
        for second in 0x80..=0xBF_u8 {
            let letter = std::str::from_utf8(&[LEAD, second]).unwrap().to_owned();
            let plain = folded(&letter);
            // Capitals are no terms; ligatures and letters of the North are two letters, or no vowel with a mark.
            let is_one = letter.chars().all(char::is_lowercase) && plain.len() == 1 && !"ðø".contains(&letter);
            assert_eq!(
                without_accent(second).map(char::from),
                is_one.then(|| plain.chars().next().unwrap()),
                "{letter}"
            );
        }
    }

    #[test]
    fn a_word_is_accepted_with_any_of_its_accents() {
        let accepts = |term: &str| {
            let automaton = Accented { word: b"elysee", whole: true };
            let end = term.bytes().fold(automaton.start(), |state, byte| automaton.accept(&state, byte));
            automaton.is_match(&end)
        };
        assert!(accepts("elysee") && accepts("élysée") && accepts("elysée"));
        assert!(
            !accepts("elyse") && !accepts("élysées") && !accepts("elys\u{c3}") && !accepts("") && !accepts("elysœe")
        );
    }
}
