//! Lines that say who wrote an article, and when: `Par Inès Guichard`, `Publié le 26 novembre 2024 à 18h05`.

use crate::{Article, Date};

use super::dates;
use super::noise::{self, fold};

/// So many lines after a title are looked at, and so many before it.
const LINES_AFTER: usize = 12;
const LINES_BEFORE: usize = 4;

/// Sets the day and the author of an article where nothing better gave them, from the lines around its title.
///
/// What a line gives as the day of publication goes before a line that is a day and nothing else, that before the place
/// and day that open a dispatch (`TULLE, 3 mai 2024 -`), and that before the day of an update. Days that do not name
/// their year are left alone.
pub(super) fn describe(mut article: Article, before: &str, after: &str) -> Article {
    if article.date.is_some() && article.author.is_some() {
        return article;
    }
    let below = after.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_AFTER);
    // Nearest to the title first.
    let above = before.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LINES_BEFORE);
    let near: Vec<&str> = below.chain(above).collect();
    let title = article.get_title().to_owned();
    let first = |read: fn(&str) -> Option<Date>| near.iter().find_map(|line| read(line));
    article.date = article
        .date
        .or_else(|| first(published))
        .or_else(|| first(bare))
        .or_else(|| first(signed))
        .or_else(|| first(dateline))
        .or_else(|| first(held))
        .or_else(|| of_title(&title))
        .or_else(|| first(updated));
    let above_day = || {
        near.windows(2).find_map(|pair| match pair {
            [name, day] if is_full_name(name) => bare(day).or_else(|| published(day)).map(|_| (*name).to_owned()),
            _ => None,
        })
    };
    article.author = article.author.or_else(|| near.iter().find_map(|line| author(line))).or_else(above_day);
    article
}

/// A line that is a day, and perhaps a time, alone.
pub(super) fn bare(line: &str) -> Option<Date> {
    let line = noise::without_agency(line);
    let may_be_day = line.len() <= LINE_BYTES && has_figure(line) && !noise::begins_otherwise(line);
    if !may_be_day || !noise::is_counts_and_dates(&fold(line)) {
        return None;
    }
    dates::first_in(line)
}

/// Tells whether a line can name a day, which no line does without a figure: most lines are told by this.
fn has_figure(line: &str) -> bool {
    line.bytes().any(|byte| byte.is_ascii_digit())
}

/// `Mis à jour le 18/10/2024 à 19:05`.
pub(super) fn updated(line: &str) -> Option<Date> {
    stamped(line, &["mis a jour", "mise a jour", "modifie le", "modifiee le", "verifie le"])
}

/// Returns the day behind the first of `words`, which are folded, in a line that is a stamp: the words begin it, or
/// follow a mark, a word for a text or a byline. In a sentence they speak of something else: `un décret publié le 3 mai`.
fn stamped(line: &str, words: &[&str]) -> Option<Date> {
    if line.len() > LINE_BYTES || !has_figure(line) {
        return None;
    }
    let is_sentence = line.trim_end().ends_with(['.', '!', '?']) && line.split_whitespace().count() > SENTENCE_WORDS;
    if is_sentence {
        return None;
    }
    let folded = fold(line);
    let at = words.iter().filter_map(|words| find(&folded, words)).min()?;
    let before = folded.get(..at)?.trim_end();
    let follows = before.is_empty()
        || before.ends_with(['|', '·', '•', ',', '-', '–', '—', ':', ')'])
        || matches!(before, "article" | "billet" | "texte" | "communique" | "tribune" | "depeche" | "initialement")
        || matches!(before, "page" | "fiche" | "document" | "contenu" | "cette page a ete" | "la page a ete")
        || author(line).is_some();
    if !follows {
        return None;
    }
    let stamp = folded.get(at..)?;
    // "Publié en mars 2019" names no day.
    let period =
        || words.iter().find_map(|words| dates::announced_period(stamp.strip_prefix(words.trim_end_matches(" en"))?));
    dates::first_in(stamp).or_else(period)
}

/// A line of more words that ends with a stop is a sentence.
const SENTENCE_WORDS: usize = 10;

/// `SAN FRANCISCO (Agence), 26 nov. 2024 - Le texte`, `Tulle, le 3 mars 2021`: a place in few words, then a day, then a
/// dash or nothing.
pub(super) fn dateline(line: &str) -> Option<Date> {
    if !line.starts_with(char::is_uppercase) || !has_figure(line) {
        return None;
    }
    let end = [" - ", " – ", " — "].iter().filter_map(|dash| find(line, dash)).min().unwrap_or(line.len());
    let opening = line.get(..end).filter(|opening| opening.len() <= OPENING_BYTES)?;
    let (place, day) = opening.rsplit_once(',')?;
    let is_day = noise::is_counts_and_dates(&fold(day));
    (is_day && place.split_whitespace().count() <= 6).then(|| dates::first_in(day))?
}

/// `03/10/2024 - Le bac reprend`, `Compte rendu de la réunion du 3 octobre 2024`: the day that begins or ends a title.
fn of_title(title: &str) -> Option<Date> {
    if !has_figure(title) {
        return None;
    }
    let is_day = |part: &&str| noise::is_counts_and_dates(&fold(part));
    let parted = |mark: &&str| {
        let (first, last) = (title.split_once(*mark)?.0, title.rsplit_once(*mark)?.1);
        [first, last].into_iter().filter(is_day).find_map(dates::first_in)
    };
    let minuted = || {
        let folded = fold(title);
        HELD.iter().find_map(|words| day_behind(folded.get(find_word(&folded, words)? + words.len()..)?))
    };
    [" - ", " – ", " — ", " | ", " : "].iter().find_map(parted).or_else(minuted).or_else(|| of_document(title))
}

/// `Compte rendu du comité du 3 octobre 2024`, `Décret n° 2024-8 du 3 octobre 2024 relatif aux digues`: the day of which a document
/// bears the name.
fn of_document(title: &str) -> Option<Date> {
    let folded = fold(title);
    let begins = |kinds: &[&str]| {
        kinds.iter().any(|kind| folded.strip_prefix(kind).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    let days = || folded.match_indices(" du ").filter_map(|(at, du)| Some((at, folded.get(at + du.len()..)?)));
    if begins(MINUTES) {
        let (_, day) = days().last()?;
        return if noise::is_counts_and_dates(day) { dates::first_in(day) } else { None };
    }
    if !begins(ENACTED) {
        return None;
    }
    // What a law is called stands before its day: a number, or who gave it.
    let (_, day) = days().find(|(at, day)| *at <= NAME_BYTES && day.starts_with(|c: char| c.is_ascii_digit()))?;
    let (day, rest) = day.split_at(day.match_indices(' ').nth(2).map_or(day.len(), |(at, _)| at));
    // `Loi du 3 mai 2024 : ce qui change` speaks of the law.
    if rest.contains([':', '?', '!']) { None } else { dates::first_in(day) }
}

/// What begins the titles of minutes, which end with their day; folded.
const MINUTES: &[&str] = &[
    "compte rendu",
    "compte-rendu",
    "proces-verbal",
    "proces verbal",
    "pv",
    "releve de decisions",
    "releve des decisions",
    "ordre du jour",
    "convocation",
    "note de service",
    "communique",
];

/// What begins the titles of laws and rulings, whose day follows their number; folded.
const ENACTED: &[&str] = &[
    "loi",
    "decret",
    "arrete",
    "arret",
    "ordonnance",
    "decision",
    "deliberation",
    "directive",
    "reglement",
    "circulaire",
    "jugement",
    "avis",
    "avenant",
];

/// Bytes of a title within which the name of a law ends.
const NAME_BYTES: usize = 60;

/// `Séance du 3 octobre 2024`, `Devis n° 118 du 3 octobre 2024`: the day of which minutes, rulings and bills tell.
fn held(line: &str) -> Option<Date> {
    if line.len() > OPENING_BYTES || !has_figure(line) {
        return None;
    }
    let folded = fold(line);
    HELD.iter().find_map(|words| day_behind(folded.strip_prefix(words)?))
}

/// Reads the day that ends a folded line behind what was held or given, and perhaps its number: `n° 118 du 3 octobre 2024`.
fn day_behind(rest: &str) -> Option<Date> {
    let rest = rest.strip_prefix(' ')?;
    let numbered = rest.strip_prefix("n°").and_then(|number| number.trim_start().split_once(' '));
    let day = numbered.map_or(rest, |(_, day)| day).strip_prefix("du ")?;
    if noise::is_counts_and_dates(day) { dates::first_in(day) } else { None }
}

/// What is dated by the day on which it was held or given, folded.
const HELD: &[&str] = &[
    "seance",
    "reunion",
    "audience",
    "assemblee generale",
    "conseil municipal",
    "arret",
    "arrete",
    "jugement",
    "ordonnance",
    "deliberation",
    "circulaire",
    "devis",
    "facture",
    "bon de commande",
];

/// A longer opening, in bytes, is a sentence.
const OPENING_BYTES: usize = 90;

/// Returns the day that a line gives as that of publication: `Publié le 3 mai 2024, mis à jour le 4`.
pub(super) fn published(line: &str) -> Option<Date> {
    stamped(line, PUBLISHED)
}

/// A longer line, in bytes, is a paragraph.
const LINE_BYTES: usize = 300;

/// What announces the day of publication, folded.
const PUBLISHED: &[&str] = &[
    "publie",
    "mis en ligne",
    "mise en ligne",
    "poste le",
    "paru le",
    "parue le",
    "paru en",
    "parue en",
    "date de publication",
    "publication",
    "soumis par",
    "soumis le",
    "ecrit le",
    "redige le",
];

/// `Par Inès Guichard, le 3 mai 2024`: the day in a line that names the author.
pub(super) fn signed(line: &str) -> Option<Date> {
    if has_figure(line) { author(line).and_then(|_| dates::first_in(line)) } else { None }
}

/// Returns the author that a line names, where it names one and says little else.
pub(super) fn author(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > LINE_BYTES {
        return None;
    }
    let mut rest = None;
    let first_word = line.split(|c: char| !c.is_alphabetic()).next().map(fold).unwrap_or_default();
    for announced in [
        "par",
        "by",
        "texte",
        "textes",
        "auteur",
        "auteure",
        "autrice",
        "propos recueillis par",
        "ecrit par",
        "redige par",
        "article de",
        "publie par",
        "un article de",
        "texte de",
    ] {
        // Most lines begin otherwise.
        if first_word.is_empty() || !announced.starts_with(first_word.as_str()) {
            continue;
        }
        if let Some(after) = after_words(line, announced) {
            rest = Some(after);
        }
    }
    let announced = rest.or_else(|| {
        let at = find_word(line, "par ")?;
        let folded = fold(line);
        // "Publié hier à 17 h 30 par Ophélie Granger".
        let is_dated = PUBLISHED.iter().any(|word| folded.starts_with(word)) && line.chars().count() <= 160;
        // "mardi 2 avril 2024, par Marc Aubrac".
        let is_announced = is_dated || noise::is_counts_and_dates(&fold(line.get(..at)?));
        is_announced.then(|| line.get(at + "par ".len()..))?
    });
    let rest = announced?.trim_start_matches([':', ' ', '\u{a0}']);
    let names = rest.split([',', '|', '•', '·', '–', '—', '(', '/', ';']).next().unwrap_or_default();
    // "Marie-Ève Tremblay - Le Fleuve".
    let names = names.split_once(" -").map_or(names, |(names, _)| names);
    let until = |end: Option<usize>| name(names.get(..end.unwrap_or(names.len())).unwrap_or(names));
    let end = ["publié", "Publié", "PUBLIÉ", "mis à jour", "MIS À JOUR", "avec ", "AVEC ", "pour ", "POUR "]
        .iter()
        .filter_map(|word| find_word(names, word))
        .min();
    let names_before = |le: Option<usize>| until(le.into_iter().chain(end).min());
    let found = [le_of_day(names), first_le(names)].into_iter().map(names_before).find(|names| is_name(names));
    found.map(str::to_owned).or_else(|| pseudonym(rest))
}

/// Returns where the `le` is that belongs to no name, but to a day most often: `Léa Le Gall le 3 mai`. That of a name has
/// a capital behind it, and a word of the name before it.
fn le_of_day(names: &str) -> Option<usize> {
    places_of_le(names).find(|&at| {
        let next = names.get(at + "le ".len()..).unwrap_or_default().trim_start();
        let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        at == 0 || !word.starts_with(char::is_uppercase) || dates::is_weekday(&fold(word))
    })
}

/// Returns where the first `le` is, as that of a paper behind a name: `Inès Guichard Le Fil du fleuve`.
fn first_le(names: &str) -> Option<usize> {
    places_of_le(names).next()
}

/// The places of the words `le`, `Le` and `LE`, in order.
fn places_of_le(names: &str) -> impl Iterator<Item = usize> {
    let begins_word = |at: usize| names.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(SPACES));
    let places = ["le ", "Le ", "LE "].into_iter().flat_map(|le| names.match_indices(le));
    let mut places: Vec<usize> = places.map(|(at, _)| at).filter(|&at| begins_word(at)).collect();
    places.sort_unstable();
    places.into_iter()
}

const SPACES: [char; 2] = [' ', '\u{a0}'];

/// `Momo31 » 14 nov. 2020, 19:22`: who wrote a message of a forum, and when.
fn pseudonym(rest: &str) -> Option<String> {
    let (name, day) = rest.split_once('»')?;
    let name = name.trim();
    let is_one = !name.contains(char::is_whitespace) && name.starts_with(char::is_alphabetic) && name.len() <= 40;
    (is_one && dates::first_in(day).is_some()).then(|| name.to_owned())
}

/// Tells whether a text is a name of at least two words, each with a capital but for small ones.
pub(super) fn is_full_name(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    (2..=4).contains(&words) && text.len() <= 60 && is_name(text)
}

/// As `str::find`: to tell that there is nothing to find takes a tenth of looking where it is.
fn find(text: &str, words: &str) -> Option<usize> {
    if text.contains(words) { text.find(words) } else { None }
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    find(text, word)?;
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|&at| at == 0 || text.get(..at).is_some_and(|t| t.ends_with(SPACES)))
}

/// Returns what follows `words`, which are folded, at the beginning of a line.
fn after_words<'a>(line: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = line;
    for word in words.split(' ') {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (first, after) = rest.split_at_checked(end)?;
        if fold(first) != *word {
            return None;
        }
        rest = after.trim_start();
    }
    (rest.len() < line.len()).then_some(rest)
}

/// Returns a name without what announces it or follows it.
pub(super) fn name(text: &str) -> &str {
    let text = text.trim();
    let text = ["Par ", "par ", "By ", "by "].iter().find_map(|by| text.strip_prefix(by)).unwrap_or(text);
    text.trim_matches(|c: char| c.is_whitespace() || ",;:|•·-–—".contains(c))
}

/// Tells whether a text is the names of one person or more: words with a capital, and the small words of names.
pub(super) fn is_name(text: &str) -> bool {
    let mut capitals = 0;
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        let is_small =
            matches!(word, "de" | "du" | "des" | "la" | "le" | "et" | "van" | "von" | "den" | "der" | "&" | "ben")
                || word.starts_with("d'")
                || word.starts_with("d’");
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !is_small {
            return false;
        }
        if word.contains(|c: char| c.is_ascii_digit() || "?!«»\"".contains(c)) {
            return false;
        }
    }
    capitals >= 1 && (2..=9).contains(&count) || (capitals == 1 && count == 1 && text.chars().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_read_from_bylines() {
        for (line, expected) in [
            ("Par Inès Guichard", Some("Inès Guichard")),
            ("PAR INÈS GUICHARD", Some("INÈS GUICHARD")),
            ("par Jean d’Ormesson (AFP)", Some("Jean d’Ormesson")),
            ("Par Inès Guichard et Marc de La Tour, à Tulle", Some("Inès Guichard et Marc de La Tour")),
            ("Par Inès Guichard - Publié le 3 mai 2024", Some("Inès Guichard")),
            ("Par Inès Guichard le 3 mai 2024 à 8h12", Some("Inès Guichard")),
            ("PAR LÉA LE GALL", Some("LÉA LE GALL")),
            ("PAR LÉA LE GALL LE 3 MAI 2024", Some("LÉA LE GALL")),
            ("PAR LÉA LE GALL PUBLIÉ LE 3 MAI 2024", Some("LÉA LE GALL")),
            ("PAR JEAN DE LA TOUR ET ÈVE D’ORBEC, À TULLE", Some("JEAN DE LA TOUR ET ÈVE D’ORBEC")),
            ("PAR LE FIL", None),
            ("Par Yann Le Goff", Some("Yann Le Goff")),
            ("Par Yann le Goff, à Tulle", Some("Yann le Goff")),
            ("Par Léa Le Gall le 3 mai 2020", Some("Léa Le Gall")),
            ("Par Léa Le Gall Le 3 mai 2020", Some("Léa Le Gall")),
            ("Par Léa Le Gall le Mardi 3 mai 2020", Some("Léa Le Gall")),
            ("Par Jean-Pierre Le Bris et Anne Du Bois", Some("Jean-Pierre Le Bris et Anne Du Bois")),
            ("Par Marc La Tour et Ève De Witte, publié le 3 mai 2020", Some("Marc La Tour et Ève De Witte")),
            ("Publié le 3 mai 2020 par Yann Le Goff", Some("Yann Le Goff")),
            ("Par Inès Guichard Le Fil du fleuve", Some("Inès Guichard")),
            ("Par Le Fil", None),
            ("Propos recueillis par Inès Guichard", Some("Inès Guichard")),
            ("Auteur : Marc Aubrac", Some("Marc Aubrac")),
            ("Texte de Marc Aubrac", Some("Marc Aubrac")),
            ("Par Marie-Ève Tremblay - Le Fleuve", Some("Marie-Ève Tremblay")),
            ("par Momo31 » 14 nov. 2020, 19:22", Some("Momo31")),
            ("Publié hier à 17 h 30 par Ophélie Granger | Temps de lecture : 3 minutes", Some("Ophélie Granger")),
            ("Par ailleurs, la crue monte", None),
            ("Par ici la sortie", None),
            ("Par-dessus le pont, la colère", None),
            ("Parfois", None),
            ("Par", None),
            ("Le maire a parlé", None),
            ("", None),
        ] {
            assert_eq!(author(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_lines_around_a_title_describe_an_article() {
        let of = |before: &str, after: &str| {
            let article = describe(Article::new("x"), before, after);
            (article.get_date().map(|date| date.to_string()), article.get_author().map(str::to_owned))
        };
        let both = |date: &str, author: &str| (Some(date.to_owned()), Some(author.to_owned()));
        assert_eq!(
            of("", "Par Inès Guichard\nPublié le 3 mai 2024 à 8h12\n\nLe pont."),
            both("2024-05-03", "Inès Guichard")
        );
        assert_eq!(of("03/05/2024\n\nTULLE\n", "Par Inès Guichard\n\nLe pont."), both("2024-05-03", "Inès Guichard"));
        for (after, expected) in [
            ("Mis à jour le 4 mai 2024\nPublié le 3 mai 2024", Some("2024-05-03")),
            ("Mis à jour le 4 mai 2024", Some("2024-05-04")),
            ("Vendredi 3 mai 2024, 8h12", Some("2024-05-03")),
            ("AFP - 3 mai 2024 - 08:12", Some("2024-05-03")),
            ("Tulle, le 3 mai 2024", Some("2024-05-03")),
            ("Séance du 3 mai 2024", Some("2024-05-03")),
            ("Conseil municipal du vendredi 3 mai 2024 à 20 h", Some("2024-05-03")),
            ("Séance du 3 mai 2024 annulée", None),
            ("Devis n° 2024-118 du 3 mai 2024", Some("2024-05-03")),
            ("FACTURE N°12 DU 3 MAI 2024", Some("2024-05-03")),
            ("Devis n° 118 perdu du 3 mai 2024", None),
            ("Arrêt du 3 mai 2024", Some("2024-05-03")),
            (
                "TULLE (Agence Corrèze), 3 mai 2024 - Le pont est fermé depuis ce matin aux poids lourds.",
                Some("2024-05-03"),
            ),
            ("Le pont a fermé à Tulle, le 3 mai 2024 au soir.", None),
            ("Publié mardi dernier", None),
            ("Publié le 3 mai", None),
            ("Le 3 mai 2024, le pont a fermé, et personne ne l’avait prévu.", None),
            ("", None),
        ] {
            assert_eq!(of("", after).0.as_deref(), expected, "{after}");
        }
        assert_eq!(of("", "Léa Le Gall\n3 mai 2024\n\nLe pont."), both("2024-05-03", "Léa Le Gall"));
        assert_eq!(of("", "Léa Le Gall\n\nLe pont.").1, None);
        for title in ["03/05/2024 - Le bac reprend", "Le bac : 3 mai 2024", "Compte rendu de la réunion du 3 mai 2024"]
        {
            let titled = describe(Article::new("x").title(title), "", "Le bac.");
            assert_eq!(titled.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"), "{title}");
        }
        for title in [
            "COMPTE-RENDU DU CONSEIL DE QUARTIER DU 3 MAI 2024",
            "Procès-verbal de la commission des digues du vendredi 3 mai 2024",
            "Ordre du jour du comité du 3 mai 2024 à 20 h",
            "Loi n° 2024-412 du 3 mai 2024 relative aux digues",
            "Loi du 3 mai 2024",
            "Arrêté préfectoral n° 12 du 3 mai 2024 portant fermeture du pont du 1er juin 2024",
            "Décret n°2024-8 du 3 mai 2024",
            "Compte rendu de la séance n° 4 du 3 mai 2024",
        ] {
            let titled = describe(Article::new("x").title(title), "", "Le bac.");
            assert_eq!(titled.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"), "{title}");
        }
        for title in [
            "Le bac du 3 mai 2024",
            "Après la réunion du 3 mai 2024, la colère",
            "3 mai 2024",
            "Compte rendu du 3 mai 2024 contesté",
            "Lois et décrets du 3 mai 2024",
            "La loi du 3 mai 2024 contestée",
            "Loi du 3 mai 2024 : ce qui change pour les maires",
            "Loi sur le prix du 100 mètres",
            "Décret : le prix du pain",
        ] {
            assert_eq!(describe(Article::new("x").title(title), "", "Le bac.").get_date(), None, "{title}");
        }
        let ruling = describe(Article::new("x").title("Jugement du 3 mai 2024"), "", "Le tribunal…");
        assert_eq!(ruling.get_date().map(|date| date.to_string()).as_deref(), Some("2024-05-03"));
        let told = Article::new("x").author("Marc Aubrac").date("2020-01-01".parse().unwrap());
        assert_eq!(describe(told.clone(), "", "Par Inès Guichard\n3 mai 2024"), told);
    }

    #[test]
    fn the_day_of_publication_is_told_from_others() {
        let day = |line: &str| published(line).map(|date| date.to_string());
        assert_eq!(day("Publié le 26 novembre 2024 à 18h05, mis à jour le 27/11/2024").as_deref(), Some("2024-11-26"));
        assert_eq!(day("Mis à jour le 27/11/2024 | Publié le 26/11/2024").as_deref(), Some("2024-11-26"));
        assert_eq!(day("AFP, publié le mardi 26 novembre 2024").as_deref(), Some("2024-11-26"));
        assert_eq!(day("La crue du 26 novembre 2024"), None);
        assert_eq!(day("Publié mardi dernier"), None);
        assert_eq!(day("Par Inès Guichard Publié le 26/11/2024").as_deref(), Some("2024-11-26"));
        assert_eq!(day("Article publié le 26 novembre 2024").as_deref(), Some("2024-11-26"));
        assert_eq!(day("Publié le 26 novembre 2024.").as_deref(), Some("2024-11-26"));
        assert_eq!(day("Publié en mars 2019").as_deref(), Some("2019-03"));
        assert_eq!(day("Date de publication : mars 2019").as_deref(), Some("2019-03"));
        assert_eq!(day("Paru en 2019").as_deref(), Some("2019"));
    }

    #[test]
    fn a_sentence_about_something_published_is_no_stamp() {
        for line in [
            "Un décret publié le 26 novembre 2024 inquiète les maires",
            "Ce rapport, publié le 26 novembre 2024, ne dit rien des digues de la ville haute.",
            "Publié le 26 novembre 2024, le décret prévoit une hausse du prix de l'eau pour tous.",
            "La carte, mise à jour le 3 mai 2024, montre que la crue a gagné le bas du village.",
        ] {
            assert_eq!(published(line).or_else(|| updated(line)), None, "{line}");
        }
    }
}
