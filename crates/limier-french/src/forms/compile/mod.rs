//! Turns the readable tables of `lexicon/` into the compact table that the crate embeds.
//!
//! Runs at build time (`build.rs` includes this folder as a module of its own) and in the crate's tests; the library
//! itself only reads the result. The way of the data:
//!
//! ```text
//! lexicon/*.txt ──tables──▶ paradigms ──conjugation, inflection──▶ forms ──homographs──▶ form → lemma ──blob──▶ bytes
//!                                                                lemma ──suffix──▶ form → lemma, stem ──blob──▶ bytes
//! ```

use std::fs;
use std::path::Path;

use homographs::FormMap;

pub(crate) mod blob;
pub(crate) mod conjugation;
pub(crate) mod homographs;
pub(crate) mod inflection;
#[allow(clippy::duplicate_mod, reason = "in tests the library and the compiler of its tables stand side by side")]
#[path = "../suffix.rs"]
mod suffix;
pub(crate) mod tables;

#[cfg(test)]
mod tests;

/// What is wrong with a table, with the line at fault.
pub(crate) type Error = String;

/// The text of each source table.
#[derive(Default)]
pub(crate) struct Sources {
    /// Closed classes, irregular words and words kept apart: each line one whole group.
    pub(crate) groups: String,
    /// Conjugation models of irregular verbs, each with its verbs.
    pub(crate) irregular_verbs: String,
    /// Verbs in -er that are conjugated by their spelling.
    pub(crate) er_verbs: String,
    /// Verbs in -ir that are conjugated like *finir*.
    pub(crate) ir_verbs: String,
    /// Nouns and adjectives that mean something else than the verb whose form they look like.
    pub(crate) apart: String,
    /// Nouns and adjectives by the endings they take.
    pub(crate) nouns: String,
    /// Stems that Snowball gets wrong.
    pub(crate) stems: String,
}

impl Sources {
    /// Reads the tables of `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Sources, Error> {
        let table = |name: &str| {
            let path = folder.join(name);
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            // The tables are written as French is; exact terms have their ligatures expanded.
            Ok::<_, Error>(text.replace('œ', "oe").replace('æ', "ae"))
        };
        Ok(Sources {
            groups: table("groups.txt")?,
            irregular_verbs: table("verbs-irregular.txt")?,
            er_verbs: table("verbs-er.txt")?,
            ir_verbs: table("verbs-ir.txt")?,
            apart: table("nouns-apart.txt")?,
            nouns: table("nouns.txt")?,
            stems: table("stems.txt")?,
        })
    }
}

/// The compiled tables, each as [`blob`] describes.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// From each form to its lemma, and what `lexicon/stems.txt` says of stems.
    pub(crate) forms: Vec<u8>,
    /// From each form to its lemma and its stem.
    pub(crate) words: Vec<u8>,
}

/// Compiles the tables.
pub(crate) fn compile(sources: &Sources) -> Result<Compiled, Error> {
    let forms = homographs::resolve(tables::read(sources)?);
    let prescribed = tables::read_stems(&sources.stems)?;
    Ok(Compiled {
        forms: blob::write(&forms, &prescribed)?,
        words: blob::write_words(&forms, &stems(&forms, &prescribed))?,
    })
}

/// Gives each lemma its stem: what Snowball leaves, unless another is prescribed.
fn stems(forms: &FormMap, prescribed: &[(String, String)]) -> FormMap {
    let is_lemma = |word: &str| forms.get(word).is_some_and(|lemma| lemma == word);
    let mut stems: FormMap =
        forms.values().map(|lemma| (lemma.clone(), suffix::without_suffix(lemma, is_lemma).into_owned())).collect();
    stems.extend(prescribed.iter().cloned());
    stems
}
