//! Front matter: what describes a Markdown article, above it.

use serde_json::Value;

/// The fields of a front matter that articles have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) author: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    /// Number of bytes that the front matter takes, its closing line included.
    pub(super) len: usize,
}

/// A front matter that does not close within so many bytes is none.
const LIMIT: usize = 64 << 10;

/// Reads a front matter of flat `key: value` lines between two lines `---` (YAML), of `key = value` lines between two
/// lines `+++` (TOML), or of one object (JSON); nested values, and keys that articles do not have, are left out.
///
/// A list of authors, written `[a, b]` or as `- a` lines, is joined with commas; a value of several lines (`>`, `|`) with
/// spaces.
pub(super) fn read(text: &str) -> Option<FrontMatter> {
    if text.starts_with('{') {
        return read_json(text);
    }
    let mark = ["---", "+++"].into_iter().find(|mark| text.starts_with(mark))?;
    let mut front = FrontMatter::default();
    let mut list: Option<Field> = None;
    // A value of several lines.
    let mut open: Option<(Field, String)> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        front.len += line.len();
        if front.len > LIMIT {
            return None;
        }
        let bare = line.trim_end();
        if number == 0 {
            if bare != mark {
                return None;
            }
            continue;
        }
        if bare == mark || (mark == "---" && bare == "...") {
            if let Some((field, text)) = open {
                front.put(field, text.trim());
            }
            return Some(front);
        }
        if let Some((field, mut text)) = open.take() {
            if bare.is_empty() || bare.starts_with([' ', '\t']) {
                text.push(' ');
                text.push_str(bare.trim());
                open = Some((field, text));
                continue;
            }
            front.put(field, text.trim());
        }
        if let (Some(field), Some(item)) = (list, bare.trim_start().strip_prefix("- ")) {
            // A list of persons: `- name: Inès Guichard`.
            let item = item.trim_start();
            front.put(field, &scalar(item.strip_prefix("name:").unwrap_or(item)));
            continue;
        }
        list = None;
        let separator = if mark == "---" { ':' } else { '=' };
        let Some((key, value)) = bare.split_once(separator) else { continue };
        // A nested key is indented: it describes something else.
        let Some(field) = Field::of(key) else { continue };
        let value = value.trim();
        if matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
            open = Some((field, String::new()));
        } else if value.is_empty() {
            list = Some(field);
        } else if let Some(items) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            items.split(',').for_each(|item| front.put(field, &scalar(item)));
        } else {
            front.put(field, &scalar(value));
        }
    }
    None
}

/// Reads one object, behind which a line ends.
fn read_json(text: &str) -> Option<FrontMatter> {
    let end = (0..=LIMIT.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
    let mut values = serde_json::Deserializer::from_str(text.get(..end)?).into_iter::<serde_json::Map<String, Value>>();
    let fields = values.next()?.ok()?;
    let after = text.get(values.byte_offset()..)?;
    let line = after.find('\n').map_or(after.len(), |end| end + 1);
    if !after.get(..line)?.trim().is_empty() {
        return None;
    }
    let mut front = FrontMatter { len: values.byte_offset() + line, ..FrontMatter::default() };
    for (key, value) in &fields {
        let Some(field) = Field::of(key) else { continue };
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(Value::as_str).for_each(|text| front.put(field, text));
    }
    Some(front)
}

#[derive(Clone, Copy)]
enum Field {
    Title,
    Date,
    Author,
    Source,
    Url,
    Lang,
}

impl Field {
    fn of(key: &str) -> Option<Field> {
        match key.trim_end().trim_matches('"').to_lowercase().as_str() {
            "title" | "titre" => Some(Field::Title),
            "date" | "published" | "date_published" | "datepublished" | "pubdate" => Some(Field::Date),
            "author" | "auteur" | "authors" | "auteurs" => Some(Field::Author),
            "source" | "site" | "journal" => Some(Field::Source),
            "url" | "link" | "lien" | "permalink" | "canonical_url" => Some(Field::Url),
            "lang" | "langue" | "language" => Some(Field::Lang),
            _ => None,
        }
    }
}

impl FrontMatter {
    fn put(&mut self, field: Field, value: &str) {
        if value.is_empty() || matches!(value, "~" | "null") {
            return;
        }
        let slot = match field {
            Field::Title => &mut self.title,
            Field::Date => &mut self.date,
            Field::Author => &mut self.author,
            Field::Source => &mut self.source,
            Field::Url => &mut self.url,
            Field::Lang => &mut self.lang,
        };
        match slot {
            Some(text) if matches!(field, Field::Author) => {
                text.push_str(", ");
                text.push_str(value);
            }
            // The first one holds, as in records.
            Some(_) => {}
            None => *slot = Some(value.to_owned()),
        }
    }
}

/// Reads a flat value: quoted, or bare up to a comment.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(rest) = value.strip_prefix('"') {
        return double_quoted(rest);
    }
    if let Some(rest) = value.strip_prefix('\'') {
        let mut text = String::new();
        let mut chars = rest.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\'' && chars.next_if_eq(&'\'').is_none() {
                break;
            }
            text.push(c);
        }
        return text;
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

fn double_quoted(rest: &str) -> String {
    let mut text = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n' | 't' | 'r') => text.push(' '),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    let c = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    text.push(c.unwrap_or('\u{fffd}'));
                }
                Some(escaped) => text.push(escaped),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_fields_are_read() {
        let text = "---\ntitle: \"« Pont » : \\\"fermé\\\" \\u00e0 Tulle\"\ndate: 2024-05-03 # vendredi\nauteur: 'L''écho'\n\
                    site: Le Fil\nurl: https://exemple.fr/a#b\ntags: [a, b]\nimage:\n  title: autre\n---\n\nCorps";
        let front = read(text).unwrap();
        assert_eq!(front.title.as_deref(), Some("« Pont » : \"fermé\" à Tulle"));
        assert_eq!(front.date.as_deref(), Some("2024-05-03"));
        assert_eq!(front.author.as_deref(), Some("L'écho"));
        assert_eq!(front.source.as_deref(), Some("Le Fil"));
        assert_eq!(front.url.as_deref(), Some("https://exemple.fr/a#b"));
        assert_eq!(&text[front.len..], "\nCorps");
    }

    #[test]
    fn authors_may_be_a_list() {
        let flow = read("---\nauthor: [Inès Guichard, \"Marc Aubrac\"]\n---\n").unwrap();
        let block = read("---\nauthors:\n  - Inès Guichard\n  - Marc Aubrac\ntitre: Crue\n---\n").unwrap();
        assert_eq!(flow.author.as_deref(), Some("Inès Guichard, Marc Aubrac"));
        let named = read("---\nauthors:\n  - name: Inès Guichard\n    url: x\n---\n").unwrap();
        assert_eq!(named.author.as_deref(), Some("Inès Guichard"));
        assert_eq!((block.author, block.title.as_deref()), (flow.author, Some("Crue")));
    }

    #[test]
    fn toml_is_read_as_well() {
        let front = read("+++\ntitle = \"La crue\"\ndate = 2024-05-03T10:00:00Z\n+++\nCorps").unwrap();
        assert_eq!((front.title.as_deref(), front.date.as_deref()), (Some("La crue"), Some("2024-05-03T10:00:00Z")));
    }

    #[test]
    fn json_and_values_of_several_lines_are_read_as_well() {
        let text = "{\n  \"title\": \"La crue\",\n  \"authors\": [\"Inès\", \"Marc\"], \"lang\": \"fr\"\n}\n\nCorps";
        let front = read(text).unwrap();
        assert_eq!((front.title.as_deref(), front.author.as_deref()), (Some("La crue"), Some("Inès, Marc")));
        assert_eq!((front.lang.as_deref(), &text[front.len..]), (Some("fr"), "\nCorps"));
        assert_eq!(read("{accolade} au début d’un texte\n"), None);
        assert_eq!(read("{\"title\": \"a\"} suivi d’un texte\n"), None);
        let front = read("---\ntitle: >-\n  La crue\n  de mai\ndate: 2024-05-03\nlang: fr-CA\n---\n").unwrap();
        assert_eq!((front.title.as_deref(), front.date.as_deref()), (Some("La crue de mai"), Some("2024-05-03")));
        assert_eq!(read("---\ntitle: |\n  La crue\n---\n").unwrap().title.as_deref(), Some("La crue"));
    }

    #[test]
    fn what_does_not_close_or_open_is_no_front_matter() {
        let endless = format!("---\n{}---\n", "a: b\n".repeat(20_000));
        for text in ["", "---", "--- \ntitle: a\n", "----\ntitle: a\n---\n", "texte\n---\n", "\n---\n", &endless] {
            assert_eq!(read(text), None);
        }
    }

    #[test]
    fn values_cut_short_are_read_without_panic() {
        for value in ["\"", "'", "\"\\", "\"\\u00", "[", "]", "[]", "|", "#"] {
            read(&format!("---\ntitle: {value}\n---\n")).unwrap();
        }
    }
}
