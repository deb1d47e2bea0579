//! `limier cache`: the indexes that the cache folder keeps.

use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use limier::Date;
use serde::Serialize;

use crate::cache::{Cache, Entry};
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::to_standard_error;
use crate::options::{CacheAction, CacheOptions, Form};
use crate::output::standard_output;
use crate::paths::Root;
use crate::print::json;
use crate::reading;

#[derive(Serialize)]
struct CacheLine<'c> {
    r#type: &'static str,
    folder: &'c Path,
    paths: &'c [String],
    /// How files are read, where flags or settings say anything of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<serde_json::Value>,
    bytes: u64,
    /// The day, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<String>,
}

/// What became of an index.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Listed,
    Deleted,
    /// Deleted texts were taken out of it.
    Purged,
}

pub(crate) fn run(options: &CacheOptions, context: &Context) -> Result<Exit> {
    let cache = Cache::new(&context.environment)?;
    let entries = chosen(&cache, &options.paths)?;
    let mut text = Vec::new();
    match options.action {
        CacheAction::Path => {
            let folder = match entries.first() {
                Some(entry) if !options.paths.is_empty() => entry.folder(),
                _ => cache.folder(),
            };
            writeln!(text, "{}", context.screen.line(&folder.to_string_lossy()))?;
        }
        CacheAction::List | CacheAction::Clear | CacheAction::Purge => {
            for entry in entries.iter().filter(|entry| entry.exists()) {
                let (bytes, used) = (entry.bytes(), entry.last_used());
                let Some(fate) = meet(entry, options, context)? else { continue };
                line(&mut text, options, context, entry, fate, bytes, used)?;
            }
        }
    }
    let mut out = standard_output();
    out.write_all(&text).and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}

/// Does to an index what was asked for; `None` where another program is writing it, which is told.
fn meet(entry: &Entry, options: &CacheOptions, context: &Context) -> Result<Option<Fate>> {
    match options.action {
        CacheAction::Clear => {
            entry.clear()?;
            Ok(Some(Fate::Deleted))
        }
        CacheAction::Purge if entry.is_old(SystemTime::now()) => {
            entry.clear()?;
            Ok(Some(Fate::Deleted))
        }
        CacheAction::Purge => match purge(entry) {
            Ok(()) => Ok(Some(Fate::Purged)),
            Err(error) if error.is_corrupt() || error.is_incompatible() => {
                entry.clear()?;
                Ok(Some(Fate::Deleted))
            }
            Err(error) => {
                let text = messages::caused(&entry.about().paths.join(" "), &messages::failure::of_library(&error));
                to_standard_error(&messages::note(&text), &context.environment);
                Ok(None)
            }
        },
        CacheAction::List | CacheAction::Path => Ok(Some(Fate::Listed)),
    }
}

fn purge(entry: &Entry) -> Result<(), limier::Error> {
    let mut writer = limier::Index::open(entry.index())?.writer()?;
    writer.purge()?;
    writer.finish()
}

/// Returns all entries, or the one of some paths; a path that is gone is taken as it was typed, made absolute.
fn chosen(cache: &Cache, paths: &[std::path::PathBuf]) -> Result<Vec<Entry>> {
    if paths.is_empty() {
        return cache.entries();
    }
    let mut roots = Vec::new();
    for typed in paths {
        let absolute = std::path::absolute(typed).with_context(|| messages::cannot_read_file(typed))?;
        let gone = Root { typed: typed.clone(), canonical: absolute };
        roots.push(Root::find(typed).unwrap_or(gone));
    }
    // However its files are read: one with settings of its own, or that flags made, is of these paths, too.
    let entry = cache.entry(&roots, None);
    let mut entries = cache.entries()?;
    entries.retain(|known| known.about().paths == entry.about().paths);
    Ok(if entries.is_empty() { vec![entry] } else { entries })
}

fn line(
    out: &mut Vec<u8>,
    options: &CacheOptions,
    context: &Context,
    entry: &Entry,
    fate: Fate,
    bytes: u64,
    used: Option<SystemTime>,
) -> Result<()> {
    let paths = &entry.about().paths;
    match options.form {
        Form::Json => {
            let r#type = match fate {
                Fate::Listed => "cache",
                Fate::Deleted => "cleared",
                Fate::Purged => "purged",
            };
            let last_used = used.and_then(day).map(|day| day.to_string());
            let read = serde_json::from_str(&entry.about().read).ok();
            json::line(out, &CacheLine { r#type, folder: entry.folder(), paths, read, bytes, last_used })?;
        }
        Form::Human => {
            // Two indexes of the same paths differ in how their files are read.
            let flags = reading::as_flags(&entry.about().read);
            let named: Vec<&str> =
                paths.iter().map(String::as_str).chain((!flags.is_empty()).then_some(&*flags)).collect();
            let paths = named.join(" ");
            let text = match fate {
                Fate::Deleted => messages::cleared(&paths, bytes),
                Fate::Purged => messages::purged(&paths, entry.bytes()),
                Fate::Listed => messages::cached(&paths, bytes, used.and_then(day), entry.folder()),
            };
            writeln!(out, "{}", context.screen.line(&text))?;
        }
    }
    Ok(())
}

/// Returns the day of a time, in UTC.
fn day(time: SystemTime) -> Option<Date> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_days_since_epoch(i32::try_from(seconds / (24 * 3_600)).ok()?)
}
