//! Numbers: `11 000`, `11.000`, `11'000` and `11000` are one; `3,14` is `3.14`.
//!
//! French groups figures by three with a space (plain, no-break or thin), Belgium also with a full stop, Switzerland with an
//! apostrophe; the decimal sign is a comma, or a full stop in texts about computers. One sign before three figures can be
//! either (`11.000`, `3,141`): the usual meaning in French is the plain token, the other one another reading. What has several
//! full stops and is no grouped number is a version or an address (`1.2.3`) and stays whole; ten figures by pairs are a
//! telephone number.

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::quantity;
use crate::words::reader::{Entry, Reader};

/// Reads a number of several pieces.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let first = reader.piece(from).filter(|piece| piece.is_number())?;
    if !first.more {
        return None;
    }
    let joint = reader.joint_to_next(from)?;
    let is_number = |rank: usize| reader.piece(rank).is_some_and(|piece| piece.is_number());
    let joins = |joint| matches!(joint, Joint::Space | Joint::Dot | Joint::Comma | Joint::Apostrophe);
    if joint == Joint::Slash {
        return read_slashed(reader, from);
    }
    let mut last = from;
    while reader.joint_to_next(last).is_some_and(joins) && is_number(last + 1) {
        last += 1;
    }
    // `1,5km`: the figures of the last piece belong to the number.
    let unit = quantity::unit_after(reader, last + 1)
        .filter(|_| matches!(reader.joint_to_next(last), Some(Joint::Comma | Joint::Dot)));
    let parts: Vec<&str> = (from..=last).map(|rank| reader.surface(rank)).collect();
    let joints: Vec<Joint> = (from..last).filter_map(|rank| reader.joint(rank)).collect();
    let (start, end) = reader.range(from, last);
    if let Some((figures, unit_start)) = unit.filter(|_| joints.iter().all(|joint| *joint == Joint::Space)) {
        let term = format!("{}.{figures}", parts.concat());
        reader.plain_entry(Entry::new(start, unit_start, &term, Rule::Number));
        let piece = reader.piece(last + 1)?;
        reader.plain(unit_start, piece.end, Rule::Quantity);
        return Some(last + 2);
    }
    if last == from {
        return None;
    }
    let Some(readings) = readings(&parts, &joints) else {
        return Some(read_each(reader, from, last));
    };
    let position = reader.position;
    reader.plain_entry(Entry::new(start, end, &readings.plain, Rule::Number));
    if let Some(other) = readings.other {
        reader.alternate(position, Entry::new(start, end, &other, Rule::Number));
    }
    Some(last + 1)
}

/// `24/7` is findable whole, longer runs only by their numbers.
fn read_slashed(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let is_number = |rank: usize| reader.piece(rank).is_some_and(|piece| piece.is_number());
    let mut last = from;
    while reader.joint_to_next(last) == Some(Joint::Slash) && is_number(last + 1) {
        last += 1;
    }
    if last == from {
        return None;
    }
    let (start, end) = reader.range(from, last);
    let position = reader.position;
    read_each(reader, from, last);
    if last == from + 1 {
        let whole = reader.slice(start, end).to_owned();
        reader.alternate(position, Entry::new(start, end, &whole, Rule::Number));
    }
    Some(last + 1)
}

/// Writes each number by itself.
fn read_each(reader: &mut Reader<'_>, from: usize, last: usize) -> usize {
    for rank in from..=last {
        reader.word(rank, Rule::Number);
    }
    last + 1
}

/// What a number written with signs means.
#[derive(Debug, PartialEq, Eq)]
struct Readings {
    plain: String,
    other: Option<String>,
}

fn readings(parts: &[&str], joints: &[Joint]) -> Option<Readings> {
    let one = |plain: String| Some(Readings { plain, other: None });
    let (first, rest) = parts.split_first()?;
    let by_three = |groups: &[&str]| first.len() <= 3 && groups.iter().all(|group| group.len() == 3);
    let all = |joint: Joint, joints: &[Joint]| joints.iter().all(|other| *other == joint);
    let (last_joint, joints_before) = joints.split_last()?;
    let (last, groups) = rest.split_last()?;
    let whole = || parts.concat();
    let decimal = || format!("{}{}.{last}", first, groups.concat());

    if first.len() == 2 && first.starts_with('0') && parts.len() == 5 && rest.iter().all(|pair| pair.len() == 2) {
        return one(whole());
    }
    if joints.len() == 1 {
        let grouped = by_three(rest) && !first.starts_with('0');
        return match last_joint {
            Joint::Space | Joint::Apostrophe => one(whole()),
            Joint::Dot if grouped => Some(Readings { plain: whole(), other: Some(decimal()) }),
            Joint::Comma if grouped => Some(Readings { plain: decimal(), other: Some(whole()) }),
            _ => one(decimal()),
        };
    }
    let grouping = *joints.first()?;
    if by_three(rest) && all(grouping, joints) {
        return one(whole());
    }
    let decimals = matches!(last_joint, Joint::Comma | Joint::Dot) && *last_joint != grouping;
    if decimals && by_three(groups) && all(grouping, joints_before) {
        return one(decimal());
    }
    if all(Joint::Dot, joints) {
        return one(parts.join("."));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(parts: &[&str], joints: &[Joint]) -> Option<String> {
        readings(parts, joints).map(|readings| readings.plain)
    }

    #[test]
    fn groups_and_decimals() {
        use Joint::{Apostrophe, Comma, Dot, Space};
        assert_eq!(plain(&["11", "000"], &[Space]).as_deref(), Some("11000"));
        assert_eq!(plain(&["1", "234", "567", "5"], &[Space, Space, Comma]).as_deref(), Some("1234567.5"));
        assert_eq!(plain(&["1", "234", "567"], &[Apostrophe, Apostrophe]).as_deref(), Some("1234567"));
        assert_eq!(plain(&["1", "234", "5"], &[Comma, Dot]).as_deref(), Some("1234.5"));
        assert_eq!(plain(&["3", "14"], &[Comma]).as_deref(), Some("3.14"));
        assert_eq!(plain(&["1", "2", "3"], &[Dot, Dot]).as_deref(), Some("1.2.3"));
        assert_eq!(plain(&["1", "2", "3"], &[Comma, Comma]), None);
        assert_eq!(plain(&["01", "23", "45", "67", "89"], &[Dot; 4]).as_deref(), Some("0123456789"));
    }

    #[test]
    fn one_sign_before_three_figures_has_two_readings() {
        let dot = readings(&["11", "000"], &[Joint::Dot]);
        assert_eq!(dot, Some(Readings { plain: "11000".into(), other: Some("11.000".into()) }));
        let comma = readings(&["3", "141"], &[Joint::Comma]);
        assert_eq!(comma, Some(Readings { plain: "3.141".into(), other: Some("3141".into()) }));
    }
}
