//! A panic, which is a defect, as one line of error.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Mutex;

/// What the last panic said, and where.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs `work`; a panic in it becomes the text that it left.
///
/// The library turns panics that damage causes into errors of its own: nothing is written when one happens.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    set_hook(Box::new(|panic| {
        *LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = panic.to_string().replace('\n', " ");
    }));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    drop(take_hook());
    outcome.map_err(|_| LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_leaves_its_text() {
        let caught = caught(|| {
            if std::hint::black_box(true) {
                panic!("index {} out of range", 7);
            }
        });
        let text = caught.unwrap_err();
        assert!(text.contains("index 7 out of range") && text.contains("defect.rs"), "{text}");
    }
}
