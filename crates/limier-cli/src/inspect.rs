//! `limier stats` and `limier verify`: an index as it is, without bringing it up to date.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use limier::{Damage, Index, Stats, Verification};
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

#[derive(Serialize)]
struct VerifyLine<'v> {
    r#type: &'static str,
    folder: &'v Path,
    sound: bool,
    #[serde(flatten)]
    verification: &'v Verification,
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

pub(crate) fn verify(options: &InspectOptions, context: &Context) -> Result<Exit> {
    let resolved = resolve(options, context)?;
    let verification = check(&resolved)?;
    let folder = resolved.store.folder();
    let mut out = standard_output();
    let sound = verification.is_sound();
    let written = match options.form {
        Form::Json => {
            let line = VerifyLine { r#type: "verification", folder: &folder, sound, verification: &verification };
            json::line(&mut out, &line)
        }
        Form::Human => {
            let mut text = String::new();
            for damage in &verification.damages {
                let file = damage.file.as_ref().map(|file| folder.join(file)).unwrap_or_else(|| folder.clone());
                text.push_str(&context.screen.line(&messages::damage(&file, &damage.text)));
                text.push('\n');
            }
            text.push_str(&context.screen.line(&messages::verified(&folder, &verification)));
            text.push('\n');
            out.write_all(text.as_bytes())
        }
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(if sound { Exit::Found } else { Exit::Nothing })
}

fn resolve(options: &InspectOptions, context: &Context) -> Result<Resolved> {
    if place::is_standard_input(&options.place.paths)? {
        anyhow::bail!(messages::INPUT_HAS_NO_INDEX);
    }
    let mut notes = Notes::default();
    let resolved = place::resolve(&options.place, &context.environment, &mut notes)?;
    notes.print(&context.environment);
    Ok(resolved)
}

/// Checks an index; one too damaged to be opened is damage, too.
fn check(resolved: &Resolved) -> Result<Verification> {
    match opening::open_as_is(resolved).and_then(|index: Index| Ok(index.verify()?)) {
        Err(error) if opening::library_error(&error).is_some_and(limier::Error::is_corrupt) => {
            let damage = Damage { file: None, text: messages::chain(&error) };
            Ok(Verification { damages: vec![damage], ..Verification::default() })
        }
        outcome => outcome,
    }
}
