//! How fast text becomes terms, on one core.

use std::time::Instant;

use limier_french::{Analysis, FrenchAnalyzer};
use tantivy::tokenizer::TextAnalyzer;

use crate::beir::Text;
use crate::chain;
use crate::section::{Better, Section};
use crate::stats::median;

/// Measures SimpleTokenizer alone, the standard chain of one level, and limier-french giving both levels.
///
/// They take turns over the same texts, `rounds` times; the section gives the medians in MB (10^6 bytes) a second and
/// the ratio of limier-french to the standard chain.
pub(crate) fn measure(texts: &[Text], rounds: usize) -> Section {
    let megabytes = texts.iter().map(Text::bytes).sum::<usize>() as f64 / 1e6;
    let (mut words, mut standard) = (chain::words_only(), chain::standard());
    let analyzer = FrenchAnalyzer::new();
    let mut speeds = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..rounds {
        let seconds = [
            time(|| count_by(&mut words, texts)),
            time(|| count_by(&mut standard, texts)),
            time(|| count_both_levels(&analyzer, texts)),
        ];
        for (speeds, seconds) in speeds.iter_mut().zip(seconds) {
            speeds.push(megabytes / seconds);
        }
    }

    let mut section =
        Section::new("analysis", &["SimpleTokenizer", "standard chain", "limier-french"]).compared_with(1);
    section.row("one core", "MB/s", Better::Higher, speeds.iter().map(|speeds| median(speeds)).collect());
    section
}

/// Returns the seconds that a piece of work takes; what it answers is looked at, so that it is not optimised away.
fn time(work: impl FnOnce() -> usize) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64()
}

fn count_by(analyzer: &mut TextAnalyzer, texts: &[Text]) -> usize {
    let mut bytes = 0;
    for text in texts {
        for part in [&text.title, &text.body] {
            analyzer.token_stream(part).process(&mut |token| bytes += token.text.len());
        }
    }
    bytes
}

fn count_both_levels(analyzer: &FrenchAnalyzer, texts: &[Text]) -> usize {
    let mut bytes = 0;
    let mut analysis = Analysis::new();
    for text in texts {
        for part in [&text.title, &text.body] {
            analyzer.analyze_into(part, &mut analysis);
            bytes += analysis.tokens().map(|token| token.exact.len() + token.stem.len()).sum::<usize>();
        }
    }
    bytes
}
