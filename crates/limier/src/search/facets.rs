//! Counts of what matches, by source, author, year, month and day.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Serialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::Date;

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Facet {
    /// The source, such as a newspaper.
    Source,
    /// The author.
    Author,
    /// The year of the date.
    Year,
    /// The month of the date, as `2024-11`.
    Month,
    /// The day of the date, as `2024-11-26`.
    Day,
}

impl Facet {
    /// All facets.
    pub const ALL: [Facet; 5] = [Facet::Source, Facet::Author, Facet::Year, Facet::Month, Facet::Day];

    /// Returns the name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Source => "source",
            Facet::Author => "author",
            Facet::Year => "year",
            Facet::Month => "month",
            Facet::Day => "day",
        }
    }

    fn column(self) -> Option<&'static str> {
        matches!(self, Facet::Source | Facet::Author).then(|| self.name())
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many articles that match have each value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCounts {
    /// What was counted.
    pub facet: Facet,
    /// The values, each with how many articles have it: sources and authors by count, dates in their order. An article
    /// without a value is not counted.
    pub counts: Vec<FacetCount>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The source or author as it is written in the articles; `2024`, `2024-11` or `2024-11-26` for dates.
    pub value: String,
    /// How many articles that match have it.
    pub count: u64,
}

/// The counts of the facets that were asked for, over all segments.
#[derive(Debug, Default)]
pub(super) struct Facets {
    wanted: Vec<Facet>,
    /// Whether days are counted though no facet asks.
    wants_days: bool,
    labels: HashMap<Facet, HashMap<String, u64>>,
    days: BTreeMap<i64, u64>,
}

/// The counts in one segment.
pub(super) struct Tally {
    /// The column of a label, and a count for each of its ordinals.
    labels: Vec<(Facet, StrColumn, Vec<u64>)>,
    day: Option<Column<i64>>,
    days: HashMap<i64, u64>,
}

impl Tally {
    /// Counts an article that matches.
    pub(super) fn count(&mut self, doc: DocId) {
        for (_, column, counts) in &mut self.labels {
            let ordinal = column.ords().first(doc).and_then(|ordinal| usize::try_from(ordinal).ok());
            if let Some(count) = ordinal.and_then(|ordinal| counts.get_mut(ordinal)) {
                *count += 1;
            }
        }
        if let Some(day) = self.day.as_ref().and_then(|column| column.first(doc)) {
            *self.days.entry(day).or_default() += 1;
        }
    }
}

impl Facets {
    pub(super) fn new(wanted: &[Facet]) -> Facets {
        Facets { wanted: wanted.to_vec(), ..Facets::default() }
    }

    /// Counts days, too, where a timeline is asked for.
    pub(super) fn with_days(self, wants_days: bool) -> Facets {
        Facets { wants_days, ..self }
    }

    /// Returns how many articles are of each day since 1970-01-01.
    pub(super) fn days(&self) -> &BTreeMap<i64, u64> {
        &self.days
    }

    /// Begins to count in a segment; `None` where nobody asks.
    pub(super) fn open(&self, segment: &SegmentReader) -> tantivy::Result<Option<Tally>> {
        if self.wanted.is_empty() && !self.wants_days {
            return Ok(None);
        }
        let mut labels = Vec::new();
        for &facet in &self.wanted {
            let Some(name) = facet.column() else { continue };
            if let Some(column) = segment.fast_fields().str(name)? {
                let counts = vec![0; column.num_terms()];
                labels.push((facet, column, counts));
            }
        }
        let has_dates = self.wants_days || self.wanted.iter().any(|facet| facet.column().is_none());
        let day = if has_dates { Some(segment.fast_fields().i64("day")?) } else { None };
        Ok(Some(Tally { labels, day, days: HashMap::new() }))
    }

    /// Adds what was counted in a segment.
    pub(super) fn close(&mut self, tally: Tally) -> tantivy::Result<()> {
        for (facet, column, counts) in tally.labels {
            let known = self.labels.entry(facet).or_default();
            for (ordinal, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
                let mut label = String::new();
                column.ord_to_str(ordinal, &mut label)?;
                *known.entry(label).or_default() += count;
            }
        }
        for (day, count) in tally.days {
            *self.days.entry(day).or_default() += count;
        }
        Ok(())
    }

    /// Returns the counts, in the order in which facets were asked for.
    pub(super) fn finish(mut self) -> Vec<FacetCounts> {
        let wanted = std::mem::take(&mut self.wanted);
        wanted.into_iter().map(|facet| FacetCounts { facet, counts: self.counts(facet) }).collect()
    }

    fn counts(&self, facet: Facet) -> Vec<FacetCount> {
        if facet.column().is_some() {
            let labels = self.labels.get(&facet).into_iter().flatten();
            let mut counts: Vec<FacetCount> =
                labels.map(|(value, &count)| FacetCount { value: value.clone(), count }).collect();
            counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            return counts;
        }
        let mut counts: Vec<FacetCount> = Vec::new();
        for (&day, &count) in &self.days {
            let Some(date) = i32::try_from(day).ok().and_then(Date::from_days_since_epoch) else { continue };
            let value = match facet {
                Facet::Year => format!("{:04}", date.year()),
                Facet::Month => format!("{:04}-{:02}", date.year(), date.month()),
                _ => date.to_string(),
            };
            // Days ascend, so that equal values follow each other.
            match counts.last_mut().filter(|last| last.value == value) {
                Some(last) => last.count += count,
                None => counts.push(FacetCount { value, count }),
            }
        }
        counts
    }
}
