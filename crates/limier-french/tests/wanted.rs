//! What is found when only wanted words are read is what is found when all are.
//!
//! The number of random cases is `LIMIER_TEST_CASES`, 2,000 by default.

use std::sync::LazyLock;

use limier_french::{Analysis, FrenchAnalyzer, Level, Token, Wanted};

/// Random numbers by Marsaglia's xorshift, so that a failure can be had again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

const PARTS: &[&str] = &[
    "avion",
    "l’avion",
    "Lavion",
    "lexploitation",
    "jusquaucune",
    "lorsquaprès",
    "yeux",
    "œil",
    "Œuvre",
    "oeuvres",
    "ŒUVRES",
    "va",
    "irons",
    "être",
    "fut",
    "Est",
    "est",
    "l’Est",
    "MES",
    "la",
    "A",
    "vitamine A",
    "week",
    "end",
    "week end",
    "au",
    "dessus",
    "quelqu",
    "un",
    "open",
    "ai",
    "OpenAI",
    "iPhone",
    "ÉcoleÉtoile",
    "XIV",
    "xve",
    "IIIe",
    "Ie",
    "vie",
    "deux",
    "deuxième",
    "trente-deux",
    "11 000",
    "18 h 30",
    "n° 5",
    "S.N.C.F.",
    "salarié·e·s",
    "étudiant(e)s",
    "porte-monnaie",
    "portemonnaie",
    "aujourd’hui",
    "aujourd hui",
    "presqu’île",
    "presquile",
    "prud’hommes",
    "prudhomal",
    "Mme",
    "ste",
    "mesdames",
    "vécu",
    "vu",
    "eût",
    "ça",
    "Ça",
    "dû",
    "ßa",
    "øre",
    "Ærø",
    "ætna",
    "mañana",
    "e\u{301}te\u{301}",
    "ªa",
    "a\u{ad}vion",
    "av\u{ad}ion",
    "東京",
    "κόσμος",
    "ﬁnance",
    "exploi-\ntation",
    "l avion",
    "anti",
    "virus",
    "anti virus",
    "C++",
    ".NET",
    "R&D",
    "20km",
    "Covid19",
    "İzmir",
    "ſoie",
    "ÿ",
    "Ÿ",
    "€",
    "5 €",
    "m²",
    "d’abord",
    "dont",
    "dire",
    "intéressantes",
    "reverra",
    "coïncider",
    "naïveté",
    "kasher",
    "impératrice",
    "tweeteuses",
    "hétéroclite",
    "lhétéroclite",
];
const JOINTS: &[&str] =
    &[" ", " ", " ", " ", "", "’", "'", "-", ".", ", ", "\u{a0}", "\n", ") (", "·", "\u{301}", "\u{200b}"];

fn random_text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(30) {
        match random.below(12) {
            0 => text.extend(char::from_u32(random.below(0x2_0000) as u32)),
            1 => (0..random.below(9)).for_each(|_| text.push(char::from(b'a' + random.below(26) as u8))),
            2 => (0..random.below(5)).for_each(|_| text.extend(char::from_u32(0xC0 + random.below(0x100) as u32))),
            _ => text.push_str(PARTS[random.below(PARTS.len())]),
        }
        text.push_str(JOINTS[random.below(JOINTS.len())]);
    }
    text
}

/// A term that is wanted.
enum Term {
    Whole(Level, String),
    Beginning(String),
}

impl Term {
    fn fits(&self, token: &Token<'_>) -> bool {
        match self {
            Term::Whole(Level::Exact, term) => token.exact == term,
            Term::Whole(Level::Lemma, term) => token.lemma == term,
            Term::Whole(Level::Stem, term) => token.stem == term,
            Term::Beginning(beginning) => token.exact.starts_with(beginning.as_str()),
        }
    }
}

/// Takes some terms of `of`, and compares what both analyses find of them in `text`; returns how much was found.
fn check(random: &mut Random, of: &Analysis, text: &str) -> usize {
    let mut wanted = Wanted::new();
    let mut terms = Vec::new();
    for _ in 0..1 + random.below(4) {
        let Some(token) = of.token(random.below(of.len())) else { continue };
        let cut = token.exact.char_indices().map(|(at, _)| at).nth(1 + random.below(6)).unwrap_or(token.exact.len());
        terms.push(match random.below(5) {
            0 => Term::Whole(Level::Exact, token.exact.to_owned()),
            1 => Term::Whole(Level::Lemma, token.lemma.to_owned()),
            2 => Term::Beginning(token.exact[..cut].to_owned()),
            _ => Term::Whole(Level::Stem, token.stem.to_owned()),
        });
        match &terms[terms.len() - 1] {
            Term::Whole(level, term) => wanted.add(*level, term),
            Term::Beginning(beginning) => wanted.add_beginning(beginning),
        }
    }
    let whole = FrenchAnalyzer::new().analyze(text);
    let fits = |token: &Token<'_>| terms.iter().any(|term| term.fits(token));
    let expected: Vec<Token<'_>> = whole.tokens().filter(fits).collect();
    let mut part = Analysis::new();
    for analyzer in analyzers() {
        analyzer.analyze_for(text, &wanted, &mut part);
        let found: Vec<Token<'_>> = part.tokens().filter(fits).collect();
        assert_eq!(found, expected, "{wanted:?} in {text:?}");
        assert_eq!(part.positions(), whole.positions(), "{text:?}");
        assert!(part.len() <= whole.len());
    }
    expected.len()
}

/// Analyzers that remember all of what they read in whole, what they read in part alone, and nothing.
fn analyzers() -> &'static [FrenchAnalyzer; 3] {
    static ANALYZERS: LazyLock<[FrenchAnalyzer; 3]> = LazyLock::new(|| {
        let keeping = |entries| FrenchAnalyzer::builder().cache_entries(entries).build();
        [FrenchAnalyzer::new(), keeping(5_000), keeping(0)]
    });
    &ANALYZERS
}

#[test]
fn wanted_words_are_found_in_random_texts() {
    let cases = std::env::var("LIMIER_TEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut found = 0;
    let mut before = Analysis::new();
    for _ in 0..cases {
        let text = random_text(&mut random);
        let own = FrenchAnalyzer::new().analyze(&text);
        found += check(&mut random, &own, &text) + check(&mut random, &before, &text);
        before = own;
    }
    assert!(found > cases);
}

#[test]
fn wanted_words_are_found_in_articles() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let mut found = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is part of the project") {
        let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
        let own = FrenchAnalyzer::new().analyze(&text);
        found += (0..20).map(|_| check(&mut random, &own, &text)).sum::<usize>();
    }
    assert!(found > 1_000, "{found}");
}

#[test]
fn most_words_are_passed_over() {
    let text = "Le vent souffle sur la plaine et la pluie tombe sur les toits. ".repeat(10);
    let mut wanted = Wanted::new();
    wanted.add(Level::Stem, "toit");
    let mut analysis = Analysis::new();
    FrenchAnalyzer::new().analyze_for(&text, &wanted, &mut analysis);
    let words: Vec<&str> = analysis.tokens().map(|token| token.exact).collect();
    // `tombe` does not begin as `toit` but for two letters.
    assert_eq!(words, ["tombe", "toits"].repeat(10));
    wanted.add_everything();
    FrenchAnalyzer::new().analyze_for(&text, &wanted, &mut analysis);
    assert_eq!(analysis.len(), 130);
}

#[test]
fn what_a_year_or_a_long_word_begins_with_is_no_short_word() {
    for (term, text) in [("2017", "Que son vent dise deux mots et un nom."), ("demand", "L'eau de la mer, d'où ?")] {
        let mut wanted = Wanted::new();
        wanted.add(Level::Stem, term);
        let mut analysis = Analysis::new();
        FrenchAnalyzer::new().analyze_for(text, &wanted, &mut analysis);
        assert_eq!(analysis.len(), 0, "{term} in {text}");
        assert_eq!(analysis.positions(), FrenchAnalyzer::new().analyze(text).positions());
    }
}

#[test]
fn what_is_not_wanted_is_neither_given_a_lemma_nor_remembered_without() {
    let analyzer = FrenchAnalyzer::builder().cache_entries(100).build();
    let mut analysis = Analysis::new();
    let mut wanted = Wanted::new();
    wanted.add(Level::Stem, "fenetr");
    analyzer.analyze_for("des portes-fenêtres", &wanted, &mut analysis);
    let lemmas = |analysis: &Analysis| analysis.tokens().map(|token| token.lemma.to_owned()).collect::<Vec<_>>();
    assert_eq!(lemmas(&analysis), ["", "", "fenêtre"]);
    wanted.add(Level::Stem, "port");
    analyzer.analyze_for("des portes-fenêtres", &wanted, &mut analysis);
    assert_eq!(lemmas(&analysis), lemmas(&analyzer.analyze("portes-fenêtres")));
    assert_eq!(lemmas(&analysis).len(), 3);
}
