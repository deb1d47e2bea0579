//! Reads the source tables of `lexicon/`.
//!
//! In all of them a line that starts with `#` is a comment and words stand between white space. What else a line may
//! hold is said at the head of each table.

use super::conjugation::{self, Form, Model, Tense};
use super::inflection::Class;
use super::{Error, Sources};

/// A lemma with its forms.
#[derive(Clone, Debug)]
pub(crate) struct Paradigm {
    /// The word that stands for the group.
    pub(crate) lemma: String,
    /// All of its forms, the lemma among them.
    pub(crate) forms: Vec<Form>,
}

/// All paradigms, by the right they have to a form that several of them share: see [`super::homographs`].
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Whole groups, which own their forms.
    pub(crate) groups: Vec<Paradigm>,
    /// Nouns that never join a verb.
    pub(crate) apart: Vec<Paradigm>,
    /// Verbs, the most frequent of the irregular ones first.
    pub(crate) verbs: Vec<Paradigm>,
    /// Nouns and adjectives that join the verb whose form they are.
    pub(crate) nouns: Vec<Paradigm>,
}

/// Reads all tables but that of stems.
pub(crate) fn read(sources: &Sources) -> Result<Lexicon, Error> {
    let mut verbs = read_irregular_verbs(&sources.irregular_verbs)?;
    for infinitive in words(&sources.er_verbs) {
        verbs.push(regular(infinitive, conjugation::first_group(infinitive))?);
    }
    for infinitive in words(&sources.ir_verbs) {
        verbs.push(regular(infinitive, conjugation::second_group(infinitive))?);
    }
    Ok(Lexicon {
        groups: read_groups(&sources.groups)?,
        apart: read_nouns(&sources.apart)?,
        verbs,
        nouns: read_nouns(&sources.nouns)?,
    })
}

/// The lines that say something, with their numbers counted from 1.
fn lines(table: &str) -> impl Iterator<Item = (usize, &str)> {
    table
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// The words of a table that is a plain list.
fn words(table: &str) -> impl Iterator<Item = &str> {
    lines(table).flat_map(|(_, line)| line.split_whitespace())
}

fn regular(infinitive: &str, forms: Vec<Form>) -> Result<Paradigm, Error> {
    if forms.is_empty() {
        return Err(format!("{infinitive} is not an infinitive of this table"));
    }
    Ok(Paradigm { lemma: infinitive.to_owned(), forms })
}

fn nominal(texts: impl IntoIterator<Item = String>) -> Vec<Form> {
    texts.into_iter().map(|text| Form { text, tense: Tense::Nominal }).collect()
}

/// Reads `lemma: form form`.
fn read_groups(table: &str) -> Result<Vec<Paradigm>, Error> {
    lines(table)
        .map(|(number, line)| {
            let Some((lemma, forms)) = line.split_once(':') else {
                return Err(format!("groups, line {number}: no colon in {line:?}"));
            };
            let lemma = lemma.trim();
            let forms = std::iter::once(lemma).chain(forms.split_whitespace()).map(str::to_owned);
            Ok(Paradigm { lemma: lemma.to_owned(), forms: nominal(forms) })
        })
        .collect()
}

/// Reads sections `[endings]` of words.
fn read_nouns(table: &str) -> Result<Vec<Paradigm>, Error> {
    let mut class = Class::Plural;
    let mut paradigms = Vec::new();
    for (number, line) in lines(table) {
        if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.trim_end().strip_suffix(']')) {
            class = Class::parse(head);
            continue;
        }
        for word in line.split_whitespace() {
            let forms = class.inflect(word).map_err(|error| format!("nouns, line {number}: {error}"))?;
            paradigms.push(Paradigm { lemma: word.to_owned(), forms: nominal(forms) });
        }
    }
    Ok(paradigms)
}

/// Reads models, each followed by indented lines with its verbs.
fn read_irregular_verbs(table: &str) -> Result<Vec<Paradigm>, Error> {
    let mut model = Model::default();
    let mut paradigms: Vec<Paradigm> = Vec::new();
    for (number, line) in lines(table) {
        let at = |error: Error| format!("verbs-irregular, line {number}: {error}");
        if !line.starts_with(' ') {
            model = read_model(line).map_err(at)?;
            continue;
        }
        for infinitive in line.split_whitespace() {
            let forms = model.conjugate(infinitive).map_err(at)?;
            // A verb may follow two models (assieds, assois).
            match paradigms.iter_mut().find(|known| known.lemma == infinitive) {
                Some(known) => known.forms.extend(forms),
                None => paradigms.push(Paradigm { lemma: infinitive.to_owned(), forms }),
            }
        }
    }
    Ok(paradigms)
}

/// Reads `ending: present / future / past / participle / name part…`.
fn read_model(line: &str) -> Result<Model, Error> {
    let Some((ending, parts)) = line.split_once(':') else {
        return Err(format!("no colon in {line:?}"));
    };
    let mut parts = parts.split('/').map(str::trim);
    let mut next = |what: &str| parts.next().ok_or(format!("no {what} in {line:?}"));
    let one = |part: &str| {
        if part == "-" { String::new() } else { part.to_owned() }
    };
    let several = |part: &str| part.split_whitespace().map(one).collect::<Vec<_>>();
    let mut model = Model {
        ending: ending.trim_start_matches('-').to_owned(),
        present: several(next("present")?),
        future: one(next("future")?),
        past: one(next("past")?),
        participle: several(next("participle")?).into_iter().filter(|form| !form.is_empty()).collect(),
        ..Model::default()
    };
    if model.present.len() != 6 && model.present.iter().any(|form| !form.is_empty()) {
        return Err(format!("the present has not six persons in {line:?}"));
    }
    for part in parts {
        let (name, value) = part.split_once(' ').unwrap_or((part, ""));
        match name {
            "subjunctive" => model.subjunctive = several(value),
            "imperfect" => model.imperfect = Some(value.to_owned()),
            "gerund" => model.gerund = Some(value.to_owned()),
            "more" => model.more = several(value),
            _ => return Err(format!("unknown part {name:?}")),
        }
    }
    Ok(model)
}

/// Reads `stem: lemma lemma`, and sections of words whose stem is themselves without accents (`=: word word`).
pub(crate) fn read_stems(table: &str) -> Result<Vec<(String, String)>, Error> {
    let mut stems = Vec::new();
    for (number, line) in lines(table) {
        let Some((stem, lemmas)) = line.split_once(':') else {
            return Err(format!("stems, line {number}: no colon in {line:?}"));
        };
        for lemma in lemmas.split_whitespace() {
            let stem = if stem.trim() == "=" { lemma } else { stem.trim() };
            stems.push((lemma.to_owned(), stem.to_owned()));
        }
    }
    Ok(stems)
}
