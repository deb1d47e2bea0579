//! How what was found is spread over time: a line a period.

use limier::{Date, Timeline};

use super::bars::Bars;
use super::screen::Screen;
use crate::color::Style;
use crate::messages;

/// Periods without hits between two others that are shown one by one; more are told in one line.
const MOST_EMPTY: u64 = 12;

/// One line of a timeline.
enum Row {
    Period(Date, u64),
    /// So many periods without hits.
    Gap(u64),
}

/// Returns a timeline, lines ended, an empty line first.
pub(crate) fn block(timeline: &Timeline, screen: &Screen) -> String {
    let rows = rows(timeline);
    let label = |date: &Date| messages::period(timeline.period, *date);
    let dates =
        rows.iter().filter_map(|row| if let Row::Period(date, count) = row { Some((date, *count)) } else { None });
    let labels: Vec<(String, u64)> = dates.map(|(date, count)| (label(date), count)).collect();
    let bars = Bars::of(labels.iter().map(|(label, count)| (label.as_str(), *count)), screen);

    let mut out = String::from("\n");
    screen.push(&mut out, Style::Strong, messages::timeline(timeline.period));
    out.push('\n');
    for row in rows {
        match row {
            Row::Gap(count) => screen.push(&mut out, Style::Dim, &messages::gap(timeline.period, count)),
            Row::Period(date, count) => out.push_str(&bars.line(&label(&date), count)),
        }
        out.push('\n');
    }
    if timeline.undated > 0 {
        screen.push(&mut out, Style::Dim, &messages::undated(timeline.undated));
        out.push('\n');
    }
    out
}

fn rows(timeline: &Timeline) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut last: Option<Date> = None;
    for count in &timeline.counts {
        if count.empty_before > MOST_EMPTY {
            rows.push(Row::Gap(count.empty_before));
        } else {
            for _ in 0..count.empty_before {
                last = last.and_then(|date| timeline.period.after(date));
                rows.extend(last.map(|date| Row::Period(date, 0)));
            }
        }
        rows.push(Row::Period(count.first, count.count));
        last = Some(count.first);
    }
    rows
}
