//! What French readers expect to find, and traps: pairs of a query and a text.

use std::collections::BTreeSet;
use std::fmt::Write;

use limier_tests::{Sandbox, shared};

/// Pairs that must be found, of those whose words are the same in French.
const FOUND: usize = 86;

/// Pairs that must not be found, of those that only look alike.
const APART: usize = 22;

#[test]
fn words_that_are_the_same_meet_and_others_do_not() {
    let Some(path) = shared("french/equivalences.tsv") else { return };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_limier"));
    let table = std::fs::read_to_string(path).unwrap();
    let rows: Vec<[&str; 3]> = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| <[&str; 3]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap())
        .collect();
    // One article a text: rarity and mending play no part in what is found.
    let mut records = String::new();
    for (number, [_, text, _]) in rows.iter().enumerate() {
        let record = serde_json::json!({ "id": number, "text": format!("Voici {text} dans cet article.") });
        writeln!(records, "{record}").unwrap();
    }
    sandbox.write("textes.jsonl", records);
    sandbox.run(&["index", "textes.jsonl", "--index", "idx"]).code(0);

    let mut failed = [Vec::new(), Vec::new()];
    let mut asked = [0, 0];
    for (number, [query, text, wanted]) in rows.iter().enumerate() {
        let wanted = *wanted == "1";
        asked[usize::from(wanted)] += 1;
        let run = sandbox.run(&[
            "search",
            "--index",
            "idx",
            "--no-refresh",
            "--no-mend",
            "--json",
            "--passages",
            "0",
            "-n",
            "10000",
            "--",
            query,
        ]);
        let ids: BTreeSet<String> = run.ids().into_iter().collect();
        if ids.contains(&number.to_string()) != wanted {
            failed[usize::from(wanted)].push(format!("{query} | {text}"));
        }
    }
    let [wrongly_met, not_found] = &failed;
    let (found, apart) = (asked[1] - not_found.len(), asked[0] - wrongly_met.len());
    let told = format!(
        "{found} of {} found, {apart} of {} kept apart\nnot found:\n  {}\nwrongly met:\n  {}",
        asked[1],
        asked[0],
        not_found.join("\n  "),
        wrongly_met.join("\n  ")
    );
    assert!(found >= FOUND && apart >= APART, "{told}");
    println!("{told}");
}
