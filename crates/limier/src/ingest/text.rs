//! Plain text: one article a file.

use std::ops::Range;

use crate::Article;
use crate::article::opening;

use super::noise::fold;
use super::{RecurringLines, byline, labelled, title};

/// A line that speaks so much against itself as a title is no beginning of a text either.
const RECURS_OFTEN: f32 = 0.25;

/// Makes an article of a text whose lines end in `\n`: its title, its body, and the line at which the body begins.
///
/// `name` is the file's name without extension: the title of last resort. Lines of `recurring` are no title while another
/// line can be one.
pub(super) fn article(id: String, text: &str, name: &str, recurring: &RecurringLines) -> Article {
    // A text that would be nothing but its title is all body: passages are taken from bodies.
    let labelled = labelled::read(text);
    let genre = || if readable_name(name).is_none() { title::genre(text, recurring) } else { None };
    let found = labelled.title.or_else(|| title::find(text, name, recurring)).or_else(genre).filter(|title| {
        let rest = [text.get(..title.start), text.get(title.end..)];
        rest.into_iter().flatten().any(|part| part.contains(char::is_alphanumeric))
    });
    let title = match &found {
        Some(range) => title::one_line(text.get(range.clone()).unwrap_or_default()),
        None => title_without_line(text, name, recurring),
    };
    let around = found.clone().unwrap_or(0..0);
    let (before, after) = (text.get(..around.start).unwrap_or_default(), text.get(around.end..).unwrap_or_default());
    let (body, line) = body_without(text, found);
    let mut article = Article::new(id).title(title).body(body).line(line);
    article.author = labelled.author;
    article.date = labelled.date;
    byline::describe(article, before, after)
}

/// Makes a title where no line is one: of the file's name, else of the first sentence.
pub(super) fn title_without_line(text: &str, name: &str, recurring: &RecurringLines) -> String {
    readable_name(name).unwrap_or_else(|| lead(text, name, recurring))
}

/// Returns the body and its first line, counted from 1: `text` without blanks at its ends and without the title.
///
/// Lines before the title stay, and the title leaves its line blank: every line of the body is one line of the file.
pub(super) fn body_without(text: &str, title: Option<Range<usize>>) -> (String, u32) {
    let mut body = String::with_capacity(text.len());
    match title.and_then(|range| Some((text.get(..range.start)?, text.get(range.clone())?, text.get(range.end..)?))) {
        Some((before, cut, after)) => {
            // What marked the title ("# ", "Titre :") goes with it; blank lines stand for its lines.
            let before = before.get(..before.rfind('\n').map_or(0, |end| end + 1)).unwrap_or_default();
            body.push_str(before);
            body.extend(cut.chars().filter(|&c| c == '\n'));
            body.push_str(after);
        }
        None => body.push_str(text),
    }
    let start = body.len() - body.trim_start().len();
    let blank_lines = body.bytes().take(start).filter(|&byte| byte == b'\n').count();
    body.truncate(body.trim_end().len());
    body.drain(..start.min(body.len()));
    (body, u32::try_from(blank_lines + 1).unwrap_or(u32::MAX))
}

/// Makes a title of a file's name: `la-crue_de_1982` becomes `La crue de 1982`; `None` where it holds no word.
fn readable_name(name: &str) -> Option<String> {
    let is_code = |word: &str| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || "_-+.".contains(c)).filter(|w| !w.is_empty()).collect();
    let is_word = |word: &&str| !is_code(word) && word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    if !words.iter().any(is_word) {
        return None;
    }
    let line = words.join(" ");
    let mut chars = line.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// Makes a title of the first sentence of a text, cut at a word; the file's name where the text holds no word.
fn lead(text: &str, name: &str, recurring: &RecurringLines) -> String {
    let text = title::text_of_page(text).unwrap_or(text);
    let lines = || text.lines().map(str::trim).filter(|line| !super::noise::is_noise(line) || is_bullet(line));
    let says = |line: &&str| recurring.against_title(line) < RECURS_OFTEN && !is_salutation(line);
    let line = lines().find(says).or_else(|| lines().next());
    let Some(line) = line else { return name.to_owned() };
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"«\"“".contains(c));
    opening(line)
}

/// `Monsieur le maire,`, `Chère Inès,`, `Bonjour,`: how a letter begins.
fn is_salutation(line: &str) -> bool {
    const FIRST: [&str; 12] = [
        "bonjour",
        "bonsoir",
        "cher",
        "chere",
        "cheres",
        "chers",
        "madame",
        "mesdames",
        "messieurs",
        "mon",
        "monsieur",
        "salut",
    ];
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    folded.ends_with(',') && words.next().is_some_and(|first| FIRST.contains(&first)) && words.count() <= 6
}

fn is_bullet(line: &str) -> bool {
    line.starts_with("• ") && line.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "Le conseil municipal a voté mardi soir la fermeture du pont aux véhicules lourds. La mesure \
        prendra effet au printemps, le temps que les services du département posent les panneaux et ouvrent la déviation.";

    fn read(text: &str, name: &str) -> Article {
        article("x".to_owned(), text, name, &RecurringLines::default())
    }

    #[test]
    fn a_title_on_the_first_line_leaves_the_body() {
        let article = read(&format!("\nLe pont fermé aux poids lourds\n\n\n{PARAGRAPH}\n\nFin.\n\n"), "x");
        assert_eq!(article.get_title(), "Le pont fermé aux poids lourds");
        assert_eq!(article.get_body(), format!("{PARAGRAPH}\n\nFin."));
        assert_eq!(article.get_line(), 5);
    }

    #[test]
    fn a_title_made_of_the_first_sentence_holds_all_of_it() {
        for (text, title) in [
            (
                "Quelque 3.745.540 naissances ont été enregistrées dans le pays l'année dernière. C'est moins.",
                "Quelque 3.745.540 naissances ont été enregistrées dans le pays l'année dernière",
            ),
            (
                "M. Roux et le Dr Blin ont signé mardi soir un accord que personne n'attendait. Il tient.",
                "M. Roux et le Dr Blin ont signé mardi soir un accord que personne n'attendait",
            ),
        ] {
            assert_eq!(read(text, "x").get_title(), title);
        }
    }

    #[test]
    fn what_stands_before_the_title_stays_on_its_lines() {
        let page = format!("Accueil > Tulle\nPublié le 3 mai\n\nLe pont fermé aux poids lourds\n\n{PARAGRAPH}");
        let article = read(&page, "x");
        assert_eq!(article.get_title(), "Le pont fermé aux poids lourds");
        assert_eq!(article.get_body(), format!("Accueil > Tulle\nPublié le 3 mai\n\n\n\n{PARAGRAPH}"));
        assert_eq!(article.get_line(), 1);
    }

    #[test]
    fn every_line_of_the_body_is_a_line_of_the_file() {
        for page in [
            format!("\n\n# Le pont fermé aux poids lourds\n\n{PARAGRAPH}\nFin"),
            format!(
                "Site du pont\n\n  Titre : Le pont fermé aux\npoids lourds de la ville\nPar Marc Aubrac\n\n{PARAGRAPH}\nFin"
            ),
            format!("{PARAGRAPH}\n\nFin"),
        ] {
            let article = read(&page, "x");
            assert!(!article.get_body().contains("fermé aux"), "{article:?}");
            let lines: Vec<&str> = page.lines().collect();
            for (i, line) in article.get_body().lines().enumerate() {
                let in_file = lines[article.get_line() as usize - 1 + i];
                assert!(line == in_file || line.is_empty(), "{line:?} is not {in_file:?}");
            }
        }
    }

    #[test]
    fn the_name_of_the_file_is_made_readable() {
        for (name, expected) in [
            ("la-crue_de_1982", Some("La crue de 1982")),
            ("Discours du maire", Some("Discours du maire")),
            ("élan.2", Some("Élan 2")),
            ("000_1f9349ab15c738ba", None),
            ("1234", None),
            ("", None),
        ] {
            assert_eq!(readable_name(name).as_deref(), expected, "{name}");
        }
        let article = read(PARAGRAPH, "fermeture-du-pont");
        assert_eq!((article.get_title(), article.get_body()), ("Fermeture du pont", PARAGRAPH));
    }

    #[test]
    fn a_name_that_says_nothing_gives_way_to_the_first_sentence() {
        let article = read(PARAGRAPH, "000_1f9349ab15c738ba");
        assert_eq!(
            article.get_title(),
            "Le conseil municipal a voté mardi soir la fermeture du pont aux véhicules lourds"
        );
        assert_eq!(article.get_body(), PARAGRAPH);
        let long = PARAGRAPH.replace(". La", ", la");
        let title = read(&long, "17").get_title().to_owned();
        assert_eq!(title, "Le conseil municipal a voté mardi soir la fermeture du pont aux véhicules lourds, la…");
        let list = format!("EN BREF\n• 🚧 Le pont ferme.\n\n{PARAGRAPH}");
        assert_eq!(read(&list, "17").get_title(), "Le pont ferme");
        assert_eq!(read("-\n", "17").get_title(), "17");
    }

    #[test]
    fn a_letter_does_not_begin_with_its_salutation() {
        for salutation in ["Monsieur le maire,", "Chère Inès,", "Bonjour à tous,"] {
            let title = read(&format!("{salutation}\n\n{PARAGRAPH}"), "17").get_title().to_owned();
            assert!(title.starts_with("Le conseil"), "{salutation}: {title}");
        }
        assert_eq!(read("Bonjour,\n\n-\n", "17").get_title(), "Bonjour,");
    }

    #[test]
    fn a_letter_is_called_by_what_it_is_about() {
        let article = read(
            &format!(
                "De : Inès Guichard <ines@exemple.fr>\nDate : 3 octobre 2024\nObjet : Le bac rouvre\n\n{PARAGRAPH}"
            ),
            "17",
        );
        assert_eq!((article.get_title(), article.get_author()), ("Le bac rouvre", Some("Inès Guichard")));
        assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-10-03"));
        assert_eq!(
            article.get_body(),
            format!("De : Inès Guichard <ines@exemple.fr>\nDate : 3 octobre 2024\n\n\n{PARAGRAPH}")
        );
    }

    #[test]
    fn a_label_that_says_what_a_text_is_is_its_title_where_nothing_is() {
        for head in ["Éditorial", "ÉDITORIAL", "Éditorial\nPar Léa Le Gall", "TRIBUNE\n\n3 mai 2024"] {
            let article = read(&format!("{head}\n\n{PARAGRAPH}"), "17");
            assert_eq!(article.get_title(), head.lines().next().unwrap(), "{head}");
            assert!(
                article.get_body().ends_with(PARAGRAPH) && !article.get_body().contains(article.get_title()),
                "{head}"
            );
        }
        // Any other title is a better one.
        assert_eq!(read(&format!("Éditorial\n\nLe pont, enfin\n\n{PARAGRAPH}"), "17").get_title(), "Le pont, enfin");
        assert_eq!(read(&format!("Éditorial\n\n{PARAGRAPH}"), "la-fin-du-pont").get_title(), "La fin du pont");
        assert!(read(&format!("Sport\n\n{PARAGRAPH}"), "17").get_title().starts_with("Le conseil"));
    }

    #[test]
    fn a_text_of_one_line_is_all_body() {
        for text in ["Le pont fermé aux poids lourds\n", "Le chat dort.", "# Le pont\n\n***\n"] {
            let article = read(text, "a-lire-demain");
            assert_eq!((article.get_title(), article.get_body()), ("A lire demain", text.trim()));
        }
    }
}
