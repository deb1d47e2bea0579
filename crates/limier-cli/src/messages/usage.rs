//! What is wrong with arguments: in English clap says it, in French it is worded here by what clap knows of it.

use std::ops::RangeInclusive;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Language, grouped, language, say};

/// Returns the text of an error, or of a help that was asked for.
pub(crate) fn told(error: &Error) -> String {
    let text = error.render().to_string();
    if language() == Language::English {
        return text;
    }
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::DisplayVersion => {
            text
        }
        _ => in_french(error),
    }
}

/// Returns an error in one line, without what it is about to be done with.
pub(crate) fn brief(error: &Error) -> String {
    if language() == Language::French {
        return what(error);
    }
    let text = error.render().to_string();
    let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" ");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

/// Why the value of a flag was refused, in the language that was chosen.
#[derive(Debug)]
pub(crate) struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

pub(crate) fn unknown_type<'n>(known: impl Iterator<Item = &'n str>) -> Refused {
    let known = known.collect::<Vec<_>>().join(", ");
    Refused(say!("use one of {known}", "choisissez parmi {known}"))
}

pub(crate) fn no_field_name() -> Refused {
    Refused(say!(
        "write it as body=contenu; the fields are id, title, body, date, author, source, url and lang",
        "écrivez par exemple body=contenu ; les champs sont id, title, body, date, author, source, url et lang"
    ))
}

pub(crate) fn no_glob() -> Refused {
    Refused(say!("write it as '*.txt' or '!drafts/'", "écrivez par exemple '*.txt' ou '!brouillons/'"))
}

pub(crate) fn no_size() -> Refused {
    Refused(say!("write it as 500K, 64M or 2G", "écrivez par exemple 500K, 64M ou 2G"))
}

/// Says which whole numbers a flag takes.
pub(crate) fn no_number(range: &RangeInclusive<u64>) -> Refused {
    let [low, high] = [range.start(), range.end()].map(|number| grouped(*number));
    Refused(match (*range.start(), *range.end()) {
        (0, end) if end >= u32::MAX.into() => say!("write a whole number", "écrivez un nombre entier"),
        (_, end) if end >= u32::MAX.into() => {
            say!("write a whole number, {low} or more", "écrivez un nombre entier, {low} ou plus")
        }
        _ => say!("write a whole number from {low} to {high}", "écrivez un nombre entier de {low} à {high}"),
    })
}

pub(crate) fn no_columns(least: usize) -> Refused {
    Refused(say!(
        "write how many columns, {least} or more, or 0 for lines that are not wrapped",
        "écrivez combien de colonnes, {least} ou plus, ou 0 pour ne pas couper les lignes"
    ))
}

pub(crate) fn no_seconds() -> Refused {
    Refused(say!("write it as 2 or 0.5", "écrivez par exemple 2 ou 0,5"))
}

fn in_french(error: &Error) -> String {
    let mut out = format!("erreur : {}\n", what(error));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near: Vec<String> = near.into_iter().flat_map(|kind| texts(error, kind)).collect();
    if !near.is_empty() {
        out.push_str(&format!("\n  conseil : il existe {}\n", quoted(&near)));
    }
    if let Some(tip) = as_a_value(error) {
        out.push_str(&format!("\n  conseil : {tip}\n"));
    }
    if let Some(usage) = text(error, ContextKind::Usage) {
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).trim_end();
        out.push_str(&format!("\nUtilisation : {usage}\n"));
    }
    out.push_str("\nPour en savoir plus, essayez « --help ».\n");
    out
}

/// Says how something that looks like a flag is given as a word, where clap says so.
fn as_a_value(error: &Error) -> Option<String> {
    text(error, ContextKind::Suggested)?;
    let argument = text(error, ContextKind::InvalidArg)?;
    (error.kind() == ErrorKind::UnknownArgument)
        .then(|| format!("pour que « {argument} » soit un mot et non une option, écrivez « -- {argument} »"))
}

fn what(error: &Error) -> String {
    let argument = quoted(&texts(error, ContextKind::InvalidArg));
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => format!("argument inattendu {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("il faut une valeur pour {argument}{}", allowed(error))
        }
        ErrorKind::InvalidValue => format!("valeur « {value} » refusée pour {argument}{}", allowed(error)),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Refused>());
            let why = why.map(|why| format!(" : {why}")).unwrap_or_default();
            format!("valeur « {value} » refusée pour {argument}{why}")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::ArgumentConflict => {
            let others = quoted(&texts(error, ContextKind::PriorArg));
            match others == argument || others.is_empty() {
                true => format!("{argument} ne peut être donné qu'une fois"),
                false => format!("{argument} ne va pas avec {others}"),
            }
        }
        ErrorKind::TooManyValues => format!("une valeur de trop, « {value} », pour {argument}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("le nombre de valeurs de {argument} n'est pas le bon")
        }
        ErrorKind::NoEquals => format!("il faut un signe égal après {argument}"),
        ErrorKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("« {name} » n'est pas une commande")
        }
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidUtf8 => "un argument n'est pas en UTF-8".to_owned(),
        // A kind of a later clap: its own words say more than none.
        other => other.to_string(),
    }
}

fn allowed(error: &Error) -> String {
    match text(error, ContextKind::ValidValue) {
        Some(values) => format!(" [valeurs : {values}]"),
        None => String::new(),
    }
}

fn quoted(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("« {text} »")).collect();
    texts.join(", ")
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    let texts = texts(error, kind);
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// Returns what clap knows of one kind; empty texts are left out.
fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    let texts = match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}
