//! The length of a piece of text, as a person or a terminal counts it, white space folded.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::bytes::{count, count_pairs};
use super::options::Measure;

/// Tells whether a piece of text is longer than `most`.
pub(super) fn is_longer(text: &str, most: usize, measure: Measure) -> bool {
    // No unit takes less than a byte.
    if text.len() <= most {
        return false;
    }
    let by_ruler = || {
        let stretch = 0..text.len();
        Ruler::new(text, stretch.clone(), measure).length(&stretch) > most
    };
    if measure == Measure::Columns {
        return by_ruler();
    }
    // No cluster takes less than a character.
    let characters = count(text.as_bytes(), |byte| byte & 0xC0 != 0x80);
    if characters <= most {
        return false;
    }
    if sure_clusters(text.as_bytes()) > most {
        return true;
    }
    let mut length = 0;
    let mut after_space = false;
    for c in text.chars() {
        let space = match c {
            '!'..='~' | 'à'..='ÿ' => false,
            c if is_simple(c) => c.is_whitespace(),
            _ => return by_ruler(),
        };
        length += usize::from(!(space && after_space));
        after_space = space;
        // Whatever comes can join the last of them alone.
        if length > most + 1 {
            return true;
        }
    }
    length > most
}

/// Counts clusters, of the spaces among them those behind a sign of ASCII: at least so many, told from the bytes alone.
fn sure_clusters(bytes: &[u8]) -> usize {
    // Signs of ASCII and letters from À to ÿ begin a cluster wherever they stand, unless one is before them that takes what
    // follows: those (property Prepend) lie from U+0600 on, and none in the block of punctuation.
    let begins = count(bytes, |byte| ((byte > b' ') & (byte < 0x7F)) | (byte == 0xC3));
    let takes_next = count(bytes, |byte| (byte >= 0xD8) & (byte != 0xE2));
    // Such a space does not follow another one.
    let spaces = count_pairs(bytes, |before, byte| (byte == b' ') & (before > b' ') & (before < 0x7F));
    (begins + spaces).saturating_sub(takes_next)
}

/// Lengths of any piece of one stretch of text, each in constant time.
///
/// A run of white space counts one, as it is shown.
pub(super) struct Ruler {
    start: usize,
    /// The length up to each byte of the stretch; within a cluster, that of its beginning.
    up_to: Vec<u32>,
}

impl Ruler {
    pub(super) fn new(text: &str, stretch: Range<usize>, measure: Measure) -> Ruler {
        let slice = &text[stretch.clone()];
        let mut ruler = Ruler { start: stretch.start, up_to: Vec::with_capacity(slice.len() + 1) };
        let mut length = 0;
        let mut after_space = false;
        let mut mark = |cluster: &str| {
            ruler.up_to.extend(std::iter::repeat_n(length, cluster.len()));
            let space = cluster.chars().all(char::is_whitespace);
            length += match (space, measure) {
                (true, _) => u32::from(!after_space),
                (false, Measure::Graphemes) => 1,
                (false, Measure::Columns) => columns(cluster),
            };
            after_space = space;
        };
        if slice.chars().all(is_simple) {
            let mut buffer = [0; 4];
            slice.chars().for_each(|c| mark(c.encode_utf8(&mut buffer)));
        } else {
            slice.graphemes(true).for_each(mark);
        }
        ruler.up_to.push(length);
        ruler
    }

    /// Returns the length of a piece of the stretch.
    pub(super) fn length(&self, piece: &Range<usize>) -> usize {
        let up_to =
            |at: usize| self.up_to.get(at.saturating_sub(self.start)).or(self.up_to.last()).copied().unwrap_or(0);
        up_to(piece.end).saturating_sub(up_to(piece.start)) as usize
    }
}

fn columns(cluster: &str) -> u32 {
    u32::try_from(cluster.width()).unwrap_or(u32::MAX)
}

/// Tells whether `c` is a cluster by itself whatever stands beside it, when this holds of its neighbours too: Latin
/// letters, signs of punctuation, the euro, line feeds; no marks, no joiners, no carriage returns.
fn is_simple(c: char) -> bool {
    matches!(c, '\n' | '\t' | ' '..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{205e}' | '€')
        && c != '\u{a9}'
        && c != '\u{ae}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str, measure: Measure) -> usize {
        let by_ruler = Ruler::new(text, 0..text.len(), measure).length(&(0..text.len()));
        for most in 0..by_ruler + 3 {
            assert_eq!(is_longer(text, most, measure), by_ruler > most, "{text:?} and {most}");
        }
        by_ruler
    }

    #[test]
    fn a_person_counts_letters_and_a_terminal_columns() {
        assert_eq!(length("cœur d’été", Measure::Graphemes), 10);
        assert_eq!(length("e\u{301}te\u{301}", Measure::Graphemes), 3);
        assert_eq!(length("e\u{301}te\u{301}", Measure::Columns), 3);
        assert_eq!(length("東京", Measure::Graphemes), 2);
        assert_eq!(length("東京", Measure::Columns), 4);
    }

    #[test]
    fn a_run_of_white_space_counts_one() {
        assert_eq!(length("un \r\n  mot", Measure::Graphemes), 6);
        assert_eq!(length("un\n\nmot 👩‍👩‍👧", Measure::Graphemes), 8);
        assert_eq!(length("\u{600}1\u{600}2 a\u{300}\u{301} 1\u{fe0f}\u{20e3}", Measure::Graphemes), 6);
    }

    #[test]
    fn pieces_are_measured_within_the_stretch() {
        let text = "Avant. L’été arrive.";
        let ruler = Ruler::new(text, 7..text.len(), Measure::Graphemes);
        assert_eq!(ruler.length(&(7..text.len())), 13);
    }
}
