//! Inflection of nouns and adjectives: a word and the endings its forms take.
//!
//! A section of `lexicon/nouns.txt` names the endings of its words, the first being that of the lemma:
//! `[teur teurs trice trices]` then `directeur` gives *directeur, directeurs, directrice, directrices*. The sections
//! `[s]` and `[e]` hold nouns with a regular plural, and adjectives with a regular feminine as well.

use super::Error;

/// How the words of a section are inflected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A plural in -s, or none where the word ends in -s, -x or -z.
    Plural,
    /// A feminine in -e and the plurals of both.
    Feminine,
    /// No other form.
    Invariable,
    /// Endings that replace each other, the lemma's first.
    Endings(Vec<String>),
}

impl Class {
    /// Reads the text between the brackets of a section's head.
    pub(crate) fn parse(head: &str) -> Class {
        match head.trim() {
            "s" => Class::Plural,
            "e" => Class::Feminine,
            "-" => Class::Invariable,
            endings => Class::Endings(endings.split_whitespace().map(str::to_owned).collect()),
        }
    }

    /// All forms of `word`, the word itself first.
    pub(crate) fn inflect(&self, word: &str) -> Result<Vec<String>, Error> {
        match self {
            Class::Invariable => Ok(vec![word.to_owned()]),
            Class::Plural => Ok(vec![word.to_owned(), plural(word)]),
            Class::Feminine => {
                let feminine = format!("{word}e");
                let feminine_plural = plural(&feminine);
                Ok(vec![word.to_owned(), plural(word), feminine, feminine_plural])
            }
            Class::Endings(endings) => {
                let lemma_ending = endings.first().map_or("", String::as_str);
                let Some(head) = word.strip_suffix(lemma_ending) else {
                    return Err(format!("{word} stands in a section for words in -{lemma_ending}"));
                };
                Ok(endings.iter().map(|ending| format!("{head}{ending}")).collect())
            }
        }
    }
}

/// The plural by the rule: -s is added, except after -s, -x, -z; -au, -eu and -eau take -x.
fn plural(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) {
        return word.to_owned();
    }
    let takes_x = word.ends_with("au") || word.ends_with("eu");
    format!("{word}{}", if takes_x { 'x' } else { 's' })
}
