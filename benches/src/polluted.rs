//! `limier-bench polluted`: what the lines around articles do to ranking and passages, when a scraper keeps them.
//!
//! Each text of a judged collection gets the lines of a made-up site: a breadcrumb, a menu, ways to share, boxes, and the
//! titles of other texts as links. It is then searched three ways: clean; with those lines as part of the body, known to
//! nobody; and as the text file that a scraper would leave, read by limier.

use std::collections::HashMap;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::Result;
use limier::passage::{Boilerplate, PassageOptions, Passager};
use limier::{Article, Index, RefreshOptions};

use crate::beir::{Collection, Text};
use crate::metrics::Scores;
use crate::random::Random;

/// What to measure.
#[derive(Debug)]
pub(crate) struct Options {
    /// Collections in the layout of BEIR.
    pub(crate) folders: Vec<PathBuf>,
    /// Queries of each collection at most, taken evenly.
    pub(crate) queries: usize,
}

const MENU: &[&str] = &[
    "À la une",
    "Politique",
    "Économie",
    "Société",
    "Culture",
    "Sport",
    "Santé",
    "Sciences",
    "Météo",
    "Emploi",
    "Justice",
    "Éducation",
    "Logement",
    "Voyages",
    "Maison",
    "Jardin",
];
const SHARING: &[&str] = &[
    "Partager sur Facebook",
    "Partager Tweeter Envoyer Imprimer",
    "Partagez cet article",
    "12 commentaires",
    "1,4 k partages",
    "Temps de lecture : 4 min",
];
const BOXES: &[&str] = &[
    "Inscrivez-vous à notre newsletter du matin",
    "Abonnez-vous pour lire la suite",
    "Nous utilisons des cookies pour mesurer l'audience. Accepter ou refuser",
    "Téléchargez notre application pour suivre les travaux du conseil",
    "Retrouvez le contrat de lecture de la rédaction en bas de page",
];

/// A page as a scraper keeps it: the whole text, and what of it is the article's.
struct Page {
    text: String,
    title: String,
    body: Range<usize>,
}

fn page(text: &Text, titles: &[&str], random: &mut Random) -> Page {
    let mut lines: Vec<String> = Vec::new();
    let section = random.pick(MENU).unwrap_or_default();
    lines.push(format!("Accueil > {section} > Dossier"));
    lines.extend((0..6).filter_map(|_| random.pick(MENU)).map(str::to_owned));
    lines.push(String::new());
    let mut page = lines.join("\n");
    page.push_str(&format!("\n{}\n\n{}\n\n", text.title, random.pick(SHARING).unwrap_or_default()));
    let start = page.len();
    page.push_str(&text.body);
    let body = start..page.len();
    let mut tail: Vec<String> = vec![String::new()];
    tail.extend((0..2).filter_map(|_| random.pick(SHARING)).map(str::to_owned));
    tail.extend((0..2).filter_map(|_| random.pick(BOXES)).map(str::to_owned));
    tail.push("À lire aussi".to_owned());
    tail.extend((0..6).filter_map(|_| random.pick(titles)).map(str::to_owned));
    tail.push("Mentions légales".to_owned());
    page.push_str(&tail.join("\n"));
    Page { text: page, title: text.title.clone(), body }
}

/// A way to search a collection: its name, the index, and the id of a text from that of a hit.
type Way<'a> = (&'a str, &'a Index, &'a dyn Fn(&str) -> String);

/// Measures every collection and prints its lines.
///
/// # Errors
/// A collection cannot be read, or an index not be made.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{:<18} {:<28} {:>8} {:>26}", "collection", "texts", "nDCG@10", "passages with such a line")?;
    for folder in &options.folders {
        let collection = Collection::read(folder)?;
        let mut random = Random::new(1);
        // Texts without a title are called by their first words.
        let texts: Vec<Text> = collection.texts.iter().map(titled).collect();
        let titles: Vec<&str> = texts.iter().map(|text| text.title.as_str()).collect();
        let pages: Vec<Page> = texts.iter().map(|text| page(text, &titles, &mut random)).collect();

        let clean = index(texts.iter().map(|text| (text, text.body.as_str())))?;
        let naive = index(texts.iter().zip(&pages).map(|(text, page)| (text, page.text.as_str())))?;
        let files = tempfile::tempdir()?;
        for (number, page) in pages.iter().enumerate() {
            std::fs::write(files.path().join(format!("{number}.txt")), &page.text)?;
        }
        let read = Index::in_memory()?;
        read.refresh(&RefreshOptions::new([files.path()]))?;

        let step = collection.queries.len().div_ceil(options.queries.max(1)).max(1);
        let by_name: HashMap<String, &str> =
            texts.iter().enumerate().map(|(number, text)| (format!("{number}.txt"), text.id.as_str())).collect();
        let page_of: HashMap<&str, &Page> = texts.iter().map(|text| text.id.as_str()).zip(&pages).collect();
        let of_files = |id: &str| by_name.get(id).copied().unwrap_or_default().to_owned();
        let as_is = |id: &str| id.to_owned();
        let ways: [Way<'_>; 3] = [
            ("clean", &clean, &as_is),
            ("with lines of a site", &naive, &as_is),
            ("the same, read as files", &read, &of_files),
        ];
        for (name, index, id_of) in ways {
            let mut scores = Vec::new();
            let mut shown = Shown::default();
            for query in collection.queries.iter().step_by(step) {
                let hits = index.search(&query.text).limit(10).run()?;
                let ids: Vec<String> = hits.iter().map(|hit| id_of(hit.id())).collect();
                scores.push(Scores::of(ids.iter().map(String::as_str), &query.gains));
                for (hit, id) in hits.iter().zip(&ids) {
                    let Some(page) = page_of.get(id.as_str()).filter(|_| name != "clean") else { continue };
                    // What matches in such lines alone has nothing else to show, and is marked.
                    if hit.passages().iter().all(|passage| passage.is_boilerplate()) {
                        continue;
                    }
                    let passages: Vec<&str> = hit.passages().iter().map(|passage| passage.text()).collect();
                    shown.after.count(page, &passages);
                    let targets = index.search(&query.text).targets()?;
                    let mut passager = Passager::new(index.analyzer(), &targets).boilerplate(&Nothing);
                    let before = passager.passages(hit.article().get_body(), 0, &PassageOptions::default());
                    shown.before.count(page, &before.iter().map(|passage| passage.text()).collect::<Vec<_>>());
                }
            }
            let passages = match name {
                "clean" => String::new(),
                _ => format!("{:.1} %, without telling {:.1} %", shown.after.percent(), shown.before.percent()),
            };
            let ndcg = Scores::mean(&scores).ndcg10;
            writeln!(out, "{:<18} {name:<28} {ndcg:>8.4} {passages:>26}", collection.name)?;
            out.flush()?;
        }
        let mut found = 0;
        for (number, page) in pages.iter().enumerate() {
            let article = read.article(&format!("{number}.txt"))?.unwrap_or_default();
            found += usize::from(article.get_title().split_whitespace().eq(page.title.split_whitespace()));
        }
        let share = 100.0 * found as f64 / pages.len().max(1) as f64;
        writeln!(out, "{:<18} titles found in the files: {share:.1} % of {}", collection.name, pages.len())?;
    }
    Ok(())
}

fn titled(text: &Text) -> Text {
    let mut text = text.clone();
    if text.title.trim().is_empty() {
        text.title = text.body.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
    }
    text
}

fn index<'t>(texts: impl Iterator<Item = (&'t Text, &'t str)>) -> Result<Index> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for (text, body) in texts {
        writer.add(Article::new(&text.id).title(&text.title).body(body))?;
    }
    writer.commit()?;
    writer.finish()?;
    Ok(index)
}

/// Takes every line for the author's.
struct Nothing;

impl Boilerplate for Nothing {
    fn is_boilerplate(&self, _: &str, _: Range<usize>) -> bool {
        false
    }
}

/// Passages with and without a line of the site.
#[derive(Default)]
struct Count {
    with: usize,
    all: usize,
}

#[derive(Default)]
struct Shown {
    before: Count,
    after: Count,
}

impl Count {
    /// Counts the passages that hold a line from around the body.
    fn count(&mut self, page: &Page, passages: &[&str]) {
        let around = [page.text.get(..page.body.start), page.text.get(page.body.end..)];
        let lines: Vec<&str> =
            around.into_iter().flatten().flat_map(str::lines).map(str::trim).filter(|line| line.len() > 8).collect();
        let own = [page.title.as_str(), page.text.get(page.body.clone()).unwrap_or_default()];
        for passage in passages {
            self.all += 1;
            let has_line = lines.iter().any(|line| passage.contains(line) && !own.iter().any(|own| own.contains(line)));
            self.with += usize::from(has_line);
        }
    }

    fn percent(&self) -> f64 {
        100.0 * self.with as f64 / self.all.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_is_searched_clean_and_polluted() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let text = |id: &str, title: &str, text: &str| {
            format!("{{\"_id\":\"{id}\",\"title\":\"{title}\",\"text\":\"{text}\"}}\n")
        };
        write(
            "corpus.jsonl",
            &(text("a", "Les chevaux du marais", "Un cheval blanc galope dans les marais, et personne ne le suit.")
                + &text("b", "Le budget du conseil", "Le conseil municipal a voté le budget de la voirie mardi soir.")),
        );
        write("queries.jsonl", "{\"_id\":\"q\",\"text\":\"Les chevaux blancs\"}\n");
        write("qrels.tsv", "query-id\tcorpus-id\tscore\nq\ta\t1\n");
        let mut out = Vec::new();
        run(&Options { folders: vec![folder.path().to_path_buf()], queries: 10 }, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.lines().filter(|line| line.contains("1.0000")).count(), 3, "{out}");
        let read = out.lines().find(|line| line.contains("read as files")).unwrap();
        assert!(read.contains(" 0.0 %, without"), "{out}");
    }
}
