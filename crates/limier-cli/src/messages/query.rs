//! What the library says of a query or of its words; `part` is what a note about a part of the query points at.

use super::numbers::grouped;
use super::say;

pub(crate) fn unbalanced_quote() -> String {
    say!(
        "a quotation mark has no partner: the words are searched without it",
        "un guillemet est seul : les mots sont cherchés sans lui"
    )
}

pub(crate) fn unbalanced_parenthesis() -> String {
    say!(
        "a parenthesis has no partner: the words are searched without it",
        "une parenthèse est seule : les mots sont cherchés sans elle"
    )
}

pub(crate) fn lonely_operator(part: &str) -> String {
    say!(
        "{part} has no word before or after it: it is read as a word",
        "{part} n'a pas de mot avant ou après lui : il est lu comme un mot"
    )
}

pub(crate) fn unknown_field(part: &str) -> String {
    say!(
        "{part} is no field: it is read as words; the fields are titre:, auteur:, source: and date:",
        "{part} n'est pas un champ : il est lu comme des mots ; les champs sont titre:, auteur:, source: et date:"
    )
}

pub(crate) fn empty_field(part: &str) -> String {
    say!("{part} has no value: it is read as a word", "{part} n'a pas de valeur : il est lu comme un mot")
}

pub(crate) fn spaced_field(part: &str) -> String {
    let name = part.trim_end_matches(':');
    say!(
        "{name} is read as a word, for there is a blank beside its colon: write {name}:word to search in that field",
        "{name} est lu comme un mot, car une espace touche les deux-points : écrivez {name}:mot pour chercher dans ce champ"
    )
}

pub(crate) fn unknown_sign(part: &str) -> String {
    say!(
        "{part} holds a sign that means nothing here, and is read as words: the signs are avi*, avoin~, =exact, +must and -not",
        "{part} porte un signe qui ne veut rien dire ici : il est lu comme des mots ; les signes sont avi*, avoin~, =exact, +exigé et -exclu"
    )
}

pub(crate) fn sign_in_phrase(part: &str) -> String {
    say!(
        "{part}: between quotation marks words are meant as they stand, and a sign behind one says nothing",
        "{part} : entre guillemets, les mots sont cherchés tels quels, et un signe derrière l'un d'eux ne dit rien"
    )
}

pub(crate) fn bad_date(part: &str) -> String {
    say!(
        "{part} is no date: write date:2024, date:26/11/2024, date:\"26 novembre 2024\", date:2024-11..2024-12 or date:>=2024-03-01",
        "{part} n'est pas une date : écrivez date:2024, date:26/11/2024, date:\"26 novembre 2024\", date:2024-11..2024-12 ou date:>=2024-03-01"
    )
}

pub(crate) fn too_deep() -> String {
    say!(
        "parentheses are nested deeper than 32: the inner ones are read as words",
        "plus de 32 parenthèses sont emboîtées : les plus profondes sont lues comme des mots"
    )
}

pub(crate) fn too_long() -> String {
    say!(
        "the query is longer than 16 KiB or 64 parts: the rest was not read",
        "la requête dépasse 16 Kio ou 64 parties : la suite n'a pas été lue"
    )
}

pub(crate) fn other_issue(part: &str) -> String {
    say!("{part} was read as plain words", "{part} a été lu comme de simples mots")
}

pub(crate) fn no_words() -> String {
    say!("the query holds no word: type at least one", "la requête ne contient aucun mot : tapez-en au moins un")
}

pub(crate) fn only_negation() -> String {
    say!(
        "the query only says what is not wanted: add a word that is, or * for every article",
        "la requête ne dit que ce qui est exclu : ajoutez un mot cherché, ou * pour tous les articles"
    )
}

pub(crate) fn only_stop_words() -> String {
    say!(
        "the query holds only words such as « le » or « qui », which were searched as they stand",
        "la requête ne contient que des mots comme « le » ou « qui », qui ont été cherchés tels quels"
    )
}

pub(crate) fn mended(word: &str, by: &[String]) -> String {
    let is_one = by.len() == 1;
    let (was, have) = if is_one { ("was", "a été cherché") } else { ("were", "ont été cherchés") };
    let by = quoted(by);
    say!(
        "no article has « {word} »: {by} {was} searched in its place (--no-mend searches words as they are)",
        "aucun article ne contient « {word} » : {by} {have} à sa place (--no-mend cherche les mots tels quels)"
    )
}

pub(crate) fn did_you_mean(word: &str, suggestions: &[String]) -> String {
    let suggestions = quoted(suggestions);
    say!(
        "few or no articles have « {word} »: did you mean {suggestions}?",
        "peu d'articles, ou aucun, contiennent « {word} » : vouliez-vous dire {suggestions} ?"
    )
}

pub(crate) fn too_many_terms(word: &str, searched: usize) -> String {
    let searched = grouped(searched as u64);
    say!(
        "« {word} » stands for very many words: {searched} of them were searched, type more letters",
        "« {word} » représente trop de mots : {searched} d'entre eux ont été cherchés, tapez plus de lettres"
    )
}

pub(crate) fn time_limit() -> String {
    say!(
        "the time limit was reached: this is what was found until then, there may be more (--timeout)",
        "le délai est écoulé : voici ce qui a été trouvé jusque-là, il y en a peut-être plus (--timeout)"
    )
}

pub(crate) fn too_many_synonyms(word: &str, searched: usize) -> String {
    say!(
        "{searched} synonyms were searched, and none from « {word} » on: type fewer words",
        "{searched} synonymes ont été cherchés, et aucun à partir de « {word} » : tapez moins de mots"
    )
}

fn quoted(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("« {word} »")).collect();
    quoted.join(", ")
}
