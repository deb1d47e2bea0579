//! What a page says of its article in JSON-LD: <https://schema.org/Article>.

use serde_json::{Map, Value};

use super::super::title;
use super::tag::{Attribute, Tag};
use super::tree::Page;

/// An article as JSON-LD describes it; texts as they were written there.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
    /// What a recipe is, takes and asks for, a part a line.
    pub(super) recipe: Option<String>,
}

/// Values nested deeper than this are not looked at.
const MAX_DEPTH: usize = 12;

/// Reads what the scripts of a page describe; the first article wins, and a page that is none says little.
pub(super) fn read(page: &Page) -> Described {
    let mut values = Vec::new();
    for (index, node) in page.nodes().iter().enumerate() {
        let is_data = node.tag == Tag::Script && page.attribute(node, Attribute::Type).is_some_and(is_json_ld);
        if is_data {
            values.extend(parse(&page.raw_text_below(index)));
        }
    }
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut objects));
    let rank_of = |object: &Map<String, Value>| types(object).map(rank).max().unwrap_or(0);
    // The first of the best rank: `max_by_key` would return the last.
    let best = objects.iter().map(|object| rank_of(object)).max().unwrap_or(0);
    match objects.iter().find(|object| best > 0 && rank_of(object) == best) {
        Some(article) => describe(article, &objects),
        None => Described::default(),
    }
}

/// Tells whether the type of a script is that of JSON-LD.
pub(super) fn is_json_ld(kind: &str) -> bool {
    kind.trim().get(..19).is_some_and(|start| start.eq_ignore_ascii_case("application/ld+json"))
}

/// Parses one script; line ends within strings, which JSON forbids and pages hold, are spaces.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&mended).ok()
}

/// Gathers all objects, the outer ones first.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|value| collect(value, depth + 1, objects));
        }
        _ => {}
    }
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let of = object.get("@type");
    let many = of.and_then(Value::as_array).into_iter().flatten();
    of.into_iter().chain(many).filter_map(Value::as_str).map(|name| name.rsplit('/').next().unwrap_or(name))
}

/// How much an object of this type says of the page's article.
fn rank(kind: &str) -> u8 {
    match kind {
        "BlogPosting" | "Article" | "Report" | "LiveBlogPosting" | "SocialMediaPosting" => 3,
        _ if kind.ends_with("Article") => 3,
        "Recipe" | "Review" | "Event" | "VideoObject" | "PodcastEpisode" | "QAPage" => 2,
        "WebPage" | "ItemPage" => 1,
        _ => 0,
    }
}

fn describe(article: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Described {
    let text = |keys: &[&str]| keys.iter().find_map(|key| string(article.get(*key)?));
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if let Some(value) = article.get(key).filter(|_| authors.is_empty()) {
            names(value, objects, &mut authors);
        }
    }
    let mut publisher = Vec::new();
    for key in ["publisher", "sourceOrganization", "isPartOf"] {
        if let Some(value) = article.get(key).filter(|_| publisher.is_empty()) {
            names(value, objects, &mut publisher);
        }
    }
    let address = |value: &Value| string(value).or_else(|| string(value.get("@id")?));
    Described {
        headline: text(&["headline", "name"]),
        date: text(&["datePublished", "dateCreated", "uploadDate"]),
        authors,
        publisher: publisher.into_iter().next(),
        url: text(&["url"]).or_else(|| article.get("mainEntityOfPage").and_then(address)),
        language: text(&["inLanguage"]),
        body: text(&["articleBody"]),
        recipe: recipe(article),
    }
}

/// Writes a recipe down: <https://schema.org/Recipe>.
fn recipe(article: &Map<String, Value>) -> Option<String> {
    let mut parts = Vec::new();
    article.get("recipeInstructions").or_else(|| article.get("recipeIngredient"))?;
    for key in ["description", "recipeIngredient", "recipeInstructions"] {
        let mut texts = Vec::new();
        article.get(key).into_iter().for_each(|value| steps(value, &mut texts));
        let mark = if texts.len() > 1 { "- " } else { "" };
        let lines: Vec<String> = texts.iter().map(|text| format!("{mark}{}", title::one_line(text))).collect();
        parts.extend((!lines.is_empty()).then(|| lines.join("\n")));
    }
    Some(parts.join("\n\n"))
}

/// Adds the texts of steps, which may stand in sections; the parser bounds how deep they are.
fn steps(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| steps(value, texts)),
        Value::Object(step) => {
            if let Some(value) = step.get("text").or_else(|| step.get("itemListElement")).or_else(|| step.get("name")) {
                steps(value, texts);
            }
        }
        _ => {}
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => values.iter().find_map(string),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// Adds the names of persons or organisations: a text, an object with a name, one that names another by its `@id`.
fn names(value: &Value, objects: &[&Map<String, Value>], found: &mut Vec<String>) {
    let mut add = |name: String| {
        if !found.contains(&name) {
            found.push(name);
        }
    };
    match value {
        Value::String(name) => add(name.clone()),
        Value::Array(values) => values.iter().take(MAX_NAMES).for_each(|value| names(value, objects, found)),
        Value::Object(object) => {
            if let Some(name) = object.get("name").and_then(string) {
                return add(name);
            }
            let id = object.get("@id");
            let other =
                objects.iter().find(|other| id.is_some() && other.get("@id") == id && other.contains_key("name"));
            if let Some(name) = other.and_then(|other| string(other.get("name")?)) {
                add(name);
            }
        }
        _ => {}
    }
}

/// No article has more authors than are worth showing.
const MAX_NAMES: usize = 12;
