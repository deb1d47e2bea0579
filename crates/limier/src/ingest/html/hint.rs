//! What the class and the id of an element say about the text in it.
//!
//! Site builders name things alike, in French and in English: `article-share`, `fil-ariane`, `lire-aussi`. A name is
//! split into words, at marks and where a capital follows a small letter; a word, or two side by side, is a hint. Hints
//! are weighed against what the element holds: a name is only a name.

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Hint {
    /// Nothing.
    #[default]
    None,
    /// What readers wrote under the article.
    Comments,
    /// Asks for leave to set cookies.
    Consent,
    /// What surrounds an article: menus, sharing, other articles, advertising, boxes.
    Page,
    /// Describes a picture, or says whose it is.
    Caption,
    /// Date, author, reading time.
    Byline,
    /// The summary above an article, which French newspapers call its *chapô*.
    Lead,
    /// A quotation or a box that its author set beside the text.
    Inset,
}

/// Returns what a class or an id says.
pub(super) fn of(name: &str) -> Hint {
    let mut found = Hint::None;
    let mut previous = String::new();
    let mut before_previous = String::new();
    for name in name.split_whitespace() {
        // What an article is filed under says nothing of its place: `tag-publicite`.
        let mut is_subject = false;
        for word in Words::new(name) {
            let hint = match of_word(&word) {
                Hint::None => of_pair(&before_previous, &previous, &word),
                _ if is_subject => Hint::None,
                hint => hint,
            };
            if rank(hint) > rank(found) {
                found = hint;
            }
            is_subject |= matches!(&*word, "category" | "categorie" | "tag" | "rubrique" | "term");
            before_previous = std::mem::replace(&mut previous, word);
        }
    }
    found
}

/// Where names say several things, the one that leaves most out is believed.
fn rank(hint: Hint) -> u8 {
    match hint {
        Hint::None => 0,
        Hint::Inset => 1,
        Hint::Lead => 1,
        Hint::Byline => 2,
        Hint::Caption => 3,
        Hint::Page => 4,
        Hint::Consent => 5,
        Hint::Comments => 6,
    }
}

fn of_word(word: &str) -> Hint {
    match word {
        "comment" | "comments" | "commentaire" | "commentaires" | "commentlist" | "disqus" | "reactions" | "respond"
        | "graphcomment" | "livefyre" | "spotim" | "reviews" => Hint::Comments,
        "cookie" | "cookies" | "consent" | "consentement" | "cmp" | "gdpr" | "rgpd" | "didomi" | "onetrust" | "axeptio"
        | "tarteaucitron" => Hint::Consent,
        // Sharing.
        "share" | "shares" | "sharing" | "sharebar" | "sharedaddy" | "sharethis" | "partage" | "partager" | "partages"
        | "social" | "socials" | "sociaux" | "addthis" | "addtoany"
        // Other articles.
        | "related" | "relateds" | "similar" | "similaire" | "similaires" | "recommended" | "recommendation"
        | "recommendations" | "recommandation" | "recommandations" | "recirculation" | "outbrain" | "taboola" | "ligatus"
        | "popular" | "populaires" | "trending" | "mostread" | "readalso" | "readmore" | "jprelatedposts" | "teaser"
        | "teasers" | "catcher" | "onward" | "rebond" | "rebonds" | "suggestions"
        // Letters and subscriptions.
        | "newsletter" | "newsletters" | "infolettre" | "subscribe" | "subscription" | "abonnement" | "abonnez"
        | "mailchimp" | "inread"
        // Windows.
        | "popup" | "popin" | "modal" | "lightbox" | "tooltip" | "toast"
        // Ways around the site.
        | "breadcrumb" | "breadcrumbs" | "ariane" | "nav" | "navbar" | "navigation" | "menu" | "submenu" | "megamenu"
        | "sidebar" | "footer" | "topbar" | "toolbar" | "skip" | "pagination" | "pager" | "sitemap" | "searchform"
        | "toc" | "sommaire"
        // Advertising.
        | "ad" | "ads" | "adslot" | "advert" | "advertisement" | "advertising" | "pub" | "publicite" | "publicites"
        | "sponsor" | "sponsored" | "sponsorise" | "promo" | "promotion" | "dfp" | "adsbygoogle" | "banner" | "banniere"
        // Labels and tools.
        | "visuallyhidden" | "screenreader" | "sronly" | "editsection" | "tags" | "taglist" | "tagcloud" | "hashtags" | "widget" | "widgets" | "print" | "noprint"
        | "bandeau" | "bandeaux" | "navbox" | "login" | "signin" | "ticker" | "player" | "playlist" | "carousel" | "slider" | "carrousel" => Hint::Page,
        "caption" | "captions" | "figcaption" | "legend" | "legende" | "credit" | "credits" | "copyright" => Hint::Caption,
        "byline" | "author" | "authors" | "auteur" | "auteurs" | "signature" | "date" | "dates" | "dateline" | "datetime"
        | "time" | "timestamp" | "published" | "publication" | "pubdate" | "meta" | "metas" | "metadata" | "metadatas"
        | "readingtime" => Hint::Byline,
        "chapo" | "chapeau" | "chapô" | "lead" | "lede" | "standfirst" | "hat" | "subheadline" | "accroche" | "deck"
        | "excerpt" | "intro" | "introduction" | "summary" | "resume" | "description" => Hint::Lead,
        "quote" | "quotes" | "pullquote" | "blockquote" | "citation" | "exergue" | "verbatim" | "encadre" | "encadré" | "inset"
        | "reperes" | "repères" | "callout" => Hint::Inset,
        _ => Hint::None,
    }
}

/// Tells whether a class says that an element names who wrote.
pub(super) fn names_author(class: &str) -> bool {
    let words = class.split_whitespace().flat_map(Words::new);
    words
        .into_iter()
        .any(|word| matches!(&*word, "author" | "authors" | "auteur" | "auteurs" | "autrice" | "byline" | "signature"))
}

/// Two or three words that say together what none says alone.
fn of_pair(first: &str, second: &str, third: &str) -> Hint {
    match (second, third) {
        ("lire" | "voir" | "read" | "see" | "ecouter", "aussi" | "also" | "more" | "egalement" | "suite") => Hint::Page,
        ("meme" | "same", "sujet" | "theme" | "topic" | "rubrique") => Hint::Page,
        ("plus" | "most", "lus" | "vus" | "read" | "viewed" | "partages" | "recents") => Hint::Page,
        ("en", "relation") | ("a", "lire") | ("a", "voir") | ("call", "action") | ("skip", "to") => Hint::Page,
        ("mots", "cles") | ("tag", "list") | ("tag", "cloud") | ("push", "abo") => Hint::Page,
        // For the ears alone.
        ("sr" | "reader", "only") | ("visually" | "accessibly" | "assistive", "hidden") => Hint::Page,
        ("screen", "reader") | ("screenreader", "text") | ("element", "invisible") => Hint::Page,
        ("temps" | "duree", "lecture") | ("reading", "time") => Hint::Byline,
        ("about", "author") | ("author" | "auteur", "bio" | "box") => Hint::Page,
        ("de", "lecture") if matches!(first, "temps" | "duree") => Hint::Byline,
        _ => Hint::None,
    }
}

/// The words of a name, in lower case.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn new(name: &'a str) -> Words<'a> {
        Words { rest: name }
    }
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let start = self.rest.find(char::is_alphabetic)?;
        let word = self.rest.get(start..)?;
        let mut was_small = false;
        let mut end = word.len();
        for (at, c) in word.char_indices() {
            if !c.is_alphabetic() || (c.is_uppercase() && was_small) {
                end = at;
                break;
            }
            was_small = c.is_lowercase();
        }
        self.rest = word.get(end..).unwrap_or_default();
        Some(word.get(..end).unwrap_or_default().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_manners_are_read() {
        for (name, expected) in [
            ("", Hint::None),
            ("article-body paragraph", Hint::None),
            ("articleShareTop", Hint::Page),
            ("c-lire-aussi", Hint::Page),
            ("fil-ariane", Hint::Page),
            ("bloc_meme_sujet", Hint::Page),
            ("lesPlusLus", Hint::Page),
            ("comments-area", Hint::Comments),
            ("wp-caption-text", Hint::Caption),
            ("article__date", Hint::Byline),
            ("article-chapo", Hint::Lead),
            ("temps-de-lecture", Hint::Byline),
            ("sr-only", Hint::Page),
            ("u-visually-hidden", Hint::Page),
            ("visuallyHidden", Hint::Page),
            ("visuallyhidden", Hint::Page),
            ("screen-reader-text", Hint::Page),
            // Parts of longer words say nothing.
            ("shadow", Hint::None),
            ("republication", Hint::None),
            ("navire", Hint::None),
            ("tag-sport category-tennis", Hint::None),
            ("post category-publicite", Hint::None),
            ("tag-list", Hint::Page),
            ("cookie-banner", Hint::Consent),
            ("article-encadre", Hint::Inset),
            ("quote share", Hint::Page),
        ] {
            assert_eq!(of(name), expected, "{name}");
        }
    }
}
