//! `limier -i`: searching as one types.
//!
//! Three parts: `state` knows what is typed and shown, and what each key does; `worker` searches on a thread of its own, the
//! newest question first; `draw` makes a picture of the state. `terminal` holds the terminal and gives it back, `open` hands
//! an article to a pager or an editor.

mod draw;
mod line;
mod open;
mod rows;
mod state;
mod terminal;
mod worker;

use std::io::Write as _;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use ratatui::crossterm::event;

use crate::context::Context;
use crate::exit::Exit;
use crate::interrupt::Interruptible;
use crate::messages::{self, interactive as words};
use crate::notes::Notes;
use crate::opening::{self, Asked, Purpose};
use crate::options::{InteractiveOptions, Order};
use crate::output::standard_output;
use crate::paths::Shown;
use crate::place::{self, is_standard_input};
use crate::wording::Lists;
use state::{Act, State};
use terminal::Terminal;
use worker::{Answer, Mailbox, Searched};

/// How long a key may wait for the next look at answers while the worker is busy.
const BUSY: Duration = Duration::from_millis(4);

/// How long nothing is looked at while nothing happens, except keys; signals wait no longer than this.
const IDLE: Duration = Duration::from_millis(150);

pub(crate) fn run(options: &InteractiveOptions, context: &Context) -> Result<Exit> {
    let environment = &context.environment;
    if environment.dumb || !(environment.stdout_is_terminal || environment.stderr_is_terminal) {
        bail!(words::NO_TERMINAL);
    }
    if is_standard_input(&options.place.paths)? {
        bail!(words::NO_STANDARD_INPUT);
    }
    let mut notes = Notes::default();
    let lists = Lists::read(&options.wording)?;
    let resolved = place::resolve(&options.place, environment, &mut notes)?;
    let asked = Asked {
        purpose: Purpose::Search,
        refresh: options.refresh,
        build: &options.build,
        reading: &options.place.reading,
    };
    let shown = Shown::new(&resolved.roots);
    let chosen = opening::with_index(&resolved, &asked, context, &mut notes, |ready, notes| {
        let wording = lists.in_folders(&ready.folders, notes);
        let within = if ready.is_narrowed { &resolved.roots[..] } else { &[] };
        // From here on signals are the session's own business: it gives the terminal back first.
        let _signals = Interruptible::begin();
        session(Searched { index: &ready.index, within, wording: &wording }, options.order, context, &shown)
    })?;
    notes.print(environment);
    let Some(path) = chosen else {
        // A program that waits for a path is told that there is none.
        return Ok(if environment.stdout_is_terminal { Exit::Found } else { Exit::Nothing });
    };
    let mut out = standard_output();
    writeln!(out, "{}", context.screen.line(&path)).and_then(|()| out.flush()).context(messages::CANNOT_WRITE)?;
    Ok(Exit::Found)
}

/// Closes the mailbox when the session ends in whatever way, so that its worker ends, too.
struct Closing<'m>(&'m Mailbox);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Runs until the person leaves; returns the path that was chosen to be printed.
fn session(searched: Searched<'_>, order: Order, context: &Context, shown: &Shown) -> Result<Option<String>> {
    let mailbox = Mailbox::default();
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        let _closing = Closing(&mailbox);
        scope.spawn(|| worker::serve(&mailbox, searched, &sender));
        let mut state = State::new(context, shown, searched.index.articles(), order);
        let mut terminal = Terminal::enter(&context.environment)?;
        attend(&mut state, &mut terminal, &mailbox, &answers, context)
    })
}

/// Attends to keys, answers and signals.
fn attend(
    state: &mut State<'_>,
    terminal: &mut Terminal,
    mailbox: &Mailbox,
    answers: &Receiver<Answer>,
    context: &Context,
) -> Result<Option<String>> {
    loop {
        loop {
            match answers.try_recv() {
                Ok(answer) => state.take(answer),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => bail!(words::NO_WORKER),
            }
        }
        if state.needs_picture() {
            terminal.draw(|frame| draw::picture(state, frame))?;
        }
        if let Some(question) = state.question() {
            mailbox.ask(question);
        }
        if let Some(signal) = terminal.signal() {
            return terminal.end_by(signal);
        }
        let patience = if state.is_waiting() { BUSY } else { IDLE };
        // All that lies there is read before anything is asked: a pasted text is one question.
        let mut patience = Some(patience);
        while let Some(wait) = patience.take() {
            if !terminal::poll(wait)? {
                break;
            }
            match state.handle(event::read()?) {
                Act::Stay => patience = Some(Duration::ZERO),
                Act::Leave => return Ok(None),
                Act::Print(path) => return Ok(Some(path)),
                Act::Stop => terminal.stop()?,
                Act::Open(opener) => {
                    let outcome = terminal.lend(|| open::article(state.shown_article(), opener, context));
                    state.told(outcome?);
                }
            }
        }
    }
}
