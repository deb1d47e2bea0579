//! Where the data of tests lies.

use std::path::PathBuf;

/// Returns a path in the project.
pub fn project(relative: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(relative)
}

/// Returns a path in the data that is not part of the project, or `None`, which is said, where that is absent.
///
/// It lies beside the project, or where `LIMIER_SHARED` says.
pub fn shared(relative: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LIMIER_SHARED").map_or_else(|| project("../shared"), PathBuf::from);
    let path = folder.join(relative);
    if path.exists() {
        return Some(path);
    }
    #[allow(clippy::print_stderr)]
    {
        eprintln!("skipped: {} is absent", path.display());
    }
    None
}
