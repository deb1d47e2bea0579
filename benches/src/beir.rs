//! Reads retrieval collections in the layout of BEIR (<https://github.com/beir-cellar/beir>).
//!
//! A folder holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv`
//! (query, article, gain; a header line), each plain or with `.gz`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::random::Random;
use crate::{lines, slips};

/// One text to index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
}

impl Text {
    /// Returns the size of title and body in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.title.len() + self.body.len()
    }
}

/// One query, exactly as typed, with the gains of the articles that were judged relevant to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JudgedQuery {
    pub(crate) id: String,
    pub(crate) text: String,
    /// By article id; only gains above 0.
    pub(crate) gains: HashMap<String, u32>,
}

/// A collection: texts, and queries that have at least one relevant text.
#[derive(Debug)]
pub(crate) struct Collection {
    /// The folder's name.
    pub(crate) name: String,
    pub(crate) texts: Vec<Text>,
    pub(crate) queries: Vec<JudgedQuery>,
}

impl Collection {
    /// Reads a folder.
    ///
    /// # Errors
    /// A file is missing, or a line cannot be understood, or no query has a relevant text.
    pub(crate) fn read(folder: &Path) -> Result<Collection> {
        let name = folder.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into());
        let mut judgements = read_qrels(&lines::find(folder, "qrels.tsv")?)?;

        let mut texts = Vec::new();
        lines::for_each_object(&lines::find(folder, "corpus.jsonl")?, |object| {
            let (title, body) = (lines::text_of(object, "title"), lines::text_of(object, "text"));
            texts.push(Text { id: lines::id_of(object)?, title, body });
            Ok(true)
        })?;

        let mut queries = Vec::new();
        lines::for_each_object(&lines::find(folder, "queries.jsonl")?, |object| {
            let id = lines::id_of(object)?;
            // A query that nobody judged says nothing about an engine.
            if let Some(gains) = judgements.remove(&id) {
                queries.push(JudgedQuery { id, text: lines::text_of(object, "text"), gains });
            }
            Ok(true)
        })?;
        ensure!(!queries.is_empty(), "{}: no query has a relevant article in qrels.tsv", folder.display());
        Ok(Collection { name, texts, queries })
    }

    /// Plants slips into the queries, the same for a seed.
    pub(crate) fn with_slips(mut self, seed: Option<u64>) -> Collection {
        if let Some(seed) = seed {
            let mut random = Random::new(seed);
            self.queries.iter_mut().for_each(|query| query.text = slips::plant(&query.text, &mut random));
        }
        self
    }

    /// Returns the size of all titles and bodies in bytes.
    pub(crate) fn text_bytes(&self) -> usize {
        self.texts.iter().map(Text::bytes).sum()
    }
}

/// Reads the judgements: for each query, the articles with a gain above 0.
fn read_qrels(path: &Path) -> Result<HashMap<String, HashMap<String, u32>>> {
    let mut judgements: HashMap<String, HashMap<String, u32>> = HashMap::new();
    let mut is_first = true;
    lines::for_each_line(path, |line| {
        let is_header = std::mem::take(&mut is_first) && line.starts_with("query-id");
        if is_header {
            return Ok(true);
        }
        let mut columns = line.split('\t');
        let (query, article, gain) = (columns.next(), columns.next(), columns.next());
        let (query, article, gain) =
            (query.context("no query")?, article.context("no article")?, gain.context("no gain")?);
        let gain: i64 = gain.trim().parse().with_context(|| format!("{gain:?} is not a whole number"))?;
        // Some collections mark spam by a negative gain: trec_eval counts it as 0.
        if gain > 0 {
            let gain = u32::try_from(gain).context("gain out of range")?;
            judgements.entry(query.to_string()).or_default().insert(article.to_string(), gain);
        }
        Ok(true)
    })?;
    Ok(judgements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(qrels: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("corpus.jsonl", "{\"_id\":\"a\",\"title\":\"Été\",\"text\":\"x\"}\n{\"_id\":\"b\",\"text\":\"yz\"}\n");
        write("queries.jsonl", "{\"_id\":\"q1\",\"text\":\"« été »\"}\n{\"_id\":\"q2\",\"text\":\"rien\"}\n");
        write("qrels.tsv", qrels);
        folder
    }

    #[test]
    fn reads_texts_queries_and_gains() {
        let folder = folder("query-id\tcorpus-id\tscore\nq1\ta\t3\nq1\tb\t0\nq2\ta\t-1\n");
        let collection = Collection::read(folder.path()).unwrap();
        assert_eq!(collection.texts.len(), 2);
        assert_eq!(collection.text_bytes(), "Étéxyz".len());
        // q2 has no relevant text, so that it is left out.
        assert_eq!(collection.queries.len(), 1);
        assert_eq!(collection.queries[0].text, "« été »");
        assert_eq!(collection.queries[0].gains, HashMap::from([("a".to_string(), 3)]));
    }

    #[test]
    fn a_header_is_optional() {
        let folder = folder("q1\ta\t1\n");
        assert_eq!(Collection::read(folder.path()).unwrap().queries.len(), 1);
    }

    #[test]
    fn refuses_a_gain_that_is_no_number() {
        let error = format!("{:#}", Collection::read(folder("q1\ta\tbon\n").path()).unwrap_err());
        assert!(error.contains("line 1: \"bon\" is not a whole number"), "{error}");
    }

    #[test]
    fn refuses_a_collection_without_judgements() {
        let error = format!("{:#}", Collection::read(folder("").path()).unwrap_err());
        assert!(error.contains("no query has a relevant article"), "{error}");
    }
}
