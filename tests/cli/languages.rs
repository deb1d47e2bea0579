//! French and English: what is said follows the locale or `--lang`, what programs read does not.

use serde_json::Value;

use crate::{press, sandbox};

/// Runs the program under a locale.
fn under(sandbox: &limier_tests::Sandbox, locale: &str, arguments: &[&str]) -> limier_tests::Run {
    let mut command = sandbox.command(arguments);
    command.env("LC_ALL", locale);
    sandbox.run_command(command)
}

#[test]
fn the_locale_chooses_and_the_flag_wins() {
    let sandbox = press();
    let french = "limier : aucun résultat : essayez moins de mots";
    let english = "limier: nothing found: try fewer";
    let search = &["zzzz", "presse", "--no-mend"][..];
    for (locale, flags, expected) in [
        ("fr_FR.UTF-8", &[][..], "essayez sans --no-mend"),
        ("C", &[], "try without --no-mend"),
        ("de_DE.UTF-8", &[], "try without --no-mend"),
        ("C", &["--lang", "fr"], "essayez sans --no-mend"),
        ("fr_FR.UTF-8", &["--lang=en"], "try without --no-mend"),
    ] {
        under(&sandbox, locale, &[search, flags].concat()).code(1).err_has(expected);
    }
    under(&sandbox, "fr_CA", &["search", "-xyz", "presse"]).code(2).err_has("erreur : argument inattendu");
    let mended = &["zzzz", "presse"][..];
    under(&sandbox, "fr_FR.UTF-8", mended).code(1).err_has(french);
    under(&sandbox, "en_US.UTF-8", mended).code(1).err_has(english);
}

#[test]
fn codes_and_keys_are_the_same_in_every_language() {
    let sandbox = press();
    sandbox.write("presse/vide.txt", "");
    let search = &["\"artistes auteurr:x", "presse", "--json"];
    let (english, french) = (under(&sandbox, "C", search), under(&sandbox, "fr", search));
    assert_eq!(english.note_codes(), french.note_codes());
    assert!(english.note_codes().len() > 1, "{}", english.shown());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&english.summary()), keys(&french.summary()));
    assert_eq!(english.hits(), french.hits());
    let texts = |run: &limier_tests::Run| -> Vec<String> {
        let summary = run.summary();
        summary["notes"].as_array().unwrap().iter().map(|note| note["text"].to_string()).collect()
    };
    for (english, french) in texts(&english).iter().zip(texts(&french)) {
        assert_ne!(*english, french);
    }
}

#[test]
fn dates_and_numbers_are_written_as_the_language_writes_them() {
    let sandbox = press();
    under(&sandbox, "fr", &["musée", "presse"]).code(0).out_has("musee.md · 3 mai 2024 · Le Bocage");
    under(&sandbox, "C", &["musée", "presse"]).code(0).out_has("musee.md · 3 May 2024 · Le Bocage");
    let explained = under(&sandbox, "fr", &["artistes", "presse", "--explain"]).code(0);
    explained.out_has("artistes : rareté 0,").out_has(" dans le texte").out_lacks("score 1.").out_lacks(" lead ");
    under(&sandbox, "fr", &["index", "presse"]).code(0).out_has("4 articles indexés, ").out_has("4 inchangés");
}

#[test]
fn errors_and_their_causes_are_french() {
    let sandbox = sandbox();
    let run = under(&sandbox, "fr", &["avion", "absent"]).code(2);
    assert_eq!(run.err(), "limier : absent n'existe pas : indiquez un dossier ou un fichier qui existe\n");
    sandbox.write("autre/x.txt", "Rien.\n");
    let run = under(&sandbox, "fr", &["avion", "--index", "autre"]).code(2);
    assert!(run.err().contains("n'est pas un index de limier"), "{}", run.shown());
}

#[test]
fn usage_errors_are_french() {
    let sandbox = sandbox();
    let number = "écrivez un nombre entier";
    for (arguments, parts) in [
        (
            &["--limt", "3", "x"][..],
            &["argument inattendu « --limt »", "conseil : il existe « --limit »", "--help"][..],
        ),
        (&["x", "-n", "beaucoup"], &["valeur « beaucoup » refusée pour « --limit <N> » : ", number]),
        (&["x", "--passages", "1,5"], &["« --passages <N> » : ", number]),
        (&["x", "-C", "99999"], &["« --context <N> » : écrivez un nombre entier de 0 à 65\u{202f}535"]),
        (&["x", "--max-chars", "9"], &["« --max-chars <N> » : écrivez un nombre entier, 10 ou plus"]),
        (&["x", "--threads", "0"], &["« --threads <N> » : écrivez un nombre entier de 1 à 8"]),
        (&["x", "--wait", "-1"], &["argument inattendu « -1 »", "« -- -1 »"]),
        (&["x", "--wait=-1"], &["« --wait <SECONDES> » : ", number]),
        (&["x", "--width", "12"], &["« --width <COLONNES> » : écrivez combien de colonnes, 24 ou plus"]),
        (&["x", "--timeout", "vite"], &["« --timeout <SECONDES> » : écrivez par exemple 2 ou 0,5"]),
        (&["x", "--memory", "beaucoup"], &["« --memory <TAILLE> » : écrivez par exemple 500K"]),
        (&["x", "--type", "pdf"], &["« --type <TYPE> » : choisissez parmi text, markdown"]),
        (&["x", "--map", "corps"], &["« --map <CHAMP=NOM> » : écrivez par exemple body=contenu"]),
        (&["x", "-g", "[", "."], &["« --glob <MOTIF> » : écrivez par exemple '*.txt'"]),
        (&["suggest", "x", "-n", "?"], &["« --limit <N> » : ", number]),
        (&["x", "--sort", "taille"], &["valeur « taille » refusée", "[valeurs : relevance, date, oldest]"]),
        (&["x", "--sort", "dates"], &["valeur « dates » refusée", "conseil : il existe « date »"]),
        (&["x", "--sort"], &["il faut une valeur pour « --sort <ORDRE> »"]),
        (&["x", "--timeline=semaine"], &["« --timeline[=<PÉRIODE>] » [valeurs : auto, day, month, year]"]),
        (&["search"], &["il manque « <REQUÊTE> »", "Utilisation : limier search"]),
        (&["show"], &["il manque « <ARTICLE> »"]),
        (&["x", "--pre-glob", "*.pdf"], &["il manque « --pre <COMMANDE> »"]),
        (&["index", "--forget"], &["il manque « <CHEMIN>... »"]),
        (&["x", "--explain", "--explain"], &["« --explain » ne peut être donné qu'une fois"]),
        (&["x", "-l", "-c"], &["« --files-with-matches » ne va pas avec « --count »"]),
        (&["x", "--json", "-l", "-c"], &[" ne va pas avec "]),
        (&["-musique"], &["argument inattendu « -m »", "conseil : pour que « -m » soit un mot", "« -- -m »"]),
        (&["analyze", "a", "b"], &["argument inattendu « b »"]),
        (&["cache", "vider"], &["valeur « vider » refusée pour « [ACTION] » [valeurs : list, path, clear, purge]"]),
        (&["completions", "csh"], &["valeur « csh » refusée pour « <SHELL> »"]),
        (&["man", "xyz"], &["limier : xyz n'est pas une commande"]),
    ] {
        let mut run = under(&sandbox, "fr", arguments).code(2);
        for part in parts {
            run = run.err_has(part);
        }
        let told = run.err();
        for english in ["error", "Usage", "tip", "For more", "invalid", "required", "possible", "cannot", "digit"] {
            assert!(!told.replace("[OPTIONS]", "").contains(english), "{}", run.shown());
        }
        let says_more = told.contains("essayez « --help »") || told.starts_with("limier : ");
        assert!(says_more, "{}", run.shown());
    }
    // In English each gives its reason, too.
    for (arguments, part) in [
        (&["x", "-n", "many"][..], "invalid value 'many' for '--limit <N>': write a whole number"),
        (&["x", "--max-chars", "9"], "'--max-chars <N>': write a whole number, 10 or more"),
        (&["x", "--width", "12"], "'--width <COLS>': write how many columns, 24 or more"),
    ] {
        under(&sandbox, "C", arguments).code(2).err_has(part);
    }
}

#[test]
#[cfg(unix)]
fn a_query_that_is_not_utf8_is_refused_in_both_languages() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = press();
    for (language, told) in [("fr", "erreur : un argument n'est pas en UTF-8"), ("en", "error: invalid UTF-8")] {
        let query = std::ffi::OsStr::from_bytes(b"caf\xe9");
        sandbox.run(&[query, "presse".as_ref(), "--lang".as_ref(), language.as_ref()]).code(2).err_has(told);
    }
}

#[test]
fn help_the_man_page_and_completions_are_french() {
    let sandbox = sandbox();
    for help in [&["-h"][..], &["--help"], &["help"]] {
        let run = under(&sandbox, "fr", help).code(0).quiet();
        let run = run.out_lacks("true, false");
        run.out_has("Utilisation\u{a0}: limier [OPTIONS] <REQUÊTE> [CHEMIN]...").out_has("[défaut\u{a0}: ");
    }
    under(&sandbox, "fr", &["cache", "--help"]).code(0).out_has("- clear\u{a0}: Supprimer tous les index");
    let man = under(&sandbox, "fr", &["man"]).code(0).quiet();
    man.out_has(".SH NOM").out_has("Recherche plein texte").out_lacks(".SH NAME").out_lacks("Print");
    under(&sandbox, "C", &["man"]).code(0).quiet().out_has(".SH NAME");
    let fish = under(&sandbox, "C", &["completions", "fish", "--lang", "fr"]).code(0).quiet();
    fish.out_has("Montrer au plus N résultats");
}
