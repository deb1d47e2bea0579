//! The word behind a term: terms have no apostrophes, hyphens or blanks of numbers, and the articles say where these stand.

use limier_french::forms;
use tantivy::{DocAddress, DocSet, TERMINATED};

use super::count::Candidate;
use super::spelled;
use crate::index::StoredFields;
use crate::search::lookup::Lookup;

/// Articles of a segment with the word, of which the shortest are read: to read a short one takes some ten microseconds.
const LOOKED_AT: usize = 32;

/// Articles that are read for one word, at most; two that agree are enough.
const READ: usize = 3;

/// Words of an article that is read, at most: half a millisecond.
const MAX_WORDS: u32 = 8_000;

/// The same where the lexicon knows the word as its term is spelled: most likely there is nothing to learn.
const MAX_WORDS_IF_KNOWN: u32 = 1_000;

/// Returns how a word is written: as the articles write it where they join it out of parts (`aujourd'hui`,
/// `main-d'œuvre`, `11 000`), else as its term is spelled.
pub(super) fn surface(candidate: &Candidate, lookup: &Lookup<'_>) -> tantivy::Result<String> {
    let mut seen: Vec<String> = Vec::with_capacity(READ);
    for address in short_articles(candidate, lookup)? {
        let article = lookup.searcher.doc::<StoredFields>(address)?.into_article(lookup.fields);
        let texts = [article.get_body(), article.get_title()];
        let Some(word) = texts.into_iter().find_map(|text| written(text, &candidate.word)) else { continue };
        if seen.contains(&word) {
            return Ok(word);
        }
        seen.push(word);
    }
    // Where none agree, the one that keeps its parts apart tells most.
    Ok(seen.into_iter().max_by_key(String::len).unwrap_or_else(|| spelled(&candidate.word)))
}

/// Chooses a few short articles of the first segments that have the word.
fn short_articles(candidate: &Candidate, lookup: &Lookup<'_>) -> tantivy::Result<Vec<DocAddress>> {
    let is_plain = forms::is_known(&candidate.word) && forms::lemma(&candidate.word).chars().all(char::is_alphanumeric);
    let most = if is_plain { MAX_WORDS_IF_KNOWN } else { MAX_WORDS };
    let mut chosen = Vec::new();
    for (segment_ord, segment) in (0..).zip(lookup.searcher.segment_readers()) {
        let lengths = segment.get_fieldnorms_reader(lookup.fields.body.stem)?;
        for source in [&candidate.body, &candidate.title] {
            let Some(mut postings) = source.postings(segment_ord as usize, lookup)? else { continue };
            for _ in 0..LOOKED_AT {
                let doc_id = postings.doc();
                if doc_id == TERMINATED {
                    break;
                }
                let words = lengths.fieldnorm(doc_id);
                if words <= most && !segment.is_deleted(doc_id) {
                    chosen.push((words, DocAddress { segment_ord, doc_id }));
                }
                postings.advance();
            }
        }
        if chosen.len() >= READ {
            break;
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen.into_iter().map(|(_, address)| address).take(READ).collect())
}

/// Finds the first place where a text has the word, and returns it as it is written there: in lower case, with plain
/// apostrophes, hyphens and blanks.
fn written(text: &str, term: &str) -> Option<String> {
    let first = term.chars().next()?;
    let mut before = ' ';
    for (place, c) in text.char_indices() {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        if begins && letters(c).next() == Some(first) {
            let rest = text.get(place..).unwrap_or_default();
            if let Some(length) = matched(rest, term) {
                return rest.get(..length).map(typed);
            }
        }
    }
    None
}

/// Returns the bytes at the beginning of a text that are the word, and nothing more of a longer one.
fn matched(text: &str, term: &str) -> Option<usize> {
    let mut wanted = term.chars().peekable();
    let mut last = ' ';
    for (place, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return (!c.is_alphanumeric()).then_some(place);
        }
        let is_joint = match c {
            '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '.' | '&' => last.is_alphanumeric(),
            ' ' | '\u{a0}' | '\u{202f}' => last.is_numeric() && wanted.peek().is_some_and(|c| c.is_numeric()),
            _ => false,
        };
        last = c;
        if is_joint {
            continue;
        }
        for letter in letters(c) {
            wanted.next_if_eq(&letter)?;
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

/// The letters of a character as terms have them: small, ligatures opened.
fn letters(c: char) -> impl Iterator<Item = char> {
    let [first, second] = match c {
        'œ' | 'Œ' => [Some('o'), Some('e')],
        'æ' | 'Æ' => [Some('a'), Some('e')],
        _ => [None, None],
    };
    let plain = first.is_none().then(|| c.to_lowercase()).into_iter().flatten();
    plain.chain(first).chain(second)
}

/// Writes a word as a person types it.
fn typed(word: &str) -> String {
    let plain = word.chars().map(|c| match c {
        '’' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' | '\u{202f}' => ' ',
        c => c,
    });
    spelled(&plain.flat_map(char::to_lowercase).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_it_is_written() {
        for (text, term, word) in [
            ("L’usine d'Aujourd’hui.", "aujourdhui", Some("aujourd'hui")),
            ("la MAIN-D’ŒUVRE", "maindoeuvre", Some("main-d'œuvre")),
            ("la main-d'oeuvre", "maindoeuvre", Some("main-d'œuvre")),
            ("11\u{202f}000 euros", "11000", Some("11 000")),
            ("en 11000 jours", "11000", Some("11000")),
            ("des prud'hommes", "prudhomme", None),
            ("des prud'hommes", "prudhommes", Some("prud'hommes")),
            ("l'économie", "économie", Some("économie")),
            ("grand-mère et mère", "mère", Some("mère")),
            ("un abat jour", "abatjour", None),
            ("A.B.C. de l'art", "abc", Some("a.b.c")),
            ("déjà vu", "déja", None),
            ("avions", "avion", None),
            ("", "avion", None),
            ("avion", "", None),
        ] {
            assert_eq!(written(text, term).as_deref(), word, "{term} in {text}");
        }
    }
}
