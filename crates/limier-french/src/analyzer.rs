//! The analyzer: options, and the loop over the groups of a text.

use std::sync::{Arc, Mutex, OnceLock};

use crate::analysis::Analysis;
use crate::cache::{Cache, Sought};
use crate::fingerprint::{self, Fingerprint, PROBE};
use crate::forms;
use crate::local;
use crate::normalize::normalize;
use crate::stop::StopWords;
use crate::token::Level;
use crate::tokenizer::FrenchTokenizer;
use crate::wanted::Wanted;
use crate::words::context::{Context, Hints};
use crate::words::scan::{Group, Scanner};
use crate::words::{Options, Scratch, read_group};

/// Groups kept by each thread, unless the builder says otherwise: about 15 MB when full. In 30 MB of French press half as many
/// miss 5 words in a hundred, these 3.
const CACHE_ENTRIES: usize = 1 << 17;

/// The threads share one in so many: what came first is what is frequent, and rare words are seldom read by two threads.
const SHARED_PART: usize = 4;

/// Turns French text into tokens.
///
/// An analyzer is frozen when it is made, cheap to clone, and can be used from several threads at once: each thread keeps
/// a cache of its own. It never fails and does no input or output.
///
/// ```
/// use limier_french::{FrenchAnalyzer, Level};
///
/// let analyzer = FrenchAnalyzer::new();
/// let analysis = analyzer.analyze("l'avion");
/// let avion = analysis.token(0).unwrap();
/// assert_eq!((avion.start, avion.end, avion.exact), (2, 7, "avion"));
/// assert_eq!(avion.rule.to_string(), "elision");
/// ```
#[derive(Clone, Debug)]
pub struct FrenchAnalyzer {
    frozen: Arc<Frozen>,
}

#[derive(Debug)]
struct Frozen {
    options: Options,
    cache_entries: usize,
    fingerprint: Fingerprint,
    /// What the tokenizers of all threads have read.
    shared: Mutex<Cache>,
}

/// The options of an analyzer.
#[derive(Clone, Debug)]
pub struct FrenchAnalyzerBuilder {
    options: Options,
    cache_entries: usize,
}

impl Default for FrenchAnalyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl FrenchAnalyzer {
    /// Returns the analyzer with its defaults.
    pub fn new() -> Self {
        static DEFAULT: OnceLock<FrenchAnalyzer> = OnceLock::new();
        DEFAULT.get_or_init(|| Self::builder().freeze(fingerprint::DEFAULT)).clone()
    }

    /// Returns the options, at their defaults.
    pub fn builder() -> FrenchAnalyzerBuilder {
        FrenchAnalyzerBuilder { options: Options::default(), cache_entries: CACHE_ENTRIES }
    }

    /// Analyzes a text.
    pub fn analyze(&self, text: &str) -> Analysis {
        let mut analysis = Analysis::new();
        self.analyze_into(text, &mut analysis);
        analysis
    }

    /// Analyzes a text into `out`, whose buffers are used again.
    ///
    /// No more than the first 4 GiB of a text are read.
    pub fn analyze_into(&self, text: &str, out: &mut Analysis) {
        self.analyze_with(text, None, out);
    }

    /// Analyzes a text as one of many that several threads read, into `out`.
    pub(crate) fn analyze_sharing(&self, text: &str, out: &mut Analysis) {
        self.analyze_with(text, Some(&self.frozen.shared), out);
    }

    fn analyze_with(&self, text: &str, shared: Option<&Mutex<Cache>>, out: &mut Analysis) {
        let key = (self.frozen.fingerprint, self.frozen.cache_entries);
        let options = &self.frozen.options;
        local::with_cache(key, |cache, scratch| run(options, text, None, cache, shared, scratch, out));
    }

    /// Analyzes no more of a text than may hold a wanted term, into `out`, whose buffers are used again.
    ///
    /// Each token of the whole analysis that has a wanted term is there, with the same place, position and terms; most
    /// others are not. Where few words begin as a wanted term does, this is several times faster than reading all of them.
    pub fn analyze_for(&self, text: &str, wanted: &Wanted, out: &mut Analysis) {
        let key = (self.frozen.fingerprint, self.frozen.cache_entries);
        let options = &self.frozen.options;
        // What other threads have read, those that fill an index among them, need not be read again.
        let shared = Some(&self.frozen.shared);
        local::with_cache(key, |cache, scratch| run(options, text, Some(wanted), cache, shared, scratch, out));
    }

    /// Returns a tokenizer that gives the terms of one level to an index.
    ///
    /// The tokenizers of one analyzer share their work: a text that one has just read on a thread is not read again by
    /// another. See [`FrenchTokenizer`].
    pub fn tokenizer(&self, level: Level) -> FrenchTokenizer {
        FrenchTokenizer::new(self.clone(), level)
    }

    /// Returns what identifies the behaviour of this analyzer.
    pub fn fingerprint(&self) -> Fingerprint {
        self.frozen.fingerprint
    }
}

impl FrenchAnalyzerBuilder {
    /// Replaces the stop words, [`StopWords::french`] by default.
    #[must_use]
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.options.stop_words = stop_words;
        self
    }

    /// Adds words that are their own lemma and stem.
    #[must_use]
    pub fn protect<'w>(mut self, words: impl IntoIterator<Item = &'w str>) -> Self {
        self.options.protected.extend(words.into_iter().map(normalize));
        self
    }

    /// Sets how many groups of words each thread remembers: 131 072 by default, about 15 MB when
    /// full; 0 remembers nothing.
    #[must_use]
    pub fn cache_entries(mut self, entries: usize) -> Self {
        self.cache_entries = entries;
        self
    }

    /// Freezes the options.
    pub fn build(self) -> FrenchAnalyzer {
        let fingerprint = fingerprint_of(&self.options);
        self.freeze(fingerprint)
    }

    fn freeze(self, fingerprint: Fingerprint) -> FrenchAnalyzer {
        let FrenchAnalyzerBuilder { options, cache_entries } = self;
        let shared = Mutex::new(Cache::new(cache_entries.div_ceil(SHARED_PART)));
        FrenchAnalyzer { frozen: Arc::new(Frozen { options, cache_entries, fingerprint, shared }) }
    }
}

/// Hashes all that the terms depend on.
fn fingerprint_of(options: &Options) -> Fingerprint {
    let mut analysis = Analysis::new();
    run(options, PROBE, None, &mut Cache::new(0), None, &mut Scratch::default(), &mut analysis);
    let probe: Vec<String> = analysis.tokens().map(|token| format!("{token:?}")).collect();
    let stop_words: Vec<String> = options.stop_words.iter().map(|(word, stop)| format!("{word} {stop:?}")).collect();
    let protected: Vec<&str> = options.protected.iter().map(String::as_str).collect();
    let parts = [probe.join("\n"), stop_words.join("\n"), protected.join("\n")];
    Fingerprint::of_parts(parts.iter().map(String::as_bytes).chain([forms::DATA]))
}

/// Groups that are looked for at once.
const TOGETHER: usize = 32;

/// Reads a text, or what of it may hold a wanted term.
fn run(
    options: &Options,
    text: &str,
    wanted: Option<&Wanted>,
    cache: &mut Cache,
    shared: Option<&Mutex<Cache>>,
    scratch: &mut Scratch,
    out: &mut Analysis,
) {
    out.clear();
    cache.begin();
    let text = local::first_bytes(text, u32::MAX as usize);
    match wanted {
        Some(wanted) => read_wanted(options, text, wanted, cache, shared, scratch, out),
        None => read_all(options, text, cache, shared, scratch, out),
    }
}

/// Reads a text group by group. One that is a word without interest takes its position, no more.
fn read_wanted(
    options: &Options,
    text: &str,
    wanted: &Wanted,
    cache: &mut Cache,
    shared: Option<&Mutex<Cache>>,
    scratch: &mut Scratch,
    out: &mut Analysis,
) {
    let mut scanner = Scanner::new(text);
    let mut context = Context::new(text, options);
    loop {
        // A word that the one before may be joined to is read for the sake of that one.
        let wanted = Some(wanted).filter(|_| !context.concerns(Hints::NONE));
        if let Some(wanted) = wanted {
            out.add_positions(scanner.pass_over(wanted));
        }
        let Some(group) = scanner.next_group() else { break };
        let written = text.get(group.start..group.end).unwrap_or_default();
        if wanted.is_some_and(|wanted| wanted.passes_over(written, group.classes)) {
            out.add_positions(1);
            continue;
        }
        let rank = out.len();
        let hints = read_cached(options, written, group.start as u32, cache, shared, scratch, out);
        conclude(&mut context, group, hints, rank, scratch, out);
    }
}

/// Reads all groups of a text, of which the cache finds many at once.
fn read_all(
    options: &Options,
    text: &str,
    cache: &mut Cache,
    shared: Option<&Mutex<Cache>>,
    scratch: &mut Scratch,
    out: &mut Analysis,
) {
    let mut scanner = Scanner::new(text);
    let mut context = Context::new(text, options);
    let mut sought = Vec::with_capacity(TOGETHER);
    loop {
        sought.clear();
        while sought.len() < TOGETHER
            && let Some(group) = scanner.next_group()
        {
            sought.push(Sought::new(group, text.get(group.start..group.end).unwrap_or_default()));
        }
        if sought.is_empty() {
            return;
        }
        cache.find_together(text, &mut sought);
        let emptied = cache.emptied();
        for Sought { group, found, .. } in &sought {
            let rank = out.len();
            let hints = match found.filter(|_| cache.emptied() == emptied) {
                Some(found) => cache.replay(found, group.start as u32, out),
                None => {
                    let written = text.get(group.start..group.end).unwrap_or_default();
                    read_cached(options, written, group.start as u32, cache, shared, scratch, out)
                }
            };
            conclude(&mut context, *group, hints, rank, scratch, out);
        }
    }
}

/// Settles what a group just read asks of the words around it.
#[inline]
fn conclude(
    context: &mut Context<'_>,
    group: Group,
    hints: Hints,
    rank: usize,
    scratch: &mut Scratch,
    out: &mut Analysis,
) {
    if group.elided {
        out.set_elided(rank);
    }
    if context.concerns(hints) {
        context.settle(group, hints, rank, scratch, out);
    }
}

/// Writes the tokens of one group, from the cache when it was read before.
#[inline]
fn read_cached(
    options: &Options,
    written: &str,
    start: u32,
    cache: &mut Cache,
    shared: Option<&Mutex<Cache>>,
    scratch: &mut Scratch,
    out: &mut Analysis,
) -> Hints {
    let hash = Cache::hash(written);
    if let Some(found) = cache.find(written, hash) {
        return cache.replay(found, start, out);
    }
    let hints = match shared {
        Some(shared) => read_shared(options, written, hash, shared, scratch),
        None => read_group(written, options, scratch),
    };
    let reading = &scratch.reading;
    if let Some(kept) = cache.insert(written, hash, reading, hints) {
        return cache.replay(kept, start, out);
    }
    let arena_at = out.add_terms(reading.arena());
    for record in reading.records() {
        out.replay(record, start, arena_at, false);
    }
    out.add_positions(reading.positions());
    hints
}

/// Reads one group into `scratch.reading`: as another thread has read it, where one has.
fn read_shared(options: &Options, written: &str, hash: u64, shared: &Mutex<Cache>, scratch: &mut Scratch) -> Hints {
    if let Ok(known) = shared.lock()
        && let Some(found) = known.find(written, hash)
    {
        scratch.reading.clear();
        return known.read(found, 0, &mut scratch.reading);
    }
    let hints = read_group(written, options, scratch);
    if let Ok(mut known) = shared.lock()
        && known.has_room(written, &scratch.reading)
    {
        known.insert(written, hash, &scratch.reading, hints);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_fingerprint_is_the_one_that_is_computed() {
        let computed = FrenchAnalyzer::builder().build().fingerprint();
        assert_eq!(FrenchAnalyzer::new().fingerprint(), computed, "fingerprint::DEFAULT is another");
    }

    #[test]
    fn what_threads_share_is_what_each_reads_alone() {
        let text =
            "L'avion d'OpenAI, aujourd'hui, vole de Saint-Étienne à Évreux ; l'été, il y a 11 000 vols. Week end !";
        for entries in [0, 5, 1000] {
            let sharing = FrenchAnalyzer::builder().cache_entries(entries).build();
            let alone = format!(
                "{:?}",
                FrenchAnalyzer::builder().cache_entries(0).build().analyze(text).tokens().collect::<Vec<_>>()
            );
            for _ in 0..3 {
                let read = std::thread::scope(|scope| {
                    let thread = scope.spawn(|| {
                        let mut analysis = Analysis::new();
                        sharing.analyze_sharing(text, &mut analysis);
                        format!("{:?}", analysis.tokens().collect::<Vec<_>>())
                    });
                    thread.join().unwrap()
                });
                assert_eq!(read, alone);
            }
            let known = sharing.frozen.shared.lock().unwrap();
            assert_eq!(known.find("Évreux", Cache::hash("Évreux")).is_some(), entries == 1000);
            assert_eq!(known.find("avion", Cache::hash("avion")).is_some(), entries > 0, "what came first is kept");
        }
    }
}
