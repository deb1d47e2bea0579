//! An analyzer of one's own: words of a trade protected, stop words added, and a filter behind the French ones.
//!
//! `cargo run -p limier-french --example custom_analyzer`
#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::sync::Arc;

use limier_french::{FrenchAnalyzer, Level, Stop, StopWords};
use tantivy_tokenizer_api::{Token, TokenFilter, TokenStream, Tokenizer};

/// Makes the analyzer of a collection of law reports.
fn analyzer() -> FrenchAnalyzer {
    // In law reports, these stand in every text. The list of the library is kept beside them.
    let mut stop_words = StopWords::french();
    stop_words.extend(["attendu", "considérant"].map(|word| (word, Stop::Function)));
    // The name of a firm is no plural.
    FrenchAnalyzer::builder().stop_words(stop_words).protect(["Halles", "Mines"]).build()
}

/// Puts one word for another: what follows the French analysis, as any filter of Tantivy's does.
#[derive(Clone)]
struct HouseWords {
    stems: Arc<HashMap<String, String>>,
}

impl HouseWords {
    /// Takes words as people write them; what a tokenizer sees is their stems.
    fn new(analyzer: &FrenchAnalyzer, words: &[(&str, &str)]) -> HouseWords {
        let stem = |word: &str| analyzer.analyze(word).token(0).map(|token| token.stem.to_owned());
        let stems = words.iter().filter_map(|(word, meant)| Some((stem(word)?, stem(meant)?)));
        HouseWords { stems: Arc::new(stems.collect()) }
    }
}

impl TokenFilter for HouseWords {
    type Tokenizer<T: Tokenizer> = Filtered<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> Filtered<T> {
        Filtered { inner, words: self }
    }
}

#[derive(Clone)]
struct Filtered<T> {
    inner: T,
    words: HouseWords,
}

impl<T: Tokenizer> Tokenizer for Filtered<T> {
    type TokenStream<'a> = FilteredStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        FilteredStream { tail: self.inner.token_stream(text), words: &self.words }
    }
}

struct FilteredStream<'a, S> {
    tail: S,
    words: &'a HouseWords,
}

impl<S: TokenStream> TokenStream for FilteredStream<'_, S> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        if let Some(meant) = self.words.stems.get(&self.tail.token().text) {
            self.tail.token_mut().text.clone_from(meant);
        }
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}

/// Returns the terms that an index gets, each with its position.
fn terms(text: &str) -> Vec<(usize, String)> {
    let analyzer = analyzer();
    let house = HouseWords::new(&analyzer, &[("licenciement", "renvoi"), ("patron", "employeur")]);
    // In an index: `index.tokenizers().register("law", TextAnalyzer::builder(french).filter(house).build())`.
    let mut tokenizer = house.transform(analyzer.tokenizer(Level::Stem));
    let mut terms = Vec::new();
    tokenizer.token_stream(text).process(&mut |token| terms.push((token.position, token.text.clone())));
    terms
}

fn main() {
    let text = "Attendu que le patron des Halles a notifié les licenciements";
    println!("{text}\n{:?}", terms(text));
    // It tells this analyzer from every other: keep it beside the index.
    println!("fingerprint {}, the default has {}", analyzer().fingerprint(), FrenchAnalyzer::new().fingerprint());
}

#[test]
fn words_of_the_house_are_read_as_the_house_means_them() {
    main();
    let words = |text: &str| terms(text).into_iter().map(|(_, term)| term).collect::<Vec<_>>();
    // `attendu` is a stop word here, and takes a position as every stop word does.
    assert_eq!(terms("Attendu le renvoi"), [(2, words("renvoi")[0].clone())]);
    assert_eq!(words("les licenciements"), words("un renvoi"));
    assert_eq!(words("le patron des Halles"), [words("employeurs")[0].as_str(), "halles"]);
    assert_ne!(words("halles"), words("halle"));
    assert_ne!(analyzer().fingerprint(), FrenchAnalyzer::new().fingerprint());
    // In an index of Tantivy's it stands as any tokenizer does.
    let house = HouseWords::new(&analyzer(), &[("licenciement", "renvoi")]);
    let french = analyzer().tokenizer(Level::Stem);
    let mut chain = tantivy::tokenizer::TextAnalyzer::builder(french).filter(house).build();
    let mut stream = chain.token_stream("Les licenciements");
    assert!(stream.advance() && stream.token().text == words("renvoi")[0]);
}
