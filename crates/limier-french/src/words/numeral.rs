//! Numbers in words and in Roman figures, read as integers.

/// Returns the figures that stand for a cardinal at the stem level: `trois` is found by `3`.
///
/// `un` is an article and `neuf` is mostly *new*: both stay words.
pub(crate) fn cardinal_stem(word: &str) -> Option<&'static str> {
    let figures = match word {
        "deux" => "2",
        "trois" => "3",
        "quatre" => "4",
        "cinq" => "5",
        "six" => "6",
        "sept" => "7",
        "huit" => "8",
        "dix" => "10",
        "onze" => "11",
        "douze" => "12",
        "treize" => "13",
        "quatorze" => "14",
        "quinze" => "15",
        "seize" => "16",
        "vingt" => "20",
        "trente" => "30",
        "quarante" => "40",
        "cinquante" => "50",
        "soixante" => "60",
        "septante" => "70",
        "huitante" => "80",
        "nonante" => "90",
        "mille" => "1000",
        _ => return None,
    };
    Some(figures)
}

/// Returns the word that some figures stand for, as [`cardinal_stem`] reads it.
pub(crate) fn cardinal_of(figures: &str) -> Option<&'static str> {
    const WORDS: [&str; 23] = [
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "dix",
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "septante",
        "huitante",
        "nonante",
        "mille",
    ];
    WORDS.into_iter().find(|word| cardinal_stem(word) == Some(figures))
}

/// Returns the value of a cardinal inside a compound, where `un` and `neuf` can only be numbers.
fn cardinal(word: &str) -> Option<u32> {
    match word {
        "un" | "une" => Some(1),
        "neuf" => Some(9),
        "cent" | "cents" => Some(100),
        "quatre" => Some(4),
        "vingts" => Some(20),
        _ => cardinal_stem(word)?.parse().ok(),
    }
}

/// Returns the value of one ordinal word, folded, in any gender and number.
fn ordinal_word(word: &str) -> Option<u32> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let value = match singular {
        "premier" | "premiere" => 1,
        "unieme" => 1,
        "deuxieme" => 2,
        "troisieme" => 3,
        "quatrieme" => 4,
        "cinquieme" => 5,
        "sixieme" => 6,
        "septieme" => 7,
        "huitieme" => 8,
        "neuvieme" => 9,
        "dixieme" => 10,
        "onzieme" => 11,
        "douzieme" => 12,
        "treizieme" => 13,
        "quatorzieme" => 14,
        "quinzieme" => 15,
        "seizieme" => 16,
        "vingtieme" => 20,
        "trentieme" => 30,
        "quarantieme" => 40,
        "cinquantieme" => 50,
        "soixantieme" => 60,
        "septantieme" => 70,
        "huitantieme" => 80,
        "nonantieme" => 90,
        "centieme" => 100,
        "millieme" => 1000,
        _ => return None,
    };
    Some(value)
}

/// Returns the value of an ordinal in words, folded and cut at its hyphens: `quatre vingt dix neuvieme` is 99.
pub(crate) fn ordinal(words: &[&str]) -> Option<u32> {
    let (last, before) = words.split_last()?;
    let mut total = sum(before)?;
    let last = ordinal_word(last)?;
    if before.is_empty() {
        return Some(last);
    }
    if last == 1 && words.last().is_some_and(|word| word.starts_with("premier")) {
        return None;
    }
    match (total, last) {
        (4, 20) => total = 80,
        (hundreds @ 2..=9, 100) => total = hundreds * 100,
        _ => total += last,
    }
    Some(total)
}

/// Returns the value of a cardinal in words: `soixante et onze` is 71. No words are worth 0.
pub(crate) fn sum(words: &[&str]) -> Option<u32> {
    let mut total = 0;
    for word in words.iter().filter(|word| **word != "et") {
        let value = cardinal(word)?;
        total = match (total % 100, value) {
            (4, 20) => total - 4 + 80,
            (2..=9, 100) => total * 100,
            _ => total + value,
        };
    }
    Some(total)
}

/// The figures of Rome and their pairs, from the largest on.
const STEPS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Returns the value of a Roman numeral in its one correct spelling, from 1 to 3999, in any case.
pub(crate) fn roman(figures: &str) -> Option<u32> {
    if figures.is_empty() || figures.len() > 15 {
        return None;
    }
    let lower = figures.to_ascii_lowercase();
    let mut rest = lower.as_str();
    let mut value = 0;
    for (step, letters) in STEPS {
        while let Some(after) = rest.strip_prefix(letters) {
            rest = after;
            value += step;
        }
    }
    // `iiii` and `ivi` add up too: only the correct spelling is written back the same.
    (rest.is_empty() && value < 4000 && write_roman(value) == lower).then_some(value)
}

fn write_roman(mut value: u32) -> String {
    let mut text = String::new();
    for (step, letters) in STEPS {
        while value >= step {
            text.push_str(letters);
            value -= step;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_in_words() {
        for (words, value) in [
            ("premiere", 1),
            ("treiziemes", 13),
            ("dix neuvieme", 19),
            ("vingt et unieme", 21),
            ("soixante dixieme", 70),
            ("soixante et onzieme", 71),
            ("quatre vingtieme", 80),
            ("quatre vingt dix neuvieme", 99),
            ("centieme", 100),
            ("cent vingt cinquieme", 125),
            ("deux centieme", 200),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(ordinal(&words), Some(value), "{words:?}");
        }
        assert_eq!(ordinal(&["avant", "dernier"]), None);
        assert_eq!(ordinal(&["dix", "premier"]), None);
        assert_eq!(ordinal(&[]), None);
    }

    #[test]
    fn cardinals_in_words() {
        assert_eq!(sum(&["quatre", "vingt", "dix", "sept"]), Some(97));
        assert_eq!(sum(&["deux", "cent", "trois"]), Some(203));
        assert_eq!(sum(&["vingt", "et", "un"]), Some(21));
        assert_eq!(sum(&["porte", "monnaie"]), None);
    }

    #[test]
    fn roman_numerals_read_back() {
        for value in 1..4000 {
            assert_eq!(roman(&write_roman(value)), Some(value));
        }
        for no in ["", "iiii", "vx", "ivi", "ic", "avion", "mmmm"] {
            assert_eq!(roman(no), None, "{no}");
        }
    }
}
