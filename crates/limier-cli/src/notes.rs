//! What a run has to say beside its results: a code for programs, and a text for people.

use std::collections::BTreeMap;
use std::io::Write;

use limier::ingest::Skipped;
use limier::{Note as LibraryNote, RefreshReport};
use serde::Serialize;

use crate::environment::Environment;
use crate::messages::{self, query as words, skipped as told};
use crate::paths::Shown;
use crate::print::prose;
use crate::print::sanitize::visible_line;
use crate::print::screen::message_columns;

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Note {
    pub(crate) code: &'static str,
    pub(crate) text: String,
    /// Whether a person who was told before must be told: programs are told each time.
    #[serde(skip)]
    is_news: bool,
}

/// Places named in one note, beyond which they are only counted.
const MAX_PLACES: usize = 3;

/// Types of files named in one note.
const MAX_TYPES: usize = 8;

/// All that a run has to say, in the order in which it happened.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    notes: Vec<Note>,
}

impl Notes {
    pub(crate) fn push(&mut self, code: &'static str, text: impl Into<String>) {
        self.notes.push(Note { code, text: text.into(), is_news: true });
    }

    /// Adds what a search says of its query.
    pub(crate) fn extend_from(&mut self, query: &str, notes: &[LibraryNote]) {
        for note in notes {
            let text = worded(query, note);
            // Five parentheses without partner are one thing to say.
            if !self.notes.iter().any(|known| known.code == note.code() && known.text == text) {
                self.push(note.code(), text);
            }
        }
    }

    /// Adds what a search says of one of several queries.
    pub(crate) fn extend_from_one_of(&mut self, id: &str, query: &str, notes: &[LibraryNote]) {
        for note in notes {
            self.push(note.code(), messages::queries::of(id, &worded(query, note)));
        }
    }

    /// Adds all of `others`.
    pub(crate) fn append(&mut self, mut others: Notes) {
        self.notes.append(&mut others.notes);
    }

    /// Adds what a refresh left out; `in_full` tells a person each time, not only when something was read.
    pub(crate) fn extend_from_report(&mut self, report: &RefreshReport, shown: &Shown, in_full: bool) {
        let is_news = in_full || report.added + report.modified + report.deleted > 0;
        self.extend_from_skipped(&report.skipped, &|path| shown.path(path), is_news);
        // What is not read is told once: a folder of pictures would say so at every search.
        let is_first = report.added > 0 && report.unchanged == 0;
        if in_full || is_first {
            self.extend_from_counts(&report.unknown_types, if in_full { report.links } else { 0 });
        }
    }

    /// Adds how many files of each type were not read, and how many links were not followed.
    pub(crate) fn extend_from_counts(&mut self, unknown_types: &BTreeMap<String, u64>, links: u64) {
        if !unknown_types.is_empty() {
            let mut types: Vec<(&str, u64)> =
                unknown_types.iter().map(|(extension, count)| (extension.as_str(), *count)).collect();
            types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let others = types.iter().skip(MAX_TYPES).map(|(_, count)| count).sum();
            types.truncate(MAX_TYPES);
            self.push("unknown-types", messages::skipped::types(&types, others));
        }
        if links > 0 {
            self.push("links", messages::skipped::links(links));
        }
    }

    /// Adds what was left out, one note a reason; what differs from place to place is told of each.
    pub(crate) fn extend_from_skipped(&mut self, skipped: &[Skipped], shown: &dyn Fn(&str) -> String, is_news: bool) {
        let mut by_reason: BTreeMap<(&'static str, String), Vec<&Skipped>> = BTreeMap::new();
        for skipped in skipped {
            by_reason.entry((skipped.skip.code(), told::what(&skipped.skip))).or_default().push(skipped);
        }
        for ((code, what), all) in by_reason {
            let Some(first) = all.first().map(|first| told::detail(&first.skip)) else { continue };
            let is_same = all.iter().all(|skipped| told::detail(&skipped.skip) == first);
            let place = |skipped: &&Skipped| {
                let path = shown(&skipped.path);
                let place = skipped.skip.line().map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
                if is_same { place } else { told::detailed(&place, &told::detail(&skipped.skip)) }
            };
            let places: Vec<String> = all.iter().take(MAX_PLACES).map(place).collect();
            let more = all.len().saturating_sub(MAX_PLACES) as u64;
            let what = if is_same { told::detailed(&what, &first) } else { what };
            self.notes.push(Note { code, text: told::told(&what, &places, more), is_news });
        }
    }

    pub(crate) fn as_slice(&self) -> &[Note] {
        &self.notes
    }

    /// Writes the notes to standard error, one a line.
    pub(crate) fn print(&self, environment: &Environment) {
        for note in self.notes.iter().filter(|note| note.is_news) {
            to_standard_error(&messages::note(&note.text), environment);
        }
    }
}

/// Writes one line to standard error, wrapped where that is a terminal; nobody is left to hear that this failed.
pub(crate) fn to_standard_error(line: &str, environment: &Environment) {
    let line = match message_columns(environment) {
        Some(columns) => prose::wrapped(&visible_line(line), columns),
        None => line.to_owned(),
    };
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn worded(query: &str, note: &LibraryNote) -> String {
    match note {
        LibraryNote::Query { issue, start, end } => {
            let part = query.get(*start..*end).unwrap_or(query);
            match *issue {
                "unbalanced-quote" => words::unbalanced_quote(),
                "unbalanced-parenthesis" => words::unbalanced_parenthesis(),
                "lonely-operator" => words::lonely_operator(part),
                "unknown-field" => words::unknown_field(part),
                "empty-field" => words::empty_field(part),
                "spaced-field" => words::spaced_field(part),
                "unknown-sign" => words::unknown_sign(part),
                "sign-in-phrase" => words::sign_in_phrase(part),
                "bad-date" => words::bad_date(part),
                "too-deep" => words::too_deep(),
                "too-long" => words::too_long(),
                _ => words::other_issue(part),
            }
        }
        LibraryNote::NoWords => words::no_words(),
        LibraryNote::OnlyNegation => words::only_negation(),
        LibraryNote::OnlyStopWords => words::only_stop_words(),
        LibraryNote::Mended { word, by } => words::mended(word, by),
        LibraryNote::DidYouMean { word, suggestions } => words::did_you_mean(word, suggestions),
        LibraryNote::TooManyTerms { word, searched } => words::too_many_terms(word, *searched),
        LibraryNote::TimeLimit => words::time_limit(),
        LibraryNote::TooManySynonyms { word, searched } => words::too_many_synonyms(word, *searched),
        LibraryNote::SameText { ids } => messages::same_text(ids),
        // A note of a later library: its code says something, silence would not.
        other => other.code().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use limier::ingest::Skip;

    use super::*;
    use crate::messages::{Language, in_language};

    fn texts(skipped: &[Skipped]) -> Vec<String> {
        let mut notes = Notes::default();
        in_language(Language::English, || notes.extend_from_skipped(skipped, &|path| path.to_owned(), true));
        notes.notes.into_iter().map(|note| note.text).collect()
    }

    #[test]
    fn a_reason_is_never_told_of_a_place_that_has_another() {
        let unreadable = |path: &str, error: &str| Skipped::new(path, Skip::Unreadable { error: error.to_owned() });
        let same = [unreadable("a", "denied"), unreadable("b", "denied")];
        assert_eq!(texts(&same), ["skipped, it cannot be read (denied): a, b"]);
        let different =
            [unreadable("a", "denied"), unreadable("b", "gone"), unreadable("c", "x"), unreadable("d", "y")];
        assert_eq!(texts(&different), ["skipped, it cannot be read: a (denied), b (gone), c (x) and 1 more"]);
        let too_large = |path: &str, limit| Skipped::new(path, Skip::TooLarge { bytes: 9, limit });
        let told = texts(&[too_large("a", 1 << 10), too_large("b", 2 << 10)]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].ends_with(": a") && told[1].ends_with(": b"), "{told:?}");
        let broken = |line| Skip::BrokenRecord { line, column: 4, error: format!("at {line}") };
        let records =
            [Skipped::new("a", broken(3)), Skipped::new("a", broken(5)), Skipped::new("a", Skip::More { count: 8 })];
        assert_eq!(
            texts(&records),
            ["line skipped, it is no JSON object: a:3 (at 3), a:5 (at 5)", "more was left out (8): a"]
        );
    }
}
