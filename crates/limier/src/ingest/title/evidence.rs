//! What speaks for a line being the title: where it stands, and what the lines around it and the text say.
//!
//! No single sign decides: sites differ in all of them. The weights are set by hand, in the order of how rarely a sign
//! errs.

use std::collections::HashSet;

use super::super::noise::{self, fold};
use super::super::{byline, dates};
use super::letters;
use super::lines::{Form, Head, Line, count_words, ends_a_sentence};

/// So many bytes of the text are compared with the lines before it, and so many are its beginning.
const TEXT_BYTES: usize = 6000;
const BEGINNING_BYTES: usize = 600;

/// A line of fewer bytes that does not end as a sentence does is none of the text's.
const SENTENCE_BYTES: usize = 60;

/// Says the name of the file: people and programs name files after titles.
const NAME: f32 = 3.0;
/// Ends the way to the page, or begins the title of the window: `Accueil > Loisirs > Camping`, `Camping - Le Fil`.
const NAMED_BY_PAGE: f32 = 4.0;
/// A date, an author or ways to share follow; divided among all lines of which that is true, as in a list of news.
const STAMPED: f32 = 1.5;
/// Opens the file; opens it, though the text has none of its words; opens it behind nothing but what pages put beside titles.
const FIRST: f32 = 2.0;
const FIRST_UNSAID: f32 = 0.8;
const FIRST_BUT_STAMPS: f32 = 0.5;
/// All of its words stand in the beginning of the text; further down, a word counts half.
const SAID: f32 = 2.0;
/// Each of its words that stands in the text, up to so many.
const SAID_WORD: f32 = 0.1;
const SAID_WORDS: f32 = 10.0;
/// None of its words stands in the text, nor is it named by the page.
const UNSAID: f32 = -1.0;
/// The text begins with the very line, or a longer line of the head does.
const BEGINS_TEXT: f32 = 1.5;
/// Stands between blank lines.
const ALONE: f32 = 1.0;
/// Of four words or more.
const WORDS: f32 = 1.0;
/// Stands right above the text, and what each line between takes away of it, down to nothing and as much below.
const NEAR: f32 = 1.0;
const APART: f32 = 0.3;
/// Stands below a sentence, each, which may belong to a banner; more than so many are the text.
const BELOW_TEXT: f32 = -1.0;
const SENTENCES: usize = 3;
/// Of so few words, it may be an entry of a menu: another follows, or stands before. Two may follow the name of the site.
const ENTRY_WORDS: usize = 3;
const ENTRY_FOLLOWS: f32 = -1.0;
const ENTRY_BEFORE: f32 = -0.5;
/// Stands among headlines without a blank line between.
const HEADLINES: f32 = -1.0;
/// Follows a line that reads as a title: it may sum the article up.
const FOLLOWS_TITLE: f32 = -0.6;
/// Describes a picture, by the day in it or by the line below; or is one of the news in short, with its time.
const CAPTION: f32 = -1.5;
/// Stands under a heading such as `À lire aussi`.
const ELSEWHERE: f32 = -2.0;
/// Was cut by the page, which ends it with ` ...`: a teaser.
const CUT: f32 = -1.5;
/// Follows a line that ends with a colon: it is what that one announces.
const ANNOUNCED: f32 = -2.0;
/// Is the name of a person beside a line that reads as a title.
const PERSON: f32 = -3.0;
/// A rubric in capitals, the name of a series or of an authority.
const LETTERHEAD: f32 = -1.0;

/// What is known of a head, for weighing its lines.
pub(super) struct Evidence<'h, 't> {
    head: &'h Head<'t>,
    /// Letters of the file's name.
    name: String,
    /// Words of the beginning of the text, and of all of it that is compared.
    beginning: HashSet<Word>,
    all: HashSet<Word>,
    /// Letters with which the text begins.
    opening: String,
    /// Letters of the last steps of ways to the page, and of what stands before the name of a site.
    named: HashSet<String>,
    /// How many lines could be the title and are followed by a date, an author or ways to share.
    stamped: usize,
    /// Whether each line stands under a heading that leads elsewhere.
    elsewhere: Vec<bool>,
}

impl<'h, 't> Evidence<'h, 't> {
    pub(super) fn of(head: &'h Head<'t>, name: &str) -> Evidence<'h, 't> {
        let mut evidence = Evidence {
            head,
            name: only_letters(name),
            beginning: HashSet::new(),
            all: HashSet::new(),
            opening: String::new(),
            named: HashSet::new(),
            stamped: head.candidates().filter(|&at| head.form(at + 1) == Some(Form::Stamp)).count(),
            elsewhere: Vec::new(),
        };
        evidence.read_text();
        let mut is_elsewhere = false;
        for (at, line) in head.lines.iter().enumerate() {
            is_elsewhere &= line.form != Form::Stamp;
            evidence.elsewhere.push(is_elsewhere);
            is_elsewhere |= noise::ends_article(head.line(at));
        }
        for at in 0..head.lines.len() {
            let line = head.line(at);
            for separator in [" > ", " › ", " » ", " / ", " | ", " → ", " - ", " – ", " — "] {
                if !line.contains(separator) {
                    continue;
                }
                let steps: Vec<&str> = line.split(separator).collect();
                if let [first, .., last] = &steps[..] {
                    evidence.named.insert(letters(last));
                    evidence.named.insert(letters(first));
                }
            }
        }
        evidence
    }

    fn read_text(&mut self) {
        let rest = self.head.rest();
        let opening = rest.char_indices().nth(BEGINNING_BYTES).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
        self.opening = letters(opening);
        let mut read = 0;
        for line in rest.lines().map(str::trim) {
            let is_text = line.len() >= SENTENCE_BYTES || ends_a_sentence(line);
            if !is_text || noise::is_noise(line) || noise::is_formula(line) {
                continue;
            }
            let is_beginning = read < BEGINNING_BYTES;
            for word in words(line) {
                if is_beginning {
                    self.beginning.insert(word);
                }
                self.all.insert(word);
            }
            read += line.len();
            if read >= TEXT_BYTES {
                break;
            }
        }
    }

    /// Returns how much speaks for a line: to be compared with the other lines alone.
    pub(super) fn weigh(&self, at: usize) -> f32 {
        let Some(line) = self.head.lines.get(at) else { return f32::MIN };
        let text = self.head.line(at);
        let own = letters(text);
        let count = count_words(text);
        let mut weight = WORDS * (count.saturating_sub(1) as f32 / 3.0).min(1.0);
        if self.says_the_name(text) {
            weight += NAME;
        }
        if self.is_named(text) {
            weight += NAMED_BY_PAGE;
        }
        if own.len() >= 12 && count >= 3 && self.opening.starts_with(&own) {
            weight += BEGINS_TEXT;
        }
        weight + self.said(text) + self.place(at, line.block) + self.neighbours(at)
    }

    /// Tells whether a way to the page ends with a line, or the title of the window begins with it.
    fn is_named(&self, line: &str) -> bool {
        self.named.contains(&letters(line))
    }

    /// Tells whether a line has the same letters as the file's name, or begins or ends it (`2024-05-03-le-lavoir`).
    fn says_the_name(&self, line: &str) -> bool {
        let line = only_letters(line);
        line.len() >= 4 && (self.name.starts_with(&line) || self.name.ends_with(&line))
    }

    fn said(&self, line: &str) -> f32 {
        let own: HashSet<Word> = words(line).into_iter().collect();
        if own.is_empty() || self.all.is_empty() {
            return 0.0;
        }
        let worth = |word: &Word| match (self.beginning.contains(word), self.all.contains(word)) {
            (true, _) => 1.0,
            (false, true) => 0.5,
            (false, false) => 0.0,
        };
        let said: f32 = own.iter().map(worth).sum();
        if said == 0.0 && self.is_named(line) {
            return 0.0;
        }
        if said > 0.0 { SAID * said / own.len() as f32 + SAID_WORD * said.min(SAID_WORDS) } else { UNSAID }
    }

    fn place(&self, at: usize, block: usize) -> f32 {
        let before = self.head.lines.get(..at).unwrap_or_default();
        let after = self.head.lines.get(at + 1..).unwrap_or_default();
        let mut weight = 0.0;
        if before.is_empty() {
            weight += if self.said(self.head.line(at)) >= 0.0 { FIRST } else { FIRST_UNSAID };
        } else if before.iter().all(|line| line.form == Form::Stamp) {
            weight += FIRST_BUT_STAMPS;
        }
        let sentences = before.iter().filter(|line| line.form == Form::Paragraph).count();
        weight += BELOW_TEXT * sentences.min(SENTENCES) as f32;
        let is_apart =
            |other: Option<&Line>| other.is_none_or(|other| other.block != block || other.form == Form::Stamp);
        if is_apart(before.last()) && is_apart(after.first()) {
            weight += ALONE;
        }
        if self.head.has_paragraph() {
            let counts = |other: &usize| {
                matches!(self.head.form(*other), Some(Form::Weak | Form::Strong | Form::Label))
                    && !self.elsewhere.get(*other).copied().unwrap_or_default()
            };
            let between = (at + 1..self.head.lines.len()).filter(counts).count();
            weight += (NEAR - APART * between as f32).max(-NEAR);
        }
        weight
    }

    /// Tells whether a line is the name of somebody of whom the text says nothing: who wrote it.
    fn is_person(&self, line: &str) -> bool {
        const ARTICLES: [&str; 8] = ["Le ", "La ", "Les ", "L’", "L'", "Un ", "Une ", "Des "];
        byline::is_full_name(line)
            && line.contains(char::is_lowercase)
            && !ARTICLES.iter().any(|article| line.starts_with(article))
            && self.said(line) < 0.0
    }

    fn neighbours(&self, at: usize) -> f32 {
        let line = |at: Option<usize>| at.and_then(|at| Some((self.head.lines.get(at)?, self.head.line(at))));
        let own = self.head.lines.get(at).map(|line| line.block);
        let next = line(Some(at + 1));
        let before = line(at.checked_sub(1));
        let mut weight = 0.0;
        // Who wrote may stand there without a word for it.
        if next.is_some_and(|(next, text)| next.form == Form::Stamp || self.is_person(text)) {
            weight += STAMPED / self.stamped.max(1) as f32;
        }
        let text = self.head.line(at);
        let has_day = text.split_once(", le ").is_some_and(|(_, day)| dates::first_in(day).is_some());
        if has_day || begins_with_time(text) || next.is_some_and(|(_, text)| text.starts_with(['©', '®'])) {
            weight += CAPTION;
        }
        if self.elsewhere.get(at).copied().unwrap_or_default() {
            weight += ELSEWHERE;
        }
        let is_entry = |other: Option<(&Line, &str)>| {
            other.is_some_and(|(other, text)| {
                Some(other.block) == own
                    && matches!(other.form, Form::Label | Form::Weak)
                    && count_words(text) <= ENTRY_WORDS
            })
        };
        let is_headline = |other: Option<(&Line, &str)>| {
            other.is_some_and(|(other, _)| Some(other.block) == own && other.form == Form::Strong)
        };
        let is_short = count_words(self.head.line(at)) <= ENTRY_WORDS;
        let two_before = line(at.checked_sub(2));
        let two_after = line(Some(at + 2));
        // A name of more words may head the menu.
        if is_entry(next) && (is_short || is_entry(two_after)) {
            weight += ENTRY_FOLLOWS;
        }
        if is_short && is_entry(before) {
            weight += ENTRY_BEFORE;
        }
        let headlines = [
            is_headline(two_before) && is_headline(before),
            is_headline(before) && is_headline(next),
            is_headline(next) && is_headline(two_after),
        ];
        if headlines.contains(&true) {
            weight += HEADLINES;
        } else if before.is_some_and(|(before, text)| before.form == Form::Strong || self.is_named(text)) {
            weight += FOLLOWS_TITLE;
        }
        if text.ends_with(['…', '.']) && text.trim_end_matches(['…', '.']).ends_with(' ') {
            weight += CUT;
        }
        if before.is_some_and(|(before, text)| Some(before.block) == own && text.trim_end().ends_with(':')) {
            weight += ANNOUNCED;
        }
        let is_titled = |other: Option<(&Line, &str)>| {
            other.is_some_and(|(other, text)| other.form == Form::Strong && !byline::is_full_name(text))
        };
        if self.is_person(text) && (is_titled(before) || is_titled(next)) {
            weight += PERSON;
        }
        if is_heading(text) || noise::is_letterhead(text) {
            weight += LETTERHEAD;
        }
        weight
    }
}

/// `13:27 Un maire démissionne`, `13h27`.
fn begins_with_time(line: &str) -> bool {
    let hours = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let minutes = hours.strip_prefix([':', 'h', 'H']);
    (1..=2).contains(&(line.len() - hours.len()))
        && minutes.is_some_and(|minutes| minutes.bytes().take(2).filter(u8::is_ascii_digit).count() == 2)
}

/// Tells whether a line is one or two words in capitals.
fn is_heading(line: &str) -> bool {
    line.split_whitespace().count() <= 2 && !line.chars().any(char::is_lowercase)
}

/// A word of four letters or more, folded, cut to six: near enough to a lemma for counting. As a number, of 21 bits a letter.
type Word = u128;

fn words(line: &str) -> Vec<Word> {
    let folded = fold(line);
    let long = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(3).is_some());
    long.map(|word| word.chars().take(6).fold(0, |number, c| number << 21 | u128::from(u32::from(c)))).collect()
}

fn only_letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphabetic()).collect()
}
