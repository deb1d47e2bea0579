//! From what is written to the exact term.
//!
//! Characters that cannot be seen are removed (soft hyphens, zero-width marks, direction marks), the rest is brought to
//! Unicode's form NFKC (`ﬁ` is `fi`, `É` in two characters is `É` in one, full width is plain), then to lower case, and
//! ligatures are opened (`œ` is `oe`, `æ` is `ae`, `ß` is `ss`). Accents stay.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest exact term, in bytes; what is beyond is cut off. No word of French has a quarter of this.
pub(crate) const MAX_TERM: usize = 240;

/// Returns the exact term of one word: lower case, in NFKC, ligatures opened, invisible characters removed.
///
/// Applying it twice changes nothing more. What is neither a letter, a digit nor a mark is removed.
///
/// ```
/// assert_eq!(limier_french::normalize("Œuvre"), "oeuvre");
/// assert_eq!(limier_french::normalize("ﬁ\u{AD}nance"), "finance");
/// ```
pub fn normalize(word: &str) -> String {
    let mut term = String::with_capacity(word.len());
    normalize_into(word, &mut term);
    term
}

/// Adds the exact term of `word` to `out`.
pub(crate) fn normalize_into(word: &str, out: &mut String) {
    let from = out.len();
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        out.push_str(word);
        out.get_mut(from..).into_iter().for_each(str::make_ascii_lowercase);
    } else if word.is_ascii() {
        out.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else if is_latin(word) {
        out.extend(word.chars().flat_map(char::to_lowercase).flat_map(open_ligature).filter(|c| c.is_alphanumeric()));
    } else {
        // Lower case can undo the normal form and opened ligatures can meet marks: the form is made twice.
        let visible = word.chars().filter(|c| !is_invisible(*c));
        let lower = visible.nfkc().flat_map(char::to_lowercase).flat_map(open_ligature).filter(|c| is_term_char(*c));
        let mut previous = ' ';
        let undotted = lower.filter(|c| {
            // The small letter of the Turkish İ.
            let dot_of_i = *c == '\u{307}' && previous == 'i';
            previous = *c;
            !dot_of_i
        });
        out.extend(undotted.nfkc());
    }
    truncate(out, from + MAX_TERM);
}

/// Tells whether a word has only letters and digits whose form NFKC is themselves: ASCII, and À to ſ but three.
fn is_latin(word: &str) -> bool {
    word.chars().all(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '\u{C0}'..='\u{17E}' if !matches!(c, '\u{D7}' | '\u{F7}' | '\u{130}'..='\u{133}' | '\u{13F}'..='\u{140}' | '\u{149}'))
    })
}

/// Takes the accents off an exact term, for comparisons with a list.
pub(crate) fn fold(exact: &str) -> String {
    let mut key = String::with_capacity(exact.len());
    fold_into(exact, &mut key);
    key
}

/// Adds an exact term without its accents to `out`.
pub(crate) fn fold_into(exact: &str, out: &mut String) {
    if exact.is_ascii() {
        out.push_str(exact);
    } else if exact.chars().all(|c| c.is_ascii() || is_french(c)) {
        out.extend(exact.chars().map(without_accent));
    } else {
        out.extend(exact.nfd().filter(|c| !is_combining_mark(*c)));
    }
}

/// The letters with an accent that French uses.
fn is_french(c: char) -> bool {
    without_accent(c) != c
}

fn without_accent(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ÿ' => 'y',
        other => other,
    }
}

/// Cuts `text` at `limit` bytes or at the character boundary before.
fn truncate(text: &mut String, limit: usize) {
    if text.len() <= limit {
        return;
    }
    let cut = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(cut);
}

/// What a term may hold. The fraction slash keeps `½` (`1⁄2`) from reading as twelve.
fn is_term_char(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{2044}' || (is_combining_mark(c) && !is_invisible(c))
}

/// Characters that leave no ink and separate nothing: Unicode's Default_Ignorable_Code_Point, and direction marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Opens the ligatures of French, and what only differs from them by case.
fn open_ligature(c: char) -> impl Iterator<Item = char> {
    let pair = match c {
        'œ' => ['o', 'e'],
        'æ' => ['a', 'e'],
        'ß' => ['s', 's'],
        // The last letter of a Greek word is the same letter.
        'ς' => ['σ', '\0'],
        other => [other, '\0'],
    };
    pair.into_iter().filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_readers_hold_equal() {
        for (word, term) in [
            ("Élève", "élève"),
            ("E\u{301}le\u{300}ve", "élève"),
            ("CŒUR", "coeur"),
            ("ＳＮＣＦ", "sncf"),
            ("au\u{AD}jourd", "aujourd"),
            ("m²", "m2"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("½", "1\u{2044}2"),
            ("ΛΟΓΟΣ", "λογοσ"),
            ("λόγος", "λόγοσ"),
        ] {
            assert_eq!(normalize(word), term);
            assert_eq!(normalize(term), term, "folding again");
        }
    }

    #[test]
    fn long_words_are_cut_on_a_boundary() {
        assert_eq!(normalize(&"é".repeat(1000)).len(), MAX_TERM);
        assert_eq!(normalize(&"€".repeat(10)), "");
        assert_eq!(normalize(&"字".repeat(1000)).len() % 3, 0);
    }
}
