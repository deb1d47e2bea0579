//! Searches of a small index, with any query, and passages of any text.

use std::sync::LazyLock;

use limier::passage::{PassageOptions, Passager};
use limier::{Article, ErrorKind, Index, Synonyms};

/// Articles whose words seeds share.
static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    for number in 0..40 {
        let article = Article::new(number.to_string())
            .title(format!("Le tapir {number} et l'avion d'Orly"))
            .body(format!("Un tapir passe le pont {number}. La crue du {number} mai emporte l'usine de l'entreprise."))
            .source(if number % 2 == 0 { "Le Bocage" } else { "L'Écho" })
            .date("2024-05-17".parse().expect("a date"));
        writer.add(article).expect("an article");
    }
    writer.commit().expect("a commit");
    index
});

/// Searches the first line of the data, completes it, and shows passages of the rest: each has an answer, and what is lit
/// are whole characters in their order.
pub fn search(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (query, body) = text.split_once('\n').unwrap_or((&text, ""));
    let search = INDEX.search(query).limit(5);
    let hits = search.run().unwrap_or_else(|error| panic!("{query:?}: {error:?}"));
    assert!(hits.len() as u64 <= hits.total() && hits.total() <= 40, "{query:?}: {}", hits.total());
    for hit in &hits {
        assert!(hit.score().is_finite(), "{query:?}");
        hit.passages().iter().for_each(|passage| in_order(passage.text(), passage.highlights()));
    }
    // A beginning of a word may be refused, in words.
    if let Err(error) = INDEX.suggest(query).run() {
        assert_ne!(error.kind(), ErrorKind::Internal, "{query:?}: {error:?}");
    }

    let targets = search.targets().unwrap_or_else(|error| panic!("{query:?}: {error:?}"));
    let mut passager = Passager::new(INDEX.analyzer(), &targets);
    in_order(body, &passager.highlight(body));
    for passage in passager.passages(body, 1, &PassageOptions::default()) {
        assert!(body.get(passage.start()..passage.end()).is_some(), "{passage:?}");
        in_order(passage.text(), passage.highlights());
        // What is shown on a page holds no markup but ours.
        let markup = passage.to_html().replace("<mark>", "").replace("</mark>", "");
        assert!(!markup.contains(['<', '>']), "{markup}");
    }
}

fn in_order(text: &str, lights: &[std::ops::Range<usize>]) {
    let mut end = 0;
    for light in lights {
        assert!(light.start >= end && light.start < light.end, "{lights:?}");
        assert!(text.get(light.clone()).is_some(), "{light:?} of {text:?}");
        end = light.end;
    }
}

/// Reads a list of synonyms, and searches with it: every text is one, and what is told of it names lines that it has.
pub fn synonyms(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let synonyms = Synonyms::parse(&text);
    let lines = text.lines().count().max(1);
    for issue in synonyms.issues() {
        assert!((1..=lines).contains(&issue.line), "{issue:?} of {lines} lines");
    }
    let query: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    for query in ["tapir avion", &query] {
        let found = INDEX.search(query).synonyms(&synonyms).run();
        assert!(found.is_ok(), "{query:?}: {found:?}");
    }
}
