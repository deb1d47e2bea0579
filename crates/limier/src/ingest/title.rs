//! The line of a text that reads as its title.
//!
//! Pages that were copied or scraped begin with anything: the way to the page, the date, counters, the author, the name
//! of the site. The title is sought among the lines before the first paragraph, since none stands after it.

use std::collections::HashSet;
use std::ops::Range;

use super::noise::{self, fold};
pub(super) use crate::article::one_line;

/// Lines beyond this many that are not blank are not looked at.
const HEAD_LINES: usize = 40;

/// A longer text, in characters, is a paragraph.
const TITLE_CHARS: usize = 200;

/// A text of more words is a paragraph.
const TITLE_WORDS: usize = 32;

/// A line that ends with a full stop is a sentence, not a title, from this many words on.
const SENTENCE_WORDS: usize = 3;

/// After so many lines that could be titles, none of the next is the title.
const CANDIDATES: usize = 5;

/// Returns where in `text` its title stands, or `None` when no line reads as one.
///
/// `name` is the file's name without extension: a short line that says the same is preferred. The range covers several
/// lines where the title was wrapped, and leaves out a mark such as `# ` or `Titre :` before it.
pub(super) fn find(text: &str, name: &str) -> Option<Range<usize>> {
    let units = units(text);
    if let Some(title) = named_by_body(text, &units) {
        return Some(title);
    }
    let mut candidates: Vec<&Unit> = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        match unit.form {
            Form::Blank | Form::Noise => continue,
            Form::Paragraph => break,
            Form::Weak | Form::Strong => {}
        }
        // Two lines that could both be titles are a title and what is under it, or lines of something else.
        let is_strong = |other: Option<&Unit>| other.is_some_and(|unit| unit.form == Form::Strong);
        let is_alone =
            !is_strong(i.checked_sub(1).and_then(|before| units.get(before))) && !is_strong(units.get(i + 1));
        let line = text.get(unit.range.clone()).unwrap_or_default();
        if is_alone && (unit.form == Form::Strong || says_the_name(line, name)) {
            return Some(unit.range.clone());
        }
        candidates.push(unit);
        if candidates.len() == CANDIDATES {
            break;
        }
    }
    let strong = candidates.iter().find(|unit| unit.form == Form::Strong);
    // A heading such as METEO says less than what follows it.
    let says_more = |unit: &&&Unit| !is_heading(text.get(unit.range.clone()).unwrap_or_default());
    let best = strong.or_else(|| candidates.iter().find(says_more)).or(candidates.first());
    best.map(|unit| unit.range.clone())
}

/// A text is a whole page where so many of its first lines stand before any paragraph.
const PAGE_LINES: usize = 12;

/// The title of a page is sought among so many lines.
const PAGE_HEAD_LINES: usize = 400;

/// Lines of at least so many bytes that end as sentences do are paragraphs of a page.
const PAGE_PARAGRAPH_BYTES: usize = 150;

/// The share of a title's words that the paragraphs under it have, at least.
const NAMED: f32 = 0.5;

/// A title is preferred among so many lines before the text, by so much.
const NEAR_LINES: usize = 12;
const NEAR: f32 = 0.3;

/// Returns the title of a page that was taken with all its menus: among the many lines before the article, the one whose
/// words the article has most.
fn named_by_body(text: &str, units: &[Unit]) -> Option<Range<usize>> {
    let is_short = |unit: &&Unit| matches!(unit.form, Form::Noise | Form::Weak | Form::Strong);
    let before = units.iter().take_while(|unit| unit.form != Form::Paragraph).filter(is_short).count();
    if before < PAGE_LINES {
        return None;
    }
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            lines.push(at..at + trimmed.len());
        }
        start += line.len();
        if lines.len() >= PAGE_HEAD_LINES {
            break;
        }
    }
    let line = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let is_paragraph = |range: &Range<usize>| range.len() >= PAGE_PARAGRAPH_BYTES && ends_a_sentence(line(range));
    let follows = |at: usize| lines.iter().skip(at + 1).take(3).any(is_paragraph);
    let paragraph = |(at, range): (usize, &Range<usize>)| is_paragraph(range) && follows(at);
    let first = lines.iter().enumerate().position(paragraph)?;
    let said: HashSet<String> =
        lines.iter().skip(first).filter(|range| is_paragraph(range)).flat_map(|range| words(line(range))).collect();
    let mut best: Option<(f32, Range<usize>)> = None;
    for (at, range) in lines.iter().enumerate().take(first) {
        let own: HashSet<String> = words(line(range)).collect();
        if own.len() < 3 || !matches!(form(line(range)), Form::Weak | Form::Strong) {
            continue;
        }
        let named = own.intersection(&said).count() as f32;
        // Of two that are named alike, the longer says more; and a title stands near its text.
        let is_near = first - at <= NEAR_LINES;
        let score = named / own.len() as f32 + named / 40.0 + if is_near { NEAR } else { 0.0 };
        let is_named = named / own.len() as f32 >= NAMED;
        if is_named && best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, range.clone()));
        }
    }
    best.map(|(_, range)| range)
}

/// Words of four letters or more, folded, cut to six: near enough to a lemma for counting.
fn words(line: &str) -> impl Iterator<Item = String> {
    let folded = fold(line);
    let long: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(|word| word.chars().take(6).collect())
        .collect();
    long.into_iter()
}

/// Tells whether two lines are the same title, apart from case, accents, punctuation and spaces.
pub(super) fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(a) == letters(b)
}

struct Unit {
    range: Range<usize>,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Blank,
    /// What surrounds articles on pages: dates, counters, bylines, menus.
    Noise,
    /// Running text: the head of the article ends here.
    Paragraph,
    /// Could be a title, where nothing better stands: a name, a label, a short sentence.
    Weak,
    /// Reads as a title.
    Strong,
}

/// Splits the head of a text, up to its first paragraph, into lines, wrapped lines joined.
fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut start = 0;
    let mut open_line = false;
    let mut filled = 0;
    let judge = |unit: Option<&mut Unit>| {
        unit.is_some_and(|unit| {
            *unit = judged(text, unit.range.clone());
            unit.form == Form::Paragraph
        })
    };
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let trimmed = line.trim();
        let first_letter = trimmed.chars().next();
        let may_continue = open_line && first_letter.is_some_and(char::is_lowercase);
        let may_open = !trimmed.is_empty() && !ends_a_sentence(trimmed);
        let is_text = (may_continue || may_open) && !noise::is_noise(trimmed);
        match units.last_mut() {
            Some(unit) if may_continue && is_text => unit.range.end = end,
            last => {
                // What comes after a paragraph is no title.
                if judge(last) {
                    return units;
                }
                units.push(Unit { range: start..end, form: Form::Blank });
            }
        }
        open_line = may_open && is_text;
        start += line.len();
        filled += usize::from(!trimmed.is_empty());
        // A paragraph of wrapped lines is read to its end: its first line alone might pass for a title.
        if filled >= HEAD_LINES {
            break;
        }
    }
    judge(units.last_mut());
    units
}

fn judged(text: &str, range: Range<usize>) -> Unit {
    let range = without_marks(text, range);
    let line = text.get(range.clone()).unwrap_or_default();
    Unit { form: form(line), range }
}

/// Leaves out blanks around a line, and a mark or label of a title before it.
fn without_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).unwrap_or_default();
    let trimmed = line.trim();
    let start = range.start + (line.len() - line.trim_start().len());
    let end = start + trimmed.len();
    let mut rest = trimmed;
    let unmarked = rest.trim_start_matches('#');
    if unmarked.len() < rest.len() && unmarked.starts_with(' ') {
        rest = unmarked.trim_start();
    }
    for label in ["Titre", "TITRE", "Title"] {
        if let Some(value) = rest.strip_prefix(label).map(str::trim_start).and_then(|rest| rest.strip_prefix(':')) {
            rest = value.trim_start();
        }
    }
    if rest.is_empty() { start..end } else { end - rest.len()..end }
}

fn form(line: &str) -> Form {
    if line.is_empty() {
        return Form::Blank;
    }
    if noise::is_noise(line) {
        return Form::Noise;
    }
    let chars = line.chars().count();
    let words = line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    // A title wrapped over more lines is rarer than verse.
    let is_verse = line.matches('\n').count() > 1 || line.ends_with([',', ';']);
    let is_sentence = line.ends_with('.') && !line.ends_with("...");
    if chars > TITLE_CHARS || words > TITLE_WORDS || is_verse || (is_sentence && words >= SENTENCE_WORDS) {
        return Form::Paragraph;
    }
    let is_name = words <= 3 || (words <= 5 && !line.chars().any(char::is_lowercase));
    if is_name || noise::is_letterhead(line) || is_sentence || line.ends_with(':') { Form::Weak } else { Form::Strong }
}

/// Tells whether a line is one or two words in capitals.
fn is_heading(line: &str) -> bool {
    line.split_whitespace().count() <= 2 && !line.chars().any(char::is_lowercase)
}

fn ends_a_sentence(line: &str) -> bool {
    let line = line.trim_end_matches([' ', '\u{a0}', '\u{202f}', '»', '"', '”', ')']);
    line.ends_with(['.', '!', '?', '…'])
}

/// Tells whether a line has the same letters as the file's name, or begins or ends it (`2024-05-03-le-lavoir`).
fn says_the_name(line: &str, name: &str) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (line, name) = (letters(line), letters(name));
    line.len() >= 4 && (name.starts_with(&line) || name.ends_with(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<String> {
        find(text, "x17").map(|range| one_line(&text[range]))
    }

    const PARAGRAPH: &str = "Le conseil municipal a voté mardi soir la fermeture du pont aux véhicules lourds. La mesure \
        prendra effet au printemps, le temps que les services du département posent les panneaux et ouvrent la déviation.";

    /// The manners of pages, and the title of each.
    #[test]
    fn the_title_is_found_among_what_pages_put_before_it() {
        let golden: &[(&str, Option<&str>)] = &[
            // Nothing before it.
            ("Le pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("Le pont fermé aux poids lourds\n¶\n¶", Some("Le pont fermé aux poids lourds")),
            ("\n\n  Le pont fermé aux poids lourds  \n\n¶", Some("Le pont fermé aux poids lourds")),
            ("Faut-il fermer le pont ?\n\n¶", Some("Faut-il fermer le pont ?")),
            ("« Ce pont, c’est notre vie »\n\n¶", Some("« Ce pont, c’est notre vie »")),
            ("Pont de Tulle\u{a0}: la colère des routiers\n\n¶", Some("Pont de Tulle\u{a0}: la colère des routiers")),
            // A way to the page.
            (
                "Accueil > Corrèze > Tulle\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Accueil » Infos » Le pont fermé aux poids lourds\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            ("Home / Région\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "Vous êtes ici : Accueil › Voirie\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            // Dates, reading times, counters.
            (
                "Publié le 3 mai 2024 à 18h05\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            ("03/05/2024\nLe pont fermé aux poids lourds\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "Mis à jour le 3/5/2024 à 9:12 | Lecture : 2 min | 1,4 k partages\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            ("Vendredi 3 mai 2024\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("il y a 3 heures\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "12 commentaires\n48\n-\nLe pont fermé aux poids lourds\n-\n3\n min de lecture\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            // Bylines, credits, agencies.
            ("Par Josiane Labrousse\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "Le pont fermé aux poids lourds\nPar Josiane Labrousse et Marc de La Tour\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "© Marc Aubrac / Photothèque\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Propos recueillis par Inès Guichard\n\n« Ce pont, c’est notre vie »\n\n¶",
                Some("« Ce pont, c’est notre vie »"),
            ),
            ("Par-dessus le pont, la colère\n\n¶", Some("Par-dessus le pont, la colère")),
            // Buttons, boxes, labels.
            (
                "Partager\nTweeter\nImprimer\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Partagez maintenant sur Facebook\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Menu\nSe connecter\nS’abonner\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Inscrivez-vous à notre lettre d’information\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "À lire aussi : La foire est annulée\n\nLe pont fermé aux poids lourds\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Partager la route : mode d’emploi d’un pont trop étroit\n\n¶",
                Some("Partager la route : mode d’emploi d’un pont trop étroit"),
            ),
            ("REPORTAGE\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("#tulle #pont #routiers\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("https://exemple.fr/pont\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            // The name of the site, a letterhead.
            ("Le Fil corrézien\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "MAIRIE DE TULLE-SUR-VERNELLE\nService de la voirie et des réseaux divers\nCommuniqué de presse n° 12\n\nFERMETURE DU PONT AUX POIDS LOURDS DÈS LE PRINTEMPS\n\n¶",
                Some("FERMETURE DU PONT AUX POIDS LOURDS DÈS LE PRINTEMPS"),
            ),
            // What stands right above the title, or below it.
            (
                "ÉCONOMIE | TRANSPORTS\nLe pont fermé aux poids lourds\nPar notre envoyée Inès Guichard\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            ("Carnets de Corrèze, n° 12\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "LE CODE EXPLIQUÉ / Fiche n° 3\nLe pont fermé aux poids lourds\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "TULLE\nLe pont fermé aux poids lourds\nLes routiers cherchent un autre chemin\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            ("Le pont fermé aux poids lourds\nTulle (Corrèze)\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("VOIRIE\nVOTRE PONT EN MAI\nLundi 3 mai\n\n¶", Some("VOTRE PONT EN MAI")),
            // Short and old-fashioned titles.
            ("Le pont\n\n¶", Some("Le pont")),
            (
                "Le lavoir\n\nDans l’eau qui dort au pied du mur,\nla lune a mis sa lampe d’or ;\nle vent remue un bruit obscur\n",
                Some("Le lavoir"),
            ),
            ("Titre : Le pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            ("# Le pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
            (
                "Le pont fermé aux poids lourds\n==============================\n\n¶",
                Some("Le pont fermé aux poids lourds"),
            ),
            (
                "Le pont de Tulle, fermé aux poids lourds depuis le printemps,\ndivise encore les riverains\n\n¶",
                Some("Le pont de Tulle, fermé aux poids lourds depuis le printemps, divise encore les riverains"),
            ),
            ("Le lavoir.\n\n¶", Some("Le lavoir.")),
            // None.
            ("Le chat dort.\nLe chien veille sous la table\n", None),
            ("¶\n\nLe pont fermé aux poids lourds\n\n¶", None),
            (
                "EN BREF\n• Un pont fermé aux poids lourds.\n• Une déviation par Naves.\n\n¶\n\nLes raisons de la fermeture\n\n¶",
                None,
            ),
            (
                "Le conseil municipal a voté mardi soir la fermeture du pont aux\nvéhicules lourds, une mesure qui prendra effet au printemps, le temps que\nles services du département posent les panneaux.\n",
                None,
            ),
            ("-\n2\n•\n***\n", None),
            ("", None),
        ];
        let mut wrong = Vec::new();
        for (page, expected) in golden {
            let found = title(&page.replace('¶', PARAGRAPH));
            if found.as_deref() != *expected {
                wrong.push((page, found));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_short_line_that_says_the_name_of_the_file_is_preferred() {
        let text = format!("Le Lavoir\n\nUn opéra où le chœur tient le premier rôle\n\n{PARAGRAPH}");
        let found = |name: &str| find(&text, name).map(|range| &text[range]);
        assert_eq!(found("2024-05-03_le-lavoir"), Some("Le Lavoir"));
        assert_eq!(found("x17"), Some("Un opéra où le chœur tient le premier rôle"));
    }

    #[test]
    fn the_title_of_a_page_with_all_its_menus_is_what_its_text_is_about() {
        let menu: String =
            (1..20).map(|i| format!("Rubrique {i}\nUne autre affaire de la semaine, la numéro {i}\n")).collect();
        let page = format!(
            "{menu}Accueil\nLe pont de Tulle ferme aux véhicules lourds\nPartager\nUn maire quitte sa mairie\n{PARAGRAPH}\n{PARAGRAPH}\n\
             Le conseil vote la fermeture du pont aux véhicules lourds\n"
        );
        assert_eq!(title(&page).as_deref(), Some("Le pont de Tulle ferme aux véhicules lourds"));
    }

    #[test]
    fn one_line_keeps_no_break_spaces_inside() {
        assert_eq!(one_line("  Pont\u{a0}:\n la  colère\t"), "Pont\u{a0}: la colère");
    }

    #[test]
    fn any_text_is_searched_without_panic() {
        for text in ["\u{a0}", "#", "# ", "Titre :", "é\n\n\r", "\n", "«", "…\n»\n", &"mot ".repeat(5000)] {
            find(text, text);
        }
    }
}
