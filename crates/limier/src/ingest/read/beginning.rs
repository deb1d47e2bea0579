//! The beginning of a file, from which the lines are learned that recur in a folder.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::content::decoded;
use crate::ingest::decode::with_line_feeds;
use crate::ingest::recurring::Sampled;
use crate::ingest::sniff::{self, Form};
use crate::ingest::{Kind, mojibake};

/// Returns the beginning of a plain text, read as it will be; `None` for what is read otherwise, or cannot be.
pub(in crate::ingest) fn text_of_file(path: &Path) -> Option<Sampled> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).ok()?.take(sniff::HEAD_BYTES as u64 + 1);
    file.read_to_end(&mut bytes).ok()?;
    let is_whole = bytes.len() <= sniff::HEAD_BYTES;
    if !is_whole {
        bytes.truncate(bytes.iter().rposition(|&byte| byte == b'\n')?);
    }
    if sniff::form(Kind::Text, &bytes) != Ok(Form::Kind(Kind::Text)) {
        return None;
    }
    let text = with_line_feeds(decoded(&bytes, Kind::Text)?.text);
    #[cfg(feature = "html")]
    if crate::ingest::html::is_page(&text) {
        return None;
    }
    let text = mojibake::repair(&text).unwrap_or_else(|| text.into_owned());
    Some(Sampled { text, is_whole })
}
