//! Narrowing a search to the articles of some folders and files.

use std::path::MAIN_SEPARATOR_STR;

use tantivy::DocSet;
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::evaluate::SegmentContext;

/// Folders and files that articles must lie in.
#[derive(Clone, Debug, Default)]
pub(super) struct Within {
    /// Their paths, written as in the keys of files, `/`-separated, without a final separator.
    paths: Vec<String>,
}

impl Within {
    #[cfg(feature = "files")]
    pub(super) fn new<P: AsRef<std::path::Path>>(paths: impl IntoIterator<Item = P>) -> Within {
        Within { paths: paths.into_iter().map(|path| slashed(&crate::ingest::path_key(path.as_ref()))).collect() }
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
        let path = if below.is_empty() { root } else { format!("{root}/{below}") };
        self.paths
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
            assert_eq!(Within::new([folder]).holds(key), expected, "{folder} {key:?}");
        }
    }
}
