//! What was left out of files; `places` are paths as they are shown, with a line where there is one.

use limier::ingest::Skip;

use super::failure;
use super::numbers::{grouped, size};
use super::say;

/// Names what happened once or several times; `skip` is one of them.
pub(crate) fn told(skip: &Skip, places: &[String], more: u64) -> String {
    let (what, places) = (what(skip), places.join(", "));
    if more == 0 {
        return say!("{what}: {places}", "{what} : {places}");
    }
    let more = grouped(more);
    say!("{what}: {places} and {more} more", "{what} : {places} et {more} de plus")
}

fn what(skip: &Skip) -> String {
    match skip {
        Skip::NotText => say!("skipped, it is no text", "ignoré, ce n'est pas du texte"),
        Skip::Empty => say!("skipped, it is empty", "ignoré, c'est vide"),
        Skip::UnknownType { .. } => say!("skipped, its type is not read", "ignoré, ce type de fichier n'est pas lu"),
        Skip::TooLarge { limit, .. } => {
            say!("skipped, it is larger than {}", "ignoré, la taille dépasse {}", size(*limit))
        }
        Skip::Unreadable { error } => {
            let error = failure::system_text(error);
            say!("skipped, it cannot be read ({error})", "ignoré, lecture impossible ({error})")
        }
        Skip::NotAFile => say!("skipped, it is no file", "ignoré, ce n'est pas un fichier"),
        Skip::LinkLoop => {
            say!("skipped, the link leads back above itself", "ignoré, le lien remonte au-dessus de lui-même")
        }
        Skip::LineTooLong { limit, .. } => {
            say!("line skipped, it is longer than {}", "ligne ignorée, elle dépasse {}", size(*limit))
        }
        Skip::BrokenRecord { error, column: 0, .. } => say!(
            "line skipped, it is no JSON object ({error})",
            "ligne ignorée, ce n'est pas un objet JSON (elle finit trop tôt)"
        ),
        // The parser's own words are English: in French the place says where to look.
        Skip::BrokenRecord { error, column, .. } => say!(
            "line skipped, it is no JSON object ({error})",
            "ligne ignorée, ce n'est pas un objet JSON (lecture arrêtée à l'octet {column})"
        ),
        Skip::MissingText { .. } => {
            say!("line skipped, no field of it holds a text", "ligne ignorée, aucun champ ne contient de texte")
        }
        Skip::UnreadableDate { text, .. } => {
            say!("date left out, it cannot be read ({text})", "date laissée de côté, elle est illisible ({text})")
        }
        // A reason of a later library: its code says something, silence would not.
        other => say!("skipped, {}", "ignoré, {}", other.code()),
    }
}

/// Names the types that are not read, most frequent first.
pub(crate) fn types(counts: &[(&str, u64)]) -> String {
    let counted: Vec<String> =
        counts.iter().map(|(extension, count)| format!("{} .{extension}", grouped(*count))).collect();
    let counted = counted.join(", ");
    say!("files of types that are not read: {counted}", "fichiers d'un type qui n'est pas lu : {counted}")
}
