//! What a file is by how it begins, where its name says something else.

use super::kind::foreign_type;
use super::{Kind, Skip};

/// Bytes of the beginning of a file that are looked at.
pub(super) const HEAD_BYTES: usize = 64 << 10;

/// How the content of a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As this kind.
    Kind(Kind),
    /// As a zip file: what it holds decides.
    Zip,
}

/// Decides how a file that is named as one of `kind` is read, from its beginning.
///
/// # Errors
/// The type of a file that is not read, when that is what it begins as.
pub(super) fn form(kind: Kind, head: &[u8]) -> Result<Form, Skip> {
    if let Some(extension) = foreign_type(head) {
        return Err(Skip::UnknownType { extension: extension.to_owned() });
    }
    if cfg!(feature = "office") && head.starts_with(b"PK\x03\x04") {
        return Ok(Form::Zip);
    }
    let kind = match kind {
        Kind::JsonLines if begins_array(head) || begins_wrapped(head) => Kind::Json,
        Kind::Text => json(head).unwrap_or(Kind::Text),
        // What is no zip file cannot be one of these, whatever it is called.
        Kind::Epub | Kind::Odt | Kind::Docx => json(head).unwrap_or(Kind::Text),
        kind => kind,
    };
    Ok(Form::Kind(kind))
}

/// Tells JSON from a text that only begins with a brace.
fn json(head: &[u8]) -> Option<Kind> {
    let start = trimmed(head);
    if begins_array(head) || begins_wrapped(head) {
        return Some(Kind::Json);
    }
    let first_name = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start)?;
    if !first_name.starts_with(b"\"") {
        return None;
    }
    // One object a line, or one object over several lines.
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
        return Some(Kind::JsonLines);
    }
    let is_long = line.len() == start.len() && head.len() >= HEAD_BYTES;
    if is_long { Some(Kind::JsonLines) } else { (line.len() < start.len()).then_some(Kind::Json) }
}

/// Tells whether a text begins as an array of objects.
fn begins_array(head: &[u8]) -> bool {
    let inside = trimmed(head).strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    let object = inside.and_then(|inside| inside.strip_prefix(b"{")).map(<[u8]>::trim_ascii_start);
    object.is_some_and(|object| object.starts_with(b"\"") || object.starts_with(b"}"))
}

/// Tells whether a text begins as an object whose first value is an array of objects: `{"articles":[{`.
fn begins_wrapped(head: &[u8]) -> bool {
    let name = || {
        let inside = trimmed(head).strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"")?;
        let end = inside.iter().position(|&byte| byte == b'"')?;
        let array = inside.get(end + 1..)?.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        let name = super::objects::is_array_of_articles(inside.get(..end)?);
        Some(name && array.strip_prefix(b"[")?.trim_ascii_start().starts_with(b"{"))
    };
    name().unwrap_or(false)
}

fn trimmed(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_where_a_name_lies() {
        let long = format!("{{\"text\":\"{}", "a".repeat(HEAD_BYTES));
        for (kind, head, expected) in [
            (Kind::Text, "La crue\n", Kind::Text),
            (Kind::Text, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", Kind::JsonLines),
            (Kind::Text, &long, Kind::JsonLines),
            (Kind::Text, "\u{feff} {\n \"text\":\"a\"\n}\n", Kind::Json),
            (Kind::Text, "[\n {\"text\":\"a\"}]", Kind::Json),
            (Kind::Text, "{accolade} dans un texte", Kind::Text),
            (Kind::Text, "{\"cité\"} dans un texte", Kind::Text),
            (Kind::Text, "[1] note", Kind::Text),
            (Kind::JsonLines, "[{\"text\":\"a\"}]", Kind::Json),
            (Kind::JsonLines, "[1]\n{}", Kind::JsonLines),
            (Kind::JsonLines, "{\"articles\": [ {\"text\":\"a\"}]}", Kind::Json),
            (Kind::JsonLines, "{\"mots\": [ {\"text\":\"a\"}]}", Kind::JsonLines),
            (Kind::Json, "{\"text\":\"a\"}\n{\"text\":\"b\"}", Kind::Json),
            (Kind::Docx, "Du texte simple", Kind::Text),
            (Kind::Markdown, "{\"text\":\"a\"}\n", Kind::Markdown),
        ] {
            assert_eq!(form(kind, head.as_bytes()), Ok(Form::Kind(expected)), "{kind} {head:.20}");
        }
        for (head, extension) in [(&b"%PDF-1.7\n"[..], "pdf"), (b"{\\rtf1 ", "rtf")] {
            assert_eq!(form(Kind::Text, head), Err(Skip::UnknownType { extension: extension.to_owned() }));
        }
    }
}
