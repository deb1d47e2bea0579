//! Numbers, sizes, times and dates, written as the language writes them.

use std::time::Duration;

use limier::{Date, Period};

use super::{Language, language, say};

const MONTHS_IN_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Writes how many there are; in French nought is singular.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    let is_one = match language() {
        Language::English => count == 1,
        Language::French => count < 2,
    };
    format!("{} {}", grouped(count), if is_one { one } else { many })
}

/// Writes a number with its digits in groups of three: by a comma in English, by a thin space in French.
pub(crate) fn grouped(number: u64) -> String {
    let separator = match language() {
        Language::English => ',',
        Language::French => '\u{202f}',
    };
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// Writes a number with so many decimals.
pub(crate) fn decimal(number: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", number.abs());
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let sign =
        if number.is_sign_negative() && plain.contains(|c: char| c.is_ascii_digit() && c != '0') { "-" } else { "" };
    let point = match (rest, language()) {
        ("", _) => "",
        (_, Language::English) => ".",
        (_, Language::French) => ",",
    };
    format!("{sign}{whole}{point}{rest}")
}

pub(crate) fn duration(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(1) {
        return format!("{} ms", elapsed.as_millis());
    }
    format!("{} s", decimal(elapsed.as_secs_f64(), 1))
}

/// Writes a size with a decimal unit.
pub(crate) fn size(bytes: u64) -> String {
    let by = |unit: f64| decimal(bytes as f64 / unit, 1);
    match bytes {
        0..1_000 => bytes_counted(bytes),
        1_000..1_000_000 => say!("{} kB", "{} ko", by(1e3)),
        1_000_000..1_000_000_000 => say!("{} MB", "{} Mo", by(1e6)),
        _ => say!("{} GB", "{} Go", by(1e9)),
    }
}

fn bytes_counted(bytes: u64) -> String {
    match language() {
        Language::English => counted(bytes, "byte", "bytes"),
        Language::French => counted(bytes, "octet", "octets"),
    }
}

/// Writes the day, month or year of a day for a person: `novembre 2024`.
pub(crate) fn period(period: Period, day: Date) -> String {
    match period {
        Period::Day => whole_day(day),
        Period::Month => format!("{} {}", month(day), day.year()),
        _ => day.year().to_string(),
    }
}

fn month(date: Date) -> &'static str {
    let months = match language() {
        Language::English => MONTHS_IN_ENGLISH,
        Language::French => limier_french::MONTHS,
    };
    months.get(usize::from(date.month()).saturating_sub(1)).copied().unwrap_or_default()
}

/// Writes a date for a person, as far as it is known: `26 November 2024`, `1er mai 2024`, `mars 2019`, `2019`.
pub(crate) fn date(date: Date) -> String {
    period(date.precision(), date)
}

fn whole_day(date: Date) -> String {
    let month = month(date);
    let day = match (language(), date.day()) {
        (Language::French, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day} {month} {}", date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::in_language;

    fn both<T>(work: impl Fn() -> T) -> [T; 2] {
        [Language::English, Language::French].map(|language| in_language(language, &work))
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (number, written) in [
            (0, ["0", "0"]),
            (999, ["999", "999"]),
            (1234, ["1,234", "1\u{202f}234"]),
            (1_234_567, ["1,234,567", "1\u{202f}234\u{202f}567"]),
        ] {
            assert_eq!(both(|| grouped(number)), written);
        }
        for (number, written) in [
            (1234.56, ["1,234.6", "1\u{202f}234,6"]),
            (-0.25, ["-0.2", "-0,2"]),
            (-0.01, ["0.0", "0,0"]),
            (12.0, ["12.0", "12,0"]),
        ] {
            assert_eq!(both(|| decimal(number, 1)), written);
        }
    }

    #[test]
    fn sizes_and_times_are_written_to_be_read() {
        for (bytes, written) in [
            (0, ["0 bytes", "0 octet"]),
            (1, ["1 byte", "1 octet"]),
            (999, ["999 bytes", "999 octets"]),
            (1500, ["1.5 kB", "1,5 ko"]),
            (2_000_000, ["2.0 MB", "2,0 Mo"]),
            (3_100_000_000, ["3.1 GB", "3,1 Go"]),
        ] {
            assert_eq!(both(|| size(bytes)), written);
        }
        assert_eq!(both(|| duration(Duration::from_millis(12))), ["12 ms", "12 ms"]);
        assert_eq!(both(|| duration(Duration::from_millis(1234))), ["1.2 s", "1,2 s"]);
    }

    #[test]
    fn days_are_written_out() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(both(|| date(day("2024-11-26"))), ["26 November 2024", "26 novembre 2024"]);
        assert_eq!(both(|| date(day("2024-05-01"))), ["1 May 2024", "1er mai 2024"]);
        assert_eq!(both(|| date(day("2024-05"))), ["May 2024", "mai 2024"]);
        assert_eq!(both(|| date(day("2024"))), ["2024", "2024"]);
    }
}
