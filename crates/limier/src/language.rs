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
    let info = Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()).detect(&text)?;
    let code = LANGUAGES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code);
    code.filter(|_| info.is_reliable())
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
            ("Orly, 18 h 05.", None),
            ("", None),
        ] {
            assert_eq!(of(body), expected, "{body}");
        }
    }
}
