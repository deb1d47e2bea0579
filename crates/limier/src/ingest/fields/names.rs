//! The names by which records call the fields of an article.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind};

use super::super::noise::fold;

/// A field of an article that a record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::ingest) enum Field {
    Id,
    Title,
    Body,
    Date,
    Author,
    Source,
    Url,
    Lang,
}

/// The names that each field is known by, the best first, folded: other names are compared with them in lower case, without
/// accents, and with `_` for what parts their words.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Id, &["_id", "id", "identifiant", "guid"]),
    (Field::Title, &["title", "titre", "headline", "intitule", "objet"]),
    (
        Field::Body,
        &[
            "text",
            "body",
            "content",
            "texte",
            "corps",
            "contenu",
            "articlebody",
            "article_body",
            "full_text",
            "texte_integral",
            "paragraphes",
            "paragraphs",
            "content_html",
            "body_html",
            "content_text",
            "description",
            "summary",
            "resume",
            "extrait",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "published",
            "date_published",
            "datepublished",
            "published_at",
            "publishedat",
            "published_date",
            "publication_date",
            "pubdate",
            "pub_date",
            "publie_le",
            "date_publication",
            "date_de_publication",
            "parution",
            "date_parution",
            "date_de_parution",
            "created_at",
        ],
    ),
    (Field::Author, &["author", "auteur", "authors", "auteurs", "autrice", "byline", "creator", "journaliste"]),
    (Field::Source, &["source", "site", "journal", "media", "publisher", "site_name"]),
    (Field::Url, &["url", "link", "lien", "permalink", "adresse", "uri"]),
    (Field::Lang, &["lang", "langue", "language", "inlanguage"]),
];

/// No known name is longer, in bytes.
const LONGEST_NAME: usize = 24;

/// The number of fields.
pub(super) const FIELDS: usize = NAMES.len();

/// What fields are called in records, beside the names that are always known.
///
/// It is read from `field=name` pairs with commas between them, and a name that is given so comes before those that are
/// known anyway. The fields are `id`, `title`, `body`, `date`, `author`, `source`, `url` and `lang`, or any of their other
/// names.
///
/// ```
/// use limier::ingest::FieldNames;
/// let names: FieldNames = "body=contenu,titre=accroche".parse()?;
/// assert!("corps".parse::<FieldNames>().is_err());
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldNames(Vec<(Field, String)>);

impl FieldNames {
    /// Adds the names of `other` behind these.
    pub fn extend(&mut self, other: FieldNames) {
        self.0.extend(other.0);
    }

    /// Returns the field of this name, and how well the name is placed among those of the field; the lower the better.
    pub(in crate::ingest) fn find(&self, name: &str) -> Option<(Field, usize)> {
        let given = self.0.iter().enumerate().find(|(_, (_, given))| given == name);
        if let Some((rank, (field, _))) = given {
            return Some((*field, rank));
        }
        known(name).map(|(field, rank)| (field, rank + self.0.len()))
    }
}

fn known(name: &str) -> Option<(Field, usize)> {
    let find = |name: &str| {
        NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|known| *known == name)?)))
    };
    if let Some(found) = find(name) {
        return Some(found);
    }
    let is_plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_plain || name.len() > LONGEST_NAME {
        return None;
    }
    // "Date de publication", "Résumé", "datePublished".
    find(&fold(name.trim()).replace([' ', '-', '.'], "_"))
}

/// Tells whether a part of a record holds fields of its article, as programs hand records out: `{"_source": {"title": …}}`.
pub(super) fn holds_fields(name: &str) -> bool {
    const HOLDERS: [&str; 12] = [
        "_source",
        "article",
        "attributes",
        "data",
        "doc",
        "document",
        "entry",
        "fields",
        "item",
        "notice",
        "post",
        "record",
    ];
    HOLDERS.contains(&name)
}

/// Tells whether a part of a record describes its article, and holds no text.
pub(super) fn describes(name: &str) -> bool {
    matches!(name, "meta" | "metadata" | "metadonnees" | "métadonnées")
}

impl FromStr for FieldNames {
    type Err = Error;

    fn from_str(text: &str) -> Result<FieldNames, Error> {
        let mut names = Vec::new();
        for pair in text.split(',') {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            let field = known(&field.trim().to_lowercase()).map(|(field, _)| field);
            let (Some(field), false) = (field, name.trim().is_empty()) else {
                let text = format!(
                    "{pair:?} maps no field: write it as body=contenu, the fields are id, title, body, date, author, \
                     source, url and lang"
                );
                return Err(Error::new(ErrorKind::InvalidOption, text));
            };
            names.push((field, name.trim().to_owned()));
        }
        Ok(FieldNames(names))
    }
}

#[cfg(test)]
pub(in crate::ingest) mod tests {
    use super::*;

    /// The known names of a field.
    pub(in crate::ingest) fn names_of(wanted: Field) -> &'static [&'static str] {
        NAMES.iter().find(|(field, _)| *field == wanted).unwrap().1
    }

    #[test]
    fn places_follow_the_fields() {
        for (place, (field, _)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, place);
        }
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        let names = FieldNames::default();
        for (name, field) in [
            ("Titre", Field::Title),
            ("Intitulé", Field::Title),
            ("CONTENU", Field::Body),
            ("articleBody", Field::Body),
            ("Date de publication", Field::Date),
            ("date-publication", Field::Date),
            ("datePublished", Field::Date),
            ("Auteurs", Field::Author),
            ("Lien", Field::Url),
        ] {
            assert_eq!(names.find(name).map(|(found, _)| found), Some(field), "{name}");
        }
        for name in ["", "sous-titre", "Une date", "récit", "tags"] {
            assert_eq!(names.find(name), None, "{name}");
        }
    }

    #[test]
    fn given_names_come_before_known_ones() {
        let names: FieldNames = " body = contenu ,Titre=accroche".parse().unwrap();
        assert_eq!(names.find("contenu"), Some((Field::Body, 0)));
        assert_eq!(names.find("accroche"), Some((Field::Title, 1)));
        assert_eq!(names.find("text"), Some((Field::Body, 2)));
        assert_eq!(names.find("inconnu"), None);
        for wrong in ["", "body", "body=", "couleur=bleu", "body=a,,"] {
            assert_eq!(wrong.parse::<FieldNames>().unwrap_err().kind(), ErrorKind::InvalidOption, "{wrong}");
        }
    }
}
