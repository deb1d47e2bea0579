//! `limier-bench corpus`: as much French-like text as is asked for, the same for a seed.
//!
//! What is measured on it is labelled synthetic wherever it is quoted.

mod article;
mod chance;
mod lexicon;
mod sentence;

use std::collections::HashSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

pub(crate) use article::{Articles, MadeUp};

use crate::beir::Text;

/// What to make.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Bytes of titles and bodies: articles are made until they reach it.
    pub(crate) bytes: usize,
    /// Which articles.
    pub(crate) seed: u64,
    /// Where they go.
    pub(crate) target: Target,
}

/// Where articles are written.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// JSON Lines, on standard output.
    Output,
    /// JSON Lines, in a file.
    File(PathBuf),
    /// A text file an article, in a folder that is made or empty: `2014/07/a0000001.txt`.
    Folder(PathBuf),
}

/// Makes the articles and writes them.
///
/// # Errors
/// The file or folder cannot be written, or the folder holds something.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    match &options.target {
        Target::Output => write_lines(options, &mut BufWriter::new(out)),
        Target::File(path) => {
            let file = fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            write_lines(options, &mut BufWriter::new(file))
        }
        Target::Folder(folder) => write_files(options.bytes, options.seed, folder),
    }
}

/// Returns articles until their titles and bodies reach so many bytes.
pub(crate) fn articles(bytes: usize, seed: u64) -> impl Iterator<Item = MadeUp> {
    let mut written = 0;
    Articles::new(seed).take_while(move |article| {
        let goes_on = written < bytes;
        written += article.title.len() + article.body.len();
        goes_on
    })
}

impl From<MadeUp> for Text {
    fn from(article: MadeUp) -> Text {
        Text { id: article.id, title: article.title, body: article.body }
    }
}

/// One line, whose fields are always in this order.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: &'a str,
    text: &'a str,
    date: String,
    source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'a str,
}

fn write_lines(options: &Options, out: &mut dyn Write) -> Result<()> {
    for article in articles(options.bytes, options.seed) {
        let line = Line {
            id: &article.id,
            title: &article.title,
            text: &article.body,
            date: article.day.map_or(String::new(), |day| day.to_string()),
            source: &article.source,
            author: &article.author,
        };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    out.flush()?;
    Ok(())
}

/// Writes a file an article: the title, an empty line, the body.
pub(crate) fn write_files(bytes: usize, seed: u64, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let is_empty = fs::read_dir(folder)?.next().is_none();
    ensure!(is_empty, "{} is not empty: name a new folder", folder.display());
    let mut made = HashSet::new();
    for article in articles(bytes, seed) {
        let month = article.day.map_or(String::new(), |day| format!("{}/{:02}", day.year(), day.month()));
        let place = folder.join(&month);
        if made.insert(month) {
            fs::create_dir_all(&place)?;
        }
        let path = place.join(format!("{}.txt", article.id));
        let text = format!("{}\n\n{}\n", article.title, article.body);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher;

    use super::*;

    fn lines(bytes: usize, seed: u64) -> Vec<u8> {
        let mut out = Vec::new();
        run(&Options { bytes, seed, target: Target::Output }, &mut out).unwrap();
        out
    }

    #[test]
    fn a_seed_is_the_same_bytes_for_ever() {
        let out = lines(100_000, 1);
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        hasher.write(&out);
        // Figures of different days are about the same text: whoever changes this says so in the changelog.
        assert_eq!(hasher.finish(), 15_679_754_957_064_719_781, "{} bytes", out.len());
        assert_ne!(out, lines(100_000, 2));
    }

    #[test]
    fn a_smaller_corpus_is_the_beginning_of_a_larger_one() {
        let (small, large) = (lines(20_000, 1), lines(60_000, 1));
        assert!(large.starts_with(&small) && large.len() > small.len());
    }

    #[test]
    fn size_is_that_of_the_text() {
        let bytes: usize = articles(200_000, 1).map(|article| Text::from(article).bytes()).sum();
        assert!((200_000..300_000).contains(&bytes), "{bytes}");
    }

    #[test]
    fn lines_are_read_as_texts_and_files_hold_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("made.jsonl");
        let bytes = 50_000;
        run(&Options { bytes, seed: 4, target: Target::File(file.clone()) }, &mut Vec::new()).unwrap();
        let files = folder.path().join("files");
        run(&Options { bytes, seed: 4, target: Target::Folder(files.clone()) }, &mut Vec::new()).unwrap();
        let mut count = 0;
        crate::lines::for_each_object(&file, |line| {
            let (date, id) = (crate::lines::text_of(line, "date"), crate::lines::id_of(line)?);
            let path = files.join(&date[..4]).join(&date[5..7]).join(format!("{id}.txt"));
            let text = fs::read_to_string(&path)?;
            assert!(text.starts_with(&crate::lines::text_of(line, "title")));
            assert!(text.trim_end().ends_with(crate::lines::text_of(line, "text").trim_end()));
            count += 1;
            Ok(true)
        })
        .unwrap();
        assert!(count > 3, "{count}");
        let error = write_files(bytes, 4, &files).unwrap_err().to_string();
        assert!(error.contains("not empty"), "{error}");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::File(folder.path().join("no/such/folder.jsonl"));
        let error = run(&Options { bytes: 1, seed: 1, target }, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("cannot write") && error.contains("folder.jsonl"), "{error}");
    }

    /// FNV-1a, whose values are the same everywhere.
    struct Fnv(u64);

    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }

        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
    }
}
