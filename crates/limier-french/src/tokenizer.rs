//! A Tantivy tokenizer for each level.

use std::rc::Rc;

use tantivy_tokenizer_api::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::analysis::{Analysis, Record};
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

/// What becomes of words that the text held before, on their way into an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeats {
    /// Each is indexed, with its position.
    Keep,
    /// Most are left out, those that are written as before: for a field that keeps no frequencies and no positions, whose
    /// postings are the same without them.
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
    repeats: Repeats,
}

impl FrenchTokenizer {
    pub(crate) fn new(analyzer: FrenchAnalyzer, level: Level) -> Self {
        let stop_tokens = match level {
            Level::Exact => StopTokens::Keep,
            Level::Lemma | Level::Stem => StopTokens::Drop,
        };
        FrenchTokenizer { analyzer, level, stop_tokens, alternates: Alternates::Keep, repeats: Repeats::Keep }
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

    /// Sets what becomes of words that the text held before.
    #[must_use]
    pub fn repeats(mut self, repeats: Repeats) -> Self {
        self.repeats = repeats;
        self
    }

    #[inline]
    fn emits(&self, token: &Record) -> bool {
        let stopped = match self.stop_tokens {
            StopTokens::Keep => false,
            StopTokens::Drop => token.stop != Stop::None,
            StopTokens::Only => token.stop == Stop::None,
        };
        let other = self.alternates == Alternates::Drop && token.alternate;
        let again = self.repeats == Repeats::Drop && token.repeated;
        !stopped && !other && !again
    }
}

impl Tokenizer for FrenchTokenizer {
    type TokenStream<'a> = FrenchTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FrenchTokenStream<'a> {
        let fingerprint = self.analyzer.fingerprint();
        let memo = local::memo(fingerprint, text, |text, out| self.analyzer.analyze_shared(text, out));
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

impl FrenchTokenizer {
    /// Makes a token of a record; tells whether it is to be indexed.
    #[inline]
    fn put(&self, analysis: &Analysis, record: &Record, token: &mut TantivyToken) -> bool {
        if !self.emits(record) {
            return false;
        }
        let term = analysis.term(record, self.level);
        let position = record.position as usize;
        // `salariés` and `salariées` have one stem, which is not to count twice.
        if record.alternate && token.position == position && token.text == term {
            return false;
        }
        token.offset_from = record.start as usize;
        token.offset_to = record.end as usize;
        token.position = position;
        token.position_length = usize::from(record.span);
        token.text.clear();
        token.text.push_str(term);
        true
    }
}

impl TokenStream for FrenchTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let analysis = &self.memo.analysis;
        while let Some(record) = analysis.records().get(self.rank) {
            self.rank += 1;
            if self.tokenizer.put(analysis, record, &mut self.token) {
                return true;
            }
        }
        false
    }

    // All at once, which takes fewer looks at what does not change.
    fn process(&mut self, sink: &mut dyn FnMut(&TantivyToken)) {
        let analysis = &self.memo.analysis;
        for record in analysis.records().get(self.rank..).unwrap_or_default() {
            if self.tokenizer.put(analysis, record, &mut self.token) {
                sink(&self.token);
            }
        }
        self.rank = analysis.len();
    }

    fn token(&self) -> &TantivyToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn terms(mut tokenizer: FrenchTokenizer, text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
        terms
    }

    #[test]
    fn without_repeats_a_text_has_the_same_terms() {
        let text = "L'été, il a été malade ; un été encore, a été, été. Est-ce à l'Est ? Il est à l'Est, l est. Le MES et mes \
                    amis, mes MES. Un week end, ce week end, des weekends. OpenAI, OpenAI, salarié·e·s et salarié·e·s : \
                    rendez-vous, rendez-vous ; lexploitation, lexploitation, 11 000, 11 000, anti virus, anti virus.";
        let analyzer = FrenchAnalyzer::new();
        for level in [Level::Exact, Level::Lemma, Level::Stem] {
            for stop_tokens in [StopTokens::Keep, StopTokens::Drop, StopTokens::Only] {
                let tokenizer = || analyzer.tokenizer(level).stop_words(stop_tokens);
                let (all, some) = (terms(tokenizer(), text), terms(tokenizer().repeats(Repeats::Drop), text));
                assert!(some.len() < all.len());
                assert_eq!(some.iter().collect::<BTreeSet<_>>(), all.iter().collect::<BTreeSet<_>>());
            }
        }
        assert_eq!(
            terms(analyzer.tokenizer(Level::Stem).repeats(Repeats::Drop), "loup noir, loup blanc"),
            ["loup", "noir", "blanc"]
        );
    }

    #[test]
    fn a_stream_goes_on_where_it_was_left() {
        let mut tokenizer = FrenchAnalyzer::new().tokenizer(Level::Exact);
        let mut stream = tokenizer.token_stream("un chat noir");
        assert!(stream.advance() && stream.token().text == "un");
        let mut rest = Vec::new();
        stream.process(&mut |token| rest.push(token.text.clone()));
        assert_eq!(rest, ["chat", "noir"]);
        assert!(!stream.advance());
    }
}
