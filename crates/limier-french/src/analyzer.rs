//! The analyzer and its options.

use std::sync::{Arc, Mutex, OnceLock};

use crate::analysis::Analysis;
use crate::cache::Cache;
use crate::fingerprint::{self, Fingerprint, PROBE};
use crate::forms;
use crate::local;
use crate::normalize::normalize;
use crate::run::Run;
use crate::stop::StopWords;
use crate::token::Level;
use crate::tokenizer::FrenchTokenizer;
use crate::wanted::Wanted;
use crate::words::{Options, Scratch};

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

    /// Analyzes a text as one of many that several threads read, into `out`, whose buffers are used again.
    ///
    /// A word that another thread has read is not read again, which costs a lock for each word that this thread has not seen.
    pub fn analyze_shared(&self, text: &str, out: &mut Analysis) {
        self.analyze_with(text, Some(&self.frozen.shared), out);
    }

    fn analyze_with(&self, text: &str, shared: Option<&Mutex<Cache>>, out: &mut Analysis) {
        let key = (self.frozen.fingerprint, self.frozen.cache_entries);
        let options = &self.frozen.options;
        local::with_cache(key, |cache, scratch| Run { options, cache, shared, scratch }.all(text, out));
    }

    /// Analyzes no more of a text than may hold a wanted term, into `out`, whose buffers are used again.
    ///
    /// Each token of the whole analysis that has a wanted term is there, with the same place, position and terms; most
    /// others are not, or have neither lemma nor stem. Where few words begin as a wanted term does, this is several times
    /// faster than reading all of them.
    pub fn analyze_for(&self, text: &str, wanted: &Wanted, out: &mut Analysis) {
        let key = (self.frozen.fingerprint, self.frozen.cache_entries);
        let options = &self.frozen.options;
        // What other threads have read, those that fill an index among them, need not be read again.
        let shared = Some(&self.frozen.shared);
        local::with_cache(key, |cache, scratch| Run { options, cache, shared, scratch }.wanted(text, wanted, out));
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
    let (cache, scratch) = (&mut Cache::new(0), &mut Scratch::default());
    Run { options, cache, shared: None, scratch }.all(PROBE, &mut analysis);
    let probe: Vec<String> = analysis.tokens().map(|token| format!("{token:?}")).collect();
    let stop_words: Vec<String> = options.stop_words.iter().map(|(word, stop)| format!("{word} {stop:?}")).collect();
    let protected: Vec<&str> = options.protected.iter().map(String::as_str).collect();
    let parts = [probe.join("\n"), stop_words.join("\n"), protected.join("\n")];
    Fingerprint::of_parts(parts.iter().map(String::as_bytes).chain([forms::DATA]))
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
                        sharing.analyze_shared(text, &mut analysis);
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
