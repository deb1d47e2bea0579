//! The paths that were asked for, and how those of articles are shown.

use std::path::{Path, PathBuf};

use limier::Article;

use crate::print::screen::Screen;

/// A path that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    /// As typed.
    pub(crate) typed: PathBuf,
    /// As the file system knows it: absolute, links resolved.
    pub(crate) canonical: PathBuf,
}

impl Root {
    /// Looks a path up; the error is that of the file system.
    pub(crate) fn find(typed: &Path) -> std::io::Result<Root> {
        Ok(Root { typed: typed.to_path_buf(), canonical: typed.canonicalize()? })
    }

    /// Tells whether it lies in `folder`, or holds it.
    pub(crate) fn is_near(&self, folder: &Path) -> bool {
        self.canonical.starts_with(folder) || folder.starts_with(&self.canonical)
    }
}

/// How the paths of articles are shown: below a root that was asked for, they begin as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    roots: Vec<Root>,
}

impl Shown {
    pub(crate) fn new(roots: &[Root]) -> Shown {
        Shown { roots: roots.to_vec() }
    }

    /// Returns the path of an article's file as a text in the form that is shown.
    pub(crate) fn article(&self, article: &Article) -> Option<String> {
        article.file_path().map(|path| self.file(&path).to_string_lossy().into_owned())
    }

    /// Returns a text in which the path of an article stands as it is shown; in a pipe it opens the file, UTF-8 or not.
    pub(crate) fn with_true_path(&self, text: String, article: &Article, screen: &Screen) -> Vec<u8> {
        let path = article.file_path().filter(|_| !screen.is_terminal).map(|path| self.file(&path));
        match path.filter(|path| path.to_str().is_none()) {
            Some(path) => {
                let parts: Vec<&[u8]> = text.split(&*path.to_string_lossy()).map(str::as_bytes).collect();
                parts.join(path.as_os_str().as_encoded_bytes())
            }
            None => text.into_bytes(),
        }
    }

    /// Returns `path`, which opens the same file, in the form that is shown.
    pub(crate) fn path(&self, path: &str) -> String {
        self.file(Path::new(path)).to_string_lossy().into_owned()
    }

    fn file(&self, path: &Path) -> PathBuf {
        let below = |root: &Root| Some((root.typed.clone(), path.strip_prefix(&root.canonical).ok()?.to_path_buf()));
        // The root that lies deepest says most.
        let Some((typed, rest)) = self.roots.iter().filter_map(below).min_by_key(|(_, rest)| rest.as_os_str().len())
        else {
            return path.to_owned();
        };
        match (typed.as_os_str() == ".", rest.as_os_str().is_empty()) {
            (true, false) => rest,
            (_, true) => typed,
            (false, false) => typed.join(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_as_typed() {
        let root = |typed: &str, canonical: &str| Root { typed: typed.into(), canonical: canonical.into() };
        let shown = Shown::new(&[
            root("../presse", "/data/presse"),
            root("2024", "/data/presse/2024"),
            root(".", "/data/ici"),
            root("a.txt", "/data/a.txt"),
        ]);
        for (path, expected) in [
            ("/data/presse/x.txt", "../presse/x.txt"),
            ("/data/presse/2024/x.txt", "2024/x.txt"),
            ("/data/presses/x.txt", "/data/presses/x.txt"),
            ("/data/ici/sous/x.txt", "sous/x.txt"),
            ("/data/a.txt", "a.txt"),
            ("ailleurs/x.txt", "ailleurs/x.txt"),
        ] {
            assert_eq!(shown.path(path), expected);
        }
    }
}
