//! What the words of a query are taken for: synonyms, stop words and protected words, out of flags and files of settings.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use limier::{Search, Synonyms};

use crate::config::{Line, Settings};
use crate::messages;
use crate::notes::Notes;
use crate::options::WordingOptions;

/// Bytes of a file of synonyms that are read: more than the library takes, so that it says so.
const MAX_BYTES: u64 = 5 << 20;

/// Lines that make no sense are told so often, the rest is counted.
const MAX_TOLD: usize = 5;

/// The lists that flags and the user's file name; those of folders come to them.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Rules of synonyms, each group with its file.
    synonyms: Vec<(String, Vec<Line>)>,
    stop_words: Vec<String>,
    protected_words: Vec<String>,
}

/// What every search of a run is told of words.
#[derive(Debug, Default)]
pub(crate) struct Wording {
    synonyms: Synonyms,
    stop_words: Vec<String>,
    protected_words: Vec<String>,
}

impl Lists {
    /// Reads what the options name.
    ///
    /// # Errors
    /// When a file cannot be read, or is not UTF-8.
    pub(crate) fn read(options: &WordingOptions) -> Result<Lists> {
        let mut lists = Lists::default();
        let user = &options.of_user;
        for path in options.synonyms.iter().chain(&user.synonyms_file) {
            let text = text_of(path).with_context(|| messages::cannot_read_file(path))?;
            let lines = (1..).zip(text.lines()).map(|(line, text)| Line { line, text: text.to_owned() });
            lists.synonyms.push((path.display().to_string(), lines.collect()));
        }
        lists.add(user);
        Ok(lists)
    }

    fn add(&mut self, settings: &Settings) {
        if !settings.synonyms.is_empty() {
            self.synonyms.push((settings.file.display().to_string(), settings.synonyms.clone()));
        }
        self.stop_words.extend_from_slice(&settings.stop_words);
        self.protected_words.extend_from_slice(&settings.protected_words);
    }

    /// Adds what the files of folders say; rules that make no sense are notes.
    pub(crate) fn in_folders(&self, folders: &[Settings], notes: &mut Notes) -> Wording {
        let mut lists = Lists {
            synonyms: self.synonyms.clone(),
            stop_words: self.stop_words.clone(),
            protected_words: self.protected_words.clone(),
        };
        folders.iter().for_each(|settings| lists.add(settings));
        let places: Vec<(&str, &Line)> =
            lists.synonyms.iter().flat_map(|(file, lines)| lines.iter().map(|line| (file.as_str(), line))).collect();
        let text: Vec<&str> = places.iter().map(|(_, line)| line.text.as_str()).collect();
        let synonyms = Synonyms::parse(&text.join("\n"));
        for issue in synonyms.issues().iter().take(MAX_TOLD) {
            let place = issue.line.checked_sub(1).and_then(|at| places.get(at));
            let (file, line) = place.map_or(("", issue.line), |(file, line)| (*file, line.line));
            notes.push("synonyms", messages::synonyms::issue(file, line, issue));
        }
        if synonyms.issues().len() > MAX_TOLD {
            notes.push("synonyms", messages::synonyms::and_more(synonyms.issues().len() - MAX_TOLD));
        }
        Wording { synonyms, stop_words: lists.stop_words, protected_words: lists.protected_words }
    }
}

impl Wording {
    /// Sets a search up.
    pub(crate) fn told<'i>(&self, mut search: Search<'i>) -> Search<'i> {
        if !self.synonyms.is_empty() {
            search = search.synonyms(&self.synonyms);
        }
        search.stop_words(&self.stop_words).protected_words(&self.protected_words)
    }
}

/// Reads a text that must be UTF-8; what lies beyond the bound is cut at a line.
fn text_of(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == MAX_BYTES {
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        bytes.truncate(end);
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        anyhow!(messages::not_utf8(1 + before.iter().filter(|byte| **byte == b'\n').count()))
    })
}
