//! Shows the exact term, lemma and stem of one word a line, as JSON: what the forms make of words, without a tokenizer.
//!
//! ```text
//! printf 'travaux\nyeux\n' | cargo run -q -p limier-french --example forms_json
//! ```

use std::io::{self, BufRead, BufWriter, Write};

use limier_french::forms;
use unicode_normalization::UnicodeNormalization;

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut stem = String::new();
    for line in io::stdin().lock().lines() {
        let exact = line?.trim().to_lowercase().nfc().collect::<String>();
        let exact = exact.replace('œ', "oe").replace('æ', "ae").replace('’', "'");
        let lemma = forms::lemma(&exact);
        forms::stem_into(&lemma, &mut stem);
        writeln!(out, r#"{{"tokens":[{{"exact":{exact:?},"lemma":{lemma:?},"stem":{stem:?}}}]}}"#)?;
    }
    out.flush()
}
