//! Values of flags, read from what was typed; why one is refused is said in the language of the program.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::messages::usage::{self, Refused};
use crate::print::screen::MIN_WIDTH;

/// Threads that read, at most.
const MAX_THREADS: u64 = 8;

/// Characters of a passage, at least.
const MIN_CHARS: u64 = 10;

/// Reads how many there may be.
pub(super) fn count(text: &str) -> Result<usize, Refused> {
    whole(text, 0..=u64::MAX)
}

pub(super) fn sentences(text: &str) -> Result<u16, Refused> {
    whole(text, 0..=u16::MAX.into())
}

pub(super) fn characters(text: &str) -> Result<u32, Refused> {
    whole(text, MIN_CHARS..=u32::MAX.into())
}

pub(super) fn threads(text: &str) -> Result<u8, Refused> {
    whole(text, 1..=MAX_THREADS)
}

pub(super) fn whole_seconds(text: &str) -> Result<u32, Refused> {
    whole(text, 0..=u32::MAX.into())
}

/// Reads a number of seconds, fractions allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, Refused> {
    let seconds = text.replace(',', ".").parse().map_err(|_| usage::no_seconds())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| usage::no_seconds())
}

/// Reads a number of columns: 0, or as many as a word needs.
pub(super) fn columns(text: &str) -> Result<usize, Refused> {
    match text.parse() {
        Ok(columns @ (0 | MIN_WIDTH..)) => Ok(columns),
        _ => Err(usage::no_columns(MIN_WIDTH)),
    }
}

fn whole<N: TryFrom<u64>>(text: &str, range: RangeInclusive<u64>) -> Result<N, Refused> {
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.and_then(|number| N::try_from(number).ok()).ok_or_else(|| usage::no_number(&range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_within_their_bounds() {
        assert_eq!(count("12").ok(), Some(12));
        assert_eq!((sentences("65535").ok(), sentences("65536").ok()), (Some(65_535), None));
        assert_eq!((characters("10").ok(), characters("9").ok()), (Some(10), None));
        assert_eq!((threads("8").ok(), threads("0").ok(), threads("9").ok()), (Some(8), None, None));
        for text in ["", "-1", "abc", "1.5", "1e3", "99999999999999999999999"] {
            assert!(count(text).is_err() && whole_seconds(text).is_err() && columns(text).is_err(), "{text}");
        }
        assert_eq!((columns("0").ok(), columns("23").ok(), columns("24").ok()), (Some(0), None, Some(24)));
    }

    #[test]
    fn seconds_may_have_a_point_or_a_comma() {
        assert_eq!(seconds("0,5").ok(), Some(Duration::from_millis(500)));
        assert_eq!(seconds("2").ok(), seconds("2.0").ok());
        for text in ["", "-1", "NaN", "inf", "1e99"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
