//! Lines that pages put around an article, recognised by their form.
//!
//! This serves to find titles: a line is judged alone, by what it says, with no list of sites.

mod lists;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::dates;
use lists::{
    BUTTON_WORDS, BUTTONS, COUNT_WORDS, DATED, ENDS, FURTHER_WORDS, GENRES, INSTITUTIONS, LABELS, PHRASES, STAMPS,
};
#[cfg(feature = "html")]
use lists::{CALLS, HEADS, SITE_PHRASES, SITE_WORDS};

/// Returns a text in lower case, without accents, its ligatures opened, apostrophes and spaces made plain.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_whitespace() => folded.push(' '),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            // The signs of French, which most that is no ASCII is; the way below takes ten times as long.
            'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => folded.push('e'),
            'î' | 'ï' | 'Î' | 'Ï' => folded.push('i'),
            'ô' | 'ö' | 'Ô' | 'Ö' => folded.push('o'),
            'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => folded.push('u'),
            'ç' | 'Ç' => folded.push('c'),
            '\u{2019}' => folded.push('\''),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            c => fold_char(c, &mut folded),
        }
    }
    folded
}

fn fold_char(c: char, folded: &mut String) {
    for c in std::iter::once(c).nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{2019}' | '\u{2bc}' => folded.push('\''),
            c if c.is_whitespace() => folded.push(' '),
            c => folded.push(c),
        }
    }
}

/// Tells whether a line, blanks around it removed, is not part of an article but of the page around it.
pub(super) fn is_noise(line: &str) -> bool {
    if line.starts_with('©') || line.chars().filter(|c| c.is_alphabetic()).take(3).count() < 3 {
        return true;
    }
    // No line of this length is a button; and folding it would be wasted.
    if line.len() > 400 {
        return false;
    }
    if is_list_item(line) || is_path(line) || is_byline(line) || is_credit(line) || is_address_or_tags(line) {
        return true;
    }
    let folded = fold(line);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    LABELS.contains(&folded) || begins_with_phrase(folded) || is_counts_and_dates(folded) || is_dispatch(line)
}

/// `AFP - 3 mai 2024 - 08:12`: an agency, then the day of its dispatch.
fn is_dispatch(line: &str) -> bool {
    let rest = without_agency(line);
    rest.len() < line.len() && is_counts_and_dates(&fold(rest))
}

/// Returns what follows the name of an agency that begins a line: a word in capitals, then a mark.
pub(super) fn without_agency(line: &str) -> &str {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
    let end = line.find(|c: char| !c.is_uppercase()).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let rest = [" - ", " – ", " — ", " | ", ", "].iter().find_map(|mark| rest.strip_prefix(mark));
    rest.filter(|_| LETTERS.contains(&name.chars().count())).unwrap_or(line)
}

/// Tells whether a block of a page, found in its article, still is none of the author's words.
///
/// Items of lists are, and so is any longer text: it is judged by what surrounds it.
#[cfg(feature = "html")]
pub(super) fn is_of_page(block: &str) -> bool {
    if block.starts_with('©') || block.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return true;
    }
    if block.len() > 280 {
        return false;
    }
    if is_formula(block) || is_byline(block) || is_credit(block) || is_address_or_tags(block) {
        return true;
    }
    let folded = fold(block);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    // "Mis à jour le 5 avril à 10 h : la crue monte": the author goes on.
    let goes_on = folded.split_whitespace().count() > STAMP_WORDS && is_stamp(block);
    is_dated_byline(folded)
        || is_day_and_author(block)
        || LABELS.contains(&folded)
        || (begins_with_phrase(folded) && !goes_on && !is_sentence_behind_button(block, folded))
        || is_counts_and_dates(folded)
}

/// Tells whether a sentence that begins as a button or a notice does is its author's all the same: it is long, and speaks neither
/// of the site nor to its readers. `Inscrivez-vous avant le 12 mai à la mairie, pour la course du village.`
#[cfg(feature = "html")]
pub(super) fn is_own_sentence(sentence: &str) -> bool {
    /// No button has as many words.
    const WORDS: usize = 9;
    let folded = fold(sentence);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let names_credit = ["photo", "credit", "propos"].iter().any(|word| folded.starts_with(word));
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !names_credit
        && words().count() >= WORDS
        && !is_stamp(sentence)
        && !is_dated_byline(sentence)
        && !words().any(|word| SITE_WORDS.contains(&word))
        && !SITE_PHRASES.iter().any(|phrase| folded.contains(phrase))
}

/// `mardi 2 novembre 2021, par Solène Kerdraon`: a day, then who wrote.
#[cfg(feature = "html")]
fn is_day_and_author(line: &str) -> bool {
    let Some((day, rest)) = line.split_once(" par ") else { return false };
    is_counts_and_dates(&fold(day)) && is_byline(&format!("par {rest}"))
}

/// A line of more words than this is no date or byline.
#[cfg(feature = "html")]
const STAMP_WORDS: usize = 18;

/// Tells whether a line that surrounds articles is one that stands beside titles: a date, a byline, a counter, a way to
/// share.
pub(super) fn is_stamp(line: &str) -> bool {
    if is_byline(line) {
        return true;
    }
    let folded = fold(line);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    is_counts_and_dates(folded)
        || is_dispatch(line)
        || is_dated_byline(folded)
        || STAMPS.iter().any(|words| folded.starts_with(words))
}

/// Tells whether a block is one of the formulas that pages share: sharing, newsletters, cookies, counters.
pub(super) fn is_formula(block: &str) -> bool {
    use crate::passage::{Boilerplate as _, ByForm};
    ByForm.is_boilerplate(block, 0..block.len())
}

/// Tells whether a block is made of numbers and the words of dates alone.
#[cfg(feature = "html")]
pub(super) fn is_count_or_date(block: &str) -> bool {
    block.len() <= 280 && is_counts_and_dates(&fold(block))
}

/// Tells whether a label says what kind of text stands below it, as the title of one that has no other: `Éditorial`.
pub(super) fn is_genre(label: &str) -> bool {
    let folded = fold(label);
    GENRES.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Tells whether a line is a day and nothing else: `Samedi 4 mai.`, `Le 1er août 1914`.
#[cfg(feature = "html")]
pub(super) fn is_day(line: &str) -> bool {
    let folded = fold(line);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let names_day = words.iter().any(|word| dates::is_weekday(word) || dates::month_of(word).is_some());
    let is_of_day = |word: &&str| {
        matches!(*word, "le" | "1er" | "er")
            || is_number(word)
            || dates::is_weekday(word)
            || dates::month_of(word).is_some()
    };
    (2..=5).contains(&words.len()) && names_day && words.iter().all(is_of_day)
}

/// Tells whether a line holds the number of a year.
#[cfg(feature = "html")]
pub(super) fn names_year(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4)
}

/// Tells whether a heading is of the kind that authors set above a part of their text: `L'essentiel`, `En bref`.
#[cfg(feature = "html")]
pub(super) fn heads_article(heading: &str) -> bool {
    let folded = fold(heading);
    HEADS.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Tells whether a line calls for a subscription, or for an application: `Je m'abonne`, `Télécharger l'application`.
#[cfg(feature = "html")]
pub(super) fn is_call(line: &str) -> bool {
    let folded = fold(line);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    CALLS.iter().any(|call| folded.strip_prefix(call).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Tells whether a label stands above what readers wrote.
#[cfg(feature = "html")]
pub(super) fn begins_comments(label: &str) -> bool {
    let folded = fold(label);
    folded.contains("comment") || folded.contains("reactions")
}

/// Tells whether a heading says that the article is over: what follows is written by readers, or leads elsewhere.
pub(super) fn ends_article(heading: &str) -> bool {
    let folded = fold(heading);
    let folded = folded.trim_matches(|c: char| !c.is_alphabetic());
    ENDS.contains(&folded)
}

/// `AFP, publié le 3 mai 2024 à 8h12`: few words, then the day of publication alone.
pub(super) fn is_dated_byline(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let folded = fold(line);
    let words = ["publie le ", "publiee le ", "publie a ", "mis a jour le "];
    // To find takes longer than to tell that there is nothing to find.
    let at = words.iter().filter(|words| folded.contains(**words)).filter_map(|words| folded.find(words));
    let Some((before, dated)) = at.min().and_then(|at| folded.split_at_checked(at)) else { return false };
    before.split_whitespace().count() <= 8 && is_counts_and_dates(dated)
}

fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    let is_mark = chars.next().is_some_and(|c| "-–—•·▪▫●○■□►▶→‣*+".contains(c));
    is_mark && chars.next().is_some_and(char::is_whitespace)
}

/// The way to the page: `Accueil > Région > Tulle`.
fn is_path(line: &str) -> bool {
    // A closing guillemet without its opening one separates.
    let closing = line.matches('»').count();
    if closing > line.matches('«').count() {
        return true;
    }
    for separator in [" > ", " › ", " ❯ ", " → ", " / ", " | ", " :: ", " • "] {
        // Most lines hold none of them, which is quickly told.
        if !line.contains(separator) {
            continue;
        }
        let steps = line.split(separator).count();
        let first = fold(line.split(separator).next().unwrap_or_default());
        let starts_at_home = first.split([':', ' ']).any(|word| matches!(word, "accueil" | "home"));
        let is_long_way = steps >= 3 && line.split(separator).all(|step| step.split_whitespace().count() <= 4);
        if starts_at_home || is_long_way || matches!(separator, " > " | " › " | " ❯ ") {
            return true;
        }
    }
    false
}

/// `Par Marc de La Tour et Inès Guichard`: a word of authorship, then names.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = fold(words.next().unwrap_or_default());
    if !matches!(first.as_str(), "par" | "by" | "texte" | "textes" | "de" | "avec") {
        return false;
    }
    if matches!(first.as_str(), "par" | "de")
        && words.clone().next().is_some_and(|word| matches!(word, "notre" | "nos"))
    {
        return true;
    }
    let is_particle = |word: &str| {
        matches!(
            word,
            "de" | "du" | "des" | "la" | "le" | "d'" | "et" | "avec" | "l'" | "van" | "von" | "pour" | "à" | "&"
        )
    };
    let is_name = |word: &str| word.trim_start_matches(['(', '@']).chars().next().is_some_and(char::is_uppercase);
    let is_announced = matches!(first.as_str(), "par" | "by" | "texte" | "textes");
    let (mut names, mut count) = (0, 0);
    while let Some(word) = words.next() {
        count += 1;
        if is_name(word) {
            names += 1;
        } else if !is_particle(word) && !word.starts_with("d’") && !word.starts_with("d'") {
            // "Par Inès Guichard le 3 mai 2024".
            let day: Vec<&str> = std::iter::once(word).chain(words).collect();
            let names_month = day.iter().any(|word| dates::month_of(word.trim_end_matches('.')).is_some());
            return is_announced && names >= 1 && names_month && is_counts_and_dates(&fold(&day.join(" ")));
        }
    }
    // "De Gaulle" and "Avec Simone Veil" are titles; an author is announced by "par".
    is_announced && names >= 1 && count <= 10
}

fn is_address_or_tags(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    let is_tag = |word: &str| word.len() > 1 && word.starts_with('#') && !word.starts_with("##");
    let is_address = |word: &str| word.contains("://") || word.starts_with("www.");
    words.all(|word| is_tag(word) || is_address(word))
}

fn begins_with_phrase(folded: &str) -> bool {
    let first = folded.bytes().next();
    let rest_after = |phrase: &&str| {
        let rest = if phrase.bytes().next() == first { folded.strip_prefix(*phrase)? } else { return None };
        (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'')).then_some(rest)
    };
    PHRASES.iter().any(|phrase| rest_after(phrase).is_some())
        || DATED.iter().filter_map(rest_after).any(names_time)
        || BUTTONS.iter().filter_map(rest_after).any(ends_button)
}

/// `Mis à jour hier à 10 h`, not `Mise à jour du logiciel de la caisse`.
fn names_time(rest: &str) -> bool {
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().next().is_none() || words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()) || word == "hier")
}

/// `Photo : Jean Dupont / AFP`, not `Photos : le pont emporté par la crue`.
fn is_credit(line: &str) -> bool {
    const WORDS: usize = 10;
    let Some((label, names)) = line.split_once(':') else { return false };
    let is_name = |word: &str| word.len() <= 3 || word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    label.len() <= 12
        && matches!(fold(label).trim(), "credit" | "credits" | "photo" | "photos")
        && names.split_whitespace().all(is_name)
        && names.split_whitespace().count() <= WORDS
}

/// Tells whether a block begins as a button and goes on as a sentence of an article: `Twitter a annoncé des licenciements.`
///
/// Invitations that are sentences, too, are known by what they invite to: see [`is_formula`].
#[cfg(feature = "html")]
fn is_sentence_behind_button(block: &str, folded: &str) -> bool {
    /// Words that no button has.
    const OTHER_WORDS: usize = 3;
    if PHRASES.iter().any(|phrase| folded.starts_with(phrase)) || !block.trim_end().ends_with(['.', '!', '?', '»', '…'])
    {
        return false;
    }
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '-').skip(1);
    let is_other = |word: &&str| word.len() > 3 && !BUTTON_WORDS.contains(word) && !BUTTONS.contains(word);
    words.filter(is_other).count() >= OTHER_WORDS
}

/// Tells whether a line that begins as a button goes on as one: `Partager sur Facebook`, not `Partager l'eau`, nor
/// `S'inscrire sur les listes électorales`.
fn ends_button(rest: &str) -> bool {
    let is_known = |word: &str| {
        BUTTON_WORDS.contains(&word) || BUTTONS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let words = rest.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let Some(first) = words.clone().next() else { return true };
    let others =
        words.clone().filter(|word| word.len() > 3 && !is_known(word) && !FURTHER_WORDS.contains(word)).count();
    is_known(first) && words.count() <= 9 && others <= 1
}

/// Tells whether a line is made of numbers and of the words of dates, reading times and counters alone.
pub(super) fn is_counts_and_dates(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_count_or_number)
}

fn is_count_or_number(word: &str) -> bool {
    let units = word.trim_start_matches(|c: char| c.is_ascii_digit());
    (units.len() < word.len() && (units.len() <= 3 || COUNT_WORDS.contains(&units))) || COUNT_WORDS.contains(&word)
}

/// Tells of most lines that are not made of numbers and words of dates, without folding them: by a first word of plain letters.
pub(super) fn begins_otherwise(line: &str) -> bool {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
    let (word, after) = line.split_at(end);
    let is_whole = !word.is_empty() && after.bytes().next().is_none_or(|byte| byte.is_ascii());
    is_whole && !is_count_or_number(&word.to_ascii_lowercase())
}

/// Tells whether a line names an institution or a series, as above the title of a letter or of a column.
pub(super) fn is_letterhead(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split_whitespace();
    let is_institution = words.next().is_some_and(|first| INSTITUTIONS.contains(&first))
        && words.next().is_some_and(|second| {
            matches!(second, "de" | "du" | "des")
                || second.starts_with("d'")
                || second.ends_with("al")
                || second.ends_with("ale")
                || second.ends_with("el")
                || second.ends_with("elle")
        })
        && !folded.contains([':', '?', '!', ',']);
    let number = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        number.len() < folded.len() && [" n° ", " n°", " no ", " numero "].iter().any(|sign| number.ends_with(sign));
    is_institution || is_numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "html")]
    fn a_sentence_may_begin_as_a_button_does() {
        for block in [
            "Twitter a annoncé des licenciements dans ses bureaux de Paris.",
            "Commenter cette décision serait prématuré, dit le préfet.",
            "Partagez votre repas avec un voisin, conseille l'association.",
            "Partager notre eau avec la vallée serait juste, selon le maire.",
        ] {
            assert!(!is_of_page(block), "{block}");
        }
        for block in [
            "Partager sur Facebook",
            "Suivez-nous sur Twitter !",
            "Abonnez-vous à notre newsletter.",
            "Commenter cet article",
            "Recevez notre lettre gratuitement.",
            "À lire aussi : Le maire de Tulle annonce un nouveau pont.",
        ] {
            assert!(is_of_page(block), "{block}");
        }
    }

    #[test]
    fn folding_keeps_letters_alone_comparable() {
        assert_eq!(fold("L’Œuvre d’Été\u{a0}: NAÏF"), "l'oeuvre d'ete : naif");
        assert_eq!(fold("e\u{301}"), "e");
        for c in ('\u{80}'..='\u{24f}').chain('\u{2000}'..='\u{206f}') {
            let mut slowly = String::new();
            fold_char(c, &mut slowly);
            assert_eq!(fold(&c.to_string()), slowly, "{c:?}");
        }
    }

    #[test]
    fn what_surrounds_articles_is_told_from_titles() {
        for line in [
            "2",
            "-",
            "***",
            "m de lecture",
            "3 min de lecture",
            "Temps de lecture : 4 minutes",
            "1,2 k partages",
            "Publié le 26 novembre 2024 à 18 h 05",
            "Le 18 octobre 2024, à 16 heures",
            "AFP - 3 mai 2024 - 08:12",
            "18.10.24",
            "12 réactions",
            "il y a 2 jours",
            "Accueil > Sport",
            "Home » Sciences",
            "Accueil | Région | Tulle",
            "by Rédaction",
            "PAR LÉA LE GALL LE 3 MAI 2024",
            "Par Léa Le Gall le 3 mai 2024 à 8h12",
            "Par Anne-Laure Fabregas",
            "par Jean d’Ormesson (AFP)",
            "• Une crue",
            "S’abonner",
            "À lire aussi : un titre",
            "Suivez-nous sur les réseaux sociaux",
            "#crue #Tulle",
            "www.exemple.fr",
            "À RETENIR",
            "EN BREF :",
            "Dernière mise à jour : jeudi 3 mai",
            "Mis à jour hier",
            "Photo : Jean Dupont / AFP",
            "Inscrivez-vous à notre infolettre du matin",
            "Monde / Europe / Italie",
        ] {
            assert!(is_noise(line), "{line}");
        }
        for line in [
            "La crue",
            "De Gaulle",
            "Avec Simone Veil",
            "Par ici la sortie",
            "Par Toutatis, 3 fois champion",
            "Mai 1968, l’embrasement",
            "PSG - OM",
            "Bal - 3 mai 2024",
            "« Le Lavoir »",
            "Deux mois de grève",
            "Suivre la crue : ce que disent les capteurs",
            "Partager n’est pas voler",
            "Vidéo : le pont emporté par la crue",
            "L’essentiel de la crue",
            "PSG - OM : le choc",
            "Recevoir un réfugié chez soi : une histoire",
            "S’inscrire sur les listes électorales",
            "Photos : le pont emporté par la crue",
            "Crédit : comment bien emprunter",
            "Mise à jour du logiciel de la caisse",
            "Texte intégral de la Déclaration des droits",
            "Le pont / la route",
            "L’an 2000 a commencé",
        ] {
            assert!(!is_noise(line), "{line}");
        }
    }

    #[test]
    #[cfg(feature = "html")]
    fn a_day_alone_is_told_from_other_stamps() {
        for line in ["Samedi 4 mai.", "samedi 4 mai 1940", "Le 1er août 1914", "4 mai", "Mai 1940"] {
            assert!(is_day(line), "{line}");
        }
        for line in [
            "",
            "Samedi",
            "4/05/2024",
            "1940",
            "Publié le 4 mai",
            "4 mai à 8 h",
            "Samedi 4 mai, il pleut",
            "Mai fleuri",
        ] {
            assert!(!is_day(line), "{line}");
        }
        assert!(names_year("Samedi 4 mai 1940") && !names_year("Samedi 4 mai, 12345"));
    }

    #[test]
    fn lists_hold_folded_text() {
        for word in
            [LABELS, INSTITUTIONS, PHRASES, DATED, BUTTONS, BUTTON_WORDS, FURTHER_WORDS, COUNT_WORDS, STAMPS].concat()
        {
            assert_eq!(word, fold(word));
        }
    }
}
