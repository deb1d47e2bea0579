//! Queries as the tests write them.

use limier::passage::{PhraseTarget, Target, TargetKind, Targets};
use limier_french::{FrenchAnalyzer, Stop};

/// Makes targets of a query, as the planner of queries does, in a notation of these tests: `mot` (by its stem),
/// `=mot` (exact), `mot*` (prefix), `*mot*` (inside), `"une phrase"`, `"une phrase"~3` (near); `mot^4` weighs 4.
pub(crate) fn targets(analyzer: &FrenchAnalyzer, query: &str) -> Targets {
    let mut targets = Targets::default();
    let mut rest = query.trim();
    while !rest.is_empty() {
        let (part, after) = match rest.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
            Some((phrase, after)) => {
                let length = after.find(' ').unwrap_or(after.len());
                let slop = after[..length].trim_start_matches('~').parse().unwrap_or(0);
                add_phrase(analyzer, phrase, slop, &mut targets);
                ("", &after[length..])
            }
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        if !part.is_empty() {
            add_word(analyzer, part, &mut targets);
        }
        rest = after.trim_start();
    }
    targets
}

fn add_word(analyzer: &FrenchAnalyzer, part: &str, targets: &mut Targets) {
    let (part, weight) = match part.split_once('^') {
        Some((part, weight)) => (part, weight.parse().unwrap()),
        None => (part, 1.0),
    };
    let word = targets.words;
    targets.words += 1;
    let mut add = |kind, text: &str| targets.terms.push(Target { kind, text: text.to_string(), word, weight });
    if let Some(exact) = part.strip_prefix('=') {
        add(TargetKind::Exact, exact);
    } else if let Some(inside) = part.strip_prefix('*') {
        add(TargetKind::Inside, inside.trim_end_matches('*'));
    } else if let Some(prefix) = part.strip_suffix('*') {
        add(TargetKind::Prefix, prefix);
    } else {
        for token in analyzer.analyze(part).tokens() {
            add(TargetKind::Stem, token.stem);
        }
    }
}

fn add_phrase(analyzer: &FrenchAnalyzer, phrase: &str, slop: u32, targets: &mut Targets) {
    let mut slots = Vec::new();
    let analysis = analyzer.analyze(phrase);
    for token in analysis.tokens().filter(|token| !token.alternate) {
        let word = targets.words;
        targets.words += 1;
        let kind = if token.stop == Stop::None { TargetKind::Stem } else { TargetKind::Small };
        let text = if kind == TargetKind::Stem { token.stem } else { token.exact };
        let target = Target { kind, text: text.to_string(), word, weight: 1.0 };
        slots.push((token.position, vec![target]));
    }
    targets.phrases.push(PhraseTarget { slots, slop });
}
