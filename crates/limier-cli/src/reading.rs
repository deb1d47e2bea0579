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
    fn json_is_json_lines_too() {
        assert_eq!(kinds("JSON").unwrap(), [Kind::Json, Kind::JsonLines]);
        assert_eq!(kinds("text").unwrap(), [Kind::Text]);
        assert!(kinds("pdf").is_err());
    }
}
