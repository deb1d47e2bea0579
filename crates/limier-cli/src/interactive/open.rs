//! An article handed to another program: a pager, which shows it as it was read, or an editor, which opens its file.

use super::worker::Preview;
use crate::context::Context;
use crate::messages::interactive as words;
use crate::pager::{self, Paged};
use crate::print::screen::Screen;
use crate::print::terminal;

/// What opens an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    Pager,
    Editor,
}

/// Opens an article at its first match; returns what went wrong, to be shown.
pub(super) fn article(preview: Option<&Preview>, opener: Opener, context: &Context) -> Option<String> {
    let preview = preview?;
    match opener {
        Opener::Pager => in_pager(preview, context),
        Opener::Editor => in_editor(preview, context),
    }
}

fn in_pager(preview: &Preview, context: &Context) -> Option<String> {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let screen = Screen { is_terminal: true, width: Some(width), ..context.screen };
    let article = preview.hit.article();
    let text = terminal::article(article, preview.hit.title_highlights(), &preview.lights, &screen);
    let above = preview.lights.first().and_then(|light| article.get_body().get(..light.start)).unwrap_or_default();
    // The rows up to the first match, title and all.
    let before = terminal::article(&article.clone().body(above), &[], &[], &screen).lines().count();
    let pager = pager::command(&context.environment);
    let what = Paged::Article { row: before.saturating_sub(1) };
    pager::show(&pager, text.as_bytes(), what).err().map(|error| words::cannot_run(&pager, &error))
}

fn in_editor(preview: &Preview, context: &Context) -> Option<String> {
    let article = preview.hit.article();
    let Some(path) = article.file_path() else { return Some(words::NO_FILE.to_string()) };
    let line = preview.hit.passages().first().map_or(article.get_line(), limier::Passage::line).max(1);
    let editor = pager::editor(&context.environment);
    pager::edit(&editor, &path, line).err().map(|error| words::cannot_run(&editor, &error))
}
