//! `limier QUERY`: the index brought up to date and searched.

use anyhow::{Context as _, Result};
use limier::ingest::Globs;
use limier::{PassageOptions, Search, Sort};

use crate::answering::{Source, on_index};
use crate::context::Context;
use crate::exit::Exit;
use crate::messages;
use crate::notes::Notes;
use crate::options::{Duplicates, Format, Order, PassageShape, SearchOptions, Words};
use crate::output::standard_output;
use crate::wording::{Lists, Wording};
use crate::writing::{self, Answer, Asked};

/// Characters of a passage that are added for each sentence that `--context` asks for, on either side.
const CHARS_A_SENTENCE: usize = 300;

pub(crate) fn run(query: &str, options: &SearchOptions, context: &Context) -> Result<Exit> {
    let mut notes = Notes::default();
    let lists = Lists::read(&options.wording)?;
    let (place, build) = (&options.place, &options.build);
    let (hits, shown) = on_index(place, build, options.refresh, context, &mut notes, |source, notes| {
        let wording = lists.in_folders(source.folders, notes);
        let search = set_up(source.index.search(query), source, options, &wording, notes)?;
        Ok((search.run()?, source.shown.clone()))
    })?;
    notes.extend_from(query, hits.notes());
    note_counts(options, &mut notes);
    let elapsed = context.started.elapsed();
    let answer = Answer { asked: Asked::Query(query), hits: &hits, notes: &notes, shown: &shown, elapsed };
    writing::write(&answer, options, context, &mut standard_output()).context(messages::CANNOT_WRITE)?;
    Ok(if hits.total() > 0 { Exit::Found } else { Exit::Nothing })
}

/// Notes that what is counted is not shown in every form.
pub(crate) fn note_counts(options: &SearchOptions, notes: &mut Notes) {
    let is_counted = !options.facets.is_empty() || options.timeline.is_some();
    if is_counted && !matches!(options.format, Format::Plain | Format::Json) {
        notes.push("facets-not-shown", messages::FACETS_NOT_SHOWN);
    }
}

/// Sets a search up as the options say.
pub(crate) fn set_up<'i>(
    search: Search<'i>,
    source: &Source<'_>,
    options: &SearchOptions,
    wording: &Wording,
    notes: &mut Notes,
) -> Result<Search<'i>> {
    let Source { index, within, .. } = *source;
    let search = wording.told(search.limit(options.limit).explain(options.explain));
    let search = match options.timeout {
        Some(timeout) => search.timeout(timeout),
        None => search,
    };
    let search = search.mend(options.words == Words::Mended).sort(match options.order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    });
    let search = search.sources(&options.sources).authors(&options.authors).facets(options.facets.iter().copied());
    let search = match options.timeline {
        Some(period) => search.timeline(period),
        None => search,
    };
    let search = search.fold_duplicates(options.duplicates == Duplicates::Folded);
    let search = match options.globs.is_empty() {
        true => search,
        false => search.matching(Globs::new(&options.globs)?),
    };
    let mut search = match options.format {
        Format::Trec | Format::Paths | Format::Count => search.without_passages(),
        _ => search.passages(passages(options.passages)),
    };
    if !within.is_empty() {
        let known = index.roots()?;
        for root in within.iter().filter(|root| !known.iter().any(|known| root.is_near(known))) {
            notes.push("path-not-indexed", messages::path_not_indexed(&root.typed));
        }
        search = search.within(within.iter().map(|root| &root.canonical));
    }
    Ok(search)
}

/// Context that was asked for is shown: the room grows with it, unless that was set too.
fn passages(shape: PassageShape) -> PassageOptions {
    let mut options = PassageOptions::new().count(shape.count);
    if let Some(context) = shape.context {
        options = options.context(context);
        if context > 0 {
            options = options.max_chars(CHARS_A_SENTENCE.saturating_mul(1 + 2 * context));
        }
    }
    match shape.max_chars {
        Some(chars) => options.max_chars(chars),
        None => options,
    }
}
