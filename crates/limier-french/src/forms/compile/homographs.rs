//! Gives each form one lemma.
//!
//! *porte* is a noun and a form of *porter*; a search for either wants both, so that a noun or adjective that is itself
//! a form of a verb joins the verb with all of its forms: *porte, portes, portons* are one group, and *fatigué* joins
//! *fatiguer*. Reading every form under one lemma and keeping the two apart was measured to lose a sixth of the pairs
//! that belong together.
//!
//! Three kinds of word stay apart: groups written out in `lexicon/groups.txt` (*été* is not *être*), the words of
//! `lexicon/nouns-apart.txt`, and nouns that only look like a form which is rare beside them: plurals in -ions
//! (*portions*), words in -ent, -ant (*président*, *content*). Two verbs that share a form settle it by the tense in
//! which each has it, then by the order of the tables.

use std::collections::BTreeMap;

use super::conjugation::Tense;
use super::tables::{Lexicon, Paradigm};

/// From each form to its lemma.
pub(crate) type FormMap = BTreeMap<String, String>;

/// Resolves all homographs of the lexicon.
pub(crate) fn resolve(lexicon: Lexicon) -> FormMap {
    let mut map = FormMap::new();
    add_first_come(&mut map, &lexicon.groups);
    add_first_come(&mut map, &lexicon.apart);

    let verbs = verb_forms(&lexicon.verbs);
    for noun in &lexicon.nouns {
        let lemma = match verbs.get(noun.lemma.as_str()) {
            Some((tense, verb)) if *tense <= Tense::PresentSingular => verb,
            _ => noun.lemma.as_str(),
        };
        // A group that owns the noun, or the verb that the noun joins, takes its forms too.
        let lemma = map.get(noun.lemma.as_str()).map_or(lemma, String::as_str).to_owned();
        for form in &noun.forms {
            map.entry(form.text.clone()).or_insert_with(|| lemma.clone());
        }
    }
    for (form, (_, verb)) in verbs {
        map.entry(form.to_owned()).or_insert_with(|| verb.to_owned());
    }
    settle(map)
}

fn add_first_come(map: &mut FormMap, paradigms: &[Paradigm]) {
    for paradigm in paradigms {
        for form in &paradigm.forms {
            map.entry(form.text.clone()).or_insert_with(|| paradigm.lemma.clone());
        }
    }
}

/// The verb that owns each verb form, with the tense of that form.
fn verb_forms(verbs: &[Paradigm]) -> BTreeMap<&str, (Tense, &str)> {
    let mut owners: BTreeMap<&str, (Tense, &str)> = BTreeMap::new();
    for verb in verbs {
        for form in &verb.forms {
            let claim = (form.tense, verb.lemma.as_str());
            let owner = owners.entry(&form.text).or_insert(claim);
            if claim.0 < owner.0 {
                *owner = claim;
            }
        }
    }
    owners
}

/// Makes every lemma its own lemma: where a lemma is itself a form of another group, its forms follow it there.
fn settle(mut map: FormMap) -> FormMap {
    // Chains are short; the bound only guards against a circle in the tables.
    for _ in 0..8 {
        let moved: Vec<_> = map
            .iter()
            .filter_map(|(form, lemma)| {
                let root = map.get(lemma).filter(|root| *root != lemma)?;
                Some((form.clone(), root.clone()))
            })
            .collect();
        if moved.is_empty() {
            break;
        }
        map.extend(moved);
    }
    map
}
