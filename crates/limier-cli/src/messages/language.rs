//! The language that the program speaks: chosen once, before anything is said.

use std::ffi::OsString;
use std::fmt;
use std::sync::OnceLock;

/// A language of the program's own words; those of articles are as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    French,
}

static CHOSEN: OnceLock<Language> = OnceLock::new();

#[cfg(test)]
thread_local! {
    static IN_TEST: std::cell::Cell<Option<Language>> = const { std::cell::Cell::new(None) };
}

/// Chooses the language of this process; only the first choice counts.
pub(crate) fn speak(language: Language) {
    let _ = CHOSEN.set(language);
}

/// Returns the language that was chosen.
pub(crate) fn language() -> Language {
    #[cfg(test)]
    if let Some(language) = IN_TEST.get() {
        return language;
    }
    CHOSEN.get().copied().unwrap_or_default()
}

/// Runs `work` in a language, on this thread.
#[cfg(test)]
pub(crate) fn in_language<T>(language: Language, work: impl FnOnce() -> T) -> T {
    let before = IN_TEST.replace(Some(language));
    let done = work();
    IN_TEST.set(before);
    done
}

impl Language {
    /// Returns the language of a locale, from the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, as POSIX asks:
    /// <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html>.
    pub(crate) fn of_locale(variables: [Option<OsString>; 3]) -> Language {
        let locale = variables.into_iter().flatten().next().unwrap_or_default();
        let locale = locale.to_string_lossy().to_lowercase();
        match locale.split(['_', '-', '.', '@']).next() {
            Some("fr" | "fra" | "fre" | "french" | "français") => Language::French,
            _ => Language::English,
        }
    }

    /// Returns the language that `--lang` asks for, before arguments are parsed: their help and their errors speak it.
    pub(crate) fn asked(arguments: &[OsString]) -> Option<Language> {
        let mut asked = None;
        let mut words = arguments.iter().skip(1).take_while(|word| *word != "--");
        while let Some(word) = words.next() {
            let value = match word.to_str() {
                Some("--lang") => words.next().and_then(|value| value.to_str()),
                Some(word) => word.strip_prefix("--lang="),
                None => None,
            };
            asked = value.and_then(Language::named).or(asked);
        }
        asked
    }

    pub(crate) fn named(name: &str) -> Option<Language> {
        match name {
            "fr" => Some(Language::French),
            "en" => Some(Language::English),
            _ => None,
        }
    }
}

/// Chooses: `--lang`, else what the user's settings say, else the locale.
pub(crate) fn choose(
    arguments: &[OsString],
    configured: Option<Language>,
    variable: impl Fn(&str) -> Option<OsString>,
) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map(variable);
    speak(Language::asked(arguments).or(configured).unwrap_or_else(|| Language::of_locale(locale)));
}

/// A sentence that holds no values, in both languages: a field left out does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) en: &'static str,
    pub(crate) fr: &'static str,
}

impl Text {
    pub(crate) fn as_str(self) -> &'static str {
        match language() {
            Language::English => self.en,
            Language::French => self.fr,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.as_str().to_owned()
    }
}

/// Formats a sentence in the language that was chosen: English first, French second, then values as in `format!`.
macro_rules! say {
    ($en:literal, $fr:literal $(, $($value:tt)*)?) => {
        match $crate::messages::language() {
            $crate::messages::Language::English => format!($en $(, $($value)*)?),
            $crate::messages::Language::French => format!($fr $(, $($value)*)?),
        }
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |variables: [&str; 3]| {
            Language::of_locale(variables.map(|value| (!value.is_empty()).then(|| OsString::from(value))))
        };
        for (variables, language) in [
            (["", "", ""], Language::English),
            (["", "", "fr_FR.UTF-8"], Language::French),
            (["C", "", "fr_FR.UTF-8"], Language::English),
            (["", "fr_CA", "en_US.UTF-8"], Language::French),
            (["", "en_US.UTF-8", "fr_FR.UTF-8"], Language::English),
            (["fr", "en", "en"], Language::French),
            (["FR-be", "", ""], Language::French),
            (["frr_DE", "", ""], Language::English),
            (["POSIX", "", ""], Language::English),
        ] {
            assert_eq!(of(variables), language, "{variables:?}");
        }
    }

    #[test]
    fn the_flag_is_read_before_all_others() {
        let asked = |line: &str| Language::asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        for (line, language) in [
            ("limier avion", None),
            ("limier --lang fr avion", Some(Language::French)),
            ("limier --lang=en avion", Some(Language::English)),
            ("limier --lang fr --lang en", Some(Language::English)),
            ("limier --lang de", None),
            ("limier --lang", None),
            ("limier -- --lang fr", None),
            ("limier lang fr", None),
        ] {
            assert_eq!(asked(line), language, "{line}");
        }
    }
}
