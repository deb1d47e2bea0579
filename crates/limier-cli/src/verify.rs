//! `limier verify`: every byte of an index checked, and a damaged one built again when that is asked for.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use limier::{Damage, Index, RefreshOptions, Repair, Verification};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::inspect;
use crate::messages;
use crate::notes::Notes;
use crate::opening::{self, Asked, Purpose};
use crate::options::{Build, Damaged, Form, InspectOptions, Reading, Refresh};
use crate::output::standard_output;
use crate::place::{Resolved, Store};
use crate::print::json;

#[derive(Serialize)]
struct VerifyLine<'v> {
    r#type: &'static str,
    folder: &'v Path,
    sound: bool,
    #[serde(flatten)]
    verification: &'v Verification,
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<RepairLine>,
}

/// What a repair came to.
#[derive(Serialize)]
struct RepairLine {
    articles: u64,
    kept: u64,
    lost: u64,
    whole: bool,
    /// Paths for showing: what is not UTF-8 in them is replaced.
    missing: Vec<String>,
}

pub(crate) fn run(options: &InspectOptions, damaged: Damaged, context: &Context) -> Result<Exit> {
    let resolved = inspect::resolve(options, context)?;
    opening::refuse_absent(&resolved)?;
    let folder = resolved.store.folder();
    let verification = Index::verify_folder(&folder)?;
    let repaired = match damaged {
        Damaged::Repair if !verification.is_sound() => Some(repair(&resolved, &options.place.reading, context)?),
        _ => None,
    };
    let is_well = repaired.as_ref().map_or(verification.is_sound(), |(repair, _)| repair.is_whole());
    let mut out = standard_output();
    let written = match options.form {
        Form::Json => {
            let repair = repaired.map(|(repair, articles)| RepairLine {
                articles,
                kept: repair.kept,
                lost: repair.lost,
                whole: repair.is_whole(),
                missing: repair.missing.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
            });
            let sound = verification.is_sound();
            let line =
                VerifyLine { r#type: "verification", folder: &folder, sound, verification: &verification, repair };
            json::line(&mut out, &line)
        }
        Form::Human => {
            let mut lines: Vec<String> = verification.damages.iter().map(|damage| told(&folder, damage)).collect();
            match &repaired {
                Some((repair, articles)) => lines.extend(messages::repaired(&folder, repair, *articles)),
                None => lines.push(messages::verified(&folder, &verification)),
            }
            lines.iter().try_for_each(|line| writeln!(out, "{}", context.screen.line(line)))
        }
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(if is_well { Exit::Found } else { Exit::Nothing })
}

fn told(folder: &Path, damage: &Damage) -> String {
    let file = damage.file.as_ref().map_or_else(|| folder.to_path_buf(), |file| folder.join(file));
    messages::damage(&file, &damage.text)
}

/// Builds an index again; returns what became of it, and the number of its articles.
fn repair(resolved: &Resolved, reading: &Reading, context: &Context) -> Result<(Repair, u64)> {
    let Store::Cached(entry) = &resolved.store else {
        let folder = resolved.store.folder();
        let typed = resolved.roots.iter().map(|root| root.canonical.clone());
        let repair = Index::repair(&folder, &RefreshOptions::new(typed))?;
        return Ok((repair, Index::open(&folder)?.articles()));
    };
    // All of the cache comes from files that are there.
    entry.clear()?;
    let build = Build { whole_disk: true, ..Build::default() };
    let asked = Asked { purpose: Purpose::Index, refresh: Refresh::First, build: &build, reading };
    let mut notes = Notes::default();
    let articles = opening::with_index(resolved, &asked, context, &mut notes, |ready, _| Ok(ready.index.articles()))?;
    Ok((Repair::default(), articles))
}
