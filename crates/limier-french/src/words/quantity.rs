//! A number glued to its unit: `20km` is `20 km`, `100m²` is `100 m²`.
//!
//! Number and unit are plain tokens, the whole another reading, because a reader may mean it as one thing (`5G`, `20km`). What
//! no unit ends stays whole: `1080p`, `A380`, `Covid19`.

use crate::token::Rule;
use crate::words::reader::{Entry, Reader};

/// Units that are written behind a number without a space, normalised.
const UNITS: [&str; 58] = [
    "km", "m", "dm", "cm", "mm", "nm", "μm", "kg", "g", "mg", "μg", "t", "l", "dl", "cl", "ml", "hl", "ha", "kw", "mw",
    "gw", "tw", "kwh", "mwh", "gwh", "twh", "wh", "v", "kv", "w", "hz", "khz", "mhz", "ghz", "o", "ko", "mo", "go",
    "to", "po", "kb", "mb", "gb", "tb", "min", "s", "ms", "j", "ans", "px", "db", "m2", "m3", "km2", "cm2", "cm3", "k",
    "md",
];

/// Reads one word made of a number and a unit.
pub(crate) fn read_word(reader: &mut Reader<'_>, rank: usize, _: Rule) -> Option<()> {
    let (_, unit_start) = unit_after(reader, rank)?;
    let piece = reader.piece(rank)?;
    let whole = reader.exact(rank);
    let position = reader.position;
    reader.plain(piece.start, unit_start, Rule::Quantity);
    reader.plain(unit_start, piece.end, Rule::Quantity);
    reader.alternate(position, Entry::new(piece.start, piece.end, whole, Rule::Quantity));
    Some(())
}

/// Returns the figures of a word that a unit ends, and the byte where the unit begins.
pub(crate) fn unit_after<'a>(reader: &Reader<'a>, rank: usize) -> Option<(&'a str, usize)> {
    let piece = reader.piece(rank)?;
    let word = reader.surface(rank);
    let figures = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at_checked(figures)?;
    if number.is_empty() || unit.is_empty() {
        return None;
    }
    let unit = crate::normalize::normalize(unit);
    UNITS.contains(&unit.as_str()).then_some((number, piece.start + figures))
}
