//! Markdown: one article a file, its marks taken off.
//!
//! What is searched and shown is the text that a reader sees. It is made line by line: every line of it is the same line
//! of the file, so that hits can name their line; nothing is reordered, and what only a program needs (link targets,
//! fences, tags, comments) leaves nothing behind.

use std::ops::Range;

use crate::Article;

use super::{Skip, byline, dates, front, inline, text, title};

/// Makes an article of a Markdown text whose lines end in `\n`, and says whether its date could not be read.
///
/// The title is that of the front matter, else the first heading of the first level, else the heading that comes before
/// any text, else what a plain text would give.
pub(super) fn article(id: String, markdown: &str, name: &str) -> (Article, Option<Skip>) {
    let front = front::read(markdown).unwrap_or_default();
    let (above, below) = markdown.split_at_checked(front.len).unwrap_or(("", markdown));
    let plain = Plain::of(below);
    let (mut article, cut) = match (&front.title, plain.title()) {
        (Some(of_front), heading) => {
            let repeated =
                heading.filter(|range| title::same(plain.text.get(range.clone()).unwrap_or_default(), of_front));
            (Article::new(id).title(title::one_line(of_front)), repeated)
        }
        (None, Some(heading)) => {
            let of_heading = title::one_line(plain.text.get(heading.clone()).unwrap_or_default());
            (Article::new(id).title(of_heading), Some(heading))
        }
        (None, None) => {
            let article = text::article(id, &plain.text, name, &super::RecurringLines::default());
            let line = article.get_line();
            return described(article, front, line, above);
        }
    };
    let around = cut.clone().unwrap_or(0..0);
    let (before, after) = (plain.text.get(..around.start), plain.text.get(around.end..));
    article = byline::describe(article, before.unwrap_or_default(), after.unwrap_or_default());
    let (body, line) = text::body_without(&plain.text, cut);
    article = article.body(body);
    described(article, front, line, above)
}

/// Tells whether a text begins with a front matter that names its title.
pub(super) fn has_front_matter(text: &str) -> bool {
    front::read(text).is_some_and(|front| front.title.is_some())
}

/// Adds what the front matter says, and the lines that it takes.
fn described(mut article: Article, front: front::FrontMatter, line: u32, above: &str) -> (Article, Option<Skip>) {
    let lines_above = above.bytes().filter(|&byte| byte == b'\n').count();
    article = article.line(line.saturating_add(u32::try_from(lines_above).unwrap_or(u32::MAX)));
    if let Some(author) = front.author {
        article = article.author(author);
    }
    if let Some(source) = front.source {
        article = article.source(source);
    }
    if let Some(url) = front.url {
        article = article.url(url);
    }
    if let Some(lang) = front.lang {
        article = article.lang(lang);
    }
    match front.date {
        None => (article, None),
        Some(date) => match dates::of_record(&date) {
            Some(date) => (article.date(date), None),
            // The front matter begins on the first line.
            None => (article, Some(Skip::UnreadableDate { line: 1, text: date.chars().take(40).collect() })),
        },
    }
}

/// The text of a Markdown file without its marks, line by line, and where its headings stand.
struct Plain {
    text: String,
    headings: Vec<Heading>,
    /// Where the first text that is no heading begins.
    first_text: usize,
}

struct Heading {
    level: usize,
    range: Range<usize>,
}

impl Plain {
    fn of(markdown: &str) -> Plain {
        let mut plain =
            Plain { text: String::with_capacity(markdown.len()), headings: Vec::new(), first_text: usize::MAX };
        // Lines of one paragraph wait here, since a mark may open on one line and close on another.
        let mut paragraph = String::new();
        let mut fence: Option<&str> = None;
        let mut in_comment = false;
        for line in markdown.split_inclusive('\n') {
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
            if let Some(mark) = fence {
                // What is fenced is shown as it stands.
                if line.trim().starts_with(mark) && line.trim().chars().all(|c| mark.contains(c)) {
                    fence = None;
                } else {
                    plain.text.push_str(line);
                }
                plain.text.push_str(end);
                continue;
            }
            if in_comment {
                in_comment = !line.contains("-->");
                plain.text.push_str(end);
                continue;
            }
            let block = Block::of(line, !paragraph.trim().is_empty());
            if let Block::Text(text) = block {
                paragraph.push_str(&text);
                paragraph.push_str(end);
                continue;
            }
            let above = plain.flush(&mut paragraph);
            match block {
                Block::Heading(level, text) => plain.heading(level, text),
                // The paragraph above was the heading.
                Block::Underline(level) => {
                    if plain.first_text == above.start {
                        plain.first_text = usize::MAX;
                    }
                    plain.headings.push(Heading { level, range: above });
                }
                Block::Fence(mark) => fence = Some(mark),
                Block::CommentStart => in_comment = true,
                Block::Text(_) | Block::Blank => {}
            }
            plain.text.push_str(end);
        }
        plain.flush(&mut paragraph);
        plain
    }

    /// Writes out the lines that wait, and returns where they stand without their last line end.
    fn flush(&mut self, paragraph: &mut String) -> Range<usize> {
        let start = self.text.len();
        inline::strip(paragraph, &mut self.text);
        paragraph.clear();
        let written = self.text.get(start..).unwrap_or_default();
        let range = start..start + written.trim_end().len();
        if !range.is_empty() && self.first_text == usize::MAX {
            self.first_text = start;
        }
        range
    }

    fn heading(&mut self, level: usize, text: &str) {
        let start = self.text.len();
        inline::strip(text, &mut self.text);
        let range = start..self.text.len();
        if !self.text.get(range.clone()).unwrap_or_default().trim().is_empty() {
            self.headings.push(Heading { level, range });
        }
    }

    fn title(&self) -> Option<Range<usize>> {
        let first_level = self.headings.iter().find(|heading| heading.level == 1);
        let before_text = || self.headings.first().filter(|heading| heading.range.start < self.first_text);
        first_level.or_else(before_text).map(|heading| heading.range.clone())
    }
}

/// What a line is.
enum Block<'a> {
    Blank,
    /// A line of running text, its marks of quotation, list or table taken off.
    Text(String),
    Heading(usize, &'a str),
    /// A line that makes a heading of the paragraph above.
    Underline(usize),
    /// The opening of fenced code, and what closes it.
    Fence(&'static str),
    /// A comment that goes on beyond its line.
    CommentStart,
}

impl Block<'_> {
    fn of(line: &str, after_text: bool) -> Block<'_> {
        let bare = line.trim();
        if bare.is_empty() {
            return Block::Blank;
        }
        for mark in ["```", "~~~"] {
            if bare.starts_with(mark) && !bare.trim_start_matches(mark).contains(mark) {
                return Block::Fence(mark);
            }
        }
        if bare.starts_with("<!--") && !bare.contains("-->") {
            return Block::CommentStart;
        }
        let marks = bare.len() - bare.trim_start_matches('#').len();
        let after_marks = bare.trim_start_matches('#');
        if (1..=6).contains(&marks) && (after_marks.is_empty() || after_marks.starts_with([' ', '\t'])) {
            let text = after_marks.trim();
            // Closing marks count only after a blank: "Le C#" keeps its own.
            let unclosed = text.trim_end_matches('#');
            let text = if unclosed.is_empty() || unclosed.ends_with(' ') { unclosed.trim_end() } else { text };
            return Block::Heading(marks, text);
        }
        if let Some(mark @ ('=' | '-' | '*' | '_')) = bare.chars().next() {
            let is_rule = bare.chars().all(|c| c == mark || c == ' ');
            if is_rule && after_text && matches!(mark, '=' | '-') && !bare.contains(' ') {
                return Block::Underline(if mark == '=' { 1 } else { 2 });
            }
            if is_rule && bare.chars().filter(|&c| c == mark).count() >= 3 {
                return Block::Blank;
            }
        }
        if is_definition(bare) || is_table_rule(bare) {
            return Block::Blank;
        }
        Block::Text(text_of(line))
    }
}

/// Tells whether a line defines the target of links: `[nom]: https://…`.
fn is_definition(bare: &str) -> bool {
    let label = bare.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    label.is_some_and(|(label, target)| {
        !label.starts_with('^') && !label.contains(['[', ']']) && !target.trim().is_empty()
    })
}

/// Tells whether a line parts the head of a table from its rows: `|---|:-:|`.
fn is_table_rule(bare: &str) -> bool {
    bare.contains('|') && bare.contains('-') && bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Takes the marks of quotation, list, footnote and table off a line.
fn text_of(line: &str) -> String {
    let mut rest = line.trim_end();
    while let Some(quoted) = rest.trim_start().strip_prefix('>') {
        rest = quoted;
    }
    let bare = rest.trim_start();
    if let Some((_, note)) = bare.strip_prefix("[^").and_then(|rest| rest.split_once("]:")) {
        return note.trim_start().to_owned();
    }
    if let Some(cells) = bare.strip_prefix('|') {
        return cells.strip_suffix('|').unwrap_or(cells).trim().to_owned();
    }
    for mark in ["* ", "+ "] {
        if let Some(item) = bare.strip_prefix(mark) {
            return format!("- {item}");
        }
    }
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> Article {
        article("x".to_owned(), markdown, "notes-de-terrain").0
    }

    #[test]
    fn the_front_matter_describes_the_article() {
        let markdown = "---\ntitle: \"La crue : récit\"\ndate: 2024-05-03\nauthor: Inès Guichard\nsource: Le Fil\n\
                        url: https://exemple.fr/crue\n---\n\n# La crue\u{a0}: récit\n\nL’eau monte.\n\n## Le pont\n\nFermé.\n";
        let article = read(markdown);
        assert_eq!(article.get_title(), "La crue : récit");
        assert_eq!(article.get_body(), "L’eau monte.\n\nLe pont\n\nFermé.");
        assert_eq!((article.get_line(), article.get_date().unwrap().to_string()), (11, "2024-05-03".to_owned()));
        assert_eq!((article.get_author(), article.get_source()), (Some("Inès Guichard"), Some("Le Fil")));
        assert_eq!(article.get_url(), Some("https://exemple.fr/crue"));
    }

    #[test]
    fn another_heading_than_the_title_stays_in_the_body() {
        let article = read("---\ntitle: La crue\n---\n# Le récit\n\nL’eau monte.");
        assert_eq!((article.get_title(), article.get_body()), ("La crue", "Le récit\n\nL’eau monte."));
    }

    #[test]
    fn the_first_heading_is_the_title() {
        for (markdown, title, body, line) in [
            ("# La *crue* #\n\nL’eau monte.", "La crue", "L’eau monte.", 3),
            ("La crue\n=======\n\nL’eau monte.", "La crue", "L’eau monte.", 4),
            ("\n## La crue\n\nL’eau monte.\n\n## Le pont", "La crue", "L’eau monte.\n\nLe pont", 4),
            (
                "Préambule long.\n\n## Le pont\n\n# La crue\n\nL’eau.",
                "La crue",
                "Préambule long.\n\nLe pont\n\n\n\nL’eau.",
                1,
            ),
            ("# Le C#\n\nUn langage.", "Le C#", "Un langage.", 3),
        ] {
            let article = read(markdown);
            assert_eq!(
                (article.get_title(), article.get_body(), article.get_line()),
                (title, body, line),
                "{markdown}"
            );
        }
    }

    #[test]
    fn a_byline_below_the_heading_describes_the_article() {
        let article = read("# Le pont\n\n*Par Inès Guichard*\n\nPublié le 3 mai 2024\n\nIl ferme aux poids lourds.");
        assert_eq!(article.get_author(), Some("Inès Guichard"));
        assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"));
        let told = read("---\nauthor: Marc Aubrac\n---\n# Le pont\n\nPar Inès Guichard\n\nIl ferme.");
        assert_eq!(told.get_author(), Some("Marc Aubrac"));
    }

    #[test]
    fn without_heading_the_title_is_found_as_in_plain_text() {
        let article = read("La crue a emporté le pont\n\nIl était **vieux** de deux siècles.\n");
        assert_eq!(article.get_title(), "La crue a emporté le pont");
        assert_eq!((article.get_body(), article.get_line()), ("Il était vieux de deux siècles.", 3));
        let article = read(
            "---\nauthor: I. G.\n---\n\nIl était vieux de deux siècles, et personne ne l’avait jamais vu trembler ainsi.\n",
        );
        assert_eq!((article.get_title(), article.get_line()), ("Notes de terrain", 5));
    }

    #[test]
    fn marks_are_taken_off_and_lines_keep_their_numbers() {
        let markdown = "# Titre\n\n> Citation **forte\n> et longue**.\n\n* un\n+ deux\n- trois\n1. quatre\n\n```rust\nlet a_b = *c;\n```\n\n\
                        | Ville | Cote |\n|-------|-----:|\n| Tulle | 3,80 |\n\n---\n\n<!-- note\ncachée -->\nVoir [le plan][1] et ![la carte](c.png)[^n].\n\n\
                        [1]: https://exemple.fr\n[^n]: Source : Vigicrues.\n";
        let article = read(markdown);
        let expected = "Citation forte\net longue.\n\n- un\n- deux\n- trois\n1. quatre\n\n\nlet a_b = *c;\n\n\n\
                        Ville | Cote\n\nTulle | 3,80\n\n\n\n\n\nVoir le plan et la carte.\n\n\nSource : Vigicrues.";
        assert_eq!(article.get_body(), expected);
        assert_eq!(article.get_line(), 3);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told() {
        let (article, skip) = article("x".to_owned(), "---\ndate: mardi\n---\nL’eau monte.", "x");
        assert_eq!(skip, Some(Skip::UnreadableDate { line: 1, text: "mardi".to_owned() }));
        assert_eq!(article.get_date(), None);
    }

    #[test]
    fn any_text_is_read_without_panic_and_keeps_its_lines() {
        for markdown in [
            "", "#", "---", "```", "```\n", "> ", ">", "|", "||", "[^", "[^]:", "[]:", "<!--", "***", "- ", "é\n=\n",
            "===\n",
        ] {
            let _ = read(markdown);
            assert_eq!(Plain::of(markdown).text.matches('\n').count(), markdown.matches('\n').count(), "{markdown:?}");
        }
    }
}
