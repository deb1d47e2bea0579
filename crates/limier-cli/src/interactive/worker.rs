//! The thread that searches: the newest question is answered, and those that it overtook are not.

use std::ops::Range;
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use limier::{Facet, Hit, Hits, Index, PassageOptions, Sort};

use super::rows::{self, Row};
use crate::messages;
use crate::notes::Notes;
use crate::options::Order;
use crate::paths::Root;
use crate::wording::Wording;

/// Hits that are listed.
const LIMIT: usize = 100;

/// Passages that are marked in a preview.
const PASSAGES: usize = 3;

/// Where is searched, and how.
#[derive(Clone, Copy)]
pub(super) struct Searched<'s> {
    pub(super) index: &'s Index,
    /// Paths that narrow the answer; none for all.
    pub(super) within: &'s [Root],
    pub(super) wording: &'s Wording,
}

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) query: String,
    pub(super) order: Order,
    /// What all hits are counted by.
    pub(super) facet: Option<Facet>,
}

/// One question; an answer carries its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Search { number: u64, search: Search },
    Preview { number: u64, search: Search, is_finished: bool, place: usize, width: usize },
}

/// What the worker found.
pub(super) enum Answer {
    Found { number: u64, is_finished: bool, hits: Hits, notes: Vec<String>, elapsed: Duration },
    Preview { number: u64, preview: Box<Preview> },
    Failed { number: u64, text: String },
}

/// An article to look at.
#[derive(Debug)]
pub(super) struct Preview {
    pub(super) hit: Hit,
    /// What is lit in the body, in bytes.
    pub(super) lights: Vec<Range<usize>>,
    pub(super) rows: Vec<Row>,
    /// The row to begin with.
    pub(super) first: usize,
}

/// Where questions wait: one of each sort, the newest.
#[derive(Default)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    bell: Condvar,
}

#[derive(Default)]
struct Waiting {
    search: Option<Question>,
    preview: Option<Question>,
    is_closed: bool,
}

impl Mailbox {
    /// Puts a question in the place of the one that waits; a search overtakes the preview of the one before it.
    pub(super) fn ask(&self, question: Question) {
        let mut waiting = self.lock();
        match question {
            Question::Search { .. } => {
                waiting.search = Some(question);
                waiting.preview = None;
            }
            Question::Preview { .. } => waiting.preview = Some(question),
        }
        self.bell.notify_one();
    }

    /// Ends the worker once it has answered what it is at.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.bell.notify_one();
    }

    /// Waits for a question; `None` when the mailbox is closed.
    fn next(&self) -> Option<Question> {
        let mut waiting = self.lock();
        loop {
            if waiting.is_closed {
                return None;
            }
            if let Some(question) = waiting.search.take().or_else(|| waiting.preview.take()) {
                return Some(question);
            }
            waiting = self.bell.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Tells whether a newer search waits, so that what is being made is in vain.
    fn is_overtaken(&self) -> bool {
        let waiting = self.lock();
        waiting.is_closed || waiting.search.is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers until the mailbox is closed, or nobody listens.
pub(super) fn serve(mailbox: &Mailbox, searched: Searched<'_>, answers: &Sender<Answer>) {
    while let Some(question) = mailbox.next() {
        let Some(answer) = answered(&question, mailbox, searched) else { continue };
        if answers.send(answer).is_err() {
            return;
        }
    }
}

fn answered(question: &Question, mailbox: &Mailbox, searched: Searched<'_>) -> Option<Answer> {
    let (number, outcome) = match question {
        Question::Search { number, search } => (*number, found(*number, search, searched)),
        Question::Preview { number, search, is_finished, place, width } => {
            let search = set_up(search, *is_finished, searched);
            let hit = search
                .clone()
                .limit(1)
                .offset(*place)
                .passages(PassageOptions::new().count(PASSAGES))
                .run()
                .map(|hits| hits.into_iter().next());
            if mailbox.is_overtaken() {
                return None;
            }
            let preview = hit.and_then(|hit| hit.map(|hit| preview(&search, hit, *width)).transpose());
            match preview {
                // Nothing stands at this place any more: there is nothing to show.
                Ok(preview) => (*number, Ok(Answer::Preview { number: *number, preview: Box::new(preview?) })),
                Err(error) => (*number, Err(error)),
            }
        }
    };
    Some(outcome.unwrap_or_else(|error| Answer::Failed { number, text: messages::chain(&error.into()) }))
}

fn found(number: u64, search: &Search, searched: Searched<'_>) -> Result<Answer, limier::Error> {
    let began = Instant::now();
    let mut is_finished = false;
    let listed =
        |is_finished| set_up(search, is_finished, searched).facets(search.facet).limit(LIMIT).without_passages().run();
    let mut hits = listed(is_finished)?;
    if hits.is_empty() {
        // What is typed so far begins no word: it is read as a word, with the slip that there may be in it.
        is_finished = true;
        hits = listed(is_finished)?;
    }
    let elapsed = began.elapsed();
    let mut notes = Notes::default();
    if is_finished {
        notes.extend_from(&search.query, hits.notes());
    }
    let notes = notes.as_slice().iter().map(|note| note.text.clone()).collect();
    Ok(Answer::Found { number, is_finished, hits, notes, elapsed })
}

fn preview(search: &limier::Search<'_>, hit: Hit, width: usize) -> Result<Preview, limier::Error> {
    let lights = search.highlight(hit.article().get_body())?;
    let (rows, first) = rows::of_body(hit.article(), &lights, hit.passages(), width);
    Ok(Preview { hit, lights, rows, first })
}

/// Sets a search up; while a query is not finished its last word may go on, and nothing in it is mended.
fn set_up<'i>(search: &Search, is_finished: bool, searched: Searched<'i>) -> limier::Search<'i> {
    let query = if is_finished { search.query.clone() } else { unfinished(&search.query) };
    let is_as_typed = query == search.query;
    let set_up = searched.wording.told(searched.index.search(&query)).mend(is_as_typed).sort(match search.order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    });
    match searched.within {
        [] => set_up,
        within => set_up.within(within.iter().map(|root| &root.canonical)),
    }
}

/// Reads the last word as one that may go on: `artistes rému` also finds `artistes rémunérés`.
///
/// Only among plain words; whoever writes an operator means what is written.
fn unfinished(query: &str) -> String {
    /// A beginning that is shorter stands for too much.
    const SHORTEST: usize = 3;
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "'’-".contains(c);
    let last = query.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_word = last.chars().count() >= SHORTEST && last.chars().all(char::is_alphabetic);
    let is_operator = last.chars().all(char::is_uppercase);
    if !query.chars().all(is_plain) || !is_word || is_operator {
        return query.to_owned();
    }
    let before = query.strip_suffix(last).unwrap_or_default();
    format!("{before}({last} OU {last}*)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_plain_word_may_go_on() {
        for (typed, searched) in [
            ("artistes rému", "artistes (rému OU rému*)"),
            ("avion", "(avion OU avion*)"),
            ("av", "av"),
            ("avion ", "avion "),
            ("l'avion", "l'avion"),
            ("\"lettre ouv", "\"lettre ouv"),
            ("+Orly mus", "+Orly mus"),
            ("avion SAUF", "avion SAUF"),
            ("titre:ora", "titre:ora"),
            ("", ""),
        ] {
            assert_eq!(unfinished(typed), searched);
        }
    }

    fn question(number: u64, query: &str) -> Question {
        Question::Search { number, search: Search { query: query.to_owned(), order: Order::Relevance, facet: None } }
    }

    #[test]
    fn the_newest_question_is_answered_and_no_other() {
        let mailbox = Mailbox::default();
        let search = Search { query: "a".to_owned(), order: Order::Relevance, facet: None };
        mailbox.ask(question(1, "a"));
        mailbox.ask(Question::Preview { number: 2, search, is_finished: false, place: 0, width: 40 });
        assert!(mailbox.is_overtaken());
        mailbox.ask(question(3, "ab"));
        assert_eq!(mailbox.next(), Some(question(3, "ab")));
        assert!(!mailbox.is_overtaken());
        mailbox.close();
        assert_eq!(mailbox.next(), None);
    }

    #[test]
    fn a_search_and_its_preview_are_answered() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer
            .add(limier::Article::new("1").title("Orly").source("Le Bocage").body("Un avion a décollé d'Orly."))
            .unwrap();
        writer.commit().unwrap();
        let searched = Searched { index: &index, within: &[], wording: &Wording::default() };
        let mailbox = Mailbox::default();
        let search = Search { query: "avi".to_owned(), order: Order::Relevance, facet: None };
        let answer = answered(&Question::Search { number: 1, search: search.clone() }, &mailbox, searched);
        assert!(matches!(answer, Some(Answer::Found { number: 1, is_finished: false, hits, .. }) if hits.len() == 1));
        let counted = Search { facet: Some(Facet::Source), ..search.clone() };
        let answer = answered(&Question::Search { number: 1, search: counted }, &mailbox, searched);
        let Some(Answer::Found { hits, .. }) = answer else { panic!("nothing found") };
        assert_eq!(hits.facets()[0].counts[0].value, "Le Bocage");
        let slip = Search { query: "avoin".to_owned(), order: Order::Relevance, facet: None };
        let answer = answered(&Question::Search { number: 1, search: slip }, &mailbox, searched);
        let Some(Answer::Found { is_finished: true, hits, notes, .. }) = answer else { panic!("not mended") };
        assert!(hits.len() == 1 && notes.len() == 1, "{notes:?}");
        let preview =
            |place| Question::Preview { number: 2, search: search.clone(), is_finished: false, place, width: 40 };
        let answer = answered(&preview(0), &mailbox, searched);
        assert!(matches!(answer, Some(Answer::Preview { preview, .. }) if preview.rows[0].is_passage));
        assert!(answered(&preview(1), &mailbox, searched).is_none());
        let settings = crate::config::Settings {
            synonyms: vec![crate::config::Line { line: 1, text: "aéronef, avion".to_owned() }],
            ..Default::default()
        };
        let wording = crate::wording::Lists::default().in_folders(&[settings], &mut Notes::default());
        let with_synonyms = Searched { wording: &wording, ..searched };
        for (searched, count) in [(searched, 0), (with_synonyms, 1)] {
            let answer = answered(&question(1, "aéronef"), &mailbox, searched);
            assert!(matches!(answer, Some(Answer::Found { hits, .. }) if hits.len() == count));
        }
        mailbox.ask(question(3, "avio"));
        assert!(answered(&preview(0), &mailbox, searched).is_none());
    }
}
