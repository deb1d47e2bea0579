//! Days as French pages write them: `26 novembre 2024`, `26/11/2024`, `1er mars 2021`, and the forms of programs.
//!
//! Only what names its year is a day: `mardi dernier` or `le 3 mars` are not guessed.

pub(super) use crate::calendar::is_weekday;
use crate::{Date, Period, calendar};

use super::republican;

/// No year before this one, or after the other, is the year of a published article.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// Reads the value of a field that holds a day, whichever form it has.
///
/// `2024-11-26T18:05`, `2024/11/26`, `20241126`, `26/11/2024`, `26.11.24`, `Tue, 26 Nov 2024 18:05:00 GMT`,
/// `le mardi 26 novembre 2024 à 18h05`.
pub(super) fn of_field(text: &str) -> Option<Date> {
    let text = text.trim();
    let iso = text.parse::<Date>().ok().filter(|_| text.len() >= 10);
    iso.or_else(|| compact(text)).or_else(|| first_in(text))
}

/// Reads the date of a record or of a front matter: as [`of_field`], and a year or a month alone, `2024-11`, `11/2024` or
/// `novembre 2024`.
pub(super) fn of_record(text: &str) -> Option<Date> {
    let alone = || {
        let tokens: Vec<&str> = tokens(text).collect();
        let (date, len) = month_or_year(&tokens)?;
        (len == tokens.len()).then_some(date)
    };
    text.trim().parse::<Date>().ok().or_else(|| of_field(text)).or_else(alone).or_else(|| of_export(text.trim()))
}

/// Reads what only programs and spreadsheets write: `1732640700` (seconds since 1970, or milliseconds), `26-nov.-24`; and the
/// year of what is no day, `2024-W48`, `automne 2024`.
fn of_export(text: &str) -> Option<Date> {
    if is_number(text) && matches!(text.len(), 10 | 13) {
        let seconds = text.parse::<i64>().ok()? / if text.len() == 13 { 1000 } else { 1 };
        let date = Date::from_days_since_epoch(i32::try_from(seconds / 86_400).ok()?)?;
        return YEARS.contains(&date.year()).then_some(date);
    }
    let all: Vec<&str> = tokens(text).filter(|token| token.starts_with(char::is_alphanumeric)).collect();
    let year_alone = |year: &str| if year.len() == 4 { date(number(year, 4)?, 1, 1) } else { None };
    match &all[..] {
        [year, "W", week] if (1..=53).contains(&number(week, 2)?) => {
            Some(year_alone(year)?.with_precision(Period::Year))
        }
        [day, month, year] if year.len() == 2 => date(full_year(year)?, month_of(month)?, number(day, 2)?),
        [season, year] if SEASONS.contains(&super::noise::fold(season).as_str()) => {
            Some(year_alone(year)?.with_precision(Period::Year))
        }
        _ => None,
    }
}

const SEASONS: [&str; 4] = ["printemps", "ete", "automne", "hiver"];

/// Returns the month or the year that `en` announces at the beginning of a text, where no day is named: `en mars 2019`.
pub(super) fn announced_period(text: &str) -> Option<Date> {
    let tokens: Vec<&str> = tokens(text).take(5).collect();
    let (first, rest) = tokens.split_first()?;
    let rest = if first.eq_ignore_ascii_case("en") { rest } else { &tokens };
    let (date, len) = month_or_year(rest)?;
    let is_announced = date.precision() == Period::Month || rest.len() < tokens.len();
    // "Paru en 2019 aux éditions du Fil" is the year of a book.
    let ends = rest.get(len).is_none_or(|next| matches!(*next, "-" | "par" | "mis"));
    (is_announced && ends).then_some(date)
}

/// Reads a month and its year, or a year alone, where one begins these tokens; and how many tokens it takes.
fn month_or_year(tokens: &[&str]) -> Option<(Date, usize)> {
    let year_of = |text: &str| if text.len() == 4 { number(text, 4) } else { None };
    let of = |year: i16, month: i16, precision: Period| Some(date(year, month, 1)?.with_precision(precision));
    match tokens {
        [year, "-" | "/" | ".", month, ..] if year.len() == 4 && month.len() <= 2 && is_number(month) => {
            Some((of(year_of(year)?, number(month, 2)?, Period::Month)?, 3))
        }
        [month, "-" | "/" | ".", year, ..] if month.len() <= 2 && is_number(month) => {
            Some((of(year_of(year)?, number(month, 2)?, Period::Month)?, 3))
        }
        [month, ".", year, ..] if month_of(month).is_some() => {
            Some((of(year_of(year)?, month_of(month)?, Period::Month)?, 3))
        }
        [month, year, ..] if month_of(month).is_some() => {
            Some((of(year_of(year)?, month_of(month)?, Period::Month)?, 2))
        }
        [year, ..] => Some((of(year_of(year)?, 1, Period::Year)?, 1)),
        [] => None,
    }
}

/// `20241126`, `20241126180500` or `20241126T180500Z`.
fn compact(text: &str) -> Option<Date> {
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != text.len() || !matches!(digits, 8 | 12 | 14) {
        return None;
    }
    date(text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..8)?.parse().ok()?)
}

/// Returns the first day that a line names in full.
pub(super) fn first_in(line: &str) -> Option<Date> {
    let tokens: Vec<&str> = tokens(line).collect();
    (0..tokens.len()).find_map(|at| day_at(tokens.get(at..).unwrap_or_default()))
}

/// Numbers, words, and the marks between numbers; all else separates.
fn tokens(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.get(rest.find(|c: char| c.is_alphanumeric() || "/.-".contains(c))?..)?;
        let first = rest.chars().next()?;
        let is_same = |c: char| match first {
            '0'..='9' => c.is_ascii_digit(),
            _ => first.is_alphabetic() && c.is_alphabetic(),
        };
        let end = rest.char_indices().skip(1).find(|&(_, c)| !is_same(c)).map_or(rest.len(), |(at, _)| at);
        let (token, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(token)
    })
}

fn day_at(tokens: &[&str]) -> Option<Date> {
    match tokens {
        // 2024-11-26, 2024/11/26
        [year, mark @ ("-" | "/" | "."), month, other, day, ..] if year.len() == 4 && mark == other => {
            date(number(year, 4)?, number(month, 2)?, number(day, 2)?)
        }
        // 26/11/2024, 26.11.24
        [day, mark @ ("-" | "/" | "."), month, other, year, ..] if mark == other && matches!(year.len(), 2 | 4) => {
            date(full_year(year)?, number(month, 2)?, number(day, 2)?)
        }
        // 1er mars 2021
        [day, "er" | "ER", month, year, ..] if year.len() == 4 => {
            date(number(year, 4)?, month_of(month)?, number(day, 2)?)
        }
        // 18 brumaire an VIII
        [day, "er" | "ER", month, an, year, ..] | [day, month, an, year, ..] if an.eq_ignore_ascii_case("an") => {
            republican::date(number(day, 2)?, month, year)
        }
        // Nov 26 18:05:00 2024, Nov 26 18:05:00 CET 2024
        [month, day, hour, minute, second, year, ..] | [month, day, hour, minute, second, _, year, ..]
            if month_of(month).is_some()
                && year.len() == 4
                && is_number(year)
                && [hour, minute, second].iter().all(|part| number(part, 2).is_some()) =>
        {
            date(number(year, 4)?, month_of(month)?, number(day, 2)?)
        }
        // Nov 26, 2024
        [month, day, year, ..] if year.len() == 4 && is_number(year) && month_of(month).is_some() => {
            date(number(year, 4)?, month_of(month)?, number(day, 2)?)
        }
        // 26 nov. 2024
        [day, month, ".", year, ..] | [day, month, year, ..] if year.len() == 4 && is_number(year) => {
            date(number(year, 4)?, month_of(month)?, number(day, 2)?)
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str, longest: usize) -> Option<i16> {
    (text.len() <= longest && is_number(text)).then(|| text.parse().ok())?
}

/// Years of two digits are those of the web.
fn full_year(text: &str) -> Option<i16> {
    let year = number(text, 4)?;
    Some(if text.len() == 2 { 2000 + year } else { year })
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let small = |value: i16| u8::try_from(value).ok();
    YEARS.contains(&year).then(|| Date::new(year, small(month)?, small(day)?).ok())?
}

/// Returns the number of a month by its French or English name, whole or cut short.
pub(super) fn month_of(word: &str) -> Option<i16> {
    calendar::month_of(&super::noise::fold(word))
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;

    #[test]
    fn dates_of_records_have_every_form_of_exports() {
        for (text, day) in [
            ("2024-02-05", "2024-02-05"),
            ("05/02/2024", "2024-02-05"),
            ("05/02/24", "2024-02-05"),
            ("2024/02/05", "2024-02-05"),
            ("05.02.2024", "2024-02-05"),
            ("20240205", "2024-02-05"),
            ("1er mars 2024", "2024-03-01"),
            ("5 mars 2024", "2024-03-05"),
            ("Mon, 05 Feb 2024 10:00:00 +0100", "2024-02-05"),
            ("2024-02-05T10:00:00Z", "2024-02-05"),
            ("février 2024", "2024-02"),
            ("févr. 2024", "2024-02"),
            ("2024-02", "2024-02"),
            ("2024/02", "2024-02"),
            ("02/2024", "2024-02"),
            ("2024", "2024"),
            ("1707127200", "2024-02-05"),
            ("1707127200000", "2024-02-05"),
            ("05-févr.-24", "2024-02-05"),
            ("5 février 24", "2024-02-05"),
            ("20240205T1000Z", "2024-02-05"),
            ("2024-W06", "2024"),
            ("Hiver 2024", "2024"),
            ("1er germinal an II", "1794-03-21"),
            ("le 18 brumaire an VIII", "1799-11-09"),
        ] {
            assert_eq!(of_record(text).map(|date| date.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in [
            "hier",
            "",
            "mardi",
            "le 3 mars",
            "31/02/2024",
            "février 24",
            "en 2024 déjà",
            "13/2024",
            "2024-W60",
            "9999999999",
            "123",
        ] {
            assert_eq!(of_record(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_or_a_year_is_read_where_it_is_announced() {
        for (text, read) in [
            (" en mars 2019", Some("2019-03")),
            (" : mars 2019", Some("2019-03")),
            (" en 2019", Some("2019")),
            (" 2019", None),
            (" en 2019 aux éditions du Fil", None),
            (" en mars 2019 par Inès Guichard", Some("2019-03")),
            (" mardi", None),
            ("", None),
        ] {
            assert_eq!(announced_period(text).map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn days_are_read_in_the_forms_of_pages_and_programs() {
        for text in [
            "2024-11-26",
            "2024-11-26T18:05:00+01:00",
            "2024/11/26 18:05",
            "20241126",
            "20241126180500",
            "26/11/2024",
            "26.11.24 à 9:12",
            "26-11-2024",
            "26 novembre 2024",
            "26 nov. 2024",
            "Nov 26, 2024",
            "Mardi 26 NOVEMBRE 2024 à 18h05",
            "Publié le 26 novembre 2024 à 18h05",
            "Tue, 26 Nov 2024 18:05:00 GMT",
            "Tue Nov 26 18:05:00 2024 +0100",
            "Tue Nov 26 18:05:00 CEST 2024",
        ] {
            assert_eq!(of_field(text).map(|date| date.to_string()).as_deref(), Some("2024-11-26"), "{text}");
        }
        assert_eq!(of_field("Paris, le 1er août 1944").unwrap().to_string(), "1944-08-01");
    }

    #[test]
    fn what_names_no_day_in_full_is_not_guessed() {
        for text in [
            "",
            "mardi dernier",
            "hier",
            "le 3 mars",
            "26/11",
            "31 février 2024",
            "12.5.3",
            "1.2.3.4",
            "novembre 2024",
            "3 chats 2024",
            "06 12 34 56 78",
            "99/99/9999",
            "1 - 2 - 3",
            "²²/11/2024",
            "2024",
        ] {
            assert_eq!(of_field(text), None, "{text}");
        }
    }
}
