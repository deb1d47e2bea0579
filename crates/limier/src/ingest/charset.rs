//! Which legacy encoding a French text is in.
//!
//! Each candidate is judged by the company that its letters would keep: in `prÈs`, read as Mac Roman, a capital stands
//! inside a word in lower case, so that the reading is unlikely; in `près` every letter stands where French puts it.
//! What reads well in none of them is left to chardetng, which knows the other languages.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding as Table, ISO_8859_15, MACINTOSH, WINDOWS_1252};

/// A legacy encoding; serialized as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Charset(Inner);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Inner {
    Standard(&'static Table),
    Cp850,
}

impl serde::Serialize for Charset {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Charset {
    /// Windows-1252, of which Latin-1 is a part.
    pub const WINDOWS_1252: Charset = Charset(Inner::Standard(WINDOWS_1252));
    /// ISO 8859-15, Latin-9: Latin-1 with `œ`, `Ÿ` and the euro sign.
    pub const LATIN_9: Charset = Charset(Inner::Standard(ISO_8859_15));
    /// Mac Roman.
    pub const MAC_ROMAN: Charset = Charset(Inner::Standard(MACINTOSH));
    /// Code page 850, of DOS in western Europe.
    pub const CP850: Charset = Charset(Inner::Cp850);

    /// Returns its name, as the WHATWG or IANA writes it.
    pub fn name(self) -> &'static str {
        match self.0 {
            Inner::Standard(table) => table.name(),
            Inner::Cp850 => "IBM850",
        }
    }

    /// Makes the encoding of a table of the WHATWG.
    #[cfg(feature = "html")]
    pub(super) fn of(table: &'static Table) -> Charset {
        Charset(Inner::Standard(table))
    }

    /// Decodes `bytes`; what has no meaning in this encoding becomes U+FFFD.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.0 {
            Inner::Standard(table) => table.decode_without_bom_handling(bytes).0,
            Inner::Cp850 => {
                let table = self.table();
                bytes.iter().map(|&byte| letter(&table, byte)).collect()
            }
        }
    }

    /// Returns the characters of the bytes 0x80 to 0xFF, for an encoding of one byte a character.
    fn table(self) -> Vec<char> {
        match self.0 {
            Inner::Standard(table) => (0x80..=0xff)
                .map(|byte| table.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{fffd}'))
                .collect(),
            Inner::Cp850 => CP850.chars().collect(),
        }
    }
}

/// The upper half of code page 850: <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP850.TXT>.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                     ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´≡±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The most bytes that are looked at: what a megabyte does not tell, the rest will not.
const SAMPLE_BYTES: usize = 1 << 20;

/// The mean score of the letters beyond ASCII from which a reading counts as French.
const FRENCH: f32 = 0.8;

/// Guesses the legacy encoding of a text that is not UTF-8.
pub(super) fn guess(bytes: &[u8]) -> Charset {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let mut best = (Charset::WINDOWS_1252, f32::MIN);
    // Earlier ones win where two read the same.
    for charset in [Charset::WINDOWS_1252, Charset::LATIN_9, Charset::MAC_ROMAN, Charset::CP850] {
        let score = mean_score(sample, &charset.table());
        if score > best.1 {
            best = (charset, score);
        }
    }
    if best.1 >= FRENCH {
        return best.0;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    Charset(Inner::Standard(detector.guess(None, Utf8Detection::Deny)))
}

fn letter(table: &[char], byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => table.get(usize::from(index)).copied().unwrap_or('\u{fffd}'),
    }
}

fn mean_score(bytes: &[u8], table: &[char]) -> f32 {
    let at = |index: Option<usize>| index.and_then(|i| bytes.get(i)).map_or('\n', |&byte| letter(table, byte));
    let (mut sum, mut count) = (0, 0u32);
    for (i, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii() {
            sum += score(at(i.checked_sub(1)), letter(table, *byte), at(i.checked_add(1)));
            count += 1;
        }
    }
    sum as f32 / count.max(1) as f32
}

/// Scores one character beyond ASCII by its neighbours: above 0 where French writes it so, far below where none would.
fn score(before: char, c: char, after: char) -> i32 {
    let in_word = before.is_alphabetic() && after.is_alphabetic();
    let touches_word = before.is_alphabetic() || after.is_alphabetic();
    // French has "créé", but hardly another pair of such letters: Russian or Greek is made of them.
    let is_foreign_run = |c: char, near: char| near.is_alphabetic() && !near.is_ascii() && !(c == 'é' && near == 'é');
    match c {
        'à' if !touches_word => 3,
        'é' | 'è' | 'à' | 'ê' | 'ç' | 'ù' | 'â' | 'ë' | 'î' | 'ï' | 'ô' | 'û' | 'ü' | 'œ' | 'æ' | 'ÿ' | 'ö' | 'ä' => {
            if !touches_word || is_foreign_run(c, before) || is_foreign_run(c, after) {
                -2
            } else if after.is_uppercase() || (before.is_uppercase() && !after.is_lowercase()) {
                -1
            } else if matches!(c, 'é' | 'è' | 'à' | 'ê' | 'ç') {
                3
            } else {
                2
            }
        }
        'É' | 'È' | 'À' | 'Ê' | 'Ç' | 'Ù' | 'Â' | 'Ë' | 'Î' | 'Ï' | 'Ô' | 'Û' | 'Ü' | 'Œ' | 'Æ' | 'Ÿ' => {
            if before.is_lowercase() {
                -4
            } else if touches_word || c == 'À' {
                2
            } else {
                -1
            }
        }
        '’' if in_word => 3,
        '’' | '‘' => 0,
        '«' => {
            if before.is_alphabetic() {
                -2
            } else {
                2
            }
        }
        '»' => {
            if after.is_alphabetic() {
                -2
            } else {
                2
            }
        }
        '“' => {
            if !before.is_alphabetic() && after.is_alphabetic() {
                1
            } else {
                -2
            }
        }
        '”' => {
            if !before.is_whitespace() && !after.is_alphabetic() {
                1
            } else {
                -2
            }
        }
        '\u{a0}' => i32::from("«»:;!?%€".contains(before) || "«»:;!?%€".contains(after) || !in_word),
        '–' | '—' | '…' | '•' => {
            if in_word {
                -2
            } else {
                1
            }
        }
        '·' => 1,
        '€' => {
            if touches_word {
                -2
            } else {
                2
            }
        }
        '°' if before.is_ascii_digit() || "nN".contains(before) => 2,
        '²' | '³' if before == 'm' => 2,
        '§' | '©' | '®' | '™' | '£' | '½' | '¼' | '¾' => {
            if in_word {
                -3
            } else {
                0
            }
        }
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -6,
        _ if c.is_uppercase() && before.is_lowercase() => -4,
        _ if c.is_alphabetic() => -1,
        _ if in_word => -3,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCES: [&str; 14] = [
        "La préfète a été entendue hier à Évreux.",
        "Ça ne coûte que 12 € à l'entrée",
        "« Où étiez-vous ? » demande le maître",
        "L’été, la forêt brûle",
        "À Sète, la fête",
        "Noël, naïveté, Citroën",
        "CRUE : LA PRÉFÈTE LÈVE L'ALERTE",
        "Le cœur de l'œuvre bat à Nîmes",
        "L'élève créée",
        "déjà",
        "Sœur Anne est là",
        "un îlot, une île, un âne, où ça ?",
        "Il a plu 118 mm à Besançon, l'échelle du pont l'a noté",
        "Rue n° 4, 20 °C à l'ombre, 30 m² de pavés",
    ];

    fn encode(charset: Charset, text: &str) -> Option<Vec<u8>> {
        let table = charset.table();
        text.chars()
            .map(|c| match c {
                c if c.is_ascii() => u8::try_from(c).ok(),
                c => table.iter().position(|&other| other == c).and_then(|i| u8::try_from(i + 0x80).ok()),
            })
            .collect()
    }

    #[test]
    fn tables_are_whole() {
        for charset in [Charset::WINDOWS_1252, Charset::LATIN_9, Charset::MAC_ROMAN, Charset::CP850] {
            let table = charset.table();
            let distinct: std::collections::HashSet<_> = table.iter().collect();
            assert_eq!((table.len(), distinct.len()), (128, 128), "{}", charset.name());
        }
        // Three places far apart, as the published table has them.
        assert_eq!(Charset::CP850.decode(b"\x82\xd5\xff"), "éı\u{a0}");
    }

    #[test]
    fn sentences_are_read_right_in_each_encoding() {
        let mut wrong = Vec::new();
        let mut tried = 0;
        for charset in [Charset::WINDOWS_1252, Charset::LATIN_9, Charset::MAC_ROMAN, Charset::CP850] {
            for sentence in SENTENCES {
                let Some(bytes) = encode(charset, sentence) else { continue };
                tried += 1;
                let guessed = guess(&bytes);
                if guessed.decode(&bytes) != sentence {
                    wrong.push((charset.name(), sentence, guessed.name()));
                }
            }
        }
        assert!(tried >= 45, "{tried}");
        assert_eq!(wrong, []);
    }

    /// Cuts of a text, of each length, that hold at least one letter beyond ASCII; the share read right in each encoding.
    #[test]
    fn short_texts_are_read_right_too() {
        let text: Vec<char> = SENTENCES.join(" ").replace(['’', '«', '»', '€', 'œ'], "-").chars().collect();
        for (length, least) in [(10, 0.9), (20, 0.95), (40, 0.99), (80, 1.0)] {
            let (mut right, mut tried) = (0, 0);
            for charset in [Charset::WINDOWS_1252, Charset::LATIN_9, Charset::MAC_ROMAN, Charset::CP850] {
                for cut in text.windows(length) {
                    let cut: String = cut.iter().collect();
                    let Some(bytes) = encode(charset, &cut).filter(|bytes| !bytes.is_ascii()) else { continue };
                    tried += 1;
                    right += usize::from(guess(&bytes).decode(&bytes) == cut);
                }
            }
            let share = right as f32 / tried as f32;
            println!("{length} characters: {right} of {tried} ({share:.4})");
            assert!(tried > 1000 && share >= least, "{length} characters: {right} of {tried}");
        }
    }

    #[test]
    fn typographic_signs_of_windows_are_read() {
        for sentence in ["L’« œuvre » – “jouée” hier…", "d’accord", "• premier point…", "12\u{a0}000\u{a0}€"]
        {
            let bytes = encode(Charset::WINDOWS_1252, sentence).unwrap();
            assert_eq!(guess(&bytes).decode(&bytes), sentence);
        }
    }

    #[test]
    fn other_languages_are_left_to_the_general_detector() {
        for (label, text) in [
            ("windows-1251", "Река вышла из берегов, и жители нижнего города провели ночь в спортивном зале."),
            ("windows-1253", "Το ποτάμι ξεχείλισε και οι κάτοικοι πέρασαν τη νύχτα στο γυμναστήριο."),
            (
                "windows-1250",
                "Rzeka wystąpiła z brzegów, mieszkańcy spędzili noc w sali gimnastycznej, żałując ścieżek.",
            ),
        ] {
            let table = Table::for_label(label.as_bytes()).unwrap();
            let (bytes, _, _) = table.encode(text);
            assert_eq!(guess(&bytes).decode(&bytes), text, "{label}");
        }
    }

    #[test]
    fn neighbours_of_french_are_read_too() {
        for text in
            ["Der Fluß überschwemmte die Straße, ärgerlich für Köln", "El río creció mañana por la mañana en España"]
        {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            assert_eq!(guess(&bytes).decode(&bytes), text);
        }
    }
}
