//! `limier index`: an index built or brought up to date, without a search.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use limier::{Index, RefreshReport};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::files;
use crate::messages;
use crate::notes::{Note, Notes};
use crate::opening::{self, Asked, Purpose, Ready};
use crate::options::{Build, Form, Place, Refresh};
use crate::output::standard_output;
use crate::paths::{Root, Shown};
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
    pub(crate) renamed: u64,
    pub(crate) deleted: u64,
    pub(crate) unchanged: u64,
}

impl From<&RefreshReport> for Files {
    fn from(report: &RefreshReport) -> Files {
        let RefreshReport { added, modified, renamed, deleted, unchanged, .. } = *report;
        Files { added, modified, renamed, deleted, unchanged }
    }
}

/// What an index came to.
pub(crate) struct Indexed {
    articles: u64,
    files: Files,
}

impl Indexed {
    pub(crate) fn of(ready: &Ready) -> Indexed {
        let files = ready.report.as_ref().map(Files::from).unwrap_or_default();
        Indexed { articles: ready.index.articles(), files }
    }

    /// Tells whether files had changed.
    pub(crate) fn has_news(&self) -> bool {
        Files { unchanged: 0, ..self.files } != Files::default()
    }
}

pub(crate) fn run(place: &Place, build: &Build, form: Form, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let indexed = if place::is_standard_input(&place.paths)? {
        let Some(folder) = &place.index else { bail!(messages::INPUT_WITHOUT_INDEX) };
        let index = Index::open_or_create(folder)?;
        files::add_standard_input(&index, build, place.reading.read(&[]).as_ref(), &mut notes)?;
        Indexed { articles: index.articles(), files: Files::default() }
    } else {
        let resolved = place::resolve(place, &context.environment, &mut notes)?;
        let asked = Asked { purpose: Purpose::Index, refresh: Refresh::First, build, reading: &place.reading };
        let shown = Shown::new(&resolved.roots);
        opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
            if let Some(report) = &ready.report {
                notes.extend_from_report(report, &shown, true);
            }
            Ok(Indexed::of(ready))
        })?
    };
    write("index", &indexed, context.started.elapsed(), form, &notes, context)?;
    Ok(Exit::Found)
}

/// `limier index --forget`: takes folders and files out of a named index.
pub(crate) fn forget(place: &Place, build: &Build, form: Form, context: &Context) -> Result<Exit> {
    let Some(folder) = &place.index else { bail!(messages::FORGET_WITHOUT_INDEX) };
    let mut notes = Notes::default();
    let index = opening::open_named(folder)?;
    let mut roots = Vec::new();
    for typed in &place.paths {
        // What is gone is known by its name.
        let absolute = std::path::absolute(typed).with_context(|| messages::cannot_read_file(typed))?;
        roots.push(Root::find(typed).map_or(absolute, |root| root.canonical));
    }
    let asked = Asked { purpose: Purpose::Index, refresh: Refresh::First, build, reading: &place.reading };
    let mut options = limier::RefreshOptions::default().forget(roots.iter().map(PathBuf::as_path));
    if let Some(read) = &place.reading.flags {
        options = options.read(read.clone());
    }
    let report = files::refresh(&index, options, &asked, context, &mut notes)?;
    let ready = Ready { index, report, is_narrowed: false, folders: Vec::new() };
    write("index", &Indexed::of(&ready), context.started.elapsed(), form, &notes, context)?;
    Ok(Exit::Found)
}

/// Writes what an index came to; tells whether somebody reads it.
pub(crate) fn write(
    kind: &'static str,
    indexed: &Indexed,
    elapsed: Duration,
    form: Form,
    notes: &Notes,
    context: &Context,
) -> Result<bool> {
    let Indexed { articles, files } = *indexed;
    let mut out = standard_output();
    let written = match form {
        Form::Json => {
            let elapsed_ms = (elapsed.as_secs_f64() * 1e6).round() / 1e3;
            json::line(&mut out, &IndexLine { r#type: kind, articles, files, elapsed_ms, notes: notes.as_slice() })
        }
        Form::Human => {
            notes.print(&context.environment);
            writeln!(out, "{}", messages::indexed(articles, files, elapsed))
        }
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(!out.get_ref().is_closed())
}
