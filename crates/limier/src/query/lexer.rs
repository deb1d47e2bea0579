//! A query cut into lexemes, in one pass.

use std::ops::Range;

/// Words within which those of a phrase may stand, at most: a larger number means as far apart as can be.
const MAX_SLOP: u32 = 9_999;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    /// A word as typed, without the signs around it.
    Word(String),
    /// The content of a quoted phrase, and its `~N` if there is one; `closed` is false when the mark has no partner.
    Phrase {
        text: String,
        slop: Option<u32>,
        closed: bool,
    },
    /// `name:` right before a value.
    Field(String),
    /// `+` right before something.
    Plus,
    /// `-` right before something.
    Minus,
    Open,
    Close,
    And,
    Or,
    Not,
}

/// Cuts `query`; each lexeme comes with its byte range. Linear in the length of the query but for marks that nothing closes,
/// each of which is sought to the end.
pub(super) fn lex(query: &str) -> Vec<(Lexeme, Range<usize>)> {
    // A headline in capitals (`ARTISTES ET MUSICIENS`) holds words, not operators.
    let has_lower_case = query.chars().any(char::is_lowercase);
    let mut lexer = Lexer { query, at: 0, lexemes: Vec::new(), operators: has_lower_case };
    while lexer.step() {}
    lexer.lexemes
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
    lexemes: Vec<(Lexeme, Range<usize>)>,
    operators: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.query.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, lexeme: Lexeme, end: usize) {
        self.lexemes.push((lexeme, self.at..end));
        self.at = end;
    }

    /// Reads one lexeme or a space; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else { return false };
        let next_at = self.at + first.len_utf8();
        let next = self.query.get(next_at..).and_then(|rest| rest.chars().next());
        match first {
            '(' => self.push(Lexeme::Open, next_at),
            ')' => self.push(Lexeme::Close, next_at),
            '"' | '«' | '“' | '„' => self.phrase(first, next_at),
            '+' | '-' if next.is_some_and(|next| !next.is_whitespace() && !matches!(next, '+' | '-' | ')')) => {
                self.push(if first == '+' { Lexeme::Plus } else { Lexeme::Minus }, next_at);
            }
            // A minus as word processors write it: `onu –macron`.
            '–' | '−' if self.begins_word() && next.is_some_and(char::is_alphabetic) => {
                self.push(Lexeme::Minus, next_at);
            }
            _ if first.is_whitespace() => self.at = next_at,
            _ => self.word(),
        }
        true
    }

    fn phrase(&mut self, opening: char, start: usize) {
        let is_closing = |c: char| match opening {
            '«' => c == '»',
            '"' => c == '"',
            // Typographic marks come in several pairs, and people mix them.
            _ => matches!(c, '”' | '“' | '"'),
        };
        let rest = self.query.get(start..).unwrap_or_default();
        match rest.char_indices().find(|&(_, c)| is_closing(c)) {
            Some((length, closing)) => {
                let text = rest.get(..length).unwrap_or_default().trim().to_owned();
                let mut end = start + length + closing.len_utf8();
                let after = self.query.get(end..).unwrap_or_default();
                let slop = after.strip_prefix('~').and_then(|tail| {
                    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
                    if digits == 0 {
                        return None;
                    }
                    end += 1 + digits;
                    Some(tail.get(..digits)?.parse().unwrap_or(u32::MAX).min(MAX_SLOP))
                });
                self.push(Lexeme::Phrase { text, slop, closed: true }, end);
            }
            None => {
                // Only the mark is dropped: what follows is read as words.
                self.push(Lexeme::Phrase { text: String::new(), slop: None, closed: false }, start);
            }
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '„' | ')');
        let mut length = rest.char_indices().find(|&(_, c)| is_end(c)).map_or(rest.len(), |(at, _)| at);
        // A parenthesis inside a word belongs to it when it closes there: `étudiant(e)s`; otherwise it opens a group.
        if let Some(open) = rest.get(..length).and_then(|word| word.find('(')) {
            let tail = rest.get(open..).unwrap_or_default();
            let closed = tail.char_indices().find(|&(_, c)| c == ')' || c.is_whitespace()).filter(|&(_, c)| c == ')');
            length = match closed {
                Some((close, _)) => {
                    let after = tail.get(close + 1..).unwrap_or_default();
                    let more =
                        after.char_indices().find(|&(_, c)| is_end(c) || c == '(').map_or(after.len(), |(at, _)| at);
                    open + close + 1 + more
                }
                None => open,
            };
        }
        let (text, end) = (rest.get(..length).unwrap_or_default().to_owned(), self.at + length);
        if text.is_empty() {
            // A sign that nothing above takes, such as a closing guillemet without partner.
            self.at += rest.chars().next().map_or(1, char::len_utf8);
            return;
        }
        if text == "*" && !self.stands_alone(end) {
            // `"avi"*`: a phrase is no beginning, and the star is not to find every article.
            self.at = end;
            return;
        }
        let operator = match text.as_str() {
            "ET" | "AND" if self.operators => Some(Lexeme::And),
            "OU" | "OR" if self.operators => Some(Lexeme::Or),
            "SAUF" | "NOT" if self.operators => Some(Lexeme::Not),
            // As library catalogues and other engines write them; `NON` alone is a word: `la victoire du NON`.
            "NON" | "PAS" if self.is_after_and() => Some(Lexeme::Not),
            "NON" if self.is_after_or() && !self.is_blank_from(end) => Some(Lexeme::Not),
            "&&" => Some(Lexeme::And),
            "||" => Some(Lexeme::Or),
            _ => None,
        };
        if let Some(operator) = operator {
            return self.push(operator, end);
        }
        if let Some((name, value)) = text.split_once(':') {
            let is_name = name.chars().all(char::is_alphabetic) && (2..=12).contains(&name.len());
            // A page address (`https://…`) and a clock time are words.
            if is_name && !value.starts_with("//") && (!value.is_empty() || self.value_follows(end)) {
                return self.push(Lexeme::Field(name.to_lowercase()), self.at + name.len() + 1);
            }
        }
        self.push(Lexeme::Word(text), end);
    }

    /// Tells whether a blank is before `self.at`: a dash that begins the whole query is that of a dialogue.
    fn begins_word(&self) -> bool {
        self.query.get(..self.at).and_then(|text| text.chars().next_back()).is_some_and(char::is_whitespace)
    }

    fn is_after_and(&self) -> bool {
        matches!(self.lexemes.last(), Some((Lexeme::And, _)))
    }

    /// Tells whether `OU` was read last, and not that of `OUI OU NON`, which is no operator's.
    fn is_after_or(&self) -> bool {
        match self.lexemes.as_slice() {
            [.., (Lexeme::Word(before), _), (Lexeme::Or, _)] => before != "OUI",
            [.., _, (Lexeme::Or, _)] => true,
            _ => false,
        }
    }

    fn is_blank_from(&self, end: usize) -> bool {
        self.query.get(end..).is_none_or(|rest| !rest.contains(char::is_alphanumeric))
    }

    /// Tells whether nothing touches the word from `self.at` to `end` but a sign before it, and parentheses.
    fn stands_alone(&self, end: usize) -> bool {
        let before = self.query.get(..self.at).and_then(|text| text.chars().next_back());
        let after = self.query.get(end..).and_then(|text| text.chars().next());
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '+' | '-' | ':'))
            && after.is_none_or(|c| c.is_whitespace() || c == ')')
    }

    /// Tells whether a quotation or parenthesis begins right at `at`, as in `titre:"deux mots"`.
    fn value_follows(&self, at: usize) -> bool {
        self.query.get(at..).is_some_and(|rest| rest.starts_with(['"', '«', '“', '„', '(']))
    }
}
