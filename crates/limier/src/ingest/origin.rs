//! Where an article comes from, and the keys and names that follow from it.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// Where articles come from: a file below a root, or standard input.
///
/// In what it is serialized to, what is not UTF-8 in a path is replaced.
///
/// ```
/// use std::path::Path;
/// use limier::ingest::Origin;
/// let origin = Origin::file(Path::new("articles"), "2024/crue.txt");
/// assert_eq!(origin.id(0), "2024/crue.txt");
/// assert_eq!(origin.id(7), "2024/crue.txt#7");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A file.
    File {
        /// The folder that was walked, or the file itself when the root is a file; shared by all files below it.
        #[serde(serialize_with = "crate::serialize::path")]
        root: Arc<Path>,
        /// The path below the root; empty when the root is the file.
        #[serde(serialize_with = "crate::serialize::path")]
        relative: PathBuf,
    },
    /// Standard input.
    StandardInput,
}

impl Origin {
    /// Makes the origin of the file at `relative` below `root`; an empty `relative` means that `root` is the file.
    pub fn file(root: impl Into<Arc<Path>>, relative: impl Into<PathBuf>) -> Origin {
        Origin::File { root: root.into(), relative: relative.into() }
    }

    /// Returns the path that opens the file, or `None` for standard input.
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            // `join("")` would add a separator after the name of a file.
            Origin::File { root, relative } if relative.as_os_str().is_empty() => Some(root.to_path_buf()),
            Origin::File { root, relative } => Some(root.join(relative)),
            Origin::StandardInput => None,
        }
    }

    /// Returns what is shown for an article without an id of its own: the path below the root, `/`-separated and in
    /// Unicode's normal form C (the file's name where the root is the file, `-` for standard input), then `#` and the
    /// record's line when `record` is not 0.
    pub fn id(&self, record: u32) -> String {
        let name = match self {
            Origin::File { root, relative } if relative.as_os_str().is_empty() => {
                root.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Origin::File { relative, .. } => slashed(relative, |part| part.to_string_lossy().into_owned()),
            Origin::StandardInput => "-".to_owned(),
        };
        let name: String = name.nfc().collect();
        if record == 0 { name } else { format!("{name}#{record}") }
    }

    /// Returns the file's name without its extension, empty for standard input.
    pub fn stem(&self) -> String {
        let path = self.path().unwrap_or_default();
        path.file_stem().unwrap_or_default().to_string_lossy().nfc().collect()
    }

    /// Returns the key of the file: the same for all its articles, and different for every two files.
    ///
    /// It is the root, a NUL and the relative path, where a byte that is not UTF-8, a control character, and `%`, are
    /// written as `%` and two hexadecimal digits. It is never shown.
    pub fn file_key(&self) -> String {
        match self {
            Origin::File { root, .. } => format!("{}\0{}", path_key(root), self.relative_key()),
            // No root is empty.
            Origin::StandardInput => "\0-".to_owned(),
        }
    }

    /// Returns the part of [`file_key`](Origin::file_key) that is below the root, borrowed where nothing is escaped.
    pub(crate) fn relative_key(&self) -> Cow<'_, str> {
        match self {
            Origin::File { relative, .. } => relative_key(relative),
            Origin::StandardInput => "-".into(),
        }
    }

    /// Returns the key of one article: that of the file, a NUL and the record (0 for an article that is a whole file).
    pub fn article_key(&self, record: u32) -> String {
        format!("{}\0{record}", self.file_key())
    }
}

/// Returns the part of a file's key that is below its root.
pub(crate) fn relative_key(relative: &Path) -> Cow<'_, str> {
    if MAIN_SEPARATOR == '/' {
        return escape(relative.as_os_str());
    }
    slashed(relative, |part| escape(part).into_owned()).into()
}

/// Writes a path without loss and without line ends: bytes that are not UTF-8, control characters and `%`, as `%XX`.
pub(crate) fn path_key(path: &Path) -> String {
    escape(path.as_os_str()).into_owned()
}

/// Reads back what [`path_key`] wrote.
pub(crate) fn path_of_key(key: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    path_of_bytes(bytes)
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn escape(text: &std::ffi::OsStr) -> Cow<'_, str> {
    // Nothing to escape, as in most paths.
    if let Some(plain) = text.to_str().filter(|text| text.bytes().all(|b| b != b'%' && !b.is_ascii_control())) {
        return plain.into();
    }
    let mut escaped = String::with_capacity(text.len());
    for chunk in text.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            // Control characters too, so that a key is one line.
            if c == '%' || c.is_ascii_control() {
                escaped.push_str(&format!("%{:02X}", u32::from(c)));
            } else {
                escaped.push(c);
            }
        }
        for byte in chunk.invalid() {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped.into()
}

fn slashed(path: &Path, part: impl Fn(&std::ffi::OsStr) -> String) -> String {
    let parts: Vec<String> = path.components().map(|component| part(component.as_os_str())).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_shown() {
        let below = Origin::file(Path::new("/data/presse"), "2024/e\u{301}te\u{301}.txt");
        assert_eq!(below.id(0), "2024/été.txt");
        assert_eq!(below.id(3), "2024/été.txt#3");
        assert_eq!(below.stem(), "été");
        assert_eq!(below.path(), Some(PathBuf::from("/data/presse/2024/e\u{301}te\u{301}.txt")));
        let alone = Origin::file(Path::new("/data/crue.txt"), "");
        assert_eq!(alone.id(0), "crue.txt");
        assert_eq!(alone.path(), Some(PathBuf::from("/data/crue.txt")));
        assert_eq!(Origin::StandardInput.id(2), "-#2");
        assert_eq!(Origin::StandardInput.path(), None);
    }

    #[test]
    fn keys_differ_where_files_do() {
        let keys = [
            Origin::file(Path::new("a"), "b/c").file_key(),
            Origin::file(Path::new("a/b"), "c").file_key(),
            Origin::file(Path::new("a/b/c"), "").file_key(),
            Origin::file(Path::new("a"), "b%2Fc").file_key(),
            Origin::file(Path::new("a"), "b\nc").file_key(),
            Origin::file(Path::new("a"), "b%0Ac").file_key(),
            Origin::file(Path::new("a"), "é").file_key(),
            Origin::file(Path::new("a"), "e\u{301}").file_key(),
            Origin::StandardInput.file_key(),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        assert_eq!(Origin::file(Path::new("a"), "b").article_key(12), "a\0b\x0012");
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_not_utf8_keep_their_own_keys() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let names: [&[u8]; 4] = [b"caf\xe9.txt", b"caf\xe8.txt", b"caf%E9.txt", "caf\u{fffd}.txt".as_bytes()];
        let mut keys = std::collections::BTreeSet::new();
        for name in names {
            let path = Path::new(OsStr::from_bytes(name));
            assert_eq!(path_of_key(&path_key(path)), path);
            assert!(keys.insert(Origin::file(Path::new("r"), path).file_key()));
        }
        assert_eq!(Origin::file(Path::new("r"), OsStr::from_bytes(names[0])).id(0), "caf\u{fffd}.txt");
    }

    #[test]
    fn a_key_with_stray_percent_signs_is_read_without_panic() {
        for key in ["%", "%4", "%zz", "100%", "%é"] {
            path_of_key(key);
        }
    }
}
