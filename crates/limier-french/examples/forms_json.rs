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
    write_forms(&mut io::stdin().lock(), &mut out)?;
    out.flush()
}

fn write_forms(words: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut stem = String::new();
    for line in words.lines() {
        let exact = line?.trim().to_lowercase().nfc().collect::<String>();
        let exact = exact.replace('œ', "oe").replace('æ', "ae").replace('’', "'");
        let lemma = forms::lemma(&exact);
        forms::stem_into(&lemma, &mut stem);
        writeln!(out, r#"{{"tokens":[{{"exact":{exact:?},"lemma":{lemma:?},"stem":{stem:?}}}]}}"#)?;
    }
    Ok(())
}

#[test]
fn a_line_a_word() {
    let mut out = Vec::new();
    write_forms(&mut "travaux\nyeux\n".as_bytes(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], r#"{"tokens":[{"exact":"travaux","lemma":"travail","stem":"travail"}]}"#);
    assert!(lines[1].contains(r#""exact":"yeux","lemma":"oeil""#), "{text}");
}
