//! UTF-8 that another program read as Windows-1252 or Latin-1, and wrote again: `rÃ©munÃ©rÃ©s` for `rémunérés`.
//!
//! It is repaired only when certain. A letter of French is a lone byte beyond ASCII in Windows-1252, and no UTF-8; a broken
//! one is always a run of bytes that is. So a line in which every run beyond ASCII reads as UTF-8, and reads as what French
//! texts hold, was broken; a line with one run that does not, such as a text about this very matter, is left alone.

use encoding_rs::WINDOWS_1252;

use crate::Article;

/// How often a text may have been broken.
const ROUNDS: usize = 3;

/// Repairs the texts of an article, and tells whether there was something to repair.
pub(super) fn repair_article(article: &mut Article) -> bool {
    let mut is_repaired = false;
    let labels = [&mut article.author, &mut article.source].into_iter().flatten();
    for text in [&mut article.title, &mut article.body].into_iter().chain(labels) {
        if let Some(repaired) = repair(text) {
            *text = repaired;
            is_repaired = true;
        }
    }
    is_repaired
}

/// Repairs a text, line by line; `None` where nothing is certain to be broken.
pub(super) fn repair(text: &str) -> Option<String> {
    if !may_be_broken(text) {
        return None;
    }
    let mut repaired: Option<String> = None;
    for _ in 0..ROUNDS {
        match repair_once(repaired.as_deref().unwrap_or(text)) {
            Some(better) => repaired = Some(better),
            None => break,
        }
    }
    repaired
}

/// Tells whether a text holds what a broken text must: a first byte of UTF-8 as Windows-1252 reads it.
fn may_be_broken(text: &str) -> bool {
    if !has_bytes_of_marks(text.as_bytes()) {
        return false;
    }
    // French letters and signs begin with C2, C3, C5 and E2; the last is a letter of French itself, but not before a sign.
    ["Ã", "Â", "Å", "â€", "â\u{80}", "â‚", "â\u{82}"].iter().any(|mark| text.contains(mark))
}

/// Tells whether a text has `Ã`, `Â`, `Å` or `â`: without branches, so that the compiler compares many bytes at a time.
fn has_bytes_of_marks(bytes: &[u8]) -> bool {
    const CHUNK: usize = 64;
    let is_mark = |(&first, &second): (&u8, &u8)| {
        (first == 0xc3) & ((second == 0x82) | (second == 0x83) | (second == 0x85) | (second == 0xa2))
    };
    let seconds = bytes.get(1..).unwrap_or_default();
    let mut chunks = bytes.chunks(CHUNK).zip(seconds.chunks(CHUNK));
    chunks.any(|(firsts, seconds)| firsts.iter().zip(seconds).fold(false, |found, pair| found | is_mark(pair)))
}

fn repair_once(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut is_repaired = false;
    for line in text.split_inclusive('\n') {
        match repair_line(line) {
            Some(repaired) => {
                out.push_str(&repaired);
                is_repaired = true;
            }
            None => out.push_str(line),
        }
    }
    is_repaired.then_some(out)
}

fn repair_line(line: &str) -> Option<String> {
    if !may_be_broken(line) {
        return None;
    }
    let mut out = String::with_capacity(line.len());
    let mut runs = 0;
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        let before_run = out.chars().next_back();
        match decoded(run) {
            Some(letters) if is_plausible(&letters, before_run) => {
                out.push_str(&letters);
                runs += 1;
            }
            // `à` is C3 A0, and the no-break space of A0 is often a plain one by now: certain only beside others.
            _ if run == "Ã" && after.starts_with(' ') && !before_run.is_some_and(char::is_uppercase) => {
                out.push('à');
                // The space that was half of the letter goes where another stands beside it.
                rest = if after.starts_with("  ") { after.get(1..).unwrap_or_default() } else { after };
                continue;
            }
            _ => return None,
        }
        rest = after;
    }
    out.push_str(rest);
    (runs > 0).then_some(out)
}

/// Reads a run as the UTF-8 that its bytes in Windows-1252 are.
fn decoded(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for c in run.chars() {
        bytes.push(byte_of(c)?);
    }
    String::from_utf8(bytes).ok()
}

/// Returns the byte that Windows-1252 or Latin-1 has for a character beyond ASCII.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, is_lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            bytes.first().copied().filter(|_| !is_lost)
        }
    }
}

/// Tells whether letters are what texts in French hold; `before` stands before them.
fn is_plausible(letters: &str, before: Option<char>) -> bool {
    const SIGNS: &str = "\u{202f}\u{2009}\u{200b}\u{feff}\u{2011}";
    letters.chars().all(|c| {
        // `AMANHÃ` before a no-break space is Portuguese: a capital goes on with a capital.
        let is_odd = c == 'à' && before.is_some_and(char::is_uppercase);
        // What Windows-1252 has is all that French needs; what is still broken is repaired in the next round.
        !is_odd && (byte_of(c).is_some() || SIGNS.contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breaks a text as a program does that reads UTF-8 as Windows-1252.
    fn broken(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    const SENTENCES: [&str; 8] = [
        "Des artistes non rémunérés protestent",
        "L’œuvre a été jouée à Évreux : « déjà vu ? »",
        "12 € – c’est cher…",
        "À Sète, la fête, où ça ?",
        "é",
        "“Noël” à l'île, l’âne brait",
        "ÉTÉ À NÎMES",
        "Le père\u{a0}: «\u{a0}oui\u{a0}»",
    ];

    #[test]
    fn what_was_broken_is_repaired_as_often_as_it_was() {
        for sentence in SENTENCES {
            let once = broken(sentence);
            assert_eq!(repair(&once).as_deref(), Some(sentence));
            assert_eq!(repair(&broken(&once)).as_deref(), Some(sentence));
            let latin1: String = sentence.bytes().map(char::from).collect();
            assert_eq!(repair(&latin1).as_deref(), Some(sentence));
        }
    }

    #[test]
    fn a_letter_that_lost_its_no_break_space_is_repaired_beside_others() {
        assert_eq!(repair("RÃ©uni Ã  Tulle, Ã la mairie").as_deref(), Some("Réuni à Tulle, à la mairie"));
        assert_eq!(repair("Ã la mairie"), None);
    }

    #[test]
    fn whole_texts_are_left_alone() {
        let others = [
            "le conseil a voté « rÃ©munÃ©rÃ©s » pour rémunérés",
            "AMANHÃ\u{a0}! A MANHÃ VEM",
            "Âge, Âne, Ångström, Århus",
            "SÃO PAULO",
            "â l’âge où",
            "日本語 Ã",
            "Â\u{a0}: «Â»",
        ];
        for text in SENTENCES.into_iter().chain(others) {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn only_broken_lines_are_touched() {
        let text = "Déjà lu\nPrÃ©fÃ¨te\nfin\n";
        assert_eq!(repair(text).as_deref(), Some("Déjà lu\nPréfète\nfin\n"));
        let mut article = Article::new("1").title("La prÃ©fÃ¨te").body("rien").author("JÃ©rÃ´me");
        assert!(repair_article(&mut article));
        assert_eq!((article.get_title(), article.get_author()), ("La préfète", Some("Jérôme")));
        assert!(!repair_article(&mut article));
    }
}
