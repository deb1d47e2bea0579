//! Lexemes to a tree; every string is read as something sensible.
//!
//! ```text
//! group  = clause*                          side by side: optional, unless + or -
//! clause = ("+" | "-" | "SAUF")? any
//! any    = all ("OU" all)*
//! all    = except ("ET" except)*
//! except = unit ("SAUF" unit)*
//! unit   = word+ | phrase | field unit | "(" group ")"
//! ```

use std::ops::Range;

use limier_french::forms::fold_into;

use super::lexer::{Lexeme, lex};
use super::tree::{Clause, DateRange, Field, Issue, IssueKind, Node, Occur};
use crate::calendar::{is_weekday, month_of};
use crate::{Date, Period};

/// Parentheses deeper than this are read as if they were not there.
const MAX_DEPTH: usize = 32;
/// Clauses beyond this many in one group are not read.
const MAX_CLAUSES: usize = 64;
/// Bytes of a query beyond this are not read.
pub(super) const MAX_BYTES: usize = 16 << 10;

/// The names of fields, in both languages.
const FIELDS: &[&str] = &["date", "langue", "lang", "titre", "title", "auteur", "author", "source"];

pub(super) fn parse(query: &str) -> (Node, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut end = query.len();
    if end > MAX_BYTES {
        end = (0..=MAX_BYTES).rev().find(|&at| query.is_char_boundary(at)).unwrap_or_default();
        issues.push(Issue { kind: IssueKind::TooLong, start: end, end: query.len() });
    }
    let lexemes = lex(query.get(..end).unwrap_or_default());
    let mut parser = Parser { lexemes, at: 0, issues };
    let mut clauses = parser.group(0);
    // A closing parenthesis without partner ends no more than itself.
    while parser.at < parser.lexemes.len() {
        parser.issue_here(IssueKind::UnbalancedParenthesis);
        parser.at += 1;
        clauses.extend(parser.group(0));
    }
    clauses.truncate(MAX_CLAUSES);
    (group_node(merge_words(clauses)), parser.issues)
}

struct Parser {
    lexemes: Vec<(Lexeme, Range<usize>)>,
    at: usize,
    issues: Vec<Issue>,
}

impl Parser {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.at).map(|(lexeme, _)| lexeme)
    }

    fn take_if(&mut self, wanted: &Lexeme) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn issue_here(&mut self, kind: IssueKind) {
        let at = self.at.min(self.lexemes.len().saturating_sub(1));
        if let Some((_, range)) = self.lexemes.get(at) {
            self.issues.push(Issue { kind, start: range.start, end: range.end });
        }
    }

    fn group(&mut self, depth: usize) -> Vec<Clause> {
        let mut clauses = Vec::new();
        while let Some(lexeme) = self.peek() {
            let occur = match lexeme {
                Lexeme::Close => break,
                Lexeme::Plus => Occur::Must,
                Lexeme::Minus | Lexeme::Not => Occur::Not,
                _ => Occur::Should,
            };
            if occur != Occur::Should {
                self.at += 1;
            }
            let Some(node) = self.any(depth, occur != Occur::Should) else { continue };
            if clauses.len() < MAX_CLAUSES {
                clauses.push(Clause { occur, node });
            } else if !self.issues.iter().any(|issue| issue.kind == IssueKind::TooLong) {
                self.issue_here(IssueKind::TooLong);
            }
        }
        merge_words(clauses)
    }

    /// Reads a chain of `OU`; with `tight`, what a sign before it binds: one unit.
    fn any(&mut self, depth: usize, tight: bool) -> Option<Node> {
        if tight {
            return self.unit(depth);
        }
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.all(depth));
            if !self.operator(&Lexeme::Or) {
                break;
            }
        }
        several(nodes, Node::Any)
    }

    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.except(depth));
            if !self.operator(&Lexeme::And) {
                break;
            }
        }
        several(nodes, Node::All)
    }

    fn except(&mut self, depth: usize) -> Option<Node> {
        let node = self.unit(depth)?;
        // All that is left out is one node: a long chain is no deeper than a short one.
        let mut without = Vec::new();
        while self.operator(&Lexeme::Not) {
            without.extend(self.unit(depth));
        }
        Some(match several(without, Node::Any) {
            Some(without) => Node::Except(Box::new(node), Box::new(without)),
            None => node,
        })
    }

    /// Takes an operator between two operands; one that lacks an operand is noted and passed over.
    fn operator(&mut self, wanted: &Lexeme) -> bool {
        if self.peek() != Some(wanted) {
            return false;
        }
        self.at += 1;
        // Typed twice, it is meant once.
        while self.peek() == Some(wanted) {
            self.issue_here(IssueKind::LonelyOperator);
            self.at += 1;
        }
        // A sign behind an operator says nothing more: `A ET +B`, `A SAUF -B`.
        while self.peek() == Some(&Lexeme::Plus) || (*wanted == Lexeme::Not && self.peek() == Some(&Lexeme::Minus)) {
            self.at += 1;
        }
        let follows = match self.peek() {
            None | Some(Lexeme::Close | Lexeme::And | Lexeme::Or) => false,
            // `A AND NOT B` and `A ET -B` are `A SAUF B`: the negation is read by the clause.
            Some(Lexeme::Not | Lexeme::Minus) if *wanted == Lexeme::And => return false,
            Some(Lexeme::Not | Lexeme::Minus) => false,
            Some(_) => true,
        };
        if !follows {
            self.at -= 1;
            self.issue_here(IssueKind::LonelyOperator);
            self.at += 1;
        }
        follows
    }

    fn unit(&mut self, depth: usize) -> Option<Node> {
        // Only a closing parenthesis is ever read again.
        let (lexeme, range) = self.lexemes.get_mut(self.at)?;
        let (lexeme, range) = (std::mem::replace(lexeme, Lexeme::Close), range.clone());
        self.at += 1;
        match lexeme {
            // `="deux mots"`: the sign is for one word.
            Lexeme::Word(text) if text == "=" && self.touches_operand(range.end) => {
                self.issues.push(Issue { kind: IssueKind::UnknownSign, start: range.start, end: range.end });
                self.unit(depth)
            }
            Lexeme::Word(text) => {
                if self.is_apart_from_value(&text) {
                    self.issues.push(Issue { kind: IssueKind::SpacedField, start: range.start, end: range.end });
                }
                let plain = without_unknown_sign(&text);
                if plain.is_some() {
                    self.issues.push(Issue { kind: IssueKind::UnknownSign, start: range.start, end: range.end });
                }
                Some(word_node(match plain {
                    Some(plain) => plain.to_owned(),
                    None => text,
                }))
            }
            Lexeme::Phrase { text, slop, closed: true } => {
                if text.split_whitespace().any(has_sign) {
                    self.issues.push(Issue { kind: IssueKind::SignInPhrase, start: range.start, end: range.end });
                }
                (!text.is_empty()).then(|| Node::Phrase { text, slop: slop.unwrap_or(0) })
            }
            Lexeme::Phrase { .. } => {
                self.issues.push(Issue { kind: IssueKind::UnbalancedQuote, start: range.start, end: range.end });
                None
            }
            Lexeme::Field(name) => self.field(&name, range, depth),
            Lexeme::Open => {
                if depth >= MAX_DEPTH {
                    self.issues.push(Issue { kind: IssueKind::TooDeep, start: range.start, end: range.end });
                    return None;
                }
                let clauses = self.group(depth + 1);
                if !self.take_if(&Lexeme::Close) {
                    self.issues.push(Issue {
                        kind: IssueKind::UnbalancedParenthesis,
                        start: range.start,
                        end: range.end,
                    });
                }
                (!clauses.is_empty()).then(|| group_node(clauses))
            }
            Lexeme::And | Lexeme::Or | Lexeme::Not | Lexeme::Plus | Lexeme::Minus => {
                self.issues.push(Issue { kind: IssueKind::LonelyOperator, start: range.start, end: range.end });
                None
            }
            Lexeme::Close => {
                // A sign or operator right before a closing parenthesis: the parenthesis is the group's to take.
                self.at -= 1;
                None
            }
        }
    }

    /// Tells whether a phrase or a parenthesis begins right at `end`.
    fn touches_operand(&self, end: usize) -> bool {
        let next = self.lexemes.get(self.at);
        next.is_some_and(|(lexeme, range)| {
            range.start == end && matches!(lexeme, Lexeme::Phrase { closed: true, .. } | Lexeme::Open)
        })
    }

    /// Tells whether the word just taken is the name of a field with a blank before or after its colon.
    fn is_apart_from_value(&self, word: &str) -> bool {
        let has_colon = |lexeme: Option<&Lexeme>| matches!(lexeme, Some(Lexeme::Word(next)) if next.starts_with(':'));
        let name = match word.strip_suffix(':') {
            None if has_colon(self.peek()) => word,
            Some(name) if self.peek().is_some() => name,
            _ => return false,
        };
        FIELDS.contains(&name.to_lowercase().as_str())
    }

    fn field(&mut self, name: &str, range: Range<usize>, depth: usize) -> Option<Node> {
        if name == "date" {
            return self.dates(range);
        }
        if matches!(name, "langue" | "lang") {
            return self.language(range);
        }
        let field = match name {
            "titre" | "title" => Field::Title,
            "auteur" | "author" => Field::Author,
            "source" => Field::Source,
            _ => {
                self.issues.push(Issue { kind: IssueKind::UnknownField, start: range.start, end: range.end });
                return Some(Node::Words(name.to_owned()));
            }
        };
        let value = match self.peek() {
            Some(Lexeme::Word(_) | Lexeme::Phrase { .. } | Lexeme::Open) => self.unit(depth),
            _ => None,
        };
        match value {
            Some(node) => Some(Node::In(field, Box::new(node))),
            None => {
                self.issues.push(Issue { kind: IssueKind::EmptyField, start: range.start, end: range.end });
                Some(Node::Words(name.to_owned()))
            }
        }
    }

    fn language(&mut self, name: Range<usize>) -> Option<Node> {
        let text = match self.peek() {
            Some(Lexeme::Word(text) | Lexeme::Phrase { text, .. }) => text.trim().to_lowercase(),
            _ => String::new(),
        };
        // `fr-CA` is French.
        let code = text.split(['-', '_']).next().unwrap_or_default();
        if code.is_empty() {
            self.issues.push(Issue { kind: IssueKind::EmptyField, start: name.start, end: name.end });
            return Some(Node::Words("langue".to_owned()));
        }
        self.at += 1;
        Some(Node::Language(code.to_owned()))
    }

    fn dates(&mut self, name: Range<usize>) -> Option<Node> {
        let text = match self.peek() {
            Some(Lexeme::Word(text)) => text.clone(),
            Some(Lexeme::Phrase { text, .. }) => text.clone(),
            _ => String::new(),
        };
        let end = self.lexemes.get(self.at).map_or(name.end, |(_, range)| range.end);
        self.at += usize::from(!text.is_empty());
        match date_range(&text) {
            Some(range) => Some(Node::Dates(range)),
            None => {
                self.issues.push(Issue { kind: IssueKind::BadDate, start: name.start, end });
                Some(Node::Words(format!("date {text}")))
            }
        }
    }
}

/// Reads `2024`, `2024-11`, `9 janvier 2024`, `2024-11-26`, `11/2024`, `26/11/2024`, `26-11-2024`, `A..B`, `A..`, `..B`, `>=A`, `>A`, `<=B`, `<B`.
fn date_range(text: &str) -> Option<DateRange> {
    let first_of = |text: &str| Some(period(text)?.0);
    let last_of = |text: &str| Some(period(text)?.1);
    let day_after = |date: Date| Date::from_days_since_epoch(date.days_since_epoch() + 1);
    let day_before = |date: Date| Date::from_days_since_epoch(date.days_since_epoch() - 1);
    if let Some(text) = text.strip_prefix(">=") {
        return Some(DateRange { first: Some(first_of(text)?), last: None });
    }
    if let Some(text) = text.strip_prefix("<=") {
        return Some(DateRange { first: None, last: Some(last_of(text)?) });
    }
    if let Some(text) = text.strip_prefix('>') {
        return Some(DateRange { first: Some(day_after(last_of(text)?)?), last: None });
    }
    if let Some(text) = text.strip_prefix('<') {
        return Some(DateRange { first: None, last: Some(day_before(first_of(text)?)?) });
    }
    if let Some((first, last)) = text.split_once("..") {
        if first.is_empty() && last.is_empty() {
            return None;
        }
        let (first, last) = match (first, last) {
            // Turned round, it is meant all the same.
            ("", last) => (None, Some(last_of(last)?)),
            (first, "") => (Some(first_of(first)?), None),
            (first, last) if first_of(first)? > last_of(last)? => (Some(first_of(last)?), Some(last_of(first)?)),
            (first, last) => (Some(first_of(first)?), Some(last_of(last)?)),
        };
        return Some(DateRange { first, last });
    }
    Some(DateRange { first: Some(first_of(text)?), last: Some(last_of(text)?) })
}

/// Writes a month or a day in figures where its month is a word: `9 janvier 2024`, `1er mars 2024`, `nov. 2024`.
fn in_figures(text: &str) -> Option<String> {
    let mut folded = String::new();
    fold_into(&text.to_lowercase(), &mut folded);
    let parts = folded.split(|c: char| c.is_whitespace() || "-./".contains(c)).filter(|word| !word.is_empty());
    // `le mardi 26 novembre 2024`
    let words: Vec<&str> = parts.skip_while(|word| *word == "le" || is_weekday(word)).take(4).collect();
    match words.as_slice() {
        [month, year] => Some(format!("{}/{year}", month_of(month)?)),
        [day, month, year] => Some(format!("{}/{}/{year}", day.strip_suffix("er").unwrap_or(day), month_of(month)?)),
        _ => None,
    }
}

/// Reads a year, a month or a day, and returns its first and last days.
fn period(text: &str) -> Option<(Date, Date)> {
    let figures = if text.chars().any(char::is_alphabetic) { Some(in_figures(text)?) } else { None };
    let text = figures.as_deref().unwrap_or(text);
    // As French writes it: the day first, if it is there, and zeros left out at will.
    let mut parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    if parts.first().is_some_and(|first| first.len() <= 2) {
        parts.reverse();
    }
    let text = match parts.as_slice() {
        [year, smaller @ ..] if smaller.len() <= 2 => {
            smaller.iter().fold((*year).to_owned(), |date, part| format!("{date}-{part:0>2}"))
        }
        _ => return None,
    };
    let first: Date = text.parse().ok().filter(|_| !text.contains(['T', 't', ' ']))?;
    let last = match first.precision() {
        Period::Year => Date::new(first.year(), 12, 31).ok()?,
        Period::Month => first.end_of_month(),
        Period::Day => first,
    };
    Some((first.with_precision(Period::Day), last))
}

/// Returns a word without a sign that means something in other languages of queries, and nothing here; `None` for any other.
fn without_unknown_sign(word: &str) -> Option<&str> {
    // Shorter ones are powers: `10^6`, `m^3`, `CO^2`.
    let is_weighed = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    // `mot^3` weighs a word, `mot~3` allows three slips; two is the most here.
    for sign in ['^', '~'] {
        if let Some((before, after)) = word.rsplit_once(sign)
            && is_weighed(before)
            && is_number(after)
            && !(sign == '~' && matches!(after, "1" | "2"))
        {
            return Some(before);
        }
    }
    // `=mot*`, `=mot~1`: a very form has no others.
    let signs = ["*", "~", "~1", "~2"];
    if word.starts_with('=')
        && let Some(bare) = signs.iter().find_map(|sign| word.strip_suffix(sign)).filter(|bare| is_weighed(bare))
    {
        return Some(bare);
    }
    let start = word.trim_start_matches(['!', '*', '^']);
    if start.len() < word.len() && start.starts_with(char::is_alphanumeric) {
        return Some(start);
    }
    // A sign that stands for any letter, within a word: what is around it is read as words.
    if !word.contains(['?', '*']) {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    let has_wildcard =
        letters.windows(3).any(|three| matches!(three, [a, '?' | '*', b] if a.is_alphabetic() && b.is_alphabetic()));
    has_wildcard.then_some(word)
}

/// Tells whether a word carries a sign behind it that would mean something outside of quotation marks.
fn has_sign(word: &str) -> bool {
    let before = word.trim_end_matches(|c: char| matches!(c, '*' | '~') || c.is_ascii_digit());
    word.strip_prefix(before).is_some_and(|sign| sign.contains(['*', '~']))
        && before.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && before.ends_with(char::is_alphabetic)
}

/// Reads the signs that a word carries: `=mot`, `mot*`, `mot~`, `mot~2`.
fn word_node(text: String) -> Node {
    if text == "*" {
        return Node::Everything;
    }
    let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
    if let Some(exact) = text.strip_prefix('=').filter(|rest| is_word(rest)) {
        return Node::Exact(exact.to_owned());
    }
    if let Some(prefix) = text.strip_suffix('*').filter(|rest| is_word(rest) && !rest.contains('*')) {
        return Node::Prefix(prefix.to_owned());
    }
    for (sign, distance) in [("~2", 2), ("~1", 1), ("~", 1)] {
        if let Some(word) = text.strip_suffix(sign).filter(|rest| is_word(rest) && !rest.contains('~')) {
            return Node::Fuzzy { text: word.to_owned(), distance };
        }
    }
    Node::Words(text)
}

fn several(mut nodes: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(make(nodes)),
    }
}

/// Joins plain words that stand side by side, because some rules of French see several (`11 000`, `Open AI`).
fn merge_words(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut merged: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let previous = merged.last_mut().filter(|previous| previous.occur == Occur::Should);
        match (previous.map(|previous| &mut previous.node), &clause.node) {
            (Some(Node::Words(words)), Node::Words(more)) if clause.occur == Occur::Should => {
                words.push(' ');
                words.push_str(more);
            }
            _ => merged.push(clause),
        }
    }
    merged
}

fn group_node(mut clauses: Vec<Clause>) -> Node {
    match clauses.pop() {
        Some(only) if clauses.is_empty() && only.occur != Occur::Not => only.node,
        Some(last) => {
            clauses.push(last);
            Node::Group(clauses)
        }
        None => Node::Group(clauses),
    }
}
