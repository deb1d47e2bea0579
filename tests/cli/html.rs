//! Pages of HTML, through the program: what is read out of them, and what is left out.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::sandbox;

/// Reads one of the pages in `tests/pages`.
fn page(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    std::fs::read(folder.join(name)).unwrap()
}

/// Returns what is read from a page of this name and content.
fn extract(name: &str, content: impl AsRef<[u8]>) -> Value {
    let sandbox = sandbox();
    sandbox.write(name, content);
    sandbox.run(&["extract", "--json", name]).code(0).quiet().json()[0].clone()
}

#[test]
fn a_page_of_a_newspaper_gives_its_article_alone() {
    let article = extract("a.html", page("journal.html"));
    assert_eq!(article["title"], "Le bac de Saint-Aubin reprend du service");
    assert_eq!(article["date"], "2024-04-02");
    assert_eq!(article["author"], "Maud Quesnel, Loïc Hamel");
    assert_eq!(article["source"], "L’Écho des Méandres");
    assert_eq!(article["url"], "https://echo-des-meandres.exemple/vallee/bac-saint-aubin");
    let body = article["body"].as_str().unwrap();
    assert!(body.starts_with("Après sept mois d’arrêt, le bac transporte"), "{body}");
    assert!(body.ends_with("D’ici là, le bac naviguera tous les jours."), "{body}");
    for kept in ["Gisèle, infirmière", "\n\nUn moteur refait à neuf\n\n", "le moteur d’origine", "- Tarif : gratuit"]
    {
        assert!(body.contains(kept), "{kept:?} is missing\n{body}");
    }
    for left_out in [
        "cookies",
        "Sport",
        "Accueil",
        "Partager",
        "À lire aussi",
        "péage",
        "Publicité",
        "Inscrivez",
        "programme",
        "passeur",
        "riverain76",
        "Dix minutes, c’est vite dit",
        "piscine",
        "Mentions",
        "à quai",
        "Publié le",
    ] {
        assert!(!body.contains(left_out), "{left_out:?} is not the article's\n{body}");
    }
}

#[test]
fn a_post_is_told_from_what_readers_wrote_under_it() {
    let article = extract("a.html", page("blog.html"));
    assert_eq!(article["title"], "Greffer un vieux poirier");
    assert_eq!(article["date"], "2023-03-12");
    assert_eq!(article["author"], "Odile Ferrand");
    let body = article["body"].as_str().unwrap();
    assert!(body.starts_with("L’arbre a plus de cent ans"), "{body}");
    assert!(body.ends_with("si les greffons ont pris."), "{body}");
    assert!(body.contains("on le persuade.\n\nEnsuite viennent les outils :\n\n- un greffoir"), "{body}");
}

#[test]
fn pages_without_head_or_order_are_read() {
    let article = extract("a.htm", page("nue.html"));
    assert_eq!(article["title"], "Chronique du moulin de la Roche");
    assert_eq!((&article["author"], &article["date"]), (&"Étienne Bazin".into(), &"2021-03-01".into()));
    let body = article["body"].as_str().unwrap();
    assert!(body.contains("les ânes attendaient") && body.ends_with("au milieu des orties."), "{body}");

    let article = extract("gazette.htm", page("gazette-1252.htm"));
    assert_eq!(article["title"], "La fête des œillets");
    assert_eq!((&article["author"], &article["date"]), (&"Hélène Roussel".into(), &"1999-05-12".into()));
    let body = article["body"].as_str().unwrap();
    assert!(body.starts_with("L’été n’avait pas commencé que déjà les œillets coûtaient 12 €"), "{body}");
    assert!(!body.contains("Météo") && !body.contains('©'), "{body}");
}

#[test]
fn a_page_of_links_can_still_be_found() {
    let sandbox = sandbox();
    sandbox.write("pages/liens.html", page("liens.html"));
    let run = sandbox.run(&["Clairfontaine", "pages", "--json"]).code(0).quiet();
    assert_eq!(run.hits()[0]["title"], "Annuaire des mairies du canton");
}

#[test]
fn a_page_is_known_by_its_content_where_its_name_lies() {
    let sandbox = sandbox();
    sandbox.write("pages/sans-extension", page("journal.html"));
    sandbox.write("pages/texte.txt", page("blog.html"));
    sandbox.write("pages/note.html", "Une note sans balise, enregistrée sous un autre nom par mégarde.");
    let run = sandbox.run(&["extract", "--json", "pages"]).code(0).quiet();
    let titles: Vec<String> = run.json().iter().map(|a| a["title"].as_str().unwrap().to_owned()).collect();
    assert!(titles.contains(&"Le bac de Saint-Aubin reprend du service".to_owned()), "{titles:?}");
    assert!(titles.contains(&"Greffer un vieux poirier".to_owned()), "{titles:?}");
    sandbox.run(&["mégarde", "pages"]).code(0).out_has("note.html");
}

#[test]
fn hostile_markup_is_text_and_reaches_no_terminal() {
    let article = extract("a.html", page("hostile.html"));
    let title = article["title"].as_str().unwrap();
    assert!(!title.contains(char::is_control) && title.contains("titre"), "{title:?}");
    let body = article["body"].as_str().unwrap();
    assert!(body.starts_with("Le texte <b>reste</b> du texte, &amp; rien"), "{body}");
    for kept in ["un style mal fermé", "Une cellule ouverte", "Après la fin, il reste"] {
        assert!(body.contains(kept), "{kept:?} is missing\n{body}");
    }
    assert!(!body.contains("alert") && !body.contains("caché"), "{body}");
}

#[test]
fn a_hundred_thousand_levels_are_read_in_time() {
    let paragraph = "<p>Tout au fond, un paragraphe qui parle d’hippocampes et reste lisible malgré tout.</p>";
    let sandbox = sandbox();
    for (name, deep) in [
        ("div.html", format!("{}{paragraph}{}", "<div>".repeat(100_000), "</div>".repeat(100_000))),
        ("formats.html", format!("{}{paragraph}", "<b><i><font>".repeat(40_000))),
        ("tables.html", format!("{}{paragraph}", "<table><tr><td>".repeat(40_000))),
        ("attributes.html", format!("<div {}>{paragraph}", "a=1 ".repeat(100_000))),
    ] {
        sandbox.write(format!("pages/{name}"), deep);
    }
    let started = std::time::Instant::now();
    assert_eq!(sandbox.run(&["hippocampes", "pages", "--json", "--duplicates", "show"]).code(0).hits().len(), 4);
    // Quadratic readers need minutes.
    assert!(started.elapsed().as_secs() < 240, "{:?}", started.elapsed());
}

#[test]
fn empty_pages_are_told() {
    let sandbox = sandbox();
    sandbox.write("vide.html", "");
    sandbox.write("rien.html", "<html><head><script>var a = 1;</script></head><body><img src=a.png></body></html>");
    sandbox.run(&["extract", "vide.html", "rien.html"]).code(1).err_has("vide.html").err_has("rien.html");
}

/// Counts the words of a text, in lower case.
fn words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

/// Whole pages in the manner of twenty systems, written for this test (`tests/pages/whole`); beside each its title, day and
/// author, and its text.
#[test]
fn whole_pages_of_many_systems_give_their_article() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages/whole");
    let sandbox = sandbox();
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "html") {
            names.push(path.file_stem().unwrap().to_string_lossy().into_owned());
            sandbox.write(path.file_name().unwrap(), std::fs::read(&path).unwrap());
        }
    }
    names.sort();
    assert!(names.len() >= 20, "{names:?}");
    let articles = sandbox.run(&["extract", "--json", "."]).code(0).quiet().json();
    let mut sum = 0.0;
    for name in &names {
        let article = articles.iter().find(|article| article["id"] == format!("{name}.html")).unwrap();
        let expected = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let [title, date, author, text] = expected.splitn(4, '\n').collect::<Vec<_>>()[..] else { panic!("{name}") };
        let told = ["title", "date", "author"].map(|field| article[field].as_str().unwrap_or_default());
        assert_eq!(told, [title, date, author], "{name}");
        let (own, gold) = (words(article["body"].as_str().unwrap()), words(text));
        let common: usize = own.iter().map(|(word, count)| *count.min(gold.get(word).unwrap_or(&0))).sum();
        let f1 = 2.0 * common as f64 / (own.values().sum::<usize>() + gold.values().sum::<usize>()) as f64;
        assert!(f1 >= 0.95, "{name}: {f1:.3}");
        sum += f1;
    }
    let mean = sum / names.len() as f64;
    assert!(mean >= 0.99, "{mean:.4}");
}
