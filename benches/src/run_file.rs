//! Writes rankings as a TREC run: `query Q0 article rank score tag`, a line a hit.

use std::io::{self, Write};

/// The name of the run, in its last column.
const TAG: &str = "limier";

/// The least difference between the scores of two ranks.
const STEP: f64 = 1e-4;

/// Writes one query's ranking, best first.
///
/// trec_eval sorts by score and looks neither at the rank nor at the order of lines. Where an engine's scores do not
/// descend (ties, broken by id; hits found only by mending, kept behind the others), they are lowered here by as little
/// as keeps its order.
pub(crate) fn write(out: &mut dyn Write, query: &str, ranking: &[(String, f32)]) -> io::Result<()> {
    let mut previous = f64::INFINITY;
    for (index, (article, score)) in ranking.iter().enumerate() {
        let score = f64::from(*score).min(previous - STEP);
        writeln!(out, "{query} Q0 {article} {} {score:.5} {TAG}", index + 1)?;
        previous = score;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_descend_even_when_hits_tie() {
        let ranking = [("b".to_string(), 2.0), ("a".to_string(), 2.0), ("c".to_string(), 3.0)];
        let mut out = Vec::new();
        write(&mut out, "q1", &ranking).unwrap();
        let expected = "q1 Q0 b 1 2.00000 limier\nq1 Q0 a 2 1.99990 limier\nq1 Q0 c 3 1.99980 limier\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
