//! Folding of accents: Latin letters lose their marks, other scripts stay as they are.
//!
//! `é` becomes `e`, `ç` `c`, `ï` `i`, `ñ` `n`; `œ` and `æ` become two letters, `ß` `ss`, `ø` `o`, `ł` `l`. A Greek or
//! Cyrillic letter keeps its marks: there they tell words apart, and no French reader leaves them out.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Appends `text` to `out` without the accents of its Latin letters.
///
/// Folding what is folded changes nothing.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.push_str(text);
        return;
    }
    let mut after_latin = false;
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
            after_latin = letter.is_ascii_alphabetic();
        } else if is_combining_mark(letter) {
            // A mark that stands alone belongs to the letter before it.
            if !after_latin {
                out.push(letter);
            }
        } else {
            after_latin = fold_letter(letter, out);
        }
    }
}

/// Appends one letter beyond ASCII, folded where it is Latin; tells whether it was.
fn fold_letter(letter: char, out: &mut String) -> bool {
    let whole = match letter {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        _ => "",
    };
    if !whole.is_empty() {
        out.push_str(whole);
        return true;
    }
    let mut base = None;
    decompose_canonical(letter, |part| {
        base.get_or_insert(part);
    });
    match base {
        Some(base) if base.is_ascii_alphabetic() => {
            out.push(base);
            true
        }
        _ => {
            out.push(letter);
            false
        }
    }
}
