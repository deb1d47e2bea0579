//! Abbreviations that everybody reads as the word they stand for.
//!
//! Only those that mean one thing: `M.` may be a name's initial, `bd` a strip cartoon, `av.` a lawyer.

/// Returns the lemma of an abbreviation.
pub(crate) fn lemma(exact: &str) -> Option<&'static str> {
    let lemma = match exact {
        "mme" | "mmes" => "madame",
        "mlle" | "mlles" => "mademoiselle",
        "st" => "saint",
        // The lemma of `sainte`, too.
        "ste" | "sts" | "stes" => "saint",
        _ => return None,
    };
    Some(lemma)
}
