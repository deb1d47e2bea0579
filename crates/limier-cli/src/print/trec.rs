//! Hits as a run of TREC: `qid Q0 id rank score limier`, one line a hit, as `trec_eval` reads it.

use std::fmt::Write as _;

use limier::Hits;

/// The last column: what made the run.
const TAG: &str = "limier";

/// Returns the lines of one query.
///
/// Evaluation programs order by score alone. Where a hit comes after one of an equal or lower score, as hits of mended words do,
/// and near-equal ones of pages, its score is written just below that one's.
pub(crate) fn run(query: &str, hits: &Hits) -> String {
    let query = column(query);
    let mut out = String::new();
    let mut last = f32::INFINITY;
    for hit in hits {
        last = if hit.score() < last { hit.score() } else { last.next_down() };
        // Writing to a String does not fail.
        let _ = writeln!(out, "{query} Q0 {} {} {last} {TAG}", column(hit.id()), hit.rank());
    }
    out
}

/// Writes an id as one column: blanks, control characters and the percent sign as `%` and their bytes in hexadecimal, which a
/// decoder of addresses (RFC 3986, 2.1) reads back.
fn column(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use limier::{Article, Index};

    #[test]
    fn an_id_is_one_column_that_can_be_read_back() {
        assert_eq!(column("2024/été.txt#3"), "2024/été.txt#3");
        assert_eq!(column("a b\u{a0}c\t100%\n"), "a%20b%C2%A0c%09100%25%0A");
    }

    #[test]
    fn scores_descend_with_the_ranks() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for id in ["a", "b", "c"] {
            writer.add(Article::new(id).body("Un tapir.")).unwrap();
        }
        writer.commit().unwrap();
        let lines = run("q", &index.search("tapir").run().unwrap());
        let scores: Vec<f64> = lines.lines().map(|line| line.split(' ').nth(4).unwrap().parse().unwrap()).collect();
        assert_eq!(scores.len(), 3);
        assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{lines}");
        assert!(lines.starts_with("q Q0 a 1 "), "{lines}");
        assert!(lines.ends_with(" limier\n"), "{lines}");
    }
}
