//! The help of commands and flags in French; the English stands with their definition, in `args`.
//!
//! The first paragraph is what `-h` shows, all of them are what `--help` shows, as in English. A test walks the definition
//! and fails for what lacks its French, and for French that nothing uses.

use clap::{Arg, ArgAction, Command};

use super::{Language, Text, language};

/// The French of one argument.
struct Argument {
    /// Its id, behind that of its command where several commands mean different things by it.
    key: &'static str,
    /// What stands for its value; empty for a flag that takes none.
    value: &'static str,
    help: &'static str,
}

const fn argument(key: &'static str, value: &'static str, help: &'static str) -> Argument {
    Argument { key, value, help }
}

/// Commands: their names, `limier` for the program itself.
const COMMANDS: &[(&str, &str)] = &[
    (
        "limier",
        "Recherche plein texte classée, pour les textes en français.

Cherche dans les CHEMINS (le dossier courant par défaut), après avoir mis leur index à jour. L'index se trouve dans le \
         dossier de cache de l'utilisateur et se crée sans rien demander.",
    ),
    ("search", "Chercher, en toutes lettres : pour une requête qui est le nom d'une commande."),
    ("index", "Créer l'index des CHEMINS, ou le mettre à jour, sans chercher."),
    ("watch", "Tenir l'index des CHEMINS à jour jusqu'à Ctrl-C : une ligne par mise à jour."),
    ("analyze", "Montrer ce que l'analyse fait d'un texte : termes, lemmes, racines, règles."),
    ("extract", "Écrire ce qui est lu dans des fichiers : titre, date, auteur, texte."),
    ("show", "Montrer un article, les mots d'une requête en évidence."),
    (
        "similar",
        "Chercher les articles qui ressemblent à ARTICLE, avec les mots qu'ils partagent.

Seuls comptent les mots de l'article : ni les synonymes, ni les mots vides ou protégés des réglages ne s'appliquent.",
    ),
    ("suggest", "Compléter le début d'un mot par des mots des CHEMINS, les plus fréquents d'abord."),
    ("stats", "Compter les articles, les termes et les octets d'un index."),
    ("verify", "Vérifier chaque octet d'un index ; finit par le code 1 si un dommage est trouvé."),
    ("cache", "Lister, effacer ou purger les index du dossier de cache de l'utilisateur."),
    ("help", "Expliquer une commande, ou le langage des requêtes : `limier help syntaxe`."),
    ("completions", "Écrire les complétions d'un interpréteur de commandes."),
    ("man", "Écrire la page de manuel."),
];

const ARGUMENTS: &[Argument] = &[
    argument("query", "REQUÊTE", "Ce qui est cherché : des mots, ou les opérateurs listés plus bas."),
    argument(
        "paths",
        "CHEMIN",
        "Dossiers et fichiers où chercher ; `-` est l'entrée standard, un texte ou du JSON Lines [défaut : le dossier \
         courant].",
    ),
    argument("interactive", "", "Chercher au fil de la frappe, dans les CHEMINS."),
    argument(
        "queries",
        "FICHIER",
        "Chercher chaque requête du FICHIER, `-` pour l'entrée standard ; tout argument est alors un CHEMIN.

FICHIER contient une requête par ligne, numérotée par sa ligne (`# ` commence un commentaire), ou du JSON Lines avec `_id` et `text`. Avec --json chaque ligne \
         nomme son query_id, et chaque requête a un résumé.",
    ),
    argument("limit", "N", "Montrer au plus N résultats [défaut : 10 ; tous avec -l]."),
    argument("passages", "N", "Montrer au plus N passages de chaque résultat."),
    argument(
        "context",
        "N",
        "Montrer jusqu'à N phrases du même paragraphe avant et après ce qui est trouvé [défaut : 1, s'il y a la place].",
    ),
    argument(
        "max_chars",
        "N",
        "Raccourcir les passages à N caractères, 10 au moins [défaut : 300, davantage avec -C].",
    ),
    argument(
        "format",
        "FORME",
        "La forme de la réponse.

plain est du texte, compact une ligne par résultat, vimgrep une ligne CHEMIN:LIGNE:COLONNE:TEXTE par passage, json du JSON \
         Lines (un objet par résultat, puis un résumé), html une page complète, trec une ligne `QID Q0 ID RANG SCORE limier` par \
         résultat, sans rien replier, les blancs des identifiants écrits %20.",
    ),
    argument(
        "width",
        "COLONNES",
        "Couper les lignes à COLONNES colonnes, 24 au moins ; 0 ne coupe pas [défaut : celles du terminal, 100 au plus ; \
         pas de coupe dans un tube].",
    ),
    argument("sort", "ORDRE", "Trier par pertinence ou par date.

date commence par le plus récent, oldest par le plus ancien ; les articles sans date viennent à la fin."),
    argument("no_mend", "", "Chercher les mots tels quels, même ceux qu'aucun article ne contient."),
    argument(
        "files_with_matches",
        "",
        "Écrire seulement les chemins, les meilleurs d'abord.",
    ),
    argument("count", "", "Écrire seulement combien d'articles sont trouvés."),
    argument("pager", "", "Montrer la réponse dans $LIMIER_PAGER, $PAGER ou less, sur un terminal."),
    argument(
        "hyperlink",
        "QUAND",
        "Quand faire des chemins des liens qu'un clic ouvre [auto : sur un terminal connu pour les montrer].",
    ),
    argument("help.topic", "SUJET", "Une commande, ou `syntaxe`."),
    argument("explain", "", "Montrer de quoi chaque score est fait."),
    argument(
        "synonyms",
        "FICHIER",
        "Prendre des mots l'un pour l'autre comme le dit FICHIER : des lignes comme `voiture, auto, automobile` ou \
         `sncf => chemins de fer`.

Un article qui a un synonyme d'un mot est trouvé, après ceux qui ont le mot. Une expression peut avoir plusieurs mots ; # \
         commence un commentaire. `=mot`, les expressions entre guillemets et ce que la requête exclut sont pris tels quels.",
    ),
    argument(
        "timeout",
        "SECONDES",
        "Chercher pendant SECONDES au plus, par exemple 0,5, et répondre avec ce qui a été trouvé jusque-là ; une commande de \
         --pre qui prend plus longtemps pour un fichier est arrêtée.",
    ),
    argument("no_refresh", "", "Répondre avec l'index tel qu'il est, sans regarder quels fichiers ont changé."),
    argument(
        "glob",
        "MOTIF",
        "Ne montrer que les résultats dont le chemin correspond au MOTIF, ou n'y correspond pas s'il commence par !, comme \
         -g '!*.md'.",
    ),
    argument(
        "source",
        "NOM",
        "Ne montrer que les résultats de cette source, sans égard aux majuscules ni aux accents ; donnée deux fois, de l'une \
         ou de l'autre.",
    ),
    argument(
        "author",
        "NOM",
        "Ne montrer que les résultats de cet auteur, sans égard aux majuscules ni aux accents ; donné deux fois, de l'un ou \
         de l'autre.",
    ),
    argument(
        "facets",
        "FACETTE",
        "Compter ce qui est trouvé par source, author (auteur), year (année), month (mois) ou day (jour), à la suite des \
         résultats ; plusieurs avec des virgules.",
    ),
    argument(
        "timeline",
        "PÉRIODE",
        "Montrer à la suite des résultats combien, de tout ce qui est trouvé, sont de chaque jour (day), mois (month) ou année \
         (year), en barres.

auto, que signifie l'absence de valeur, choisit selon l'écart entre les dates. Jusqu'à 12 périodes sans résultat entre d'autres \
         sont montrées vides, davantage en une ligne ; avec -n 0 seules les barres sont montrées.",
    ),
    argument(
        "duplicates",
        "QUOI",
        "Replier les articles presque identiques derrière le meilleur d'entre eux, ou montrer chacun.",
    ),
    argument(
        "types",
        "TYPE",
        "Ne lire que les fichiers de ce TYPE : text, markdown, html, json (et JSON Lines), csv, epub, odt ou docx ; plusieurs \
         avec des virgules.",
    ),
    argument(
        "map",
        "CHAMP=NOM",
        "Prendre un champ des enregistrements sous un autre nom, comme body=contenu ; plusieurs avec des virgules.",
    ),
    argument(
        "pre",
        "COMMANDE",
        "Tirer un texte des fichiers qui ne se lisent pas autrement avec COMMANDE, lancée avec le chemin pour seul argument.",
    ),
    argument("pre_glob", "MOTIF", "Lancer COMMANDE pour les fichiers qui correspondent au MOTIF, et pour nul autre."),
    argument("follow", "", "Suivre les liens symboliques."),
    argument(
        "max_filesize",
        "TAILLE",
        "Laisser de côté les fichiers plus gros que TAILLE, comme 500K ou 2G ; les fichiers d'enregistrements sont lus quelle \
         que soit leur taille [défaut : 64M].",
    ),
    argument("json", "", "Comme --format json ; des deux, le dernier compte."),
    argument(
        "index",
        "DOSSIER",
        "Utiliser l'index de DOSSIER, créé au besoin, à la place du cache [env : LIMIER_INDEX].",
    ),
    argument("threads", "N", "Lire avec N fils d'exécution, de 1 à 8 [défaut : un par cœur, 4 au plus]."),
    argument(
        "memory",
        "TAILLE",
        "Garder en mémoire au plus TAILLE de ce qui est en cours d'indexation, par exemple 100M ; un fil a besoin de 15M \
         [défaut : 64M par fil].",
    ),
    argument(
        "wait",
        "SECONDES",
        "Attendre au plus SECONDES un autre limier qui écrit dans l'index [défaut : 600 pour indexer, 0 pour chercher].",
    ),
    argument("rebuild", "", "Relire tous les fichiers, quoi qu'on en sache."),
    argument("yes", "", "Indexer un dossier personnel ou un disque entier sans demander."),
    argument(
        "color",
        "QUAND",
        "Quand mettre des couleurs [NO_COLOR, CLICOLOR_FORCE et TERM=dumb sont respectés par auto].",
    ),
    argument("lang", "LANGUE", "Parler français ou anglais [défaut : selon la locale].

La locale est la première de LC_ALL, LC_MESSAGES et LANG qui soit donnée ; toute autre locale que française donne l'anglais."),
    argument(
        "no_config",
        "",
        "Ignorer config.toml et .limier.toml.

config.toml se trouve dans le dossier des réglages de l'utilisateur (~/.config/limier), ou LIMIER_CONFIG le nomme ; \
         .limier.toml se trouve dans un dossier où l'on cherche, ou sinon au-dessus.",
    ),
    argument(
        "index.paths",
        "CHEMIN",
        "Dossiers et fichiers à indexer ; `-` est l'entrée standard, avec --index seulement [défaut : le dossier \
         courant].",
    ),
    argument("index.forget", "", "Retirer les CHEMINS de l'index que nomme --index, et supprimer leurs articles."),
    argument("index.json", "", "Écrire un objet JSON à la place du texte."),
    argument(
        "watch.paths",
        "CHEMIN",
        "Dossiers et fichiers à suivre [défaut : le dossier courant, ou ceux de --index].",
    ),
    argument("watch.json", "", "Écrire du JSON Lines : un objet par mise à jour."),
    argument("analyze.text", "TEXTE", "Le texte ; sans lui, chaque ligne de l'entrée standard en est un."),
    argument("analyze.json", "", "Écrire un objet JSON par texte."),
    argument("extract.paths", "FICHIER", "Fichiers et dossiers à lire ; `-` est l'entrée standard."),
    argument("extract.json", "", "Écrire du JSON Lines : un objet par article."),
    argument(
        "show.article",
        "ARTICLE",
        "L'identifiant d'un article, comme une recherche le montre, ou le chemin d'un fichier.",
    ),
    argument("show.query", "REQUÊTE", "Ce qu'il faut y mettre en évidence."),
    argument("show.format", "FORME", "La forme de l'article : du texte, un objet JSON ou une page HTML complète."),
    argument(
        "similar.article",
        "ARTICLE",
        "L'identifiant d'un article, comme une recherche le montre, ou le chemin d'un fichier.",
    ),
    argument(
        "similar.duplicates",
        "QUOI",
        "Replier les articles presque identiques derrière le meilleur d'entre eux et laisser de côté les copies d'ARTICLE, ou \
         montrer chacun.",
    ),
    argument(
        "similar.format",
        "FORME",
        "La forme de la réponse : du texte, une ligne par résultat, ou du JSON Lines (un objet par résultat, puis un résumé).",
    ),
    argument(
        "suggest.prefix",
        "DÉBUT",
        "Le début d'un mot, accents facultatifs ; de plusieurs mots le dernier est complété, par des mots qui se trouvent avec \
         eux.",
    ),
    argument(
        "suggest.paths",
        "CHEMIN",
        "Dossiers et fichiers dont les mots sont pris ; `-` est l'entrée standard [défaut : le dossier courant].",
    ),
    argument("suggest.limit", "N", "Écrire au plus N mots."),
    argument("suggest.json", "", "Écrire du JSON Lines : un objet par mot, avec le nombre de ses articles."),
    argument("stats.paths", "CHEMIN", "Les dossiers et fichiers dont on veut l'index [défaut : le dossier courant]."),
    argument("stats.json", "", "Écrire un objet JSON à la place du texte."),
    argument(
        "verify.repair",
        "",
        "Refaire un index endommagé : à partir de ses dossiers, de ces chemins, et de ce qui peut encore en être lu.",
    ),
    argument("verify.paths", "CHEMIN", "Les dossiers et fichiers dont on veut l'index [défaut : le dossier courant]."),
    argument("verify.json", "", "Écrire un objet JSON à la place du texte."),
    argument("cache.action", "ACTION", "Ce qu'il faut faire."),
    argument("cache.paths", "CHEMIN", "Seulement l'index de ces dossiers et fichiers."),
    argument("cache.json", "", "Écrire un objet JSON par index à la place du texte."),
    argument("completions.shell", "SHELL", "L'interpréteur."),
    argument("man.command", "COMMANDE", "La commande dont la page est écrite ; sans elle, celle de limier lui-même."),
];

/// Usages that are not derived from the arguments.
const USAGES: &[(&str, &str)] = &[
    (
        "limier",
        "limier [OPTIONS] <REQUÊTE> [CHEMIN]...\n              limier -i [OPTIONS] [CHEMIN]...\n              limier --queries <FICHIER> [OPTIONS] [CHEMIN]...\n              limier <COMMANDE>",
    ),
    ("search", "limier search [OPTIONS] <REQUÊTE> [CHEMIN]..."),
];

/// Values that have a help of their own: command, argument, value.
const VALUES: &[(&str, &str)] = &[
    ("cache.action.list", "Lister les index : ce qu'ils couvrent, tailles, dernier usage et dossiers"),
    ("cache.action.path", "Écrire le dossier de tous les index, ou de celui des CHEMINS"),
    ("cache.action.clear", "Supprimer tous les index, ou celui des CHEMINS ; ils se refont au besoin"),
    (
        "cache.action.purge",
        "Supprimer les index sans usage depuis 90 jours (30 si leurs CHEMINS ont disparu), et des autres les textes \
         supprimés",
    ),
];

/// What stands below the flags of the program itself.
const AFTER: &str = "\
Le premier argument qui n'est pas une option décide : le nom d'une commande la lance, tout le reste est une REQUÊTE.

Exemples :
  limier 'artistes en colère'                ce dossier, les meilleurs d'abord
  limier -n 3 --sort date crue articles/     un autre dossier, du plus récent
  limier --facets month 'crue date:2024'     une année, et combien chaque mois
  limier --timeline month -n 0 crue articles/  les résultats par mois, en barres
  limier -l '+barrage -musique'              seulement les chemins
  limier --json congés articles/ >hits.json  JSON Lines : résultats, puis résumé
  limier --format html crue articles >c.html  une page complète
  limier show articles/crue.txt barrage      un article, les mots en évidence
  limier similar articles/crue.txt articles/  les articles semblables, et pourquoi
  limier suggest 'barrage cru' articles/     les mots qui commencent ainsi
  limier analyze \"l'œuvre d'art\"             ce que devient chaque mot
  limier extract articles/crue.txt           ce qui est lu dans un fichier
  limier index --index mon.idx articles/     un index là où on le veut
  limier stats --index mon.idx               ce qu'il contient

Requêtes :
  artistes en colère       un des mots, d'abord les articles qui les ont tous
  '\"en colère\"'            l'expression exacte
  '+Orly -musique'         doit contenir l'un, ne doit pas contenir l'autre
  'avion ET Orly'          de même OU, SAUF, AND, OR, NOT et des parenthèses
  'avi*'  'avion~'         les mots qui commencent ainsi ; les mots à une faute de frappe près
  '=élève'                 cette forme même, accents compris
  titre:Orly               dans le titre ; aussi auteur:, source:, date:2024-11..2024-12

Codes de sortie : 0 au moins un résultat, 1 aucun (ou un dommage trouvé par verify), 2 une erreur restée sans réponse.";

/// The page of `limier help syntax`: a test runs each of its lines that begins with the program's name.
pub(crate) const SYNTAX: Text = Text { en: include_str!("syntax.en.txt"), fr: include_str!("syntax.fr.txt") };

const TEMPLATE: &str = "{before-help}{about-with-newline}\nUtilisation : {usage}\n\n{all-args}{after-help}";

/// Headings end in a colon, which has a space before it in French.
const COMMANDS_HEADING: &str = "Commandes\u{a0}";
const ARGUMENTS_HEADING: &str = "Arguments\u{a0}";
const OPTIONS_HEADING: &str = "Options\u{a0}";

/// The flags that every command has come last.
const HELP_PLACE: usize = 900;

/// Returns the definition with its help in the language that was chosen.
pub(crate) fn localized(command: Command) -> Command {
    match language() {
        Language::English => command,
        Language::French => in_french(command).after_long_help(typeset(AFTER)),
    }
}

/// Options that the short help shows: what a screen of 24 lines has room for, and a newcomer needs.
const BRIEF: [&str; 7] = ["interactive", "limit", "sort", "files_with_matches", "count", "format", "help"];

const MORE: Text = Text {
    en: "limier --help explains all of it, limier help syntax the query language.",
    fr: "limier --help explique tout, limier help syntaxe le langage des requêtes.",
};

/// Returns the definition with a help that fits a screen.
pub(crate) fn brief(command: Command) -> Command {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let names = names.join(" ");
    let (heading, usage) = match language() {
        Language::English => ("Commands: ", "Usage: "),
        Language::French => ("Commandes\u{a0}: ", "Utilisation\u{a0}: "),
    };
    let after = format!("{heading}{names}\n\n{MORE}");
    command
        .mut_args(|arg| {
            let is_shown = BRIEF.contains(&arg.get_id().as_str());
            arg.hide_short_help(!is_shown)
        })
        .help_template(format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{options}}{{after-help}}"))
        .after_help(after)
}

/// Returns a man page with its headings in the language that was chosen.
pub(crate) fn man_page(page: &str) -> String {
    let headings = [("NAME", "NOM"), ("EXTRA", "COMPLÉMENTS")];
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?;
        let (_, french) = headings.iter().find(|(english, _)| *english == name)?;
        Some(format!(".SH {french}"))
    };
    match language() {
        Language::English => page.to_owned(),
        Language::French => page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n").collect(),
    }
}

fn in_french(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let is_program = command.get_version().is_some();
    let about = COMMANDS.iter().find(|(known, _)| *known == name).map_or("", |(_, about)| about);
    let (short, long) = paragraphs(about);
    let mut place = 0;
    let mut command = command
        .about(short)
        .help_template(typeset(TEMPLATE))
        .subcommand_help_heading(COMMANDS_HEADING)
        .subcommand_value_name("COMMANDE")
        .mut_args(|arg| {
            // Under a heading of its own an argument is sorted by its name, unless an order is given.
            place += 1;
            argument_in_french(arg, &name).display_order(place)
        })
        .mut_subcommands(in_french)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("Montrer l'aide en bref (-h) ou en entier (--help)")
                .help_heading(OPTIONS_HEADING)
                .display_order(HELP_PLACE),
        );
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some((_, usage)) = USAGES.iter().find(|(known, _)| *known == name) {
        command = command.override_usage(*usage);
    }
    if is_program {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command
            .disable_version_flag(true)
            .arg(version.help("Montrer la version").help_heading(OPTIONS_HEADING).display_order(HELP_PLACE));
    }
    command
}

fn argument_in_french(arg: Arg, command: &str) -> Arg {
    let heading = if arg.is_positional() { ARGUMENTS_HEADING } else { OPTIONS_HEADING };
    let Some(french) = find(command, arg.get_id().as_str()) else { return arg };
    let (short, long) = paragraphs(french.help);
    // What clap would add in English is added here, and hidden there.
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    let mut also = String::new();
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() && arg.get_action().takes_values() {
        also = typeset(&format!(" [défaut : {}]", default.join(" ")));
    }
    let has_help = values.iter().any(|value| value.get_help().is_some());
    let listed: Vec<&str> = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    let among = match listed.is_empty() {
        true => String::new(),
        false => typeset(&format!(" [valeurs : {}]", listed.join(", "))),
    };
    let short = format!("{short}{also}{among}");
    // Values that have a help of their own are listed with it.
    let mut long = long.map(|long| format!("{long}{also}{}", if has_help { "" } else { &among }));
    if has_help {
        let id = arg.get_id();
        let lines = listed.iter().map(|value| {
            let key = format!("{command}.{id}.{value}");
            let help = VALUES.iter().find(|(known, _)| *known == key).map_or("", |(_, help)| help);
            typeset(&format!("\n- {value} : {help}"))
        });
        long =
            Some(format!("{}\n\nValeurs possibles\u{a0}:{}", long.unwrap_or(short.clone()), lines.collect::<String>()));
    }
    let arg = match arg.get_action().takes_values() {
        true => arg.hide_default_value(true).hide_possible_values(true),
        false => arg,
    };
    let arg = arg.help_heading(heading).help(short);
    let arg = match long {
        Some(long) => arg.long_help(long),
        None => arg,
    };
    if french.value.is_empty() { arg } else { arg.value_name(french.value) }
}

/// Finds the French of an argument: that of its command first, then that of all.
fn find(command: &str, id: &str) -> Option<&'static Argument> {
    let own = format!("{command}.{id}");
    let by = |key: &str| ARGUMENTS.iter().find(|argument| argument.key == key);
    by(&own).or_else(|| by(id))
}

/// Returns the first paragraph, without its final stop, and all of them where there are several.
fn paragraphs(text: &str) -> (String, Option<String>) {
    let text = typeset(text);
    let (first, is_all) = match text.split_once("\n\n") {
        Some((first, _)) => (first, false),
        None => (text.as_str(), true),
    };
    let short = first.strip_suffix('.').unwrap_or(first).to_owned();
    (short, (!is_all).then_some(text))
}

/// Puts no-break spaces where French wants them, so that no line begins with a colon. For texts that hold no values.
fn typeset(text: &str) -> String {
    let marks = [
        (" :", "\u{a0}:"),
        (" ;", "\u{a0};"),
        (" ?", "\u{a0}?"),
        (" !", "\u{a0}!"),
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
    ];
    marks.iter().fold(text.to_owned(), |text, (plain, set)| text.replace(plain, set))
}

/// Returns what of a definition lacks its French, and what French nothing uses.
#[cfg(test)]
pub(crate) fn gaps(definition: &Command) -> Vec<String> {
    use std::collections::BTreeSet;
    let mut gaps = Vec::new();
    let mut used = BTreeSet::new();
    let mut commands = vec![definition.clone()];
    while let Some(command) = commands.pop() {
        let name = command.get_name().to_owned();
        commands.extend(command.get_subcommands().cloned());
        match COMMANDS.iter().find(|(known, _)| *known == name) {
            None => gaps.push(format!("command {name}")),
            Some((key, about)) => {
                used.insert((*key).to_owned());
                if command.get_long_about().is_some() != about.contains("\n\n") {
                    gaps.push(format!("the longer help of command {name}"));
                }
            }
        }
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let Some(french) = find(&name, id) else {
                gaps.push(format!("{name}.{id}"));
                continue;
            };
            used.insert(french.key.to_owned());
            if arg.get_action().takes_values() == french.value.is_empty() {
                gaps.push(format!("the value of {name}.{id}"));
            }
            if arg.get_long_help().is_some() != french.help.contains("\n\n") {
                gaps.push(format!("the longer help of {name}.{id}"));
            }
            for value in arg.get_possible_values().iter().filter(|value| value.get_help().is_some()) {
                let key = format!("{name}.{id}.{}", value.get_name());
                if !VALUES.iter().any(|(known, _)| *known == key) {
                    gaps.push(key.clone());
                }
                used.insert(key);
            }
        }
    }
    let known = COMMANDS.iter().map(|(name, _)| *name).chain(ARGUMENTS.iter().map(|argument| argument.key));
    for key in known.chain(VALUES.iter().map(|(key, _)| *key)) {
        if !used.contains(key) {
            gaps.push(format!("{key} has French that nothing uses"));
        }
    }
    gaps
}
