//! Results as a page that stands alone: no script, no font, no image, nothing loaded from anywhere.
//!
//! The page reads well with a keyboard and aloud: landmarks, one heading a hit, the language of each text, matches in
//! `<mark>` and not by colour alone. It is dark or light as the reader's system is. Whatever comes from an article or a
//! query is escaped, control characters are made visible, and a policy in the page forbids scripts all the same.

use std::fmt::Write as _;
use std::ops::Range;

use limier::passage::to_html;
use limier::{Article, Hit, Hits};

use super::explain;
use super::lines::lit_lines;
use super::link;
use crate::messages::page as words;
use crate::notes::Notes;
use crate::paths::Shown;

const STYLE: &str = include_str!("page.css");

/// Returns the hits of a search as a page.
pub(crate) fn results(query: &str, hits: &Hits, notes: &Notes, shown: &Shown) -> String {
    let mut out = String::new();
    open(&mut out, &words::results_title(query));
    let _ = write!(out, "<header>\n<h1>{} <q lang=\"fr\">{}</q></h1>\n", words::RESULTS, escaped(query));
    let _ = write!(out, "<p>{}</p>\n</header>\n", escaped(&words::summary(hits.len(), hits.total(), hits.articles())));
    if !notes.as_slice().is_empty() {
        let _ = write!(out, "<aside aria-label=\"{}\">\n<ul>\n", words::NOTES);
        for note in notes.as_slice() {
            let _ = writeln!(out, "<li>{}</li>", escaped(&note.text));
        }
        out.push_str("</ul>\n</aside>\n");
    }
    out.push_str("<main>\n");
    if hits.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", words::NOTHING);
    } else {
        out.push_str("<ol>\n");
        hits.iter().for_each(|hit| push_hit(&mut out, hit, shown));
        out.push_str("</ol>\n");
    }
    out.push_str("</main>\n");
    close(&mut out);
    out
}

/// Returns a whole article as a page, its matches lit.
pub(crate) fn article(article: &Article, title: &[Range<usize>], body: &[Range<usize>]) -> String {
    let mut out = String::new();
    open(&mut out, &article.heading());
    out.push_str("<main>\n<article>\n");
    let _ = writeln!(out, "<h1 lang=\"fr\">{}</h1>", to_html(&article.heading(), title));
    push_known(&mut out, article, article.get_path().map(str::to_owned));
    let mut is_open = false;
    for (line, lights) in lit_lines(article.get_body(), body) {
        if line.trim().is_empty() {
            out.push_str(if is_open { "</p>\n" } else { "" });
            is_open = false;
            continue;
        }
        out.push_str(if is_open { "<br>\n" } else { "<p lang=\"fr\">" });
        is_open = true;
        out.push_str(&to_html(line, &lights));
    }
    out.push_str(if is_open { "</p>\n" } else { "" });
    out.push_str("</article>\n</main>\n");
    close(&mut out);
    out
}

fn open(out: &mut String, title: &str) {
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        words::code(),
        escaped(title)
    );
}

fn close(out: &mut String) {
    out.push_str("</body>\n</html>\n");
}

fn push_hit(out: &mut String, hit: &Hit, shown: &Shown) {
    let (article, rank) = (hit.article(), hit.rank());
    let _ = write!(out, "<li value=\"{rank}\">\n<article aria-labelledby=\"hit-{rank}\">\n");
    let title = to_html(&article.heading(), hit.title_highlights());
    let _ = match address(article) {
        Some(link) => {
            let link = escaped(&link);
            writeln!(out, "<h2 id=\"hit-{rank}\" lang=\"fr\"><a href=\"{link}\">{title}</a></h2>")
        }
        None => writeln!(out, "<h2 id=\"hit-{rank}\" lang=\"fr\">{title}</h2>"),
    };
    push_known(out, article, shown.article(article));
    for passage in hit.passages() {
        let text = passage.to_html();
        let _ = match passage.is_boilerplate() {
            true => {
                writeln!(
                    out,
                    "<p class=\"beside\"><small>{}</small> <span lang=\"fr\">{text}</span></p>",
                    words::BESIDE
                )
            }
            false => writeln!(out, "<p lang=\"fr\">{text}</p>"),
        };
    }
    if let Some(explanation) = hit.explanation() {
        let mut lines = explain::lines(hit.score(), explanation).into_iter();
        let _ = write!(out, "<details>\n<summary>{}</summary>\n<ul>\n", escaped(&lines.next().unwrap_or_default()));
        for line in lines {
            let _ = writeln!(out, "<li>{}</li>", escaped(&line));
        }
        out.push_str("</ul>\n</details>\n");
    }
    out.push_str("</article>\n</li>\n");
}

/// Adds the line of what is known of an article beside its title.
fn push_known(out: &mut String, article: &Article, path: Option<String>) {
    let date = article.get_date().map(|date| {
        let shown = escaped(&crate::messages::date(date));
        format!("<time datetime=\"{}\">{shown}</time>", escaped(&date.to_string()))
    });
    let text = |text: &str| escaped(text);
    let known = [path.as_deref().map(text), date, article.get_source().map(text), article.get_author().map(text)];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if known.is_empty() {
        return;
    }
    out.push_str("<ul class=\"known\">\n");
    for item in known {
        let _ = writeln!(out, "<li>{item}</li>");
    }
    out.push_str("</ul>\n");
}

/// Returns where a title leads: to the article's own page, else to its file.
///
/// Only addresses of pages are followed: `javascript:` and its like are none.
fn address(article: &Article) -> Option<String> {
    let is_page = |url: &&str| {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        matches!(scheme.as_deref(), Some("http" | "https"))
    };
    match article.get_url().filter(is_page) {
        Some(url) => Some(url.to_owned()),
        None => article.file_path().filter(|path| path.is_absolute()).and_then(|path| link::target(&path)),
    }
}

fn escaped(text: &str) -> String {
    to_html(text, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast, as WCAG 2.2 defines them: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |color: &str| {
            let part = |at: usize| {
                let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_stands_out_from_its_ground_dark_and_light() {
        let (light, dark) = STYLE.split_once("@media (prefers-color-scheme: dark)").unwrap();
        for (scheme, style) in [("light", light), ("dark", dark)] {
            let color = |name: &str| {
                let (_, rest) = style.split_once(&format!("--{name}: ")).unwrap();
                rest.split(';').next().unwrap().to_owned()
            };
            let pairs =
                [("text", "ground"), ("dim", "ground"), ("link", "ground"), ("seen", "ground"), ("lit", "light")];
            for (text, ground) in pairs {
                let ratio = contrast(&color(text), &color(ground));
                assert!(ratio >= 7.0, "{scheme}: {text} on {ground} {ratio:.2}");
            }
            // A link within a match keeps its colour of text.
            assert!(contrast(&color("light"), &color("ground")) > 1.15, "{scheme}");
        }
    }

    #[test]
    fn only_pages_and_files_are_linked() {
        let article = || Article::new("1");
        assert_eq!(address(&article().url("https://exemple.fr/a?b=1")).as_deref(), Some("https://exemple.fr/a?b=1"));
        assert_eq!(address(&article().url("javascript:alert(1)//https://")), None);
        assert_eq!(address(&Article::new("1").url("data:text/html,x")), None);
        assert_eq!(address(&Article::new("1")), None);
    }

    #[test]
    #[cfg(not(windows))]
    fn the_address_of_a_file_holds_no_letter_that_means_something() {
        let file = address(&Article::new("1").path("/a b/é#1?.txt"));
        assert_eq!(file.as_deref(), Some("file:///a%20b/%C3%A9%231%3F.txt"));
        assert_eq!(address(&Article::new("1").path("a/b")), None);
    }
}
