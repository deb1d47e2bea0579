//! Reads lines of plain or gzip-compressed files.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// The first two bytes of every gzip file (RFC 1952, section 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Finds `name` or `name.gz` in a folder.
pub(crate) fn find(folder: &Path, name: &str) -> Result<PathBuf> {
    let plain = folder.join(name);
    if plain.is_file() {
        return Ok(plain);
    }
    let compressed = folder.join(format!("{name}.gz"));
    if compressed.is_file() {
        return Ok(compressed);
    }
    bail!("{} holds neither {name} nor {name}.gz", folder.display())
}

/// Opens a file for reading by lines, decompressing it when its first bytes say that it is gzip.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut reader = BufReader::new(file);
    let start = reader.fill_buf().with_context(|| format!("cannot read {}", path.display()))?;
    if start.starts_with(&GZIP_MAGIC) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(reader))));
    }
    Ok(Box::new(reader))
}

/// Calls `each` with every line that is not blank; an error is reported with the file and the line's number.
///
/// Reading stops early, without an error, when `each` answers `false`.
pub(crate) fn for_each_line(path: &Path, mut each: impl FnMut(&str) -> Result<bool>) -> Result<()> {
    for (index, line) in open(path)?.lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), index + 1);
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        if !each(&line).with_context(place)? {
            break;
        }
    }
    Ok(())
}

/// Calls `each` with the JSON object of every line, as [`for_each_line`] does.
pub(crate) fn for_each_object(path: &Path, mut each: impl FnMut(&Value) -> Result<bool>) -> Result<()> {
    for_each_line(path, |line| {
        let value: Value = serde_json::from_str(line).context("not JSON")?;
        each(&value)
    })
}

/// Returns a string or a number of an object as a string; a field that is absent or null is empty.
pub(crate) fn text_of(object: &Value, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns the id of an object: `_id`, else `id`.
pub(crate) fn id_of(object: &Value) -> Result<String> {
    let id = [text_of(object, "_id"), text_of(object, "id")].into_iter().find(|id| !id.is_empty());
    id.context("no _id")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn lines_of(path: &Path) -> Vec<String> {
        let mut lines = Vec::new();
        for_each_line(path, |line| {
            lines.push(line.to_string());
            Ok(true)
        })
        .unwrap();
        lines
    }

    #[test]
    fn plain_and_compressed_files_read_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let text = "été\n\nhiver\n";
        std::fs::write(folder.path().join("plain.txt"), text).unwrap();
        let mut encoder =
            GzEncoder::new(File::create(folder.path().join("packed.txt.gz")).unwrap(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap();

        let plain = find(folder.path(), "plain.txt").unwrap();
        let packed = find(folder.path(), "packed.txt").unwrap();
        assert_eq!(lines_of(&plain), ["été", "hiver"]);
        assert_eq!(lines_of(&packed), ["été", "hiver"]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = find(folder.path(), "corpus.jsonl").unwrap_err().to_string();
        assert!(error.contains("neither corpus.jsonl nor corpus.jsonl.gz"), "{error}");
    }

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.jsonl");
        std::fs::write(&path, "{}\n{\n").unwrap();
        let error = format!("{:#}", for_each_object(&path, |_| Ok(true)).unwrap_err());
        assert!(error.contains("bad.jsonl, line 2: not JSON"), "{error}");
    }

    #[test]
    fn an_id_may_be_a_number() {
        let object = serde_json::json!({"_id": 7, "text": null});
        assert_eq!(id_of(&object).unwrap(), "7");
        assert_eq!(text_of(&object, "text"), "");
        assert!(id_of(&serde_json::json!({"text": "x"})).is_err());
    }
}
