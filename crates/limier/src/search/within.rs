//! Narrowing a search to the articles of some folders and files.

use std::path::MAIN_SEPARATOR_STR;

use tantivy::DocSet;
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::evaluate::SegmentContext;

/// Folders and files that articles must lie in, and globs that must take their paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Within {
    /// Their paths, written as in the keys of files, `/`-separated, without a final separator; `None` for all.
    paths: Option<Vec<String>>,
    #[cfg(feature = "files")]
    globs: crate::ingest::Globs,
}

impl Within {
    #[cfg(feature = "files")]
    pub(super) fn set_paths<P: AsRef<std::path::Path>>(&mut self, paths: impl IntoIterator<Item = P>) {
        let key = |path: P| slashed(&crate::ingest::path_key(path.as_ref()));
        self.paths = Some(paths.into_iter().map(key).collect());
    }

    #[cfg(feature = "files")]
    pub(super) fn set_globs(&mut self, globs: crate::ingest::Globs) {
        self.globs = globs;
    }

    /// Tells, for each article of a segment, whether it lies within.
    pub(super) fn articles(&self, context: &SegmentContext<'_>) -> tantivy::Result<Vec<bool>> {
        let mut inside = vec![false; context.segment.max_doc() as usize];
        let inverted = context.segment.inverted_index(context.lookup.fields.file)?;
        let mut files = inverted.terms().stream()?;
        while let Some((key, info)) = files.next() {
            if !std::str::from_utf8(key).is_ok_and(|key| self.holds(key)) {
                continue;
            }
            let mut articles = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while articles.doc() != TERMINATED {
                if let Some(slot) = inside.get_mut(articles.doc() as usize) {
                    *slot = true;
                }
                articles.advance();
            }
        }
        Ok(inside)
    }

    /// Tells whether the file of this key, its root, a NUL and its path below the root, lies within.
    fn holds(&self, key: &str) -> bool {
        let (root, below) = key.split_once('\0').unwrap_or((key, ""));
        let root = slashed(root);
        #[cfg(feature = "files")]
        {
            let name = if below.is_empty() { root.rsplit('/').next().unwrap_or_default() } else { below };
            if !self.globs.take(crate::ingest::path_of_key(name)) {
                return false;
            }
        }
        let Some(paths) = &self.paths else { return true };
        let path = if below.is_empty() { root } else { format!("{root}/{below}") };
        paths
            .iter()
            .any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

fn slashed(path: &str) -> String {
    path.replace(MAIN_SEPARATOR_STR, "/").trim_end_matches('/').to_owned()
}

#[cfg(all(test, feature = "files"))]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_file_lies_in_its_folders_and_in_no_other() {
        for (folder, key, expected) in [
            ("/presse", "/presse\0a.txt", true),
            ("/presse/", "/presse\0a/b.txt", true),
            ("/presse/a", "/presse\0a/b.txt", true),
            ("/presse/a/b.txt", "/presse\0a/b.txt", true),
            ("/presse/a.txt", "/presse/a.txt\0", true),
            ("/", "/presse\0a.txt", true),
            ("/presse", "/\0presse/a.txt", true),
            ("/presse/a", "/presse\0ab.txt", false),
            ("/presse/a", "/presse\0", false),
            ("/100%", "/100%25\0a.txt", true),
            ("/presse", "\0-", false),
        ] {
            let mut within = Within::default();
            within.set_paths([folder]);
            assert_eq!(within.holds(key), expected, "{folder} {key:?}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn globs_are_matched_below_the_root() {
        for (glob, key, expected) in [
            ("*.md", "/presse\0a/b.md", true),
            ("*.md", "/presse\0a/b.txt", false),
            ("*.md", "/presse/b.md\0", true),
            ("/a/*", "/presse\0a/b.txt", true),
            ("!100%.txt", "/presse\0a/100%25.txt", false),
            ("presse/", "/presse\0a.txt", false),
        ] {
            let mut within = Within::default();
            within.set_globs(crate::ingest::Globs::new([glob]).unwrap());
            assert_eq!(within.holds(key), expected, "{glob} {key:?}");
        }
    }
}
