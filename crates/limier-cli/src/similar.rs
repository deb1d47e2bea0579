//! `limier similar`: articles like one, and the words that make them so.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context as _, Result};
use limier::{Article, Index, Search};

use crate::answering::on_index;
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::Notes;
use crate::options::SearchOptions;
use crate::output::standard_output;
use crate::search;
use crate::show;
use crate::wording::Wording;
use crate::writing::{self, Answer, Asked};

pub(crate) fn run(article: &OsStr, options: &SearchOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let (place, build) = (&options.place, &options.build);
    let answered = on_index(place, build, options.refresh, context, &mut notes, |source, notes| {
        let Some(search) = begun(article, source.index, options, notes)? else { return Ok(None) };
        let hits = search::set_up(search, source, options, &Wording::default(), notes)?.run()?;
        Ok(Some((hits, source.shown.clone())))
    })?;
    let article = &article.to_string_lossy();
    let Some((hits, shown)) = answered else {
        notes.push("no-such-article", messages::no_such_article(article));
        notes.print(&context.environment);
        return Ok(Exit::Nothing);
    };
    notes.extend_from("", hits.notes());
    let elapsed = context.started.elapsed();
    let answer = Answer { asked: Asked::Similar(article), hits: &hits, notes: &notes, shown: &shown, elapsed };
    writing::write(&answer, options, context, &mut standard_output()).context(messages::CANNOT_WRITE)?;
    Ok(if hits.total() > 0 { Exit::Found } else { Exit::Nothing })
}

/// Begins the search; `None` where no article is called so.
///
/// A file that the index knows stands for its article there, and any other for the article that is read from it.
fn begun<'i>(name: &OsStr, index: &'i Index, options: &SearchOptions, notes: &mut Notes) -> Result<Option<Search<'i>>> {
    let file = Path::new(name);
    if !file.is_file() {
        return Ok(index.similar(&name.to_string_lossy())?);
    }
    let reading = &options.place.reading;
    let folders = reading.of_folders(file.parent(), notes);
    let article = show::read_one(file, reading.read(&folders).unwrap_or_default())?;
    for id in ids(file, &article, index)? {
        let known = index.article(&id)?;
        if known.and_then(|known| known.file_path().map(|path| is_same(&path, file))) == Some(true) {
            return Ok(index.similar(&id)?);
        }
    }
    Ok(Some(index.similar_to(&article)))
}

/// The ids that the article of a file can have in an index: its own, or its path below a root.
fn ids(file: &Path, article: &Article, index: &Index) -> Result<Vec<String>> {
    let file = file.canonicalize().with_context(|| messages::cannot_read_file(file))?;
    let below = |root: &std::path::PathBuf| Some(file.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"));
    let mut ids: Vec<String> = index.roots()?.iter().filter_map(below).collect();
    ids.push(article.id().to_owned());
    Ok(ids)
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
