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
            say!(
                "skipped, it is larger than {} (--max-filesize)",
                "ignoré, la taille dépasse {} (--max-filesize)",
                size(*limit)
            )
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
        Skip::Damaged { error } => {
            say!("not read to its end, it is damaged ({error})", "lecture incomplète, fichier endommagé ({error})")
        }
        Skip::Cut { limit } => say!(
            "not read to its end, it unpacks to more than {}",
            "lecture incomplète, une fois décompressé il dépasse {}",
            size(*limit)
        ),
        Skip::CommandFailed { error } => {
            say!("skipped, the command of --pre failed ({error})", "ignoré, la commande de --pre a échoué ({error})")
        }
        Skip::CommandNotGiven { program } => say!(
            "left as it was, it is read by --pre {program}, which was not given",
            "laissé tel quel, il se lit avec --pre {program}, qui n'a pas été donné"
        ),
        Skip::NoTextColumn { columns } => {
            let columns = columns.join(", ");
            say!(
                "skipped, no column is known to hold a text, name it with --map body=COLUMN (columns: {columns})",
                "ignoré, aucune colonne connue ne contient de texte, nommez-la avec --map body=COLONNE (colonnes : {columns})"
            )
        }
        // A reason of a later library: its code says something, silence would not.
        other => say!("skipped, {}", "ignoré, {}", other.code()),
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
