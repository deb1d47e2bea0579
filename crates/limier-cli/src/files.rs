//! Files into an index: standard input, and folders brought up to date.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use limier::ingest::{self, Item, ReadOptions, Skipped};
use limier::{ErrorKind, Index, RefreshOptions, RefreshReport, WriterOptions};

use crate::context::Context;
use crate::interrupt::Interruptible;
use crate::messages;
use crate::notes::{Notes, to_standard_error};
use crate::opening::{Asked, Purpose};
use crate::options::Build;
use crate::progress::ProgressLine;

/// How long a build waits for another process that is building the very index, and a first search, too.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Time between two looks at whether another process is done.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Adds the articles of standard input.
pub(crate) fn add_standard_input(
    index: &Index,
    build: &Build,
    read: Option<&ReadOptions>,
    notes: &mut Notes,
) -> Result<()> {
    let options = read.cloned().unwrap_or_default();
    let began = Instant::now();
    let mut writer = loop {
        match index.writer_with(&writer_options(build)) {
            Err(error) if error.is_locked() && began.elapsed() < build.wait.unwrap_or_default() => {
                std::thread::sleep(LOOK_AGAIN);
            }
            outcome => break outcome?,
        }
    };
    let mut failure = None;
    let mut skipped = Vec::new();
    let outcome = ingest::read_standard_input(&mut std::io::stdin().lock(), &options, &mut |item| {
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

/// Brings an index up to date with the folders that it knows, and with those of `options`.
///
/// Ctrl-C keeps what was read until then, and ends the program; `limier watch` ends by itself.
/// A search is answered from the last commit, with a note, while another process writes the index, or where it cannot be
/// written; `None` is returned then.
pub(crate) fn refresh(
    index: &Index,
    options: RefreshOptions,
    asked: &Asked<'_>,
    context: &Context,
    notes: &mut Notes,
) -> Result<Option<RefreshReport>> {
    let options = options.writer(writer_options(asked.build)).rebuild(asked.build.rebuild);
    let mut line = ProgressLine::new(&context.environment);
    let began = Instant::now();
    let mut interruptible = None;
    loop {
        let outcome = index.refresh_with(&options, &mut |progress| {
            line.show(|| messages::progress(progress));
            let interruptible = interruptible.get_or_insert_with(Interruptible::begin);
            if interruptible.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let error = match outcome {
            Ok(report) => {
                if let Some(interruptible) = interruptible.filter(|_| report.interrupted) {
                    drop(line);
                    to_standard_error(&messages::error(&messages::interrupted(&report)), &context.environment);
                    interruptible.end();
                }
                return Ok(Some(report));
            }
            Err(error) => error,
        };
        // In this order: a first commit may come in between, and what is made visible must have it if it counts.
        let can_answer = asked.purpose == Purpose::Search && !index.roots()?.is_empty();
        index.reload()?;
        match error.kind() {
            ErrorKind::Locked if began.elapsed() < longest_wait(asked, can_answer) => {
                line.show(|| messages::WAITING.to_string());
                std::thread::sleep(LOOK_AGAIN);
                continue;
            }
            ErrorKind::Locked if can_answer => notes.push("busy", messages::busy(error.holder())),
            ErrorKind::Io if can_answer => {
                notes.push("not-refreshed", messages::not_refreshed(&messages::chain(&error.into())))
            }
            _ => return Err(error.into()),
        }
        return Ok(None);
    }
}

fn longest_wait(asked: &Asked<'_>, can_answer: bool) -> Duration {
    asked.build.wait.unwrap_or(if can_answer { Duration::ZERO } else { LONGEST_WAIT })
}

fn writer_options(build: &Build) -> WriterOptions {
    let mut options = WriterOptions::default();
    if let Some(threads) = build.threads {
        options = options.threads(threads);
    }
    match build.memory {
        Some(memory) => options.memory(memory),
        None => options,
    }
}
