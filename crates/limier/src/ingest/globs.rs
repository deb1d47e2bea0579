//! Globs that paths are matched with, as ripgrep's `-g` reads them.

use std::path::Path;

use ignore::overrides::{Override, OverrideBuilder};

use crate::{Error, ErrorKind};

/// Globs: a path must match one of them, where there is one without `!`, and none that begins with `!`.
///
/// They are read as lines of a `.gitignore` are: `*.txt` matches at any depth, `/2024/**` from the root on, and `brouillons/`
/// a folder and what is in it.
///
/// ```
/// use limier::ingest::Globs;
/// let globs = Globs::new(["*.txt", "!brouillons/"])?;
/// assert!(globs.take("2024/crue.txt") && !globs.take("2024/crue.md") && !globs.take("brouillons/crue.txt"));
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Globs(Override);

impl Default for Globs {
    /// Makes globs that take every path.
    fn default() -> Globs {
        Globs(Override::empty())
    }
}

impl Globs {
    /// Reads globs.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] when one of them is no glob.
    pub fn new<G: AsRef<str>>(globs: impl IntoIterator<Item = G>) -> Result<Globs, Error> {
        let invalid = |source: ignore::Error| {
            Error::new(ErrorKind::InvalidOption, "a glob cannot be read: write it as '*.txt' or '!brouillons/'")
                .with_source(source)
        };
        let mut builder = OverrideBuilder::new("");
        for glob in globs {
            builder.add(glob.as_ref()).map_err(invalid)?;
        }
        Ok(Globs(builder.build().map_err(invalid)?))
    }

    /// Tells whether the globs take a path, relative to the root that it was found below.
    pub fn take(&self, path: impl AsRef<Path>) -> bool {
        let path = path.as_ref();
        if self.0.is_empty() {
            return true;
        }
        let file = self.0.matched(path, false);
        // Beside globs that take, a file that none names is out, too; as a folder it would be neither out nor in.
        let is_named_out = file.is_ignore() && self.0.matched(path, true).is_ignore();
        let folders = || path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        if is_named_out || folders().any(|folder| self.0.matched(folder, true).is_ignore()) {
            return false;
        }
        let takes_all_else = self.0.num_whitelists() == 0;
        takes_all_else || file.is_whitelist() || folders().any(|folder| self.0.matched(folder, true).is_whitelist())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_read_as_ripgrep_reads_them() {
        for (globs, path, expected) in [
            (&["*.txt"][..], "a.txt", true),
            (&["*.txt"], "x/a.txt", true),
            (&["*.txt"], "x/a.md", false),
            (&["/x/*.txt"], "x/a.txt", true),
            (&["/x/*.txt"], "y/x/a.txt", false),
            (&["!*.md"], "a.txt", true),
            (&["!*.md"], "a.md", false),
            (&["!x/"], "x/y/a.txt", false),
            (&["!x/"], "y/a.txt", true),
            (&["x/"], "x/a.md", true),
            (&["x/", "!*.md"], "x/a.md", false),
            (&["*.{txt,md}", "!b*"], "b.txt", false),
            (&["*.{txt,md}"], "é.md", true),
            (&[], "a", true),
        ] {
            assert_eq!(Globs::new(globs).unwrap().take(path), expected, "{globs:?} {path}");
        }
        assert_eq!(Globs::new(["a["]).unwrap_err().kind(), ErrorKind::InvalidOption);
    }
}
