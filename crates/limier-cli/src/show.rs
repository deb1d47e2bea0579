//! `limier show`: one article, its matches lit.

use std::io::Write as _;
use std::ops::{ControlFlow, Range};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use limier::ingest::{self, Item, ReadOptions, Walk};
use limier::{Article, Index};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::Notes;
use crate::opening::{self, Asked, Purpose};
use crate::options::{Format, Refresh, ShowOptions};
use crate::output::standard_output;
use crate::paths::Shown;
use crate::place;
use crate::print::{json, page, terminal};
use crate::wording::{Lists, Wording};

/// Ids named where a file holds several articles.
const MAX_IDS: usize = 5;

#[derive(Serialize)]
struct ShownLine<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    article: &'a Article,
    title_highlights: Vec<[usize; 2]>,
    /// Byte ranges of the body.
    highlights: Vec<[usize; 2]>,
}

/// An article, and what a query lights in its title and its body.
struct Lit {
    article: Article,
    title: Vec<Range<usize>>,
    body: Vec<Range<usize>>,
}

pub(crate) fn run(options: &ShowOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let lists = Lists::read(&options.wording)?;
    let file = Path::new(&options.article);
    let found = if file.is_file() {
        let folders = options.place.reading.of_folders(file.parent(), &mut notes);
        let read = options.place.reading.read(&folders).unwrap_or_default();
        let (index, article) = index_file(file, options, read)?;
        Some(lit(&index, article, options, &lists.in_folders(&folders, &mut notes))?)
    } else {
        let resolved = place::resolve(&options.place, &context.environment, &mut notes)?;
        let reading = &options.place.reading;
        let asked = Asked { purpose: Purpose::Search, refresh: Refresh::First, build: &options.build, reading };
        opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
            let article = ready.index.article(&options.article.to_string_lossy())?;
            let wording = lists.in_folders(&ready.folders, notes);
            article.map(|article| lit(&ready.index, article, options, &wording)).transpose()
        })?
    };
    let Some(found) = found else {
        notes.push("no-such-article", messages::no_such_article(&options.article.to_string_lossy()));
        notes.print(&context.environment);
        return Ok(Exit::Nothing);
    };
    let mut out = standard_output();
    let written = match options.format {
        Format::Json => {
            let (title_highlights, highlights) = (json::pairs(&found.title), json::pairs(&found.body));
            json::line(
                &mut out,
                &ShownLine { r#type: "article", article: &found.article, title_highlights, highlights },
            )
        }
        Format::Plain | Format::Compact | Format::Vimgrep | Format::Trec | Format::Paths | Format::Count => {
            let screen = context.screen.wrapped_at(options.width);
            let text = terminal::article(&found.article, &found.title, &found.body, &screen);
            out.write_all(&Shown::default().with_true_path(text, &found.article, &screen))
        }
        Format::Html => out.write_all(page::article(&found.article, &found.title, &found.body).as_bytes()),
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    notes.print(&context.environment);
    Ok(Exit::Found)
}

fn lit(index: &Index, article: Article, options: &ShowOptions, wording: &Wording) -> Result<Lit> {
    let light = |text: &str| match &options.query {
        Some(query) => wording.told(index.search(query)).highlight(text),
        None => Ok(Vec::new()),
    };
    Ok(Lit { title: light(article.get_title())?, body: light(article.get_body())?, article })
}

/// Reads a file that holds one article.
pub(crate) fn read_one(file: &Path, read: ReadOptions) -> Result<Article> {
    let mut articles = Vec::new();
    // The file and nothing else, read as a search reads it.
    for found in Walk::new([file]).options(&read).run().files {
        ingest::read_file(&found.origin, found.kind, &read, &mut |item| {
            if let Item::Record(record) = item {
                articles.push(record.article);
            }
            ControlFlow::Continue(())
        })
        .with_context(|| messages::cannot_read_file(file))?;
    }
    if articles.len() > 1 {
        let ids: Vec<&str> = articles.iter().take(MAX_IDS).map(Article::id).collect();
        bail!(messages::several_articles(file, articles.len() as u64, &ids));
    }
    articles.pop().with_context(|| messages::no_article_in(file))
}

/// Reads a file that holds one article, and an index of it alone, by which its matches are found.
fn index_file(file: &Path, options: &ShowOptions, read: ReadOptions) -> Result<(Index, Article)> {
    let article = read_one(file, read)?;
    let index = Index::in_memory()?;
    if options.query.is_some() {
        let mut writer = index.writer()?;
        writer.add(article.clone())?;
        writer.commit()?;
    }
    Ok((index, article))
}
