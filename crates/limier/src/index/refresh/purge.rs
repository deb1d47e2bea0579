//! When the texts of deleted articles are taken off the disk.
//!
//! An article that is deleted is out of reach at once, but its text lies in its segment until that is written anew. A
//! segment is written anew when more than three in ten of its articles are deleted; beyond that, all segments that hold
//! deleted articles are by the twentieth refresh that changed something, or by the first refresh a day after the
//! deletion, whichever comes first. [`Writer::purge`](crate::Writer::purge) does it at once.

use crate::index::Index;
use crate::index::manifest::Unpurged;

/// Commits, that of the deletion included, after which deleted texts are gone.
pub(super) const COMMITS: u32 = 20;

/// Nanoseconds after which they are: a day.
const AGE_NS: i64 = 24 * 3_600 * 1_000_000_000;

/// Tells what waits to be purged once the commit that is being made stands.
pub(super) fn after_commit(index: &Index, before: Option<Unpurged>, deletes: bool, now_ns: i64) -> Option<Unpurged> {
    let holds_deleted = holds_deleted(index);
    match before.filter(|_| holds_deleted) {
        Some(Unpurged { since_ns, commits }) => Some(Unpurged { since_ns, commits: commits.saturating_add(1) }),
        None if deletes || holds_deleted => Some(Unpurged { since_ns: now_ns, commits: 1 }),
        None => None,
    }
}

/// Tells whether the texts of deleted articles must go now.
pub(super) fn is_due(index: &Index, unpurged: Option<Unpurged>, now_ns: i64) -> bool {
    let Some(Unpurged { since_ns, commits }) = unpurged else { return false };
    // A clock that was set back by days must not keep them.
    let is_old = now_ns.abs_diff(since_ns) > AGE_NS.unsigned_abs();
    (commits >= COMMITS || is_old) && holds_deleted(index)
}

fn holds_deleted(index: &Index) -> bool {
    index.searcher().segment_readers().iter().any(|segment| segment.num_deleted_docs() > 0)
}
