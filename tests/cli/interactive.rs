//! `limier -i`, typed into under tmux.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use limier_tests::{Sandbox, Tmux};

use crate::press;

/// Opens the program on the articles of [`press`], ready for keys.
fn opened<'s>(sandbox: &'s Sandbox, variables: &[(&str, &str)]) -> Option<Tmux<'s>> {
    let tmux = Tmux::open(sandbox, 110, 24, variables)?;
    tmux.command_line("limier -i presse");
    tmux.wait_for(&["4 articles"]);
    Some(tmux)
}

/// Checks that the shell has its terminal back: lines, echo, no mouse, its own screen.
#[track_caller]
fn assert_restored(tmux: &Tmux<'_>) {
    tmux.wait_until("the shell's own screen", |_| tmux.asked("#{alternate_on}") == "0");
    assert_eq!(tmux.asked("#{mouse_any_flag} #{cursor_flag}"), "0 1");
    tmux.command_line("clear; stty -a | tr ';' '\\n' | grep -c -e ' icanon' -e ' echo '; echo d''one");
    let screen = tmux.wait_for(&["done"]);
    assert!(screen.contains("1\ndone") || screen.contains("2\ndone"), "{screen}");
}

#[test]
fn each_key_searches_and_the_article_stands_beside() {
    let sandbox = press();
    let Some(tmux) = opened(&sandbox, &[]) else { return };
    tmux.type_in("artistes rému");
    // A word that is not finished yet finds what begins so.
    let screen = tmux.wait_for(&["> Des artistes en colère", "by relevance", "▌ Des artistes non rémunérés"]);
    assert!(screen.contains("Le musée de la dentelle") && screen.contains("3 May 2024"), "{screen}");
    assert!(screen.contains("Esc leave") && screen.contains("F1 keys"), "{screen}");
    assert!(tmux.colors().contains("\u{1b}[38;5;1martistes"), "{}", tmux.colors());
    tmux.press(&["Down"]);
    tmux.wait_for(&["> Le musée de la dentelle", "Les artistes y exposent"]);
    tmux.press(&["C-s"]);
    tmux.wait_for(&["newest first"]);
    tmux.press(&["C-t"]);
    tmux.wait_for(&["By source"]);
    tmux.press(&["C-t", "C-t"]);
    tmux.wait_for(&["By year · 2024"]);
    tmux.press(&["F1"]);
    tmux.wait_for(&["read in $LIMIER_PAGER"]);
    tmux.press(&["F1", "C-u"]);
    tmux.wait_for(&["type words to search"]);
    tmux.type_in("pangolin");
    tmux.wait_for(&["nothing found"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn it_fits_every_size() {
    let sandbox = press();
    let Some(tmux) = opened(&sandbox, &[("LC_ALL", "fr_FR.UTF-8")]) else { return };
    tmux.type_in("artistes");
    tmux.wait_for(&["par pertinence", "Échap quitter"]);
    // A query that does not fit is shown around its cursor; the keys stand in the last row where there is one for them.
    for (columns, rows, query) in
        [(60, 20, "> artistes"), (20, 5, "> artistes"), (5, 2, "> es"), (200, 50, "> artistes"), (80, 24, "> artistes")]
    {
        tmux.resize(columns, rows);
        tmux.wait_until(&format!("{query:?} in {columns} columns, {rows} rows"), |screen| {
            let mut lines = screen.lines();
            let keys = lines.clone().nth(usize::from(rows) - 1).unwrap_or_default();
            lines.next() == Some(query)
                && lines.all(|line| line.chars().count() <= usize::from(columns))
                && (rows == 2 || keys.starts_with("Échap quitter"))
        });
    }
    tmux.wait_for(&["> Des artistes en colère", "Des artistes non rémunérés"]);
    tmux.press(&["C-c"]);
    assert_restored(&tmux);
}

#[test]
fn an_article_is_read_edited_and_its_path_printed() {
    let sandbox = press();
    let (paged, edited) = (sandbox.home().join("paged"), sandbox.home().join("edited"));
    let pager = format!("cat > '{}'; true", paged.display());
    // An editor that is known by its name is told the line.
    let editor = sandbox.home().join("vim");
    fs::write(&editor, format!("#!/bin/sh\necho \"$@\" > '{}'\n", edited.display())).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let editor = editor.to_string_lossy().into_owned();
    let Some(tmux) = opened(&sandbox, &[("PAGER", &pager), ("EDITOR", &editor)]) else { return };
    tmux.type_in("avion");
    tmux.wait_for(&["Un avion a décollé"]);
    tmux.press(&["Enter"]);
    let read = || fs::read_to_string(&paged).unwrap_or_default();
    tmux.wait_until("the pager", |_| read().contains("heures de retard"));
    assert!(read().contains("\u{1b}[1;31mavion\u{1b}[0m"), "{}", read());
    tmux.wait_for(&["Esc leave", "Un avion a décollé"]);
    tmux.press(&["C-o"]);
    tmux.wait_until("the editor", |_| {
        fs::read_to_string(&edited).is_ok_and(|told| told.ends_with("presse/orly.txt\n"))
    });
    assert!(fs::read_to_string(&edited).unwrap().starts_with("+3 "), "the line of the match");
    tmux.wait_for(&["Esc leave"]);
    tmux.press(&["C-y"]);
    tmux.wait_for(&["presse/orly.txt"]);
    assert_restored(&tmux);
}

#[test]
fn the_pager_begins_at_the_first_match() {
    if std::process::Command::new("less").arg("-V").output().is_err() {
        return;
    }
    let sandbox = press();
    let lines: Vec<String> = (1..400).map(|number| format!("Ligne {number} sans rien.\n\n")).collect();
    sandbox.write("presse/long.txt", format!("Un long rapport\n\n{}Le pangolin dort.\n", lines.concat()));
    let Some(tmux) = Tmux::open(&sandbox, 110, 24, &[("PAGER", "less")]) else { return };
    tmux.command_line("limier -i presse");
    tmux.wait_for(&["5 articles"]);
    tmux.type_in("pangolin");
    tmux.wait_for(&["▌ Le pangolin dort."]);
    tmux.press(&["Enter"]);
    tmux.wait_until("the pager at the match", |screen| {
        screen.contains("Le pangolin dort.") && !screen.contains("F1") && !screen.contains("Ligne 1 ")
    });
    tmux.press(&["q"]);
    tmux.wait_for(&["▌ Le pangolin dort.", "F1 keys"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn the_mouse_chooses_and_scrolls() {
    /// What a terminal sends for the mouse (xterm's SGR form): a button, a column and a row, counted from 1.
    fn mouse(tmux: &Tmux<'_>, button: u8, column: u16, row: u16) {
        tmux.type_in(&format!("\u{1b}[<{button};{column};{row}M"));
        // A wheel is not let go of.
        if button == 0 {
            tmux.type_in(&format!("\u{1b}[<{button};{column};{row}m"));
        }
    }
    let sandbox = press();
    let lines: Vec<String> = (1..90).map(|number| format!("Ligne {number} sans rien.\n\n")).collect();
    sandbox.write("presse/long.txt", format!("Artistes\n\nDes artistes.\n\n{}", lines.concat()));
    let Some(tmux) = Tmux::open(&sandbox, 110, 24, &[]) else { return };
    tmux.command_line("limier -i presse");
    tmux.wait_for(&["5 articles"]);
    tmux.type_in("artistes");
    tmux.wait_for(&["> Des artistes en colère", "  Artistes", "Le musée de la dentelle", "Ils protestent."]);
    let row_of = |part: &str| 1 + tmux.screen().lines().position(|line| line.contains(part)).unwrap() as u16;
    // A turn of the wheel over the hits moves the choice, over the article its rows.
    mouse(&tmux, 65, 5, 4);
    tmux.wait_for(&["> Artistes", "Ligne 1 "]);
    mouse(&tmux, 65, 80, 10);
    tmux.wait_until("the article lower down", |screen| !screen.contains("Ligne 1 ") && screen.contains("> Artistes"));
    mouse(&tmux, 64, 80, 10);
    tmux.wait_for(&["Ligne 1 "]);
    mouse(&tmux, 0, 5, row_of("Le musée de la dentelle"));
    tmux.wait_for(&["> Le musée de la dentelle", "Les artistes y exposent"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn matches_are_lit_without_colour_too() {
    let sandbox = press();
    let Some(tmux) = opened(&sandbox, &[("NO_COLOR", "1")]) else { return };
    tmux.type_in("avion");
    tmux.wait_for(&["Un avion a décollé"]);
    // Bold and underlined, and no colour of its own (ECMA-48, SGR).
    let colors = tmux.colors();
    assert!(colors.contains("[4mavion"), "{colors}");
    assert!(!colors.contains("[31m") && !colors.contains("[38;"), "{colors}");
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn a_program_that_fails_is_told() {
    let sandbox = press();
    let Some(tmux) = opened(&sandbox, &[("PAGER", "exit 3;")]) else { return };
    tmux.type_in("avion");
    tmux.wait_for(&["Un avion a décollé"]);
    tmux.press(&["Enter"]);
    tmux.wait_for(&["cannot run exit 3;"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn a_shell_script_gets_the_path_that_was_chosen() {
    let sandbox = press();
    let Some(tmux) = Tmux::open(&sandbox, 100, 24, &[]) else { return };
    tmux.command_line("x=$(limier -i presse); echo \"code $? got:$x\"");
    tmux.wait_for(&["4 articles"]);
    tmux.type_in("train");
    tmux.wait_for(&["Un train de nuit relie"]);
    tmux.press(&["Enter"]);
    tmux.wait_for(&["code 0 got:presse/depeches.jsonl"]);
    tmux.command_line("clear; x=$(limier -i presse); echo \"code $? got:$x\"");
    tmux.wait_for(&["4 articles"]);
    tmux.press(&["Escape"]);
    tmux.wait_for(&["code 1 got:"]);
    assert_restored(&tmux);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let sandbox = press();
    for signal in ["TERM", "HUP", "INT"] {
        let Some(tmux) = Tmux::open(&sandbox, 100, 24, &[]) else { return };
        tmux.command_line("sh -c 'echo $$ > pid; exec limier -i presse'");
        tmux.wait_for(&["4 articles"]);
        tmux.type_in("avion");
        tmux.wait_for(&["Un avion a décollé"]);
        let pid = fs::read_to_string(sandbox.path("pid")).unwrap();
        let killed = std::process::Command::new("kill").args([&format!("-{signal}"), pid.trim()]).status().unwrap();
        assert!(killed.success());
        assert_restored(&tmux);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn it_ends_with_its_terminal() {
    let sandbox = press();
    let Some(tmux) = opened(&sandbox, &[]) else { return };
    let shell = tmux.asked("#{pane_pid}");
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let program = children.split_whitespace().next().unwrap().to_owned();
    let runs = || {
        let state = fs::read_to_string(format!("/proc/{program}/stat")).unwrap_or_default();
        // Nobody may be there to collect what has ended.
        state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim_start().starts_with('Z'))
    };
    assert!(runs());
    drop(tmux);
    for _ in 0..200 {
        if !runs() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the program outlives its terminal");
}

#[test]
fn it_steps_back_into_the_shell_and_returns() {
    let sandbox = press();
    let Some(tmux) = Tmux::open(&sandbox, 100, 24, &[]) else { return };
    tmux.command_line("set -m; limier -i presse");
    tmux.wait_for(&["4 articles"]);
    tmux.type_in("avion");
    tmux.wait_for(&["Un avion a décollé"]);
    tmux.press(&["C-z"]);
    assert_restored(&tmux);
    tmux.command_line("fg");
    tmux.wait_for(&["Un avion a décollé", "Esc leave"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn what_articles_hold_drives_no_terminal() {
    let sandbox = press();
    let record = serde_json::json!({
        "title": "Le pi\u{1b}]0;titre\u{7}ège",
        "text": "Un pangolin \u{1b}[2J dort.\u{9b}31m"
    });
    sandbox.write("presse/piege.jsonl", record.to_string());
    let Some(tmux) = Tmux::open(&sandbox, 110, 24, &[]) else { return };
    tmux.command_line("limier -i presse");
    tmux.wait_for(&["5 articles"]);
    tmux.type_in("pangolin");
    tmux.wait_for(&["␛]0;titre␇", "pangolin ␛[2J dort.<U+009B>31m"]);
    tmux.press(&["Escape"]);
    assert_restored(&tmux);
}

#[test]
fn it_wants_a_terminal() {
    let sandbox = press();
    sandbox.run(&["-i", "presse"]).refused().err_has("-i wants a terminal");
    sandbox.run(&["--interactive", "presse", "--json"]).code(2).err_has("--json");
    let mut command = sandbox.command(&["-i", "presse"]);
    command.env("TERM", "dumb");
    sandbox.run_command_in_terminal(command, 80).code(2).err_has("-i wants a terminal");
    sandbox.run_in_terminal(&["-i", "-"], 80).code(2).err_has("where -i reads keys");
}
