//! A bare walk over a folder: what any program that looks for changes has to do at least.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use ignore::{WalkBuilder, WalkState};

/// Walks as limier does, hidden and ignored files left out, one thread a core, and asks for the size and time of every file;
/// prints the number of files and their bytes.
pub(crate) fn run(folder: &Path, out: &mut dyn Write) -> Result<()> {
    ensure!(folder.is_dir(), "{} is no folder", folder.display());
    let (files, bytes) = with_stat(folder);
    writeln!(out, "{files} files, {bytes} bytes")?;
    Ok(())
}

/// Walks as [`run`] does, and returns the number of files and their bytes.
pub(crate) fn with_stat(folder: &Path) -> (u64, u64) {
    let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    builder(folder).build_parallel().run(|| {
        Box::new(|entry| {
            let metadata = entry.ok().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
            if let Some(Ok(metadata)) = metadata.map(|entry| entry.metadata()) {
                files.fetch_add(1, Ordering::Relaxed);
                bytes.fetch_add(metadata.len(), Ordering::Relaxed);
            }
            WalkState::Continue
        })
    });
    (files.into_inner(), bytes.into_inner())
}

/// Lists the files of a folder, sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in builder(folder).build() {
        let entry = entry.with_context(|| format!("cannot walk {}", folder.display()))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.push(entry.into_path());
        }
    }
    files.sort();
    Ok(files)
}

fn builder(folder: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(folder);
    builder.require_git(false).git_global(false);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_and_listed_but_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        for (name, content) in [("b.txt", "12345"), ("in/a.txt", "123"), (".hidden", "1")] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let mut out = Vec::new();
        run(folder.path(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "2 files, 8 bytes\n");
        let listed = files(folder.path()).unwrap();
        assert_eq!(listed, [folder.path().join("b.txt"), folder.path().join("in/a.txt")]);
        assert!(run(&folder.path().join("absent"), &mut Vec::new()).is_err());
        assert!(files(&folder.path().join("absent")).is_err());
    }
}
