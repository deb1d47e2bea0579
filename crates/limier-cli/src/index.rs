//! `limier index`: an index built or brought up to date, without a search.

use std::io::Write as _;

use anyhow::{Context as _, Result, bail};
use limier::{Index, RefreshReport};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::files;
use crate::messages;
use crate::notes::{Note, Notes};
use crate::opening::{self, Asked, Purpose};
use crate::options::{Build, Form, Place, Refresh};
use crate::output::standard_output;
use crate::paths::Shown;
use crate::place;
use crate::print::json;

#[derive(Serialize)]
struct IndexLine<'n> {
    r#type: &'static str,
    articles: u64,
    #[serde(flatten)]
    files: Files,
    elapsed_ms: f64,
    notes: &'n [Note],
}

/// What became of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Files {
    pub(crate) added: u64,
    pub(crate) modified: u64,
    pub(crate) deleted: u64,
    pub(crate) unchanged: u64,
}

impl From<&RefreshReport> for Files {
    fn from(report: &RefreshReport) -> Files {
        let RefreshReport { added, modified, deleted, unchanged, .. } = *report;
        Files { added, modified, deleted, unchanged }
    }
}

pub(crate) fn run(place: &Place, build: &Build, form: Form, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let (articles, files) = if place::is_standard_input(&place.paths)? {
        let Some(folder) = &place.index else { bail!(messages::INPUT_WITHOUT_INDEX) };
        let index = Index::open_or_create(folder)?;
        files::add_standard_input(&index, build, &mut notes)?;
        (index.articles(), Files::default())
    } else {
        let resolved = place::resolve(place, &context.environment, &mut notes)?;
        let asked = Asked { purpose: Purpose::Index, refresh: Refresh::First, build };
        let shown = Shown::new(&resolved.roots);
        opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
            let Some(report) = &ready.report else { return Ok((ready.index.articles(), Files::default())) };
            notes.extend_from_report(report, &shown, true);
            Ok((ready.index.articles(), Files::from(report)))
        })?
    };
    let mut out = standard_output();
    let elapsed = context.started.elapsed();
    let written = match form {
        Form::Json => {
            let elapsed_ms = (elapsed.as_secs_f64() * 1e6).round() / 1e3;
            json::line(&mut out, &IndexLine { r#type: "index", articles, files, elapsed_ms, notes: notes.as_slice() })
        }
        Form::Human => {
            notes.print(&context.environment);
            writeln!(out, "{}", messages::indexed(articles, files, elapsed))
        }
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}
