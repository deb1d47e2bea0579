//! The chains of Tantivy filters that French text is indexed with today.

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer as TantivyStemmer,
    StopWordFilter, TextAnalyzer,
};
use tantivy_tokenizer_api::{Token, TokenFilter, TokenStream, Tokenizer};

/// Longer tokens are removed: bytes, the limit of Tantivy's own chains.
const LONGEST: usize = 40;

/// Which stemmer ends the chain: SimpleTokenizer, RemoveLong, LowerCaser, French stop words, stemmer, AsciiFolding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    /// Tantivy's own `Stemmer(French)`.
    Tantivy,
    /// A filter over rust-stemmers, as crates that embed Tantivy write it.
    RustStemmers,
}

impl Chain {
    /// Returns the name shown in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Chain::Tantivy => "tantivy",
            Chain::RustStemmers => "tantivy+rust-stemmers",
        }
    }

    /// Builds the analyzer.
    pub(crate) fn analyzer(self) -> TextAnalyzer {
        let words = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONGEST))
            .filter(LowerCaser)
            .filter(french_stop_words());
        match self {
            Chain::Tantivy => words.filter(TantivyStemmer::new(Language::French)).filter(AsciiFoldingFilter).build(),
            Chain::RustStemmers => words.filter(RustStemmer).filter(AsciiFoldingFilter).build(),
        }
    }
}

/// Returns Tantivy's list of French stop words.
fn french_stop_words() -> StopWordFilter {
    // Without a list there would be nothing to remove; a test holds that there is one.
    StopWordFilter::new(Language::French).unwrap_or_else(|| StopWordFilter::remove([]))
}

/// Returns SimpleTokenizer alone: what finding the words costs.
pub(crate) fn words_only() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).build()
}

/// Returns the standard chain without accent folding: what one level of stems costs.
pub(crate) fn standard() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(LowerCaser)
        .filter(french_stop_words())
        .filter(RustStemmer)
        .build()
}

/// Returns the terms of a text, in order.
pub(crate) fn terms(analyzer: &mut TextAnalyzer, text: &str) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut stream = analyzer.token_stream(text);
    stream.process(&mut |token| terms.push((token.position, token.text.clone())));
    terms
}

/// A token filter that replaces each word by its French Snowball stem.
#[derive(Clone, Copy, Debug)]
struct RustStemmer;

impl TokenFilter for RustStemmer {
    type Tokenizer<T: Tokenizer> = RustStemmerTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> RustStemmerTokenizer<T> {
        RustStemmerTokenizer { inner }
    }
}

#[derive(Clone)]
struct RustStemmerTokenizer<T> {
    inner: T,
}

impl<T: Tokenizer> Tokenizer for RustStemmerTokenizer<T> {
    type TokenStream<'a> = RustStemmerStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        RustStemmerStream { inner: self.inner.token_stream(text), stemmer: Stemmer::create(Algorithm::French) }
    }
}

struct RustStemmerStream<S> {
    inner: S,
    stemmer: Stemmer,
}

impl<S: TokenStream> TokenStream for RustStemmerStream<S> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        let stem = self.stemmer.stem(&token.text);
        // Most stems are the word less its end, which needs no new string.
        if token.text.starts_with(stem.as_ref()) {
            let length = stem.len();
            drop(stem);
            token.text.truncate(length);
        } else {
            token.text = stem.into_owned();
        }
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(chain: Chain, text: &str) -> Vec<String> {
        terms(&mut chain.analyzer(), text).into_iter().map(|(_, term)| term).collect()
    }

    #[test]
    fn both_chains_drop_stop_words_stem_and_fold() {
        for chain in [Chain::Tantivy, Chain::RustStemmers] {
            assert_eq!(words(chain, "Les majorités et les élections"), ["major", "elect"], "{}", chain.name());
        }
    }

    #[test]
    fn stop_words_leave_a_gap() {
        let positions: Vec<usize> =
            terms(&mut Chain::Tantivy.analyzer(), "pain et vin").into_iter().map(|(position, _)| position).collect();
        assert_eq!(positions, [0, 2]);
    }

    #[test]
    fn the_standard_chain_keeps_accents() {
        assert_eq!(terms(&mut standard(), "élections"), [(0, "élect".to_string())]);
        assert_eq!(terms(&mut words_only(), "Les Élections").len(), 2);
    }

    #[test]
    fn long_tokens_are_removed() {
        assert_eq!(words(Chain::Tantivy, &format!("{} pain", "x".repeat(41))), ["pain"]);
    }
}
