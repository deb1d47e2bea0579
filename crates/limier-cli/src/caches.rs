//! `limier cache`: the indexes that the cache folder keeps.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::cache::{Cache, Entry};
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::options::{CacheAction, CacheOptions, Form};
use crate::output::standard_output;
use crate::paths::Root;
use crate::print::json;

#[derive(Serialize)]
struct CacheLine<'c> {
    r#type: &'static str,
    folder: &'c Path,
    paths: &'c [String],
    bytes: u64,
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
        CacheAction::List | CacheAction::Clear => {
            for entry in entries.iter().filter(|entry| entry.exists()) {
                let bytes = entry.bytes();
                if options.action == CacheAction::Clear {
                    entry.clear()?;
                }
                line(&mut text, options, context, entry, bytes)?;
            }
        }
    }
    let mut out = standard_output();
    out.write_all(&text).and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}

/// Returns all entries, or the one of some paths; a path that is gone is taken as it was typed, made absolute.
fn chosen(cache: &Cache, paths: &[std::path::PathBuf]) -> Result<Vec<Entry>> {
    if paths.is_empty() {
        return cache.entries();
    }
    let mut roots = Vec::new();
    for typed in paths {
        let absolute = std::path::absolute(typed).with_context(|| messages::cannot_read_path(typed))?;
        let gone = Root { typed: typed.clone(), canonical: absolute };
        roots.push(Root::find(typed).unwrap_or(gone));
    }
    Ok(vec![cache.entry(&roots)])
}

fn line(out: &mut Vec<u8>, options: &CacheOptions, context: &Context, entry: &Entry, bytes: u64) -> Result<()> {
    let paths = &entry.about().paths;
    match options.form {
        Form::Json => {
            let r#type = if options.action == CacheAction::Clear { "cleared" } else { "cache" };
            json::line(out, &CacheLine { r#type, folder: entry.folder(), paths, bytes })?;
        }
        Form::Human => {
            let paths = paths.join(" ");
            let text = match options.action {
                CacheAction::Clear => messages::cleared(&paths, bytes),
                _ => messages::cached(&paths, bytes, entry.folder()),
            };
            writeln!(out, "{}", context.screen.line(&text))?;
        }
    }
    Ok(())
}
