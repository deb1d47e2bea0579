//! What each example of `examples/` shows, as a test: each file brings its own.
#![allow(clippy::unwrap_used, dead_code, reason = "a test fails by panicking; an example is more than its tests use")]

#[path = "../examples/custom_analyzer.rs"]
mod custom_analyzer;
#[path = "../examples/forms_json.rs"]
mod forms_json;
#[path = "../examples/tantivy_index.rs"]
mod tantivy_index;

/// An example that nobody runs would be found out by a reader only.
#[test]
fn every_example_is_tested_here() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = format!("\nmod {};", name.trim_end_matches(".rs"));
        assert!(include_str!("examples.rs").contains(&module), "{name}");
    }
}
