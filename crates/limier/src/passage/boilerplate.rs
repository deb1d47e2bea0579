//! Lines that a page carries and that its author did not write: menus, sharing, newsletters, cookies, counters.
//!
//! The detector here looks at the form of a block alone: its length, its marks, and formulas that French pages share. It
//! is honest about what that can do: a long paragraph is never boilerplate to it, whatever it says, and a line of
//! advertising that reads as a sentence goes unseen. Whoever knows more of the page (the reader of HTML, the lines that
//! recur in a whole collection) can put another detector in its place.

use std::ops::Range;

use super::bytes::{any_four, position};

/// Tells what is boilerplate in a body: the seam for other detectors.
pub trait Boilerplate: Send + Sync {
    /// Tells whether a block of `body`, a paragraph or a line, is none of the author's words.
    ///
    /// `block` is a byte range on character boundaries without white space at its ends. Called only for blocks that hold a
    /// match, and for the first ones of an article whose beginning is shown.
    fn is_boilerplate(&self, body: &str, block: Range<usize>) -> bool;
}

/// Detects boilerplate by its form alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ByForm;

/// Blocks longer than this, in bytes, are paragraphs.
const LONGEST: usize = 280;
/// Lines looked at on either side of a line that may belong to a menu.
const MENU_REACH: usize = 4;

impl Boilerplate for ByForm {
    fn is_boilerplate(&self, body: &str, block: Range<usize>) -> bool {
        let Some(text) = body.get(block.clone()) else { return false };
        if text.len() > LONGEST {
            return false;
        }
        is_formula(text) || is_menu(body, &block, text) || is_among_links(body, &block, text)
    }
}

/// Returns the lines of a whole text that are none of its author's words, by their form: byte ranges, ascending, of lines
/// without the blanks around them. In time linear in the text.
#[cfg(feature = "files")]
pub(crate) fn lines_of_page(body: &str) -> Vec<Range<usize>> {
    struct Line {
        range: Range<usize>,
        is_formula: bool,
        is_entry: bool,
        is_link: bool,
    }
    let mut lines = Vec::new();
    for (at, text) in written_lines(body) {
        let is_short = text.len() <= LONGEST;
        lines.push(Line {
            range: at..at + text.len(),
            is_formula: is_short && is_formula(text),
            is_entry: is_short && is_entry(text),
            is_link: is_short && is_link_or_figures(text),
        });
    }
    let is_sign = |line: &&Line| line.is_formula && line.range.len() >= SIGN_BYTES;
    let is_page = lines.iter().filter(is_sign).take(PAGE_SIGNS).count() == PAGE_SIGNS;
    // How many lines in a row are alike, for each of them.
    let in_run_of = |least: usize, is_alike: &dyn Fn(&Line) -> bool| -> Vec<bool> {
        let runs = lines.chunk_by(|a, b| is_alike(a) == is_alike(b));
        runs.flat_map(|run| run.iter().map(|line| is_alike(line) && run.len() >= least)).collect()
    };
    let menus = in_run_of(MENU_REACH, &|line| line.is_entry);
    let links = in_run_of(LINK_RUN, &|line| line.is_link || line.is_formula);
    let of_page = lines.iter().zip(menus.iter().zip(&links)).filter(|(line, (in_menu, in_links))| {
        line.is_formula || (line.is_entry && **in_menu) || (is_page && line.is_link && **in_links)
    });
    of_page.map(|(line, _)| line.range.clone()).collect()
}

/// The lines of a text that are not blank, without the blanks around them, and where each begins, in bytes.
#[cfg(feature = "files")]
pub(crate) fn written_lines(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let lines = body.split_inclusive('\n').map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        (at, line.trim())
    });
    lines.filter(|(_, text)| !text.is_empty())
}

/// Tells whether a line is none of the author's by what it says.
fn is_formula(text: &str) -> bool {
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

/// Lines that send the reader elsewhere or belong to the page: they are known by how they begin.
fn begins_with_formula(line: &str) -> bool {
    const ELSEWHERE: &[&str] = &[
        "à lire aussi",
        "a lire aussi",
        "lire aussi",
        "lire également",
        "à lire également",
        "à lire :",
        "à lire sur",
        "voir aussi",
        "à voir aussi",
        "voir également",
        "à écouter aussi",
        "à découvrir aussi",
        "à découvrir :",
        "découvrez aussi",
        "lire la suite",
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
        "contenus sponsorisés",
        "contenu sponsorisé",
        "vous aimerez aussi",
        "cela pourrait vous intéresser",
        "ça peut vous intéresser",
        "pour aller plus loin :",
        "la suite après cette publicité",
        "la suite après la publicité",
        "publicité",
        "passer la publicité",
        "article réservé aux abonnés",
        "cet article est réservé aux abonnés",
        "il vous reste",
        "déjà abonné",
        "connectez-vous",
        "se connecter",
        "s'identifier",
        "créer un compte",
        "laisser un commentaire",
        "publiez votre avis",
        "ajouter un commentaire",
        "réagir à cet article",
        "soyez le premier à commenter",
        "signaler un contenu",
        "retour à l'accueil",
        "retour en haut",
        "aller au contenu",
        "tous droits réservés",
        "mentions légales",
        "conditions générales",
        "politique de confidentialité",
        "plan du site",
        "nous contacter",
        "crédit photo",
        "crédits photo",
        "© ",
        "copyright",
        "suivez-nous",
        "nous suivre",
        "ça vous a plu",
        "cet article vous a plu",
        "google news",
        "suivez l'actualité",
    ];
    let first = line.bytes().next();
    ELSEWHERE.iter().any(|formula| formula.bytes().next() == first && line.starts_with(formula))
}

/// Newsletter boxes and questions about cookies.
fn is_invitation(line: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    // Of each pair the rarer question is asked first: lines of an author mostly fail it.
    let letter =
        || has(&["newsletter", "infolettre", "lettre d'information", "notre lettre", "bulletin gratuit", "par e-mail"]);
    let invites =
        || has(&["inscri", "abonn", "recevez", "recevoir", "désabonn", "désinscri", "adresse e-mail", "votre e-mail"]);
    let cookies = || has(&["cookie", "traceurs"]);
    let consents = || {
        has(&[
            "accepter",
            "acceptez",
            "refuser",
            "refusez",
            "utilisons",
            "site utilise",
            "paramétr",
            "personnalis",
            "préférences",
        ])
    };
    begins(&["abonnez-vous", "inscrivez-vous", "s'abonner"])
        || (may_invite(line) && ((letter() && invites()) || (cookies() && consents())))
}

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
    (buttons >= 2 && buttons >= 2 * others) || (buttons == 1 && others == 0 && line.starts_with("partage"))
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
    let at_most = |count| words(line).nth(count).is_none();
    let counted = || at_most(4) && words(line).any(|word| COUNTED.contains(&word));
    let reading =
        line.starts_with("temps de lecture") || line.starts_with("lecture :") || line.ends_with("min de lecture");
    let dated = ["publié le", "publiée le", "mis à jour", "mise à jour", "modifié le", "dernière mise à jour"];
    let stamp = dated.iter().any(|formula| line.starts_with(formula));
    (figures && counted())
        || (reading && at_most(8))
        || (stamp && at_most(18) && line.contains(|c: char| c.is_ascii_digit()))
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

/// A short line without a stop in a run of at least four of them: rubrics, tags, links.
fn is_menu(body: &str, block: &Range<usize>, text: &str) -> bool {
    if !is_entry(text) {
        return false;
    }
    let before = body[..block.start].rsplit('\n').map(str::trim).filter(|line| !line.is_empty());
    let after = body[block.end..].split('\n').map(str::trim).filter(|line| !line.is_empty());
    let run = 1
        + before.take(MENU_REACH).take_while(|line| is_entry(line)).count()
        + after.take(MENU_REACH).take_while(|line| is_entry(line)).count();
    run >= MENU_REACH
}

/// One to three words with a capital, no mark: an entry of a menu, not a verse, an item or a row of figures.
fn is_entry(line: &str) -> bool {
    let short = line.len() <= 32 && line.split_whitespace().count() <= 3;
    short
        && line.chars().next().is_some_and(char::is_uppercase)
        && line.ends_with(char::is_alphabetic)
        && !line.contains([',', ':', ';', '«'])
}

/// Lines looked at on either side of a line that may be a link.
const LINK_REACH: usize = 8;
/// So many lines in a row that read as links are no lines of an author.
const LINK_RUN: usize = 5;
/// So many lines of a text that say they belong to a page show that it was taken from one.
const PAGE_SIGNS: usize = 3;
/// Signs of a page are sought in so many lines at the beginning of a text, at its end, and around the line: a bound on what
/// each line of a long list costs.
const SIGNS_LINES: usize = 60;
/// No line of fewer bytes is a sign of a page.
const SIGN_BYTES: usize = 5;

/// A headline or a label in a run of them, in a text that was taken from a page: titles of other articles, rubrics.
///
/// In a text without any sign of a page such lines are the author's: verses, a list, a table of contents.
fn is_among_links(body: &str, block: &Range<usize>, text: &str) -> bool {
    if !is_link_or_figures(text) {
        return false;
    }
    let is_in_run = |line: &&str| is_link_or_figures(line) || is_formula(line);
    let before =
        body.get(..block.start).unwrap_or_default().rsplit('\n').map(str::trim).filter(|line| !line.is_empty());
    let after = body.get(block.end..).unwrap_or_default().split('\n').map(str::trim).filter(|line| !line.is_empty());
    let run = 1
        + before.take(LINK_REACH).take_while(is_in_run).count()
        + after.take(LINK_REACH).take_while(is_in_run).count();
    run >= LINK_RUN && comes_from_page(body, block)
}

/// A short line that does not end as a sentence does, and begins as a title does or with the time of a news item; few
/// words; or hardly anything but figures. An item of a numbered list is neither.
fn is_link_or_figures(line: &str) -> bool {
    if line.len() > 160 || (line.ends_with(['.', ',', ';', ':']) && !line.ends_with("...")) {
        return false;
    }
    let begins_as_title = line.starts_with(|c: char| c.is_uppercase() || "«\"“".contains(c));
    let is_short = line.split_whitespace().count() <= 3 && !line.starts_with(['-', '–', '•', '*']);
    begins_as_title || is_short || begins_with_time(line)
}

/// `13:27 Un maire démissionne`, `13h27`.
fn begins_with_time(line: &str) -> bool {
    let hours = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let minutes = hours.strip_prefix([':', 'h', 'H']);
    (1..=2).contains(&(line.len() - hours.len()))
        && minutes.is_some_and(|minutes| minutes.bytes().take(2).filter(u8::is_ascii_digit).count() == 2)
}

/// Tells whether a text shows signs of the page that it was taken from.
fn comes_from_page(body: &str, block: &Range<usize>) -> bool {
    // Each line is asked once, in however many of these parts of the text it lies.
    let first = end_of_lines(body, SIGNS_LINES);
    let last = first + start_of_lines(body.get(first..).unwrap_or_default(), SIGNS_LINES);
    let around = {
        let before = start_of_lines(body.get(..block.start).unwrap_or_default(), SIGNS_LINES / 2);
        let after = block.end + end_of_lines(body.get(block.end..).unwrap_or_default(), SIGNS_LINES / 2);
        before.clamp(first, last)..after.clamp(first, last)
    };
    let parts = [0..first, around, last..body.len()].map(|part| body.get(part).unwrap_or_default());
    let lines = parts.iter().flat_map(|part| part.split('\n')).map(str::trim);
    let signs = lines.filter(|line| (SIGN_BYTES..=LONGEST).contains(&line.len()) && is_formula(line));
    signs.take(PAGE_SIGNS).count() == PAGE_SIGNS
}

/// Returns where the first `count` lines of a text end, in bytes.
fn end_of_lines(text: &str, count: usize) -> usize {
    text.split_inclusive('\n').take(count).map(str::len).sum()
}

/// Returns where the last `count` lines of a text begin, in bytes.
fn start_of_lines(text: &str, count: usize) -> usize {
    text.len() - text.split_inclusive('\n').rev().take(count).map(str::len).sum::<usize>()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(line: &str) -> bool {
        ByForm.is_boilerplate(line, 0..line.len())
    }

    #[test]
    fn what_pages_carry_is_told_from_what_authors_write() {
        for line in [
            "À lire aussi : La crue en images",
            "Partager sur Facebook Tweeter WhatsApp",
            "Partagez maintenant.",
            "Inscrivez-vous à notre newsletter du matin",
            "Recevez chaque matin notre lettre d’information : inscription gratuite",
            "Nous utilisons des cookies pour mesurer l’audience. Accepter ou refuser",
            "12 commentaires",
            "1,2 k partages",
            "Temps de lecture : 3 min",
            "Publié le 3 mai 2024 à 8 h 12, mis à jour à 10 h",
            "#crue #Vernelle #météo",
            "Accueil > Culture > Livres",
            "© 2024 Le Courrier, tous droits réservés",
        ] {
            assert!(judge(line), "{line:?} should be boilerplate");
        }
        for line in [
            "Le ministre veut interdire les cookies sans consentement dès janvier.",
            "Ils ont partagé le pain.",
            "Elle a lu 12 commentaires avant de répondre au journaliste.",
            "Les lecteurs de notre journal ont reçu la lettre du maire.",
            "Trois mots seuls",
        ] {
            assert!(!judge(line), "{line:?} should be the author's");
        }
    }

    #[test]
    #[cfg(feature = "files")]
    fn all_lines_of_a_page_are_judged_as_each_is() {
        let page = "Accueil > Région\nÀ la une\nSport\nCulture\nMétéo\n\nLe maire parle, et personne ne l'écoute.\n\
                    \n  Partager sur Facebook\n12 commentaires\nTemps de lecture : 3 min\nLa crue monte\nLe pont ferme\n\
                    Il pleut sur la ville depuis trois jours.";
        let of_page: Vec<&str> = lines_of_page(page).into_iter().map(|range| &page[range]).collect();
        assert!(of_page.contains(&"Sport") && of_page.contains(&"Partager sur Facebook"), "{of_page:?}");
        assert!(of_page.contains(&"La crue monte"), "a link among others: {of_page:?}");
        for own in ["Le maire parle, et personne ne l'écoute.", "Il pleut sur la ville depuis trois jours."] {
            assert!(!of_page.contains(&own), "{own}");
        }
        let mut at = 0;
        for line in page.split('\n') {
            let text = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            let judged = !text.is_empty() && ByForm.is_boilerplate(page, start..start + text.len());
            assert_eq!(judged, of_page.contains(&text), "{text:?}");
            at += line.len() + 1;
        }
    }

    #[test]
    fn headlines_in_a_row_are_links_in_a_page_alone() {
        let headlines = "Le péage du pont ne baissera pas cette année\nCrue : les écluses rouvrent\n3 mai 2024\n\
                         Un maire démissionne\nLa foire aux oignons change de place\nLe train de nuit revient\n";
        let page = format!("Partager sur Facebook\n12 commentaires\n\nLe maire parle.\n\n{headlines}\nÀ lire aussi\n");
        let judge = |body: &str, line: &str| {
            let at = body.find(line).unwrap();
            ByForm.is_boilerplate(body, at..at + line.len())
        };
        assert!(judge(&page, "Crue : les écluses rouvrent"));
        assert!(!judge(&page, "Le maire parle."));
        assert!(!judge(headlines, "Crue : les écluses rouvrent"), "without a sign of a page");
        let one = "Le péage baisse\nCrue : les écluses rouvrent\nUn maire démissionne\nLe train revient\nPartager sur \
                   Facebook\nLa foire change de place";
        assert!(!judge(one, "Crue : les écluses rouvrent"), "one sign is one, wherever it is seen from");
        let heading =
            "Partager sur Facebook\n12 commentaires\nÀ lire aussi\n\nIl parle.\n\nUn moteur refait\n\nElle rit.";
        assert!(!judge(heading, "Un moteur refait"), "alone between paragraphs");
    }

    #[test]
    fn short_lines_are_a_menu_only_in_company() {
        let body = "Politique\nCulture\nLivres\nSport\n\nLe maire parle.\n\nLivres\n\nIl parle encore.";
        let alone = body.rfind("Livres").unwrap();
        let listed = body.find("Livres").unwrap();
        assert!(ByForm.is_boilerplate(body, listed..listed + 6));
        assert!(!ByForm.is_boilerplate(body, alone..alone + 6));
    }
}
