//! What is wrong with a line of synonyms.

use limier::{SynonymsIssue, SynonymsIssueKind};

use super::say;

/// Says where a line stands, why it was left out, and how to mend it.
pub(crate) fn issue(file: &str, line: usize, issue: &SynonymsIssue) -> String {
    let why = why(issue);
    say!("{file}:{line}: {why}; the line is left out", "{file}:{line} : {why} ; la ligne est laissée de côté")
}

pub(crate) fn and_more(count: usize) -> String {
    if count == 1 {
        return say!(
            "one more line of synonyms makes no sense, and is left out",
            "une autre ligne de synonymes n'a pas de sens, et est laissée de côté"
        );
    }
    say!(
        "{count} more lines of synonyms make no sense, and are left out",
        "{count} autres lignes de synonymes n'ont pas de sens, et sont laissées de côté"
    )
}

/// Says what is wrong with a line.
fn why(issue: &SynonymsIssue) -> String {
    let text: String = issue.text.chars().take(60).collect();
    match issue.kind {
        SynonymsIssueKind::Alone => say!(
            "« {text} » stands for nothing: write « voiture, auto » or « sncf => chemins de fer »",
            "« {text} » ne remplace rien : écrivez « voiture, auto » ou « sncf => chemins de fer »"
        ),
        SynonymsIssueKind::SecondArrow => {
            say!("« {text} » has a second arrow: one is enough", "« {text} » a une seconde flèche : une seule suffit")
        }
        SynonymsIssueKind::NoWord => {
            say!("« {text} » holds no word that carries sense", "« {text} » ne contient aucun mot porteur de sens")
        }
        SynonymsIssueKind::TooManyWords => {
            say!("« {text} » has more than 8 words", "« {text} » a plus de 8 mots")
        }
        SynonymsIssueKind::TooManyExpressions => {
            say!("it has more than 32 expressions", "elle a plus de 32 expressions")
        }
        SynonymsIssueKind::TooLong => say!(
            "from here on nothing is read, the list is too long: 10,000 rules or 4 MiB",
            "à partir d'ici rien n'est lu, la liste est trop longue : 10 000 règles ou 4 Mio"
        ),
        // A kind of a later library: its code says something, silence would not.
        other => other.code().to_owned(),
    }
}
