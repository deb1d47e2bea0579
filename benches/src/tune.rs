//! `limier-bench tune`: what each constant of ranking is worth, on judged collections.
//!
//! One constant is moved at a time while the others keep their defaults, which is how the defaults were found: by going
//! where the mean over all collections gains, round after round, and staying where only one collection gains.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use limier::{Article, Index, Ranking};

use crate::beir::{Collection, JudgedQuery};
use crate::metrics::Scores;

/// What to try, and on what.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Collections in the layout of BEIR.
    pub(crate) folders: Vec<PathBuf>,
    /// Most queries of a collection, taken evenly over it.
    pub(crate) queries: usize,
    /// Constants that are changed for the whole run.
    pub(crate) set: Vec<Setting>,
    /// Constants to move and the values to try; empty for all constants, around their values.
    pub(crate) sweep: Vec<Sweep>,
    /// Seed of the slips that are planted into the queries; none without it.
    pub(crate) slips: Option<u64>,
}

/// A constant and its value: `title=0.6`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) value: f32,
}

/// A constant and the values to try: `title=0.3,0.6,1`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sweep {
    pub(crate) name: String,
    pub(crate) values: Vec<f32>,
}

impl std::str::FromStr for Sweep {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Sweep> {
        let (name, values) = text.split_once('=').with_context(|| format!("{text:?} is not NAME=VALUE"))?;
        let parse = |value: &str| value.parse::<f32>().with_context(|| format!("{value:?} is not a number"));
        let values = values.split(',').map(parse).collect::<Result<Vec<f32>>>()?;
        slot(&mut Ranking::default(), name)?;
        Ok(Sweep { name: name.to_string(), values })
    }
}

impl std::str::FromStr for Setting {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Setting> {
        let Sweep { name, values } = text.parse()?;
        let [value] = values[..] else { bail!("{text:?} has more than one value") };
        Ok(Setting { name, value })
    }
}

/// The constants that can be moved, in the order of the table.
const NAMES: [&str; 17] = [
    "k1",
    "b",
    "title_b",
    "title",
    "exact",
    "title_exact",
    "title_share",
    "lead",
    "lead_words",
    "pair",
    "near",
    "passage",
    "window",
    "coverage",
    "phrase",
    "mended",
    "candidates",
];

/// A constant of ranking, whatever its type.
enum Slot<'r> {
    Real(&'r mut f32),
    Count(&'r mut u32),
    Size(&'r mut usize),
}

impl Slot<'_> {
    fn set(self, value: f32) {
        match self {
            Slot::Real(slot) => *slot = value,
            Slot::Count(slot) => *slot = value.round() as u32,
            Slot::Size(slot) => *slot = value.round() as usize,
        }
    }

    fn get(self) -> f32 {
        match self {
            Slot::Real(slot) => *slot,
            Slot::Count(slot) => *slot as f32,
            Slot::Size(slot) => *slot as f32,
        }
    }
}

fn slot<'r>(ranking: &'r mut Ranking, name: &str) -> Result<Slot<'r>> {
    Ok(match name {
        "k1" => Slot::Real(&mut ranking.k1),
        "b" => Slot::Real(&mut ranking.b),
        "title_b" => Slot::Real(&mut ranking.title_b),
        "title" => Slot::Real(&mut ranking.title),
        "exact" => Slot::Real(&mut ranking.exact),
        "title_exact" => Slot::Real(&mut ranking.title_exact),
        "title_share" => Slot::Real(&mut ranking.title_share),
        "lead" => Slot::Real(&mut ranking.lead),
        "boilerplate" => Slot::Real(&mut ranking.boilerplate),
        "lead_words" => Slot::Real(&mut ranking.lead_words),
        "pair" => Slot::Real(&mut ranking.pair),
        "near" => Slot::Real(&mut ranking.near),
        "passage" => Slot::Real(&mut ranking.passage),
        "window" => Slot::Count(&mut ranking.window),
        "coverage" => Slot::Real(&mut ranking.coverage),
        "phrase" => Slot::Real(&mut ranking.phrase),
        "mended" => Slot::Real(&mut ranking.mended),
        "candidates" => Slot::Size(&mut ranking.candidates),
        _ => bail!("there is no constant {name:?}, only {}", NAMES.join(", ")),
    })
}

/// A collection in memory, and the queries that are tried.
struct Tried {
    name: String,
    index: Index,
    queries: Vec<JudgedQuery>,
}

impl Tried {
    fn new(collection: Collection, most: usize) -> Result<Tried> {
        let index = Index::in_memory()?;
        let mut writer = index.writer()?;
        for text in collection.texts {
            writer.add(Article::new(text.id).title(text.title).body(text.body))?;
        }
        writer.commit()?;
        writer.finish()?;
        let step = collection.queries.len().div_ceil(most.max(1)).max(1);
        let queries = collection.queries.into_iter().step_by(step).collect();
        Ok(Tried { name: collection.name, index, queries })
    }

    /// Returns the mean nDCG@10 of the queries.
    fn ndcg(&self, ranking: &Ranking) -> Result<f64> {
        let mut scores = Vec::with_capacity(self.queries.len());
        for query in &self.queries {
            let hits = self.index.search(&query.text).limit(10).ranking(ranking.clone()).run_ids()?;
            scores.push(Scores::of(hits.iter().map(|(id, _)| id.as_str()), &query.gains));
        }
        Ok(Scores::mean(&scores).ndcg10)
    }
}

/// Prints a line for the base, then one for each value of each constant: nDCG@10 by collection, and the mean change.
///
/// # Errors
/// A collection cannot be read or searched, or the output cannot be written.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let mut base = Ranking::default();
    for setting in &options.set {
        slot(&mut base, &setting.name)?.set(setting.value);
    }
    let read = |folder: &PathBuf| Tried::new(Collection::read(folder)?.with_slips(options.slips), options.queries);
    let tried = options.folders.iter().map(read).collect::<Result<Vec<Tried>>>()?;
    ensure!(!tried.is_empty(), "no collection");

    let names: String = tried.iter().map(|tried| format!("  {:>17}", tried.name)).collect();
    writeln!(out, "{:<16}{names}  {:>8}", "nDCG@10", "mean")?;
    let reference = tried.iter().map(|tried| tried.ndcg(&base)).collect::<Result<Vec<f64>>>()?;
    let values: String = reference.iter().map(|ndcg| format!("  {ndcg:>17.4}")).collect();
    writeln!(out, "{:<16}{values}", "base")?;

    for sweep in sweeps(options, &mut base)? {
        for value in sweep.values {
            let mut ranking = base.clone();
            slot(&mut ranking, &sweep.name)?.set(value);
            let changes = tried
                .iter()
                .zip(&reference)
                .map(|(tried, reference)| Ok(100.0 * (tried.ndcg(&ranking)? / reference - 1.0)))
                .collect::<Result<Vec<f64>>>()?;
            let mean = changes.iter().sum::<f64>() / changes.len() as f64;
            let shown: String = changes.iter().map(|change| format!("  {change:>+15.2} %")).collect();
            writeln!(out, "{:<16}{shown}  {mean:>+6.2} %", format!("{}={value}", sweep.name))?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Returns what is asked for, or every constant at none, half, one and a half times and twice its value.
fn sweeps(options: &Options, base: &mut Ranking) -> Result<Vec<Sweep>> {
    if !options.sweep.is_empty() {
        return Ok(options.sweep.clone());
    }
    NAMES
        .iter()
        .map(|&name| {
            let value = slot(base, name)?.get();
            let values = [0.0, 0.5, 1.5, 2.0].iter().map(|factor| factor * value).collect();
            Ok(Sweep { name: name.to_string(), values })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_constant() {
        let mut ranking = Ranking::default();
        for name in NAMES {
            slot(&mut ranking, name).unwrap().set(3.0);
            assert_eq!(slot(&mut ranking, name).unwrap().get(), 3.0, "{name}");
        }
        assert_ne!(ranking, Ranking::default());
    }

    #[test]
    fn settings_and_sweeps_are_read() {
        assert_eq!("title=0.5".parse::<Setting>().unwrap(), Setting { name: "title".into(), value: 0.5 });
        assert_eq!("b=0,1".parse::<Sweep>().unwrap().values, [0.0, 1.0]);
        for wrong in ["title", "title=x", "rien=1", "title=1,2"] {
            assert!(wrong.parse::<Setting>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sweep_prints_a_line_a_value() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        // The title says it of `a`, above all the body of `b`: which comes first hangs on the title's worth.
        write(
            "corpus.jsonl",
            "{\"_id\":\"a\",\"title\":\"Chevaux\",\"text\":\"Un cheval galope dans les marais.\"}\n\
             {\"_id\":\"b\",\"title\":\"Marais\",\"text\":\"Des chevaux, encore des chevaux, toujours des chevaux.\"}\n",
        );
        write("queries.jsonl", "{\"_id\":\"q\",\"text\":\"chevaux\"}\n");
        write("qrels.tsv", "q\ta\t1\n");
        let options = Options {
            folders: vec![folder.path().to_path_buf()],
            queries: 10,
            set: ["title=0", "title_exact=0", "title_share=0", "lead=0"]
                .iter()
                .map(|text| text.parse().unwrap())
                .collect(),
            sweep: vec!["title=50".parse().unwrap()],
            slips: None,
        };
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let last = out.lines().last().unwrap();
        assert_eq!(out.lines().count(), 3, "{out}");
        assert!(last.starts_with("title=50") && last.contains("+58.50 %"), "{out}");
    }
}
