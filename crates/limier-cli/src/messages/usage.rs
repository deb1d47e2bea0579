//! What is wrong with arguments: in English clap says it, in French it is worded here by what clap knows of it.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Language, language};

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

fn in_french(error: &Error) -> String {
    let mut out = format!("erreur : {}\n", what(error));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    for near in near.into_iter().filter_map(|kind| text(error, kind)) {
        out.push_str(&format!("\n  conseil : il existe « {near} »\n"));
    }
    if let Some(usage) = text(error, ContextKind::Usage) {
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).trim_end();
        out.push_str(&format!("\nUtilisation : {usage}\n"));
    }
    out.push_str("\nPour en savoir plus, essayez « --help ».\n");
    out
}

fn what(error: &Error) -> String {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => format!("argument inattendu « {argument} »"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("il faut une valeur pour « {argument} »{}", allowed(error))
        }
        ErrorKind::InvalidValue => format!("valeur « {value} » refusée pour « {argument} »{}", allowed(error)),
        ErrorKind::ValueValidation => format!("valeur « {value} » refusée pour « {argument} »"),
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg).unwrap_or_default();
            match other == argument || other.is_empty() {
                true => format!("« {argument} » ne peut être donné qu'une fois"),
                false => format!("« {argument} » ne va pas avec « {other} »"),
            }
        }
        ErrorKind::TooManyValues => format!("une valeur de trop, « {value} », pour « {argument} »"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("le nombre de valeurs de « {argument} » n'est pas le bon")
        }
        ErrorKind::NoEquals => format!("il faut un signe égal après « {argument} »"),
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

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}
