//! `limier suggest`: the beginning of a word completed to words of the index.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use limier::Suggestion;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::answering::on_index;
use crate::color::Style;
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::{Notes, to_standard_error};
use crate::options::{Form, SuggestOptions};
use crate::output::standard_output;
use crate::print::json;
use crate::print::screen::Screen;

#[derive(Serialize)]
struct SuggestionLine<'s> {
    r#type: &'static str,
    #[serde(flatten)]
    suggestion: &'s Suggestion,
}

pub(crate) fn run(options: &SuggestOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let (place, build) = (&options.place, &options.build);
    let suggestions = on_index(place, build, options.refresh, context, &mut notes, |source, notes| {
        if !source.within.is_empty() {
            notes.push("whole-index", messages::WORDS_OF_THE_WHOLE_INDEX);
        }
        Ok(source.index.suggest(&options.prefix).limit(options.limit).run()?)
    })?;
    let mut out = standard_output();
    let written = match options.form {
        Form::Json => suggestions
            .iter()
            .try_for_each(|suggestion| json::line(&mut out, &SuggestionLine { r#type: "suggestion", suggestion })),
        Form::Human => out.write_all(listed(&suggestions, &context.screen).as_bytes()),
    };
    written.and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    notes.print(&context.environment);
    // Programs that complete what is typed are told by the exit code.
    if suggestions.is_empty() && context.screen.is_terminal {
        to_standard_error(&messages::error(messages::NO_SUGGESTION.as_str()), &context.environment);
    }
    Ok(if suggestions.is_empty() { Exit::Nothing } else { Exit::Found })
}

/// Returns a line a word: in a pipe the word alone, on a terminal with the number of its articles.
fn listed(suggestions: &[Suggestion], screen: &Screen) -> String {
    let widest = suggestions.iter().map(|suggestion| suggestion.word.width()).max().unwrap_or_default();
    let mut out = String::new();
    for Suggestion { word, articles, .. } in suggestions {
        out.push_str(&screen.line(word));
        if screen.is_terminal {
            let blank = " ".repeat(widest.saturating_sub(word.width()) + 2);
            screen.push(&mut out, Style::Dim, &format!("{blank}{}", messages::counted_articles(*articles)));
        }
        out.push('\n');
    }
    out
}
