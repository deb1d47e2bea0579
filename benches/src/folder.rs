//! Folders of indexes: their size on disk.

use std::fs;
use std::path::Path;

use anyhow::Result;

/// Bytes of an index's files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// All files.
    pub(crate) total: u64,
    /// Files that hold stored text (Tantivy's `.store`).
    pub(crate) stored: u64,
}

impl Sizes {
    /// Returns the bytes that are there for searching: all but the stored text.
    pub(crate) fn searched(self) -> u64 {
        self.total - self.stored
    }
}

/// Removes what is in a folder.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder)?;
    fs::create_dir(folder)?;
    Ok(())
}

/// Adds up the files of a folder and of the folders in it.
pub(crate) fn sizes(folder: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            let inner = self::sizes(&entry.path())?;
            sizes.total += inner.total;
            sizes.stored += inner.stored;
            continue;
        }
        sizes.total += metadata.len();
        if entry.path().extension().is_some_and(|extension| extension == "store") {
            sizes.stored += metadata.len();
        }
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_text_is_counted_apart() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.store"), [0; 5]).unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/a.idx"), [0; 7]).unwrap();
        let sizes = sizes(folder.path()).unwrap();
        assert_eq!((sizes.total, sizes.stored, sizes.searched()), (12, 5, 7));
    }
}
