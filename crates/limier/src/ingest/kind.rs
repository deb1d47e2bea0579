//! How a file is read, from its name.

use std::path::Path;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// One article, plain text: `.txt`, `.text`, and files without extension that hold text.
    Text,
    /// One article, Markdown: `.md`, `.markdown`.
    Markdown,
    /// One article a line, each a JSON object: `.jsonl`, `.ndjson`.
    JsonLines,
}

impl Kind {
    /// Returns how the file of this name is read.
    ///
    /// # Errors
    /// The extension, in lower case, when files of this type are not read.
    ///
    /// ```
    /// use limier::ingest::Kind;
    /// assert_eq!(Kind::of("notes.MD"), Ok(Kind::Markdown));
    /// assert_eq!(Kind::of("LISEZMOI"), Ok(Kind::Text));
    /// assert_eq!(Kind::of("scan.pdf"), Err("pdf".to_owned()));
    /// ```
    pub fn of(path: impl AsRef<Path>) -> Result<Kind, String> {
        let extension = path.as_ref().extension().unwrap_or_default();
        let is = |names: &[&str]| names.iter().any(|name| extension.eq_ignore_ascii_case(name));
        if is(&["txt", "text"]) {
            return Ok(Kind::Text);
        }
        if is(&["md", "markdown"]) {
            return Ok(Kind::Markdown);
        }
        if is(&["jsonl", "ndjson"]) {
            return Ok(Kind::JsonLines);
        }
        let extension = extension.to_string_lossy().to_lowercase();
        // No extension, or a point in the middle of a name ("Lettre à M. Dupont"): the content decides.
        if is_extension(&extension) { Err(extension) } else { Ok(Kind::Text) }
    }

    /// Tells whether a file of this kind is held in memory as a whole while it is read.
    pub fn is_read_whole(self) -> bool {
        !matches!(self, Kind::JsonLines)
    }
}

fn is_extension(text: &str) -> bool {
    let short = (1..=10).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"~+_-".contains(&byte));
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'~');
    short && plain && has_letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide() {
        for (name, expected) in [
            ("a.txt", Ok(Kind::Text)),
            ("a.TXT", Ok(Kind::Text)),
            ("a.text", Ok(Kind::Text)),
            ("a", Ok(Kind::Text)),
            ("Lettre à M. Dupont de Nemours", Ok(Kind::Text)),
            ("réunion du 26.11.2024", Ok(Kind::Text)),
            ("a.b.md", Ok(Kind::Markdown)),
            ("a.markdown", Ok(Kind::Markdown)),
            ("a.ndjson", Ok(Kind::JsonLines)),
            ("a.jsonl", Ok(Kind::JsonLines)),
            ("a.PDF", Err("pdf".to_owned())),
            ("a.tar.gz", Err("gz".to_owned())),
            ("a.mp3", Err("mp3".to_owned())),
            ("a.txt~", Err("txt~".to_owned())),
        ] {
            assert_eq!(Kind::of(name), expected, "{name}");
        }
    }
}
