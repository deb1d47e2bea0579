//! Inclusive writing: `salarié·e·s`, `étudiant(e)s`, `citoyen.ne.s`, `directeur/trice`, `auteur-rice-s`.
//!
//! One word stands for two: the masculine is the plain token, the feminine another reading, both over everything that is
//! written. The middle dot and the parenthesis are certain. The full stop, the hyphen and the slash have other uses, so that
//! the ending must be one that fits the word: `citoyen.ne.s` but not `avril.le`, `prends-le`.

use crate::forms;
use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};

/// Reads a word in inclusive writing.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let sign = reader.joint_to_next(from)?;
    let certain = matches!(sign, Joint::MiddleDot | Joint::Open);
    if !certain && !matches!(sign, Joint::Dot | Joint::Hyphen | Joint::Slash) {
        return None;
    }
    let base = reader.exact(from);
    let ending = reader.exact(from + 1);
    let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    if base.chars().count() < 2 || !letters(base) || !letters(ending) {
        return None;
    }
    let closing = if sign == Joint::Open { Joint::Close } else { sign };
    let plural_piece = reader.joint_to_next(from + 1) == Some(closing) && matches!(reader.exact(from + 2), "s" | "x");
    let last = if plural_piece { from + 2 } else { from + 1 };
    // More of the same signs: a host, a list, another compound.
    if reader.joint_to_next(last) == Some(sign) {
        return None;
    }
    let pair = pair(base, ending, plural_piece, sign)?;
    let sure = certain || is_sure(base, ending, &pair, plural_piece, sign);
    if !sure {
        return None;
    }
    let (start, mut end) = reader.range(from, last);
    if sign == Joint::Open && !plural_piece {
        end = reader.piece(last)?.next;
    }
    let position = reader.position;
    reader.plain_entry(Entry::new(start, end, &pair.masculine, Rule::Inclusive));
    if pair.feminine != pair.masculine {
        reader.alternate(position, Entry::new(start, end, &pair.feminine, Rule::Inclusive));
    }
    Some(last + 1)
}

/// Both words that one stands for.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    masculine: String,
    feminine: String,
}

/// Opens `base` and `ending` to both words; `None` when the ending does not fit.
fn pair(base: &str, ending: &str, plural_piece: bool, sign: Joint) -> Option<Pair> {
    // `enfant(s)`, `cheveu(x)`
    if matches!(ending, "s" | "x") && !plural_piece {
        let plural = [base, ending].concat();
        return (sign == Joint::Open).then(|| Pair { masculine: base.to_owned(), feminine: plural });
    }
    let singular_ending = ending.strip_suffix('s').filter(|rest| !rest.is_empty()).unwrap_or(ending);
    let base_plural = base.len() > 3 && base.ends_with('s') && singular_ending.len() < ending.len();
    let stem = if base_plural { base.strip_suffix('s').unwrap_or(base) } else { base };
    let plural = plural_piece || singular_ending.len() < ending.len();
    let feminine = feminine(stem, singular_ending).or_else(|| {
        // `celles·ceux`: two whole words.
        (sign == Joint::MiddleDot && singular_ending.chars().count() > 3).then(|| singular_ending.to_owned())
    })?;
    let masculine = if plural { plural_of(stem) } else { stem.to_owned() };
    let feminine = if plural { plural_of(&feminine) } else { feminine };
    Some(Pair { masculine, feminine })
}

fn plural_of(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) {
        return word.to_owned();
    }
    if let Some(head) = word.strip_suffix("al") {
        return [head, "aux"].concat();
    }
    let ending = if word.ends_with("eau") { "x" } else { "s" };
    [word, ending].concat()
}

/// What an ending makes of a masculine: (ending, what the masculine ends in, what replaces that).
const ENDINGS: [(&str, &str, &str); 44] = [
    ("e", "er", "ère"),
    ("e", "", "e"),
    ("ne", "n", "nne"),
    ("le", "l", "lle"),
    ("te", "t", "tte"),
    ("te", "tou", "toute"),
    ("te", "tous", "toute"),
    ("te", "favori", "favorite"),
    ("se", "eur", "euse"),
    ("se", "x", "se"),
    ("se", "s", "sse"),
    ("sse", "x", "sse"),
    ("sse", "e", "esse"),
    ("esse", "e", "esse"),
    ("ve", "f", "ve"),
    ("ive", "if", "ive"),
    ("ive", "f", "ve"),
    ("euve", "euf", "euve"),
    ("rice", "teur", "trice"),
    ("rice", "eur", "rice"),
    ("trice", "teur", "trice"),
    ("ice", "teur", "trice"),
    ("atrice", "ateur", "atrice"),
    ("drice", "deur", "drice"),
    ("euse", "eur", "euse"),
    ("euse", "eux", "euse"),
    ("teuse", "teur", "teuse"),
    ("eure", "eur", "eure"),
    ("ère", "er", "ère"),
    ("ere", "er", "ère"),
    ("ière", "ier", "ière"),
    ("re", "er", "ère"),
    ("ère", "ier", "ière"),
    ("enne", "en", "enne"),
    ("ienne", "ien", "ienne"),
    ("onne", "on", "onne"),
    ("elle", "el", "elle"),
    ("elle", "eau", "elle"),
    ("he", "c", "che"),
    ("que", "c", "que"),
    ("ce", "x", "ce"),
    ("ue", "g", "gue"),
    ("ine", "ain", "ine"),
    ("ée", "é", "ée"),
];

/// Returns the feminine, or `None` when the ending does not fit the word.
fn feminine(masculine: &str, ending: &str) -> Option<String> {
    ENDINGS.iter().filter(|(known, _, _)| *known == ending).find_map(|(_, tail, new_tail)| {
        let head = masculine.strip_suffix(tail)?;
        Some([head, new_tail].concat())
    })
}

/// Tells whether a sign that has other uses joins an ending here.
fn is_sure(base: &str, ending: &str, pair: &Pair, plural_piece: bool, sign: Joint) -> bool {
    let letters = base.chars().count();
    if letters < 3 {
        return false;
    }
    if plural_piece {
        return true;
    }
    let known = forms::is_known(base) && forms::is_known(&pair.feminine);
    // Endings that are no word, no pronoun and no host's ending.
    let own = matches!(
        ending,
        "e" | "rice" | "rices" | "trice" | "trices" | "euse" | "euses" | "ère" | "ères" | "ée" | "ées"
    );
    match sign {
        Joint::Hyphen => own || (ending == "es" && letters > 3),
        Joint::Slash => own || ending == "es" || known,
        _ => own || known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_make_feminines() {
        for (base, ending, plural, masculine, feminine) in [
            ("salarié", "e", true, "salariés", "salariées"),
            ("citoyen", "ne", true, "citoyens", "citoyennes"),
            ("directeur", "trice", false, "directeur", "directrice"),
            ("acteurs", "rices", false, "acteurs", "actrices"),
            ("auteur", "rice", true, "auteurs", "autrices"),
            ("vendeur", "se", false, "vendeur", "vendeuse"),
            ("heureux", "se", false, "heureux", "heureuse"),
            ("ouvrier", "ère", true, "ouvriers", "ouvrières"),
            ("conseiller", "e", true, "conseillers", "conseillères"),
            ("sportif", "ve", false, "sportif", "sportive"),
            ("national", "e", true, "nationaux", "nationales"),
            ("tous", "tes", false, "tous", "toutes"),
            ("professionnel", "le", true, "professionnels", "professionnelles"),
            ("maître", "sse", false, "maître", "maîtresse"),
            ("public", "que", false, "public", "publique"),
            ("un", "e", false, "un", "une"),
        ] {
            let expected = Pair { masculine: masculine.into(), feminine: feminine.into() };
            assert_eq!(pair(base, ending, plural, Joint::MiddleDot), Some(expected), "{base}·{ending}");
        }
        assert_eq!(pair("avril", "la", false, Joint::Dot), None);
    }
}
