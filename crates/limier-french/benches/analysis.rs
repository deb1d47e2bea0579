//! How many megabytes of text one core analyzes in a second, stage by stage.
//!
//! `cargo bench -p limier-french -- FILE` reads FILE, one article a line; without one, the articles of `corpus/`, many times
//! over (few distinct words: the cache then flatters). Each stage runs over the whole text several times; the best run counts.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use limier_french::{Analysis, FrenchAnalyzer, Level, forms};
use tantivy_tokenizer_api::{TokenStream, Tokenizer};

const RUNS: usize = 3;
/// Bytes that `corpus/` is repeated up to.
const ENOUGH: usize = 8 << 20;

fn articles() -> (String, Vec<String>) {
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    if let Some(text) = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok()) {
        return (file.unwrap_or_default(), text.lines().map(str::to_owned).collect());
    }
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&corpus).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let times = ENOUGH.checked_div(bytes).map_or(0, |times| times + 1);
    ("corpus/, repeated".to_owned(), texts.iter().cycle().take(texts.len() * times).cloned().collect())
}

/// Seconds of processor that this thread has used where the system tells (Linux), else seconds gone by: other programs on the
/// machine then slow a measure less.
fn clock() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Runs a stage over all articles and prints its speed; returns what it counted.
fn stage(name: &str, articles: &[String], mut work: impl FnMut(&str) -> usize) -> usize {
    let bytes: usize = articles.iter().map(String::len).sum();
    let (mut best, mut counted) = (f64::INFINITY, 0);
    for _ in 0..RUNS {
        let start = clock();
        counted = articles.iter().map(|article| black_box(work(article))).sum();
        best = best.min(clock() - start);
    }
    println!("{name:<42} {:>8.1} MB/s {counted:>12}", bytes as f64 / 1e6 / best);
    counted
}

fn main() {
    let (source, articles) = articles();
    let bytes: usize = articles.iter().map(String::len).sum();
    println!("{source}: {} articles, {:.1} MB", articles.len(), bytes as f64 / 1e6);

    stage("split at spaces, for scale", &articles, |text| text.split_whitespace().count());
    let mut analysis = Analysis::new();
    let analyzer = FrenchAnalyzer::new();
    let mut plain = 0;
    let tokens = stage("analysis", &articles, |text| {
        analyzer.analyze_into(text, &mut analysis);
        analysis.len()
    });
    for article in &articles {
        analyzer.analyze_into(article, &mut analysis);
        plain += analysis.tokens().filter(|token| !token.alternate).count();
    }
    let few = &articles[..articles.len().div_ceil(20)];
    let uncached = FrenchAnalyzer::builder().cache_entries(0).build();
    stage("analysis without the cache (5 % of the text)", few, |text| {
        uncached.analyze_into(text, &mut analysis);
        analysis.len()
    });
    // The forms alone, over every word of the same share of the text.
    let mut words: Vec<String> = Vec::new();
    for article in few {
        analyzer.analyze_into(article, &mut analysis);
        words.extend(analysis.tokens().map(|token| token.exact.to_owned()));
    }
    stage("exact term to lemma (5 % of the text)", &words, |word| forms::lemma(word).len());
    let lemmas: Vec<String> = words.iter().map(|word| forms::lemma(word).into_owned()).collect();
    let mut out = String::new();
    stage("lemma to stem (5 % of the text)", &lemmas, |lemma| {
        forms::stem_into(lemma, &mut out);
        out.len()
    });
    let (mut exact, mut stem) = (analyzer.tokenizer(Level::Exact), analyzer.tokenizer(Level::Stem));
    stage("one level, as an index is fed", &articles, |text| count(&mut stem, text));
    stage("two levels, as an index is fed", &articles, |text| count(&mut exact, text) + count(&mut stem, text));
    println!("alternates: {:.2} % more tokens", 100.0 * (tokens as f64 / plain as f64 - 1.0));
}

fn count(tokenizer: &mut impl Tokenizer, text: &str) -> usize {
    let mut tokens = 0;
    tokenizer.token_stream(text).process(&mut |token| {
        black_box(token);
        tokens += 1;
    });
    tokens
}
