//! Where texts come from: a file, the generator or a folder; one at a time, so that memory holds no more than one.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::beir::Text;
use crate::{corpus, lines, walk};

/// Texts that can be gone through any number of times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// JSON Lines with `_id` or `id`, `title`, `text`, up to so many bytes of text.
    File { path: PathBuf, limit: Option<usize> },
    /// Synthetic text of so many bytes.
    Synthetic { bytes: usize, seed: u64 },
    /// A file a text, its first line the title.
    Folder(PathBuf),
}

impl Source {
    /// Calls `each` with every text.
    ///
    /// # Errors
    /// Something cannot be read, or `each` failed.
    pub(crate) fn for_each(&self, each: &mut dyn FnMut(Text) -> Result<()>) -> Result<()> {
        match self {
            Source::File { path, limit } => {
                let mut bytes = 0;
                lines::for_each_object(path, |object| {
                    let (title, body) = (lines::text_of(object, "title"), lines::text_of(object, "text"));
                    let text = Text { id: lines::id_of(object)?, title, body };
                    bytes += text.bytes();
                    each(text)?;
                    Ok(limit.is_none_or(|limit| bytes < limit))
                })
            }
            Source::Synthetic { bytes, seed } => corpus::articles(*bytes, *seed).try_for_each(|made| each(made.into())),
            Source::Folder(folder) => walk::files(folder)?.iter().try_for_each(|path| each(read(folder, path)?)),
        }
    }

    /// Reads all texts into memory.
    pub(crate) fn read(&self) -> Result<Vec<Text>> {
        let mut texts = Vec::new();
        self.for_each(&mut |text| {
            texts.push(text);
            Ok(())
        })?;
        Ok(texts)
    }
}

fn read(folder: &Path, path: &Path) -> Result<Text> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let content = String::from_utf8_lossy(&bytes);
    let (title, body) = content.split_once('\n').unwrap_or(("", &content));
    let id = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    Ok(Text { id, title: title.to_owned(), body: body.trim_start().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_and_the_generator_give_the_same_texts() {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        corpus::write_files(40_000, 2, &files).unwrap();
        let mut of_files = Source::Folder(files).read().unwrap();
        let mut made = Source::Synthetic { bytes: 40_000, seed: 2 }.read().unwrap();
        assert!(made.len() > 3 && made.len() == of_files.len());
        let bodies = |texts: &mut Vec<Text>| {
            texts.sort_by(|a, b| a.title.cmp(&b.title));
            texts.iter().map(|text| (text.title.clone(), text.body.trim().to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(bodies(&mut made), bodies(&mut of_files));
    }

    #[test]
    fn a_limit_stops_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts.jsonl");
        std::fs::write(&path, "{\"id\":1,\"text\":\"abcdefgh\"}\n".repeat(20)).unwrap();
        assert_eq!(Source::File { path: path.clone(), limit: None }.read().unwrap().len(), 20);
        assert_eq!(Source::File { path, limit: Some(12) }.read().unwrap().len(), 2);
    }

    #[test]
    fn an_error_of_whoever_takes_the_texts_ends_it() {
        let made = Source::Synthetic { bytes: 50_000, seed: 1 };
        let mut count = 0;
        let error = made.for_each(&mut |_| {
            count += 1;
            anyhow::bail!("full")
        });
        assert!(error.is_err() && count == 1);
    }
}
