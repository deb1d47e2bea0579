//! `limier analyze`: what the analyzer makes of texts.

use std::io::{BufRead, BufReader, Read, Write};

use anyhow::{Context, Result};
use limier_french::{Analysis, FrenchAnalyzer, Stop, Token};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::color::Style;
use crate::exit::Exit;
use crate::messages;
use crate::options::{AnalyzeOptions, Form};
use crate::output::{Output, standard_output};
use crate::print::json;
use crate::print::screen::Screen;

#[derive(Serialize)]
struct TextLine<'t> {
    text: &'t str,
    tokens: Vec<TokenObject<'t>>,
}

#[derive(Serialize)]
struct TokenObject<'t> {
    surface: &'t str,
    start: usize,
    end: usize,
    position: u32,
    exact: &'t str,
    lemma: &'t str,
    stem: &'t str,
    stop: bool,
    rule: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    alternate: bool,
}

impl<'t> TokenObject<'t> {
    fn new(text: &'t str, token: Token<'t>) -> TokenObject<'t> {
        TokenObject {
            surface: text.get(token.start..token.end).unwrap_or_default(),
            start: token.start,
            end: token.end,
            position: token.position,
            exact: token.exact,
            lemma: token.lemma,
            stem: token.stem,
            stop: token.stop != Stop::None,
            rule: token.rule.name(),
            alternate: token.alternate,
        }
    }
}

pub(crate) fn run(options: &AnalyzeOptions, screen: &Screen) -> Result<Exit> {
    let analyzer = FrenchAnalyzer::new();
    let mut analysis = Analysis::new();
    let mut out = standard_output();
    let mut one = |text: &str, out: &mut Output| -> Result<()> {
        analyzer.analyze_into(text, &mut analysis);
        let tokens: Vec<_> = analysis.tokens().map(|token| TokenObject::new(text, token)).collect();
        match options.form {
            Form::Json => json::line(out, &TextLine { text, tokens }),
            Form::Human => out.write_all(table(&tokens, screen).as_bytes()),
        }
        .context(messages::CANNOT_WRITE)
    };
    match &options.text {
        Some(text) => one(text, &mut out)?,
        None => each_line(&mut std::io::stdin().lock(), &mut out, &mut one)?,
    }
    out.flush().context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}

/// Hands over each line; what is not UTF-8 is replaced.
fn each_line(
    input: &mut impl Read,
    out: &mut Output,
    one: &mut impl FnMut(&str, &mut Output) -> Result<()>,
) -> Result<()> {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let mut line = Vec::new();
    loop {
        // Before waiting for input, what was asked is answered: a program may hold both ends of the pipes.
        if input.buffer().is_empty() {
            out.flush().context(messages::CANNOT_WRITE)?;
        }
        line.clear();
        let read = input.read_until(b'\n', &mut line).context(messages::CANNOT_READ_INPUT)?;
        if read == 0 || out.get_ref().is_closed() {
            return Ok(());
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        one(&String::from_utf8_lossy(text), out)?;
    }
}

/// Returns the tokens of a text as a table, and a blank line.
fn table(tokens: &[TokenObject<'_>], screen: &Screen) -> String {
    let mut rows = vec![messages::ANALYSIS_COLUMNS.map(String::from)];
    for token in tokens {
        let mut remarks = vec![token.rule];
        remarks.extend(token.stop.then_some(messages::STOP_WORD.as_str()));
        remarks.extend(token.alternate.then_some(messages::ALTERNATE.as_str()));
        let position = token.position.to_string();
        let cells = [&position, token.surface, token.exact, token.lemma, token.stem, &remarks.join(", ")];
        rows.push(cells.map(|cell| screen.line(cell).into_owned()));
    }
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(widths).map(|(cell, width)| {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            format!("{cell}{blanks}")
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let style = if number == 0 { Style::Dim } else { Style::Plain };
        screen.push(&mut out, style, line.trim_end());
        out.push('\n');
    }
    out.push('\n');
    out
}
