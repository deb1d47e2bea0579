//! A lost apostrophe: scraping turns `l'exploitation` into `lexploitation`, and `d'OpenAI` into `dOpenAI`.
//!
//! The word as written stays the plain token. When the lexicon does not know it and knows what is left without the elided
//! word, the rest is another reading, whose offsets are those of the rest. A capital inside (`dOpenAI`) is certain without
//! the lexicon.

use crate::forms;
use crate::normalize::normalize;
use crate::token::Rule;
use crate::words::elision::opens_with_vowel;
use crate::words::reader::{Entry, Reader};

/// What can have been glued to a word, longest first.
const GLUED: [&str; 12] = ["jusqu", "lorsqu", "puisqu", "qu", "l", "d", "s", "n", "j", "m", "t", "c"];

/// Shortest word that is looked for behind a lost apostrophe, in letters: shorter ones are found in anything.
const MIN_LETTERS: usize = 5;

/// Reads one word that has swallowed an article.
pub(crate) fn read_word(reader: &mut Reader<'_>, rank: usize, rule: Rule) -> Option<()> {
    let piece = reader.piece(rank)?;
    let start = piece.start + find(reader.surface(rank))?;
    let position = reader.position;
    reader.plain(piece.start, piece.end, rule);
    let rest = normalize(reader.slice(start, piece.end));
    reader.alternate(position, Entry::new(start, piece.end, &rest, Rule::LostApostrophe));
    Some(())
}

/// Returns how many bytes of `word` are an elided word that has lost its apostrophe.
fn find(word: &str) -> Option<usize> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    let glued = GLUED.iter().filter(|glued| glued.bytes().next() == Some(first)).find(|glued| {
        let head_and_rest = word.split_at_checked(glued.len());
        head_and_rest.is_some_and(|(head, rest)| head.eq_ignore_ascii_case(glued) && hides(head, rest))
    });
    glued.map(|glued| glued.len())
}

/// Tells whether `rest` is a word of its own behind `head`.
fn hides(head: &str, rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return false };
    if !opens_with_vowel(first) {
        return false;
    }
    let exact = normalize(rest);
    let letters = exact.chars().filter(|c| c.is_alphabetic()).count();
    let capital_inside = first.is_uppercase() && head.bytes().all(|byte| byte.is_ascii_lowercase());
    if capital_inside {
        return letters >= 3;
    }
    letters >= MIN_LETTERS && forms::is_known(&exact) && !forms::is_known(&normalize(&[head, rest].concat()))
}
