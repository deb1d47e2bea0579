//! The border where a panic of a library below becomes an error.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::index::directory::{DamagedFile, Storage};
use crate::{Error, ErrorKind};

/// Runs `work` on the index in `folder`; a panic in it, or damage that it met, becomes an error.
///
/// Nothing damaged is ever handed to Tantivy, but it panics on some failures to read. What it made of damage that was met
/// meanwhile is not believed, an answer neither: the error names the file. A panic without damage is a defect, unless
/// the mapped files have been changed after they were checked.
///
/// Nothing that `work` leaves half done is used after a panic: readers are immutable, and a writer is dropped.
pub(crate) fn guard<T>(
    storage: &Storage,
    folder: Option<&Path>,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let before = storage.journal().count();
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let damage = storage.journal().damage_since(before);
    match (outcome, damage) {
        (Ok(Err(error)), _) if error.is_corrupt() && error.path().is_some() => Err(error),
        (_, Some(damage)) => Err(damaged(folder, &damage)),
        (Ok(outcome), None) => outcome,
        (Err(panic), None) => Err(match storage.check_open() {
            Some(damage) => damaged(folder, &damage),
            None => defect(&*panic),
        }),
    }
}

/// Makes the error of a damaged file of the index in `folder`.
pub(crate) fn damaged(folder: Option<&Path>, damage: &DamagedFile) -> Error {
    let path = folder.unwrap_or(Path::new("")).join(damage.name());
    let text = format!("{} is damaged: rebuild the index", path.display());
    Error::new(ErrorKind::Corrupt, text).with_path(path).with_source(damage.what().to_owned())
}

fn defect(panic: &(dyn std::any::Any + Send)) -> Error {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text");
    let text = "a defect of limier or of a library below it, the index is sound: please report it";
    Error::new(ErrorKind::Internal, text).with_source(what.to_owned())
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use tantivy::Directory;
    use tantivy::directory::RamDirectory;

    use super::*;

    /// Memory in which `meta.json` is damaged.
    fn storage() -> Storage {
        let memory = RamDirectory::create();
        memory.atomic_write(Path::new("meta.json"), b"{}").unwrap();
        Storage::new(memory)
    }

    #[test]
    fn a_panic_without_damage_is_a_defect() {
        let error = guard::<()>(&storage(), None, || panic!("offset {} out of range", 7)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert_eq!(error.source().unwrap().to_string(), "offset 7 out of range");
    }

    #[test]
    fn whatever_comes_of_damage_is_an_error_that_names_the_file() {
        let read = |storage: &Storage| storage.atomic_read(Path::new("meta.json"));
        let outcomes: [fn() -> Result<u8, Error>; 3] =
            [|| Ok(1), || Err(Error::new(ErrorKind::Internal, "a thread ended")), || panic!("called unwrap on an Err")];
        for outcome in outcomes {
            let storage = storage();
            let error = guard(&storage, Some(Path::new("idx")), || {
                assert!(read(&storage).is_err());
                outcome()
            });
            let error = error.unwrap_err();
            assert!(error.is_corrupt(), "{error:?}");
            assert_eq!(error.path(), Some(Path::new("idx/meta.json")));
            // What comes after is judged by itself.
            assert_eq!(guard(&storage, None, || Ok(2)).unwrap(), 2);
        }
    }
}
