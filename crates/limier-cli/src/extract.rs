//! `limier extract`: what was read from files, without an index.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use limier::Article;
use limier::ingest::{self, Item, Origin, ReadOptions, Record, RecurringLines, Skip, Skipped, Walk};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::Notes;
use crate::options::{ExtractOptions, Form};
use crate::output::{Output, standard_output};
use crate::place;
use crate::print::{json, terminal};

#[derive(Serialize)]
struct ArticleLine<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    article: &'a Article,
    /// What the bytes were taken for; absent where the file says it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    /// Whether letters that another program had broken were repaired.
    #[serde(skip_serializing_if = "is_false")]
    repaired: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

pub(crate) fn run(options: &ExtractOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let mut out = standard_output();
    let mut skipped = Vec::new();
    let mut count = 0;
    let (mut unknown_types, mut links) = (BTreeMap::new(), 0);
    let folders = options.reading.of_folders(&options.paths, &mut notes);
    let read_options = options.reading.read(&folders).unwrap_or_default();
    let mut one = |record: &Record, out: &mut Output| -> Result<()> {
        let article = &record.article;
        match options.form {
            Form::Json => {
                let encoding = record.encoding.map(|encoding| encoding.name());
                json::line(out, &ArticleLine { r#type: "article", article, encoding, repaired: record.repaired })
            }
            Form::Human => {
                let blank = if count > 0 { "\n" } else { "" };
                write!(out, "{blank}{}", terminal::article(article, &[], &[], &context.screen))
            }
        }
        .context(messages::CANNOT_WRITE)?;
        count += 1;
        Ok(())
    };
    if place::is_standard_input(&options.paths)? {
        let mut input = std::io::stdin().lock();
        read("-", &mut skipped, &mut out, &mut one, |sink| {
            ingest::read_standard_input(&mut input, &read_options, sink)
        })?;
    } else {
        let roots = place::find(&options.paths, &mut notes)?;
        // As typed, so that paths are shown so.
        let listing = Walk::new(roots.into_iter().map(|root| root.typed)).options(&read_options).run();
        skipped.extend(listing.skipped);
        (unknown_types, links) = (listing.unknown_types, listing.links);
        // As a search of these folders reads them; of one file nothing can be learned.
        let read_options = ReadOptions { recurring: RecurringLines::of_files(&listing.files), ..read_options };
        for file in listing.files {
            let shown = shown(&file.origin);
            read(&shown, &mut skipped, &mut out, &mut one, |sink| {
                ingest::read_file(&file.origin, file.kind, &read_options, sink)
            })?;
            if out.get_ref().is_closed() {
                break;
            }
        }
    }
    out.flush().context(messages::CANNOT_WRITE)?;
    notes.extend_from_skipped(&skipped, &|path| path.to_owned(), true);
    notes.extend_from_counts(&unknown_types, links);
    notes.print(&context.environment);
    Ok(if count > 0 { Exit::Found } else { Exit::Nothing })
}

fn shown(origin: &Origin) -> String {
    origin.path().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads one file and hands its articles over; what cannot be read is left out with the rest.
fn read(
    shown: &str,
    skipped: &mut Vec<Skipped>,
    out: &mut Output,
    one: &mut impl FnMut(&Record, &mut Output) -> Result<()>,
    source: impl FnOnce(&mut dyn FnMut(Item) -> ControlFlow<()>) -> std::io::Result<ingest::Outcome>,
) -> Result<()> {
    let mut failure = None;
    let outcome = source(&mut |item| {
        let written = match item {
            Item::Record(record) => one(&record, out),
            Item::Skip(skip) => {
                skipped.push(Skipped::new(shown, skip));
                Ok(())
            }
        };
        failure = written.err();
        if failure.is_some() || out.get_ref().is_closed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Err(error) = outcome {
        skipped.push(Skipped::new(shown, Skip::Unreadable { error: error.to_string() }));
    }
    failure.map_or(Ok(()), Err)
}
