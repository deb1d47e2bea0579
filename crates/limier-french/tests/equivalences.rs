//! Everyday equivalences of French, where a list of them lies beside the workspace: what one person types finds what
//! another has written, and no more than that.

use std::collections::BTreeSet;
use std::path::PathBuf;

use limier_french::{Analysis, FrenchAnalyzer, Stop};

/// Equivalences that must hold, and traps that must be avoided.
const MIN_FOUND: usize = 86;
const MIN_AVOIDED: usize = 19;

fn list() -> Option<String> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let folder = std::env::var_os("LIMIER_SHARED").map_or(beside, PathBuf::from);
    std::fs::read_to_string(folder.join("french/equivalences.tsv")).ok()
}

/// The terms that a search would compare, each with its level: stop words only when there is nothing else.
fn terms(analysis: &Analysis) -> BTreeSet<(char, String)> {
    let with_sense = analysis.tokens().any(|token| token.stop == Stop::None);
    let tokens = analysis.tokens().filter(|token| !with_sense || token.stop == Stop::None);
    tokens.flat_map(|token| [('e', token.exact.to_owned()), ('s', token.stem.to_owned())]).collect()
}

#[test]
fn everyday_equivalences_hold() {
    let Some(list) = list() else {
        println!("skipped: no list of equivalences");
        return;
    };
    let analyzer = FrenchAnalyzer::new();
    let (mut found, mut avoided, mut failures) = (0, 0, Vec::new());
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let [query, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let text = format!("Voici {text} dans cet article.");
        let (query_terms, text_terms) = (terms(&analyzer.analyze(query)), terms(&analyzer.analyze(&text)));
        let shares = query_terms.intersection(&text_terms).next().is_some();
        match (shares, expected) {
            (true, "1") => found += 1,
            (false, "0") => avoided += 1,
            _ => failures.push(line),
        }
    }
    println!("{found} found, {avoided} avoided; not as expected: {failures:#?}");
    assert!(found >= MIN_FOUND && avoided >= MIN_AVOIDED, "{found} found, {avoided} avoided: {failures:#?}");
}
