//! Inversion: in a question and after an order the pronoun follows the verb: `dit-elle`, `a-t-il`, `donnez-moi-le`.
//!
//! The verb is a word like any other; the pronouns are stop words, which take a position each; the *t* that only keeps two
//! vowels apart is nothing. What looks the same but is a name of its own (`rendez-vous`) has been read before, as a fixed
//! compound.

use crate::token::{Rule, Stop};
use crate::words::joint::Joint;
use crate::words::read_word;
use crate::words::reader::{Entry, Reader};

/// The pronouns that can follow a verb.
const PRONOUNS: [&str; 22] = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "iel", "iels", "moi", "toi", "lui", "leur", "le",
    "la", "les", "y", "en", "m", "t",
];

/// The verbs that take `-ce`.
const BEFORE_CE: [&str; 9] = ["est", "sont", "était", "étaient", "sera", "serait", "fut", "fût", "soit"];

/// Words that pronouns follow without being their verb: `chez-moi`, `entre-nous`.
const NO_VERBS: [&str; 9] = ["chez", "entre", "pour", "avec", "sans", "quant", "après", "avant", "sous"];

/// Reads a verb and the pronouns behind it.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let joins = |joint| matches!(joint, Joint::Hyphen | Joint::Apostrophe);
    let last = reader.run_end(from, joins);
    if last == from || reader.joint(from) != Some(Joint::Hyphen) {
        return None;
    }
    let verb = reader.exact(from);
    if NO_VERBS.contains(&verb) || verb.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let all_pronouns = (from + 1..=last).all(|rank| {
        let exact = reader.exact(rank);
        PRONOUNS.contains(&exact) || (exact == "ce" && BEFORE_CE.contains(&verb))
    });
    let ends_in_letter = matches!(reader.exact(last), "m" | "t");
    if !all_pronouns || ends_in_letter {
        return None;
    }
    read_verb(reader, from, verb);
    for rank in from + 1..=last {
        let exact = reader.exact(rank);
        if exact.len() > 1 || exact == "y" {
            let (start, end) = reader.range(rank, rank);
            reader.plain_entry(Entry::new(start, end, exact, Rule::Inversion).stop(Stop::Function));
        }
    }
    Some(last + 1)
}

/// `puis-je` is the verb *pouvoir*, where `puis` alone is the adverb.
fn read_verb(reader: &mut Reader<'_>, rank: usize, verb: &str) {
    if verb != "puis" {
        read_word(reader, rank, Rule::Inversion);
        return;
    }
    let (start, end) = reader.range(rank, rank);
    reader.plain_entry(Entry::new(start, end, verb, Rule::Inversion).lemma("pouvoir").stop(Stop::None));
}
