//! Control characters made visible, so that no text drives the terminal it is shown on.

/// Adds `c` to `out` in a form that shows and does nothing.
///
/// C0 controls and DEL become their pictures (`␛`); C1 controls, characters that turn the direction of writing and the
/// two Unicode line ends become their code (`<U+009B>`).
pub(crate) fn push_visible(c: char, out: &mut String) {
    match c {
        '\u{0}'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => out.push('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        c => out.push(c),
    }
}

/// Returns a text of one line, every control character in it visible, line ends too.
pub(crate) fn visible_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_visible(c, &mut out));
    out
}

/// Returns a text of several lines, every control character in it visible except line feeds.
pub(crate) fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible_line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_shows_instead() {
        for (text, shown) in [
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{1b}]8;;http://x\u{7}b", "a␛]8;;http://x␇b"),
            ("a\u{1b}]52;c;eA==\u{1b}\\b", "a␛]52;c;eA==␛\\b"),
            ("a\u{9b}31mb", "a<U+009B>31mb"),
            ("a\rb\u{8}c\u{7f}d\0e", "a␍b␈c␡d␀e"),
            ("a\u{202e}b\u{2066}c", "a<U+202E>b<U+2066>c"),
            ("a\u{2028}b\u{200f}c", "a<U+2028>b<U+200F>c"),
            ("a\nb\tc", "a␊b␉c"),
            ("l’œuvre à 11 000 €, 家", "l’œuvre à 11 000 €, 家"),
        ] {
            assert_eq!(visible_line(text), shown);
        }
        assert_eq!(visible_lines("a\u{7}\nb"), "a␇\nb");
    }

    #[test]
    fn no_control_character_is_left() {
        let all: String = (0..=0x2fff).filter_map(char::from_u32).collect();
        assert!(visible_line(&all).chars().all(|c| !c.is_control()));
    }
}
