//! `limier QUERY`: the index brought up to date, searched, and the answer written.

use std::io::Write;

use anyhow::{Context as _, Result};
use limier::ingest::Globs;
use limier::{Hits, PassageOptions, Sort};

use crate::answering::{Source, on_index};
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::{Notes, to_standard_error};
use crate::options::{Duplicates, Format, Order, PassageShape, SearchOptions, Words};
use crate::output::standard_output;
use crate::pager::{self, Paged};
use crate::paths::Shown;
use crate::print::facets;
use crate::print::json::{self, FacetLine, HitLine, SummaryLine};
use crate::print::terminal;
use crate::print::{page, short};
use crate::wording::Wording;

/// Characters of a passage that are added for each sentence that `--context` asks for, on either side.
const CHARS_A_SENTENCE: usize = 300;

pub(crate) fn run(options: &SearchOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let wording = Wording::read(&options.wording, &mut notes)?;
    let (place, build) = (&options.place, &options.build);
    let (hits, shown) = on_index(place, build, options.refresh, context, &mut notes, |source, notes| {
        Ok((search(source, options, &wording, notes)?, source.shown.clone()))
    })?;
    notes.extend_from(&options.query, hits.notes());
    if !options.facets.is_empty() && !matches!(options.format, Format::Plain | Format::Json) {
        notes.push("facets-not-shown", messages::FACETS_NOT_SHOWN);
    }
    write(options, context, &hits, &notes, &shown)?;
    Ok(if hits.total() > 0 { Exit::Found } else { Exit::Nothing })
}

fn search(source: &Source<'_>, options: &SearchOptions, wording: &Wording, notes: &mut Notes) -> Result<Hits> {
    let Source { index, within, .. } = *source;
    let search = index.search(&options.query).limit(options.limit).explain(options.explain);
    let search = wording.told(search);
    let search = match options.timeout {
        Some(timeout) => search.timeout(timeout),
        None => search,
    };
    let search = search.mend(options.words == Words::Mended).sort(match options.order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    });
    let search = search.sources(&options.sources).authors(&options.authors).facets(options.facets.iter().copied());
    let search = search.fold_duplicates(options.duplicates == Duplicates::Folded);
    let search = match options.globs.is_empty() {
        true => search,
        false => search.matching(Globs::new(&options.globs)?),
    };
    let mut search = search.passages(passages(options.passages));
    if !within.is_empty() {
        let known = index.roots()?;
        for root in within.iter().filter(|root| !known.iter().any(|known| root.is_near(known))) {
            notes.push("path-not-indexed", messages::path_not_indexed(&root.typed));
        }
        search = search.within(within.iter().map(|root| &root.canonical));
    }
    Ok(search.run()?)
}

/// Context that was asked for is shown: the room grows with it, unless that was set too.
fn passages(shape: PassageShape) -> PassageOptions {
    let mut options = PassageOptions::new().count(shape.count);
    if let Some(context) = shape.context {
        options = options.context(context);
        if context > 0 {
            options = options.max_chars(CHARS_A_SENTENCE.saturating_mul(1 + 2 * context));
        }
    }
    match shape.max_chars {
        Some(chars) => options.max_chars(chars),
        None => options,
    }
}

fn write(options: &SearchOptions, context: &Context, hits: &Hits, notes: &Notes, shown: &Shown) -> Result<()> {
    let screen = context.screen;
    let written = match options.format {
        Format::Plain => write_plain(options, context, hits, notes, shown),
        Format::Json => write_json(options, context, hits, notes, shown),
        Format::Html => write_whole(&page::results(&options.query, hits, notes, shown), context, notes),
        Format::Compact => {
            write_whole(&short::compact(hits, &screen, shown), context, notes).map(|()| close(options, context, hits))
        }
        Format::Vimgrep => write_whole(&short::vimgrep(hits, &screen, shown), context, notes),
        Format::Paths => write_whole(&short::paths(hits, &screen, shown), context, notes),
        Format::Count => write_whole(&format!("{}\n", hits.total()), context, notes),
    };
    written.context(messages::CANNOT_WRITE)
}

fn write_json(
    options: &SearchOptions,
    context: &Context,
    hits: &Hits,
    notes: &Notes,
    shown: &Shown,
) -> std::io::Result<()> {
    let mut out = standard_output();
    for hit in hits {
        json::line(&mut out, &HitLine::new(hit, shown))?;
    }
    for facet in hits.facets() {
        json::line(&mut out, &FacetLine::new(facet))?;
    }
    let summary = SummaryLine {
        r#type: "summary",
        query: &options.query,
        hits: hits.len(),
        total: hits.total(),
        folded: hits.folded(),
        articles: hits.articles(),
        elapsed_ms: (context.started.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        notes: notes.as_slice(),
    };
    json::line(&mut out, &summary)?;
    out.flush()
}

fn write_whole(text: &str, context: &Context, notes: &Notes) -> std::io::Result<()> {
    let mut out = standard_output();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    notes.print(&context.environment);
    Ok(())
}

fn write_plain(
    options: &SearchOptions,
    context: &Context,
    hits: &Hits,
    notes: &Notes,
    shown: &Shown,
) -> std::io::Result<()> {
    let screen = context.screen.wrapped_at(options.width);
    let texts: Vec<String> = hits.iter().map(|hit| terminal::hit(hit, &screen, shown)).collect();
    let mut text = texts.join("\n");
    if !hits.is_empty() {
        text.push_str(&facets::block(hits.facets(), &screen));
    }
    if options.pager && context.screen.is_terminal && !hits.is_empty() {
        pager::show(&pager::command(&context.environment), text.as_bytes(), Paged::Answer)?;
    } else {
        let mut out = standard_output();
        out.write_all(text.as_bytes())?;
        if context.screen.is_terminal && !hits.is_empty() {
            out.write_all(b"\n")?;
        }
        out.flush()?;
    }
    notes.print(&context.environment);
    close(options, context, hits);
    Ok(())
}

/// Says what was found on a terminal, and what to try where nothing was.
fn close(options: &SearchOptions, context: &Context, hits: &Hits) {
    if hits.total() == 0 {
        let advice = messages::nothing_found(options.words == Words::Mended);
        to_standard_error(&messages::error(&advice), &context.environment);
    } else if context.screen.is_terminal {
        let closing =
            messages::closing(hits.len(), hits.total(), hits.folded(), hits.articles(), context.started.elapsed());
        to_standard_error(&closing, &context.environment);
    }
}
