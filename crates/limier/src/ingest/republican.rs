//! Days of the republican calendar, by which France dated from 1793 to 1805: `18 brumaire an VIII`.
//!
//! A year begins at the autumn equinox, by decree of 4 frimaire an II, and has twelve months of thirty days, then five or
//! six days that belong to none.

use crate::Date;

use super::noise::fold;

/// The day of September on which each year began, an I to an XIV.
const BEGINNINGS: [u8; 14] = [22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23];

const MONTHS: [&str; 12] = [
    "vendemiaire",
    "brumaire",
    "frimaire",
    "nivose",
    "pluviose",
    "ventose",
    "germinal",
    "floreal",
    "prairial",
    "messidor",
    "thermidor",
    "fructidor",
];

const YEARS: [&str; 14] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];

/// Reads a day, its month and its year: `18`, `brumaire`, `VIII` (or `8`).
pub(super) fn date(day: i16, month: &str, year: &str) -> Option<Date> {
    let month = fold(month);
    let month = MONTHS.iter().position(|name| *name == month)?;
    let year = fold(year);
    let index = YEARS.iter().position(|name| *name == year).or_else(|| year.parse::<usize>().ok()?.checked_sub(1))?;
    let beginning = BEGINNINGS.get(index)?;
    if !(1..=30).contains(&day) {
        return None;
    }
    let first = Date::new(1792 + i16::try_from(index).ok()?, 9, *beginning).ok()?;
    let days = i32::try_from(month).ok()? * 30 + i32::from(day) - 1;
    Date::from_days_since_epoch(first.days_since_epoch() + days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_days_are_those_of_history() {
        for (day, month, year, expected) in [
            (1, "vendémiaire", "I", "1792-09-22"),
            (9, "thermidor", "II", "1794-07-27"),
            (13, "Vendémiaire", "IV", "1795-10-05"),
            (18, "fructidor", "V", "1797-09-04"),
            (18, "BRUMAIRE", "VIII", "1799-11-09"),
            (18, "brumaire", "8", "1799-11-09"),
            (3, "nivôse", "IX", "1800-12-24"),
            (11, "frimaire", "XIV", "1805-12-02"),
        ] {
            let found = date(day, month, year).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{day} {month} an {year}");
        }
        for (day, month, year) in [
            (31, "brumaire", "VIII"),
            (0, "nivôse", "II"),
            (3, "mars", "II"),
            (3, "brumaire", "XV"),
            (3, "brumaire", "0"),
        ] {
            assert_eq!(date(day, month, year), None, "{day} {month} an {year}");
        }
    }
}
