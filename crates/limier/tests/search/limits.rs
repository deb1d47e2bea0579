//! Hostile queries: as long as a query may be, of one kind.

use crate::{ids, index_of};

#[test]
fn long_queries_of_one_kind_take_no_more_than_their_length() {
    let index = index_of(&[("a", "", "La Côte d'Azur et la côte de bœuf."), ("b", "", "La cote monte.")]);
    let most = 16 << 10;
    let chain = |first: &str, more: &str| format!("{first}{}", more.repeat((most - first.len()) / more.len()));
    // Each word has a twin with an accent, beside a neighbour.
    let phrase = format!("\"{}\"", chain("cote", " cote").get(..most - 2).unwrap());
    assert!(ids(&index, &phrase).is_empty());
    // A chain is no deeper than one link; the stack of a thread is small.
    let chains =
        [chain("cote", " SAUF boeuf"), chain("cote", " OU boeuf"), chain("cote", " ET cote"), chain("", "-(a ")];
    let small_stack = std::thread::Builder::new().stack_size(1 << 20);
    let searched = small_stack.spawn(move || chains.map(|query| ids(&index, &query))).unwrap().join().unwrap();
    assert_eq!(searched[0], ["b"]);
    assert_eq!(searched[1].len(), 2);
    assert_eq!(searched[2], ["b"], "{searched:?}");
}
