//! What is wrong with a file of settings.

use std::path::Path;

use super::{Text, caused, failure, say};
use crate::config::{Cause, Failure, Issue, Position, Wanted, Wrong};

pub(crate) const NOT_A_FILE: Text =
    Text { en: "it is no file, and was not opened", fr: "ce n'est pas un fichier, il n'a pas été ouvert" };

/// Why the user's file cannot be used: the first thing that is wrong, and how many more there are.
pub(crate) fn failed(failed: &Failure) -> String {
    let file = &failed.file;
    let why = match &failed.cause {
        Cause::Unreadable(error) => return caused(&super::cannot_read_file(file), &failure::of_system(error)),
        Cause::Wrong(issues) => issues,
    };
    let first = why.first().map(|issue| at(file, issue.position, &wrong(&issue.wrong))).unwrap_or_default();
    let more = match why.len() {
        0 | 1 => String::new(),
        count => say!(" (and {} more)", " (et {} de plus)", count - 1),
    };
    let advice = advice();
    format!("{first}{more}{advice}")
}

/// Why the value of a flag in the user's file was refused.
pub(crate) fn refused(file: &Path, position: Position, why: &str) -> String {
    let (text, advice) = (at(file, position, why), advice());
    format!("{text}{advice}")
}

fn advice() -> String {
    say!("; --no-config ignores the file", " ; --no-config ignore ce fichier")
}

/// Something in a folder's file was left out.
pub(crate) fn left_out(file: &Path, issue: &Issue) -> String {
    let told = at(file, issue.position, &wrong(&issue.wrong));
    match issue.wrong {
        Wrong::TooLarge | Wrong::NotUtf8 | Wrong::Syntax(_) => {
            say!("{told}; the file is left out", "{told} ; le fichier est laissé de côté")
        }
        _ => say!("{told}; it is left out", "{told} ; c'est laissé de côté"),
    }
}

pub(crate) fn and_more(file: &Path, count: usize) -> String {
    let file = file.display();
    say!("{file}: {count} more are left out", "{file} : {count} autres sont laissés de côté")
}

fn at(file: &Path, position: Position, what: &str) -> String {
    let (file, Position { line, column }) = (file.display(), position);
    say!("{file}:{line}:{column}: {what}", "{file}:{line}:{column} : {what}")
}

fn wrong(wrong: &Wrong) -> String {
    match wrong {
        Wrong::TooLarge => say!("the file is larger than 1 MiB", "le fichier dépasse 1 Mio"),
        Wrong::NotUtf8 => say!("the file is not UTF-8", "le fichier n'est pas en UTF-8"),
        Wrong::Syntax(why) => say!("this is no TOML ({why})", "ce n'est pas du TOML ({why})"),
        Wrong::UnknownKey { key, near: None } => {
            say!("there is no setting « {key} »", "il n'y a pas de réglage « {key} »")
        }
        Wrong::UnknownKey { key, near: Some(near) } => {
            say!("there is no setting « {key} », but « {near} »", "il n'y a pas de réglage « {key} », mais « {near} »")
        }
        Wrong::NotInFolders(key) => say!(
            "« {key} » can be set in your own config.toml, not by a folder",
            "« {key} » se règle dans votre propre config.toml, pas par un dossier"
        ),
        Wrong::Kind { key, wanted } => {
            let wanted = wanted_kind(*wanted);
            say!("« {key} » wants {wanted}", "« {key} » attend {wanted}")
        }
        Wrong::NoLanguage(name) => {
            say!("« {name} » is no language: fr or en", "« {name} » n'est pas une langue : fr ou en")
        }
        Wrong::NotOneWord(text) => say!("« {text} » is not one word", "« {text} » n'est pas un seul mot"),
        Wrong::NoField(pair) => {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            say!(
                "« {field} = {name} » maps no field: they are id, title, body, date, author, source, url and lang",
                "« {field} = {name} » ne nomme aucun champ : ce sont id, title, body, date, author, source, url et lang"
            )
        }
        Wrong::TooMany { key, most } => {
            say!(
                "« {key} » has more than {most}, the rest is not read",
                "« {key} » en a plus de {most}, la suite n'est pas lue"
            )
        }
    }
}

fn wanted_kind(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => Text { en: "a text", fr: "un texte" },
        Wanted::TextOrNumber => Text { en: "a text or a number", fr: "un texte ou un nombre" },
        Wanted::Texts => Text { en: "a list of texts of one line each", fr: "une liste de textes d'une ligne chacun" },
        Wanted::Table => Text {
            en: "a table, such as [fields] and body = 'contenu'",
            fr: "une table, comme [fields] et body = 'contenu'",
        },
    }
    .as_str()
}
