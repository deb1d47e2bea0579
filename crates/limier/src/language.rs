//! The language of an article.

use crate::Article;

/// Letters of a text from which its language is told: below, a name or a quotation would decide.
#[cfg(feature = "language")]
const LEAST_LETTERS: usize = 100;

/// Bytes of a text that are looked at: what they do not tell, the rest hardly will.
#[cfg(feature = "language")]
const SAMPLE_BYTES: usize = 1200;

/// Returns the code of the language that an article is written in, by ISO 639-1; `None` where its text is too short to tell,
/// or leaves it open.
#[cfg(feature = "language")]
pub(crate) fn detect(article: &Article) -> Option<&'static str> {
    use whatlang::Detector;

    let sample = beginning(&article.body, SAMPLE_BYTES);
    let text = if sample.len() < SAMPLE_BYTES { format!("{}\n{sample}", article.title) } else { sample.to_owned() };
    if text.chars().filter(|c| c.is_alphabetic()).take(LEAST_LETTERS).count() < LEAST_LETTERS {
        return None;
    }
    // The beginning alone mostly tells.
    if is_plainly_french(beginning(&text, SAMPLE_BYTES / 3)) || is_plainly_french(&text) {
        return Some("fr");
    }
    if is_creole(&text) {
        return Some("ht");
    }
    let info = Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()).detect(&text)?;
    let code = LANGUAGES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code);
    code.filter(|_| info.is_reliable())
}

/// Small words of French that no neighbour of it spells alike, in the order of their bytes.
#[cfg(feature = "language")]
const OWN: &[&str] = &[
    "afin", "ainsi", "alors", "après", "aucun", "aucune", "aussi", "autre", "autres", "aux", "avait", "avec", "avoir",
    "cela", "celle", "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "dans", "depuis", "deux", "doit",
    "donc", "dont", "du", "elle", "faire", "fois", "ils", "jusqu", "leur", "leurs", "lors", "lorsque", "moins", "même",
    "notre", "ont", "où", "peut", "peuvent", "pour", "qu", "quand", "sans", "selon", "sont", "toute", "toutes", "très",
    "une", "votre", "vous", "était", "été", "être",
];

/// Small words that French shares with a neighbour, in the order of their bytes; letters alone are those elided.
#[cfg(feature = "language")]
const SHARED: &[&str] = &[
    "a", "au", "c", "ce", "comme", "d", "de", "des", "elles", "en", "entre", "est", "et", "fait", "il", "j", "l", "la",
    "le", "les", "mais", "n", "ne", "nos", "nous", "on", "ou", "par", "pas", "plus", "que", "qui", "s", "sa", "se",
    "ses", "si", "son", "sous", "sur", "tous", "tout", "un", "y", "à",
];

/// Bytes of the longest small word.
#[cfg(feature = "language")]
const LONGEST: usize = 7;

/// What tells French beyond doubt: so many different words of French alone, so many of them among a hundred words, and so
/// many small words of French among a hundred.
///
/// A quotation is not enough, for what surrounds it has few small words of French. Neighbours, Catalan first, have up to a
/// third of the shared ones, but none of the others.
#[cfg(feature = "language")]
const BEYOND_DOUBT: [(u32, u32, u32); 3] = [(1, 1, 40), (2, 3, 33), (4, 5, 25)];

/// Makes a number of a word of at most [`LONGEST`] bytes, its letters of ASCII taken for small ones; numbers order as the words
/// do.
#[cfg(feature = "language")]
const fn number(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let mut place = 0;
    while place < word.len() && place < LONGEST {
        bytes[place] = word[place].to_ascii_lowercase();
        place += 1;
    }
    u64::from_be_bytes(bytes)
}

/// Makes a number of each word.
#[cfg(feature = "language")]
const fn numbers<const N: usize>(words: &[&str]) -> [u64; N] {
    let mut numbers = [0; N];
    let mut place = 0;
    while place < N && place < words.len() {
        numbers[place] = number(words[place].as_bytes());
        place += 1;
    }
    numbers
}

/// Tells whether a text is French [beyond doubt](BEYOND_DOUBT): most are, and telling languages apart takes a sixth of indexing.
#[cfg(feature = "language")]
fn is_plainly_french(text: &str) -> bool {
    const OWN_NUMBERS: [u64; OWN.len()] = numbers(OWN);
    const SHARED_NUMBERS: [u64; SHARED.len()] = numbers(SHARED);
    let (mut seen, mut own, mut small, mut all) = (0_u64, 0, 0, 0);
    let mut at = 0;
    while at < text.len() {
        let length = word_length(text, at);
        let word = text.as_bytes().get(at..at + length).unwrap_or_default();
        // What ends a word is passed over with it; within a longer sign begins no word.
        at += length + 1;
        if word.is_empty() {
            continue;
        }
        all += 1;
        if word.len() > LONGEST {
            continue;
        }
        let word = number(word);
        if let Ok(place) = OWN_NUMBERS.binary_search(&word) {
            seen |= 1 << place;
            own += 1;
            small += 1;
        } else if SHARED_NUMBERS.binary_search(&word).is_ok() {
            small += 1;
        }
    }
    BEYOND_DOUBT.iter().any(|(least_different, own_of_hundred, small_of_hundred)| {
        seen.count_ones() >= *least_different
            && own * 100 >= all * own_of_hundred
            && small * 100 >= all * small_of_hundred
    })
}

/// Bytes of the word that begins at a byte of a text: a run of letters.
///
/// The accented letters of Latin, À to ſ, are told by their first byte: tables of all alphabets take ten times as long.
#[cfg(feature = "language")]
fn word_length(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at..).unwrap_or_default() {
            [byte, ..] if byte.is_ascii_alphabetic() => at += 1,
            [0xC3, second, ..] if !matches!(second, 0x97 | 0xB7) => at += 2,
            [0xC4 | 0xC5, _, ..] => at += 2,
            [0x80..=0xFF, ..] => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_alphabetic() => at += c.len_utf8(),
                _ => return at - from,
            },
            _ => return at - from,
        }
    }
}

/// Small words of the Creoles whose words are French, Haitian first, and that French does not have, in the order of their
/// bytes.
#[cfg(feature = "language")]
const CREOLE: &[&str] = &[
    "ak", "ap", "apre", "fè", "gen", "jodi", "ka", "ki", "lekòl", "lè", "men", "moun", "mwen", "nan", "nou", "pou",
    "sou", "sé", "tan", "té", "yo", "épi",
];

/// Tells whether a text is in such a Creole, which detectors take for Italian or Catalan: one word in eight is one of its own,
/// and four are different.
#[cfg(feature = "language")]
fn is_creole(text: &str) -> bool {
    const DIFFERENT: u32 = 4;
    const ONE_OWN_IN: usize = 8;
    let (mut seen, mut own, mut all) = (0_u64, 0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        if let Ok(place) = CREOLE.binary_search(&word) {
            seen |= 1 << place;
            own += 1;
        }
    }
    seen.count_ones() >= DIFFERENT && own * ONE_OWN_IN >= all
}

/// Tells no language.
#[cfg(not(feature = "language"))]
pub(crate) fn detect(_: &Article) -> Option<&'static str> {
    None
}

/// The first bytes of a text, cut at a character.
#[cfg(feature = "language")]
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The languages that are told apart: those that stand beside French in a library.
#[cfg(feature = "language")]
const LANGUAGES: [(whatlang::Lang, &str); 25] = {
    use whatlang::Lang;
    [
        (Lang::Fra, "fr"),
        (Lang::Eng, "en"),
        (Lang::Spa, "es"),
        (Lang::Ita, "it"),
        (Lang::Deu, "de"),
        (Lang::Por, "pt"),
        (Lang::Nld, "nl"),
        (Lang::Cat, "ca"),
        (Lang::Ron, "ro"),
        (Lang::Pol, "pl"),
        (Lang::Swe, "sv"),
        (Lang::Dan, "da"),
        (Lang::Fin, "fi"),
        (Lang::Ces, "cs"),
        (Lang::Hun, "hu"),
        (Lang::Tur, "tr"),
        (Lang::Vie, "vi"),
        (Lang::Rus, "ru"),
        (Lang::Ukr, "uk"),
        (Lang::Ell, "el"),
        (Lang::Ara, "ar"),
        (Lang::Heb, "he"),
        (Lang::Cmn, "zh"),
        (Lang::Jpn, "ja"),
        (Lang::Kor, "ko"),
    ]
};

#[cfg(all(test, feature = "language"))]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<&'static str> {
        detect(&Article::new("1").body(body))
    }

    #[test]
    fn small_words_are_in_order() {
        for words in [OWN, SHARED, CREOLE] {
            assert!(words.is_sorted() && words.iter().all(|word| word.len() <= LONGEST));
        }
        assert!(OWN.len() <= 64, "a bit for each");
    }

    #[test]
    fn languages_are_told_apart() {
        for (body, expected) in [
            (
                "La rivière est sortie de son lit dans la nuit, et les habitants du bas de la ville ont été accueillis dans \
                 le gymnase. Le maire promet des digues plus hautes.",
                Some("fr"),
            ),
            (
                "The river left its bed during the night, and the people of the lower town were taken to the gymnasium. The \
                 mayor promises higher dikes before the next winter.",
                Some("en"),
            ),
            (
                "El río se salió de su cauce durante la noche, y los vecinos de la parte baja de la ciudad fueron alojados \
                 en el gimnasio. El alcalde promete diques más altos.",
                Some("es"),
            ),
            (
                "Der Fluss trat in der Nacht über die Ufer, und die Bewohner der Unterstadt wurden in der Turnhalle \
                 untergebracht. Der Bürgermeister verspricht höhere Deiche.",
                Some("de"),
            ),
            (
                "The mayor answered in French: « Nous sommes avec vous, dans cette épreuve, pour une ville plus forte. » The \
                 people of the lower town had heard such words before, and they wanted to know when the dikes would be built, \
                 who would pay for them, and what would become of the gardens along the river that their fathers had planted \
                 when the last flood had gone. Nobody at the town hall would say, and the meeting ended late in the evening.",
                Some("en"),
            ),
            (
                "Nous sommes avec vous dans cette épreuve, a dit le maire aux habitants du bas de la ville, pour une fois réunis \
                 dans le gymnase où ils avaient passé la nuit.",
                Some("fr"),
            ),
            (
                "Uns rois estoit molt vaillans et preuz, et ot une fille molt bele, que li dus de la terre amoit plus que rien \
                 nule qui fust en cest siecle. Et quant li rois le sot, si en fu molt dolenz.",
                Some("fr"),
            ),
            (
                "Faque là, j'ai pogné mes clés pis j'suis parti en char au dépanneur acheter d'la liqueur, mais y faisait \
                 frette en tabarnouche pis l'char partait pas pantoute à matin.",
                Some("fr"),
            ),
            (
                "Jodi a lapli ap tonbe toupatou nan peyi a, moun yo pa ka soti lakay yo. Majistra a di ke lekòl yo ap fèmen \
                 jouk lendi paske rivyè a monte anpil.",
                Some("ht"),
            ),
            ("Orly, 18 h 05.", None),
            ("", None),
        ] {
            assert_eq!(of(body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_plainly_french_needs_no_detector() {
        let law = "Les caisses primaires de sécurité sociale coordonnent leur politique d'action sanitaire et sociale en faveur \
                   des personnes résidant en zone rurale. Le département assure le financement de la part qui s'y rapporte.";
        let headline =
            "LE PONT DE PIERRE EST FERMÉ POUR UNE DURÉE DE SIX MOIS, DIT LE MAIRE, QUI PROMET UN BAC DEPUIS LA RIVE.";
        let manual = "ftp_fput charge les données depuis un pointeur de fichier ftp_stream vers un fichier distant remote_filename \
                      sur le serveur FTP. Cette fonction peut lever une exception ValueError pour un mode FTP_ASCII sans objet.";
        for text in [law, headline, manual] {
            assert!(is_plainly_french(text), "{text}");
        }
        let catalan = "La Generalitat de Catalunya, en la sessió de la comissió, va aprovar la llei de les escoles de la ciutat, que \
                       es refereix a la llengua en què se les ensenya, a la qual les famílies tenen dret, i sense la qual elles no en \
                       sabrien res.";
        let occitan = "La vila de Tolosa es la capitala de la region; la lenga d'òc se i parla encara, que la gent de la tèrra la \
                       sap de totjorn, e los mainatges l'aprenon a l'escòla per la parlar entre eles.";
        let german =
            "Du und ich, wir wissen das: du sagst, du tanzt auf der Brücke, und du gehst nicht mehr hin, sagst du.";
        for text in [catalan, occitan, german] {
            assert!(!is_plainly_french(text), "{text}");
        }
    }
}
