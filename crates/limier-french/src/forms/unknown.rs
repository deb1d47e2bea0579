//! Lemmas of words that the lexicon lacks, from their endings.
//!
//! French goes on making words, and makes them by rule: a new verb is in *-er*, a new noun takes *-s*. Each rule below
//! replaces an ending by another, and says how sure it is:
//!
//! - [`Sure`]: the ending is unmistakable (*-èrent*, *-issaient*, *-trices*);
//! - [`IfKnown`]: it holds only if the result is a word of the lexicon (*patronne*, as *patron* is one; not *personne*);
//! - [`IfLemma`]: it holds only if the result is a lemma of the lexicon (*exquise*, of *exquis*; not *polise*, though
//!   *polis* is a form of *polir*);
//! - [`IfVerb`]: it holds only beside a verb in *-er* (*tricheuse*, of *tricher*; not *nerveuse*).
//!
//! Rules are tried in order, the first that fits is applied, and the result is looked up and reduced in its turn:
//! *tweeteuses*, *tweeteuse*, *tweeteur*. What a rule makes is never longer than a lemma should be, and no rule applies
//! to a lemma that rules made, so that the lemma of a lemma is itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::lexicon;
use Certainty::{IfKnown, IfLemma, IfVerb, Sure};

/// When a rule holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Always.
    Sure,
    /// If the lexicon has the result.
    IfKnown,
    /// If the result is a lemma of the lexicon.
    IfLemma,
    /// If the lexicon has a verb in -er with the same head: *tricheuse* is of *tricheur*, as *tricher* is a verb.
    IfVerb,
}

/// A rule: an ending, what replaces it, how many letters must stand before it, and when it holds.
pub(super) type Rule = (&'static str, &'static str, usize, Certainty);

/// Prefixes that make new words of known ones: *re-*, *anti-*. What follows is inflected as it is without them.
pub(super) const PREFIXES: &[&str] = &[
    "ré", "re", "dés", "dé", "sur", "sous", "pré", "anti", "auto", "inter", "super", "hyper", "micro", "macro", "mini",
    "multi", "post", "contre", "entre", "extra", "infra", "ultra", "télé", "photo", "radio", "vidéo", "bio", "géo",
    "électro", "neuro", "psycho", "socio", "néo", "pseudo", "semi", "demi", "mal", "in", "im", "ir", "co", "non",
    "trans", "mono", "poly", "thermo", "hydro", "aéro", "agro", "cyber", "éco", "pluri", "para", "sub", "tri", "bi",
    "mé", "més", "franco", "anglo", "euro", "afro", "quasi", "vice", "arrière", "avant", "après", "archi", "omni",
];

/// Endings of the regular conjugations that no other word has, and of the feminine and plural of new words.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // Verbs like finir: nothing but the ending tells -issait (finir) from -ssait (glisser), which the lexicon knows.
    ("issaient", "ir", 2, Sure), ("issait", "ir", 2, Sure), ("issais", "ir", 2, Sure), ("issions", "ir", 2, IfKnown),
    ("issiez", "ir", 2, Sure), ("issons", "ir", 2, IfKnown), ("issez", "ir", 2, Sure), ("issent", "ir", 2, Sure),
    ("iraient", "ir", 3, Sure), ("irait", "ir", 3, Sure), ("irais", "ir", 3, Sure), ("irions", "ir", 3, Sure),
    ("iriez", "ir", 3, Sure), ("iront", "ir", 3, Sure), ("irons", "ir", 3, IfKnown), ("irez", "ir", 3, Sure),
    ("irai", "ir", 3, Sure), ("iras", "ir", 3, IfKnown), ("ira", "ir", 3, IfKnown), ("irent", "ir", 3, Sure),
    ("îmes", "ir", 3, Sure), ("îtes", "ir", 3, IfKnown), ("ît", "ir", 3, Sure),
    // Verbs in -er, the spelling of whose stem changes: employer, placer, manger.
    ("oieraient", "oyer", 2, Sure), ("oierait", "oyer", 2, Sure), ("oieront", "oyer", 2, Sure),
    ("oiera", "oyer", 2, Sure), ("oient", "oyer", 2, Sure), ("uient", "uyer", 2, Sure),
    ("çaient", "cer", 2, Sure), ("çait", "cer", 2, Sure), ("çais", "cer", 3, IfKnown), ("çant", "cer", 2, Sure),
    ("çâmes", "cer", 2, Sure), ("çâtes", "cer", 2, Sure), ("çât", "cer", 2, Sure), ("ça", "cer", 3, Sure),
    ("geaient", "ger", 2, Sure), ("geait", "ger", 2, Sure), ("geais", "ger", 2, Sure), ("geant", "ger", 2, Sure),
    ("geâmes", "ger", 2, Sure), ("geâtes", "ger", 2, Sure), ("geât", "ger", 2, Sure), ("gea", "ger", 2, Sure),
    // All verbs in -er.
    ("eraient", "er", 2, Sure), ("erait", "er", 2, Sure), ("erais", "er", 3, Sure), ("erions", "er", 2, Sure),
    ("eriez", "er", 2, Sure), ("eront", "er", 2, Sure), ("erons", "er", 3, Sure), ("erez", "er", 2, Sure),
    ("erai", "er", 2, Sure), ("eras", "er", 3, Sure), ("era", "er", 3, Sure), ("èrent", "er", 2, Sure),
    ("assions", "er", 2, Sure), ("assiez", "er", 2, Sure), ("assent", "er", 2, Sure), ("âmes", "er", 2, Sure),
    ("âtes", "er", 3, Sure), ("ât", "er", 3, Sure), ("aient", "er", 2, Sure), ("ait", "er", 3, Sure),
    ("iez", "ier", 3, Sure), ("ez", "er", 3, Sure), ("ient", "ier", 3, Sure),
    // -ment makes adverbs and nouns; -ent is the third person elsewhere.
    ("ments", "ment", 2, Sure), ("ement", "ement", 2, Sure), ("ent", "er", 3, Sure),
    // Nouns in -té, -tié; then participles.
    ("ités", "ité", 2, Sure), ("ité", "ité", 2, Sure), ("etés", "eté", 2, Sure), ("eté", "eté", 2, Sure),
    ("ées", "er", 2, Sure), ("ée", "er", 2, Sure), ("és", "er", 2, Sure), ("é", "er", 3, Sure),
    // Plurals that do more than add -s.
    ("eaux", "eau", 2, Sure), ("aux", "al", 2, Sure), ("oux", "ou", 2, IfKnown), ("eux", "eu", 2, IfKnown),
    // Plurals in -s, but not words in -us, -is, -ès, -ss, which are singular as often as not.
    ("ss", "ss", 0, Sure), ("ès", "ès", 0, Sure), ("us", "u", 2, IfKnown), ("us", "us", 0, Sure),
    ("ais", "ai", 2, IfKnown), ("ais", "ais", 0, Sure), ("ois", "oi", 2, IfKnown), ("ois", "ois", 0, Sure),
    ("s", "", 3, Sure),
    // Feminines of living suffixes.
    ("trice", "teur", 2, Sure), ("euse", "eur", 2, IfVerb), ("euse", "eux", 2, Sure), ("eresse", "eur", 2, IfKnown),
    ("ive", "if", 3, Sure), ("ielle", "iel", 2, Sure), ("uelle", "uel", 2, Sure), ("nelle", "nel", 3, Sure),
    ("elle", "el", 2, IfKnown), ("elle", "eau", 2, IfKnown), ("ienne", "ien", 2, Sure), ("éenne", "éen", 2, Sure),
    ("enne", "en", 2, IfKnown), ("onne", "on", 2, IfKnown), ("aine", "ain", 2, IfKnown), ("ine", "in", 3, IfKnown),
    ("ale", "al", 3, Sure), ("aise", "ais", 2, Sure), ("oise", "ois", 2, Sure), ("ante", "ant", 2, Sure),
    ("ente", "ent", 2, IfKnown), ("arde", "ard", 2, IfKnown), ("aude", "aud", 2, IfKnown), ("otte", "ot", 2, IfKnown),
    ("ote", "ot", 2, IfKnown), ("ette", "et", 3, IfKnown), ("ète", "et", 2, IfKnown), ("ière", "ier", 2, Sure), ("iere", "ier", 2, Sure),
    ("ère", "er", 3, IfKnown), ("ise", "is", 3, IfLemma), ("ue", "u", 3, IfKnown), ("ie", "i", 3, IfKnown),
];

/// How many rules may apply one after another; real words need three at most.
const MAX_STEPS: usize = 6;

/// Guesses the lemma of a word that the lexicon lacks, from its ending; the word itself where no rule applies.
pub(crate) fn lemma(word: &str) -> Cow<'_, str> {
    let mut at = Cow::Borrowed(word);
    for steps in 0..MAX_STEPS {
        // The word itself is none of the lexicon's.
        if steps > 0
            && let Some((head, text)) = lexicon::lemma(&at)
        {
            return Cow::Owned([head, text].concat());
        }
        if let Some(lemma) = typed_without_accents(&at) {
            return Cow::Owned(lemma);
        }
        if let Some(lemma) = prefixed(&at) {
            return Cow::Owned(lemma);
        }
        match step(&at) {
            Some(next) => at = Cow::Owned(next),
            None => break,
        }
    }
    at
}

/// The lemma of a known word whose accents were left out, as in headlines in capitals and in hurried queries, or whose
/// circumflex the spelling of 1990 drops.
fn typed_without_accents(word: &str) -> Option<String> {
    /// A shorter word is too often a name (*Dore*), or of another language.
    const MIN_BYTES: usize = 5;
    if word.len() < MIN_BYTES {
        return None;
    }
    let form = lexicon::accented(word)?;
    let (head, text) = lexicon::lemma(&form)?;
    Some([head, text].concat())
}

/// The lemma of a known word behind a prefix.
fn prefixed(word: &str) -> Option<String> {
    /// A shorter rest is too often a chance find (*co-lis*).
    const MIN_REST: usize = 5;
    let first = word.bytes().next();
    PREFIXES.iter().filter(|prefix| prefix.bytes().next() == first).find_map(|prefix| {
        let rest = word.strip_prefix(prefix)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        if rest.len() < MIN_REST {
            return None;
        }
        let (head, text) = lexicon::lemma(rest)?;
        let kept = word.len() - rest.len();
        Some([word.get(..kept)?, head, text].concat())
    })
}

/// The rules by the last byte of their ending, which refuses most of them.
static BY_LAST_BYTE: LazyLock<Vec<Vec<&Rule>>> = LazyLock::new(|| {
    let mut by_byte = vec![Vec::new(); 1 + usize::from(u8::MAX)];
    for rule @ (ending, ..) in RULES {
        if let Some(rules) = ending.bytes().next_back().and_then(|last| by_byte.get_mut(usize::from(last))) {
            rules.push(rule);
        }
    }
    by_byte
});

/// Applies the first rule that fits; `None` where that leaves the word as it is.
fn step(word: &str) -> Option<String> {
    for (ending, replacement, letters_before, certainty) in BY_LAST_BYTE.get(usize::from(word.bytes().next_back()?))? {
        let Some(head) = word.strip_suffix(ending) else {
            continue;
        };
        if head.chars().count() < *letters_before || !head.ends_with(char::is_alphabetic) && !head.is_empty() {
            continue;
        }
        let result = [head, replacement].concat();
        let holds = match certainty {
            Sure => true,
            IfKnown => lexicon::contains(&result),
            IfLemma => lexicon::lemma(&result).is_some_and(|(head, text)| [head, text].concat() == result),
            IfVerb => lexicon::contains(&[head, "er"].concat()),
        };
        if holds {
            return (result != word).then_some(result);
        }
    }
    None
}
