//! The lexicon at run time: maps read in place from the bytes that the build compiled.
//!
//! Nothing is expanded at start-up; a lookup walks one automaton, a few dozen nanoseconds a letter at most. The layout
//! of the bytes is described where they are written, in `compile/blob.rs`.

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{Fst, Node};

/// The compiled tables of `lexicon/`, all that the analysis of forms knows besides its rules.
pub(crate) const DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forms.bin"));

/// The lemma and the stem of each form, which follow from [`DATA`] and from rules.
pub(super) const WORDS_DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

/// The view of [`WORDS_DATA`]. Making it reads a few numbers, no more.
static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| Words::parse(WORDS_DATA));

/// What `lexicon/stems.txt` says of stems: the last part of [`DATA`].
static PRESCRIBED: LazyLock<Option<Prescribed>> = LazyLock::new(|| Prescribed::parse(DATA));

/// A map from forms to pairs of codes, which tell what each becomes.
struct Words {
    pairs: &'static [[Code; 2]],
    forms: Map<&'static [u8]>,
}

/// A map from lemmas to codes of their stems.
struct Prescribed {
    codes: &'static [Code],
    lemmas: Map<&'static [u8]>,
}

/// How a word is made of another: bytes to strip, length of the text to append, the text.
type Code = [u8; 16];

/// A head of a word and a text to append to it.
pub(crate) type Made<'w> = (&'w str, &'static str);

impl Words {
    fn parse(data: &'static [u8]) -> Option<Words> {
        let (count, data) = split_u32(data)?;
        let (pairs, forms) = data.split_at_checked(count.checked_mul(size_of::<[Code; 2]>())?)?;
        Some(Words { pairs: pairs.as_chunks().0.as_chunks().0, forms: Map::new(forms).ok()? })
    }
}

impl Prescribed {
    fn parse(data: &'static [u8]) -> Option<Prescribed> {
        let (count, data) = split_u32(data)?;
        let (forms, data) = split_u32(data)?;
        let (codes, data) = data.split_at_checked(count.checked_mul(size_of::<Code>())?)?;
        let (_, lemmas) = data.split_at_checked(forms)?;
        Some(Prescribed { codes: codes.as_chunks().0, lemmas: Map::new(lemmas).ok()? })
    }
}

fn split_u32(data: &[u8]) -> Option<(usize, &[u8])> {
    let (bytes, rest) = data.split_first_chunk()?;
    Some((u32::from_le_bytes(*bytes) as usize, rest))
}

/// What a code makes of `word`.
fn made<'w>([strip, length, text @ ..]: &'static Code, word: &'w str) -> Option<Made<'w>> {
    let head = word.get(..word.len().checked_sub(usize::from(*strip))?)?;
    let text = std::str::from_utf8(text.get(..usize::from(*length))?).ok()?;
    Some((head, text))
}

/// Finds the lemma and the stem of a form, accents kept; `None` where the lexicon lacks it.
pub(crate) fn find(form: &str) -> Option<(Made<'_>, Made<'_>)> {
    let words = WORDS.as_ref()?;
    let number = usize::try_from(words.forms.get(form)?).ok()?;
    let [lemma, stem] = words.pairs.get(number)?;
    Some((made(lemma, form)?, made(stem, form)?))
}

/// Finds the lemma of a form.
pub(crate) fn lemma(form: &str) -> Option<Made<'_>> {
    find(form).map(|(lemma, _)| lemma)
}

/// Tells whether a word is a lemma of the lexicon.
pub(crate) fn is_lemma(word: &str) -> bool {
    lemma(word) == Some((word, ""))
}

/// Finds the stem of a lemma of the lexicon, or the one that is prescribed to another word, accents kept.
pub(crate) fn stem(lemma: &str) -> Option<Made<'_>> {
    if let Some(((whole, ""), stem)) = find(lemma)
        && whole == lemma
    {
        return Some(stem);
    }
    prescribed_stem(lemma)
}

/// Finds the stem that is prescribed to a word that is no lemma of the lexicon.
pub(crate) fn prescribed_stem(lemma: &str) -> Option<Made<'_>> {
    let prescribed = PRESCRIBED.as_ref()?;
    let number = usize::try_from(prescribed.lemmas.get(lemma)?).ok()?;
    made(prescribed.codes.get(number)?, lemma)
}

/// Finds the form of the lexicon that is `typed` with more accents: *élèves* for *eleves*, *connaître* for *connaitre*.
///
/// Of several, the one that adds accents latest; `None` where no form fits. Accents of `typed` itself are kept.
pub(crate) fn accented(typed: &str) -> Option<String> {
    let fst = WORDS.as_ref()?.forms.as_fst();
    let mut form = Vec::with_capacity(typed.len() + 4);
    walk(fst, fst.root(), typed.as_bytes(), &mut form).then_some(())?;
    String::from_utf8(form).ok()
}

/// Follows `typed` through the automaton, each plain vowel and c with or without an accent; the path is left in `form`.
fn walk(fst: &Fst<&'static [u8]>, node: Node<'_>, typed: &[u8], form: &mut Vec<u8>) -> bool {
    let Some((letter, rest)) = typed.split_first() else {
        return node.is_final();
    };
    let length = form.len();
    if let Some(next) = follow(fst, node, *letter) {
        form.push(*letter);
        if walk(fst, next, rest, form) {
            return true;
        }
        form.truncate(length);
    }
    let accents = accents(*letter);
    if accents.is_empty() {
        return false;
    }
    // All of them begin with the same byte, which mostly leads nowhere.
    let Some(accented) = follow(fst, node, LATIN_1) else { return false };
    for last in accents {
        let Some(next) = follow(fst, accented, *last) else { continue };
        form.extend([LATIN_1, *last]);
        if walk(fst, next, rest, form) {
            return true;
        }
        form.truncate(length);
    }
    false
}

/// The node that a byte leads to.
fn follow<'f>(fst: &'f Fst<&'static [u8]>, node: Node<'f>, byte: u8) -> Option<Node<'f>> {
    let transition = node.transition(node.find_input(byte)?);
    Some(fst.node(transition.addr))
}

/// The first byte of the letters À to ÿ, which are all that French has with accents.
const LATIN_1: u8 = 0xC3;

/// The last byte of each accented letter of French that is typed as `letter` by those who leave accents out, the commonest
/// first.
fn accents(letter: u8) -> &'static [u8] {
    match letter {
        // â à
        b'a' => &[0xA2, 0xA0],
        // ç
        b'c' => &[0xA7],
        // é è ê ë
        b'e' => &[0xA9, 0xA8, 0xAA, 0xAB],
        // î ï
        b'i' => &[0xAE, 0xAF],
        // ô
        b'o' => &[0xB4],
        // û ù ü
        b'u' => &[0xBB, 0xB9, 0xBC],
        _ => &[],
    }
}

/// Tells whether the lexicon holds the form.
pub(crate) fn contains(form: &str) -> bool {
    WORDS.as_ref().is_some_and(|words| words.forms.contains_key(form))
}

/// All forms of the lexicon.
#[cfg(test)]
pub(crate) fn all_forms() -> Vec<String> {
    WORDS.as_ref().map_or(Vec::new(), |words| words.forms.stream().into_str_keys().unwrap_or_default())
}
