//! An article as rows of a preview: wrapped to a width, its matches lit, the rows of its passages marked.

use std::ops::Range;

use limier::{Article, Passage};

use crate::print::wrap::{Run, wrapped};

/// The longest part of a body that is previewed, in bytes: what lies before the first passage gives way.
const LONGEST: usize = 256 << 10;

/// One row of the preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) runs: Vec<Run>,
    /// Whether a passage stands in it, whole or in part.
    pub(super) is_passage: bool,
}

/// The body of an article in rows, and the first of them that is worth seeing.
pub(super) fn of_body(
    article: &Article,
    lights: &[Range<usize>],
    passages: &[Passage],
    width: usize,
) -> (Vec<Row>, usize) {
    let body = article.get_body();
    let spans: Vec<Range<usize>> = passages.iter().map(|passage| passage.start()..passage.end()).collect();
    let wanted = spans.first().or(lights.first()).map_or(0, |range| range.start);
    let mut rows = Vec::new();
    let mut first = None;
    let mut start = 0;
    for line in body.split('\n') {
        let end = start + line.len();
        let is_far = start + LONGEST < wanted || start > wanted + LONGEST;
        if !is_far {
            push_line(&mut rows, line, start, lights, &spans, width);
        }
        if first.is_none() && end >= wanted {
            // A line may be a long paragraph: the first lit row of it is meant.
            let begin = rows.len() - rows.iter().rev().take_while(|row: &&Row| !is_blank(row)).count();
            let lit = rows.iter().skip(begin).position(|row| row.is_passage || row.runs.iter().any(|run| run.is_lit));
            first = Some(begin + lit.unwrap_or(0));
        }
        start = end + 1;
    }
    (rows, first.unwrap_or(0))
}

fn is_blank(row: &Row) -> bool {
    row.runs.iter().all(|run| run.text.trim().is_empty())
}

fn push_line(
    rows: &mut Vec<Row>,
    line: &str,
    start: usize,
    lights: &[Range<usize>],
    spans: &[Range<usize>],
    width: usize,
) {
    let end = start + line.len();
    let line = line.get(..LONGEST.min(line.len())).unwrap_or(line);
    // Lights ascend: those of one line lie together.
    let from = lights.partition_point(|light| light.end <= start);
    let inside: Vec<Range<usize>> = lights
        .iter()
        .skip(from)
        .take_while(|light| light.start < end)
        .map(|light| light.start.max(start) - start..light.end.min(end) - start)
        .collect();
    let made = wrapped(line, &inside, width);
    if made.is_empty() {
        rows.push(Row::default());
    }
    for row in made {
        let (from, to) = (start + row.start, start + row.end);
        let is_passage = spans.iter().any(|span| span.start < to && from < span.end);
        rows.push(Row { runs: row.runs, is_passage });
    }
}

#[cfg(test)]
mod tests {
    use limier::Index;

    use super::*;

    #[test]
    fn a_body_is_wrapped_lit_and_begins_at_its_passage() {
        let filler = "Il pleut beaucoup ici.\n".repeat(40);
        let article = Article::new("1").title("Orly").body(format!("{filler}\nUn avion a décollé d'Orly.\n\n{filler}"));
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer.add(article.clone()).unwrap();
        writer.commit().unwrap();
        let search = index.search("avions");
        let hits = search.clone().run().unwrap();
        let lights = search.highlight(article.get_body()).unwrap();
        let (rows, first) = of_body(&article, &lights, hits.first().unwrap().passages(), 12);
        let text = |row: &Row| row.runs.iter().map(|run| run.text.as_str()).collect::<String>();
        assert_eq!(text(&rows[first]), "Un avion a");
        assert!(rows[first].is_passage && rows[first].runs[1].is_lit && rows[first].runs[1].text == "avion");
        assert!(!rows[first - 1].is_passage && !rows[0].is_passage);
        assert!(rows.iter().all(|row| text(row).chars().count() <= 12));
    }
}
