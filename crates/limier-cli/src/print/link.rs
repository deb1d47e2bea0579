//! A path as a link that a terminal opens (OSC 8).

use std::fmt::Write as _;
use std::path::Path;

use super::screen::Screen;

/// Adds a path as it is shown, a link to `file` where the screen has links.
pub(super) fn push(out: &mut String, screen: &Screen, shown: &str, file: &Path) {
    let shown = screen.line(shown);
    let Some(target) = target(file).filter(|_| screen.has_links) else {
        out.push_str(&shown);
        return;
    };
    // <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>
    // Writing to a String does not fail.
    let _ = write!(out, "\u{1b}]8;;{target}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\");
}

/// Returns the address of a file (RFC 8089): nothing in it can end the sequence that it stands in.
pub(super) fn target(file: &Path) -> Option<String> {
    let path = std::path::absolute(file).ok()?;
    let path = if cfg!(windows) {
        path.to_str()?.trim_start_matches(r"\\?\").replace('\\', "/").into_bytes()
    } else {
        path.into_os_string().into_encoded_bytes()
    };
    let mut target = String::from(if path.starts_with(b"/") { "file://" } else { "file:///" });
    for byte in path {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
                target.push(char::from(byte));
            }
            // RFC 3986, 2.1.
            _ => {
                let _ = write!(target, "%{byte:02X}");
            }
        }
    }
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_drives_a_terminal_is_no_part_of_an_address() {
        assert_eq!(target(Path::new("/a/été b.txt")).unwrap(), "file:///a/%C3%A9t%C3%A9%20b.txt");
        assert_eq!(target(Path::new("/a\u{1b}\\;x")).unwrap(), "file:///a%1B%5C%3Bx");
    }
}
