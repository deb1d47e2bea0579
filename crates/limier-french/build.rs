//! Compiles the tables of `lexicon/` to one run of bytes, `forms.bin`, that the crate embeds.

use std::path::Path;
use std::{env, error, fs};

#[path = "src/forms/compile/mod.rs"]
mod compile;

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo:rerun-if-changed=lexicon");
    println!("cargo:rerun-if-changed=src/forms/compile");
    let lexicon = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("lexicon");
    let bytes = compile::compile(&compile::Sources::read(&lexicon)?)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("forms.bin"), bytes)?;
    Ok(())
}
