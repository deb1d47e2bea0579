//! An answer written to standard output, in the form that was asked for; notes and the closing line go to standard error.

use std::io::{self, Write};
use std::time::Duration;

use limier::Hits;

use crate::color::Style;
use crate::context::Context;
use crate::messages;
use crate::notes::{Notes, to_standard_error};
use crate::options::{Format, SearchOptions, Words};
use crate::output::Output;
use crate::pager::{self, Paged};
use crate::paths::Shown;
use crate::print::json::{self, FacetLine, HitLine, SummaryLine, TimelineLine};
use crate::print::{facets, page, short, terminal, timeline, trec};

/// What a run of TREC calls a query that has no id.
const LONE_QUERY: &str = "1";

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked<'a> {
    Query(&'a str),
    /// One of several queries.
    OneOf {
        id: &'a str,
        query: &'a str,
        is_first: bool,
    },
    /// Articles like the one that is called so.
    Similar(&'a str),
}

/// What was found, and all that is to be said of it.
pub(crate) struct Answer<'a> {
    pub(crate) asked: Asked<'a>,
    pub(crate) hits: &'a Hits,
    pub(crate) notes: &'a Notes,
    pub(crate) shown: &'a Shown,
    pub(crate) elapsed: Duration,
}

/// Writes an answer.
pub(crate) fn write(
    answer: &Answer<'_>,
    options: &SearchOptions,
    context: &Context,
    out: &mut Output,
) -> io::Result<()> {
    let Answer { asked, hits, notes, shown, .. } = *answer;
    let screen = context.screen;
    if let (Asked::OneOf { id, query, is_first }, Format::Plain | Format::Compact) = (asked, options.format) {
        let mut heading = String::from(if is_first { "" } else { "\n" });
        screen.push(&mut heading, Style::Strong, &messages::queries::heading(id, query, hits.total()));
        heading.push_str(if options.format == Format::Plain && hits.total() > 0 { "\n\n" } else { "\n" });
        out.write_all(heading.as_bytes())?;
    }
    match options.format {
        Format::Plain => write_plain(answer, options, context, out)?,
        Format::Json => return write_json(answer, out),
        Format::Html => {
            let (Asked::Query(title) | Asked::Similar(title) | Asked::OneOf { query: title, .. }) = asked;
            out.write_all(page::results(title, hits, notes, shown).as_bytes())?;
        }
        Format::Compact => out.write_all(&short::compact(hits, &screen, shown))?,
        Format::Vimgrep => out.write_all(&short::vimgrep(hits, &screen, shown))?,
        Format::Trec => {
            let id = if let Asked::OneOf { id, .. } = asked { id } else { LONE_QUERY };
            out.write_all(trec::run(id, hits).as_bytes())?;
        }
        Format::Paths => out.write_all(&short::paths(hits, &screen, shown))?,
        Format::Count => writeln!(out, "{}", hits.total())?,
    }
    out.flush()?;
    notes.print(&context.environment);
    let is_one_of = matches!(asked, Asked::OneOf { .. });
    if matches!(options.format, Format::Plain | Format::Compact) && !is_one_of {
        close(answer, options, context);
    }
    Ok(())
}

fn write_json(answer: &Answer<'_>, out: &mut Output) -> io::Result<()> {
    let hits = answer.hits;
    let (query_id, query, article) = match answer.asked {
        Asked::Query(query) => (None, Some(query), None),
        Asked::OneOf { id, query, .. } => (Some(id), Some(query), None),
        Asked::Similar(article) => (None, None, Some(article)),
    };
    for hit in hits {
        json::line(out, &HitLine::new(hit, answer.shown).of(query_id, query))?;
    }
    for facet in hits.facets() {
        json::line(out, &FacetLine::new(query_id, facet))?;
    }
    if let Some(timeline) = hits.timeline() {
        json::line(out, &TimelineLine { r#type: "timeline", query_id, timeline })?;
    }
    let summary = SummaryLine {
        r#type: "summary",
        query_id,
        query,
        article,
        hits: hits.len(),
        total: hits.total(),
        folded: hits.folded(),
        articles: hits.articles(),
        elapsed_ms: (answer.elapsed.as_secs_f64() * 1e6).round() / 1e3,
        notes: answer.notes.as_slice(),
    };
    json::line(out, &summary)?;
    out.flush()
}

fn write_plain(answer: &Answer<'_>, options: &SearchOptions, context: &Context, out: &mut Output) -> io::Result<()> {
    let (hits, screen) = (answer.hits, context.screen.wrapped_at(options.width));
    let of_hit =
        |hit| answer.shown.with_true_path(terminal::hit(hit, &screen, answer.shown), hit.article(), &context.screen);
    let mut text = hits.iter().map(of_hit).collect::<Vec<_>>().join(&b'\n');
    if hits.total() > 0 {
        let mut counts = facets::block(hits.facets(), &screen);
        counts.push_str(&hits.timeline().map(|found| timeline::block(found, &screen)).unwrap_or_default());
        // Where no hit stands above, no empty line sets them apart from it.
        let counts = if hits.is_empty() { counts.trim_start_matches('\n') } else { &counts };
        text.extend_from_slice(counts.as_bytes());
    }
    if options.pager && context.screen.is_terminal && !text.is_empty() {
        return pager::show(&pager::command(&context.environment), &text, Paged::Answer);
    }
    out.write_all(&text)?;
    if context.screen.is_terminal && !text.is_empty() {
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Notes that say by themselves why nothing was found, and what to do.
const EXPLAINED: [&str; 4] = ["no-articles", "no-words", "only-negation", "time-limit"];

/// Says what was found on a terminal, and what to try where nothing was.
fn close(answer: &Answer<'_>, options: &SearchOptions, context: &Context) {
    let hits = answer.hits;
    if hits.total() == 0 {
        // What a note has explained needs no advice.
        if answer.notes.as_slice().iter().any(|note| EXPLAINED.contains(&note.code)) {
            return;
        }
        let advice = match answer.asked {
            Asked::Query(_) | Asked::OneOf { .. } => messages::nothing_found(options.words == Words::Mended),
            Asked::Similar(_) => messages::NOTHING_SIMILAR.to_string(),
        };
        to_standard_error(&messages::error(&advice), &context.environment);
    } else if context.screen.is_terminal {
        let closing = messages::closing(hits.len(), hits.total(), hits.folded(), hits.articles(), answer.elapsed);
        to_standard_error(&closing, &context.environment);
    }
}
