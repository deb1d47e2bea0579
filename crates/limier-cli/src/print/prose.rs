//! A message of one line, wrapped for a terminal.

use unicode_width::UnicodeWidthStr;

use super::wrap::is_bound;

/// Wraps a message to so many columns, its further lines indented by two more than the first.
///
/// What cannot be parted stays together, however long it is: a word or a path, a command in backticks, a mark with the blank
/// that French sets before it.
pub(crate) fn wrapped(text: &str, columns: usize) -> String {
    let start = text.trim_start();
    let indent = text.len() - start.len();
    let mut out = " ".repeat(indent);
    let mut column = indent;
    for (number, piece) in pieces(start).into_iter().enumerate() {
        let width = piece.width();
        if number > 0 && column + 1 + width > columns {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            column = indent + 2;
        } else if number > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(piece);
        column += width;
    }
    out
}

/// Cuts a text at the blanks where a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_command) = (0, false);
    for (place, c) in text.char_indices() {
        is_command ^= c == '`';
        if c != ' ' || is_command {
            continue;
        }
        let (before, after) = (text.get(start..place).unwrap_or_default(), text.get(place + 1..).unwrap_or_default());
        if !is_bound(before.chars().next_back().unwrap_or(' '), after.chars().next()) {
            pieces.push(before);
            start = place + 1;
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_blanks_and_what_belongs_together_stays() {
        for (text, columns, lines) in [
            ("limier: note: it is empty: a.txt", 20, "limier: note: it is\n  empty: a.txt"),
            (
                "aucun article ne contient « avoin » : « avion » convient",
                24,
                "aucun article ne\n  contient « avoin » :\n  « avion » convient",
            ),
            ("lancez `limier index --index x y` ici", 20, "lancez\n  `limier index --index x y`\n  ici"),
            ("  conseil : il existe « --limit »", 24, "  conseil : il existe\n    « --limit »"),
            ("/un/chemin/qui/ne/tient/pas est absent", 20, "/un/chemin/qui/ne/tient/pas\n  est absent"),
            ("l'un des `, sans partenaire", 10, "l'un des\n  `, sans partenaire"),
            ("", 10, ""),
            ("court", 80, "court"),
        ] {
            assert_eq!(wrapped(text, columns), lines);
        }
    }

    #[test]
    fn nothing_is_lost() {
        let text = "limier : note :  deux  blancs, `une commande` et « un mot » ?";
        for columns in 1..80 {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&wrapped(text, columns)), words(text));
        }
    }
}
