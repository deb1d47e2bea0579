//! How passages are asked for: their length, what stands beside them, the width of lines, titles.

use crate::{press, sandbox};

/// A paragraph of eleven sentences, whose sixth has the word `tapir`.
fn paragraph() -> String {
    let number = ["une", "deux", "trois", "quatre", "cinq"];
    let before: String = number.iter().map(|word| format!("La page {word} parle de la pluie et du vent. ")).collect();
    let after: String = number.iter().map(|word| format!(" La rive {word} est couverte de roseaux.")).collect();
    format!("{before}Le tapir traverse la rivière.{after}\n")
}

#[test]
fn context_is_sentences_on_either_side() {
    let sandbox = sandbox();
    sandbox.write("a.txt", format!("Un titre\n\n{}", paragraph()));
    let sentences = |flags: &[&str]| {
        let run = sandbox.run(&[&["tapir", "a.txt", "--json"], flags].concat()).code(0);
        let text = run.hits()[0]["passages"][0]["text"].as_str().unwrap().to_owned();
        (text.matches("La page").count(), text.matches("La rive").count())
    };
    assert_eq!(sentences(&[]), (1, 1));
    assert_eq!(sentences(&["--context", "0"]), (0, 0));
    assert_eq!(sentences(&["-C2"]), (2, 2));
    assert_eq!(sentences(&["--context", "9"]), (5, 5));
    // Room that was set is kept to.
    assert_eq!(sentences(&["--context", "9", "--max-chars", "80"]).0 + sentences(&["-C9", "--max-chars", "80"]).1, 1);
    sandbox.run(&["tapir", "a.txt", "--context", "beaucoup"]).code(2).err_has("--context");
}

#[test]
fn max_chars_bounds_a_passage_as_a_person_counts() {
    let sandbox = sandbox();
    sandbox.write(
        "a.txt",
        format!("Un titre\n\n{}", "L’été, le tapir très âgé dort près de la rivière gelée, ".repeat(20)),
    );
    for most in [10, 40, 120] {
        let run = sandbox.run(&["tapir", "a.txt", "--json", "--max-chars", &most.to_string()]).code(0);
        let text = run.hits()[0]["passages"][0]["text"].as_str().unwrap().to_owned();
        let length = text.chars().count();
        assert!(length <= most && length * 2 > most && text.contains("tapir"), "{most}: {text:?}");
    }
    sandbox.run(&["tapir", "a.txt", "--max-chars", "9"]).code(2).err_has("--max-chars");
}

#[test]
fn width_wraps_lines_in_a_pipe_too() {
    let sandbox = sandbox();
    sandbox.write("a.txt", format!("Un titre\n\n{}", paragraph()));
    let widest = |arguments: &[&str]| {
        let out = sandbox.run(arguments).code(0).out();
        out.lines().map(|line| line.chars().count()).max().unwrap()
    };
    let unwrapped = widest(&["tapir", "a.txt"]);
    assert!(unwrapped > 100);
    assert_eq!(widest(&["tapir", "a.txt", "--width", "0"]), unwrapped);
    assert!((25..=40).contains(&widest(&["tapir", "a.txt", "--width", "40"])));
    assert!((25..=40).contains(&widest(&["show", "a.txt", "tapir", "--width", "40"])));
    for wrong in ["23", "-1", "large"] {
        sandbox.run(&["tapir", "a.txt", &format!("--width={wrong}")]).code(2).err_has("24 or more, or 0");
    }
}

#[test]
fn a_title_is_lit_as_its_passages_are() {
    let sandbox = press();
    let lit = |text: &str| format!("\u{1b}[1;31m{text}\u{1b}[0m");
    let run = sandbox.run(&["artiste", "presse", "--color", "always", "-n1"]).code(0);
    run.out_has(&lit("artistes"));
    assert_eq!(run_first_line_lights(&sandbox), 1);
    let hit = &sandbox.run(&["artiste", "presse", "--json", "-n1"]).code(0).hits()[0];
    let [start, end] = [0, 1].map(|side| hit["title_highlights"][0][side].as_u64().unwrap() as usize);
    assert_eq!(&hit["title"].as_str().unwrap()[start..end], "artistes");
}

fn run_first_line_lights(sandbox: &limier_tests::Sandbox) -> usize {
    let out = sandbox.run(&["artiste", "presse", "--color", "always", "-n1"]).code(0).out();
    out.lines().next().unwrap().matches("\u{1b}[1;31m").count()
}

#[test]
fn show_prints_the_whole_article_with_its_matches_lit() {
    let sandbox = sandbox();
    sandbox.write("a.txt", format!("Le tapir et la pluie\n\n{}\nUne fin.\n", paragraph()));
    let run = sandbox.run(&["show", "a.txt", "tapir pluies", "--color", "always"]).code(0);
    let plain = run.out().replace("\u{1b}[1;31m", "").replace("\u{1b}[1m", "").replace("\u{1b}[2m", "");
    let plain = plain.replace("\u{1b}[0m", "");
    assert_eq!(plain, format!("Le tapir et la pluie\n  {}\n\n{}\nUne fin.\n", path_of(&plain), paragraph()));
    // Twice in the title, and in the body six times.
    assert_eq!(run.out().matches("\u{1b}[1;31m").count(), 8, "{}", run.shown());
    // Without a query nothing is lit.
    sandbox.run(&["show", "a.txt", "--color", "always"]).code(0).out_lacks("\u{1b}[1;31m");
}

/// The second line of what is shown: the path, without its indent.
fn path_of(shown: &str) -> String {
    shown.lines().nth(1).unwrap().trim().to_owned()
}

#[test]
fn a_match_in_boilerplate_alone_is_marked_as_such() {
    let sandbox = sandbox();
    sandbox.write("a.txt", "Un titre\n\nLe maire a parlé longtemps hier soir.\n\nAbonnez-vous à notre newsletter\n");
    let hit = &sandbox.run(&["newsletter", "a.txt", "--json"]).code(0).hits()[0];
    assert_eq!(hit["passages"][0]["boilerplate"], true);
    let hit = &sandbox.run(&["maire", "a.txt", "--json"]).code(0).hits()[0];
    assert!(hit["passages"][0].get("boilerplate").is_none());
}
