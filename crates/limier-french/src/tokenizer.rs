//! A Tantivy tokenizer for each level.

use std::rc::Rc;

use tantivy_tokenizer_api::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::analysis::Record;
use crate::analyzer::FrenchAnalyzer;
use crate::local::{self, Memo};
use crate::token::{Level, Stop};

/// What becomes of stop words on their way into an index. Positions are the same either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StopTokens {
    /// They are indexed, and a phrase can hold them.
    Keep,
    /// They are left out.
    Drop,
    /// Only they are indexed, for a field of their own.
    Only,
}

/// What becomes of the other readings of words on their way into an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alternates {
    /// They are indexed beside the plain tokens.
    Keep,
    /// Only plain tokens are indexed.
    Drop,
}

/// Gives the terms of one level to a Tantivy index.
///
/// By default alternates are indexed; stop words are indexed at the exact level, so that phrases can hold them, and left
/// out at the other two. An alternate whose term is that of the word it stands beside is left out. [`position_length`](TantivyToken::position_length) is the number of words that a token covers.
///
/// The tokenizers of one analyzer share their work: each thread keeps the analysis of the last few texts it read, so that
/// an index with an exact field and a stem field of the same text analyzes it once.
///
/// ```
/// use limier_french::{FrenchAnalyzer, Level};
/// use tantivy_tokenizer_api::{TokenStream, Tokenizer};
///
/// let mut tokenizer = FrenchAnalyzer::new().tokenizer(Level::Exact);
/// let mut stream = tokenizer.token_stream("l'avion du roi");
/// let mut terms = Vec::new();
/// stream.process(&mut |token| terms.push((token.position, token.text.clone())));
/// assert_eq!(terms, [(0, "avion".into()), (1, "du".into()), (2, "roi".into())]);
/// ```
#[derive(Clone, Debug)]
pub struct FrenchTokenizer {
    analyzer: FrenchAnalyzer,
    level: Level,
    stop_tokens: StopTokens,
    alternates: Alternates,
}

impl FrenchTokenizer {
    pub(crate) fn new(analyzer: FrenchAnalyzer, level: Level) -> Self {
        let stop_tokens = match level {
            Level::Exact => StopTokens::Keep,
            Level::Lemma | Level::Stem => StopTokens::Drop,
        };
        FrenchTokenizer { analyzer, level, stop_tokens, alternates: Alternates::Keep }
    }

    /// Sets what becomes of stop words.
    #[must_use]
    pub fn stop_words(mut self, stop_tokens: StopTokens) -> Self {
        self.stop_tokens = stop_tokens;
        self
    }

    /// Sets what becomes of alternates.
    #[must_use]
    pub fn alternates(mut self, alternates: Alternates) -> Self {
        self.alternates = alternates;
        self
    }

    fn emits(&self, token: &Record) -> bool {
        let stopped = match self.stop_tokens {
            StopTokens::Keep => false,
            StopTokens::Drop => token.stop != Stop::None,
            StopTokens::Only => token.stop == Stop::None,
        };
        let other = self.alternates == Alternates::Drop && token.alternate;
        !stopped && !other
    }
}

impl Tokenizer for FrenchTokenizer {
    type TokenStream<'a> = FrenchTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FrenchTokenStream<'a> {
        let fingerprint = self.analyzer.fingerprint();
        let memo = local::memo(fingerprint, text, |text, out| self.analyzer.analyze_sharing(text, out));
        FrenchTokenStream { tokenizer: self, memo, rank: 0, token: TantivyToken::default() }
    }
}

/// The tokens of one text at one level.
#[derive(Debug)]
pub struct FrenchTokenStream<'a> {
    tokenizer: &'a FrenchTokenizer,
    memo: Rc<Memo>,
    rank: usize,
    token: TantivyToken,
}

impl TokenStream for FrenchTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let analysis = &self.memo.analysis;
        while let Some(record) = analysis.records().get(self.rank) {
            self.rank += 1;
            if !self.tokenizer.emits(record) {
                continue;
            }
            let term = analysis.term(record, self.tokenizer.level);
            let position = record.position as usize;
            // `salariés` and `salariées` have one stem, which is not to count twice.
            if record.alternate && self.token.position == position && self.token.text == term {
                continue;
            }
            self.token.offset_from = record.start as usize;
            self.token.offset_to = record.end as usize;
            self.token.position = position;
            self.token.position_length = usize::from(record.span);
            self.token.text.clear();
            self.token.text.push_str(term);
            return true;
        }
        false
    }

    fn token(&self) -> &TantivyToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        &mut self.token
    }
}
