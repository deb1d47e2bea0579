//! How much memory indexing takes: each engine in a process of its own, which holds one text at a time.

use std::path::Path;

use anyhow::Result;

use crate::engine::ENGINES;
use crate::once::{self, Options};
use crate::section::{Better, Section};
use crate::source::Source;
use crate::stats::median;

/// Measures every engine at one and two threads; `None` where the system does not tell.
pub(crate) fn measure(program: &Path, source: &Source, rounds: usize) -> Result<Option<Section>> {
    let names: Vec<&'static str> = ENGINES.iter().map(|engine| engine.name()).collect();
    let mut section = Section::new("memory", &names);
    for threads in [1, 2] {
        let mut peaks = vec![Vec::new(); ENGINES.len()];
        for _ in 0..rounds.max(1) {
            for (engine, peaks) in ENGINES.iter().zip(&mut peaks) {
                let options = Options { engine: *engine, threads, source: source.clone(), reads_first: false };
                let cost = once::ask(program, &options)?;
                let Some(bytes) = cost.bytes else { return Ok(None) };
                peaks.push(bytes as f64 / 1e6);
            }
        }
        let measure = format!("peak anonymous memory, {threads} thread{}", if threads == 1 { "" } else { "s" });
        section.row(measure, "MB", Better::Lower, peaks.iter().map(|peaks| median(peaks)).collect());
    }
    Ok(Some(section))
}
