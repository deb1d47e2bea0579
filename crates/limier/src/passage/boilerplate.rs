//! Lines that a page carries and that its author did not write: menus, sharing, newsletters, cookies, counters.
//!
//! The detector here looks at the form of a block alone: its length, its marks, and formulas that French pages share. It
//! is honest about what that can do: a long paragraph is never boilerplate to it, whatever it says, and a line of
//! advertising that reads as a sentence goes unseen. Whoever knows more of the page (the reader of HTML, the lines that
//! recur in a whole collection) can put another detector in its place.

use std::ops::Range;

use super::bytes::words;
use super::formulas::is_formula;
use super::sentences::floor;

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
    let signs = lines.iter().filter(is_sign).take(PAGE_SIGNS).count();
    // How many lines in a row are alike, for each of them.
    let in_run_of = |least: usize, is_alike: &dyn Fn(&Line) -> bool| -> Vec<bool> {
        let runs = lines.chunk_by(|a, b| is_alike(a) == is_alike(b));
        runs.flat_map(|run| run.iter().map(|line| is_alike(line) && run.len() >= least)).collect()
    };
    let menus = in_run_of(MENU_REACH, &|line| line.is_entry);
    let links = in_run_of(LINK_RUN, &|line| line.is_link || line.is_formula);
    let of_page = lines.iter().zip(menus.iter().zip(&links)).filter(|(line, (in_menu, in_links))| {
        line.is_formula
            || (signs >= MENU_SIGNS && line.is_entry && **in_menu)
            || (signs >= PAGE_SIGNS && line.is_link && **in_links)
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
    run >= MENU_REACH && comes_from_page(body, block, MENU_SIGNS)
}

/// One to three words with a capital, no mark: an entry of a menu, not a verse, an item or a row of figures.
fn is_entry(line: &str) -> bool {
    let short = line.len() <= 32 && words(line).nth(3).is_none();
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
/// So many show it where it also has what looks like a menu: elsewhere such lines are names, verses, or what a dish takes.
const MENU_SIGNS: usize = 1;
/// Signs of a page are sought in so many lines at the beginning of a text, at its end, and around the line: a bound on what
/// each line of a long list costs.
const SIGNS_LINES: usize = 60;
/// And in so many bytes: lines may be long.
const SIGNS_BYTES: usize = 1 << 14;
/// No line of fewer bytes is a sign of a page.
const SIGN_BYTES: usize = 5;

/// A headline or a label in a run of them, in a text that was taken from a page: titles of other articles, rubrics.
///
/// In a text without any sign of a page such lines are the author's: verses, a list, a table of contents.
fn is_among_links(body: &str, block: &Range<usize>, text: &str) -> bool {
    if !is_link_or_figures(text) {
        return false;
    }
    let is_in_run = |line: &&str| is_link_or_figures(line) || (line.len() <= LONGEST && is_formula(line));
    let before =
        body.get(..block.start).unwrap_or_default().rsplit('\n').map(str::trim).filter(|line| !line.is_empty());
    let after = body.get(block.end..).unwrap_or_default().split('\n').map(str::trim).filter(|line| !line.is_empty());
    let run = 1
        + before.take(LINK_REACH).take_while(is_in_run).count()
        + after.take(LINK_REACH).take_while(is_in_run).count();
    run >= LINK_RUN && comes_from_page(body, block, PAGE_SIGNS)
}

/// A short line that does not end as a sentence does, and begins as a title does or with the time of a news item; few
/// words; or hardly anything but figures. An item of a numbered list is neither.
fn is_link_or_figures(line: &str) -> bool {
    if line.len() > 160 || (line.ends_with(['.', ',', ';', ':']) && !line.ends_with("...")) {
        return false;
    }
    let begins_as_title = line.starts_with(|c: char| c.is_uppercase() || "«\"“".contains(c));
    let is_short = words(line).nth(3).is_none() && !line.starts_with(['-', '–', '•', '*']);
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
fn comes_from_page(body: &str, block: &Range<usize>, least: usize) -> bool {
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
    signs.take(least).count() == least
}

/// Returns where the first `count` lines of a text end, in bytes, if not too far.
fn end_of_lines(text: &str, count: usize) -> usize {
    let near = text.get(..floor(text, SIGNS_BYTES)).unwrap_or_default();
    near.split_inclusive('\n').take(count).map(str::len).sum()
}

/// Returns where the last `count` lines of a text begin, in bytes, if not too far.
fn start_of_lines(text: &str, count: usize) -> usize {
    let near = text.get(floor(text, text.len().saturating_sub(SIGNS_BYTES))..).unwrap_or_default();
    text.len() - near.split_inclusive('\n').rev().take(count).map(str::len).sum::<usize>()
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
    fn a_sentence_or_a_heading_may_begin_as_a_page_does() {
        for line in [
            "Connectez-vous à votre espace personnel sur le portail des impôts pour déclarer vos revenus.",
            "Créer un compte demande votre numéro fiscal et votre dernier avis d'imposition.",
            "Il vous reste trois semaines pour faire appel du jugement.",
            "Politique de confidentialité : ce qu'elle doit contenir",
            "Mentions légales obligatoires sur une facture",
            "Publicité mensongère",
            "Conditions générales de vente : le commerçant les remet avant le contrat",
            "S'identifier avec sa carte évite de retenir un mot de passe.",
            "Nous contacter par courrier recommandé reste possible jusqu'au 30 juin.",
            "Découvrez aussi comment contester une amende devant le tribunal.",
            "Inscrivez-vous à la mairie avant le 12 mai.",
            "S'abonner à la médiathèque coûte 12 euros par an.",
            "L'inscription se fait par e-mail avant le 3 mai.",
            "L'éditeur doit laisser accepter ou refuser les cookies en un clic.",
            "Le salarié doit recevoir une lettre d'information.",
            "Publié le 3 mai 2024, le décret fixe les conditions des aides.",
            "Mise à jour du règlement intérieur de 2019",
            "Partage",
        ] {
            assert!(!judge(line), "{line:?} should be the author's");
        }
        for line in [
            "Connectez-vous pour laisser un commentaire",
            "Déjà abonné ? Connectez-vous",
            "Créer un compte gratuitement",
            "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.",
            "Politique de confidentialité du site",
            "Mentions légales - CGU - Contact",
            "Publicité",
            "Conditions générales d'utilisation",
            "S'identifier avec Google",
            "Nous contacter : redaction@exemple.fr",
            "Découvrez aussi La crue en images",
            "Abonnez-vous pour lire la suite.",
            "Inscrivez-vous à l'infolettre du matin.",
            "Tout accepter - Paramétrer les cookies",
            "Mise à jour du 3 mai 2024",
            "Mis à jour le 3 mai 2024 à 8 h 12 par Marc de La Tour (AFP).",
        ] {
            assert!(judge(line), "{line:?} should be boilerplate");
        }
    }

    #[test]
    fn names_verses_and_ingredients_are_no_menu() {
        for list in [
            "Le maire de Tulle\n\nPrésents\nMarie Dupont\nJean Martin\nLuc Petit\nAnne Leroy",
            "Ce soir\n\nPasse un nuage\nSur les collines\nMon cœur\nEn attente",
            "Il faut\n\nBeurre\nFarine\nSucre\nCannelle\n\nMélanger le tout.",
        ] {
            let at = list.rfind('\n').unwrap() + 1;
            assert!(
                list.lines().all(|line| line.is_empty()
                    || !{
                        let start = list.find(line).unwrap();
                        ByForm.is_boilerplate(list, start..start + line.len())
                    }),
                "{list} {at}"
            );
        }
    }

    #[test]
    fn a_line_of_megabytes_is_not_read_for_each_line_of_a_menu() {
        let menu = "Vélo Rouge\n".repeat(5_000);
        let page = format!("12 commentaires\n{menu}{}", "mot ".repeat(1 << 20));
        let started = std::time::Instant::now();
        for line in 0..5_000 {
            let start = "12 commentaires\n".len() + line * "Vélo Rouge\n".len();
            assert!(ByForm.is_boilerplate(&page, start..start + "Vélo Rouge".len()), "line {line}");
        }
        // Twenty thousand million bytes would take many seconds.
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
        let around = "Une phrase de la page, qui est longue. ".repeat(10);
        let links = format!("À lire aussi : {around}\nLa crue monte\nLe pont ferme\nLe train revient\nUn maire part\n");
        assert!(!ByForm.is_boilerplate(&links, links.find("Le pont").unwrap()..links.find("\nLe train").unwrap()));
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
        let body =
            "Politique\nCulture\nLivres\nSport\n\nLe maire parle.\n\nLivres\n\nIl parle encore.\n\n12 commentaires";
        let alone = body.rfind("Livres").unwrap();
        let listed = body.find("Livres").unwrap();
        assert!(ByForm.is_boilerplate(body, listed..listed + 6));
        assert!(!ByForm.is_boilerplate(body, alone..alone + 6));
    }
}
