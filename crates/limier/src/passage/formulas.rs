//! What a line says of itself: that it leads elsewhere, invites, shares or counts, as lines of a page do.

use std::sync::LazyLock;

use super::bytes::{any_four, position, words};
use super::page_words::{Role, is_of_dates, is_of_pages, roles};

/// Beginnings after which anything may follow: the title of another article, a name, a year.
const ANNOUNCEMENTS: &[&str] = &[
    "à lire aussi",
    "a lire aussi",
    "lire aussi",
    "lire également",
    "à lire également",
    "à lire :",
    "à lire sur",
    "lire la suite",
    "la suite après cette publicité",
    "la suite après la publicité",
    "passer la publicité",
    "article réservé aux abonnés",
    "cet article est réservé aux abonnés",
    "contenus sponsorisés",
    "contenu sponsorisé",
    "tous droits réservés",
    "crédit photo",
    "crédits photo",
    "© ",
];

/// Beginnings that authors use, too, in sentences.
const INVITATIONS: &[&str] = &[
    "voir aussi",
    "à voir aussi",
    "voir également",
    "à écouter aussi",
    "à découvrir aussi",
    "à découvrir :",
    "découvrez aussi",
    "lire l'article",
    "sur le même sujet",
    "sur le même thème",
    "dans la même rubrique",
    "articles liés",
    "articles similaires",
    "articles recommandés",
    "nos articles sur",
    "à ne pas manquer",
    "les plus lus",
    "les plus partagés",
    "vous aimerez aussi",
    "cela pourrait vous intéresser",
    "ça peut vous intéresser",
    "pour aller plus loin :",
    "laisser un commentaire",
    "publiez votre avis",
    "ajouter un commentaire",
    "réagir à cet article",
    "soyez le premier à commenter",
    "signaler un contenu",
    "retour à l'accueil",
    "retour en haut",
    "aller au contenu",
    "suivez-nous",
    "nous suivre",
    "suivez l'actualité",
    "ça vous a plu",
    "cet article vous a plu",
    "google news",
    "abonnez-vous",
    "inscrivez-vous",
    "s'abonner",
];

/// Beginnings that authors use, too: nothing follows but words of pages.
const LABELS: &[&str] = &[
    "publicité",
    "déjà abonné",
    "connectez-vous",
    "se connecter",
    "s'identifier",
    "créer un compte",
    "mentions légales",
    "conditions générales",
    "politique de confidentialité",
    "plan du site",
    "nous contacter",
    "copyright",
];

/// Beginnings of [`is_counter`].
const COUNTERS: [&str; 8] = [
    "temps de lecture",
    "lecture :",
    "publié le",
    "publiée le",
    "mis à jour",
    "mise à jour",
    "modifié le",
    "dernière mise à jour",
];

/// Tells whether a line is none of the author's by what it says.
pub(super) fn is_formula(text: &str) -> bool {
    let signs = Signs::of(text);
    is_sharing(text, signs.spaces + 1)
        || (signs.hashes > 1 && is_hashtags(text))
        || (signs.arrows > 1 && is_breadcrumb(text))
        || (may_say_so(text) && says_so(&plain(text)))
}

/// How many bytes of a line may be signs that formulas have, counted in one go.
struct Signs {
    /// White space begins with them.
    spaces: usize,
    /// `#`
    hashes: usize,
    /// What stands between the steps of a way to the page ends with them.
    arrows: usize,
}

impl Signs {
    fn of(text: &str) -> Signs {
        const BITS: u32 = 20;
        /// What each byte adds, in a third of a number each: more than are in any line that is asked.
        const ADDS: [u64; 256] = {
            let mut adds = [0; 256];
            let mut byte = 0;
            while byte < 256 {
                adds[byte] = match byte as u8 {
                    b'\t'..=b'\r' | b' ' | 0xC2 | 0xE1..=0xE3 => 1,
                    b'#' => 1 << BITS,
                    b'>' | b'/' | b'|' | 0xBA | 0xBB | 0x92 => 1 << (2 * BITS),
                    _ => 0,
                };
                byte += 1;
            }
            adds
        };
        let sum = text.bytes().fold(0_u64, |sum, byte| sum.wrapping_add(ADDS[usize::from(byte)]));
        let part = |rank: u32| (sum >> (rank * BITS)) as usize & ((1 << BITS) - 1);
        Signs { spaces: part(0), hashes: part(1), arrows: part(2) }
    }
}

/// Tells whether a line says so, in small letters.
fn says_so(line: &str) -> bool {
    begins_with_formula(line)
        || line.starts_with("il vous reste") && (line.contains("cet article") || line.contains("abonné"))
        || is_invitation(line)
        || is_counter(line)
}

/// Tells of nearly all lines of authors that they do not, by their first letters and by four others.
fn may_say_so(text: &str) -> bool {
    /// The first four bytes of each, sorted.
    static BEGINNINGS: LazyLock<Vec<[u8; 4]>> = LazyLock::new(|| {
        let formulas = [ANNOUNCEMENTS, INVITATIONS, LABELS, &COUNTERS, &["il vous reste"]].concat();
        let mut beginnings: Vec<_> =
            formulas.iter().filter_map(|formula| formula.bytes().collect::<Vec<_>>().first_chunk().copied()).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        beginnings
    });
    let text = without_marks(text);
    let Some(first) = text.as_bytes().first_chunk::<4>() else { return false };
    // Accented capitals of French are 32 below their small letters, in ASCII and in the second byte of UTF-8.
    let small = first.map(|byte| byte.to_ascii_lowercase() | (u8::from((0x80..=0x9e).contains(&byte)) << 5));
    // An apostrophe or a blank of another kind takes more bytes.
    let is_odd = first.iter().any(|byte| matches!(byte, 0xc2 | 0xca | 0xe2));
    is_odd
        || first[0].is_ascii_digit()
        || BEGINNINGS.binary_search(&small).is_ok()
        || text.as_bytes().last_chunk::<7>().is_some_and(|end| end.eq_ignore_ascii_case(b"lecture"))
        || may_invite(text)
}

/// Lower case, one kind of apostrophe and of space, no mark at the beginning.
fn plain(text: &str) -> String {
    let text = without_marks(text);
    let mut line = String::with_capacity(text.len());
    let mut rest = text;
    // Plain letters go over in runs.
    let is_plain = |byte: u8| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r');
    while let Some(at) = position(rest.as_bytes(), |byte| !is_plain(byte)) {
        let (run, from) = rest.split_at(at);
        line.push_str(run);
        let mut chars = from.chars();
        match chars.next() {
            Some(c @ ('ß'..='ö' | 'ø'..='ÿ')) => line.push(c),
            Some('’' | 'ʼ') => line.push('\''),
            Some(c) if c.is_whitespace() => line.push(' '),
            Some(c) => line.extend(c.to_lowercase()),
            None => {}
        }
        rest = chars.as_str();
    }
    line.push_str(rest);
    line.make_ascii_lowercase();
    line
}

/// Takes marks off the beginning of a line.
fn without_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '#')
}

/// Tells whether a line begins as those that lead elsewhere or belong to the page, and goes on as they do.
///
/// Authors begin so, too: `Mentions légales` is a link, `Mentions légales obligatoires sur une facture` a heading, and
/// `Il vous reste trois semaines pour faire appel.` advice.
fn begins_with_formula(line: &str) -> bool {
    let first = line.bytes().next();
    let rest = |formulas: &[&str]| {
        let rest = |formula: &&str| (formula.bytes().next() == first).then(|| line.strip_prefix(*formula)).flatten();
        formulas.iter().find_map(rest)
    };
    rest(ANNOUNCEMENTS).is_some()
        || rest(INVITATIONS).is_some_and(|rest| !is_sentence(line, rest))
        || rest(LABELS).is_some_and(|rest| others(rest).next().is_none())
}

/// Tells whether what follows a formula makes a sentence of the line: some words that pages do not use there, and a full stop.
fn is_sentence(line: &str, rest: &str) -> bool {
    const WORDS: usize = 3;
    line.ends_with('.') && others(rest).nth(WORDS - 1).is_some()
}

/// The words that are neither figures, nor addresses, nor such as stand on buttons and in footers.
fn others(rest: &str) -> impl Iterator<Item = &str> {
    let without_elision = |word: &'_ str| word.rfind('\'').map_or(0, |at| at + 1);
    let words = words_of_plain(rest).filter_map(move |word| word.get(without_elision(word)..));
    words.filter(|word| !word.contains(|c: char| c.is_ascii_digit() || c == '@') && !is_of_pages(word))
}

/// Newsletter boxes and questions about cookies.
fn is_invitation(line: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    // Of each pair the rarer question is asked first: lines of an author mostly fail it.
    let letter =
        || has(&["newsletter", "infolettre", "lettre d'information", "notre lettre", "bulletin gratuit", "par e-mail"]);
    // Who writes of letters and cookies says these words, too, but in sentences, and not to the reader.
    let invites = || {
        has(&["inscrivez", "abonnez", "recevez", "désabonn", "désinscri", "votre e-mail", "votre adresse e-mail"])
            || (!line.ends_with('.') && has(&["inscri", "abonn", "recevoir", "adresse e-mail"]))
    };
    let cookies = || has(&["cookie", "traceurs"]);
    let consents = || has(&["accepter", "acceptez", "refuser", "refusez", "paramétr", "personnalis", "préférences"]);
    let of_site = || {
        has(&[
            "utilisons",
            "ce site utilise",
            "notre site",
            "nos partenaires",
            "en poursuivant",
            "en cliquant",
            "vos préférences",
        ])
    };
    let is_button = || words_of_plain(line).nth(BUTTON_WORDS).is_none();
    (letter() && invites()) || (cookies() && (of_site() || (consents() && is_button())))
}

/// A line of more words is no button.
const BUTTON_WORDS: usize = 5;

/// Tells whether a line holds four letters of what speaks of letters and cookies: nearly all lines hold none, and one look at
/// all of its bytes costs less than to search for each word.
fn may_invite(line: &str) -> bool {
    any_four(line.as_bytes(), |a, b, c, d| {
        // A capital is 32 below its small letter.
        let is = |sign: &[u8; 4]| (a | 32 == sign[0]) & (b | 32 == sign[1]) & (c | 32 == sign[2]) & (d | 32 == sign[3]);
        is(b"lett") | is(b"bull") | is(b"-mai") | is(b"cook") | is(b"race")
    })
}

/// Lines of buttons: most of the words, of which there are `most` at most, are ways of sharing.
fn is_sharing(text: &str, most: usize) -> bool {
    /// So many words that are no buttons: a sentence.
    const SENTENCE: usize = 8;
    let (mut buttons, mut others) = (0, 0);
    for (seen, role) in roles(text).enumerate() {
        match role {
            Role::Button => buttons += 1,
            Role::Other => others += 1,
            Role::Small | Role::Mark => {}
        }
        // Two in three are buttons at least: of most lines the first words tell that the others cannot be enough.
        if others > buttons + SENTENCE || 2 * others > buttons + most.saturating_sub(seen + 1) {
            return false;
        }
    }
    // One button invites by itself: `Partager sur`, and no more than that.
    let invites = || {
        let line = plain(text);
        let first = words_of_plain(&line).next().unwrap_or_default();
        first.starts_with("partage") && (first != "partage" || words_of_plain(&line).nth(1).is_some())
    };
    (buttons >= 2 && buttons >= 2 * others) || (buttons == 1 && others == 0 && invites())
}

/// "9 commentaires", "1,2 k partages", "Temps de lecture : 3 min", "Publié le 3 mai 2024 à 8 h 12".
fn is_counter(line: &str) -> bool {
    const COUNTED: &[&str] = &[
        "commentaire",
        "commentaires",
        "partage",
        "partages",
        "vue",
        "vues",
        "réaction",
        "réactions",
        "j'aime",
        "abonnés",
        "votes",
        "avis",
    ];
    let figures = line.starts_with(|c: char| c.is_ascii_digit());
    let at_most = |count| words_of_plain(line).nth(count).is_none();
    let counted = || at_most(4) && words_of_plain(line).any(|word| COUNTED.contains(&word));
    let [time, label, ..] = COUNTERS;
    let reading = line.starts_with(time) || line.starts_with(label) || line.ends_with("min de lecture");
    (figures && counted()) || (reading && at_most(8)) || is_dated(line)
}

/// "Publié le 3 mai 2024 à 8 h 12 par Untel": when the page was written, not "Publié le 3 mai, le décret fixe les prix."
fn is_dated(line: &str) -> bool {
    /// Words beside those of dates: names, mostly.
    const OTHERS: usize = 6;
    let [_, _, stamps @ ..] = COUNTERS;
    let Some(rest) = stamps.iter().find_map(|stamp| line.strip_prefix(stamp)) else { return false };
    let is_date = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || is_of_dates(word);
    let begins =
        words_of_plain(rest).find(|word| !matches!(*word, "le" | "du" | "il" | "y" | "a")).is_some_and(is_date);
    let others = words_of_plain(rest).filter(|word| !is_date(word)).take(OTHERS).count();
    // Names follow `par`.
    let is_sentence = line.ends_with('.') && others > 2 && !words_of_plain(rest).any(|word| word == "par");
    begins && line.contains(|c: char| c.is_ascii_digit()) && others < OTHERS && !is_sentence
}

/// At least two hashtags, and little else.
fn is_hashtags(text: &str) -> bool {
    let count = words(text).count();
    let tags = words(text).filter(|word| word.len() > 1 && word.starts_with('#')).count();
    tags >= 2 && tags * 2 > count
}

/// "Accueil > Culture > Livres", without a stop at the end.
fn is_breadcrumb(text: &str) -> bool {
    if text.ends_with(['.', '!', '?', '…']) {
        return false;
    }
    let separators = words(text).filter(|word| matches!(*word, ">" | "›" | "»" | "/" | "|" | "→")).count();
    let balanced = text.contains('«');
    // "Nantes | 323 204 | + 1,3 %" is a row of a table.
    let is_row = text.contains('|') && words(text).any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    separators >= 2 && !balanced && !is_row && bare_words(text).count() <= 4 * (separators + 1)
}

/// The words of a line in which blanks are spaces.
fn words_of_plain(line: &str) -> impl Iterator<Item = &str> {
    line.split_ascii_whitespace().map(bare).filter(|word| !word.is_empty())
}

/// Takes the marks around a word off; most have none.
fn bare(word: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = word.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn bare_words(line: &str) -> impl Iterator<Item = &str> {
    words(line).map(bare).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::page_words::{BUTTONS, SMALL};

    /// Buttons told word by word, without a look ahead.
    fn is_sharing_slowly(text: &str) -> bool {
        let line = plain(text);
        let words: Vec<&str> = words_of_plain(&line).collect();
        let buttons = words.iter().filter(|word| BUTTONS.contains(word)).count();
        let others = words.iter().filter(|word| !BUTTONS.contains(word) && !SMALL.contains(word)).count();
        let invites = words.first().is_some_and(|word| word.starts_with("partage"))
            && (words.len() > 1 || words.first() != Some(&"partage"));
        (buttons >= 2 && buttons >= 2 * others) || (buttons == 1 && others == 0 && invites)
    }

    #[test]
    fn the_first_letters_refuse_nothing_that_the_whole_line_says() {
        let formulas = [ANNOUNCEMENTS, INVITATIONS, LABELS, &COUNTERS].concat();
        let mut lines: Vec<String> = Vec::new();
        for formula in &formulas {
            let capital: String =
                formula.chars().take(1).flat_map(char::to_uppercase).chain(formula.chars().skip(1)).collect();
            for line in [formula.to_string(), capital, formula.to_uppercase(), formula.replace('\'', "’")] {
                lines.extend(
                    ["", " 3 mai 2024", " : la crue", " Facebook"]
                        .map(|rest| format!("- {line}{rest}").trim_end().to_owned()),
                );
            }
        }
        lines.extend(
            [
                "INSCRIVEZ-VOUS À NOTRE NEWSLETTER",
                "3 MIN DE LECTURE",
                "Partager\u{a0}via\u{202f}WhatsApp",
                "Tweeter Écouter ’",
                "ÉCOUTER l’article à envoyer L'ARTICLE par E-mail,",
                "« Facebook », (Twitter) ; - X…",
                "Partager",
                "partage »",
                "Partagez !",
                "Partage sur",
                "mailx smsé e-mail-s écoute envoyé lien.",
                "Anticonstitutionnellement partager et copier enregistrer",
            ]
            .map(String::from),
        );
        let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        for entry in std::fs::read_dir(corpus).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            lines.extend(String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).lines().map(str::to_owned));
        }
        assert!(lines.len() > 1000);
        let mut said = 0;
        for line in &lines {
            said += usize::from(says_so(&plain(line)));
            assert!(may_say_so(line) || !says_so(&plain(line)), "{line:?}");
            assert_eq!(is_sharing(line, Signs::of(line).spaces + 1), is_sharing_slowly(line), "{line:?}");
        }
        assert!(said > 100, "{said}");
    }
}
