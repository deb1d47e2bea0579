//! Dates and times of day in figures: `12/03/2024`, `2024-03-12`, `18h30`, `18 h 30`, `18:30`.
//!
//! A date gives its day, month and year, in the order they are written; beside the month's figures stands its name, and
//! beside the whole the same date written from the year on, so that every way of writing it finds the others. A time of day
//! is one word: `18h30`, without a leading zero, and `18h` when no minutes follow.

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};

/// The months, in lower case, in their order.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Reads a date, or a time of day in several words.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    read_date(reader, from).or_else(|| read_hour(reader, from))
}

fn read_date(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let joint = reader.joint_to_next(from)?;
    let separates = matches!(joint, Joint::Slash | Joint::Dot | Joint::Hyphen);
    if !separates || reader.joint_to_next(from + 1) != Some(joint) || reader.joint_to_next(from + 2) == Some(joint) {
        return None;
    }
    let [first, second, third] = [from, from + 1, from + 2].map(|rank| figures(reader, rank));
    let (first, second, third) = (first?, second?, third?);
    let year_first = reader.piece(from)?.len() == 4;
    let (year, day) = if year_first { (first, third) } else { (third, first) };
    let year_figures = reader.piece(if year_first { from } else { from + 2 })?.len();
    let month_name = MONTHS.get(second.checked_sub(1)? as usize)?;
    let is_date = (1..=31).contains(&day) && (year_figures == 4 || (year_figures == 2 && joint == Joint::Slash));
    if !is_date {
        return None;
    }
    let position = reader.position;
    for rank in from..=from + 2 {
        let (start, end) = reader.range(rank, rank);
        let term = figures(reader, rank)?.to_string();
        let here = reader.position;
        reader.plain_entry(Entry::new(start, end, &term, Rule::Date));
        if rank == from + 1 {
            reader.alternate(here, Entry::new(start, end, month_name, Rule::Date));
        }
    }
    let (start, end) = reader.range(from, from + 2);
    let full_year = if year_figures == 2 { year + if year < 50 { 2000 } else { 1900 } } else { year };
    let whole = format!("{full_year:04}-{second:02}-{day:02}");
    reader.alternate(position, Entry::new(start, end, &whole, Rule::Date));
    Some(from + 3)
}

fn figures(reader: &Reader<'_>, rank: usize) -> Option<u32> {
    let piece = reader.piece(rank).filter(|piece| piece.is_number() && piece.len() <= 4)?;
    reader.slice(piece.start, piece.end).parse().ok()
}

/// `18 h 30`, `18 h`, `18:30`
fn read_hour(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let hours = figures(reader, from).filter(|hours| *hours <= 24 && reader.surface(from).len() <= 2)?;
    let is_h = |rank: usize| reader.surface(rank).eq_ignore_ascii_case("h");
    match reader.joint_to_next(from)? {
        Joint::Colon => {
            let minutes = figures(reader, from + 1).filter(|minutes| *minutes < 60)?;
            let two = reader.surface(from + 1).len() == 2 && reader.joint_to_next(from + 1) != Some(Joint::Colon);
            two.then(|| write_hour(reader, from, from + 1, hours, minutes))
        }
        Joint::Space if is_h(from + 1) => {
            let minutes = figures(reader, from + 2).filter(|minutes| *minutes < 60);
            let last = if minutes.is_some() { from + 2 } else { from + 1 };
            Some(write_hour(reader, from, last, hours, minutes.unwrap_or(0)))
        }
        _ => None,
    }
}

/// Reads one word that is a time of day: `18h30`, `8h`.
pub(crate) fn read_word(reader: &mut Reader<'_>, rank: usize, _: Rule) -> Option<()> {
    let word = reader.surface(rank);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = word.split_once(['h', 'H'])?;
    let is_figures = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_figures(hours) || !is_figures(minutes) {
        return None;
    }
    let hours = hours.parse().ok().filter(|hours| *hours <= 24)?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse().ok().filter(|minutes| *minutes < 60)? };
    write_hour(reader, rank, rank, hours, minutes);
    Some(())
}

fn write_hour(reader: &mut Reader<'_>, from: usize, last: usize, hours: u32, minutes: u32) -> usize {
    let (start, end) = reader.range(from, last);
    let position = reader.position;
    let hour = format!("{hours}h");
    if minutes == 0 {
        reader.plain_entry(Entry::new(start, end, &hour, Rule::Hour));
    } else {
        let exact = format!("{hours}h{minutes:02}");
        reader.plain_entry(Entry::new(start, end, &exact, Rule::Hour));
        reader.alternate(position, Entry::new(start, end, &hour, Rule::Hour));
    }
    last + 1
}
