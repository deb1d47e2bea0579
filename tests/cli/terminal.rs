//! What is shown on a terminal: width, colours, the closing line.

use std::time::Duration;

use crate::press;
use crate::together::{release, writer_that_waits};

const LIT: &str = "\u{1b}[1;31m";

#[test]
fn passages_are_wrapped_to_the_width_behind_a_hanging_indent() {
    let sandbox = press();
    let run = sandbox.run_in_terminal(&["artistes non rémunérés", "presse", "-n1", "--color", "never"], 40).code(0);
    assert_eq!(
        run.out(),
        "Des artistes en colère\n  presse/sora.txt\n  Des artistes non rémunérés ont publié\n    Sora, l'outil vidéo d'OpenAI. Ils\n    protestent.\n\n",
        "{}",
        run.shown()
    );
    for columns in [24, 40, 80, 200] {
        let run = sandbox.run_in_terminal(&["artistes", "presse", "--color", "never"], columns).code(0);
        for line in run.out().lines().filter(|line| !line.contains('/')) {
            assert!(line.chars().count() <= usize::from(columns), "{columns} columns\n{}", run.shown());
        }
    }
}

#[test]
fn the_closing_line_goes_to_standard_error() {
    let sandbox = press();
    let run = sandbox.run_in_terminal(&["artistes", "presse", "-n1"], 80).code(0);
    run.err_has("1 of 2 hits in 4 articles, ").err_has("-n shows more").out_lacks("4 articles");
    sandbox.run(&["artistes", "presse"]).code(0).quiet();
}

#[test]
fn matches_are_lit_in_the_articles_own_words() {
    let sandbox = press();
    let run = sandbox.run_in_terminal(&["rémunérer", "presse"], 80).code(0);
    run.out_has(&format!("non {LIT}rémunérés\u{1b}[0m ont")).out_has("\u{1b}[1mDes artistes en colère\u{1b}[0m");
}

#[test]
fn colours_obey_the_flag_and_then_the_variables() {
    let sandbox = press();
    let colored = |flags: &[&str], variables: &[(&str, &str)], on_terminal: bool| {
        let mut command = sandbox.command(&[&["artistes", "presse"], flags].concat());
        command.envs(variables.iter().copied());
        let run = if on_terminal { sandbox.run_command_in_terminal(command, 80) } else { sandbox.run_command(command) };
        run.code(0).out().contains(LIT)
    };
    for (flags, variables, on_terminal, in_pipe) in [
        (&[][..], &[][..], true, false),
        (&["--color", "auto"], &[], true, false),
        (&["--color", "always"], &[("NO_COLOR", "1"), ("TERM", "dumb")], true, true),
        (&["--color=never"], &[("CLICOLOR_FORCE", "1")], false, false),
        (&[], &[("NO_COLOR", "1")], false, false),
        (&[], &[("NO_COLOR", "")], true, false),
        (&[], &[("TERM", "dumb")], false, false),
        (&[], &[("CLICOLOR_FORCE", "1")], true, true),
        (&[], &[("CLICOLOR_FORCE", "0")], true, false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false, false),
    ] {
        assert_eq!(colored(flags, variables, true), on_terminal, "terminal: {flags:?} {variables:?}");
        assert_eq!(colored(flags, variables, false), in_pipe, "pipe: {flags:?} {variables:?}");
    }
}

#[test]
fn progress_shows_on_a_terminal_when_work_is_long_and_leaves_nothing_behind() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0).quiet();
    sandbox.write("presse/pangolin.txt", "Le pangolin\n\nUn pangolin dort.\n");
    // A writer that waits for its input holds the index, so that the next one has to wait.
    let writer = writer_that_waits(&sandbox);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(1_500));
            release(writer);
        });
        sandbox.run_in_terminal(&["index", "--index", "idx"], 80).code(0)
    });
    let err = run.err();
    assert!(err.starts_with("\rwaiting for another limier") && err.ends_with("\r\u{1b}[K"), "{}", run.shown());
    run.out_has("5 articles indexed");
    // What is quick shows none, and neither does a pipe.
    let run = sandbox.run_in_terminal(&["index", "--index", "idx"], 80).code(0).quiet();
    assert!(!run.out().contains('\r'), "{}", run.shown());
    let writer = writer_that_waits(&sandbox);
    sandbox.write("presse/tapir.txt", "Le tapir\n\nUn tapir dort.\n");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(800));
            release(writer);
        });
        sandbox.run(&["index", "--index", "idx"]).code(0).quiet();
    });
}
