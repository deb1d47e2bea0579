//! Lines that recur in a folder: menus, footers, mastheads, letterheads.
//!
//! Texts of one kind have lines in common that are their authors' own: `Ordre du jour` in minutes, `2 œufs` in recipes,
//! `Article 2` in laws. What a page puts around its article stands elsewhere: before everything, or behind everything. So
//! the lines at both ends of texts are looked at alone, up to the first that does not recur, and of these lines those
//! count that stand there in most texts that have them.
//!
//! - Behind a text, any such line is boilerplate: a footer of one line is common.
//! - Before it, so are those of a menu, of four lines or more.
//! - Fewer lines before a text are a letterhead, whose words say what the text is: they keep their weight, but make no
//!   title while another line can be one.
//! - Lines that stand inside of many texts are headings: the more texts have them, the less they make a title.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::read::text_of_file;
use super::{FileEntry, Kind, noise};
use crate::recurrence::{self, Counts, count_of, may_recur, of_originals};

/// Files are sampled up to so many.
pub(crate) const SAMPLE_FILES: usize = 256;
/// Lines of either end of a text that are looked at.
const END_LINES: usize = 200;
/// A line recurs in one of so many texts at least, and in three.
const ONE_IN: u32 = 100;
/// A line inside of texts is kept as a heading where one of so many texts has it.
const HEADING_ONE_IN: u32 = 10;
/// So many lines are kept, those of the most texts.
const MOST: usize = 4096;
/// So many lines before a text are a menu.
const MENU_LINES: usize = 4;
/// Behind an article stand titles of others, too: one takes away what so many recurring lines add.
const OTHER: i32 = 2;
/// So far may what lines add fall below its height before the end of a text is over.
const SLACK: i32 = 4;
/// Of a text that has fewer bytes between its ends nothing is learned, nor told: it is a copy of others, or holds
/// nothing else.
pub(super) const REST_BYTES: usize = 80;
/// A sentence of so many words is an author's, unless it recurs.
const SENTENCE_WORDS: usize = 5;
/// A longer line, in bytes, is one, too.
const PARAGRAPH_BYTES: usize = 280;
/// Bytes of a line in a manifest: its hash, its share, its place.
const WRITTEN: usize = 8 + 2 + 1;
/// Shares are counted in so many parts.
const WHOLE: u64 = 10_000;

/// Lines that recur in a folder of plain texts, around their articles.
///
/// They are learned from a sample of the files. Reading that is given them ([`ReadOptions::recurring`](super::ReadOptions))
/// takes such lines for boilerplate, and for a title only where no other line can be one. A refresh does this by itself.
///
/// ```
/// use limier::ingest::{RecurringLines, Walk};
/// let folder = tempfile::tempdir()?;
/// for (name, text) in [("a", "La crue monte."), ("b", "Le pont ferme."), ("c", "La foire ouvre.")] {
///     let text = format!("{text} On en parle depuis hier dans les rues du bourg, et jusque dans les villages voisins.");
///     std::fs::write(folder.path().join(name), format!("{text}\n\nLe Fil, journal du soir\n"))?;
/// }
/// let lines = RecurringLines::of_files(&Walk::new([folder.path()]).run().files);
/// assert!(lines.is_boilerplate("Le Fil, journal du soir"));
/// assert!(!lines.is_boilerplate("La crue monte."));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecurringLines {
    /// Sorted by hash.
    lines: Arc<[Entry]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    hash: u64,
    /// The texts that have it, of [`WHOLE`].
    share: u16,
    place: Place,
}

/// Where a line stands in most texts that have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Behind the text, or in a menu before it.
    Page,
    /// Before it, in a few lines.
    Letterhead,
    /// Inside of it.
    Inside,
}

impl RecurringLines {
    /// Learns from the plain texts among some files, up to 256 of them taken evenly and 64 kB of each.
    ///
    /// The order of the files decides which are taken; what cannot be read says nothing.
    pub fn of_files(files: &[FileEntry]) -> RecurringLines {
        let texts: Vec<&FileEntry> = files.iter().filter(|file| file.kind == Kind::Text).collect();
        let paths = sample(&texts).filter_map(|file| file.origin.path());
        RecurringLines::of_paths(paths)
    }

    /// Learns from these files.
    pub(crate) fn of_paths(paths: impl Iterator<Item = impl AsRef<Path>>) -> RecurringLines {
        let texts: Vec<Ends> = paths.filter_map(|path| text_of_file(path.as_ref())).map(Ends::of).collect();
        RecurringLines::of_ends(&texts)
    }

    fn of_ends(texts: &[Ends]) -> RecurringLines {
        let lines: Vec<_> = texts.iter().map(|text| text.distinct()).collect();
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let least = recurrence::TEXTS.max(count.div_ceil(ONE_IN));
        let (is_original, counts) = of_originals(&lines);
        let recurring: Counts = counts.into_iter().filter(|(_, count)| *count >= least).collect();
        if recurring.is_empty() {
            return RecurringLines::default();
        }
        // In how many texts each stands at an end alone, and in how many of these around a page.
        let mut at_ends: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
        for (text, _) in texts.iter().zip(&is_original).filter(|(_, is_original)| **is_original) {
            for (hash, is_of_page) in text.at_ends(&recurring) {
                let (ends, pages) = at_ends.entry(hash).or_default();
                *ends += 1;
                *pages += u32::from(is_of_page);
            }
        }
        let is_at_end = |(hash, (ends, _)): &(u64, (u32, u32))| {
            *ends >= least && count_of(&recurring, *hash).is_some_and(|count| ends * 2 > count)
        };
        let share = |texts: u32| u16::try_from(u64::from(texts) * WHOLE / u64::from(count.max(1))).unwrap_or(u16::MAX);
        let entry = |(hash, (ends, pages)): (u64, (u32, u32))| Entry {
            hash,
            share: share(ends),
            place: if pages * 2 >= ends { Place::Page } else { Place::Letterhead },
        };
        let mut found: Vec<Entry> = at_ends.into_iter().filter(is_at_end).map(entry).collect();
        let known: HashSet<u64> = found.iter().map(|entry| entry.hash).collect();
        let is_heading = |(hash, texts): &(u64, u32)| *texts >= count.div_ceil(HEADING_ONE_IN) && !known.contains(hash);
        let headings = recurring.into_iter().filter(is_heading);
        found.extend(headings.map(|(hash, texts)| Entry { hash, share: share(texts), place: Place::Inside }));
        // Those of the most texts first, and nothing left to chance.
        found.sort_by_key(|entry| (entry.place == Place::Inside, Reverse(entry.share), entry.hash));
        found.truncate(MOST);
        RecurringLines::sorted(found)
    }

    fn sorted(mut lines: Vec<Entry>) -> RecurringLines {
        lines.sort_by_key(|entry| entry.hash);
        RecurringLines { lines: lines.into() }
    }

    /// Returns these lines and, where there is room, those that were known before.
    pub(crate) fn and(&self, before: &RecurringLines) -> RecurringLines {
        let room = MOST.saturating_sub(self.lines.len());
        let older = before.lines.iter().filter(|older| self.entry(older.hash).is_none()).take(room);
        RecurringLines::sorted(self.lines.iter().chain(older).copied().collect())
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns the number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Tells whether a line, without blanks around it, is part of a menu or a footer.
    pub fn is_boilerplate(&self, line: &str) -> bool {
        self.find(line).is_some_and(|entry| entry.place == Place::Page)
    }

    /// Returns how much speaks against a line as a title, from 0 to 1.
    ///
    /// A letterhead is none, in however few files. An entry of a menu is none either, but the links of some pages are the
    /// titles of others: the more files have it, the less it is a title.
    pub(super) fn against_title(&self, line: &str) -> f32 {
        match self.find(line) {
            Some(Entry { place: Place::Letterhead, .. }) => 1.0,
            Some(Entry { share, .. }) => (f32::from(*share) / WHOLE as f32).min(1.0),
            None => 0.0,
        }
    }

    fn find(&self, line: &str) -> Option<&Entry> {
        if self.lines.is_empty() || !may_recur(line) {
            return None;
        }
        self.entry(recurrence::hash(line))
    }

    fn entry(&self, hash: u64) -> Option<&Entry> {
        let at = self.lines.binary_search_by_key(&hash, |entry| entry.hash).ok()?;
        self.lines.get(at)
    }

    /// Writes them as bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.lines.len() * WRITTEN);
        for Entry { hash, share, place } in self.lines.iter() {
            bytes.extend_from_slice(&hash.to_le_bytes());
            bytes.extend_from_slice(&share.to_le_bytes());
            bytes.push(match place {
                Place::Page => 0,
                Place::Letterhead => 1,
                Place::Inside => 2,
            });
        }
        bytes
    }

    /// Reads what [`to_bytes`](RecurringLines::to_bytes) wrote; `None` for anything else.
    pub(crate) fn parse(mut bytes: &[u8]) -> Option<RecurringLines> {
        let mut lines: Vec<Entry> = Vec::with_capacity(bytes.len() / WRITTEN);
        while let Some((written, rest)) = bytes.split_first_chunk::<WRITTEN>() {
            let [h0, h1, h2, h3, h4, h5, h6, h7, s0, s1, place] = *written;
            let hash = u64::from_le_bytes([h0, h1, h2, h3, h4, h5, h6, h7]);
            let place = match place {
                0 => Place::Page,
                1 => Place::Letterhead,
                2 => Place::Inside,
                _ => return None,
            };
            if lines.last().is_some_and(|before| before.hash >= hash) || lines.len() == MOST {
                return None;
            }
            lines.push(Entry { hash, share: u16::from_le_bytes([s0, s1]), place });
            bytes = rest;
        }
        bytes.is_empty().then(|| RecurringLines { lines: lines.into() })
    }
}

/// Returns up to [`SAMPLE_FILES`] of some files, taken evenly.
pub(crate) fn sample<T: Copy>(files: &[T]) -> impl Iterator<Item = T> {
    let count = files.len().min(SAMPLE_FILES);
    (0..count).filter_map(move |number| files.get(number * files.len() / count).copied())
}

/// What was read of a file to learn from.
pub(super) struct Sampled {
    pub(super) text: String,
    /// Whether its end was read.
    pub(super) is_whole: bool,
}

/// The lines of both ends of a text that are not blank, without blanks around them.
struct Ends {
    text: String,
    lines: Vec<Line>,
    /// How many of them may be the end of the text: none where it was not read.
    tail: usize,
    /// Bytes of lines between the ends.
    between: usize,
}

struct Line {
    range: Range<usize>,
    hash: u64,
    may_recur: bool,
}

/// What a line at the end of a text may be.
enum Seen {
    Recurring,
    /// A line that the form tells to be a page's.
    Formula,
    /// A date or a counter, which differ from page to page.
    Figures,
    /// A short line.
    Other,
    /// The author's.
    Prose,
}

impl Ends {
    fn of(Sampled { text, is_whole }: Sampled) -> Ends {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let (head, rest) = lines.split_at(lines.len().min(END_LINES));
        let (between, tail) = rest.split_at(rest.len().saturating_sub(END_LINES));
        let line = |line: &&str| {
            // Each is a part of the text.
            let start = line.as_ptr().addr() - text.as_ptr().addr();
            Line { range: start..start + line.len(), hash: recurrence::hash(line), may_recur: may_recur(line) }
        };
        Ends {
            lines: head.iter().chain(tail).map(line).collect(),
            tail: if is_whole { lines.len().min(END_LINES) } else { 0 },
            between: between.iter().map(|line| line.len()).sum(),
            text,
        }
    }

    fn distinct(&self) -> recurrence::Lines {
        recurrence::distinct(self.lines.iter().map(|line| (line.hash, line.range.len())))
    }

    /// Returns the recurring lines that stand at the ends of the text and nowhere else in it, and whether each is part of a
    /// page rather than of a letterhead.
    fn at_ends(&self, recurring: &Counts) -> BTreeMap<u64, bool> {
        let recurs = |line: &Line| line.may_recur && count_of(recurring, line.hash).is_some();
        let seen = |line: &Line| match recurs(line) {
            true => Seen::Recurring,
            false => seen(self.text.get(line.range.clone()).unwrap_or_default()),
        };
        let count = self.lines.len();
        let head = reach(self.lines.iter().take(END_LINES).map(seen), 0);
        let tail = reach(self.lines.iter().rev().take(self.tail).map(seen), SLACK);
        let inner = self.lines.get(head..count.saturating_sub(tail)).unwrap_or_default();
        let rest: usize = self.between + inner.iter().map(|line| line.range.len()).sum::<usize>();
        if rest < REST_BYTES {
            return BTreeMap::new();
        }
        let mut found = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            let is_of_page = at >= head || head >= MENU_LINES;
            if (at < head || at >= count - tail) && recurs(line) {
                *found.entry(line.hash).or_default() |= is_of_page;
            }
        }
        for line in inner {
            found.remove(&line.hash);
        }
        found
    }
}

/// Returns how many lines, from an end of a text on, surround its article.
fn reach(lines: impl Iterator<Item = Seen>, slack: i32) -> usize {
    let (mut sum, mut best, mut reached) = (0, 0, 0);
    for (number, line) in (1..).zip(lines) {
        sum += match line {
            Seen::Recurring | Seen::Formula => 1,
            Seen::Figures => 0,
            Seen::Other => -OTHER,
            Seen::Prose => break,
        };
        if sum > best {
            (best, reached) = (sum, number);
        } else if sum < best - slack {
            break;
        }
    }
    reached
}

/// Tells what a line is that does not recur.
fn seen(line: &str) -> Seen {
    if line.len() > PARAGRAPH_BYTES {
        return Seen::Prose;
    }
    if noise::is_formula(line) {
        return Seen::Formula;
    }
    // Of three letters are entries of menus, too.
    let has_words = line.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    if !has_words || noise::is_counts_and_dates(&noise::fold(line)) {
        return Seen::Figures;
    }
    let is_sentence = line.ends_with(['.', '!', '?', '…', '»']) && count_words(line) >= SENTENCE_WORDS;
    if is_sentence { Seen::Prose } else { Seen::Other }
}

fn count_words(line: &str) -> usize {
    line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(texts: &[String]) -> RecurringLines {
        let whole = |text: &String| Ends::of(Sampled { text: text.clone(), is_whole: true });
        RecurringLines::of_ends(&texts.iter().map(whole).collect::<Vec<_>>())
    }

    fn prose(n: usize) -> String {
        format!("Le récit numéro {n} dit comment la crue a gagné les jardins du bas de la ville, une nuit de mars.")
    }

    #[test]
    fn the_end_of_a_text_reaches_over_what_differs_as_long_as_more_recurs() {
        let reach = |line: &str, slack| {
            reach(
                line.chars().map(|c| match c {
                    'r' => Seen::Recurring,
                    'f' => Seen::Formula,
                    '1' => Seen::Figures,
                    '.' => Seen::Prose,
                    _ => Seen::Other,
                }),
                slack,
            )
        };
        assert_eq!([reach("rrr.rr", 0), reach("rr1r11.", 0), reach("xrrrr", 0), reach("rrxrrrr", 0)], [3, 4, 0, 2]);
        assert_eq!([reach("rrrxrrr", 4), reach("rxr", 4), reach("rrxxxrrrrrr", 4), reach("rrf.rr", 4)], [7, 1, 2, 3]);
        assert_eq!(reach("", 4), 0);
    }

    #[test]
    fn of_a_text_whose_end_was_not_read_the_beginning_says_something() {
        let menu = "Une\nDeux\nTrois\nQuatre\n";
        let texts = |is_whole| -> Vec<Ends> {
            let text = |n| Sampled { text: format!("{menu}\n{}\n\nLe pied de page\n", prose(n)), is_whole };
            (0..3).map(text).map(Ends::of).collect()
        };
        let (whole, cut) = (RecurringLines::of_ends(&texts(true)), RecurringLines::of_ends(&texts(false)));
        assert!(whole.is_boilerplate("Trois") && whole.is_boilerplate("Le pied de page"));
        assert!(cut.is_boilerplate("Trois") && !cut.is_boilerplate("Le pied de page"));
    }

    #[test]
    fn a_line_recurs_in_three_texts_and_in_one_of_a_hundred() {
        let texts = |with: usize, all: usize| -> Vec<String> {
            (0..all).map(|n| if n < with { format!("{}\nLe pied de page", prose(n)) } else { prose(n) }).collect()
        };
        for (with, all, recurs) in [(2, 2, false), (3, 3, true), (3, 300, true), (3, 301, false), (4, 301, true)] {
            assert_eq!(learned(&texts(with, all)).is_boilerplate("Le pied de page"), recurs, "{with} of {all}");
        }
    }

    #[test]
    fn a_line_that_mostly_stands_inside_of_texts_is_none() {
        let inside = |n| format!("{}\n\nLe matin\n\n{}", prose(n), prose(n + 50));
        let at_end = |n| format!("{}\n\nLe matin", prose(n));
        let texts: Vec<String> = (0..8).map(|n| if n < 4 { inside(n) } else { at_end(n) }).collect();
        let lines = learned(&texts);
        assert_eq!((lines.is_boilerplate("Le matin"), lines.against_title("Le matin")), (false, 1.0), "a heading");
        assert!(learned(&texts[4..]).is_boilerplate("Le matin"));
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let texts: Vec<String> =
            (0..5).map(|n| format!("Lettre du maire\n\n{}\nBas de page\n{n}\nFin de page", prose(n))).collect();
        let lines = learned(&texts);
        assert_eq!((lines.len(), lines.is_boilerplate("Bas de page")), (3, true));
        assert!(!lines.is_boilerplate("Lettre du maire"));
        assert_eq!((lines.against_title("Lettre du maire"), lines.against_title("Autre chose")), (1.0, 0.0));
        let bytes = lines.to_bytes();
        assert_eq!(RecurringLines::parse(&bytes), Some(lines.clone()));
        assert_eq!(RecurringLines::parse(&[]), Some(RecurringLines::default()));
        assert_eq!(RecurringLines::parse(&bytes[1..]), None);
        assert_eq!(RecurringLines::parse(&[&bytes[..WRITTEN], &bytes[..WRITTEN]].concat()), None, "twice the same");
        assert_eq!(lines.and(&lines), lines);
        assert_eq!(RecurringLines::default().and(&lines), lines);
    }

    #[test]
    fn a_sample_is_spread_over_all_files() {
        let files: Vec<usize> = (0..5000).collect();
        let taken: Vec<usize> = sample(&files).collect();
        assert_eq!((taken.len(), taken.first(), taken.last()), (SAMPLE_FILES, Some(&0), Some(&4980)));
        assert_eq!(sample(&files[..3]).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(sample::<usize>(&[]).count(), 0);
    }
}
