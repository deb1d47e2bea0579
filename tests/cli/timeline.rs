//! `--timeline`: how what is found is spread over time.

use limier_tests::Sandbox;
use serde_json::json;

use crate::sandbox;

/// One article a date, none alike.
fn dated(dates: &[&str]) -> Sandbox {
    let sandbox = sandbox();
    let record = |(number, date): (usize, &&str)| {
        let date = if date.is_empty() { String::new() } else { format!(",\"date\":\"{date}\"") };
        format!("{{\"id\":{number},\"text\":\"Un tapir numéro {number}.\"{date}}}\n")
    };
    sandbox.write("p/a.jsonl", dates.iter().enumerate().map(record).collect::<String>());
    sandbox
}

const MONTHS: [&str; 7] = ["2024-01-05", "2024-02-01", "2024-02-09", "2024-02-29", "2024-04-30", "2024-04-30", ""];

#[test]
fn months_are_bars_of_their_numbers_with_the_empty_ones_between() {
    let sandbox = dated(&MONTHS);
    let run = sandbox.run(&["tapir", "p", "--timeline", "month", "-n0", "--width", "40"]).code(0).quiet();
    let expected = "By month\n  January 2024   1\n  February 2024  3\n  March 2024     0\n  April 2024     2\n  \
                    and 1 hit without a date";
    let out = run.out();
    let widths: Vec<(&str, usize)> = out.lines().map(|line| (line, line.chars().count())).collect();
    // Bars have the room that is left beside a month, a number and six blanks: 20 columns.
    assert!(widths.iter().all(|(_, width)| *width <= 40), "{widths:?}");
    let without_bars = |text: &str| -> String {
        let lines = text.lines().map(|line| line.trim_end_matches(|c| "█▏▎▍▌▋▊▉ ".contains(c)));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_bars(&out), expected);
    let bar = |line: usize| out.lines().nth(line).unwrap().chars().filter(|c| "█▏▎▍▌▋▊▉".contains(*c)).count();
    assert_eq!([bar(1), bar(2), bar(3), bar(4)], [7, 20, 0, 14]);
    let below = sandbox.run(&["tapir", "p", "--timeline", "-n1"]).code(0).out();
    assert!(below.find("Un tapir").unwrap() < below.find("\n\nBy month\n").unwrap(), "{below}");
}

#[test]
fn programs_get_one_object_behind_the_hits() {
    let sandbox = dated(&MONTHS);
    let lines = sandbox.run(&["tapir", "p", "--timeline=month", "--json", "-n1"]).code(0).json();
    let kinds: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["hit", "timeline", "summary"]);
    let timeline = &lines[1];
    assert_eq!((&timeline["period"], &timeline["undated"]), (&json!("month"), &json!(1)));
    let counts = timeline["counts"].as_array().unwrap();
    assert_eq!(counts.len(), 3);
    assert_eq!(counts[2], json!({"value": "2024-04", "first": "2024-04-01", "count": 2, "empty_before": 1}));
}

#[test]
fn the_period_is_chosen_where_none_is_named() {
    for (dates, heading) in [
        (&["2024-01-05", "2024-01-07"][..], "By day\n  5 January 2024  1  "),
        (&["2024-01-05", "2024-12-07"], "By month\n"),
        (&["2004-01-05", "2024-12-07"], "By year\n  2004  1  "),
    ] {
        let sandbox = dated(dates);
        sandbox.run(&["--timeline", "tapir", "p", "-n", "0"]).code(0).out_has(heading);
        sandbox.run(&["tapir", "p", "-n0", "--timeline", "year"]).code(0).out_has("By year\n");
    }
}

#[test]
fn a_gap_of_centuries_is_one_line() {
    let sandbox = dated(&["1515-09-13", "2024-01-05"]);
    let run = sandbox.run(&["tapir", "p", "--timeline", "month", "-n0"]).code(0);
    run.out_has("\n  … 6,099 months without hits\n");
    let mut french = sandbox.command(&["tapir", "p", "--timeline", "year", "-n0"]);
    french.env("LC_ALL", "fr_FR.UTF-8");
    let run = sandbox.run_command(french).code(0);
    assert!(run.out().starts_with("Par année\n  1515  1  █"), "{}", run.shown());
    run.out_has("\n  … 508 ans sans résultat\n");
}

#[test]
fn what_cannot_be_shown_is_told() {
    let sandbox = dated(&["", ""]);
    assert_eq!(
        sandbox.run(&["tapir", "p", "--timeline", "-n0"]).code(0).out(),
        "By month\n  and 2 hits without a date\n"
    );
    sandbox.run(&["pangolin", "p", "--timeline", "--no-mend"]).code(1).out_lacks("By month");
    let compact = sandbox.run(&["tapir", "p", "--timeline", "--format", "compact"]).code(0);
    compact.err_has("timelines are shown by --format plain and json alone");
    sandbox.run(&["tapir", "p", "--timeline", "-c"]).code(2).err_has("--timeline");
    sandbox.run(&["tapir", "p", "--timeline=week"]).code(2).err_has("week");
}

#[test]
#[cfg(unix)]
fn bars_are_as_wide_as_the_terminal() {
    let sandbox = dated(&["2024-01-05"]);
    let longest = |columns: u16| {
        let run = sandbox.run_in_terminal(&["tapir", "p", "--timeline", "year", "-n0", "--color", "never"], columns);
        run.code(0).out().chars().filter(|c| *c == '█').count()
    };
    assert_eq!((longest(80), longest(40)), (80 - 4 - 1 - 6, 40 - 4 - 1 - 6));
}
