//! Every sentence that the program says, each defined once, in English and in French.
//!
//! A sentence without values is a [`Text`], one with values is made by [`say!`]: both want the two languages, so that none
//! can be missing. The help of flags stands in English with their definition, in `args`, and in French in [`help`]. What
//! programs read (keys of JSON, codes of notes, names of flags) is the same in every language.

pub(crate) mod config;
pub(crate) mod explained;
pub(crate) mod failure;
pub(crate) mod help;
pub(crate) mod interactive;
mod language;
mod numbers;
pub(crate) mod page;
pub(crate) mod queries;
pub(crate) mod query;
pub(crate) mod skipped;
pub(crate) mod synonyms;
pub(crate) mod usage;

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::time::Duration;

use limier::Period;

pub(crate) use failure::{caused, chain};
#[cfg(test)]
pub(crate) use language::in_language;
pub(crate) use language::{Language, Text, choose, language, say};
pub(crate) use numbers::{counted, date, decimal, duration, grouped, period, size};

pub(crate) const CANNOT_WRITE: Text =
    Text { en: "cannot write to standard output", fr: "impossible d'écrire sur la sortie standard" };
pub(crate) const CANNOT_READ_INPUT: Text =
    Text { en: "cannot read standard input", fr: "impossible de lire l'entrée standard" };

/// The columns of `limier analyze`.
pub(crate) const ANALYSIS_COLUMNS: [Text; 6] = [
    Text { en: "#", fr: "nº" },
    Text { en: "word", fr: "mot" },
    Text { en: "exact", fr: "exact" },
    Text { en: "lemma", fr: "lemme" },
    Text { en: "stem", fr: "racine" },
    Text { en: "rule", fr: "règle" },
];
pub(crate) const STOP_WORD: Text = Text { en: "stop word", fr: "mot vide" };
pub(crate) const ALTERNATE: Text = Text { en: "another reading", fr: "autre lecture" };

pub(crate) const NO_CACHE_FOLDER: Text = Text {
    en: "no folder for the index: neither XDG_CACHE_HOME nor a home folder is known, name one with --index DIR",
    fr: "aucun dossier pour l'index : ni XDG_CACHE_HOME ni dossier personnel connus, indiquez-en un avec --index DOSSIER",
};
pub(crate) const INPUT_AND_PATHS: Text = Text {
    en: "`-` is standard input and stands alone: search it, or the other paths",
    fr: "`-` est l'entrée standard et va seul : cherchez-y, ou dans les autres chemins",
};
pub(crate) const INPUT_WITHOUT_INDEX: Text = Text {
    en: "standard input leaves no folder to come back to: name the index that keeps it with --index DIR",
    fr: "l'entrée standard ne peut pas être relue : indiquez l'index qui la garde avec --index DOSSIER",
};
pub(crate) const INPUT_HAS_NO_INDEX: Text = Text {
    en: "`-` is standard input, which has no index: name a folder, or --index DIR",
    fr: "`-` est l'entrée standard, qui n'a pas d'index : indiquez un dossier, ou --index DOSSIER",
};

/// The line that an error ends the program with.
pub(crate) fn error(chain: &str) -> String {
    say!("limier: {chain}", "limier : {chain}")
}

pub(crate) fn note(text: &str) -> String {
    say!("limier: note: {text}", "limier : note : {text}")
}

pub(crate) fn defect(what: &str) -> String {
    say!(
        "limier: a defect of the program, please report it: {what}",
        "limier : défaut du programme, merci de le signaler : {what}"
    )
}

pub(crate) fn no_such_command<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known = known.collect::<Vec<_>>().join(", ");
    say!(
        "limier: {name} is no command: use one of {known}\n",
        "limier : {name} n'est pas une commande : choisissez parmi {known}\n"
    )
}

/// A path that was typed cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> String {
    if error.kind() != io::ErrorKind::NotFound {
        return caused(&cannot_read_file(path), &failure::of_system(error));
    }
    let path = path.display();
    say!(
        "{path} does not exist: name a folder or a file that does",
        "{path} n'existe pas : indiquez un dossier ou un fichier qui existe"
    )
}

pub(crate) fn cannot_read_file(path: &Path) -> String {
    say!("cannot read {}", "impossible de lire {}", path.display())
}

/// A file that must be UTF-8 is not, in this line.
pub(crate) fn not_utf8(line: usize) -> String {
    say!("line {line} is not UTF-8", "la ligne {line} n'est pas en UTF-8")
}

pub(crate) fn whole_disk(path: &Path) -> String {
    let path = path.display();
    say!(
        "{path} is a whole home folder or disk: name a folder in it, or add --yes to index all of it",
        "{path} est tout un dossier personnel ou un disque : indiquez un dossier dedans, ou ajoutez --yes pour tout indexer"
    )
}

pub(crate) fn cannot_make_folder(path: &Path) -> String {
    say!("cannot make the folder {}", "impossible de créer le dossier {}", path.display())
}

pub(crate) fn cannot_delete_folder(path: &Path) -> String {
    say!("cannot delete the folder {}", "impossible de supprimer le dossier {}", path.display())
}

pub(crate) fn cannot_list_folder(path: &Path) -> String {
    say!("cannot list the folder {}", "impossible de lister le dossier {}", path.display())
}

/// Nothing was indexed there yet, and the command does not index.
pub(crate) fn not_indexed(what: &str) -> String {
    say!(
        "{what} is not indexed yet: run `limier index {what}`",
        "{what} n'est pas encore indexé : lancez `limier index {what}`"
    )
}

/// `--index` names a folder that does not exist, and there is nothing to fill it with.
pub(crate) fn no_index_there(folder: &Path) -> String {
    say!(
        "there is no index in {0}: fill one with `limier index --index {0} PATH`",
        "il n'y a pas d'index dans {0} : remplissez-en un avec `limier index --index {0} CHEMIN`",
        folder.display()
    )
}

/// How an index that cannot be used is made anew.
pub(crate) fn rebuild_command(folder: &Path) -> String {
    say!(
        "run `limier index --index {0} --rebuild PATH`",
        "lancez `limier index --index {0} --rebuild CHEMIN`",
        folder.display()
    )
}

/// How a damaged index is mended.
pub(crate) fn repair_command(folder: &Path) -> String {
    say!("run `limier verify --repair --index {}`", "lancez `limier verify --repair --index {}`", folder.display())
}

/// An index of the cache is built again where it is damaged, or where another version of limier made it.
pub(crate) fn rebuilt(was_damaged: bool) -> String {
    if was_damaged {
        return say!(
            "the index in the cache was damaged and has been built again: there is nothing to do",
            "l'index du cache était endommagé et a été refait : il n'y a rien à faire"
        );
    }
    say!(
        "the index in the cache was of another version of limier and has been built again: there is nothing to do",
        "l'index du cache venait d'une autre version de limier et a été refait : il n'y a rien à faire"
    )
}

/// What a program that was killed left in the index, and is gone now.
pub(crate) fn swept(swept: limier::Swept) -> String {
    let (files, bytes) = (counted_files(swept.files), size(swept.bytes));
    say!(
        "an earlier run was cut short: what it left in the index was deleted ({files}, {bytes}); no commit is lost",
        "une exécution a été interrompue : ce qu'elle a laissé dans l'index a été supprimé ({files}, {bytes}) ; rien \
         d'enregistré n'est perdu"
    )
}

/// Another process writes the index.
pub(crate) fn busy(holder: Option<limier::Holder>) -> String {
    let who = holder.map_or_else(String::new, |holder| format!(" ({})", failure::holding(&holder)));
    say!(
        "another limier{who} is indexing these files: the answer is from the last state, changes since then are not in it",
        "un autre limier{who} indexe ces fichiers : la réponse vient du dernier état, sans les changements faits depuis"
    )
}

/// Ctrl-C ended a refresh.
pub(crate) fn interrupted(report: &limier::RefreshReport) -> String {
    let count = report.added + report.modified + report.renamed;
    let (files, s) = (counted_files(count), french_plural(count));
    say!(
        "interrupted: {files} read and kept, the next run goes on from there",
        "interrompu : {files} lu{s} et gardé{s}, le prochain lancement continue de là"
    )
}

pub(crate) const FORGET_WITHOUT_INDEX: Text = Text {
    en: "--forget takes paths out of a named index: name it with --index DIR; `limier cache clear PATH` deletes one in \
         the cache",
    fr: "--forget retire des chemins d'un index nommé : indiquez-le avec --index DOSSIER ; `limier cache clear CHEMIN` en \
         supprime un du cache",
};

/// Folders cannot be watched.
pub(crate) fn not_watched(why: &str, period: Duration) -> String {
    let seconds = period.as_secs();
    say!(
        "the system cannot tell what changes ({why}): the folders are looked at every {seconds} s",
        "le système ne peut pas dire ce qui change ({why}) : les dossiers sont relus toutes les {seconds} s"
    )
}

pub(crate) const EVENTS_LOST: Text = Text {
    en: "more changed at once than the system could tell: everything was looked at",
    fr: "trop de changements à la fois pour que le système les dise tous : tout a été relu",
};

pub(crate) fn not_refreshed(why: &str) -> String {
    say!(
        "the answer is from the last state of the index, changes since then are not in it: {why}",
        "la réponse vient du dernier état de l'index, sans les changements faits depuis : {why}"
    )
}

pub(crate) const WAITING: Text = Text {
    en: "waiting for another limier, which is indexing these files",
    fr: "attente d'un autre limier, qui indexe ces fichiers",
};

pub(crate) fn nothing_found(mended: bool) -> String {
    if mended {
        return say!(
            "nothing found: try fewer or other words, or another folder",
            "aucun résultat : essayez moins de mots, d'autres mots ou un autre dossier"
        );
    }
    say!(
        "nothing found: try without --no-mend, fewer or other words, or another folder",
        "aucun résultat : essayez sans --no-mend, moins de mots, d'autres mots ou un autre dossier"
    )
}

pub(crate) const NO_SUGGESTION: Text = Text {
    en: "no word begins so: type fewer letters, or name another folder",
    fr: "aucun mot ne commence ainsi : tapez moins de lettres, ou indiquez un autre dossier",
};

pub(crate) const NOTHING_SIMILAR: Text = Text {
    en: "nothing is like it: no other article shares enough of its words",
    fr: "rien ne lui ressemble : aucun autre article ne partage assez de ses mots",
};

/// The words that a hit has in common with the article it is like.
pub(crate) fn shared(words: &[String]) -> String {
    let words = words.join(", ");
    say!("in common: {words}", "en commun : {words}")
}

/// Copies of an article that are not shown as articles like it.
pub(crate) fn same_text(ids: &[String]) -> String {
    const NAMED: usize = 3;
    let more = if ids.len() > NAMED { ", …" } else { "" };
    let count = counted_articles(ids.len() as u64);
    let (s, ids) = (french_plural(ids.len() as u64), ids.get(..NAMED).unwrap_or(ids).join(", "));
    say!(
        "nearly the same text, left out: {count} ({ids}{more}); --duplicates show shows them",
        "presque le même texte, laissé{s} de côté : {count} ({ids}{more}) ; --duplicates show les montre"
    )
}

pub(crate) const NO_ARTICLES: Text = Text {
    en: "there is no article to search: texts, Markdown, HTML, JSON, tables, EPUB, ODT and DOCX are read",
    fr: "il n'y a aucun article où chercher : textes, Markdown, HTML, JSON, tableaux, EPUB, ODT et DOCX sont lus",
};

/// The line that closes an answer on a terminal.
pub(crate) fn closing(hits: usize, total: u64, folded: u64, articles: u64, elapsed: Duration) -> String {
    let (time, articles, found) = (duration(elapsed), counted_articles(articles), counted_hits(total));
    let is_all = hits as u64 + folded == total;
    if is_all && folded > 0 {
        let (folded, s) = (grouped(folded), french_plural(folded));
        return say!(
            "{found} in {articles}, {folded} of them folded, {time}; --duplicates show shows each",
            "{found} dans {articles}, dont {folded} replié{s}, {time} ; --duplicates show les montre tous"
        );
    }
    if is_all {
        return say!("{found} in {articles}, {time}", "{found} dans {articles}, {time}");
    }
    say!(
        "{hits} of {found} in {articles}, {time}; -n shows more",
        "{hits} sur {found} dans {articles}, {time} ; -n en montre plus"
    )
}

pub(crate) const FACETS_NOT_SHOWN: Text = Text {
    en: "counts by facet and timelines are shown by --format plain and json alone",
    fr: "les décomptes par facette et les chronologies ne se montrent qu'avec --format plain ou json",
};

/// Names what a timeline counts by.
pub(crate) fn timeline(period: Period) -> &'static str {
    match period {
        Period::Day => facet(limier::Facet::Day),
        Period::Month => facet(limier::Facet::Month),
        _ => facet(limier::Facet::Year),
    }
}

/// Says how many periods of a timeline in a row have no hit.
pub(crate) fn gap(period: Period, count: u64) -> String {
    let without = match (language(), period) {
        (Language::English, Period::Day) => counted(count, "day", "days"),
        (Language::English, Period::Month) => counted(count, "month", "months"),
        (Language::English, _) => counted(count, "year", "years"),
        (Language::French, Period::Day) => counted(count, "jour", "jours"),
        (Language::French, Period::Month) => counted(count, "mois", "mois"),
        (Language::French, _) => counted(count, "an", "ans"),
    };
    say!("  … {without} without hits", "  … {without} sans résultat")
}

/// Says how many hits are on no timeline.
pub(crate) fn undated(count: u64) -> String {
    say!("  and {} without a date", "  et {} sans date", counted_hits(count))
}

/// Names what hits are counted by.
pub(crate) fn facet(facet: limier::Facet) -> &'static str {
    match facet {
        limier::Facet::Source => Text { en: "By source", fr: "Par source" },
        limier::Facet::Author => Text { en: "By author", fr: "Par auteur" },
        limier::Facet::Year => Text { en: "By year", fr: "Par année" },
        limier::Facet::Month => Text { en: "By month", fr: "Par mois" },
        limier::Facet::Day => Text { en: "By day", fr: "Par jour" },
        _ => Text { en: "By", fr: "Par" },
    }
    .as_str()
}

/// Writes a value that hits are counted by: of dates, as the language writes them.
pub(crate) fn facet_value(facet: limier::Facet, value: &str) -> Cow<'_, str> {
    let period = match facet {
        limier::Facet::Month => Period::Month,
        limier::Facet::Day => Period::Day,
        _ => return Cow::Borrowed(value),
    };
    value.parse().map_or(Cow::Borrowed(value), |date| Cow::Owned(numbers::period(period, date)))
}

/// Says that nothing of what was found has a value of this facet.
pub(crate) fn no_values() -> &'static str {
    Text { en: "  none of the articles found says it", fr: "  aucun des articles trouvés ne le dit" }.as_str()
}

/// Says how many values of a facet are not shown.
pub(crate) fn other_values(count: u64) -> String {
    say!("  and {} more, see --json", "  et {} de plus, voir --json", grouped(count))
}

/// Says how many articles nearly the same stand behind a hit.
pub(crate) fn duplicates(count: u64) -> String {
    let s = if count > 1 { "s" } else { "" };
    say!("+{count} similar", "+{count} semblable{s}")
}

pub(crate) const WORDS_OF_THE_WHOLE_INDEX: Text = Text {
    en: "words are those of the whole index, not of these paths alone",
    fr: "les mots sont ceux de tout l'index, pas de ces seuls chemins",
};

pub(crate) fn no_such_article(id: &str) -> String {
    say!(
        "no article is called {id}: name one as a search shows it, or the path of a file",
        "aucun article ne s'appelle {id} : nommez-en un comme une recherche le montre, ou par le chemin d'un fichier"
    )
}

pub(crate) fn several_articles(file: &Path, count: u64, ids: &[&str]) -> String {
    let more = if count > ids.len() as u64 { ", …" } else { "" };
    let (file, count, ids) = (file.display(), grouped(count), ids.join(", "));
    say!(
        "{file} holds {count} articles: name one of them, {ids}{more}",
        "{file} contient {count} articles : nommez l'un d'eux, {ids}{more}"
    )
}

pub(crate) fn no_article_in(file: &Path) -> String {
    say!("{} holds no article that can be read", "{} ne contient aucun article lisible", file.display())
}

/// What `limier index` came to.
pub(crate) fn indexed(articles: u64, files: crate::index::Files, elapsed: Duration) -> String {
    let (time, s) = (duration(elapsed), french_plural(articles));
    let articles = counted_articles(articles);
    if files == Default::default() {
        return say!("{articles} indexed, {time}", "{articles} indexé{s}, {time}");
    }
    let crate::index::Files { added, modified, renamed, deleted, unchanged } = files;
    let of_added = french_plural(added);
    let added = counted_files(added);
    let [s_modified, s_deleted, s_unchanged] = [modified, deleted, unchanged].map(french_plural);
    let [modified, deleted, unchanged] = [modified, deleted, unchanged].map(grouped);
    let renamed = match renamed {
        0 => String::new(),
        count => {
            let (count, s) = (grouped(count), french_plural(count));
            say!(" {count} renamed,", " {count} renommé{s},")
        }
    };
    say!(
        "{articles} indexed, {time}: {added} new, {modified} changed,{renamed} {deleted} gone, {unchanged} as before",
        "{articles} indexé{s}, {time} : {added} ajouté{of_added}, {modified} changé{s_modified},{renamed} {deleted} \
         disparu{s_deleted}, {unchanged} inchangé{s_unchanged}"
    )
}

/// How far a refresh has come.
pub(crate) fn progress(progress: &limier::Progress) -> String {
    let (files, total) = (grouped(progress.files), grouped(progress.total));
    let (bytes, all_bytes) = (size(progress.bytes), size(progress.total_bytes));
    say!(
        "indexing: {files} of {total} files, {bytes} of {all_bytes}",
        "indexation : fichier {files} sur {total}, {bytes} sur {all_bytes}"
    )
}

pub(crate) fn path_not_indexed(path: &Path) -> String {
    say!(
        "{0} is not in this index: add it with `limier index --index DIR {0}`",
        "{0} n'est pas dans cet index : ajoutez-le avec `limier index --index DOSSIER {0}`",
        path.display()
    )
}

/// Names how many articles there are; the noun is the same in both languages.
pub(crate) fn counted_articles(count: u64) -> String {
    counted(count, "article", "articles")
}

pub(crate) fn counted_files(count: u64) -> String {
    match language() {
        Language::English => counted(count, "file", "files"),
        Language::French => counted(count, "fichier", "fichiers"),
    }
}

pub(crate) fn counted_hits(count: u64) -> String {
    match language() {
        Language::English => counted(count, "hit", "hits"),
        Language::French => counted(count, "résultat", "résultats"),
    }
}

/// Returns the ending of a French participle that goes with so many.
fn french_plural(count: u64) -> &'static str {
    if count < 2 { "" } else { "s" }
}

/// One index of the cache, listed.
pub(crate) fn cached(paths: &str, bytes: u64, used: Option<limier::Date>, folder: &Path) -> String {
    let used = used.map_or_else(|| "?".to_owned(), date);
    say!("{paths}  {}, used {used}  {}", "{paths}  {}, utilisé le {used}  {}", size(bytes), folder.display())
}

pub(crate) fn purged(paths: &str, bytes: u64) -> String {
    say!(
        "no deleted text is left in the index of {paths}, {}",
        "aucun texte supprimé ne reste dans l'index de {paths}, {}",
        size(bytes)
    )
}

pub(crate) fn cleared(paths: &str, bytes: u64) -> String {
    say!("deleted the index of {paths}, {}", "index de {paths} supprimé, {}", size(bytes))
}

/// The counts of an index, one a line; `folder` as it is shown.
pub(crate) fn stats(folder: &str, stats: &limier::Stats) -> String {
    let limier::Stats { articles, segments, terms, bytes, analyzer, format, .. } = stats;
    let (articles, segments, terms) = (grouped(*articles), grouped(*segments as u64), grouped(*terms));
    let size = size(*bytes);
    say!(
        "folder    {folder}\narticles  {articles}\nterms     {terms}\nsegments  {segments}\nsize      {size}\n\
         analyzer  {analyzer}\nformat    {format}\n",
        "dossier    {folder}\narticles   {articles}\ntermes     {terms}\nsegments   {segments}\ntaille     {size}\n\
         analyseur  {analyzer}\nformat     {format}\n"
    )
}

/// One damage that a check found; `text` is what the library says of it.
pub(crate) fn damage(file: &Path, text: &str) -> String {
    let file = file.display();
    say!("{file}: {text}", "{file} : endommagé ({text})")
}

/// The last line of a check.
pub(crate) fn verified(folder: &Path, found: &limier::Verification) -> String {
    let folder = folder.display();
    let (files, articles) = (counted_files(found.files as u64), counted_articles(found.articles));
    if found.is_sound() {
        return say!(
            "{folder} is sound: {files} and {articles} checked",
            "{folder} est intact : {files} et {articles} vérifiés"
        );
    }
    let damages = match language() {
        Language::English => counted(found.damages.len() as u64, "damage", "damages"),
        Language::French => counted(found.damages.len() as u64, "dommage", "dommages"),
    };
    say!(
        "{folder} is damaged, {damages}: add --repair to build it again",
        "{folder} est endommagé, {damages} : ajoutez --repair pour le refaire"
    )
}

/// What became of a damaged index, and what could not be saved, one a line.
pub(crate) fn repaired(folder: &Path, repair: &limier::Repair, articles: u64) -> Vec<String> {
    let (folder, articles) = (folder.display(), counted_articles(articles));
    let mut lines = vec![match repair.kept {
        0 => say!("{folder} was built again: {articles}", "{folder} a été refait : {articles}"),
        kept => {
            let (kept, s) = (grouped(kept), french_plural(kept));
            say!(
                "{folder} was built again: {articles}, {kept} of them out of the damaged index",
                "{folder} a été refait : {articles}, dont {kept} sauvé{s} de l'index endommagé"
            )
        }
    }];
    for path in &repair.missing {
        let path = path.display();
        lines.push(say!(
            "{path} does not exist any more: its articles are gone",
            "{path} n'existe plus : ses articles sont perdus"
        ));
    }
    if repair.lost > 0 {
        lines.push(say!(
            "of articles that came from no file, up to {} could not be read: add them again",
            "des articles qui ne viennent d'aucun fichier n'ont pas pu être lus, {} au plus : ajoutez-les de nouveau",
            grouped(repair.lost)
        ));
    }
    if repair.is_list_lost {
        lines.push(say!(
            "the list of what was stored is damaged: add the articles again that came from no file, if there were any",
            "la liste de ce qui était enregistré est endommagée : ajoutez de nouveau les articles qui ne venaient d'aucun \
             fichier, s'il y en avait"
        ));
    }
    if repair.is_list_lost && repair.refreshed.is_none() && repair.missing.is_empty() {
        lines.push(say!(
            "the list of its folders is damaged: index them again",
            "la liste de ses dossiers est endommagée : indexez-les de nouveau"
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_says_when_there_is_more() {
        let time = Duration::from_millis(12);
        let more = Duration::from_millis(1234);
        assert_eq!(closing(1, 1, 0, 30, time), "1 hit in 30 articles, 12 ms");
        assert_eq!(closing(10, 12, 0, 1, more), "10 of 12 hits in 1 article, 1.2 s; -n shows more");
        in_language(Language::French, || {
            assert_eq!(closing(0, 0, 0, 30, time), "0 résultat dans 30 articles, 12 ms");
            assert_eq!(closing(10, 12, 0, 1, more), "10 sur 12 résultats dans 1 article, 1,2 s ; -n en montre plus");
        });
    }
}
