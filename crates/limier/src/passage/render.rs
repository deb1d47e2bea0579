//! A text with its highlights, in the form of each sink.
//!
//! Each form escapes for its sink: no article can put markup into a page or a control code into a terminal.

use std::fmt::Write;
use std::ops::Range;

/// How a match is lit on a terminal: bold and red, readable on dark and on light.
const ANSI_ON: &str = "\u{1b}[1;31m";
const ANSI_OFF: &str = "\u{1b}[0m";

/// Returns `text` for a terminal, with its highlights in bold and red.
///
/// Control characters (C0, C1, DEL) and characters that turn the direction of writing (U+202A to U+202E, U+2066 to
/// U+2069) are made visible, as `␛` or `<U+202E>`; a line feed and a tab are kept. `highlights` are byte ranges into
/// `text` on character boundaries, ascending, not overlapping; others are passed over.
///
/// ```
/// assert_eq!(limier::passage::to_ansi("l’avion\u{7}", &[4..9]), "l’\u{1b}[1;31mavion\u{1b}[0m␇");
/// ```
pub fn to_ansi(text: &str, highlights: &[Range<usize>]) -> String {
    marked(text, highlights, ANSI_ON, ANSI_OFF, |piece, out| {
        piece.chars().for_each(|c| push_visible(c, out));
    })
}

/// Returns `text` for a page in HTML, escaped, with its highlights in `<mark>`.
///
/// What the form for a terminal makes visible is made visible here too. `highlights` are as for [`to_ansi`].
///
/// ```
/// assert_eq!(limier::passage::to_html("R&D : l’avion", &[10..15]), "R&amp;D : l’<mark>avion</mark>");
/// ```
pub fn to_html(text: &str, highlights: &[Range<usize>]) -> String {
    let mut visible = String::new();
    marked(text, highlights, "<mark>", "</mark>", |piece, out| {
        for c in piece.chars() {
            visible.clear();
            push_visible(c, &mut visible);
            for c in visible.chars() {
                match c {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '"' => out.push_str("&quot;"),
                    '\'' => out.push_str("&#39;"),
                    c => out.push(c),
                }
            }
        }
    })
}

fn marked(
    text: &str,
    highlights: &[Range<usize>],
    on: &str,
    off: &str,
    mut push: impl FnMut(&str, &mut String),
) -> String {
    let mut out = String::with_capacity(text.len() + highlights.len() * (on.len() + off.len()));
    let mut done = 0;
    for light in highlights {
        let (Some(before), Some(lit)) = (text.get(done..light.start), text.get(light.clone())) else { continue };
        if lit.is_empty() {
            continue;
        }
        push(before, &mut out);
        out.push_str(on);
        push(lit, &mut out);
        out.push_str(off);
        done = light.end;
    }
    push(text.get(done..).unwrap_or_default(), &mut out);
    out
}

fn push_visible(c: char, out: &mut String) {
    match c {
        '\n' | '\t' => out.push(c),
        // The pictures of U+2400 stand in the order of the control characters.
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('␦')),
        '\u{7f}' => out.push('␡'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            // Writing to a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", c as u32);
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_text_reaches_a_terminal_as_a_command() {
        let text = "a\u{1b}[31mb\u{9b}c\u{7f}d\u{202e}e\u{2069}f\rg";
        assert_eq!(to_ansi(text, &[]), "a␛[31mb<U+009B>c␡d<U+202E>e<U+2069>f␍g");
    }

    #[test]
    fn nothing_from_a_text_reaches_a_page_as_markup() {
        let text = "<script>alert('x')</script> \"&\" \u{202e}\0";
        let html = to_html(text, std::slice::from_ref(&(0..8)));
        assert_eq!(
            html,
            "<mark>&lt;script&gt;</mark>alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;&quot; &lt;U+202E&gt;␀"
        );
    }

    #[test]
    fn ranges_that_do_not_fit_are_passed_over() {
        assert_eq!(to_html("été", &[1..3, 0..2, 0..1, 3..9, 5..5]), "<mark>é</mark>té");
    }
}
