//! The word before a stop.

use super::floor;

/// An abbreviation is looked for in this many bytes before its stop.
const LONGEST_WORD: usize = 32;

/// Returns the word at the end of `before`: letters, figures, and the stops and hyphens inside of it.
pub(super) fn last_word(before: &str) -> &str {
    let from = floor(before, before.len().saturating_sub(LONGEST_WORD));
    let near = &before[from..];
    let bare = near.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '‑' | '&' | '°'));
    near[bare.len()..].trim_start_matches(['.', '-'])
}

/// One or two figures: a part of a date or of a telephone number.
pub(super) fn is_figures(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "J", "J.-C", "J.K", "S.A.R.L", "Ph": initials, the last stop left out.
pub(super) fn is_initials(word: &str) -> bool {
    if matches!(word, "Ph" | "Th" | "Ch" | "Chr" | "Cl" | "Fr" | "Gh" | "Jh" | "Jn" | "Yv") {
        return true;
    }
    // "Jean-Bapt. Morel", as registers write.
    if matches!(word.rsplit('-').next(), Some("Bapt" | "Guill" | "Barth" | "Cath" | "Ferd" | "Alph" | "Théod")) {
        return true;
    }
    let mut parts = word.split(['.', '-', '‑']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && (letters.next().is_none() || matches!(part, "Ph" | "Th" | "Ch" | "Chr" | "Cl"))
        })
}

/// "av. J.-C." and "après J.-C." end a date, not a first name.
pub(super) fn is_after_era(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    matches!(word.trim_end_matches('.'), "av" | "ap" | "apr" | "avant" | "après")
}

/// "N.B.", "P.-S.", "Obs.": what a remark begins with.
pub(super) fn is_remark(word: &str) -> bool {
    matches!(word, "N.B" | "NB" | "P.-S" | "P.S" | "PS" | "P.-P.-S" | "Rem" | "Obs" | "Ex" | "Nota" | "Déf" | "Prop")
}

/// "Art.", "Chapitre": what stands before the number of a part of a text.
pub(super) fn is_part(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    matches!(
        word.as_str(),
        "art"
            | "article"
            | "chap"
            | "chapitre"
            | "sect"
            | "section"
            | "titre"
            | "livre"
            | "partie"
            | "annexe"
            | "fig"
            | "figure"
            | "tab"
            | "tableau"
            | "étape"
            | "point"
            | "question"
            | "leçon"
            | "scène"
            | "acte"
    )
}
