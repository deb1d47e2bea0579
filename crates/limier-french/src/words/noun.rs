//! Small words that are nouns, too: `le prix de l'or`, `un car`, `le son du cor`, `quelques pas`, `un être humain`.
//!
//! What stands before tells: a conjunction has no article, and a possessive no other.

/// Words before which a small word is a noun: for each, what it asks for.
fn determiners(word: &str) -> &'static str {
    match word {
        "or" => "l d en cet",
        "car" => "le un du ce au en par de chaque",
        "son" | "ton" => "le un du ce au",
        "pas" => {
            "le un les des du au aux ses mes tes nos vos leurs premier premiers faux grands petits quelques deux trois quatre \
             cent chaque"
        }
        "sous" => "les des ses mes tes nos vos leurs gros quelques deux trois quatre cinq dix vingt cent mille",
        "être" => "un cet chaque aucun",
        _ => "",
    }
}

/// Adjectives behind which nobody writes the verb: `l'être humain`.
const OF_BEINGS: [&str; 6] = ["humain", "vivant", "suprême", "aimé", "cher", "pensant"];

/// Tells whether a small word may be a noun.
pub(crate) fn may_be(exact: &str) -> bool {
    !determiners(exact).is_empty()
}

/// Tells whether it is one between these two words; either is empty where there is none.
pub(crate) fn is_between(exact: &str, before: &str, after: &str) -> bool {
    determiners(exact).split(' ').any(|determiner| determiner.eq_ignore_ascii_case(before))
        || (exact == "être" && OF_BEINGS.contains(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_words_may_be_nouns() {
        let small = crate::StopWords::french();
        for word in ["or", "car", "son", "ton", "pas", "sous", "être"] {
            assert!(may_be(word) && small.stop(word) != crate::Stop::None, "{word}");
        }
        assert!(!may_be("le") && !may_be("chat") && !may_be(""));
    }
}
