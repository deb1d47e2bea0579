//! What holds of the passages of any text and any query.
//!
//! The number of random cases is `LIMIER_TEST_CASES`, 2,000 by default.

use std::ops::Range;
use std::time::{Duration, Instant};

use limier::passage::{Passage, PassageOptions, Passager, Target, TargetKind, Targets, sentences};
use limier::{Article, Index};
use limier_french::{Analysis, FrenchAnalyzer, Token};
use unicode_segmentation::UnicodeSegmentation;

use crate::notation::targets;

/// Random numbers by Marsaglia's xorshift, so that a failure can be had again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WORDS: &[&str] = &[
    "avion",
    "l’avion",
    "L'AVION",
    "avions",
    "œuvre",
    "d’œuvres",
    "rémunérés",
    "rémunération",
    "la",
    "de",
    "et",
    "le",
    "porte-parole",
    "OpenAI",
    "Open AI",
    "11 000",
    "11000",
    "3,14",
    "M.",
    "Mme",
    "art.",
    "J.-C.",
    "etc.",
    "Vernelle",
    "Il",
    "elle",
    "pont",
    "Pont",
    "crue",
    "lexploitation",
    "aujourd’hui",
    "n°",
    "www.exemple.fr",
    "salarié·e·s",
    "XIV",
    "e\u{301}te\u{301}",
    "東京",
    "👩‍👩‍👧",
    "donne-t-il",
    "anticonstitutionnellement",
    "indem-\nnisation",
    "#crue",
    "newsletter",
    "Partager",
    "12 commentaires",
];
const MARKS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    " ",
    ". ",
    ". ",
    ".",
    ", ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    " ? ",
    "!",
    "… ",
    "... ",
    " « ",
    " » ",
    "(",
    ")",
    "“",
    "”",
    "\"",
    " : ",
    "; ",
    " – ",
    "— ",
    "• ",
    "1. ",
    "[3]",
    "\u{ad}",
    "\u{200b}",
    "\u{1b}[31m",
    "\u{202e}",
    "\0",
    "\u{9b}",
    "<b>",
    "&",
    "  ",
    "\u{2028}",
    "\u{85}",
];
const QUERIES: &[&str] = &[
    "avion",
    "avions",
    "œuvre",
    "rémunérer",
    "=avion",
    "av*",
    "remun*",
    "*vion*",
    "*exploit*",
    "pont crue",
    "crue avion^5 Vernelle",
    "\"la crue\"",
    "\"pont de la crue\"",
    "\"crue pont\"~3",
    "\"avion œuvre pont\"~4",
    "OpenAI",
    "11000",
    "porte-parole",
    "parole",
    "newsletter",
    "été",
    "absent",
    "\"le pont\" crue",
    "j.-c.",
    "exploitation",
    "salarié",
    "indemnisation",
];

fn random_text(random: &mut Random) -> String {
    let mut text = String::new();
    let marks_often = random.below(4);
    for _ in 0..random.below(120) {
        if random.below(40) == 0 {
            let code = random.below(0x11_0000) as u32;
            text.extend(char::from_u32(code));
        }
        text.push_str(random.one(WORDS));
        text.push_str(if random.below(4) < marks_often { random.one(MARKS) } else { " " });
    }
    text
}

fn cases() -> usize {
    std::env::var("LIMIER_TEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000)
}

fn each_case(seed: u64, mut check: impl FnMut(&mut Random, &str)) {
    let mut random = Random(seed);
    for _ in 0..cases() {
        let text = random_text(&mut random);
        check(&mut random, &text);
    }
}

#[test]
fn sentences_leave_nothing_out_and_never_overlap() {
    each_case(0x9E37_79B9_7F4A_7C15, |_, text| {
        let mut done = 0;
        for sentence in sentences(text) {
            let between = text.get(done..sentence.start).expect("ascending, on character boundaries");
            assert!(between.trim().is_empty(), "{between:?} is left out of {text:?}");
            let inner = text.get(sentence.clone()).expect("on character boundaries");
            assert!(!inner.is_empty() && inner.trim() == inner, "{inner:?} in {text:?}");
            assert!(inner.len() <= 1_200, "{} bytes", inner.len());
            done = sentence.end;
        }
        assert!(text[done..].trim().is_empty());
    });
}

#[test]
fn a_text_without_stops_is_cut_between_words() {
    let clauses = "la rivière monte, le pont tremble ".repeat(400);
    let words = "rivière ".repeat(2_000);
    let letters = "é".repeat(5_000);
    for text in [&clauses, &words, &letters] {
        let found: Vec<_> = sentences(text).collect();
        assert!(found.len() >= 8 && found.iter().all(|sentence| sentence.len() <= 1_200));
    }
    assert!(sentences(&clauses).all(|sentence| clauses[sentence.clone()].ends_with([',', ' ', 'e'])));
    assert!(sentences(&clauses).filter(|sentence| clauses[sentence.clone()].ends_with(',')).count() >= 8);
    assert!(sentences(&words).all(|sentence| words[sentence].ends_with("rivière")));
}

/// Tells whether a token matches a target, by its definition.
fn matches(token: &Token<'_>, target: &Target) -> bool {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let folded = || token.exact.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    match target.kind {
        TargetKind::Small => token.stop != limier_french::Stop::None && token.exact == target.text,
        _ if token.stop != limier_french::Stop::None => false,
        TargetKind::Stem => token.stem == target.text,
        TargetKind::Exact => token.exact == target.text,
        TargetKind::Prefix => folded().starts_with(&target.text),
        TargetKind::Inside => folded().contains(&target.text),
    }
}

/// What is lit, by brute force: terms and phrases without slop.
fn oracle(analysis: &Analysis, targets: &Targets) -> Vec<Range<usize>> {
    let mut lights: Vec<Range<usize>> = Vec::new();
    for token in analysis.tokens() {
        if targets.terms.iter().any(|target| matches(&token, target)) {
            lights.push(token.start..token.end);
        }
    }
    for phrase in targets.phrases.iter().filter(|phrase| phrase.slop == 0) {
        for origin in 0..analysis.positions() {
            let words: Vec<Token<'_>> = phrase
                .slots
                .iter()
                .filter_map(|(distance, terms)| {
                    let fits = |token: &Token<'_>| {
                        token.position == origin + distance && terms.iter().any(|term| matches(token, term))
                    };
                    analysis.tokens().find(fits)
                })
                .collect();
            if words.len() == phrase.slots.len() {
                let start = words.iter().map(|word| word.start).min().unwrap();
                lights.push(start..words.iter().map(|word| word.end).max().unwrap());
            }
        }
    }
    lights.sort_by_key(|light| light.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for light in lights {
        match merged.last_mut().filter(|last| light.start < last.end) {
            Some(last) => last.end = last.end.max(light.end),
            None => merged.push(light),
        }
    }
    merged
}

#[test]
fn what_is_lit_is_what_matches() {
    let analyzer = FrenchAnalyzer::new();
    each_case(0xD1B5_4A32_D192_ED03, |random, text| {
        let query = random.one(QUERIES);
        let targets = targets(&analyzer, query);
        if targets.phrases.iter().any(|phrase| phrase.slop > 0) {
            return;
        }
        let lights = Passager::new(&analyzer, &targets).highlight(text);
        assert_eq!(lights, oracle(&analyzer.analyze(text), &targets), "{query} in {text:?}");
    });
}

/// Returns the words of a text that stand with all others of a phrase in a window, by trying every choice of words.
fn windows(analysis: &Analysis, targets: &Targets) -> Vec<Range<usize>> {
    let mut held = Vec::new();
    for phrase in &targets.phrases {
        let width = phrase.slots.iter().map(|(distance, _)| *distance).max().unwrap_or(0) + phrase.slop;
        let fits = |terms: &[Target]| -> Vec<Token<'_>> {
            analysis.tokens().filter(|token| terms.iter().any(|term| matches(token, term))).collect()
        };
        let slots: Vec<Vec<Token<'_>>> = phrase.slots.iter().map(|(_, terms)| fits(terms)).collect();
        let mut choices: Vec<Vec<Token<'_>>> = vec![Vec::new()];
        for slot in &slots {
            let longer = choices.iter().flat_map(|choice| {
                slot.iter().filter_map(move |token| {
                    let near = |other: &Token<'_>| {
                        other.position != token.position && other.position.abs_diff(token.position) <= width
                    };
                    choice.iter().all(near).then(|| [&choice[..], &[*token]].concat())
                })
            });
            choices = longer.collect();
        }
        held.extend(choices.into_iter().flatten().map(|token| token.start..token.end));
    }
    held
}

#[test]
fn words_of_a_near_phrase_are_lit_only_where_a_window_holds_them_all() {
    let analyzer = FrenchAnalyzer::new();
    let mut found = 0;
    each_case(0xA076_1D64_78BD_642F, |random, text| {
        let query = random.one(&["\"crue pont\"~3", "\"avion œuvre pont\"~4", "\"la crue\"~1", "\"pont le\"~2"]);
        let targets = targets(&analyzer, query);
        let lights = Passager::new(&analyzer, &targets).highlight(text);
        let held = windows(&analyzer.analyze(text), &targets);
        for light in &lights {
            let is_held = held.iter().any(|word| light.start <= word.start && word.end <= light.end);
            assert!(is_held, "{:?} is lit for {query} in {text:?}", &text[light.clone()]);
        }
        assert_eq!(lights.is_empty(), held.is_empty(), "{query} in {text:?}");
        found += usize::from(!lights.is_empty());
    });
    assert!(found * 100 > cases(), "only {found} windows");
}

/// Queries as people type them, none of which finds an article that does not have a word of it.
const TYPED: &[&str] = &[
    "avion",
    "avions rémunérés",
    "lavion",
    "av*",
    "remun*",
    "aviom~",
    "\"la crue\"",
    "\"crue pont\"~3",
    "\"pont de la crue\" OU avion",
    "le pont \"la crue\"",
    "pont -crue",
    "+pont avion",
    "=avions",
    "avion ET pont",
    "OpenAI",
    "11000",
    "porte-parole",
    "j.-c.",
    "salarié",
    "exploitation",
    "indemnisation",
    "vernele",
    "portparole",
    "elle et la",
    "la",
];

#[test]
fn a_hit_has_a_light_and_what_is_lit_is_what_the_plan_matched() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut random = Random(0xE703_7ED1_A0B4_28DB);
    for number in 0..cases().div_ceil(20) {
        // Without a title, so that each hit is one by its body.
        writer.add(Article::new(number.to_string()).body(random_text(&mut random))).unwrap();
    }
    writer.commit().unwrap();
    for query in TYPED {
        let hits = index.search(query).limit(usize::MAX / 2).run().unwrap();
        assert!(!hits.is_empty(), "{query} finds nothing");
        let targets = index.search(query).targets().unwrap();
        let mut passager = Passager::new(index.analyzer(), &targets);
        for hit in &hits {
            let body = hit.article().get_body();
            let lit = hit.passages().iter().any(|passage| !passage.highlights().is_empty());
            assert!(lit, "{query} lights nothing in {body:?}: {:?}", hit.passages());

            let analysis = index.analyzer().analyze(body);
            let of_phrases = targets.phrases.iter().flat_map(|phrase| phrase.slots.iter().flat_map(|(_, terms)| terms));
            let terms: Vec<&Target> = of_phrases.chain(&targets.terms).collect();
            for light in passager.highlight(body) {
                let inside = |token: &Token<'_>| light.start <= token.start && token.end <= light.end;
                let matched = |token: Token<'_>| terms.iter().any(|term| matches(&token, term));
                let lit = &body[light.clone()];
                assert!(analysis.tokens().filter(inside).any(matched), "{lit:?} is lit for {query} in {body:?}");
                assert!(*query != "pont -crue" || !lit.contains("crue"), "what is not wanted is lit");
            }
        }
    }
}

/// White space folded, as in a passage.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_passage(passage: &Passage, text: &str, options_max: usize, first_line: u32) {
    assert!(passage.start() < passage.end() && text.get(passage.start()..passage.end()).is_some());
    let lines = text[..passage.start()].matches('\n').count() as u32;
    assert_eq!(passage.line(), first_line + lines);

    let mut done = 0;
    let mut longest = 0;
    for light in passage.highlights() {
        assert!(light.start >= done && light.start < light.end, "{:?}", passage.highlights());
        let lit = passage.text().get(light.clone()).expect("inside, on character boundaries");
        longest = longest.max(lit.graphemes(true).count());
        done = light.end;
    }

    let length = passage.text().graphemes(true).count();
    let alone = longest + 4;
    assert!(length <= options_max.max(alone), "{length} for {options_max}: {:?}", passage.text());

    // Without what stands for words left out, the words are the article's own, in order.
    let own = folded(&text[passage.start()..passage.end()]);
    let inner = folded(passage.text());
    let headless = inner.strip_prefix("… ").unwrap_or(&inner);
    let tailless = |inner: &'_ str| inner.strip_suffix(" …").map(str::to_owned);
    let readings = [Some(inner.clone()), Some(headless.to_owned()), tailless(&inner), tailless(headless)];
    let is_own = readings.iter().flatten().any(|reading| {
        let mut rest = own.as_str();
        reading.split(" … ").all(|piece| match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
    });
    assert!(is_own, "{inner:?} is not of {own:?}");

    let ansi = passage.to_ansi().replace("\u{1b}[1;31m", "").replace("\u{1b}[0m", "");
    let is_command = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!ansi.contains(is_command), "{ansi:?}");
    let html = passage.to_html().replace("<mark>", "").replace("</mark>", "");
    assert!(!html.contains(['<', '>', '"', '\'']) && !html.contains(is_command), "{html:?}");
}

#[test]
fn passages_hold_what_they_promise() {
    let analyzer = FrenchAnalyzer::new();
    each_case(0x2545_F491_4F6C_DD1D, |random, text| {
        let query = random.one(QUERIES);
        let targets = targets(&analyzer, query);
        let max = [10, 40, 80, 300, 2_000][random.below(5)];
        let count = 1 + random.below(3);
        let options = PassageOptions::new().max_chars(max).count(count).context(random.below(3));
        let mut passager = Passager::new(&analyzer, &targets);
        let passages = passager.passages(text, 7, &options);
        assert!(passages.len() <= count);
        assert_eq!(passages.is_empty(), text.trim().is_empty(), "{query} in {text:?}");
        for passage in &passages {
            check_passage(passage, text, max, 7);
        }
        for pair in passages.windows(2) {
            assert!(pair[0].end() <= pair[1].start(), "{query} in {text:?}: {passages:?}");
        }

        let lit = passages.iter().any(|passage| !passage.highlights().is_empty());
        assert_eq!(lit, !passager.highlight(text).is_empty(), "{query} in {text:?}: {passages:?}");

        // What is lit in whole sentences matches there too, read without the rest of the article.
        let is_whole = |passage: &&Passage| folded(&text[passage.start()..passage.end()]) == folded(passage.text());
        let near = targets.phrases.iter().any(|phrase| phrase.slop > 0);
        for passage in passages.iter().filter(is_whole).filter(|_| !near) {
            // With its own white space, for what stands before a word may say what it is: `avions été` is no summer.
            let own = &text[passage.start()..passage.end()];
            let alone: Vec<String> = passager.highlight(own).into_iter().map(|lit| folded(&own[lit])).collect();
            for light in passage.highlights() {
                let light = folded(&passage.text()[light.clone()]);
                let matches = alone.iter().any(|lit| lit.contains(&light));
                assert!(matches, "{light:?} is lit for {query} in {text:?}");
            }
        }
    });
}

/// Checks that four times the text takes less than nine times as long, where sixteen times is quadratic.
///
/// Other programs may hold a run up, so that the quickest of some runs is what counts, and what is over at once passes.
fn is_linear(texts: &[String; 2], what: &str, run: impl Fn(&str)) {
    let mut quickest = [Duration::MAX; 2];
    for _ in 0..6 {
        for (text, quickest) in texts.iter().zip(&mut quickest) {
            let begin = Instant::now();
            run(text);
            *quickest = begin.elapsed().min(*quickest);
        }
        if quickest[1] < Duration::from_millis(300) || quickest[1] < quickest[0] * 9 {
            return;
        }
    }
    panic!("{what}: {quickest:?}");
}

/// Texts that a careless algorithm reads again and again: a quadratic one takes far longer than allowed here.
#[test]
fn time_is_linear_on_texts_made_to_be_slow() {
    let analyzer = FrenchAnalyzer::new();
    let queries = ["a*", "\"a a\"", "\"a b\"~5"];
    let seeds = [
        "a",
        "a.",
        "a. ",
        "A. ",
        "a\n",
        "a,\n",
        "A\n\n",
        "\n",
        " ",
        ". . . ",
        "! ",
        "…",
        "« ",
        "« a. ",
        "« A. » ",
        "(",
        "(A. ",
        "\"A. ",
        "M. ",
        "1. ",
        "a b ",
        "A b c d e f g h. ",
        "e\u{301}",
        "[3]",
        ")",
        "a. \n",
        "\u{2028}",
        "👩‍👩‍👧",
        "a;",
        "A. a.A",
        "- a\n",
        "A|a ",
        "\t",
    ];
    for seed in seeds {
        let texts = [2_000, 8_000].map(|bytes| seed.repeat(bytes / seed.len()));
        for query in queries {
            let targets = targets(&analyzer, query);
            is_linear(&texts, &format!("{query} in a text of {seed:?}"), |text| {
                let passages = Passager::new(&analyzer, &targets).passages(text, 1, &PassageOptions::new());
                assert!(passages.len() <= 2);
            });
        }
        is_linear(&texts, &format!("sentences of {seed:?}"), |text| assert!(sentences(text).count() <= text.len()));
    }
}
