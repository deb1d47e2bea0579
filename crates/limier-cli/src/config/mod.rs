//! Settings out of files: the user's own `config.toml`, and the `.limier.toml` of a folder that is searched.
//!
//! A flag that is given goes before what a folder's file says, and that before the user's file. Of the files in a folder and
//! above it the nearest counts, as with `.editorconfig`; synonyms are of a whole search, so that a file below it has no say. A folder may come from
//! anybody: its file can set what words are taken for and what fields of records are called, and nothing else.

mod read;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use limier::ingest::{FieldNames, ReadOptions};

pub(crate) use read::{Flag, Issue, Line, Position, Settings, Wanted, Wrong};
use read::{Whose, settings};

use crate::environment::Environment;
use crate::messages;
use crate::notes::Notes;
use crate::options::Reading;

/// The file of a folder.
const IN_FOLDER: &str = ".limier.toml";

/// Bytes of a file of settings, at most.
const MAX_BYTES: u64 = 1 << 20;

/// What is wrong with a folder's file is told so often, the rest is counted.
const MAX_TOLD: usize = 5;

/// Why the user's file cannot be used.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) file: PathBuf,
    pub(crate) cause: Cause,
}

#[derive(Debug)]
pub(crate) enum Cause {
    Unreadable(io::Error),
    /// What is wrong in it, in the order of its lines; never empty.
    Wrong(Vec<Issue>),
}

/// Reads the user's file; none, or `--no-config`, is as good as an empty one.
///
/// # Errors
/// When it cannot be read though it is there or was named, and when anything in it is wrong.
pub(crate) fn of_user(arguments: &[OsString], environment: &Environment) -> Result<Settings, Failure> {
    let Some(file) = environment.config.as_ref().filter(|_| !is_declined(arguments)) else {
        return Ok(Settings::default());
    };
    let failure = |cause| Failure { file: file.clone(), cause };
    let bytes = match bytes_of(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !environment.config_is_named => {
            return Ok(Settings::default());
        }
        outcome => outcome.map_err(|error| failure(Cause::Unreadable(error)))?,
    };
    let (settings, issues) = settings(&bytes, file, Whose::User);
    if issues.is_empty() { Ok(settings) } else { Err(failure(Cause::Wrong(issues))) }
}

/// Tells whether `--no-config` stands among the arguments, before these are parsed.
fn is_declined(arguments: &[OsString]) -> bool {
    arguments.iter().skip(1).take_while(|word| *word != "--").any(|word| word == "--no-config")
}

/// Reads the files of folders, each once; what is wrong in one is a note, and left out.
fn of_folders<P: AsRef<Path>>(folders: impl IntoIterator<Item = P>, notes: &mut Notes) -> Vec<Settings> {
    let mut files: Vec<PathBuf> = Vec::new();
    for file in folders.into_iter().filter_map(|folder| nearest(folder.as_ref())) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files.iter().filter_map(|file| of_folder(file, notes)).collect()
}

/// Finds the file of a folder, or else that of the nearest folder above it that its owner wrote: in a folder that everybody
/// may write to, such as `/tmp`, a stranger's file decides nothing.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let own = folder.join(IN_FOLDER);
    if fs::symlink_metadata(&own).is_ok() {
        return Some(own);
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let owner = owner(&here.metadata().ok()?)?;
    let whole = here.canonicalize().ok()?;
    let above = whole.ancestors().skip(1).map(|folder| folder.join(IN_FOLDER));
    above.into_iter().find(|file| fs::symlink_metadata(file).is_ok_and(|data| self::owner(&data) == Some(owner)))
}

#[cfg(unix)]
fn owner(data: &fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::MetadataExt::uid(data))
}

/// Owners are not known here: the file of the very folder counts, and no other.
#[cfg(not(unix))]
fn owner(_: &fs::Metadata) -> Option<u32> {
    None
}

fn of_folder(file: &Path, notes: &mut Notes) -> Option<Settings> {
    // What is no file is not opened: a FIFO would never end, and a link could lead anywhere.
    let is_file = fs::symlink_metadata(file).ok()?.is_file();
    let refuse = |notes: &mut Notes, why: String| {
        notes.push("config", messages::caused(&file.display().to_string(), &why));
        None
    };
    if !is_file {
        return refuse(notes, messages::config::NOT_A_FILE.into());
    }
    let (settings, issues) = match bytes_of(file) {
        Ok(bytes) => settings(&bytes, file, Whose::Folder),
        Err(error) => return refuse(notes, messages::failure::of_system(&error)),
    };
    for issue in issues.iter().take(MAX_TOLD) {
        notes.push("config", messages::config::left_out(file, issue));
    }
    if issues.len() > MAX_TOLD {
        notes.push("config", messages::config::and_more(file, issues.len() - MAX_TOLD));
    }
    Some(settings)
}

/// Reads a file; of one that is too long a byte more than it may have.
fn bytes_of(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Reading {
    /// Reads the files of folders, unless that is declined.
    pub(crate) fn of_folders<P: AsRef<Path>>(
        &self,
        folders: impl IntoIterator<Item = P>,
        notes: &mut Notes,
    ) -> Vec<Settings> {
        if self.reads_folders { of_folders(folders, notes) } else { Vec::new() }
    }

    /// Returns which files are read, and how, in folders with these settings; `None` where nothing says anything of it.
    pub(crate) fn read(&self, folders: &[Settings]) -> Option<ReadOptions> {
        with_fields(self.flags.as_ref(), field_names(folders, &self.fields))
    }
}

/// The names of fields that the files of folders give, and behind them those that the user's file gives.
pub(crate) fn field_names(folders: &[Settings], of_user: &FieldNames) -> FieldNames {
    let mut names = FieldNames::default();
    folders.iter().for_each(|settings| names.extend(settings.fields.clone()));
    names.extend(of_user.clone());
    names
}

/// Adds names of fields behind those of flags.
pub(crate) fn with_fields(read: Option<&ReadOptions>, names: FieldNames) -> Option<ReadOptions> {
    if names == FieldNames::default() {
        return read.cloned();
    }
    let mut read = read.cloned().unwrap_or_default();
    read.fields.extend(names);
    Some(read)
}
