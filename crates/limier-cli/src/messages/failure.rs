//! Errors, with their causes: those of the library and of the system have English texts of their own, and are worded anew
//! in French by their kind.

use std::error::Error as StdError;
use std::io;

use limier::ErrorKind;

use super::{Language, language, say};

/// Returns an error and its causes, in one line.
pub(crate) fn chain(error: &anyhow::Error) -> String {
    let links: Vec<String> = error.chain().map(one).collect();
    links.into_iter().reduce(|told, cause| caused(&told, &cause)).unwrap_or_default()
}

/// Adds a cause to what went wrong.
pub(crate) fn caused(what: &str, cause: &str) -> String {
    say!("{what}: {cause}", "{what} : {cause}")
}

/// Returns an error of the library, without its causes.
pub(crate) fn of_library(error: &limier::Error) -> String {
    match language() {
        Language::English => error.to_string(),
        Language::French => library_in_french(error),
    }
}

/// Returns an error of the system.
pub(crate) fn of_system(error: &io::Error) -> String {
    match language() {
        Language::English => error.to_string(),
        Language::French => system_in_french(error.kind()).map_or_else(|| error.to_string(), str::to_owned),
    }
}

/// Returns an error of the system that is known by its text only, which ends with its number.
pub(crate) fn system_text(text: &str) -> String {
    let number = text.rsplit_once("(os error ").and_then(|(_, rest)| rest.strip_suffix(')')?.parse().ok());
    number.map_or_else(|| text.to_owned(), |number| of_system(&io::Error::from_raw_os_error(number)))
}

/// Names the process that holds an index.
pub(crate) fn holding(holder: &limier::Holder) -> String {
    let seconds = holder.since.elapsed().unwrap_or_default().as_secs();
    say!("process {}, for {seconds} s", "processus {}, depuis {seconds} s", holder.process)
}

fn one(cause: &(dyn StdError + 'static)) -> String {
    if let Some(error) = cause.downcast_ref::<limier::Error>() {
        return of_library(error);
    }
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return of_system(error);
    }
    cause.to_string()
}

fn library_in_french(error: &limier::Error) -> String {
    let path = error.path().map(|path| path.display().to_string());
    let place = path.clone().unwrap_or_else(|| "en mémoire".to_owned());
    match error.kind() {
        ErrorKind::NotFound => format!("{place} est introuvable : vérifiez le chemin"),
        ErrorKind::NotAnIndex => {
            format!("{place} n'est pas un index de limier : indiquez le dossier d'un index, ou un dossier vide")
        }
        ErrorKind::Incompatible => {
            format!("l'index {place} a été fait par une autre version de limier : supprimez-le et indexez de nouveau")
        }
        ErrorKind::Locked => {
            let who = error.holder().map_or_else(String::new, |holder| format!(" ({})", holding(&holder)));
            format!("un autre programme{who} écrit dans l'index {place} : attendez qu'il ait fini, ou fermez-le")
        }
        ErrorKind::Corrupt => format!("l'index {place} est endommagé : supprimez-le et indexez de nouveau"),
        ErrorKind::Io => match path {
            Some(path) => format!("impossible de lire ou d'écrire {path}"),
            None => "impossible de lire ou d'écrire l'index".to_owned(),
        },
        ErrorKind::InvalidDate => "ce n'est pas une date : écrivez AAAA-MM-JJ, AAAA-MM ou AAAA".to_owned(),
        ErrorKind::InvalidArticle => "un article dépasse 64 Mio : coupez-le en plusieurs".to_owned(),
        // What has no wording of its own keeps that of the library, behind one that says what sort it is.
        ErrorKind::InvalidQuery => format!("requête refusée ({error})"),
        ErrorKind::InvalidOption => format!("valeur refusée ({error})"),
        _ => format!("défaut du programme, merci de le signaler ({error})"),
    }
}

fn system_in_french(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind as K;
    Some(match kind {
        K::NotFound => "ce fichier ou dossier n'existe pas",
        K::PermissionDenied => "accès refusé",
        K::AlreadyExists => "il existe déjà",
        K::NotADirectory => "ce n'est pas un dossier",
        K::IsADirectory => "c'est un dossier",
        K::DirectoryNotEmpty => "le dossier n'est pas vide",
        K::ReadOnlyFilesystem => "ce disque est en lecture seule",
        K::StorageFull => "le disque est plein",
        K::QuotaExceeded => "le quota de disque est dépassé",
        K::FileTooLarge => "le fichier est trop grand",
        K::InvalidFilename => "le nom de fichier est trop long ou refusé",
        K::TooManyLinks => "trop de liens",
        K::ResourceBusy => "le fichier est occupé",
        K::OutOfMemory => "la mémoire est épuisée",
        K::InvalidData => "les données sont endommagées",
        K::UnexpectedEof => "le fichier finit trop tôt",
        K::TimedOut => "le délai est dépassé",
        K::Interrupted => "l'opération a été interrompue",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use anyhow::Context as _;

    use super::*;
    use crate::messages::{CANNOT_WRITE, in_language};

    #[test]
    fn an_error_and_its_causes_speak_one_language() {
        let missing = Path::new("/nulle-part/ici");
        let error = || {
            let outcome = limier::Index::open(missing).context(CANNOT_WRITE);
            let Err(error) = outcome else { unreachable!("an index was opened where none is") };
            chain(&error)
        };
        let english = in_language(Language::English, error);
        assert!(english.starts_with("cannot write to standard output: ") && english.contains("/nulle-part/ici"));
        let french = in_language(Language::French, error);
        assert!(french.starts_with("impossible d'écrire sur la sortie standard : /nulle-part/ici"), "{french}");
    }

    #[test]
    fn what_the_system_says_is_worded_by_its_number() {
        let text = io::Error::from_raw_os_error(13).to_string();
        assert_eq!(in_language(Language::English, || system_text(&text)), text);
        let french = in_language(Language::French, || system_text(&text));
        if cfg!(unix) {
            assert_eq!(french, "accès refusé");
        }
        assert_eq!(in_language(Language::French, || system_text("autre chose")), "autre chose");
    }
}
