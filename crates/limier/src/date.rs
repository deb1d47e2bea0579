//! A calendar day, month or year, as articles carry it.

use std::fmt;
use std::str::FromStr;

use crate::search::Period;
use crate::{Error, ErrorKind};

/// A day of the Gregorian calendar, from year 1 to 9999, or a month or a year where no more is known.
///
/// It is written and read as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. A longer text that begins so, such as an RFC 3339 time, is
/// read as its day. A month or a year counts as its first day wherever a day is asked for: in filters, orders and counts.
///
/// ```
/// use limier::{Date, Period};
/// let day: Date = "2024-11-26T18:05:00+01:00".parse()?;
/// assert_eq!(day.to_string(), "2024-11-26");
/// let month: Date = "2024-11".parse()?;
/// assert_eq!((month.precision(), month.day(), month.to_string().as_str()), (Period::Month, 1, "2024-11"));
/// assert!("2024-02-30".parse::<Date>().is_err());
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
    precision: Period,
}

impl Date {
    /// Makes a day from its year (1 to 9999), month (1 to 12) and day of the month (from 1).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDate`] when the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Date, Error> {
        let in_range = (1..=9999).contains(&year) && (1..=12).contains(&month);
        if !in_range || day < 1 || day > days_in_month(year, month) {
            let text = format!("{year:04}-{month:02}-{day:02} is no day of the calendar: write a date as YYYY-MM-DD");
            return Err(Error::new(ErrorKind::InvalidDate, text));
        }
        Ok(Date { year, month, day, precision: Period::Day })
    }

    /// Returns what is known of it: the day, or the month or the year alone.
    pub fn precision(self) -> Period {
        self.precision
    }

    /// Returns the date of which no more than the day, the month or the year is known, as `precision` says.
    ///
    /// ```
    /// use limier::{Date, Period};
    /// let year = Date::new(2019, 3, 5)?.with_precision(Period::Year);
    /// assert_eq!((year.to_string().as_str(), year.month(), year.day()), ("2019", 1, 1));
    /// # Ok::<(), limier::Error>(())
    /// ```
    #[must_use]
    pub fn with_precision(self, precision: Period) -> Date {
        match precision {
            Period::Day => Date { precision, ..self },
            Period::Month => Date { day: 1, precision, ..self },
            Period::Year => Date { month: 1, day: 1, precision, ..self },
        }
    }

    /// Returns the year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the month, 1 to 12; 1 of a year.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1; 1 of a month or a year.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Returns the number of days since 1970-01-01, negative before, of its first day.
    ///
    /// Howard Hinnant's `days_from_civil`: <https://howardhinnant.github.io/date_algorithms.html>.
    pub fn days_since_epoch(self) -> i32 {
        let month = i32::from(self.month);
        let year = i32::from(self.year) - i32::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Returns the day that lies `days` after 1970-01-01, or `None` outside of the years 1 to 9999.
    pub fn from_days_since_epoch(days: i32) -> Option<Date> {
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Date::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
    }

    /// Returns the last day of this day's month.
    #[must_use]
    pub fn end_of_month(self) -> Date {
        Date { day: days_in_month(self.year, self.month), precision: Period::Day, ..self }
    }
}

fn days_in_month(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Period::Day => write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day),
            Period::Month => write!(f, "{:04}-{:02}", self.year, self.month),
            Period::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Date, Error> {
        let unreadable = || {
            let shown: String = text.chars().take(40).collect();
            Error::new(ErrorKind::InvalidDate, format!("{shown:?} is no date: write it as YYYY-MM-DD, YYYY-MM or YYYY"))
        };
        // A time of day may follow the day: 2024-11-26T18:05 or 2024-11-26 18:05.
        let day = text.trim().split(['T', 't', ' ']).next().unwrap_or_default();
        let mut parts = day.split('-');
        let mut number = |width: usize| -> Result<Option<i16>, Error> {
            match parts.next() {
                None => Ok(None),
                Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
                    part.parse().map(Some).map_err(|_| unreadable())
                }
                Some(_) => Err(unreadable()),
            }
        };
        let year = number(4)?.ok_or_else(unreadable)?;
        let (month, day) = (number(2)?, number(2)?);
        let precision = match (month, day) {
            (None, _) => Period::Year,
            (_, None) => Period::Month,
            _ => Period::Day,
        };
        if parts.next().is_some() {
            return Err(unreadable());
        }
        let small = |value: i16| u8::try_from(value).map_err(|_| unreadable());
        let date = Date::new(year, small(month.unwrap_or(1))?, small(day.unwrap_or(1))?)?;
        Ok(date.with_precision(precision))
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_months_years_and_times() {
        for (text, expected) in [
            ("2024-11-26", "2024-11-26"),
            ("2024-11", "2024-11"),
            ("2024", "2024"),
            (" 2024-02-29 10:00", "2024-02-29"),
            ("2024-11-26T18:05:00Z", "2024-11-26"),
        ] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn a_month_or_a_year_counts_as_its_first_day() {
        for (text, first) in [("2024-11", "2024-11-01"), ("2024", "2024-01-01")] {
            let (date, first) = (text.parse::<Date>().unwrap(), first.parse::<Date>().unwrap());
            assert_eq!(date.days_since_epoch(), first.days_since_epoch());
            assert_eq!(date.with_precision(Period::Day), first);
            assert_ne!(date, first);
        }
        assert_eq!("2024-02".parse::<Date>().unwrap().end_of_month().to_string(), "2024-02-29");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "hier", "24-11-26", "2023-02-29", "2024-13", "2024-1-1", "2024-11-26-01", "0000-01-01", "²024"]
        {
            let error = text.parse::<Date>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidDate, "{text}");
        }
    }

    #[test]
    fn counts_days_both_ways() {
        assert_eq!("1970-01-01".parse::<Date>().unwrap().days_since_epoch(), 0);
        assert_eq!("2000-03-01".parse::<Date>().unwrap().days_since_epoch(), 11_017);
        assert_eq!("1969-12-31".parse::<Date>().unwrap().days_since_epoch(), -1);
        let (first, last) = (Date::new(1, 1, 1).unwrap(), Date::new(9999, 12, 31).unwrap());
        let mut previous = None;
        for days in first.days_since_epoch()..=last.days_since_epoch() {
            let date = Date::from_days_since_epoch(days).unwrap();
            assert_eq!(date.days_since_epoch(), days);
            assert!(previous < Some(date));
            previous = Some(date);
        }
        assert_eq!(Date::from_days_since_epoch(last.days_since_epoch() + 1), None);
        assert_eq!(Date::from_days_since_epoch(i32::MAX), None);
    }
}
