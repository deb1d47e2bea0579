//! What the workspace depends on, and what its packages hold: licences, sources, versions of Rust, files.
//!
//! Nothing is fetched: what this computer is built for is looked at.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod licence;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Packages that could be published as they are.
const PUBLISHED: [&str; 3] = ["limier-french", "limier", "limier-cli"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    output(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// All packages that this computer builds, those of tests included.
fn packages() -> Vec<Value> {
    let version = output(&std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()), &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 100, "{} packages", packages.len());
    packages
}

fn deny() -> toml::Table {
    std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

fn strings(value: &toml::Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn every_licence_in_use_is_allowed() {
    let deny = deny();
    let allowed = strings(&deny["licenses"]["allow"]);
    let exceptions = deny["licenses"]["exceptions"].as_array().unwrap();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let granted = exceptions.iter().filter(|exception| exception["crate"].as_str() == Some(name));
        let granted: BTreeSet<&str> = granted.flat_map(|exception| strings(&exception["allow"])).collect();
        let expression = package["license"].as_str().unwrap_or_default();
        let is_allowed = |licence: &str| allowed.contains(licence) || granted.contains(licence);
        assert!(licence::is_met(expression, &is_allowed), "{name} is under {expression:?}: see deny.toml");
    }
}

#[test]
fn what_is_excepted_is_not_shipped() {
    let deny = deny();
    let shipped =
        cargo(&["tree", "--offline", "--locked", "-p", "limier-cli", "-e", "normal,build", "--prefix", "none"]);
    assert!(shipped.contains("\ntantivy v"), "{shipped}");
    for exception in deny["licenses"]["exceptions"].as_array().unwrap() {
        let name = exception["crate"].as_str().unwrap();
        assert!(!shipped.contains(&format!("\n{name} v")), "{name} is shipped");
    }
}

/// Packages below one, by name, itself left out.
fn below(package: &[&str]) -> BTreeSet<String> {
    let arguments = ["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none", "--no-dedupe"];
    let tree = cargo(&[&arguments[..], package].concat());
    tree.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// What README.md says of the library without its features, and of the analysis alone.
#[test]
fn the_libraries_alone_stay_small() {
    let engine = below(&["-p", "tantivy"]);
    let library = below(&["-p", "limier", "--no-default-features"]);
    assert!(library.contains("tantivy") && engine.len() > 50, "{library:?}");
    let own = library.iter().filter(|name| *name != "tantivy" && !engine.contains(*name)).collect::<Vec<_>>();
    assert!(own.len() <= 8, "{own:?}");
    assert!(below(&["-p", "limier-french"]).len() <= 12);
}

#[test]
fn every_package_comes_from_the_registry() {
    let deny = deny();
    let registries = strings(&deny["sources"]["allow-registry"]);
    for package in packages() {
        // The workspace's own have no source.
        let Some(source) = package["source"].as_str() else { continue };
        let address = source.strip_prefix("registry+").unwrap_or(source);
        assert!(registries.contains(address), "{} comes from {source}", package["name"]);
    }
}

#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let numbers = |version: &str| version.split('.').take(2).map(|part| part.parse().unwrap()).collect::<Vec<u32>>();
    let packages = packages();
    let ours = packages.iter().find(|package| package["name"] == "limier").unwrap()["rust_version"].as_str().unwrap();
    for package in &packages {
        let Some(theirs) = package["rust_version"].as_str() else { continue };
        assert!(numbers(theirs) <= numbers(ours), "{} {} asks for Rust {theirs}", package["name"], package["version"]);
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(
        readme.contains(&format!("Rust toolchain ({ours} or later)")),
        "README.md tells of another Rust than {ours}"
    );
}

#[test]
fn packages_hold_what_they_need_and_no_more() {
    for name in PUBLISHED {
        let listed = cargo(&["package", "--list", "--offline", "--allow-dirty", "-p", name]);
        let files: Vec<&str> = listed.lines().collect();
        for wanted in ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(files.contains(&wanted), "{name} lacks {wanted}");
        }
        assert!(files.iter().any(|file| file.starts_with("src")), "{name} holds no source");
        let stray =
            files.iter().filter(|file| ["tests", "benches", "target"].iter().any(|part| file.starts_with(part)));
        assert_eq!(stray.collect::<Vec<_>>(), [&""; 0], "{name}");
    }
}

#[test]
fn packages_say_what_they_are() {
    for package in packages().iter().filter(|package| PUBLISHED.iter().any(|name| package["name"] == *name)) {
        let (name, keywords) = (&package["name"], package["keywords"].as_array().unwrap());
        assert!(package["description"].as_str().is_some_and(|text| text.len() > 20), "{name}");
        // The registry takes no more than five, of twenty characters at most.
        assert!((1..=5).contains(&keywords.len()) && keywords.iter().all(|word| word.as_str().unwrap().len() <= 20));
        assert!(!package["categories"].as_array().unwrap().is_empty(), "{name}");
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        assert!(package["readme"].as_str().is_some(), "{name}");
        // A path alone would not be found in the registry.
        for dependency in package["dependencies"].as_array().unwrap() {
            let is_shipped = dependency["kind"].as_str() != Some("dev");
            assert!(!is_shipped || dependency["req"] != "*", "{name}: {} has no version", dependency["name"]);
        }
    }
}
