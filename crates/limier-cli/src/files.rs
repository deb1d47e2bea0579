//! Files into an index: standard input, and folders brought up to date.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use limier::ingest::{self, Item, Limits, Skipped};
use limier::{Index, RefreshOptions, RefreshReport, WriterOptions};

use crate::context::Context;
use crate::messages;
use crate::notes::Notes;
use crate::options::Build;
use crate::progress::ProgressLine;

/// How long a first search waits for another process that is building the very index.
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
/// While another process writes it, the last commit stands, with a note; `None` is returned then.
pub(crate) fn refresh(
    index: &Index,
    roots: &[PathBuf],
    build: &Build,
    context: &Context,
    notes: &mut Notes,
) -> Result<Option<RefreshReport>> {
    let options = RefreshOptions::new(roots).writer(writer_options(build));
    let mut line = ProgressLine::new(&context.environment);
    let began = Instant::now();
    loop {
        let outcome = index.refresh_with(&options, &mut |progress| {
            line.show(|| messages::progress(progress));
            ControlFlow::Continue(())
        });
        match outcome {
            Err(error) if error.is_locked() && began.elapsed() < LONGEST_WAIT => {
                index.reload()?;
                if !index.roots()?.is_empty() {
                    notes.push("busy", messages::BUSY);
                    return Ok(None);
                }
                // There is nothing yet to answer from.
                line.show(|| messages::WAITING.to_owned());
                std::thread::sleep(Duration::from_millis(50));
            }
            outcome => return Ok(Some(outcome?)),
        }
    }
}

fn writer_options(build: &Build) -> WriterOptions {
    match build.threads {
        Some(threads) => WriterOptions::default().threads(threads),
        None => WriterOptions::default(),
    }
}
