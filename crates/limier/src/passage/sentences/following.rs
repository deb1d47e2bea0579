//! What stands after a stop, and whether a sentence may begin with it.

use super::super::vocabulary::begins_sentence;

/// What stands after a stop.
pub(super) struct Following<'t> {
    /// White space, or a mark that opens, lies between.
    pub(super) spaced: bool,
    /// A mark that opens a quotation or a parenthesis comes first.
    pub(super) quoted: bool,
    /// A dash of any kind comes first.
    pub(super) after_dash: bool,
    /// The first character that is neither space nor opening mark.
    pub(super) first: Option<char>,
    /// The word that begins with it.
    pub(super) word: &'t str,
    /// What follows the word.
    pub(super) rest: &'t str,
}

impl<'t> Following<'t> {
    pub(super) fn read(after: &'t str) -> Following<'t> {
        let opens =
            |c: char| c.is_whitespace() || matches!(c, '«' | '“' | '‘' | '"' | '(' | '[' | '—' | '–' | '-' | '*' | '_');
        let inner = after.trim_start_matches(opens);
        let skipped = &after[..after.len() - inner.len()];
        let length = inner.find(|c: char| !c.is_alphanumeric()).unwrap_or(inner.len());
        let (word, rest) = inner.split_at(length);
        Following {
            spaced: skipped.starts_with(char::is_whitespace) || skipped.starts_with(['«', '“', '—', '(']),
            quoted: skipped.contains(|c: char| !c.is_whitespace()),
            after_dash: skipped.trim_start().starts_with(['—', '–', '-']),
            first: inner.chars().next(),
            word,
            rest,
        }
    }

    /// A French word that begins sentences, before a small letter: "Le maire", "L'homme", but not "Le Pen".
    pub(super) fn begins_sentence(&self) -> bool {
        let capital = self.first.is_some_and(char::is_uppercase);
        let elided = self.rest.starts_with(['\'', '’']);
        let after = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | ','));
        let small = after.chars().next().is_none_or(|c| c.is_lowercase() || c.is_ascii_digit() || c == '«');
        // "L'ONU" begins a sentence; "D'Ormesson" may be a name.
        capital && begins_sentence(self.word) && (small || (elided && self.word != "D"))
    }

    /// "b. Le salaire", "b) Le salaire": the next item of a list.
    pub(super) fn is_lettered_item(&self) -> bool {
        let letter = self.word.len() == 1 && matches!(self.first, Some('a'..='k'));
        let after = self.rest.strip_prefix(['.', ')']).map(str::trim_start);
        letter && after.is_some_and(|after| after.starts_with(char::is_uppercase))
    }

    pub(super) fn is_number(&self) -> bool {
        let roman = self.word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
        self.first.is_some_and(|c| c.is_ascii_digit())
            || self.word.starts_with("n°")
            || (!self.word.is_empty() && roman)
    }

    /// "L. 122-4" after "art.", "Civ." after "Cass.": something short with a stop of its own.
    pub(super) fn is_short_capital(&self) -> bool {
        let length = self.word.chars().count();
        (length <= 4 && self.rest.starts_with('.')) || (length == 1 && self.rest.starts_with([' ', '\u{a0}', '-']))
    }

    /// "30." after "10 h.": two figures and a mark.
    pub(super) fn is_minutes(&self) -> bool {
        let figures = self.word.len() == 2 && self.word.bytes().all(|byte| byte.is_ascii_digit());
        figures && self.word < "60" && self.rest.chars().next().is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '»'))
    }
}
