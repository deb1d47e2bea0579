//! Judged queries: what must be found, and what must not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One judged query. Ids are compared without their extension.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// What is typed.
    pub query: String,
    /// The article that ranks first.
    pub first: Option<String>,
    /// One of these ranks first.
    #[serde(default)]
    pub any: Vec<String>,
    /// All of these are among the hits.
    #[serde(default)]
    pub all: Vec<String>,
    /// None of these is.
    #[serde(default)]
    pub none: Vec<String>,
    /// What the query is about, for people.
    #[serde(default)]
    pub about: String,
}

impl Judged {
    /// Returns what is wrong with these hits, best first; `None` when nothing is.
    pub fn failure(&self, ids: &[String]) -> Option<String> {
        let ids: Vec<&str> = ids.iter().map(|id| without_extension(id)).collect();
        let has = |id: &String| ids.contains(&without_extension(id));
        let leads = |id: &String| ids.first() == Some(&without_extension(id));
        let mut wrong = Vec::new();
        if let Some(first) = self.first.as_ref().filter(|first| !leads(first)) {
            wrong.push(format!("first should be {first}"));
        }
        if !self.any.is_empty() && !self.any.iter().any(leads) {
            wrong.push(format!("first should be one of {}", self.any.join(", ")));
        }
        let missing: Vec<&str> = self.all.iter().filter(|id| !has(id)).map(String::as_str).collect();
        if !missing.is_empty() {
            wrong.push(format!("missing {}", missing.join(", ")));
        }
        let unwanted: Vec<&str> = self.none.iter().filter(|id| has(id)).map(String::as_str).collect();
        if !unwanted.is_empty() {
            wrong.push(format!("unwanted {}", unwanted.join(", ")));
        }
        let found: Vec<&str> = ids.iter().take(5).copied().collect();
        (!wrong.is_empty()).then(|| format!("{}; found {} first", wrong.join("; "), found.join(", ")))
    }

    fn is_judged(&self) -> bool {
        self.first.is_some() || !(self.any.is_empty() && self.all.is_empty() && self.none.is_empty())
    }
}

fn without_extension(id: &str) -> &str {
    match id.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.contains('/') => stem,
        _ => id,
    }
}

/// Reads judged queries, one JSON object a line.
pub fn read_judged(path: &Path) -> Vec<Judged> {
    let text = fs::read_to_string(path).unwrap();
    let judged: Vec<Judged> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| match serde_json::from_str(line) {
            Ok(judged) => judged,
            Err(error) => panic!("{}:{}: {error}", path.display(), number + 1),
        })
        .collect();
    for query in &judged {
        assert!(query.is_judged(), "{}: no judgement for {:?}", path.display(), query.query);
    }
    judged
}

/// Reads the queries that are known to fail: one a line, `#` begins a comment.
pub fn read_expected(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// Asks every query, and returns those that fail with what is wrong.
pub fn failures(judged: &[Judged], mut ask: impl FnMut(&str) -> Vec<String>) -> Vec<(String, String)> {
    judged
        .iter()
        .filter_map(|query| {
            let wrong = query.failure(&ask(&query.query))?;
            let about = if query.about.is_empty() { String::new() } else { format!(" ({})", query.about) };
            Some((query.query.clone(), format!("{wrong}{about}")))
        })
        .collect()
}

/// Compares failures with those expected; returns what to tell when they differ.
pub fn surprises(judged: &[Judged], failures: &[(String, String)], expected: &BTreeSet<String>) -> Option<String> {
    let failed: BTreeSet<&str> = failures.iter().map(|(query, _)| query.as_str()).collect();
    let asked: BTreeSet<&str> = judged.iter().map(|query| query.query.as_str()).collect();
    let mut told = Vec::new();
    for (query, wrong) in failures.iter().filter(|(query, _)| !expected.contains(query)) {
        told.push(format!("fails: {query}\n       {wrong}"));
    }
    for query in expected.iter().filter(|query| !failed.contains(query.as_str())) {
        let what = if asked.contains(query.as_str()) { "holds now" } else { "is not asked any more" };
        told.push(format!("{what}: {query}\n       take it off the list of expected failures"));
    }
    let held = judged.len() - failures.len();
    (!told.is_empty()).then(|| format!("{held} of {} hold\n{}", judged.len(), told.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn each_judgement_can_fail() {
        let judged = Judged {
            query: "q".into(),
            first: Some("a".into()),
            any: ids(&["a", "b.txt"]),
            all: ids(&["a", "b"]),
            none: ids(&["c"]),
            about: String::new(),
        };
        assert_eq!(judged.failure(&ids(&["a.txt", "b.md"])), None);
        for (found, wrong) in [
            (&["b", "a"][..], "first should be a;"),
            (&["d", "a", "b"], "one of a, b.txt"),
            (&["a"], "missing b"),
            (&["a", "b", "c.txt"], "unwanted c"),
            (&[], "missing a, b"),
        ] {
            let told = judged.failure(&ids(found)).unwrap();
            assert!(told.contains(wrong), "{told}");
        }
    }

    #[test]
    fn what_is_expected_to_fail_must_fail() {
        let judged = [Judged { query: "q".into(), first: Some("a".into()), ..Judged::default() }];
        let failing = failures(&judged, |_| ids(&["b"]));
        let holding = failures(&judged, |_| ids(&["a"]));
        let none = read_expected("# known\n\n");
        let known = read_expected("q\n");
        assert!(surprises(&judged, &failing, &none).unwrap().contains("fails: q"));
        assert_eq!(surprises(&judged, &failing, &known), None);
        assert_eq!(surprises(&judged, &holding, &none), None);
        assert!(surprises(&judged, &holding, &known).unwrap().contains("holds now: q"));
        assert!(surprises(&[], &[], &known).unwrap().contains("not asked"));
    }
}
