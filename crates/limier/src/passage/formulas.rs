//! What a line says of itself: that it leads elsewhere, invites, shares or counts, as lines of a page do.

use super::bytes::{any_four, position};

/// Tells whether a line is none of the author's by what it says.
pub(super) fn is_formula(text: &str) -> bool {
    let line = plain(text);
    begins_with_formula(&line)
        || is_invitation(&line)
        || is_sharing(&line)
        || is_counter(&line)
        || is_hashtags(text)
        || is_breadcrumb(text)
}

/// Lower case, one kind of apostrophe and of space, no mark at the beginning.
fn plain(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '#');
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

/// Tells whether a line begins as those that lead elsewhere or belong to the page, and goes on as they do.
///
/// Authors begin so, too: `Mentions légales` is a link, `Mentions légales obligatoires sur une facture` a heading, and
/// `Il vous reste trois semaines pour faire appel.` advice.
fn begins_with_formula(line: &str) -> bool {
    /// Whatever follows: the title of another article, a name, a year.
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
    /// Unless they become a sentence.
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
    /// Where nothing follows but words of pages.
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
    let first = line.bytes().next();
    let rest = |formulas: &[&str]| {
        let rest = |formula: &&str| (formula.bytes().next() == first).then(|| line.strip_prefix(*formula)).flatten();
        formulas.iter().find_map(rest)
    };
    rest(ANNOUNCEMENTS).is_some()
        || rest(INVITATIONS).is_some_and(|rest| !is_sentence(line, rest))
        || rest(LABELS).is_some_and(|rest| others(rest).next().is_none())
        || (line.starts_with("il vous reste") && (line.contains("cet article") || line.contains("abonné")))
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

/// Tells whether a word stands on buttons and in footers: what a site has, what one does there, and small words.
fn is_of_pages(word: &str) -> bool {
    is_button(word)
        || is_small(word)
        || matches!(
            word,
            "" | "au"
                | "aux"
                | "avec"
                | "ce"
                | "ces"
                | "cette"
                | "ci-dessous"
                | "de"
                | "des"
                | "du"
                | "en"
                | "est"
                | "les"
                | "mon"
                | "nos"
                | "notre"
                | "nous"
                | "pas"
                | "plus"
                | "pour"
                | "son"
                | "une"
                | "vos"
                | "votre"
                | "vous"
        )
        || matches!(
            word,
            "abonnement"
                | "abonnements"
                | "abonné"
                | "abonnée"
                | "abonnées"
                | "abonnés"
                | "abonnez-vous"
                | "accueil"
                | "accéder"
                | "accès"
                | "aide"
                | "annuler"
                | "annonceurs"
                | "apple"
                | "articles"
                | "charte"
                | "cgu"
                | "cgv"
                | "commentaire"
                | "commentaires"
                | "compte"
                | "conditions"
                | "confidentialité"
                | "connecter"
                | "connectez-vous"
                | "connexion"
                | "contact"
                | "contenu"
                | "continuer"
                | "continuez"
                | "contribution"
                | "cookies"
                | "faq"
                | "générales"
                | "google"
                | "gratuit"
                | "gratuitement"
                | "haut"
                | "identifier"
                | "identifiez-vous"
                | "inscription"
                | "inscrire"
                | "inscrivez-vous"
                | "lecture"
                | "lire"
                | "laisser"
                | "légales"
                | "mentions"
                | "newsletter"
                | "newsletters"
                | "offre"
                | "offres"
                | "page"
                | "pages"
                | "plan"
                | "politique"
                | "poster"
                | "principal"
                | "profiter"
                | "publicité"
                | "publier"
                | "réagir"
                | "répondre"
                | "réseaux"
                | "réservé"
                | "réservée"
                | "site"
                | "sociaux"
                | "suite"
                | "utilisation"
                | "vente"
                | "voter"
        )
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
    may_invite(line) && ((letter() && invites()) || (cookies() && (of_site() || (consents() && is_button()))))
}

/// A line of more words is no button.
const BUTTON_WORDS: usize = 5;

/// Tells whether a line holds four letters of what speaks of letters and cookies: nearly all lines hold none, and one look at
/// all of its bytes costs less than to search for each word.
fn may_invite(line: &str) -> bool {
    any_four(line.as_bytes(), |a, b, c, d| {
        let is = |sign: &[u8; 4]| (a == sign[0]) & (b == sign[1]) & (c == sign[2]) & (d == sign[3]);
        is(b"lett") | is(b"bull") | is(b"-mai") | is(b"cook") | is(b"race")
    })
}

/// Lines of buttons: most of the words are ways of sharing.
fn is_sharing(line: &str) -> bool {
    /// So many words that are no buttons: a sentence.
    const SENTENCE: usize = 8;
    let mut buttons = 0;
    let mut others = 0;
    for word in words_of_plain(line) {
        if is_button(word) {
            buttons += 1;
        } else if !is_small(word) {
            others += 1;
            if others > buttons + SENTENCE {
                return false;
            }
        }
    }
    (buttons >= 2 && buttons >= 2 * others)
        || (buttons == 1 && others == 0 && line.starts_with("partage") && line != "partage")
}

// Not lists: of these the compiler makes a look at the length and one at the bytes.

/// Tells whether a word stands on buttons that share.
fn is_button(word: &str) -> bool {
    matches!(
        word,
        "partager"
            | "partagez"
            | "partage"
            | "tweeter"
            | "facebook"
            | "twitter"
            | "x"
            | "whatsapp"
            | "linkedin"
            | "pinterest"
            | "telegram"
            | "messenger"
            | "reddit"
            | "instagram"
            | "youtube"
            | "tiktok"
            | "bluesky"
            | "mastodon"
            | "flipboard"
            | "imprimer"
            | "envoyer"
            | "copier"
            | "lien"
            | "mail"
            | "email"
            | "e-mail"
            | "sms"
            | "enregistrer"
            | "favoris"
            | "commenter"
            | "écouter"
            | "offrir"
    )
}

/// Tells whether a word is one of those between the words of buttons.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "sur"
            | "par"
            | "le"
            | "la"
            | "l'article"
            | "cet"
            | "article"
            | "maintenant"
            | "à"
            | "un"
            | "ami"
            | "via"
            | "et"
            | "ou"
    )
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
    let reading =
        line.starts_with("temps de lecture") || line.starts_with("lecture :") || line.ends_with("min de lecture");
    (figures && counted()) || (reading && at_most(8)) || is_dated(line)
}

/// "Publié le 3 mai 2024 à 8 h 12 par Untel": when the page was written, not "Publié le 3 mai, le décret fixe les prix."
fn is_dated(line: &str) -> bool {
    /// Words beside those of dates: names, mostly.
    const OTHERS: usize = 6;
    let stamps = ["publié le", "publiée le", "mis à jour", "mise à jour", "modifié le", "dernière mise à jour"];
    let Some(rest) = stamps.iter().find_map(|stamp| line.strip_prefix(stamp)) else { return false };
    let is_date = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || is_of_dates(word);
    let begins =
        words_of_plain(rest).find(|word| !matches!(*word, "le" | "du" | "il" | "y" | "a")).is_some_and(is_date);
    let others = words_of_plain(rest).filter(|word| !is_date(word)).take(OTHERS).count();
    // Names follow `par`.
    let is_sentence = line.ends_with('.') && others > 2 && !words_of_plain(rest).any(|word| word == "par");
    begins && line.contains(|c: char| c.is_ascii_digit()) && others < OTHERS && !is_sentence
}

/// Tells whether a word is one of those of a stamp.
fn is_of_dates(word: &str) -> bool {
    matches!(
        word,
        "janvier"
            | "février"
            | "mars"
            | "avril"
            | "mai"
            | "juin"
            | "juillet"
            | "août"
            | "septembre"
            | "octobre"
            | "novembre"
            | "décembre"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
            | "à"
            | "h"
            | "min"
            | "le"
            | "par"
            | "et"
            | "heures"
            | "mis"
            | "mise"
            | "modifié"
            | "jour"
            | "publié"
            | "lecture"
    )
}

/// At least two hashtags, and little else.
fn is_hashtags(text: &str) -> bool {
    if !text.contains('#') {
        return false;
    }
    let count = text.split_whitespace().count();
    let tags = text.split_whitespace().filter(|word| word.len() > 1 && word.starts_with('#')).count();
    tags >= 2 && tags * 2 > count
}

/// "Accueil > Culture > Livres", without a stop at the end.
fn is_breadcrumb(text: &str) -> bool {
    // The last bytes of these signs, which few other letters end with.
    let may_separate = |byte: u8| matches!(byte, b'>' | b'/' | b'|' | 0xba | 0xbb | 0x92);
    if text.ends_with(['.', '!', '?', '…']) || !text.bytes().fold(false, |any, byte| any | may_separate(byte)) {
        return false;
    }
    let separators = text.split_whitespace().filter(|word| matches!(*word, ">" | "›" | "»" | "/" | "|" | "→")).count();
    let balanced = text.contains('«');
    // "Nantes | 323 204 | + 1,3 %" is a row of a table.
    let is_row =
        text.contains('|') && text.split_whitespace().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    separators >= 2 && !balanced && !is_row && words(text).count() <= 4 * (separators + 1)
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

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().map(bare).filter(|word| !word.is_empty())
}
