//! What is written about the program itself: help, completions, man pages.

use std::ffi::OsStr;

use clap::Command;

use super::definition::Shell;
use super::{Refusal, localized};
use crate::exit::Exit;
use crate::messages::help;

/// Returns the page of a topic, or the help of a command.
pub(super) fn explained(topic: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut command = localized();
    command.build();
    let Some(topic) = topic else { return Ok(command.render_long_help().to_string().into_bytes()) };
    if matches!(topic, "syntax" | "syntaxe") {
        return Ok(help::SYNTAX.as_str().as_bytes().to_vec());
    }
    let mut found = named(&command, topic)?;
    Ok(found.render_long_help().to_string().into_bytes())
}

/// Finds a command by its name.
fn named(command: &Command, name: &str) -> Result<Command, Refusal> {
    command.find_subcommand(OsStr::new(name)).cloned().ok_or_else(|| Refusal {
        text: crate::messages::no_such_command(name, command.get_subcommands().map(Command::get_name)),
        exit: Exit::Error,
    })
}

pub(super) fn completions(shell: Shell) -> Vec<u8> {
    use clap_complete::{Shell as Known, generate};
    let known = match shell {
        Shell::Bash => Known::Bash,
        Shell::Elvish => Known::Elvish,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Zsh => Known::Zsh,
    };
    let mut script = Vec::new();
    generate(known, &mut localized(), "limier", &mut script);
    script
}

pub(super) fn man_page(name: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut command = localized();
    command.build();
    if let Some(name) = name {
        command = named(&command, name)?.display_name(format!("limier-{name}"));
    }
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    Ok(help::man_page(&String::from_utf8_lossy(&page)).into_bytes())
}
