//! What is compared: two ways to use raw Tantivy, and limier, asked for the same things.

use std::path::Path;

use anyhow::Result;

use crate::baseline::{self, Baseline, Layout};
use crate::beir::Text;
use crate::chain::Chain;
use crate::ours;
use crate::sample::Sample;
use crate::source::Source;

/// The engines, in the order of their columns; limier comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Raw(Chain),
    Limier,
}

/// All engines.
pub(crate) const ENGINES: [Engine; 3] = [Engine::Raw(Chain::Tantivy), Engine::Raw(Chain::RustStemmers), Engine::Limier];

impl Engine {
    /// Returns the name shown in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Raw(chain) => chain.name(),
            Engine::Limier => "limier",
        }
    }

    /// Returns the engine of a name.
    pub(crate) fn named(name: &str) -> Option<Engine> {
        ENGINES.into_iter().find(|engine| engine.name() == name)
    }

    /// Indexes the texts into an empty folder and returns the seconds it took.
    pub(crate) fn build(self, folder: &Path, threads: usize, texts: &dyn Texts) -> Result<f64> {
        match self {
            Engine::Raw(chain) => baseline::build(folder, chain, Layout::OneField, threads, texts),
            Engine::Limier => ours::build(folder, ours::Threads::Exactly(threads), texts),
        }
    }

    /// Opens the index of a folder.
    pub(crate) fn open(self, folder: &Path) -> Result<Opened> {
        Ok(match self {
            Engine::Raw(chain) => Opened::Raw(Baseline::open(folder, chain)?),
            Engine::Limier => Opened::Limier(ours::open(folder)?),
        })
    }
}

/// Texts to index, given one after the other.
pub(crate) trait Texts {
    /// Calls `each` with every text, until one fails.
    fn give(&self, each: &mut dyn FnMut(&Text) -> Result<()>) -> Result<()>;
}

impl Texts for Vec<Text> {
    fn give(&self, each: &mut dyn FnMut(&Text) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(each)
    }
}

impl Texts for &[Text] {
    fn give(&self, each: &mut dyn FnMut(&Text) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(each)
    }
}

impl Texts for Source {
    fn give(&self, each: &mut dyn FnMut(&Text) -> Result<()>) -> Result<()> {
        self.for_each(&mut |text| each(&text))
    }
}

/// An engine ready to search.
pub(crate) enum Opened {
    Raw(Baseline),
    Limier(limier::Index),
}

/// One kind of search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The best ten or hundred by any of the words.
    Top(usize),
    /// The best ten and the exact number of all.
    TopAndTotal,
    /// The best ten, each with its text.
    Articles,
    /// The best ten, each with what is shown of its text.
    Passages,
    Phrase,
    Prefix,
    Fuzzy,
}

impl Kind {
    /// All kinds, in the order of their rows.
    pub(crate) const ALL: [Kind; 8] = [
        Kind::Top(10),
        Kind::TopAndTotal,
        Kind::Top(100),
        Kind::Articles,
        Kind::Passages,
        Kind::Phrase,
        Kind::Prefix,
        Kind::Fuzzy,
    ];

    /// Returns the name shown in tables.
    pub(crate) fn name(self) -> String {
        match self {
            Kind::Top(limit) => format!("top {limit}"),
            Kind::TopAndTotal => "top 10 and total".to_string(),
            Kind::Articles => "top 10 with articles".to_string(),
            Kind::Passages => "top 10 with passages".to_string(),
            Kind::Phrase => "phrase".to_string(),
            Kind::Prefix => "prefix of 4 letters".to_string(),
            Kind::Fuzzy => "one edit".to_string(),
        }
    }

    /// Returns the queries of the sample that this kind searches.
    pub(crate) fn queries(self, sample: &Sample) -> &[String] {
        match self {
            Kind::Top(_) | Kind::TopAndTotal | Kind::Articles | Kind::Passages => &sample.words,
            Kind::Phrase => &sample.phrases,
            Kind::Prefix => &sample.starts,
            Kind::Fuzzy => &sample.longer,
        }
    }
}

impl Opened {
    /// Runs one search and returns how many hits came, so that nothing is optimised away.
    pub(crate) fn search(&mut self, kind: Kind, text: &str) -> Result<usize> {
        match self {
            Opened::Raw(raw) => search_raw(raw, kind, text),
            Opened::Limier(index) => match kind {
                Kind::Top(limit) => Ok(ours::top(index, text, limit)?.len()),
                Kind::TopAndTotal => Ok(ours::top_and_total(index, text, 10)?.0),
                Kind::Articles => Ok(ours::articles(index, text, 10)?),
                Kind::Passages => Ok(ours::passages(index, text, 10)?),
                Kind::Phrase => Ok(ours::top(index, &format!("\"{text}\""), 10)?.len()),
                Kind::Prefix => Ok(ours::top(index, &format!("{text}*"), 10)?.len()),
                Kind::Fuzzy => Ok(ours::top(index, &format!("{text}~"), 10)?.len()),
            },
        }
    }
}

fn search_raw(raw: &mut Baseline, kind: Kind, text: &str) -> Result<usize> {
    let query = match kind {
        Kind::Top(_) | Kind::TopAndTotal | Kind::Articles | Kind::Passages => raw.any_term(text),
        Kind::Phrase => raw.phrase(text),
        Kind::Prefix => raw.prefix(text),
        Kind::Fuzzy => raw.fuzzy(text),
    };
    match kind {
        Kind::Top(limit) => Ok(raw.top(query.as_ref(), limit)?.len()),
        Kind::TopAndTotal => Ok(raw.top_and_count(query.as_ref(), 10)?.0),
        Kind::Articles => raw.articles(query.as_ref(), 10),
        Kind::Passages => Ok(raw.snippets(query.as_ref(), 10)?.len()),
        Kind::Phrase | Kind::Prefix | Kind::Fuzzy => Ok(raw.top(query.as_ref(), 10)?.len()),
    }
}
