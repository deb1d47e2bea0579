//! Signs that are read as words: `20 €` is `20 euros`, `58 %` is `58 pour cent`, `Dupont & Fils` is `Dupont et Fils`.
//!
//! Signs of currency and the per cent sign count only beside a figure (see the scanner), `€` everywhere.

use crate::token::Rule;
use crate::words::reader::{Entry, Reader};

/// Reads a group that is one sign, or one ideograph.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let end = reader.group.len();
    let entry = |exact| Entry::new(0, end, exact, Rule::Symbol);
    let entry = match reader.group {
        "€" => entry("euros").lemma("euro"),
        "$" => entry("dollars").lemma("dollar"),
        "£" => entry("livres").lemma("livre"),
        "¥" => entry("yens").lemma("yen"),
        "%" => entry("pourcent").lemma("pourcent"),
        "№" => entry("numéro").lemma("numéro"),
        "&" => entry("et"),
        _ => {
            reader.plain(0, end, Rule::Ideograph);
            return;
        }
    };
    reader.plain_entry(entry);
}
