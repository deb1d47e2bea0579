//! A copy of a folder, which may be changed.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::walk;

/// Files in a temporary folder, gone when this is dropped.
pub(crate) struct Copy {
    root: tempfile::TempDir,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) bytes: u64,
    changes: usize,
}

impl Copy {
    /// Copies the files of a folder that are neither hidden nor ignored.
    ///
    /// # Errors
    /// The folder holds no file, or something cannot be read or written.
    pub(crate) fn of(folder: &Path) -> Result<Copy> {
        ensure!(folder.is_dir(), "{} is no folder", folder.display());
        let root = tempfile::tempdir()?;
        let mut copy = Copy { root, files: Vec::new(), bytes: 0, changes: 0 };
        for path in walk::files(folder)? {
            let target = copy.folder().join(path.strip_prefix(folder)?);
            let parent = target.parent().context("a file lies in a folder")?;
            fs::create_dir_all(parent)?;
            copy.bytes += fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
            copy.files.push(target);
        }
        ensure!(!copy.files.is_empty(), "{} holds no file", folder.display());
        Ok(copy)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("text")
    }

    /// Adds a line to a text file, another one each time.
    pub(crate) fn change_one(&mut self) -> Result<()> {
        let texts: Vec<&PathBuf> =
            self.files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect();
        // Far apart, so that they lie in different folders.
        let place = self.changes * 7_919 % texts.len().max(1);
        let path = texts.get(place).context("the folder holds no .txt file to change")?;
        self.changes += 1;
        let mut file = File::options().append(true).open(path)?;
        writeln!(file, "\nUne ligne de plus, la {}e.", self.changes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_made_to_the_copy_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/a.txt"), "avant").unwrap();
        let mut copy = Copy::of(folder.path()).unwrap();
        assert_eq!((copy.files.len(), copy.bytes), (1, 5));
        copy.change_one().unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("in/a.txt")).unwrap(), "avant");
        let changed = fs::read_to_string(copy.folder().join("in/a.txt")).unwrap();
        assert!(changed.starts_with("avant\nUne ligne"), "{changed}");
    }

    #[test]
    fn folders_without_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Copy::of(folder.path()).is_err());
        assert!(Copy::of(&folder.path().join("absent")).is_err());
        fs::write(folder.path().join("a.md"), "x").unwrap();
        let error = Copy::of(folder.path()).unwrap().change_one().unwrap_err().to_string();
        assert!(error.contains(".txt"), "{error}");
    }
}
