//! Elision: before a vowel or a mute *h*, articles, pronouns and conjunctions lose their last vowel.
//!
//! `l'avion`, `d’abord`, `qu'elle`, `jusqu'à`, `lorsqu'il`: what is elided is no word of its own. It gives no token and
//! takes no position, so that `l'avion` and `avion` are the same text for a phrase. It may be written in capitals, and
//! stacked (`jusqu'à l'aube`, `s'qu'il`).
//!
//! Before a consonant only spoken French elides (`j'veux`, `t'façon`). A capital there is a name, and so is any apostrophe
//! behind a letter that nothing elides: `N'Djamena`, `O'Brien`. The two halves of such a name are findable, and the
//! name joined. With two capitals before a vowel (`L'Oréal`, `D'Artagnan`) nobody can tell: the article is taken off, and
//! the name joined is another reading, unless the rest is a common word (`L'Avion`).

use crate::forms;
use crate::normalize::fold;
use crate::token::{Rule, Stop};
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};
use crate::words::{address, read_word, sign_name};

/// The elided words, in lower case.
pub(crate) const ELIDED: [&str; 19] = [
    "l", "d", "j", "c", "ç", "m", "t", "s", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
    "tandisqu", "parcequ", "alorsqu",
];

/// What follows `d'` in adverbs that carry no sense: `d'abord`, `d'ailleurs`.
const IN_ADVERBS: [&str; 4] = ["abord", "ailleurs", "autant", "emblée"];

/// Tells whether `word` is an elided article, pronoun or conjunction, in any case.
pub(crate) fn is_elided(word: &str) -> bool {
    word.len() <= 8
        && (ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided))
            || matches!(word, "Ç" | "c\u{327}" | "C\u{327}"))
}

/// Tells whether a rule looks at `word` and the elided word before it together.
pub(crate) fn is_special(word: &str) -> bool {
    word == "est" || IN_ADVERBS.contains(&word)
}

/// Skips an elided word, and marks what follows it in `d'abord` and in `l'Est`.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let elided = reader.surface(from);
    if reader.joint(from) != Some(Joint::Apostrophe) || !is_elided(elided) {
        return None;
    }
    if reader.joint_to_next(from).is_none() {
        return Some(from + 1);
    }
    let next = reader.surface(from + 1);
    if !elides(elided, next) {
        return None;
    }
    reader.rule = Rule::Elision;
    let lonely = reader.joint_to_next(from + 1).is_none();
    if !lonely {
        return Some(from + 1);
    }
    let exact = reader.exact(from + 1);
    let article = elided.to_ascii_lowercase();
    let (start, end) = reader.range(from + 1, from + 1);
    let entry = Entry::new(start, end, exact, Rule::Elision);
    if article == "d" && IN_ADVERBS.contains(&exact) {
        reader.plain_entry(entry.stop(Stop::Function));
        return Some(from + 2);
    }
    // The point of the compass, not the verb, which would be without an article.
    if matches!(article.as_str(), "l" | "d") && exact == "est" {
        reader.plain_entry(entry.lemma("est").stop(Stop::None));
        return Some(from + 2);
    }
    if is_capital(elided) && matches!(article.as_str(), "l" | "d") && is_capital(next) && !forms::is_known(exact) {
        let position = reader.position;
        read_word(reader, from + 1, Rule::Elision);
        let joined = [article.as_str(), exact].concat();
        let (start, _) = reader.range(from, from);
        reader.alternate(position, Entry::new(start, end, &joined, Rule::NameApostrophe));
        return Some(from + 2);
    }
    Some(from + 1)
}

/// Tells whether `elided` can have lost its vowel before `next`.
fn elides(elided: &str, next: &str) -> bool {
    let Some(first) = next.chars().next() else { return false };
    let vowel = opens_with_vowel(first) || !first.is_alphabetic();
    let whole_word = elided.len() > 2;
    let spoken = !is_capital(next) && !is_capital(elided);
    // `d'LVMH`: an acronym is spelled, and most letters' names open with a vowel.
    let acronym = next.chars().filter(|c| c.is_alphanumeric()).count() > 1
        && next.chars().any(char::is_uppercase)
        && !next.chars().any(char::is_lowercase)
        && elided != "N"
        && elided != "M";
    vowel || whole_word || spoken || acronym
}

/// Tells whether elision is heard before a word that opens with `first`: a vowel, or an *h*, which is mostly mute.
pub(crate) fn opens_with_vowel(first: char) -> bool {
    let lower = first.to_lowercase().next().unwrap_or(first);
    let plain =
        if lower.is_ascii() { lower } else { fold(lower.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(lower) };
    matches!(plain, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'œ' | 'æ')
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Reads words that an apostrophe joins where nothing is elided: names, and compounds such as `grand'mère`.
pub(crate) fn read_name(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    if reader.joint_to_next(from) != Some(Joint::Apostrophe) {
        return None;
    }
    let last = reader.run_end(from, |joint| joint == Joint::Apostrophe);
    let position = reader.position;
    let (start, end) = reader.range(from, last);
    let joined = reader.joined(from, last);
    let initial = reader.key(from).chars().count() == 1;
    // `McDonald's`: the English genitive is no word.
    let genitive = last > from && !initial && reader.surface(last).eq_ignore_ascii_case("s");
    let rule = if initial || genitive { Rule::NameApostrophe } else { Rule::Apostrophe };
    let mut next = last + 1;
    for rank in (from..=last).skip(usize::from(initial)) {
        if rank < last {
            read_word(reader, rank, rule);
        } else if !genitive {
            // As behind an elided word, what has signs of its own may begin here: `O'file_name`, `N'R&D`.
            match address::read(reader, last).or_else(|| sign_name::read(reader, last)) {
                Some(behind) => next = behind,
                None => read_word(reader, last, rule),
            }
        }
    }
    reader.alternate(position, Entry::new(start, end, &joined, rule));
    Some(next)
}
