//! What was left out of files; `places` are paths as they are shown, with a line where there is one.

use limier::ingest::Skip;

use super::failure;
use super::numbers::{grouped, size};
use super::say;

/// Names what happened, and where.
pub(crate) fn told(what: &str, places: &[String], more: u64) -> String {
    let places = places.join(", ");
    if more == 0 {
        return say!("{what}: {places}", "{what} : {places}");
    }
    let more = grouped(more);
    say!("{what}: {places} and {more} more", "{what} : {places} et {more} de plus")
}

/// Adds what is particular to one place, where there is anything.
pub(crate) fn detailed(text: &str, detail: &str) -> String {
    if detail.is_empty() { text.to_owned() } else { format!("{text} ({detail})") }
}

/// Says what was left out, but for its [`detail`].
pub(crate) fn what(skip: &Skip) -> String {
    match skip {
        Skip::NotText => say!("skipped, it is no text", "ignoré, ce n'est pas du texte"),
        Skip::Empty => say!("skipped, it is empty", "ignoré, c'est vide"),
        Skip::UnknownType { .. } => say!("skipped, its type is not read", "ignoré, ce type de fichier n'est pas lu"),
        Skip::TooLarge { limit, .. } => {
            say!(
                "skipped, it is larger than {} (--max-filesize)",
                "ignoré, la taille dépasse {} (--max-filesize)",
                size(*limit)
            )
        }
        Skip::Unreadable { .. } => say!("skipped, it cannot be read", "ignoré, lecture impossible"),
        Skip::NotAFile => say!("skipped, it is no file", "ignoré, ce n'est pas un fichier"),
        Skip::LinkLoop => {
            say!("skipped, the link leads back above itself", "ignoré, le lien remonte au-dessus de lui-même")
        }
        Skip::Index => say!(
            "skipped, it is the folder of an index, which is searched with --index",
            "ignoré, c'est le dossier d'un index : on y cherche avec --index"
        ),
        Skip::LineTooLong { limit, .. } => {
            say!("line skipped, it is longer than {}", "ligne ignorée, elle dépasse {}", size(*limit))
        }
        Skip::BrokenRecord { .. } => {
            say!("line skipped, it is no JSON object", "ligne ignorée, ce n'est pas un objet JSON")
        }
        Skip::MissingText { .. } => {
            say!("line skipped, no field of it holds a text", "ligne ignorée, aucun champ ne contient de texte")
        }
        Skip::UnreadableDate { .. } => {
            say!("date left out, it cannot be read", "date laissée de côté, elle est illisible")
        }
        Skip::More { .. } => say!("more was left out", "d'autres lignes ignorées"),
        Skip::Damaged { .. } => {
            say!("not read to its end, it is damaged", "lecture incomplète, fichier endommagé")
        }
        Skip::Cut { limit } => say!(
            "not read to its end, it unpacks to more than {}",
            "lecture incomplète, une fois décompressé il dépasse {}",
            size(*limit)
        ),
        Skip::CommandFailed { .. } => {
            say!("skipped, the command of --pre failed", "ignoré, la commande de --pre a échoué")
        }
        Skip::CommandNotGiven { program } => say!(
            "left as it was, it is read by --pre {program}, which was not given",
            "laissé tel quel, il se lit avec --pre {program}, qui n'a pas été donné"
        ),
        Skip::NoTextColumn { .. } => say!(
            "skipped, no column is known to hold a text, name it with --map body=COLUMN",
            "ignoré, aucune colonne connue ne contient de texte, nommez-la avec --map body=COLONNE"
        ),
        // A reason of a later library: its code says something, silence would not.
        other => say!("skipped, {}", "ignoré, {}", other.code()),
    }
}

/// Says what may differ from one place to the next; empty where there is nothing to say.
pub(crate) fn detail(skip: &Skip) -> String {
    match skip {
        Skip::Unreadable { error } => failure::system_text(error),
        Skip::BrokenRecord { error, column: 0, .. } => say!("{error}", "elle finit trop tôt"),
        // The parser's own words are English: in French the place says where to look.
        Skip::BrokenRecord { error, column, .. } => say!("{error}", "lecture arrêtée à l'octet {column}"),
        Skip::UnreadableDate { text, .. } => text.clone(),
        Skip::Damaged { error } | Skip::CommandFailed { error } => error.clone(),
        Skip::NoTextColumn { columns } => {
            let columns = columns.join(", ");
            say!("columns: {columns}", "colonnes : {columns}")
        }
        Skip::More { count } => grouped(*count),
        _ => String::new(),
    }
}

/// Names the types that are not read, most frequent first, and how many files are of `others`.
pub(crate) fn types(counts: &[(&str, u64)], others: u64) -> String {
    let total = others + counts.iter().map(|(_, count)| count).sum::<u64>();
    let name = |(extension, count): &(&str, u64)| format!("{} {}", grouped(*count), extension.to_uppercase());
    let mut counted: Vec<String> = counts.iter().map(name).collect();
    if others > 0 {
        let s = if others > 1 { "s" } else { "" };
        let others = grouped(others);
        counted.push(say!("{others} other", "{others} autre{s}"));
    }
    let counted = counted.join(", ");
    match total {
        1 => say!("{counted} file not read: try --pre", "{counted} : fichier non lu, essayez --pre"),
        _ => say!("{counted} files not read: try --pre", "{counted} : fichiers non lus, essayez --pre"),
    }
}

/// Says how many links were not followed.
pub(crate) fn links(count: u64) -> String {
    let s = if count > 1 { "s" } else { "" };
    let count = grouped(count);
    say!("{count} link{s} not followed: try --follow", "{count} lien{s} non suivi{s} : essayez --follow")
}
