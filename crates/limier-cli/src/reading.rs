//! The flags that say which files are read, and how: part of which cached index is meant.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use limier::ingest::{Command, FieldNames, Globs, Kind, ReadOptions};

use crate::messages::usage::{self, Refused};

/// What is read, and how.
#[derive(Args)]
pub(crate) struct FileArgs {
    /// Read only files of TYPE: text, markdown, html, json (JSON Lines, too), csv, epub, odt or docx; several with commas.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = kinds)]
    types: Vec<Vec<Kind>>,
    /// Take a field of records from another name, as in body=contenu; several with commas.
    #[arg(long, value_name = "FIELD=NAME", value_parser = names)]
    map: Vec<FieldNames>,
    /// Make texts of files that are not read otherwise by COMMAND, run with the path as its only argument.
    #[arg(long, value_name = "COMMAND", value_hint = ValueHint::CommandName)]
    pre: Option<PathBuf>,
    /// Run COMMAND for the files that match GLOB, and for no others.
    #[arg(long, value_name = "GLOB", requires = "pre", value_parser = glob)]
    pre_glob: Vec<String>,
    /// Follow symbolic links.
    #[arg(short = 'L', long)]
    follow: bool,
    /// Leave out files larger than SIZE, such as 500K or 2G; files of records are read whatever their size [default: 64M].
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_filesize: Option<u64>,
}

impl FileArgs {
    /// Turns the flags into options; `None` where none was given.
    pub(crate) fn into_options(self) -> Option<ReadOptions> {
        let FileArgs { types, map, pre, pre_glob, follow, max_filesize } = self;
        let mut options = ReadOptions { follow_links: follow, ..ReadOptions::default() };
        options.kinds = types.into_iter().flatten().collect();
        options.kinds.sort_unstable();
        options.kinds.dedup();
        map.into_iter().for_each(|names| options.fields.extend(names));
        // Each glob was read when it was parsed.
        options.command = pre.and_then(|program| Command::new(program, pre_glob).ok());
        if let Some(bytes) = max_filesize {
            options.limits.file_bytes = bytes;
        }
        (options != ReadOptions::default()).then_some(options)
    }
}

/// Writes how files are read, stored as JSON, as the flags that say so; empty for the way that they are read in by default.
///
/// Fields that settings name stand among them, as if `--map` had named them.
pub(crate) fn as_flags(read: &str) -> String {
    let Ok(stored) = serde_json::from_str::<serde_json::Value>(read) else { return String::new() };
    let texts = |list: &serde_json::Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let mut flags = Vec::new();
    let kinds = texts(&stored["kinds"]);
    if !kinds.is_empty() {
        flags.push(format!("--type {}", kinds.join(",")));
    }
    let fields: Vec<String> =
        stored["fields"].as_array().into_iter().flatten().map(|pair| texts(pair).join("=")).collect();
    if !fields.is_empty() {
        flags.push(format!("--map {}", fields.join(",")));
    }
    if let Some(program) = stored["command"]["program"].as_str() {
        flags.push(format!("--pre {program}"));
        flags.extend(texts(&stored["command"]["globs"]).iter().map(|glob| format!("--pre-glob '{glob}'")));
    }
    if stored["follow_links"] == true {
        flags.push("--follow".to_owned());
    }
    let most = &stored["limits"]["file_bytes"];
    if most.as_u64().is_some_and(|bytes| bytes != ReadOptions::default().limits.file_bytes) {
        flags.push(format!("--max-filesize {most}"));
    }
    flags.join(" ")
}

fn kinds(name: &str) -> Result<Vec<Kind>, Refused> {
    let name = name.trim().to_lowercase();
    let kind: Kind = name.parse().map_err(|_| usage::unknown_type(Kind::names()))?;
    Ok(if kind == Kind::Json { vec![Kind::Json, Kind::JsonLines] } else { vec![kind] })
}

fn names(text: &str) -> Result<FieldNames, Refused> {
    text.parse().map_err(|_| usage::no_field_name())
}

/// Checks a glob.
pub(crate) fn glob(glob: &str) -> Result<String, Refused> {
    Globs::new([glob]).map_err(|_| usage::no_glob())?;
    Ok(glob.to_owned())
}

/// Reads a size: a number of bytes, or of kibibytes and so on with K, M or G behind it, as ripgrep does.
pub(crate) fn size(text: &str) -> Result<u64, Refused> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..).unwrap_or_default().to_uppercase().as_str() {
        "" | "B" | "O" => 1,
        "K" | "KB" | "KO" => 1 << 10,
        "M" | "MB" | "MO" => 1 << 20,
        "G" | "GB" | "GO" => 1u64 << 30,
        _ => return Err(usage::no_size()),
    };
    let number: u64 = digits.trim().parse().map_err(|_| usage::no_size())?;
    number.checked_mul(unit).filter(|bytes| *bytes > 0).ok_or_else(usage::no_size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        for (text, expected) in [
            ("12", Some(12)),
            ("3K", Some(3 << 10)),
            ("64m", Some(64 << 20)),
            ("2Go", Some(2 << 30)),
            ("1 G", Some(1 << 30)),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
        for text in ["", "K", "-1", "0", "1.5G", "2T", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_flags_said_can_be_told_again() {
        let options = ReadOptions {
            kinds: vec![Kind::Text, Kind::Markdown],
            fields: "body=contenu,title=objet".parse().unwrap(),
            command: Command::new("pdftotext", ["*.pdf"]).ok(),
            follow_links: true,
            limits: limier::ingest::Limits { file_bytes: 1_000, ..Default::default() },
            ..ReadOptions::default()
        };
        assert_eq!(
            as_flags(&serde_json::to_string(&options).unwrap()),
            "--type text,markdown --map body=contenu,title=objet --pre pdftotext --pre-glob '*.pdf' --follow \
             --max-filesize 1000"
        );
        for plain in ["", "null", &serde_json::to_string(&ReadOptions::default()).unwrap()] {
            assert_eq!(as_flags(plain), "", "{plain}");
        }
    }

    #[test]
    fn json_is_json_lines_too() {
        assert_eq!(kinds("JSON").unwrap(), [Kind::Json, Kind::JsonLines]);
        assert_eq!(kinds("text").unwrap(), [Kind::Text]);
        assert!(kinds("pdf").is_err());
    }
}
