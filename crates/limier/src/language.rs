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

    let sample = sample(&article.body);
    let text = if sample.len() < SAMPLE_BYTES { format!("{}\n{sample}", article.title) } else { sample.to_owned() };
    if text.chars().filter(|c| c.is_alphabetic()).take(LEAST_LETTERS).count() < LEAST_LETTERS {
        return None;
    }
    if is_plainly_french(&text) {
        return Some("fr");
    }
    let info = Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()).detect(&text)?;
    let code = LANGUAGES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code);
    code.filter(|_| info.is_reliable())
}

/// Small words of French that no neighbour of it spells alike.
#[cfg(feature = "language")]
const FRENCH: &[&str] = &[
    "dans", "pour", "une", "du", "aux", "avec", "cette", "sont", "nous", "vous", "leur", "leurs", "été", "être",
    "même", "après", "où", "chez", "très", "sans", "elle", "ils", "cet", "ces", "ses", "était", "ont", "mais", "puis",
    "peut",
];

/// So many different ones of them leave no doubt, where one word of so many is one of them: a quotation is not enough.
#[cfg(feature = "language")]
const DIFFERENT: u32 = 6;
#[cfg(feature = "language")]
const ONE_OF: u32 = 12;

/// Tells whether a text is French beyond doubt: most are, and telling languages apart takes a tenth of indexing.
#[cfg(feature = "language")]
fn is_plainly_french(text: &str) -> bool {
    let (mut seen, mut known, mut all) = (0_u64, 0_u32, 0_u32);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        if let Some(place) = FRENCH.iter().position(|french| *french == word) {
            seen |= 1 << place;
            known += 1;
        }
    }
    seen.count_ones() >= DIFFERENT && known * ONE_OF >= all
}

/// Tells no language.
#[cfg(not(feature = "language"))]
pub(crate) fn detect(_: &Article) -> Option<&'static str> {
    None
}

/// The beginning of a text, cut at a character.
#[cfg(feature = "language")]
fn sample(text: &str) -> &str {
    let end = (0..=SAMPLE_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
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
            ("Orly, 18 h 05.", None),
            ("", None),
        ] {
            assert_eq!(of(body), expected, "{body}");
        }
    }
}
