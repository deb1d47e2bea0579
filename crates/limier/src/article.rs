//! One searchable text and what describes it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Date;
use crate::passage::sentences;

/// One searchable text: what is indexed, and what a hit shows.
///
/// Only the id is required. Fields are set by chaining:
///
/// ```
/// use limier::Article;
/// let article = Article::new("orly-1")
///     .title("L'avion d'Orly")
///     .body("L'avion a décollé d'Orly à 18 h 05.")
///     .date("2024-11-26".parse()?)
///     .source("Le Quotidien");
/// assert_eq!(article.get_title(), "L'avion d'Orly");
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[must_use = "an article is found only once a writer has added it"]
pub struct Article {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The path where it is not UTF-8: [`ESCAPED`], then as the key of a file writes it.
    #[serde(skip)]
    pub(crate) escaped_path: Option<String>,
    /// 1-based line of the file at which the body begins; 0 when the article comes from no file.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) line: u32,
    /// Whether all of the body stands on that line, though it has line breaks: JSON writes them as `\n`.
    #[serde(skip)]
    pub(crate) is_on_one_line: bool,
}

/// Stands before a path that is written without loss; no path begins with it.
const ESCAPED: char = '\0';

fn is_zero(line: &u32) -> bool {
    *line == 0
}

impl Article {
    /// Makes an empty article with this id; adding it to an index replaces the article of the same id.
    pub fn new(id: impl Into<String>) -> Article {
        Article { id: id.into(), ..Article::default() }
    }

    /// Sets the title, one line.
    pub fn title(mut self, title: impl Into<String>) -> Article {
        self.title = title.into();
        self
    }

    /// Sets the body: the text that passages are taken from.
    pub fn body(mut self, body: impl Into<String>) -> Article {
        self.body = body.into();
        self
    }

    /// Sets the day of publication.
    pub fn date(mut self, date: Date) -> Article {
        self.date = Some(date);
        self
    }

    /// Sets the author, as shown and filtered by.
    pub fn author(mut self, author: impl Into<String>) -> Article {
        self.author = Some(author.into());
        self
    }

    /// Sets the source: the newspaper, site or collection that it comes from.
    pub fn source(mut self, source: impl Into<String>) -> Article {
        self.source = Some(source.into());
        self
    }

    /// Sets the address of the page that it comes from.
    pub fn url(mut self, url: impl Into<String>) -> Article {
        self.url = Some(url.into());
        self
    }

    /// Sets the language by its code, of which the first part is kept, in lower case: `fr` for `fr-CA` and `FR`.
    pub fn lang(mut self, code: impl AsRef<str>) -> Article {
        let code = code.as_ref().trim().split(['-', '_']).next().unwrap_or_default();
        self.lang = Some(code.to_lowercase()).filter(|code| !code.is_empty());
        self
    }

    /// Sets the path of the file that it comes from, such that it can be opened as it stands.
    pub fn path(mut self, path: impl Into<String>) -> Article {
        (self.path, self.escaped_path) = (Some(path.into()), None);
        self
    }

    /// Sets the path of the file that it comes from, also where it is not UTF-8.
    #[cfg(feature = "files")]
    pub(crate) fn of_file(mut self, path: &std::path::Path) -> Article {
        self.escaped_path = path.to_str().is_none().then(|| format!("{ESCAPED}{}", crate::ingest::path_key(path)));
        self.path = Some(path.to_string_lossy().into_owned());
        self
    }

    /// Sets the path as an index stored it.
    pub(crate) fn set_stored_path(&mut self, stored: String) {
        let Some(escaped) = stored.strip_prefix(ESCAPED) else {
            self.path = Some(stored);
            return;
        };
        #[cfg(feature = "files")]
        let shown = crate::ingest::path_of_key(escaped).to_string_lossy().into_owned();
        #[cfg(not(feature = "files"))]
        let shown = escaped.to_owned();
        (self.path, self.escaped_path) = (Some(shown), Some(stored));
    }

    /// Returns the path as an index stores it.
    pub(crate) fn path_to_store(&self) -> Option<&str> {
        self.escaped_path.as_deref().or(self.path.as_deref())
    }

    /// Sets the 1-based line of its file at which the body begins.
    pub fn line(mut self, line: u32) -> Article {
        self.line = line;
        self
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the title, empty when there is none.
    pub fn get_title(&self) -> &str {
        &self.title
    }

    /// Returns what a list of articles calls this one: its title; without one, the beginning of its body, cut at a word
    /// to 90 characters; without either, its id.
    ///
    /// ```
    /// use limier::Article;
    /// let untitled = Article::new("7").body("M. Roux a vendu 3.500 pommes. Il rit.");
    /// assert_eq!(untitled.heading(), "M. Roux a vendu 3.500 pommes");
    /// assert_eq!(Article::new("7").title("Les pommes").heading(), "Les pommes");
    /// assert_eq!(Article::new("7").heading(), "7");
    /// ```
    pub fn heading(&self) -> Cow<'_, str> {
        if !self.title.is_empty() {
            return Cow::Borrowed(&self.title);
        }
        let opening = opening(&self.body);
        if opening.is_empty() { Cow::Borrowed(&self.id) } else { Cow::Owned(opening) }
    }

    /// Returns the body, empty when there is none.
    pub fn get_body(&self) -> &str {
        &self.body
    }

    /// Returns the day of publication.
    pub fn get_date(&self) -> Option<Date> {
        self.date
    }

    /// Returns the author.
    pub fn get_author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// Returns the source.
    pub fn get_source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns the address of its page.
    pub fn get_url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the code of its language, in lower case.
    pub fn get_lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// Returns the path of its file as a text; what is not UTF-8 in it is replaced.
    pub fn get_path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Returns the path that opens its file, also where it is not UTF-8.
    #[cfg(feature = "files")]
    pub fn file_path(&self) -> Option<std::path::PathBuf> {
        match self.escaped_path.as_deref().and_then(|escaped| escaped.strip_prefix(ESCAPED)) {
            Some(escaped) => Some(crate::ingest::path_of_key(escaped)),
            None => self.path.as_ref().map(Into::into),
        }
    }

    /// Returns the 1-based line of its file at which the body begins; 0 when it comes from no file.
    pub fn get_line(&self) -> u32 {
        self.line
    }
}

/// What stands for a title is at most this long, in characters.
const OPENING_CHARS: usize = 90;

/// Returns the first sentence of a text on one line, without its full stop, cut at a word.
pub(crate) fn opening(text: &str) -> String {
    let sentence = sentences(text).next().and_then(|range| text.get(range)).unwrap_or_default();
    let sentence = one_line(sentence);
    let sentence = if sentence.ends_with("...") { &sentence[..] } else { sentence.trim_end_matches('.') };
    let Some((cut, _)) = sentence.char_indices().nth(OPENING_CHARS) else { return sentence.to_owned() };
    let head = sentence.get(..cut).unwrap_or(sentence);
    let words = head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', ' ', '\u{a0}']))
}

/// Returns a text on one line, without blanks around it.
pub(crate) fn one_line(text: &str) -> String {
    // No-break spaces stay: French sets them before ":" and "?".
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}').filter(|w| !w.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.trim().to_owned()
}
