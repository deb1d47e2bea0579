//! The functions that indexing and searching spend their time in, one by one.
//!
//! `cargo bench -p limier-bench` measures them over the articles of `corpus/`, which are few: caches of words are warm, as
//! they are in the middle of a large text. `-- FILTER` measures some, `-- --save-baseline NAME` and `-- --baseline NAME`
//! compare two versions. `cargo test --workspace --bench hot` runs each once.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use limier::passage::{PassageOptions, Passager, sentences};
use limier::{Article, Index, Query};
use limier_french::{Analysis, FrenchAnalyzer};

const QUERIES: [&str; 4] =
    ["artistes en colère contre OpenAI", "grève des cheminots", "\"lettre ouverte\"", "la crue de la rivière"];

/// Title and body of every text of `corpus/`.
fn articles() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
    let split = |text: String| text.split_once('\n').map(|(title, body)| (title.to_owned(), body.to_owned()));
    texts.filter_map(split).collect()
}

fn index(articles: &[(String, String)]) -> Index {
    let index = Index::in_memory().expect("an index in memory can be made");
    let mut writer = index.writer().expect("it has no other writer");
    // Several times, so that there is something to rank.
    for (number, (title, body)) in articles.iter().cycle().take(articles.len() * 20).enumerate() {
        writer.add(Article::new(number.to_string()).title(title).body(body)).expect("articles are small");
    }
    writer.commit().expect("memory is large enough");
    index.reload().expect("it was committed");
    index
}

fn analysis(c: &mut Criterion) {
    let articles = articles();
    let bytes: usize = articles.iter().map(|(_, body)| body.len()).sum();
    let mut group = c.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(bytes as u64));
    let mut analysis = Analysis::new();
    let mut all = |analyzer: &FrenchAnalyzer| {
        for (_, body) in &articles {
            analyzer.analyze_into(body, &mut analysis);
            black_box(analysis.len());
        }
    };
    let (cached, plain) = (FrenchAnalyzer::new(), FrenchAnalyzer::builder().cache_entries(0).build());
    group.bench_function("words seen before", |b| b.iter(|| all(&cached)));
    group.sample_size(10);
    group.bench_function("words never seen", |b| b.iter(|| all(&plain)));
    group.finish();
}

fn passages(c: &mut Criterion) {
    let articles = articles();
    let bytes: usize = articles.iter().map(|(_, body)| body.len()).sum();
    let index = index(&articles);
    let targets = index.search("artistes en colère contre OpenAI").targets().expect("a query has targets");
    let mut group = c.benchmark_group("passages");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("sentences", |b| {
        b.iter(|| articles.iter().map(|(_, body)| sentences(black_box(body)).count()).sum::<usize>())
    });
    let mut passager = Passager::new(index.analyzer(), &targets);
    let options = PassageOptions::default();
    group.bench_function("passages of every article", |b| {
        b.iter(|| articles.iter().map(|(_, body)| passager.passages(black_box(body), 1, &options).len()).sum::<usize>())
    });
    group.finish();
}

fn searching(c: &mut Criterion) {
    let index = index(&articles());
    let mut group = c.benchmark_group("searching");
    group.bench_function("parse", |b| b.iter(|| QUERIES.map(|query| Query::parse(black_box(query)).issues().len())));
    let ids = |query: &str| index.search(black_box(query)).limit(10).run_ids().map_or(0, |ids| ids.len());
    let shown = |query: &str| index.search(black_box(query)).limit(10).run().map_or(0, |hits| hits.len());
    group.bench_function("top 10, four queries", |b| b.iter(|| QUERIES.map(ids)));
    group.sample_size(30);
    group.bench_function("top 10 with passages, four queries", |b| b.iter(|| QUERIES.map(shown)));
    group.finish();
}

criterion_group!(hot, analysis, passages, searching);
criterion_main!(hot);
