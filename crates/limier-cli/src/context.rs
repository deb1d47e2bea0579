//! What every command needs to know of where it runs.

use std::time::Instant;

use crate::color::ColorChoice;
use crate::environment::Environment;
use crate::print::screen::Screen;

#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) environment: Environment,
    pub(crate) screen: Screen,
    /// When the program began.
    pub(crate) started: Instant,
}

impl Context {
    pub(crate) fn new(
        environment: Environment,
        color: ColorChoice,
        hyperlink: ColorChoice,
        started: Instant,
    ) -> Context {
        let screen = Screen::standard_output(&environment, color, hyperlink);
        Context { environment, screen, started }
    }
}
