//! The short forms of an answer, links, the pager, and the examples of the help.

use std::fs;

use crate::press;

const SEARCH: [&str; 2] = ["artistes OU avion", "presse"];

#[test]
fn only_paths_or_only_a_count() {
    let sandbox = press();
    let run = sandbox.run(&[&SEARCH[..], &["-l"]].concat()).code(0).quiet();
    let mut paths: Vec<String> = run.out().lines().map(str::to_owned).collect();
    paths.sort();
    assert_eq!(paths, ["presse/2024/musee.md", "presse/orly.txt", "presse/sora.txt"]);
    assert_eq!(sandbox.run(&[&SEARCH[..], &["-l", "-n1"]].concat()).code(0).out().lines().count(), 1);
    assert_eq!(sandbox.run(&[&SEARCH[..], &["--count"]].concat()).code(0).quiet().out(), "3\n");
    assert_eq!(sandbox.run(&["pangolin", "presse", "-c", "--no-mend"]).code(1).out(), "0\n");
    sandbox.run(&["x", "-l", "--json"]).code(2).err_has("--json");
    sandbox.run(&["x", "-l", "-c"]).code(2).err_has("cannot be used with");
    // Many articles of a file are one path, more than ten files are all of them.
    for number in 0..12 {
        sandbox.write(format!("tapirs/{number}.txt"), "Un tapir dort.\n");
    }
    sandbox.write("tapirs/deux.jsonl", "{\"text\":\"Un tapir.\"}\n{\"text\":\"Deux tapirs.\"}\n");
    let run = sandbox.run(&["tapir", "tapirs", "--files-with-matches"]).code(0);
    assert_eq!(run.out().lines().count(), 13, "{}", run.shown());
    assert_eq!(sandbox.run(&["tapir", "tapirs", "-c"]).code(0).out(), "14\n");
    // Nearly the same articles are folded among hits, but each file is named and counted.
    let text = "La crue a emporté le vieux pont de pierre dans la nuit de mardi, et le maire a fermé la route.\n";
    for name in ["a", "b", "c"] {
        sandbox.write(format!("crues/{name}.txt"), format!("La crue\n\n{}Fin {name}.\n", text.repeat(8)));
    }
    let run = sandbox.run(&["crue", "crues", "--json"]).code(0);
    assert_eq!((run.hits().len(), run.summary()["folded"].as_u64()), (1, Some(2)), "{}", run.shown());
    assert_eq!(sandbox.run(&["crue", "crues", "-l"]).code(0).out().lines().count(), 3);
    assert_eq!(sandbox.run(&["crue", "crues", "-c"]).code(0).out(), "3\n");
}

#[test]
fn one_line_a_hit_or_a_passage() {
    let sandbox = press();
    let run = sandbox.run(&["musée", "presse", "--format", "compact"]).code(0).quiet();
    assert_eq!(run.out(), "Le musée de la dentelle · 3 May 2024 · Le Bocage · presse/2024/musee.md\n");
    let run = sandbox.run(&["retard", "presse", "--format", "vimgrep"]).code(0).quiet();
    assert_eq!(
        run.out(),
        "presse/orly.txt:3:49:Un avion a décollé d'Orly avec deux heures de retard. Les passagers ont attendu.\n"
    );
    let line = fs::read_to_string(sandbox.path("presse/orly.txt")).unwrap();
    assert!(line.lines().nth(2).unwrap().get(48..).unwrap().starts_with("retard"));
    sandbox.run(&["pangolin", "presse", "--format=compact", "--no-mend"]).code(1).err_has("nothing found");
}

#[test]
fn paths_are_links_where_the_terminal_shows_them() {
    let sandbox = press();
    let target = fs::canonicalize(sandbox.path("presse/orly.txt")).unwrap();
    let link = format!("\u{1b}]8;;file://{}\u{1b}\\presse/orly.txt\u{1b}]8;;\u{1b}\\", target.display());
    let arguments = ["retard", "presse"];
    let linked = |run: limier_tests::Run| run.code(0).out().contains(&link);
    assert!(!linked(sandbox.run(&arguments)));
    assert!(linked(sandbox.run(&[&arguments[..], &["--hyperlink", "always"]].concat())));
    assert!(!linked(sandbox.run_in_terminal(&arguments, 80)));
    let known = |flags: &[&str]| {
        let mut command = sandbox.command(&[&arguments[..], flags].concat());
        command.env("TERM_PROGRAM", "WezTerm");
        command
    };
    assert!(linked(sandbox.run_command_in_terminal(known(&[]), 80)));
    assert!(!linked(sandbox.run_command_in_terminal(known(&["--hyperlink=never"]), 80)));
    assert!(!linked(sandbox.run_command(known(&[]))), "in a pipe there are none");
}

#[test]
fn a_pager_is_asked_for_and_never_in_a_pipe() {
    let sandbox = press();
    let paged = sandbox.home().join("paged");
    let with_pager = |pager: &str, flags: &[&str]| {
        let mut command = sandbox.command(&[&["retard", "presse"], flags].concat());
        command.env("PAGER", pager);
        command
    };
    let pager = format!("cat > '{}'; true", paged.display());
    sandbox.run_command(with_pager(&pager, &["--pager"])).code(0).out_has("retard");
    sandbox.run_command_in_terminal(with_pager(&pager, &[]), 80).code(0).out_has("retard");
    assert!(!paged.exists());
    sandbox.run_command_in_terminal(with_pager(&pager, &["--pager"]), 80).code(0).out_lacks("retard");
    assert!(fs::read_to_string(&paged).unwrap().contains("\u{1b}[1;31mretard"));
    sandbox.run_command_in_terminal(with_pager("exit 7;", &["--pager"]), 80).code(2);
}

/// Returns the command lines of a help: those that begin with the program's name behind two blanks.
fn examples(help: &str) -> Vec<Vec<String>> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  limier "));
    // What is said of it stands behind two blanks or more.
    lines.map(|line| words(line.split("   ").next().unwrap())).collect()
}

/// Splits a command line as a shell does: blanks, apostrophes, quotation marks.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.trim_end().chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ') => words.push(std::mem::take(&mut word)),
            (None, c) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Notes that a query was read as plain words though it looks like more.
const ODD: [&str; 6] =
    ["unbalanced-quote", "unbalanced-parenthesis", "lonely-operator", "unknown-field", "empty-field", "bad-date"];

#[test]
fn every_example_of_the_help_is_understood() {
    let sandbox = press();
    let mut asked = 0;
    for arguments in [&["help", "syntax", "--lang", "en"][..], &["help", "syntaxe", "--lang", "fr"]] {
        let help = sandbox.run(arguments).code(0).quiet().out();
        for example in examples(&help) {
            let mut words: Vec<&str> = vec!["--json"];
            words.extend(example.iter().map(String::as_str));
            words.push("presse");
            let run = sandbox.run(&words);
            assert!(matches!(run.code, Some(0 | 1)), "{}", run.shown());
            let odd = |code: &String| ODD.contains(&code.as_str());
            assert!(!run.note_codes().iter().any(odd), "{}", run.shown());
            asked += 1;
        }
    }
    assert!(asked >= 36, "{asked}");
    // The page fits a terminal.
    let page = sandbox.run(&["help", "syntaxe"]).code(0).out();
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    sandbox.run(&["help", "index"]).code(0).out_has("Usage: limier index");
    sandbox.run(&["help", "xyz"]).refused();
}
