//! How the forms of a stem begin: what tells, without reading a word, that it has not a given stem.
//!
//! French inflects at the end of words, so that nearly all forms of a stem begin with its first letters. Those that do
//! not are few and old: verbs such as *aller* (*va*, *irons*) and *voir* (*vu*), *œil* (*yeux*), titles (*mesdames*). They
//! are listed here, and the tests hold the list against all forms of the lexicon and all rules for words that it lacks.

use crate::words::numeral;

/// Stems of which some form begins otherwise, each with all beginnings that its forms have, folded, of three letters at most.
const IRREGULAR: &[(&str, &str)] = &[
    ("ail", "ai au"),
    ("aller", "al ai i v"),
    ("auquel", "au"),
    ("avoir", "av a eu o"),
    ("bail", "bai bau"),
    ("beau", "bea bel"),
    ("boir", "bo bu"),
    ("cacher", "cac cas kas"),
    ("celui", "cel ceu"),
    ("choir", "cho chu"),
    ("croir", "cro cru"),
    ("croitr", "cr"),
    ("devoir", "dev do du"),
    ("dieu", "di de"),
    ("duquel", "duq des"),
    ("emettr", "em"),
    ("emouvoir", "em"),
    ("empereur", "emp imp"),
    ("etre", "e f se so su"),
    ("fair", "fa fe fi fo"),
    ("falloir", "fal fau"),
    ("fuir", "fui fuy"),
    ("ges", "ge gi"),
    ("lequel", "leq laq les"),
    ("lir", "li lu ly"),
    ("madam", "ma me mm"),
    ("mademoisel", "mad mes mll"),
    ("mettr", "me mi"),
    ("mon", "mo ma me"),
    ("monseigneur", "mon nos mes"),
    ("monsieur", "mon mes"),
    ("mour", "mo me"),
    ("mouvoir", "mou me mu"),
    ("naitr", "na ne"),
    ("notr", "not nos"),
    ("oeil", "oe ye"),
    ("oignon", "oig ogn"),
    ("oindr", "oin oig"),
    ("omettr", "om"),
    ("ouir", "ou oi oy"),
    ("plair", "pla plu"),
    ("pouvoir", "po pe pu"),
    ("prendr", "pre pri"),
    ("ravoir", "ra"),
    ("saint", "sa st"),
    ("sainte", "sai st"),
    ("savoir", "sa su"),
    ("seoir", "se si"),
    ("son", "so sa se"),
    ("tair", "ta tu"),
    ("ten", "te ti"),
    ("ton", "to ta te"),
    ("valoir", "val vai vau"),
    ("ven", "ve vi"),
    ("vivr", "vi ve"),
    ("voir", "vo ve vi vu"),
    ("votr", "vot vos"),
    ("vouloir", "vou ve"),
    ("yaourt", "yao yo"),
];

/// Beginnings of the stems whose forms have no letter in common with them, behind a prefix of two letters (*ré-*, *co-*).
const UNLIKE: [&str; 7] = ["all", "avoir", "cach", "emper", "etr", "monseigneur", "oeil"];

/// Beginnings of the words that a stem with figures may stand for: `15e` is *quinzième* and *xve*.
const NUMERALS: [&str; 17] =
    ["ce", "ci", "de", "di", "do", "hui", "i", "mil", "n", "on", "pre", "q", "s", "tr", "un", "v", "x"];

/// Gives each beginning, one to three letters, that a form of `stem` may have: every form begins with one of them.
///
/// This holds of words of small letters without figures or signs inside, whose letters are folded.
pub(crate) fn each_beginning(stem: &str, mut give: impl FnMut(&str)) {
    if stem.starts_with(|c: char| c.is_ascii_digit()) {
        if stem.bytes().all(|byte| byte.is_ascii_digit()) {
            // `2` is *deux*; a year is no word.
            numeral::cardinal_of(stem).into_iter().for_each(|word| give(first_letters(word, 3)));
        } else {
            each_numeral(give);
        }
        return;
    }
    if let Ok(place) = IRREGULAR.binary_search_by_key(&stem, |(stem, _)| stem) {
        let beginnings = IRREGULAR.get(place).map_or("", |(_, beginnings)| beginnings);
        beginnings.split(' ').for_each(give);
        return;
    }
    give(first_letters(stem, common_letters(stem)));
}

/// Gives each beginning of the words whose exact term, or whose stem, may begin with figures.
pub(crate) fn each_numeral(give: impl FnMut(&str)) {
    NUMERALS.into_iter().for_each(give);
}

/// Returns the first letters of a term, `count` at most.
pub(crate) fn first_letters(term: &str, count: usize) -> &str {
    let end = term.char_indices().nth(count).map_or(term.len(), |(at, _)| at);
    term.get(..end).unwrap_or_default()
}

/// How many letters every form of a regular stem has in common with it.
fn common_letters(stem: &str) -> usize {
    let behind_prefix = stem.get(2..).is_some_and(|rest| UNLIKE.iter().any(|unlike| rest.starts_with(unlike)));
    // Endings that follow two letters alone: *osâmes*, *oser*.
    let may_change = matches!(stem.as_bytes().get(2), Some(b'e' | b'i'));
    match stem.chars().count() {
        0..=2 => 1,
        3 => 2,
        4..=5 if may_change => 2,
        _ if behind_prefix => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::all_forms;
    use super::super::unknown::{PREFIXES, RULES};
    use super::super::{fold_into, lemma, stem_into};
    use super::*;
    use crate::words::abbreviation;

    fn folded(word: &str) -> String {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        folded
    }

    fn stem(word: &str) -> String {
        let lemma = abbreviation::lemma(word).map_or_else(|| lemma(word), Into::into);
        let mut stem = String::new();
        match numeral::cardinal_stem(&lemma) {
            Some(figures) => stem.push_str(figures),
            None => stem_into(&lemma, &mut stem),
        }
        stem
    }

    /// Tells what of a word begins none of the forms of its stem, though it should.
    fn failure(word: &str) -> Option<String> {
        let (stem, word) = (stem(word), folded(word));
        let mut fits = false;
        each_beginning(&stem, |beginning| fits |= word.starts_with(beginning) || beginning.starts_with(&word));
        (!fits).then(|| format!("{word}, of {stem}"))
    }

    fn check(words: impl Iterator<Item = String>) {
        let failures: Vec<String> = words.filter_map(|word| failure(&word)).take(200).collect();
        assert!(failures.is_empty(), "{}", failures.join("; "));
    }

    #[test]
    fn each_form_begins_as_its_stem_says() {
        check(["mme", "mmes", "mlle", "mlles", "st", "ste", "sts", "stes"].iter().map(|word| (*word).to_owned()));
        // Words of small letters, as the analyzer asks for.
        let forms = all_forms().into_iter().filter(|form| form.chars().all(char::is_alphabetic));
        let mut irregular = Vec::new();
        check(forms.inspect(|form| {
            let stem = stem(form);
            if !folded(form).starts_with(first_letters(&stem, common_letters(&stem))) {
                irregular.push(form.clone());
            }
        }));
        assert!(irregular.len() > 300, "{}", irregular.len());
        for form in &irregular {
            check(RULES.iter().filter_map(|(ending, replacement, ..)| {
                form.strip_suffix(replacement).map(|head| [head, ending].concat())
            }));
            check(PREFIXES.iter().map(|prefix| [prefix, form.as_str()].concat()));
        }
    }

    #[test]
    fn new_words_begin_as_their_stem_says() {
        let letters = || 'a'..='z';
        let heads = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
        check(heads.flat_map(|head| RULES.iter().map(move |(ending, ..)| format!("{head}{ending}"))));
    }

    #[test]
    fn numerals_begin_as_their_figures_say() {
        let words = "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt \
                     trente quarante cinquante soixante septante huitante nonante cent mille premier premiere unieme \
                     deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme \
                     treizieme quatorzieme quinzieme seizieme vingtieme trentieme quarantieme cinquantieme soixantieme \
                     septantieme huitantieme nonantieme centieme millieme ier iie iiieme ive ve vie xe xve xxie";
        for word in words.split(' ') {
            let stem = numeral::cardinal_stem(word).unwrap_or("15e");
            let mut fits = false;
            each_beginning(stem, |beginning| fits |= word.starts_with(beginning));
            assert!(fits, "{word}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(IRREGULAR.is_sorted_by_key(|(stem, _)| stem));
    }
}
