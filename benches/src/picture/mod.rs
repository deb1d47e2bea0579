//! `limier-bench picture`: what the program shows in a terminal, as an image.

mod screen;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};

use self::screen::{Cell, Screen, Style};
#[cfg(unix)]
use crate::pseudo;
use crate::svg::Svg;
use crate::terminal;

/// What to draw.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The arguments of limier.
    pub(crate) arguments: Vec<OsString>,
    /// The program; by default `limier` beside this one.
    pub(crate) program: Option<PathBuf>,
    /// Where it runs; by default here.
    pub(crate) folder: Option<PathBuf>,
    /// Runs once before, so that no first indexing is in the picture.
    pub(crate) indexed: bool,
    /// Columns of the terminal.
    pub(crate) columns: u16,
    /// The image; without one, it goes to standard output.
    pub(crate) out: Option<PathBuf>,
}

/// Pixels of a character, and around all.
const CHARACTER: (f64, f64) = (8.4, 19.0);
const MARGIN: f64 = 16.0;

const LIGHT: &str = "text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  fill: #1f2328; white-space: pre }
.ground { fill: #ffffff; stroke: #d1d9e0 }
.bold { font-weight: 700 } .italic { font-style: italic } .underline { text-decoration: underline }
.dim { fill: #59636e }
.c1 { fill: #cf222e } .c2 { fill: #116329 } .c3 { fill: #9a6700 } .c4 { fill: #0969da } .c5 { fill: #8250df }
.c6 { fill: #1b7c83 } .c0, .c7 { fill: #59636e }";

const DARK: &str = "text { fill: #f0f6fc }
.ground { fill: #0d1117; stroke: #3d444d }
.dim { fill: #9198a1 }
.c1 { fill: #ff7b72 } .c2 { fill: #3fb950 } .c3 { fill: #d29922 } .c4 { fill: #58a6ff } .c5 { fill: #bc8cff }
.c6 { fill: #39c5cf } .c0, .c7 { fill: #9198a1 }";

/// Runs limier on a pseudo-terminal, with a cache of its own, and draws the command line and all that it showed.
///
/// # Errors
/// The system has no pseudo-terminals, the program cannot be run or ends by a signal, or the image cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let program = terminal::program(options.program.as_deref())?;
    let home = tempfile::tempdir()?;
    let command = || {
        let mut command = std::process::Command::new(&program);
        command.args(&options.arguments).env("TERM", "xterm-256color");
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "PAGER"] {
            command.env_remove(variable);
        }
        if let Some(folder) = &options.folder {
            command.current_dir(folder);
        }
        terminal::at_home(&mut command, home.path());
        command
    };
    if options.indexed {
        show(command(), options.columns)?;
    }
    let shown = show(command(), options.columns)?;

    let typed: Vec<String> = options.arguments.iter().map(|argument| quoted(&argument.to_string_lossy())).collect();
    let mut screen = Screen::new(options.columns);
    screen.write(format!("\x1b[2m$\x1b[0m limier {}\n", typed.join(" ")).as_bytes());
    screen.write(&shown);
    let image = draw(&screen.rows(), options.columns);
    match &options.out {
        Some(path) => fs::write(path, image).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(out.write_all(image.as_bytes())?),
    }
}

#[cfg(unix)]
fn show(command: std::process::Command, columns: u16) -> Result<Vec<u8>> {
    pseudo::run(command, columns)
}

#[cfg(not(unix))]
fn show(_: std::process::Command, _: u16) -> Result<Vec<u8>> {
    anyhow::bail!("pictures need a pseudo-terminal, which this system does not have")
}

/// Returns an argument as it is typed in a shell.
fn quoted(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,=:+~".contains(c);
    match argument {
        "" => "''".to_owned(),
        plain if plain.chars().all(is_plain) => plain.to_owned(),
        double if !double.contains(['"', '$', '`', '\\', '!']) => format!("\"{double}\""),
        other => format!("'{}'", other.replace('\'', "'\\''")),
    }
}

/// Draws rows of cells.
fn draw(rows: &[Vec<Cell>], columns: u16) -> String {
    let width = f64::from(columns) * CHARACTER.0 + 2.0 * MARGIN;
    let height = rows.len() as f64 * CHARACTER.1 + 2.0 * MARGIN;
    let mut svg = Svg::new(width, height, "limier in a terminal", LIGHT, DARK);
    svg.rectangle(0.5, 0.5, width - 1.0, height - 1.0, "ground", 8.0);
    for (number, row) in rows.iter().enumerate() {
        let y = MARGIN + (number as f64 + 0.75) * CHARACTER.1;
        let mut column = 0;
        for run in row.chunk_by(|a, b| a.style == b.style) {
            let text: String = run.iter().map(|cell| cell.text.as_str()).collect();
            let wide: usize = run.iter().map(|cell| cell.width).sum();
            // Blanks at the ends are places, not text: not every reader of SVG keeps them.
            let kept = text.trim_matches(' ');
            let before = text.len() - text.trim_start_matches(' ').len();
            let after = text.len() - text.trim_end_matches(' ').len();
            if !kept.is_empty() {
                let class = run.first().map_or(String::new(), |cell| class(cell.style));
                let begin = MARGIN + (column + before) as f64 * CHARACTER.0;
                svg.text_of_width(begin, y, (wide - before - after) as f64 * CHARACTER.0, &class, kept);
            }
            column += wide;
        }
    }
    svg.finish()
}

fn class(style: Style) -> String {
    let mut names: Vec<String> = Vec::new();
    let flags = [(style.bold, "bold"), (style.dim, "dim"), (style.italic, "italic"), (style.underline, "underline")];
    names.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, name)| (*name).to_owned()));
    names.extend(style.color.map(|color| format!("c{}", color % 8)));
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_style_are_one_text_at_its_column() {
        let mut screen = Screen::new(40);
        screen.write("ab \x1b[1;31mçà\x1b[0m <x>\n\n  fin\n".as_bytes());
        let image = draw(&screen.rows(), 40);
        assert!(image.contains("class=\"bold c1\" textLength=\"16.8\""), "{image}");
        assert!(image.contains(">çà</text>") && image.contains(">&lt;x&gt;</text>"), "{image}");
        let lit = image.lines().find(|line| line.contains("çà")).unwrap();
        assert!(lit.contains("x=\"41.2\""), "{lit}");
        let last = image.lines().find(|line| line.contains(">fin<")).unwrap();
        assert!(last.contains("x=\"32.8\"") && last.contains("textLength=\"25.2\""), "{last}");
        assert_eq!(image.matches("<text").count(), 4, "{image}");
    }

    #[test]
    fn arguments_are_shown_as_they_are_typed() {
        let shown: Vec<String> = ["corpus/a.txt", "deux mots", "\"lettre ouverte\" $x", "l'eau", ""].map(quoted).into();
        assert_eq!(shown, ["corpus/a.txt", "\"deux mots\"", "'\"lettre ouverte\" $x'", "\"l'eau\"", "''"]);
    }
}
