//! TOML to settings; each thing that is wrong is told with its place.

use std::ops::Range;
use std::path::{Path, PathBuf};

use limier::ingest::FieldNames;
use limier_french::FrenchAnalyzer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::MAX_BYTES;
use crate::messages::Language;

/// Flags whose values the user's file may set, by their long names.
pub(crate) const FLAGS: [&str; 14] = [
    "color",
    "context",
    "duplicates",
    "format",
    "hyperlink",
    "limit",
    "max-chars",
    "memory",
    "passages",
    "sort",
    "threads",
    "timeout",
    "wait",
    "width",
];

/// What only the user's file may set, beside flags.
const OF_USER: [&str; 2] = ["lang", "synonyms-file"];

/// What every file may set.
const OF_ALL: [&str; 4] = ["fields", "protected-words", "stop-words", "synonyms"];

/// Words of a list, at most.
const MAX_WORDS: usize = 1_000;

/// Names of fields, at most.
const MAX_NAMES: usize = 64;

/// How near an unknown key must be to a known one to be taken for a slip, from 0 to 1.
const NEAR: f64 = 0.8;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    User,
    /// That of a folder, which may come from anybody.
    Folder,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// The file, as it is shown.
    pub(crate) file: PathBuf,
    pub(crate) lang: Option<Language>,
    pub(crate) flags: Vec<Flag>,
    /// Rules of synonyms.
    pub(crate) synonyms: Vec<Line>,
    pub(crate) synonyms_file: Option<PathBuf>,
    pub(crate) stop_words: Vec<String>,
    pub(crate) protected_words: Vec<String>,
    pub(crate) fields: FieldNames,
}

/// The value of a flag.
#[derive(Clone, Debug)]
pub(crate) struct Flag {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) position: Position,
}

/// A text and the line that it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A place in a file: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Something that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) position: Position,
    pub(crate) wrong: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    TooLarge,
    NotUtf8,
    /// It is no TOML: what the parser says.
    Syntax(String),
    UnknownKey {
        key: String,
        near: Option<&'static str>,
    },
    /// A folder's file sets what only the user's may.
    NotInFolders(String),
    Kind {
        key: String,
        wanted: Wanted,
    },
    NoLanguage(String),
    NotOneWord(String),
    NoField(String),
    TooMany {
        key: String,
        most: usize,
    },
}

/// What a key wants for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Text,
    TextOrNumber,
    /// A list of texts of one line each.
    Texts,
    Table,
}

/// Reads a file as it stands; what is wrong is left out of the settings, and all of a file that is no TOML.
pub(super) fn settings(bytes: &[u8], file: &Path, whose: Whose) -> (Settings, Vec<Issue>) {
    let mut reader = Reader {
        text: "",
        whose,
        settings: Settings { file: file.to_path_buf(), ..Settings::default() },
        issues: Vec::new(),
        names: 0,
    };
    match text_of(bytes) {
        Err(issue) => reader.issues.push(issue),
        Ok(text) => {
            reader.text = text;
            reader.read();
        }
    }
    reader.issues.sort_by_key(|issue| issue.position);
    (reader.settings, reader.issues)
}

fn text_of(bytes: &[u8]) -> Result<&str, Issue> {
    let begin = Position { line: 1, column: 1 };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Issue { position: begin, wrong: Wrong::TooLarge });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let position = position(&String::from_utf8_lossy(before), before.len());
        Issue { position, wrong: Wrong::NotUtf8 }
    })
}

/// Returns the place of a byte.
fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

struct Reader<'t> {
    text: &'t str,
    whose: Whose,
    settings: Settings,
    issues: Vec<Issue>,
    /// Names of fields so far.
    names: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        let table = match DeTable::parse(self.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let span = error.span().unwrap_or_default();
                return self.wrong(&span, Wrong::Syntax(error.message().to_owned()));
            }
        };
        for (key, value) in &table {
            self.key(key.get_ref(), &key.span(), value);
        }
    }

    fn wrong(&mut self, span: &Range<usize>, wrong: Wrong) {
        self.issues.push(Issue { position: position(self.text, span.start), wrong });
    }

    fn key(&mut self, key: &str, span: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        let flag = FLAGS.into_iter().find(|flag| *flag == key);
        let is_of_user = flag.is_some() || OF_USER.contains(&key);
        if is_of_user && self.whose == Whose::Folder {
            return self.wrong(span, Wrong::NotInFolders(key.to_owned()));
        }
        if let Some(name) = flag {
            return match plain(value.get_ref()) {
                Some(value) => {
                    let position = position(self.text, span.start);
                    self.settings.flags.push(Flag { name, value, position });
                }
                None => self.kind(key, value, Wanted::TextOrNumber),
            };
        }
        match key {
            "lang" => match value.get_ref().as_str().map(|name| (name, Language::named(name))) {
                Some((_, Some(lang))) => self.settings.lang = Some(lang),
                Some((name, None)) => self.wrong(&value.span(), Wrong::NoLanguage(name.to_owned())),
                None => self.kind(key, value, Wanted::Text),
            },
            "synonyms-file" => match value.get_ref().as_str() {
                // A path that is not absolute lies beside the file.
                Some(path) => {
                    let beside = self.settings.file.parent().unwrap_or(Path::new(""));
                    self.settings.synonyms_file = Some(beside.join(path));
                }
                None => self.kind(key, value, Wanted::Text),
            },
            "synonyms" => {
                let rules = self.texts(key, value, usize::MAX);
                let line =
                    |(span, text): (Range<usize>, String)| Line { line: position(self.text, span.start).line, text };
                self.settings.synonyms = rules.into_iter().map(line).collect();
            }
            "stop-words" => self.settings.stop_words = self.words(key, value),
            "protected-words" => self.settings.protected_words = self.words(key, value),
            "fields" => match value.get_ref().as_table() {
                Some(table) => table.iter().for_each(|(field, names)| self.field(field, names)),
                None => self.kind(key, value, Wanted::Table),
            },
            _ => self.wrong(span, Wrong::UnknownKey { key: key.to_owned(), near: self.nearest(key) }),
        }
    }

    fn kind(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: Wanted) {
        self.wrong(&value.span(), Wrong::Kind { key: key.to_owned(), wanted });
    }

    /// The known key that an unknown one may be a slip of, among those that the file may set.
    fn nearest(&self, key: &str) -> Option<&'static str> {
        let of_user = FLAGS.into_iter().chain(OF_USER).filter(|_| self.whose == Whose::User);
        let near = OF_ALL.into_iter().chain(of_user).map(|known| (strsim::jaro_winkler(known, key), known));
        let best = near.max_by(|(a, _), (b, _)| a.total_cmp(b));
        best.filter(|(nearness, _)| *nearness >= NEAR).map(|(_, known)| known)
    }

    /// Reads a list of texts of one line each, with their places.
    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>, most: usize) -> Vec<(Range<usize>, String)> {
        let Some(list) = value.get_ref().as_array() else {
            self.kind(key, value, Wanted::Texts);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_str().filter(|text| !text.contains(['\n', '\r'])) {
                Some(_) if texts.len() >= most => {
                    self.wrong(&item.span(), Wrong::TooMany { key: key.to_owned(), most });
                    break;
                }
                Some(text) => texts.push((item.span(), text.to_owned())),
                None => self.kind(key, item, Wanted::Texts),
            }
        }
        texts
    }

    /// Reads a list of words.
    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let analyzer = FrenchAnalyzer::new();
        let mut words = Vec::new();
        for (span, text) in self.texts(key, value, MAX_WORDS) {
            let is_one = analyzer.analyze(&text).tokens().filter(|token| !token.alternate).count() == 1;
            if is_one {
                words.push(text);
            } else {
                self.wrong(&span, Wrong::NotOneWord(text));
            }
        }
        words
    }

    /// Reads the names of a field: one, or a list.
    fn field(&mut self, field: &Spanned<toml::de::DeString<'_>>, value: &Spanned<DeValue<'_>>) {
        let names = match value.get_ref().as_str() {
            Some(name) => vec![(value.span(), name.to_owned())],
            None => self.texts(field.get_ref(), value, MAX_NAMES),
        };
        for (span, name) in names {
            let pair = format!("{}={name}", field.get_ref());
            match pair.parse::<FieldNames>() {
                Ok(_) if self.names >= MAX_NAMES => {
                    let (key, most) = ("fields".to_owned(), MAX_NAMES);
                    return self.wrong(&span, Wrong::TooMany { key, most });
                }
                Ok(names) => {
                    self.names += 1;
                    self.settings.fields.extend(names);
                }
                Err(_) => self.wrong(&field.span(), Wrong::NoField(pair)),
            }
        }
    }
}

/// Returns a text or a number as it would be typed behind a flag.
fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, whose: Whose) -> (Settings, Vec<(usize, usize, Wrong)>) {
        let (settings, issues) = settings(text.as_bytes(), Path::new("/c/limier/config.toml"), whose);
        (settings, issues.into_iter().map(|issue| (issue.position.line, issue.position.column, issue.wrong)).collect())
    }

    const COMMON: &str = "synonyms = [\n  'voiture, auto',\n  \"sncf => chemins de fer\",\n]\nstop-words = ['article']\n\
                          protected-words = ['Orange']\n[fields]\nbody = ['contenu', 'récit']\ntitre = 'accroche'\n";

    #[test]
    fn what_a_folder_may_set_is_read() {
        let (settings, issues) = read(COMMON, Whose::Folder);
        assert_eq!(issues, []);
        let rules: Vec<(usize, &str)> = settings.synonyms.iter().map(|line| (line.line, line.text.as_str())).collect();
        assert_eq!(rules, [(2, "voiture, auto"), (3, "sncf => chemins de fer")]);
        assert_eq!(
            (&settings.stop_words[..], &settings.protected_words[..]),
            (&["article".into()][..], &["Orange".into()][..])
        );
        assert_eq!(settings.fields, "body=contenu,body=récit,title=accroche".parse().unwrap());
    }

    #[test]
    fn what_only_the_user_may_set_is_refused_to_a_folder() {
        for key in FLAGS.into_iter().chain(OF_USER) {
            let text = format!("{key} = 'fr'\n{COMMON}");
            assert_eq!(read(&text, Whose::Folder).1, [(1, 1, Wrong::NotInFolders(key.to_owned()))]);
            assert_eq!(read(&text, Whose::User).1, [], "{key}");
        }
        for (key, near) in [("pre", None), ("index", None), ("paths", None), ("synonym-file", Some("synonyms"))] {
            let wrong = Wrong::UnknownKey { key: key.to_owned(), near };
            assert_eq!(read(&format!("{key} = '/bin/sh'\n"), Whose::Folder).1, [(1, 1, wrong)]);
        }
    }

    #[test]
    fn the_users_file_sets_flags_as_they_are_typed() {
        let text =
            "limit = 1_000\nwidth = 0x50\ntimeout = 0.5\nmemory = '100M'\nlang = 'fr'\nsynonyms-file = 'mots.txt'\n";
        let (settings, issues) = read(text, Whose::User);
        assert_eq!(issues, []);
        let mut flags: Vec<(&str, &str, usize)> =
            settings.flags.iter().map(|flag| (flag.name, flag.value.as_str(), flag.position.line)).collect();
        flags.sort_unstable();
        assert_eq!(flags, [("limit", "1000", 1), ("memory", "100M", 4), ("timeout", "0.5", 3), ("width", "80", 2)]);
        assert_eq!(
            (settings.lang, settings.synonyms_file),
            (Some(Language::French), Some("/c/limier/mots.txt".into()))
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let kind = |key: &str, wanted| Wrong::Kind { key: key.to_owned(), wanted };
        let unknown = |key: &str, near| Wrong::UnknownKey { key: key.to_owned(), near };
        for (text, line, column, wrong) in [
            ("limt = 3", 1, 1, unknown("limt", Some("limit"))),
            ("limit = 3\nstop_words = []", 2, 1, unknown("stop_words", Some("stop-words"))),
            ("zzz = 3", 1, 1, unknown("zzz", None)),
            ("limit = true", 1, 9, kind("limit", Wanted::TextOrNumber)),
            ("lang = 1", 1, 8, kind("lang", Wanted::Text)),
            ("lang = 'de'", 1, 8, Wrong::NoLanguage("de".into())),
            ("synonyms = 'a, b'", 1, 12, kind("synonyms", Wanted::Texts)),
            ("synonyms = ['é, b', \"a, b\\nc, d\"]", 1, 21, kind("synonyms", Wanted::Texts)),
            ("stop-words = ['un', 3]", 1, 21, kind("stop-words", Wanted::Texts)),
            ("protected-words = ['', 'à la carte']", 1, 20, Wrong::NotOneWord(String::new())),
            ("fields = 'body'", 1, 10, kind("fields", Wanted::Table)),
            ("[fields]\nbody = 'a'\ncouleur = 'b'", 3, 1, Wrong::NoField("couleur=b".into())),
            ("[fields]\nbody = 'a,b'", 2, 1, Wrong::NoField("body=a,b".into())),
        ] {
            assert_eq!(read(text, Whose::User).1.first(), Some(&(line, column, wrong)), "{text}");
        }
        let (settings, issues) = read("stop-words = ['x']\nlimit = ", Whose::User);
        assert!(matches!(&issues[..], [(2, _, Wrong::Syntax(_))]), "{issues:?}");
        assert!(settings.stop_words.is_empty());
        let bytes = |bytes: &[u8]| settings_of(bytes);
        assert_eq!(
            bytes(b"# a\n# \xe9").1,
            [Issue { position: Position { line: 2, column: 3 }, wrong: Wrong::NotUtf8 }]
        );
        assert_eq!(bytes(&vec![b' '; (1 << 20) + 1]).1[0].wrong, Wrong::TooLarge);
        assert_eq!(bytes(&vec![b'\n'; 1 << 20]).1, []);
    }

    fn settings_of(bytes: &[u8]) -> (Settings, Vec<Issue>) {
        settings(bytes, Path::new("x"), Whose::Folder)
    }

    #[test]
    fn a_hostile_file_is_read_within_bounds() {
        let words: String = (0..2_000).map(|number| format!("'mot{number}', ")).collect();
        let (settings, issues) = read(&format!("stop-words = [{words}]"), Whose::Folder);
        assert_eq!((settings.stop_words.len(), issues.len()), (MAX_WORDS, 1));
        let (settings, issues) = read(&format!("[fields]\nbody = [{words}]\ntitle = [{words}]"), Whose::Folder);
        assert_eq!(issues.len(), 3, "{issues:?}");
        assert_ne!(settings.fields, FieldNames::default());
        for deep in ["[", "{a=", "a."] {
            let text = format!("synonyms = {}", deep.repeat(100_000));
            assert!(matches!(read(&text, Whose::Folder).1[..], [(_, _, Wrong::Syntax(_))]));
        }
    }
}
