//! Lines at the top of a text that say by a label what they hold: `Objet : …`, `De : …`, `Date : …`.
//!
//! Letters, e-mails that were saved as text, minutes and forms begin with them; so do notes (`Titre : …`, `Auteur : …`).
//! Fields of e-mail are those of RFC 5322, section 3.6, and the names that French programs give them.

use std::ops::Range;

use crate::Date;

use super::noise::fold;
use super::{byline, dates};

/// So many lines that are not blank are looked at.
const LINES: usize = 16;

/// A longer line, in bytes, is a paragraph, and ends the top of a text.
const PARAGRAPH_BYTES: usize = 200;

/// No label is longer, in bytes.
const LABEL_BYTES: usize = 24;

/// What the labelled lines at the top of a text say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Labelled {
    /// Where the title stands.
    pub(super) title: Option<Range<usize>>,
    pub(super) author: Option<String>,
    pub(super) date: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// What a letter is about: it says so alone.
    Subject,
    Title,
    Author,
    Date,
    /// Tells of a letter or of minutes, and is no field of an article.
    Other,
}

/// Reads the labelled lines at the top of a text: nothing, unless two of them stand in one run of lines, one of which names the
/// title or the author, or one says what a letter is about.
pub(super) fn read(text: &str) -> Labelled {
    let (mut found, mut subject) = (Labelled::default(), None);
    // How many labels stand in the run of lines, and whether those of one run were enough.
    let (mut labels, mut is_enough) = (0, false);
    let (mut start, mut filled) = (0, 0);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let at = start;
        start += line.len();
        let line = line.trim_end();
        if line.trim().is_empty() {
            if is_enough {
                break;
            }
            labels = 0;
            continue;
        }
        filled += 1;
        if filled > LINES || line.len() > PARAGRAPH_BYTES {
            break;
        }
        let Some((label, value)) = labelled(line) else { continue };
        labels += 1;
        let range = at + line.len() - value.len()..at + line.len();
        match label {
            Label::Title | Label::Subject if found.title.is_none() && !value.contains("=?") => {
                let goes_on = |next: &&str| next.trim().starts_with(char::is_lowercase) && labelled(next).is_none();
                let end =
                    lines.peek().filter(|next| goes_on(next)).map_or(range.end, |next| start + next.trim_end().len());
                found.title = Some(range.start..end);
                if label == Label::Subject {
                    subject = found.title.clone();
                }
            }
            Label::Author if found.author.is_none() => found.author = author(value),
            Label::Date if found.date.is_none() => found.date = dates::of_field(value),
            _ => {}
        }
        is_enough |= labels >= 2 && (found.title.is_some() || found.author.is_some());
    }
    if is_enough { found } else { Labelled { title: subject, ..Labelled::default() } }
}

/// Returns the label that begins a line, where it is one that is known, and what follows it.
fn labelled(line: &str) -> Option<(Label, &str)> {
    let (label, value) = line.split_once(':')?;
    let value = value.trim();
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '#');
    if value.is_empty() || label.len() > LABEL_BYTES || value.starts_with("//") {
        return None;
    }
    let label = match fold(label).as_str() {
        "objet" | "subject" | "sujet" | "concerne" => Label::Subject,
        "titre" | "title" | "intitule" => Label::Title,
        "de" | "from" | "expediteur" | "expeditrice" | "auteur" | "autrice" | "auteure" | "author" | "redacteur"
        | "redactrice" | "redige par" | "ecrit par" => Label::Author,
        "date" | "envoye" | "envoye le" | "sent" | "date d'envoi" | "date de la reunion" | "publie le" => Label::Date,
        "a" | "to" | "cc" | "cci" | "bcc" | "repondre a" | "reply-to" | "destinataire" | "destinataires" | "lieu"
        | "piece jointe" | "pieces jointes" | "attachments" | "importance" | "message-id" | "mime-version"
        | "content-type" | "return-path" | "received" | "reference" | "references" | "vos ref" | "nos ref"
        | "presents" | "absents" | "excuses" | "mots-cles" | "categorie" | "source" => Label::Other,
        _ => return None,
    };
    Some((label, value))
}

/// Returns the name in `Inès Guichard <ines@exemple.fr>`; none where there is but an address.
fn author(value: &str) -> Option<String> {
    let name = value.split(['<', '(', '[', ';']).next().unwrap_or_default();
    let name = byline::name(name.trim_matches(['"', '\'', ' ']));
    (byline::is_name(name) && !name.contains('@')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_mails_and_minutes_say_what_they_are() {
        for (text, title, author, date) in [
            (
                "De : Inès Guichard <ines@exemple.fr>\nÀ : Marc Aubrac\nDate : jeudi 3 octobre 2024 09:12\nObjet : Le bac rouvre\n\nBonjour",
                Some("Le bac rouvre"),
                Some("Inès Guichard"),
                Some("2024-10-03"),
            ),
            (
                "From: \"Léa Le Gall\" <lea@exemple.fr>\nSent: Thursday, October 3, 2024 9:12 AM\nTo: Marc\nSubject: RE: Le bac\n\nOui.",
                Some("RE: Le bac"),
                Some("Léa Le Gall"),
                Some("2024-10-03"),
            ),
            (
                "Compte rendu\nObjet : remise en service\ndu bac\nDate : 03/10/2024\nRédactrice : Léa Le Gall\n\nLe bac",
                Some("remise en service\ndu bac"),
                Some("Léa Le Gall"),
                Some("2024-10-03"),
            ),
            ("Titre: Le bac\nAuteur: Léa Le Gall\n\nLe bac", Some("Le bac"), Some("Léa Le Gall"), None),
            ("Mairie de Tulle\n\nObjet : fermeture du pont\n\nMonsieur,", Some("fermeture du pont"), None, None),
            ("From: ines@exemple.fr\nSubject: =?UTF-8?Q?R=C3=A9?=\nTo: marc@exemple.fr\n\nBonjour", None, None, None),
            ("Date : samedi 4 mai 2024\nLieu : salle des fêtes\n\nBal", None, None, None),
            ("Titre : Le bac\n\nLe bac", None, None, None),
            ("Le maire : « Sujet clos »\nRéponse : oui", None, None, None),
            ("", None, None, None),
        ] {
            let found = read(text);
            assert_eq!(found.title.and_then(|range| text.get(range)), title, "{text}");
            assert_eq!(found.author.as_deref(), author, "{text}");
            assert_eq!(found.date.map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn what_stands_below_a_text_is_not_its_top() {
        let text =
            format!("{}\n\nObjet : le bac\nDe : Inès Guichard\n", "Le bac reprend du service ce matin. ".repeat(8));
        assert_eq!(read(&text), Labelled::default());
    }
}
