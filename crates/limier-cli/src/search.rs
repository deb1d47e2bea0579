//! `limier QUERY`: the index brought up to date, searched, and the answer written.

use std::io::Write;

use anyhow::{Context as _, Result};
use limier::{Hits, Index, PassageOptions, Sort};

use crate::context::Context;
use crate::exit::Exit;
use crate::files;
use crate::messages;
use crate::notes::{Notes, to_standard_error};
use crate::opening::{self, Asked, Purpose};
use crate::options::{Form, Order, SearchOptions, Words};
use crate::output::standard_output;
use crate::paths::{Root, Shown};
use crate::place::{self, is_standard_input};
use crate::print::json::{self, HitLine, SummaryLine};
use crate::print::terminal;

pub(crate) fn run(options: &SearchOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let (hits, shown) = if is_standard_input(&options.place.paths)? {
        let index = Index::in_memory()?;
        files::add_standard_input(&index, &options.build, &mut notes)?;
        (search(&index, options, &[], &mut notes)?, Shown::default())
    } else {
        let resolved = place::resolve(&options.place, &context.environment, &mut notes)?;
        let asked = Asked { purpose: Purpose::Search, refresh: options.refresh, build: &options.build };
        let shown = Shown::new(&resolved.roots);
        let hits = opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
            let within = if ready.is_narrowed { &resolved.roots[..] } else { &[] };
            let hits = search(&ready.index, options, within, notes)?;
            if let Some(report) = &ready.report {
                notes.extend_from_report(report, &shown, hits.articles() == 0);
            }
            Ok(hits)
        })?;
        (hits, shown)
    };
    notes.extend_from(&options.query, hits.notes());
    if hits.articles() == 0 {
        notes.push("no-articles", messages::NO_ARTICLES);
    }
    write(options, context, &hits, &notes, &shown)?;
    Ok(if hits.total() > 0 { Exit::Found } else { Exit::Nothing })
}

/// Searches; `within` narrows the answer to these paths, where there are any.
fn search(index: &Index, options: &SearchOptions, within: &[Root], notes: &mut Notes) -> Result<Hits> {
    let search = index.search(&options.query).limit(options.limit).explain(options.explain);
    let search = search.mend(options.words == Words::Mended).sort(match options.order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    });
    let mut search = search.passages(PassageOptions::new().count(options.passages));
    if !within.is_empty() {
        let known = index.roots()?;
        for root in within.iter().filter(|root| !known.iter().any(|known| root.is_near(known))) {
            notes.push("path-not-indexed", messages::path_not_indexed(&root.typed));
        }
        search = search.within(within.iter().map(|root| &root.canonical));
    }
    Ok(search.run()?)
}

fn write(options: &SearchOptions, context: &Context, hits: &Hits, notes: &Notes, shown: &Shown) -> Result<()> {
    match options.form {
        Form::Json => write_json(options, context, hits, notes, shown).context(messages::CANNOT_WRITE),
        Form::Human => write_human(options, context, hits, notes, shown).context(messages::CANNOT_WRITE),
    }
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
    let summary = SummaryLine {
        r#type: "summary",
        query: &options.query,
        hits: hits.len(),
        total: hits.total(),
        articles: hits.articles(),
        elapsed_ms: (context.started.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        notes: notes.as_slice(),
    };
    json::line(&mut out, &summary)?;
    out.flush()
}

fn write_human(
    options: &SearchOptions,
    context: &Context,
    hits: &Hits,
    notes: &Notes,
    shown: &Shown,
) -> std::io::Result<()> {
    let mut out = standard_output();
    for (number, hit) in hits.iter().enumerate() {
        if number > 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(terminal::hit(hit, &context.screen, shown).as_bytes())?;
    }
    out.flush()?;
    if context.screen.is_terminal && !hits.is_empty() {
        out.write_all(b"\n")?;
        out.flush()?;
    }
    notes.print(&context.environment);
    if hits.total() == 0 {
        let advice = messages::nothing_found(options.words == Words::Mended);
        to_standard_error(&messages::error(&advice), &context.environment);
    } else if context.screen.is_terminal {
        let closing = messages::closing(hits.len(), hits.total(), hits.articles(), context.started.elapsed());
        to_standard_error(&closing, &context.environment);
    }
    Ok(())
}
