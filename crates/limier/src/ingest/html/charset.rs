//! The encoding that a page says it is in.

use std::borrow::Cow;

use encoding_rs::{Encoding as Table, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::charset::Charset;
use super::super::decode::{self, Decoded, Encoding};

/// What a page says of its encoding stands in its first bytes; browsers look at 1,024, and pages get it wrong.
const HEAD_BYTES: usize = 4096;

/// Decodes a page, or returns `None` when the bytes hold no text.
///
/// What is valid UTF-8 or has a byte-order mark is that, whatever the page says: tools that save pages write UTF-8 under
/// the old label. Else the label decides, then our own guess.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    let decoded = decode::decode(bytes)?;
    if !matches!(decoded.encoding, Encoding::Guessed(_)) {
        return Some(decoded);
    }
    let Some(table) = declared(bytes.get(..HEAD_BYTES).unwrap_or(bytes)) else { return Some(decoded) };
    // What says that it is UTF-8 and is not, is mislabelled.
    if [UTF_8, UTF_16LE, UTF_16BE].contains(&table) {
        return Some(decoded);
    }
    let (text, had_errors) = table.decode_without_bom_handling(bytes);
    // Windows-1252 is what a label that nobody changed says most often, and our own guess covers it.
    if had_errors || (table == WINDOWS_1252 && decoded.encoding == Encoding::Guessed(Charset::WINDOWS_1252)) {
        return Some(decoded);
    }
    Some(Decoded { text: Cow::Owned(text.into_owned()), encoding: Encoding::Guessed(Charset::of(table)) })
}

/// Returns the encoding that is named by `<meta charset>`, by `<meta http-equiv>` or by an XML declaration.
fn declared(head: &[u8]) -> Option<&'static Table> {
    let head = head.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&head);
    for mark in ["charset", "encoding"] {
        for (at, _) in text.match_indices(mark) {
            let rest = text.get(at + mark.len()..).unwrap_or_default().trim_start();
            let Some(value) = rest.strip_prefix('=') else { continue };
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let label = value.split(|c: char| c.is_whitespace() || "\"';/>?".contains(c)).next().unwrap_or_default();
            if let Some(table) = Table::for_label(label.as_bytes()) {
                return Some(table);
            }
        }
    }
    None
}

/// Tells whether a text is a page, whatever its name says: it begins as one.
pub(crate) fn is_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { return false };
        rest = after.trim_start();
    }
    let starts = |text: &str, with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if starts(rest, "<?xml") {
        rest = rest.split_once("?>").map_or("", |(_, after)| after).trim_start();
    }
    ["<!doctype html", "<html", "<head>", "<body"].iter().any(|with| starts(rest, with))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_decides_where_bytes_do_not() {
        let page = |label: &str, text: &[u8]| [b"<meta charset=\"", label.as_bytes(), b"\"><p>", text].concat();
        // The euro sign of Latin-9 is the currency sign of Windows-1252.
        let bytes = page("iso-8859-15", b"12 \xa4 la pr\xe9fecture");
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.get(31..), decoded.encoding.name()), (Some("12 € la préfecture"), "ISO-8859-15"));
        let bytes = page("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4");
        assert!(decode(&bytes).unwrap().text.ends_with("Привет"));
        // A label that lies, one that nobody knows, none.
        assert!(decode(&page("iso-8859-1", "préfète".as_bytes())).unwrap().text.ends_with("préfète"));
        assert!(decode(&page("utf-8", b"pr\xe9f\xe8te")).unwrap().text.ends_with("préfète"));
        assert!(decode(&page("klingon", b"pr\xe9f\xe8te")).unwrap().text.ends_with("préfète"));
        let bytes =
            b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(decode(bytes).unwrap().text.ends_with("Привет"));
    }

    #[test]
    fn pages_are_known_by_how_they_begin() {
        for text in [
            "<!DOCTYPE html><p>",
            "\n <HTML lang=fr>",
            "<?xml version=\"1.0\"?>\n<html>",
            "<!-- a -->\n<html>",
            "<body>",
        ] {
            assert!(is_page(text), "{text}");
        }
        for text in ["", "<", "<p>Un conte", "La page <html>", "<!-- sans fin", "<?xml version=\"1.0\"?><rss>"] {
            assert!(!is_page(text), "{text}");
        }
    }
}
