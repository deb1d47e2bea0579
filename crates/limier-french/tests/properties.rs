//! What holds for every text, checked on texts made at random from a seed.
//!
//! `LIMIER_TEST_CASES` sets how many texts each property is tried on (500 by default).

#![allow(clippy::expect_used)]

use std::collections::{BTreeSet, HashMap};

use limier_french::{Analysis, FrenchAnalyzer, Level, normalize};
use tantivy_tokenizer_api::{TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

fn cases() -> u64 {
    std::env::var("LIMIER_TEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500)
}

/// Numbers that look random, from a seed: xorshift64* (Vigna, 2016, <https://arxiv.org/abs/1402.6246>).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn pick<'t>(&mut self, among: &[&'t str]) -> &'t str {
        among[self.below(among.len())]
    }

    /// A text of pieces of French and of the signs that join them.
    fn french(&mut self) -> String {
        let length = 1 + self.below(24);
        (0..length).map(|_| if self.below(5) < 3 { self.pick(WORDS) } else { self.pick(SIGNS) }).collect()
    }

    /// A text of any characters at all, dense in those that some rule looks at.
    fn any(&mut self) -> String {
        let length = self.below(40);
        (0..length).map(|_| self.character()).collect()
    }

    fn character(&mut self) -> char {
        const BLOCKS: [(u32, u32); 14] = [
            (0x20, 0x7F),
            (0x20, 0x7F),
            (0xA0, 0x17F),
            (0x2B0, 0x36F),
            (0x370, 0x52F),
            (0x590, 0x6FF),
            (0x1100, 0x11FF),
            (0x1E00, 0x1FFF),
            (0x2000, 0x214F),
            (0x3000, 0x30FF),
            (0xAC00, 0xD7A3),
            (0xF900, 0xFFFF),
            (0x1D400, 0x1F6FF),
            (0, 0x10_FFFF),
        ];
        let (first, last) = BLOCKS[self.below(BLOCKS.len())];
        char::from_u32(first + self.below((last - first + 1) as usize) as u32).unwrap_or('é')
    }
}

const WORDS: &[&str] = &[
    "l",
    "D",
    "qu",
    "Jusqu",
    "aujourd",
    "hui",
    "avion",
    "École",
    "œuvre",
    "élève",
    "PORTE",
    "monnaie",
    "week",
    "end",
    "anti",
    "virus",
    "a",
    "t",
    "il",
    "dit",
    "elle",
    "Donnez",
    "moi",
    "là",
    "ci",
    "e",
    "s",
    "ne",
    "salarié",
    "directeur",
    "trice",
    "11",
    "000",
    "3",
    "14",
    "2024",
    "XIV",
    "XIXe",
    "VIe",
    "vie",
    "13ème",
    "premier",
    "dix",
    "neuvième",
    "S",
    "N",
    "C",
    "F",
    "OpenAI",
    "GitHub",
    "iPhone",
    "n",
    "18",
    "h",
    "30",
    "20km",
    "fr",
    "www",
    "https",
    "Est",
    "MES",
    "O",
    "Brien",
    "dOpenAI",
    "ambiguë",
    "presqu",
    "île",
    "prud",
    "hommes",
    "entr",
    "acte",
    "01",
    "23",
    "É",
    "Ça",
];

const SIGNS: &[&str] = &[
    " ", " ", " ", "'", "’", "-", "-", ".", ",", "·", "(", ")", "/", "&", "@", "_", "+", "#", ":", "°", " € ", " % ",
    "\n", "-\n", "\u{a0}", "\u{202f}", "\u{ad}", "\u{200b}", "://", "« ", " »", ". ",
];

fn analyze(text: &str) -> Analysis {
    FrenchAnalyzer::new().analyze(text)
}

fn exact(text: &str) -> Vec<String> {
    analyze(text).tokens().map(|token| token.exact.to_owned()).collect()
}

fn exact_set(text: &str) -> BTreeSet<String> {
    exact(text).into_iter().collect()
}

/// Tries a property on texts of French, and on any texts.
fn on_texts(mut property: impl FnMut(&str)) {
    for seed in 1..=cases() {
        property(&Random::new(seed).french());
        property(&Random::new(seed).any());
    }
}

#[test]
fn tokens_lie_in_order_inside_the_text() {
    on_texts(|text| {
        let analysis = analyze(text);
        let mut before = (0, false);
        let mut next_position = 0;
        for token in analysis.tokens() {
            assert!(token.start < token.end && token.end <= text.len(), "{text:?} {token:?}");
            assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end), "{text:?} {token:?}");
            assert!(token.start >= before.0, "{text:?} {token:?}");
            let late_plain = token.start == before.0 && before.1 && !token.alternate;
            assert!(!late_plain || token.start == 0 || next_position == token.position, "{text:?} {token:?}");
            before = (token.start, token.alternate);
            assert!(token.span >= 1 && token.position + token.span <= analysis.positions(), "{text:?} {token:?}");
            assert!(!token.exact.is_empty() && !token.lemma.is_empty() && !token.stem.is_empty(), "{text:?} {token:?}");
            if !token.alternate {
                assert_eq!(
                    token.position, next_position,
                    "plain tokens take the positions in turn: {text:?} {token:?}"
                );
                next_position += 1;
            }
        }
        assert_eq!(next_position, analysis.positions(), "{text:?}");
    });
}

#[test]
fn composed_and_decomposed_texts_have_the_same_exact_terms() {
    on_texts(|text| {
        let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
        assert_eq!(exact(&composed), exact(&decomposed), "{text:?}");
    });
}

#[test]
fn folding_twice_changes_nothing_more() {
    on_texts(|text| {
        let once = normalize(text);
        assert_eq!(normalize(&once), once, "{text:?}");
    });
}

#[test]
fn case_never_removes_a_term() {
    for seed in 1..=cases() {
        let text = Random::new(seed).french();
        let (as_written, in_small_letters) = (exact_set(&text), exact_set(&text.to_lowercase()));
        let missing: Vec<_> = in_small_letters.difference(&as_written).collect();
        assert!(missing.is_empty(), "{text:?} lacks {missing:?}");
    }
}

#[test]
fn the_same_terms_whatever_the_apostrophe() {
    for seed in 1..=cases() {
        let text = Random::new(seed).french().replace('’', "'");
        for apostrophe in ["’", "ʼ", "‘", "´", "`", "′", "＇"] {
            assert_eq!(exact(&text), exact(&text.replace('\'', apostrophe)), "{text:?} {apostrophe}");
        }
    }
}

#[test]
fn the_cache_changes_nothing() {
    let small = FrenchAnalyzer::builder().cache_entries(3).build();
    let none = FrenchAnalyzer::builder().cache_entries(0).build();
    on_texts(|text| {
        let expected: Vec<String> = none.analyze(text).tokens().map(|token| format!("{token:?}")).collect();
        for analyzer in [&small, &FrenchAnalyzer::new()] {
            let found: Vec<String> = analyzer.analyze(text).tokens().map(|token| format!("{token:?}")).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    });
}

#[test]
fn a_number_stands_for_the_same_terms_as_long_as_its_generation_lasts() {
    // A small cache is emptied again and again, also within a text.
    for entries in [0, 3, 50, 1 << 17] {
        let analyzer = FrenchAnalyzer::builder().cache_entries(entries).build();
        let (mut analysis, mut meanings, mut numbered) = (Analysis::new(), HashMap::new(), 0);
        on_texts(|text| {
            analyzer.analyze_shared(text, &mut analysis);
            for (rank, token) in analysis.tokens().enumerate() {
                let Some(known) = analysis.known(rank) else { continue };
                numbered += 1;
                let terms = [token.exact, token.lemma, token.stem].map(str::to_owned);
                let meaning = meanings.entry((analysis.generation(), known)).or_insert_with(|| terms.clone());
                assert_eq!(*meaning, terms, "{text:?}");
            }
        });
        assert_eq!(numbered > 0, entries > 0, "{entries}: {numbered}");
    }
}

#[test]
fn tokenizers_that_share_an_analysis_give_what_a_fresh_one_gives() {
    let analyzer = FrenchAnalyzer::new();
    on_texts(|text| {
        for level in [Level::Exact, Level::Stem, Level::Lemma, Level::Exact] {
            let mut tokenizer = analyzer.tokenizer(level);
            let shared = terms(&mut tokenizer, text);
            // A new thread has nothing to share.
            let fresh = std::thread::scope(|scope| scope.spawn(|| terms(&mut tokenizer, text)).join());
            assert_eq!(shared, fresh.expect("a thread that ends"), "{text:?}");
            assert!(shared.is_sorted_by_key(|(_, position)| *position), "positions ascend: {text:?}");
        }
    });
}

fn terms(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<(String, usize)> {
    let mut terms = Vec::new();
    tokenizer.token_stream(text).process(&mut |token| terms.push((token.text.clone(), token.position)));
    terms
}

#[test]
fn long_texts_and_long_words_are_read() {
    let word = "é".repeat(3_000_000);
    let analysis = analyze(&word);
    assert_eq!(analysis.len(), 1);
    assert!(analysis.token(0).expect("one").exact.len() <= 240);
    let chain = "a-".repeat(100_000);
    assert_eq!(analyze(&chain).positions(), 100_000);
}
