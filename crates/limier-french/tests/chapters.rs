//! What French search means, chapter by chapter: each file of `tests/chapters` states it in lines that can be read.
//!
//! - `text → reading`: the exact terms of a text, in order; `(le)` is a stop word, `[openai]` another reading.
//! - `this = that = other`: each of them finds each other, by a term that carries sense, at the exact level or the stem's.
//! - `this ≠ that`: neither finds the other.
//!
//! `\n` is the end of a line and `\u{a0}` a character by its number. Lines that open with `#` are prose.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use limier_french::{Analysis, FrenchAnalyzer, Stop};

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("u{") {
            let end = after.find('}').expect("a closed escape");
            out.push(char::from_u32(u32::from_str_radix(&after[..end], 16).expect("a number")).expect("a character"));
            rest = &after[end + 1..];
        } else if let Some(after) = rest.strip_prefix('n') {
            out.push('\n');
            rest = after;
        } else {
            out.push('\\');
        }
    }
    out.push_str(rest);
    out
}

fn reading(analysis: &Analysis) -> String {
    let words = analysis.tokens().map(|token| match (token.alternate, token.stop) {
        (true, _) => format!("[{}]", token.exact),
        (false, Stop::None) => token.exact.to_owned(),
        (false, _) => format!("({})", token.exact),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The terms that carry sense, each with its level; all of them when none does.
fn terms(text: &str) -> BTreeSet<(char, String)> {
    let analysis = FrenchAnalyzer::new().analyze(text);
    let with_sense = analysis.tokens().any(|token| token.stop == Stop::None);
    let tokens = analysis.tokens().filter(|token| !with_sense || token.stop == Stop::None);
    tokens.flat_map(|token| [('e', token.exact.to_owned()), ('s', token.stem.to_owned())]).collect()
}

fn find_each_other(one: &str, other: &str) -> bool {
    !terms(one).is_disjoint(&terms(other))
}

/// Checks one line; returns what is wrong with it.
fn check(line: &str) -> Result<(), String> {
    if let Some((text, expected)) = line.split_once(" → ") {
        let read = reading(&FrenchAnalyzer::new().analyze(text.trim_end()));
        return if read == expected.trim() { Ok(()) } else { Err(format!("{line}\n      read as: {read}")) };
    }
    if let Some((one, other)) = line.split_once(" ≠ ") {
        let apart = !find_each_other(one.trim(), other.trim());
        return if apart { Ok(()) } else { Err(format!("{line}\n      find each other")) };
    }
    let texts: Vec<&str> = line.split(" = ").map(str::trim).collect();
    assert!(texts.len() > 1, "neither a reading nor a comparison: {line}");
    for (rank, one) in texts.iter().enumerate() {
        if let Some(other) = texts[rank + 1..].iter().find(|other| !find_each_other(one, other)) {
            return Err(format!("{line}\n      {one} and {other} do not find each other"));
        }
    }
    Ok(())
}

#[test]
fn chapters() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chapters");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("chapters").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let (mut lines, mut failures) = (0, Vec::new());
    for file in &files {
        let chapter = fs::read_to_string(file).expect("text");
        for line in chapter.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            lines += 1;
            if let Err(failure) = check(&unescape(line)) {
                failures.push(format!("{}: {failure}", file.file_stem().unwrap_or_default().display()));
            }
        }
    }
    assert!(files.len() >= 10 && lines >= 300, "{} chapters, {lines} lines: some are missing", files.len());
    assert!(failures.is_empty(), "{} of {lines} lines fail:\n  {}", failures.len(), failures.join("\n  "));
}
