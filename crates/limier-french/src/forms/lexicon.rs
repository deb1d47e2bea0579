//! The lexicon at run time: maps read in place from the bytes that the build compiled.
//!
//! Nothing is expanded at start-up; a lookup walks one automaton, a few dozen nanoseconds a letter at most. The layout
//! of the bytes is described where they are written, in `compile/blob.rs`.

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{Fst, Node};

/// The compiled tables of `lexicon/`, all that the analysis of forms knows besides its rules.
pub(crate) const DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forms.bin"));

/// The stem of each lemma, which follows from [`DATA`] and from rules.
pub(super) const STEMS_DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stems.bin"));

/// The view of [`DATA`]. Making it reads a few numbers, no more.
static LEXICON: LazyLock<Option<Table>> = LazyLock::new(|| Table::parse(DATA));

/// The view of [`STEMS_DATA`].
static STEMS: LazyLock<Option<Table>> = LazyLock::new(|| Table::parse(STEMS_DATA));

/// A map from words to codes, which tell what each becomes.
struct Table {
    codes: &'static [[u8; CODE_BYTES]],
    forms: Map<&'static [u8]>,
}

/// The size of one code: bytes to strip, length of the text, the text.
const CODE_BYTES: usize = 16;

impl Table {
    fn parse(data: &'static [u8]) -> Option<Table> {
        let (codes, data) = split_u32(data)?;
        let (forms, data) = split_u32(data)?;
        let (codes, data) = data.split_at_checked(codes.checked_mul(CODE_BYTES)?)?;
        let (forms, _) = data.split_at_checked(forms)?;
        Some(Table { codes: codes.as_chunks().0, forms: Map::new(forms).ok()? })
    }

    /// Finds what a word becomes.
    fn find<'w>(&self, word: &'w str) -> Option<(&'w str, &'static str)> {
        self.apply(self.forms.get(word)?, word)
    }

    /// What code `number` makes of `word`: the head that is kept, and the text that follows it.
    fn apply<'w>(&self, number: u64, word: &'w str) -> Option<(&'w str, &'static str)> {
        let [strip, length, text @ ..] = self.codes.get(usize::try_from(number).ok()?)?;
        let head = word.get(..word.len().checked_sub(usize::from(*strip))?)?;
        let text = std::str::from_utf8(text.get(..usize::from(*length))?).ok()?;
        Some((head, text))
    }
}

fn split_u32(data: &[u8]) -> Option<(usize, &[u8])> {
    let (bytes, rest) = data.split_first_chunk()?;
    Some((u32::from_le_bytes(*bytes) as usize, rest))
}

/// Finds the lemma of a form, as a head of the form and a text to append; `None` where the lexicon lacks it.
pub(crate) fn lemma(form: &str) -> Option<(&str, &'static str)> {
    LEXICON.as_ref()?.find(form)
}

/// Tells whether a word is a lemma of the lexicon.
pub(crate) fn is_lemma(word: &str) -> bool {
    lemma(word) == Some((word, ""))
}

/// Finds the stem of a lemma of the lexicon, accents kept, in the same way as [`lemma`].
pub(crate) fn stem(lemma: &str) -> Option<(&str, &'static str)> {
    STEMS.as_ref()?.find(lemma)
}

/// Finds the form of the lexicon that is `typed` with more accents: *élèves* for *eleves*, *connaître* for *connaitre*.
///
/// Of several, the one that adds accents latest; `None` where no form fits. Accents of `typed` itself are kept.
pub(crate) fn accented(typed: &str) -> Option<String> {
    let lexicon = LEXICON.as_ref()?;
    let mut form = Vec::with_capacity(typed.len() + 4);
    let fst = lexicon.forms.as_fst();
    walk(fst, fst.root(), typed.as_bytes(), &mut form).then_some(())?;
    String::from_utf8(form).ok()
}

/// Follows `typed` through the automaton, each plain vowel and c with or without an accent; the path is left in `form`.
fn walk(fst: &Fst<&'static [u8]>, node: Node<'_>, typed: &[u8], form: &mut Vec<u8>) -> bool {
    let Some((letter, rest)) = typed.split_first() else {
        return node.is_final();
    };
    let plain = std::slice::from_ref(letter);
    let accented = accents(*letter).iter().map(|accented| accented.as_bytes());
    for bytes in std::iter::once(plain).chain(accented) {
        let Some(next) = follow(fst, node, bytes) else { continue };
        form.extend(bytes);
        if walk(fst, next, rest, form) {
            return true;
        }
        form.truncate(form.len().saturating_sub(bytes.len()));
    }
    false
}

/// The node that `bytes` lead to.
fn follow<'f>(fst: &'f Fst<&'static [u8]>, node: Node<'f>, bytes: &[u8]) -> Option<Node<'f>> {
    bytes.iter().try_fold(node, |node, byte| {
        let transition = node.transition(node.find_input(*byte)?);
        Some(fst.node(transition.addr))
    })
}

/// The accented letters of French that are typed as `letter` by those who leave accents out, the commonest first.
fn accents(letter: u8) -> &'static [&'static str] {
    match letter {
        b'a' => &["â", "à"],
        b'c' => &["ç"],
        b'e' => &["é", "è", "ê", "ë"],
        b'i' => &["î", "ï"],
        b'o' => &["ô"],
        b'u' => &["û", "ù", "ü"],
        _ => &[],
    }
}

/// Tells whether the lexicon holds the form.
pub(crate) fn contains(form: &str) -> bool {
    LEXICON.as_ref().is_some_and(|lexicon| lexicon.forms.contains_key(form))
}

/// All forms of the lexicon.
#[cfg(test)]
pub(crate) fn all_forms() -> Vec<String> {
    LEXICON.as_ref().map_or(Vec::new(), |lexicon| lexicon.forms.stream().into_str_keys().unwrap_or_default())
}
