//! The border where a panic of a library below becomes an error.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::{Error, ErrorKind};

/// Runs `work` on the index in `folder`; a panic in it becomes [`ErrorKind::Corrupt`].
///
/// Tantivy panics on some damaged files. Nothing that `work` leaves half done is used after a panic: readers are
/// immutable, and a writer is dropped.
pub(crate) fn guard<T>(folder: &Path, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("a panic without a text");
        let text = format!(
            "the index in {} seems damaged: check it with `limier verify`, or delete it and index again",
            folder.display()
        );
        Err(Error::new(ErrorKind::Corrupt, text).with_path(folder).with_source(what.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let error = guard::<()>(Path::new("idx"), || panic!("offset {} out of range", 7)).unwrap_err();
        assert!(error.is_corrupt());
        assert!(error.to_string().contains("idx"));
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "offset 7 out of range");
    }
}
