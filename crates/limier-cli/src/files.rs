//! Files into an index: standard input, and folders brought up to date.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use limier::ingest::{self, Item, Limits, Skipped};
use limier::{ErrorKind, Index, RefreshOptions, RefreshReport, WriterOptions};

use crate::context::Context;
use crate::messages;
use crate::notes::Notes;
use crate::opening::{Asked, Purpose};
use crate::options::Build;
use crate::progress::ProgressLine;

/// How long a build waits for another process that is building the very index, and a first search, too.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Adds the articles of standard input.
pub(crate) fn add_standard_input(index: &Index, build: &Build, notes: &mut Notes) -> Result<()> {
    let mut writer = index.writer_with(&writer_options(build))?;
    let mut failure = None;
    let mut skipped = Vec::new();
    let outcome = ingest::read_standard_input(&mut std::io::stdin().lock(), &Limits::default(), &mut |item| {
        match item {
            Item::Skip(skip) => skipped.push(Skipped::new("-", skip)),
            Item::Record(record) => {
                if let Err(error) = writer.add(record.article) {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    });
    outcome.context(messages::CANNOT_READ_INPUT)?;
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    writer.commit()?;
    notes.extend_from_skipped(&skipped, &|path| path.to_owned(), true);
    Ok(())
}

/// Brings an index up to date with the folders that it knows, and with these.
///
/// A search is answered from the last commit, with a note, while another process writes the index, or where it cannot be
/// written; `None` is returned then.
pub(crate) fn refresh(
    index: &Index,
    roots: &[PathBuf],
    asked: &Asked<'_>,
    context: &Context,
    notes: &mut Notes,
) -> Result<Option<RefreshReport>> {
    let options = RefreshOptions::new(roots).writer(writer_options(asked.build));
    let mut line = ProgressLine::new(&context.environment);
    let began = Instant::now();
    loop {
        let outcome = index.refresh_with(&options, &mut |progress| {
            line.show(|| messages::progress(progress));
            ControlFlow::Continue(())
        });
        let error = match outcome {
            Ok(report) => return Ok(Some(report)),
            Err(error) => error,
        };
        index.reload()?;
        let can_answer = asked.purpose == Purpose::Search && !index.roots()?.is_empty();
        match error.kind() {
            ErrorKind::Locked if can_answer => notes.push("busy", messages::BUSY),
            ErrorKind::Io if can_answer => {
                notes.push("not-refreshed", messages::not_refreshed(&messages::chain(&error.into())))
            }
            ErrorKind::Locked if began.elapsed() < LONGEST_WAIT => {
                line.show(|| messages::WAITING.to_string());
                std::thread::sleep(Duration::from_millis(50));
                continue;
            }
            _ => return Err(error.into()),
        }
        return Ok(None);
    }
}

fn writer_options(build: &Build) -> WriterOptions {
    match build.threads {
        Some(threads) => WriterOptions::default().threads(threads),
        None => WriterOptions::default(),
    }
}
