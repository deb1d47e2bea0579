//! Precision and recall of near-duplicates on articles with planted edits, by the number of slots in common.
//!
//! On the project's corpus always; where the data of measures is present, on 1,000 of its articles:
//! `cargo test -p limier --lib planted -- --nocapture` prints the table that the threshold was chosen from.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::NEAR;
use crate::Article;
use crate::ingest::{self, Item, ReadOptions, Walk};
use crate::sketch::Sketch;

/// Makes the edited article of an article and its neighbour.
type Edit = fn(&Article, &Article) -> Article;

/// What becomes of an article on its way into another newspaper.
const EDITS: [(&str, Edit); 7] = [
    ("headline changed", |article, _| article.clone().title("Un tout autre titre, d'une autre rédaction")),
    ("agency's lines added", |article, _| {
        let body = format!(
            "PARIS (Agence Méridienne) - {}\n\nam/jq/ig\n\n© Agence Méridienne, tous droits réservés. Reproduction interdite.",
            article.body
        );
        article.clone().body(body)
    }),
    ("a fifth cut", |article, _| kept(article, 0.8)),
    ("two fifths cut", |article, _| kept(article, 0.6)),
    ("half cut", |article, _| kept(article, 0.5)),
    ("a fifth added", |article, other| {
        let added = kept(other, 1.0).body;
        let length = (article.body.len() / 5).min(added.len());
        let end = (0..=length).rev().find(|end| added.is_char_boundary(*end)).unwrap();
        article.clone().body(format!("{}\n\n{}", article.body, &added[..end]))
    }),
    ("one word in twenty changed", |article, _| {
        let change =
            |(place, word): (usize, &str)| if place % 20 == 9 { "autrement ".to_owned() } else { word.to_owned() };
        article.clone().body(article.body.split_inclusive(' ').enumerate().map(change).collect::<String>())
    }),
];

/// Keeps the first sentences of an article, up to a share of its length.
fn kept(article: &Article, share: f64) -> Article {
    let most = (article.body.len() as f64 * share) as usize;
    let mut body = String::new();
    for sentence in article.body.split_inclusive(". ") {
        if !body.is_empty() && body.len() + sentence.len() > most {
            break;
        }
        body.push_str(sentence);
    }
    article.clone().body(body)
}

/// Prints, for each threshold, the share of edited articles that are found and the number of pairs of different articles
/// that are joined; returns both at the threshold in use.
fn measure(title: &str, articles: &[Article]) -> (f64, usize) {
    let sketches: Vec<Sketch> =
        articles.iter().filter_map(|article| Sketch::of(article.get_title(), article.get_body())).collect();
    assert_eq!(sketches.len(), articles.len());
    let mut alike_edits = Vec::new();
    for (_, edit) in EDITS {
        let of_article = |(place, article): (usize, &Article)| {
            let edited = edit(article, &articles[(place + 1) % articles.len()]);
            Sketch::of(edited.get_title(), edited.get_body()).map_or(0, |edited| edited.alike(&sketches[place]))
        };
        alike_edits.push(articles.iter().enumerate().map(of_article).collect::<Vec<u32>>());
    }
    let mut joined = [0usize; 33];
    for (place, sketch) in sketches.iter().enumerate() {
        for (other, other_sketch) in sketches.iter().enumerate().skip(place + 1) {
            let alike = sketch.alike(other_sketch);
            joined[alike as usize] += 1;
            if alike >= NEAR {
                println!("joined ({alike}): {:.60} | {:.60}", articles[place].body, articles[other].body);
            }
        }
    }
    println!("{title}: {} articles, {} pairs", articles.len(), articles.len() * (articles.len() - 1) / 2);
    let mut at_use = (0.0, 0);
    for near in [4, 6, 8, 9, 10, 11, 12, 14, 16, 20] {
        let found: Vec<usize> =
            alike_edits.iter().map(|edits| edits.iter().filter(|alike| **alike >= near).count()).collect();
        let (all, wrong) = (found.iter().sum::<usize>(), joined[near as usize..].iter().sum::<usize>());
        let recall = all as f64 / (articles.len() * EDITS.len()) as f64;
        let precision = all as f64 / (all + wrong).max(1) as f64;
        let shares: Vec<String> = found
            .iter()
            .zip(EDITS)
            .map(|(found, (name, _))| format!("{name} {:.3}", *found as f64 / articles.len() as f64))
            .collect();
        println!(
            "{near} of 32: recall {recall:.4}, wrong pairs {wrong}, precision {precision:.4}; {}",
            shares.join(", ")
        );
        if near == NEAR {
            at_use = (recall, wrong);
        }
    }
    at_use
}

fn articles_of(path: &Path, most: usize) -> Vec<Article> {
    let mut articles = Vec::new();
    for file in Walk::new([path]).run().files {
        ingest::read_file(&file.origin, file.kind, &ReadOptions::default(), &mut |item| {
            if let Item::Record(record) = item
                && record.article.body.len() > 600
            {
                articles.push(record.article);
            }
            if articles.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .unwrap();
    }
    articles
}

fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn planted_edits_of_the_corpus_are_found() {
    let articles = articles_of(&workspace().join("corpus"), usize::MAX);
    assert!(articles.len() > 25);
    let (recall, wrong) = measure("corpus", &articles);
    assert!(recall >= 0.97 && wrong == 0, "{recall} {wrong}");
}

#[test]
#[cfg(feature = "packed")]
fn planted_edits_of_newspapers_are_found() {
    let shared = std::env::var_os("LIMIER_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let path = shared.join("speed/fr.jsonl.gz");
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return;
    }
    let (recall, wrong) = measure("newspapers", &articles_of(&path, 1000));
    assert!(recall >= 0.95 && wrong <= 15, "{recall} {wrong}");
}
