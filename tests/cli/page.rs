//! `--format html`: a page that stands alone, parsed as a browser parses it.

use std::path::PathBuf;
use std::process::Command;

use dom_query::Document;

use crate::{press, sandbox};

/// Parses a page; anything that the specification of HTML calls a parse error fails.
fn parsed(html: &str) -> Document {
    let document = Document::from(html);
    let errors = document.errors.borrow().clone();
    assert!(errors.is_empty(), "{errors:?} in\n{html}");
    document
}

fn count(page: &Document, selector: &str) -> usize {
    page.select(selector).length()
}

#[test]
fn a_page_has_landmarks_headings_languages_and_marks() {
    let sandbox = press();
    let run = sandbox.run(&["artistes OU train", "presse", "--format", "html", "--explain"]).code(0).quiet();
    let page = parsed(&run.out());
    assert!(run.out().starts_with("<!DOCTYPE html>\n"));
    assert_eq!(page.select("html").attr("lang").as_deref(), Some("en"));
    assert_eq!(page.select("title").text().as_ref(), "artistes OU train – limier");
    for (selector, expected) in [
        ("main", 1),
        ("header", 1),
        ("h1", 1),
        ("h1 q[lang=fr]", 1),
        ("main article", 3),
        ("article > h2[lang=fr]", 3),
        ("article h2 a[href]", 3),
        ("article > p[lang=fr]", 3),
        ("details > summary", 3),
        ("aside", 0),
        ("meta[name=viewport]", 1),
        ("meta[name=color-scheme]", 1),
        ("script, link, img, iframe, object, form, base", 0),
    ] {
        assert_eq!(count(&page, selector), expected, "{selector}\n{}", run.shown());
    }
    for article in page.select("article").iter() {
        let named = article.attr("aria-labelledby").unwrap();
        assert_eq!(count(&page, &format!("h2#{named}")), 1, "each article is named by its heading");
        assert!(article.select("mark").length() > 0);
    }
    assert_eq!(page.select("header p").text().as_ref(), "3 hits in 4 articles");
    assert!(page.select("h2 mark").text().contains("artistes"), "titles are lit too");
    // An article with an address leads there, any other to its file.
    let links: Vec<String> = page.select("h2 a").iter().map(|link| link.attr("href").unwrap().to_string()).collect();
    assert!(links.contains(&"https://exemple.fr/1".to_owned()), "{links:?}");
    assert!(links.iter().any(|link| link.starts_with("file:///") && link.ends_with("presse/sora.txt")), "{links:?}");
}

#[test]
fn nothing_of_an_article_or_a_query_becomes_markup() {
    let sandbox = sandbox();
    let attack = "</p></article></main><script>alert('tapir')</script><img src=x onerror=\"alert(1)\"> &lt;b&gt; tapir \
                  <!-- ' \" --> \u{1b}[31m \u{202e}tapir\u{0} </style></title>";
    let record = serde_json::json!({
        "id": "\"><b>", "title": attack, "text": format!("{attack}\n\nLe tapir dort."),
        "author": attack, "source": attack, "url": "javascript:alert(1)//http://", "date": "2024-01-02",
    });
    sandbox.write("a.jsonl", format!("{record}\n"));
    let query = "tapir </title><script>alert(1)</script> \"'&";
    for arguments in
        [&[query, "a.jsonl", "--format", "html", "--explain"][..], &["show", "a.jsonl", query, "--format", "html"]]
    {
        let run = sandbox.run(arguments).code(0);
        let page = parsed(&run.out());
        assert_eq!(count(&page, "script, img, b, iframe, [onerror]"), 0, "{}", run.shown());
        assert_eq!(count(&page, "title"), 1);
        assert_eq!(count(&page, "style"), 1);
        assert_eq!(count(&page, "a[href^=javascript]"), 0);
        assert!(count(&page, "mark") >= 3, "{}", run.shown());
        assert!(page.select("main").text().contains("<script>alert('tapir')</script>"), "the text itself is there");
        assert!(!run.out().contains(['\u{1b}', '\u{202e}', '\0']));
    }
}

#[test]
fn a_page_without_hits_says_so_and_a_page_with_notes_shows_them() {
    let sandbox = press();
    let run = sandbox.run(&["xylophoniste", "presse", "--format", "html", "--no-mend"]).code(1);
    let page = parsed(&run.out());
    assert_eq!(count(&page, "article"), 0);
    assert!(page.select("main").text().contains("Nothing found"));
    let run = sandbox.run(&["artsites", "presse", "--format", "html"]).code(0).err_has("artsites");
    let page = parsed(&run.out());
    assert!(page.select("aside[aria-label] li").text().contains("« artsites »"), "{}", run.shown());
}

#[test]
fn an_article_is_a_page_too() {
    let sandbox = press();
    let run = sandbox.run(&["show", "presse/sora.txt", "artiste rémunérer", "--format", "html"]).code(0).quiet();
    let page = parsed(&run.out());
    assert_eq!(page.select("h1").text().as_ref(), "Des artistes en colère");
    let lit: Vec<String> = page.select("mark").iter().map(|mark| mark.text().to_string()).collect();
    assert_eq!(lit, ["artistes", "artistes", "rémunérés"]);
    assert_eq!(page.select("main p").text().as_ref().matches("Ils protestent.").count(), 1);
}

#[test]
fn the_last_form_that_is_asked_for_is_written() {
    let sandbox = press();
    for (flags, begins) in [
        (&["--json"][..], "{\"type\":\"hit\""),
        (&["--format", "json"], "{\"type\":\"hit\""),
        (&["--format=html", "--json"], "{\"type\":\"hit\""),
        (&["--json", "--format", "html"], "<!DOCTYPE html>"),
        (&["--json", "--format", "plain"], "Des artistes en colère\n"),
    ] {
        let run = sandbox.run(&[&["artistes", "presse"], flags].concat()).code(0);
        assert!(run.out().starts_with(begins), "{flags:?}\n{}", run.shown());
    }
    sandbox
        .run(&["artistes", "presse", "--format", "pdf"])
        .code(2)
        .err_has("possible values: plain, compact, vimgrep, json, html");
}

/// A Chromium: `$LIMIER_CHROMIUM`, or one of the names it is installed under.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LIMIER_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

#[test]
fn a_browser_shows_the_page() {
    let Some(chromium) = chromium() else {
        eprintln!("skipped: no Chromium is installed");
        return;
    };
    let sandbox = press();
    let html = sandbox.run(&["artistes", "presse", "--format", "html"]).code(0).out();
    sandbox.write("page.html", &html);
    let shot = |dark: bool| {
        let picture = sandbox.path(if dark { "dark.png" } else { "light.png" });
        let mut command = Command::new(&chromium);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=400,800", "--hide-scrollbars"]);
        command.arg(format!("--user-data-dir={}", sandbox.path("profile").display()));
        command.arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }));
        command.arg(format!("--screenshot={}", picture.display()));
        command.arg(format!("file://{}", sandbox.path("page.html").display()));
        assert!(command.output().unwrap().status.success());
        std::fs::read(picture).unwrap()
    };
    assert_ne!(shot(false), shot(true), "dark and light are two pictures");

    let mut command = Command::new(&chromium);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", sandbox.path("profile").display()));
    command.arg(format!("file://{}", sandbox.path("page.html").display()));
    let output = command.output().unwrap();
    let seen = Document::from(String::from_utf8_lossy(&output.stdout).as_ref());
    let (seen_marks, own) = (count(&seen, "mark"), parsed(&html));
    assert_eq!(seen_marks, count(&own, "mark"));
    assert_eq!(seen.select("main").text(), own.select("main").text());
}
