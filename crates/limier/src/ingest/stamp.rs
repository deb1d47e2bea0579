//! What the file system says of a file's last change.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A file that changed less than this long before it was read may change again without a trace in its times: two
/// seconds, the resolution of FAT, the coarsest file system in use.
const RESOLUTION_NS: i64 = 2_000_000_000;

/// Size and times of a file: when none of them changed, its content is taken not to have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// When the content was last written, as the file says, in nanoseconds since 1970-01-01 UTC; programs can set it.
    pub modified_ns: i64,
    /// When the content, name or rights last changed, as the file system counts, in the same unit; 0 where it does not
    /// say. Programs cannot set it.
    pub changed_ns: i64,
}

impl Stamp {
    /// Reads the stamp out of a file's metadata.
    pub fn of(metadata: &Metadata) -> Stamp {
        let modified_ns = metadata.modified().map(ns_since_epoch).unwrap_or_default();
        Stamp { size: metadata.len(), modified_ns, changed_ns: changed_ns(metadata) }
    }

    /// Tells whether the file last changed so long before a time, in nanoseconds, that a change after it shows in the stamp.
    pub(crate) fn is_settled(&self, now_ns: i64) -> bool {
        self.last_change_ns().saturating_add(RESOLUTION_NS) < now_ns
    }

    /// Returns when the file last changed, by the clock that programs cannot set where there is one.
    fn last_change_ns(&self) -> i64 {
        if self.changed_ns == 0 { self.modified_ns } else { self.changed_ns }
    }
}

/// Returns a time in nanoseconds since 1970-01-01 UTC, negative before; enough for the years 1677 to 2262.
pub(crate) fn ns_since_epoch(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}

#[cfg(unix)]
fn changed_ns(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed_ns(_: &Metadata) -> i64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_counted_on_both_sides_of_1970() {
        assert_eq!(ns_since_epoch(UNIX_EPOCH + Duration::new(2, 5)), 2_000_000_005);
        assert_eq!(ns_since_epoch(UNIX_EPOCH - Duration::new(2, 5)), -2_000_000_005);
    }

    #[test]
    fn a_rewritten_file_has_another_stamp_even_with_its_old_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "un").unwrap();
        let before = Stamp::of(&std::fs::metadata(&path).unwrap());
        assert_eq!(before.size, 2);
        std::thread::sleep(Duration::from_millis(50));
        std::fs::write(&path, "de").unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_nanos(before.modified_ns as u64)).unwrap();
        let after = Stamp::of(&std::fs::metadata(&path).unwrap());
        assert_eq!((after.size, after.modified_ns), (before.size, before.modified_ns));
        assert!(!cfg!(unix) || after.changed_ns > before.changed_ns);
    }
}
