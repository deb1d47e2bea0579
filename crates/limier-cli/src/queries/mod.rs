//! `--queries FILE`: several queries on one index, brought up to date once.

mod read;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::answering::{Source, on_index};
use crate::context::Context;
use crate::exit::Exit;
use crate::messages::{self, queries as words};
use crate::notes::{Notes, to_standard_error};
use crate::options::{Format, SearchOptions};
use crate::output::standard_output;
use crate::place::is_standard_input;
use crate::search;
use crate::wording::{Lists, Wording};
use crate::writing::{self, Answer, Asked};
use read::{Line, Lines, Numbered, Oddity};

/// What all queries came to.
#[derive(Default)]
struct Tally {
    asked: u64,
    /// Those that found something.
    answered: u64,
}

pub(crate) fn run(file: &Path, options: &SearchOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let lists = Lists::read(&options.wording)?;
    let input = open(file, options)?;
    search::note_counts(options, &mut notes);
    let mut lines = Lines::new(input);
    let (place, build) = (&options.place, &options.build);
    let tally = on_index(place, build, options.refresh, context, &mut notes, |source, notes| {
        let wording = lists.in_folders(source.folders, notes);
        let mut batch = Batch { source, options, wording: &wording, context, tally: Tally::default() };
        match batch.answer_all(file, &mut lines, notes) {
            // What was written cannot be taken back: such an error is not mended by building the index again.
            Err(error) if batch.tally.asked > 0 => Ok(Err(error)),
            Err(error) => Err(error),
            Ok(()) => Ok(Ok(batch.tally)),
        }
    })??;
    if tally.asked == 0 {
        notes.push("no-queries", words::none(file));
    }
    notes.print(&context.environment);
    if context.screen.is_terminal && matches!(options.format, Format::Plain | Format::Compact) {
        let closing = words::closing(tally.asked, tally.answered, context.started.elapsed());
        to_standard_error(&closing, &context.environment);
    }
    Ok(if tally.answered > 0 { Exit::Found } else { Exit::Nothing })
}

fn open(file: &Path, options: &SearchOptions) -> Result<Box<dyn BufRead>> {
    if file.as_os_str() != "-" {
        let opened = File::open(file).with_context(|| messages::cannot_read_file(file))?;
        return Ok(Box::new(BufReader::new(opened)));
    }
    if is_standard_input(&options.place.paths)? {
        bail!(words::INPUT_TWICE);
    }
    Ok(Box::new(std::io::stdin().lock()))
}

/// The queries on their way through an index.
struct Batch<'b> {
    source: &'b Source<'b>,
    options: &'b SearchOptions,
    wording: &'b Wording,
    context: &'b Context,
    tally: Tally,
}

impl Batch<'_> {
    /// Answers each query as it is read. What there was to say before is said with the first answer; what is still to be said
    /// at the end is left in `notes`.
    fn answer_all(&mut self, file: &Path, lines: &mut Lines<impl BufRead>, notes: &mut Notes) -> Result<()> {
        for line in lines {
            match line.with_context(|| messages::cannot_read_file(file))? {
                Line::Query(query) => {
                    if !self.answer(&query, std::mem::take(notes))? {
                        return Ok(());
                    }
                }
                Line::Odd(line, oddity) => notes.push("bad-query", odd(file, line, oddity)),
            }
        }
        Ok(())
    }

    /// Answers a query; tells whether somebody still reads the answers.
    fn answer(&mut self, query: &Numbered, mut notes: Notes) -> Result<bool> {
        let began = Instant::now();
        let Numbered { id, text } = query;
        let mut of_paths = Notes::default();
        let search = self.source.index.search(text);
        let hits = search::set_up(search, self.source, self.options, self.wording, &mut of_paths)?.run()?;
        if self.tally.asked == 0 {
            // They are the same for every query.
            notes.append(of_paths);
        }
        notes.extend_from_one_of(id, text, hits.notes());
        let asked = Asked::OneOf { id, query: text, is_first: self.tally.asked == 0 };
        let (shown, elapsed) = (self.source.shown, began.elapsed());
        let answer = Answer { asked, hits: &hits, notes: &notes, shown, elapsed };
        self.tally.asked += 1;
        self.tally.answered += u64::from(hits.total() > 0);
        let mut out = standard_output();
        writing::write(&answer, self.options, self.context, &mut out).context(messages::CANNOT_WRITE)?;
        Ok(!out.get_ref().is_closed())
    }
}

fn odd(file: &Path, line: usize, oddity: Oddity) -> String {
    let why = match oddity {
        Oddity::NotUtf8 => words::NOT_UTF8,
        Oddity::NoObject => words::NO_OBJECT,
        Oddity::SameId => words::SAME_ID,
        Oddity::TooLong => words::TOO_LONG,
    };
    words::left_out(file, line, why)
}
