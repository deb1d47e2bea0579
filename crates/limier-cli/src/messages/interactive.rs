//! What `limier -i` says.

use std::time::Duration;

use super::{Text, counted_hits, duration, grouped, say};
use crate::options::Order;

pub(crate) const NO_TERMINAL: Text = Text {
    en: "-i wants a terminal: run it in one, or search without -i",
    fr: "-i demande un terminal : lancez-le dans un terminal, ou cherchez sans -i",
};
pub(crate) const NO_STANDARD_INPUT: Text = Text {
    en: "`-` is standard input, where -i reads keys: name folders and files",
    fr: "`-` est l'entrée standard, où -i lit les touches : indiquez des dossiers et des fichiers",
};
pub(crate) const NO_WORKER: Text = Text {
    en: "the search ended in a defect of the program",
    fr: "la recherche s'est arrêtée sur un défaut du programme",
};
pub(crate) const CANNOT_TAKE_TERMINAL: Text =
    Text { en: "cannot set up the terminal", fr: "impossible de préparer le terminal" };
pub(crate) const CANNOT_DRAW: Text =
    Text { en: "cannot draw on the terminal", fr: "impossible de dessiner sur le terminal" };
pub(crate) const CANNOT_READ_KEYS: Text =
    Text { en: "cannot read keys from the terminal", fr: "impossible de lire les touches du terminal" };
pub(crate) const NO_FILE: Text =
    Text { en: "this article comes from no file", fr: "cet article ne vient pas d'un fichier" };

pub(crate) const TYPE_HERE: Text = Text { en: "type words to search", fr: "tapez des mots à chercher" };
pub(crate) const NOTHING: Text = Text {
    en: "  nothing found: try fewer or other words",
    fr: "  aucun résultat : essayez moins de mots, ou d'autres",
};

/// The line of keys; the first of them are those that everybody needs, since a narrow terminal cuts the rest.
pub(crate) const KEYS: Text = Text {
    en: "Esc leave  F1 keys  ↑↓ choose  Enter read  ^O edit  ^Y print path  ^S sort  ^T count",
    fr: "Échap quitter  F1 touches  ↑↓ choisir  Entrée lire  ^O éditer  ^Y chemin  ^S tri  ^T compte",
};

pub(crate) const HELP_TITLE: Text = Text { en: " Keys ", fr: " Touches " };
pub(crate) const HELP: Text = Text {
    en: "\
↑ ↓  ^P ^N       the hit before, after
PgUp PgDn        a page of hits
Alt-↑ Alt-↓      the article, a row up or down
^B ^F            the article, a page up or down
Enter            read in $LIMIER_PAGER, $PAGER or less
^O               edit in $VISUAL, $EDITOR or vi
^Y               leave and print the path
^S               by relevance, newest, oldest
^T               count by source, author, year, month
← → Home End     move in the query
^W ^U ^K ^G      erase a word, to the start, to the end, all
^Z               back into the shell; fg returns
Esc  ^C          leave
The mouse chooses and scrolls.",
    fr: "\
↑ ↓  ^P ^N       le résultat d'avant, d'après
PgPréc PgSuiv    une page de résultats
Alt-↑ Alt-↓      l'article, une ligne plus haut ou plus bas
^B ^F            l'article, une page plus haut ou plus bas
Entrée           lire avec $LIMIER_PAGER, $PAGER ou less
^O               éditer avec $VISUAL, $EDITOR ou vi
^Y               quitter et écrire le chemin
^S               par pertinence, du plus récent, du plus ancien
^T               compter par source, auteur, année, mois
← → Début Fin    se déplacer dans la requête
^W ^U ^K ^G      effacer un mot, jusqu'au début, jusqu'à la fin, tout
^Z               retour au shell ; fg revient
Échap  ^C        quitter
La souris choisit et fait défiler.",
};

/// Names the order of the hits.
pub(crate) fn order(order: Order) -> &'static str {
    match order {
        Order::Relevance => Text { en: "by relevance", fr: "par pertinence" },
        Order::Newest => Text { en: "newest first", fr: "du plus récent" },
        Order::Oldest => Text { en: "oldest first", fr: "du plus ancien" },
    }
    .as_str()
}

pub(crate) fn found(listed: usize, total: u64, elapsed: Duration) -> String {
    let (hits, time) = (counted_hits(total), duration(elapsed));
    if listed as u64 == total {
        return format!("{hits}, {time}");
    }
    let listed = grouped(listed as u64);
    say!("{listed} of {hits}, {time}", "{listed} sur {hits}, {time}")
}

/// A program could not be run, or failed.
pub(crate) fn cannot_run(program: &str, error: &std::io::Error) -> String {
    let error = super::failure::of_system(error);
    say!("cannot run {program}: {error}", "impossible de lancer {program} : {error}")
}
