//! Compiles the tables of `lexicon/` to two runs of bytes that the crate embeds: `forms.bin`, from each form to its lemma, and
//! `words.bin`, from each form to its lemma and its stem.

use std::path::Path;
use std::{env, error, fs};

#[path = "src/forms/compile/mod.rs"]
mod compile;

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo:rerun-if-changed=lexicon");
    println!("cargo:rerun-if-changed=src/forms/compile");
    println!("cargo:rerun-if-changed=src/forms/suffix.rs");
    let lexicon = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("lexicon");
    let compiled = compile::compile(&compile::Sources::read(&lexicon)?)?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("forms.bin"), compiled.forms)?;
    fs::write(Path::new(&out).join("words.bin"), compiled.words)?;
    Ok(())
}
