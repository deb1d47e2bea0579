//! The program `limier`: ranked full-text search of French text in a terminal.
//!
//! Arguments become plain [`options`], options become calls of the library, and what it answers is printed: there is no
//! search logic here.

mod analyze;
mod answering;
mod args;
mod cache;
mod caches;
mod color;
mod config;
mod context;
mod defect;
mod environment;
mod exit;
mod extract;
mod files;
mod index;
mod inspect;
mod interactive;
mod interrupt;
mod messages;
mod notes;
mod opening;
mod options;
mod output;
mod pager;
mod paths;
mod place;
mod print;
mod progress;
mod queries;
mod reading;
mod search;
mod show;
mod similar;
mod suggest;
mod verify;
mod watch;
mod wording;
mod writing;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;

use crate::config::Settings;
use crate::context::Context;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::notes::to_standard_error;
use crate::options::{Action, Options, Sought};
use crate::print::prose;
use crate::print::sanitize::visible_lines;
use crate::print::screen::message_columns;

fn main() -> ExitCode {
    let started = Instant::now();
    let environment = Environment::read();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let user = config::of_user(&arguments, &environment);
    let language = user.as_ref().ok().and_then(|settings| settings.lang);
    messages::choose(&arguments, language, environment::variable);
    let exit = match defect::caught(|| run(arguments, &environment, &user, started)) {
        Ok(exit) => exit,
        Err(defect) => {
            to_standard_error(&messages::defect(&defect), &environment);
            Exit::Error
        }
    };
    exit.into()
}

fn run(
    arguments: Vec<OsString>,
    environment: &Environment,
    user: &Result<Settings, config::Failure>,
    started: Instant,
) -> Exit {
    // Who asks for help is given help, whatever is wrong with the settings.
    let none = Settings::default();
    let options = match args::parse(arguments, environment, user.as_ref().unwrap_or(&none)) {
        Ok(options) => options,
        Err(refusal) => return refuse(&refusal, environment),
    };
    if let Err(failure) = user {
        to_standard_error(&messages::error(&messages::config::failed(failure)), environment);
        return Exit::Error;
    }
    match act(&options, Context::new(environment.clone(), options.color, options.hyperlink, started)) {
        Ok(exit) => exit,
        Err(error) => {
            to_standard_error(&messages::error(&messages::chain(&error)), environment);
            Exit::Error
        }
    }
}

fn act(options: &Options, context: Context) -> anyhow::Result<Exit> {
    match &options.action {
        Action::Search(options) => match &options.sought {
            Sought::Query(query) => search::run(query, options, &context),
            Sought::Queries(file) => queries::run(file, options, &context),
            Sought::Similar(article) => similar::run(article, options, &context),
        },
        Action::Interactive(options) => interactive::run(options, &context),
        Action::Index { place, build, form } => index::run(place, build, *form, &context),
        Action::Forget { place, build, form } => index::forget(place, build, *form, &context),
        Action::Watch { place, build, form } => watch::run(place, build, *form, &context),
        Action::Analyze(options) => analyze::run(options, &context.screen),
        Action::Extract(options) => extract::run(options, &context),
        Action::Show(options) => show::run(options, &context),
        Action::Suggest(options) => suggest::run(options, &context),
        Action::Stats(options) => inspect::stats(options, &context),
        Action::Verify(options, damaged) => verify::run(options, *damaged, &context),
        Action::Cache(options) => caches::run(options, &context),
        Action::Write(bytes) => {
            let mut out = output::standard_output();
            out.write_all(bytes).and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
            Ok(Exit::Found)
        }
    }
}

/// Writes help and version to standard output, and what is wrong with the arguments to standard error.
fn refuse(refusal: &args::Refusal, environment: &Environment) -> Exit {
    let text = match refusal.exit {
        Exit::Found if environment.stdout_is_terminal => visible_lines(&refusal.text),
        Exit::Found => refusal.text.clone(),
        _ => match message_columns(environment) {
            Some(columns) => {
                let lines = visible_lines(&refusal.text);
                lines.split('\n').map(|line| prose::wrapped(line, columns)).collect::<Vec<_>>().join("\n")
            }
            None => refusal.text.clone(),
        },
    };
    if refusal.exit != Exit::Found {
        // Nobody is left to hear that this failed.
        let _ = std::io::stderr().write_all(text.as_bytes());
        return refusal.exit;
    }
    let mut out = output::standard_output();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()).context(messages::CANNOT_WRITE) {
        Ok(()) => Exit::Found,
        Err(error) => {
            to_standard_error(&messages::error(&messages::chain(&error)), environment);
            Exit::Error
        }
    }
}
