//! The commands that `limier --help` gives as examples, run as they stand on the articles of the project.

use std::fs;
use std::path::Path;

use crate::sandbox;

/// Lines of a help that are whole commands: the program's name behind two blanks; what is said of it stands behind two
/// blanks or more.
fn commands(help: &str) -> Vec<&str> {
    let lines = help.lines().filter(|line| line.starts_with("  limier "));
    lines.map(|line| line.trim_start().split("  ").next().unwrap()).collect()
}

#[test]
fn every_command_of_the_help_does_what_it_says() {
    for language in ["en", "fr"] {
        let sandbox = sandbox();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        for entry in fs::read_dir(corpus).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                sandbox.write(format!("articles/{name}"), fs::read(&path).unwrap());
            }
        }
        fs::rename(sandbox.path("articles/crue-vernelle-national.txt"), sandbox.path("articles/crue.txt")).unwrap();
        // As they are typed, not wrapped to a terminal.
        let help = sandbox.run(&["--help", "--lang", language]).code(0).out();
        let lines = commands(&help);
        assert!(lines.len() >= 11, "{help}");
        for line in lines {
            let run = sandbox.run_line(line).code(0).quiet();
            let written = line.split_once('>').map(|(_, file)| sandbox.path(file.trim()));
            let answer = written.map_or(run.out(), |file| fs::read_to_string(file).unwrap());
            assert!(!answer.trim().is_empty(), "{line} says nothing");
        }
    }
}
