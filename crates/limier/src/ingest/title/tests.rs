//! The manners of pages, and the title of each.

use super::*;

fn title(text: &str) -> Option<String> {
    find(text, "x17", &RecurringLines::default()).map(|range| one_line(&text[range]))
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
        ("Accueil > Corrèze > Tulle\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
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
        ("Publié le 3 mai 2024 à 18h05\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
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
        ("© Marc Aubrac / Photothèque\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
        (
            "Propos recueillis par Inès Guichard\n\n« Ce pont, c’est notre vie »\n\n¶",
            Some("« Ce pont, c’est notre vie »"),
        ),
        ("Par-dessus le pont, la colère\n\n¶", Some("Par-dessus le pont, la colère")),
        // Buttons, boxes, labels.
        ("Partager\nTweeter\nImprimer\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
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
        ("LE CODE EXPLIQUÉ / Fiche n° 3\nLe pont fermé aux poids lourds\n¶", Some("Le pont fermé aux poids lourds")),
        (
            "TULLE\nLe pont fermé aux poids lourds\nLes routiers cherchent un autre chemin\n\n¶",
            Some("Le pont fermé aux poids lourds"),
        ),
        ("Le pont fermé aux poids lourds\nTulle (Corrèze)\n\n¶", Some("Le pont fermé aux poids lourds")),
        ("VOIRIE\nVOTRE PONT EN MAI\nLundi 3 mai\n\n¶", Some("VOTRE PONT EN MAI")),
        // Who wrote, without a word for it.
        ("Le pont fermé aux poids lourds\nLéa Le Gall\n3 mai 2024\n\n¶", Some("Le pont fermé aux poids lourds")),
        ("Léa Le Gall\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
        (
            "Le Fil du fleuve\njeudi 3 octobre 2024\nVallée, p. 4\n\nLe pont fermé aux poids lourds\n\nLéa Le Gall\n\n¶",
            Some("Le pont fermé aux poids lourds"),
        ),
        ("AFP - 3 octobre 2024 - 09:12\n\nLe pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
        (
            "JUGEMENT DU TRIBUNAL DE TULLE\n\nDEMANDEUR :\nLa commune de Naves\n\n¶",
            Some("JUGEMENT DU TRIBUNAL DE TULLE"),
        ),
        ("Simone Veil\n\n¶", Some("Simone Veil")),
        ("Simone Veil\nUne vie contre l’oubli\n\nSimone Veil entre au gouvernement.\n¶", Some("Simone Veil")),
        // Short and old-fashioned titles.
        ("Le pont\n\n¶", Some("Le pont")),
        (
            "Le lavoir\n\nDans l’eau qui dort au pied du mur,\nla lune a mis sa lampe d’or ;\nle vent remue un bruit obscur\n",
            Some("Le lavoir"),
        ),
        ("Titre : Le pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
        ("# Le pont fermé aux poids lourds\n\n¶", Some("Le pont fermé aux poids lourds")),
        ("Le pont fermé aux poids lourds\n==============================\n\n¶", Some("Le pont fermé aux poids lourds")),
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
    let found = |name: &str| find(&text, name, &RecurringLines::default()).map(|range| &text[range]);
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
        find(text, text, &RecurringLines::default());
    }
}

/// Whole pages of many sorts, as a careless scraper writes them: made for this test, and the title of each.
#[test]
fn short_titles_are_told_from_the_menus_around_them() {
    let pages = include_str!("pages.txt");
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages.split("=====\n").filter(|page| !page.trim().is_empty()) {
        let (heading, text) = page.split_once('\n').unwrap();
        let (sort, expected) = heading.split_once(" : ").unwrap();
        let found = title(text);
        count += 1;
        if found.as_deref() != Some(expected) {
            wrong.push((sort, expected, found));
        }
    }
    assert!(count >= 20, "{count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_page_of_menus_alone_has_no_title_of_theirs() {
    let page = format!("Menu\nMétéo\nEmploi\nJardin\nLoisirs\nVoyages\nAnnonces\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n");
    assert_eq!(title(&page), None);
    assert_eq!(text_of_page(&page).map(|text| &text[..10]), Some("Le conseil"));
}

#[test]
fn a_label_is_the_title_of_what_explains_it() {
    let text = "Musique\n\nLa musique est l’art d’arranger les sons et les silences dans le temps, pour l’oreille.\n";
    assert_eq!(title(text).as_deref(), Some("Musique"));
    assert_eq!(title("Musique\n\nLe conseil municipal a voté mardi soir la fermeture du pont.\n"), None);
}
