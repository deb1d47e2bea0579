//! limier, through its public library as a program uses it.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use limier::passage::{PassageOptions, Passager};
use limier::{Article, Index, Passage, WriterOptions};

use crate::engine::Texts;

/// How many threads index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threads {
    /// As many as the library takes by default.
    Default,
    /// So many.
    Exactly(usize),
}

/// Writes an index into an empty folder and returns the seconds it took, merging included.
pub(crate) fn build(folder: &Path, threads: Threads, texts: &dyn Texts) -> Result<f64> {
    let start = Instant::now();
    let index = Index::open_or_create(folder)?;
    let options = match threads {
        Threads::Default => WriterOptions::default(),
        Threads::Exactly(count) => WriterOptions::default().threads(count),
    };
    let mut writer = index.writer_with(&options)?;
    texts.give(&mut |text| Ok(writer.add(Article::new(&text.id).title(&text.title).body(&text.body))?))?;
    writer.commit()?;
    writer.finish()?;
    Ok(start.elapsed().as_secs_f64())
}

/// Opens the index of a folder.
pub(crate) fn open(folder: &Path) -> Result<Index> {
    Ok(Index::open(folder)?)
}

/// Returns the ids and scores of the best articles, best first: as much as is asked of raw Tantivy.
pub(crate) fn top(index: &Index, query: &str, limit: usize) -> Result<Vec<(String, f32)>> {
    Ok(index.search(query).limit(limit).run_ids()?.to_vec())
}

/// Returns the number of ids and the exact total of articles that match: as much as is asked of raw Tantivy.
pub(crate) fn top_and_total(index: &Index, query: &str, limit: usize) -> Result<(usize, u64)> {
    let ids = index.search(query).limit(limit).run_ids()?;
    Ok((ids.len(), ids.total()))
}

/// Returns how many of the best articles were loaded.
pub(crate) fn articles(index: &Index, query: &str, limit: usize) -> Result<usize> {
    Ok(index.search(query).limit(limit).without_passages().run()?.len())
}

/// Returns how many passages the best articles show, by default settings.
pub(crate) fn passages(index: &Index, query: &str, limit: usize) -> Result<usize> {
    let hits = index.search(query).limit(limit).run()?;
    Ok(hits.iter().map(|hit| hit.passages().len()).sum())
}

/// Returns the passages of each body for a query, by default settings.
pub(crate) fn passages_of(index: &Index, query: &str, bodies: &[&str]) -> Result<Vec<Vec<Passage>>> {
    let targets = index.search(query).targets()?;
    let mut passager = Passager::new(index.analyzer(), &targets);
    let options = PassageOptions::default();
    Ok(bodies.iter().map(|body| passager.passages(body, 0, &options)).collect())
}
