//! How what matches is spread over time: counts by day, month or year.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Date;

/// Days that are told one by one where the period is left open, and months after these.
const MOST_DAYS: i64 = 45;
const MOST_MONTHS: i64 = 48;

/// What a [`Timeline`] counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Period {
    /// The day, as `2024-11-26`.
    Day,
    /// The month, as `2024-11`.
    Month,
    /// The year, as `2024`.
    Year,
}

impl Period {
    /// Returns the first day of the period that comes after the one of `date`; `None` after the year 9999.
    pub fn after(self, date: Date) -> Option<Date> {
        match self {
            Period::Day => Date::from_days_since_epoch(date.days_since_epoch() + 1),
            Period::Month if date.month() < 12 => Date::new(date.year(), date.month() + 1, 1).ok(),
            Period::Month | Period::Year => Date::new(date.year() + 1, 1, 1).ok(),
        }
    }

    /// Writes the period of a day.
    fn value(self, date: Date) -> String {
        match self {
            Period::Day => date.to_string(),
            Period::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Period::Year => format!("{:04}", date.year()),
        }
    }

    /// Numbers the period of a day, such that periods that follow each other have numbers that do.
    fn number(self, date: Date) -> i64 {
        match self {
            Period::Day => i64::from(date.days_since_epoch()),
            Period::Month => i64::from(date.year()) * 12 + i64::from(date.month()),
            Period::Year => i64::from(date.year()),
        }
    }

    /// The first day of the period of a day.
    fn first(self, date: Date) -> Date {
        let first = match self {
            Period::Day => Ok(date),
            Period::Month => Date::new(date.year(), date.month(), 1),
            Period::Year => Date::new(date.year(), 1, 1),
        };
        first.unwrap_or(date)
    }
}

/// How the articles that match are spread over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// What is counted by.
    pub period: Period,
    /// The periods that any article is of, in their order; those without articles are left out.
    pub counts: Vec<TimelineCount>,
    /// Articles that match and have no date.
    pub undated: u64,
}

/// The articles of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TimelineCount {
    /// The period: `2024-11-26`, `2024-11` or `2024`.
    pub value: String,
    /// Its first day.
    pub first: Date,
    /// How many articles that match are of it.
    pub count: u64,
    /// Periods without articles between the one before and this one.
    pub empty_before: u64,
}

impl Timeline {
    /// Counts by a period, or by the one that suits how far the days lie apart; `days` are numbers of articles by the days
    /// since 1970-01-01, `total` is the number of all articles that match.
    pub(super) fn new(period: Option<Period>, days: &BTreeMap<i64, u64>, total: u64) -> Timeline {
        let dated: Vec<(Date, u64)> = days
            .iter()
            .filter_map(|(&day, &count)| Some((Date::from_days_since_epoch(i32::try_from(day).ok()?)?, count)))
            .collect();
        let period = period.unwrap_or_else(|| suiting(&dated));
        let mut counts: Vec<TimelineCount> = Vec::new();
        for &(date, count) in &dated {
            let number = period.number(date);
            // Days ascend, so that those of a period follow each other.
            let before = counts.last().map(|last| period.number(last.first));
            match counts.last_mut().filter(|_| before == Some(number)) {
                Some(last) => last.count += count,
                None => counts.push(TimelineCount {
                    value: period.value(date),
                    first: period.first(date),
                    count,
                    empty_before: before.map_or(0, |before| u64::try_from(number - before - 1).unwrap_or_default()),
                }),
            }
        }
        let known: u64 = dated.iter().map(|(_, count)| count).sum();
        Timeline { period, counts, undated: total.saturating_sub(known) }
    }
}

/// Chooses the period by which some days, which ascend, are not too many.
fn suiting(dated: &[(Date, u64)]) -> Period {
    let (Some((first, _)), Some((last, _))) = (dated.first(), dated.last()) else { return Period::Month };
    let apart = |period: Period| period.number(*last) - period.number(*first);
    match () {
        () if apart(Period::Day) < MOST_DAYS => Period::Day,
        () if apart(Period::Month) < MOST_MONTHS => Period::Month,
        () => Period::Year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Index};

    fn timeline(period: Option<Period>, dates: &[&str], undated: u64) -> Timeline {
        let mut days = BTreeMap::new();
        for date in dates {
            *days.entry(i64::from(date.parse::<Date>().unwrap().days_since_epoch())).or_default() += 1;
        }
        Timeline::new(period, &days, dates.len() as u64 + undated)
    }

    fn counts(timeline: &Timeline) -> Vec<(&str, u64, u64)> {
        timeline.counts.iter().map(|count| (count.value.as_str(), count.count, count.empty_before)).collect()
    }

    #[test]
    fn periods_are_counted_with_the_gaps_between_them() {
        let dates = ["2023-12-31", "2024-01-01", "2024-01-31", "2024-04-02"];
        let by_month = timeline(Some(Period::Month), &dates, 3);
        assert_eq!(counts(&by_month), [("2023-12", 1, 0), ("2024-01", 2, 0), ("2024-04", 1, 2)]);
        assert_eq!(by_month.undated, 3);
        assert_eq!(by_month.counts[1].first.to_string(), "2024-01-01");
        assert_eq!(counts(&timeline(Some(Period::Year), &dates, 0)), [("2023", 1, 0), ("2024", 3, 0)]);
        let by_day = timeline(Some(Period::Day), &dates, 0);
        assert_eq!(counts(&by_day)[2..], [("2024-01-31", 1, 29), ("2024-04-02", 1, 61)]);
        let far = timeline(Some(Period::Month), &["0001-01-01", "9999-12-31"], 0);
        assert_eq!(counts(&far), [("0001-01", 1, 0), ("9999-12", 1, 119_986)]);
        assert_eq!(timeline(None, &[], 2), Timeline { period: Period::Month, counts: Vec::new(), undated: 2 });
    }

    #[test]
    fn the_period_suits_how_far_the_days_lie_apart() {
        for (last, period) in [
            ("2024-01-01", Period::Day),
            ("2024-02-14", Period::Day),
            ("2024-02-15", Period::Month),
            ("2027-12-31", Period::Month),
            ("2028-01-01", Period::Year),
        ] {
            assert_eq!(timeline(None, &["2024-01-01", last], 0).period, period, "{last}");
        }
    }

    #[test]
    fn the_period_after_one_is_known_to_the_end_of_time() {
        let after = |period: Period, date: &str| period.after(date.parse().unwrap()).map(|date| date.to_string());
        assert_eq!(after(Period::Day, "2024-02-28").as_deref(), Some("2024-02-29"));
        assert_eq!(after(Period::Month, "2024-12-05").as_deref(), Some("2025-01-01"));
        assert_eq!(after(Period::Year, "2024-12-05").as_deref(), Some("2025-01-01"));
        for period in [Period::Day, Period::Month, Period::Year] {
            assert_eq!(after(period, "9999-12-31"), None);
        }
    }

    #[test]
    fn a_search_counts_all_that_matches_beside_its_facets() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (id, date) in [("1", Some("2024-11-26")), ("2", Some("2024-11-02")), ("3", None)] {
            let article = Article::new(id).body("Un avion.");
            writer
                .add(match date {
                    Some(date) => article.date(date.parse().unwrap()),
                    None => article,
                })
                .unwrap();
        }
        writer.commit().unwrap();
        let search = index.search("avion").limit(1);
        assert_eq!(search.clone().run().unwrap().timeline(), None);
        let hits = search.timeline(Some(Period::Month)).run().unwrap();
        let timeline = hits.timeline().unwrap();
        assert_eq!((counts(timeline), timeline.undated), (vec![("2024-11", 2, 0)], 1));
        assert!(hits.facets().is_empty());
    }
}
