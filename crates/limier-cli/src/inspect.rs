//! `limier stats`: an index as it is, without bringing it up to date.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use limier::Stats;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::Notes;
use crate::opening;
use crate::options::{Form, InspectOptions};
use crate::output::standard_output;
use crate::place::{self, Resolved};
use crate::print::json;

#[derive(Serialize)]
struct StatsLine<'s> {
    r#type: &'static str,
    folder: &'s Path,
    #[serde(flatten)]
    stats: &'s Stats,
}

pub(crate) fn stats(options: &InspectOptions, context: &Context) -> Result<Exit> {
    let resolved = resolve(options, context)?;
    let index = opening::open_as_is(&resolved)?;
    let stats = index.stats()?;
    let folder = resolved.store.folder();
    let mut out = standard_output();
    let written = match options.form {
        Form::Json => json::line(&mut out, &StatsLine { r#type: "stats", folder: &folder, stats: &stats }),
        Form::Human => {
            let folder = folder.to_string_lossy();
            out.write_all(messages::stats(&context.screen.line(&folder), &stats).as_bytes())
        }
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}

/// Looks up which index is meant.
pub(crate) fn resolve(options: &InspectOptions, context: &Context) -> Result<Resolved> {
    if place::is_standard_input(&options.place.paths)? {
        anyhow::bail!(messages::INPUT_HAS_NO_INDEX);
    }
    let mut notes = Notes::default();
    let resolved = place::resolve(&options.place, &context.environment, &mut notes)?;
    notes.print(&context.environment);
    Ok(resolved)
}
