//! The marks inside a Markdown paragraph, taken off in one pass.
//!
//! It follows CommonMark where texts of people meet it: emphasis, code, links, images, footnote marks, tags, entities and
//! escapes. Time is linear in the paragraph, whatever it holds.

use std::collections::HashMap;

/// Appends `paragraph` to `out` without its marks; every line end stays.
pub(super) fn strip(paragraph: &str, out: &mut String) {
    // Nothing to take off, as in most lines.
    if !paragraph.contains(['*', '_', '`', '[', '<', '&', '\\', '~']) {
        out.push_str(paragraph);
        return;
    }
    let last_close = ['*', '_', '~'].map(|mark| (mark, last_close(paragraph, mark)));
    Stripper { text: paragraph, closing: closing_brackets(paragraph), last_close, ..Stripper::default() }.run(out);
}

#[derive(Default)]
struct Stripper<'a> {
    text: &'a str,
    /// Where each `[` and `(` closes.
    closing: HashMap<usize, usize>,
    /// Targets of links and the like, from `]` to their end, by where they begin.
    removed: HashMap<usize, usize>,
    /// Where the last mark of each sort stands that can close emphasis; nothing opens beyond it.
    last_close: [(char, usize); 3],
    /// Marks of emphasis that are open.
    open: HashMap<char, usize>,
    /// Lengths of runs of backticks that do not come again.
    lone_code: Vec<usize>,
    no_more_tags: bool,
    no_more_comments: bool,
}

impl Stripper<'_> {
    fn run(mut self, out: &mut String) {
        let mut at = 0;
        let mut before = '\n';
        while let Some(c) = self.rest(at).chars().next() {
            if let Some(&end) = self.removed.get(&at) {
                push_line_ends(self.text.get(at..end).unwrap_or_default(), out);
                at = end;
                continue;
            }
            let next = match c {
                '\\' => self.escape(at, out),
                '`' => self.code(at, out),
                '[' | '!' => self.link(at, c),
                '<' => self.tag(at, out),
                '&' => self.entity(at, out),
                '*' | '_' | '~' => self.emphasis(at, c, before, out),
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => {
                    out.push(c);
                    at += c.len_utf8();
                }
            }
            before = c;
        }
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn escape(&self, at: usize, out: &mut String) -> Option<usize> {
        let c = self.rest(at + 1).chars().next().filter(char::is_ascii_punctuation)?;
        out.push(c);
        Some(at + 2)
    }

    fn code(&mut self, at: usize, out: &mut String) -> Option<usize> {
        let rest = self.rest(at);
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let start = at + ticks;
        let mut from = start;
        while !self.lone_code.contains(&ticks) {
            let Some(run) = self.rest(from).find('`').map(|found| from + found) else { break };
            let length = self.rest(run).len() - self.rest(run).trim_start_matches('`').len();
            if length == ticks {
                out.push_str(self.text.get(start..run).unwrap_or_default());
                return Some(run + length);
            }
            from = run + length;
        }
        if !self.lone_code.contains(&ticks) && self.lone_code.len() < 32 {
            self.lone_code.push(ticks);
        }
        out.push_str(self.text.get(at..start).unwrap_or_default());
        Some(start)
    }

    /// Takes the marks off a link or image; its text is read on as any other.
    fn link(&mut self, at: usize, c: char) -> Option<usize> {
        let bracket = if c == '!' { at + 1 } else { at };
        if !self.rest(bracket).starts_with('[') {
            return None;
        }
        let close = *self.closing.get(&bracket)?;
        let after = close + 1;
        let is_footnote = c == '[' && self.rest(bracket + 1).starts_with('^');
        if is_footnote && !self.text.get(bracket..close).is_some_and(|label| label.contains(char::is_whitespace)) {
            self.removed.insert(at, after);
            return Some(at);
        }
        if !self.rest(after).starts_with(['(', '[']) {
            return None;
        }
        let end = self.closing.get(&after)? + 1;
        self.removed.insert(close, end);
        Some(bracket + 1)
    }

    fn tag(&mut self, at: usize, out: &mut String) -> Option<usize> {
        if self.no_more_tags {
            return None;
        }
        let rest = self.rest(at);
        let (body, end) = if rest.starts_with("<!--") {
            let length = if self.no_more_comments { None } else { rest.find("-->") };
            self.no_more_comments = length.is_none();
            ("", at + length? + 3)
        } else {
            let Some(length) = rest.find('>') else {
                self.no_more_tags = true;
                return None;
            };
            (rest.get(1..length)?, at + length + 1)
        };
        let removed = self.text.get(at..end)?;
        let is_address = (body.contains("://") || body.contains('@')) && !body.contains(char::is_whitespace);
        if is_address {
            out.push_str(body);
            return Some(end);
        }
        let is_tag =
            removed.starts_with("<!--") || body.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_tag || removed.get(1..)?.contains('<') && !removed.starts_with("<!--") {
            return None;
        }
        let name = body.trim_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("br") {
            out.push(' ');
        }
        push_line_ends(removed, out);
        Some(end)
    }

    fn entity(&self, at: usize, out: &mut String) -> Option<usize> {
        // The longest of ours, "&#x10FFFF;", has ten bytes.
        let head = self.rest(at + 1).as_bytes().get(..10).unwrap_or(self.rest(at + 1).as_bytes());
        let length = head.iter().position(|&byte| byte == b';')?;
        let name = self.text.get(at + 1..at + 1 + length)?;
        out.push(entity(name)?);
        Some(at + length + 2)
    }

    fn emphasis(&mut self, at: usize, mark: char, before: char, out: &mut String) -> Option<usize> {
        let rest = self.rest(at);
        let unmarked = rest.trim_start_matches(mark);
        let length = rest.len() - unmarked.len();
        let after = unmarked.chars().next().unwrap_or('\n');
        // "mot_clé" holds no emphasis, and only two tildes strike out.
        let is_inside = mark == '_' && before.is_alphanumeric() && after.is_alphanumeric();
        let is_mark = !is_inside && (mark != '~' || length == 2) && length <= 3;
        let open = self.open.get(&mark).copied().unwrap_or(0);
        let next = Some(at + length);
        if is_mark && open > 0 && !before.is_whitespace() {
            self.open.insert(mark, open - 1);
            return next;
        }
        let closes_later = self.last_close.iter().any(|&(other, last)| other == mark && last >= at + length);
        if is_mark && !after.is_whitespace() && closes_later {
            self.open.insert(mark, open + 1);
            return next;
        }
        out.push_str(rest.get(..length).unwrap_or_default());
        next
    }
}

/// Returns where the last `mark` that follows something else than a blank or itself stands, 0 where none does.
fn last_close(text: &str, mark: char) -> usize {
    let mut before = ' ';
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if c == mark && !before.is_whitespace() && before != mark {
            last = at;
        }
        before = c;
    }
    last
}

/// Pairs brackets of each sort, as far as they pair.
fn closing_brackets(text: &str) -> HashMap<usize, usize> {
    let mut pairs = HashMap::new();
    let (mut square, mut round) = (Vec::new(), Vec::new());
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        let opened = match byte {
            _ if is_escaped => None,
            b'[' => {
                square.push(at);
                None
            }
            b'(' => {
                round.push(at);
                None
            }
            b']' => square.pop(),
            b')' => round.pop(),
            _ => None,
        };
        if let Some(opened) = opened {
            pairs.insert(opened, at);
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    pairs
}

fn push_line_ends(removed: &str, out: &mut String) {
    out.extend(removed.chars().filter(|&c| c == '\n'));
}

/// Returns the character of an entity that French texts use, or of a number (`#233`, `#xE9`).
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| !c.is_control());
    }
    let found = ENTITIES.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// From <https://html.spec.whatwg.org/multipage/named-characters.html>, what French texts use.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("deg", '°'),
    ("copy", '©'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("Agrave", 'À'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("OElig", 'Œ'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(paragraph: &str) -> String {
        let mut out = String::new();
        strip(paragraph, &mut out);
        out
    }

    #[test]
    fn marks_leave_and_text_stays() {
        for (paragraph, expected) in [
            ("sans marque", "sans marque"),
            (
                "un **mot** fort, un *autre*, ***deux*** et __trois__, _quatre_",
                "un mot fort, un autre, deux et trois, quatre",
            ),
            ("**fort\net long**", "fort\net long"),
            ("~~rayé~~ et ~40", "rayé et ~40"),
            ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
            ("mot_clé_long et fichier_a.txt", "mot_clé_long et fichier_a.txt"),
            ("une étoile* seule", "une étoile* seule"),
            ("`code *brut*` et ``a ` b``", "code *brut* et a ` b"),
            ("un ` seul", "un ` seul"),
            ("[le **pont**](https://a.fr/x_(y) \"Le pont\") fermé", "le pont fermé"),
            ("[le pont][ref] ou [le pont][]", "le pont ou le pont"),
            ("![une carte](c.png) et [![logo](l.png)](https://a.fr)", "une carte et logo"),
            ("[le\npont](\nhttps://a.fr)", "le\npont\n"),
            ("[sic] et [1] restent", "[sic] et [1] restent"),
            ("note[^1] et [^note-2]", "note et "),
            ("<https://a.fr/b> <a@b.fr>", "https://a.fr/b a@b.fr"),
            ("un<br/>deux <b class=\"x\">gras</b> <!-- non --> a < b", "un deux gras  a < b"),
            ("\\*brut\\* \\[x\\] C:\\dossier", "*brut* [x] C:\\dossier"),
            ("l&rsquo;&eacute;t&#233; &#xE0; 3&nbsp;&euro; &inconnu; R&D", "l’été à 3\u{a0}€ &inconnu; R&D"),
        ] {
            assert_eq!(plain(paragraph), expected, "{paragraph}");
        }
    }

    #[test]
    fn line_ends_are_never_lost() {
        for paragraph in
            ["[a\n](b\n)\n*c\n*", "<b\nc>\n`d\n`", "![\n](\n)", "**\n**\n_\n_", "<!-- a\nb -->\n", "[^a]\n"]
        {
            assert_eq!(plain(paragraph).matches('\n').count(), paragraph.matches('\n').count(), "{paragraph:?}");
        }
    }

    #[test]
    fn endless_marks_take_linear_time() {
        for mark in ["[", "(", "*", "`", "_ a", "](", "*a ", "<", "<!--", "&", "\\", "`a``", "![", "~~"] {
            let hostile = mark.repeat(30_000);
            let start = std::time::Instant::now();
            plain(&hostile);
            assert!(start.elapsed().as_secs() < 5, "{mark}");
        }
    }
}
