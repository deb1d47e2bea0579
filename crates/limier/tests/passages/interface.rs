//! What a program relies on: fields, lines, other detectors, huge bodies.

use std::ops::Range;

use limier::passage::{Boilerplate, PassageOptions, Passager};
use limier_french::FrenchAnalyzer;

use crate::notation::targets;

#[test]
fn a_passage_is_serialized_with_its_ranges_and_its_line_where_it_is_known() {
    let analyzer = FrenchAnalyzer::new();
    let targets = targets(&analyzer, "avion");
    let mut passager = Passager::new(&analyzer, &targets);
    let body = "Il pleut.\n\nL’avion\u{a0}décolle.";
    let of_line = |first_line| passager.passages(body, first_line, &PassageOptions::new());
    let [known, unknown] = [3, 0].map(of_line);
    assert_eq!(
        serde_json::to_string(&known).unwrap(),
        "[{\"text\":\"L’avion\u{a0}décolle.\",\"highlights\":[[4,9]],\"start\":11,\"end\":31,\"line\":5}]"
    );
    assert_eq!(unknown[0].line(), 0);
    assert!(!serde_json::to_string(&unknown).unwrap().contains("line"));
    assert_eq!(known[0].to_ansi(), "L’\u{1b}[1;31mavion\u{1b}[0m\u{a0}décolle.");
    assert_eq!(known[0].to_html(), "L’<mark>avion</mark>\u{a0}décolle.");
}

/// Takes whatever is in capitals for boilerplate.
struct Capitals;

impl Boilerplate for Capitals {
    fn is_boilerplate(&self, body: &str, block: Range<usize>) -> bool {
        !body[block].contains(char::is_lowercase)
    }
}

#[test]
fn the_detector_of_boilerplate_can_be_replaced() {
    let analyzer = FrenchAnalyzer::new();
    let targets = targets(&analyzer, "pont");
    let options = PassageOptions::new().count(1);
    let mut passager = Passager::new(&analyzer, &targets).boilerplate(&Capitals);
    let chosen = passager.passages("LE PONT EST FERMÉ.\n\nOn rouvre le pont.", 1, &options);
    assert_eq!(chosen[0].text(), "On rouvre le pont.");
    assert!(!chosen[0].is_boilerplate());
    let only = passager.passages("LE PONT EST FERMÉ.\n\nOn rit.", 1, &options);
    assert_eq!((only[0].text(), only[0].is_boilerplate()), ("LE PONT EST FERMÉ.", true));
}

#[test]
fn a_word_at_the_end_of_a_huge_line_is_found_and_lit() {
    let analyzer = FrenchAnalyzer::new();
    let mut body = "Le pont de la rivière est vieux, et personne ne le répare. ".repeat(10_000);
    let rare = body.len();
    body.push_str("Une salamandre y dort.");
    let targets = targets(&analyzer, "pont salamandre \"la rivière est vieille\"");
    let options = PassageOptions::new().context(0);
    let mut passager = Passager::new(&analyzer, &targets);
    let passages = passager.passages(&body, 1, &options);
    assert_eq!(passages.len(), 2);
    assert_eq!(
        passages[0].to_html(),
        "Le <mark>pont</mark> de <mark>la rivière est vieux</mark>, et personne ne le répare."
    );
    assert_eq!(passages[1].to_html(), "Une <mark>salamandre</mark> y dort.");
    assert_eq!((passages[1].start(), passages[1].line()), (rare, 1));
    assert_eq!(passager.highlight(&body).len(), 20_001, "no phrase is lost between two pieces of the body");
}
