//! What each example of `examples/` shows, as a test: each file brings its own, and most run their `main` in it.
#![allow(clippy::unwrap_used, dead_code, reason = "a test fails by panicking; an example is more than its tests use")]

#[cfg(feature = "files")]
#[path = "../examples/cancelling.rs"]
mod cancelling;
#[path = "../examples/embedding.rs"]
mod embedding;
#[path = "../examples/live.rs"]
mod live;
#[cfg(feature = "files")]
#[path = "../examples/mapping.rs"]
mod mapping;
#[path = "../examples/own_fields.rs"]
mod own_fields;
#[path = "../examples/pages.rs"]
mod pages;

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
