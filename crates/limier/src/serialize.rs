//! Values that serde writes otherwise than a reader of JSON wants them, or not at all.

use std::ops::Range;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

/// Writes byte ranges as pairs of offsets, as in a passage.
pub(crate) fn pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
}

/// Writes a path for showing: what is not UTF-8 in it is replaced, which serde makes an error of.
#[cfg(feature = "files")]
pub(crate) fn path<S: Serializer>(path: impl AsRef<std::path::Path>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().to_string_lossy().serialize(serializer)
}

/// Writes paths for showing.
#[cfg(feature = "files")]
pub(crate) fn paths<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().map(|path| path.to_string_lossy()))
}

/// Writes a path for showing, or nothing.
pub(crate) fn optional_path<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().map(|path| path.to_string_lossy()).serialize(serializer)
}

/// Writes a time as seconds since 1970-01-01 UTC.
pub(crate) fn seconds<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs())
}

/// Writes a hash as 32 hexadecimal digits: as a number it is larger than what most readers of JSON take.
#[cfg(feature = "files")]
pub(crate) fn hexadecimal<S: Serializer>(hash: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{hash:032x}"))
}
