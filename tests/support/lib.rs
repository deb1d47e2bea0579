//! Helpers shared by the end-to-end tests: a folder of one's own, runs of the built program, judged queries.
//!
//! A failure panics with what was run and what came of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod judged;
mod run;
mod sandbox;
mod shared;
#[cfg(unix)]
mod terminal;
mod tmux;

pub use judged::{Judged, failures, read_expected, read_judged, surprises};
pub use run::Run;
pub use sandbox::Sandbox;
pub use shared::{project, shared};
pub use tmux::Tmux;
